//! Documents x catalog -> findings with exact places.
//!
//! | file | what is judged there |
//! |---|---|
//! | [`envelope`] | `apiVersion`, `kind`, `metadata`; which kind a document is of; lists of objects |
//! | [`object`] | fields: unknown, missing, former, null, deprecated, `filled` |
//! | [`value`], `number` | a value's type: bools, numbers, texts, bytes, lists, maps |
//! | [`text`] | texts with a grammar, enums, words that YAML readers disagree about |
//! | [`mistake`] | values of another type, and fixes that replace a value |
//! | [`constraint`] | limits: range, length, items, pattern, multipleOf, unique, grammar, oneOf |
//! | [`union`] | what the chosen case needs and ignores |
//! | [`rule`], [`list_rule`], [`cel`] | rules across fields |
//! | [`condition`], [`path`] | `when:` and paths of rules, defaults included |
//! | [`update`] | what must not change after creation |
//! | [`words`] | rules in words |
//! | [`report`], [`context`] | places; what a run carries along |
//! | [`hidden`] | what must not be shown, in lines and messages |
//! | [`shape`], [`limit`] | types and limits prepared for checking |
//!
//! Nothing is allocated for a path until something is wrong at it. A [`Checker`] is made once and
//! used from many threads.

mod cel;
mod condition;
mod constraint;
mod context;
mod envelope;
mod filled;
mod hidden;
mod limit;
mod list_rule;
mod metadata;
mod mistake;
mod names;
mod number;
mod object;
mod path;
mod report;
mod rule;
pub(crate) mod shape;
mod text;
mod told_apart;
mod union;
mod update;
mod value;
pub mod words;

use crate::catalog::{Catalog, Targets};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::codes::LIMIT;
use crate::source::Span;
use crate::tree::{Node, Tree};
use context::Context;
pub use metadata::{METADATA, Metadata};
pub(crate) use number::{number, whole};
use shape::Shapes;
pub(crate) use text::{normalized, written_text};

/// Checks documents against a catalog, each package at one release of its platform.
///
/// ```
/// use herz_dsl::catalog::{Catalog, Targets};
/// use herz_dsl::check::Checker;
/// use herz_dsl::source::SourceId;
/// use herz_dsl::tree;
///
/// let catalog = Catalog { packages: Vec::new(), kinds: Vec::new(), types: Vec::new() };
/// let checker = Checker::new(&catalog, &Targets::newest());
/// let text = b"apiVersion: apps/v1\nkind: Deployment\n";
/// let (tree, _) = tree::parse(SourceId(0), text, &tree::Limits::default());
/// let outcome = checker.check_source(&tree);
/// assert_eq!((outcome.documents, outcome.skipped), (1, 1));
/// ```
pub struct Checker<'c> {
    pub(crate) shapes: Shapes<'c>,
}

impl std::fmt::Debug for Checker<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Checker").finish_non_exhaustive()
    }
}

/// So many findings of one source are told; after that the rest of it is not looked at.
pub const MOST_FINDINGS: usize = 10_000;

/// What a check came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Number of objects looked at, skipped ones included; a list counts as its items.
    pub documents: usize,
    /// Number of objects of kinds that the catalog does not have.
    pub skipped: usize,
    /// What was found, in order of place.
    pub diagnostics: Vec<Diagnostic>,
    /// Where values stand that must not be shown: those of `sensitive` fields. Whoever shows lines of
    /// the text hides them, see [`Outcome::source`].
    pub hidden: Vec<Span>,
}

impl<'c> Checker<'c> {
    /// A checker for the releases that `targets` names, the newest where it names none. Whether
    /// these exist is for [`Targets::check`] to say.
    pub fn new(catalog: &'c Catalog, targets: &Targets) -> Self {
        Self {
            shapes: Shapes::new(catalog, targets),
        }
    }

    /// The catalog, with all releases.
    pub fn catalog(&self) -> &'c Catalog {
        self.shapes.catalog
    }

    /// Checks all documents of a source.
    pub fn check_source(&self, tree: &Tree) -> Outcome {
        let mut outcome = Outcome::default();
        for document in tree.documents() {
            self.check_document(
                document.root(),
                document.index(),
                document.is_cut(),
                &mut outcome,
            );
        }
        outcome
    }

    /// Checks one document. `number` is its place in the source; `cut` tells that its end is not
    /// known, so that nothing can be said about what is missing.
    pub fn check_document(&self, root: Node<'_>, number: u32, cut: bool, outcome: &mut Outcome) {
        let from = outcome.diagnostics.len();
        let mut context = Context {
            checker: self,
            out: outcome,
            document: number,
        };
        if context.is_full() {
            outcome.documents += 1;
            return;
        }
        context.document(root);
        let full = context.is_full();
        if cut {
            outcome.forget_missing(from);
        }
        outcome.sort_from(from);
        if full {
            let text = format!(
                "more than {MOST_FINDINGS} findings: the rest of this text was not checked"
            );
            let mut last = Diagnostic::error(LIMIT, root.place(), text);
            last.document = number;
            outcome.diagnostics.push(last);
        }
    }
}
