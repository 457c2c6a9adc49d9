//! Operators with two operands, and `in`.

use super::types::{self, Item, Ty};
use super::{Checker, Typed, magnitude};
use crate::catalog::{Literal, TypeBody, TypeId};
use crate::cel::ast::{Ast, AstKind, Range};
use crate::cel::print::symbol;
use crate::cel::{Expr, ExprKind, Operator};
use crate::diagnostic::did_you_mean;
use herz_types::scalar::Dialect;

impl Checker<'_> {
    pub(super) fn binary(
        &mut self,
        operator: Operator,
        a: &Ast,
        b: &Ast,
        range: Range,
    ) -> Option<Typed> {
        let (left, right) = (self.infer(a), self.infer(b));
        let (mut left, mut right) = (left?, right?);
        let equality = matches!(operator, Operator::Equal | Operator::NotEqual);
        if equality {
            // The empty text is the one text that a grammar may allow besides its own.
            empty_text(&mut left, b);
            empty_text(&mut right, a);
        }
        if !left.ty.fits(&right.ty) {
            return self.mismatch((a, &left), (b, &right), range);
        }
        let comparison = !matches!(
            operator,
            Operator::Add
                | Operator::Subtract
                | Operator::Multiply
                | Operator::Divide
                | Operator::Remainder
        );
        let ty = match (&left.ty, operator) {
            (ty, _) if equality => {
                if !comparable(ty) {
                    return self.error_help(
                        range,
                        format!("{} cannot be compared as a whole", left.ty.name()),
                        "compare its fields or items",
                    );
                }
                self.enum_values(&left.ty, b);
                self.enum_values(&right.ty, a);
                Ty::Bool
            }
            (Ty::Bool | Ty::Int | Ty::Float | Ty::Text(_) | Ty::Duration, _) if comparison => {
                Ty::Bool
            }
            (Ty::Int, _) => Ty::Int,
            (Ty::Float, operator) if operator != Operator::Remainder => Ty::Float,
            (Ty::Text(_), Operator::Add) => Ty::Text(None),
            (Ty::Duration, Operator::Add | Operator::Subtract) => Ty::Duration,
            (Ty::List(_), Operator::Add) => left.ty.clone(),
            (ty, _) => {
                let message = format!("`{}` does not work on {}", symbol(operator), ty.plural());
                return self.error(range, message);
            }
        };
        let kind = ExprKind::Binary(operator, Box::new(left.expr), Box::new(right.expr));
        Some(self.typed(kind, ty, range))
    }

    /// Two operands of different types: says what to write.
    fn mismatch<T>(
        &mut self,
        left: (&Ast, &Typed),
        right: (&Ast, &Typed),
        range: Range,
    ) -> Option<T> {
        let message = format!(
            "{} and {} do not go together",
            left.1.ty.name(),
            right.1.ty.name()
        );
        let help = mend(&left.1.expr, &left.1.ty, right.0)
            .or_else(|| mend(&right.1.expr, &right.1.ty, left.0));
        match help {
            Some(help) => self.error_help(range, message, help),
            None => self.error_help(range, message, "both operands need one type"),
        }
    }

    /// Reports a text that is no value of the enum it is compared with.
    fn enum_values(&mut self, ty: &Ty, constant: &Ast) {
        let Ty::Text(Some(id)) = ty else { return };
        let constants = match &constant.kind {
            AstKind::List(items) => items.as_slice(),
            _ => std::slice::from_ref(constant),
        };
        for constant in constants {
            if let AstKind::Literal(Literal::Text(text)) = &constant.kind {
                self.enum_value(*id, text, constant.range);
            }
        }
    }

    fn enum_value(&mut self, id: TypeId, text: &str, range: Range) {
        let Some(TypeBody::Enum(of)) = self.scope.types.get(id).map(|def| &def.body) else {
            return;
        };
        let values = of
            .values
            .iter()
            .filter(|value| value.life.overlaps(self.scope.life))
            .map(|value| value.value.as_str());
        if values.clone().any(|value| value == text) || (of.allow_empty && text.is_empty()) {
            return;
        }
        let help = match did_you_mean(text, values.clone()) {
            Some(meant) => format!("did you mean \"{meant}\"?"),
            None => format!(
                "the values are {}",
                values
                    .map(|value| format!("\"{value}\""))
                    .collect::<Vec<_>>()
                    .join(", ")
            ),
        };
        self.error_help::<()>(
            range,
            format!("\"{text}\" is none of the values, so the comparison always gives the same"),
            help,
        );
    }

    /// `a in b`
    pub(super) fn contained(&mut self, a: &Ast, b: &Ast, range: Range) -> Option<Typed> {
        let (item, container) = (self.infer(a), self.infer(b));
        let (item, container) = (item?, container?);
        let of = match &container.ty {
            Ty::Map(_) => Ty::Text(None),
            Ty::List(Item::Value(of)) => (**of).clone(),
            Ty::List(Item::Field(of)) => match types::known(of, self.scope.types) {
                Ok(known) if known.dialect.is_none() => known.ty,
                Ok(_) => {
                    return self.error_help(
                        range,
                        "texts with a grammar are not looked up as a whole",
                        "write `list.exists(item, item == …)`",
                    );
                }
                Err(what) => {
                    return self.error(
                        b.range,
                        format!("items of this list are {what}, which expressions cannot use"),
                    );
                }
            },
            other => {
                let message = format!(
                    "`in` needs a list or a map on its right, but this is {}",
                    other.name()
                );
                return if matches!(other, Ty::Text(_)) {
                    self.error_help(
                        b.range,
                        message,
                        "whether a text holds another is asked with `text.contains(\"…\")`",
                    )
                } else {
                    self.error(b.range, message)
                };
            }
        };
        if !of.fits(&item.ty) {
            let message = format!(
                "{} is never among items that are {}",
                item.ty.name(),
                of.plural()
            );
            let help = match &b.kind {
                AstKind::List(items) => items
                    .first()
                    .and_then(|first| mend(&item.expr, &item.ty, first)),
                _ => mend(&container.expr, &of, a),
            };
            return self.error_help(
                range,
                message,
                help.unwrap_or_else(|| "both need one type".to_owned()),
            );
        }
        if !comparable(&of) {
            return self.error_help(
                range,
                format!("{} cannot be compared as a whole", of.name()),
                "write `list.exists(item, item.name == …)`",
            );
        }
        self.enum_values(&item.ty, b);
        self.enum_values(&of, a);
        Some(self.boolean(
            ExprKind::In(Box::new(item.expr), Box::new(container.expr)),
            range,
        ))
    }
}

/// What to write instead of the constant `other`, to compare it with a value of type `ty`.
fn mend(value: &Expr, ty: &Ty, other: &Ast) -> Option<String> {
    let AstKind::Literal(literal) = &other.kind else {
        return None;
    };
    match (ty, literal) {
        (Ty::Duration, Literal::Text(text)) if magnitude(Dialect::DurationGo, text).is_some() => {
            Some(format!("write `duration(\"{text}\")`"))
        }
        (Ty::Duration, _) => Some("write a span of time as `duration(\"10s\")`".to_owned()),
        (Ty::Float, Literal::Int(int)) => Some(format!("write `{int}.0`")),
        (Ty::Int, Literal::Float(float)) if float.fract() == 0.0 => {
            Some(format!("write `{float}`"))
        }
        (Ty::Int | Ty::Float, Literal::Text(text)) => match &value.kind {
            ExprKind::Magnitude(dialect, _) => match (magnitude(*dialect, text), ty) {
                (Some(number), Ty::Int) => Some(format!("compare with the number: `{number}`")),
                (Some(number), _) => Some(format!("compare with the number: `{number:?}`")),
                (None, _) => Some("compare with a number".to_owned()),
            },
            _ => text
                .parse::<f64>()
                .ok()
                .map(|_| format!("write `{text}` without quotes")),
        },
        (Ty::Bool, Literal::Text(text)) if text == "true" || text == "false" => {
            Some(format!("write `{text}` without quotes"))
        }
        (Ty::Text(_), literal) => match literal {
            Literal::Int(value) => Some(format!("write \"{value}\"")),
            Literal::Bool(value) => Some(format!("write \"{value}\"")),
            _ => None,
        },
        _ => None,
    }
}

/// Compares a text with a grammar as it is written, if the other side is the empty text.
fn empty_text(value: &mut Typed, other: &Ast) {
    let empty = matches!(&other.kind, AstKind::Literal(Literal::Text(text)) if text.is_empty());
    if let (true, ExprKind::Magnitude(_, text)) = (empty, &value.expr.kind) {
        let text = (**text).clone();
        *value = Typed {
            expr: text,
            ty: Ty::Text(None),
        };
    }
}

/// Whether `==` has one clear meaning.
fn comparable(ty: &Ty) -> bool {
    match ty {
        Ty::Bool | Ty::Int | Ty::Float | Ty::Text(_) | Ty::Duration => true,
        Ty::List(Item::Value(of)) => comparable(of),
        Ty::List(Item::Field(_)) | Ty::Map(_) | Ty::Object(_) => false,
    }
}
