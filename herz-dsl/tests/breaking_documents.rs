//! Documents that are hard to compare: recursive, spelled another way, broken, hostile.
#![allow(
    clippy::format_push_string,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that can't be set up fails with its reason"
)]

use herz_dsl::breaking::{Level, Options, Report, compare};
use herz_dsl::diagnostic::{Diagnostic, codes};
use herz_dsl::source::Sources;
use proptest::prelude::*;

fn try_compare(old: &str, new: &str) -> Result<(Report, Sources), Vec<Diagnostic>> {
    let mut sources = Sources::new();
    let (a, b) = (sources.add("old.yaml", old), sources.add("new.yaml", new));
    compare(&sources, &[a], &[b], &Options::default()).map(|report| (report, sources))
}

fn lines(old: &str, new: &str) -> Vec<String> {
    let (report, _) = try_compare(old, new).unwrap_or_else(|it| panic!("{it:#?}"));
    let line = |it: &herz_dsl::breaking::Finding| format!("{} {} {}", it.rule, it.path, it.level);
    report
        .findings
        .iter()
        .filter(|it| it.level > Level::None)
        .map(line)
        .collect()
}

/// A document with one schema `Node` in a request, a response or both.
fn api(ways: &str, schemas: &str) -> String {
    let body = "content: {application/json: {schema: {$ref: '#/components/schemas/Node'}}}";
    let request = if ways.contains('i') {
        format!("      requestBody: {{{body}}}\n")
    } else {
        String::new()
    };
    let response = if ways.contains('o') {
        format!(", {body}")
    } else {
        String::new()
    };
    format!(
        "openapi: 3.1.0\ninfo: {{title: Demo, version: 1.0.0}}\npaths:\n  /x:\n    post:\n{request}      \
         responses: {{'200': {{description: ok{response}}}}}\ncomponents:\n  schemas:\n{schemas}"
    )
}

#[test]
fn recursive_schemas_end_and_are_told_once() {
    let node = |most: u32| {
        format!(
            "    Node: {{type: object, properties: {{next: {{$ref: '#/components/schemas/Node'}}, \
             all: {{type: array, items: {{$ref: '#/components/schemas/Node'}}}}, n: {{type: integer, maximum: {most}}}}}}}\n"
        )
    };
    assert_eq!(
        lines(&api("io", &node(5)), &api("io", &node(9))),
        ["maximum-loosened schema(Node).n major"]
    );
    assert_eq!(
        lines(&api("i", &node(5)), &api("i", &node(9))),
        ["maximum-loosened schema(Node).n minor"]
    );
    // Recursion through conjuncts, through unions, and a schema that is only itself.
    for text in [
        "    Node: {allOf: [{$ref: '#/components/schemas/Node'}, {type: object}]}\n",
        "    Node: {oneOf: [{$ref: '#/components/schemas/Node'}, {type: string}]}\n",
        "    Node: {$ref: '#/components/schemas/Node'}\n",
        "    Node: {$ref: '#/components/schemas/Other'}\n    Other: {$ref: '#/components/schemas/Node'}\n",
        "    Node: {not: {$ref: '#/components/schemas/Node'}}\n",
        "    Node: {additionalProperties: {$ref: '#/components/schemas/Node'}, default: {a: {}}}\n",
    ] {
        assert_eq!(lines(&api("io", text), &api("io", text)), [""; 0], "{text}");
        let other =
            "    Node: {type: object, properties: {a: {$ref: '#/components/schemas/Node'}}}\n";
        try_compare(&api("io", text), &api("io", other)).unwrap();
        try_compare(&api("io", other), &api("io", text)).unwrap();
    }
}

#[test]
fn spelling_is_nothing() {
    for (old, new) in [
        (
            "{type: string, minLength: 0, pattern: ''}",
            "{type: string}",
        ),
        (
            "{type: [string, 'null']}",
            "{oneOf: [{type: string}, {type: 'null'}]}",
        ),
        (
            "{type: [string, 'null']}",
            "{anyOf: [{type: 'null'}, {type: string}]}",
        ),
        (
            "{type: integer, minimum: 0, exclusiveMinimum: 0}",
            "{type: integer, minimum: 1}",
        ),
        (
            "{type: integer, exclusiveMinimum: 0}",
            "{type: integer, minimum: 1}",
        ),
        (
            "{type: integer, maximum: 2147483647, format: int32}",
            "{type: integer, format: int32}",
        ),
        (
            "{allOf: [{type: object}, {properties: {a: {type: string}}}]}",
            "{type: object, properties: {a: {type: string}}}",
        ),
        (
            "{type: object, additionalProperties: {}}",
            "{type: object, additionalProperties: true}",
        ),
        (
            "{type: array, x-kubernetes-list-type: atomic}",
            "{type: array}",
        ),
        ("{type: string, enum: [a]}", "{type: string, const: a}"),
        ("{type: integer, multipleOf: 1}", "{type: integer}"),
        (
            "{type: string, enum: [a, b], pattern: '^[ab]$'}",
            "{type: string, enum: [a, b]}",
        ),
        (
            "{type: string, x-go-name: A}",
            "{type: string, x-go-name: B}",
        ),
    ] {
        let wrap = |text: &str| api("io", &format!("    Node: {text}\n"));
        assert_eq!(lines(&wrap(old), &wrap(new)), [""; 0], "{old} -> {new}");
        assert_eq!(lines(&wrap(new), &wrap(old)), [""; 0], "{new} -> {old}");
    }
}

#[test]
fn echoes_are_folded_and_independent_changes_are_not() {
    for (old, new, expected) in [
        (
            "{type: integer, format: int32, minimum: 1}",
            "{type: string, pattern: a}",
            vec!["type-changed"],
        ),
        (
            "{type: integer, minimum: 1}",
            "{type: number, minimum: 2}",
            vec!["minimum-tightened", "type-widened"],
        ),
        (
            "{type: string, pattern: '^[ab]$'}",
            "{type: string, enum: [a, b]}",
            vec!["enum-added"],
        ),
        (
            "{type: string, pattern: '^[ab]$'}",
            "{type: string, enum: [a, c]}",
            vec!["enum-added", "pattern-removed"],
        ),
        (
            "{type: [string, 'null']}",
            "{type: [string, 'null'], enum: [a, null]}",
            vec!["enum-added"],
        ),
    ] {
        let wrap = |text: &str| api("i", &format!("    Node: {text}\n"));
        let (report, _) = try_compare(&wrap(old), &wrap(new)).unwrap();
        let found: Vec<&str> = report.findings.iter().map(|it| it.rule).collect();
        assert_eq!(found, expected, "{old} -> {new}");
    }
}

#[test]
fn both_places_are_told() {
    let text = |most: u32| {
        api(
            "i",
            &format!("    Node:\n      type: integer\n      maximum: {most}\n"),
        )
    };
    let (report, sources) = try_compare(&text(9), &format!("# a line more\n{}", text(5))).unwrap();
    let json = report.to_json(&sources);
    assert!(
        json.contains(r#""old":{"file":"old.yaml","line":12},"new":{"file":"new.yaml","line":13}"#),
        "{json}"
    );
    let text = report.to_text(&sources);
    assert!(text.contains("old: old.yaml:12\n"), "{text}");
    assert!(text.contains("maximum was 9, it is 5"), "{text}");
}

#[test]
fn what_can_t_be_compared_says_why() {
    let good = api("i", "    Node: {type: string}\n");
    for (text, code) in [
        ("a: [", codes::SYNTAX),
        ("", codes::NOT_COMPARABLE),
        ("kind: NetworkChaos", codes::NOT_COMPARABLE),
        ("swagger: '2.0'", codes::NOT_COMPARABLE),
        (
            "openapi: 3.1.0\npaths: {/x: {get: {parameters: [{$ref: '#/components/parameters/none'}]}}}",
            codes::NOT_COMPARABLE,
        ),
    ] {
        let problems = try_compare(text, &good).unwrap_err();
        assert!(
            problems.iter().any(|it| it.code == code),
            "{text}: {problems:?}"
        );
        assert!(try_compare(&good, text).is_err(), "{text}");
    }
    let dangling = api("i", "    Node: {$ref: '#/components/schemas/Gone'}\n");
    let problems = try_compare(&dangling, &good).unwrap_err();
    assert!(
        problems.iter().any(|it| it.message.contains("Gone")),
        "{problems:?}"
    );
}

#[test]
fn deep_and_wide_documents_do_no_harm() {
    let mut deep = "{type: string}".to_owned();
    for _ in 0..55 {
        deep = format!("{{type: array, items: {deep}}}");
    }
    let wrap = |text: &str| api("io", &format!("    Node: {text}\n"));
    let _ = try_compare(&wrap(&deep), &wrap(&deep.replace("string", "integer")));
    // Components that refer to the next one twice: walked once each, not 2^40 times.
    let chain = |leaf: &str| {
        let mut text = String::from("    Node: {$ref: '#/components/schemas/S0'}\n");
        for at in 0..40 {
            let next = format!("{{$ref: '#/components/schemas/S{}'}}", at + 1);
            text.push_str(&format!(
                "    S{at}: {{type: object, properties: {{a: {next}, b: {next}}}}}\n"
            ));
        }
        text.push_str(&format!("    S40: {{type: {leaf}}}\n"));
        api("io", &text)
    };
    assert_eq!(
        lines(&chain("string"), &chain("integer")),
        ["type-changed schema(S40) major"]
    );
    // The same under other names: nothing to hold on to but the structure.
    let renamed = chain("integer")
        .replace("schemas/S", "schemas/T")
        .replace("    S", "    T");
    try_compare(&chain("string"), &renamed).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_text_makes_it_panic(text in r"[a-z:{}\[\]$#/ ,'\n0-9-]{0,80}") {
        let good = api("i", "    Node: {type: string}\n");
        let _ = try_compare(&text, &good);
        let wrapped = api("io", &format!("    Node: {{type: object, {text}}}\n"));
        let _ = try_compare(&good, &wrapped);
    }

    #[test]
    fn bounds_are_sound(a in 0_u32..20, b in 0_u32..20, c in 0_u32..20, d in 0_u32..20) {
        let text = |low: u32, high: u32| api("i", &format!("    Node: {{type: integer, minimum: {low}, maximum: {high}}}\n"));
        let (report, _) = try_compare(&text(a, b), &text(c, d)).unwrap();
        let lost = (0..25).any(|n| (a..=b).contains(&n) && !(c..=d).contains(&n));
        let refused = report.bump() == Level::Major;
        // A break that is there is found; one that is told is there, unless no value was valid.
        prop_assert!(refused || !lost);
        prop_assert!(!refused || lost || a > b || c > d);
    }
}
