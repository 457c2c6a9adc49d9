//! Patterns of tables, compiled once, and patterns that generated code brings as automata.

use crate::scalar::Pattern;
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, OnceLock, RwLock};

type Compiled = BTreeMap<&'static str, Option<Arc<Pattern>>>;

static COMPILED: LazyLock<RwLock<Compiled>> = LazyLock::new(RwLock::default);

/// Whether a text matches a pattern of a table. The schema compiler has checked the pattern; one
/// that is none holds.
pub(crate) fn matches(pattern: &'static str, text: &str) -> bool {
    compiled(pattern).is_none_or(|pattern| pattern.is_match(text))
}

fn compiled(pattern: &'static str) -> Option<Arc<Pattern>> {
    if let Some(known) = COMPILED
        .read()
        .ok()
        .and_then(|map| map.get(pattern).cloned())
    {
        return known;
    }
    let new = Pattern::new(pattern).ok().map(Arc::new);
    if let Ok(mut map) = COMPILED.write() {
        map.insert(pattern, new.clone());
    }
    new
}

/// A pattern of the portable subset as an automaton over bytes: tables that generated code brings.
#[derive(Debug)]
pub struct Automaton {
    classes: [u8; 256],
    width: usize,
    next: &'static [u8],
}

impl Automaton {
    /// The automaton with these tables: `classes` are the bytes at which another class begins, with its
    /// number; `next[state * width + class]` is the state after a byte of that class, the last class
    /// being the end of the text. State 0 refuses, state 1 takes whatever follows, state 2 is the
    /// first one.
    ///
    /// ```
    /// use herz_types::pattern::Automaton;
    ///
    /// static AS: Automaton =
    ///     Automaton::new(&[(0, 0), (b'a', 1), (b'b', 0)], 3, &[0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 3, 1]);
    /// assert!(AS.matches("aa") && !AS.matches("") && !AS.matches("ab"));
    /// ```
    #[allow(
        clippy::indexing_slicing,
        reason = "the loops' conditions keep indexes inside"
    )]
    pub const fn new(classes: &[(u8, u8)], width: usize, next: &'static [u8]) -> Self {
        let mut all = [0; 256];
        let mut at = 0;
        while at < classes.len() {
            let mut byte = classes[at].0 as usize;
            while byte < 256 {
                all[byte] = classes[at].1;
                byte += 1;
            }
            at += 1;
        }
        Self {
            classes: all,
            width,
            next,
        }
    }

    /// Whether the pattern matches somewhere in a text. Takes one step for each byte.
    pub fn matches(&self, text: &str) -> bool {
        let mut state = 2;
        for byte in text.bytes() {
            let class = self.classes.get(usize::from(byte)).copied().unwrap_or(0);
            state = self.step(state, usize::from(class));
            if state < 2 {
                return state == 1;
            }
        }
        self.step(state, self.width.wrapping_sub(1)) == 1
    }

    fn step(&self, state: u8, class: usize) -> u8 {
        let place = usize::from(state) * self.width + class;
        self.next.get(place).copied().unwrap_or(0)
    }
}

/// A pattern that is too big for an automaton, compiled when it is first asked.
#[derive(Debug)]
pub struct Lazy {
    pattern: &'static str,
    compiled: OnceLock<Option<Pattern>>,
}

impl Lazy {
    /// This pattern.
    pub const fn new(pattern: &'static str) -> Self {
        Self {
            pattern,
            compiled: OnceLock::new(),
        }
    }

    /// Whether the pattern matches somewhere in a text. What is no pattern matches nothing.
    pub fn matches(&self, text: &str) -> bool {
        self.compiled
            .get_or_init(|| Pattern::new(self.pattern).ok())
            .as_ref()
            .is_some_and(|pattern| pattern.is_match(text))
    }
}
