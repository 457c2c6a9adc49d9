//! Tree -> owned values. The only place of the schema reader that sees the YAML tree.

use super::value::{Data, Text, Value};
use crate::diagnostic::Diagnostic;
use crate::source::SourceId;
use crate::tree::{self, Kind, Limits, Node};
use std::sync::Arc;

/// Reads a schema text: the root of each document, the text that spans point into, and what is
/// wrong with the YAML.
pub fn documents(source: SourceId, bytes: &[u8]) -> (Vec<Value>, Arc<str>, Vec<Diagnostic>) {
    let limits = Limits::default();
    let (tree, diagnostics) = tree::parse(source, bytes, &limits);
    // A text that passed a limit may be huge with its aliases expanded; it is reported already.
    let mut budget = limits.expanded;
    let roots = tree
        .documents()
        .map(|document| value(document.root(), &mut budget))
        .collect();
    (roots, Arc::clone(tree.text()), diagnostics)
}

/// The value of a node. The tree's depth limit bounds the recursion.
fn value(node: Node<'_>, budget: &mut usize) -> Value {
    let span = node.span();
    if node.is_broken() || *budget == 0 {
        return Value {
            span,
            data: Data::Broken,
        };
    }
    *budget -= 1;
    let data = match node.kind() {
        Kind::Scalar(scalar) => Data::Scalar {
            text: scalar.text.to_owned(),
            plain: scalar.plain,
            resolved: scalar.resolved(),
        },
        Kind::List(items) => Data::List(items.map(|item| value(item, budget)).collect()),
        Kind::Map(entries) => Data::Map(
            entries
                .map(|entry| {
                    (
                        Text::new(entry.key.text, entry.key.span),
                        value(entry.value, budget),
                    )
                })
                .collect(),
        ),
    };
    Value { span, data }
}
