//! Texts of ranges: `0..100`, `..1h`, `0<..1`.

use super::magnitude::{Unit, base};
use crate::catalog::{Bound, Type, TypeDef};

/// Both ends as texts, and whether each is excluded. None if the text is no range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ends<'t> {
    pub(super) min: Option<(&'t str, bool)>,
    pub(super) max: Option<(&'t str, bool)>,
}

/// Splits the text of a range.
pub(super) fn split(text: &str) -> Option<Ends<'_>> {
    let (min, max) = text.trim().split_once("..")?;
    let (min, max) = (min.trim(), max.trim());
    let (min, above) = min
        .strip_suffix('<')
        .map_or((min, false), |min| (min.trim_end(), true));
    let (max, below) = max
        .strip_prefix('<')
        .map_or((max, false), |max| (max.trim_start(), true));
    if (min.is_empty() && (max.is_empty() || above)) || (max.is_empty() && below) {
        return None;
    }
    let end = |text: &'_ str| !text.is_empty() && !text.contains("..");
    let fine = |text: &str| text.is_empty() || end(text);
    (fine(min) && fine(max)).then_some(Ends {
        min: end(min).then_some((min, above)),
        max: end(max).then_some((max, below)),
    })
}

/// One end of a range in the unit of the type; the error is a sentence.
pub(super) fn bound(
    types: &[TypeDef],
    ty: &Type,
    unit: Unit,
    text: &str,
    exclusive: bool,
) -> Result<Bound, String> {
    let value = match base(types, ty) {
        Type::Int { bits, signed, .. } => {
            let (least, most) = int_limits(*bits, *signed);
            let number: i128 = text
                .parse()
                .map_err(|_| format!("`{text}` is no whole number"))?;
            if !(least..=most).contains(&number) {
                return Err(format!(
                    "`{text}` lies outside the type's own range {least}..{most}"
                ));
            }
            #[allow(clippy::cast_precision_loss)]
            // Limits beyond 53 bits are compared as floats everywhere.
            {
                number as f64
            }
        }
        Type::Scalar(scalar) => match scalar.dialect.parse(text) {
            Ok(magnitude) => magnitude
                .value()
                .ok_or_else(|| format!("`{text}` is no amount"))?,
            // A bound may be beyond what the grammar allows in documents, as 0 for a percentage over 0.
            Err(error) => match text.parse::<f64>() {
                Ok(number)
                    if number == 0.0
                        || matches!(unit, Unit::Percent | Unit::Number) && number.is_finite() =>
                {
                    number
                }
                _ => {
                    return Err(format!(
                        "`{text}` is no {}: {}",
                        scalar.dialect.name(),
                        error.message
                    ));
                }
            },
        },
        _ => text
            .parse::<f64>()
            .ok()
            .filter(|number| number.is_finite())
            .ok_or_else(|| format!("`{text}` is no number"))?,
    };
    Ok(Bound {
        value,
        text: text.to_owned(),
        exclusive,
    })
}

/// Least and greatest value of a whole number.
pub(super) const fn int_limits(bits: u8, signed: bool) -> (i128, i128) {
    let bits = if bits == 0 || bits > 64 { 64 } else { bits };
    if signed {
        (-(1 << (bits - 1)), (1 << (bits - 1)) - 1)
    } else {
        (0, (1 << bits) - 1)
    }
}

/// The ends of a `length` or `items`: whole numbers.
pub(super) fn counts(text: &str) -> Option<(Option<u64>, Option<u64>)> {
    let Ends { min, max } = split(text)?;
    let count = |end: Option<(&str, bool)>, step: i64| match end {
        None => Some(None),
        Some((text, excluded)) => {
            let count: u64 = text.parse().ok()?;
            Some(Some(if excluded {
                count.checked_add_signed(step)?
            } else {
                count
            }))
        }
    };
    Some((count(min, 1)?, count(max, -1)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_ranges() {
        let ends = |text| split(text).map(|ends| (ends.min, ends.max));
        assert_eq!(
            ends("0..100"),
            Some((Some(("0", false)), Some(("100", false))))
        );
        assert_eq!(ends("0.."), Some((Some(("0", false)), None)));
        assert_eq!(ends("..1h"), Some((None, Some(("1h", false)))));
        assert_eq!(ends("0<..1"), Some((Some(("0", true)), Some(("1", false)))));
        assert_eq!(ends("0..<1"), Some((Some(("0", false)), Some(("1", true)))));
        assert_eq!(
            ends("-1.5 .. 2"),
            Some((Some(("-1.5", false)), Some(("2", false))))
        );
        for text in ["", "5", "..", "<..1..2", "1..2..3", "<..", "..<", "a-b"] {
            assert_eq!(ends(text), None, "{text}");
        }
    }

    #[test]
    fn counts_are_whole() {
        assert_eq!(counts("1..15"), Some((Some(1), Some(15))));
        assert_eq!(counts("..<3"), Some((None, Some(2))));
        assert_eq!(counts("0<.."), Some((Some(1), None)));
        for text in ["-1..2", "1.5..2", "a..", "..<0"] {
            assert_eq!(counts(text), None, "{text}");
        }
    }

    #[test]
    fn limits_of_whole_numbers() {
        assert_eq!(int_limits(8, false), (0, 255));
        assert_eq!(int_limits(64, false), (0, i128::from(u64::MAX)));
        assert_eq!(
            int_limits(64, true),
            (i128::from(i64::MIN), i128::from(i64::MAX))
        );
    }
}
