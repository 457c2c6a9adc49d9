//! What holds for all dialects.

use super::*;
use proptest::prelude::*;
use std::sync::LazyLock;

#[test]
fn names_are_unique_and_found() {
    for dialect in Dialect::ALL {
        assert_eq!(Dialect::from_name(dialect.name()), Some(*dialect));
    }
    assert_eq!(Dialect::from_name("duration(golang)"), None);
    assert_eq!(Dialect::from_name(""), None);
}

#[test]
fn tables_hold() {
    for dialect in Dialect::ALL {
        let samples = dialect.samples();
        for sample in samples {
            let result = dialect.parse(sample.text);
            assert_eq!(
                result.is_ok(),
                sample.accepted,
                "{dialect} {:?}: {result:?}",
                sample.text
            );
        }
        for side in [true, false] {
            let count = samples
                .iter()
                .filter(|sample| sample.accepted == side)
                .count();
            assert!(
                count >= 12,
                "{dialect} has only {count} samples with accepted = {side}"
            );
        }
        let texts: std::collections::BTreeSet<_> = samples.iter().map(|s| s.text).collect();
        assert_eq!(texts.len(), samples.len(), "{dialect} has a sample twice");
    }
}

#[test]
fn reference_is_up_to_date() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/reference/scalars.md");
    let fresh = reference::markdown();
    if std::env::var_os("HERZ_BLESS").is_some() {
        std::fs::create_dir_all(std::path::Path::new(path).parent().unwrap()).unwrap();
        std::fs::write(path, &fresh).unwrap();
    }
    let written = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        written == fresh,
        "docs/reference/scalars.md is stale: run with HERZ_BLESS=1"
    );
}

/// The patterns of all dialects that have one.
static PATTERNS: LazyLock<Vec<(Dialect, Pattern, PatternFit)>> = LazyLock::new(|| {
    let compile = |dialect: &Dialect| {
        dialect
            .pattern()
            .map(|(pattern, fit)| (*dialect, Pattern::new(pattern).unwrap(), fit))
    };
    Dialect::ALL.iter().filter_map(compile).collect()
});

/// All that must hold for a dialect and a text, whatever the text is.
fn check(dialect: Dialect, text: &str) {
    let pattern = PATTERNS.iter().find(|(of, ..)| *of == dialect);
    match dialect.parse(text) {
        Ok(magnitude) => {
            let canonical = dialect.canonical(text).unwrap();
            assert_eq!(
                dialect.canonical(&canonical).as_ref(),
                Ok(&canonical),
                "{dialect} {text:?}"
            );
            let again = dialect.parse(&canonical).unwrap();
            let same = again == magnitude || magnitude.value().is_some_and(f64::is_nan);
            assert!(
                same,
                "{dialect} {text:?} {canonical:?}: {magnitude:?} became {again:?}"
            );
            if let Some((_, pattern, _)) = pattern {
                assert!(
                    pattern.is_match(text),
                    "{dialect} {text:?} does not match {pattern}"
                );
            }
        }
        Err(error) => {
            assert!(!error.message.is_empty() && !error.allowed.is_empty());
            assert!(error.message.len() < 1000, "{dialect}: {}", error.message);
            assert!(
                !error.message.contains('\n'),
                "{dialect}: {}",
                error.message
            );
            if let Some(mended) = &error.suggestion {
                assert!(
                    dialect.parse(mended).is_ok(),
                    "{dialect} {text:?} -> {mended:?}"
                );
            }
            if let Some((_, pattern, PatternFit::Exact)) = pattern {
                assert!(
                    !pattern.is_match(text),
                    "{dialect} {text:?} matches {pattern}"
                );
            }
        }
    }
}

#[test]
fn everything_holds_for_samples_of_all_dialects() {
    for dialect in Dialect::ALL {
        for sample in Dialect::ALL.iter().flat_map(|other| other.samples()) {
            check(*dialect, sample.text);
        }
    }
}

#[test]
fn huge_texts_end_quickly() {
    let start = std::time::Instant::now();
    for part in [
        "1", "1s", "é", "(", "[a", ":", "%", "1.", ".", "a.", "0", "-", "1,", " ", "{1", "\\x41",
        "9E", "_1", "1h", "/", "@",
    ] {
        let text = part.repeat(60_000 / part.len());
        for dialect in Dialect::ALL {
            let _ = dialect.parse(&text);
            let _ = dialect.parse(&format!("1{text}"));
            let _ = dialect.parse(&format!("http://{text}"));
            let _ = dialect.parse(&format!("0x{text}p1"));
        }
    }
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}

#[test]
fn suggestions() {
    for (dialect, text, mended) in [
        ("duration(go)", "10", "10s"),
        ("duration(go)", "10S", "10s"),
        ("duration(go)", "10 s", "10s"),
        ("duration(go)", "1d", "24h"),
        ("duration(go)", "1w", "168h"),
        ("duration(go)", "5m5", "5m5s"),
        ("duration(go)", "1e3s", "1000s"),
        ("duration(go)", "2 min", "2m"),
        ("duration(go)", "PT1M30S", "1m30s"),
        ("duration", "0", "0s"),
        ("duration", ".5s", "0.5s"),
        ("percent", "5", "5%"),
        ("percent", "0,5 %", "0.5%"),
        ("percent(go)", "25%", "25"),
        ("percent(go)", " 5", "5"),
        ("byteSize", "64Mi", "64MiB"),
        ("byteSize", "64mb", "64MB"),
        ("byteSize", "64", "64B"),
        ("byteSize(docker)", "256Mi", "256MiB"),
        ("byteSize(docker)", "1EB", "1000PB"),
        ("byteSize(docker)", "1.5%", "1%"),
        ("byteSize(chaosd)", "100", "100M"),
        ("byteSize(chaosd)", "100mb", "100MB"),
        ("byteSize(chaosd)", "100B", "100c"),
        ("rate", "10mbps", "10MiB/s"),
        ("rate", "10Mbit", "10mbit"),
        ("rate(tc)", "1mb", "1mbps"),
        ("rate(tc)", "1.5mbps", "1536kbps"),
        ("rate(tc)", "10MB/s", "10mbps"),
        ("ip", "10.0.0.1:80", "10.0.0.1"),
        ("cidr", "10.0.0.0", "10.0.0.0/32"),
        ("cidr", "10.0.0.0/255.0.0.0", "10.0.0.0/8"),
        ("hostname", "http://a.b/c", "a.b"),
        ("hostname(dns1123)", "My_App", "my-app"),
        ("cron", "0 0 * * 7", "0 0 * * 0"),
        ("cron", "@every 1d", "@every 24h"),
        ("cron", "TZ=asia/tokyo 0 0 * * *", "TZ=Asia/Tokyo 0 0 * * *"),
        ("timestamp", "2026-11-23 12:50:00", "2026-11-23T12:50:00Z"),
        ("timestamp", "2026-11-23", "2026-11-23T00:00:00Z"),
        ("quantity", "1GB", "1G"),
        ("quantity", "1K", "1k"),
        ("regex", "\\A(?P<n>a)\\z", "^(a)$"),
        ("url", "a.example", "http://a.example"),
        ("url", "localhost:8080", "http://localhost:8080"),
        ("url", "http:/a", "http://a"),
        ("url(go)", "a.example", "http://a.example"),
        ("integer(go)", "50%", "50"),
        ("statusCode", "2xx", "200-299"),
    ] {
        let error = Dialect::from_name(dialect)
            .unwrap()
            .parse(text)
            .unwrap_err();
        assert_eq!(
            error.suggestion.as_deref(),
            Some(mended),
            "{dialect} {text:?}"
        );
    }
}

#[test]
fn texts_keep_what_was_written() {
    let text: Text<GoDuration> = serde_json::from_str("\"60s\"").unwrap();
    assert_eq!(text.get().unwrap().to_string(), "1m");
    assert_eq!(serde_json::to_string(&text).unwrap(), "\"60s\"");
    assert_eq!(
        Text::from(GoDuration::from_nanos(1_500_000_000)).as_str(),
        "1s500ms"
    );
    assert!(Text::<GoDuration>::default().is_empty());
    assert!(serde_json::from_str::<Text<GoDuration>>("60").is_err());
    assert_eq!(
        serde_json::from_str::<GoDuration>("\"60s\"")
            .unwrap()
            .nanos(),
        60_000_000_000
    );
    assert!(serde_json::from_str::<GoDuration>("\"60\"").is_err());
}

#[test]
fn base64_is_strict_about_padding() {
    for (text, bytes) in [
        ("", &b""[..]),
        ("aA==", b"h"),
        ("aGU=", b"he"),
        ("aGVs", b"hel"),
        ("aGVs\nbG8=", b"hello"),
        ("aB==", b"h"),
        ("aA=\r\n=", b"h"),
        ("+/+/", &[0xfb, 0xff, 0xbf]),
    ] {
        assert_eq!(Bytes::new(text).decode().as_deref(), Ok(bytes), "{text:?}");
    }
    for text in [
        "a", "aA", "aA=", "a===", "=", "aGVs=", "aGVsb", "aA==a", "aA==aA==", "aGU=A", "aG U=",
        "-_-_", "ä", "aGV*", "aA===", "====",
    ] {
        assert!(Bytes::new(text).decode().is_err(), "{text:?}");
    }
}

/// Texts of the letters that the grammars are made of.
fn near_misses() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[0-9]{1,3}",
        2 => prop::sample::select(&[
            ".", "-", "+", "%", " ", "_", "e", "x", "0x", "p", "s", "m", "h", "ms", "us", "µs", "d", "K", "k", "M", "MB", "MiB", "KiB", "B", "c",
            "bps", "bit", "/s", ":", "::", "/", "*", "?", ",", "@every ", "TZ=UTC ", "T", "Z", "inf", "nan", "http://", "[", "]", "(", ")", "|", "{", "}",
            "\\", "^", "$", "a", "é", "\u{212a}", "mon", "jan", "Ki", "i", "E", "n", "#", "&", "\n",
        ][..]).prop_map(str::to_owned),
        1 => ".{1,3}",
    ];
    prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_text_is_judged(text in any::<String>()) {
        for dialect in Dialect::ALL {
            check(*dialect, &text);
        }
    }

    #[test]
    fn near_misses_are_judged(text in near_misses()) {
        for dialect in Dialect::ALL {
            check(*dialect, &text);
        }
    }

    #[test]
    fn portable_expressions_compile(text in "([a-c.^$|*+?]|\\\\[dDwWtnrfx.*+?(){}\\[\\]41]|\\[\\^?[a-c0-9\\\\\\]\\-d]{1,4}\\]|[(){}]|\\{[0-9],?[0-9]{0,3}\\}|\\(\\?:|ä){0,12}") {
        if check_portable(&text).is_ok() {
            prop_assert!(Pattern::new(&text).is_ok(), "{text:?}: {:?}", Pattern::new(&text));
        }
    }

    #[test]
    fn bytes_survive(bytes in any::<Vec<u8>>()) {
        prop_assert_eq!(Bytes::encode(&bytes).decode(), Ok(bytes));
    }

    #[test]
    fn values_survive(nanos in any::<i64>(), bytes in any::<u64>(), number in any::<f32>(), moment in -62_167_219_200_i64..253_402_300_800, part in 0..1_000_000_000_i128, percent in 0.0..=100.0) {
        let duration = GoDuration::from_nanos(nanos);
        prop_assert_eq!(GoDuration::parse(&duration.to_string()), Ok(duration));
        let size = ByteSize::from_bytes(bytes);
        prop_assert_eq!(ByteSize::parse(&size.to_string()), Ok(size));
        let rate = Rate::from_bits_per_second(bytes);
        prop_assert_eq!(Rate::parse(&rate.to_string()), Ok(rate));
        let chaosd = ChaosdSize::from_bytes(nanos);
        prop_assert_eq!(ChaosdSize::parse(&chaosd.to_string()), Ok(chaosd));
        let float = GoFloat::new(number);
        let again = GoFloat::parse(&float.to_string()).unwrap();
        prop_assert!(again == float || number.is_nan());
        let moment = Timestamp::from_unix_nanos(i128::from(moment) * 1_000_000_000 + part).unwrap();
        prop_assert_eq!(Timestamp::parse(&moment.to_string()), Ok(moment));
        let percent = Percent::new(percent).unwrap();
        prop_assert_eq!(Percent::parse(&percent.to_string()), Ok(percent));
    }
}
