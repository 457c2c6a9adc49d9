//! Paths of rules followed in the fields of structs, defaults included.

use super::super::file::FileScope;
use super::super::literal::literal;
use super::field::{default_for, filled, mends_empty};
use super::place::{Found, Place, Texts, member};
use super::verdict::{Maybe, Verdict};
use super::{is_text, runtime};
use herz_dsl::catalog::{
    Condition, DefaultValue, Field, FieldPath, Layer, Literal, PathStep, Test, Type, TypeId,
};
use quote::quote;

/// Which ends of a path have to pass a test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ends {
    /// One of them. An end at which there is nothing does not.
    Any,
    /// All of them, as far as lists on the way have items.
    All,
}

/// The test at an end of a path. None: it can't be said.
pub(super) struct AtEnd<'t> {
    /// The verdict if nothing is there.
    pub(super) absent: bool,
    /// The verdict on a constant.
    pub(super) constant: &'t dyn Fn(&Literal) -> Option<Verdict>,
    /// The verdict on a value of this type.
    pub(super) value: &'t dyn Fn(&Place, &Type) -> Option<Verdict>,
}

/// What paths start at, and what they see.
#[derive(Clone, Copy)]
pub(super) struct Follow<'f, 'g, 'c> {
    pub(super) file: &'f FileScope<'g, 'c>,
    id: TypeId,
    /// Whose defaults count; none: no defaults.
    layer: Option<Layer>,
}

impl<'f, 'g, 'c> Follow<'f, 'g, 'c> {
    /// Paths from an object of this type, seen by admission.
    pub(super) fn new(file: &'f FileScope<'g, 'c>, id: TypeId) -> Self {
        Self {
            file,
            id,
            layer: Some(Layer::Admission),
        }
    }

    /// The object's type.
    pub(super) fn id(self) -> TypeId {
        self.id
    }

    /// The object's type.
    pub(super) fn ty(self) -> Type {
        Type::Ref(self.id)
    }

    /// What is written, defaults left out.
    pub(super) fn as_written(self) -> Self {
        Self {
            layer: None,
            ..self
        }
    }

    pub(super) fn seen_by(self, layer: Layer) -> Self {
        Self {
            layer: Some(layer),
            ..self
        }
    }

    /// The test at the ends of a path from the object that lies at the place.
    pub(super) fn path(
        self,
        from: &Place,
        path: &[PathStep],
        ends: Ends,
        at: &AtEnd<'_>,
    ) -> Option<Verdict> {
        self.steps(from, &self.ty(), path, ends, at)
    }

    /// The same from a value of any type.
    pub(super) fn steps(
        self,
        from: &Place,
        ty: &Type,
        path: &[PathStep],
        ends: Ends,
        at: &AtEnd<'_>,
    ) -> Option<Verdict> {
        let ty = self.file.graph.resolve(ty);
        let Some((step, rest)) = path.split_first() else {
            // A value of any type may be null, which is as good as absent.
            return match ty {
                Type::Any => None,
                ty => (at.value)(from, ty),
            };
        };
        match (step, ty) {
            (PathStep::Field(name), Type::Ref(id)) if self.file.graph.external(*id).is_none() => {
                self.field(from, *id, name, rest, ends, at)
            }
            (PathStep::Field(name), Type::Map(inner)) => {
                let below = self.steps(&from.it(), inner, rest, ends, at)?;
                let map = from.map(self.file);
                let entry = quote!(#map.get(#name));
                let (value, bare) = (entry.clone(), entry);
                Some(below.each(&Maybe { value, bare }, nothing(rest, ends, at)))
            }
            (PathStep::Each, Type::List(inner) | Type::Map(inner)) => {
                let below = self.steps(&from.it(), inner, rest, ends, at)?;
                let (of, entries) = if matches!(ty, Type::List(_)) {
                    (from.list(self.file), quote!(iter))
                } else {
                    (from.map(self.file), quote!(values))
                };
                Some(below.over(&of, &entries, ends == Ends::All))
            }
            (_, Type::Ref(_) | Type::Any | Type::AnyObject) => None,
            (PathStep::Field(_), _) => Some(nothing(rest, ends, at).into()),
            (PathStep::Each, _) => Some((ends == Ends::All).into()),
        }
    }

    fn field(
        self,
        from: &Place,
        id: TypeId,
        name: &str,
        rest: &[PathStep],
        ends: Ends,
        at: &AtEnd<'_>,
    ) -> Option<Verdict> {
        let members = self.file.graph.members(id);
        let Some(one) = members.iter().find(|one| one.field.wire == name) else {
            return Some(nothing(rest, ends, at).into());
        };
        let absent = self.default(one.field, rest, ends, at)?;
        let replaced = self
            .layer
            .is_some_and(|layer| mends_empty(one.field, layer).is_some());
        let inside = |place: &Place| {
            let there = self.steps(place, &one.field.ty, rest, ends, at)?;
            if !replaced {
                return Some(there);
            }
            let filled = place.ask(runtime(self.file, "is_filled"));
            Some(
                filled
                    .clone()
                    .and(there)
                    .or(filled.not().and(absent.clone())),
            )
        };
        match member(self.file, from, one) {
            Found::There(place) => inside(&place),
            Found::Maybe(option, place) => {
                let inside = inside(&place)?;
                match &absent {
                    Verdict::Yes => Some(inside.each(&option, true)),
                    Verdict::No => Some(inside.each(&option, false)),
                    Verdict::If(..) | Verdict::Of(_) => None,
                }
            }
        }
    }

    /// The verdict on what stands for an absent field.
    fn default(
        self,
        field: &Field,
        rest: &[PathStep],
        ends: Ends,
        at: &AtEnd<'_>,
    ) -> Option<Verdict> {
        let default = self.layer.and_then(|layer| default_for(field, layer));
        match default.map(|default| &default.value) {
            None | Some(DefaultValue::Literal(Literal::Null)) => {
                Some(nothing(rest, ends, at).into())
            }
            Some(DefaultValue::Literal(literal)) if rest.is_empty() => (at.constant)(literal),
            // What stands inside of a constant, or is made up at creation, is left to the validator.
            Some(_) => None,
        }
    }

    /// Whether there is something at an end, and filled if that is asked for.
    pub(super) fn there(
        self,
        from: &Place,
        path: &FieldPath,
        fill: bool,
        ends: Ends,
    ) -> Option<Verdict> {
        self.there_from(from, &self.ty(), &path.0, fill, ends)
    }

    /// Whether something filled stands at an end.
    pub(super) fn any_filled(self, from: &Place, path: &FieldPath) -> Option<Verdict> {
        self.there(from, path, true, Ends::Any)
    }

    /// Whether one of these texts stands at an end.
    pub(super) fn any_text(
        self,
        from: &Place,
        path: &FieldPath,
        texts: &[String],
    ) -> Option<Verdict> {
        let literals: Vec<Literal> = texts.iter().cloned().map(Literal::Text).collect();
        self.any_of(from, &self.ty(), &path.0, &literals)
    }

    /// Whether one of these values stands at an end.
    fn any_of(
        self,
        from: &Place,
        ty: &Type,
        path: &[PathStep],
        literals: &[Literal],
    ) -> Option<Verdict> {
        let at = AtEnd {
            absent: false,
            constant: &|one| Some(literals.iter().any(|other| same(one, other)).into()),
            value: &|place, ty| {
                let texts: Option<Vec<&str>> = literals
                    .iter()
                    .map(|one| match one {
                        Literal::Text(text) => Some(text.as_str()),
                        _ => None,
                    })
                    .collect();
                Some(Verdict::atom(match texts {
                    Some(texts) if is_text(self.file, ty) => {
                        let text = place.text(self.file);
                        quote!(matches!(#text, #(#texts)|*))
                    }
                    _ => {
                        let (is_one, look) = (
                            runtime(self.file, "is_one"),
                            self.file.runtime("view", "Look"),
                        );
                        let value = place.reference();
                        let values = literals.iter().map(|one| literal(self.file, one));
                        quote!(#is_one(#look::look(#value), &[#(#values),*]))
                    }
                }))
            },
        };
        if literals.is_empty() {
            return Some(Verdict::No);
        }
        if let (Place::Slots(texts), [PathStep::Field(name)]) = (from, path)
            && let Some(verdict) = self.slot_of(texts, name, literals)
        {
            return Some(verdict);
        }
        self.steps(from, ty, path, Ends::Any, &at)
    }

    /// The same of a field whose text stands in a variable: one that is empty where there is none.
    fn slot_of(self, texts: &Texts, name: &str, literals: &[Literal]) -> Option<Verdict> {
        let members = self.file.graph.members(self.id);
        let one = members.iter().find(|one| one.field.wire == name)?;
        let defaults = self.layer.and_then(|layer| default_for(one.field, layer));
        if defaults.is_some() || !is_text(self.file, &one.field.ty) {
            return None;
        }
        let known = literals.iter().map(|one| match one {
            Literal::Text(text) if !text.is_empty() => Some(text.as_str()),
            _ => None,
        });
        let known: Vec<&str> = known.collect::<Option<_>>()?;
        let text = texts.at(one.at);
        Some(Verdict::atom(quote!(matches!(#text, #(#known)|*))))
    }

    /// Whether all conditions hold; their paths start at the place.
    pub(super) fn holds(self, from: &Place, ty: &Type, when: &[Condition]) -> Option<Verdict> {
        let mut all = Verdict::Yes;
        for condition in when {
            let path = &condition.field.0;
            let there = |fill| self.there_from(from, ty, path, fill, Ends::Any);
            let hit = match &condition.test {
                Test::In(values) | Test::NotIn(values) => self.any_of(from, ty, path, values),
                Test::Present | Test::Absent => there(false),
                Test::Filled | Test::Empty => there(true),
            }?;
            all = all.and(match &condition.test {
                Test::In(_) | Test::Present | Test::Filled => hit,
                Test::NotIn(_) | Test::Absent | Test::Empty => hit.not(),
            });
        }
        Some(all)
    }

    fn there_from(
        self,
        from: &Place,
        ty: &Type,
        path: &[PathStep],
        fill: bool,
        ends: Ends,
    ) -> Option<Verdict> {
        let at = AtEnd {
            absent: false,
            constant: &|literal| Some((!fill || filled(literal)).into()),
            value: &|place, _| {
                if !fill {
                    return Some(Verdict::Yes);
                }
                Some(place.ask(runtime(self.file, "is_filled")))
            },
        };
        self.steps(from, ty, path, ends, &at)
    }
}

/// The verdict where a path leads to nothing.
fn nothing(rest: &[PathStep], ends: Ends, at: &AtEnd<'_>) -> bool {
    if rest.contains(&PathStep::Each) {
        ends == Ends::All
    } else {
        at.absent
    }
}

/// Whether two constants are the same; numbers by value.
#[allow(clippy::cast_precision_loss, clippy::float_cmp)] // As the validator compares.
fn same(one: &Literal, other: &Literal) -> bool {
    match (one, other) {
        (Literal::Int(a), Literal::Float(b)) | (Literal::Float(b), Literal::Int(a)) => {
            *a as f64 == *b
        }
        _ => one == other,
    }
}
