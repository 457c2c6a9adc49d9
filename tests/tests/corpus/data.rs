//! The corpus and the schemas, read once.

use herz_dsl::catalog::{Catalog, Targets};
use herz_dsl::check::{Checker, Outcome};
use herz_dsl::compile;
use herz_dsl::diagnostic::{Diagnostic, Level};
use herz_dsl::source::{SourceId, Sources};
use herz_dsl::tree::{self, Limits, Tree};
use herz_types::codes;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// The releases that the corpus was judged by.
pub(crate) const RELEASES: [&str; 3] = ["v2.6.7", "v2.7.3", "v2.8.3"];

/// A case of `invalid/cases.json`, or a manifest of `valid/index.json`.
#[derive(Debug, Deserialize)]
pub(crate) struct Case {
    pub(crate) file: String,
    #[serde(default = "create")]
    pub(crate) operation: String,
    #[serde(default)]
    pub(crate) old_file: Option<String>,
    #[serde(default)]
    pub(crate) reason: String,
    #[serde(default)]
    pub(crate) schema_errors: Vec<SchemaError>,
    #[serde(default)]
    pub(crate) webhook_error: String,
    pub(crate) by_version: BTreeMap<String, String>,
}

fn create() -> String {
    "CREATE".to_owned()
}

#[derive(Debug, Deserialize)]
pub(crate) struct SchemaError {
    pub(crate) path: String,
}

/// The folder of the Chaos Mesh corpus, if there is one.
pub(crate) fn folder() -> Option<PathBuf> {
    herz_tests::corpus("chaos-mesh")
}

/// All cases, those of `valid/` too.
pub(crate) fn cases(folder: &Path) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    for index in ["invalid/cases.json", "valid/index.json"] {
        let text = std::fs::read_to_string(folder.join(index)).expect(index);
        let more: Vec<Case> = serde_json::from_str(&text).expect(index);
        cases.extend(more);
    }
    cases
}

/// The Chaos Mesh schemas of this workspace.
pub(crate) fn catalog() -> &'static Catalog {
    static CATALOG: OnceLock<Catalog> = OnceLock::new();
    CATALOG.get_or_init(|| {
        let mut sources = Sources::new();
        let path = herz_tests::top("schemas/chaos-mesh");
        let path = path.to_str().expect("a path that is text");
        let (packages, mut diagnostics) = compile::load(&compile::Folders, &[path], &mut sources);
        let (catalog, more) = compile::compile(&packages);
        diagnostics.extend(more);
        let errors: Vec<&Diagnostic> = diagnostics
            .iter()
            .filter(|d| d.level == Level::Error)
            .collect();
        assert!(
            errors.is_empty(),
            "schemas/chaos-mesh does not compile: {errors:#?}"
        );
        catalog
    })
}

/// A checker for a release such as `v2.6.7`.
pub(crate) fn checker(release: &str) -> Checker<'static> {
    let targets: Targets = format!("chaos-mesh@{release}").parse().expect(release);
    targets.check(catalog()).expect(release);
    Checker::new(catalog(), &targets)
}

/// A file of the corpus as a tree.
pub(crate) fn read(folder: &Path, file: &str) -> (Tree, Vec<Diagnostic>) {
    let bytes = std::fs::read(folder.join(file)).expect(file);
    tree::parse(SourceId(0), &bytes, &Limits::default())
}

/// What Herz finds in a case.
pub(crate) fn judge(folder: &Path, case: &Case, checker: &Checker<'_>) -> Vec<Diagnostic> {
    let (tree, mut diagnostics) = read(folder, &case.file);
    let outcome = match (case.operation.as_str(), &case.old_file) {
        // Chaos Mesh does not look at deletions, and neither does an API server.
        ("DELETE", _) => return Vec::new(),
        ("UPDATE", Some(old)) => {
            let (old, _) = read(folder, old);
            let mut outcome = Outcome::default();
            for (old, new) in old.documents().zip(tree.documents()) {
                checker.check_update(old.root(), new.root(), new.index(), &mut outcome);
            }
            outcome
        }
        _ => checker.check_source(&tree),
    };
    assert_eq!(outcome.skipped, 0, "{} is skipped", case.file);
    diagnostics.extend(outcome.diagnostics);
    diagnostics
}

/// Whether a finding makes the verdict «reject»: an error other than an unknown field, which an
/// API server prunes.
pub(crate) fn rejects(diagnostic: &Diagnostic) -> bool {
    let unknown_field = diagnostic.code == codes::UNKNOWN_FIELD
        || (matches!(diagnostic.code, codes::TOO_NEW | codes::GONE)
            && diagnostic.message.starts_with("field "));
    diagnostic.level == Level::Error && !unknown_field
}
