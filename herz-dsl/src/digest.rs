//! Short texts compared without a call: keys, names and tags, of which every document has dozens.

/// Both ends of a text, and its length: all of a text of up to 16 bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Digest {
    first: u64,
    last: u64,
    length: u64,
}

impl Digest {
    #[inline]
    pub(crate) fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let (first, last) = if let (Some(first), Some(last)) =
            (bytes.first_chunk::<8>(), bytes.last_chunk::<8>())
        {
            (u64::from_le_bytes(*first), u64::from_le_bytes(*last))
        } else if let (Some(first), Some(last)) =
            (bytes.first_chunk::<4>(), bytes.last_chunk::<4>())
        {
            let ends = (u32::from_le_bytes(*first), u32::from_le_bytes(*last));
            (ends.0.into(), ends.1.into())
        } else {
            let shift = |all: u64, byte: &u8| (all << 8) | u64::from(*byte);
            (bytes.iter().fold(0, shift), 0)
        };
        Self {
            first,
            last,
            length: bytes.len() as u64,
        }
    }

    /// Whether it says all about the text.
    pub(crate) const fn is_all(self) -> bool {
        self.length <= 16
    }

    /// A number whose upper bits differ for most texts.
    pub(crate) const fn mixed(self) -> u64 {
        (self.first ^ self.last.rotate_left(17) ^ self.length).wrapping_mul(0x9E37_79B9_7F4A_7C15)
    }
}

/// Whether two texts are equal.
#[inline]
pub(crate) fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && Digest::of(a) == Digest::of(b) && (a.len() <= 16 || a == b)
}

#[cfg(test)]
mod tests {
    use super::same;

    #[test]
    fn texts_are_the_same_if_they_are_equal() {
        let texts: Vec<String> = (0..40)
            .flat_map(|length| {
                let plain = "a".repeat(length);
                let one_off = |at: usize| {
                    let letters = plain.chars().enumerate();
                    letters
                        .map(|(i, c)| if i == at { 'b' } else { c })
                        .collect()
                };
                (0..length)
                    .map(one_off)
                    .chain([plain.clone()])
                    .collect::<Vec<String>>()
            })
            .collect();
        for a in &texts {
            for b in &texts {
                assert_eq!(same(a, b), a == b, "{a:?} {b:?}");
            }
        }
    }
}
