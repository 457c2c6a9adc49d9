//! Values as schemas hold them: defaults, enum values, constants, unknown keywords.

use crate::tree::{Kind, Node, Resolved};
use std::collections::BTreeMap;
use std::fmt;

/// A value whose equality is that of JSON: `1`, `1.0` and `1e0` are one number, the order of keys
/// is nothing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Value {
    Null,
    Bool(bool),
    Number(Decimal),
    Text(String),
    List(Vec<Value>),
    Map(BTreeMap<String, Value>),
}

/// How deep values are read; what lies deeper counts as null. The tree has its own limit below this.
const DEPTH: usize = 200;

impl Value {
    /// The value of a node.
    pub(super) fn read(node: Node<'_>) -> Self {
        Self::read_at(node, 0)
    }

    fn read_at(node: Node<'_>, depth: usize) -> Self {
        if depth > DEPTH {
            return Self::Null;
        }
        match node.kind() {
            Kind::List(items) => {
                Self::List(items.map(|item| Self::read_at(item, depth + 1)).collect())
            }
            Kind::Map(entries) => Self::Map(
                entries
                    .map(|entry| {
                        (
                            entry.key.text.to_owned(),
                            Self::read_at(entry.value, depth + 1),
                        )
                    })
                    .collect(),
            ),
            Kind::Scalar(scalar) => match scalar.resolved() {
                Resolved::Null => Self::Null,
                Resolved::Bool(value) => Self::Bool(value),
                Resolved::Int(_) | Resolved::Uint(_) | Resolved::Float(_) => {
                    Decimal::parse(scalar.text)
                        .map_or_else(|| Self::Text(scalar.text.to_owned()), Self::Number)
                }
                Resolved::Text => Self::Text(scalar.text.to_owned()),
            },
        }
    }

    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The value as JSON. A number that JSON libraries can't hold becomes the nearest that they can.
    pub(super) fn to_json(&self) -> serde_json::Value {
        match self {
            Self::Null => serde_json::Value::Null,
            Self::Bool(value) => serde_json::Value::Bool(*value),
            Self::Number(number) => serde_json::from_str(&number.to_string()).unwrap_or_default(),
            Self::Text(text) => serde_json::Value::String(text.clone()),
            Self::List(items) => items.iter().map(Self::to_json).collect(),
            Self::Map(entries) => entries
                .iter()
                .map(|(key, value)| (key.clone(), value.to_json()))
                .collect(),
        }
    }

    pub(super) fn is_true(&self) -> bool {
        *self == Self::Bool(true)
    }

    /// The texts of a list; a single text counts as a list of one.
    pub(super) fn texts(&self) -> Vec<String> {
        match self {
            Self::List(items) => items.iter().map(Self::plain).collect(),
            Self::Null => Vec::new(),
            other => vec![other.plain()],
        }
    }

    /// A text without quotes, anything else as JSON.
    pub(super) fn plain(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            other => other.to_string(),
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Bool(value) => write!(f, "{value}"),
            Self::Number(number) => write!(f, "{number}"),
            Self::Text(text) => write!(f, "{text:?}"),
            Self::List(items) => {
                f.write_str("[")?;
                for (at, item) in items.iter().enumerate() {
                    write!(f, "{}{item}", if at == 0 { "" } else { ", " })?;
                }
                f.write_str("]")
            }
            Self::Map(entries) => {
                f.write_str("{")?;
                for (at, (key, value)) in entries.iter().enumerate() {
                    write!(f, "{}{key:?}: {value}", if at == 0 { "" } else { ", " })?;
                }
                f.write_str("}")
            }
        }
    }
}

/// A decimal number: `mantissa * 10^exponent`, without trailing zeros, so that equal numbers are
/// equal values. Bounds of 64 bits must not lose digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Decimal {
    mantissa: i128,
    exponent: i32,
}

impl Decimal {
    pub(super) const ZERO: Self = Self {
        mantissa: 0,
        exponent: 0,
    };

    /// A whole number.
    pub(super) const fn whole(mut mantissa: i128) -> Self {
        let mut exponent = 0;
        if mantissa == 0 {
            return Self::ZERO;
        }
        while mantissa % 10 == 0 {
            mantissa /= 10;
            exponent += 1;
        }
        Self { mantissa, exponent }
    }

    /// Reads what YAML and JSON call a number; None for infinities, NaN and more than 38 digits.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let text = text.strip_prefix('+').unwrap_or(text);
        if let Some(digits) = text.strip_prefix("0x") {
            return i128::from_str_radix(digits, 16).ok().map(Self::whole);
        }
        if let Some(digits) = text.strip_prefix("0o") {
            return i128::from_str_radix(digits, 8).ok().map(Self::whole);
        }
        let (number, exponent) = match text.split_once(['e', 'E']) {
            Some((number, exponent)) => (number, exponent.parse::<i32>().ok()?),
            None => (text, 0),
        };
        let (front, back) = number.split_once('.').unwrap_or((number, ""));
        let back = back.trim_end_matches('0');
        let mantissa: i128 = format!("{front}{back}").parse().ok()?;
        let shift = exponent.checked_sub(i32::try_from(back.len()).ok()?)?;
        let whole = Self::whole(mantissa);
        if mantissa == 0 {
            return Some(Self::ZERO);
        }
        Some(Self {
            exponent: whole.exponent.checked_add(shift)?,
            ..whole
        })
    }

    /// Both mantissas under the smaller exponent; None where that does not fit.
    fn aligned(self, other: Self) -> Option<(i128, i128)> {
        let low = self.exponent.min(other.exponent);
        let scale = |number: Self| {
            let power = u32::try_from(number.exponent.checked_sub(low)?).ok()?;
            number.mantissa.checked_mul(10i128.checked_pow(power)?)
        };
        Some((scale(self)?, scale(other)?))
    }

    /// Whether it is a whole multiple of `step`; None where that can't be told.
    pub(super) fn is_multiple_of(self, step: Self) -> Option<bool> {
        let (number, step) = self.aligned(step)?;
        number.checked_rem(step).map(|rest| rest == 0)
    }

    pub(super) fn is_whole(self) -> bool {
        self.exponent >= 0
    }

    /// The next whole number above or at it.
    pub(super) fn ceil(self) -> Self {
        self.rounded(1)
    }

    /// The next whole number below or at it.
    pub(super) fn floor(self) -> Self {
        self.rounded(0)
    }

    fn rounded(self, step: i128) -> Self {
        if self.is_whole() {
            return self;
        }
        10i128
            .checked_pow(self.exponent.unsigned_abs())
            .map_or(self, |power| {
                Self::whole(self.mantissa.div_euclid(power) + step)
            })
    }

    /// One more or less; itself where that does not fit.
    pub(super) fn plus(self, other: i128) -> Self {
        let sum = |(a, b): (i128, i128)| a.checked_add(b);
        self.aligned(Self {
            mantissa: other,
            exponent: 0,
        })
        .and_then(sum)
        .map_or(self, |sum| {
            let low = self.exponent.min(0);
            let whole = Self::whole(sum);
            if sum == 0 {
                whole
            } else {
                Self {
                    exponent: whole.exponent + low,
                    ..whole
                }
            }
        })
    }

    /// Near enough for comparing numbers too far apart to align.
    fn approximate(self) -> f64 {
        format!("{}e{}", self.mantissa, self.exponent)
            .parse()
            .unwrap_or(f64::NAN)
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        match self.aligned(*other) {
            Some((a, b)) => a.cmp(&b),
            None => self.approximate().total_cmp(&other.approximate()),
        }
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.mantissa.unsigned_abs().to_string();
        let sign = if self.mantissa < 0 { "-" } else { "" };
        let places = usize::try_from(self.exponent.unsigned_abs()).unwrap_or(usize::MAX);
        if places > 40 {
            return write!(f, "{}e{}", self.mantissa, self.exponent);
        }
        if self.exponent >= 0 {
            return write!(f, "{sign}{digits}{}", "0".repeat(places));
        }
        let digits = format!("{digits:0>width$}", width = places + 1);
        let (front, back) = digits.split_at(digits.len() - places);
        write!(f, "{sign}{front}.{back}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        Decimal::parse(text).unwrap()
    }

    #[test]
    fn numbers_are_equal_by_value() {
        for (a, b) in [
            ("1", "1.0"),
            ("100", "1e2"),
            ("0.5", "5e-1"),
            ("0", "0.0"),
            ("0x10", "16"),
            ("-0", "0"),
        ] {
            assert_eq!(decimal(a), decimal(b), "{a} {b}");
        }
        assert_ne!(
            decimal("9223372036854775807"),
            decimal("9223372036854775806")
        );
        assert!(decimal("9223372036854775807") > decimal("9223372036854775806.5"));
        assert!(decimal("1e300") > decimal("1e-300"));
        assert!(decimal("-2") < decimal("-1.5"));
    }

    #[test]
    fn numbers_are_rounded_and_divided() {
        assert_eq!(decimal("1.5").ceil(), decimal("2"));
        assert_eq!(decimal("-1.5").ceil(), decimal("-1"));
        assert_eq!(decimal("1.5").floor(), decimal("1"));
        assert_eq!(decimal("9").plus(1), decimal("10"));
        assert_eq!(decimal("0.5").plus(-1), decimal("-0.5"));
        assert_eq!(decimal("10").is_multiple_of(decimal("2.5")), Some(true));
        assert_eq!(decimal("10").is_multiple_of(decimal("4")), Some(false));
        assert_eq!(decimal("10").is_multiple_of(decimal("0")), None);
    }

    #[test]
    fn numbers_print_as_written_by_hand() {
        for text in [
            "0",
            "1",
            "-1",
            "100",
            "0.5",
            "-12.25",
            "9223372036854775807",
        ] {
            assert_eq!(decimal(text).to_string(), text);
        }
        for text in ["", ".inf", "1e99999999999", "abc"] {
            assert_eq!(Decimal::parse(text), None, "{text}");
        }
    }
}
