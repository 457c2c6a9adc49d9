//! Versions as people and clusters write them, and their order.

use semver::{BuildMetadata, Prerelease, Version};
use std::fmt;

/// How finely an axis tells versions apart.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Granularity {
    /// `2.7.3`: each release counts.
    #[default]
    Patch,
    /// `1.28`: patches and what a vendor adds are cut before matching.
    Minor,
}

/// Why a text is no version of an axis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionError {
    /// One sentence.
    pub message: String,
    /// What to write instead.
    pub help: Option<String>,
}

impl fmt::Display for VersionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        match &self.help {
            Some(help) => write!(f, "; {help}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for VersionError {}

impl Granularity {
    /// Reads a version as a person or a cluster gives it: a leading `v` and build metadata are
    /// dropped. For [`Granularity::Minor`] patch and vendor suffix are dropped too, a real
    /// pre-release (`-alpha`, `-beta`, `-rc`) is kept.
    ///
    /// ```
    /// use herz_dsl::compat::Granularity;
    /// let read = |text| Granularity::Minor.read(text).unwrap().to_string();
    /// assert_eq!(read("v1.28.3-gke.100"), "1.28.0");
    /// assert_eq!(read("1.28.5+k3s1"), "1.28.0");
    /// assert_eq!(read("1.28"), "1.28.0");
    /// assert_eq!(read("v1.29.0-rc.1"), "1.29.0-rc.1");
    /// assert_eq!(Granularity::Patch.read("v2.7.3").unwrap().to_string(), "2.7.3");
    /// assert!(Granularity::Patch.read("2.7").is_err());
    /// ```
    pub fn read(self, text: &str) -> Result<Version, VersionError> {
        let bare = text.trim();
        let bare = bare.strip_prefix(['v', 'V']).unwrap_or(bare);
        let core = bare.split('+').next().unwrap_or(bare);
        match self {
            Self::Patch => Version::parse(core).map_err(|error| {
                let partial = !core.is_empty()
                    && core.split('.').count() < 3
                    && core.split('.').all(is_number);
                VersionError {
                    message: format!("`{}` is no version: {error}", shorten(text)),
                    help: partial.then(|| format!("name a release such as `{core}.0`")),
                }
            }),
            Self::Minor => minor(core).ok_or_else(|| VersionError {
                message: format!("`{}` is no version such as `1.28`", shorten(text)),
                help: None,
            }),
        }
    }

    /// How a version of such an axis is written.
    pub fn show(self, version: &Version) -> String {
        match self {
            Self::Minor if version.pre.is_empty() => {
                format!("{}.{}", version.major, version.minor)
            }
            _ => version.to_string(),
        }
    }
}

/// `1.28.3-gke.100` as 1.28.0.
fn minor(core: &str) -> Option<Version> {
    let (numbers, suffix) = core.split_once('-').unwrap_or((core, ""));
    let mut parts = numbers.split('.');
    let mut number = || parts.next().filter(|part| is_number(part))?.parse().ok();
    let (major, minor): (u64, u64) = (number()?, number()?);
    if parts.any(|part| !is_number(part)) || numbers.split('.').count() > 3 {
        return None;
    }
    let mut version = Version::new(major, minor, 0);
    let label: String = suffix
        .chars()
        .take_while(char::is_ascii_alphabetic)
        .collect();
    if ["alpha", "beta", "rc"].contains(&label.as_str()) {
        version.pre = Prerelease::new(suffix).ok()?;
    }
    Some(version)
}

/// Digits without a leading zero.
fn is_number(part: &str) -> bool {
    !part.is_empty()
        && part.bytes().all(|byte| byte.is_ascii_digit())
        && (part.len() == 1 || !part.starts_with('0'))
}

fn shorten(text: &str) -> String {
    crate::tree::shorten(text).into_owned()
}

/// Without build metadata, which says nothing about order.
pub(super) fn bare(mut version: Version) -> Version {
    version.build = BuildMetadata::EMPTY;
    version
}

/// The least version that comes after this one.
pub(super) fn successor(version: &Version) -> Version {
    if version.pre.is_empty() {
        return before(&Version::new(
            version.major,
            version.minor,
            version.patch.saturating_add(1),
        ));
    }
    let mut next = version.clone();
    next.pre = Prerelease::new(&format!("{}.0", version.pre)).unwrap_or(Prerelease::EMPTY);
    next
}

/// The least version that is a pre-release of this one: with it as the end, an interval has
/// nothing of this version, its pre-releases neither.
pub(super) fn before(version: &Version) -> Version {
    let mut least = version.clone();
    if least.pre.is_empty() {
        least.pre = Prerelease::new("0").unwrap_or(Prerelease::EMPTY);
    }
    least
}

/// Whether a step from one version to a later one may break users: another first number, below
/// 1.0.0 another second one.
pub(super) fn may_break(old: &Version, new: &Version) -> bool {
    new.major != old.major || (old.major == 0 && new.minor != old.minor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_edge_is_lenient_and_says_what_it_does_not_take() {
        let minor = |text: &str| Granularity::Minor.read(text).map(|v| v.to_string());
        for (text, version) in [
            ("1.28", "1.28.0"),
            ("V1.28.9", "1.28.0"),
            (" v1.28.3-gke.100 ", "1.28.0"),
            ("1.28.5-eks-abc", "1.28.0"),
            ("1.28.3+k3s1", "1.28.0"),
            ("1.28.0-alpha.1", "1.28.0-alpha.1"),
            ("1.28.0-alphaville", "1.28.0"),
        ] {
            assert_eq!(minor(text), Ok(version.to_owned()), "{text}");
        }
        for text in [
            "",
            "1",
            "v",
            "1.x",
            "01.28",
            "1.28.3.4",
            "1.28.x",
            "-1.2",
            "1.99999999999999999999",
        ] {
            assert!(minor(text).is_err(), "{text}");
        }
        let patch = |text: &str| Granularity::Patch.read(text);
        assert_eq!(patch("v2.7.3+build.5").unwrap().to_string(), "2.7.3");
        assert_eq!(patch("2.8.0-rc.1").unwrap().to_string(), "2.8.0-rc.1");
        let error = patch("2.7").unwrap_err();
        assert_eq!(
            error.help.as_deref(),
            Some("name a release such as `2.7.0`")
        );
        for text in ["", "latest", "01.2.3", "1.0.0-rc.01", "2.7.3.4"] {
            assert!(patch(text).is_err(), "{text}");
        }
    }

    #[test]
    fn nothing_lies_between_a_version_and_its_successor() {
        for (version, next) in [("1.2.3", "1.2.4-0"), ("1.2.3-rc.1", "1.2.3-rc.1.0")] {
            let version = Version::parse(version).unwrap();
            assert_eq!(successor(&version).to_string(), next);
            assert!(version < successor(&version));
        }
    }
}
