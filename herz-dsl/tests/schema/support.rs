//! Compiling texts in tests.

use herz_dsl::catalog::Catalog;
use herz_dsl::compile::{self, Texts};
use herz_dsl::diagnostic::Diagnostic;
use herz_dsl::source::Sources;
use std::fmt::Write as _;

/// Texts by path, compiled. `k8s.yaml` is an import and no schema.
pub(crate) fn compile_files(files: &[(&str, &str)]) -> (Catalog, Vec<Diagnostic>, Sources) {
    let texts = files
        .iter()
        .map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()));
    let provider = Texts(texts.collect());
    let names: Vec<&str> = files
        .iter()
        .map(|(name, _)| *name)
        .filter(|name| *name != "k8s.yaml")
        .collect();
    let mut sources = Sources::new();
    let (packages, mut found) = compile::load(&provider, &names, &mut sources);
    let (catalog, more) = compile::compile(&packages);
    found.extend(more);
    (catalog, found, sources)
}

/// One schema without a package that must be without findings.
pub(crate) fn fine(text: &str) -> Catalog {
    let (catalog, found, sources) = compile_files(&[("schema.yaml", text)]);
    assert_eq!(told(&found, &sources), "", "{text}");
    catalog
}

/// One schema's findings, a line each: `line:column CODE message`.
pub(crate) fn found(text: &str) -> String {
    let (_, found, sources) = compile_files(&[("schema.yaml", text)]);
    told(&found, &sources)
}

/// Findings as text, a line each.
pub(crate) fn told(found: &[Diagnostic], sources: &Sources) -> String {
    let mut out = String::new();
    for finding in found {
        let place = finding.span.map_or_else(String::new, |span| {
            let position = sources.get(span.source).unwrap().position(span.start);
            format!("{}:{}", position.line, position.column)
        });
        writeln!(out, "{place} {} {}", finding.code, finding.message).unwrap();
    }
    out
}

/// The written text that the only finding of a schema points at.
pub(crate) fn pointed_at(text: &str) -> String {
    let (_, found, sources) = compile_files(&[("schema.yaml", text)]);
    assert_eq!(found.len(), 1, "{}", told(&found, &sources));
    let span = found[0].span.unwrap();
    sources.get(span.source).unwrap().text[span.range()].to_owned()
}
