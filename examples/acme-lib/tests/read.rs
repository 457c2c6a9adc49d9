//! Documents as JSON.

use acme_lib::{Clock, Which, local::LeapChaos};
use chaos::{Manifest, Validate};

#[test]
fn a_document_is_read_and_judged() {
    let text = r#"{"apiVersion": "acme.io/v1", "kind": "ClockChaos", "metadata": {"name": "a"},
        "spec": {"offset": 7200, "clocks": ["REALTIME", "MONOTONIC_RAW"]}}"#;
    let read: Manifest<Clock> = serde_json::from_str(text).expect("reads");
    assert_eq!(read.spec.clocks, [Which::Realtime, Which::MonotonicRaw]);
    let found = read.validate();
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].code.to_string(), "HZ0105");
    let error = serde_json::from_str::<Manifest<Clock>>(&text.replace("REALTIME", "REAL"));
    assert!(error.expect_err("no such clock").to_string().contains("HZ0104"));
}

#[test]
fn types_in_place() {
    let text = r#"{"apiVersion": "local/v1alpha1", "kind": "LeapChaos", "metadata": {"name": "a"}, "spec": {"seconds": 3}}"#;
    let read: LeapChaos = serde_json::from_str(text).expect("reads");
    assert_eq!(read.validate().len(), 1);
}
