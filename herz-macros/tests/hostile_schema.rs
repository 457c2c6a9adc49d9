//! Names that generated code must not trip over, all of them: every keyword of Rust, names of the prelude and of
//! generated code, letters of other scripts, leading digits. Compiling is half of the test.
#![allow(non_camel_case_types, unused, clippy::all)]

mod schema {
    herz::chaos_schema!(
        "
    kind: HostileChaos
    doc: A kind.
    fields:
      - { name: 'as', type: string, doc: Text., required: false }
      - { name: 'async', type: string, doc: Text., required: false }
      - { name: 'await', type: string, doc: Text., required: false }
      - { name: 'break', type: string, doc: Text., required: false }
      - { name: 'const', type: string, doc: Text., required: false }
      - { name: 'continue', type: string, doc: Text., required: false }
      - { name: 'crate', type: string, doc: Text., required: false }
      - { name: 'dyn', type: string, doc: Text., required: false }
      - { name: 'else', type: string, doc: Text., required: false }
      - { name: 'enum', type: string, doc: Text., required: false }
      - { name: 'extern', type: string, doc: Text., required: false }
      - { name: 'false', type: string, doc: Text., required: false }
      - { name: 'fn', type: string, doc: Text., required: false }
      - { name: 'for', type: string, doc: Text., required: false }
      - { name: 'if', type: string, doc: Text., required: false }
      - { name: 'impl', type: string, doc: Text., required: false }
      - { name: 'in', type: string, doc: Text., required: false }
      - { name: 'let', type: string, doc: Text., required: false }
      - { name: 'loop', type: string, doc: Text., required: false }
      - { name: 'match', type: string, doc: Text., required: false }
      - { name: 'mod', type: string, doc: Text., required: false }
      - { name: 'move', type: string, doc: Text., required: false }
      - { name: 'mut', type: string, doc: Text., required: false }
      - { name: 'pub', type: string, doc: Text., required: false }
      - { name: 'ref', type: string, doc: Text., required: false }
      - { name: 'return', type: string, doc: Text., required: false }
      - { name: 'self', type: string, doc: Text., required: false }
      - { name: 'static', type: string, doc: Text., required: false }
      - { name: 'struct', type: string, doc: Text., required: false }
      - { name: 'super', type: string, doc: Text., required: false }
      - { name: 'trait', type: string, doc: Text., required: false }
      - { name: 'true', type: string, doc: Text., required: false }
      - { name: 'type', type: string, doc: Text., required: false }
      - { name: 'unsafe', type: string, doc: Text., required: false }
      - { name: 'use', type: string, doc: Text., required: false }
      - { name: 'where', type: string, doc: Text., required: false }
      - { name: 'while', type: string, doc: Text., required: false }
      - { name: 'abstract', type: string, doc: Text., required: false }
      - { name: 'become', type: string, doc: Text., required: false }
      - { name: 'box', type: string, doc: Text., required: false }
      - { name: 'do', type: string, doc: Text., required: false }
      - { name: 'final', type: string, doc: Text., required: false }
      - { name: 'gen', type: string, doc: Text., required: false }
      - { name: 'macro', type: string, doc: Text., required: false }
      - { name: 'override', type: string, doc: Text., required: false }
      - { name: 'priv', type: string, doc: Text., required: false }
      - { name: 'try', type: string, doc: Text., required: false }
      - { name: 'typeof', type: string, doc: Text., required: false }
      - { name: 'unsized', type: string, doc: Text., required: false }
      - { name: 'virtual', type: string, doc: Text., required: false }
      - { name: 'yield', type: string, doc: Text., required: false }
      - { name: 'union', type: string, doc: Text., required: false }
      - { name: 'auto', type: string, doc: Text., required: false }
      - { name: 'default', type: string, doc: Text., required: false }
      - { name: 'raw', type: string, doc: Text., required: false }
      - { name: 'macro_rules', type: string, doc: Text., required: false }
      - { name: 'safe', type: string, doc: Text., required: false }
      - { name: 'std', type: string, doc: Text., required: false }
      - { name: 'core', type: string, doc: Text., required: false }
      - { name: 'alloc', type: string, doc: Text., required: false }
      - { name: 'herz', type: string, doc: Text., required: false }
      - { name: 'herz_types', type: string, doc: Text., required: false }
      - { name: 'value', type: string, doc: Text., required: false }
      - { name: 'fields', type: string, doc: Text., required: false }
      - { name: 'cx', type: string, doc: Text., required: false }
      - { name: 'unknown', type: string, doc: Text., required: false }
      - { name: 'index', type: string, doc: Text., required: false }
      - { name: 'größe', type: string, doc: Text., required: false }
      - { name: '値', type: string, doc: Text., required: false }
      - { name: '2fast', type: string, doc: Text., required: false }
      - { name: 'a-b', type: string, doc: Text., required: false }
      - { name: upper, type: Upper, doc: Names of the prelude., required: false }
      - { name: low, type: Low, doc: Values., required: false }
      - { name: high, type: High, doc: Values., required: false }
      - { name: types, type: list<Option>, doc: Types., required: false }
    types:
      Upper:
        doc: Names of the prelude.
        fields:
          - { name: 'Self', type: string, doc: Text., required: false }
          - { name: 'Option', type: string, doc: Text., required: false }
          - { name: 'Some', type: string, doc: Text., required: false }
          - { name: 'None', type: string, doc: Text., required: false }
          - { name: 'Result', type: string, doc: Text., required: false }
          - { name: 'Ok', type: string, doc: Text., required: false }
          - { name: 'Err', type: string, doc: Text., required: false }
          - { name: 'String', type: string, doc: Text., required: false }
          - { name: 'Vec', type: string, doc: Text., required: false }
          - { name: 'Box', type: string, doc: Text., required: false }
          - { name: 'Default', type: string, doc: Text., required: false }
          - { name: 'Clone', type: string, doc: Text., required: false }
          - { name: 'Copy', type: string, doc: Text., required: false }
          - { name: 'Debug', type: string, doc: Text., required: false }
          - { name: 'Eq', type: string, doc: Text., required: false }
          - { name: 'Ord', type: string, doc: Text., required: false }
          - { name: 'Send', type: string, doc: Text., required: false }
          - { name: 'Sync', type: string, doc: Text., required: false }
          - { name: 'Drop', type: string, doc: Text., required: false }
          - { name: 'Fn', type: string, doc: Text., required: false }
          - { name: 'From', type: string, doc: Text., required: false }
          - { name: 'Into', type: string, doc: Text., required: false }
          - { name: 'Iterator', type: string, doc: Text., required: false }
          - { name: 'Look', type: string, doc: Text., required: false }
          - { name: 'Read', type: string, doc: Text., required: false }
          - { name: 'Json', type: string, doc: Text., required: false }
          - { name: 'Unknown', type: string, doc: Text., required: false }
          - { name: 'View', type: string, doc: Text., required: false }
          - { name: 'Object', type: string, doc: Text., required: false }
          - { name: 'Doubts', type: string, doc: Text., required: false }
      Low: { doc: Values., enum: ['as', 'async', 'await', 'break', 'const', 'continue', 'crate', 'dyn', 'else', 'enum', 'extern', 'false', 'fn', 'for', 'if', 'impl', 'in', 'let', 'loop', 'match', 'mod', 'move', 'mut', 'pub', 'ref', 'return', 'self', 'static', 'struct', 'super', 'trait', 'true', 'type', 'unsafe', 'use', 'where', 'while', 'abstract', 'become', 'box', 'do', 'final', 'gen', 'macro', 'override', 'priv', 'try', 'typeof', 'unsized', 'virtual', 'yield', 'union', 'auto', 'default', 'raw', 'macro_rules', 'safe', 'std', 'core', 'alloc', 'herz', 'herz_types', 'value', 'fields', 'cx', 'unknown', 'index', 'größe', '値', '2fast', 'a-b', { value: '+', name: Plus }, '-1'] }
      High: { doc: Values., enum: ['Self', 'Option', 'Some', 'None', 'Result', 'Ok', 'Err', 'String', 'Vec', 'Box', 'Default', 'Clone', 'Copy', 'Debug', 'Eq', 'Ord', 'Send', 'Sync', 'Drop', 'Fn', 'From', 'Into', 'Iterator', 'Look', 'Read', 'Json', 'Unknown', 'View', 'Object', 'Doubts', Other] }
      Option: { doc: Types that are called like those of Rust., fields: [{ name: string, type: String, doc: Text., required: false }] }
      String: { doc: Text., fields: [{ name: vec, type: list<Vec>, doc: Text., required: false }] }
      Vec: { doc: Text., fields: [{ name: result, type: map<Result>, doc: Text., required: false }] }
      Result: { doc: Text., fields: [{ name: box, type: Box, doc: Text., required: false }] }
      Box: { doc: Text., fields: [{ name: some, type: string, doc: Text., required: false }] }
    "
    );
}

/// Keys of the kind's fields.
const LOW: &[&str] = &[
    "as",
    "async",
    "await",
    "break",
    "const",
    "continue",
    "crate",
    "dyn",
    "else",
    "enum",
    "extern",
    "false",
    "fn",
    "for",
    "if",
    "impl",
    "in",
    "let",
    "loop",
    "match",
    "mod",
    "move",
    "mut",
    "pub",
    "ref",
    "return",
    "self",
    "static",
    "struct",
    "super",
    "trait",
    "true",
    "type",
    "unsafe",
    "use",
    "where",
    "while",
    "abstract",
    "become",
    "box",
    "do",
    "final",
    "gen",
    "macro",
    "override",
    "priv",
    "try",
    "typeof",
    "unsized",
    "virtual",
    "yield",
    "union",
    "auto",
    "default",
    "raw",
    "macro_rules",
    "safe",
    "std",
    "core",
    "alloc",
    "herz",
    "herz_types",
    "value",
    "fields",
    "cx",
    "unknown",
    "index",
    "größe",
    "値",
    "2fast",
    "a-b",
];

const UPPER: &[&str] = &[
    "Self", "Option", "Some", "None", "Result", "Ok", "Err", "String", "Vec", "Box", "Default",
    "Clone", "Copy", "Debug", "Eq", "Ord", "Send", "Sync", "Drop", "Fn", "From", "Into",
    "Iterator", "Look", "Read", "Json", "Unknown", "View", "Object", "Doubts",
];

/// The document with all of them.
fn document() -> serde_json::Value {
    let all = |names: &[&str]| -> serde_json::Map<String, serde_json::Value> {
        names
            .iter()
            .map(|name| ((*name).to_owned(), "x".into()))
            .collect()
    };
    let mut spec = all(LOW);
    spec.insert("upper".to_owned(), all(UPPER).into());
    spec.insert(
        "types".to_owned(),
        serde_json::json!([{"string": {"vec": [{"result": {"a": {"box": {"some": "b"}}}}]}}]),
    );
    serde_json::json!({"apiVersion": "herz.dev/v1alpha1", "kind": "HostileChaos", "metadata": {"name": "a"}, "spec": spec})
}

#[test]
fn every_name_is_read_and_written() {
    let mut document = document();
    let api = <schema::local::HostileChaos as herz::Document>::API_VERSION;
    document["apiVersion"] = api.into();
    for (field, values) in [("low", LOW), ("high", UPPER)] {
        for value in values {
            document["spec"][field] = (*value).into();
            let read: schema::local::HostileChaos =
                serde_json::from_value(document.clone()).expect("reads");
            assert!(
                herz::Validate::validate(&read)
                    .iter()
                    .all(|one| one.level != herz::Level::Error),
                "{value}"
            );
            assert_eq!(serde_json::to_value(&read).expect("writes"), document);
        }
    }
}

/// Two names that become one are refused, with the way out.
#[test]
fn names_that_can_not_be_told_apart_are_refused() {
    for (fields, values, way) in [
        (["a-b", "a_b"], ["x", "y"], "rename:"),
        (["memType", "mem-type"], ["x", "y"], "rename:"),
        (["Self", "self"], ["x", "y"], "rename:"),
        (["a", "b"], ["a-b", "a_b"], "name:"),
        (["a", "b"], ["Self", "self"], "name:"),
    ] {
        let text = format!(
            "kind: Hostile\ndoc: A kind.\nfields:\n- {{ name: '{}', type: string, doc: Text. }}\n\
             - {{ name: '{}', type: E, doc: Text. }}\ntypes:\n  E: {{ doc: E., enum: ['{}', '{}'] }}\n",
            fields[0], fields[1], values[0], values[1]
        );
        let texts = herz_dsl::compile::Texts([("a.yaml".to_owned(), text.into_bytes())].into());
        let (packages, _) =
            herz_dsl::compile::load(&texts, &["."], &mut herz_dsl::source::Sources::new());
        let (catalog, found) = herz_dsl::compile::compile(&packages);
        let errors =
            herz_codegen::rust::generate(&catalog, &herz_codegen::rust::Options::default());
        let mut told: Vec<String> = found.iter().map(|one| one.message.clone()).collect();
        told.extend(
            errors
                .err()
                .into_iter()
                .flatten()
                .map(|one| one.to_string()),
        );
        assert!(
            told.iter().any(|one| one.contains(way)),
            "{fields:?} {values:?}: {told:?}"
        );
    }
}
