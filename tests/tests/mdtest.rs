//! All pages: those of the codes, and `tests/mdtest/`.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout
)]

use herz_dsl::diagnostic::codes;
use herz_tests::mdtest::{Page, Report, run};
use std::path::PathBuf;

/// The Markdown files at and below a folder, in order.
fn pages(folder: &str) -> Vec<PathBuf> {
    let mut pages = Vec::new();
    let mut open = vec![herz_tests::top(folder)];
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(
                std::fs::read_dir(path)
                    .unwrap()
                    .map(|entry| entry.unwrap().path()),
            );
        } else if path.extension().is_some_and(|extension| extension == "md") {
            pages.push(path);
        }
    }
    pages.sort();
    pages
}

fn run_all(pages: &[PathBuf]) -> Report {
    let mut report = Report::default();
    for path in pages {
        run(
            &Page::read(path).unwrap(),
            herz_tests::built_in(),
            &mut report,
        );
    }
    println!(
        "{} pages, {} blocks, {} announced findings found, {} failures",
        report.pages,
        report.blocks,
        report.found,
        report.failures.len()
    );
    report
}

#[test]
fn pages_of_codes() {
    let report = run_all(&pages("herz-dsl/diagnostics"));
    assert!(report.pages > 0 && report.blocks + 2 >= 2 * report.pages);
    assert!(
        report.failures.is_empty(),
        "\n{}",
        report.failures.join("\n")
    );
}

#[test]
fn other_pages() {
    let report = run_all(&pages("tests/mdtest"));
    assert!(report.blocks > 0);
    assert!(
        report.failures.is_empty(),
        "\n{}",
        report.failures.join("\n")
    );
}

/// Codes that no manifest or schema can show: about files, contracts that are compared, and what
/// is generated.
const WITHOUT_EXAMPLE: &[&str] = &[
    "HZ0010", "HZ0401", "HZ0402", "HZ0403", "HZ0404", "HZ0501", "HZ0502", "HZ0503", "HZ0515",
    "HZ0631", "HZ0641", "HZ0642", "HZ0643",
];

/// Every code has a page, every page a code; a page shows its code, and how it is right.
#[test]
fn codes_and_pages_agree() {
    let mut wrong = Vec::new();
    let all = codes::all();
    for code in &all {
        let Some(text) = codes::page(code.as_str()) else {
            wrong.push(format!("{code} has no page"));
            continue;
        };
        let page = Page::parse(&PathBuf::from(format!("{code}.md")), text);
        if !page.title.starts_with(&format!("# {code}: ")) {
            wrong.push(format!("{code}: the first line is `# {code}: …`"));
        }
        if WITHOUT_EXAMPLE.contains(&code.as_str()) {
            continue;
        }
        let shown = page
            .blocks
            .iter()
            .any(|block| block.announced.iter().any(|one| one.code == code.as_str()));
        if !shown {
            wrong.push(format!("{code}: no example shows it"));
        }
        if page.blocks.iter().all(|block| !block.announced.is_empty()) {
            wrong.push(format!("{code}: no example is right"));
        }
    }
    for path in pages("herz-dsl/diagnostics") {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        if all.iter().all(|code| code.as_str() != name) {
            wrong.push(format!("{} is the page of no code", path.display()));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
