//! Rules written in CEL.

use super::context::Context;
use super::path::View;
use super::report::{At, Frame, finding};
use super::rule::ruled;
use super::shape::RuleShape;
use super::words;
use crate::cel::Expr;
use crate::diagnostic::{Diagnostic, Level};
use herz_types::codes;

impl<'t, 'k: 't, 'c: 't> Context<'k, 'c> {
    /// Judges an object by a CEL rule. A rule without a value holds: what is absent or malformed is
    /// reported already.
    pub(super) fn cel(
        &mut self,
        frame: &Frame<'t>,
        view: &View<'_, 't, 'c>,
        rule: &RuleShape<'c>,
        expr: &'c Expr,
        level: Level,
    ) {
        let shapes = &self.checker.shapes;
        if shapes.evaluator.holds(expr, view.node) != Ok(false) {
            return;
        }
        let text = words::about_field(rule.rule, "");
        // The first field that the rule points at carries the finding; the others belong to it.
        let mut found: Option<Diagnostic> = None;
        for path in &rule.paths {
            shapes.walk(frame, view, path, rule.rule.layer, &mut |leaf| {
                let here = finding(leaf.frame, At::Value, codes::CEL, level, text.clone());
                found = Some(match (found.take(), here.span) {
                    (Some(first), Some(span)) if leaf.frame.node.is_some() => {
                        first.related(span, "together with this")
                    }
                    (Some(first), _) => first,
                    (None, _) => here,
                });
            });
        }
        let found = found.unwrap_or_else(|| finding(frame, At::Key, codes::CEL, level, text));
        self.push(ruled(found, rule));
    }
}
