//! Where a rejected manifest is wrong.

use crate::data::{Case, cases, checker, folder, judge, rejects};
use crate::exceptions;
use std::fmt::Write;

/// The release whose errors the corpus records.
const RELEASE: &str = "v2.8.3";

/// Where the webhook names one field and Herz points at another one of the same rule: the webhook's
/// word, the end of Herz' path, and why.
const ELSEWHERE: &[(&str, &str, &str)] = &[
    (
        "ebsvolume",
        "volumeID",
        "the name of the Go field; `volumeID` is its key",
    ),
    (
        "direction",
        "target",
        "`direction` is fine, `target` is what is missing",
    ),
    (
        "direction",
        "externalTargets",
        "`direction` is fine, `externalTargets` is what does not go with it",
    ),
    (
        "address",
        "selector.namespaces",
        "both are there; the second one is pointed at",
    ),
    (
        "address",
        "spec",
        "neither is there, so the object that lacks them is pointed at",
    ),
];

/// Words of a webhook's error that name a field: `Spec.TcParameter.Delay.Latency: …`.
fn last_field(error: &str) -> Option<String> {
    let path = error.split(':').next()?.trim();
    let last = path.rsplit('.').next()?;
    let last = last.split('[').next().unwrap_or(last);
    let named = path.starts_with("Spec") && path.contains('.') && last != "spec" && last != "Spec";
    named.then(|| last.to_lowercase())
}

fn paths(
    folder: &std::path::Path,
    case: &Case,
    checker: &herz_dsl::check::Checker<'_>,
) -> Vec<String> {
    let found = judge(folder, case, checker);
    found
        .iter()
        .filter(|d| rejects(d))
        .filter_map(|d| d.path.clone())
        .collect()
}

#[test]
fn every_error_of_the_crd_schema_is_found_at_its_field() {
    let Some(folder) = folder() else { return };
    let checker = checker(RELEASE);
    let (mut found, mut all, mut wrong) = (0, 0, String::new());
    for case in cases(&folder) {
        if exceptions::reason(exceptions::VERDICTS, &case.file).is_some() {
            continue;
        }
        let paths = paths(&folder, &case, &checker);
        for error in &case.schema_errors {
            all += 1;
            if paths.contains(&error.path) {
                found += 1;
            } else {
                let _ = writeln!(
                    wrong,
                    "{}: nothing at {}, but at {paths:?}",
                    case.file, error.path
                );
            }
        }
    }
    println!("places of schema errors: {found} of {all}");
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_error_of_the_webhook_is_found_under_its_field() {
    let Some(folder) = folder() else { return };
    let checker = checker(RELEASE);
    let (mut found, mut all, mut wrong) = (0, 0, String::new());
    for case in cases(&folder) {
        let only_webhook = case.schema_errors.is_empty() && !case.webhook_error.is_empty();
        let rejected = case.by_version[RELEASE] == "reject";
        if !only_webhook
            || !rejected
            || exceptions::reason(exceptions::VERDICTS, &case.file).is_some()
        {
            continue;
        }
        let Some(field) = last_field(&case.webhook_error) else {
            continue;
        };
        all += 1;
        let paths = paths(&folder, &case, &checker);
        // The webhook names Go fields of the object that it looks at; ours are YAML paths.
        let elsewhere = |path: &String| {
            ELSEWHERE
                .iter()
                .any(|(word, end, _)| *word == field && path.ends_with(end))
        };
        if paths
            .iter()
            .any(|path| path.to_lowercase().contains(&field) || elsewhere(path))
        {
            found += 1;
        } else {
            let _ = writeln!(
                wrong,
                "{}: {} is not among {paths:?}",
                case.file, case.webhook_error
            );
        }
    }
    println!("places of webhook errors: {found} of {all}");
    assert!(wrong.is_empty(), "{wrong}");
}
