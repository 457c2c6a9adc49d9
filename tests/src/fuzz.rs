//! What may be done with any bytes whatever, without a crash: the fuzz targets.
//!
//! `fuzz/` at the top hands these to cargo-fuzz; `tests/tests/fuzz.rs` replays the corpus and some
//! thousand mutations of it on stable Rust.

use crate::built_in;
use herz_dsl::breaking::{Policy, Report};
use herz_dsl::catalog::Targets;
use herz_dsl::check::Checker;
use herz_dsl::compat::{self, Inputs, NoDocuments};
use herz_dsl::compile::{self, Texts};
use herz_dsl::contract::Contract;
use herz_dsl::diagnostic::Diagnostic;
use herz_dsl::diagnostic::render::{self, JsonReport, Summary, TextOptions, Texts as Sourced};
use herz_dsl::openapi::Document;
use herz_dsl::source::{Source, SourceId, Sources};
use herz_dsl::tree::{self, Limits, Node, Tree};
use std::sync::LazyLock;

/// A target's name and what it does.
pub type Target = (&'static str, fn(&[u8]));

/// All targets.
pub const TARGETS: &[Target] = &[
    ("tree", tree),
    ("schema", schema),
    ("document", document),
    ("readers", readers),
    ("policy", policy),
    ("matrix", matrix),
    ("import", import),
    ("contract", contract),
];

/// Reads bytes as YAML, walks all of the tree and shows all findings.
pub fn tree(bytes: &[u8]) {
    let (tree, findings) = tree::parse(SourceId(0), bytes, &limits());
    for document in tree.documents() {
        walk(document.root(), &tree);
        let _ = document.root().to_json();
    }
    show(&findings, &Source::new("fuzz.yaml", tree.text().clone()));
}

/// Reads bytes by the fast reader and the full one: where the fast one does not decline, the
/// trees are the same in every byte, and there is nothing to tell.
pub fn readers(bytes: &[u8]) {
    let _ = both_read(bytes, &limits());
}

/// Does what [`readers`] does, and says whether the fast reader read it.
pub fn both_read(bytes: &[u8], limits: &Limits) -> bool {
    let Some(fast) = tree::parse_fast(SourceId(0), bytes, limits) else {
        return false;
    };
    let (full, findings) = tree::parse_full(SourceId(0), bytes, limits);
    assert_eq!(findings, [], "the fast reader tells nothing");
    assert_eq!(fast, full, "the fast reader (left) and the full one agree");
    true
}

/// Compiles bytes as a package: a `package.yaml`, and behind `--8<--` on a line of its own further files.
pub fn schema(bytes: &[u8]) {
    let mut files = std::collections::BTreeMap::new();
    let mut rest = bytes;
    for name in ["package.yaml", "kinds.yaml", "types.yaml", "import.yaml"] {
        let (file, behind) = cut(rest);
        if !file.is_empty() {
            files.insert(name.to_owned(), file.to_vec());
        }
        rest = behind;
    }
    let mut sources = Sources::new();
    let paths = ["package.yaml", "kinds.yaml", "types.yaml"];
    let paths: Vec<&str> = paths
        .into_iter()
        .filter(|path| files.contains_key(*path))
        .collect();
    let (packages, mut findings) = compile::load(&Texts(files), &paths, &mut sources);
    let (catalog, found) = compile::compile(&packages);
    findings.extend(found);
    show(&findings, &sources);
    let _ = catalog.at(&Targets::newest());
    // What has errors is still good for editors, so it may not crash a check either.
    let (tree, _) = tree::parse(SourceId(0), bytes, &limits());
    Checker::new(&catalog, &Targets::newest()).check_source(&tree);
}

/// Checks bytes as documents against the packages in `schemas/`.
pub fn document(bytes: &[u8]) {
    static CHECKER: LazyLock<Checker<'static>> =
        LazyLock::new(|| Checker::new(built_in(), &Targets::newest()));
    let (tree, findings) = tree::parse(SourceId(0), bytes, &limits());
    let mut outcome = CHECKER.check_source(&tree);
    outcome.add_reading(findings);
    show(&outcome.diagnostics, &outcome.source("fuzz.yaml", &tree));
}

/// Limits that a small text can pass.
fn limits() -> Limits {
    Limits {
        bytes: 1 << 20,
        expanded: 10_000,
        ..Limits::default()
    }
}

/// The bytes before and behind a line `--8<--`.
fn cut(bytes: &[u8]) -> (&[u8], &[u8]) {
    const MARK: &[u8] = b"\n--8<--\n";
    match bytes.windows(MARK.len()).position(|window| window == MARK) {
        Some(at) => {
            let (before, behind) = bytes.split_at(at + 1);
            (before, behind.get(MARK.len() - 1..).unwrap_or(&[]))
        }
        None => (bytes, &[]),
    }
}

fn walk(node: Node<'_>, tree: &Tree) {
    assert!(
        tree.text().get(node.span().range()).is_some(),
        "a place lies in the text"
    );
    assert!(
        tree.text().get(node.place().range()).is_some(),
        "a place lies in the text"
    );
    node.items().for_each(|item| walk(item, tree));
    for entry in node.entries() {
        assert!(
            node.get(entry.key.text).is_some(),
            "an entry is found by its key"
        );
        walk(entry.value, tree);
    }
}

/// Renders findings in all forms; nothing in them may reach a terminal that it would obey.
/// Reads bytes as a policy of exceptions, and applies it to a report.
pub fn policy(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let (policy, findings) = Policy::read(SourceId(0), &text);
    show(&findings, &Source::new("policy.toml", text.as_ref()));
    let mut report = Report::default();
    if let Ok(today) = "2027-02-01".parse() {
        let findings = policy.apply(&mut report, today);
        show(&findings, &Source::new("policy.toml", text.as_ref()));
    }
}

/// Reads bytes as a compatibility matrix, checks it against the built-in schemas, and asks for rows.
pub fn matrix(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let (matrix, mut findings) = compat::read(SourceId(0), &text);
    let inputs = Inputs {
        source: (SourceId(0), &text),
        catalog: Some(built_in()),
        today: None,
        published: Some(&matrix),
        documents: &NoDocuments,
        fresh: false,
    };
    findings.extend(compat::check(&matrix, &inputs));
    show(&findings, &Source::new("compat-matrix.toml", text.as_ref()));
    let _ = matrix.newest_first();
}

/// Imports bytes as a CRD or an OpenAPI document; what comes out is read as schemas again.
pub fn import(bytes: &[u8]) {
    let imported = herz_dsl::import::import(
        &[(SourceId(0), bytes)],
        &herz_dsl::import::Options::default(),
    );
    show(&imported.findings, &source(bytes));
    let mut texts = Vec::new();
    for (path, text) in imported.files {
        texts.push((path, text.into_bytes()));
    }
    if texts.is_empty() {
        return;
    }
    let mut sources = Sources::new();
    let names: Vec<String> = texts.iter().map(|(path, _)| path.clone()).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let (packages, mut findings) =
        compile::load(&Texts(texts.into_iter().collect()), &names, &mut sources);
    findings.extend(compile::compile(&packages).1);
    show(&findings, &sources);
}

/// Reads bytes as an OpenAPI document with a contract.
pub fn contract(bytes: &[u8]) {
    let (document, mut findings) = Document::read(SourceId(0), bytes);
    if let Some(document) = document {
        findings.extend(Contract::of(&document, "fuzz.yaml", built_in()).1);
    }
    show(&findings, &source(bytes));
}

/// Bytes as the source that findings point into.
fn source(bytes: &[u8]) -> Source {
    let (tree, _) = tree::parse(SourceId(0), bytes, &limits());
    Source::new("fuzz.yaml", tree.text().clone())
}

fn show(findings: &[Diagnostic], texts: &dyn Sourced) {
    let mut out = String::new();
    let _ = render::text(&mut out, findings, texts, TextOptions::default());
    let _ = render::github(&mut out, findings, texts);
    assert!(out.chars().all(|c| c == '\n' || !c.is_control()), "{out:?}");
    if let Ok(mut report) = JsonReport::begin(&mut out) {
        let _ = report.add(&mut out, findings, texts);
        let _ = report.finish(&mut out, &Summary::default());
    }
}
