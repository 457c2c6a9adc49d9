//! The matrix as one JSON document, `schemaVersion` 1.

use crate::compat::matrix::{Claim, Matrix};
use crate::compat::range::Range;
use crate::schema::value::Spanned;
use semver::Version;
use serde_json::{Map, Value, json};

type ByAxis<T> = [(Spanned<String>, Spanned<T>)];

pub(super) fn document(matrix: &Matrix) -> String {
    let versions = |list: &ByAxis<Version>| -> Value {
        by_axis(list, |axis, version| {
            matrix
                .axis(axis)
                .map_or_else(|| version.to_string(), |it| it.show(version))
        })
    };
    let axes: Map<String, Value> = matrix
        .axes
        .iter()
        .map(|axis| {
            let list: Vec<String> = axis.list().iter().map(|it| axis.show(it)).collect();
            (axis.name.value.clone(), json!({ "versions": list }))
        })
        .collect();
    let releases: Vec<Value> = matrix
        .newest_first()
        .into_iter()
        .map(|row| {
            let claims: Map<String, Value> = row
                .claims
                .iter()
                .map(|(axis, claim)| {
                    let value = match claim {
                        Claim::Exact(version) => Value::from(version.value.to_string()),
                        Claim::Ranges(ranges) => list(ranges),
                    };
                    (axis.value.clone(), value)
                })
                .collect();
            json!({
                "library": row.library.value.to_string(),
                "claims": claims,
                "status": row.status.value.name(),
                "released": row.released.as_ref().map(|it| it.value.to_string()),
                "endOfLife": row.end_of_life.as_ref().map(|it| it.value.to_string()),
                "prereleases": row.prereleases,
                "tested": row.tested.iter().map(|it| json!({
                    "cell": versions(&it.cell), "evidence": it.evidence,
                })).collect::<Vec<_>>(),
                "knownBad": row.known_bad.iter().map(|it| json!({
                    "cell": by_axis(&it.cell, |_, range: &Range| range.to_string()),
                    "why": it.why, "issue": it.issue,
                })).collect::<Vec<_>>(),
            })
        })
        .collect();
    let runs_on = runs_on(matrix);
    let features: Vec<Value> = matrix
        .features
        .iter()
        .map(|row| {
            json!({
                "id": row.id.value,
                "kinds": row.kinds.iter().map(|it| &it.value).collect::<Vec<_>>(),
                "path": row.path.as_ref().map(|it| &it.value),
                "what": row.what.value.name(),
                "since": versions(&row.since),
                "until": versions(&row.until),
                "deprecated": versions(&row.deprecated),
                "requires": row.requires.iter().map(|it| &it.value).collect::<Vec<_>>(),
                "doc": row.doc,
            })
        })
        .collect();
    let upgrades: Vec<Value> = matrix
        .upgrades
        .iter()
        .map(|row| {
            json!({
                "axis": row.axis.value,
                "from": list(&row.from),
                "to": list(&row.to),
                "steps": row.steps,
                "reversible": row.reversible,
                "bump": row.bump.as_ref().map(|it| &it.value),
                "breaks": row.breaks,
            })
        })
        .collect();
    let document = json!({
        "schemaVersion": 1,
        "axes": axes,
        "releases": releases,
        "runsOn": runs_on,
        "features": features,
        "upgrades": upgrades,
    });
    let mut text = serde_json::to_string_pretty(&document).unwrap_or_default();
    text.push('\n');
    text
}

fn runs_on(matrix: &Matrix) -> Value {
    matrix
        .runs_on
        .iter()
        .map(|row| {
            json!({
                "subject": { "axis": row.subject.0.value, "versions": list(&row.subject.1) },
                "on": { "axis": row.on.0.value, "versions": list(&row.on.1) },
                "source": row.source,
                "note": row.note,
            })
        })
        .collect()
}

fn list(ranges: &[Spanned<Range>]) -> Value {
    ranges.iter().map(|it| it.value.to_string()).collect()
}

fn by_axis<T>(list: &ByAxis<T>, text: impl Fn(&str, &T) -> String) -> Value {
    let map: Map<String, Value> = list
        .iter()
        .map(|(axis, it)| {
            (
                axis.value.clone(),
                Value::from(text(&axis.value, &it.value)),
            )
        })
        .collect();
    Value::Object(map)
}
