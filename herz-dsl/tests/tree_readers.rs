//! Two readers, one tree: what the fast reader reads is what the full parser builds, and what it
//! does not understand, or what has a finding, it declines.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::format_collect
)]

use herz_dsl::source::SourceId;
use herz_dsl::tree::{self, Limits};
use proptest::prelude::*;

/// Whether the fast reader reads a text; where it does, the trees are the same.
fn is_read(text: &str) -> bool {
    is_read_within(text.as_bytes(), &Limits::default())
}

fn is_read_within(bytes: &[u8], limits: &Limits) -> bool {
    let shown = || String::from_utf8_lossy(&bytes[..bytes.len().min(400)]).into_owned();
    let Some(fast) = tree::parse_fast(SourceId(3), bytes, limits) else {
        return false;
    };
    let (full, findings) = tree::parse_full(SourceId(3), bytes, limits);
    assert_eq!(findings, [], "{}", shown());
    assert_eq!(fast, full, "{}", shown());
    true
}

#[test]
fn what_manifests_are_written_in_is_read() {
    for text in [
        "",
        "\n\n",
        "# only\n  # comments",
        "---\n",
        "---",
        "--- # a\n\n# b\n---\n",
        "a: b",
        "a: b\n---\na: c\n---\n",
        "---\n---\n- a\n",
        "  a: b\n  c: d\n",
        "a:\n",
        "a:",
        "a:   # nothing\nb:\n\n\nc: d\n",
        "a:\n  b:\nc:\n",
        "a:\n- b\n- c\nd: e\n",
        "a:\n  - b\n  -   c: d\n      e: f\n  - - g\n    - h\n",
        "- - - a\n    - b\n- c: d\n  e:\n  - f\n",
        "-\n  a: b\n-\n  - c\n- # x\n  d\n",
        "a: [ ]\nb: {}\nc: [a, 'b', \"c\", [d], {e: f}, -1, 1.5, ~]\nd: {\"a\":b, 'c':\"d\", e: [], f: {}}\n",
        "a: [b, c]   # behind\n",
        "a: 'it''s'\nb: \"x \\\" \\\\ \\n \\t \\/\"\n\"c d\": e\n'f': g\n",
        "a: \"\\\\\"\nb: ''\nc: \"\"\n",
        "a:\n  b c\nd:\n  \"e\"\nf:\n  [g]\nh:\n  \"i\": j\n",
        "a: b#c d:e f\nurl: http://x.y/z?q=#1 # no\n",
        "ä: ö 日本 😀\nkey with spaces: v\n",
        "a: |\n  b\n\n   c\n  # d\ne: |-\n   f\n   g\nh: |+\n  i\n\n\n# j\nk: l\n",
        "- |\n a\n- |-\n  b\n",
        "a: |\n  b\n    \n  \n---\nc: d\n",
        "a:\n  b: |\n    c\nd: e\n",
        "a: 1e3\nb: 1.5\nc: true\nd: null\ne: ~\nf: 0x1f\ng: .5\nh: -x\ni: yes\n",
        "a: <none>\nb: =x\nc: $(d)\ne: ^f$\ng: (h)\n",
    ] {
        assert!(is_read(text), "declined: {text:?}");
    }
}

#[test]
fn what_is_beyond_it_or_has_a_finding_is_declined() {
    for text in [
        // Beyond it.
        "a:\tb\n",
        "a: b\r\n",
        "\u{feff}a: b\n",
        "a: b\u{85}c: d\n",
        "a: b\u{2028}c\n",
        "a: b\u{a0}\n",
        "a: &x b\n",
        "a: *x\n",
        "a: !!str b\n",
        "&a b: c\n",
        "? a\n: b\n",
        "%YAML 1.2\n---\na: b\n",
        "a: b\n...\n",
        "--- a\n",
        "--- |\n a\n",
        "a\n",
        "\"a\"\n",
        "[a]\n",
        "{a: b}\n",
        "a: b\n  c\n",
        "a:\n  b\n  c\n",
        "- a\n b\n",
        "a: 'b\n  c'\n",
        "a: \"b\n  c\"\n",
        "a: \"b\\\n  c\"\n",
        "a: \"\\x41\"\n",
        "a: [b,\n  c]\n",
        "a: {b,\n  c: d}\n",
        "a: [b: c]\n",
        "a: {b}\n",
        "a: {b: , c: d}\n",
        "a: [b,]\n",
        "a: >\n  b\n",
        "a: |2\n   b\n",
        "a: | # c\n  b\n",
        "a: |\n\n  b\n",
        "a: |\n  b",
        "a: |\nb: c\n",
        "-\n- a\n",
        "a :\n  b\n",
        "a: - b\n",
        // Wrong.
        "a: b: c\n",
        "a: b\nc\n",
        "a: b\n c: d\n",
        "  a: b\n c: d\n",
        "a: b\n- c\n",
        "- a\nb: c\n",
        "a: \"b\" c\n",
        "a: 'b'# c\n",
        "a: [b]c\n",
        "a: [b\n",
        "a: [b}\n",
        "a: [b c: d]\n",
        "a: {b: c: d}\n",
        "a: {b:c}\n",
        "a: @b\n",
        "a: `b`\n",
        "a: %b\n",
        "a: ]b\n",
        "a: ,b\n",
        "a: \"\\q\"\n",
        "a: b\n\u{0}",
        "a: b\u{7}\n",
        // Told.
        "a: b\na: c\n",
        "a: {b: c, 'b': d}\n",
        "'a': b\n\"a\": c\n",
        "a: 017\n",
        "a: 1_000\n",
        "a: 12:30:45\n",
        "a: 0b1\n",
        "a: [12:30]\n",
        "1: a\n",
        "true: a\n",
        "~: a\n",
        "null: a\n",
        "1.5: a\n",
        "<<: a\n",
        "a: {1: b}\n",
    ] {
        assert!(!is_read(text), "read: {text:?}");
    }
    assert!(!is_read_within(b"a: \xff\n", &Limits::default()));
}

/// As many levels, nodes and bytes as limits allow are read alike; one more is left to the full parser.
#[test]
fn limits_are_the_same() {
    let nested = |levels: usize| {
        let line = |level: usize| format!("{}a:\n", " ".repeat(level));
        (0..levels).map(line).collect::<String>()
    };
    let lists = |levels: usize| format!("{}a\n", "- ".repeat(levels));
    let flow = |levels: usize| format!("a: {}{}\n", "[".repeat(levels), "]".repeat(levels));
    let depth = Limits::default().depth;
    for levels in 1..=depth {
        assert!(is_read(&nested(levels)) && is_read(&lists(levels)));
    }
    assert!(is_read(&flow(depth - 1)));
    assert!(!is_read(&nested(depth + 1)) && !is_read(&lists(depth + 1)));
    assert!(!is_read(&flow(depth)));
    for length in [1000, 1023, 1024, 1025, 1040, 1041, 100_000] {
        let key = "k".repeat(length);
        assert_eq!(is_read(&format!("{key}: v\n")), length <= 1024);
        assert!(!is_read(&format!("\"{key}\": v\n")) || length <= 1022);
        assert!(is_read(&format!(
            "a: {key}\nb: \"{key}\"\nc: [{key}, '{key}']\nd:\n  {key}\n"
        )));
        assert!(is_read(&format!("a: [{}x]\n", "x, ".repeat(length))));
    }
    let limits = Limits {
        nodes: 10,
        ..Limits::default()
    };
    for entries in 0..8 {
        let text: String = (0..entries).map(|n| format!("k{n}: v\n")).collect();
        assert_eq!(is_read_within(text.as_bytes(), &limits), entries * 2 < 10);
    }
    let limits = Limits {
        bytes: 5,
        ..Limits::default()
    };
    assert!(is_read_within(b"a: b\n", &limits) && !is_read_within(b"a: bc\n", &limits));
}

/// Many keys are compared by another way than few.
#[test]
fn one_key_twice_among_many_is_declined() {
    for count in [2, 11, 12, 13, 14, 1000] {
        let text: String = (0..count).map(|n| format!("k{n}: v\n")).collect();
        assert!(is_read(&text));
        assert!(!is_read(&format!("{text}k{}: v\n", count / 2)));
    }
}

/// Lines of all kinds, in any order and at any column: mostly wrong, which must be noticed.
fn lines() -> impl Strategy<Value = String> {
    let line = (
        prop::sample::select(vec![0, 0, 0, 1, 2, 2, 2, 3, 4, 4, 6, 8]),
        prop::sample::select(vec![
            "a:",
            "b:",
            "c: d",
            "e: f # g",
            "- h",
            "- i: j",
            "-",
            "- - k",
            "# l",
            "",
            "m: [n, o]",
            "p: {q: r}",
            "\"s\": 't'",
            "u: |",
            "- |-",
            "v: |+",
            "text",
            "\"w\"",
            "---",
            "--- # x",
            "- # y",
            "z: \"\\\"\"",
            "- a: |",
            "aa: 1",
            "bb: {}",
            "- []",
            "cc:  ",
            "dd :",
            "ee: ff: gg",
            "...",
            "hh: >-",
            "- {ii: jj, kk: [ll]}",
            "mm: http://nn",
            "'oo': pp",
            "qq: 'rr' # ss",
            "tt: ~",
        ]),
    );
    prop::collection::vec(line, 0..9).prop_map(|lines| {
        let line = |(indent, text): &(usize, &str)| format!("{}{text}\n", " ".repeat(*indent));
        lines.iter().map(line).collect()
    })
}

/// Lines of a map, below each other: mostly right.
fn manifest() -> impl Strategy<Value = String> {
    let text = "[a-z0-9 :#'\",{}\\[\\]äß.\\\\/|>*&!%@`?~<=-]{0,9}";
    let scalar = prop_oneof![
        text.prop_map(|text| text.clone()),
        text.prop_map(|text| format!("'{}'", text.replace('\'', "''"))),
        text.prop_map(|text| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))),
        prop::sample::select(vec!["", "10ms", "1", "true", "~", "-1", "1e3", "a b", "v1"])
            .prop_map(str::to_owned),
    ];
    let flow = scalar.clone().prop_recursive(3, 8, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3)
                .prop_map(|items| format!("[{}]", items.join(", "))),
            prop::collection::vec(("[a-c]{1,2}", inner), 0..3).prop_map(|entries| {
                let entry = |(key, value): &(String, String)| format!("{key}: {value}");
                let entries: Vec<String> = entries.iter().map(entry).collect();
                format!("{{ {} }}", entries.join(" ,"))
            }),
        ]
    });
    let ends = prop::sample::select(vec!["", "", "", "", " ", " # c", "\n", "\n  # c", "\n# d"]);
    let leaf = (flow, ends).prop_map(|(value, end)| format!(" {value}{end}\n"));
    let literal = (
        prop::sample::select(vec!["", "-", "+"]),
        prop::collection::vec("[a-z #:-]{0,6}", 1..4),
        0..3_usize,
    )
        .prop_map(|(chomp, lines, blank)| {
            // A mark for where the indentation goes.
            let line = |line: &String| format!("\u{1}  {line}\n");
            let lines: String = lines.iter().map(line).collect();
            format!(" |{chomp}\n{lines}{}", "\n".repeat(blank))
        });
    let node = prop_oneof![8 => leaf, 1 => literal];
    let indented = |text: &str, by: &str| text.replace('\u{1}', &format!("\u{1}{by}"));
    let tree = node.prop_recursive(4, 24, 4, move |inner| {
        let entries = prop::collection::vec(("[a-f]{1,3}", inner.clone()), 1..5);
        let items = prop::collection::vec(inner, 1..4);
        prop_oneof![
            2 => (entries, 1..4_usize).prop_map(move |(entries, by)| {
                let entry = |(key, value): &(String, String)| {
                    format!("\u{1}{}{key}:{}", " ".repeat(by), indented(value, &" ".repeat(by)))
                };
                format!("\n{}", entries.iter().map(entry).collect::<String>())
            }),
            1 => (items, 0..3_usize).prop_map(move |(items, by)| {
                let item = |value: &String| {
                    format!("\u{1}{}-{}", " ".repeat(by), indented(value, &" ".repeat(by)))
                };
                format!("\n{}", items.iter().map(item).collect::<String>())
            }),
        ]
    });
    prop::collection::vec((tree, any::<bool>()), 1..3).prop_map(|documents| {
        let document = |(text, compact): &(String, bool)| {
            let text = text.replace('\u{1}', "");
            // `-` and a map below it are one line as people write them.
            if *compact {
                text.replace("-\n ", "- ")
            } else {
                text
            }
        };
        documents
            .iter()
            .map(document)
            .collect::<Vec<_>>()
            .join("---")
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(
        std::env::var("HERZ_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(1500),
    ) })]

    #[test]
    fn any_lines(text in lines()) {
        is_read(&text);
    }

    #[test]
    fn any_manifest(text in manifest()) {
        is_read(&text);
    }

    #[test]
    fn any_limits(text in manifest(), nodes in 1..20_usize, depth in 1..6_usize, key in 1..4_usize) {
        is_read_within(text.as_bytes(), &Limits { nodes, depth, key, ..Limits::default() });
    }
}

/// The properties above are about texts of which enough are read.
#[test]
fn enough_is_read() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let mut share = |strategy: &dyn Fn(&mut TestRunner) -> String| {
        (0..400).filter(|_| is_read(&strategy(&mut runner))).count()
    };
    let read = share(&|runner| lines().new_tree(runner).unwrap().current());
    assert!(read > 40, "{read} of 400 texts of lines");
    let read = share(&|runner| manifest().new_tree(runner).unwrap().current());
    assert!(read > 80, "{read} of 400 manifests");
}
