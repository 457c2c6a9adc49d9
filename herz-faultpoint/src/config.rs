//! What a point does, as text.

use std::fmt;
use std::time::Duration;

/// What happens at a point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum What {
    Off,
    Return(Option<String>),
    Sleep(Duration),
    /// Keeps the thread busy.
    Delay(Duration),
    Panic(Option<String>),
    Print(Option<String>),
    Yield,
    Pause,
}

/// One of the things that a point does in turn.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Term {
    /// Share of the passes that it is about, from 0 to 1.
    pub(crate) share: f64,
    /// How often it still happens; no end without one.
    pub(crate) left: Option<u64>,
    pub(crate) what: What,
}

/// A text that says nothing a point can do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadConfig {
    /// The part that is wrong.
    pub found: String,
    /// Why, and what would do.
    pub why: String,
}

impl fmt::Display for BadConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`: {}", self.found, self.why)
    }
}

impl std::error::Error for BadConfig {}

fn bad<T>(found: &str, why: impl Into<String>) -> Result<T, BadConfig> {
    Err(BadConfig {
        found: found.to_owned(),
        why: why.into(),
    })
}

/// `name=terms;name=terms`, as environment variables have it.
pub(crate) fn list(text: &str) -> Result<Vec<(String, Vec<Term>)>, BadConfig> {
    let mut all = Vec::new();
    for one in text.split(';').map(str::trim).filter(|one| !one.is_empty()) {
        let Some((name, terms)) = one.split_once('=') else {
            return bad(one, "write `name=what`, joined by `;`");
        };
        let name = name.trim();
        if name.is_empty() {
            return bad(one, "the point has no name");
        }
        all.push((name.to_owned(), parse(terms)?));
    }
    Ok(all)
}

/// Terms that are joined by `->`.
pub(crate) fn parse(text: &str) -> Result<Vec<Term>, BadConfig> {
    // An argument may hold an arrow.
    let mut terms = Vec::new();
    let (mut depth, mut start) = (0_u32, 0);
    let bytes = text.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'(' => depth += 1,
            b')' => depth = depth.saturating_sub(1),
            b'-' if depth == 0 && bytes.get(at + 1) == Some(&b'>') => {
                terms.push(term(text.get(start..at).unwrap_or_default())?);
                start = at + 2;
            }
            _ => {}
        }
    }
    terms.push(term(text.get(start..).unwrap_or_default())?);
    Ok(terms)
}

fn term(text: &str) -> Result<Term, BadConfig> {
    let whole = text.trim();
    let (head, argument) = match whole.split_once('(') {
        Some((head, rest)) => match rest.strip_suffix(')') {
            Some(argument) => (head, Some(argument)),
            None => return bad(whole, "the bracket is not closed"),
        },
        None => (whole, None),
    };
    let (share, head) = match head.split_once('%') {
        Some((share, rest)) => match share.trim().parse::<f64>() {
            Ok(share) if (0.0..=100.0).contains(&share) => (share / 100.0, rest),
            _ => return bad(share, "a share is from 0% to 100%"),
        },
        None => (1.0, head),
    };
    let (left, name) = match head.split_once('*') {
        Some((count, rest)) => match count.trim().parse::<u64>() {
            Ok(count) => (Some(count), rest.trim()),
            Err(_) => return bad(count, "a count is a whole number"),
        },
        None => (None, head.trim()),
    };
    let text = || argument.map(str::to_owned);
    let time = || match argument.map(|text| text.trim().parse::<u64>()) {
        Some(Ok(ms)) => Ok(Duration::from_millis(ms)),
        _ => bad(whole, format!("write `{name}(milliseconds)`")),
    };
    let what = match name {
        "off" => What::Off,
        "return" => What::Return(text()),
        "sleep" => What::Sleep(time()?),
        "delay" => What::Delay(time()?),
        "panic" => What::Panic(text()),
        "print" => What::Print(text()),
        "yield" => What::Yield,
        "pause" => What::Pause,
        other => {
            return bad(
                other,
                "a point can do `off`, `return`, `sleep`, `delay`, `panic`, `print`, `yield` and `pause`",
            );
        }
    };
    Ok(Term { share, left, what })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_fail_rs_are_read() {
        let terms = parse("30%2*return(a->b)->1*sleep(20)-> off").unwrap();
        assert_eq!(terms.len(), 3);
        assert_eq!(terms[0].what, What::Return(Some("a->b".to_owned())));
        assert!((terms[0].share - 0.3).abs() < 1e-9 && terms[0].left == Some(2));
        assert_eq!(terms[1].what, What::Sleep(Duration::from_millis(20)));
        assert_eq!(terms[2].what, What::Off);
        let all = list("a=return; b::c = panic(no = money) ;;").unwrap();
        assert_eq!(all[1].0, "b::c");
        assert_eq!(all[1].1[0].what, What::Panic(Some("no = money".to_owned())));
    }

    #[test]
    fn other_texts_are_refused_with_a_reason() {
        for (text, why) in [
            ("", "can do"),
            ("retrun", "can do"),
            ("sleep", "sleep(milliseconds)"),
            ("sleep(x)", "sleep(milliseconds)"),
            ("sleep(5", "bracket"),
            ("101%off", "0% to 100%"),
            ("NaN%off", "0% to 100%"),
            ("x*off", "whole number"),
            ("-1*off", "whole number"),
            ("off->", "can do"),
        ] {
            let error = parse(text).unwrap_err().to_string();
            assert!(error.contains(why), "{text}: {error}");
        }
        assert!(list("a").is_err() && list("=off").is_err() && list("a=b").is_err());
    }
}
