//! `quantity`: amounts of resources as Kubernetes writes them.

use super::error::quote;
use super::go_float::split_decimal;
use super::go_text::{atoi, is_digits, split_digits, split_sign, without_blanks};
use super::grammar::Info;
use super::{Magnitude, PatternFit};
use std::fmt;

/// `quantity`: a Kubernetes quantity.
///
/// The amount is not rounded to nano as in Kubernetes. Two quantities are equal if their canonical texts are; `1000m` and `1` are not. Their
/// [`Quantity::value`]s are.
///
/// ```
/// use herz_types::scalar::{Quantity, Scalar};
/// assert_eq!(Quantity::parse("250m")?.value(), 0.25);
/// assert_eq!(Quantity::parse("+01.50Gi")?.to_string(), "1.5Gi");
/// # Ok::<(), herz_types::scalar::ScalarError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Quantity {
    negative: bool,
    /// Digits before the point, without leading zeros.
    whole: String,
    /// Digits behind the point, without trailing zeros.
    fraction: String,
    suffix: Suffix,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Suffix {
    /// Index in [`LETTERS`].
    Letters(usize),
    /// `e` and a power of ten. Kubernetes keeps 32 bits of it.
    Exponent(i32),
}

/// Suffixes, what they are a power of, and which.
const LETTERS: [(&str, f64, i32); 16] = [
    ("", 10.0, 0),
    ("n", 10.0, -9),
    ("u", 10.0, -6),
    ("m", 10.0, -3),
    ("k", 10.0, 3),
    ("M", 10.0, 6),
    ("G", 10.0, 9),
    ("T", 10.0, 12),
    ("P", 10.0, 15),
    ("E", 10.0, 18),
    ("Ki", 2.0, 10),
    ("Mi", 2.0, 20),
    ("Gi", 2.0, 30),
    ("Ti", 2.0, 40),
    ("Pi", 2.0, 50),
    ("Ei", 2.0, 60),
];

/// Where Kubernetes caps quantities with a suffix that is a power of 1024.
const LARGEST: f64 = 9_223_372_036_854_775_807.0;

scalar!(Quantity, Quantity);

impl Quantity {
    pub(super) const INFO: Info = Info {
        name: "quantity",
        title: "Amount of a resource, as Kubernetes reads it",
        grammar: "\
quantity = [ \"+\" | \"-\" ] ( digits [ \".\" [ digits ] ] | \".\" digits ) [ suffix ]
suffix   = \"n\" | \"u\" | \"m\" | \"k\" | \"M\" | \"G\" | \"T\" | \"P\" | \"E\"   powers of 1000
         | \"Ki\" | \"Mi\" | \"Gi\" | \"Ti\" | \"Pi\" | \"Ei\"            powers of 1024
         | ( \"e\" | \"E\" ) [ \"+\" | \"-\" ] digits               a power of 10
What Kubernetes' ParseQuantity takes; as there, a number without any digit counts as 0 (`m`, `.`, `Ki`),\nbut not in the empty text, before \"Pi\" and \"Ei\", and before an exponent below -9.",
        rust_type: "Quantity",
        allowed: "a quantity such as `250m` or `1.5Gi`",
        pattern: Some((
            "^[+-]?[0-9]*(\\.[0-9]*)?([numkMGTPE]|[KMGTPE]i|[eE][+-]?[0-9]+)?$",
            PatternFit::Superset,
        )),
        samples: samples! {
            accepted: [
                "250m", "1Gi", "0", "1", "1.5Gi", "-1", "+1", ".5", "5.", "1e3", "1E3", "1e-3", "1E+3", "100n", "2u", "1k", "1E", "10Ki",
                "0.5Ki", "1.G", "007", "m", ".", "+", "e5", "Ti", "1e99999999999", "123456789012345678901234567890", "12345678901234567890Ei",
            ],
            refused: [
                "", "1K", "1GB", "1GiB", "256mb", "1 Gi", " 1", "1 ", "1e", "1e+", "1ee3", "1m5", "1Ee5", "Kii", "1..5", "1.5.5", "abc", "--1", "1_000",
                "1,5", "0x1", "1i", "1Zi", "e-10", "Ei", "+Pi", "1e9999999999999999999", "1e1.5", "1Gi3", "1ki", "1mi",
            ],
        },
    };

    /// The amount.
    pub fn value(&self) -> f64 {
        let power = match self.suffix {
            Suffix::Exponent(power) => power,
            Suffix::Letters(index) => match LETTERS.get(index) {
                Some((_, 10.0, power)) => *power,
                Some((_, base, power)) => {
                    // Kubernetes caps these at 64 bits.
                    return (self.number(0) * base.powi(*power)).clamp(-LARGEST, LARGEST);
                }
                None => 0,
            },
        };
        self.number(power)
    }

    /// The number without its suffix, times a power of ten.
    fn number(&self, power: i32) -> f64 {
        let sign = if self.negative { "-" } else { "" };
        let whole = if self.whole.is_empty() {
            "0"
        } else {
            &self.whole
        };
        format!("{sign}{whole}.{}e{power}", self.fraction)
            .parse()
            .unwrap_or(f64::NAN)
    }

    fn read(text: &str) -> Result<Self, String> {
        if text.is_empty() {
            return Err("the quantity is empty".to_owned());
        }
        let (negative, unsigned) = split_sign(text);
        let (whole, rest) = split_digits(unsigned);
        let (fraction, tail) = rest.strip_prefix('.').map_or(("", rest), split_digits);
        let no_digit = whole.is_empty() && fraction.is_empty();
        let whole = whole.trim_start_matches('0');
        let suffix = suffix(tail).ok_or_else(|| {
            if no_digit {
                format!("{} does not start with a number", quote(text))
            } else {
                format!(
                    "{} in {} is no suffix of a quantity",
                    quote(tail),
                    quote(text)
                )
            }
        })?;
        // Kubernetes takes a missing number for 0 on its fast path only.
        let slow = match suffix {
            Suffix::Exponent(power) => power < -9,
            Suffix::Letters(_) => matches!(tail, "Pi" | "Ei"),
        };
        if no_digit && slow {
            return Err(format!("{} has no number", quote(text)));
        }
        Ok(Self {
            negative: negative && !(whole.is_empty() && fraction.bytes().all(|b| b == b'0')),
            whole: whole.to_owned(),
            fraction: fraction.trim_end_matches('0').to_owned(),
            suffix,
        })
    }

    fn candidates(text: &str) -> Vec<String> {
        let compact = without_blanks(text).replace(',', ".");
        let (negative, unsigned) = split_sign(&compact);
        let (number, tail) = split_decimal(unsigned);
        if number.is_empty() {
            return Vec::new();
        }
        let sign = if negative { "-" } else { "" };
        let bare = tail.trim_end_matches(['b', 'B']);
        let known: String = match bare.to_ascii_lowercase().as_str() {
            "k" => "k".to_owned(),
            letters => letters.to_ascii_uppercase().replace('I', "i"),
        };
        vec![
            compact.clone(),
            format!("{sign}{number}{}", if bare == "K" { "k" } else { bare }),
            format!("{sign}{number}{known}"),
        ]
    }

    fn magnitude_of(&self) -> Magnitude {
        Magnitude::Number(self.value())
    }
}

fn suffix(text: &str) -> Option<Suffix> {
    if let Some(index) = LETTERS.iter().position(|(name, ..)| *name == text) {
        return Some(Suffix::Letters(index));
    }
    let exponent = text.strip_prefix(['e', 'E'])?;
    if !is_digits(split_sign(exponent).1) {
        return None;
    }
    #[allow(clippy::cast_possible_truncation)] // As Kubernetes does.
    let kept = atoi(exponent).ok()? as i32;
    Some(Suffix::Exponent(kept))
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.negative {
            f.write_str("-")?;
        }
        f.write_str(if self.whole.is_empty() {
            "0"
        } else {
            &self.whole
        })?;
        if !self.fraction.is_empty() {
            write!(f, ".{}", self.fraction)?;
        }
        match self.suffix {
            Suffix::Exponent(power) => write!(f, "e{power}"),
            Suffix::Letters(index) => f.write_str(LETTERS.get(index).map_or("", |(name, ..)| name)),
        }
    }
}
