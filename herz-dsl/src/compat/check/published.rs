//! What was published must not say something else now.

use super::Checks;
use crate::compat::matrix::{Feature, Release};
use crate::diagnostic::codes;

impl Checks<'_> {
    pub(super) fn published(&mut self) {
        let Some(old) = self.inputs.published else {
            return;
        };
        let end = crate::source::Span::new(self.inputs.source.0, 0, 0);
        // A row without a date was not published and may change.
        for row in old.releases.iter().filter(|row| row.released.is_some()) {
            let now = self
                .matrix
                .releases
                .iter()
                .find(|it| it.library.value == row.library.value);
            match now {
                None => {
                    let message = format!(
                        "the row of the library {} was published, and is gone",
                        row.library.value
                    );
                    self.error(codes::MATRIX_HISTORY, end, message);
                }
                Some(now) => self.row_changed(row, now),
            }
        }
        let published = old.releases.iter().any(|row| row.released.is_some());
        for feature in old.features.iter().filter(|_| published) {
            let now = self
                .matrix
                .features
                .iter()
                .find(|it| it.id.value == feature.id.value);
            match now {
                None => {
                    let message = format!(
                        "the feature `{}` was published, and is gone",
                        feature.id.value
                    );
                    self.error(codes::MATRIX_HISTORY, end, message);
                }
                Some(now) => self.feature_changed(feature, now),
            }
        }
    }

    /// Status, end of life, evidence and exceptions may follow what happens; claims may not.
    fn row_changed(&mut self, old: &Release, new: &Release) {
        let version = &old.library.value;
        for (axis, claim) in &old.claims {
            let now = new.claim(&axis.value);
            let said = now.map_or_else(|| "nothing".to_owned(), ToString::to_string);
            if said != claim.to_string() {
                let at = now.map_or(new.library.span, crate::compat::matrix::Claim::span);
                let message = format!(
                    "{version} was published with `{}` {claim}, and now says {said}",
                    axis.value
                );
                self.error(codes::MATRIX_HISTORY, at, message);
            }
        }
        for (axis, claim) in &new.claims {
            if old.claim(&axis.value).is_none() {
                let message = format!(
                    "{version} was published without `{}`, and now says {claim}",
                    axis.value
                );
                self.error(codes::MATRIX_HISTORY, claim.span(), message);
            }
        }
        let day = |row: &Release| row.released.as_ref().map(|it| it.value);
        if day(old) != day(new) {
            let span = new.released.as_ref().map_or(new.library.span, |it| it.span);
            let was = day(old).map_or_else(String::new, |it| it.to_string());
            let message = format!("{version} came out on {was}; that can't change");
            self.error(codes::MATRIX_HISTORY, span, message);
        }
        if new.status.value < old.status.value {
            let message = format!(
                "{version} was {}, and can't become {} again",
                old.status.value.name(),
                new.status.value.name()
            );
            self.error(codes::MATRIX_HISTORY, new.status.span, message);
        }
    }

    fn feature_changed(&mut self, old: &Feature, new: &Feature) {
        for axis in &self.matrix.axes {
            let name = &axis.name.value;
            let version = |it: Option<&crate::schema::value::Spanned<semver::Version>>| {
                it.map(|it| it.value.clone())
            };
            for (word, was, is) in [
                ("since", old.since(name), new.since(name)),
                ("until", old.until(name), new.until(name)),
            ] {
                // An end may be announced later; nothing else may move.
                let announced = word == "until" && was.is_none();
                if announced || version(was) == version(is) {
                    continue;
                }
                let shown = |it: Option<semver::Version>| {
                    it.map_or_else(|| "nothing".to_owned(), |it| axis.show(&it))
                };
                let message = format!(
                    "`{}` was published with `{word}` {} {name}, and now says {}",
                    old.id.value,
                    shown(version(was)),
                    shown(version(is))
                );
                let at = is.map_or(new.id.span, |it| it.span);
                self.error(codes::MATRIX_HISTORY, at, message);
            }
        }
    }
}
