//! Whether one pattern allows more texts than another, decided by automata.
//!
//! Both patterns become deterministic automata that search as a schema does: anywhere in the text,
//! unless the pattern is anchored. A walk over pairs of their states (and over valid UTF-8) meets a
//! text that only one of them takes, or shows that there is none. The shortest such text is the
//! witness that reports show.

pub(super) use crate::automaton::Pattern;
use crate::automaton::State;
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

/// Pairs of states that are walked at most.
const PAIRS: usize = 200_000;

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

type Pair = (State, State, u8);

fn walk(old: &Pattern, new: &Pattern) -> Relation {
    let bytes = representatives(old, new);
    let mut from: HashMap<Pair, (Pair, u8)> = HashMap::new();
    let mut queue = VecDeque::new();
    let start: Pair = (Some(old.start()), Some(new.start()), 0);
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
        let classes = (old.class(*byte), new.class(*byte));
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
