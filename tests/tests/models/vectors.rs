//! The shared vectors: documents, what Rust finds in each, and how Rust writes it.

use herz::{ChaosSpec, Validate};
use herz_dsl::source::SourceId;
use herz_dsl::tree::{self, Limits};
use herz_tests::generate::Generator;
use herz_tests::{built_in, top};
use herz_types::read::{Read, Reader};
use serde_json::{Map, Value, json};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use tempfile::TempDir;

/// One line: the document and Rust's verdict on it.
fn line(document: &Value) -> String {
    let mut cx = Reader::default();
    let read = ChaosSpec::read(document, &mut cx).filter(|_| !cx.failed());
    let mut found = cx.into_findings();
    let mut row = Map::new();
    row.insert("document".to_owned(), document.clone());
    if let Some(read) = read {
        found.extend(read.validate());
        let written = serde_json::to_value(&read).expect("everything can be written");
        row.insert("written".to_owned(), written);
    }
    let found = found.iter().map(|one| {
        json!({
            "code": one.code.as_str(),
            "level": one.level,
            "path": one.path.to_string(),
            "message": one.message,
        })
    });
    row.insert("found".to_owned(), found.collect());
    Value::Object(row).to_string()
}

/// The file of vectors, the same for all languages, and how many there are. `HERZ_MODELS_KEEP` names a
/// file to keep them in.
pub(crate) fn shared() -> (&'static str, usize) {
    static SHARED: OnceLock<(TempDir, String, usize)> = OnceLock::new();
    let (_, path, count) = SHARED.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a folder");
        let path = std::env::var_os("HERZ_MODELS_KEEP")
            .map_or_else(|| folder.path().join("vectors.jsonl"), PathBuf::from);
        let count = write(&path);
        (folder, path.display().to_string(), count)
    });
    (path, *count)
}

/// Writes the vectors to a file; says how many there are.
fn write(path: &Path) -> usize {
    let each = std::env::var("HERZ_MODELS_EACH")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(40);
    let catalog = built_in();
    let mut lines = Vec::new();
    for (number, kind) in (1000..).zip(&catalog.kinds) {
        let mut generator = Generator::new(catalog, number);
        lines.extend((0..each).map(|_| line(&generator.document(kind))));
    }
    let generated = lines.len();
    let corpus = std::env::var_os("HERZ_CORPUS")
        .map_or_else(|| top("../shared/corpus"), PathBuf::from)
        .join("chaos-mesh");
    if corpus.is_dir() {
        let mut files = Vec::new();
        for part in ["valid", "invalid"] {
            gather(&corpus.join(part), &mut files);
        }
        files.sort();
        lines.extend(
            files
                .iter()
                .flat_map(|file| documents(file))
                .map(|one| line(&one)),
        );
    } else {
        println!(
            "SKIPPED: no corpus at {}; set HERZ_CORPUS to its folder",
            corpus.display()
        );
    }
    for odd in odd() {
        lines.push(line(&odd));
    }
    println!(
        "{} documents: {generated} generated, {each} a kind",
        lines.len()
    );
    std::fs::write(path, lines.join("\n")).expect("the vectors are written");
    lines.len()
}

/// Documents that are none, or hardly one.
fn odd() -> Vec<Value> {
    let network = |spec: Value| {
        json!({
            "apiVersion": "chaos-mesh.org/v1alpha1", "kind": "NetworkChaos",
            "metadata": { "name": "a", "annotations": { "ü/\u{1F600}": "\u{0}\u{7f}\n" } }, "spec": spec,
        })
    };
    vec![
        Value::Null,
        json!([]),
        json!("text"),
        json!({}),
        json!({ "apiVersion": 1, "kind": null }),
        json!({ "apiVersion": "chaos-mesh.org/v9", "kind": "NetworkChaos" }),
        json!({ "apiVersion": "chaos-mesh.org/v1alpha1", "kind": "NoSuchChaos" }),
        json!({ "apiVersion": "nobody.example/v1", "kind": "\u{202e}x" }),
        network(
            json!({ "a.b": 1, "ü\"\\": { "deep": [1.5, 1e300, -0.0, 5.0, u64::MAX, i64::MIN] } }),
        ),
        network(json!({ "mode": "one\u{200b}", "action": "x".repeat(1000), "selector": 1e21 })),
        network(json!({ "Mode": "one", "DURATION": "5", "duration": "5 минут\u{301}" })),
    ]
}

/// The YAML files at and below a folder.
fn gather(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder of the corpus") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            gather(&path, files);
        } else if path.extension().is_some_and(|end| end == "yaml") {
            files.push(path);
        }
    }
}

fn documents(file: &Path) -> Vec<Value> {
    let bytes = std::fs::read(file).expect("a file of the corpus");
    let (tree, _) = tree::parse(SourceId(0), &bytes, &Limits::default());
    tree.documents()
        .map(|document| document.root().to_json())
        .collect()
}
