//! What must not be shown: values of `sensitive` fields, in the lines that a finding shows and in what
//! the reader of YAML says about them.

use super::Outcome;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::codes::AMBIGUOUS;
use crate::source::{Source, Span};
use crate::tree::Tree;

impl Outcome {
    /// Takes the findings of reading the text in, in order of place; of one place they come first.
    /// The reader of YAML knows no fields: what it says about a hidden value is said without the value.
    pub fn add_reading(&mut self, mut findings: Vec<Diagnostic>) {
        for finding in &mut findings {
            let is_hidden = finding.span.is_some_and(|span| self.hides(span));
            if is_hidden {
                hide(finding);
            }
        }
        findings.append(&mut self.diagnostics);
        findings.sort_by_key(|finding| finding.span.map(|span| span.start));
        self.diagnostics = findings;
    }

    /// The text for showing its findings: what must not be shown is hidden in it.
    pub fn source(&self, name: impl Into<std::sync::Arc<str>>, tree: &Tree) -> Source {
        let source = Source::new(name, tree.text().clone());
        if self.hidden.is_empty() {
            source
        } else {
            source.hiding(&self.hidden)
        }
    }

    fn hides(&self, place: Span) -> bool {
        self.hidden
            .iter()
            .any(|hidden| hidden.start <= place.start && place.end <= hidden.end)
    }
}

/// Says what a finding says without what it quotes.
fn hide(finding: &mut Diagnostic) {
    let mut is_quoted = false;
    let mut without = |text: &str| {
        is_quoted = false;
        let mut out = String::new();
        for part in text.split('`') {
            if is_quoted {
                out.push_str("`•••`");
            } else {
                out.push_str(part);
            }
            is_quoted = !is_quoted;
        }
        out
    };
    finding.message = without(&finding.message);
    finding.help = finding.help.iter().map(|help| without(help)).collect();
    // They would write it.
    finding.fixes.clear();
    if finding.code == AMBIGUOUS {
        finding.help.push("quote it if it is a text".to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::hide;
    use crate::diagnostic::{Diagnostic, codes};
    use crate::source::Span;

    #[test]
    fn quotations_and_fixes_go() {
        let mut finding =
            Diagnostic::error(codes::AMBIGUOUS, Span::default(), "about `017`: a number")
                .help("write `15`")
                .fix("write `15`", Span::default(), "15");
        hide(&mut finding);
        assert_eq!(finding.message, "about `•••`: a number");
        assert_eq!(finding.help, ["write `•••`", "quote it if it is a text"]);
        assert!(finding.fixes.is_empty());
    }
}
