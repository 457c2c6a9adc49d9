//! Documents that show breaks: for OpenAPI, CRDs and JSON Schema, by the schemas themselves.
#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that can't be set up fails with its reason"
)]

use herz_dsl::breaking::{Options, compare};
use herz_dsl::source::Sources;

/// `rule path: proof` of every break on the wire.
fn proofs(old: &str, new: &str) -> Vec<String> {
    let mut sources = Sources::new();
    let (a, b) = (sources.add("old.yaml", old), sources.add("new.yaml", new));
    let options = Options {
        prove: true,
        ..Options::default()
    };
    let report = compare(&sources, &[a], &[b], &options).unwrap_or_else(|it| panic!("{it:#?}"));
    report
        .findings
        .iter()
        .filter(|it| it.is_on_the_wire() && it.level == herz_dsl::breaking::Level::Major)
        .map(|it| format!("{} {}", it.rule, it.proof.clone().unwrap_or_default()))
        .collect()
}

/// A schema as what users write, or as what they read.
fn document(way: &str, schema: &str) -> String {
    let content = format!("content: {{ application/json: {{ schema: {schema} }} }}");
    let (request, response) = match way {
        "request" => (format!("requestBody: {{ {content} }},"), String::new()),
        _ => (String::new(), format!(", {content}")),
    };
    format!(
        "openapi: 3.1.0\ninfo: {{ title: Demo, version: 1.0.0 }}\npaths:\n  /x:\n    post: {{ {request} \
         responses: {{ '200': {{ description: ok{response} }} }} }}\n"
    )
}

#[test]
fn what_is_written_was_taken_and_is_refused() {
    let mut wrong = Vec::new();
    let object =
        |rest: &str| format!("{{ type: object, properties: {{ a: {{ type: integer{rest} }} }} }}");
    for (old, new, expected) in [
        (
            object(""),
            object(", minimum: 5"),
            r#"minimum-added {"a":0}"#,
        ),
        (
            object(", maximum: 9"),
            object(", maximum: 7"),
            r#"maximum-tightened {"a":9}"#,
        ),
        (object(""), object(", enum: [3]"), r#"enum-added {"a":0}"#),
        (
            object(""),
            "{ type: object, required: [a], properties: { a: { type: integer } } }".to_owned(),
            "field-became-required {}",
        ),
        (
            object(""),
            "{ type: object, properties: { b: { type: integer } } }".to_owned(),
            "",
        ),
        (
            "{ type: string, maxLength: 4 }".to_owned(),
            "{ type: string, maxLength: 2 }".to_owned(),
            r#"max-length-tightened "web""#,
        ),
        (
            "{ type: string, pattern: '^[a-z0-9]+$' }".to_owned(),
            "{ type: string, pattern: '^[a-z]+$' }".to_owned(),
            r#"pattern-tightened "1""#,
        ),
        (
            "{ type: array, items: { type: string } }".to_owned(),
            "{ type: array, items: { type: string }, uniqueItems: true }".to_owned(),
            r#"unique-items-added ["a","a"]"#,
        ),
        (
            "{ type: integer }".to_owned(),
            "{ type: string }".to_owned(),
            "type-changed 0",
        ),
        (
            "{ type: [string, 'null'] }".to_owned(),
            "{ type: string }".to_owned(),
            "null-forbidden null",
        ),
        (
            "{ type: object }".to_owned(),
            "{ type: object, additionalProperties: false }".to_owned(),
            r#"object-closed {"a":"a"}"#,
        ),
    ] {
        let found = proofs(&document("request", &old), &document("request", &new));
        if expected.is_empty() {
            // Which of two it is called does not matter, but it has a document.
            assert!(
                found.iter().all(|it| it.contains('{')) && !found.is_empty(),
                "{found:?}"
            );
        } else if found != [expected] {
            wrong.push(format!("{old} -> {new}: {found:?}, not {expected}"));
        }
        // Nothing breaks the other way round for who writes, so nothing is shown.
        let back = proofs(&document("request", &new), &document("request", &old));
        let loosened = !expected.is_empty() && !expected.starts_with("type-changed");
        if back.is_empty() != loosened {
            wrong.push(format!("{new} -> {old}: {back:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn what_is_read_was_promised_not_to_come() {
    for (old, new, expected) in [
        (
            "{ type: object, properties: { phase: { type: string, enum: [a, b] } } }",
            "{ type: object, properties: { phase: { type: string, enum: [a, b, c] } } }",
            r#"enum-value-added {"phase":"c"}"#,
        ),
        (
            "{ type: object, required: [n], properties: { n: { type: integer } } }",
            "{ type: object, properties: { n: { type: integer } } }",
            "field-became-optional {}",
        ),
        (
            "{ type: integer, maximum: 5 }",
            "{ type: integer, maximum: 9 }",
            "maximum-loosened 6",
        ),
    ] {
        let found = proofs(&document("response", old), &document("response", new));
        assert_eq!(found.len(), 1, "{found:?}");
        let (rule, proof) = found.first().unwrap().split_once(' ').unwrap();
        let (expected_rule, expected_proof) = expected.split_once(' ').unwrap();
        assert_eq!(rule, expected_rule);
        if rule == "maximum-loosened" {
            // Any number between the two will do.
            let number: u32 = proof.parse().unwrap();
            assert!((6..=9).contains(&number), "{proof}");
        } else {
            assert_eq!(proof, expected_proof);
        }
    }
}

#[test]
fn recursive_schemas_end() {
    let node = |most: u32| {
        format!(
            "type: object\nrequired: [next]\nproperties:\n  next: {{ $ref: '#/$defs/Node' }}\n\
             $defs:\n  Node: {{ type: object, properties: {{ next: {{ $ref: '#/$defs/Node' }}, n: {{ type: integer, \
             maximum: {most} }}, all: {{ type: array, items: {{ $ref: '#/$defs/Node' }} }} }} }}\n"
        )
    };
    let found = proofs(&node(9), &node(5));
    assert!(
        found
            .iter()
            .any(|it| it.starts_with("maximum-tightened {\"n\":")),
        "{found:?}"
    );
    // One that needs itself has no document, and no end is not looked for.
    let endless = |most: u32| {
        format!(
            "type: object\nproperties:\n  a: {{ $ref: '#/$defs/Node' }}\n$defs:\n  Node: {{ type: object, required: \
             [next], properties: {{ next: {{ $ref: '#/$defs/Node' }}, n: {{ type: integer, maximum: {most} }} }} }}\n"
        )
    };
    let found = proofs(&endless(9), &endless(5));
    assert!(found.iter().all(|it| it.ends_with(' ')), "{found:?}");
}
