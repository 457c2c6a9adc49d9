//! The wording of findings. The catalog's checker and generated validators build their messages
//! here, so that both say the same about the same document.
//!
//! Each function takes plain data and returns one sentence: what was found, what is allowed.
//! `found` is the offending value as text; `None` for a value that must not be shown (a field
//! marked `sensitive`).

use std::fmt::Write;

/// Texts longer than this are cut in messages.
const SHOWN: usize = 60;

/// What a value is, for messages about wrong types.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Found<'a> {
    /// Null.
    Null,
    /// A truth value, as written.
    Bool(&'a str),
    /// A whole number, as written.
    Int(&'a str),
    /// Another number, as written.
    Float(&'a str),
    /// A text.
    Text(&'a str),
    /// A list.
    List,
    /// A map.
    Map,
    /// A single value that must not be shown.
    Hidden,
}

/// What a type wants, for messages about wrong types.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// `true` or `false`.
    Bool,
    /// A whole number.
    Int,
    /// A number.
    Float,
    /// A text.
    Text,
    /// A list.
    List,
    /// A map or an object.
    Map,
    /// A whole number or a text.
    IntOrText,
}

impl Wanted {
    /// In words: `a text`.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Bool => "`true` or `false`",
            Self::Int => "a whole number",
            Self::Float => "a number",
            Self::Text => "a text",
            Self::List => "a list",
            Self::Map => "a map",
            Self::IntOrText => "a whole number or a text",
        }
    }
}

impl Found<'_> {
    /// In words: ``the whole number `5` ``.
    pub fn words(self) -> String {
        match self {
            Self::Null => "null".to_owned(),
            Self::Bool(text) => format!("the truth value {}", quote(text)),
            Self::Int(text) => format!("the whole number {}", quote(text)),
            Self::Float(text) => format!("the number {}", quote(text)),
            Self::Text("") => "an empty text".to_owned(),
            Self::Text(text) => format!("the text {}", quote(text)),
            Self::List => "a list".to_owned(),
            Self::Map => "a map".to_owned(),
            Self::Hidden => "another value".to_owned(),
        }
    }
}

/// A text between back ticks, cut if it is long, with control characters escaped.
///
/// ```
/// assert_eq!(herz_types::message::quote("a\nb"), "`a\\nb`");
/// ```
pub fn quote(text: &str) -> String {
    let mut out = String::with_capacity(text.len().min(SHOWN * 4) + 2);
    out.push('`');
    for (at, c) in text.chars().enumerate() {
        if at == SHOWN {
            out.push('…');
            break;
        }
        if c.is_control() {
            out.extend(c.escape_default());
        } else {
            out.push(c);
        }
    }
    out.push('`');
    out
}

/// The value in a sentence: quoted, or «the value».
fn subject(found: Option<&str>) -> String {
    match found {
        Some("") => "the empty text".to_owned(),
        Some(text) => quote(text),
        None => "the value".to_owned(),
    }
}

/// Names in a sentence: `` `a`, `b` or `c` ``.
pub fn alternatives<'a>(names: impl IntoIterator<Item = &'a str>, last: &str) -> String {
    let names: Vec<&str> = names.into_iter().collect();
    let mut out = String::new();
    for (at, name) in names.iter().enumerate() {
        if at > 0 {
            if at + 1 == names.len() {
                let _ = write!(out, " {last} ");
            } else {
                out.push_str(", ");
            }
        }
        out.push_str(&if name.is_empty() {
            "the empty text".to_owned()
        } else {
            quote(name)
        });
    }
    out
}

/// HZ0101: another type.
pub fn wrong_type(wanted: Wanted, found: Found<'_>) -> String {
    format!("expected {}, found {}", wanted.words(), found.words())
}

/// HZ0102: a required field is missing.
pub fn missing_field(name: &str) -> String {
    format!("required field {} is missing", quote(name))
}

/// HZ0103: no such field.
pub fn unknown_field(name: &str) -> String {
    format!("unknown field {}", quote(name))
}

/// HZ0104: not one of the allowed texts.
pub fn not_allowed<'a>(found: Option<&str>, allowed: impl IntoIterator<Item = &'a str>) -> String {
    format!(
        "{} is not allowed here: expected {}",
        subject(found),
        alternatives(allowed, "or")
    )
}

/// The end of a range: its text as the schema writes it, and whether it is itself outside.
pub type End<'a> = Option<(&'a str, bool)>;

/// A range in words: `0 to 100`, `at least 1`, `more than 0 and at most 1`.
pub fn range_words(min: End<'_>, max: End<'_>) -> String {
    match (min, max) {
        (Some((min, false)), Some((max, false))) => format!("{min} to {max}"),
        (min, max) => {
            let min = min.map(|(text, open)| {
                format!("{} {text}", if open { "more than" } else { "at least" })
            });
            let max = max.map(|(text, open)| {
                format!("{} {text}", if open { "less than" } else { "at most" })
            });
            match (min, max) {
                (Some(min), Some(max)) => format!("{min} and {max}"),
                (Some(one), None) | (None, Some(one)) => one,
                (None, None) => "any number".to_owned(),
            }
        }
    }
}

/// HZ0105: out of its range.
pub fn out_of_range(found: Option<&str>, min: End<'_>, max: End<'_>) -> String {
    format!(
        "{} is out of range: expected {}",
        subject(found),
        range_words(min, max)
    )
}

/// HZ0105: a whole number that its type can't hold.
pub fn out_of_width(found: Option<&str>, signed: bool, bits: u8) -> String {
    let sign = if signed { "a signed" } else { "an unsigned" };
    format!(
        "{} is out of range: expected {sign} number of {bits} bits",
        subject(found)
    )
}

/// A count in words: `at least 1`, `1 to 15`.
fn count_words(min: Option<u64>, max: Option<u64>) -> String {
    match (min, max) {
        (Some(min), Some(max)) if min == max => format!("exactly {min}"),
        (Some(min), Some(max)) => format!("{min} to {max}"),
        (Some(min), None) => format!("at least {min}"),
        (None, Some(max)) => format!("at most {max}"),
        (None, None) => "any number".to_owned(),
    }
}

/// HZ0106: too few or too many characters.
pub fn length(characters: u64, min: Option<u64>, max: Option<u64>) -> String {
    format!(
        "the text has {characters} characters: expected {}",
        count_words(min, max)
    )
}

/// HZ0107: too few or too many entries.
pub fn items(entries: u64, min: Option<u64>, max: Option<u64>) -> String {
    format!("{entries} entries: expected {}", count_words(min, max))
}

/// HZ0108: no match of the pattern.
pub fn pattern(found: Option<&str>, pattern: &str) -> String {
    format!("{} does not match the pattern `{pattern}`", subject(found))
}

/// HZ0109: not well formed. `what` is the parser's message, which shows the
/// text; `None` if it must not be shown. `allowed` is what the dialect allows.
pub fn grammar(what: Option<&str>, allowed: &str) -> String {
    format!(
        "{}: expected {allowed}",
        what.unwrap_or("the value is malformed")
    )
}

/// HZ0109: bytes that are not base64. `what` is the reader's message.
pub fn not_base64(what: &str) -> String {
    format!("{what}: expected base64")
}

/// HZ0110: no multiple of the step.
pub fn multiple_of(found: Option<&str>, step: f64) -> String {
    format!("{} is not a multiple of {step}", subject(found))
}

/// HZ0111: an item that stands in the list before; `first` is its place there, from 0.
pub fn duplicate_item(found: Option<&str>, first: usize) -> String {
    format!("{} is in the list already, at [{first}]", subject(found))
}

/// HZ0112: must be filled.
pub fn empty(name: &str) -> String {
    format!(
        "{} must be set and must not be empty, zero or false",
        quote(name)
    )
}

/// HZ0113: null where it is no value.
pub fn null(name: &str) -> String {
    format!("{} is null, which is no value here", quote(name))
}

/// HZ0113: null as an item of a list.
pub fn null_item() -> String {
    "a list item is null, which is no value here".to_owned()
}

/// HZ0114: came later. `what` is `field`, `value` or `kind`.
pub fn too_new(what: &str, name: &str, platform: &str, since: &str, target: &str) -> String {
    format!(
        "{what} {} came with {platform} {since}: {target} does not have it",
        quote(name)
    )
}

/// HZ0115: gone. `what` is `field`, `value` or `kind`.
pub fn gone(what: &str, name: &str, platform: &str, until: &str, target: &str) -> String {
    format!(
        "{what} {} is gone since {platform} {until}: {target} does not have it",
        quote(name)
    )
}

/// HZ0115: a field whose name is reserved.
pub fn reserved(name: &str) -> String {
    format!("field {} is gone", quote(name))
}

/// HZ0116: deprecated. `what` is `field`, `value` or `kind`.
pub fn deprecated(
    what: &str,
    name: &str,
    since: Option<&str>,
    instead: Option<&str>,
    note: Option<&str>,
) -> String {
    let mut out = format!("{what} {} is deprecated", quote(name));
    if let Some(since) = since {
        let _ = write!(out, " since {since}");
    }
    if let Some(instead) = instead {
        let _ = write!(out, ": use {}", quote(instead));
    }
    if let Some(note) = note {
        let _ = write!(out, " ({note})");
    }
    out
}

/// HZ0117: a former name.
pub fn former_name(found: &str, name: &str) -> String {
    format!("{} is a former name of {}", quote(found), quote(name))
}

/// HZ0117: a former name beside the name itself.
pub fn both_names(found: &str, name: &str) -> String {
    format!(
        "{} is a former name of {}, which is there too",
        quote(found),
        quote(name)
    )
}

/// HZ0118: a word for which a truth value was wanted.
pub fn yaml_bool(found: &str) -> String {
    format!("expected `true` or `false`, found {}", quote(found))
}

/// HZ0118: a plain word that is a text here and a truth value elsewhere.
pub fn yaml_bool_text(found: &str) -> String {
    format!(
        "{} without quotes is a truth value for some YAML readers",
        quote(found)
    )
}

/// HZ0009: a plain value that is a text here and a number elsewhere.
pub fn ambiguous_text(found: &str) -> String {
    format!(
        "{} without quotes is a number for some YAML readers and a text for others",
        quote(found)
    )
}

/// HZ0133: an object without a name.
pub fn no_name() -> String {
    "the object has no name: `metadata.name` is missing".to_owned()
}

/// HZ0201: a value needs a field; `when` is empty or starts with `when`.
pub fn requires(name: &str, when: &str) -> String {
    sentence(&format!("{} is needed", quote(name)), when)
}

/// HZ0201: a value needs a field that is filled.
pub fn requires_filled(name: &str, when: &str) -> String {
    sentence(
        &format!("{} must be set and must not be empty", quote(name)),
        when,
    )
}

/// HZ0202: a field must not be there.
pub fn forbidden(name: &str, when: &str) -> String {
    sentence(&format!("{} must not be set", quote(name)), when)
}

/// HZ0203 to HZ0205: so many of several fields. `demand` is `exactly one of`, `at least one of` or
/// `at most one of`; `found` are those that are there.
pub fn count(demand: &str, fields: &[&str], found: &[&str], when: &str) -> String {
    let found = if found.is_empty() {
        "none".to_owned()
    } else {
        alternatives(found.iter().copied(), "and")
    };
    let wanted = alternatives(fields.iter().copied(), "and");
    sentence(
        &format!("{demand} {wanted} must be set, found {found}"),
        when,
    )
}

/// HZ0206: two fields in the wrong relation; the values are `None` if they must not be shown.
pub fn compare(
    left: &str,
    left_value: Option<&str>,
    relation: &str,
    right: &str,
    right_value: Option<&str>,
    when: &str,
) -> String {
    let side = |name: &str, value: Option<&str>| match value {
        Some(value) => format!("{} ({value})", quote(name)),
        None => quote(name),
    };
    sentence(
        &format!(
            "{} must be {relation} {}",
            side(left, left_value),
            side(right, right_value)
        ),
        when,
    )
}

/// HZ0207: two entries of a list agree; `by` is the field that must differ.
pub fn unique(found: Option<&str>, list: &str, by: Option<&str>, when: &str) -> String {
    let base = match by {
        Some(by) => format!(
            "{} is there twice: entries of {} must differ by {}",
            subject(found),
            quote(list),
            quote(by)
        ),
        None => format!(
            "{} is there twice: entries of {} must differ",
            subject(found),
            quote(list)
        ),
    };
    sentence(&base, when)
}

/// HZ0208: a field changed after creation.
pub fn immutable(name: &str) -> String {
    format!("{} must not change after creation", quote(name))
}

/// HZ0209: a CEL rule without a message of its own.
pub fn cel(rule: &str, source: &str) -> String {
    format!("rule {} does not hold: {source}", quote(rule))
}

/// HZ0210: a name that refers to nothing; `to` is where names are given.
pub fn dangling(found: Option<&str>, to: &str, when: &str) -> String {
    sentence(
        &format!("{} is none of the names at {}", subject(found), quote(to)),
        when,
    )
}

/// HZ0211: a circle of names, the first one repeated at the end. Of a long circle the ends are shown.
pub fn cycle(names: &[&str]) -> String {
    /// Names shown at either end of a long circle.
    const ENDS: usize = 5;
    let long = names.len() > 2 * ENDS + 1;
    let mut out = "references form a circle: ".to_owned();
    for (at, name) in names.iter().enumerate() {
        if long && at >= ENDS && at + ENDS < names.len() {
            if at == ENDS {
                out.push_str(" -> …");
            }
            continue;
        }
        if at > 0 {
            out.push_str(" -> ");
        }
        out.push_str(&quote(name));
    }
    out
}

/// HZ0212: a field that the chosen case does not use.
pub fn ignored(name: &str, tag: &str, value: &str) -> String {
    format!(
        "{} has no effect when {} is {}",
        quote(name),
        quote(tag),
        quote(value)
    )
}

/// HZ0212: a field that the chosen case refuses.
pub fn refused(name: &str, tag: &str, value: &str) -> String {
    format!(
        "{} must not be set when {} is {}",
        quote(name),
        quote(tag),
        quote(value)
    )
}

/// HZ0213: a field that the chosen case needs.
pub fn case_needs(name: &str, filled: bool, tag: &str, value: &str) -> String {
    let needed = if filled {
        "must be set and must not be empty"
    } else {
        "is needed"
    };
    format!(
        "{} {needed} when {} is {}",
        quote(name),
        quote(tag),
        quote(value)
    )
}

/// HZ0214: nothing ends what lasts; `name` is the field that would.
pub fn no_end(name: &str) -> String {
    format!(
        "{} is not set, so the fault lasts until somebody deletes it",
        quote(name)
    )
}

/// A sentence and its condition.
fn sentence(base: &str, when: &str) -> String {
    if when.is_empty() {
        base.to_owned()
    } else {
        format!("{base} {when}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_cut_and_control_characters_escaped() {
        let long = "x".repeat(1000);
        assert_eq!(quote(&long).chars().count(), SHOWN + 3);
        assert_eq!(quote("a\u{0}b"), "`a\\u{0}b`");
    }

    #[test]
    fn ranges_in_words() {
        assert_eq!(
            range_words(Some(("0", false)), Some(("100", false))),
            "0 to 100"
        );
        assert_eq!(
            range_words(Some(("0", true)), Some(("1", false))),
            "more than 0 and at most 1"
        );
        assert_eq!(range_words(Some(("1", false)), None), "at least 1");
        assert_eq!(range_words(None, Some(("1h", true))), "less than 1h");
    }

    #[test]
    fn sensitive_values_are_not_shown() {
        assert_eq!(
            out_of_range(None, Some(("1", false)), None),
            "the value is out of range: expected at least 1"
        );
        assert_eq!(
            wrong_type(Wanted::Text, Found::Hidden),
            "expected a text, found another value"
        );
    }

    #[test]
    fn long_circles_are_cut() {
        assert_eq!(
            cycle(&["a", "b", "a"]),
            "references form a circle: `a` -> `b` -> `a`"
        );
        let names = vec!["a"; 1000];
        assert_eq!(
            cycle(&names).matches('a').count() - "references form a circle".matches('a').count(),
            10
        );
    }

    #[test]
    fn lists_of_names() {
        assert_eq!(alternatives(["a"], "or"), "`a`");
        assert_eq!(
            alternatives(["a", "b", ""], "or"),
            "`a`, `b` or the empty text"
        );
    }
}
