//! Automata written down as tables of bytes, for generated code.

use super::{Pattern, State};
use std::collections::HashMap;

/// An automaton as tables: `next[state * width + class]` is the state after a byte of that class; the
/// last class is the end of the text. State 0 refuses, state 1 takes whatever follows, state 2 is the
/// first one.
///
/// ```
/// use herz_dsl::automaton::Table;
///
/// let table = Table::of("^a+$").expect("a small pattern");
/// assert_eq!(table.classes.first(), Some(&(0, 0)));
/// assert_eq!(table.next.len() % table.width, 0);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The bytes at which another class begins, with its number, in order.
    pub classes: Vec<(u8, u8)>,
    /// Number of classes, the end of the text included.
    pub width: usize,
    /// The states.
    pub next: Vec<u8>,
}

impl Table {
    /// More states than this are no small pattern.
    const STATES: usize = 200;

    /// The table of a pattern in the portable subset; none if it would be big.
    pub fn of(pattern: &str) -> Option<Self> {
        herz_types::scalar::check_portable(pattern).ok()?;
        let automaton = Pattern::new(pattern)?;
        let mut numbers: HashMap<u8, u8> = HashMap::new();
        let mut examples: Vec<u8> = Vec::new();
        let mut classes: Vec<(u8, u8)> = Vec::new();
        for byte in 0..=u8::MAX {
            let new = u8::try_from(numbers.len()).ok()?;
            let class = *numbers.entry(automaton.class(byte)).or_insert_with(|| {
                examples.push(byte);
                new
            });
            if classes.last().is_none_or(|(_, last)| *last != class) {
                classes.push((byte, class));
            }
        }
        let width = examples.len() + 1;
        // Rows of states 0 and 1 are never looked at.
        let mut next = vec![0; 2 * width];
        let mut known: HashMap<State, u8> = HashMap::new();
        let start = Some(automaton.start());
        let mut queue = vec![start];
        known.insert(start, 2);
        let mut at = 0;
        while let Some(state) = queue.get(at).copied() {
            at += 1;
            for byte in &examples {
                let after = automaton.step(state, *byte);
                next.push(if after.is_none() {
                    1
                } else if automaton.hopeless(after) {
                    0
                } else if let Some(number) = known.get(&after) {
                    *number
                } else {
                    let number = u8::try_from(queue.len() + 2).ok()?;
                    known.insert(after, number);
                    queue.push(after);
                    number
                });
            }
            next.push(u8::from(automaton.accepts(state)));
            if queue.len() > Self::STATES {
                return None;
            }
        }
        Some(Self {
            classes,
            width,
            next,
        })
    }
}
