//! Component schemas of OpenAPI documents.

use crate::support::{compile_files, told};
use herz_dsl::catalog::{Catalog, Field, Merge, Type, TypeBody};

const PACKAGE: &str = "package: demo\ngroup: demo\nimports: { k8s: k8s.yaml }\nplatform: { name: demo, versions: [1.0.0, 1.1.0, 2.0.0] }\n";

fn import(schemas: &str, kind: &str) -> (Catalog, String) {
    let head =
        "openapi: 3.0.3\ninfo: { title: t, version: 0.1.0 }\npaths: {}\ncomponents:\n  schemas:\n";
    let text = format!("{head}{schemas}");
    let (catalog, found, sources) = compile_files(&[
        ("package.yaml", PACKAGE),
        ("k8s.yaml", &text),
        ("kind.yaml", kind),
    ]);
    (catalog, told(&found, &sources))
}

fn fields<'c>(catalog: &'c Catalog, name: &str) -> &'c [Field] {
    match &catalog
        .types
        .iter()
        .find(|def| def.name == name)
        .unwrap()
        .body
    {
        TypeBody::Object(object) => &object.fields,
        _ => panic!("{name} is no object"),
    }
}

#[test]
fn components_become_types() {
    let schemas = r##"
    Container:
      type: object
      description: A container.
      required: [name]
      x-kubernetes-map-type: atomic
      x-herz-merge-since: 1.1.0
      properties:
        name: { type: string, pattern: "^[a-z]+$" }
        port: { type: integer, format: int32, minimum: 1, maximum: 65535 }
        ratio: { type: number, minimum: 0 }
        ready: { type: boolean, default: false, x-herz-default-since: 2.0.0 }
        started: { type: string, format: date-time }
        data: { type: string, format: byte, nullable: true }
        policy: { type: string, enum: [Always, Never] }
        target: { x-kubernetes-int-or-string: true }
        limits: { type: object, additionalProperties: { x-kubernetes-int-or-string: true } }
        any: { x-kubernetes-preserve-unknown-fields: true }
        raw: { type: object }
        ports:
          type: array
          items: { $ref: "#/components/schemas/Port" }
          x-kubernetes-list-type: map
          x-kubernetes-list-map-keys: [port]
          x-herz-merge-since: 1.1.0
        names: { type: array, x-kubernetes-list-type: set, items: { type: string, pattern: "^a" } }
        inner: { type: object, properties: { deep: { type: object, properties: { x: { type: integer } } } } }
        late: { type: string, x-herz-since: 1.1.0, x-herz-until: 2.0.0 }
    Port:
      type: object
      properties:
        port: { type: integer, x-herz-required-since: 1.1.0 }
"##;
    let (catalog, found) = import(
        schemas,
        "kind: A\nfields:\n  - { name: c, type: k8s.Container }\n",
    );
    assert_eq!(found, "");
    let container = fields(&catalog, "k8s.Container");
    let field = |name: &str| container.iter().find(|field| field.wire == name).unwrap();
    assert!(field("name").required && !field("port").required);
    assert_eq!(
        field("port").ty,
        Type::Int {
            bits: 32,
            signed: true,
            format: true
        }
    );
    assert_eq!(field("port").constraints.len(), 1);
    assert!(field("data").nullable);
    assert_eq!(field("data").ty, Type::Bytes);
    assert_eq!(field("target").ty, Type::IntOrString);
    assert_eq!(field("any").ty, Type::Any);
    assert_eq!(field("raw").ty, Type::AnyObject);
    assert_eq!(field("limits").ty, Type::Map(Box::new(Type::IntOrString)));
    let (merge, life) = field("ports").merge.as_ref().unwrap();
    assert_eq!(*merge, Merge::By(vec!["port".to_owned()]));
    assert_eq!(life.since.as_ref().unwrap().to_string(), "1.1.0");
    assert_eq!(field("names").merge.as_ref().unwrap().0, Merge::Set);
    assert_eq!(
        field("ready")
            .default
            .as_ref()
            .unwrap()
            .life
            .since
            .as_ref()
            .unwrap()
            .to_string(),
        "2.0.0"
    );
    assert_eq!(
        field("late").life.until.as_ref().unwrap().to_string(),
        "2.0.0"
    );
    assert_eq!(fields(&catalog, "k8s.Container.inner.deep")[0].wire, "x");
    // Required since a release: one field before and one from then on.
    let port = fields(&catalog, "k8s.Port");
    assert_eq!(port.len(), 2);
    assert!(!port[0].required && port[1].required);
    assert_eq!(port[0].life.until, port[1].life.since);
    let atomic = match &catalog
        .types
        .iter()
        .find(|def| def.name == "k8s.Container")
        .unwrap()
        .body
    {
        TypeBody::Object(object) => object.atomic.clone(),
        _ => None,
    };
    assert_eq!(atomic.unwrap().since.unwrap().to_string(), "1.1.0");
}

#[test]
fn what_is_not_understood_is_refused_with_its_place() {
    let kind = "kind: A\nfields: []\n";
    for (schema, finding) in [
        (
            "{ type: string, minLength: 1 }",
            "HZ0328 an import can't express `minLength`",
        ),
        (
            "{ type: string, format: uuid }",
            "HZ0328 an import does not understand the format `uuid` here",
        ),
        ("{ type: text }", "HZ0328 an import understands `string`"),
        (
            "{ $ref: \"other.yaml#/X\" }",
            "HZ0328 an import follows references",
        ),
        (
            "{ $ref: \"#/components/schemas/Gone\" }",
            "HZ0304 there is no type `Gone`",
        ),
        (
            "{ type: array }",
            "HZ0303 a schema needs the keyword `items`",
        ),
        (
            "{ type: object, required: [x], properties: { y: { type: string } } }",
            "HZ0305 `required` names `x`",
        ),
        (
            "{ type: object, properties: { y: { type: string, default: 5 } } }",
            "HZ0310",
        ),
        (
            "{ type: object, properties: { y: { type: integer, minimum: 5, maximum: 1 } } }",
            "HZ0314",
        ),
        (
            "{ type: object, properties: { y: { type: string, x-herz-since: 1.5.0 } } }",
            "HZ0318",
        ),
        (
            "{ type: object, properties: { y: { type: array, items: { type: string }, x-kubernetes-list-type: map } } }",
            "HZ0328 a list of type `map`",
        ),
        ("[]", "HZ0302 a schema must be a map"),
        (
            "{ type: object, properties: { y: { type: string } }, additionalProperties: { type: string } }",
            "HZ0328 `properties` and a schema",
        ),
    ] {
        let (_, found) = import(&format!("    X: {schema}\n"), kind);
        assert!(found.contains(finding), "{schema}: {found}");
        assert_eq!(found.lines().count(), 1, "{schema}: {found}");
        assert!(found.starts_with("6:"), "{schema}: {found}");
    }
}

#[test]
fn other_documents_are_refused() {
    for (text, finding) in [
        ("openapi: 3.1.0\n", "must be OpenAPI 3.0"),
        ("swagger: '2.0'\n", "no use for `swagger`"),
        ("[]\n", "must be a map"),
        ("", ""),
        ("{", "HZ00"),
    ] {
        let files = [
            ("package.yaml", PACKAGE),
            ("k8s.yaml", text),
            ("kind.yaml", "kind: A\nfields: []\n"),
        ];
        let (_, found, sources) = compile_files(&files);
        let found = told(&found, &sources);
        assert!(found.contains(finding), "{text}: {found}");
    }
}
