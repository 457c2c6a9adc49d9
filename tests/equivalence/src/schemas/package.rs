//! A package: its head, its kinds, its types.

use super::Schema;
use super::object::{Place, object, set};
use super::tape::Tape;
use super::types::{Names, types};
use serde_json::{Value, json};

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
    let types = types(&names, tape);
    Schema {
        package_file: head.to_string(),
        kind_file: conditions(&kinds.join("\n---\n")),
        types_file: conditions(&json!({ "types": types }).to_string()),
    }
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
