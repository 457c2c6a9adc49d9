//! How much a text says, so that limits and comparisons can be judged.

use std::cmp::Ordering;

/// How much a text says.
///
/// ```
/// use herz_types::scalar::{Dialect, Magnitude};
/// let magnitude = Dialect::ByteSize.parse("1.5KiB")?;
/// assert_eq!(magnitude, Magnitude::Bytes(1536.0));
/// assert_eq!(Dialect::Ip.parse("::1")?.value(), None);
/// # Ok::<(), herz_types::scalar::ScalarError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Magnitude {
    /// A span of time, in nanoseconds.
    Nanoseconds(i64),
    /// A moment, in nanoseconds since 1970-01-01T00:00:00Z.
    Moment(i128),
    /// An amount of data, in bytes.
    Bytes(f64),
    /// A data rate, in bytes a second.
    BytesPerSecond(f64),
    /// Hundredths of a whole: 5 for `5%`.
    Percent(f64),
    /// A plain number.
    Number(f64),
    /// A text that is not about an amount.
    None,
}

impl Magnitude {
    /// The amount in the unit of its case; nothing if the text is not about an amount.
    #[allow(clippy::cast_precision_loss)] // Limits are compared as numbers; 53 bits do.
    pub fn value(self) -> Option<f64> {
        match self {
            Self::Nanoseconds(n) => Some(n as f64),
            Self::Moment(n) => Some(n as f64),
            Self::Bytes(n) | Self::BytesPerSecond(n) | Self::Percent(n) | Self::Number(n) => {
                Some(n)
            }
            Self::None => None,
        }
    }

    /// Which of two amounts of one unit is greater, exactly; nothing for different units.
    pub fn compare(self, other: Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Nanoseconds(a), Self::Nanoseconds(b)) => Some(a.cmp(&b)),
            (Self::Moment(a), Self::Moment(b)) => Some(a.cmp(&b)),
            (Self::Bytes(a), Self::Bytes(b))
            | (Self::BytesPerSecond(a), Self::BytesPerSecond(b))
            | (Self::Percent(a), Self::Percent(b))
            | (Self::Number(a), Self::Number(b)) => a.partial_cmp(&b),
            _ => None,
        }
    }
}
