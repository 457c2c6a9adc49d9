//! Texts made to hurt: each must give a finding where it is wrong, quickly, and never a crash.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::format_collect,
    clippy::format_push_string
)]

use herz_dsl::diagnostic::Diagnostic;
use herz_dsl::diagnostic::render::{TextOptions, text};
use herz_dsl::source::{Source, SourceId};
use herz_dsl::tree::{self, Limits, Tree};
use std::time::{Duration, Instant};

const MEGABYTE: usize = 1 << 20;

/// Parses, renders what is found, walks what is left, and minds the time: generous enough for a
/// debug build on a busy machine, far too little for anything that grows with a square.
fn survive(bytes: &[u8]) -> (Tree, Vec<Diagnostic>) {
    survive_within(bytes, &Limits::default())
}

fn survive_within(bytes: &[u8], limits: &Limits) -> (Tree, Vec<Diagnostic>) {
    let start = Instant::now();
    let (tree, findings) = tree::parse(SourceId(0), bytes, limits);
    let source = Source::new("hostile.yaml", tree.text().clone());
    let mut out = String::new();
    for finding in &findings {
        let before = out.len();
        text(
            &mut out,
            std::slice::from_ref(finding),
            &source,
            TextOptions::default(),
        )
        .unwrap();
        assert!(
            out.len() - before < 4000,
            "a finding is short: {}",
            out.len() - before
        );
    }
    assert!(
        out.chars().all(|c| c == '\n' || !c.is_control()),
        "no control character reaches the terminal"
    );
    for document in tree.documents() {
        let _ = document.root().to_json();
    }
    let took = start.elapsed();
    assert!(took < Duration::from_secs(60), "took {took:?}");
    (tree, findings)
}

/// Code, line, column and message of the findings.
fn told(bytes: &[u8]) -> Vec<String> {
    let (tree, findings) = survive(bytes);
    let source = Source::new("hostile.yaml", tree.text().clone());
    let line = |finding: &Diagnostic| {
        let at = source.position(finding.span.map_or(0, |span| span.start));
        format!(
            "{} {}:{} {}",
            finding.code, at.line, at.column, finding.message
        )
    };
    findings.iter().map(line).collect()
}

/// A text of that many bytes made of repetitions.
fn fill(part: &str, bytes: usize) -> Vec<u8> {
    part.repeat(bytes / part.len()).into_bytes()
}

const DEEP: &str = "lists and maps are nested deeper than 64 levels; that is the limit";

#[test]
fn ten_megabytes_of_opening_brackets() {
    assert_eq!(
        told(&fill("[", 10 * MEGABYTE)),
        [format!("HZ0007 1:65 {DEEP}")]
    );
    assert_eq!(
        told(&fill("{", 10 * MEGABYTE)),
        [format!("HZ0007 1:65 {DEEP}")]
    );
}

#[test]
fn deep_nesting_of_every_kind() {
    let deep = |part: &str| {
        let told = told(&fill(part, MEGABYTE));
        assert!(
            told.iter().any(|line| line.contains(DEEP)),
            "{part:?}: {told:?}"
        );
    };
    for part in ["[{", "[a, ", "{a: ", "- ", "? ", "&a [", "!!seq [", "[[],"] {
        deep(part);
    }
    // A block map of 600 levels, and its flow twin.
    let block: String = (0..600)
        .map(|level| format!("{}a:\n", " ".repeat(level)))
        .collect();
    assert_eq!(told(block.as_bytes()), [format!("HZ0007 65:65 {DEEP}")]);
    // Flow within block: neither passes the limit alone.
    let mixed = format!("{}{}{}", "- ".repeat(40), "[".repeat(40), "]".repeat(40));
    assert_eq!(told(mixed.as_bytes()), [format!("HZ0007 1:105 {DEEP}")]);
}

#[test]
fn nesting_up_to_the_limit_is_read() {
    let text = format!("{}{}", "[".repeat(64), "]".repeat(64));
    let (tree, findings) = survive(text.as_bytes());
    assert_eq!(findings, []);
    assert!(!tree.documents().next().unwrap().is_cut());
}

#[test]
fn megabytes_of_any_token() {
    let tokens = [
        "]",
        "}",
        "-\n",
        "'",
        "\"",
        "!",
        "&",
        "*",
        "|",
        ">",
        "#",
        "%",
        "\t",
        ":",
        ",",
        "a: b: ",
        "\r",
        "\u{feff}",
        "😀",
        "<<: ",
        "'a' ",
        "# c\n",
        "a ",
        "a\n",
        "- &a b\n",
        "- a\n",
        "a,",
        "...\n",
        "? a\n",
        "%YAML 1.2\n",
        "|\n",
        "- >\n\n",
        "\\",
        "\u{85}",
        "\u{2028}",
        "\u{0}",
        "\u{7f}",
        "@",
        "`",
    ];
    for token in tokens {
        survive(&fill(token, MEGABYTE / 8));
    }
}

#[test]
fn findings_are_limited() {
    let told = told(&fill("a: *b\n", MEGABYTE / 4));
    assert_eq!(told.len(), 1001);
    assert_eq!(told[1000].split_once(' ').unwrap().0, "HZ0007");
    assert!(told[1000].ends_with("the text has more than 1000 findings; the others are not told"));
}

#[test]
fn alias_bomb() {
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..40 {
        let below = format!("*a{}", level - 1);
        bomb += &format!(
            "a{level}: &a{level} [{}]\n",
            [below.as_str(); 10].join(", ")
        );
    }
    assert_eq!(
        told(bomb.as_bytes()),
        [
            "HZ0007 6:45 with its aliases written out the document has more than 1000000 keys and values; \
          that is the limit"
        ]
    );
    // A document after it has its own account.
    let (tree, _) = survive(format!("{bomb}---\na: &a 1\nb: *a\n").as_bytes());
    assert_eq!(
        tree.documents().nth(1).unwrap().root().to_json(),
        serde_json::json!({"a": 1, "b": 1})
    );
}

#[test]
fn a_chain_of_aliases_is_as_deep_as_what_it_names() {
    let mut chain = "a0: &a0 []\n".to_owned();
    for level in 1..200 {
        chain += &format!("a{level}: &a{level} [*a{}]\n", level - 1);
    }
    let told = told(chain.as_bytes());
    assert_eq!(told[0], format!("HZ0007 64:12 {DEEP}"));
    let self_reference = survive(b"&a [*a, {b: *a}]");
    assert_eq!(
        self_reference
            .1
            .iter()
            .map(|f| f.code.as_str())
            .collect::<Vec<_>>(),
        ["HZ0003", "HZ0003"]
    );
}

#[test]
fn long_keys() {
    let key = "k".repeat(MEGABYTE);
    for text in [
        format!("{key}: 1\n"),
        format!("\"{key}\": 1\n"),
        format!("{{{key}: 1}}"),
        format!("? {key}\n: 1\n"),
    ] {
        let told = told(text.as_bytes());
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].starts_with("HZ0007 1:"), "{told:?}");
        assert!(told[0].contains("the key has 10485"), "{told:?}");
        assert!(
            told[0].ends_with("bytes; at most 1024 are allowed"),
            "{told:?}"
        );
    }
    for (length, most) in [(1024, 0), (1025, 1)] {
        for text in [
            format!("{}: 1\n", "k".repeat(length)),
            format!("? {}\n", "k".repeat(length)),
        ] {
            assert_eq!(survive(text.as_bytes()).1.len(), most, "{length}");
        }
    }
}

#[test]
fn long_values_are_no_matter() {
    let value = "v".repeat(MEGABYTE);
    for text in [
        format!("a: {value}\n"),
        format!("a: '{value}'\n"),
        format!("a: |\n  {value}\n"),
        format!("a: >\n{}", "  word\n".repeat(100_000)),
        format!("a: \"{}\"\n", "\\n".repeat(100_000)),
        format!("a: {value} # {value}\n"),
    ] {
        let (tree, findings) = survive(text.as_bytes());
        assert_eq!(findings, []);
        assert!(
            tree.documents()
                .next()
                .unwrap()
                .root()
                .get("a")
                .unwrap()
                .scalar()
                .unwrap()
                .text
                .len()
                >= 100_000
        );
    }
}

#[test]
fn bytes_that_are_no_text() {
    assert_eq!(
        told(b"a: 1\nb: caf\xe9\n"),
        ["HZ0008 2:7 the text is not UTF-8: byte 11 is 0xE9; only UTF-8 is read"]
    );
    assert_eq!(told(b"\xff\xfea\0:\0").len(), 1);
    assert!(survive(b"\xff\xfea\0:\0").1[0].help[0].contains("UTF-16"));
    assert_eq!(told(b"a: \xed\xa0\x80").len(), 1, "a surrogate");
    assert_eq!(told(b"a: \xf0\x9f\x98").len(), 1, "cut in a character");
    assert_eq!(
        told(b"a: 1\nb: \0\n"),
        ["HZ0008 2:4 byte 8 is NUL, which no YAML text may hold"]
    );
    assert_eq!(told(&vec![0; 10 * MEGABYTE]).len(), 1);
    assert_eq!(told(&vec![0xFF; 10 * MEGABYTE]).len(), 1);
}

#[test]
fn too_many_bytes() {
    let limits = Limits {
        bytes: 10,
        ..Limits::default()
    };
    let (tree, findings) = survive_within(b"a: 12345678", &limits);
    assert_eq!(
        findings[0].message,
        "the text has more than 10 bytes; that is the limit"
    );
    assert_eq!(tree.documents().len(), 0);
    assert_eq!(survive_within(b"a: 1234567", &limits).1, []);
}

#[test]
fn too_many_nodes() {
    let limits = Limits {
        nodes: 5,
        ..Limits::default()
    };
    let (tree, findings) = survive_within(b"[1, 2, 3, 4, 5, 6]\n---\n1", &limits);
    assert_eq!(
        findings[0].message,
        "the text has more than 5 keys and values; that is the limit"
    );
    let document = tree.documents().next().unwrap();
    assert!(document.is_cut());
    assert_eq!(document.root().to_json(), serde_json::json!([1, 2, 3, 4]));
    assert_eq!(survive_within(b"[1, 2, 3, 4]", &limits).1, []);
}

#[test]
fn two_hundred_thousand_documents() {
    let (tree, findings) = survive("a: 1\n---\n".repeat(200_000).as_bytes());
    assert_eq!(findings, []);
    assert!(tree.documents().len() >= 200_000);
    // Broken ones: each is reported up to the limit, and reading goes on.
    let (tree, findings) = survive("a: [\n---\n".repeat(5_000).as_bytes());
    assert_eq!(findings.len(), 1001);
    assert!(tree.documents().len() >= 5_000);
}

#[test]
fn a_map_of_many_keys() {
    let text: String = (0..100_000).map(|n| format!("k{n}: 1\n")).collect();
    let (tree, findings) = survive(format!("{text}k50000: 2\n").as_bytes());
    assert_eq!(findings.len(), 1);
    assert_eq!(
        tree.documents().next().unwrap().root().entries().count(),
        100_000
    );
}

#[test]
fn unterminated_quotes() {
    assert_eq!(
        told(b"a: 'x\nb: 1\n"),
        ["HZ0001 1:4 the quote that opens here is never closed"]
    );
    assert_eq!(
        told(b"a: \"x\nb: 1\n"),
        ["HZ0001 1:4 the quote that opens here is never closed"]
    );
    assert_eq!(
        told(b"a: \"x\n---\nb: 1\n"),
        ["HZ0001 1:4 the quote that opens here is not closed before the document ends"]
    );
    let open = format!("a: 'x\n{}", "  y\n".repeat(MEGABYTE / 4));
    assert_eq!(told(open.as_bytes()).len(), 1);
}

/// Many findings in one line of many bytes: places must not be counted from the line's start each time.
#[test]
fn many_findings_in_one_long_line() {
    let text = format!("[{}]", "é, *x, ".repeat(MEGABYTE / 8));
    assert_eq!(told(text.as_bytes()).len(), 1001);
}
