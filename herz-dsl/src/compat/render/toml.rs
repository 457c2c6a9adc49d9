//! The part of `compat-matrix.toml` that the schemas say: features, upgrades, releases of the
//! platforms. Comments and form of the rest stay.

use crate::breaking::Level;
use crate::catalog::{Catalog, Package};
use crate::compat::feature::{self, Known};
use crate::compat::history::{self, Stretch};
use semver::Version;
use std::fmt::Write;
use toml_edit::{Array, DocumentMut, TomlError, Value};

/// The line that the generated part begins with.
pub const MARKER: &str = "# ---- Generated from the schemas by `herz compat render --write`. \
Edits below are lost. ----";

/// The text of the matrix as the schemas want it: `versions` of axes that are a package's
/// platform, and, if it has [`MARKER`], everything behind that.
pub fn renewed(text: &str, catalog: &Catalog) -> Result<String, TomlError> {
    let (hand, generated) = match text.find(MARKER) {
        Some(at) => text.split_at(at),
        None => (text, ""),
    };
    let mut document: DocumentMut = hand.parse()?;
    let mut packages = Vec::new();
    for package in &catalog.packages {
        let axis = document
            .get_mut("axes")
            .and_then(|axes| axes.get_mut(&package.platform))
            .and_then(|axis| axis.as_table_like_mut());
        let Some(axis) = axis else { continue };
        packages.push(package);
        let must: Vec<String> = package.releases.iter().map(ToString::to_string).collect();
        let is = axis.get("versions").and_then(|it| it.as_array());
        let same = is.is_some_and(|list| {
            list.len() == must.len() && list.iter().zip(&must).all(|(a, b)| a.as_str() == Some(b))
        });
        if !same {
            let mut list = Array::new();
            for version in &must {
                let mut value = Value::from(version.as_str());
                value.decor_mut().set_prefix("\n    ");
                list.push_formatted(value);
            }
            list.set_trailing("\n");
            list.set_trailing_comma(true);
            axis.insert("versions", toml_edit::value(list));
        }
    }
    let mut new = document.to_string();
    if generated.is_empty() {
        return Ok(new);
    }
    new.push_str(MARKER);
    new.push('\n');
    for package in packages {
        part(&mut new, catalog, package);
    }
    Ok(new)
}

fn part(text: &mut String, catalog: &Catalog, package: &Package) {
    for known in feature::features(catalog, &package.name) {
        feature(text, &package.platform, &known);
    }
    let stretches = history::stretches(catalog, package);
    let mut before: Option<&Stretch> = None;
    for stretch in &stretches {
        if let Some(before) = before {
            step(text, catalog, package, before, stretch);
        }
        if stretch.releases.len() > 1 {
            let range = range(stretch);
            let _ = write!(
                text,
                "\n[[upgrade]]\naxis = {}\nfrom = [{range}]\nto = [{range}]\n\
                 steps = [\"helm-upgrade\"]\nreversible = true\nbump = \"none\"\n",
                quoted(&package.platform)
            );
        }
        before = Some(stretch);
    }
}

fn feature(text: &mut String, axis: &str, known: &Known) {
    let kinds: Vec<String> = known.kinds.iter().map(|it| quoted(it)).collect();
    let kinds = match kinds.as_slice() {
        [one] => one.clone(),
        many => format!("[{}]", many.join(", ")),
    };
    let _ = write!(
        text,
        "\n[[feature]]\nid = {}\nkind = {kinds}\n",
        quoted(&known.id)
    );
    if !known.path.is_empty() {
        let _ = writeln!(text, "path = {}", quoted(&known.path));
    }
    let _ = writeln!(text, "what = {}", quoted(known.what.name()));
    let life = |text: &mut String, word: &str, version: Option<&Version>| {
        if let Some(version) = version {
            let version = quoted(&version.to_string());
            let _ = writeln!(text, "{word} = {{ {axis} = {version} }}");
        }
    };
    life(text, "since", known.since.as_ref());
    life(text, "until", known.until.as_ref());
    if let Some(version) = &known.deprecated {
        let instead = known
            .instead
            .as_ref()
            .map_or_else(String::new, |it| format!(", use = {}", quoted(it)));
        let version = quoted(&version.to_string());
        let _ = writeln!(text, "deprecated = {{ {axis} = {version}{instead} }}");
    }
    if !known.doc.is_empty() {
        let _ = writeln!(text, "doc = {}", quoted(&known.doc));
    }
}

/// The step from one stretch to the next one.
fn step(text: &mut String, catalog: &Catalog, package: &Package, from: &Stretch, to: &Stretch) {
    let report = history::changes(catalog, &package.name, from.last(), to.first());
    let bump = report.bump();
    let breaks = history::breaks(catalog, &package.name, &report);
    let mut steps = Vec::new();
    if bump > Level::None {
        // Helm leaves the definitions of kinds as they are.
        steps.push("replace-crds");
    }
    // Imported types are no manifests of ours: nothing rewrites them.
    if breaks
        .iter()
        .any(|line| !line.starts_with("imported types:"))
    {
        steps.push("herz-migrate");
    }
    steps.push("helm-upgrade");
    let steps: Vec<String> = steps.into_iter().map(quoted).collect();
    let stored = feature::features(catalog, &package.name)
        .iter()
        .any(|it| it.what.is_stored() && it.since.as_ref() == Some(to.first()));
    let _ = write!(
        text,
        "\n[[upgrade]]\naxis = {}\nfrom = [{}]\nto = [{}]\nsteps = [{}]\nreversible = {}\nbump = {}\n",
        quoted(&package.platform),
        range(from),
        range(to),
        steps.join(", "),
        !stored && bump < Level::Major,
        quoted(bump.name())
    );
    if !breaks.is_empty() {
        text.push_str("breaks = [\n");
        for line in &breaks {
            let _ = writeln!(text, "    {},", quoted(line));
        }
        text.push_str("]\n");
    }
}

fn range(stretch: &Stretch) -> String {
    quoted(&if stretch.releases.len() == 1 {
        format!("={}", stretch.first())
    } else {
        format!(">={}, <={}", stretch.first(), stretch.last())
    })
}

/// A text as TOML writes it.
fn quoted(text: &str) -> String {
    Value::from(text).to_string().trim().to_owned()
}
