//! Deprecation, sunset, stability, releases, feature gates.

use super::{Comparison, Raw};
use crate::breaking::level::Direction;
use crate::breaking::model::Lifecycle;
use crate::source::Span;

impl Comparison<'_> {
    pub(in crate::breaking) fn life(
        &mut self,
        old: &Lifecycle,
        new: &Lifecycle,
        direction: impl Into<Option<Direction>>,
        path: &str,
        (old_span, new_span): (Span, Span),
    ) {
        if old == new {
            return;
        }
        let direction = direction.into();
        let mut found = Vec::new();
        self.ends(old, new, &mut found);
        promises(old, new, &mut found);
        for (rule, message) in found {
            let raw = Raw::new(rule, path, direction, message);
            self.emit(raw.old(old_span).new_at(new_span));
        }
    }

    /// Deprecation and its announced end.
    fn ends(&self, old: &Lifecycle, new: &Lifecycle, found: &mut Found) {
        let mut say = |rule, message: String| found.push((rule, message));
        if !old.deprecated && new.deprecated {
            say("deprecated", "it is deprecated now".into());
            if new.sunset.is_none() && self.setting.notice.is_some() {
                let message = "it is deprecated and no end is announced";
                say("deprecated-without-sunset", message.into());
            }
        } else if old.deprecated && !new.deprecated {
            say("undeprecated", "it is not deprecated any more".into());
        }
        let announced = new.sunset.as_ref().zip(self.setting.notice);
        let soon = announced.is_some_and(|(end, notice)| {
            old.sunset != new.sunset
                && days_between(&self.setting.today, end).is_some_and(|it| it < i64::from(notice))
        });
        if soon {
            let message = "its announced end gives less notice than the policy asks for";
            say("sunset-too-soon", message.into());
        }
        match (&old.sunset, &new.sunset) {
            (None, Some(end)) => say("sunset-set", format!("it is announced to end with {end}")),
            (Some(_), None) if new.deprecated => {
                let message = "it is deprecated and its announced end is gone";
                say("sunset-removed", message.into());
            }
            (Some(a), Some(b)) if a != b => {
                let (rule, word) = if later(a, b) {
                    ("sunset-extended", "later")
                } else {
                    ("sunset-shortened", "earlier")
                };
                say(rule, format!("its end moved from {a} to {b}, {word}"));
            }
            _ => {}
        }
    }
}

type Found = Vec<(&'static str, String)>;

/// Stability, releases, feature gates.
fn promises(old: &Lifecycle, new: &Lifecycle, found: &mut Found) {
    let mut say = |rule, message: String| found.push((rule, message));
    let rank = |life: &Lifecycle| match life.stability.as_deref() {
        Some("draft" | "experimental") => 0,
        Some("alpha") => 1,
        Some("beta") => 2,
        _ => 3,
    };
    let name = |life: &Lifecycle| life.stability.clone().unwrap_or_else(|| "stable".into());
    let change = format!("{} became {}", name(old), name(new));
    match rank(new).cmp(&rank(old)) {
        std::cmp::Ordering::Less => say("stability-lowered", change),
        std::cmp::Ordering::Greater => say("stability-raised", change),
        std::cmp::Ordering::Equal => {}
    }
    for (key, value) in &new.since {
        if let Some(before) = old.since.get(key).filter(|before| *before != value) {
            say(
                "since-changed",
                format!("`{key}` was {before}, it is {value}"),
            );
        }
    }
    match (&old.feature, &new.feature) {
        (None, Some(feature)) => {
            say(
                "feature-gate-added",
                format!("it needs the feature `{feature}` now"),
            );
        }
        (Some(feature), None) => {
            let message = format!("it does not need the feature `{feature}` any more");
            say("feature-gate-removed", message);
        }
        (Some(a), Some(b)) if a != b => {
            say(
                "feature-gate-added",
                format!("it needs the feature `{b}` instead of `{a}`"),
            );
        }
        _ => {}
    }
}

/// Whether `b` is after `a`: both versions, or both dates.
fn later(a: &str, b: &str) -> bool {
    match (semver::Version::parse(a), semver::Version::parse(b)) {
        (Ok(a), Ok(b)) => b.cmp_precedence(&a).is_gt(),
        _ => b > a,
    }
}

/// Days from one date to another, both as `2026-11-23`.
fn days_between(from: &str, to: &str) -> Option<i64> {
    Some(day_number(to)? - day_number(from)?)
}

/// Days since a fixed day, in the Gregorian calendar.
fn day_number(date: &str) -> Option<i64> {
    let mut parts = date
        .get(..10)?
        .split('-')
        .map(|part| part.parse::<i64>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    // Years that start in March have their leap day at the end.
    let (year, month) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let days = 365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    Some(days + (153 * month + 2) / 5 + day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted() {
        for (from, to, days) in [
            ("2026-01-01", "2026-01-31", 30),
            ("2024-02-28", "2024-03-01", 2),
            ("2023-02-28", "2023-03-01", 1),
            ("2025-12-31", "2026-01-01", 1),
            ("2000-01-01", "2001-01-01", 366),
        ] {
            assert_eq!(days_between(from, to), Some(days), "{from} {to}");
        }
        assert_eq!(days_between("soon", "2026-01-01"), None);
        assert!(later("1.9.0", "1.10.0"));
        assert!(later("2025-01-01", "2026-01-01"));
    }
}
