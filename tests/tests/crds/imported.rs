//! CRDs that are imported, compiled, and emitted again are those that were imported.

use super::{compare, emitted, shipped};
use herz_dsl::compile::{self, Texts};
use herz_dsl::import::{self, Imported, Options};
use herz_dsl::source::{SourceId, Sources};
use herz_tests::corpus;
use std::collections::BTreeMap;

fn compiled(imported: &Imported) -> herz_dsl::catalog::Catalog {
    let texts = imported.files.iter();
    let texts: BTreeMap<_, _> = texts
        .map(|(name, text)| (name.clone(), text.clone().into_bytes()))
        .collect();
    let (packages, unreadable) = compile::load(&Texts(texts), &["."], &mut Sources::new());
    let (catalog, findings) = compile::compile(&packages);
    assert!(
        unreadable.is_empty() && findings.is_empty(),
        "{findings:#?}"
    );
    catalog
}

#[test]
fn imported_crds_are_emitted_as_they_were() {
    let Some(folder) = corpus("chaos-mesh/crds") else {
        return;
    };
    let mut shipped = shipped::Shipped::open(&folder);
    let (mut compared, mut differences, mut kinds) = (0, Vec::new(), 0);
    for release in ["v2.6.7", "v2.7.3", "v2.8.3"] {
        let mut files: Vec<_> = std::fs::read_dir(folder.join(release))
            .expect("a folder of CRDs")
            .map(|entry| std::fs::read(entry.expect("an entry").path()).expect("a CRD"))
            .collect();
        files.sort();
        let sources: Vec<_> = (0..)
            .map(SourceId)
            .zip(files.iter().map(Vec::as_slice))
            .collect();
        let imported = import::import(&sources, &Options::default());
        assert_eq!(imported.findings, [], "nothing is left out");
        let catalog = compiled(&imported);
        let ours = emitted(&catalog, &catalog.packages[0].releases[0]);
        let theirs = shipped.at(release);
        assert!(ours.keys().eq(theirs.keys()), "kinds of {release}");
        for (kind, theirs) in &theirs {
            let path = format!("{release} {kind}");
            compare(&ours[kind], theirs, &path, &mut compared, &mut differences);
        }
        kinds += theirs.len();
        // In another order of files the text is the same.
        let turned: Vec<_> = sources.iter().rev().copied().collect();
        assert_eq!(
            import::import(&turned, &Options::default()).files,
            imported.files
        );
    }
    let equal = compared - differences.len();
    println!("{kinds} kinds imported, compiled and emitted: {equal} of {compared} values equal");
    assert!(compared > 30_000, "something was compared");
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

fn import_text(text: &str, components: &[&str]) -> Imported {
    let options = Options {
        package: Some("acme".to_owned()),
        components: components.iter().map(|&name| name.to_owned()).collect(),
    };
    import::import(&[(SourceId(0), text.as_bytes())], &options)
}

/// A CRD with that schema of `spec`.
fn crd(spec: &str, rest: &str) -> String {
    format!(
        "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {{ name: a.acme.example }}\nspec:\n  \
         group: acme.example\n  scope: Namespaced\n  names: {{ kind: Disk, plural: disks }}\n  versions:\n  - name: v1\n    \
         served: true\n    storage: true\n{rest}    schema:\n      openAPIV3Schema:\n        type: object\n        properties:\n          \
         spec: {spec}\n"
    )
}

#[test]
fn what_has_no_words_is_told_at_its_place() {
    let table = [
        (
            "{ type: object, properties: { a: { type: integer, not: { enum: [3] } } } }",
            "",
            "`not` is left out",
        ),
        (
            "{ type: object, properties: { a: { type: string, format: uuid } } }",
            "",
            "the format `uuid` is left out",
        ),
        (
            "{ type: object, properties: { a: { type: string, pattern: '(?=a)' } } }",
            "",
            "the pattern is left out",
        ),
        (
            "{ type: object, properties: { a: { type: strin } } }",
            "",
            "the type `strin` is not known",
        ),
        (
            "{ type: object, required: [b], properties: { a: { type: string } } }",
            "",
            "`required` names `b`",
        ),
        (
            "{ type: object, properties: { a: { type: string, x-kubernetes-validations: [] } } }",
            "",
            "these CEL rules are left out",
        ),
        (
            "{ type: object, properties: { a: { type: array, items: { type: string, nullable: true } } } }",
            "",
            "`nullable` of items",
        ),
        (
            "{ type: object, properties: { a: { type: string } } }",
            "    subresources: { scale: {} }\n",
            "the subresource `scale` is left out",
        ),
        (
            "{ type: object, properties: { a: { type: string } } }",
            "    additionalPrinterColumns: [{ name: A, jsonPath: '.metadata.name', type: string }]\n",
            "the column `A` is left out",
        ),
        (
            "{ type: object, properties: { a: { type: string } } }",
            "    selectableFields: []\n",
            "`selectableFields` is left out",
        ),
    ];
    for (spec, rest, part) in table {
        let imported = import_text(&crd(spec, rest), &[]);
        let told: Vec<_> = imported.findings.iter().map(|one| &one.message).collect();
        assert_eq!(told.len(), 1, "{spec}{rest}: {told:?}");
        assert!(told[0].contains(part), "{told:?}");
        let finding = &imported.findings[0];
        assert_eq!(finding.code.as_str(), "HZ0515");
        assert!(finding.span.is_some());
        // What is left is a package all the same.
        assert_eq!(compiled(&imported).kinds.len(), 1);
    }
}

#[test]
fn schemas_of_openapi_documents_become_types() {
    let text = "
openapi: 3.0.3
info: { title: T, version: 1.0.0 }
paths: {}
components:
  schemas:
    Fault:
      type: object
      required: [disk]
      properties:
        disk: { $ref: '#/components/schemas/Disk' }
        level: { type: integer, format: int32, minimum: 1, maximum: 9, default: 3 }
        labels: { type: object, additionalProperties: { type: string, maxLength: 63 } }
        next: { allOf: [{ $ref: '#/components/schemas/Fault' }] }
    Disk: { type: string, enum: [fast, slow] }
    Other: { type: object, properties: {} }
";
    let imported = import_text(text, &["Fault"]);
    assert_eq!(imported.findings, []);
    let types = &imported.files[1];
    assert_eq!(types.0, "types.yaml");
    for part in [
        "Fault:",
        "range: \"1..9\"",
        "type: Disk",
        "map<LabelsValue>",
        "length: \"..63\"",
        "type: Fault",
    ] {
        assert!(types.1.contains(part), "{part} in {}", types.1);
    }
    assert!(!types.1.contains("Other"));
    let wrong = import_text(text, &["Falt"]);
    assert!(wrong.files.is_empty());
    assert!(wrong.findings[0].message.contains("did you mean `Fault`?"));
}

#[test]
fn hostile_texts_are_findings() {
    let good = crd("{ type: object, properties: { a: { type: string } } }", "");
    let other = good
        .replace("acme.example", "else.example")
        .replace("kind: Disk", "kind: Else");
    for text in [
        "",
        "5",
        "[]",
        "a: [",
        "kind: Pod\n",
        "kind: CustomResourceDefinition\n",
        "kind: CustomResourceDefinition\nspec: { names: { kind: 'a b' }, versions: 5 }\n",
        "kind: CustomResourceDefinition\nspec: { names: { kind: A }, versions: [{ name: v1 }] }\n",
        "kind: CustomResourceDefinition\nspec: { names: { kind: A }, versions: [{ name: v1, storage: true }] }\n",
        "openapi: 3.0.3\ncomponents: { schemas: { A-b: {}, A_b: {} } }\n",
        &format!("{good}---\n{good}"),
        &format!("{good}---\n{other}"),
    ] {
        let imported = import_text(text, &[]);
        assert!(imported.files.is_empty(), "{text:?}");
        assert!(!imported.findings.is_empty(), "{text:?}");
    }
    // Cut off anywhere: findings or a package, and never a panic.
    for at in (0..good.len()).filter(|at| good.is_char_boundary(*at)) {
        let imported = import_text(&good[..at], &[]);
        assert!(!imported.files.is_empty() || !imported.findings.is_empty());
    }
    let endless = "openapi: 3.0.3\ncomponents: { schemas: { A: { $ref: '#/components/schemas/A' }, B: { allOf: [{ $ref: '#/components/schemas/B' }] } } }\n";
    let _ = import_text(endless, &[]);
}
