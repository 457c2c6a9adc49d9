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
    assert_eq!(
        told,
        [""; 0]
    );
}

#[test]
fn the_catalog_of_the_derived_kind() {
    let catalog = herz::schema::<acme_queue::queue::QueueSpec>().expect("a schema");
    let kind = catalog.kind("acme.io", "QueueChaos").expect("the kind");
    assert_eq!(kind.doc, "Disturbs the consumers of a queue.");
}
