//! Examples of kinds: whole manifests, checked like any other document.

use super::Compiler;
use crate::catalog::{Catalog, Targets};
use crate::check::{Checker, Outcome};
use crate::diagnostic::{Diagnostic, codes};
use crate::schema::kind::KindDecl;
use crate::schema::value::Text;
use crate::source::{SourceId, Span};
use crate::tree::{self, Limits};
use herz_types::Level;

impl Compiler<'_> {
    /// Checks the examples of all kinds against the newest releases. Only a catalog without errors
    /// can judge them.
    pub(super) fn check_examples(&mut self, catalog: &Catalog) {
        let kinds = self.written.iter().flat_map(|content| &content.kinds);
        let kinds: Vec<&KindDecl> = kinds.filter(|kind| !kind.examples.is_empty()).collect();
        let sound = !self
            .diagnostics
            .iter()
            .any(|finding| finding.level == Level::Error);
        if kinds.is_empty() || !sound {
            return;
        }
        let checker = Checker::new(catalog, &Targets::newest());
        for kind in kinds {
            for example in &kind.examples {
                self.check_example(&checker, &kind.name.text, example);
            }
        }
    }

    fn check_example(&mut self, checker: &Checker<'_>, kind: &str, example: &Text) {
        let (tree, mut findings) = tree::parse(
            SourceId::default(),
            example.text.as_bytes(),
            &Limits::default(),
        );
        let mut outcome = Outcome::default();
        let mut own = false;
        for document in tree.documents() {
            own |= document.root().get("kind").and_then(tree::Node::text) == Some(kind);
            checker.check_document(
                document.root(),
                document.index(),
                document.is_cut(),
                &mut outcome,
            );
        }
        findings.append(&mut outcome.diagnostics);
        if (!own || outcome.skipped > 0) && findings.is_empty() {
            let message = format!("the example shows no `{kind}` of this package");
            self.diagnostics
                .push(Diagnostic::error(codes::BAD_EXAMPLE, example.span, message));
        }
        for finding in findings {
            let at = |span: Span| self.locate(example, span.start as usize, span.end as usize);
            let span = finding.span.map_or(example.span, at);
            let path = finding
                .path
                .map(|path| format!(" at `{path}`"))
                .unwrap_or_default();
            let message = format!(
                "the example is wrong{path}: {} [{}]",
                finding.message, finding.code
            );
            let mut told = Diagnostic::new(codes::BAD_EXAMPLE, finding.level, span, message);
            told.help = finding.help;
            self.diagnostics.push(told);
        }
    }
}
