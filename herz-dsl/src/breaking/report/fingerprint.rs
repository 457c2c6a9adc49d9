//! What stays the same as long as a change does: the rule, the place and what both sides say.
//! Messages and lines do not count, so a better wording loses no approval.

use super::Finding;

impl Finding {
    /// 16 hexadecimal digits that are equal for equal changes. Lines, formatting and the words of
    /// the message do not count.
    pub fn fingerprint(&self) -> String {
        let mut hash = Fnv::new();
        hash.text(self.rule);
        hash.text(self.kind.as_deref().unwrap_or_default());
        hash.text(&self.path);
        let mut values = self.values.clone();
        values.sort();
        for (old, new) in &values {
            for side in [old, new] {
                match side {
                    Some(text) => hash.text(text),
                    None => hash.byte(0xfe),
                }
            }
        }
        format!("{:016x}", hash.0)
    }
}

/// FNV-1a of 64 bits: the same on every machine and in every version, which the hasher of the
/// standard library does not promise.
struct Fnv(u64);

impl Fnv {
    const fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    const fn byte(&mut self, byte: u8) {
        self.0 = (self.0 ^ byte as u64).wrapping_mul(0x0000_0100_0000_01b3);
    }

    /// A text and its end: no UTF-8 has the byte 0xff, so two texts are never read as one.
    fn text(&mut self, text: &str) {
        text.bytes().for_each(|byte| self.byte(byte));
        self.byte(0xff);
    }
}

#[cfg(test)]
mod tests {
    use super::Fnv;

    #[test]
    fn the_hash_is_that_of_its_description() {
        // Known answers of FNV-1a, 64 bits.
        for (text, expected) in [
            ("", 0xcbf2_9ce4_8422_2325),
            ("a", 0xaf63_dc4c_8601_ec8c),
            ("foobar", 0x8594_4171_f739_67e8_u64),
        ] {
            let mut hash = Fnv::new();
            text.bytes().for_each(|byte| hash.byte(byte));
            assert_eq!(hash.0, expected, "{text}");
        }
    }
}
