//! What is stored of an accepted manifest.

use crate::data::{checker, folder, read};
use crate::exceptions;
use herz_dsl::defaults::{Generated, render, to_json};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write;

/// Values that Chaos Mesh makes up: a random uid, a name with the time. Only their presence counts.
fn same(ours: &Value, theirs: &Value) -> bool {
    match (ours, theirs) {
        (Value::String(text), Value::String(made_up)) if text.starts_with("<generated: ") => {
            !made_up.is_empty()
        }
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len()
                && a.iter()
                    .all(|(key, value)| b.get(key).is_some_and(|other| same(value, other)))
        }
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (a, b) => a == b,
    }
}

#[test]
fn the_stored_form_is_that_of_chaos_mesh() {
    let Some(folder) = folder() else { return };
    let checker = checker("v2.8.3");
    let text = std::fs::read_to_string(folder.join("defaults.json")).unwrap();
    let stored: BTreeMap<String, Value> = serde_json::from_str(&text).unwrap();
    let (mut agree, mut excepted, mut wrong) = (0, 0, String::new());
    for (file, theirs) in &stored {
        let (tree, _) = read(&folder, file);
        let document = tree.documents().next().unwrap();
        let ours = render(document.root(), &checker, Generated::Named).unwrap();
        let ours: Value = serde_json::from_str(&to_json(&ours)).unwrap();
        if same(&ours["spec"], theirs) {
            agree += 1;
        } else if exceptions::reason(exceptions::DEFAULTS, file).is_some() {
            excepted += 1;
        } else {
            let _ = writeln!(
                wrong,
                "{file}\n  ours   {}\n  theirs {theirs}",
                ours["spec"]
            );
        }
    }
    println!(
        "stored forms: {agree} of {} ({excepted} named exceptions)",
        stored.len()
    );
    assert!(wrong.is_empty(), "{wrong}");
}
