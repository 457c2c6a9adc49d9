//! Findings as text, JSON and workflow commands.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

use herz_dsl::diagnostic::render::{self, JsonReport, Summary, TextOptions, Texts};
use herz_dsl::diagnostic::{Diagnostic, Edit, Fix, codes};
use herz_dsl::source::{Source, SourceId, Sources, Span};
use herz_dsl::tree::{self, Limits};

/// A bit of everything: two places, a patch, several ways out, a warning, a syntax error.
const MANIFEST: &str = "\
kind: NetworkChaos
spec:
  action: delay
  base: &selector
    namespaces: [web]
  selector: *selecter
  mode: 017
  action: loss
  80: x
---
a: !!str 5
b: [1, 2
c: 3
";

fn findings(text: &str) -> (Source, Vec<Diagnostic>) {
    let (tree, findings) = tree::parse(SourceId(0), text.as_bytes(), &Limits::default());
    (
        Source::new("chaos/delay.yaml", tree.text().clone()),
        findings,
    )
}

fn as_text(findings: &[Diagnostic], texts: &dyn Texts) -> String {
    let mut out = String::new();
    render::text(&mut out, findings, texts, TextOptions::default()).unwrap();
    out
}

fn as_json(findings: &[Diagnostic], texts: &dyn Texts) -> String {
    let mut out = String::new();
    let mut report = JsonReport::begin(&mut out).unwrap();
    report.add(&mut out, findings, texts).unwrap();
    report
        .finish(
            &mut out,
            &Summary {
                files: 1,
                documents: 2,
                skipped: 0,
                errors: 4,
                warnings: 1,
                contract: None,
            },
        )
        .unwrap();
    out
}

fn as_github(findings: &[Diagnostic], texts: &dyn Texts) -> String {
    let mut out = String::new();
    render::github(&mut out, findings, texts).unwrap();
    out
}

#[test]
fn text_of_a_manifest() {
    let (source, findings) = findings(MANIFEST);
    insta::assert_snapshot!(as_text(&findings, &source));
}

#[test]
fn json_of_a_manifest() {
    let (source, findings) = findings(MANIFEST);
    let json: serde_json::Value = serde_json::from_str(&as_json(&findings, &source)).unwrap();
    insta::assert_snapshot!(serde_json::to_string_pretty(&json).unwrap());
}

#[test]
fn github_of_a_manifest() {
    let (source, findings) = findings(MANIFEST);
    insta::assert_snapshot!(as_github(&findings, &source));
}

#[test]
fn json_without_findings() {
    assert_eq!(
        as_json(&[], &Sources::new()),
        "{\"schemaVersion\": 1, \"diagnostics\": [], \"summary\": \
         {\"files\":1,\"documents\":2,\"skipped\":0,\"errors\":4,\"warnings\":1}}\n"
    );
}

#[test]
fn json_in_batches_is_one_document() {
    let (source, findings) = findings(MANIFEST);
    let mut out = String::new();
    let mut report = JsonReport::begin(&mut out).unwrap();
    for finding in &findings {
        report
            .add(&mut out, std::slice::from_ref(finding), &source)
            .unwrap();
    }
    report
        .finish(
            &mut out,
            &Summary {
                files: 1,
                documents: 2,
                skipped: 0,
                errors: 4,
                warnings: 1,
                contract: None,
            },
        )
        .unwrap();
    assert_eq!(out, as_json(&findings, &source));
}

#[test]
fn colour_changes_nothing_but_colour() {
    let (source, findings) = findings(MANIFEST);
    let mut coloured = String::new();
    render::text(
        &mut coloured,
        &findings,
        &source,
        TextOptions {
            color: true,
            ..TextOptions::default()
        },
    )
    .unwrap();
    assert!(coloured.contains("\u{1b}["));
    let mut plain = String::new();
    let mut rest = coloured.as_str();
    while let Some((before, escape)) = rest.split_once('\u{1b}') {
        plain.push_str(before);
        rest = escape.split_once('m').unwrap().1;
    }
    plain.push_str(rest);
    assert_eq!(plain, as_text(&findings, &source));
}

#[test]
fn path_help_and_places_in_other_sources() {
    let mut sources = Sources::new();
    let first = sources.add("a.yaml", "kind: A\nfields: []\n");
    let second = sources.add("b.yaml", "x: 1\nkind: A\n");
    let finding = Diagnostic::error(
        codes::DUPLICATE_KEY,
        Span::new(second, 11, 12),
        "the kind `A` is there twice",
    )
    .path("spec.templates[1].kind")
    .label("again here")
    .related(Span::new(first, 6, 7), "first here")
    .help("kinds of one package have different names")
    .fix("rename to `B`", Span::new(second, 11, 12), "B");
    insta::assert_snapshot!(as_text(std::slice::from_ref(&finding), &sources));
    let json: serde_json::Value =
        serde_json::from_str(&as_json(std::slice::from_ref(&finding), &sources)).unwrap();
    assert_eq!(json["diagnostics"][0]["file"], "b.yaml");
    assert_eq!(json["diagnostics"][0]["related"][0]["file"], "a.yaml");
    assert_eq!(json["diagnostics"][0]["path"], "spec.templates[1].kind");
}

#[test]
fn a_fix_of_several_places() {
    let (source, _) = findings("a: 1\nb: 2\nc: 3\n");
    let edit = |start, end, text: &str| Edit {
        span: Span::new(SourceId(0), start, end),
        text: text.into(),
    };
    let mut finding = Diagnostic::warning(codes::KEY, Span::new(SourceId(0), 0, 1), "old names");
    finding.fixes.push(Fix {
        title: "rename both".into(),
        edits: vec![edit(0, 1, "x"), edit(10, 11, "z")],
    });
    insta::assert_snapshot!(as_text(&[finding], &source));
}

#[test]
fn a_finding_without_a_place() {
    let mut finding =
        Diagnostic::error(codes::LIMIT, Span::default(), "the file is too long: 100%");
    finding.span = None;
    let none = Sources::new();
    insta::assert_snapshot!(as_text(std::slice::from_ref(&finding), &none));
    assert_eq!(
        as_github(std::slice::from_ref(&finding), &none),
        "::error title=HZ0007::the file is too long: 100%25\n"
    );
    let json: serde_json::Value = serde_json::from_str(&as_json(&[finding], &none)).unwrap();
    assert_eq!(json["diagnostics"][0]["file"], serde_json::Value::Null);
    assert_eq!(json["diagnostics"][0]["line"], serde_json::Value::Null);
}

#[test]
fn a_place_of_several_lines_is_marked_on_its_first() {
    let (source, _) = findings("a:\n  - 1\n  - 2\nb: 3\n");
    let finding = Diagnostic::error(codes::KEY, Span::new(SourceId(0), 5, 14), "too few items")
        .label("this list");
    insta::assert_snapshot!(as_text(std::slice::from_ref(&finding), &source));
    assert_eq!(
        as_github(&[finding], &source),
        "::error file=chaos/delay.yaml,line=2,col=3,endLine=3,title=HZ0006::too few items\n"
    );
}

#[test]
fn long_lines_are_cut_around_the_place() {
    let (source, findings) = findings(&format!(
        "{{a: [{}*x{}]}}\n",
        "é, ".repeat(100_000),
        ", y".repeat(100_000)
    ));
    let text = as_text(&findings, &source);
    insta::assert_snapshot!(text);
    assert!(text.len() < 1000);
}

#[test]
fn two_places_far_apart_are_two_pieces() {
    let (source, findings) = findings(&format!("a: 1\n{}a: 2\n", "# more\n".repeat(500)));
    insta::assert_snapshot!(as_text(&findings, &source));
}

#[test]
fn what_a_terminal_would_obey_is_shown_and_not_sent() {
    let hostile = "\u{1b}[31m\u{7}\u{9b}2J\u{202e}\r\u{7f}\u{0}";
    let mut sources = Sources::new();
    let id = sources.add(
        format!("a{hostile}.yaml"),
        format!("k: \"{hostile}\" \nx: y\n"),
    );
    let finding = Diagnostic::error(
        codes::SYNTAX,
        Span::new(id, 3, 5),
        format!("found {hostile}\n::error::x"),
    )
    .label(hostile)
    .help(format!("help {hostile}"))
    .path(format!("a.{hostile}"))
    .fix(format!("title {hostile}"), Span::new(id, 0, 1), hostile);
    for finding in [
        finding.clone(),
        finding.related(Span::new(id, 0, 1), hostile),
    ] {
        let text = as_text(std::slice::from_ref(&finding), &sources);
        let obeyed = text
            .chars()
            .find(|c| (*c != '\n' && c.is_control()) || *c == '\u{202e}');
        assert_eq!(obeyed, None, "{text:?}");
        let github = as_github(std::slice::from_ref(&finding), &sources);
        assert_eq!(github.lines().count(), 1, "{github}");
        assert!(github.chars().all(|c| c == '\n' || !c.is_control()));
        let json: serde_json::Value = serde_json::from_str(&as_json(&[finding], &sources)).unwrap();
        assert!(
            json["diagnostics"][0]["message"]
                .as_str()
                .unwrap()
                .contains(hostile),
            "JSON loses nothing"
        );
    }
}

#[test]
fn github_escapes() {
    let mut sources = Sources::new();
    let id = sources.add("a,b:c%.yaml", "x\n");
    let finding =
        Diagnostic::warning(codes::KEY, Span::new(id, 0, 1), "100%, a: b\r\nc").help("d\ne");
    assert_eq!(
        as_github(&[finding], &sources),
        "::warning file=a%2Cb%3Ac%25.yaml,line=1,col=1,endLine=1,endColumn=2,title=HZ0006::100%25, a: b%0D%0Ac%0Ad%0Ae\n"
    );
}

#[test]
fn columns_count_characters() {
    let (source, findings) = findings("\u{feff}\"😀é\": *x\n");
    let json: serde_json::Value = serde_json::from_str(&as_json(&findings, &source)).unwrap();
    let finding = &json["diagnostics"][0];
    assert_eq!(
        (&finding["line"], &finding["column"], &finding["endColumn"]),
        (&1.into(), &7.into(), &9.into())
    );
    assert!(as_text(&findings, &source).contains("chaos/delay.yaml:1:7"));
    assert!(as_github(&findings, &source).contains("line=1,col=7,"));
}

#[test]
fn an_end_of_text_can_be_marked() {
    let (source, _) = findings("a: b");
    let finding = Diagnostic::error(
        codes::SYNTAX,
        Span::new(SourceId(0), 4, 4),
        "more should follow",
    );
    assert!(as_text(std::slice::from_ref(&finding), &source).contains("delay.yaml:1:5"));
    let beyond = Diagnostic::error(
        codes::SYNTAX,
        Span::new(SourceId(0), 90, 99),
        "a place that is not there",
    );
    assert!(as_text(&[beyond], &source).contains("a place that is not there"));
    let empty = Source::new("empty.yaml", "");
    assert!(as_text(&[finding], &empty).contains("empty.yaml:1:1"));
}
