//! Whether one pattern allows more texts than another, decided by automata.
//!
//! Both patterns become deterministic automata that search as a schema does: anywhere in the text,
//! unless the pattern is anchored. A walk over pairs of their states (and over valid UTF-8) meets a
//! text that only one of them takes, or shows that there is none. The shortest such text is the
//! witness that reports show.

use regex_automata::dfa::{Automaton, dense};
use regex_automata::util::primitives::StateID;
use regex_automata::util::syntax;
use regex_automata::{Anchored, Input, MatchKind, nfa::thompson};
use std::collections::{HashMap, VecDeque};

/// How the texts of two patterns relate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Relation {
    /// The same texts.
    Equal,
    /// The new one takes fewer; this text was taken before.
    Narrower(String),
    /// The new one takes more; this text was refused before.
    Wider(String),
    /// Each takes a text that the other refuses: lost, won.
    Crossing(String, String),
    /// A pattern is none that automata can do, or the automata grow too large.
    Undecided,
}

/// Bytes that one automaton may take up.
const SIZE: usize = 4 << 20;
/// Pairs of states that are walked at most.
const PAIRS: usize = 200_000;

/// The texts that a pattern takes.
pub(super) struct Pattern {
    dfa: dense::DFA<Vec<u32>>,
    start: StateID,
}

impl Pattern {
    /// None if it is not a pattern that automata can do.
    pub(super) fn new(pattern: &str) -> Option<Self> {
        let portable = portable(pattern)?;
        let dfa = dense::Builder::new()
            .configure(
                dense::Config::new()
                    .match_kind(MatchKind::All)
                    .dfa_size_limit(Some(SIZE))
                    .determinize_size_limit(Some(SIZE)),
            )
            .syntax(syntax::Config::new().utf8(false))
            .thompson(
                thompson::Config::new()
                    .utf8(false)
                    .nfa_size_limit(Some(SIZE)),
            )
            .build(&portable)
            .ok()?;
        let start = dfa
            .start_state_forward(&Input::new("").anchored(Anchored::No))
            .ok()?;
        Some(Self { dfa, start })
    }

    /// Whether it takes the text.
    pub(super) fn matches(&self, text: &str) -> bool {
        let mut state = self.start;
        for byte in text.bytes() {
            state = self.dfa.next_state(state, byte);
            if self.dfa.is_match_state(state) {
                return true;
            }
        }
        self.accepts_here(state)
    }

    fn accepts_here(&self, state: StateID) -> bool {
        self.dfa.is_match_state(self.dfa.next_eoi_state(state))
    }

    /// The state after a byte; None once everything that follows is taken.
    fn step(&self, state: Option<StateID>, byte: u8) -> Option<StateID> {
        let next = self.dfa.next_state(state?, byte);
        (!self.dfa.is_match_state(next)).then_some(next)
    }

    fn accepts(&self, state: Option<StateID>) -> bool {
        state.is_none_or(|state| self.accepts_here(state))
    }

    fn hopeless(&self, state: Option<StateID>) -> bool {
        state.is_some_and(|state| self.dfa.is_dead_state(state))
    }
}

/// How the texts of `new` relate to those of `old`.
pub(super) fn relate(old: &str, new: &str) -> Relation {
    match (Pattern::new(old), Pattern::new(new)) {
        (Some(old), Some(new)) => walk(&old, &new),
        _ => Relation::Undecided,
    }
}

/// Whether the pattern takes every text.
pub(super) fn takes_everything(pattern: &str) -> bool {
    matches!(relate("", pattern), Relation::Equal)
}

type Pair = (Option<StateID>, Option<StateID>, u8);

fn walk(old: &Pattern, new: &Pattern) -> Relation {
    let bytes = representatives(old, new);
    let mut from: HashMap<Pair, (Pair, u8)> = HashMap::new();
    let mut queue = VecDeque::new();
    let start: Pair = (Some(old.start), Some(new.start), 0);
    queue.push_back(start);
    from.insert(start, (start, 0));
    let (mut lost, mut won) = (None, None);
    while let Some(pair) = queue.pop_front() {
        let (a, b, utf8) = pair;
        if utf8 == 0 {
            match (old.accepts(a), new.accepts(b)) {
                (true, false) if lost.is_none() => lost = Some(spell(&from, start, pair)),
                (false, true) if won.is_none() => won = Some(spell(&from, start, pair)),
                _ => {}
            }
        }
        let settled = (a.is_none() && b.is_none())
            || (old.hopeless(a) && new.hopeless(b))
            || (lost.is_some() && won.is_some());
        if settled {
            continue;
        }
        for byte in &bytes {
            let Some(utf8) = next_utf8(utf8, *byte) else {
                continue;
            };
            let next = (old.step(a, *byte), new.step(b, *byte), utf8);
            if let std::collections::hash_map::Entry::Vacant(place) = from.entry(next) {
                place.insert((pair, *byte));
                queue.push_back(next);
            }
        }
        if from.len() > PAIRS {
            return match (lost, won) {
                (Some(lost), Some(won)) => Relation::Crossing(lost, won),
                _ => Relation::Undecided,
            };
        }
    }
    match (lost, won) {
        (None, None) => Relation::Equal,
        (Some(lost), None) => Relation::Narrower(lost),
        (None, Some(won)) => Relation::Wider(won),
        (Some(lost), Some(won)) => Relation::Crossing(lost, won),
    }
}

/// The text that leads from the start to a pair.
fn spell(from: &HashMap<Pair, (Pair, u8)>, start: Pair, mut pair: Pair) -> String {
    let mut bytes = Vec::new();
    while pair != start {
        let Some((before, byte)) = from.get(&pair) else {
            break;
        };
        bytes.push(*byte);
        pair = *before;
    }
    bytes.reverse();
    String::from_utf8_lossy(&bytes).into_owned()
}

/// One byte of each class of bytes that neither automaton nor UTF-8 tells apart; the ones that
/// read best first, so that witnesses read well.
fn representatives(old: &Pattern, new: &Pattern) -> Vec<u8> {
    let readable = |byte: &u8| match byte {
        b'a'..=b'z' => 0,
        b'0'..=b'9' => 1,
        b'A'..=b'Z' => 2,
        b'!'..=b'~' => 3,
        b' ' => 4,
        _ => 5,
    };
    let mut all: Vec<u8> = (0..=u8::MAX).collect();
    all.sort_by_key(|byte| (readable(byte), *byte));
    let mut seen = std::collections::BTreeSet::new();
    all.retain(|byte| {
        let utf8: Vec<Option<u8>> = (0..8).map(|state| next_utf8(state, *byte)).collect();
        let classes = (
            old.dfa.byte_classes().get(*byte),
            new.dfa.byte_classes().get(*byte),
        );
        seen.insert((classes, utf8))
    });
    all
}

/// Valid UTF-8 as an automaton: state 0 between characters, None where no character can follow.
const fn next_utf8(state: u8, byte: u8) -> Option<u8> {
    match (state, byte) {
        (0, 0..=0x7f) | (1, 0x80..=0xbf) => Some(0),
        (0, 0xc2..=0xdf) | (2, 0xa0..=0xbf) | (3, 0x80..=0xbf) | (4, 0x80..=0x9f) => Some(1),
        (0, 0xe0) => Some(2),
        (0, 0xe1..=0xec | 0xee..=0xef) | (5, 0x90..=0xbf) | (6, 0x80..=0xbf) | (7, 0x80..=0x8f) => {
            Some(3)
        }
        (0, 0xed) => Some(4),
        (0, 0xf0) => Some(5),
        (0, 0xf1..=0xf3) => Some(6),
        (0, 0xf4) => Some(7),
        _ => None,
    }
}

/// The pattern in the spelling of the regex crates: classes such as `\d` mean ASCII, a bracket
/// inside a class is itself. None for what they can't do (look-around, back references).
fn portable(pattern: &str) -> Option<String> {
    let mut out = String::new();
    let mut letters = pattern.chars().peekable();
    let mut class = false;
    let mut class_start = false;
    while let Some(letter) = letters.next() {
        let first = std::mem::take(&mut class_start);
        match letter {
            '\\' => escape(&mut out, &mut letters, class)?,
            '[' if class => out.push_str("\\["),
            '[' => {
                class = true;
                class_start = true;
                out.push('[');
            }
            '^' if first => {
                class_start = true;
                out.push('^');
            }
            // An empty class is nothing, in ECMA's dialect; elsewhere the bracket is a member.
            ']' if first => out.push_str("\\]"),
            ']' if class => {
                class = false;
                out.push(']');
            }
            '&' | '~' if class => {
                out.push('\\');
                out.push(letter);
            }
            '-' if class && letters.peek() == Some(&'-') => out.push_str("\\-"),
            '(' if !class && letters.peek() == Some(&'?') => {
                letters.next();
                match letters.next()? {
                    ':' => out.push_str("(?:"),
                    'P' if letters.peek() == Some(&'<') => out.push_str("(?P"),
                    '<' if !matches!(letters.peek(), Some('=' | '!')) => out.push_str("(?P<"),
                    flag @ ('i' | 's' | 'm') => {
                        out.push_str("(?");
                        out.push(flag);
                    }
                    _ => return None,
                }
            }
            _ => out.push(letter),
        }
    }
    Some(out)
}

fn escape(
    out: &mut String,
    letters: &mut std::iter::Peekable<std::str::Chars<'_>>,
    class: bool,
) -> Option<()> {
    let letter = letters.next()?;
    let plain = match letter {
        'd' => "0-9",
        'w' => "0-9A-Za-z_",
        's' => "\\t\\n\\v\\f\\r ",
        'D' => "^0-9",
        'W' => "^0-9A-Za-z_",
        'S' => "^\\t\\n\\v\\f\\r ",
        _ => "",
    };
    match letter {
        'd' | 'w' | 's' if class => out.push_str(plain),
        'd' | 'w' | 's' | 'D' | 'W' | 'S' => {
            out.push('[');
            out.push_str(plain);
            out.push(']');
        }
        'b' | 'B' if !class => {
            out.push_str("(?-u:\\");
            out.push(letter);
            out.push(')');
        }
        'u' => {
            let code: String = letters.by_ref().take(4).collect();
            u32::from_str_radix(&code, 16).ok()?;
            out.push_str("\\x{");
            out.push_str(&code);
            out.push('}');
        }
        'c' | 'k' | '1'..='9' => return None,
        'Z' | 'z' => out.push_str("\\z"),
        'b' => out.push_str("\\x08"),
        letter if letter.is_ascii_alphanumeric() => {
            out.push('\\');
            out.push(letter);
        }
        letter if letter.is_ascii() => {
            out.push('\\');
            out.push(letter);
        }
        letter => out.push(letter),
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strip(relation: &Relation) -> &'static str {
        match relation {
            Relation::Equal => "equal",
            Relation::Narrower(_) => "narrower",
            Relation::Wider(_) => "wider",
            Relation::Crossing(..) => "crossing",
            Relation::Undecided => "undecided",
        }
    }

    #[test]
    fn patterns_are_related_by_their_texts() {
        for (old, new, expected) in [
            ("^[0-9]+$", r"^\d+$", "equal"),
            ("^[0-9]+$", "^[0-9]{1,}$", "equal"),
            ("^a|b$", "^b|a$", "crossing"),
            ("^(a|b)$", "^[ab]$", "equal"),
            ("^[a-z]+$", "^[a-z0-9]+$", "wider"),
            ("^[a-z0-9]+$", "^[a-z]+$", "narrower"),
            ("^[0-9]+(ms|s|m|h)$", "^[0-9]+(us|ms|s|m|h)$", "wider"),
            ("^a$", "^b$", "crossing"),
            ("a", "^a", "narrower"),
            ("", ".*", "equal"),
            ("", "^.*$", "narrower"),
            ("", r"^[\s\S]*$", "equal"),
            ("^(?!x).*$", "^.*$", "undecided"),
            ("^[[]$", r"^\[$", "equal"),
            (r"^\w$", "^[A-Za-z0-9_]$", "equal"),
            (r"^[^\d]$", r"^\D$", "equal"),
            (r"^\u00e9$", "^é$", "equal"),
            ("^[^a]$", "^[^ab]$", "narrower"),
            (r"^a\/b$", "^a/b$", "equal"),
            ("^x{1000}{1000}$", "^y$", "undecided"),
            ("[", "a", "undecided"),
        ] {
            assert_eq!(strip(&relate(old, new)), expected, "{old} -> {new}");
        }
    }

    #[test]
    fn the_witness_is_a_text_that_only_one_takes() {
        let go = r"^(([0-9]+(\.[0-9]*)?|\.[0-9]+)(ns|us|ms|s|m|h))+$";
        let one = r"^[0-9]+(\.[0-9]+)?(ns|us|ms|s|m|h)$";
        let Relation::Narrower(witness) = relate(go, one) else {
            panic!("not narrower")
        };
        assert!(Pattern::new(go).unwrap().matches(&witness));
        assert!(!Pattern::new(one).unwrap().matches(&witness));
        assert!(Pattern::new(go).unwrap().matches("1m30s"));
        assert!(!Pattern::new(one).unwrap().matches("1m30s"));
    }

    #[test]
    fn everything_is_recognised() {
        assert!(takes_everything(""));
        assert!(takes_everything("a*"));
        assert!(!takes_everything("^a*$"));
    }
}
