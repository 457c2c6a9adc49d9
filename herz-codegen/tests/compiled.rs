//! The kept files, compiled and used.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::single_char_pattern,
    clippy::too_many_lines,
    reason = "a test that can't be set up fails with its reason"
)]

#[allow(
    dead_code,
    unused_imports,
    reason = "not every generated item is used here"
)]
#[deny(missing_docs)]
pub mod golden {
    //! What `generated.rs` keeps.
    include!("generated/golden/mod.rs");
}

#[allow(dead_code, reason = "shared with `generated.rs`")]
#[path = "generated/fixture.rs"]
mod fixture;

use golden::ChaosSpec;
use golden::fixture::Cel;
use golden::fixture::{Action, Delay, NetChaos, NetChaosSpec, NetFault};
use herz_dsl::catalog::{RuleKind, TypeBody};
use herz_dsl::cel::Evaluator;
use herz_types::scalar::{Scalar, Text};
use herz_types::view::Object;
use herz_types::{Level, Validate, Violation};
use serde_json::{Value, json};

fn document(spec: &Value) -> Value {
    json!({"apiVersion": "fixture.example/v1", "kind": "NetChaos", "metadata": {"name": "a"}, "spec": spec})
}

fn read(spec: &Value) -> ChaosSpec {
    herz_types::read::from_json(&document(spec)).expect("reads")
}

fn told(violations: &[Violation]) -> Vec<String> {
    violations
        .iter()
        .map(|one| format!("{} {} {:?}", one.code, one.path, one.level))
        .collect()
}

#[test]
fn what_is_read_is_written_back() {
    let spec = json!({
        "action": "later-release", "type": [], "password": "x", "ttl": null, "direction": "",
        "steps": [{"name": "ü", "inner": {"name": "b", "spec": {"action": "partition"}}, "option": "None",
            "container": {"port": 8080, "data": "aGk="}}],
        "delay": {"latency": "no duration", "correlation": 50, "x": {"y": [1, 2.5, null]}},
        "unknown": {"a": "b"}, "self": {"any": [true]}, "what is this": 1
    });
    let read = read(&spec);
    assert_eq!(
        serde_json::to_value(&read).expect("writes"),
        document(&spec)
    );
}

#[test]
fn all_that_does_not_fit_is_told() {
    let spec = json!({
        "delay": {"latency": 5}, "type": ["a", 1], "ttl": 3_000_000_000_u64, "steps": [{}, null], "self": null
    });
    let found =
        herz_types::read::from_json::<ChaosSpec>(&document(&spec)).expect_err("does not fit");
    assert_eq!(
        told(&found),
        [
            "HZ0102 spec.action Error",
            "HZ0101 spec.delay.latency Error",
            "HZ0101 spec.type[1] Error",
            "HZ0105 spec.ttl Error",
            "HZ0102 spec.steps[0].name Error",
            "HZ0113 spec.steps[1] Error",
            "HZ0113 spec.self Error",
        ]
    );
    let serde = serde_json::from_value::<NetChaos>(document(&spec)).expect_err("does not fit");
    assert!(serde.to_string().contains("spec.type[1]"), "{serde}");
    let kind = herz_types::read::from_json::<ChaosSpec>(
        &json!({"apiVersion": "fixture.example/v1", "kind": "NetChaoss"}),
    );
    assert_eq!(
        told(&kind.expect_err("no such kind")),
        ["HZ0131 kind Error"]
    );
}

#[test]
fn all_violations_are_told() {
    let spec = json!({
        "action": "delay", "direction": "both", "oldName": 1, "nope": 1, "duratio": "1 hour", "unknown": {},
        "delay": {"latency": "x1", "jitter": "2s", "correlation": 101}, "loss": {"loss": "x"},
        "type": ["a", "b", "c", "d"],
        "steps": [{"name": "a", "next": ["b"]}, {"name": "b", "next": ["a", "z"]}, {"name": "a"}]
    });
    let mut found = told(&read(&spec).validate());
    found.sort();
    assert_eq!(
        found,
        [
            "HZ0103 spec.nope Error",
            "HZ0105 spec.delay.correlation Error",
            "HZ0107 spec.type Error",
            "HZ0109 spec.delay.latency Error",
            "HZ0109 spec.duration Error",
            "HZ0109 spec.loss.loss Warning",
            "HZ0115 spec.oldName Error",
            "HZ0116 spec.unknown Warning",
            "HZ0207 spec.steps[2].name Error",
            "HZ0210 spec.steps[1].next[1] Error",
            "HZ0211 spec.steps[1].next[0] Error",
            "HZ0212 spec.loss Warning",
        ]
    );
}

#[test]
fn an_action_and_its_block_are_one_value() {
    let latency = Text::from(herz_types::scalar::GoDuration::parse("10ms").expect("a duration"));
    let mut spec = NetChaosSpec::new(Action::Partition).with_type(vec!["a".to_owned()]);
    assert_eq!(spec.fault(), Ok(NetFault::Partition));
    spec.set_fault(NetFault::Delay(Delay::new(latency)));
    assert_eq!(
        serde_json::to_value(&spec).expect("writes"),
        json!({"action": "delay", "delay": {"latency": "10ms"}, "type": ["a"]})
    );
    spec.delay = None;
    let error = spec.fault().expect_err("delay needs its block");
    assert_eq!(error.to_string(), "`delay` needs the field `delay`");
    assert_eq!(told(&spec.validate()), ["HZ0213 delay Error"]);
    spec.action = Action::Other("x".to_owned());
    assert_eq!(spec.fault(), Ok(NetFault::Other("x".to_owned())));
    assert_eq!(
        spec.validate().first().map(|one| one.level),
        Some(Level::Error)
    );
}

#[test]
fn secrets_are_not_shown() {
    let spec = NetChaosSpec::new(Action::Partition).with_password("hunter2");
    assert!(!format!("{spec:?}").contains("hunter2"));
}

/// Documents on which some operand is absent, malformed, too big or divided by zero.
fn cel_documents() -> Vec<Value> {
    let mut documents = Vec::new();
    for count in [
        json!(1),
        json!(0),
        json!(3),
        json!(i64::MIN),
        json!(i64::MAX),
    ] {
        documents.push(json!({"flag": true, "count": count, "share": 0.25, "name": "abc"}));
    }
    for name in ["", "a", "b", "xy", "äö", "cc\n"] {
        documents.push(json!({"flag": false, "name": name, "share": 1, "mode": "slowly"}));
    }
    for wait in ["", "1s", "10s", "-3h", "x", "2562047h47m16.854775807s"] {
        documents.push(
            json!({"flag": true, "wait": wait, "mode": name_of(wait), "waits": ["1s", wait]}),
        );
    }
    for items in [
        json!([]),
        json!([0]),
        json!([1]),
        json!([2, 0, 5]),
        json!([3, 1]),
        json!([1, 1]),
    ] {
        documents.push(json!({"flag": true, "items": items, "limit": u64::MAX}));
    }
    for labels in [
        json!({}),
        json!({"a": "x"}),
        json!({"ab": ""}),
        json!({"b": "x", "a": "y"}),
    ] {
        documents
            .push(json!({"flag": true, "labels": labels, "limit": 3, "inner": {"flag": true}}));
    }
    documents.push(
        json!({"flag": true, "inner": {"flag": true, "mode": "x", "inner": {"flag": false}}}),
    );
    documents.push(json!({"flag": true, "parts": [{"flag": true}, {"flag": true, "name": "c"}], "limit": null}));
    documents
}

fn name_of(wait: &str) -> &str {
    if wait.is_empty() { "slow" } else { "fast" }
}

#[test]
fn compiled_rules_agree_with_the_interpreter() {
    let catalog = fixture::catalog();
    let def = catalog.types.last().expect("the type with the rules");
    let TypeBody::Object(object) = &def.body else {
        panic!("an object")
    };
    let evaluator = Evaluator::new(&catalog);
    let mut seen = [0; 3];
    for document in cel_documents() {
        let typed: Cel = herz_types::read::from_json(&document).expect("reads");
        for (at, rule) in object.rules.iter().enumerate() {
            let RuleKind::Cel { source, expr, .. } = &rule.kind else {
                panic!("a CEL rule")
            };
            let interpreted = evaluator.holds(expr, &document).ok();
            assert_eq!(typed.rule(at), interpreted, "{source} of {document}");
            seen[interpreted.map_or(2, usize::from)] += 1;
        }
    }
    assert!(
        seen.iter().all(|count| *count > 10),
        "false, true, undefined: {seen:?}"
    );
}
