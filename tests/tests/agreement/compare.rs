//! One document, judged twice.

use herz::{ChaosSpec, Level, Validate};
use herz_dsl::check::Checker;
use herz_dsl::source::SourceId;
use herz_dsl::tree::{self, Limits};
use herz_types::read::{Read, Reader};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fmt;

/// What both say of a document.
pub(crate) struct Agreed {
    /// Whether there is no error.
    pub(crate) accepted: bool,
    /// Whether the document fits the types.
    pub(crate) read: bool,
    /// Codes of the errors.
    pub(crate) codes: BTreeSet<String>,
}

/// Two judgements that differ.
pub(crate) struct Disagreement {
    /// The file, if there is one.
    pub(crate) name: String,
    document: Value,
    what: String,
}

impl fmt::Display for Disagreement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\n{}\n{}", self.name, self.document, self.what)
    }
}

/// Errors as code and path.
type Errors = BTreeSet<String>;

/// Judges a document by the catalog and by generated Rust.
pub(crate) fn compare(checker: &Checker<'_>, document: &Value) -> Result<Agreed, Disagreement> {
    let disagree = |what: String| {
        Err(Disagreement {
            name: String::new(),
            document: document.clone(),
            what,
        })
    };
    let by_catalog = by_catalog(checker, document);
    let mut cx = Reader::default();
    let read = ChaosSpec::read(document, &mut cx).filter(|_| !cx.failed());
    let mut found = cx.into_findings();
    let Some(read) = read else {
        return if by_catalog.is_empty() {
            disagree(format!(
                "the catalog accepts it, Rust does not read it: {found:#?}"
            ))
        } else {
            Ok(Agreed {
                accepted: false,
                read: false,
                codes: codes_of(&by_catalog),
            })
        };
    };
    found.extend(read.validate());
    let by_rust: Errors = found
        .iter()
        .filter(|one| one.level == Level::Error)
        .map(|one| format!("{} {}", one.code, one.path))
        .collect();
    if by_catalog != by_rust {
        let only = |a: &Errors, b: &Errors| a.difference(b).cloned().collect::<Vec<_>>();
        return disagree(format!(
            "only the catalog: {:?}\nonly Rust: {:?}",
            only(&by_catalog, &by_rust),
            only(&by_rust, &by_catalog)
        ));
    }
    let written = serde_json::to_value(&read).expect("everything can be written");
    let mut places = Vec::new();
    differences("", document, &written, &mut places);
    if !places.is_empty() {
        return disagree(format!("written otherwise: {places:?}"));
    }
    Ok(Agreed {
        accepted: by_rust.is_empty(),
        read: true,
        codes: codes_of(&by_rust),
    })
}

fn codes_of(errors: &Errors) -> BTreeSet<String> {
    let code = |error: &String| error.split(' ').next().map(str::to_owned);
    errors.iter().filter_map(code).collect()
}

/// The errors that the catalog's checker finds. JSON is YAML, so it reads the same text.
fn by_catalog(checker: &Checker<'_>, document: &Value) -> Errors {
    let text = document.to_string();
    let (tree, of_yaml) = tree::parse(SourceId(0), text.as_bytes(), &Limits::default());
    assert!(of_yaml.is_empty(), "{of_yaml:?} in {text}");
    let outcome = checker.check_source(&tree);
    assert_eq!(outcome.skipped, 0, "{text}");
    outcome
        .diagnostics
        .iter()
        .filter(|one| one.level == Level::Error)
        .map(|one| format!("{} {}", one.code, one.path.as_deref().unwrap_or_default()))
        .collect()
}

/// Where two values differ. Null counts as absent, numbers are compared by value, and a former
/// name is written as the name of today.
fn differences(path: &str, read: &Value, written: &Value, places: &mut Vec<String>) {
    match (read, written) {
        (Value::Object(read), Value::Object(written)) => {
            for (key, value) in read {
                let path = format!("{path}.{key}");
                match written.get(key) {
                    Some(written) => differences(&path, value, written, places),
                    None if value.is_null() => {}
                    None => places.push(format!("{path} is lost")),
                }
            }
            for key in written.keys().filter(|key| !read.contains_key(*key)) {
                places.push(format!("{path}.{key} is new"));
            }
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            for (at, (a, b)) in a.iter().zip(b).enumerate() {
                differences(&format!("{path}[{at}]"), a, b, places);
            }
        }
        (Value::Number(a), Value::Number(b)) if a.as_f64() == b.as_f64() => {}
        (a, b) if a == b => {}
        (a, b) => places.push(format!("{path}: {a} became {b}")),
    }
}
