//! A field: its type and limits, and what it says of its empty values, its default and how its changes merge.

use super::limit::filled;
use super::schema::{Place, Writer};
use crate::document::{Map, default_literal, push_all, texts};
use crate::target::Note;
use herz_dsl::catalog::{
    Default, DefaultValue, Field, Fill, Item, Layer, Literal, Merge, Object, Semantics, Type,
    TypeBody, TypeId,
};
use herz_types::codes;

impl Writer<'_, '_> {
    pub(super) fn field(
        &mut self,
        owner: TypeId,
        field: &Field,
        object: &Object,
        place: Place,
    ) -> Map {
        let foreign = object.union.as_ref().is_some_and(|union| {
            let named = |names: &[String]| names.contains(&field.wire);
            union.selected_only
                && union
                    .cases
                    .iter()
                    .any(|c| named(&c.requires) || named(&c.allows))
        });
        let below = Place {
            // Where the platform rewrites a text, limits are asked of what comes out.
            admission: place.admission
                && field.semantics != Semantics::Structure
                && !foreign
                && field.normalize.is_none(),
            ..place
        };
        let item = self.view.field_item(owner, field);
        if foreign && place.admission {
            self.notes.push(Note::loss(
                item.clone(),
                "only the chosen case's block counts in full, and a CRD can't tell which one that is inside it",
                "limits, grammars and rules inside are left out; Herz and admission check them",
            ));
        }
        if !field.aliases.is_empty() {
            let note = Note::loss(
                item.clone(),
                "a CRD knows a field by one name",
                "an API server refuses former names; Herz takes them with a warning",
            );
            self.notes.push(note.without(codes::FORMER_NAME));
        }
        self.grammar_of(&field.ty, &item, below);
        let mut schema = self.valued(field, &item, below);
        if let Some(default) = fills_empty(field)
            && let Some(empty) = self.empty(&field.ty)
        {
            // What the structure demands of an empty value all the same.
            let structure = match default.layer {
                Layer::Structure => None,
                Layer::Admission => Some(Place {
                    admission: false,
                    ..below
                }),
            };
            let all = structure.map(|place| self.valued(field, &item, place));
            schema = or_empty(all, schema, empty);
        }
        if filled(field, place).is_some() {
            self.not_empty(&mut schema, &field.ty, &item);
        }
        if field.normalize.is_some() && place.admission {
            for code in [
                codes::GRAMMAR,
                codes::PATTERN,
                codes::LENGTH,
                codes::NOT_ALLOWED,
            ] {
                self.lost(
                    &item,
                    code,
                    "the platform rewrites the text before it looks at limits",
                );
            }
        }
        if field.nullable {
            schema.put("nullable", true);
        }
        self.default(&mut schema, field, &item);
        self.merge(&mut schema, field, item);
        self.describe(&mut schema, &field.doc);
        schema
    }

    /// What an empty value is; none where no keyword tells, and of objects, whose fields are looked at.
    fn empty(&self, ty: &Type) -> Option<Map> {
        let one_of = |values: Vec<Literal>| Map::new().with("enum", values);
        let none = |word: &str| Map::new().with(word, 0_i64);
        let text = || Literal::Text(String::new());
        match self.view.base(ty) {
            Type::Bool => Some(one_of(vec![Literal::Bool(false)])),
            Type::Int { .. } | Type::Float64 => Some(one_of(vec![Literal::Int(0)])),
            Type::IntOrString => Some(one_of(vec![Literal::Int(0), text()])),
            Type::String | Type::Bytes | Type::Scalar(_) => Some(one_of(vec![text()])),
            Type::List(_) => Some(none("maxItems")),
            Type::Map(_) | Type::AnyObject => Some(none("maxProperties")),
            Type::Ref(id) => match self.view.get(*id).map(|def| &def.body) {
                Some(TypeBody::Enum(_)) => Some(one_of(vec![text()])),
                _ => None,
            },
            Type::Any => None,
        }
    }

    /// The default that an API server fills in.
    fn default(&mut self, schema: &mut Map, field: &Field, item: &Item) {
        let default = field.default.as_ref();
        let Some(default) = default.filter(|default| default.layer == Layer::Structure) else {
            return;
        };
        match default_literal(field) {
            Some(literal) => schema.put("default", literal.clone()),
            None if default.value == DefaultValue::Literal(Literal::Null) => {
                schema.put("default", Literal::Null);
            }
            None => self.notes.push(Note::loss(
                item.clone(),
                "a default that is made up at creation can't stand in a CRD",
                "the field has no default there",
            )),
        }
    }

    /// How changes of a list or an object by several writers come together.
    fn merge(&mut self, schema: &mut Map, field: &Field, item: Item) {
        match &field.merge {
            None => {}
            Some((Merge::Atomic, _)) if is_text(schema.get("type"), "object") => {
                schema.put("x-kubernetes-map-type", "atomic");
            }
            Some((Merge::Atomic, _)) => {
                if is_text(schema.get("x-kubernetes-list-type"), "set") {
                    self.notes.push(
                        Note::loss(
                            item,
                            "a list that is replaced as a whole can't also be a set in a CRD",
                            "Herz and admission check that its items differ; the CRD does not",
                        )
                        .without(codes::DUPLICATE_ITEM),
                    );
                }
                schema.put("x-kubernetes-list-type", "atomic");
            }
            Some((Merge::Set, _)) => schema.put("x-kubernetes-list-type", "set"),
            Some((Merge::By(keys), _)) => {
                schema.put("x-kubernetes-list-type", "map");
                schema.put("x-kubernetes-list-map-keys", texts(keys));
            }
        }
    }

    /// A field's type with its limits.
    fn valued(&mut self, field: &Field, item: &Item, place: Place) -> Map {
        let mut schema = self.sized(&field.ty, &field.constraints, place);
        self.limited(&mut schema, &field.ty, &field.constraints, item, place);
        schema
    }
}

/// The default that takes the place of an empty value as well.
fn fills_empty(field: &Field) -> Option<&Default> {
    let default = field.default.as_ref();
    default.filter(|default| default.fill == Fill::Empty)
}

/// Keywords that a structural schema has on the way, and not in junctors.
const SHAPE: &[&str] = &[
    "type",
    "description",
    "items",
    "properties",
    "additionalProperties",
    "anyOf",
];

/// An empty value is replaced by a default before `full` is asked: it passes, but for what is demanded of `all`.
fn or_empty(all: Option<Map>, full: Map, empty: Map) -> Map {
    let mut schema = Map::new();
    let mut limited = Map::new();
    for (word, value) in full.0 {
        let of_all = all
            .as_ref()
            .is_some_and(|all| all.get(&word) == Some(&value));
        if of_all || SHAPE.contains(&word.as_str()) || word.starts_with("x-kubernetes-") {
            schema.put(&word, value);
        } else {
            limited.put(&word, value);
        }
    }
    for (word, value) in all.into_iter().flat_map(|all| all.0) {
        if schema.get(&word).is_none() {
            schema.put(&word, value);
        }
    }
    if limited.is_empty() {
        return schema;
    }
    let either = vec![empty.literal(), limited.literal()];
    push_all(&mut schema, Map::new().with("anyOf", either));
    schema
}

fn is_text(value: Option<&Literal>, text: &str) -> bool {
    matches!(value, Some(Literal::Text(known)) if known == text)
}
