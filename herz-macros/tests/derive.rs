//! Kinds as Rust types: read, judged, written, and the catalog that they give.
#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use herz::scalar::GoDuration;
use herz::{ChaosSpec, ChaosType, Manifest, Text, Unknown};
use std::collections::BTreeMap;

/// Stops consumers of a queue.
///
/// Or slows them down.
#[derive(Debug, Clone, PartialEq, ChaosSpec)]
#[chaos(kind = "QueueChaos", group = "acme.io", version = "v1", short = "q")]
#[chaos(exactly_one_of(queue, queues))]
#[chaos(compare = "pause <= limits.longest", name = "pause-in-limits")]
#[chaos(requires = [pause], when(action = "slow-down"), message = "slowing down needs a pause")]
#[chaos(
    cel = "!has(self.percent) || self.percent != 13",
    message = "13 is bad luck"
)]
struct QueueSpec {
    /// What is done.
    action: Action,
    /// One queue.
    #[chaos(length = 1..=8)]
    queue: Option<String>,
    #[chaos(items = 1..=2, unique)]
    queues: Option<Vec<String>>,
    #[chaos(range = "1s..1h")]
    pause: Option<Text<GoDuration>>,
    #[chaos(range = 0..=100, default = 50)]
    percent: Option<u8>,
    #[chaos(default = 3)]
    retry_count: u32,
    #[chaos(name = "type", aliases = ["kind"], sensitive)]
    r#type: Option<String>,
    limits: Option<Limits>,
    then: Option<Vec<Step>>,
    labels: Option<BTreeMap<String, String>>,
    unknown: Unknown,
}

/// What is done.
#[derive(Debug, Clone, PartialEq, ChaosType)]
enum Action {
    /// All of it.
    Stop,
    SlowDown,
    #[chaos(rename = "DROP", deprecated(note = "loses messages"))]
    Drop,
    #[chaos(other)]
    Other(String),
}

#[derive(Debug, Clone, PartialEq, ChaosType)]
struct Limits {
    longest: Text<GoDuration>,
}

#[derive(Debug, Clone, PartialEq, ChaosType)]
#[chaos(tag = "do")]
enum Step {
    Wait {
        time: Text<GoDuration>,
        note: Option<String>,
    },
    Again(Again),
    Stop,
}

#[derive(Debug, Clone, PartialEq, ChaosType)]
struct Again {
    #[chaos(range = 1..)]
    times: u32,
    steps: Vec<Step>,
}

fn told(text: &str) -> Vec<String> {
    let (_, found) = herz::yaml::read_and_validate::<Manifest<QueueSpec>>(text);
    found.iter().map(ToString::to_string).collect()
}

const GOOD: &str = "
apiVersion: acme.io/v1
kind: QueueChaos
metadata: { name: a }
spec:
  action: slow-down
  queue: orders
  pause: 10s
  type: x
  limits: { longest: 1m }
  then:
  - { do: wait, time: 1s }
  - { do: again, again: { times: 2, steps: [{ do: stop }] } }
";

#[test]
fn a_good_document_is_read_and_written_back() {
    let (read, found) = herz::yaml::read_and_validate::<Manifest<QueueSpec>>(GOOD);
    assert!(found.is_empty(), "{found:?}");
    let spec = &read[0].spec;
    assert_eq!(spec.action, Action::SlowDown);
    assert_eq!(spec.retry_count, 3);
    let Some([Step::Wait { time, note: None }, Step::Again(again)]) = spec.then.as_deref() else {
        panic!("{spec:?}");
    };
    assert_eq!((time.as_str(), again.times), ("1s", 2));
    let json = serde_json::to_value(&read[0]).unwrap();
    assert_eq!(json["spec"]["then"][1]["again"]["steps"][0]["do"], "stop");
    assert_eq!(json["spec"]["retryCount"], 3);
    assert_eq!(
        serde_json::from_value::<Manifest<QueueSpec>>(json).unwrap(),
        read[0]
    );
}

#[test]
fn everything_wrong_is_told_with_its_place() {
    let bad = "apiVersion: acme.io/v1\nkind: QueueChaos\nspec:\n  action: slow-down\n  queue: much too long\n  queues: [a, a]\n  percent: 13\n  kind: x\n  typo: 1\n";
    assert_eq!(
        told(bad),
        [
            "8:3: spec.kind: `kind` is a former name of `type` [HZ0117]",
            "9:3: spec.typo: unknown field `typo` [HZ0103]",
            "5:10: spec.queue: the text has 13 characters: expected 1 to 8 [HZ0106]",
            "6:15: spec.queues[1]: `a` is in the list already, at [0] [HZ0111]",
            "6:3: spec.queues: exactly one of `queue` and `queues` must be set, found `queue` and `queues` [HZ0203]",
            "3:1: spec.pause: slowing down needs a pause [HZ0201]",
            "3:1: spec: 13 is bad luck [HZ0209]",
            "1:1: metadata.name: the object has no name: `metadata.name` is missing [HZ0133]",
        ]
    );
}

/// What the checker of documents finds by the catalog, without warnings of its own.
fn checked(text: &str) -> Vec<String> {
    use herz_dsl::{catalog::Targets, check::Checker, source::SourceId, tree};
    let Ok(catalog) = herz::schema::<QueueSpec>() else {
        return vec!["no schema".to_owned()];
    };
    let (tree, _) = tree::parse(SourceId(0), text.as_bytes(), &tree::Limits::default());
    let found = Checker::new(&catalog, &Targets::newest()).check_source(&tree);
    let mut codes: Vec<String> = found
        .diagnostics
        .iter()
        .map(|one| format!("{} {}", one.code, one.path.as_deref().unwrap_or_default()))
        .collect();
    codes.sort();
    codes
}

/// What the derived types find.
fn typed(text: &str) -> Vec<String> {
    let (_, found) = herz::yaml::read_and_validate::<Manifest<QueueSpec>>(text);
    let mut codes: Vec<String> = found
        .iter()
        .map(|one| format!("{} {}", one.violation.code, one.violation.path))
        .collect();
    codes.sort();
    codes
}

#[test]
fn the_checker_and_the_derived_types_agree() {
    let of = |spec: &str| {
        format!(
            "apiVersion: acme.io/v1\nkind: QueueChaos\nmetadata: {{ name: a }}\nspec: {{ {spec} }}\n"
        )
    };
    for spec in [
        "action: stop, queue: a",
        "action: stop, queue: a, percent: 101",
        "action: stop, queue: a, percent: 13",
        "action: stop, queue: a, queues: [a, a]",
        "action: stop",
        "action: DROP, queue: a",
        "action: nothing, queue: a",
        "action: slow-down, queue: a",
        "action: slow-down, queue: a, pause: 2m, limits: { longest: 1m }",
        "action: slow-down, queue: a, pause: 2h",
        "action: slow-down, queue: a, pause: soon",
        "action: stop, queue: 123456789",
        "action: stop, queue: \"123456789\"",
        "action: stop, queue: a, kind: x",
        "action: stop, queue: a, typo: x",
        "action: stop, queue: a, limits: { longest: 1 }",
        "action: stop, queue: a, limits: {}",
        "action: stop, queue: a, then: [{ do: wait }]",
        "action: stop, queue: a, then: [{ do: what }]",
        "action: stop, queue: a, then: [{ do: again, again: { times: 0, steps: [] } }]",
        "action: stop, queue: a, then: [{ do: again, again: { times: 1, steps: [{ do: wait, time: x }] } }]",
        "action: stop, queue: a, then: [{ do: stop, time: 1s }]",
        "action: stop, queue: a, then: [{ do: stop, no: 1s }]",
        "action: stop, queue: a, then: [null]",
        "action: stop, queue: a, labels: { a: 1 }",
        "queue: a",
    ] {
        let text = of(spec);
        assert_eq!(typed(&text), checked(&text), "{spec}");
    }
}

#[test]
fn schema_and_derived_types_agree() {
    let catalog = herz::schema::<QueueSpec>().unwrap();
    let kind = &catalog.kinds[0];
    assert_eq!(
        (kind.name.as_str(), kind.doc.as_str()),
        (
            "QueueChaos",
            "Stops consumers of a queue.\n\nOr slows them down."
        )
    );
    let names: Vec<&str> = catalog.types.iter().map(|def| def.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "Action",
            "Again",
            "Limits",
            "QueueChaos.spec",
            "Step",
            "Step.do"
        ]
    );
}

#[test]
fn the_exported_text_gives_the_same_catalog() {
    use herz_dsl::{compile, source::Sources};
    let files = herz::export::files::<QueueSpec>().unwrap();
    let texts = files
        .iter()
        .map(|(name, text)| (name.clone(), text.clone().into_bytes()))
        .collect();
    let (packages, unreadable) = compile::load(&compile::Texts(texts), &["."], &mut Sources::new());
    let (read, found) = compile::compile(&packages);
    let text = herz::export::yaml::<QueueSpec>().unwrap();
    assert!(
        unreadable.is_empty() && found.is_empty(),
        "{found:#?}\n{text}"
    );
    assert_eq!(read, herz::schema::<QueueSpec>().unwrap(), "{text}");
}
