//! Limits of values as structural schemas have them.

use super::schema::{Place, Writer};
use crate::document::{Map, entries_word, push_all, put_range, texts};
use crate::target::Note;
use herz_dsl::catalog::{
    Constraint, ConstraintKind, Field, Fill, Item, Layer, Literal, Type, TypeBody,
};
use herz_types::Level;
use herz_types::codes::{self, Code};
use herz_types::scalar::{Dialect, PatternFit};

impl Writer<'_, '_> {
    /// Adds the limits that count at a place.
    pub(super) fn limited(
        &mut self,
        schema: &mut Map,
        ty: &Type,
        limits: &[Constraint],
        item: &Item,
        place: Place,
    ) {
        let counts = |limit: &&Constraint| {
            limit.level == Level::Error && (limit.layer == Layer::Structure || place.admission)
        };
        for limit in limits.iter().filter(counts) {
            match &limit.kind {
                ConstraintKind::Range { min, max } => {
                    // A range of a text with a grammar is a range of what it stands for.
                    if matches!(self.view.base(ty), Type::Scalar(_)) {
                        self.lost(
                            item,
                            codes::OUT_OF_RANGE,
                            "a range of a text with a grammar can't be said in a CRD",
                        );
                    } else {
                        put_range(schema, min.as_ref(), max.as_ref(), true);
                    }
                }
                ConstraintKind::Length { min, max } => {
                    schema.put_some("minLength", *min);
                    schema.put_some("maxLength", *max);
                }
                ConstraintKind::Items { min, max } => {
                    let word = entries_word(self.view.base(ty));
                    schema.put_some(&format!("min{word}"), *min);
                    schema.put_some(&format!("max{word}"), *max);
                }
                ConstraintKind::Pattern(pattern) => {
                    put_text(
                        schema,
                        self.view.base(ty),
                        "pattern",
                        Literal::Text(pattern.clone()),
                    );
                }
                ConstraintKind::MultipleOf(step) => schema.put("multipleOf", *step),
                ConstraintKind::UniqueItems => self.unique(schema, ty, item),
                ConstraintKind::Grammar {
                    dialect,
                    allow_empty,
                } => {
                    self.grammar(item, *dialect);
                    if let Some((pattern, _)) = dialect.pattern() {
                        let pattern = or_empty(pattern, *allow_empty);
                        put_text(
                            schema,
                            self.view.base(ty),
                            "pattern",
                            Literal::Text(pattern),
                        );
                    }
                }
                ConstraintKind::OneOf(values) => {
                    put_text(schema, self.view.base(ty), "enum", texts(values));
                }
                // About fields (see [`filled`]), and said by the list's type.
                ConstraintKind::Filled | ConstraintKind::ToldApart(_) => {}
            }
        }
    }

    /// Items that must differ. `uniqueItems` is forbidden in a CRD (comparing all with all has no bound); a set
    /// of scalars is what it has instead.
    fn unique(&mut self, schema: &mut Map, ty: &Type, item: &Item) {
        let scalar = match self.view.base(ty) {
            Type::List(inner) => match self.view.base(inner) {
                Type::Ref(id) => {
                    let body = self.view.catalog.get(*id).map(|def| &def.body);
                    matches!(body, Some(TypeBody::Enum(_)))
                }
                Type::List(_) | Type::Map(_) | Type::Any | Type::AnyObject => false,
                _ => true,
            },
            _ => false,
        };
        if scalar {
            schema.put("x-kubernetes-list-type", "set");
        } else {
            self.lost(
                item,
                codes::DUPLICATE_ITEM,
                "a CRD can't say that lists, maps or objects differ",
            );
        }
    }

    /// Notes what the pattern of a text's grammar lets through.
    pub(super) fn grammar_of(&mut self, ty: &Type, item: &Item, place: Place) {
        match ty {
            Type::Scalar(scalar) if place.admission && scalar.dialect != Dialect::Timestamp => {
                self.grammar(item, scalar.dialect);
            }
            Type::List(inner) | Type::Map(inner) => self.grammar_of(inner, item, place),
            _ => {}
        }
    }

    fn grammar(&mut self, item: &Item, dialect: Dialect) {
        let name = dialect.name();
        match dialect.pattern() {
            Some((_, PatternFit::Exact)) => {}
            Some((_, PatternFit::Superset)) => self.lost(
                item,
                codes::GRAMMAR,
                format!("`{name}` is not regular: the pattern matches some malformed texts too"),
            ),
            None => self.lost(
                item,
                codes::GRAMMAR,
                format!("`{name}` has no pattern: any text passes"),
            ),
        }
    }

    /// Says in a field's schema that the value must not be empty, zero or false.
    pub(super) fn not_empty(&mut self, schema: &mut Map, ty: &Type, item: &Item) {
        let none_of = |values: Vec<Literal>| Map::new().with("enum", values);
        let one = Literal::Int(1);
        match self.view.base(ty) {
            Type::Bool => schema.put("enum", vec![Literal::Bool(true)]),
            Type::Int { .. } | Type::Float64 => schema.put("not", none_of(vec![Literal::Int(0)])),
            Type::IntOrString => {
                let empties = vec![Literal::Int(0), Literal::Text(String::new())];
                schema.put("not", none_of(empties));
            }
            Type::String | Type::Bytes | Type::Scalar(_) => at_least(schema, "minLength", one),
            Type::List(_) => at_least(schema, "minItems", one),
            Type::Map(_) | Type::AnyObject => at_least(schema, "minProperties", one),
            Type::Ref(id) => match self.view.get(*id).map(|def| &def.body) {
                Some(TypeBody::Object(_)) => at_least(schema, "minProperties", one),
                _ => at_least(schema, "minLength", one),
            },
            Type::Any => self.lost(
                item,
                codes::EMPTY,
                "a CRD can't tell whether a value of any type is empty",
            ),
        }
    }

    /// Notes findings that the CRD has not.
    pub(super) fn lost(&mut self, item: &Item, code: Code, what: impl Into<String>) {
        let instead = "Herz and admission check it; the CRD does not";
        self.notes
            .push(Note::loss(item.clone(), what, instead).without(code));
    }
}

/// What `filled` demands of a field beside a value that is not empty.
pub(super) struct Filled {
    /// That it is there: nothing fills it in.
    pub(super) there: bool,
}

/// What `filled` demands of a field, if it counts and no default mends all.
pub(super) fn filled(field: &Field, place: Place) -> Option<Filled> {
    let counts = |limit: &&Constraint| {
        matches!(limit.kind, ConstraintKind::Filled)
            && limit.level == Level::Error
            && (limit.layer == Layer::Structure || place.admission)
    };
    let limit = field.constraints.iter().find(counts)?;
    let default = field.default.as_ref().filter(|default| {
        default.value.brings(true)
            && (limit.layer == Layer::Admission || default.layer == Layer::Structure)
    });
    match default {
        Some(default) if default.fill == Fill::Empty => None,
        default => Some(Filled {
            there: default.is_none(),
        }),
    }
}

/// A least count, unless there is a greater one.
fn at_least(schema: &mut Map, word: &str, count: Literal) {
    if matches!(schema.get(word), None | Some(Literal::Int(0))) {
        schema.put(word, count);
    }
}

/// A limit of a text; of each text, if it is about a list of them.
fn put_text(schema: &mut Map, base: &Type, word: &str, value: Literal) {
    let limit = Map::new().with(word, value);
    let taken = schema.get(word).is_some();
    if matches!(base, Type::List(_)) {
        push_all(schema, Map::new().with("items", limit));
    } else if taken {
        push_all(schema, limit);
    } else {
        for (word, value) in limit.0 {
            schema.put(&word, value);
        }
    }
}

pub(super) fn or_empty(pattern: &str, allow_empty: bool) -> String {
    if allow_empty {
        format!("^$|{pattern}")
    } else {
        pattern.to_owned()
    }
}
