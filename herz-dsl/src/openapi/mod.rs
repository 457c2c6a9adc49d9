//! Whole OpenAPI 3.0 documents: read with places, judged by `openapiv3`, references followed.
//!
//! `openapiv3` says whether a document has the form that OpenAPI 3.0 asks for. It is never written
//! back: that library drops what stands beside a `$ref` and extensions of places where it knows
//! none. What is emitted comes from the tree, which keeps everything.
//!
//! ```
//! use herz_dsl::openapi::Document;
//! use herz_dsl::source::SourceId;
//!
//! let text = b"openapi: 3.0.3\ninfo: { title: Demo, version: 1.2.0 }\npaths: {}\n";
//! let (document, findings) = Document::read(SourceId(0), text);
//! assert!(findings.is_empty());
//! assert_eq!(document.unwrap().version(), "1.2.0");
//! ```

mod form;
mod reference;

pub use reference::{CatalogRef, Target, pointer};

use crate::catalog::{Catalog, Literal};
use crate::defaults::as_written;
use crate::diagnostic::{Diagnostic, Level, codes};
use crate::source::{SourceId, Span};
use crate::tree::{self, Limits, Node, Tree};

/// An OpenAPI document that can be worked with: it has the right form, and its own references lead
/// somewhere.
#[derive(Debug)]
pub struct Document {
    tree: Tree,
    title: String,
    version: String,
}

impl Document {
    /// Reads a document and says what is wrong with it. None if there is an error.
    pub fn read(source: SourceId, bytes: &[u8]) -> (Option<Self>, Vec<Diagnostic>) {
        let (tree, mut findings) = tree::parse(source, bytes, &Limits::default());
        let is_broken =
            |findings: &[Diagnostic]| findings.iter().any(|one| one.level == Level::Error);
        if is_broken(&findings) {
            return (None, findings);
        }
        let Some(root) = first_root(&tree) else {
            let span = Span::new(source, 0, 0);
            findings.push(wrong(
                span,
                "this text is empty: expected an OpenAPI document",
            ));
            return (None, findings);
        };
        form::check(root, &mut findings);
        reference::check(root, &mut findings);
        if is_broken(&findings) {
            return (None, findings);
        }
        let info = |key| {
            let value = root.get("info").and_then(|info| info.get(key));
            let scalar = value.and_then(Node::scalar);
            scalar.map_or_else(String::new, |scalar| scalar.text.to_owned())
        };
        let document = Self {
            title: info("title"),
            version: info("version"),
            tree,
        };
        (Some(document), findings)
    }

    /// `info.title`.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// `info.version`.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The value that the document is. A document without one is not read, so there is always one.
    pub fn root(&self) -> Option<Node<'_>> {
        first_root(&self.tree)
    }

    /// The document's text, which spans of findings point into.
    pub fn text(&self) -> &std::sync::Arc<str> {
        self.tree.text()
    }

    /// All of it, in the order written.
    pub fn literal(&self) -> Literal {
        self.root()
            .map_or_else(|| Literal::Map(Vec::new()), as_written)
    }

    /// References into the catalog, and findings about those that name nothing there.
    pub fn catalog_refs(&self, catalog: &Catalog) -> (Vec<CatalogRef>, Vec<Diagnostic>) {
        self.root().map_or_else(Default::default, |root| {
            reference::into_catalog(root, catalog)
        })
    }
}

fn first_root(tree: &Tree) -> Option<Node<'_>> {
    tree.documents().next().map(|document| document.root())
}

fn wrong(span: Span, message: impl Into<String>) -> Diagnostic {
    Diagnostic::error(codes::OPENAPI, span, message)
}
