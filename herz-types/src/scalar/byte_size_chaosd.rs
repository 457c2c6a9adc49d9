//! `byteSize(chaosd)`: sizes as chaosd reads them with alecthomas/units.

use super::byte_size::size_candidates;
use super::error::quote;
use super::go_text::{atoi, split_digits, split_sign};
use super::grammar::Info;
use super::{Magnitude, PatternFit};
use std::fmt;

/// The letter of a set's names, the power of each, and what follows it.
struct Set {
    scale: u64,
    suffix: &'static str,
    small_k: bool,
}

/// The sets of units in the order in which chaosd tries them. All have `c`, one byte.
const SETS: [Set; 3] = [
    Set {
        scale: 1024,
        suffix: "",
        small_k: false,
    },
    Set {
        scale: 1024,
        suffix: "iB",
        small_k: false,
    },
    Set {
        scale: 1000,
        suffix: "B",
        small_k: true,
    },
];

/// `byteSize(chaosd)`: bytes, maybe negative.
///
/// ```
/// use herz_types::scalar::{ChaosdSize, Scalar};
/// assert_eq!(ChaosdSize::parse("100K")?.bytes(), 102_400);
/// assert_eq!(ChaosdSize::parse("100KB")?.bytes(), 100_000);
/// // A bare number is refused, whatever chaosd's comments say.
/// assert_eq!(ChaosdSize::parse("100").unwrap_err().suggestion.as_deref(), Some("100M"));
/// # Ok::<(), herz_types::scalar::ScalarError>(())
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChaosdSize(i64);

scalar!(ChaosdSize, ByteSizeChaosd);

impl ChaosdSize {
    pub(super) const INFO: Info = Info {
        name: "byteSize(chaosd)",
        title: "Amount of data, as chaosd reads it",
        grammar: "\
size = [ \"+\" | \"-\" ] part { part }
part = ( digits [ \".\" [ digits ] ] | \".\" digits ) unit
unit = \"c\"                                        one byte
     | \"K\" | \"M\" | \"G\" | \"T\" | \"P\" | \"E\"            powers of 1024
     | \"KiB\" | \"MiB\" | \"GiB\" | \"TiB\" | \"PiB\" | \"EiB\"  powers of 1024
     | \"kB\" | \"KB\" | \"MB\" | \"GB\" | \"TB\" | \"PB\" | \"EB\"     powers of 1000
All parts use one line of units, or \"c\". Parts add up; the sum must fit into 64 bits. A bare number is refused.",
        rust_type: "ChaosdSize",
        allowed: "a size such as `100MiB`, `100MB` or `100M`",
        pattern: Some((
            "^[+-]?(([0-9]+(\\.[0-9]*)?|\\.[0-9]+)(c|[KMGTPE]|[KMGTPE]iB|[kKMGTPE]B))+$",
            PatternFit::Superset,
        )),
        samples: samples! {
            accepted: [
                "100K", "100KB", "100kB", "100KiB", "1.5G", "1T", "100c", "-5MB", "+5MB", "1M500K",
                "1M500c", ".5G", "5.G", "7E", "0c", "1kB1KB", "0.0000000000000000001E", "7E1023P",
            ],
            refused: [
                "", "0", "100", "+100", "-0", "100B", "100mb", "100k", "100b", "1w", "1X", "10%", "abc", "1M500KB",
                "100 K", " 100K", "100K ", "K", ".K", "-", "1e3K", "8E1M", "9E", "99999999999999999999c",
                "9223372036854775800c", "1K5", "0.9999999999999999999K",
            ],
        },
    };

    /// A size of so many bytes, rounded to 53 bits: chaosd adds in floating point.
    #[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation)]
    pub const fn from_bytes(bytes: i64) -> Self {
        Self(bytes as f64 as i64)
    }

    /// The size in bytes; a fraction is cut off.
    pub const fn bytes(self) -> i64 {
        self.0
    }

    fn read(text: &str) -> Result<Self, String> {
        if atoi(text).is_ok() {
            return Err(format!("{} has no unit", quote(text)));
        }
        let mut found = Err(String::new());
        for set in &SETS {
            found = set.read(text);
            if let Ok(bytes) = found {
                return Ok(Self(bytes));
            }
        }
        found.map(Self)
    }

    fn candidates(text: &str) -> Vec<String> {
        let (negative, unsigned) = split_sign(text.trim());
        let mut all = size_candidates(unsigned, "M");
        if let Some(number) = unsigned.strip_suffix(['b', 'B']) {
            all.push(format!("{number}c"));
        }
        if negative {
            all.iter().map(|c| format!("-{c}")).collect()
        } else {
            all
        }
    }

    #[allow(clippy::cast_precision_loss)] // Limits are compared as numbers; 53 bits do.
    fn magnitude_of(self) -> Magnitude {
        Magnitude::Bytes(self.0 as f64)
    }
}

impl Set {
    /// Bytes of one unit of this set.
    #[allow(clippy::cast_precision_loss)] // Powers of 1000 and 1024 below 2^63 are exact enough.
    fn unit(&self, name: &str) -> Option<f64> {
        if name == "c" {
            return Some(1.0);
        }
        let letter = name.strip_suffix(self.suffix)?;
        let power = match letter {
            "K" => 1,
            "k" if self.small_k => 1,
            "M" => 2,
            "G" => 3,
            "T" => 4,
            "P" => 5,
            "E" => 6,
            _ => return None,
        };
        Some(self.scale.pow(power) as f64)
    }

    /// The sum of a text's parts, in floating point as the library computes it.
    #[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation)]
    fn read(&self, text: &str) -> Result<i64, String> {
        let too_long = || format!("a number in {} has too many digits", quote(text));
        let (negative, mut rest) = split_sign(text);
        if rest.is_empty() {
            return Err(format!("{} has no number", quote(text)));
        }
        let mut sum = 0.0_f64;
        while !rest.is_empty() {
            let (whole, mut after) = split_digits(rest);
            let mut fraction = "";
            if let Some(behind) = after.strip_prefix('.') {
                (fraction, after) = split_digits(behind);
            }
            if whole.is_empty() && fraction.is_empty() {
                return Err(format!("{} stands where a number should", quote(rest)));
            }
            let mut value = leading_int(whole).ok_or_else(too_long)? as f64;
            let digits = leading_int(fraction).ok_or_else(too_long)? as f64;
            // Adding a zero changes nothing, so numbers without a point need no case.
            value += digits / fraction.bytes().fold(1.0, |scale, _| scale * 10.0);
            let end = after
                .find(|c: char| c == '.' || c.is_ascii_digit())
                .unwrap_or(after.len());
            let unit;
            (unit, rest) = after.split_at(end);
            let size = self.unit(unit).ok_or_else(|| Self::unknown(unit, text))?;
            sum += value * size;
        }
        if negative {
            sum = -sum;
        }
        if !(-(2_f64.powi(63))..=2_f64.powi(63)).contains(&sum) {
            return Err(format!("{} is more than 64 bits of bytes", quote(text)));
        }
        Ok(sum as i64)
    }

    fn unknown(unit: &str, text: &str) -> String {
        if unit.is_empty() {
            format!("a number in {} has no unit", quote(text))
        } else if SETS.iter().any(|set| set.unit(unit).is_some()) {
            format!("{} mixes units of different kinds", quote(text))
        } else {
            format!("{} in {} is no unit of data", quote(unit), quote(text))
        }
    }
}

/// Digits as the library counts them: it gives up at 18 or 19 digits.
fn leading_int(digits: &str) -> Option<i64> {
    const LAST: i64 = (i64::MAX - 9) / 10;
    let mut value = 0_i64;
    for digit in digits.bytes() {
        if value >= LAST {
            return None;
        }
        value = value * 10 + i64::from(digit - b'0');
    }
    Some(value)
}

impl fmt::Display for ChaosdSize {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut left = self.0.unsigned_abs();
        if self.0 < 0 {
            f.write_str("-")?;
        }
        if left == 0 {
            return f.write_str("0c");
        }
        for (power, name) in [
            (60, "E"),
            (50, "P"),
            (40, "T"),
            (30, "G"),
            (20, "M"),
            (10, "K"),
            (0, "c"),
        ] {
            let count = left >> power;
            left &= (1 << power) - 1;
            if count > 0 {
                write!(f, "{count}{name}")?;
            }
        }
        Ok(())
    }
}
