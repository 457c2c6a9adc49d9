//! Snippets for editors: whole manifests to begin with.

use crate::document::Map;
use crate::target::View;
use herz_dsl::catalog::{Kind, Literal};
use herz_dsl::defaults::as_written;
use herz_dsl::explain::summary;
use herz_dsl::source::SourceId;
use herz_dsl::tree::{self, Limits};

/// A snippet for each example of a kind; without one, the head of a document.
pub(super) fn of_kind(view: &View<'_>, kind: &Kind) -> Vec<Literal> {
    let mut bodies: Vec<Literal> = kind.examples.iter().filter_map(|text| read(text)).collect();
    if bodies.is_empty() {
        let head = Map::new()
            .with("apiVersion", view.api_version(kind.package))
            .with("kind", kind.name.as_str())
            .with("metadata", Map::new().with("name", "${1:name}"))
            .with("spec", Map::new());
        bodies.push(head.literal());
    }
    let many = bodies.len() > 1;
    bodies
        .into_iter()
        .zip(1..)
        .map(|(body, number)| {
            let label = if many {
                format!("{} ({number})", kind.name)
            } else {
                kind.name.clone()
            };
            Map::new()
                .with("label", label)
                .with("description", summary(&kind.doc))
                .with("body", body)
                .literal()
        })
        .collect()
}

fn read(text: &str) -> Option<Literal> {
    let (tree, findings) = tree::parse(SourceId(0), text.as_bytes(), &Limits::default());
    findings.is_empty().then(|| {
        tree.documents()
            .next()
            .map(|document| as_written(document.root()))
    })?
}
