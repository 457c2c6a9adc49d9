//! `allOf` where it is plain: one schema laid into another, as if written in one.

use super::model::{Additional, Bound, Schema};

/// Lays `part` into `whole`. False, and `whole` unchanged, where the two say the same thing twice
/// in ways that don't combine: two patterns, two unions, one property two ways.
pub(super) fn lay_in(whole: &mut Schema, part: &Schema) -> bool {
    if !fits(whole, part) {
        return false;
    }
    if let Some(types) = part.types {
        whole.types = Some(whole.types.map_or(types, |own| own.intersection(types)));
    }
    whole.nullable = match (whole.nullable, part.nullable) {
        (Some(own), Some(other)) => Some(own && other),
        (own, other) => own.or(other),
    };
    whole.minimum = tighter(whole.minimum, part.minimum, |a, b| {
        a.value > b.value || (a.value == b.value && a.exclusive)
    });
    whole.maximum = tighter(whole.maximum, part.maximum, |a, b| {
        a.value < b.value || (a.value == b.value && a.exclusive)
    });
    for (keyword, value) in &part.counts {
        let own = whole.counts.entry(keyword).or_insert(*value);
        *own = if keyword.starts_with("min") {
            (*own).max(*value)
        } else {
            (*own).min(*value)
        };
    }
    if let Some(other) = &part.enumeration {
        match &mut whole.enumeration {
            Some(own) => {
                own.values.retain(|value| other.values.contains(value));
                own.open &= other.open;
            }
            own => *own = Some(other.clone()),
        }
    }
    lay_in_object(whole, part);
    take(&mut whole.format, part.format.as_ref());
    take(&mut whole.unit, part.unit.as_ref());
    take(&mut whole.encoding, part.encoding.as_ref());
    take(&mut whole.constant, part.constant.as_ref());
    take(&mut whole.multiple_of, part.multiple_of.as_ref());
    take(&mut whole.pattern, part.pattern.as_ref());
    take(&mut whole.items, part.items.as_ref());
    take(&mut whole.not, part.not.as_ref());
    take(&mut whole.default, part.default.as_ref());
    take(&mut whole.discriminator, part.discriminator.as_ref());
    take(&mut whole.list_type, part.list_type.as_ref());
    take(&mut whole.map_type, part.map_type.as_ref());
    if whole.tuple.is_empty() {
        whole.tuple.clone_from(&part.tuple);
    }
    if whole.list_map_keys.is_empty() {
        whole.list_map_keys.clone_from(&part.list_map_keys);
    }
    whole.unique |= part.unique;
    whole.int_or_string |= part.int_or_string;
    whole.open_union |= part.open_union;
    whole.read_only |= part.read_only;
    whole.write_only |= part.write_only;
    whole.immutable |= part.immutable;
    whole.sensitive |= part.sensitive;
    whole.preserve_unknown |= part.preserve_unknown;
    whole.embedded |= part.embedded;
    whole.unions.extend(part.unions.iter().cloned());
    whole.rules.extend(part.rules.iter().cloned());
    whole.conjuncts.extend(part.conjuncts.iter().copied());
    for reference in &part.references {
        if !whole
            .references
            .iter()
            .any(|own| own.name == reference.name)
        {
            whole.references.push(reference.clone());
        }
    }
    whole.spans.extend(part.spans.iter().copied());
    whole.life.deprecated |= part.life.deprecated;
    for (key, value) in &part.docs {
        whole
            .docs
            .entry(key.clone())
            .or_insert_with(|| value.clone());
    }
    for (key, value) in &part.rest {
        whole
            .rest
            .entry(key.clone())
            .or_insert_with(|| value.clone());
    }
    true
}

fn lay_in_object(whole: &mut Schema, part: &Schema) {
    let count = whole.properties.len();
    for (name, property) in &part.properties {
        whole.properties.entry(name.clone()).or_insert_with(|| {
            let mut property = property.clone();
            property.order += count;
            property
        });
    }
    for (pattern, id) in &part.pattern_properties {
        whole
            .pattern_properties
            .entry(pattern.clone())
            .or_insert(*id);
    }
    whole.required.extend(part.required.iter().cloned());
    whole.aliases.extend(part.aliases.iter().cloned());
    if whole.additional == Additional::Open {
        whole.additional = part.additional;
    }
    take(&mut whole.property_names, part.property_names.as_ref());
    for (name, ty) in &part.reserved {
        whole
            .reserved
            .entry(name.clone())
            .or_insert_with(|| ty.clone());
    }
}

fn take<T: Clone>(own: &mut Option<T>, other: Option<&T>) {
    if own.is_none() {
        *own = other.cloned();
    }
}

fn tighter(
    own: Option<Bound>,
    other: Option<Bound>,
    first_is_tighter: impl Fn(&Bound, &Bound) -> bool,
) -> Option<Bound> {
    match (own, other) {
        (Some(a), Some(b)) => Some(if first_is_tighter(&a, &b) { a } else { b }),
        (a, b) => a.or(b),
    }
}

fn fits(whole: &Schema, part: &Schema) -> bool {
    fn differ<T: PartialEq>(a: Option<&T>, b: Option<&T>) -> bool {
        matches!((a, b), (Some(a), Some(b)) if a != b)
    }
    let same_property = |(name, property): (&String, &super::model::Property)| {
        whole
            .properties
            .get(name)
            .is_some_and(|own| own.schema != property.schema)
    };
    // A closed object closes over its own properties only, not over those of the other parts.
    let closes = |a: &Schema, b: &Schema| {
        a.additional != Additional::Open
            && (!b.properties.is_empty() || b.additional != Additional::Open)
    };
    !(differ(whole.pattern.as_ref(), part.pattern.as_ref())
        || differ(whole.format.as_ref(), part.format.as_ref())
        || differ(whole.constant.as_ref(), part.constant.as_ref())
        || differ(whole.multiple_of.as_ref(), part.multiple_of.as_ref())
        || differ(whole.items.as_ref(), part.items.as_ref())
        || differ(whole.not.as_ref(), part.not.as_ref())
        || differ(whole.property_names.as_ref(), part.property_names.as_ref())
        || (!whole.unions.is_empty() && !part.unions.is_empty())
        || (!whole.tuple.is_empty() && !part.tuple.is_empty())
        || part.properties.iter().any(same_property)
        || closes(whole, part)
        || closes(part, whole))
}
