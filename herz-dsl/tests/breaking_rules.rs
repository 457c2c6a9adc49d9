//! Every rule of `herz breaking` by the fixtures in its own file: an example that must be found,
//! at its place and level, and a near miss that must not be.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    clippy::format_collect,
    clippy::format_push_string,
    clippy::semicolon_if_nothing_returned,
    reason = "a test that can't be set up fails with its reason"
)]

use herz_dsl::breaking::{Finding, Options, Report, Rule, compare, rules};
use herz_dsl::source::{SourceId, Sources};
use herz_dsl::tree::{self, Limits, Node};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

const TODAY: &str = "2026-01-01";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/breaking/rules")
}

/// Runs `look` on the parsed file of a rule.
fn with<T>(rule: &Rule, look: impl FnOnce(Node<'_>) -> T) -> T {
    let (tree, problems) = tree::parse(SourceId(0), rule.text.as_bytes(), &Limits::default());
    assert!(problems.is_empty(), "{}: {problems:?}", rule.id);
    let document = tree
        .documents()
        .next()
        .unwrap_or_else(|| panic!("{} is empty", rule.id));
    look(document.root())
}

fn text(node: Node<'_>, key: &str) -> String {
    node.get(key)
        .and_then(Node::scalar)
        .map(|it| it.text.to_owned())
        .unwrap_or_default()
}

/// A schema as a whole document: as the body of a request and of a response.
fn document(schema: &str) -> String {
    let lines = |indent: &str| -> String {
        schema
            .lines()
            .map(|line| format!("{indent}{line}\n"))
            .collect()
    };
    format!(
        "openapi: 3.1.0\ninfo: {{title: Demo, version: 1.0.0}}\npaths:\n  /x:\n    post:\n      \
         requestBody:\n        content:\n          application/json:\n            schema:\n{}\
         \n      responses:\n        '200':\n          description: ok\n          content:\n            \
         application/json:\n              schema:\n{}",
        lines("              "),
        lines("                ")
    )
}

fn report(example: Node<'_>, usage: &str, swapped: bool) -> Report {
    let (mut before, mut after) = (text(example, "before"), text(example, "after"));
    if swapped {
        std::mem::swap(&mut before, &mut after);
    }
    if usage == "schema" {
        (before, after) = (document(&before), document(&after));
    }
    let mut sources = Sources::new();
    let (old, new) = (
        sources.add("old.yaml", before),
        sources.add("new.yaml", after),
    );
    let options = Options {
        today: TODAY.into(),
        notice: text(example, "notice").parse().ok(),
        versions: example.get("versions").is_some(),
        ..Options::default()
    };
    compare(&sources, &[old], &[new], &options).unwrap_or_else(|problems| {
        panic!(
            "{problems:#?}\n{:?}",
            sources.get(old).map(|it| it.text.clone())
        )
    })
}

fn found<'r>(report: &'r Report, rule: &str) -> Vec<&'r Finding> {
    report
        .findings
        .iter()
        .filter(|it| it.rule == rule)
        .collect()
}

#[test]
fn the_example_of_every_rule_is_found_at_its_place_and_level() {
    for rule in rules() {
        with(rule, |file| {
            let usage = text(file, "use");
            let example = file.get("example").expect("an example");
            let report = report(example, &usage, false);
            let found = found(&report, rule.id);
            if usage == "schema" {
                let at = text(example, "at");
                for (path, level, side) in [
                    (
                        format!("op(POST /x).request.body{at}"),
                        rule.input.0,
                        "input",
                    ),
                    (
                        format!("op(GET /x).response(200).body{at}"),
                        rule.output.0,
                        "output",
                    ),
                ] {
                    let path = path.replace("GET", "POST");
                    let level = match text(example, side).as_str() {
                        "" => level.name().to_owned(),
                        own => own.to_owned(),
                    };
                    let here = found.iter().find(|it| it.path == path);
                    match here {
                        Some(it) => assert_eq!(it.level.name(), level, "{} {path}", rule.id),
                        None => {
                            assert_eq!(level, "none", "{} {path}: {:#?}", rule.id, report.findings)
                        }
                    }
                }
                assert!(!found.is_empty(), "{}: {:#?}", rule.id, report.findings);
            } else {
                let path = text(example, "path");
                let here = found.iter().find(|it| it.path == path);
                let here =
                    here.unwrap_or_else(|| panic!("{} {path}: {:#?}", rule.id, report.findings));
                let level = match text(example, "level").as_str() {
                    "" if here.input && !here.output => rule.input.0.name().to_owned(),
                    "" if here.output && !here.input => rule.output.0.name().to_owned(),
                    "" => rule.input.0.max(rule.output.0).name().to_owned(),
                    own => own.to_owned(),
                };
                assert_eq!(here.level.name(), level, "{}", rule.id);
            }
            for finding in found {
                assert!(
                    finding.old.is_some() || finding.new.is_some(),
                    "{} has no place",
                    rule.id
                );
                assert!(!finding.message.is_empty(), "{} has no message", rule.id);
                assert_eq!(finding.client, rule.client);
            }
        });
    }
}

#[test]
fn the_near_miss_of_every_rule_is_not_found() {
    for rule in rules() {
        with(rule, |file| {
            let example = file.get("nearMiss").expect("a near miss");
            let report = report(example, &text(file, "use"), false);
            assert!(
                found(&report, rule.id).is_empty(),
                "{}: {:#?}",
                rule.id,
                report.findings
            );
        });
    }
}

#[test]
fn nothing_is_left_unhandled_by_accident() {
    for rule in rules().iter().filter(|rule| rule.id != "unhandled") {
        with(rule, |file| {
            for key in ["example", "nearMiss"] {
                let report = report(file.get(key).expect(key), &text(file, "use"), false);
                assert!(
                    found(&report, "unhandled").is_empty(),
                    "{} {key}: {:#?}",
                    rule.id,
                    report.findings
                );
            }
        });
    }
}

#[test]
fn every_rule_has_its_opposite_or_says_why_not() {
    for rule in rules() {
        with(rule, |file| {
            let (opposite, alone) = (text(file, "opposite"), text(file, "alone"));
            if opposite.is_empty() {
                assert!(
                    alone.len() > 20,
                    "{} names neither an opposite nor a reason",
                    rule.id
                );
                return;
            }
            assert!(
                alone.is_empty(),
                "{} names an opposite and says that there is none",
                rule.id
            );
            assert!(
                herz_dsl::breaking::rule(&opposite).is_some(),
                "{}: no rule {opposite}",
                rule.id
            );
            let report = report(
                file.get("example").expect("example"),
                &text(file, "use"),
                true,
            );
            assert!(
                !found(&report, &opposite).is_empty(),
                "{} the other way round is not {opposite}: {:#?}",
                rule.id,
                report.findings
            );
        });
    }
}

#[test]
fn rules_for_input_count_for_output_too() {
    // Those that count one way only say so by their place: parameters, bodies, responses.
    let one_way = ["parameters and request bodies", "responses", "security"];
    for rule in rules().iter().filter(|rule| !one_way.contains(&rule.group)) {
        with(rule, |file| {
            for side in ["input", "output", "client"] {
                assert!(
                    !text(file, side).is_empty(),
                    "{} says nothing for {side}",
                    rule.id
                );
            }
            for words in ["title", "why", "instead"] {
                assert!(
                    !text(file, words).trim().is_empty(),
                    "{} lacks {words}",
                    rule.id
                );
            }
        });
    }
}

/// `rules/table.rs` says what the files say. `HERZ_BLESS=1` writes it anew.
#[test]
fn the_table_is_fresh() {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|it| it == "yaml"))
        .collect();
    files.sort_by_key(|path| path.file_stem().map(std::ffi::OsStr::to_owned));
    let mut table = String::from(
        "// Made from the files of this folder by the test `the_table_is_fresh`.\n\n\
         use super::{MAJOR, MAJOR_MAYBE, MINOR, MINOR_MAYBE, NONE, PATCH, Rule, rule};\n\n\
         #[rustfmt::skip]\npub(super) static RULES: &[Rule] = &[\n",
    );
    for path in &files {
        let content = std::fs::read_to_string(path).unwrap();
        let (tree, problems) = tree::parse(SourceId(0), content.as_bytes(), &Limits::default());
        assert!(problems.is_empty(), "{}: {problems:?}", path.display());
        let root = tree.documents().next().unwrap().root();
        let id = text(root, "id");
        assert_eq!(
            path.file_stem().and_then(|it| it.to_str()),
            Some(id.as_str())
        );
        let level = |key: &str| match text(root, key).as_str() {
            "major" => "MAJOR",
            "major?" => "MAJOR_MAYBE",
            "minor" => "MINOR",
            "minor?" => "MINOR_MAYBE",
            "patch" => "PATCH",
            "none" => "NONE",
            other => panic!("{id}: level {other:?}"),
        };
        table.push_str(&format!(
            "    rule({id:?}, {:?}, {:?}, {}, {}, {}, {}, include_str!(\"{id}.yaml\")),\n",
            text(root, "title"),
            text(root, "group"),
            level("input"),
            level("output"),
            level("client"),
            root.get("gate").is_some()
        ));
    }
    table.push_str("];\n");
    fresh(&folder().join("table.rs"), &table);
}

/// `docs/reference/breaking-rules.md` says what the files say. `HERZ_BLESS=1` writes it anew.
#[test]
fn the_reference_page_is_fresh() {
    let mut groups: BTreeMap<&str, Vec<&Rule>> = BTreeMap::new();
    for rule in rules() {
        groups.entry(rule.group).or_default().push(rule);
    }
    let mut page = format!(
        "# Rules of `herz breaking`\n\n\
         Made from `herz-dsl/src/breaking/rules/` by the test `the_reference_page_is_fresh`. {} rules; \
         `herz explain RULE` shows one with an example. *Input* is what a client or a manifest sends, *output* \
         what it is answered, *packages* what generated packages feel. A level with `?` is probable, not \
         certain: it depends on what the schema does not say.\n",
        rules().len()
    );
    let line = |text: String| {
        text.split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .replace('|', "\\|")
    };
    for (group, rules) in groups {
        page.push_str(&format!(
            "\n## {}{}\n\n| rule | what | input | output | packages | why it matters; what to do instead |\n\
             |---|---|---|---|---|---|\n",
            group.get(..1).unwrap_or("").to_uppercase(),
            group.get(1..).unwrap_or("")
        ));
        for rule in rules {
            with(rule, |file| {
                let cell = |key: &str| line(text(file, key));
                page.push_str(&format!(
                    "| `{}` | {} | {} | {} | {} | {} {} |\n",
                    rule.id,
                    cell("title"),
                    cell("input"),
                    cell("output"),
                    cell("client"),
                    cell("why"),
                    cell("instead")
                ));
            });
        }
    }
    fresh(
        &folder().join("../../../../docs/reference/breaking-rules.md"),
        &page,
    );
}

/// Whether a generated file is what it would be now. `HERZ_BLESS=1` writes it anew.
fn fresh(path: &Path, text: &str) {
    if std::env::var_os("HERZ_BLESS").is_some() {
        std::fs::write(path, text).unwrap();
    }
    let current = std::fs::read_to_string(path).unwrap_or_default();
    let name = path.file_name().unwrap_or_default().display();
    assert!(
        current == text,
        "{name} is old; run this test with HERZ_BLESS=1"
    );
}
