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
];

#[test]
fn rust_and_yaml_say_the_same() {
    for (case, schema) in TABLE {
        let path = format!("{}/tests/ui/{case}.stderr", env!("CARGO_MANIFEST_DIR"));
        let rust = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
        let rust: Vec<&str> = rust
            .lines()
            .filter_map(|line| line.strip_prefix("error: "))
            .collect();
        let text = format!("kind: QueueChaos\n{schema}\n");
        let texts = Texts([("a.yaml".to_owned(), text.into_bytes())].into());
        let (packages, _) = compile::load(&texts, &["."], &mut Sources::new());
        let (_, found) = compile::compile(&packages);
        let yaml: Vec<String> = found
            .iter()
            .filter(|one| one.level == herz_dsl::diagnostic::Level::Error)
            .map(|one| format!("{} [{}]", one.message, one.code))
            .collect();
        assert_eq!(rust, yaml, "{case}");
    }
}
