//! The examples on the pages of schema findings say themselves what is found in them.
//! This runner lives until the Markdown test harness runs all pages.

use crate::support::run_markdown;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/diagnostics");

#[test]
fn pages_tell_the_truth() {
    let mut pages: Vec<_> = std::fs::read_dir(FOLDER)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    pages.sort();
    let mut all = 0;
    for page in pages
        .iter()
        .filter(|page| page.to_string_lossy().contains("HZ03"))
    {
        let (examples, different) = run_markdown(&std::fs::read_to_string(page).unwrap());
        assert!(different.is_empty(), "{}:\n{different}", page.display());
        all += examples;
    }
    assert!(all >= 64, "{all} examples");
}

#[test]
fn every_schema_code_has_a_page() {
    for code in herz_dsl::diagnostic::codes::all() {
        if code.as_str().starts_with("HZ03") {
            let path = format!("{FOLDER}/{code}.md");
            assert!(std::path::Path::new(&path).exists(), "{path}");
        }
    }
}
