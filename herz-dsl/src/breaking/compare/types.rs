//! Types, null, formats, units.

use super::{Comparison, Pair, flat};
use crate::breaking::level::{Direction, Level};
use crate::breaking::model::{Schema, Schemas, Types};
use crate::breaking::value::{Decimal, Value};

/// Types that both sides have: their keywords are compared. Those of other types went or came with
/// the type.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shared {
    pub(super) types: Types,
    /// Whether the type changed.
    pub(super) changed: bool,
}

impl Shared {
    /// Whether keywords of these types are compared. They are where the type stayed, even under a
    /// type that they say nothing about: the author meant something by them.
    pub(super) fn compares(self, types: Types) -> bool {
        !self.changed || self.types.overlaps(types)
    }
}

impl Comparison<'_> {
    pub(super) fn types(&mut self, pair: &Pair<'_>) -> Shared {
        let (old, new) = (pair.old, pair.new);
        let own = (old.types.is_some(), new.types.is_some());
        let (o, n) = if own == (false, false) {
            (Types::ANY, Types::ANY)
        } else {
            (value_types(self.old, old), value_types(self.new, new))
        };
        let shared = Shared {
            types: o.intersection(n),
            changed: o != n,
        };
        if shared.changed {
            let rule = if n.contains(o) {
                "type-widened"
            } else if o.contains(n) {
                "type-narrowed"
            } else {
                "type-changed"
            };
            let message = format!("{} became {}", o.describe(), n.describe());
            self.emit(pair.raw(rule, "type", message));
        }
        let everything = o.contains(Types::ANY.without(Types::NULL))
            || n.contains(Types::ANY.without(Types::NULL));
        // Null comes and goes with «anything» and with a list of values.
        let listed = old.enumeration.is_some() != new.enumeration.is_some()
            && allows_null(self.old, old, false) == allows_null(self.new, new, false);
        let echo = listed || (everything && shared.changed);
        if !echo {
            let before = allows_null(self.old, old, true);
            let after = allows_null(self.new, new, true);
            if !before && after {
                self.emit(pair.raw("null-allowed", "nullable", "null is a value now"));
            } else if before && !after {
                self.emit(pair.raw("null-forbidden", "nullable", "null is no value any more"));
            }
        }
        shared
    }

    pub(super) fn formats(&mut self, pair: &Pair<'_>, shared: Shared) {
        let (old, new) = (pair.old, pair.new);
        if old.unit != new.unit {
            let text = |unit: &Option<String>| unit.clone().unwrap_or_else(|| "none".into());
            let message = format!(
                "the unit was {}, it is {}",
                text(&old.unit),
                text(&new.unit)
            );
            self.emit(pair.raw("unit-changed", "x-herz-unit", message));
        }
        if old.encoding != new.encoding && shared.types.contains(Types::STRING) {
            let text = |it: &Option<String>| it.clone().unwrap_or_else(|| "no encoding".into());
            let message = format!("{} became {}", text(&old.encoding), text(&new.encoding));
            self.emit(pair.raw("encoding-changed", "contentEncoding", message));
        }
        // A format goes and comes with its type.
        let echo = shared.changed && !(both_text(old, new) && shared.types.contains(Types::STRING));
        if old.format == new.format || echo {
            return;
        }
        let order = format_order(old, new);
        let rule = match order {
            Order::Equal => return,
            Order::Wider => "format-widened",
            Order::Narrower | Order::Idle => "format-narrowed",
            Order::Apart => "format-changed",
        };
        let text = |it: &Option<String>| {
            it.as_ref()
                .map_or("none".to_owned(), |it| format!("`{it}`"))
        };
        let message = format!(
            "the format was {}, it is {}",
            text(&old.format),
            text(&new.format)
        );
        let raw = pair.raw(rule, "format", message);
        // A format that the bounds make idle refuses nothing; clients change their types all the same.
        self.emit(if order == Order::Idle {
            raw.level(Level::None)
        } else {
            raw
        });
    }

    /// Whether the reader of a direction sees the value at all.
    pub(super) fn seen_by(schema: &Schema, direction: Direction) -> bool {
        match direction {
            Direction::Input => !schema.read_only,
            Direction::Output => !schema.write_only,
        }
    }
}

/// Types without null; those of what it refers to where it says none itself.
fn value_types(schemas: &Schemas, schema: &Schema) -> Types {
    if schema.types.is_some() || schema.references.is_empty() {
        return schema.value_types();
    }
    schema
        .references
        .iter()
        .filter_map(|reference| schemas.component(&reference.name))
        .map(|id| flat(schemas, id).value_types())
        .fold(Types::ANY, Types::intersection)
        .without(Types::NULL)
}

/// Whether null is a value, with or without what the list of values says.
fn allows_null(schemas: &Schemas, schema: &Schema, listed: bool) -> bool {
    if listed
        && let Some(enumeration) = &schema.enumeration
        && !enumeration.open
        && !enumeration.values.contains(&Value::Null)
    {
        return false;
    }
    match (schema.types, schema.nullable) {
        (Some(types), _) => types.contains(Types::NULL),
        (None, Some(nullable)) => nullable,
        (None, None) => {
            let mut targets = schema
                .references
                .iter()
                .filter_map(|it| schemas.component(&it.name));
            targets.all(|id| {
                let target = schemas.get(id);
                target.types.is_none_or(|types| types.contains(Types::NULL))
            })
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    Equal,
    /// Narrower, but only beyond the bounds.
    Idle,
    Wider,
    Narrower,
    Apart,
}

/// Least and greatest value of a format of whole numbers.
pub(super) fn integer_range(format: &str) -> Option<(Decimal, Decimal)> {
    let (low, high) = match format {
        "int8" => (i128::from(i8::MIN), i128::from(i8::MAX)),
        "int16" => (i128::from(i16::MIN), i128::from(i16::MAX)),
        "int32" => (i128::from(i32::MIN), i128::from(i32::MAX)),
        "int64" => (i128::from(i64::MIN), i128::from(i64::MAX)),
        "uint8" => (0, i128::from(u8::MAX)),
        "uint16" => (0, i128::from(u16::MAX)),
        "uint32" => (0, i128::from(u32::MAX)),
        "uint64" => (0, i128::from(u64::MAX)),
        _ => return None,
    };
    Some((Decimal::whole(low), Decimal::whole(high)))
}

fn is_number_format(format: &str) -> bool {
    integer_range(format).is_some() || matches!(format, "float" | "double" | "decimal")
}

/// Whether the formats of both sides, where there are any, are those of texts.
fn both_text(old: &Schema, new: &Schema) -> bool {
    let text = |schema: &Schema| {
        schema
            .format
            .as_ref()
            .is_none_or(|it| !is_number_format(it))
    };
    text(old) && text(new)
}

fn format_order(old: &Schema, new: &Schema) -> Order {
    let whole = |schema: &Schema| {
        let own = schema.format.as_deref();
        own.map_or(Some((None, None)), |format| {
            integer_range(format).map(|(low, high)| (Some(low), Some(high)))
        })
    };
    let numbers = |schema: &Schema| schema.format.as_deref().is_none_or(is_number_format);
    if numbers(old) && numbers(new) && old.format.is_some() | new.format.is_some() {
        if let (Some(o), Some(n)) = (whole(old), whole(new)) {
            return integer_order(o, new, n);
        }
        return match (old.format.as_deref(), new.format.as_deref()) {
            (Some("float"), Some("double")) | (Some(_), None) => Order::Wider,
            (Some("double"), Some("float")) | (None, Some(_)) => Order::Narrower,
            _ => Order::Apart,
        };
    }
    match (&old.format, &new.format) {
        (Some(_), None) => Order::Wider,
        (None, Some(_)) => Order::Narrower,
        (Some(a), Some(b)) if includes(a, b) => Order::Narrower,
        (Some(a), Some(b)) if includes(b, a) => Order::Wider,
        _ => Order::Apart,
    }
}

/// Formats of texts that hold others.
fn includes(wide: &str, narrow: &str) -> bool {
    // The dialects of Herz take the empty text too where a question mark follows.
    wide.strip_suffix('?') == Some(narrow)
        || matches!(
            (wide, narrow),
            ("iri" | "uri-reference", "uri" | "url")
                | ("uri", "url")
                | ("iri-reference", "uri-reference" | "iri" | "uri" | "url")
                | ("idn-email", "email")
                | ("idn-hostname", "hostname")
                | ("ip", "ipv4" | "ipv6")
        )
}

type Range = (Option<Decimal>, Option<Decimal>);

/// Formats of whole numbers are ranges.
fn integer_order(o: Range, new: &Schema, n: Range) -> Order {
    let inside = |inner: Range, outer: Range| {
        outer
            .0
            .is_none_or(|least| inner.0.is_some_and(|it| it >= least))
            && outer
                .1
                .is_none_or(|most| inner.1.is_some_and(|it| it <= most))
    };
    let bounds = (
        new.minimum.map(|it| it.value),
        new.maximum.map(|it| it.value),
    );
    match (inside(o, n), inside(n, o)) {
        (true, true) => Order::Equal,
        (true, false) => Order::Wider,
        (false, _) if inside(bounds, n) => Order::Idle,
        (false, true) => Order::Narrower,
        (false, false) => Order::Apart,
    }
}
