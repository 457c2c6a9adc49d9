//! Other spellings of one value, for platforms that take some spellings only.

use super::{Dialect, Magnitude};

/// Units of time from the greatest to the smallest, in nanoseconds.
const TIME: [(&str, i64); 6] = [
    ("h", 3_600_000_000_000),
    ("m", 60_000_000_000),
    ("s", 1_000_000_000),
    ("ms", 1_000_000),
    ("us", 1_000),
    ("ns", 1),
];

/// Units of `rate(tc)` in bytes a second, then in bits a second.
const BYTE_RATE: [(&str, u64); 5] = [
    ("tbps", 1 << 40),
    ("gbps", 1 << 30),
    ("mbps", 1 << 20),
    ("kbps", 1 << 10),
    ("bps", 1),
];
const BIT_RATE: [(&str, u64); 5] = [
    ("tbit", 1_000_000_000_000),
    ("gbit", 1_000_000_000),
    ("mbit", 1_000_000),
    ("kbit", 1_000),
    ("bit", 1),
];

impl Dialect {
    /// Texts of this dialect that mean exactly the same as `text`, the plainest first: a whole
    /// number and one unit, the greatest that it is whole in. Empty if the text is malformed, or
    /// if the dialect has one spelling only.
    ///
    /// ```
    /// use herz_types::scalar::Dialect;
    /// assert_eq!(Dialect::DurationGo.spellings("1m30s")[0], "90s");
    /// assert_eq!(Dialect::RateTc.spellings("10mbit")[0], "1250000bps");
    /// assert!(Dialect::DurationGo.spellings("-1s").is_empty());
    /// assert!(Dialect::Ip.spellings("::1").is_empty());
    /// ```
    pub fn spellings(self, text: &str) -> Vec<String> {
        let Ok(magnitude) = self.parse(text) else {
            return Vec::new();
        };
        let mut all: Vec<String> = Vec::new();
        match (self, magnitude) {
            (Self::Duration | Self::DurationGo, Magnitude::Nanoseconds(nanos)) if nanos >= 0 => {
                if nanos == 0 {
                    all.push("0s".to_owned());
                } else {
                    let whole = TIME.iter().filter(|(_, size)| nanos % size == 0);
                    all.extend(whole.map(|(unit, size)| format!("{}{unit}", nanos / size)));
                }
            }
            (Self::RateTc, Magnitude::BytesPerSecond(bytes)) => {
                // Bits are whole, and below 2^53 exact as a float of bytes.
                let bits = bytes * 8.0;
                if (0.0..9_007_199_254_740_992.0).contains(&bits) && bits.fract() == 0.0 {
                    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
                    let bits = bits as u64;
                    if bits.is_multiple_of(8) {
                        all.extend(largest(&BYTE_RATE, bits / 8));
                    }
                    all.extend(largest(&BIT_RATE, bits));
                }
            }
            _ => {}
        }
        // What the sizes of a unit round away must not slip in.
        all.retain(|one| one != text && self.parse(one).ok() == Some(magnitude));
        all
    }
}

/// The value in the greatest unit that it is whole in.
fn largest(units: &[(&str, u64)], value: u64) -> Option<String> {
    let (unit, size) = units
        .iter()
        .find(|(_, size)| value.is_multiple_of(*size) && (value > 0 || *size == 1))?;
    Some(format!("{}{unit}", value / size))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_mean_the_same_and_are_one_number_and_one_unit() {
        for (text, first) in [
            ("1m30s", "90s"),
            ("90s", "90000ms"),
            ("1h", "60m"),
            ("0", "0s"),
            ("-0", "0s"),
            ("+5s", "5s"),
            (".5s", "500ms"),
            ("10\u{b5}s", "10us"),
            ("1.5h", "90m"),
            ("2562047h47m16.854775807s", "9223372036854775807ns"),
        ] {
            let all = Dialect::DurationGo.spellings(text);
            assert_eq!(all.first().map(String::as_str), Some(first), "{text}");
            let value = Dialect::DurationGo.parse(text);
            for one in &all {
                assert_eq!(Dialect::DurationGo.parse(one), value, "{text} as {one}");
                assert_eq!(
                    one.matches(char::is_alphabetic).count() - 1,
                    usize::from(one.ends_with("ms") || one.ends_with("us") || one.ends_with("ns"))
                );
            }
        }
        for text in ["", "-1s", "soon", "5"] {
            assert!(Dialect::DurationGo.spellings(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn rates_keep_every_bit() {
        let first = |text: &str| Dialect::RateTc.spellings(text).into_iter().next();
        assert_eq!(first("1mbps").as_deref(), Some("8388608bit"));
        assert_eq!(first("8192bit").as_deref(), Some("1kbps"));
        assert_eq!(first("1kbit").as_deref(), Some("125bps"));
        // One bit is no whole number of bytes.
        assert_eq!(first("1bit"), None);
        assert_eq!(first("10"), None);
    }
}
