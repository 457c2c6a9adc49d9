//! Parts of `allOf` that can't be laid together, and `not`.

use super::{Comparison, Pair};

impl Comparison<'_> {
    pub(super) fn conjuncts(&mut self, pair: &Pair<'_>) {
        let (old, new) = (&pair.old.conjuncts, &pair.new.conjuncts);
        let mut left_new = new.clone();
        let mut left_old = Vec::new();
        for id in old {
            match left_new.iter().position(|other| self.equal(*id, *other)) {
                Some(at) => {
                    let other = left_new.remove(at);
                    self.walk(*id, other, pair.direction, pair.path);
                }
                None => left_old.push(*id),
            }
        }
        while !left_old.is_empty() && !left_new.is_empty() {
            let (a, b) = (left_old.remove(0), left_new.remove(0));
            self.walk(a, b, pair.direction, pair.path);
        }
        for id in left_new {
            let raw = pair.raw(
                "all-of-added",
                "allOf",
                "values must keep one more condition",
            );
            let span = self.new.get(id).span;
            self.emit(raw.new_at(span));
        }
        for id in left_old {
            let raw = pair.raw(
                "all-of-removed",
                "allOf",
                "values must keep one condition less",
            );
            let span = self.old.get(id).span;
            self.emit(raw.old(span));
        }
        self.negations(pair);
    }

    fn negations(&mut self, pair: &Pair<'_>) {
        let equal = match (pair.old.not, pair.new.not) {
            (None, None) => true,
            (Some(a), Some(b)) => self.equal(a, b),
            _ => false,
        };
        if equal {
            return;
        }
        if pair.old.not.is_some() {
            self.emit(pair.raw(
                "not-removed",
                "not",
                "values that were excluded are allowed now",
            ));
        }
        if pair.new.not.is_some() {
            self.emit(pair.raw("not-added", "not", "some values are excluded now"));
        }
    }
}
