//! Where findings point, and what only several files show.

use crate::support::{compile_files, fine, found, pointed_at, told};

#[test]
fn places_inside_texts() {
    let kind = |cel: &str| {
        format!(
            "kind: A\nfields:\n  - {{ name: limit, type: int }}\nrules:\n  - name: r\n    message: m\n    cel: {cel}\n"
        )
    };
    for cel in [
        "self.limt > 0",
        "\"self.limt > 0\"",
        "'self.limt > 0'",
        "|\n      self.limt > 0\n",
        ">-\n      self.limit > 0\n      && self.limt > 0\n",
        "|\n      self.limit > 0 &&\n        self.limt > 0\n",
    ] {
        let place = pointed_at(&kind(cel));
        assert!(
            place.contains("limt") && place.len() <= "self.limt".len(),
            "{cel:?}: {place:?}"
        );
    }
    let path = "kind: A\nfields:\n  - { name: a, type: O }\nrules:\n  - { name: r, requires: [a.c] }\ntypes:\n  O: { fields: [{ name: b, type: string }] }\n";
    assert_eq!(pointed_at(path), "c");
    let side = path
        .replace("requires: [a.c]", "compare: \"a.c < a.b\"")
        .replace("type: string", "type: int");
    assert_eq!(pointed_at(&side), "c");
    assert_eq!(
        pointed_at("kind: A\nfields:\n  - { name: a, type: list<Gone> }\n"),
        "Gone"
    );
    assert_eq!(
        pointed_at("kind: A\nfields:\n  - { name: a, type: \"map<list<Gone>>\" }\n"),
        "Gone"
    );
    assert_eq!(
        pointed_at("kind: A\nfields:\n  - { name: a, type: string, pattern: \"^ab(?=c)\" }\n")
            .len(),
        1
    );
}

#[test]
fn suggestions_come_with_a_change() {
    let text =
        "kind: A\nfeilds:\n  - { name: a, type: strng }\nfields:\n  - { name: a, type: strng }\n";
    let (_, found, sources) = compile_files(&[("schema.yaml", text)]);
    assert_eq!(found.len(), 2, "{}", told(&found, &sources));
    for (finding, meant) in found.iter().zip(["fields", "string"]) {
        assert_eq!(finding.help, [format!("did you mean `{meant}`?")]);
        assert_eq!(finding.fixes[0].edits[0].text, meant);
    }
}

#[test]
fn clashes_show_both_places() {
    let one = (
        "a.yaml",
        "kind: A\nfields: [{ name: x, type: T }]\ntypes:\n  T: { enum: [x] }\n",
    );
    let other = ("b.yaml", "types:\n  T: { enum: [y] }\n");
    let (catalog, found, sources) = compile_files(&[other, one]);
    assert_eq!(
        told(&found, &sources),
        "2:3 HZ0307 a type has the name `T`, which a type has already\n"
    );
    let first = found[0].related[0].span;
    assert_eq!(&*sources.get(first.source).unwrap().name, "a.yaml");
    assert_eq!(
        catalog.types.iter().filter(|def| def.name == "T").count(),
        1
    );
}

#[test]
fn packages_refer_to_each_other() {
    let files = [
        ("a/package.yaml", "package: a\ngroup: a\n"),
        (
            "a/kind.yaml",
            "kind: A\nfields:\n  - { name: t, type: b.T }\n  - { name: k, type: b.B.spec }\n  - { name: n, type: b.B.status }\n",
        ),
        ("b/package.yaml", "package: b\ngroup: b\n"),
        (
            "b/kind.yaml",
            "kind: B\nfields: []\nstatus: T\ntypes:\n  T: { fields: [{ name: x, type: string }] }\n",
        ),
    ];
    let (catalog, found, sources) = compile_files(&files);
    assert_eq!(told(&found, &sources), "");
    assert_eq!(catalog.packages.len(), 2);
    let wrong = [
        files[0],
        (
            "a/kind.yaml",
            "kind: A\nfields:\n  - { name: t, type: b.TT }\n",
        ),
        files[2],
        files[3],
    ];
    let (_, found, sources) = compile_files(&wrong);
    assert_eq!(
        told(&found, &sources),
        "3:22 HZ0304 there is no type `b.TT`\n"
    );
    assert_eq!(found[0].help, ["did you mean `b.T`?"]);
}

#[test]
fn two_packages_of_one_name() {
    let package = "package: a\ngroup: a\n";
    let (_, found, sources) =
        compile_files(&[("x/package.yaml", package), ("y/package.yaml", package)]);
    assert_eq!(
        told(&found, &sources),
        "1:10 HZ0307 two packages have the name `a`\n"
    );
}

#[test]
fn examples_of_kinds_are_checked() {
    let kind = |spec: &str| {
        format!(
            "kind: A\nfields:\n  - {{ name: latency, type: duration }}\nexamples:\n  - |\n    apiVersion: local/v1alpha1\n    kind: A\n    metadata: {{ name: a }}\n    spec:\n      {spec}\n"
        )
    };
    fine(&kind("latency: 10ms"));
    let wrong = found(&kind("latncy: 10ms"));
    assert!(
        wrong.contains("10:7 HZ0322 the example is wrong at `spec.latncy`"),
        "{wrong}"
    );
    assert!(wrong.contains("[HZ0103]"), "{wrong}");
    let other = found(&kind("latency: 10ms").replace("    kind: A", "    kind: B"));
    assert!(other.contains("HZ0322"), "{other}");
}

#[test]
fn yaml_that_is_broken_is_told_once() {
    let (_, found, sources) = compile_files(&[("schema.yaml", "kind: A\nfields: [\n")]);
    assert_eq!(found.len(), 1, "{}", told(&found, &sources));
    let (_, found, sources) = compile_files(&[("schema.yaml", "kind: *nowhere\nfields: []\n")]);
    assert_eq!(found.len(), 1, "{}", told(&found, &sources));
}
