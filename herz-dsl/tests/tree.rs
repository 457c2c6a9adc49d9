//! The tree: what is read, where it stands, and what is refused.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::format_collect
)]

use herz_dsl::diagnostic::Diagnostic;
use herz_dsl::source::{Source, SourceId};
use herz_dsl::tree::{self, Kind, Limits, Node, Resolved, Tree};
use serde_json::{Value, json};

fn parse(text: &str) -> (Tree, Vec<Diagnostic>) {
    tree::parse(SourceId(0), text.as_bytes(), &Limits::default())
}

/// A text without findings, as JSON documents.
fn documents(text: &str) -> Vec<Value> {
    let (tree, findings) = parse(text);
    assert_eq!(findings, [], "{text}");
    tree.documents()
        .map(|document| document.root().to_json())
        .collect()
}

/// The first document of a text without findings.
fn value(text: &str) -> Value {
    documents(text).swap_remove(0)
}

/// The findings of a text: code, line:column, what is marked, message.
fn told(text: &str) -> Vec<String> {
    let (tree, findings) = parse(text);
    let source = Source::new("x", tree.text().clone());
    let line = |finding: &Diagnostic| {
        let span = finding.span.unwrap();
        let at = source.position(span.start);
        format!(
            "{} {}:{} {:?} {}",
            finding.code,
            at.line,
            at.column,
            &text[span.range()],
            finding.message
        )
    };
    findings.iter().map(line).collect()
}

fn codes(text: &str) -> Vec<&'static str> {
    parse(text)
        .1
        .iter()
        .map(|finding| finding.code.as_str())
        .collect()
}

fn titles(finding: &Diagnostic) -> Vec<&str> {
    finding.fixes.iter().map(|fix| fix.title.as_str()).collect()
}

/// Every value of a document with the text it spans, in order.
fn spans(text: &str) -> Vec<String> {
    fn walk(node: Node<'_>, out: &mut Vec<String>) {
        out.push(node.source_text().to_owned());
        node.items().for_each(|item| walk(item, out));
        for entry in node.entries() {
            out.push(format!("key {}", entry.key.text));
            walk(entry.value, out);
        }
    }
    let (tree, findings) = parse(text);
    assert_eq!(findings, []);
    let mut out = Vec::new();
    walk(tree.documents().next().unwrap().root(), &mut out);
    out
}

#[test]
fn reads_values() {
    let text = "a: 1\nb:\n  - x # comment\n  - {k: 'it''s'}\n\nc: |\n  one\n  two\nd:\n\"e \\n\": [~, 0.5, tRue]\n";
    assert_eq!(
        value(text),
        json!({"a": 1, "b": ["x", {"k": "it's"}], "c": "one\ntwo\n", "d": null, "e \n": [null, 0.5, "tRue"]})
    );
}

#[test]
fn spans_are_what_is_written() {
    assert_eq!(
        spans(
            "a: 'x'\nb: # why\n- 1\n-\n- [ 2, {c: } ]\nd: &n |- # text\n  t\n\n  u\n\n\ne:\n\n# end\n"
        ),
        [
            "a: 'x'\nb: # why\n- 1\n-\n- [ 2, {c: } ]\nd: &n |- # text\n  t\n\n  u\n\n\ne:",
            "key a",
            "'x'",
            "key b",
            "- 1\n-\n- [ 2, {c: } ]",
            "1",
            "",
            "[ 2, {c: } ]",
            "2",
            "{c: }",
            "key c",
            "",
            "key d",
            "|- # text\n  t\n\n  u",
            "key e",
            "",
        ]
    );
    assert_eq!(
        spans("- - a-b\n  - c\n-\n  - >\n    d\n"),
        [
            "- - a-b\n  - c\n-\n  - >\n    d",
            "- a-b\n  - c",
            "a-b",
            "c",
            "- >\n    d",
            ">\n    d",
        ]
    );
    assert_eq!(
        spans("a: &x-y # - no\n- b\n"),
        ["a: &x-y # - no\n- b", "key a", "- b", "b"]
    );
}

#[test]
fn nothing_written_is_null_behind_the_colon() {
    let (tree, _) = parse("a:\nb: # c\nc: {d:}\n");
    let root = tree.documents().next().unwrap().root();
    let at = |key: &str| {
        (
            root.get(key).unwrap().span().start,
            root.get(key).unwrap().is_null(),
        )
    };
    assert_eq!(at("a"), (2, true));
    assert_eq!(at("b"), (5, true));
}

#[test]
fn places_behind_emoji_byte_order_mark_and_carriage_returns() {
    assert_eq!(
        told("\u{feff}k: \"😀\"\r\né😀: *x\r\n"),
        ["HZ0003 2:5 \"*x\" the alias `*x` names no anchor that stands before it in this document"]
    );
    assert_eq!(
        told("\u{feff}é: *x"),
        ["HZ0003 1:4 \"*x\" the alias `*x` names no anchor that stands before it in this document"]
    );
    assert_eq!(
        documents("\u{feff}a: 1\r\nb: 2\r\n---\r\nc\r\n"),
        [json!({"a": 1, "b": 2}), json!("c")]
    );
    assert_eq!(value("a: |\r\n  x\r\n  y\r\n"), json!({"a": "x\ny\n"}));
}

#[test]
fn documents_are_counted() {
    assert_eq!(documents(""), Vec::<Value>::new());
    assert_eq!(documents("# only a comment\n"), Vec::<Value>::new());
    assert_eq!(documents("---\n"), [Value::Null]);
    assert_eq!(
        documents("a\n---\n---\nb\n...\n# c\n"),
        [json!("a"), Value::Null, json!("b")]
    );
    assert_eq!(documents("%YAML 1.2\n---\na\n"), [json!("a")]);
    let (tree, findings) = parse("a: 1\n---\nb: 1\nb: 2\n---\nc: *x\n");
    assert_eq!(
        tree.documents()
            .map(|document| document.index())
            .collect::<Vec<_>>(),
        [0, 1, 2]
    );
    assert_eq!(
        findings
            .iter()
            .map(|finding| finding.document)
            .collect::<Vec<_>>(),
        [1, 2]
    );
}

#[test]
fn the_core_schema_decides_about_plain_texts_only() {
    let null = ["~", "null", "Null", "NULL", ""];
    let text = [
        "nULL", "nil", "yes", "No", "on", "y", "tRUE", "1.2.3", "0x", "0o8", "1e", ".", "-", "+",
        "e5", "--1",
    ];
    for plain in null {
        assert_eq!(value(&format!("a: {plain}")), json!({"a": null}), "{plain}");
    }
    for plain in text.iter().filter(|plain| **plain != "-") {
        assert_eq!(
            value(&format!("a: {plain}")),
            json!({"a": plain}),
            "{plain}"
        );
    }
    for (plain, number) in [
        ("0", json!(0)),
        ("-0", json!(0)),
        ("+12", json!(12)),
        ("-12", json!(-12)),
        ("0x1F", json!(31)),
        ("0o17", json!(15)),
        ("9223372036854775807", json!(i64::MAX)),
        ("18446744073709551615", json!(u64::MAX)),
        ("1.5", json!(1.5)),
        ("-.5e1", json!(-5.0)),
        ("1.", json!(1.0)),
        ("1e3", json!(1000.0)),
        ("01.5", json!(1.5)),
        ("100000000000000000000", json!(1e20)),
        ("0x10000000000000000", json!(18_446_744_073_709_551_616.0)),
        (".inf", json!(".inf")),
        (".NaN", json!(".NaN")),
    ] {
        assert_eq!(
            value(&format!("a: {plain}")),
            json!({"a": number}),
            "{plain}"
        );
        let quoted = format!("a: '{plain}'");
        assert_eq!(value(&quoted), json!({"a": plain}), "{plain}");
    }
    let (tree, _) = parse("[-.inf, .nan]");
    let kinds: Vec<Resolved> = tree
        .documents()
        .next()
        .unwrap()
        .root()
        .items()
        .map(Node::resolved)
        .collect();
    assert_eq!(kinds[0], Resolved::Float(f64::NEG_INFINITY));
    assert!(matches!(kinds[1], Resolved::Float(nan) if nan.is_nan()));
}

#[test]
fn type_names() {
    let (tree, _) = parse("[5, -0.5, ~, true, abc, \"5\", [], {}]");
    let names: Vec<String> = tree
        .documents()
        .next()
        .unwrap()
        .root()
        .items()
        .map(Node::type_name)
        .collect();
    assert_eq!(
        names,
        [
            "the number 5",
            "the number -0.5",
            "null",
            "true",
            "the text \"abc\"",
            "the text \"5\"",
            "a list",
            "a map"
        ]
    );
}

#[test]
fn aliases_are_followed_and_both_places_kept() {
    let text = "a: &x {q: [1]}\nb: *x\nc: &y [*x]\nd: *y\nx: &x 2\ne: *x\n";
    let (tree, findings) = parse(text);
    assert_eq!(findings, []);
    let root = tree.documents().next().unwrap().root();
    assert_eq!(root.get("a").unwrap().alias(), None);
    let one = root
        .get("b")
        .unwrap()
        .get("q")
        .unwrap()
        .items()
        .next()
        .unwrap();
    assert_eq!(one.source_text(), "1");
    assert_eq!(&text[one.alias().unwrap().range()], "*x");
    assert_eq!(one.alias().unwrap().start, 18);
    // Through an alias within an alias: the outermost use.
    let inner = root.get("d").unwrap().items().next().unwrap();
    assert_eq!(&text[inner.alias().unwrap().range()], "*y");
    assert_eq!(&text[inner.place().range()], "*y");
    assert_eq!(inner.id(), root.get("a").unwrap().id());
    // The nearest anchor of that name counts.
    assert_eq!(root.get("e").unwrap().to_json(), json!(2));
}

#[test]
fn anchors_end_with_their_document() {
    assert_eq!(codes("a: &x 1\n---\nb: *x\n"), ["HZ0003"]);
}

#[test]
fn unknown_aliases() {
    let (tree, findings) = parse("a: &base 1\nb: *bsae\nc: [*zzz]\n");
    assert_eq!(findings[0].help, ["did you mean `*base`?"]);
    assert_eq!(findings[0].fixes[0].edits[0].text, "*base");
    assert_eq!(findings[1].fixes, []);
    let root = tree.documents().next().unwrap().root();
    assert!(root.get("b").unwrap().is_broken());
    assert!(root.get("b").unwrap().is_null());
    assert_eq!(root.get("b").unwrap().source_text(), "*bsae");
    assert_eq!(root.get("c").unwrap().to_json(), json!([null]));
}

#[test]
fn duplicate_keys_name_both_places() {
    let text = "a: 1\nb: {x: 1, 'x': 2}\n\"a\": 2\na: 3\n";
    let (tree, findings) = parse(text);
    let places: Vec<_> = findings
        .iter()
        .map(|finding| {
            (
                &text[finding.span.unwrap().range()],
                finding.related[0].span.start,
                finding.span.unwrap().start,
            )
        })
        .collect();
    assert_eq!(places, [("'x'", 9, 15), ("\"a\"", 0, 23), ("a", 0, 30)]);
    assert_eq!(
        tree.documents().next().unwrap().root().to_json(),
        json!({"a": 1, "b": {"x": 1}})
    );
    // Big maps are checked in another way, with the same result.
    let big: String = (0..50).map(|n| format!("k{n}: {n}\n")).collect();
    let (tree, findings) = parse(&format!("{big}k7: x\nk7: y\n"));
    let first = u32::try_from(big.find("k7:").unwrap()).unwrap();
    assert_eq!(
        findings
            .iter()
            .map(|finding| finding.related[0].span.start)
            .collect::<Vec<_>>(),
        [first, first]
    );
    assert_eq!(
        tree.documents()
            .next()
            .unwrap()
            .root()
            .get("k7")
            .unwrap()
            .to_json(),
        json!(7)
    );
}

#[test]
fn merge_keys() {
    let (tree, findings) =
        parse("a: &x {q: 1, w: 2}\nb:\n  <<: *x\n  z: 1\nc: {<<: [*x, {v: 1}]}\nd: {\"<<\": 1}\n");
    assert_eq!(
        findings
            .iter()
            .map(|finding| finding.code.as_str())
            .collect::<Vec<_>>(),
        ["HZ0004", "HZ0004"]
    );
    assert_eq!(findings[0].help, ["write its entries out here: `q`, `w`"]);
    assert_eq!(
        findings[1].help,
        ["write its entries out here: `q`, `w`, `v`"]
    );
    let root = tree.documents().next().unwrap().root().to_json();
    assert_eq!(root["b"], json!({"z": 1}));
    assert_eq!(root["d"], json!({"<<": 1}));
}

#[test]
fn tags() {
    let text = "a: !!str 5\nb: !x {c: 1}\nc: ! y\nd: !!int\ne: &k !!map {}\n";
    let (tree, findings) = parse(text);
    let marked: Vec<&str> = findings
        .iter()
        .map(|finding| &text[finding.span.unwrap().range()])
        .collect();
    assert_eq!(marked, ["!!str", "!x", "!", "!!int", "!!map"]);
    assert_eq!(findings[0].help, ["quote the value to make it a text"]);
    assert_eq!(&text[findings[1].fixes[0].edits[0].span.range()], "!x ");
    let root = tree.documents().next().unwrap().root();
    assert_eq!(
        root.to_json(),
        json!({"a": 5, "b": {"c": 1}, "c": "y", "d": null, "e": {}})
    );
}

#[test]
fn keys_that_are_no_texts() {
    assert_eq!(
        told("[x]: 1\n? {a: 1}\n: 2\n~: 3\n: 4\n1.5: 5\n0x10: 6\nTrue: 7\n&k a: 1\n*k : 2\n"),
        [
            "HZ0006 1:1 \"[x]\" the key is a list; keys are texts",
            "HZ0006 2:3 \"{a: 1}\" the key is a map; keys are texts",
            "HZ0006 4:1 \"~\" the key is null; keys are texts",
            "HZ0006 5:1 \"\" the key is missing; keys are texts",
            "HZ0006 6:1 \"1.5\" the key is the number 1.5; keys are texts",
            "HZ0006 7:1 \"0x10\" the key is the number 0x10; keys are texts",
            "HZ0006 8:1 \"True\" the key is true; keys are texts",
            "HZ0006 10:1 \"*k\" an alias stands where a key should be; keys are texts",
        ]
    );
    // What everyone reads as the same text is one, with a warning.
    let (tree, findings) = parse("80: x\ntrue: y\n-1: z\n");
    assert!(
        findings
            .iter()
            .all(|finding| finding.level == herz_dsl::diagnostic::Level::Warning)
    );
    assert_eq!(titles(&findings[0]), ["write \"80\""]);
    assert_eq!(findings.len(), 3);
    let root = tree.documents().next().unwrap().root();
    assert_eq!(root.to_json(), json!({"80": "x", "true": "y", "-1": "z"}));
    assert_eq!(
        value("? a\n: 1\n? |\n  b\n: 2\n"),
        json!({"a": 1, "b\n": 2})
    );
}

#[test]
fn ambiguous_values() {
    let fixes = |text: &str| {
        let (_, findings) = parse(text);
        assert_eq!(findings.len(), 1, "{text}");
        assert_eq!(findings[0].code.as_str(), "HZ0009");
        findings[0]
            .fixes
            .iter()
            .map(|fix| fix.edits[0].text.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(fixes("a: 017"), ["17", "0o17", "\"017\""]);
    assert_eq!(fixes("a: -017"), ["-17", "\"-017\""]);
    assert_eq!(fixes("a: 08"), ["8", "\"08\""]);
    assert_eq!(fixes("a: 00"), ["0", "\"00\""]);
    assert_eq!(fixes("[1_000]"), ["1000", "\"1_000\""]);
    assert_eq!(fixes("a: 1_0.5"), ["10.5", "\"1_0.5\""]);
    assert_eq!(fixes("a: 0x1_F"), ["0x1F", "\"0x1_F\""]);
    assert_eq!(fixes("a: 12:30:45"), ["\"12:30:45\""]);
    assert_eq!(fixes("a: 190:20:30.15"), ["\"190:20:30.15\""]);
    assert_eq!(fixes("a: 0b101"), ["5", "\"0b101\""]);
    assert_eq!(fixes("017: a"), ["17", "0o17", "\"017\""]);
    let (_, findings) = parse("a: 017");
    assert_eq!(
        titles(&findings[0])[1],
        "write `0o17` if it is octal, which is 15"
    );
    for clear in [
        "'017'",
        "0",
        "0.5",
        "10",
        "2024-01-01",
        "1.2.3",
        "10.0.0.1:80",
        "::1",
        "12:60",
        "1:2:99",
        "0o17",
        "0b2",
        "_1",
        "1_a",
        "v1_0",
        "a:1",
    ] {
        let text = format!("{{a: {clear}}}");
        assert_eq!(codes(&text), Vec::<&str>::new(), "{clear}");
    }
}

#[test]
fn syntax_errors_leave_what_came_before() {
    let (tree, findings) = parse("a: 1\nb:\n  c: [1, 2\nd: 3\n---\ne: 1\n");
    assert_eq!(findings.len(), 1);
    let documents: Vec<_> = tree.documents().collect();
    assert_eq!(documents.len(), 2);
    assert!(documents[0].is_cut());
    assert!(!documents[1].is_cut());
    assert_eq!(documents[0].root().get("a").unwrap().to_json(), json!(1));
    assert!(
        documents[0]
            .root()
            .get("b")
            .unwrap()
            .get("c")
            .unwrap()
            .is_list()
    );
    assert_eq!(documents[1].root().to_json(), json!({"e": 1}));
    // A key whose value was cut off has a value that needs no more words.
    let (tree, _) = parse("a: @\n");
    assert!(
        tree.documents()
            .next()
            .unwrap()
            .root()
            .get("a")
            .unwrap()
            .is_broken()
    );
}

#[test]
fn syntax_errors_in_plain_words() {
    for (text, said) in [
        (
            "a:\n\t- x\n",
            r#"2:1 "\t" a tab stands where YAML allows spaces only"#,
        ),
        (
            "a:\n  b: 1\n c: 2\n",
            r#"3:2 "c" a key should stand here, at the column of the keys before it"#,
        ),
        ("a: b: c\n", r#"1:5 ":" a key with `:` can't stand here"#),
        ("a: ]\n", r#"1:4 "]" this bracket closes nothing"#),
        (
            "- [}\n",
            r#"1:3 "[" the `[` that opens here is closed by `}`"#,
        ),
        (
            "- a\nb: 1\n",
            r#"2:1 "b" a list item `- …` should stand here, at the column of the items before it"#,
        ),
        ("a: @x\n", r#"1:4 "@" a plain text can't begin with `@`"#),
        ("a: - b\n", r#"1:4 "-" a list item `- …` can't stand here"#),
        (
            "a: \"\\q\"\n",
            r#"1:4 "\"" the quoted text has an escape that YAML does not know"#,
        ),
        (
            "a: 'b' c\n",
            r#"1:8 "c" something follows the closing quote"#,
        ),
        (
            "a: {b: 1\n",
            r#"1:4 "{" the `{` that opens here is never closed"#,
        ),
        ("a: 1\nb\n", r#"2:1 "b" `: ` should follow this key"#),
        (
            "a: |\n\tx\n",
            r#"1:4 "|" a tab stands where YAML allows spaces only"#,
        ),
        (
            "a: | x\n",
            r#"1:4 "|" the text of a block can't begin beside `|` or `>`"#,
        ),
        (
            "a: \u{1b}\n",
            r#"1:4 "\u{1b}" the character `\u{1b}` can't stand here"#,
        ),
        ("%YAML 2.0\n---\na\n", r#"1:1 "%" only YAML 1.x is read"#),
    ] {
        assert_eq!(told(text), [format!("HZ0001 {said}")], "{text}");
    }
}

#[test]
fn comments_are_kept() {
    let text = "# one\na: 1 # two\n\n# three\n";
    let (tree, _) = parse(text);
    let comments: Vec<&str> = tree
        .comments()
        .iter()
        .map(|span| &text[span.range()])
        .collect();
    assert_eq!(comments, ["# one", "# two", "# three"]);
    let many = "# c\n".repeat(1000);
    assert_eq!(codes(&format!("a:\n{many}- b\n")), Vec::<&str>::new());
}

#[test]
fn lookups() {
    let (tree, _) = parse("a: {b: [x, y]}\n");
    let root = tree.documents().next().unwrap().root();
    assert!(root.get("z").is_none());
    let list = root.get("a").and_then(|a| a.get("b")).unwrap();
    assert!(list.get("b").is_none());
    assert_eq!(list.items().len(), 2);
    assert_eq!(list.items().nth(1).unwrap().text(), Some("y"));
    assert_eq!(root.entry("a").unwrap().key.span.range(), 0..1);
    assert!(matches!(list.kind(), Kind::List(_)));
    assert_eq!(list.entries().count(), 0);
    assert_eq!(root.items().count(), 0);
}
