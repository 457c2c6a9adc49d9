//! Contracts: every keyword of an OpenAPI schema, and what hostile texts come to.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests"
)]

use herz_dsl::catalog::{Catalog, Targets};
use herz_dsl::check::Checker;
use herz_dsl::contract::Contract;
use herz_dsl::diagnostic::codes;
use herz_dsl::openapi::Document;
use herz_dsl::source::SourceId;
use herz_dsl::tree::{self, Limits};

fn contract(spec: &str) -> Contract {
    let text = format!(
        "openapi: 3.0.3\ninfo: {{ title: T, version: 1.0.0 }}\npaths: {{}}\ncomponents:\n  schemas:\n    \
         ChaosSpec:\n      properties:\n        x: {spec}\n    \
         Tree: {{ type: object, properties: {{ next: {{ $ref: '#/components/schemas/Tree' }} }}, additionalProperties: false }}\n"
    );
    let (document, findings) = Document::read(SourceId(0), text.as_bytes());
    assert_eq!(findings, [], "{spec}");
    let (contract, findings) = Contract::of(&document.unwrap(), "c.yaml", herz::catalog());
    assert_eq!(findings, [], "{spec}");
    contract.unwrap()
}

/// What a contract says of `spec.x`.
fn judge(contract: &Contract, checker: &Checker<'_>, value: &str) -> Vec<String> {
    let text = format!(
        "apiVersion: chaos-mesh.org/v1alpha1\nkind: NetworkChaos\nmetadata: {{ name: a }}\nspec:\n  x: {value}\n"
    );
    let (tree, findings) = tree::parse(SourceId(0), text.as_bytes(), &Limits::default());
    assert_eq!(findings, [], "{value}");
    let judged = contract.judge(&tree, checker);
    assert_eq!(judged.specs, 1);
    let tell = |finding: herz_dsl::diagnostic::Diagnostic| {
        assert_eq!(finding.code, codes::CONTRACT_BROKEN);
        assert!(finding.span.is_some());
        let message = finding.message.strip_prefix("contract c.yaml 1.0.0: ");
        format!(
            "{}: {}",
            finding.path.as_deref().unwrap_or_default(),
            message.unwrap()
        )
    };
    judged.findings.into_iter().map(tell).collect()
}

/// A schema, values that it accepts, values that it refuses with a part of what is said.
type Row<'a> = (&'a str, &'a [&'a str], &'a [(&'a str, &'a str)]);

const TABLE: &[Row<'_>] = &[
    (
        "{ type: string }",
        &["abc", "'5'", "''"],
        &[
            ("5", "expected a text, and found `5`"),
            ("null", "found null"),
            ("[a]", "found a list"),
        ],
    ),
    (
        "{ type: string, nullable: true }",
        &["abc", "null"],
        &[("5", "expected a text")],
    ),
    (
        "{ type: boolean }",
        &["true"],
        &[("'true'", "expected true or false")],
    ),
    (
        "{ type: integer }",
        &["5", "5.0", "-1"],
        &[("5.5", "expected a whole number"), ("{}", "found a map")],
    ),
    (
        "{ type: number }",
        &["5", "5.5"],
        &[("abc", "expected a number")],
    ),
    (
        "{ type: integer, minimum: 1, maximum: 3 }",
        &["1", "3"],
        &[
            ("0", "`0` is out of range: expected 1 to 3"),
            ("4", "out of range"),
        ],
    ),
    (
        "{ type: integer, minimum: 1, exclusiveMinimum: true }",
        &["2"],
        &[("1", "expected more than 1")],
    ),
    (
        "{ type: number, maximum: 1, exclusiveMaximum: true }",
        &["0.5"],
        &[("1", "expected less than 1")],
    ),
    (
        "{ type: number, multipleOf: 0.1 }",
        &["0.3", "7"],
        &[("0.25", "not a multiple of 0.1")],
    ),
    (
        "{ type: string, minLength: 2, maxLength: 3 }",
        &["ab", "äöü"],
        &[("a", "expected 2 to 3"), ("abcd", "expected 2 to 3")],
    ),
    (
        "{ type: string, pattern: '^[a-z]+$' }",
        &["abc"],
        &[("'5m'", "does not match the pattern")],
    ),
    (
        "{ enum: [a, 5, null] }",
        &["a", "5", "null"],
        &[("b", "expected `a`, `5` or `null`"), ("'5'", "not allowed")],
    ),
    (
        "{ type: array, items: { type: integer }, minItems: 1, maxItems: 2 }",
        &["[1]", "[1, 2]"],
        &[
            ("[]", "expected 1 to 2"),
            ("[1, a]", "spec.x[1]: expected a whole number"),
        ],
    ),
    (
        "{ type: array, items: {}, uniqueItems: true }",
        &["[a, b]", "[1, '1']"],
        &[("[a, b, a]", "spec.x[2]: `a` is in the list already, at [0]")],
    ),
    (
        "{ type: object, additionalProperties: false, properties: { a: {} } }",
        &["{}", "{ a: 1 }"],
        &[("{ b: 1 }", "spec.x.b: unknown field `b`")],
    ),
    (
        "{ type: object, additionalProperties: { type: string } }",
        &["{ a: b }"],
        &[("{ a: 1 }", "spec.x.a: expected a text")],
    ),
    (
        "{ type: object, minProperties: 1, maxProperties: 1 }",
        &["{ a: 1 }"],
        &[
            ("{}", "expected exactly 1"),
            ("{ a: 1, b: 1 }", "expected exactly 1"),
        ],
    ),
    (
        "{ required: [a] }",
        &["{ a: null }", "5"],
        &[("{ b: 1 }", "spec.x.a: required field `a` is missing")],
    ),
    (
        "{ allOf: [{ type: string }, { minLength: 2 }] }",
        &["ab"],
        &[("a", "expected at least 2"), ("5", "expected a text")],
    ),
    (
        "{ anyOf: [{ type: integer }, { type: string, minLength: 2 }] }",
        &["5", "ab"],
        &[("a", "")],
    ),
    (
        "{ oneOf: [{ type: integer }, { type: number }] }",
        &["5.5"],
        &[("5", "fits 2 of the alternatives"), ("a", "expected a")],
    ),
    (
        "{ not: { type: string } }",
        &["5"],
        &[("a", "one that must not be")],
    ),
    (
        "{ $ref: '#/components/schemas/Tree' }",
        &["{ next: { next: {} } }"],
        &[(
            "{ next: { next: { last: 1 } } }",
            "spec.x.next.next.last: unknown field `last`",
        )],
    ),
    ("{ $ref: 'herz:chaos-mesh/Delay' }", &["anything", "5"], &[]),
    (
        "{ type: string, format: date-time, description: d, x-own: 1 }",
        &["abc"],
        &[],
    ),
];

#[test]
fn every_keyword_counts() {
    let checker = Checker::new(herz::catalog(), &Targets::newest());
    for (schema, accepted, refused) in TABLE {
        let contract = contract(schema);
        for value in *accepted {
            assert_eq!(
                judge(&contract, &checker, value),
                Vec::<String>::new(),
                "{schema} of {value}"
            );
        }
        for (value, part) in *refused {
            let told = judge(&contract, &checker, value);
            assert_eq!(told.len(), 1, "{schema} of {value}: {told:?}");
            assert!(told[0].contains(part), "{schema} of {value}: {told:?}");
        }
    }
}

#[test]
fn a_schema_that_is_a_part_of_itself_is_refused() {
    let text = "openapi: 3.0.3\ninfo: { title: T, version: 1.0.0 }\npaths: {}\ncomponents:\n  schemas:\n    \
                ChaosSpec: { allOf: [{ $ref: '#/components/schemas/A' }] }\n    \
                A: { anyOf: [{ $ref: '#/components/schemas/B' }] }\n    B: { not: { $ref: '#/components/schemas/A' } }\n";
    let (document, findings) = Document::read(SourceId(0), text.as_bytes());
    assert_eq!(findings, []);
    let (contract, findings) = Contract::of(&document.unwrap(), "c.yaml", herz::catalog());
    assert!(contract.is_none());
    assert!(
        findings
            .iter()
            .all(|one| one.code == codes::NO_CONTRACT && one.message.contains("part of itself"))
    );
}

/// Specs are found wherever faults stand, and nowhere else.
#[test]
fn specs_inside_lists_schedules_and_workflows_are_judged() {
    let contract = contract("{ type: string }");
    let checker = Checker::new(herz::catalog(), &Targets::newest());
    let paths = |text: &str| {
        let (tree, _) = tree::parse(SourceId(0), text.as_bytes(), &Limits::default());
        let judged = contract.judge(&tree, &checker);
        let paths = judged
            .findings
            .into_iter()
            .filter_map(|finding| finding.path);
        (judged.specs, paths.collect::<Vec<_>>())
    };
    let fault = "{ apiVersion: chaos-mesh.org/v1alpha1, kind: PodChaos, spec: { x: 1 } }";
    assert_eq!(
        paths(&format!(
            "apiVersion: v1\nkind: List\nitems: [{fault}, {fault}]\n"
        )),
        (
            2,
            vec!["items[0].spec.x".to_owned(), "items[1].spec.x".to_owned()]
        )
    );
    let of = |kind: &str, spec: &str| {
        format!("apiVersion: chaos-mesh.org/v1alpha1\nkind: {kind}\nspec: {spec}\n")
    };
    assert_eq!(
        paths(&of("Schedule", "{ podChaos: { x: 1 } }")),
        (1, vec!["spec.podChaos.x".to_owned()])
    );
    assert_eq!(
        paths(&of(
            "Workflow",
            "{ templates: [{ podChaos: { x: 1 } }, { schedule: { ioChaos: { x: 1 } } }] }"
        )),
        (
            2,
            vec![
                "spec.templates[0].podChaos.x".to_owned(),
                "spec.templates[1].schedule.ioChaos.x".to_owned()
            ]
        )
    );
    assert_eq!(paths(&of("RemoteCluster", "{ x: 1 }")), (0, vec![]));
    assert_eq!(
        paths("apiVersion: v1\nkind: Pod\nspec: { x: 1 }\n"),
        (0, vec![])
    );
    assert_eq!(paths(&of("PodChaos", "5")), (0, vec![]));
    // What is cut off may have gone on.
    assert_eq!(
        paths(&format!("{}  y: [\n", of("PodChaos", "\n  x: 1"))),
        (0, vec![])
    );
}

/// Texts that are no documents are findings with places, and no panic.
#[test]
fn hostile_documents_are_findings() {
    let nothing = Catalog {
        packages: Vec::new(),
        kinds: Vec::new(),
        types: Vec::new(),
    };
    let whole =
        std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/../openapi/herz.yaml")).unwrap();
    for text in [
        "",
        "5",
        "[]",
        "openapi: 3.0.3",
        "a: [",
        "openapi: [3.0.3]\ninfo: 5\npaths: []\n",
        "openapi: 3.0.3\ninfo: { title: T, version: 1 }\npaths: { a: {}, /b: 5, /c: { get: [] } }\n",
        "openapi: 3.0.3\ninfo: { title: T, version: '1' }\npaths: {}\ncomponents: 5\n",
        "swagger: '2.0'\n",
        "\u{feff}openapi: 3.0.3",
        "openapi: 3.0.3\0",
    ] {
        let (document, findings) = Document::read(SourceId(0), text.as_bytes());
        assert!(document.is_none(), "{text:?}");
        assert!(findings.iter().any(|one| one.span.is_some()), "{text:?}");
    }
    // A real document cut off, and without one line, at every fifth line.
    let text = String::from_utf8(whole).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    for at in (0..lines.len()).step_by(5) {
        let without = [&lines[..at], &lines[at + 1..]].concat().join("\n");
        for text in [lines[..at].join("\n"), without] {
            if let (Some(document), _) = Document::read(SourceId(0), text.as_bytes()) {
                let _ = Contract::of(&document, "c.yaml", &nothing);
            }
        }
    }
}
