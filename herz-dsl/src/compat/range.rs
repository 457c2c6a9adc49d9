//! Ranges of versions, as half-open intervals, so that overlap, gap and subset can be decided.
//!
//! The notation is that of Cargo with four differences: a bare version is refused (it would mean
//! «compatible with» and is read as «exactly»), several ranges are a list (the missing «or»),
//! an upper end leaves out the pre-releases of the version that it names, and pre-releases match
//! only where a row says so or the range names one of the same release.

use super::version::{VersionError, bare, before, successor};
use semver::{Comparator, Op, Version};
use std::fmt;

/// A part of the order of versions: from the first one to before the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interval {
    /// First version in it.
    pub start: Version,
    /// First version behind it; none: it never ends.
    pub end: Option<Version>,
}

impl Interval {
    fn all() -> Self {
        Self {
            start: before(&Version::new(0, 0, 0)),
            end: None,
        }
    }

    fn is_empty(&self) -> bool {
        self.end.as_ref().is_some_and(|end| *end <= self.start)
    }

    fn contains(&self, version: &Version) -> bool {
        *version >= self.start && self.end.as_ref().is_none_or(|end| version < end)
    }

    fn and(&self, other: &Self) -> Self {
        Self {
            start: self.start.clone().max(other.start.clone()),
            end: match (&self.end, &other.end) {
                (Some(a), Some(b)) => Some(a.min(b).clone()),
                (a, b) => a.clone().or_else(|| b.clone()),
            },
        }
    }
}

/// One range as written, such as `>=2.6, <2.9`: all of its comparators hold.
///
/// ```
/// use herz_dsl::compat::Range;
/// let range: Range = ">=2.6, <2.9".parse().unwrap();
/// assert!(range.contains(&"2.8.3".parse().unwrap(), false));
/// assert!(!range.contains(&"2.8.0-rc.1".parse().unwrap(), false));
/// assert!(range.contains(&"2.8.0-rc.1".parse().unwrap(), true));
/// assert!("2.7".parse::<Range>().is_err());
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Range {
    text: String,
    interval: Interval,
    comparators: Vec<Comparator>,
}

impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::str::FromStr for Range {
    type Err = VersionError;

    fn from_str(text: &str) -> Result<Self, VersionError> {
        let mut interval = Interval::all();
        let mut comparators = Vec::new();
        for part in text.split(',') {
            let part = part.trim();
            if let Some(one) = comparator(part, text)? {
                interval = interval.and(&interval_of(&one));
                comparators.push(one);
            }
        }
        Ok(Self {
            text: text.trim().to_owned(),
            interval,
            comparators,
        })
    }
}

/// Reads one comparator; `*` is none, as it excludes nothing.
fn comparator(part: &str, whole: &str) -> Result<Option<Comparator>, VersionError> {
    let error = |message: String, help: &str| VersionError {
        message,
        help: (!help.is_empty()).then(|| help.to_owned()),
    };
    if part.is_empty() {
        return Err(error(
            format!("`{whole}` has an empty part"),
            "write a range such as `>=2.6, <2.9`, or `*` for all versions",
        ));
    }
    if part == "*" {
        return Ok(None);
    }
    if part.contains("||") {
        return Err(error(
            format!("`{part}` has an `||`"),
            "write a list of ranges: each of them may match",
        ));
    }
    let operators = ['>', '<', '=', '~', '^'];
    let number = part.trim_start_matches(operators).trim_start();
    if part.starts_with('!') {
        return Err(error(
            format!("`{part}` excludes a version"),
            "write the ranges before and after it, or list it in `known-bad`",
        ));
    }
    if number.starts_with(['v', 'V']) {
        return Err(error(
            format!("`{part}` has a `v` in front of the version"),
            "leave the `v` out",
        ));
    }
    if number.contains(char::is_whitespace) {
        let help = if number.contains(" - ") {
            "write both ends: `>=1.28, <1.31`"
        } else {
            "put a comma between two comparisons: `>=1.28, <1.30`"
        };
        return Err(error(format!("`{part}` is not one comparison"), help));
    }
    let wild = number.contains(['*', 'x', 'X']) && !number.contains('-');
    if !part.starts_with(operators) && !wild {
        let help = if number.starts_with(|c: char| c.is_ascii_digit()) {
            format!(
                "write `~{number}` for its patches, `^{number}` for what is compatible, \
                 `={number}` for itself"
            )
        } else {
            "write a range such as `>=2.6, <2.9`".to_owned()
        };
        return Err(error(format!("`{part}` has no operator"), &help));
    }
    Comparator::parse(part)
        .map(Some)
        .map_err(|why| error(format!("`{part}` is no range: {why}"), ""))
}

/// What a comparator means.
fn interval_of(one: &Comparator) -> Interval {
    let (major, minor, patch) = (one.major, one.minor, one.patch);
    let mut low = Version::new(major, minor.unwrap_or(0), patch.unwrap_or(0));
    low.pre = one.pre.clone();
    let full = patch.is_some();
    // The first version that is no longer covered by the numbers that are written.
    let beyond = match (minor, patch) {
        (None, _) => Version::new(major.saturating_add(1), 0, 0),
        (Some(minor), None) => Version::new(major, minor.saturating_add(1), 0),
        (Some(_), Some(_)) => successor(&low),
    };
    let (start, end) = match one.op {
        Op::Greater => (Some(beyond), None),
        Op::GreaterEq => (Some(low), None),
        Op::Less => (None, Some(before(&low))),
        Op::LessEq => (None, Some(before(&beyond))),
        Op::Tilde => {
            let end = match minor {
                Some(minor) => Version::new(major, minor.saturating_add(1), 0),
                None => Version::new(major.saturating_add(1), 0, 0),
            };
            (Some(low), Some(before(&end)))
        }
        Op::Caret => {
            let end = match (major, minor, patch) {
                (0, Some(0), Some(patch)) => Version::new(0, 0, patch.saturating_add(1)),
                (0, Some(minor), _) => Version::new(0, minor.saturating_add(1), 0),
                _ => Version::new(major.saturating_add(1), 0, 0),
            };
            (Some(low), Some(before(&end)))
        }
        // `=1.28` and `1.28.*` are all that begins so. Other operators don't exist.
        _ => (Some(low), Some(if full { beyond } else { before(&beyond) })),
    };
    Interval {
        start: start.unwrap_or_else(|| Interval::all().start),
        end,
    }
}

impl Range {
    /// Exactly this version.
    pub fn exactly(version: &Version) -> Self {
        let version = bare(version.clone());
        let one = Comparator {
            op: Op::Exact,
            major: version.major,
            minor: Some(version.minor),
            patch: Some(version.patch),
            pre: version.pre.clone(),
        };
        Self {
            text: format!("={version}"),
            interval: interval_of(&one),
            comparators: vec![one],
        }
    }

    /// Whether it has the version. A pre-release counts if `prereleases` says so, or if the range
    /// names a pre-release of the same version.
    pub fn contains(&self, version: &Version, prereleases: bool) -> bool {
        let version = bare(version.clone());
        let named = || {
            self.comparators.iter().any(|one| {
                !one.pre.is_empty()
                    && one.major == version.major
                    && one.minor == Some(version.minor)
                    && one.patch == Some(version.patch)
            })
        };
        self.interval.contains(&version) && (version.pre.is_empty() || prereleases || named())
    }

    /// Whether no version at all can be in it.
    pub fn is_empty(&self) -> bool {
        self.interval.is_empty()
    }

    /// The interval that it means.
    pub fn interval(&self) -> &Interval {
        &self.interval
    }

    /// Whether some version is in both.
    pub fn overlaps(&self, other: &Self) -> bool {
        !self.interval.and(&other.interval).is_empty()
    }

    /// The versions that it names, with how many of their numbers are written (1 to 3).
    pub(super) fn named(&self) -> impl Iterator<Item = (Version, usize)> + '_ {
        self.comparators.iter().map(|one| {
            let mut version =
                Version::new(one.major, one.minor.unwrap_or(0), one.patch.unwrap_or(0));
            version.pre = one.pre.clone();
            let numbers = 1 + usize::from(one.minor.is_some()) + usize::from(one.patch.is_some());
            (version, numbers)
        })
    }
}

/// The versions of a list that some range has, as intervals over that list: `2.6.0 to 2.7.3`.
pub fn spans(axis: &[Version], has: impl Fn(&Version) -> bool) -> Vec<(Version, Version)> {
    let mut spans: Vec<(Version, Version)> = Vec::new();
    let mut open = false;
    for version in axis {
        if !has(version) {
            open = false;
            continue;
        }
        match spans.last_mut().filter(|_| open) {
            Some(last) => last.1 = version.clone(),
            None => spans.push((version.clone(), version.clone())),
        }
        open = true;
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;
    use semver::VersionReq;

    fn range(text: &str) -> Range {
        text.parse()
            .unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    fn version(text: &str) -> Version {
        Version::parse(text).unwrap()
    }

    /// Everything that is no pre-release is matched as Cargo matches it.
    #[test]
    fn releases_match_as_cargo_matches_them() {
        let ranges = [
            "*",
            ">=2.6, <2.9",
            ">=1.28",
            "=1.28",
            "~1.28",
            "1.28.*",
            "1.28.x",
            "1.*",
            "^0.2",
            "^0.0.3",
            "^0.0",
            "^0",
            "^1.2.3",
            "~1",
            "<=2.7",
            ">2.7",
            "<=2.7.3",
            ">2.7.3",
            ">1",
            "<1",
            "<=1",
            ">=1.28.0, <1.30",
            "=1.2.3",
            "<1.28, >=1.30",
        ];
        let numbers = [0, 1, 2, 3, 6, 7, 8, 9, 27, 28, 29, 30, 31];
        for text in ranges {
            let (ours, cargo) = (range(text), VersionReq::parse(text).unwrap());
            for major in 0..4 {
                for minor in numbers {
                    for patch in [0, 1, 2, 3, 4, 9] {
                        let one = Version::new(major, minor, patch);
                        assert_eq!(
                            ours.contains(&one, false),
                            cargo.matches(&one),
                            "{text} {one}"
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn the_traps_of_the_semver_crate() {
        let has = |text: &str, one: &str| range(text).contains(&version(one), false);
        // Pre-releases: only with the same release named, or where a row says so.
        assert!(!has("*", "1.0.0-rc.1"));
        assert!(!has(">=2.7.0, <3", "2.8.0-rc.1"));
        assert!(has(">=2.8.0-rc.1", "2.8.0-rc.2"));
        assert!(!has(">=2.8.0-rc.1", "2.9.0-rc.1"));
        let with = |text: &str, one: &str| range(text).contains(&version(one), true);
        assert!(with(">=2.7.0, <3", "2.8.0-rc.1"));
        assert!(with(">=2.8.0-rc.1", "2.9.0-rc.1"));
        assert!(
            !with(">=2.7.0", "2.7.0-rc.1"),
            "a candidate comes before its release"
        );
        assert!(
            !with("<2.9", "2.9.0-rc.1"),
            "what leaves 2.9 out leaves its candidates out"
        );
        assert!(with("<=2.8", "2.8.9-rc.1"));
        // Build metadata says nothing.
        assert!(has(">=1.28", "1.28.3+k3s1"));
        assert!(has("=1.28.3", "1.28.3+k3s1"));
        // Partial bounds mean the whole minor.
        assert!(has("<=2.7", "2.7.9") && !has(">2.7", "2.7.9") && has("=1.28", "1.28.9"));
        assert!(!has("^0.2", "0.3.0") && !has("^0.0.3", "0.0.4"));
    }

    #[test]
    fn what_is_no_range_says_what_to_write() {
        for (text, help) in [
            ("2.7", "`~2.7`"),
            ("1.28.0", "`=1.28.0`"),
            ("v1.28", "leave the `v` out"),
            (">=v1.28", "leave the `v` out"),
            ("1.28 || 1.29", "list of ranges"),
            (">=1.28 || >=1.29", "list of ranges"),
            ("1.28 - 1.30", "`>=1.28, <1.31`"),
            (">=1.28 <1.30", "comma"),
            ("!=1.2.3", "known-bad"),
            ("", "such as"),
            (">=1.28,", "such as"),
            ("latest", "such as"),
        ] {
            let error = text.parse::<Range>().expect_err(text);
            assert!(
                error
                    .help
                    .as_deref()
                    .is_some_and(|known| known.contains(help)),
                "{text}: {error:?}"
            );
        }
        for text in [
            ">=",
            "~",
            ">=01.2",
            ">=1.2.3.4",
            "^1.2.3-rc.01",
            ">=a",
            "=1.2.3-",
        ] {
            assert!(text.parse::<Range>().is_err(), "{text}");
        }
    }

    #[test]
    fn more_comparators_than_the_semver_crate_takes() {
        let many = vec![">=1.0"; 40].join(", ");
        assert!(VersionReq::parse(&many).is_err());
        assert!(range(&many).contains(&version("1.2.3"), false));
    }

    #[test]
    fn overlap_and_emptiness_agree_with_brute_force() {
        let texts = [
            "*",
            ">=2.6, <2.9",
            "~2.7",
            "=2.7.3",
            "<2.7",
            ">2.7",
            "<=2.7",
            ">=2.9",
            ">=2.8, <2.7",
            "^2",
            "=2.6.0",
            "~2.7.2",
        ];
        let all: Vec<Version> = (0..4)
            .flat_map(|major| (0..12).map(move |minor| (major, minor)))
            .flat_map(|(major, minor)| (0..6).map(move |patch| Version::new(major, minor, patch)))
            .collect();
        for a in texts {
            let count = all
                .iter()
                .filter(|one| range(a).contains(one, false))
                .count();
            assert_eq!(range(a).is_empty(), count == 0, "{a}");
            for b in texts {
                let both = all
                    .iter()
                    .any(|one| range(a).contains(one, false) && range(b).contains(one, false));
                assert_eq!(range(a).overlaps(&range(b)), both, "{a} and {b}");
            }
        }
    }

    #[test]
    fn spans_are_what_the_list_has_in_a_row() {
        let axis: Vec<Version> = ["2.6.0", "2.6.7", "2.7.0", "2.8.0"].map(version).to_vec();
        let shown = |text: &str| -> Vec<String> {
            spans(&axis, |one| range(text).contains(one, false))
                .iter()
                .map(|(a, b)| format!("{a}..{b}"))
                .collect()
        };
        assert_eq!(shown("<2.7"), ["2.6.0..2.6.7"]);
        assert_eq!(shown("*"), ["2.6.0..2.8.0"]);
        assert!(shown(">=3").is_empty());
        let holes = spans(&axis, |one| one.minor != 7);
        assert_eq!(holes.len(), 2);
    }
}
