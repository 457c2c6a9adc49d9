//! Fields: there or not, filled or not, and their values.

use super::super::file::FileScope;
use super::super::member::Member;
use super::super::reader;
use super::place::{Found, Place, member};
use super::runtime;
use super::value::{self, limits};
use super::verdict::Verdict;
use herz_dsl::catalog::{
    ConstraintKind, Default as FieldDefault, DefaultValue, Field, Fill, Layer, Literal,
};
use quote::quote;

/// Whether a field is fine.
pub(super) fn field(file: &FileScope<'_, '_>, this: &Place, one: &Member<'_>) -> Verdict {
    let field = one.field;
    let filled = limits(file, field)
        .into_iter()
        .find(|limit| matches!(limit.kind, ConstraintKind::Filled))
        .map(|limit| limit.layer);
    let absent = filled.is_none_or(|layer| {
        default_for(field, layer).is_some_and(|default| is_filled(&default.value))
    });
    let empty = filled.is_none_or(|layer| {
        mends_empty(field, layer).is_some_and(|default| is_filled(&default.value))
    });
    let inside = |place: &Place| {
        if field.life.deprecated.is_some() {
            return Verdict::No;
        }
        let value = value::value(file, place, field);
        if empty {
            return value;
        }
        value.and(place.ask(runtime(file, "is_filled")))
    };
    match member(file, this, one) {
        Found::There(place) => inside(&place),
        Found::Maybe(option, place) if one.optional || !this.is_raw() => {
            inside(&place).each(&option, absent)
        }
        Found::Maybe(option, place) if field.nullable => {
            let slot = reader::slot(one.at);
            Verdict::atom(quote!(#slot.is_some())).and(inside(&place).each(&option, absent))
        }
        Found::Maybe(option, place) => inside(&place).each(&option, false),
    }
}

/// The default that counts before a layer judges.
pub(super) fn default_for(field: &Field, layer: Layer) -> Option<&FieldDefault> {
    field
        .default
        .as_ref()
        .filter(|default| default.layer == Layer::Structure || layer == Layer::Admission)
}

/// The default that replaces empty values before a layer judges.
pub(super) fn mends_empty(field: &Field, layer: Layer) -> Option<&FieldDefault> {
    default_for(field, layer).filter(|default| default.fill == Fill::Empty)
}

fn is_filled(value: &DefaultValue) -> bool {
    match value {
        DefaultValue::Literal(literal) => filled(literal),
        DefaultValue::Generated(_) => true,
    }
}

/// Whether a constant is not null, empty, zero or false.
pub(super) fn filled(literal: &Literal) -> bool {
    match literal {
        Literal::Null => false,
        Literal::Bool(value) => *value,
        Literal::Int(value) => *value != 0,
        Literal::Float(value) => *value != 0.0,
        Literal::Text(text) => !text.is_empty(),
        Literal::List(items) => !items.is_empty(),
        Literal::Map(entries) => !entries.is_empty(),
    }
}
