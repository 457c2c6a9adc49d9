//! Data rates: Herz' own and those of `tc` as Chaos Mesh reads them.

use super::byte_size::split_number;
use super::error::quote;
use super::go_float::split_decimal;
use super::go_text::{is_digits, lower, without_blanks};
use super::grammar::Info;
use super::unit::{Product, multiply};
use super::{Magnitude, PatternFit};
use std::fmt;

/// Names of Herz' units and bits a second; the canonical text uses the first that fits.
const UNITS: [(&str, u64); 15] = [
    ("tbit", 1_000_000_000_000),
    ("gbit", 1_000_000_000),
    ("mbit", 1_000_000),
    ("kbit", 1_000),
    ("bit", 1),
    ("TiB/s", 8 << 40),
    ("TB/s", 8_000_000_000_000),
    ("GiB/s", 8 << 30),
    ("GB/s", 8_000_000_000),
    ("MiB/s", 8 << 20),
    ("MB/s", 8_000_000),
    ("KiB/s", 8 << 10),
    ("kB/s", 8_000),
    ("KB/s", 8_000),
    ("B/s", 8),
];

/// `rate`: Herz' own, a whole number of bits a second.
///
/// ```
/// use herz_types::scalar::{Rate, Scalar};
/// assert_eq!(Rate::parse("10mbit")?.bits_per_second(), 10_000_000);
/// assert_eq!(Rate::parse("1MB/s")?.to_string(), "8mbit");
/// # Ok::<(), herz_types::scalar::ScalarError>(())
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rate(u64);

/// `rate(tc)`: a whole number and a unit of `tc`.
///
/// ```
/// use herz_types::scalar::{Scalar, TcRate};
/// // `bps` are bytes, in powers of 1024; `bit` are bits, in powers of 1000.
/// assert_eq!(TcRate::parse("1mbps")?.bytes_per_second(), 1_048_576.0);
/// assert_eq!(TcRate::parse(" 8 Mbit")?.bytes_per_second(), 1_000_000.0);
/// # Ok::<(), herz_types::scalar::ScalarError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TcRate {
    count: u64,
    unit: &'static TcUnit,
}

/// A unit of `rate(tc)`.
#[derive(Debug, PartialEq, Eq, Hash)]
struct TcUnit {
    name: &'static str,
    /// The step between its sizes, and how many of them.
    step: u64,
    power: u32,
    bits: bool,
}

const fn tc(name: &'static str, step: u64, power: u32) -> TcUnit {
    TcUnit {
        name,
        step,
        power,
        bits: step == 1000,
    }
}

/// Units of `rate(tc)`; a unit that ends like another one stands before it.
static TC_UNITS: [TcUnit; 10] = [
    tc("tbps", 1024, 4),
    tc("gbps", 1024, 3),
    tc("mbps", 1024, 2),
    tc("kbps", 1024, 1),
    tc("bps", 1024, 0),
    tc("tbit", 1000, 4),
    tc("gbit", 1000, 3),
    tc("mbit", 1000, 2),
    tc("kbit", 1000, 1),
    tc("bit", 1000, 0),
];

scalar!(Rate, Rate);
scalar!(TcRate, RateTc);

impl Rate {
    pub(super) const INFO: Info = Info {
        name: "rate",
        title: "Data rate",
        grammar: "\
rate = digits [ \".\" digits ] unit
unit = \"bit\" | \"kbit\" | \"mbit\" | \"gbit\" | \"tbit\"          bits a second, powers of 1000
     | \"B/s\" | \"kB/s\" | \"KB/s\" | \"MB/s\" | \"GB/s\" | \"TB/s\"  bytes a second, powers of 1000
     | \"KiB/s\" | \"MiB/s\" | \"GiB/s\" | \"TiB/s\"              bytes a second, powers of 1024
A whole number of bits a second, at most 64 bits.",
        rust_type: "Rate",
        allowed: "a rate such as `10mbit` or `1.5MB/s`",
        pattern: Some((
            "^[0-9]+(\\.[0-9]+)?([kmgt]?bit|(B|[kKMGT]B|[KMGT]iB)/s)$",
            PatternFit::Superset,
        )),
        samples: samples! {
            accepted: [
                "10mbit", "1MB/s", "1.5MB/s", "0bit", "0.5kbit", "1KiB/s", "100kB/s", "100KB/s",
                "1tbit", "1GiB/s", "0.125B/s", "18446744073709551615bit", "007kbit",
            ],
            refused: [
                "", "10", "mbit", "10mbps", "10Mbit", "10 mbit", " 10mbit", "-1mbit", "+1mbit",
                "0.5bit", ".5mbit", "5.mbit", "1MB", "1mb/s", "1MB/h", "18446744073709551616bit", "1e3bit", "1EB/s",
            ],
        },
    };

    /// A rate of so many bits a second.
    pub const fn from_bits_per_second(bits: u64) -> Self {
        Self(bits)
    }

    /// The rate in bits a second.
    pub const fn bits_per_second(self) -> u64 {
        self.0
    }

    fn read(text: &str) -> Result<Self, String> {
        let (decimal, unit) = split_number(text)?;
        let Some((_, bits)) = UNITS.iter().find(|(name, _)| *name == unit) else {
            return Err(if unit.is_empty() {
                format!("{} has no unit", quote(text))
            } else {
                format!("{} in {} is no unit of a rate", quote(unit), quote(text))
            });
        };
        match multiply(decimal, *bits) {
            Product::Whole(bits) => Ok(Self(bits)),
            Product::Broken => Err(format!(
                "{} is no whole number of bits a second",
                quote(text)
            )),
            Product::TooBig => Err(format!("{} is more than 64 bits can count", quote(text))),
        }
    }

    fn candidates(text: &str) -> Vec<String> {
        let compact = without_blanks(text).replace(',', ".");
        let (number, unit) = split_decimal(&compact);
        let number = match number.strip_prefix('.') {
            Some(fraction) => format!("0.{fraction}"),
            None => number.trim_end_matches('.').to_owned(),
        };
        let small = unit.to_ascii_lowercase();
        let bare = small.trim_end_matches("/s");
        let bits = format!("{number}{}", bare.trim_end_matches('s'));
        let letter = bare
            .trim_end_matches('b')
            .to_ascii_uppercase()
            .replace('I', "i");
        let mut all = vec![bits, format!("{number}{letter}B/s")];
        // `bps` of tc are bytes.
        if let Some(letter) = bare.strip_suffix("bps") {
            let binary = if letter.is_empty() { "" } else { "i" };
            all.insert(
                0,
                format!("{number}{}{binary}B/s", letter.to_ascii_uppercase()),
            );
        }
        if unit.is_empty() {
            all = vec![format!("{number}bit")];
        }
        all
    }

    #[allow(clippy::cast_precision_loss)] // Limits are compared as numbers; 53 bits do.
    fn magnitude_of(self) -> Magnitude {
        Magnitude::BytesPerSecond(self.0 as f64 / 8.0)
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match UNITS
            .iter()
            .find(|(_, bits)| self.0 != 0 && self.0.is_multiple_of(*bits))
        {
            Some((name, bits)) => write!(f, "{}{name}", self.0 / bits),
            None => f.write_str("0bit"),
        }
    }
}

impl TcRate {
    pub(super) const INFO: Info = Info {
        name: "rate(tc)",
        title: "Data rate, as Chaos Mesh reads it for tc",
        grammar: "\
rate = blanks digits blanks unit blanks      letters in any case
unit = \"bps\" | \"kbps\" | \"mbps\" | \"gbps\" | \"tbps\"  bytes a second, powers of 1024
     | \"bit\" | \"kbit\" | \"mbit\" | \"gbit\" | \"tbit\"  bits a second, powers of 1000
The number has 64 bits at most.",
        rust_type: "TcRate",
        allowed: "a whole number and a unit, such as `1mbps` (bytes) or `10mbit` (bits)",
        pattern: Some((
            "^[\\t\\n\\x0B\\f\\r \\x85\\xA0\u{1680}\u{2000}-\u{200a}\u{2028}\u{2029}\u{202f}\u{205f}\u{3000}]*[0-9]+[\\t\\n\\x0B\\f\\r \\x85\\xA0\u{1680}\u{2000}-\u{200a}\u{2028}\u{2029}\u{202f}\u{205f}\u{3000}]*[kKmMgGtT\u{212a}]?[bB]([pP][sS]|[iI\u{130}][tT])[\\t\\n\\x0B\\f\\r \\x85\\xA0\u{1680}\u{2000}-\u{200a}\u{2028}\u{2029}\u{202f}\u{205f}\u{3000}]*$",
            PatternFit::Superset,
        )),
        samples: samples! {
            accepted: [
                "1mbps", "1 mbps", " 1MBPS ", "10 Mbit", "0bps", "1bit", "1kbit", "1gbit", "1tbit",
                "10kbps", "1gbps", "1tbps", "18446744073709551615bps", "007mbps", "1\tmbps\n", "1\u{212a}bps",
            ],
            refused: [
                "", "1.5mbps", "-1mbps", "+1mbps", "mbps", "1", "1mb", "1m", "1mbpss", "1 m bps", "1pbps",
                "18446744073709551616bps", "1_0bps", "0x1bps", "1MB/s", "1e3bps", "1mbps 2", "１bps",
            ],
        },
    };

    /// The number that was written.
    pub const fn count(self) -> u64 {
        self.count
    }

    /// The unit in lower case, for example `mbps`.
    pub const fn unit(self) -> &'static str {
        self.unit.name
    }

    /// The rate in bytes a second.
    #[allow(clippy::cast_precision_loss)] // Limits are compared as numbers; 53 bits do.
    pub fn bytes_per_second(self) -> f64 {
        let rate = self.count as f64 * self.unit.step.pow(self.unit.power) as f64;
        if self.unit.bits { rate / 8.0 } else { rate }
    }

    fn read(text: &str) -> Result<Self, String> {
        let small = lower(text.trim());
        let found = TC_UNITS
            .iter()
            .find_map(|unit| Some((small.strip_suffix(unit.name)?, unit)));
        let Some((number, unit)) = found else {
            return Err(format!(
                "{} does not end with a unit of a rate",
                quote(text)
            ));
        };
        let digits = number.trim();
        if !is_digits(digits) {
            return Err(format!(
                "{} does not start with a whole number",
                quote(text)
            ));
        }
        match digits.parse() {
            Ok(count) => Ok(Self { count, unit }),
            Err(_) => Err(format!("{} has a number of more than 64 bits", quote(text))),
        }
    }

    fn candidates(text: &str) -> Vec<String> {
        let compact = lower(&without_blanks(text)).replace(',', ".");
        let (number, unit) = split_decimal(compact.trim_start_matches('+'));
        let name = match unit {
            "" | "b" | "b/s" => "bps".to_owned(),
            "k" | "m" | "g" | "t" => format!("{unit}bps"),
            // `mb`, `mb/s`, `mib/s`
            _ => match unit
                .trim_end_matches("/s")
                .trim_end_matches('b')
                .trim_end_matches('i')
            {
                letter @ ("k" | "m" | "g" | "t") => format!("{letter}bps"),
                _ => unit
                    .trim_end_matches("/s")
                    .trim_end_matches("ps")
                    .to_owned(),
            },
        };
        let mut all = vec![format!("{number}{unit}"), format!("{number}{name}")];
        // A fraction of a unit is a whole number of a smaller one.
        let wanted = if TC_UNITS.iter().any(|u| u.name == unit) {
            unit
        } else {
            &name
        };
        if let Some(from) = TC_UNITS.iter().find(|u| u.name == wanted) {
            for to in TC_UNITS
                .iter()
                .filter(|u| u.bits == from.bits && u.power < from.power)
            {
                if let Product::Whole(count) =
                    multiply(number, from.step.pow(from.power - to.power))
                {
                    all.push(format!("{count}{}", to.name));
                }
            }
        }
        all
    }

    fn magnitude_of(self) -> Magnitude {
        Magnitude::BytesPerSecond(self.bytes_per_second())
    }
}

impl fmt::Display for TcRate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.count, self.unit.name)
    }
}
