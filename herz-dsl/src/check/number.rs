//! Plain values as numbers.

use crate::tree::Resolved;

/// A whole number; `5.0` is one.
pub(crate) fn whole(resolved: Resolved) -> Option<i128> {
    /// Whole numbers up to here are exact as floats.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    match resolved {
        Resolved::Int(value) => Some(value.into()),
        Resolved::Uint(value) => Some(value.into()),
        #[allow(clippy::cast_possible_truncation)] // It is whole and small.
        Resolved::Float(value) if value.fract() == 0.0 && value.abs() <= EXACT => {
            Some(value as i128)
        }
        _ => None,
    }
}

#[allow(clippy::cast_precision_loss)] // A float is what is wanted.
pub(crate) fn number(resolved: Resolved) -> Option<f64> {
    match resolved {
        Resolved::Int(value) => Some(value as f64),
        Resolved::Uint(value) => Some(value as f64),
        Resolved::Float(value) => Some(value),
        _ => None,
    }
}

/// Whether a whole number has room in so many bits.
pub(super) fn fits(value: i128, bits: u8, signed: bool) -> bool {
    let bits = u32::from(bits.min(64));
    if signed {
        let end = 1_i128 << (bits.max(1) - 1);
        (-end..end).contains(&value)
    } else {
        (0..1_i128 << bits).contains(&value)
    }
}
