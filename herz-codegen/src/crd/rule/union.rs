//! Unions as CEL: what the chosen case needs, and which blocks it refuses.

use super::default::filled_in;
use super::text::{escaped, not_empty, quoted, text};
use crate::document::Map;
use crate::target::View;
use herz_dsl::catalog::{DefaultValue, Field, Foreign, Layer, Literal, Object, Type, TypeId};
use herz_types::Level;

/// A rule about a field, or why there can be none.
type OfField<'o> = (&'o Field, Result<Literal, String>);

/// What the cases of a union need, where a missing block is refused.
pub(in crate::crd) fn needs<'o>(view: &View<'_>, object: &'o Object) -> Vec<OfField<'o>> {
    let Some(union) = &object.union else {
        return Vec::new();
    };
    let Some(tag) = field(object, &union.tag) else {
        return Vec::new();
    };
    let mut rules = Vec::new();
    for case in union.cases.iter().filter(|case| case.level == Level::Error) {
        for block in case.requires.iter().filter_map(|name| field(object, name)) {
            let message = format!("{} {} needs {}", union.tag, case.value, block.wire);
            let rule = |demand: String| {
                let is = chosen(view, tag, &format!("== {}", text(&case.value)))?;
                validation(message, &format!("!({is}) || {demand}"))
            };
            match needed(view, block, case.filled) {
                Ok(demand) => rules.extend(demand.map(|demand| (block, rule(demand)))),
                Err(why) => rules.push((block, Err(why))),
            }
        }
    }
    rules
}

/// That a block is there, and filled if that is asked for; none if that is always so.
fn needed(view: &View<'_>, block: &Field, filled: bool) -> Result<Option<String>, String> {
    let default = block.default.as_ref().map(|default| &default.value);
    if matches!(default, Some(DefaultValue::Generated(_))) || (block.required && !filled) {
        return Ok(None);
    }
    let place = format!("self.{}", quoted(&block.wire));
    let (value, has) = filled_in(view, block, Layer::Admission, place)?;
    let mut demand = Vec::new();
    if has != "true" {
        demand.push(has);
    }
    if filled {
        // Of a number or text in one, CEL can only tell that it is there.
        demand.extend(not_empty(view, &block.ty, &value).ok().flatten());
    }
    Ok((!demand.is_empty()).then(|| demand.join(" && ")))
}

fn validation(message: String, rule: &str) -> Result<Literal, String> {
    let rule = escaped(rule).ok_or("the names are no CEL")?;
    Ok(Map::new()
        .with("message", message)
        .with("rule", rule)
        .literal())
}

/// That the tag has a value that fulfils a test.
fn chosen(view: &View<'_>, tag: &Field, test: &str) -> Result<String, String> {
    let place = format!("self.{}", quoted(&tag.wire));
    let (value, has) = filled_in(view, tag, Layer::Structure, place)?;
    Ok(format!("{has} && {value} {test}"))
}

fn field<'o>(object: &'o Object, name: &str) -> Option<&'o Field> {
    object.fields.iter().find(|field| field.wire == name)
}

/// Where blocks of other cases are refused: the rule of each, or why there can be none.
pub(in crate::crd) fn foreign<'o>(
    view: &View<'_>,
    owner: TypeId,
    object: &'o Object,
) -> Vec<OfField<'o>> {
    let union = object.union.as_ref();
    let Some(union) = union.filter(|union| union.foreign == Foreign::Refuse) else {
        return Vec::new();
    };
    let Some(tag) = field(object, &union.tag) else {
        return Vec::new();
    };
    let blocks = view.case_fields(owner, union);
    let rule = |block: &'o Field| {
        let values = view.foreign_values(tag, union, &block.wire);
        (!values.is_empty()).then(|| (block, refused(view, tag, block, &values)))
    };
    let blocks = blocks.iter().filter_map(|name| field(object, name));
    blocks.filter_map(rule).collect()
}

/// That a block says nothing with some values of the tag.
fn refused(
    view: &View<'_>,
    tag: &Field,
    block: &Field,
    values: &[String],
) -> Result<Literal, String> {
    let filled_in = block.default.as_ref();
    if filled_in
        .is_some_and(|default| default.layer == Layer::Structure && default.value.brings(true))
    {
        return Err(
            "an API server fills the field in before it asks whether it is there".to_owned(),
        );
    }
    let here = format!("self.{}", quoted(&block.wire));
    let mut speaks = format!("has({here})");
    // A map with a name is an object to the platform: it speaks by being there.
    let object = !matches!(block.ty, Type::Map(_))
        && matches!(view.base(&block.ty), Type::Map(_) | Type::AnyObject);
    if !object && let Some(filled) = not_empty(view, &block.ty, &here)? {
        speaks = format!("{speaks} && {filled}");
    }
    let all: Vec<String> = values.iter().map(|value| text(value)).collect();
    let is = chosen(view, tag, &format!("in [{}]", all.join(", ")))?;
    let rule = format!("!({is}) || !({speaks})");
    let message = format!(
        "{} must not be there when {} is {}",
        block.wire,
        tag.wire,
        values.join(" or ")
    );
    validation(message, &rule)
}
