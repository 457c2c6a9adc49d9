//! Rules across fields, lowered to `if`/`then`, `anyOf`, `oneOf`, `not`.

use super::Schemas;
use super::object::{any_name, default_for, names, of_names};
use super::place::Place;
use crate::document::{Map, texts};
use herz_dsl::catalog::{
    Condition, DefaultValue, Field, FieldPath, Fill, Item, Kind, Layer, Literal, PathStep, Rule,
    RuleKind, Test, Type, TypeId,
};
use herz_types::Level;

/// Where paths of rules start.
#[derive(Clone, Copy)]
pub(super) enum Root<'k> {
    /// At an object type.
    Object(TypeId),
    /// At a document.
    Document(&'k Kind),
}

/// How far along a path.
#[derive(Clone, Copy)]
enum At<'k> {
    /// At the document where it starts.
    Document(&'k Kind),
    /// At the object where it starts: fields of it are meant under their former names, too.
    Top,
    /// Further on.
    Below,
}

impl At<'_> {
    const fn is_top(self) -> bool {
        matches!(self, Self::Top)
    }
}

/// A type that a path has come to; none: not known, as in `metadata`.
type Reached = Option<Type>;

/// What the end of a path must be, by its type.
type Leaf<'l> = &'l dyn Fn(&Reached) -> Map;

impl Schemas<'_, '_> {
    /// The rules that count at a place.
    pub(super) fn rules(
        &mut self,
        item: &Item,
        root: Root<'_>,
        rules: &[Rule],
        place: Place,
    ) -> Vec<Literal> {
        let mut parts = Vec::new();
        for rule in rules {
            let counts =
                rule.level == Level::Error && (rule.layer == Layer::Structure || !place.advice);
            if !counts || matches!(rule.kind, RuleKind::Immutable { .. }) {
                continue;
            }
            match self.rule(root, rule) {
                Ok(schema) => parts.push(schema.literal()),
                Err(why) => self.lost(item.rule(&rule.name), why),
            }
        }
        parts
    }

    fn rule(&self, root: Root<'_>, rule: &Rule) -> Result<Map, &'static str> {
        let then = self.demand(root, rule)?;
        if rule.when.is_empty() {
            return Ok(then);
        }
        let conditions: Vec<Literal> = rule
            .when
            .iter()
            .map(|one| self.condition(root, one, rule.layer).literal())
            .collect();
        let is = match conditions.len() {
            1 => conditions.into_iter().next(),
            _ => Some(Map::new().with("allOf", conditions).literal()),
        };
        let mut schema = Map::new();
        schema.put_some("if", is);
        schema.put("then", then);
        Ok(schema)
    }

    fn demand(&self, root: Root<'_>, rule: &Rule) -> Result<Map, &'static str> {
        let layer = rule.layer;
        let there = |path: &FieldPath, filled: bool| {
            self.some(root, path, layer, &|ty| self.leaf(ty, filled), &|literal| {
                !filled || !literal.is_empty()
            })
        };
        Ok(match &rule.kind {
            RuleKind::Requires { fields, filled } => {
                let parts = fields
                    .iter()
                    .map(|path| self.every(root, path, layer, *filled));
                all(parts.collect())
            }
            RuleKind::Forbids { fields, filled } => {
                let parts = fields.iter().map(|path| not(there(path, *filled)));
                all(parts.collect())
            }
            RuleKind::Count {
                fields,
                min,
                at_most_one,
                filled,
            } => {
                let mut parts: Vec<Literal> = fields
                    .iter()
                    .map(|path| there(path, *filled).literal())
                    .collect();
                match (*min, *at_most_one) {
                    (0, _) => {
                        let any = Map::new().with("anyOf", parts.clone());
                        parts.push(not(any).literal());
                        Map::new().with("oneOf", parts)
                    }
                    (_, true) => Map::new().with("oneOf", parts),
                    (_, false) => Map::new().with("anyOf", parts),
                }
            }
            RuleKind::Unique { list, by: None } if is_plain(list) => {
                self.some_or_absent(list, Map::new().with("uniqueItems", true))
            }
            RuleKind::Unique { .. } => return Err("items that differ in a field can't be told"),
            RuleKind::Compare { .. } => return Err("two fields can't be compared"),
            RuleKind::RefersTo { .. } => {
                return Err("references inside of a document can't be followed");
            }
            RuleKind::Acyclic { .. } => return Err("circles of references can't be found"),
            RuleKind::Cel { .. } => return Err("an expression in CEL can't be evaluated"),
            RuleKind::Immutable { .. } => return Err("an update can't be judged by one document"),
        })
    }

    fn condition(&self, root: Root<'_>, condition: &Condition, layer: Layer) -> Map {
        let path = &condition.field;
        let some = |leaf: Leaf<'_>, default: &dyn Fn(&Literal) -> bool| {
            self.some(root, path, layer, leaf, default)
        };
        let there = |_: &Reached| is_there();
        let filled = |ty: &Reached| self.leaf(ty, true);
        match &condition.test {
            Test::In(values) => some(&|_| one_of(values), &|literal| values.contains(literal)),
            Test::NotIn(values) => not(some(&|_| one_of(values), &|literal| {
                values.contains(literal)
            })),
            Test::Present => some(&there, &|_| true),
            Test::Absent => not(some(&there, &|_| true)),
            Test::Filled => some(&filled, &|literal| !literal.is_empty()),
            Test::Empty => not(some(&filled, &|literal| !literal.is_empty())),
        }
    }

    /// A field by name, at a type.
    fn step(&self, at: At<'_>, ty: &Reached, name: &str) -> (Option<&Field>, Reached) {
        if let At::Document(kind) = at {
            let id = match name {
                "spec" => Some(kind.spec),
                "status" => kind.status,
                _ => None,
            };
            return (None, id.map(Type::Ref));
        }
        let object = ty.as_ref().and_then(|ty| self.view.object(ty));
        let field = object.and_then(|(_, object)| object.fields.iter().find(|f| f.wire == name));
        (field, field.map(|field| field.ty.clone()))
    }

    fn start(root: Root<'_>) -> (At<'_>, Reached) {
        match root {
            Root::Object(id) => (At::Top, Some(Type::Ref(id))),
            Root::Document(kind) => (At::Document(kind), None),
        }
    }

    /// That some end of a path is there and fulfils `leaf`, or is absent with a default that does.
    fn some(
        &self,
        root: Root<'_>,
        path: &FieldPath,
        layer: Layer,
        leaf: Leaf<'_>,
        default: &dyn Fn(&Literal) -> bool,
    ) -> Map {
        let (at, ty) = Self::start(root);
        self.some_from(at, &ty, &path.0, layer, leaf, default)
    }

    fn some_from(
        &self,
        at: At<'_>,
        ty: &Reached,
        steps: &[PathStep],
        layer: Layer,
        leaf: Leaf<'_>,
        default: &dyn Fn(&Literal) -> bool,
    ) -> Map {
        let Some((step, rest)) = steps.split_first() else {
            return leaf(ty);
        };
        match step {
            PathStep::Field(name) => {
                let (field, inner) = self.step(at, ty, name);
                let below = self.some_from(At::Below, &inner, rest, layer, leaf, default);
                let below = if rest.is_empty() {
                    below
                } else {
                    all(vec![is_there(), below])
                };
                let filled_in = field.and_then(|field| default_for(field, layer));
                let by_default = filled_in.is_some_and(|filled_in| match &filled_in.value {
                    DefaultValue::Generated(_) => rest.is_empty(),
                    DefaultValue::Literal(Literal::Null) => false,
                    DefaultValue::Literal(literal) => rest.is_empty() && default(literal),
                });
                // An empty value that the default takes the place of is not looked at.
                let below = match filled_in.filter(|one| one.fill == Fill::Empty) {
                    Some(_) if !rest.is_empty() => below,
                    Some(_) if by_default => {
                        let any = vec![below.literal(), self.nothing(inner.as_ref()).literal()];
                        Map::new().with("anyOf", any)
                    }
                    Some(_) => all(vec![not(self.nothing(inner.as_ref())), below]),
                    None => below,
                };
                let under = |name: &str| {
                    Map::new()
                        .with("type", "object")
                        .with("properties", Map::new().with(name, below.clone()))
                };
                if let Some(field) = field.filter(|field| at.is_top() && !field.aliases.is_empty())
                {
                    // Under any of its names, or under none and filled in.
                    let mut any: Vec<Literal> = names(field)
                        .map(|name| under(name).with("required", texts([name])).literal())
                        .collect();
                    any.extend(by_default.then(|| of_names(field, |_| or_nothing()).literal()));
                    return Map::new().with("anyOf", any);
                }
                let schema = under(name);
                if !by_default {
                    return schema.with("required", texts([name]));
                }
                // Null counts as absent, so the default counts then too.
                let null = Map::new().with("properties", Map::new().with(name, or_nothing()));
                Map::new().with("anyOf", vec![schema.literal(), null.literal()])
            }
            PathStep::Each => {
                let inner = item_of(ty);
                let below = self.some_from(At::Below, &inner, rest, layer, leaf, default);
                if matches!(ty.as_ref().map(|ty| self.view.base(ty)), Some(Type::Map(_))) {
                    let none = Map::new().with("additionalProperties", not(below));
                    return all(vec![Map::new().with("type", "object"), not(none)]);
                }
                Map::new().with("type", "array").with("contains", below)
            }
        }
    }

    /// That every end of a path is there.
    fn every(&self, root: Root<'_>, path: &FieldPath, layer: Layer, filled: bool) -> Map {
        let (at, ty) = Self::start(root);
        self.every_from(at, &ty, &path.0, layer, filled)
    }

    fn every_from(
        &self,
        at: At<'_>,
        ty: &Reached,
        steps: &[PathStep],
        layer: Layer,
        filled: bool,
    ) -> Map {
        let Some((step, rest)) = steps.split_first() else {
            return self.leaf(ty, filled);
        };
        match step {
            PathStep::Field(name) => {
                let (field, inner) = self.step(at, ty, name);
                let below = self.every_from(At::Below, &inner, rest, layer, filled);
                // A list that is not there has no items that lack something.
                let optional = matches!(rest.first(), Some(PathStep::Each));
                let below = if optional || rest.is_empty() {
                    below
                } else {
                    all(vec![is_there(), below])
                };
                let default = field
                    .and_then(|field| default_for(field, layer))
                    .filter(|_| rest.is_empty());
                let brought = default.is_some_and(|default| default.value.brings(filled));
                // An empty value that the default takes the place of is not looked at.
                let below = match default.filter(|one| one.fill == Fill::Empty) {
                    Some(_) if brought => Map::new(),
                    Some(_) => all(vec![not(self.nothing(inner.as_ref())), below]),
                    None => below,
                };
                let needed = !optional && !brought;
                if let Some(field) = field.filter(|field| at.is_top() && !field.aliases.is_empty())
                {
                    let each = of_names(field, |_| below.clone());
                    let one = |name: &str| Map::new().with("required", texts([name]));
                    let some = needed.then(|| any_name(field, one));
                    return all(std::iter::once(each).chain(some).collect());
                }
                let mut schema = Map::new().with("properties", Map::new().with(name, below));
                if needed {
                    schema.put("required", texts([name]));
                }
                schema
            }
            PathStep::Each => {
                let inner = item_of(ty);
                let below = self.every_from(At::Below, &inner, rest, layer, filled);
                if matches!(ty.as_ref().map(|ty| self.view.base(ty)), Some(Type::Map(_))) {
                    Map::new().with("additionalProperties", below)
                } else {
                    Map::new().with("items", below)
                }
            }
        }
    }

    /// What a value that is there is; what a filled one is.
    fn leaf(&self, ty: &Reached, filled: bool) -> Map {
        if filled {
            not(self.nothing(ty.as_ref()))
        } else {
            is_there()
        }
    }

    /// That a value at a path of fields is absent or fulfils a schema.
    #[expect(clippy::unused_self, reason = "beside its kin")]
    fn some_or_absent(&self, path: &FieldPath, leaf: Map) -> Map {
        path.0.iter().rev().fold(leaf, |inner, step| match step {
            PathStep::Field(name) => Map::new().with("properties", Map::new().with(name, inner)),
            PathStep::Each => inner,
        })
    }
}

fn item_of(ty: &Reached) -> Reached {
    match ty {
        Some(Type::List(item) | Type::Map(item)) => Some((**item).clone()),
        _ => None,
    }
}

fn is_plain(path: &FieldPath) -> bool {
    path.0.iter().all(|step| matches!(step, PathStep::Field(_)))
}

fn is_there() -> Map {
    not(Map::new().with("type", "null"))
}

fn or_nothing() -> Map {
    Map::new().with("type", "null")
}

fn one_of(values: &[Literal]) -> Map {
    Map::new().with("enum", Literal::List(values.to_vec()))
}

fn not(schema: Map) -> Map {
    Map::new().with("not", schema)
}

fn all(mut parts: Vec<Map>) -> Map {
    if parts.len() == 1 {
        return parts.remove(0);
    }
    let parts: Vec<Literal> = parts.into_iter().map(Map::literal).collect();
    Map::new().with("allOf", parts)
}
