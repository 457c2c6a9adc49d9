//! Fields of objects: names, and whether they are there.

use super::types::{self, Ty};
use super::{Checker, Typed, guard};
use crate::catalog::{Field, TypeBody, TypeId};
use crate::cel::ast::{Ast, Name, Range};
use crate::cel::print::unescape_name;
use crate::cel::{Expr, ExprKind, Style, print_ast};
use crate::diagnostic::did_you_mean;

/// How many fields a message names.
const MOST_NAMED: usize = 12;

/// A field that was found.
pub(super) struct Place {
    /// The object's type.
    of: TypeId,
    /// The field's key in documents.
    pub(super) wire: String,
}

impl<'a> Checker<'a> {
    /// The fields of an object that some release of the rule has.
    pub(super) fn fields(&self, id: TypeId) -> impl Iterator<Item = &'a Field> + Clone + use<'a> {
        let life = self.scope.life;
        let fields = match self.scope.types.get(id).map(|def| &def.body) {
            Some(TypeBody::Object(object)) => object.fields.as_slice(),
            _ => &[],
        };
        fields.iter().filter(move |field| field.life.overlaps(life))
    }

    /// The object `of`, and which of its fields is meant.
    pub(super) fn object(&mut self, of: &Ast, name: &Name) -> Option<(Expr, Place)> {
        let object = self.infer(of)?;
        let id = match object.ty {
            Ty::Object(id) => id,
            Ty::Map(_) => {
                let text = &name.text;
                return self.error_help(
                    name.range,
                    "a map has no fields",
                    format!(
                        "an entry is read with `[\"{text}\"]`, and asked for with `\"{text}\" in …`"
                    ),
                );
            }
            Ty::List(_) => {
                return self.error_help(
                    name.range,
                    "a list has no fields",
                    "its items are reached with `all`, `exists`, `filter`, `map` or `[0]`",
                );
            }
            other => {
                return self.error(name.range, format!("{} has no fields", other.name()));
            }
        };
        let fields = self.fields(id);
        let wire = [name.text.clone(), unescape_name(&name.text)]
            .into_iter()
            .find(|wire| fields.clone().any(|field| field.wire == *wire));
        if let Some(wire) = wire {
            return Some((object.expr, Place { of: id, wire }));
        }
        self.unknown_field(id, name)
    }

    fn unknown_field<T>(&mut self, id: TypeId, name: &Name) -> Option<T> {
        let text = &name.text;
        let fields = self.fields(id);
        let def = self.scope.types.get(id);
        let of = def.map_or_else(String::new, |def| format!(" of {}", def.name));
        let other_release = match def.map(|def| &def.body) {
            Some(TypeBody::Object(object)) => object.fields.iter().any(|field| field.wire == *text),
            _ => false,
        };
        let former = fields.clone().find(|field| field.aliases.contains(text));
        let wires = fields.map(|field| field.wire.as_str());
        let help = if other_release {
            "no release that has the rule has the field: give the rule `since` or `until`"
                .to_owned()
        } else if let Some(field) = former {
            format!(
                "`{text}` is its former name; did you mean `{}`?",
                field.wire
            )
        } else if let Some(meant) = did_you_mean(text, wires.clone()) {
            format!("did you mean `{meant}`?")
        } else {
            let mut known: Vec<String> = wires.map(|wire| format!("`{wire}`")).collect();
            known.dedup();
            if known.len() > MOST_NAMED {
                known.truncate(MOST_NAMED);
                known.push("…".to_owned());
            }
            format!("it has {}", known.join(", "))
        };
        self.error_help(name.range, format!("unknown field `{text}`{of}"), help)
    }

    /// The value of a field; an error if it may be absent here.
    pub(super) fn select(
        &mut self,
        of: &Ast,
        object: Expr,
        place: &Place,
        name: &Name,
        range: Range,
    ) -> Option<Typed> {
        let fields = self
            .fields(place.of)
            .filter(|field| field.wire == place.wire);
        let there = fields.clone().filter(|field| always_there(field));
        let key = guard::key(of, &name.text);
        if self.reachable
            && !self.facts.contains(&key)
            && !guard::covers(&there.map(|field| &field.life), self.scope.life)
        {
            let text = format!("{}.{}", print_ast(of, Style::Cel), name.text);
            // The value is still typed, so that further errors are found in one run.
            self.error_help::<()>(
                range,
                format!("`{text}` is optional: it may be absent here"),
                format!("ask for it in front: `has({text}) && …` or `!has({text}) || …`"),
            );
        }
        let mut types = fields.map(|field| &field.ty);
        let ty = types.next()?;
        let known = |ty| {
            types::known(ty, self.scope.types)
                .ok()
                .map(|known| (known.ty, known.dialect))
        };
        if !types.all(|other| known(other) == known(ty)) {
            return self.error_help(
                range,
                format!(
                    "`{}` changed its type over the releases that have the rule",
                    name.text
                ),
                "give the rule `since` or `until`, one rule for each type",
            );
        }
        self.read(
            ExprKind::Select(Box::new(object), place.wire.clone()),
            ty,
            range,
        )
    }
}

/// Whether every valid document of a release that has the field has a value for it.
fn always_there(field: &Field) -> bool {
    let filled = field.structure_default().is_some()
        && field
            .default
            .as_ref()
            .is_some_and(|default| guard::covers(&std::iter::once(&default.life), &field.life));
    (field.required || filled) && !field.nullable
}
