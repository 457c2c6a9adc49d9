//! Named types, and what may stand behind `type:`.

use super::field::limits;
use super::object::{Place, object, set};
use super::tape::Tape;
use herz_types::scalar::Dialect;
use serde_json::{Map, Value, json};

/// Names of what the package declares.
#[derive(Debug, Clone)]
pub(super) struct Names {
    pub(super) kinds: Vec<String>,
    pub(super) objects: Vec<String>,
    pub(super) enums: Vec<String>,
    pub(super) narrowed: Vec<String>,
}

/// What a type is, as far as limits, defaults and rules care.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Is {
    Bool,
    /// With its least and greatest value, as far as ranges go.
    Int(i64, i64),
    Float,
    Text,
    Bytes,
    Scalar(Dialect),
    List(Box<Is>),
    Map,
    Object,
    Enum(Vec<&'static str>),
    Other,
}

/// A type: its text, and what it is.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Type {
    pub(super) text: String,
    pub(super) is: Is,
    /// A value of it holds a value of a type that is still being declared, so that a required one
    /// would have no end.
    pub(super) endless: bool,
}

impl Type {
    fn plain(text: &str, is: Is) -> Self {
        Self {
            text: text.to_owned(),
            is,
            endless: false,
        }
    }
}

/// Values of enums; the first ones are plain, others need care in target languages.
const VALUES: &[&str] = &[
    "one", "two", "web", "GET", "a-b", "type", "Self", "Other", "1", "yes", "true", "", "ü", "200",
    "x_y",
];

/// Distinct values of an enum.
pub(super) fn values(tape: &mut Tape<'_>) -> Vec<&'static str> {
    let mut values: Vec<&'static str> = Vec::new();
    for _ in 0..tape.below(4) + 2 {
        match tape.of(VALUES) {
            // Whether the empty text is a value is for `allowEmpty` to say.
            Some(value) if !value.is_empty() && !values.contains(&value) => values.push(value),
            _ => {}
        }
    }
    if values.is_empty() {
        values.push("one");
    }
    values
}

/// The values of the enum of that number; they must be known where it is used.
fn values_of(at: usize) -> Vec<&'static str> {
    match at % 3 {
        0 => vec!["one", "two", "web"],
        1 => vec!["GET", "a-b", "type", "Self"],
        _ => vec!["yes", "1"],
    }
}

/// Any type.
pub(super) fn any_type(place: Place, names: &Names, tape: &mut Tape<'_>) -> Type {
    match tape.below(22) {
        2 => Type::plain("bool", Is::Bool),
        3..=5 => int(tape),
        6 => Type::plain("float64", Is::Float),
        7 => Type::plain("bytes", Is::Bytes),
        8..=10 => scalar(tape),
        11 => Type::plain("probability", Is::Other),
        12 => Type::plain("port", Is::Other),
        13 | 14 => {
            let inner = any_type(place, names, tape);
            Type::plain(
                &format!("list<{}>", inner.text),
                Is::List(Box::new(inner.is)),
            )
        }
        15 => {
            let inner = any_type(place, names, tape);
            Type::plain(&format!("map<{}>", inner.text), Is::Map)
        }
        16 | 17 if !names.objects.is_empty() => {
            let at = tape.below(names.objects.len());
            Type {
                text: names.objects.get(at).cloned().unwrap_or_default(),
                is: Is::Object,
                endless: place.is_inside(at),
            }
        }
        18 if !names.enums.is_empty() => {
            let at = tape.below(names.enums.len());
            Type::plain(
                names.enums.get(at).map_or("", String::as_str),
                Is::Enum(values_of(at)),
            )
        }
        19 if !names.narrowed.is_empty() => {
            Type::plain(&tape.of(&names.narrowed).unwrap_or_default(), Is::Other)
        }
        20 => {
            let text = tape.of(&["intOrString", "any", "object"]);
            Type::plain(text.unwrap_or("any"), Is::Other)
        }
        21 if names.kinds.len() > 1 && place == Place::Kind(0) => {
            let kind = names.kinds.get(1).map_or("", String::as_str);
            Type {
                text: format!("{kind}.spec"),
                is: Is::Object,
                endless: true,
            }
        }
        _ => Type::plain("string", Is::Text),
    }
}

fn int(tape: &mut Tape<'_>) -> Type {
    let (text, least, most) = tape
        .of(&[
            ("int32", -100, 100),
            ("int64", -1000, 1_000_000),
            ("int", -5, 5),
            ("uint8", 0, 255),
            ("uint16", 0, 300),
            ("uint32", 0, 100),
            ("uint64", 1, 1000),
            ("uint", 0, 9),
        ])
        .unwrap_or(("int32", 0, 1));
    Type::plain(text, Is::Int(least, most))
}

fn scalar(tape: &mut Tape<'_>) -> Type {
    let dialect = tape.of(Dialect::ALL).unwrap_or(Dialect::Duration);
    let empty = if tape.once_in(4) { "?" } else { "" };
    Type::plain(&format!("{}{empty}", dialect.name()), Is::Scalar(dialect))
}

/// The named types.
pub(super) fn types(names: &Names, tape: &mut Tape<'_>) -> Map<String, Value> {
    let mut types = Map::new();
    for (at, name) in names.objects.iter().enumerate() {
        types.insert(
            name.clone(),
            Value::Object(object(Place::Object(at), names, tape)),
        );
    }
    for (at, name) in names.enums.iter().enumerate() {
        let mut body = json!({"enum": values_of(at)});
        if tape.once_in(3) {
            set(&mut body, "enumBy", json!("admission"));
        }
        if tape.once_in(4) {
            set(&mut body, "enumLevel", json!("warning"));
        }
        if tape.once_in(4) {
            set(&mut body, "allowEmpty", json!(true));
        }
        types.insert(name.clone(), body);
    }
    for name in &names.narrowed {
        let base = match tape.below(4) {
            0 => Type::plain("string", Is::Text),
            1 => int(tape),
            2 => scalar(tape),
            _ => Type::plain("float64", Is::Float),
        };
        let mut body = Map::new();
        body.insert("scalar".to_owned(), json!(base.text));
        for _ in 0..=tape.below(2) {
            limits(&base.is, &mut body, tape);
        }
        types.insert(name.clone(), Value::Object(body));
    }
    types
}
