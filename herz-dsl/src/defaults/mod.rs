//! A manifest as its platform would store it: defaults filled in, texts rewritten, empty values
//! kept, dropped or written as the platform does, unknown fields left out.
//!
//! ```
//! # use herz_dsl::catalog::{Catalog, Targets};
//! # use herz_dsl::check::Checker;
//! use herz_dsl::defaults::{Generated, render};
//! # use herz_dsl::source::SourceId;
//! # use herz_dsl::tree;
//! # let catalog = Catalog { packages: vec![], kinds: vec![], types: vec![] };
//! # let checker = Checker::new(&catalog, &Targets::newest());
//! let (tree, _) = tree::parse(SourceId(0), b"kind: Deployment\n", &tree::Limits::default());
//! let document = tree.documents().next().unwrap();
//! // The catalog does not have this kind.
//! assert_eq!(render(document.root(), &checker, Generated::Named), None);
//! ```

mod fill;
mod json;
mod yaml;

pub use json::to_json;
pub(crate) use yaml::text_to_yaml;
pub use yaml::to_yaml;

use crate::catalog::{Kind, Literal, Type};
use crate::check::Checker;
use crate::tree::{Kind as NodeKind, Node, Resolved, Scalar};
use fill::Filler;

/// What stands for values that the platform makes up at creation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Generated {
    /// `<generated: uuid v4>`.
    Named,
    /// Nothing.
    Left,
}

/// The manifest as its platform would store it; none if it is of no kind of the catalog.
///
/// The document should be free of errors: what does not fit its type is copied as it is.
pub fn render(root: Node<'_>, checker: &Checker<'_>, generated: Generated) -> Option<Literal> {
    let kind = kind_of(root, checker)?;
    let entries = root.entries().filter(|entry| !entry.value.is_null());
    let rendered = entries.map(|entry| {
        let value = if entry.key.text == "spec" {
            spec(root, kind, checker, generated)
        } else {
            Some(as_written(entry.value))
        };
        (
            entry.key.text.to_owned(),
            value.unwrap_or_else(|| as_written(entry.value)),
        )
    });
    Some(Literal::Map(rendered.collect()))
}

/// The spec of a manifest as its platform would store it.
pub(crate) fn spec(
    root: Node<'_>,
    kind: &Kind,
    checker: &Checker<'_>,
    generated: Generated,
) -> Option<Literal> {
    let namespace = root
        .get("metadata")
        .and_then(|metadata| metadata.get("namespace"))
        .and_then(Node::text);
    let filler = Filler {
        shapes: &checker.shapes,
        generated,
        namespace: namespace.unwrap_or(""),
        embedded: kind.embedded,
        admission: true,
    };
    filler.spec(root.get("spec")?, kind.spec)
}

/// The kind that a document says it is of.
pub(crate) fn kind_of<'c>(root: Node<'_>, checker: &Checker<'c>) -> Option<&'c Kind> {
    let name = root.get("kind").and_then(Node::text)?;
    let (group, _) = root
        .get("apiVersion")
        .and_then(Node::text)?
        .split_once('/')?;
    checker.catalog().kind(group, name)
}

/// A value without regard to its type.
pub fn as_written(node: Node<'_>) -> Literal {
    match node.kind() {
        NodeKind::List(items) => Literal::List(items.map(as_written).collect()),
        NodeKind::Map(entries) => Literal::Map(
            entries
                .map(|entry| (entry.key.text.to_owned(), as_written(entry.value)))
                .collect(),
        ),
        NodeKind::Scalar(scalar) => single(scalar),
    }
}

fn single(scalar: Scalar<'_>) -> Literal {
    match scalar.resolved() {
        Resolved::Null => Literal::Null,
        Resolved::Bool(value) => Literal::Bool(value),
        Resolved::Int(value) => Literal::Int(value),
        #[allow(clippy::cast_precision_loss)] // Literals have no greater whole numbers.
        Resolved::Uint(value) => Literal::Float(value as f64),
        Resolved::Float(value) => Literal::Float(value),
        Resolved::Text => Literal::Text(scalar.text.to_owned()),
    }
}

/// The empty value of a type, as Go writes it.
fn zero(ty: &Type) -> Literal {
    match ty {
        Type::Bool => Literal::Bool(false),
        Type::Int { .. } | Type::IntOrString => Literal::Int(0),
        Type::Float64 => Literal::Float(0.0),
        Type::String | Type::Bytes | Type::Scalar(_) => Literal::Text(String::new()),
        Type::List(_) => Literal::List(Vec::new()),
        Type::Map(_) | Type::AnyObject => Literal::Map(Vec::new()),
        Type::Any | Type::Ref(_) => Literal::Null,
    }
}
