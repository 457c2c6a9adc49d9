//! Objects: fields, unions and rules.

use super::field::{Field, field};
use super::tape::Tape;
use super::types::{Is, Names, values};
use herz_types::scalar::Dialect;
use serde_json::{Map, Value, json};

/// Whose fields are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Those of the kind of that number.
    Kind(usize),
    /// Those of the object type of that number.
    Object(usize),
}

impl Place {
    /// Whether an object type of that number may hold, over others, the object of this place.
    pub(super) fn is_inside(self, other: usize) -> bool {
        matches!(self, Self::Object(own) if other <= own)
    }
}

/// The keys of an object or kind.
pub(super) fn object(place: Place, names: &Names, tape: &mut Tape<'_>) -> Map<String, Value> {
    let count = tape.below(7) + 1;
    let mut fields: Vec<Field> = Vec::new();
    for number in 0..count {
        let new = field(number, place, names, tape);
        if !clashes(&fields, &new) {
            fields.push(new);
        }
    }
    let mut body = Map::new();
    let mut texts: Vec<Value> = fields.iter().map(|field| field.text.clone()).collect();
    if tape.once_in(3)
        && let Some((tag, union)) = union(&fields, tape)
    {
        texts.push(tag);
        body.insert("union".to_owned(), union);
    }
    body.insert("fields".to_owned(), json!(texts));
    let mut rules: Vec<Value> = (0..tape.below(4))
        .filter_map(|_| rule(&fields, tape))
        .collect();
    for (number, rule) in rules.iter_mut().enumerate() {
        set(rule, "name", json!(format!("rule-{number}")));
    }
    if !rules.is_empty() {
        body.insert("rules".to_owned(), json!(rules));
    }
    if tape.once_in(6) {
        body.insert("open".to_owned(), json!(true));
    }
    if tape.once_in(6) {
        body.insert("reserved".to_owned(), json!(["oldName"]));
    }
    body
}

/// Adds a key to an object.
pub(super) fn set(object: &mut Value, key: &str, value: Value) {
    if let Some(map) = object.as_object_mut() {
        map.insert(key.to_owned(), value);
    }
}

/// Whether two names would be one in a target language.
fn clashes(fields: &[Field], new: &Field) -> bool {
    let plain = |name: &str| -> String {
        name.chars()
            .filter(|char| char.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect()
    };
    fields
        .iter()
        .any(|field| plain(&field.name) == plain(&new.name))
}

/// A tag and what belongs to each of its values.
fn union(fields: &[Field], tape: &mut Tape<'_>) -> Option<(Value, Value)> {
    let optional: Vec<&Field> = fields
        .iter()
        .filter(|field| field.optional && field.lasting)
        .collect();
    if optional.is_empty() {
        return None;
    }
    let values = values(tape);
    let mut cases = Map::new();
    for (at, value) in values.iter().enumerate() {
        let mut case = Map::new();
        if let Some(field) = optional.get(at)
            && tape.once_in(2)
        {
            case.insert("requires".to_owned(), json!([field.name]));
        } else if let Some(field) = tape.of(&optional) {
            case.insert("allows".to_owned(), json!([field.name]));
        }
        cases.insert((*value).to_owned(), Value::Object(case));
    }
    let mut union = json!({"tag": "tag", "cases": cases});
    if let Some(foreign) = tape.of(&["warn", "refuse", "ignore"]) {
        set(&mut union, "foreign", json!(foreign));
    }
    if tape.once_in(3) {
        set(&mut union, "selectedOnly", json!(true));
    }
    if tape.once_in(4) {
        set(&mut union, "filled", json!(true));
    }
    if tape.once_in(4) {
        set(&mut union, "level", json!("warning"));
    }
    let tag = json!({"name": "tag", "enum": values, "required": tape.once_in(2)});
    Some((tag, union))
}

fn rule(fields: &[Field], tape: &mut Tape<'_>) -> Option<Value> {
    let optional: Vec<&Field> = fields
        .iter()
        .filter(|field| field.optional && field.lasting && !field.has_default)
        .collect();
    let mut names: Vec<&str> = Vec::new();
    for _ in 0..=tape.below(3) {
        let name = tape.of(&optional)?.name.as_str();
        // A name with a dot would be two steps of a path.
        if !names.contains(&name) && !name.contains('.') {
            names.push(name);
        }
    }
    if names.is_empty() {
        return None;
    }
    let mut rule = match tape.below(8) {
        1 => json!({"forbids": names}),
        2 if names.len() > 1 => json!({"exactlyOneOf": names}),
        3 if names.len() > 1 => json!({"atLeastOneOf": names}),
        4 if names.len() > 1 => json!({"atMostOneOf": names}),
        5 => {
            let ints: Vec<&&Field> = optional
                .iter()
                .filter(|field| matches!(field.is, Is::Int(..)))
                .collect();
            let (a, b) = (tape.of(&ints)?, tape.of(&ints)?);
            if a.name == b.name || format!("{}{}", a.name, b.name).contains(['.', '-']) {
                return None;
            }
            let operator = tape.of(&["<=", "<", ">=", ">"])?;
            json!({"compare": format!("{} {operator} {}", a.name, b.name)})
        }
        6 => return cel(&optional, tape),
        _ => json!({"requires": names}),
    };
    if rule.get("compare").is_none() && tape.below(3) > 0 {
        set(&mut rule, "when", when(fields, tape)?);
    }
    match tape.below(6) {
        4 => set(&mut rule, "level", json!("warning")),
        5 => set(&mut rule, "by", json!("structure")),
        3 if rule.get("compare").is_none() => set(&mut rule, "filled", json!(true)),
        _ => {}
    }
    Some(rule)
}

fn when(fields: &[Field], tape: &mut Tape<'_>) -> Option<Value> {
    let known: Vec<&Field> = fields
        .iter()
        .filter(|field| field.lasting && !field.name.contains('.'))
        .collect();
    let field = tape.of(&known)?;
    let test = match (&field.is, tape.below(5)) {
        (Is::Enum(values), 0 | 1) => json!([tape.of(values)?]),
        (Is::Enum(values), 2) => json!({"not": [tape.of(values)?]}),
        (Is::Bool, 0 | 1) => json!([true]),
        (_, 3) => json!("filled"),
        (_, 4) => json!("empty"),
        (_, 2) if field.optional => json!("absent"),
        _ => json!("present"),
    };
    Some(json!({ field.name.as_str(): test }))
}

/// A rule in CEL about one field that has no odd name and is never null.
fn cel(fields: &[&Field], tape: &mut Tape<'_>) -> Option<Value> {
    let usable: Vec<&&Field> = fields
        .iter()
        .filter(|field| field.name.starts_with("field") && !field.nullable)
        .collect();
    let field = tape.of(&usable)?;
    let x = format!("self.{}", field.name);
    let test = match &field.is {
        Is::Bool => format!("{x} == true"),
        Is::Int(least, _) => tape.of(&[
            format!("{x} != {least}"),
            format!("{x} * 2 < 100 || {x} - 1 > 300"),
            format!("{x} in [1, 2, 50]"),
        ])?,
        Is::Float => format!("{x} < 40.5"),
        Is::Text => tape.of(&[
            format!("size({x}) < 4"),
            format!("{x}.startsWith('a') || {x}.contains('b')"),
            format!("{x}.matches('^[a-z]+$')"),
            format!("!({x} in ['a', ''])"),
        ])?,
        Is::Scalar(Dialect::DurationGo | Dialect::Duration) => {
            format!("duration({x}) > duration('1s')")
        }
        Is::List(inner) if **inner == Is::Text => tape.of(&[
            format!("{x}.all(one, size(one) < 4)"),
            format!("{x}.exists(one, one == 'a')"),
            format!("size({x}.filter(one, one != 'web')) < 2"),
        ])?,
        Is::List(_) | Is::Map => format!("size({x}) < 2"),
        Is::Enum(values) => format!("{x} != '{}'", values.first()?),
        Is::Scalar(_) | Is::Bytes | Is::Object | Is::Other => return None,
    };
    Some(json!({"cel": format!("!has({x}) || {test}"), "message": "no"}))
}
