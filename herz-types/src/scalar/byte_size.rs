//! `byteSize`: Herz' own amounts of data.

use super::error::quote;
use super::go_float::split_decimal;
use super::go_text::without_blanks;
use super::grammar::Info;
use super::unit::{Product, multiply};
use super::{Magnitude, PatternFit};
use std::fmt;

/// Names and sizes in bytes; the canonical text uses the first name of a size.
pub(super) const UNITS: [(&str, u64); 14] = [
    ("EiB", 1 << 60),
    ("EB", 1_000_000_000_000_000_000),
    ("PiB", 1 << 50),
    ("PB", 1_000_000_000_000_000),
    ("TiB", 1 << 40),
    ("TB", 1_000_000_000_000),
    ("GiB", 1 << 30),
    ("GB", 1_000_000_000),
    ("MiB", 1 << 20),
    ("MB", 1_000_000),
    ("KiB", 1 << 10),
    ("kB", 1_000),
    ("KB", 1_000),
    ("B", 1),
];

/// `byteSize`: a whole number of bytes.
///
/// ```
/// use herz_types::scalar::{ByteSize, Scalar};
/// assert_eq!(ByteSize::parse("64MiB")?.bytes(), 64 << 20);
/// assert_eq!(ByteSize::parse("64Mi").unwrap_err().suggestion.as_deref(), Some("64MiB"));
/// # Ok::<(), herz_types::scalar::ScalarError>(())
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ByteSize(u64);

scalar!(ByteSize, ByteSize);

impl ByteSize {
    pub(super) const INFO: Info = Info {
        name: "byteSize",
        title: "Amount of data",
        grammar: "\
size = digits [ \".\" digits ] unit
unit = \"B\" | \"kB\" | \"KB\" | \"MB\" | \"GB\" | \"TB\" | \"PB\" | \"EB\"      powers of 1000
           | \"KiB\" | \"MiB\" | \"GiB\" | \"TiB\" | \"PiB\" | \"EiB\"     powers of 1024
A whole number of bytes, at most 64 bits.",
        rust_type: "ByteSize",
        allowed: "a size such as `64MiB` or `1.5GB`",
        pattern: Some((
            "^[0-9]+(\\.[0-9]+)?(B|[kKMGTPE]B|[KMGTPE]iB)$",
            PatternFit::Superset,
        )),
        samples: samples! {
            accepted: [
                "64MiB", "1.5GB", "512B", "0B", "1kB", "1KB", "1.5KiB", "0.5KiB", "1TB", "1PiB",
                "15EiB", "18446744073709551615B", "007MB", "1.0B", "0.001kB",
            ],
            refused: [
                "", "64", "64Mi", "64M", "64mb", "64 MiB", " 64MiB", "-1B", "+1B", "1.5B",
                "0.0001kB", ".5GB", "5.GB", "MiB", "16EiB", "18446744073709551616B", "1e3B", "10%", "1KIB",
                "1kiB",
            ],
        },
    };

    /// An amount of so many bytes.
    pub const fn from_bytes(bytes: u64) -> Self {
        Self(bytes)
    }

    /// The amount in bytes.
    pub const fn bytes(self) -> u64 {
        self.0
    }

    fn read(text: &str) -> Result<Self, String> {
        let (decimal, unit) = split_number(text)?;
        let Some((_, size)) = UNITS.iter().find(|(name, _)| *name == unit) else {
            return Err(if unit.is_empty() {
                format!("{} has no unit", quote(text))
            } else {
                format!("{} in {} is no unit of data", quote(unit), quote(text))
            });
        };
        match multiply(decimal, *size) {
            Product::Whole(bytes) => Ok(Self(bytes)),
            Product::Broken => Err(format!("{} is no whole number of bytes", quote(text))),
            Product::TooBig => Err(format!("{} is more than 64 bits of bytes", quote(text))),
        }
    }

    fn candidates(text: &str) -> Vec<String> {
        size_candidates(text, "B")
    }

    #[allow(clippy::cast_precision_loss)] // Limits are compared as numbers; 53 bits do.
    fn magnitude_of(self) -> Magnitude {
        Magnitude::Bytes(self.0 as f64)
    }
}

/// A plain decimal with a digit on both sides of its point, and what follows it.
pub(super) fn split_number(text: &str) -> Result<(&str, &str), String> {
    let (decimal, unit) = split_decimal(text);
    if decimal.is_empty() {
        return Err(format!("{} does not start with a number", quote(text)));
    }
    if decimal.starts_with('.') || decimal.ends_with('.') || unit.starts_with('.') {
        return Err(format!("{} lacks a digit beside its point", quote(text)));
    }
    Ok((decimal, unit))
}

/// Sizes that may be meant: other cases, a missing `B`, a missing unit.
pub(super) fn size_candidates(text: &str, bare: &str) -> Vec<String> {
    let compact = without_blanks(text).replace(',', ".");
    let (number, unit) = split_decimal(&compact);
    if number.is_empty() {
        return Vec::new();
    }
    let number = match number.strip_prefix('.') {
        Some(fraction) => format!("0.{fraction}"),
        None => number.trim_end_matches('.').to_owned(),
    };
    if unit.is_empty() {
        return vec![format!("{number}{bare}")];
    }
    let mut letters = unit.to_ascii_lowercase();
    for word in ["bytes", "byte"] {
        if let Some(prefix) = letters.strip_suffix(word) {
            letters = format!("{prefix}b");
        }
    }
    let upper = letters.to_ascii_uppercase().replace('I', "i");
    ["", "B"]
        .iter()
        .flat_map(|end| {
            [
                format!("{number}{unit}{end}"),
                format!("{number}{upper}{end}"),
            ]
        })
        .collect()
}

impl fmt::Display for ByteSize {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = UNITS
            .iter()
            .find(|(_, size)| self.0 != 0 && self.0.is_multiple_of(*size));
        match unit {
            Some((name, size)) => write!(f, "{}{name}", self.0 / size),
            None => f.write_str("0B"),
        }
    }
}

impl From<ByteSize> for u64 {
    fn from(value: ByteSize) -> Self {
        value.0
    }
}

impl From<u64> for ByteSize {
    fn from(value: u64) -> Self {
        Self(value)
    }
}
