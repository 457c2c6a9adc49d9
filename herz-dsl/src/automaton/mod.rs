//! Patterns as deterministic automata over bytes.
//!
//! They search as a schema does: anywhere in the text, unless the pattern is anchored. Comparisons of
//! patterns walk them, and code generators write them down as [tables](table::Table).

mod portable;
mod table;

pub use table::Table;

use portable::portable;
use regex_automata::dfa::{Automaton, dense};
use regex_automata::util::primitives::StateID;
use regex_automata::util::syntax;
use regex_automata::{Anchored, Input, MatchKind, nfa::thompson};

/// Bytes that one automaton may take up.
const SIZE: usize = 4 << 20;
/// A state; none once everything that follows is taken.
pub(crate) type State = Option<StateID>;

/// The texts that a pattern takes.
pub(crate) struct Pattern {
    dfa: dense::DFA<Vec<u32>>,
    start: StateID,
}

impl Pattern {
    /// None if it is not a pattern that automata can do.
    pub(crate) fn new(pattern: &str) -> Option<Self> {
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
    pub(crate) fn matches(&self, text: &str) -> bool {
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
    pub(crate) fn step(&self, state: State, byte: u8) -> State {
        let next = self.dfa.next_state(state?, byte);
        (!self.dfa.is_match_state(next)).then_some(next)
    }

    /// Whether a text that ends in the state is taken.
    pub(crate) fn accepts(&self, state: State) -> bool {
        state.is_none_or(|state| self.accepts_here(state))
    }

    /// Whether nothing that follows is taken.
    pub(crate) fn hopeless(&self, state: State) -> bool {
        state.is_some_and(|state| self.dfa.is_dead_state(state))
    }

    /// The state before the first byte.
    pub(crate) fn start(&self) -> StateID {
        self.start
    }

    /// Bytes of one class lead to the same states.
    pub(crate) fn class(&self, byte: u8) -> u8 {
        self.dfa.byte_classes().get(byte)
    }
}
