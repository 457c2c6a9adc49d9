//! The walker against schemas written by hand: it must refuse what an API server refuses.

use super::rules::Rules;
use super::structural::Structural;
use super::{has_great, stored};
use serde_json::{Value, json};

/// Whether an API server with that schema takes a value.
fn takes(schema: &Value, mut value: Value) -> bool {
    let structural = Structural::compile(schema).expect("patterns");
    let rules = Rules::compile(schema).expect("rules");
    if !stored::known(&value, schema) {
        return false;
    }
    stored::store(&mut value, schema);
    structural.fits(&value, schema) && rules.hold(&value, schema)
}

fn object(name: &str, property: Value) -> Value {
    let mut schema = json!({"type": "object", "properties": {}});
    schema["properties"][name] = property;
    schema
}

#[test]
#[allow(clippy::too_many_lines, reason = "a table of all keywords")]
fn each_keyword_refuses() {
    let set =
        json!({"type": "array", "x-kubernetes-list-type": "set", "items": {"type": "integer"}});
    let map = json!({
        "type": "array", "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["k"],
        "items": {"type": "object", "properties": {"k": {"type": "string"}, "v": {"type": "string"}}},
    });
    let rows = [
        (json!({"type": "string"}), json!("a"), json!(1)),
        (json!({"type": "boolean"}), json!(true), json!("true")),
        (json!({"type": "integer"}), json!(1.0), json!(1.5)),
        (json!({"type": "integer"}), json!(i64::MAX), json!(u64::MAX)),
        (
            json!({"type": "integer", "format": "int32"}),
            json!(i32::MAX),
            json!(i64::from(i32::MAX) + 1),
        ),
        (json!({"type": "number"}), json!(1.5), json!("1.5")),
        (
            json!({"type": "number", "minimum": 1.5}),
            json!(1.5),
            json!(1.4),
        ),
        (
            json!({"type": "integer", "minimum": 1, "exclusiveMinimum": true}),
            json!(2),
            json!(1),
        ),
        (json!({"type": "integer", "maximum": 3}), json!(3), json!(4)),
        (
            json!({"type": "integer", "multipleOf": 10}),
            json!(20),
            json!(21),
        ),
        (
            json!({"type": "string", "enum": ["a", ""]}),
            json!(""),
            json!("b"),
        ),
        (
            json!({"type": "string", "pattern": "^a+$"}),
            json!("aa"),
            json!("ab"),
        ),
        (
            json!({"type": "string", "pattern": r"^[\w-]\d\W\s\.$"}),
            json!("a1ä\t."),
            json!("ä1ä\t."),
        ),
        (
            json!({"type": "string", "minLength": 2}),
            json!("äö"),
            json!("ä"),
        ),
        (
            json!({"type": "string", "maxLength": 1}),
            json!("ä"),
            json!("äö"),
        ),
        (
            json!({"type": "string", "format": "byte"}),
            json!("YQ=="),
            json!("YQ="),
        ),
        (
            json!({"type": "array", "items": {"type": "string"}}),
            json!(["a"]),
            json!(["a", null]),
        ),
        (
            json!({"type": "array", "minItems": 1}),
            json!([1]),
            json!([]),
        ),
        (set, json!([1, 2]), json!([1, 1])),
        (
            map,
            json!([{"k": "a"}, {"k": "b"}]),
            json!([{"k": "a", "v": "x"}, {"k": "a"}]),
        ),
        (
            json!({"type": "object", "additionalProperties": {"type": "integer"}}),
            json!({"a": 1}),
            json!({"a": "1"}),
        ),
        (
            json!({"type": "object", "maxProperties": 1, "x-kubernetes-preserve-unknown-fields": true}),
            json!({"a": 1}),
            json!({"a": 1, "b": 2}),
        ),
        (
            json!({"x-kubernetes-int-or-string": true}),
            json!("80%"),
            json!(true),
        ),
        (
            json!({"type": "integer", "not": {"enum": [0]}}),
            json!(1),
            json!(0),
        ),
        (
            json!({"type": "string", "allOf": [{"pattern": "a"}, {"pattern": "b"}]}),
            json!("ab"),
            json!("a"),
        ),
        (
            json!({"type": "string", "anyOf": [{"pattern": "a"}, {"pattern": "b"}]}),
            json!("a"),
            json!("c"),
        ),
        (
            json!({"type": "string", "oneOf": [{"pattern": "a"}, {"pattern": "b"}]}),
            json!("a"),
            json!("ab"),
        ),
    ];
    for (property, good, bad) in rows {
        let schema = object("it", property);
        assert!(
            takes(&schema, json!({"it": good})),
            "{schema} refuses {good}"
        );
        assert!(!takes(&schema, json!({"it": bad})), "{schema} takes {bad}");
    }
}

#[test]
fn what_is_stored_is_judged() {
    let schema = json!({
        "type": "object", "required": ["a"],
        "properties": {
            "a": {"type": "string"},
            "b": {"type": "string", "nullable": true, "minLength": 1},
            "c": {"type": "string", "default": "x"},
            "open": {"type": "object", "x-kubernetes-preserve-unknown-fields": true},
        },
        "x-kubernetes-validations": [{"rule": "self.c == 'x'"}],
    });
    assert!(takes(
        &schema,
        json!({"a": "", "b": null, "c": null, "open": {"any": [1]}})
    ));
    assert!(
        !takes(&schema, json!({"a": null})),
        "a null that is not allowed is dropped, so `a` is missing"
    );
    assert!(!takes(&schema, json!({"a": "", "d": 1})), "an unknown key");
    assert!(!takes(&schema, json!({"a": "", "c": "y"})), "the rule");
}

#[test]
fn rules_see_escaped_names_and_floats() {
    let schema = json!({
        "type": "object",
        "properties": {
            "pod-name": {"type": "string"}, "namespace": {"type": "string"}, "f": {"type": "number"},
            "any": {"x-kubernetes-preserve-unknown-fields": true},
        },
        "x-kubernetes-validations": [
            {"rule": "has(self.pod__dash__name) && self.__namespace__ == 'n' && self.f > 0.5 && !has(self.any)"},
            {"rule": "self.f == oldSelf.f"},
        ],
    });
    let document = |f: Value| json!({"pod-name": "p", "namespace": "n", "f": f, "any": 1});
    assert!(takes(&schema, document(json!(1))));
    assert!(!takes(&schema, document(json!(0))));
    let missing = json!({"f": 1});
    assert!(
        !takes(&schema, missing),
        "a rule without an answer does not hold"
    );
}

#[test]
fn an_api_server_has_63_bits() {
    assert!(has_great(&json!({"a": [u64::MAX]})));
    assert!(!has_great(&json!({"a": [i64::MAX, 1e300, null]})));
}
