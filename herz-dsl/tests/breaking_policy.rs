//! Exceptions from the rules of `herz breaking`: reasons, ends, what they are for; fingerprints.
#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that can't be set up fails with its reason"
)]

use herz_dsl::breaking::{Level, Options, Policy, Report, compare};
use herz_dsl::compat::Date;
use herz_dsl::diagnostic::{Diagnostic, codes};
use herz_dsl::source::{SourceId, Sources};

const OLD: &str = "\
type: object
properties:
  n: { type: integer, maximum: 9 }
  mode: { type: string }
  gone: { type: string }
";
const NEW: &str = "\
type: object
properties:
  n: { type: integer, maximum: 5 }
  mode: { type: string, default: one }
";

fn report(old: &str, new: &str) -> Report {
    let mut sources = Sources::new();
    let (a, b) = (sources.add("old.yaml", old), sources.add("new.yaml", new));
    compare(&sources, &[a], &[b], &Options::default()).unwrap_or_else(|it| panic!("{it:#?}"))
}

fn today() -> Date {
    "2026-11-25".parse().unwrap()
}

fn read(text: &str) -> (Policy, Vec<Diagnostic>) {
    Policy::read(SourceId(0), text)
}

fn applied(text: &str) -> (Report, Vec<Diagnostic>) {
    let (policy, problems) = read(text);
    assert!(problems.is_empty(), "{problems:#?}");
    let mut report = report(OLD, NEW);
    let problems = policy.apply(&mut report, today());
    (report, problems)
}

fn accept(rule: &str, path: &str) -> String {
    format!(
        "[[accept]]\nrule = \"{rule}\"\npath = \"{path}\"\nreason = \"asked\"\nuntil = 2027-01-31\n"
    )
}

#[test]
fn what_is_accepted_passes_a_gate_and_keeps_its_bump() {
    let all = [
        accept("maximum-tightened", "schema(root).n"),
        accept("field-removed", "**.gone"),
        accept("default-added", "schema(*).mode"),
    ];
    let (with, problems) = applied(&format!("schema = 1\n{}", all.concat()));
    assert_eq!(problems, []);
    assert!(with.passes(Some(Level::Major)));
    assert_eq!(with.bump(), Level::Major);
    assert!(
        with.findings
            .iter()
            .all(|it| it.accepted.as_deref() == Some("asked"))
    );
    // One less, and it fails.
    let (with, problems) = applied(&format!("schema = 1\n{}", all[..2].concat()));
    assert_eq!(problems, []);
    assert!(!with.passes(Some(Level::Major)));
}

#[test]
fn only_what_is_possible_is_lowered_and_the_bump_follows() {
    let lower = |rule: &str, path: &str| {
        format!(
            "schema = 1\n[[lower]]\nrule = \"{rule}\"\npath = \"{path}\"\nlevel = \"patch\"\n\
             reason = \"it was the default\"\nuntil = 2027-01-31\n"
        )
    };
    let (with, problems) = applied(&lower("default-added", "**"));
    assert_eq!(problems, []);
    let found = with
        .findings
        .iter()
        .find(|it| it.rule == "default-added")
        .unwrap();
    assert_eq!(found.level, Level::Patch);
    assert_eq!(
        found.lowered,
        Some((Level::Major, "it was the default".to_owned()))
    );
    assert!(found.accepted.is_none());

    let (with, problems) = applied(&lower("maximum-tightened", "**"));
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].code, codes::POLICY_UNUSED);
    assert!(
        problems[0].help[0].contains("only what is possible"),
        "{problems:?}"
    );
    assert!(with.findings.iter().all(|it| it.lowered.is_none()));
}

#[test]
fn an_exception_for_nothing_or_past_its_end_is_an_error() {
    for (text, code, help) in [
        (
            accept("field-removed", "schema(root).gon"),
            codes::POLICY_UNUSED,
            "`schema(root).gone`",
        ),
        (
            accept("field-removed", "spec.other"),
            codes::POLICY_UNUSED,
            "take it out",
        ),
        (
            accept("kind-removed", "**"),
            codes::POLICY_UNUSED,
            "take it out",
        ),
        (
            accept("field-removed", "**") + "kind = \"NetworkChaos\"\n",
            codes::POLICY_UNUSED,
            "take it out",
        ),
        (
            accept("field-removed", "**") + "fingerprint = \"0123456789abcdef\"\n",
            codes::POLICY_UNUSED,
            "take it out",
        ),
        (
            accept("field-removed", "**").replace("2027-01-31", "2026-11-24"),
            codes::POLICY_EXPIRED,
            "set a new day",
        ),
    ] {
        let (report, problems) = applied(&format!("schema = 1\n{text}"));
        assert_eq!(problems.len(), 1, "{text}");
        assert_eq!(problems[0].code, code, "{text}");
        assert!(problems[0].help[0].contains(help), "{problems:?}");
        assert!(problems[0].span.is_some());
        assert!(
            report.findings.iter().all(|it| it.accepted.is_none()),
            "{text}"
        );
    }
    // On its last day it counts.
    let last = accept("field-removed", "**").replace("2027-01-31", "2026-11-25");
    assert_eq!(applied(&format!("schema = 1\n{last}")).1, []);
}

#[test]
fn a_policy_with_mistakes_says_where_and_what() {
    let entry = accept("field-removed", "**");
    for (text, part) in [
        (String::new(), "no `schema = 1`"),
        ("schema = 2\n".to_owned(), "must be 1"),
        ("schema = 1\nacept = []\n".to_owned(), "no key `acept`"),
        ("schema = 1\n[[accept]\n".to_owned(), "no TOML"),
        ("schema = 1\naccept = 3\n".to_owned(), "a list of tables"),
        (
            entry.replace("field-removed", "field-removd"),
            "no rule is called",
        ),
        (entry.replace("reason = \"asked\"\n", ""), "no `reason`"),
        (entry.replace("asked", "  "), "no `reason`"),
        (entry.replace("\"asked\"", "7"), "`reason` must be a text"),
        (entry.replace("until = 2027-01-31\n", ""), "no `until`"),
        (
            entry.replace("2027-01-31", "\"2027-01-31\""),
            "must be a date",
        ),
        (entry.replace("2027-01-31", "2027-02-31"), "no TOML"),
        (entry.replace("path = \"**\"\n", ""), "no `path`"),
        (entry.replace("rule = \"field-removed\"\n", ""), "no `rule`"),
        (entry.clone() + "level = \"patch\"\n", "no key `level`"),
        (entry.replace("accept", "lower"), "no `level`"),
        (
            entry.replace("accept", "lower") + "level = \"major\"\n",
            "no level to lower to",
        ),
        (
            entry.replace("accept", "lower") + "level = \"patsh\"\n",
            "no level to lower to",
        ),
    ] {
        let text = if text.contains("schema") || text.is_empty() || text.contains("\"schema") {
            text
        } else {
            format!("schema = 1\n{text}")
        };
        let (policy, problems) = read(&text);
        assert!(
            problems
                .iter()
                .any(|it| it.code == codes::POLICY && it.message.contains(part)),
            "{text}\n{problems:#?}"
        );
        assert!(problems.iter().all(|it| it.span.is_some()), "{problems:#?}");
        // What is wrong lets nothing pass.
        let mut report = report(OLD, NEW);
        policy.apply(&mut report, today());
        assert!(!report.passes(Some(Level::Major)), "{text}");
    }
}

#[test]
fn a_mistake_has_its_place_and_the_policy_without_it_has_none() {
    let right = format!("schema = 1\n{}", accept("field-removed", "**"));
    assert_eq!(read(&right).1, []);
    let lower = right.replace("accept", "lower") + "level = \"patch\"\n";
    assert_eq!(read(&lower).1, []);
    for (text, at, words) in [
        (right.replace("= 1", "= \"1\""), "\"1\"", "must be 1"),
        (
            right.replace("field-removed", "field-removd"),
            "\"field-removd\"",
            "field-removed",
        ),
        (right.replace("\"field-removed\"", "[]"), "[]", "`rule`"),
        (right.replace("\"**\"", "1"), "1", "`path`"),
        (right.replace("path =", "pth ="), "pth", "`path`"),
        (right.replace("reason =", "why ="), "why", "no key `why`"),
        (right.replace("\"asked\"", "true"), "true", "`reason`"),
        (right.replace("2027-01-31", "10:00:00"), "10:00:00", "date"),
        (right.clone() + "kind = 3\n", "3", "`kind`"),
        (right.clone() + "fingerprint = 9\n", "9", "`fingerprint`"),
        (right.clone() + "level = \"patch\"\n", "level", "`level`"),
        (lower.replace("\"patch\"", "1"), "1", "`level`"),
        (
            lower.replace("\"patch\"", "\"huge\""),
            "\"huge\"",
            "none, patch or minor",
        ),
        (right.replace("[[accept]]", "[accept]"), "[accept]", "list"),
        (
            "schema = 1\naccept = [1]\n".to_owned(),
            "1",
            "must be a table",
        ),
        (
            right.replace("until = 2027-01-31\n", ""),
            "[[accept]]",
            "`until`",
        ),
    ] {
        let found = read(&text).1;
        let place = |it: &Diagnostic| {
            let span = it.span.unwrap();
            text.get(span.start as usize..span.end as usize).unwrap()
        };
        let says = |it: &Diagnostic| {
            it.message.contains(words) || it.help.iter().any(|help| help.contains(words))
        };
        assert!(
            found.iter().any(|it| says(it) && place(it).starts_with(at)),
            "{text}\n`{at}`: {found:#?}"
        );
    }
}

#[test]
fn a_fingerprint_is_that_of_the_change() {
    let prints = |old: &str, new: &str| -> Vec<String> {
        report(old, new)
            .findings
            .iter()
            .map(herz_dsl::breaking::Finding::fingerprint)
            .collect()
    };
    let known = prints(OLD, NEW);
    // They are part of policies that people keep, so they stay what they are.
    assert_eq!(
        known,
        ["1865334e30541546", "ea21d1b9271b6214", "09425e99d3094855"]
    );
    // Formatting, comments, lines and the order of keys do not count.
    let respelled = "# moved\n\n\ntype: object\nproperties:\n  mode: {default: 'one', type: string}\n  n:\n    maximum: 5.0\n    type: integer\n";
    let mut other = prints(OLD, respelled);
    other.retain(|it| known.contains(it));
    assert_eq!(other.len(), 3);
    // Another value is another change.
    let new = prints(OLD, &NEW.replace("maximum: 5", "maximum: 4"));
    assert_eq!(new.iter().filter(|it| known.contains(it)).count(), 2);
    // The words of a finding do not count: what was approved stays so when they get better.
    let mut report = report(OLD, NEW);
    for finding in &mut report.findings {
        finding.message = "said in other words".to_owned();
        finding.witness = None;
        finding.old = None;
    }
    let again: Vec<String> = report
        .findings
        .iter()
        .map(herz_dsl::breaking::Finding::fingerprint)
        .collect();
    assert_eq!(again, known);
    let text = format!(
        "schema = 1\n[[accept]]\nfingerprint = \"{}\"\nreason = \"asked\"\nuntil = 2027-01-31\n",
        known[1]
    );
    let (policy, problems) = read(&text);
    assert_eq!(problems, []);
    assert_eq!(policy.apply(&mut report, today()), []);
    assert_eq!(
        report
            .findings
            .iter()
            .filter(|it| it.accepted.is_some())
            .count(),
        1
    );
}

#[test]
fn what_was_announced_and_is_over_passes_a_gate() {
    let old = "type: object\nproperties:\n  a: { type: string }\n  b: { type: string, deprecated: true, x-sunset: \"2020-01-01\" }\n";
    let new = "type: object\nproperties:\n  a: { type: string }\n";
    let mut sources = Sources::new();
    let (a, b) = (sources.add("old.yaml", old), sources.add("new.yaml", new));
    let options = Options {
        today: "2026-11-25".into(),
        ..Options::default()
    };
    let report = compare(&sources, &[a], &[b], &options).unwrap();
    assert_eq!(report.bump(), Level::Major);
    assert!(report.passes(Some(Level::Major)));
    let late = Options {
        today: "2019-12-31".into(),
        ..Options::default()
    };
    let report = compare(&sources, &[a], &[b], &late).unwrap();
    assert!(!report.passes(Some(Level::Major)));
}
