//! `statusCode`: an HTTP status or a range of them.

use super::error::quote;
use super::go_text::{atoi, is_digits, without_blanks};
use super::grammar::Info;
use super::{Magnitude, PatternFit};
use std::fmt;

/// `statusCode`: an HTTP status from 1 to 999, or two of them as a range.
///
/// ```
/// use herz_types::scalar::{Scalar, StatusCode};
/// let codes = StatusCode::parse("200-299")?;
/// assert!(codes.contains(204));
/// assert!(!codes.contains(404));
/// // The order of the ends is not checked; such a range holds no status.
/// assert!(!StatusCode::parse("400-200")?.contains(300));
/// # Ok::<(), herz_types::scalar::ScalarError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StatusCode {
    /// One status.
    One(u16),
    /// All statuses from the first to the second.
    Range(u16, u16),
}

scalar!(StatusCode, StatusCode);

impl StatusCode {
    pub(super) const INFO: Info = Info {
        name: "statusCode",
        title: "HTTP status or range of them",
        grammar: "\
status = integer | integer \"-\" integer
integer as Go's strconv.Atoi takes it (`integer(go)`), from 1 to 999. The order of the two is not checked.",
        rust_type: "StatusCode",
        allowed: "a status from 1 to 999 such as `200`, or a range such as `200-299`",
        pattern: Some((
            "^\\+?0*[1-9][0-9]{0,2}(-\\+?0*[1-9][0-9]{0,2})?$",
            PatternFit::Exact,
        )),
        samples: samples! {
            accepted: [
                "200", "200-400", "400-200", "999", "1", "1-999", "007", "+200", "200-+400",
                "+1-+2", "200-200", "0200-0299",
            ],
            refused: [
                "", "0", "1000", "-1", "200-", "-200", "2xx", "200-1000", "0-200", "200-400-500",
                "200--400", "200 - 400", " 200", "abc", "200,201", "-",
            ],
        },
    };

    /// Whether a status is meant.
    pub fn contains(self, status: u16) -> bool {
        match self {
            Self::One(one) => one == status,
            Self::Range(from, to) => (from..=to).contains(&status),
        }
    }

    fn read(text: &str) -> Result<Self, String> {
        if let Ok(number) = atoi(text) {
            return status(number, text).map(Self::One);
        }
        let Some((from, to)) = text.split_once('-') else {
            return Err(format!("{} is no number and no range", quote(text)));
        };
        let end = |part: &str| match atoi(part) {
            Ok(number) => status(number, text),
            Err(_) if part.is_empty() => Err(format!("{} lacks an end of the range", quote(text))),
            Err(_) => Err(format!("{} in {} is no number", quote(part), quote(text))),
        };
        Ok(Self::Range(end(from)?, end(to)?))
    }

    fn candidates(text: &str) -> Vec<String> {
        let compact = without_blanks(text).to_ascii_lowercase();
        let class = compact.trim_end_matches(['x', '*']);
        vec![
            compact.replace("..", "-").replace(['–', '~'], "-"),
            compact.trim_end_matches('-').to_owned(),
            if class.len() == 1 && is_digits(class) {
                format!("{class}00-{class}99")
            } else {
                String::new()
            },
        ]
    }

    fn magnitude_of(self) -> Magnitude {
        match self {
            Self::One(status) => Magnitude::Number(f64::from(status)),
            Self::Range(..) => Magnitude::None,
        }
    }
}

fn status(number: i64, text: &str) -> Result<u16, String> {
    match u16::try_from(number) {
        Ok(status @ 1..=999) => Ok(status),
        _ => Err(format!("a status in {} is not from 1 to 999", quote(text))),
    }
}

impl fmt::Display for StatusCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::One(status) => status.fmt(f),
            Self::Range(from, to) => write!(f, "{from}-{to}"),
        }
    }
}
