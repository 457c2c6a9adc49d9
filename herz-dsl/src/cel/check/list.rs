//! Lists, maps and the macros that walk over them.

use super::types::{Item, Ty};
use super::{Checker, Typed, widest};
use crate::cel::ast::{Ast, Name, Range};
use crate::cel::{ExprKind, MacroKind};

impl Checker<'_> {
    pub(super) fn list(&mut self, items: &[Ast], range: Range) -> Option<Typed> {
        let mut exprs = Vec::new();
        let mut of: Option<Ty> = None;
        for item in items {
            let typed = self.infer(item)?;
            of = match of {
                None => Some(typed.ty),
                Some(ty) if ty == typed.ty => Some(ty),
                Some(ty) if ty.fits(&typed.ty) => Some(widest(ty)),
                Some(ty) => {
                    return self.error(
                        item.range,
                        format!(
                            "items of a list have one type, but this is {} after {}",
                            typed.ty.name(),
                            ty.name()
                        ),
                    );
                }
            };
            exprs.push(typed.expr);
        }
        let Some(of) = of else {
            return self.error_help(
                range,
                "a list of nothing has no type",
                "ask for the size: `size(self.list) == 0`",
            );
        };
        Some(self.typed(
            ExprKind::List(exprs),
            Ty::List(Item::Value(Box::new(of))),
            range,
        ))
    }

    pub(super) fn index(&mut self, of: &Ast, at: &Ast, range: Range) -> Option<Typed> {
        let (container, place) = (self.infer(of)?, self.infer(at)?);
        let (item, wanted) = match &container.ty {
            Ty::List(item) => (item.clone(), Ty::Int),
            Ty::Map(item) => (item.clone(), Ty::Text(None)),
            Ty::Object(_) => {
                return self.error_help(
                    range,
                    "an object has no entries",
                    "write `.field` for a field",
                );
            }
            other => {
                let message = format!("{} has no entries", other.name());
                return self.error(range, message);
            }
        };
        if !wanted.fits(&place.ty) {
            let message = format!(
                "the place in {} is {}, but this is {}",
                container.ty.name(),
                wanted.name(),
                place.ty.name()
            );
            return self.error(at.range, message);
        }
        let kind = ExprKind::Index(Box::new(container.expr), Box::new(place.expr));
        self.read_item(kind, &item, range)
    }

    /// `over.kind(variable, body)`
    pub(super) fn walk(
        &mut self,
        kind: MacroKind,
        over: &Ast,
        variable: &Name,
        body: &Ast,
        range: Range,
    ) -> Option<Typed> {
        if variable.text == "self"
            || self
                .variables
                .iter()
                .any(|(name, _)| *name == variable.text)
        {
            return self.error_help(
                variable.range,
                format!("`{}` has a meaning already", variable.text),
                "give the variable another name",
            );
        }
        let list = self.infer(over)?;
        let (item, result) = match &list.ty {
            Ty::List(item) => (item.clone(), list.ty.clone()),
            // CEL walks over the keys of a map.
            Ty::Map(_) => {
                let key = Item::Value(Box::new(Ty::Text(None)));
                (key.clone(), Ty::List(key))
            }
            other => {
                let message = format!("{} has no items to walk over", other.name());
                return self.error(over.range, message);
            }
        };
        self.variables.push((variable.text.clone(), item));
        let body = if kind == MacroKind::Map {
            self.infer(body)
                .map(|typed| (typed.expr, Ty::List(Item::Value(Box::new(typed.ty)))))
        } else {
            let result = if kind == MacroKind::Filter {
                result
            } else {
                Ty::Bool
            };
            self.condition(body, "the condition")
                .map(|expr| (expr, result))
        };
        self.variables.pop();
        let (body, ty) = body?;
        let (over, body) = (Box::new(list.expr), Box::new(body));
        let kind = ExprKind::Macro {
            kind,
            range: over,
            variable: variable.text.clone(),
            body,
        };
        Some(self.typed(kind, ty, range))
    }
}
