//! The kept files, compiled and used.

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

use golden::ChaosSpec;
use golden::fixture::{Action, Delay, NetChaos, NetChaosSpec, NetFault};
use herz_types::scalar::{Scalar, Text};
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
        ["HZ0104 kind Error"]
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
            "HZ0108 spec.delay.latency Error",
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
