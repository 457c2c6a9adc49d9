//! Names of an object's fields, looked up by hash: each key of each document asks.

use crate::digest::Digest;

/// Where a name leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Slot {
    /// The field with that number.
    Field(usize),
    /// The field with that number, by a former name.
    Alias(usize),
}

/// Names and where they lead.
#[derive(Debug)]
pub(crate) struct Names<'c> {
    /// A power of two, at least twice the names, so that there is always a free one. A name stands in
    /// the cell that its digest points to or, if that is taken, in the next free one.
    cells: Vec<Option<Cell<'c>>>,
}

#[derive(Debug, Clone, Copy)]
struct Cell<'c> {
    digest: Digest,
    name: &'c str,
    slot: Slot,
}

impl<'c> Names<'c> {
    /// Of equal names, the first one counts.
    pub(crate) fn new(entries: &[(&'c str, Slot)]) -> Self {
        let size = (entries.len() * 2).next_power_of_two().max(2);
        let mut names = Self {
            cells: vec![None; size],
        };
        for (name, slot) in entries {
            if names.find(name).is_some() {
                continue;
            }
            let digest = Digest::of(name);
            let mut at = names.start(digest);
            while names.cells.get(at).is_some_and(Option::is_some) {
                at = names.next(at);
            }
            if let Some(free) = names.cells.get_mut(at) {
                *free = Some(Cell {
                    digest,
                    name,
                    slot: *slot,
                });
            }
        }
        names
    }

    pub(crate) fn find(&self, name: &str) -> Option<Slot> {
        let digest = Digest::of(name);
        let mut at = self.start(digest);
        loop {
            let cell = self.cells.get(at)?.as_ref()?;
            if cell.digest == digest && (digest.is_all() || cell.name == name) {
                return Some(cell.slot);
            }
            at = self.next(at);
        }
    }

    /// Where the search for a name begins.
    #[allow(clippy::cast_possible_truncation)] // Only the upper bits of the product count.
    const fn start(&self, digest: Digest) -> usize {
        (digest.mixed() >> 32) as usize & (self.cells.len() - 1)
    }

    const fn next(&self, at: usize) -> usize {
        (at + 1) & (self.cells.len() - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::{Names, Slot};

    #[test]
    fn each_name_is_found_and_no_other() {
        let texts: Vec<String> = (0..300)
            .map(|n| format!("{}{n}", "ab".repeat(n % 7)))
            .chain(["", "a", "ab", "action", "actions", "Action", "\u{fc}ber"].map(String::from))
            .collect();
        let entries = texts.iter().enumerate();
        let entries: Vec<_> = entries
            .map(|(at, name)| (&**name, Slot::Field(at)))
            .collect();
        let names = Names::new(&entries);
        for (at, name) in texts.iter().enumerate() {
            assert_eq!(names.find(name), Some(Slot::Field(at)), "{name:?}");
        }
        for other in [
            "b",
            "abc",
            "action ",
            "ACTION",
            "300",
            "abababababab0bababab5",
        ] {
            assert_eq!(names.find(other), None, "{other:?}");
        }
        assert_eq!(Names::new(&[]).find(""), None);
    }

    #[test]
    fn the_first_of_equal_names_counts() {
        let names = Names::new(&[("a", Slot::Field(0)), ("a", Slot::Alias(1))]);
        assert_eq!(names.find("a"), Some(Slot::Field(0)));
    }
}
