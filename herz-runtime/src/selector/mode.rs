//! How many of the selected targets are hit.

use crate::experiment::{NotAnExperiment, no};
use crate::selector::Random;
use serde::{Deserialize, Serialize};

/// How many of the selected targets are hit, with Chaos Mesh's meaning.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// One, chosen at random.
    One,
    /// Every one.
    #[default]
    All,
    /// So many; all, if there are fewer.
    Fixed(u64),
    /// This share in percent, rounded up.
    FixedPercent(u8),
    /// A random share between nobody and this percentage, rounded up.
    RandomMaxPercent(u8),
}

impl Mode {
    pub(crate) fn read(mode: Option<&str>, value: Option<&str>) -> Result<Self, NotAnExperiment> {
        let value = || value.map(|text| text.strip_prefix('+').unwrap_or(text));
        let percent = |mode: &str| {
            value()
                .and_then(|text| text.parse::<u8>().ok())
                .filter(|share| (1..=100).contains(share))
                .ok_or_else(|| no(format!("`mode: {mode}` needs a `value` from 1 to 100")))
        };
        match mode {
            None | Some("all") => Ok(Self::All),
            Some("one") => Ok(Self::One),
            Some("fixed") => value()
                .and_then(|text| text.parse().ok())
                .filter(|count| *count > 0)
                .map(Self::Fixed)
                .ok_or_else(|| no("`mode: fixed` needs a `value` above 0")),
            Some("fixed-percent") => percent("fixed-percent").map(Self::FixedPercent),
            Some("random-max-percent") => percent("random-max-percent").map(Self::RandomMaxPercent),
            Some(other) => Err(no(format!(
                "`{other}` is no mode: use one, all, fixed, fixed-percent or random-max-percent"
            ))),
        }
    }

    /// How many of `selected` targets are hit.
    pub fn count(self, selected: usize, random: &mut Random) -> usize {
        let share = |percent: u64| {
            let total = u64::try_from(selected).unwrap_or(u64::MAX);
            let hit = total.saturating_mul(percent).div_ceil(100);
            usize::try_from(hit).unwrap_or(usize::MAX)
        };
        let wanted = match self {
            Self::One => 1,
            Self::All => selected,
            Self::Fixed(count) => usize::try_from(count).unwrap_or(usize::MAX),
            Self::FixedPercent(percent) => share(u64::from(percent)),
            Self::RandomMaxPercent(max) => share(random.below(u64::from(max).saturating_add(1))),
        };
        wanted.min(selected)
    }
}
