//! `byteSize(docker)`: a share of the memory, or a size as docker reads it.

use super::byte_size::size_candidates;
use super::error::quote;
use super::go_float::{NotFloat, parse_64};
use super::go_text::{atoi, lower, without_blanks};
use super::grammar::Info;
use super::{Magnitude, PatternFit};
use std::fmt;

/// `byteSize(docker)`: a share of the memory (`50%`), or a number of bytes.
///
/// ```
/// use herz_types::scalar::{DockerSize, Scalar};
/// assert_eq!(DockerSize::parse("256 KiB")?, DockerSize::Bytes(256_000.0));
/// assert_eq!(DockerSize::parse("50%")?, DockerSize::Percent(50));
/// # Ok::<(), herz_types::scalar::ScalarError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub enum DockerSize {
    /// A share, 0 to 100.
    Percent(u8),
    /// Bytes before docker cuts off a fraction. `KiB` counts 1000 as well.
    Bytes(f64),
}

scalar!(DockerSize, ByteSizeDocker);

impl DockerSize {
    pub(super) const INFO: Info = Info {
        name: "byteSize(docker)",
        title: "Share of memory or amount of data, as docker reads it",
        grammar: "\
size   = integer \"%\" | number [ \" \" ] [ suffix ]
suffix = \"b\" | p | p \"b\" | p \"ib\"       in any case
p      = \"k\" | \"m\" | \"g\" | \"t\" | \"p\"      powers of 1000, with \"ib\" too
integer from 0 to 100 as Go's strconv.Atoi takes it; number as Go's strconv.ParseFloat(s, 64) takes it, not negative.
The number ends with the last digit, point or blank of the text. What docker/go-units FromHumanSize takes.",
        rust_type: "DockerSize",
        allowed: "a size such as `256MiB` or a share such as `50%`",
        pattern: Some((
            "^([+-]?[0-9]+%|[0-9A-Za-z_.+-]+ ?[A-Za-z\u{212a}\u{130}]{0,3})$",
            PatternFit::Superset,
        )),
        samples: samples! {
            accepted: [
                "0", "256", "256B", "256k", "256KB", "256KiB", "1.5GB", ".5GB", "5.", "1e3", "50%", "0%", "100%",
                "+5%", "-0%", "007%", "1PB", "256 MB", "256 ", "0x1p4", "1_000", "-0", "1e3k", "inf ", "nan ",
                "1\u{212a}",
            ],
            refused: [
                "", "256Mi", "256Ki", "1EB", "-1", "101%", "-1%", "1.5%", "%", " 5%", "5 %", "256XB", "abc", "256  MB",
                " 256", "256MB ", "256 M B", "inf", "nan", "MB", "256kbb", "256bb", "256bi", "256kiB/s", "1e400", "1e3 x",
                "\u{212a}",
            ],
        },
    };

    /// The size in bytes, without a fraction; nothing for a share.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // Saturates.
    pub fn bytes(self) -> Option<u64> {
        match self {
            Self::Percent(_) => None,
            Self::Bytes(bytes) => Some(bytes as u64),
        }
    }

    fn read(text: &str) -> Result<Self, String> {
        if let Some(number) = text.strip_suffix('%') {
            let value = atoi(number)
                .map_err(|_| format!("{} is no whole number with a percent sign", quote(text)))?;
            return match u8::try_from(value) {
                Ok(percent @ 0..=100) => Ok(Self::Percent(percent)),
                _ => Err(format!("{} is not from 0% to 100%", quote(text))),
            };
        }
        let Some(end) = text.rfind(|c: char| c.is_ascii_digit() || c == '.' || c == ' ') else {
            return Err(format!("{} has no digit", quote(text)));
        };
        // Digits, points and blanks are one byte long.
        let (head, suffix) = text.split_at(end + 1);
        let number = head.strip_suffix(' ').unwrap_or(head);
        let value = parse_64(number).map_err(|error| match error {
            NotFloat::TooBig => format!("{} is too big", quote(text)),
            NotFloat::Malformed => format!("{} does not start with a number", quote(text)),
        })?;
        if value < 0.0 {
            return Err(format!("{} is negative", quote(text)));
        }
        let factor = factor(suffix)
            .ok_or_else(|| format!("{} in {} is no unit of data", quote(suffix), quote(text)))?;
        Ok(Self::Bytes(value * factor))
    }

    fn candidates(text: &str) -> Vec<String> {
        let compact = without_blanks(text);
        let (head, tail) = (compact.trim_end_matches('%'), compact.ends_with('%'));
        let mut all = vec![compact.clone()];
        if tail {
            // Shares are whole.
            all.push(format!("{}%", head.split('.').next().unwrap_or(head)));
        }
        all.extend(size_candidates(text, "B"));
        if let Some(number) = head
            .to_ascii_lowercase()
            .trim_end_matches('b')
            .trim_end_matches('i')
            .strip_suffix('e')
        {
            all.push(format!("{number}000PB"));
        }
        all
    }

    fn magnitude_of(self) -> Magnitude {
        match self {
            Self::Percent(percent) => Magnitude::Percent(f64::from(percent)),
            Self::Bytes(bytes) => Magnitude::Bytes(bytes.trunc()),
        }
    }
}

fn factor(suffix: &str) -> Option<f64> {
    // Docker counts bytes before it makes them small.
    if suffix.len() > 3 {
        return None;
    }
    let small = lower(suffix);
    if small.is_empty() || small == "b" {
        return Some(1.0);
    }
    let mut letters = small.chars();
    let factor = match letters.next()? {
        'k' => 1e3,
        'm' => 1e6,
        'g' => 1e9,
        't' => 1e12,
        'p' => 1e15,
        _ => return None,
    };
    matches!(letters.as_str(), "" | "b" | "ib").then_some(factor)
}

impl fmt::Display for DockerSize {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Percent(percent) => write!(f, "{percent}%"),
            // These have no digit; the blank makes docker take them.
            Self::Bytes(bytes) if !bytes.is_finite() => write!(f, "{bytes} "),
            Self::Bytes(bytes) => write!(f, "{bytes}B"),
        }
    }
}
