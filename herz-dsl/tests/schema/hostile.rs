//! Texts that nobody means: the compiler answers with findings, never with a panic.

use crate::support::compile_files;
use proptest::prelude::*;

const SEED: &str = include_str!("everything.yaml");
const PACKAGE: &str = include_str!("everything-package.yaml");
const WORDS: &[&str] = &[
    "name",
    "type",
    "fields",
    "rules",
    "when",
    "enum",
    "[]",
    "{}",
    "null",
    "list<",
    ">",
    "..",
    "0..1",
    "*a",
    "&a",
    "- ",
    ": ",
    "\n",
    "  ",
    "\"",
    "'",
    "self.a",
    "1.1.0",
    "union",
    "cases",
    "include",
    "|",
    "duration(go)?",
    "${x}",
    "[a]",
    "#",
    "é",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let provider = herz_dsl::compile::Texts([("a.yaml".to_owned(), bytes)].into());
        let mut sources = herz_dsl::source::Sources::new();
        let (packages, _) = herz_dsl::compile::load(&provider, &["a.yaml"], &mut sources);
        let _ = herz_dsl::compile::compile(&packages);
    }

    #[test]
    fn mutated_schemas(edits in proptest::collection::vec((any::<prop::sample::Index>(), 0usize..30, any::<prop::sample::Index>()), 1..6)) {
        let mut text = SEED.to_owned();
        for (at, cut, word) in edits {
            let mut from = at.index(text.len());
            while !text.is_char_boundary(from) { from -= 1; }
            let mut to = (from + cut).min(text.len());
            while !text.is_char_boundary(to) { to += 1; }
            let word: &&str = word.get(WORDS);
            text.replace_range(from..to, word);
        }
        let (_, found, sources) = compile_files(&[("package.yaml", PACKAGE), ("a.yaml", &text)]);
        for finding in found {
            if let Some(span) = finding.span {
                let source = sources.get(span.source).unwrap();
                prop_assert!(source.text.get(span.range()).is_some(), "{finding:?}");
            }
            prop_assert!(!finding.message.is_empty());
        }
    }

    #[test]
    fn lines_left_out_or_swapped(one in any::<prop::sample::Index>(), other in any::<prop::sample::Index>(), swap in any::<bool>()) {
        let mut lines: Vec<&str> = SEED.lines().collect();
        let (one, other) = (one.index(lines.len()), other.index(lines.len()));
        if swap { lines.swap(one, other); } else { lines.remove(one); }
        compile_files(&[("package.yaml", PACKAGE), ("a.yaml", &lines.join("\n"))]);
    }
}

#[test]
fn deep_types_paths_and_expressions() {
    let deep = "list<".repeat(100_000);
    let path = "a.".repeat(100_000);
    let parens = "(".repeat(100_000);
    for text in [
        format!("kind: A\nfields:\n  - {{ name: a, type: \"{deep}\" }}\n"),
        format!(
            "kind: A\nfields:\n  - {{ name: a, type: string }}\nrules:\n  - {{ name: r, requires: [\"{path}a\"] }}\n"
        ),
        format!(
            "kind: A\nfields:\n  - {{ name: a, type: string }}\nrules:\n  - {{ name: r, message: m, cel: \"{parens}\" }}\n"
        ),
        format!("kind: A\nfields:\n  - {{ name: a, type: string, pattern: \"{parens}\" }}\n"),
        format!(
            "kind: A\nfields:\n  - {{ name: a, type: int, range: \"{}..\" }}\n",
            "9".repeat(100_000)
        ),
        format!("kind: A\nfields: {}\n", "[".repeat(100_000)),
    ] {
        let (_, found, _) = compile_files(&[("a.yaml", &text)]);
        assert!(!found.is_empty());
    }
}

#[test]
fn long_chains_of_types() {
    // Each type needs the next one, and each group includes the next one.
    let mut text = "kind: A\ninclude: [G0]\nfields: [{ name: t, type: T0 }]\ntypes:\n".to_owned();
    for i in 0..2_000 {
        text.push_str(&format!(
            "  T{i}: {{ fields: [{{ name: next, type: T{} }}] }}\n",
            i + 1
        ));
    }
    text.push_str("  T2000: { fields: [] }\ngroups:\n");
    for i in 0..500 {
        text.push_str(&format!(
            "  G{i}: {{ include: [G{}], fields: [{{ name: g{i}x, type: string }}] }}\n",
            i + 1
        ));
    }
    text.push_str("  G500: { fields: [{ name: last, type: string }] }\n");
    let (catalog, found, _) = compile_files(&[("a.yaml", &text)]);
    assert_eq!(found, []);
    assert_eq!(catalog.types.len(), 2_002);
}
