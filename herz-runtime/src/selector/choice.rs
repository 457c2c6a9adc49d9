//! Random choices that can be made again: same seed, same targets, on every machine and release.

/// `SplitMix64` (Steele, Lea, Flood 2014). Written out here because its numbers are part of what a
/// journal and a saved plan promise; a library could change its own.
#[derive(Debug, Clone)]
pub struct Random {
    state: u64,
}

impl Random {
    /// Starts from a seed.
    pub const fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    /// A new seed, which nobody can foresee.
    pub fn fresh_seed() -> u64 {
        use std::hash::{BuildHasher, Hasher, RandomState};
        RandomState::new().build_hasher().finish()
    }

    /// The next 64 bits.
    pub const fn bits(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from 0 up to, but not including, `end`; 0 if `end` is 0. Every number is as likely.
    pub fn below(&mut self, end: u64) -> u64 {
        if end == 0 {
            return 0;
        }
        // Numbers of the last, incomplete round are drawn again.
        let round = u64::MAX - u64::MAX % end;
        loop {
            let bits = self.bits();
            if bits < round {
                return bits % end;
            }
        }
    }
}

/// Chooses `count` of `from`, in their order. With a count as large as the list, everything.
pub fn choose<T>(from: Vec<T>, count: usize, random: &mut Random) -> Vec<T> {
    let mut left = u64::try_from(from.len()).unwrap_or(u64::MAX);
    let mut wanted = u64::try_from(count).unwrap_or(u64::MAX).min(left);
    // Selection sampling: each item is taken with the chance that makes every subset as likely.
    from.into_iter()
        .filter(|_| {
            let taken = random.below(left) < wanted;
            left = left.saturating_sub(1);
            if taken {
                wanted = wanted.saturating_sub(1);
            }
            taken
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_chooses_the_same() {
        // A promise to saved plans: these numbers must never change.
        let chosen = choose((0..10).collect(), 3, &mut Random::new(42));
        assert_eq!(chosen, choose((0..10).collect(), 3, &mut Random::new(42)));
        assert_eq!(Random::new(0).bits(), 0xe220_a839_7b1d_cdaf);
    }

    #[test]
    fn every_item_is_as_likely() {
        let mut random = Random::new(1);
        let mut hits = [0_u32; 7];
        for _ in 0..70_000 {
            let chosen = choose((0..7).collect(), 2, &mut random);
            assert_eq!(chosen.len(), 2);
            for item in chosen {
                hits[item] += 1;
            }
        }
        // Each is hit with chance 2/7: 20000 times, standard deviation 120.
        assert!(
            hits.iter().all(|hit| hit.abs_diff(20_000) < 600),
            "{hits:?}"
        );
    }
}
