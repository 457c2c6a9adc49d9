//! Fields: their type, limits, defaults and lives.

use super::FORMER;
use super::object::Place;
use super::package::RELEASES;
use super::tape::Tape;
use super::types::{Is, Names, any_type, values};
use herz_types::scalar::Dialect;
use serde_json::{Map, Value, json};

/// A field, and what rules may say about it.
#[derive(Debug, Clone)]
#[allow(clippy::struct_excessive_bools, reason = "each is a plain fact")]
pub(super) struct Field {
    pub(super) name: String,
    pub(super) is: Is,
    pub(super) optional: bool,
    /// Whether the newest release has it, and always had it.
    pub(super) lasting: bool,
    pub(super) nullable: bool,
    pub(super) has_default: bool,
    pub(super) text: Value,
}

/// Keys that generated code must not stumble over.
const HOSTILE: &[&str] = &[
    "type",
    "self",
    "Self",
    "Option",
    "fn",
    "match",
    "a-b",
    "ünï",
    "String",
    "Vec",
    "None",
    "Some",
    "Ok",
    "Box",
    "crate",
    "super",
    "async",
    "try",
    "Result",
    "table",
    "unknown",
    "fields",
    "cx",
    "value",
    "spec",
    "metadata",
    "kind",
    "new",
    "validate",
    "look",
    "read",
    "std",
    "herz_types",
    "x.y",
    "index",
    "serde",
    "View",
    "rule",
    "bool",
    "u8",
];

/// The field of that number in its object.
pub(super) fn field(number: usize, place: Place, names: &Names, tape: &mut Tape<'_>) -> Field {
    let name = if tape.once_in(5) {
        // The number chooses too, so that two fields differ.
        let at = (tape.below(4) * 10 + number) % HOSTILE.len();
        HOSTILE
            .get(at)
            .map_or_else(String::new, |name| (*name).to_owned())
    } else {
        format!("field{number}")
    };
    let mut body = Map::new();
    body.insert("name".to_owned(), json!(name));
    let own_enum = tape.once_in(8);
    let (is, endless) = if own_enum {
        let values = values(tape);
        body.insert("enum".to_owned(), json!(values));
        if tape.once_in(4) {
            body.insert("enumBy".to_owned(), json!("admission"));
        }
        if tape.once_in(4) {
            body.insert("allowEmpty".to_owned(), json!(true));
        }
        (Is::Enum(values), false)
    } else {
        let ty = any_type(place, names, tape);
        body.insert("type".to_owned(), json!(ty.text));
        (ty.is, ty.endless)
    };
    let optional = endless || tape.below(3) > 0;
    body.insert("required".to_owned(), json!(!optional));
    let nullable = tape.once_in(6);
    if nullable {
        body.insert("nullable".to_owned(), json!(true));
    }
    let mut limited = false;
    while tape.once_in(3) {
        limited |= limits(&is, &mut body, tape);
    }
    let mut has_default = false;
    if !limited
        && tape.once_in(3)
        && let Some(value) = default(&is, tape)
    {
        has_default = true;
        let default = if tape.once_in(3) {
            json!({"value": value, "fill": "empty", "by": tape.of(&["structure", "admission"])})
        } else {
            value
        };
        body.insert("default".to_owned(), default);
    }
    let mut lasting = true;
    match tape.below(24) {
        20 => {
            body.insert("since".to_owned(), json!(tape.of(RELEASES)));
        }
        21 if optional => {
            body.insert("until".to_owned(), json!(tape.of(&["1.1.0", "2.0.0"])));
            lasting = false;
        }
        22 => {
            body.insert(
                "deprecated".to_owned(),
                json!({"since": "1.1.0", "note": "old"}),
            );
        }
        23 => {
            body.insert("aliases".to_owned(), json!([format!("{FORMER}{name}")]));
        }
        19 => {
            body.insert("sensitive".to_owned(), json!(true));
        }
        18 => {
            body.insert("semantics".to_owned(), json!("structure"));
        }
        17 => {
            body.insert("immutable".to_owned(), json!(true));
        }
        _ => {}
    }
    Field {
        name,
        is,
        optional,
        lasting,
        nullable,
        has_default,
        text: Value::Object(body),
    }
}

/// Adds a limit that fits the type, plain or in the long form. False if the type has none.
pub(super) fn limits(is: &Is, body: &mut Map<String, Value>, tape: &mut Tape<'_>) -> bool {
    let Some((keyword, value)) = limit(is, tape) else {
        return false;
    };
    let value = match tape.below(6) {
        4 => json!({"value": value, "level": "warning"}),
        5 => json!({"value": value, "by": tape.of(&["admission", "structure"])}),
        _ => value,
    };
    body.insert(keyword.to_owned(), value);
    true
}

fn limit(is: &Is, tape: &mut Tape<'_>) -> Option<(&'static str, Value)> {
    Some(match is {
        Is::Int(least, most) => match tape.below(5) {
            0 => ("multipleOf", json!(tape.of(&[2, 5, 7]))),
            1 => ("range", json!(format!("{least}.."))),
            2 => ("range", json!(format!("..{most}"))),
            3 => ("range", json!(format!("{least}<..<{most}"))),
            _ => ("range", json!(format!("{least}..{most}"))),
        },
        Is::Float => (
            "range",
            json!(tape.of(&["0..1", "0<..", "..99.5", "-1.5..<2"])),
        ),
        Is::Text => match tape.below(6) {
            0 => ("length", json!(tape.of(&["1..3", "..5", "2..", "1..64"]))),
            1 | 2 => (
                "pattern",
                json!(tape.of(&[
                    "^[a-z0-9-]+$",
                    "^a",
                    "[0-9]$",
                    "^[^/]*$",
                    "^(a|web|10ms)$",
                    "^.{1,3}$",
                    "^\\w+$",
                    "^$|^x",
                    "[ü日]",
                ])),
            ),
            3 => ("oneOf", json!(["a", "web", "true"])),
            4 => {
                let dialect = tape.of(Dialect::ALL)?;
                ("grammar", json!(dialect.name()))
            }
            _ => ("filled", json!(true)),
        },
        Is::Scalar(Dialect::Duration | Dialect::DurationGo) => (
            "range",
            json!(tape.of(&["1s..1h", "0s<..", "..1m", "1ms..<10s"])),
        ),
        Is::Scalar(Dialect::ByteSize) => ("range", json!("1KiB..1GiB")),
        Is::Scalar(_) => match tape.below(3) {
            0 => ("length", json!("..12")),
            1 => ("pattern", json!("^[^ ]*$")),
            _ => ("filled", json!(true)),
        },
        Is::List(_) => match tape.below(3) {
            0 => ("unique", json!(true)),
            1 => ("items", json!(tape.of(&["1..2", "..1", "2.."]))),
            _ => ("filled", json!(true)),
        },
        Is::Map => ("items", json!(tape.of(&["1..2", "..1"]))),
        Is::Bool | Is::Object | Is::Enum(_) => ("filled", json!(true)),
        Is::Bytes | Is::Other => return None,
    })
}

fn default(is: &Is, tape: &mut Tape<'_>) -> Option<Value> {
    Some(match is {
        Is::Bool => json!(tape.once_in(2)),
        Is::Int(least, most) => json!(tape.of(&[*least, *most])),
        Is::Float => json!(tape.of(&[0.5, 1.0, -2.0])),
        Is::Text => json!(tape.of(&["a", "web", "", "30"])),
        Is::Scalar(dialect) => {
            let samples: Vec<&str> = dialect
                .samples()
                .iter()
                .filter(|sample| sample.accepted && !sample.text.chars().any(char::is_control))
                .map(|sample| sample.text)
                .collect();
            json!(tape.of(&samples)?)
        }
        Is::List(_) => json!([]),
        Is::Map => json!({}),
        Is::Enum(values) => json!(tape.of(values)?),
        Is::Object | Is::Bytes | Is::Other => return None,
    })
}
