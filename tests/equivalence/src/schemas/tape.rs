//! Choices, read off a tape of random numbers. A shorter tape or one with smaller numbers makes a
//! smaller schema, so shrinking the tape shrinks the schema.

/// A tape and the place on it. Past its end every choice is the first one.
#[derive(Debug, Clone)]
pub(super) struct Tape<'t> {
    rest: std::slice::Iter<'t, u16>,
}

impl<'t> Tape<'t> {
    pub(super) fn new(numbers: &'t [u16]) -> Self {
        Self {
            rest: numbers.iter(),
        }
    }

    /// A number below `end`.
    pub(super) fn below(&mut self, end: usize) -> usize {
        self.rest
            .next()
            .map_or(0, |number| usize::from(*number) % end.max(1))
    }

    /// True once in `rarely` times; false past the end.
    pub(super) fn once_in(&mut self, rarely: usize) -> bool {
        self.below(rarely) + 1 == rarely
    }

    /// One of several.
    pub(super) fn of<T: Clone>(&mut self, list: &[T]) -> Option<T> {
        let at = self.below(list.len());
        list.get(at).cloned()
    }
}
