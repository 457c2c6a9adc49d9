//! Whether a text is SARIF 2.1.0, by what its schema asks for: required properties, no others than
//! the known ones, types, and enumerations.

use jsonschema::Validator;
use serde_json::Value;
use std::sync::LazyLock;

/// What a property holds.
enum Holds {
    Text,
    /// A whole number from 1.
    Number,
    One(&'static str),
    List(&'static str),
    /// A list that must not be empty.
    Some(&'static str),
    OneOf(&'static [&'static str]),
    /// Texts by name.
    Texts,
}
use Holds::{List, Number, One, OneOf, Text, Texts};

type Property = (&'static str, Holds);

/// Of each object type: its required properties, and those that Herz writes with what they hold.
fn of(name: &str) -> (&'static [&'static str], Vec<Property>) {
    match name {
        "sarifLog" => (
            &["version", "runs"],
            vec![
                ("$schema", Text),
                ("version", OneOf(&["2.1.0"])),
                ("runs", List("run")),
            ],
        ),
        "run" => (
            &["tool"],
            vec![
                ("tool", One("tool")),
                ("results", List("result")),
                (
                    "columnKind",
                    OneOf(&["utf16CodeUnits", "unicodeCodePoints"]),
                ),
            ],
        ),
        "tool" => (&["driver"], vec![("driver", One("toolComponent"))]),
        "toolComponent" => (
            &["name"],
            vec![
                ("name", Text),
                ("semanticVersion", Text),
                ("rules", List("reportingDescriptor")),
            ],
        ),
        "reportingDescriptor" => (
            &["id"],
            vec![
                ("id", Text),
                ("shortDescription", One("multiformatMessageString")),
                ("help", One("multiformatMessageString")),
            ],
        ),
        "multiformatMessageString" => (&["text"], vec![("text", Text), ("markdown", Text)]),
        "result" => (
            &["message"],
            vec![
                ("ruleId", Text),
                ("level", OneOf(&["none", "note", "warning", "error"])),
                ("message", One("message")),
                ("locations", List("location")),
                ("relatedLocations", List("location")),
                ("partialFingerprints", Texts),
                ("suppressions", List("suppression")),
                ("fixes", List("fix")),
                ("properties", Texts),
            ],
        ),
        "message" => (&["text"], vec![("text", Text)]),
        "location" => (
            &[],
            vec![
                ("message", One("message")),
                ("physicalLocation", One("physicalLocation")),
                ("logicalLocations", List("logicalLocation")),
            ],
        ),
        "logicalLocation" => (&[], vec![("fullyQualifiedName", Text)]),
        "physicalLocation" => (
            &["artifactLocation"],
            vec![
                ("artifactLocation", One("artifactLocation")),
                ("region", One("region")),
            ],
        ),
        "artifactLocation" => (&[], vec![("uri", Text)]),
        "region" => (
            &[],
            vec![
                ("startLine", Number),
                ("startColumn", Number),
                ("endLine", Number),
                ("endColumn", Number),
            ],
        ),
        "suppression" => (
            &["kind"],
            vec![
                ("kind", OneOf(&["inSource", "external"])),
                ("justification", Text),
            ],
        ),
        "fix" => (
            &["artifactChanges"],
            vec![
                ("description", One("message")),
                ("artifactChanges", Holds::Some("artifactChange")),
            ],
        ),
        "artifactChange" => (
            &["artifactLocation", "replacements"],
            vec![
                ("artifactLocation", One("artifactLocation")),
                ("replacements", Holds::Some("replacement")),
            ],
        ),
        "replacement" => (
            &["deletedRegion"],
            vec![
                ("deletedRegion", One("region")),
                ("insertedContent", One("message")),
            ],
        ),
        other => panic!("no such type: {other}"),
    }
}

/// Judges a log by the schema that OASIS publishes, where `.ci/tools` fetched it.
fn official(log: &Value) {
    static SCHEMA: LazyLock<Option<Validator>> = LazyLock::new(|| {
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../target/tools/sarif-schema-2.1.0.json"
        );
        let Ok(text) = std::fs::read_to_string(path) else {
            eprintln!(
                "SKIPPED: no schema of SARIF on this machine (see .ci/tools); a table of its properties judges"
            );
            return None;
        };
        // One of its patterns has a bracket too many, which engines with Unicode refuse.
        let text = text.replace("{2}]?$", "{2}$");
        let schema: Value = serde_json::from_str(&text).expect("the schema is JSON");
        Some(jsonschema::validator_for(&schema).expect("the schema is one"))
    });
    if let Some(schema) = &*SCHEMA {
        let wrong: Vec<String> = schema
            .iter_errors(log)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}

/// Checks a report and gives its results.
pub(crate) fn results(text: &str) -> Vec<Value> {
    let log: Value = serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"));
    object(&log, "sarifLog", "$");
    official(&log);
    let run = &log["runs"][0];
    let rules: Vec<&Value> = run["tool"]["driver"]["rules"]
        .as_array()
        .map(|rules| rules.iter().map(|rule| &rule["id"]).collect())
        .unwrap_or_default();
    let results = run["results"].as_array().expect("results").clone();
    for result in &results {
        assert!(rules.contains(&&result["ruleId"]), "no rule for {result}");
    }
    for rule in rules {
        assert!(
            results.iter().any(|it| it["ruleId"] == *rule),
            "{rule} has no result"
        );
    }
    results
}

fn object(value: &Value, name: &str, path: &str) {
    let map = value
        .as_object()
        .unwrap_or_else(|| panic!("{path}: no object"));
    let (required, properties) = of(name);
    for key in required {
        assert!(map.contains_key(*key), "{path}: `{key}` is missing");
    }
    for (key, value) in map {
        let path = format!("{path}.{key}");
        let known = properties.iter().find(|(name, _)| name == key);
        let (_, holds) = known.unwrap_or_else(|| panic!("{path}: not known in {name}"));
        match holds {
            Text => assert!(value.is_string(), "{path}"),
            Number => assert!(value.as_u64().is_some_and(|it| it >= 1), "{path}"),
            OneOf(list) => {
                let text = value.as_str().unwrap_or_else(|| panic!("{path}: no text"));
                assert!(list.contains(&text), "{path}: {text}");
            }
            One(name) => object(value, name, &path),
            List(name) | Holds::Some(name) => {
                let list = value
                    .as_array()
                    .unwrap_or_else(|| panic!("{path}: no list"));
                assert!(
                    matches!(holds, List(_)) || !list.is_empty(),
                    "{path}: empty"
                );
                for (at, item) in list.iter().enumerate() {
                    object(item, name, &format!("{path}[{at}]"));
                }
            }
            Texts => {
                let map = value
                    .as_object()
                    .unwrap_or_else(|| panic!("{path}: no object"));
                assert!(map.values().all(Value::is_string), "{path}");
            }
        }
    }
    if name == "region" {
        let at = |key: &str| value[key].as_u64();
        assert!(
            at("startLine") <= at("endLine"),
            "{path}: ends before it begins"
        );
    }
}
