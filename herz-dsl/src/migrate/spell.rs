//! Texts that a limit of the new release refuses: the same value, spelled otherwise. And former
//! names, which the checker knows how to mend.

use super::edit::{Change, scalar};
use super::place::Typed;
use crate::catalog::{Catalog, Constraint, ConstraintKind, ScalarType, Type, TypeBody};
use crate::diagnostic::{Diagnostic, Level};
use herz_types::codes;
use regex::Regex;
use semver::Version;

/// The change that mends a finding, if one is known.
pub(super) fn mend(
    catalog: &Catalog,
    release: &Version,
    texts: &[Typed<'_, '_>],
    finding: &Diagnostic,
) -> Option<Change> {
    if finding.code == codes::FORMER_NAME {
        return former(finding);
    }
    if finding.level != Level::Error || finding.code != codes::PATTERN {
        return None;
    }
    let path = finding.path.as_deref()?;
    let typed = texts.iter().find(|it| it.path == path)?;
    respell(catalog, release, typed)
}

/// A key by a former name, as the checker's fix has it.
fn former(finding: &Diagnostic) -> Option<Change> {
    let fix = finding.fixes.first()?;
    let [edit] = fix.edits.as_slice() else {
        return None;
    };
    let path = finding.path.clone()?;
    let old = path.rsplit('.').next().unwrap_or("").to_owned();
    Some(Change {
        document: finding.document,
        span: edit.span,
        key: Some(edit.span),
        what: format!("{old} -> {}", edit.text),
        renamed: Some(edit.text.clone()),
        value: None,
        path,
    })
}

/// The first spelling of a text that fits all patterns of its place.
fn respell(catalog: &Catalog, release: &Version, typed: &Typed<'_, '_>) -> Option<Change> {
    let mut patterns = Vec::new();
    let own = typed.field.map_or(&[][..], |field| &field.constraints);
    patterns_of(own, release, &mut patterns);
    let dialect = scalar_type(catalog, typed.ty, release, &mut patterns)?.dialect;
    let text = typed.node.text()?;
    let fits = |candidate: &String| patterns.iter().all(|it| it.is_match(candidate));
    let new = dialect.spellings(text).into_iter().find(fits)?;
    Some(Change {
        document: typed.document,
        path: typed.path.clone(),
        span: typed.node.place(),
        renamed: None,
        key: None,
        value: Some((typed.node.span(), scalar(typed.node, &new))),
        what: format!("{text} -> {new}"),
    })
}

/// The grammar of a type, and the patterns on the way to it.
fn scalar_type(
    catalog: &Catalog,
    ty: &Type,
    release: &Version,
    patterns: &mut Vec<Regex>,
) -> Option<ScalarType> {
    match ty {
        Type::Scalar(scalar) => Some(*scalar),
        Type::Ref(id) => match &catalog.get(*id)?.body {
            TypeBody::Refined(inner, limits) => {
                patterns_of(limits, release, patterns);
                scalar_type(catalog, inner, release, patterns)
            }
            TypeBody::Object(_) | TypeBody::Enum(_) => None,
        },
        _ => None,
    }
}

fn patterns_of(limits: &[Constraint], release: &Version, patterns: &mut Vec<Regex>) {
    for limit in limits {
        if let ConstraintKind::Pattern(pattern) = &limit.kind
            && limit.life.covers(release)
        {
            // Compiled with the package already, so it is one.
            patterns.extend(Regex::new(pattern));
        }
    }
}
