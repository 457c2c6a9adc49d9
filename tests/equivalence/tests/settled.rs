//! What validators once disagreed about.

#![allow(clippy::expect_used, reason = "a test fails with its reason")]

use herz_equivalence::batch::Program;
use herz_equivalence::built_in::FromValue;
use herz_equivalence::checker::ByCatalog;
use herz_equivalence::json_schema::ByJsonSchema;
use herz_equivalence::schemas::Schema;
use herz_equivalence::{Document, Judge, compare};
use herz_tests::built_in;
use serde_json::{Value, json};

#[test]
fn of_built_in_kinds() {
    let catalog = built_in();
    let document = |kind: &str, spec: Value| {
        let api = "chaos-mesh.org/v1alpha1";
        let value =
            json!({"apiVersion": api, "kind": kind, "metadata": {"name": "a"}, "spec": spec});
        Document::json(api, kind, &value)
    };
    let stress = |stressors: Value| {
        let selector = json!({"namespaces": ["a"]});
        let spec = json!({"mode": "one", "selector": selector, "stressors": stressors});
        document("StressChaos", spec)
    };
    let documents = [
        stress(json!({"cpu": null})),
        stress(json!({"cpu": null, "memory": null})),
        stress(json!({"cpu": {"workers": 1}, "memory": null})),
    ];
    let schemas = ByJsonSchema::new(catalog).expect("schemas");
    let mut judges: Vec<Box<dyn Judge>> = vec![Box::new(FromValue), Box::new(schemas)];
    let report = compare(&mut ByCatalog::new(catalog), &mut judges, &documents).expect("verdicts");
    assert!(report.agrees(), "{report}");
    assert_eq!(report.accepted, 1, "{report}");
}

#[test]
fn of_other_kinds() {
    let schema = Schema {
        package_file: json!({
            "package": "s0", "version": "1.0.0", "group": "s0.example", "apiVersion": "v1",
            "nulls": "absent", "defaults": {"required": false}, "platform": {"name": "p", "versions": ["1.0.0"]},
        })
        .to_string(),
        kind_file: r#"
kind: Settled
doc: A kind.
fields:
  - {name: wide, type: uint64, doc: A number.}
  - {name: even, type: uint64, doc: A number., multipleOf: 2}
  - {name: tens, type: int64, doc: A number., multipleOf: 10}
  - {name: port, type: intOrString, doc: A port.}
  - {name: shares, type: "map<int32>", doc: Shares., items: 1..1}
  - {name: notes, type: "map<any>", doc: Notes., items: 1..1}
  - {name: today, type: string, doc: Renamed., aliases: [former-today]}
"#
        .to_owned(),
        types_file: "types: {}".to_owned(),
    };
    let catalog = schema.compile().expect("a schema");
    let cases = [
        (json!({"wide": u64::MAX, "port": i64::MAX}), true),
        (json!({"port": u64::MAX}), false),
        (json!({"even": u64::MAX}), false),
        (json!({"even": u64::MAX - 1}), true),
        (json!({"tens": 10_000_000_001_i64}), false),
        (json!({"tens": -10_000_000_000_i64}), true),
        (json!({"shares": {"a": null}}), false),
        (json!({"shares": {"a": 1}}), true),
        (json!({"notes": {"a": null}}), true),
        (json!({"notes": {"a": null, "b": null}}), false),
        (json!({"today": "a", "former-today": "b"}), false),
        (json!({"former-today": "b"}), true),
    ];
    let (api, kind) = ("s0.example/v1", "Settled");
    let document = |spec: &Value| {
        let value =
            json!({"apiVersion": api, "kind": kind, "metadata": {"name": "a"}, "spec": spec});
        Document::json(api, kind, &value)
    };
    let documents: Vec<Document> = cases.iter().map(|(spec, _)| document(spec)).collect();
    let program = Program::build("settled", &catalog).expect("a program");
    let schemas = ByJsonSchema::new(&catalog).expect("schemas");
    let mut judges: Vec<Box<dyn Judge>> = vec![Box::new(program), Box::new(schemas)];
    let report = compare(&mut ByCatalog::new(&catalog), &mut judges, &documents).expect("verdicts");
    assert!(report.agrees(), "{report}");
    for (document, (_, fine)) in documents.iter().zip(&cases) {
        let one = std::slice::from_ref(document);
        let report = compare(&mut ByCatalog::new(&catalog), &mut [], one).expect("a verdict");
        assert_eq!(report.accepted == 1, *fine, "{}", document.text);
    }
}
