//! What an API server refuses in a CRD is never written.

use herz_codegen::crd::Crd;
use herz_codegen::target::{Emitted, Options, Target, View};
use herz_dsl::catalog::{Catalog, Targets};
use herz_dsl::compile::{self, Texts};
use herz_dsl::source::{SourceId, Sources};
use herz_dsl::tree::{self, Limits};
use serde_json::Value;
use std::collections::BTreeMap;

fn emit(catalog: &Catalog, admission: &str) -> Emitted {
    let mut options = Options::new(Crd.options());
    for (name, value) in [("recursion", "open"), ("admission", admission)] {
        options
            .set_text(Crd.options(), name, value)
            .expect("an option of CRDs");
    }
    Crd.emit(&View::new(catalog, &Targets::newest(), &[]), &options)
}

/// A catalog of one kind, in a package of its own.
fn catalog_of(kind: &str) -> Catalog {
    let package = "{package: acme, version: 1.0.0, group: acme.io, apiVersion: v1, nulls: absent}";
    let texts: BTreeMap<String, Vec<u8>> =
        [("acme/package.yaml", package), ("acme/kind.yaml", kind)]
            .map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()))
            .into();
    let (packages, unreadable) = compile::load(&Texts(texts), &["acme"], &mut Sources::new());
    let (catalog, findings) = compile::compile(&packages);
    assert!(
        unreadable.is_empty() && findings.is_empty(),
        "{findings:#?}"
    );
    catalog
}

/// Each CRD, and its schema.
fn schemas(emitted: &Emitted) -> Vec<(String, Value)> {
    let read = |file: &herz_codegen::output::File| {
        let (tree, findings) = tree::parse(SourceId(0), file.text.as_bytes(), &Limits::default());
        assert!(findings.is_empty(), "{}: {findings:?}", file.path);
        let crd = tree
            .documents()
            .next()
            .expect("a document")
            .root()
            .to_json();
        let schema = crd["spec"]["versions"][0]["schema"]["openAPIV3Schema"].clone();
        (file.path.clone(), schema)
    };
    emitted.files.iter().map(read).collect()
}

/// Keywords that a structural schema must not have.
const FORBIDDEN: [&str; 10] = [
    "$ref",
    "definitions",
    "dependencies",
    "deprecated",
    "discriminator",
    "id",
    "patternProperties",
    "readOnly",
    "writeOnly",
    "xml",
];

/// Every place of a schema where an API server would refuse it.
fn refused(schema: &Value, at: &str, found: &mut Vec<String>) {
    let Some(map) = schema.as_object() else {
        return;
    };
    let mut tell = |what: &str| found.push(format!("{at}: {what}"));
    for word in FORBIDDEN {
        if map.contains_key(word) {
            tell(word);
        }
    }
    if map.get("uniqueItems") == Some(&Value::Bool(true)) {
        tell("uniqueItems: true");
    }
    if map.contains_key("properties") && map.contains_key("additionalProperties") {
        tell("properties beside additionalProperties");
    }
    if map.get("additionalProperties") == Some(&Value::Bool(false)) {
        tell("additionalProperties: false");
    }
    let typed = map.contains_key("type")
        || map.get("x-kubernetes-int-or-string").is_some()
        || map.get("x-kubernetes-preserve-unknown-fields").is_some();
    if !typed {
        tell("no type");
    }
    if map.get("x-kubernetes-list-type").and_then(Value::as_str) == Some("set")
        && matches!(
            map["items"]["type"].as_str(),
            Some("array" | "object") | None
        )
        && map["items"].get("x-kubernetes-int-or-string").is_none()
    {
        tell("a set of what is no scalar");
    }
    for (name, below) in map
        .get("properties")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
    {
        refused(below, &format!("{at}.{name}"), found);
    }
    for word in ["items", "additionalProperties"] {
        if let Some(below) = map.get(word) {
            refused(below, &format!("{at}.{word}"), found);
        }
    }
}

#[test]
fn what_an_api_server_refuses_is_not_written() {
    let mut crds = 0;
    for admission in ["true", "false"] {
        let mut found = Vec::new();
        for (name, schema) in schemas(&emit(herz_tests::built_in(), admission)) {
            assert!(schema.is_object(), "{name} has no schema");
            refused(&schema, &name, &mut found);
            crds += 1;
        }
        assert!(found.is_empty(), "{found:#?}");
    }
    assert!(crds >= 50, "{crds}");
}

#[test]
fn items_that_must_differ_are_a_set_where_they_are_scalars() {
    let kind = "\
kind: Lists
doc: A kind.
fields:
  - {name: names, type: list<string>, doc: Names., unique: true}
  - {name: colours, type: list<Colour>, doc: Colours., unique: true}
  - {name: whole, type: list<string>, doc: Replaced., unique: true, merge: atomic}
  - {name: parts, type: list<Part>, doc: Parts., unique: true}
types:
  Colour: {doc: A colour., enum: [red, green]}
  Part: {doc: A part., fields: [{name: a, type: string, doc: Text.}]}
";
    let catalog = catalog_of(kind);
    let emitted = emit(&catalog, "true");
    let found = schemas(&emitted);
    let list = |name: &str| {
        let (_, schema) = found.first().expect("a CRD");
        let list = &schema["properties"]["spec"]["properties"][name];
        assert_eq!(list["type"], "array", "{schema:#}");
        list["x-kubernetes-list-type"].as_str().map(str::to_owned)
    };
    assert_eq!(list("names").as_deref(), Some("set"));
    assert_eq!(list("colours").as_deref(), Some("set"));
    assert_eq!(list("whole").as_deref(), Some("atomic"));
    assert_eq!(list("parts"), None);
    let notes: Vec<&str> = emitted
        .notes
        .iter()
        .map(|note| note.message.as_str())
        .collect();
    assert_eq!(
        notes,
        [
            "a CRD can't say that lists, maps or objects differ",
            "a list that is replaced as a whole can't also be a set in a CRD",
        ]
    );
}

#[test]
fn limits_of_admission_stand_where_they_hold() {
    let kind = "\
kind: Limits
doc: A kind.
fields:
  - {name: port, type: int32, required: false, doc: A port., filled: true}
  - {name: label, type: string, required: false, doc: A label., filled: true}
  - {name: wait, type: duration(go), required: false, doc: A time.}
";
    let catalog = catalog_of(kind);
    let emitted = emit(&catalog, "true");
    let found = schemas(&emitted);
    let (_, schema) = found.first().expect("a CRD");
    let spec = &schema["properties"]["spec"];
    assert_eq!(spec["required"], serde_json::json!(["label", "port"]));
    let field = |name: &str| &spec["properties"][name];
    assert_eq!(field("port")["not"], serde_json::json!({"enum": [0]}));
    assert_eq!(field("label")["minLength"], 1);
    // The pattern of a duration says less than its grammar, and that is told.
    let told: Vec<String> = emitted
        .notes
        .iter()
        .map(|one| one.item.to_string())
        .collect();
    assert_eq!(told, ["acme.Limits.spec.wait"]);
    // Without admission nothing of this stands there.
    let found = schemas(&emit(&catalog, "false"));
    let (_, schema) = found.first().expect("a CRD");
    assert_eq!(schema["properties"]["spec"].get("required"), None);
}
