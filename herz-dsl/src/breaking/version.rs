//! Whether the version that a document states fits what was found.

use super::api::Api;
use super::compare::Comparison;
use super::level::{Bump, Level};
use super::report::Raw;
use semver::{BuildMetadata, Prerelease, Version};

impl Comparison<'_> {
    /// Judges `info.version` of both documents by the findings so far.
    pub(super) fn versions_stated(&mut self, old: &Api, new: &Api) {
        let needed = self.out.worst();
        let (rule, message) = match (Version::parse(&old.version), Version::parse(&new.version)) {
            (Ok(before), Ok(after)) => match judge(&before, &after, needed) {
                Some(found) => found,
                None => return,
            },
            (before, _) => {
                let text = if before.is_err() {
                    &old.version
                } else {
                    &new.version
                };
                (
                    "version-not-semver",
                    format!("{text:?} is no semantic version such as 1.4.0"),
                )
            }
        };
        self.emit(
            Raw::new(rule, "info.version", None, message)
                .old(old.span)
                .new_at(new.span),
        );
    }
}

fn judge(before: &Version, after: &Version, needed: Bump) -> Option<(&'static str, String)> {
    let least = next(before, needed);
    if after.cmp_precedence(before).is_lt() {
        return Some((
            "version-decreased",
            format!("{before} went down to {after}"),
        ));
    }
    // Candidates of one release may break each other.
    if !after.pre.is_empty() && core(before) == core(after) && !before.pre.is_empty() {
        return None;
    }
    if needed != Level::None && after.cmp_precedence(before).is_eq() {
        return Some((
            "version-not-bumped",
            format!("it is still {before}; the changes need {least}"),
        ));
    }
    if core(after) < core(&least) {
        return Some((
            "version-bump-too-small",
            format!("{before} to {after} is a smaller step than the changes need: {least}"),
        ));
    }
    let skips = [
        (after.major, before.major + 1),
        (
            if after.major == before.major {
                after.minor
            } else {
                0
            },
            before.minor + 1,
        ),
    ];
    if skips.iter().any(|(to, next)| to > next) {
        return Some((
            "version-skipped",
            format!("{before} to {after} leaves versions out"),
        ));
    }
    if step(before, after) > step(before, &least) {
        return Some((
            "version-bump-too-large",
            format!("{before} to {after} is a larger step than the changes need: {least}"),
        ));
    }
    None
}

fn core(version: &Version) -> (u64, u64, u64) {
    (version.major, version.minor, version.patch)
}

/// Which part of the version moves: 3 for the first, 0 for none.
fn step(before: &Version, after: &Version) -> u8 {
    if after.major != before.major {
        3
    } else if after.minor != before.minor {
        2
    } else {
        u8::from(after.patch != before.patch)
    }
}

/// The least version that a step leads to. Below 1.0.0 steps are one place smaller; a pre-release
/// of the needed version leads to that version.
pub fn next(version: &Version, bump: Bump) -> Version {
    let mut next = version.clone();
    next.build = BuildMetadata::EMPTY;
    if bump == Level::None {
        return next;
    }
    next.pre = Prerelease::EMPTY;
    let zero = version.major == 0;
    let pre = !version.pre.is_empty();
    match (bump, zero) {
        (Level::Major, false) => {
            if !(pre && version.minor == 0 && version.patch == 0) {
                next.major += 1;
            }
            next.minor = 0;
            next.patch = 0;
        }
        (Level::Major, true) | (Level::Minor, false) => {
            if !(pre && version.patch == 0) {
                next.minor += 1;
            }
            next.patch = 0;
        }
        _ => {
            if !pre {
                next.patch += 1;
            }
        }
    }
    next
}

/// [`next`] of a version as text; None if it is no semantic version.
pub fn next_text(version: &str, bump: Bump) -> Option<String> {
    Version::parse(version)
        .ok()
        .map(|version| next(&version, bump).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_version_fits_the_step() {
        for (version, bump, expected) in [
            ("1.4.2", Level::Major, "2.0.0"),
            ("1.4.2", Level::Minor, "1.5.0"),
            ("1.4.2", Level::Patch, "1.4.3"),
            ("1.4.2", Level::None, "1.4.2"),
            ("0.4.2", Level::Major, "0.5.0"),
            ("0.4.2", Level::Minor, "0.4.3"),
            ("0.4.2", Level::Patch, "0.4.3"),
            ("2.0.0-rc.1", Level::Major, "2.0.0"),
            ("2.1.0-rc.1", Level::Minor, "2.1.0"),
            ("2.1.1-rc.1", Level::Minor, "2.2.0"),
            ("1.0.0+build", Level::Patch, "1.0.1"),
        ] {
            let found = next(&Version::parse(version).unwrap(), bump);
            assert_eq!(found.to_string(), expected, "{version} {bump}");
        }
    }

    #[test]
    fn stated_versions_are_judged() {
        for (before, after, needed, expected) in [
            ("1.0.0", "2.0.0", Level::Major, None),
            ("1.0.0", "2.0.0-rc.1", Level::Major, None),
            ("1.0.0-rc.1", "1.0.0-rc.2", Level::Major, None),
            (
                "1.4.0",
                "1.5.0",
                Level::Major,
                Some("version-bump-too-small"),
            ),
            ("1.4.0", "1.4.0", Level::Minor, Some("version-not-bumped")),
            ("1.4.0", "1.4.0", Level::None, None),
            ("1.4.0", "1.3.0", Level::None, Some("version-decreased")),
            (
                "1.4.0",
                "2.0.0",
                Level::Minor,
                Some("version-bump-too-large"),
            ),
            ("1.4.0", "1.6.0", Level::Minor, Some("version-skipped")),
            ("1.4.0", "3.0.0", Level::Major, Some("version-skipped")),
            ("0.4.0", "0.5.0", Level::Major, None),
            (
                "0.4.0",
                "0.4.1",
                Level::Major,
                Some("version-bump-too-small"),
            ),
        ] {
            let (a, b) = (
                Version::parse(before).unwrap(),
                Version::parse(after).unwrap(),
            );
            let found = judge(&a, &b, needed).map(|it| it.0);
            assert_eq!(found, expected, "{before} {after} {needed}");
        }
    }
}
