//! What a class file can't hold: methods of more than 64 KB, more than 65,535 constants.

use crate::lower::Plan;
use crate::target::Note;
use herz_dsl::catalog::{Item, TypeBody};

/// Text of statements that surely becomes less than 64 KB of a method.
const METHOD: usize = 20_000;

/// Fields of an object, or values of an enum, that surely fit into one class.
const MOST: usize = 3_000;

/// Fields of a case: Java's records have at most 255 components.
const COMPONENTS: usize = 255;

/// Texts in one statement that surely fit into one method: each takes eight bytes.
const TEXTS: usize = 6_000;

/// Statements in parts, each for one method.
pub(super) fn parts(steps: &[String]) -> Vec<&[String]> {
    let mut parts = Vec::new();
    let (mut start, mut length) = (0, 0);
    for (at, step) in steps.iter().enumerate() {
        if length > 0 && length + step.len() > METHOD {
            parts.extend(steps.get(start..at));
            (start, length) = (at, 0);
        }
        length += step.len();
    }
    parts.extend(steps.get(start..));
    parts
}

/// What has too many parts for a class.
pub(super) fn too_big(plan: &Plan<'_>) -> Vec<Note> {
    let mut notes = Vec::new();
    for (id, def, _) in plan.types() {
        let item = plan.view.item(id);
        let mut refuse = |count: usize, what: &str, most: usize| {
            if count > most {
                let message =
                    format!("has {count} {what}, and a Java class holds {most} of them for sure");
                let help = "split it, or leave it out of the Java target with `only:`";
                notes.push(Note::error(item.clone(), message, help));
            }
        };
        match &def.body {
            TypeBody::Object(body) => {
                refuse(body.fields.len(), "fields", MOST);
                let cases = plan.union(id).map(|union| &union.cases);
                for (_, _, places) in cases.into_iter().flatten() {
                    refuse(places.len(), "fields in one case", COMPONENTS);
                }
            }
            TypeBody::Enum(_) => refuse(plan.variants(id).len(), "values", MOST),
            TypeBody::Refined(..) => {}
        }
    }
    notes
}

/// A statement that is too long for a method: one with very many texts.
pub(super) fn too_long(item: &Item, text: &str) -> Option<Note> {
    let texts = text.lines().map(|line| line.matches("\", \"").count());
    (texts.max().unwrap_or_default() > TEXTS).then(|| {
        Note::error(
            item.clone(),
            format!(
                "has a limit or rule with more than {TEXTS} texts, too many for a method of Java"
            ),
            "split it, or say it as a pattern",
        )
    })
}
