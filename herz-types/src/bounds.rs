//! What a limit on a number or a count means: one meaning for documents, values and schemas.

/// One end of a range.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Edge {
    /// The number.
    pub value: f64,
    /// Whether the number itself is out of the range.
    pub exclusive: bool,
}

/// Whether a number is in a range; an end that is not given is open. NaN is in no range that has an end.
///
/// ```
/// use herz_types::bounds::{Edge, in_range};
///
/// let above_zero = Edge { value: 0.0, exclusive: true };
/// let at_most_ten = Edge { value: 10.0, exclusive: false };
/// assert!(in_range(10.0, Some(above_zero), Some(at_most_ten)));
/// assert!(!in_range(0.0, Some(above_zero), None));
/// assert!(!in_range(f64::NAN, None, Some(at_most_ten)));
/// ```
pub fn in_range(value: f64, min: Option<Edge>, max: Option<Edge>) -> bool {
    let above = min.is_none_or(|min| {
        if min.exclusive {
            value > min.value
        } else {
            value >= min.value
        }
    });
    let below = max.is_none_or(|max| {
        if max.exclusive {
            value < max.value
        } else {
            value <= max.value
        }
    });
    above && below
}

/// Whether so many characters or items are allowed.
pub fn in_count(count: u64, min: Option<u64>, max: Option<u64>) -> bool {
    min.is_none_or(|min| count >= min) && max.is_none_or(|max| count <= max)
}

/// Whether a number is a whole multiple of a step. Whole numbers are divided exactly, others as far as
/// floats can tell: 0.3 is three times 0.1. Nothing is a multiple of zero.
///
/// ```
/// assert!(herz_types::bounds::is_multiple(0.3, 0.1));
/// assert!(!herz_types::bounds::is_multiple(0.35, 0.1));
/// assert!(!herz_types::bounds::is_multiple(10_000_000_001.0, 10.0));
/// ```
pub fn is_multiple(value: f64, step: f64) -> bool {
    if value.fract() == 0.0 && step.fract() == 0.0 {
        return value % step == 0.0;
    }
    let parts = value / step;
    (parts - parts.round()).abs() <= 1e-9 * parts.abs().max(1.0)
}

/// Whether a whole number is a whole multiple of a step: exactly, where the step is whole.
///
/// ```
/// assert!(herz_types::bounds::is_whole_multiple(u64::MAX.into(), 5.0));
/// assert!(!herz_types::bounds::is_whole_multiple(u64::MAX.into(), 2.0));
/// assert!(herz_types::bounds::is_whole_multiple(3, 0.5));
/// ```
pub fn is_whole_multiple(value: i128, step: f64) -> bool {
    /// All whole floats up to here fit into 128 bits.
    const WHOLE: f64 = 9_223_372_036_854_775_808.0;
    #[allow(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        reason = "the step is whole and small; with other steps floats decide"
    )]
    if step.fract() == 0.0 && step.abs() < WHOLE {
        value.checked_rem(step as i128) == Some(0)
    } else {
        is_multiple(value as f64, step)
    }
}
