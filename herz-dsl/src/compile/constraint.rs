//! Which limits a literal breaks.

use super::literal::{Misfit, Typing};
use crate::catalog::{Bound, Constraint, ConstraintKind, Literal, Type};
use crate::source::Span;
use herz_types::Level;
use herz_types::scalar::Pattern;

impl Typing<'_, '_> {
    /// The limits that a literal breaks.
    pub(super) fn limits(
        &mut self,
        span: Span,
        literal: &Literal,
        ty: &Type,
        limits: &[Constraint],
    ) {
        for limit in limits {
            if limit.level == Level::Error
                && limit.life.overlaps(self.life)
                && let Some(message) = self.breaks(literal, ty, &limit.kind)
            {
                self.misfits.push(Misfit::new(span, message));
            }
        }
    }

    /// What a literal breaks of one limit, as a sentence.
    fn breaks(&self, literal: &Literal, ty: &Type, limit: &ConstraintKind) -> Option<String> {
        let text = match literal {
            Literal::Text(text) => Some(text.as_str()),
            _ => None,
        };
        match limit {
            ConstraintKind::Range { min, max } => {
                let value = self.amount(literal, ty)?;
                let under = min
                    .as_ref()
                    .is_some_and(|min| value < min.value || min.exclusive && value <= min.value);
                let over = max
                    .as_ref()
                    .is_some_and(|max| value > max.value || max.exclusive && value >= max.value);
                let end =
                    |bound: Option<&Bound>| bound.map_or(String::new(), |bound| bound.text.clone());
                (under || over).then(|| {
                    format!(
                        "it lies outside `{}..{}`",
                        end(min.as_ref()),
                        end(max.as_ref())
                    )
                })
            }
            ConstraintKind::Length { min, max } => {
                let length = text?.chars().count() as u64;
                out_of(length, *min, *max).then(|| {
                    format!(
                        "it has {length} characters, and its length must be {}",
                        counts(*min, *max)
                    )
                })
            }
            ConstraintKind::Items { min, max } => {
                let count = match literal {
                    Literal::List(items) => items.len() as u64,
                    Literal::Map(entries) => entries.len() as u64,
                    _ => return None,
                };
                out_of(count, *min, *max).then(|| {
                    format!(
                        "it has {count} entries, and must have {}",
                        counts(*min, *max)
                    )
                })
            }
            ConstraintKind::Pattern(pattern) => {
                let regex = Pattern::new(pattern).ok()?;
                (!regex.is_match(text?))
                    .then(|| format!("it does not match the pattern `{pattern}`"))
            }
            ConstraintKind::MultipleOf(step) => {
                let ratio = self.amount(literal, ty)? / step;
                ((ratio - ratio.round()).abs() > 1e-9)
                    .then(|| format!("it is no multiple of {step}"))
            }
            ConstraintKind::UniqueItems => {
                let Literal::List(items) = literal else {
                    return None;
                };
                let twice = items
                    .iter()
                    .enumerate()
                    .any(|(index, item)| items.iter().take(index).any(|other| other == item));
                twice.then(|| "it has an item twice".to_owned())
            }
            // Of a default with an entry twice the platform itself says that it can't be.
            ConstraintKind::ToldApart(_) => None,
            ConstraintKind::Filled => literal
                .is_empty()
                .then(|| "it is empty, and must be `filled`".to_owned()),
            ConstraintKind::Grammar {
                dialect,
                allow_empty,
            } => {
                let text = text.filter(|text| !(text.is_empty() && *allow_empty))?;
                dialect.parse(text).err().map(|error| error.message)
            }
            ConstraintKind::OneOf(values) => {
                let text = text?;
                let quoted = || crate::schema::read::quoted(values.iter().map(String::as_str));
                (!values.iter().any(|value| value == text))
                    .then(|| format!("`{text}` is none of {}", quoted()))
            }
        }
    }

    /// How much a literal is.
    fn amount(&self, literal: &Literal, ty: &Type) -> Option<f64> {
        match (literal, super::magnitude::base(&self.compiler.types, ty)) {
            #[allow(clippy::cast_precision_loss)] // Limits are compared as floats everywhere.
            (Literal::Int(number), _) => Some(*number as f64),
            (Literal::Float(number), _) => Some(*number),
            (Literal::Text(text), Type::Scalar(scalar)) => scalar.dialect.parse(text).ok()?.value(),
            _ => None,
        }
    }
}

fn out_of(count: u64, min: Option<u64>, max: Option<u64>) -> bool {
    min.is_some_and(|min| count < min) || max.is_some_and(|max| count > max)
}

fn counts(min: Option<u64>, max: Option<u64>) -> String {
    let end = |end: Option<u64>| end.map_or(String::new(), |end| end.to_string());
    format!("{}..{}", end(min), end(max))
}
