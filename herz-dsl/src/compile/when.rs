//! Conditions of rules: values typed against their fields, and whether they can hold.

use super::Compiler;
use super::literal::Typing;
use super::path::{Root, Target};
use crate::catalog::{Condition, Life, Literal, Test};
use crate::diagnostic::{Diagnostic, codes};
use crate::schema::value::Value;
use crate::schema::when::{ConditionDecl, TestDecl};
use crate::source::Span;

impl Compiler<'_> {
    /// Conditions; those that can't hold are reported.
    pub(super) fn conditions(
        &mut self,
        decls: &[ConditionDecl],
        root: Root,
        life: &Life,
    ) -> Vec<Condition> {
        decls
            .iter()
            .filter_map(|decl| self.condition(decl, root, life))
            .collect()
    }

    fn condition(&mut self, decl: &ConditionDecl, root: Root, life: &Life) -> Option<Condition> {
        let target = self.follow(root, &decl.field)?;
        if !target.life.overlaps(life)
            && !matches!(
                decl.test,
                TestDecl::Absent | TestDecl::Empty | TestDecl::NotIn(_)
            )
        {
            let message = format!(
                "the condition never holds: no release has both the rule and the field `{}`",
                decl.field.path
            );
            self.diagnostics.push(Diagnostic::error(
                codes::UNREACHABLE,
                decl.field.span,
                message,
            ));
        }
        let test = match &decl.test {
            TestDecl::In(values) => Test::In(self.values(values, &target, life, decl)),
            TestDecl::NotIn(values) => Test::NotIn(self.values(values, &target, life, decl)),
            TestDecl::Present => Test::Present,
            TestDecl::Absent => {
                if target.required {
                    let message = format!(
                        "the condition never holds: `{}` is required",
                        decl.field.path
                    );
                    self.diagnostics.push(Diagnostic::error(
                        codes::UNREACHABLE,
                        decl.span,
                        message,
                    ));
                }
                Test::Absent
            }
            TestDecl::Filled => Test::Filled,
            TestDecl::Empty => Test::Empty,
        };
        Some(Condition {
            field: decl.field.path.clone(),
            test,
        })
    }

    fn values(
        &mut self,
        values: &[Value],
        target: &Target,
        life: &Life,
        decl: &ConditionDecl,
    ) -> Vec<Literal> {
        let mut typing = Typing::new(self, life);
        let literals: Vec<_> = values
            .iter()
            .map(|value| typing.literal(value, &target.ty, false))
            .collect();
        let misfits = typing.misfits;
        for misfit in misfits {
            let path = &decl.field.path;
            let (code, message) = if misfit.unknown_value {
                (
                    codes::UNREACHABLE,
                    format!("`{path}` never has this value: {}", misfit.message),
                )
            } else {
                (
                    codes::RULE_TYPE,
                    format!(
                        "the value does not fit `{path}` of type `{}`: {}",
                        self.describe(&target.ty),
                        misfit.message
                    ),
                )
            };
            let mut finding = Diagnostic::error(code, misfit.span, message);
            finding.help.extend(misfit.help);
            self.diagnostics.push(finding);
        }
        self.check_twice(values);
        literals
    }

    fn check_twice(&mut self, values: &[Value]) {
        for (index, value) in values.iter().enumerate() {
            let twin: Option<Span> = values
                .iter()
                .take(index)
                .find(|other| other.data == value.data)
                .map(|other| other.span);
            if let Some(twin) = twin {
                let message = "the condition names a value twice";
                self.diagnostics.push(
                    Diagnostic::error(codes::DUPLICATE_VALUE, value.span, message)
                        .related(twin, "the first one"),
                );
            }
        }
    }
}
