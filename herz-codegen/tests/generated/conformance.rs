//! A package whose rules are the rows of the table of expressions, and expressions out of bytes.

use crate::fixture::{Row, rows, types};
use crate::generate::Choices;
use herz_dsl::catalog::{
    Catalog, Layer, Life, Package, PackageId, Rule, RuleKind, Type, TypeBody, TypeDef, TypeId,
};
use herz_dsl::cel::{self, Scope};
use herz_types::Level;
use serde_json::{Value, json};

const TABLE: &str = include_str!("../../../herz-dsl/tests/cel/conformance.md");

/// The types, without what Rust can't be asked for: a type that is a list of itself.
pub(crate) fn package_types() -> Vec<TypeDef> {
    let mut types = types();
    for def in &mut types {
        match &mut def.body {
            TypeBody::Object(object) => object.fields.retain(|field| field.wire != "forever"),
            TypeBody::Refined(ty, _) if def.name == "Forever" => *ty = Type::String,
            _ => {}
        }
    }
    types
}

/// The rows of the table that a typed value can have, then expressions out of bytes.
pub(crate) fn cases() -> Vec<Row> {
    let mut cases = rows(TABLE);
    // A document with a missing field or one of a wrong type is no typed value.
    cases.retain(|row| {
        !matches!(row.expected.as_str(), "Missing" | "WrongType") && row.data["i"] != "five"
    });
    let mut state = 1_u64;
    for line in 0..80 {
        let bytes: Vec<u8> = (0..160)
            .map(|_| {
                state = state
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                state.to_be_bytes()[0]
            })
            .collect();
        let mut choices = Choices::new(&bytes);
        let data = choices.data();
        cases.push(Row {
            line,
            data,
            expected: String::new(),
            source: choices.bool(),
        });
    }
    cases
}

/// The data with everything that is required.
pub(crate) fn whole(data: &Value) -> Value {
    let inner = json!({"x": 1, "name": "", "tags": []});
    let mut whole = json!({
        "b": false, "i": 0, "j": 0, "f": 0.5, "s": "", "d": "1s", "herz": "1s", "percent": "1", "bytes": "1B",
        "rate": "1bit", "count": "1", "address": "::1", "action": "delay", "short": "", "li": [], "ls": [], "ld": [],
        "la": [], "lo": [], "m": {}, "mi": {}, "o": inner, "n": 1, "any": 1, "object": {}, "blob": "", "port": 1,
        "namespace": "", "in": 1, "new": 1, "turned": "", "grown": 1, "bounded": [], "brief": "",
        "small": 0, "big": 0, "lbig": [], "lsmall": [], "lact": []
    });
    if data.get("devices").is_none() {
        whole["device"] = json!("");
    }
    for (key, value) in data.as_object().unwrap() {
        let inner = key == "o";
        match value.as_object().filter(|_| inner) {
            Some(map) => map
                .iter()
                .for_each(|(key, value)| whole["o"][key] = value.clone()),
            None => whole[key] = value.clone(),
        }
    }
    whole
}

pub(crate) fn catalog() -> Catalog {
    let mut types = package_types();
    let life = Life::default();
    let scope = Scope {
        types: &types,
        this: TypeId(0),
        life: &life,
        present: &[],
    };
    let cases = cases();
    let rules = cases.iter().enumerate().map(|(at, case)| Rule {
        name: format!("row-{at}"),
        kind: RuleKind::Cel {
            source: case.source.clone(),
            expr: cel::compile(&case.source, &scope)
                .unwrap_or_else(|e| panic!("{}: {e:?}", case.source)),
            at: Vec::new(),
        },
        when: Vec::new(),
        message: Some("holds".into()),
        doc: String::new(),
        level: Level::Error,
        layer: Layer::Admission,
        life: life.clone(),
    });
    let rules = rules.collect();
    if let Some(TypeBody::Object(root)) = types.first_mut().map(|def| &mut def.body) {
        root.rules = rules;
    }
    let version = |text: &str| text.parse().unwrap();
    let package = Package {
        name: "conformance".into(),
        version: version("1.0.0"),
        group: "conformance.example".into(),
        api_version: "v1".into(),
        doc: "Rules that are the rows of a table.".into(),
        platform: "conformance".into(),
        releases: vec![version("1.0.0"), version("2.0.0")],
        lenient_null: true,
    };
    for def in &mut types {
        def.package = PackageId(0);
    }
    Catalog {
        packages: vec![package],
        kinds: Vec::new(),
        types,
    }
}
