//! `integer(go)`: a whole number as text.

use super::error::quote;
use super::go_text::{NotInteger, atoi, without_blanks};
use super::grammar::Info;
use super::{Magnitude, PatternFit};
use std::fmt;

/// `integer(go)`: what Go's `strconv.Atoi` reads.
///
/// ```
/// use herz_types::scalar::{GoInteger, Scalar};
/// assert_eq!(GoInteger::parse("+007")?.value(), 7);
/// # Ok::<(), herz_types::scalar::ScalarError>(())
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GoInteger(i64);

scalar!(GoInteger, IntegerGo);

impl GoInteger {
    pub(super) const INFO: Info = Info {
        name: "integer(go)",
        title: "Whole number as text, as Go reads it",
        grammar: "\
integer = [ \"+\" | \"-\" ] digits
64 bits. What Go's strconv.Atoi takes.",
        rust_type: "GoInteger",
        allowed: "a whole number such as `5`",
        pattern: Some(("^[+-]?[0-9]+$", PatternFit::Superset)),
        samples: samples! {
            accepted: [
                "1", "+5", "007", "0", "-0", "-1", "100", "9223372036854775807",
                "-9223372036854775808", "00000000000000000000001", "+0", "10",
            ],
            refused: [
                "", "50%", "1.5", " 5", "5 ", "abc", "1_000", "0x10", "1e3", "+", "-", "--1",
                "9223372036854775808", "-9223372036854775809", "1,000", "１",
            ],
        },
    };

    /// A whole number.
    pub const fn new(value: i64) -> Self {
        Self(value)
    }

    /// The number.
    pub const fn value(self) -> i64 {
        self.0
    }

    fn read(text: &str) -> Result<Self, String> {
        atoi(text).map(Self).map_err(|error| match error {
            NotInteger::TooBig => format!("{} is more than 64 bits", quote(text)),
            NotInteger::Malformed => format!("{} is no whole number", quote(text)),
        })
    }

    fn candidates(text: &str) -> Vec<String> {
        let compact = without_blanks(text);
        let bare = compact.trim_end_matches('%');
        let plain: String = bare
            .chars()
            .filter(|c| !matches!(c, '_' | ',' | '\''))
            .collect();
        let whole = plain
            .split_once('.')
            .filter(|(_, f)| f.bytes().all(|b| b == b'0'));
        vec![
            bare.to_owned(),
            whole.map_or(plain.clone(), |(whole, _)| whole.to_owned()),
        ]
    }

    #[allow(clippy::cast_precision_loss)] // Limits are compared as numbers; 53 bits do.
    fn magnitude_of(self) -> Magnitude {
        Magnitude::Number(self.0 as f64)
    }
}

impl fmt::Display for GoInteger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl From<GoInteger> for i64 {
    fn from(value: GoInteger) -> Self {
        value.0
    }
}

impl From<i64> for GoInteger {
    fn from(value: i64) -> Self {
        Self(value)
    }
}
