//! The manifests of this crate, read.

use acme_queue::{AcmeChaos, read};

#[test]
fn good_manifests_are_read() {
    let (documents, found) = read(include_str!("../manifests/good.yaml"));
    assert!(found.is_empty(), "{found:?}");
    let [AcmeChaos::Queue(queue), AcmeChaos::Disk(disk)] = documents.as_slice() else {
        panic!("{documents:?}");
    };
    assert_eq!(queue.spec.percent, 100);
    assert_eq!(disk.spec.volume, "/data");
}

#[test]
fn everything_wrong_is_told_with_its_place() {
    let (_, found) = read(include_str!("../manifests/bad.yaml"));
    let told: Vec<String> = found.iter().map(ToString::to_string).collect();
    let expected = [
        "6:10: spec.queue: `Orders` does not match the pattern `^[a-z][a-z0-9-]*$` [HZ0108]",
        "7:11: spec.prefix: exactly one of `queue` and `prefix` must be set, found `queue` and `prefix` [HZ0203]",
        "4:1: spec.delay: a delay needs to know how long [HZ0201]",
        "14:11: spec.volume: `data` does not match the pattern `^/` [HZ0108]",
        "15:10: spec.delay: `20s` is out of range: expected 1ms to 10s [HZ0105]",
        "17:13: spec.duration: ` minutes` in `5 minutes` is no unit of time: expected a Go duration such as `1m30s` [HZ0109]",
        "16:11: spec.jitter: `jitter` (30s) must be at most `delay` (20s) [HZ0206]",
        "20:7: kind: `DiskChaoss` is not allowed here: expected `QueueChaos` or `DiskChaos` [HZ0131]",
    ];
    assert_eq!(told, expected);
}

#[test]
fn the_catalog_of_the_derived_kind() {
    let catalog = herz::schema::<acme_queue::queue::QueueSpec>().expect("a schema");
    let kind = catalog.kind("acme.io", "QueueChaos").expect("the kind");
    assert_eq!(kind.doc, "Disturbs the consumers of a queue.");
}

#[test]
fn artefacts_of_the_derived_kind() {
    use acme_queue::queue::QueueSpec;
    let schema = herz::export::json_schema::<QueueSpec>().expect("a JSON Schema");
    let schema: serde_json::Value = serde_json::from_str(&schema).expect("JSON");
    assert_eq!(schema["properties"]["apiVersion"]["const"], "acme.io/v1");
    let crd = herz::export::crd::<QueueSpec>().expect("a CRD");
    assert!(crd.contains("kind: QueueChaos"), "{crd}");
    assert!(crd.contains("^[a-z][a-z0-9-]*$"), "{crd}");
    let go = herz::export::artefacts::<QueueSpec>("go", &[]).expect("a Go module");
    assert!(go.files.iter().any(|(path, _)| path == "go.mod"));
    let error = herz::export::artefacts::<QueueSpec>("crd", &[("admision", "true")]);
    assert_eq!(
        error.expect_err("no such option").to_string(),
        "crd: there is no option `admision`: expected one of descriptions, admission, recursion, size-budget [HZ0502]"
    );
}
