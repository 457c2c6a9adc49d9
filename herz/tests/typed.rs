//! The generated types as users meet them.
#![cfg(feature = "yaml")]
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that can't be set up fails with its reason"
)]

use herz::chaos_mesh::{
    Delay, NetworkAction, NetworkChaos, NetworkChaosSpec, NetworkFault, PodChaos,
};
use herz::types::Document;
use herz::types::scalar::{GoDuration, Scalar, Text};
use herz::{ChaosSpec, Level, Validate, yaml};

const DELAY: &str = "\
apiVersion: chaos-mesh.org/v1alpha1
kind: NetworkChaos
metadata:
  name: delay
spec:
  action: delay
  mode: one
  selector:
    labelSelectors: { app: web }
  delay:
    latency: 10ms
  duration: 30s
";

fn network(text: &str) -> NetworkChaos {
    let mut documents = yaml::read_as::<NetworkChaos>(text).expect("reads");
    documents.pop().expect("a document")
}

fn places(text: &str) -> Vec<String> {
    let (_, found) = yaml::read_and_validate::<ChaosSpec>(text);
    let line = |one: &yaml::Located| format!("{}:{} {}", one.line, one.column, one.violation.code);
    found.iter().map(line).collect()
}

#[test]
fn a_manifest_is_read_matched_and_validated() {
    let documents = yaml::read(DELAY).expect("reads");
    let [ChaosSpec::NetworkChaos(chaos)] = documents.as_slice() else {
        panic!("one NetworkChaos: {documents:?}")
    };
    assert_eq!(chaos.name(), Some("delay"));
    assert_eq!(chaos.validate(), []);
    let Ok(NetworkFault::Delay(delay)) = chaos.spec.fault() else {
        panic!("a delay: {:?}", chaos.spec)
    };
    assert_eq!(
        delay.latency.get().expect("well formed").nanos(),
        10_000_000
    );
}

#[test]
fn an_experiment_is_built() {
    let wait = |text| Text::from(GoDuration::parse(text).expect("a duration"));
    let example = network(DELAY).spec;
    let mut spec = NetworkChaosSpec::new(example.selector, example.mode, NetworkAction::Delay)
        .with_duration(wait("30s"));
    spec.set_fault(NetworkFault::Delay(Delay::new(wait("10ms"))));
    let built = NetworkChaos::new("delay", spec);
    assert_eq!(built, network(DELAY));
    let text = serde_json::to_string(&ChaosSpec::from(built)).expect("writes");
    assert_eq!(network(&text), network(DELAY));
}

#[test]
fn errors_have_places() {
    assert_eq!(
        places(&DELAY.replace("mode: one", "mode: [one]")),
        ["7:3 HZ0101"]
    );
    assert_eq!(
        places(&DELAY.replace("mode: one", "mode: oen")),
        ["7:9 HZ0104"]
    );
    assert_eq!(places(&DELAY.replace("  mode: one\n", "")), ["5:1 HZ0102"]);
    assert_eq!(places(&DELAY.replace("10ms", "10")), ["11:14 HZ0101"]);
    assert_eq!(places(&DELAY.replace("10ms", "\"10\"")), ["11:14 HZ0109"]);
    assert_eq!(
        places(&DELAY.replace("latency: 10ms", "latency: 10ms\n    jittr: 1s")),
        ["12:5 HZ0103"]
    );
    assert_eq!(
        places(&DELAY.replace("NetworkChaos", "NetworkChoas")),
        ["2:7 HZ0131"]
    );
    assert_eq!(places(&format!("{DELAY}---\n- 1\n")), ["14:1 HZ0101"]);
    assert_eq!(places("apiVersion: v1\n"), ["1:1 HZ0102"]);
}

#[test]
fn bad_texts_are_errors_and_no_panics() {
    for text in [
        "",
        "\0",
        "[",
        "a: b: c",
        "\u{feff}",
        "&a [*a]",
        "? [1]\n: 2",
        "kind: 5\napiVersion: []",
    ] {
        let (documents, found) = yaml::read_and_validate::<ChaosSpec>(text);
        assert!(documents.is_empty(), "{text:?}: {found:?}");
    }
    assert!(yaml::read("").is_ok_and(|documents| documents.is_empty()));
    assert!(yaml::read(&"[".repeat(100_000)).is_err());
}

#[test]
fn what_ends_nothing_is_a_warning() {
    let (_, found) =
        yaml::read_and_validate::<NetworkChaos>(&DELAY.replace("  duration: 30s\n", ""));
    let [one] = found.as_slice() else {
        panic!("{found:?}")
    };
    assert_eq!(
        (one.violation.level, one.violation.code),
        (Level::Warning, herz::types::codes::NO_END)
    );
}

#[test]
fn another_kind_is_told_apart() {
    let error = yaml::read_as::<PodChaos>(DELAY).expect_err("it is a NetworkChaos");
    assert!(
        error
            .iter()
            .any(|one| one.violation.path.to_string() == "kind"),
        "{error:?}"
    );
    assert_eq!(
        ChaosSpec::KINDS
            .iter()
            .filter(|(version, _)| version.starts_with("chaos-mesh"))
            .count(),
        23
    );
}
