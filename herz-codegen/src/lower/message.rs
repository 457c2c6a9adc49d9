//! The wording of findings, taken from `herz_types::message` by calling it: what stands between
//! the arguments is found in its results. So there is one source of every text.

use herz_types::codes::{self, Code};
use herz_types::message::{self, Found, Wanted};

/// How an argument stands in a sentence.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Kind {
    /// As it is.
    #[default]
    Raw,
    /// Between back ticks.
    Quoted,
    /// A value that may be hidden.
    Subject,
    /// Names, the last one after «or».
    Or,
    /// Names, the last one after «and».
    And,
    /// A text that may be missing, as it is.
    MaybeRaw,
    /// A text that may be missing, between back ticks.
    MaybeQuoted,
    /// A text that may be empty, as it is.
    When,
}

/// A part of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece {
    /// Text.
    Text(String),
    /// An argument.
    Argument(usize),
    /// An argument that may be missing, and what stands around it otherwise.
    Maybe {
        argument: usize,
        before: String,
        after: String,
    },
}

/// A sentence with gaps.
#[derive(Debug, Clone)]
pub(crate) struct Template {
    /// Its name: `missing_field`.
    pub(crate) name: &'static str,
    /// Its arguments.
    pub(crate) parameters: Vec<(&'static str, Kind)>,
    /// Its parts.
    pub(crate) pieces: Vec<Piece>,
}

/// What stands for each argument while the pieces are found.
const MARKS: [&str; 6] = [
    "\u{e000}", "\u{e001}", "\u{e002}", "\u{e003}", "\u{e004}", "\u{e005}",
];

type Arguments<'a> = [Option<&'a str>];

fn template(
    name: &'static str,
    parameters: &[(&'static str, Kind)],
    say: impl Fn(&Arguments<'_>) -> String,
) -> Template {
    let given: Vec<Option<&str>> = MARKS.iter().copied().map(Some).collect();
    let full = say(&given);
    let mut pieces = vec![Piece::Text(full.clone())];
    for (at, (_, kind)) in parameters.iter().enumerate() {
        let mark = MARKS.get(at).copied().unwrap_or_default();
        let (wanted, piece) = match kind {
            Kind::Raw => (mark.to_owned(), Piece::Argument(at)),
            Kind::Quoted | Kind::Subject | Kind::Or | Kind::And => {
                (format!("`{mark}`"), Piece::Argument(at))
            }
            Kind::MaybeRaw | Kind::MaybeQuoted | Kind::When => {
                let mut less = given.clone();
                if let Some(one) = less.get_mut(at) {
                    *one = None;
                }
                let inserted = inserted(&full, &say(&less));
                let core = if *kind == Kind::MaybeQuoted {
                    format!("`{mark}`")
                } else {
                    mark.to_owned()
                };
                let (before, after) = inserted.split_once(&core).unwrap_or_default();
                let piece = Piece::Maybe {
                    argument: at,
                    before: before.to_owned(),
                    after: after.to_owned(),
                };
                (inserted.clone(), piece)
            }
        };
        pieces = pieces
            .into_iter()
            .flat_map(|old| split(old, &wanted, &piece))
            .collect();
    }
    pieces.retain(|piece| *piece != Piece::Text(String::new()));
    Template {
        name,
        parameters: parameters.to_vec(),
        pieces,
    }
}

/// What the longer text has more than the shorter one, in one place.
fn inserted(full: &str, less: &str) -> String {
    let same = |(a, b): &(char, char)| a == b;
    let mut head: usize = full
        .chars()
        .zip(less.chars())
        .take_while(same)
        .map(|(c, _)| c.len_utf8())
        .sum();
    let more = full.len().saturating_sub(less.len());
    // `a (b) c` is `a c` and ` (b)`, not `(b) `: the blank behind belongs to what follows.
    let blank = |at: usize| full.as_bytes().get(at) == Some(&b' ');
    if head > 0 && more > 0 && blank(head - 1) && blank(head + more - 1) {
        head -= 1;
    }
    full.get(head..head + more).unwrap_or_default().to_owned()
}

fn split(piece: Piece, wanted: &str, by: &Piece) -> Vec<Piece> {
    match &piece {
        Piece::Text(text) if !wanted.is_empty() => match text.split_once(wanted) {
            Some((before, after)) => vec![
                Piece::Text(before.to_owned()),
                by.clone(),
                Piece::Text(after.to_owned()),
            ],
            None => vec![piece],
        },
        _ => vec![piece],
    }
}

/// Every sentence.
#[allow(clippy::too_many_lines, reason = "one entry for each sentence")]
pub(crate) fn templates() -> Vec<Template> {
    use Kind::{And, MaybeQuoted, MaybeRaw, Or, Quoted, Raw, Subject, When};
    fn of<'a>(all: &Arguments<'a>, at: usize) -> &'a str {
        all.get(at).copied().flatten().unwrap_or_default()
    }
    fn maybe<'a>(all: &Arguments<'a>, at: usize) -> Option<&'a str> {
        all.get(at).copied().flatten()
    }
    // Numbers stand for arguments that are numbers in Rust.
    const BITS: u8 = 217;
    const COUNT: u64 = 7_770_777;
    const OTHER: u64 = 8_880_888;
    let number =
        |text: String, number: &dyn ToString, mark: &str| text.replace(&number.to_string(), mark);
    let one = |name: &'static str, say: fn(&str) -> String| {
        template(name, &[("name", Quoted)], move |all| say(of(all, 0)))
    };
    let none = |name: &'static str, text: String| template(name, &[], move |_| text.clone());
    let found = |name: &'static str, say: fn(&str) -> String| {
        template(name, &[("text", Quoted)], move |all| say(of(all, 0)))
    };
    vec![
        none("found_null", Found::Null.words()),
        none("found_list", Found::List.words()),
        none("found_map", Found::Map.words()),
        none("found_empty", Found::Text("").words()),
        none("found_hidden", Found::Hidden.words()),
        found("found_bool", |text| Found::Bool(text).words()),
        found("found_int", |text| Found::Int(text).words()),
        found("found_float", |text| Found::Float(text).words()),
        found("found_text", |text| Found::Text(text).words()),
        template("wrong_type", &[("wanted", Raw), ("found", Raw)], |all| {
            message::wrong_type(Wanted::Text, Found::Null)
                .replace(Wanted::Text.words(), of(all, 0))
                .replace(&Found::Null.words(), of(all, 1))
        }),
        one("missing_field", message::missing_field),
        one("unknown_field", message::unknown_field),
        one("null", message::null),
        none("null_item", message::null_item()),
        one("reserved", message::reserved),
        one("empty", message::empty),
        one("no_end", message::no_end),
        none("no_name", message::no_name()),
        template(
            "not_allowed",
            &[("found", Subject), ("allowed", Or)],
            |all| message::not_allowed(maybe(all, 0), [of(all, 1)]),
        ),
        template(
            "out_of_range",
            &[("found", Subject), ("bounds", Raw)],
            |all| {
                let end = Some((of(all, 1), false));
                let words = message::range_words(end, end);
                message::out_of_range(maybe(all, 0), end, end).replace(&words, of(all, 1))
            },
        ),
        template(
            "out_of_signed",
            &[("found", Subject), ("bits", Raw)],
            move |all| {
                let text = message::out_of_width(maybe(all, 0), true, BITS);
                number(text, &BITS, of(all, 1))
            },
        ),
        template(
            "out_of_unsigned",
            &[("found", Subject), ("bits", Raw)],
            move |all| {
                let text = message::out_of_width(maybe(all, 0), false, BITS);
                number(text, &BITS, of(all, 1))
            },
        ),
        template(
            "length",
            &[("characters", Raw), ("count", Raw)],
            move |all| {
                let text = message::length(COUNT, Some(OTHER), Some(OTHER));
                let text = text.replace(&format!("exactly {OTHER}"), of(all, 1));
                number(text, &COUNT, of(all, 0))
            },
        ),
        template("items", &[("entries", Raw), ("count", Raw)], move |all| {
            let text = message::items(COUNT, Some(OTHER), Some(OTHER));
            let text = text.replace(&format!("exactly {OTHER}"), of(all, 1));
            number(text, &COUNT, of(all, 0))
        }),
        template("pattern", &[("found", Subject), ("pattern", Raw)], |all| {
            message::pattern(maybe(all, 0), of(all, 1))
        }),
        template("grammar", &[("what", Raw), ("allowed", Raw)], |all| {
            message::grammar(maybe(all, 0), of(all, 1))
        }),
        template("grammar_hidden", &[("allowed", Raw)], |all| {
            message::grammar(None, of(all, 0))
        }),
        template("not_base64", &[("what", Raw)], |all| {
            message::not_base64(of(all, 0))
        }),
        template(
            "multiple_of",
            &[("found", Subject), ("step", Raw)],
            move |all| {
                let step = 7_770_777.5;
                number(message::multiple_of(maybe(all, 0), step), &step, of(all, 1))
            },
        ),
        template(
            "duplicate_item",
            &[("found", Subject), ("first", Raw)],
            move |all| {
                let text = message::duplicate_item(maybe(all, 0), 7_770_777);
                number(text, &COUNT, of(all, 1))
            },
        ),
        template(
            "gone",
            &[
                ("what", Raw),
                ("name", Quoted),
                ("platform", Raw),
                ("until", Raw),
                ("target", Raw),
            ],
            |all| message::gone(of(all, 0), of(all, 1), of(all, 2), of(all, 3), of(all, 4)),
        ),
        template(
            "deprecated",
            &[
                ("what", Raw),
                ("name", Quoted),
                ("since", MaybeRaw),
                ("instead", MaybeQuoted),
                ("note", MaybeRaw),
            ],
            |all| {
                let (since, instead, note) = (maybe(all, 2), maybe(all, 3), maybe(all, 4));
                message::deprecated(of(all, 0), of(all, 1), since, instead, note)
            },
        ),
        template(
            "former_name",
            &[("found", Quoted), ("name", Quoted)],
            |all| message::former_name(of(all, 0), of(all, 1)),
        ),
        template(
            "both_names",
            &[("found", Quoted), ("name", Quoted)],
            |all| message::both_names(of(all, 0), of(all, 1)),
        ),
        template("requires", &[("name", Quoted), ("when", When)], |all| {
            message::requires(of(all, 0), of(all, 1))
        }),
        template(
            "requires_filled",
            &[("name", Quoted), ("when", When)],
            |all| message::requires_filled(of(all, 0), of(all, 1)),
        ),
        template("forbidden", &[("name", Quoted), ("when", When)], |all| {
            message::forbidden(of(all, 0), of(all, 1))
        }),
        template(
            "count",
            &[
                ("demand", Raw),
                ("fields", And),
                ("found", Raw),
                ("when", When),
            ],
            |all| {
                let text = message::count(of(all, 0), &[of(all, 1)], &[of(all, 2)], of(all, 3));
                text.replace(&format!("`{}`", of(all, 2)), of(all, 2))
            },
        ),
        template(
            "compare",
            &[
                ("left", Quoted),
                ("leftValue", MaybeRaw),
                ("relation", Raw),
                ("right", Quoted),
                ("rightValue", MaybeRaw),
                ("when", When),
            ],
            |all| {
                let (left, right) = (maybe(all, 1), maybe(all, 4));
                message::compare(of(all, 0), left, of(all, 2), of(all, 3), right, of(all, 5))
            },
        ),
        template(
            "unique",
            &[("found", Subject), ("list", Quoted), ("when", When)],
            |all| message::unique(maybe(all, 0), of(all, 1), None, of(all, 2)),
        ),
        template(
            "unique_by",
            &[
                ("found", Subject),
                ("list", Quoted),
                ("by", Quoted),
                ("when", When),
            ],
            |all| message::unique(maybe(all, 0), of(all, 1), maybe(all, 2), of(all, 3)),
        ),
        template("cel", &[("rule", Quoted), ("source", Raw)], |all| {
            message::cel(of(all, 0), of(all, 1))
        }),
        template(
            "dangling",
            &[("found", Subject), ("to", Quoted), ("when", When)],
            |all| message::dangling(maybe(all, 0), of(all, 1), of(all, 2)),
        ),
        none("cycle", message::cycle(&[])),
        case("ignored", message::ignored),
        case("refused", message::refused),
        case("case_needs", |name, tag, value| {
            message::case_needs(name, false, tag, value)
        }),
        case("case_needs_filled", |name, tag, value| {
            message::case_needs(name, true, tag, value)
        }),
    ]
}

fn case(name: &'static str, say: fn(&str, &str, &str) -> String) -> Template {
    let parameters = [
        ("name", Kind::Quoted),
        ("tag", Kind::Quoted),
        ("value", Kind::Quoted),
    ];
    template(name, &parameters, move |all| {
        let of = |at: usize| all.get(at).copied().flatten().unwrap_or_default();
        say(of(0), of(1), of(2))
    })
}

/// What a type wants, in words, by name.
pub(crate) fn wanted() -> [(&'static str, &'static str); 7] {
    [
        ("bool", Wanted::Bool.words()),
        ("int", Wanted::Int.words()),
        ("float", Wanted::Float.words()),
        ("text", Wanted::Text.words()),
        ("list", Wanted::List.words()),
        ("map", Wanted::Map.words()),
        ("int_or_text", Wanted::IntOrText.words()),
    ]
}

/// The codes that validators give, by name.
pub(crate) fn codes() -> Vec<(&'static str, Code)> {
    vec![
        ("wrong_type", codes::WRONG_TYPE),
        ("missing_field", codes::MISSING_FIELD),
        ("unknown_field", codes::UNKNOWN_FIELD),
        ("not_allowed", codes::NOT_ALLOWED),
        ("out_of_range", codes::OUT_OF_RANGE),
        ("length", codes::LENGTH),
        ("items", codes::ITEMS),
        ("pattern", codes::PATTERN),
        ("grammar", codes::GRAMMAR),
        ("multiple_of", codes::MULTIPLE_OF),
        ("duplicate_item", codes::DUPLICATE_ITEM),
        ("empty", codes::EMPTY),
        ("null", codes::NULL),
        ("gone", codes::GONE),
        ("deprecated", codes::DEPRECATED),
        ("former_name", codes::FORMER_NAME),
        ("unknown_kind", codes::UNKNOWN_KIND),
        ("api_version", codes::API_VERSION),
        ("object_name", codes::OBJECT_NAME),
        ("requires", codes::REQUIRES),
        ("forbidden", codes::FORBIDDEN),
        ("exactly_one_of", codes::EXACTLY_ONE_OF),
        ("at_least_one_of", codes::AT_LEAST_ONE_OF),
        ("at_most_one_of", codes::AT_MOST_ONE_OF),
        ("compare", codes::COMPARE),
        ("unique", codes::UNIQUE),
        ("cel", codes::CEL),
        ("dangling", codes::DANGLING),
        ("cycle", codes::CYCLE),
        ("ignored", codes::IGNORED),
        ("case_needs", codes::CASE_NEEDS),
        ("no_end", codes::NO_END),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_argument_is_found_in_its_sentence() {
        for template in templates() {
            for (at, (name, _)) in template.parameters.iter().enumerate() {
                let there = template.pieces.iter().any(|piece| match piece {
                    Piece::Argument(argument) | Piece::Maybe { argument, .. } => *argument == at,
                    Piece::Text(_) => false,
                });
                assert!(there, "{name} of {template:?}");
            }
            for piece in &template.pieces {
                let texts = match piece {
                    Piece::Text(text) => vec![text],
                    Piece::Maybe { before, after, .. } => vec![before, after],
                    Piece::Argument(_) => Vec::new(),
                };
                for text in texts {
                    assert!(!text.contains(|c| ('\u{e000}'..='\u{e00f}').contains(&c)));
                    assert!(!text.contains("777") && !text.contains("888"), "{text}");
                }
            }
        }
    }
}
