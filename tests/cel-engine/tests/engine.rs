//! The conformance table and generated expressions, run by Herz and by a CEL engine.
//!
//! The engine gets what an API server gets: the Kubernetes text of the expression, and the data
//! with the structure's defaults filled in, nulls pruned and names escaped. It has no type checker;
//! so this compares results only.
//!
//! Where the engine is known to differ from Herz (and from CEL's definition):
//! * it fails on comparisons with NaN, which are false in Herz and in CEL;
//! * whole numbers over 2^63 come to it as floats, while they have no value in Herz;
//! * it has no sizes and rates, so Herz prints none ([`herz::print`] says so).

// Clippy takes helpers of tests for production code.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::too_many_lines
)]

#[allow(dead_code)]
#[path = "../../../herz-dsl/tests/cel/fixture.rs"]
mod fixture;
#[path = "../../../herz-dsl/tests/cel/generate.rs"]
mod generate;

use cel::{Context, Program, Value as Engine};
use fixture::{rows, scope, types};
use generate::Choices;
use herz_dsl::catalog::Life;
use herz_dsl::cel::{self as herz, Evaluator, Style};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::HashMap;

const TABLE: &str = include_str!("../../../herz-dsl/tests/cel/conformance.md");

/// What the API server has before it evaluates a rule.
fn stored(mut data: Value) -> Value {
    let object = data.as_object_mut().unwrap();
    object.retain(|_, value| !value.is_null());
    for (field, default) in [
        ("di", json!(7)),
        ("ds", json!("seven")),
        ("dd", json!("7s")),
        ("df", json!(7.0)),
        ("db", json!(true)),
        ("dact", json!("loss")),
        ("dl", json!([])),
    ] {
        object.entry(field).or_insert(default);
    }
    if let Some(inner) = object.get_mut("o").and_then(Value::as_object_mut) {
        inner.entry("weight").or_insert(json!(1));
    }
    for (plain, escaped) in [
        ("devices", "device"),
        ("pod-name", "pod__dash__name"),
        ("namespace", "__namespace__"),
        ("in", "__in__"),
    ] {
        if let Some(value) = object.remove(plain) {
            object.insert(escaped.to_owned(), value);
        }
    }
    data
}

/// The data as the engine has it; `f` is the one float of the schema.
fn value(data: &Value, float: bool) -> Engine {
    match data {
        Value::Null => Engine::Null,
        Value::Bool(value) => Engine::Bool(*value),
        Value::Number(number) => match number.as_i64().filter(|_| !float) {
            Some(int) => Engine::Int(int),
            None => Engine::Float(number.as_f64().unwrap()),
        },
        Value::String(text) => Engine::String(text.clone().into()),
        Value::Array(items) => items
            .iter()
            .map(|item| value(item, false))
            .collect::<Vec<_>>()
            .into(),
        Value::Object(map) => {
            let entries = map
                .iter()
                .map(|(key, of)| (key.clone(), value(of, key == "f")));
            entries.collect::<HashMap<_, _>>().into()
        }
    }
}

/// What the engine says; nothing if it fails.
fn engine(text: &str, data: &Value) -> Option<bool> {
    let program = Program::compile(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    let mut context = Context::default();
    context.add_variable_from_value("self", value(&stored(data.clone()), false));
    match program.execute(&context) {
        Ok(Engine::Bool(value)) => Some(value),
        Ok(other) => panic!("{text} gives {other:?}"),
        Err(_) => None,
    }
}

#[test]
fn the_table_means_the_same_to_the_engine() {
    let (types, life) = (types(), Life::default());
    let scope = scope(&types, &life);
    let (mut compared, mut wrong) = (0, Vec::new());
    for row in rows(TABLE) {
        // Documents of a wrong type never reach a rule on an API server.
        if row.expected == "WrongType" {
            continue;
        }
        let expr = herz::compile(&row.source, &scope).unwrap();
        // Numbers over 2^63 are no ints in JSON.
        if row.expected == "Overflow" && row.source.contains("big") {
            continue;
        }
        // Sizes and rates have no form in CEL.
        let Ok(text) = herz::print(&expr, Style::Kubernetes) else {
            continue;
        };
        let expected = row.expected.parse::<bool>().ok();
        let given = engine(&text, &row.data);
        if given != expected {
            wrong.push(format!(
                "line {}: {text} gives {given:?} instead of {}",
                row.line, row.expected
            ));
        }
        compared += 1;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(compared > 200, "{compared}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn generated_expressions_mean_the_same_to_the_engine(bytes in prop::collection::vec(any::<u8>(), 0..120)) {
        let mut choices = Choices::new(&bytes);
        let data = choices.data();
        let source = choices.bool();
        let (types, life) = (types(), Life::default());
        let expr = herz::compile(&source, &scope(&types, &life)).unwrap();
        let text = herz::print(&expr, Style::Kubernetes).unwrap();
        let ours = Evaluator::new(&types).holds(&expr, &data).ok();
        prop_assert_eq!(ours, engine(&text, &data), "{} on {}", text, data);
    }
}
