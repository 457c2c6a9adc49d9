//! The same mistake in Rust and in YAML has the same code and the same words.

use herz_dsl::compile::{self, Texts};
use herz_dsl::source::Sources;

/// A case of `ui`, and the schema that makes the same mistake.
const TABLE: &[(&str, &str)] = &[
    (
        "unknown_keyword_of_field",
        "fields:\n- { name: queue, type: string, lenght: 1..5 }",
    ),
    (
        "unknown_keyword_of_kind",
        "scoop: Cluster\nfields:\n- { name: queue, type: string }",
    ),
    (
        "range_of_text",
        "fields:\n- { name: queue, type: string, range: 1..5 }",
    ),
    (
        "range_backwards",
        "fields:\n- { name: size, type: uint32, range: 5..1 }",
    ),
    (
        "bound_that_is_no_duration",
        "fields:\n- { name: pause, type: duration(go), range: 1s..1our }",
    ),
    (
        "length_of_number",
        "fields:\n- { name: size, type: uint32, length: 1..5 }",
    ),
    (
        "bad_pattern",
        "fields:\n- { name: queue, type: string, pattern: \"^(a\" }",
    ),
    (
        "default_out_of_range",
        "fields:\n- { name: size, type: uint32, range: 1..5, default: 9 }",
    ),
    (
        "default_of_wrong_type",
        "fields:\n- { name: size, type: uint32, default: many }",
    ),
    (
        "rule_names_no_field",
        "fields:\n- { name: queue, type: string }\nrules:\n- { name: a, requires: [queu] }",
    ),
    (
        "rule_with_two_verbs",
        "fields:\n- { name: a, type: string, required: false }\n- { name: b, type: string, required: false }\nrules:\n- { name: a, requires: [a], forbids: [b] }",
    ),
    (
        "compare_text",
        "fields:\n- { name: a, type: bool }\n- { name: b, type: uint32 }\nrules:\n- { name: a, compare: a <= b }",
    ),
    (
        "cel_without_message",
        "fields:\n- { name: queue, type: string }\nrules:\n- { name: a, cel: \"self.queue != ''\" }",
    ),
    (
        "cel_does_not_parse",
        "fields:\n- { name: queue, type: string }\nrules:\n- { name: a, cel: \"self.queue ==\", message: no way }",
    ),
    (
        "cel_no_such_field",
        "fields:\n- { name: queue, type: string }\nrules:\n- { name: a, cel: \"self.queu == 'a'\", message: no way }",
    ),
    (
        "since_no_version",
        "fields:\n- { name: queue, type: string, since: \"2.0\" }",
    ),
    (
        "reserved_name",
        "fields:\n- { name: queue, type: string }\nreserved: [queue]",
    ),
    (
        "two_fields_of_one_key",
        "fields:\n- { name: queue, type: string, rename: name }\n- { name: queue, type: string }",
    ),
    (
        "duplicate_keyword",
        "fields:\n- { name: size, type: uint32, range: 1..5, range: 1..6 }",
    ),
    (
        "flag_with_text",
        "fields:\n- { name: queue, type: string, sensitive: \"yes\" }",
    ),
    (
        "no_such_scope",
        "scope: cluster\nfields:\n- { name: queue, type: string }",
    ),
    (
        "condition_with_no_such_value",
        "fields:\n- { name: action, type: Action }\n- { name: size, type: uint32, required: false }\n\
         rules:\n- { name: a, requires: [size], when: { action: stp } }\n\
         types:\n  Action: { enum: [stop, go] }",
    ),
    (
        "kind_name_is_no_name",
        "kind: Queue Chaos\nfields:\n- { name: queue, type: string }",
    ),
    (
        "rule_names_no_field_of_type",
        "fields:\n- { name: limits, type: Limits }\nrules:\n- { name: a, requires: [limits.longst] }\n\
         types:\n  Limits: { fields: [{ name: longest, type: string }] }",
    ),
    ("schema_in_place", "fields:\n- { name: queue, type: strng }"),
    (
        "two_variants_of_one_value",
        "fields:\n- { name: action, type: Action }\ntypes:\n  Action: { enum: [stop, stop] }",
    ),
    (
        "unknown_keyword_of_macro",
        "fields:\n- { name: name, type: string, requiredWen: { queue: present } }",
    ),
    (
        "until_before_since",
        "fields:\n- { name: queue, type: string, since: 2.0.0, until: 1.0.0 }",
    ),
];

/// Mistakes in what another type says: the macro sees one type alone, so that the compiler tells them from
/// constants, by the same code and in fewer words.
const BY_CONSTANTS: &[&str] = &[
    "condition_with_no_such_value",
    "rule_names_no_field_of_type",
];

/// Mistakes that only Rust can make, and why.
const ONLY_RUST: &[(&str, &str)] = &[
    ("duration_of_std", "a Rust type"),
    (
        "enum_as_kind",
        "a kind in YAML has fields, whatever it is called",
    ),
    ("fields_without_tag", "a union in YAML begins with its tag"),
    ("generic", "a schema has no parameters"),
    (
        "grammar_misspelt",
        "the grammar is a Rust type; YAML names it otherwise",
    ),
    (
        "group_missing",
        "in YAML the group stands in `package.yaml`",
    ),
    ("hash_map", "a Rust type"),
    (
        "range_without_its_end",
        "`a..b` of Rust leaves its end out, that of YAML does not",
    ),
    ("reference", "a Rust type"),
    (
        "rename_all_misspelt",
        "names in YAML are written as they are",
    ),
    ("required_given", "in YAML a flag, in Rust the type"),
    ("schema_not_there", "a file that a macro names"),
    ("tuple_struct", "fields in YAML have names"),
    ("type_without_derive", "a trait of Rust"),
    ("unknown_crate_keyword", "a keyword of Rust types alone"),
    ("usize_field", "a Rust type"),
    (
        "variants_disagree",
        "a field of a union stands once in YAML",
    ),
];

#[test]
fn every_case_is_compared_or_has_a_reason() {
    let folder = format!("{}/tests/ui", env!("CARGO_MANIFEST_DIR"));
    let files = std::fs::read_dir(folder).expect("the cases");
    let mut cases: Vec<String> = files
        .filter_map(|file| file.ok()?.file_name().into_string().ok())
        .filter_map(|name| name.strip_suffix(".rs").map(str::to_owned))
        .collect();
    cases.sort();
    let mut told: Vec<&str> = TABLE
        .iter()
        .chain(ONLY_RUST)
        .map(|(case, _)| *case)
        .collect();
    told.sort_unstable();
    assert_eq!(cases, told);
    assert!(ONLY_RUST.iter().all(|(_, why)| !why.is_empty()));
}

/// The words of a compiler's message, without what tells how they came up.
fn words(line: &str) -> Option<&str> {
    let line = line
        .strip_prefix("error: ")
        .or_else(|| line.strip_prefix("error[E0080]: evaluation panicked: "))?;
    match line.split_once(" of the schema: ") {
        Some((place, words)) if place.starts_with("line ") => Some(words),
        _ => Some(line),
    }
}

#[test]
fn rust_and_yaml_say_the_same() {
    for (case, schema) in TABLE {
        let path = format!("{}/tests/ui/{case}.stderr", env!("CARGO_MANIFEST_DIR"));
        let rust = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
        let rust: Vec<&str> = rust.lines().filter_map(words).collect();
        let text = if schema.starts_with("kind: ") {
            format!("{schema}\n")
        } else {
            format!("kind: QueueChaos\n{schema}\n")
        };
        let mut texts = Texts([("a.yaml".to_owned(), text.into_bytes())].into());
        if schema.contains("until: ") {
            // A derived type names its releases by using them.
            let package = "{package: acme, version: 1.0.0, group: acme.io, apiVersion: v1, \
                           platform: {name: acme, versions: [0.9.0, 1.0.0, 2.0.0]}}";
            let package = package.as_bytes().to_vec();
            texts.0.insert("package.yaml".to_owned(), package);
        }
        let (packages, _) = compile::load(&texts, &["."], &mut Sources::new());
        let (_, found) = compile::compile(&packages);
        let yaml: Vec<String> = found
            .iter()
            .filter(|one| one.level == herz_dsl::diagnostic::Level::Error)
            .map(|one| format!("{} [{}]", one.message, one.code))
            .collect();
        if BY_CONSTANTS.contains(case) {
            let code = |text: &str| text.rsplit_once(" [").map(|(_, code)| code.to_owned());
            let codes: Vec<_> = yaml.iter().map(|one| code(one)).collect();
            assert_eq!(
                rust.iter().map(|one| code(one)).collect::<Vec<_>>(),
                codes,
                "{case}"
            );
            continue;
        }
        assert_eq!(rust, yaml, "{case}");
    }
}
