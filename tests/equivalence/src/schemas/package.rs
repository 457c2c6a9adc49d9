//! A package: its head, its kinds, its types.

use super::Schema;
use super::object::{Place, object, set};
use super::tape::Tape;
use super::types::{Names, types};
use serde_json::{Map, Value, json};

/// Releases of every package's platform.
pub(super) const RELEASES: &[&str] = &["1.0.0", "1.1.0", "2.0.0"];

pub(super) fn package(number: usize, tape: &mut Tape<'_>) -> Schema {
    let names = Names {
        kinds: (0..=tape.below(2))
            .map(|at| format!("Kind{number}{}", ["A", "B"].get(at).unwrap_or(&"C")))
            .collect(),
        objects: (0..tape.below(5)).map(|at| format!("Object{at}")).collect(),
        enums: (0..tape.below(3)).map(|at| format!("Enum{at}")).collect(),
        narrowed: (0..tape.below(3)).map(|at| format!("Narrow{at}")).collect(),
    };
    let mut head = json!({
        "package": format!("s{number}"),
        "version": "1.0.0",
        "group": format!("s{number}.example"),
        "apiVersion": "v1",
        "platform": {"name": format!("platform{number}"), "versions": RELEASES},
    });
    if tape.once_in(3) {
        set(&mut head, "nulls", json!("absent"));
    }
    if tape.once_in(3) {
        set(&mut head, "defaults", json!({"required": false}));
    }
    let kinds: Vec<String> = names
        .kinds
        .iter()
        .enumerate()
        .map(|(at, name)| kind(name, at, &names, tape).to_string())
        .collect();
    let mut types = types(&names, tape);
    if number % 3 == 2 {
        merged(&mut types);
    }
    Schema {
        package_file: head.to_string(),
        kind_file: conditions(&kinds.join("\n---\n")),
        types_file: conditions(&json!({ "types": types }).to_string()),
    }
}

/// Adds lists that are merged entry by entry to the first object that has keys: of texts, and of itself.
fn merged(types: &mut Map<String, Value>) {
    let keyed = types.iter_mut().find_map(|(name, object)| {
        let fields = object.get_mut("fields")?.as_array_mut()?;
        let keys: Vec<Value> = fields
            .iter()
            .filter(|field| is_key(field))
            .filter_map(|field| field.get("name").cloned())
            .take(2)
            .collect();
        (!keys.is_empty()).then_some((name.clone(), fields, keys))
    });
    if let Some((name, fields, keys)) = keyed {
        fields.extend([
            json!({"name": "mergedTexts", "type": "list<string>", "required": false, "merge": "set"}),
            json!({"name": "mergedByKey", "type": format!("list<{name}>"), "required": false, "merge": {"by": keys}}),
        ]);
    }
}

/// Whether a server would take a field as a key: a plain value that is always there.
fn is_key(field: &Value) -> bool {
    let says = |word: &str| field.get(word).is_some();
    let required = field.get("required") == Some(&json!(true));
    let always = required || field.get("default").is_some_and(|one| !one.is_object());
    let plain = field
        .get("type")
        .and_then(Value::as_str)
        .is_some_and(|ty| ["string", "bool", "int32", "int64"].contains(&ty));
    always && plain && !["nullable", "since", "until"].into_iter().any(says)
}

/// Conditions are plain words; the same words in quotes are values.
fn conditions(text: &str) -> String {
    ["present", "absent", "filled", "empty"]
        .iter()
        .fold(text.to_owned(), |text, word| {
            text.replace(&format!(":\"{word}\"}}"), &format!(": {word}}}"))
        })
}

fn kind(name: &str, at: usize, names: &Names, tape: &mut Tape<'_>) -> Value {
    let mut kind = json!({"kind": name, "doc": "A kind."});
    let place = Place::Kind(at);
    if let Some(map) = kind.as_object_mut() {
        map.extend(object(place, names, tape));
        // What only named types have.
        map.remove("open");
    }
    if tape.once_in(5) {
        set(&mut kind, "specRequired", json!(false));
    }
    if tape.once_in(5) {
        set(&mut kind, "judged", json!("structure"));
    }
    if tape.once_in(4)
        && let Some(status) = names.objects.first()
    {
        set(&mut kind, "status", json!(status));
    }
    kind
}
