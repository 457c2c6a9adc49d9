//! Hundredths of a whole: Herz' own with a percent sign, Go's and chaosd's bare numbers.

use super::error::quote;
use super::go_float::{NotFloat, format_32, parse_32, split_decimal};
use super::go_text::without_blanks;
use super::grammar::Info;
use super::{Magnitude, PatternFit};
use std::fmt;

/// What Go's `ParseFloat` takes, as a pattern; numbers that are too big match too.
const GO_FLOAT: &str = "^([nN][aA][nN]|[+-]?([iI][nN][fF]([iI][nN][iI][tT][yY])?|[0-9_]*[0-9][0-9_]*(\\.[0-9_]*)?([eE][+-]?[0-9][0-9_]*)?|[0-9_]*\\.[0-9_]*[0-9][0-9_]*([eE][+-]?[0-9][0-9_]*)?|0[xX][0-9a-fA-F_]*\\.?[0-9a-fA-F_]*[pP][+-]?[0-9][0-9_]*))$";

/// `percent`: 0 to 100 with a percent sign.
///
/// ```
/// use herz_types::scalar::{Percent, Scalar};
/// assert_eq!(Percent::parse("0.1%")?.value(), 0.1);
/// # Ok::<(), herz_types::scalar::ScalarError>(())
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, PartialOrd)]
pub struct Percent(f64);

/// `percent(go)`: a bare number as Go's `strconv.ParseFloat(s, 32)` reads it, without a range.
///
/// ```
/// use herz_types::scalar::{GoFloat, Scalar};
/// assert_eq!(GoFloat::parse("1_0")?.value(), 10.0);
/// assert!(GoFloat::parse("NaN")?.value().is_nan());
/// assert_eq!(GoFloat::parse("25%").unwrap_err().suggestion.as_deref(), Some("25"));
/// # Ok::<(), herz_types::scalar::ScalarError>(())
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, PartialOrd)]
pub struct GoFloat(f64);

/// `percent(chaosd)`: a bare number over 0 and at most 100; not-a-number slips through.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct ChaosdPercent(f64);

/// `percent(chaosd-correlation)`: a bare number from 0 to 100; not-a-number slips through.
#[derive(Debug, Clone, Copy, Default, PartialEq, PartialOrd)]
pub struct ChaosdCorrelation(f64);

scalar!(Percent, Percent);
scalar!(GoFloat, PercentGo);
scalar!(ChaosdPercent, PercentChaosd);
scalar!(ChaosdCorrelation, CorrelationChaosd);

impl Percent {
    pub(super) const INFO: Info = Info {
        name: "percent",
        title: "Percent",
        grammar: "\
percent = digits [ \".\" digits ] \"%\"
From 0 to 100.",
        rust_type: "Percent",
        allowed: "a percentage from `0%` to `100%`",
        pattern: Some((
            "^0*([0-9]{1,2}(\\.[0-9]+)?|100(\\.0+)?)%$",
            PatternFit::Exact,
        )),
        samples: samples! {
            accepted: [
                "5%", "0.1%", "0%", "100%", "100.0%", "99.999%", "0.0%", "50%", "007%", "33.3%",
                "12.50%", "0100%",
            ],
            refused: [
                "", "%", "5", "5 %", " 5%", "5%%", "-1%", "+5%", "101%", "100.1%", "100.00000000000000001%", ".5%", "5.%", "1e1%",
                "NaN%", "0,5%", "abc", "１%",
            ],
        },
    };

    /// A percentage; nothing if it is not from 0 to 100.
    pub fn new(value: f64) -> Option<Self> {
        (0.0..=100.0).contains(&value).then_some(Self(value))
    }

    /// Hundredths: 5 for `5%`.
    pub const fn value(self) -> f64 {
        self.0
    }

    fn read(text: &str) -> Result<Self, String> {
        let Some(number) = text.strip_suffix('%') else {
            return Err(format!("{} has no percent sign at its end", quote(text)));
        };
        let (decimal, rest) = split_decimal(number);
        if decimal.is_empty()
            || !rest.is_empty()
            || decimal.starts_with('.')
            || decimal.ends_with('.')
        {
            return Err(format!("{} is no number with a percent sign", quote(text)));
        }
        let (whole, fraction) = decimal.split_once('.').unwrap_or((decimal, ""));
        let whole = whole.trim_start_matches('0');
        // By digits, since a fraction too small for floating point counts too.
        let fits = whole.len() < 3 || whole == "100" && fraction.bytes().all(|b| b == b'0');
        match decimal.parse().ok().and_then(Self::new) {
            Some(value) if fits => Ok(value),
            _ => Err(format!("{} is more than 100%", quote(text))),
        }
    }

    fn candidates(text: &str) -> Vec<String> {
        let compact = without_blanks(text).replace(',', ".");
        let bare = compact
            .trim_end_matches('%')
            .trim_start_matches('+')
            .to_owned();
        vec![format!("{bare}%"), format!("0{bare}%"), format!("{bare}0%")]
    }

    fn magnitude_of(self) -> Magnitude {
        Magnitude::Percent(self.0)
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}%", self.0.abs())
    }
}

impl GoFloat {
    pub(super) const INFO: Info = Info {
        name: "percent(go)",
        title: "Bare number, as Go reads it",
        grammar: "\
number  = \"nan\" | [ \"+\" | \"-\" ] ( \"inf\" | \"infinity\" | decimal | hex )
decimal = ( digits [ \".\" [ digits ] ] | \".\" digits ) [ \"e\" [ \"+\" | \"-\" ] digits ]
hex     = \"0x\" hexdigits with a point or none, \"p\" [ \"+\" | \"-\" ] digits
In any case. Underscores may stand between two digits, and behind \"0x\".
What Go's strconv.ParseFloat(s, 32) takes: a number that is too big for 32 bits is refused. There is no range.",
        rust_type: "GoFloat",
        allowed: "a bare number such as `25` or `0.5`",
        pattern: Some((GO_FLOAT, PatternFit::Superset)),
        samples: samples! {
            accepted: [
                "0", "25", "50.5", "101", "-1", "+1", "NaN", "nan", "Inf", "+inf", "-Infinity",
                "0x1p-2", "0X1.8P1", "0x.8p0", "0x_1p4", "1_0", "1_0.2_5", "1e1", "1E+1_0", ".5", "5.", "007",
                "-0", "1e-999", "0e999999999", "3.4028235e38", "0x1.fffffefffffffp127",
            ],
            refused: [
                "", "25%", "abc", " 5", "5 ", "1e39", "-1e39", "+nan", "-nan", "infi", "in",
                "infinit", "0x1", "0x", "0xp1", "0x.p1", "1_", "_1", "1__0", "1_.5", "1._5", "1e_1", "1e1_", "1_e1",
                "1e", "1e+", ".", "+", "-", "--1", "1.2.3", "1,5", "0b1", "0x1p", "0x1p128", "0x1.ffffffp127",
                "3.4028236e38", "١",
            ],
        },
    };

    /// A number, rounded to 32 bits.
    pub fn new(value: f32) -> Self {
        Self(f64::from(value))
    }

    /// The number.
    pub const fn value(self) -> f64 {
        self.0
    }

    fn read(text: &str) -> Result<Self, String> {
        number(text).map(Self)
    }

    fn candidates(text: &str) -> Vec<String> {
        bare_candidates(text)
    }

    fn magnitude_of(self) -> Magnitude {
        Magnitude::Percent(self.0)
    }
}

impl ChaosdPercent {
    pub(super) const INFO: Info = Info {
        name: "percent(chaosd)",
        title: "Percentage without a sign, as chaosd reads it",
        grammar: "\
A number as in `percent(go)`, over 0 and at most 100 after rounding to 32 bits.
Not-a-number slips through, as in chaosd.",
        rust_type: "ChaosdPercent",
        allowed: "a bare number over 0 and at most 100, such as `25`",
        pattern: Some((GO_FLOAT, PatternFit::Superset)),
        samples: samples! {
            accepted: [
                "0.5", "1", "100", "1e1", "1e-5", "+5", "NaN", "99.999", "100.000001", "0x1p-2",
                "1_0", "007", "1e2",
            ],
            refused: [
                "", "0", "-0", "0.0", "100.1", "101", "-1", "x", "25%", "Inf", "-Inf", "1e-99",
                " 5", "1e39",
            ],
        },
    };

    /// A percentage; nothing if it is not over 0 and at most 100, rounded to 32 bits.
    pub fn new(value: f32) -> Option<Self> {
        (value > 0.0 && value <= 100.0).then_some(Self(f64::from(value)))
    }

    /// The number.
    pub const fn value(self) -> f64 {
        self.0
    }

    fn read(text: &str) -> Result<Self, String> {
        let value = number(text)?;
        if value <= 0.0 {
            return Err(format!("{} is not over 0", quote(text)));
        }
        at_most_100(text, value).map(Self)
    }

    fn candidates(text: &str) -> Vec<String> {
        bare_candidates(text)
    }

    fn magnitude_of(self) -> Magnitude {
        Magnitude::Percent(self.0)
    }
}

impl ChaosdCorrelation {
    pub(super) const INFO: Info = Info {
        name: "percent(chaosd-correlation)",
        title: "Correlation, as chaosd reads it",
        grammar: "\
A number as in `percent(go)`, from 0 to 100 after rounding to 32 bits.
Not-a-number slips through, as in chaosd.",
        rust_type: "ChaosdCorrelation",
        allowed: "a bare number from 0 to 100, such as `25`",
        pattern: Some((GO_FLOAT, PatternFit::Superset)),
        samples: samples! {
            accepted: [
                "0", "-0", "0.0", "50", "100", "1e1", "+5", "NaN", "99.999", "100.000001", "1e-99",
                "0x1p-2", "1_0",
            ],
            refused: [
                "", "101", "100.1", "-1", "-0.1", "x", "25%", "Inf", "-inf", " 5", "5 ", "1e39", "0,5",
            ],
        },
    };

    /// A correlation; nothing if it is not from 0 to 100, rounded to 32 bits.
    pub fn new(value: f32) -> Option<Self> {
        (0.0..=100.0)
            .contains(&value)
            .then_some(Self(f64::from(value)))
    }

    /// The number.
    pub const fn value(self) -> f64 {
        self.0
    }

    fn read(text: &str) -> Result<Self, String> {
        let value = number(text)?;
        if value < 0.0 {
            return Err(format!("{} is less than 0", quote(text)));
        }
        at_most_100(text, value).map(Self)
    }

    fn candidates(text: &str) -> Vec<String> {
        bare_candidates(text)
    }

    fn magnitude_of(self) -> Magnitude {
        Magnitude::Percent(self.0)
    }
}

fn number(text: &str) -> Result<f64, String> {
    parse_32(text).map_err(|error| match error {
        NotFloat::TooBig => format!("{} is too big for a 32-bit number", quote(text)),
        NotFloat::Malformed if text.ends_with('%') => {
            format!("{} has a percent sign", quote(text))
        }
        NotFloat::Malformed => format!("{} is no number", quote(text)),
    })
}

fn at_most_100(text: &str, value: f64) -> Result<f64, String> {
    if value > 100.0 {
        Err(format!("{} is more than 100", quote(text)))
    } else {
        Ok(value)
    }
}

fn bare_candidates(text: &str) -> Vec<String> {
    let compact = without_blanks(text);
    let bare = compact.trim_end_matches('%').to_owned();
    vec![bare.replace(',', "."), bare]
}

/// Canonical text of numbers that came from 32 bits.
macro_rules! shown_as_number {
    ($($type:ident),*) => {
        $(impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&format_32(self.0))
            }
        })*
    };
}

shown_as_number!(GoFloat, ChaosdPercent, ChaosdCorrelation);
