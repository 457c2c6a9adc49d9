//! Fields as rules see them: with defaults that an API server does not fill in by itself.

use super::text::{literal, not_empty};
use crate::target::View;
use herz_dsl::catalog::{Default, DefaultValue, Field, Fill, Layer, Literal, Type};

/// The value of a field and that it is there, from its place in CEL. A rule of a layer sees the defaults of that
/// layer: those that admission fills in, and those that take the place of a value that is empty or null.
pub(super) fn filled_in(
    view: &View<'_>,
    field: &Field,
    layer: Layer,
    place: String,
) -> Result<(String, String), String> {
    // It has no `type` in a structural schema, and rules see what has one.
    if matches!(view.base(&field.ty), Type::Any) {
        return Err("rules of an API server do not see a value of any type".to_owned());
    }
    let has = format!("has({place})");
    let counts = |default: &&Default| match default.layer {
        Layer::Structure => default.fill == Fill::Empty || field.nullable,
        Layer::Admission => layer == Layer::Admission,
    };
    let Some(default) = field.default.as_ref().filter(counts) else {
        return Ok((place, has));
    };
    let stays = match default.fill {
        Fill::Absent => has,
        Fill::Empty => match not_empty(view, &field.ty, &place)? {
            Some(filled) => format!("({has} && {filled})"),
            None => has,
        },
    };
    match &default.value {
        DefaultValue::Literal(Literal::Null) => Ok((place, stays)),
        DefaultValue::Literal(value) => {
            let text = format!("({stays} ? {place} : {})", literal(value)?);
            Ok((text, "true".to_owned()))
        }
        DefaultValue::Generated(_) => {
            Err("the rule asks for a value that is made up at creation".to_owned())
        }
    }
}
