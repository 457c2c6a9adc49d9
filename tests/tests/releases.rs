//! Manifests at every release: what they need, what they lose, what they become.
//!
//! The manifests of `examples/` and, where it is, of the corpus that `HERZ_CORPUS` names.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test that can't be set up fails with its reason, and says what it left out"
)]

use herz_dsl::compat::{Releases, stretches};
use herz_dsl::diagnostic::Level;
use herz_dsl::migrate::Migrator;
use herz_dsl::source::SourceId;
use herz_dsl::tree::{self, Limits, Tree};
use std::path::PathBuf;

/// Every manifest below `examples/manifests` and the corpus, with its name.
fn manifests() -> Vec<(String, String)> {
    let named = std::env::var_os("HERZ_CORPUS").map(PathBuf::from);
    let corpus = named.unwrap_or_else(|| herz_tests::top("../shared/corpus"));
    let corpus = corpus.join("chaos-mesh");
    if !corpus.is_dir() {
        println!(
            "SKIPPED: no corpus at {}; the examples are tested only",
            corpus.display()
        );
    }
    let mut open = vec![
        herz_tests::top("examples/manifests"),
        corpus.join("valid"),
        corpus.join("invalid"),
    ];
    let mut list = Vec::new();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(
                std::fs::read_dir(path)
                    .unwrap()
                    .map(|it| it.unwrap().path()),
            );
        } else if path.extension().is_some_and(|it| it == "yaml")
            && let Ok(text) = std::fs::read_to_string(&path)
        {
            list.push((path.display().to_string(), text));
        }
    }
    list.sort();
    assert!(list.len() > 30);
    list
}

/// A text without mistakes of YAML.
fn parsed(text: &str) -> Option<Tree> {
    let (tree, found) = tree::parse(SourceId(0), text.as_bytes(), &Limits::default());
    found
        .iter()
        .all(|it| it.level != Level::Error)
        .then_some(tree)
}

fn errors(releases: &Releases<'_>, release: &semver::Version, tree: &Tree) -> usize {
    let outcome = releases.judge_at(release, tree).unwrap();
    let found = outcome.diagnostics.iter();
    found.filter(|it| it.level == Level::Error).count()
}

/// The least release takes the manifest, and the one before refuses it; stretches hide nothing.
#[test]
fn the_least_release_takes_it_and_the_one_before_does_not() {
    let catalog = herz_tests::built_in();
    let releases = Releases::new(catalog, "chaos-mesh").unwrap();
    let list = &releases.package().releases;
    let (mut files, mut asking) = (0, 0);
    for (name, text) in manifests() {
        let Some(tree) = parsed(&text) else { continue };
        let answer = releases.require(&tree);
        files += 1;
        for (release, fits) in &answer.fits {
            assert_eq!(
                *fits,
                errors(&releases, release, &tree) == 0,
                "{name} {release}"
            );
        }
        let Some(least) = answer.least() else {
            continue;
        };
        let at = list.iter().position(|it| it == least).unwrap();
        if at > 0 {
            asking += 1;
            assert!(!answer.asks.is_empty(), "{name}");
            assert!(
                errors(&releases, list.get(at - 1).unwrap(), &tree) > 0,
                "{name}"
            );
        }
    }
    println!("{files} manifests, {asking} of them need more than the first release");
    assert!(asking >= 3);
}

/// What is carried over is right for the release; what is refused stays; nothing changes for a
/// release that takes the manifest already.
#[test]
fn what_is_carried_over_is_right_there() {
    let catalog = herz_tests::built_in();
    let releases = Releases::new(catalog, "chaos-mesh").unwrap();
    let (mut right, mut changed, mut refused) = (0, 0, 0);
    for stretch in stretches(catalog, releases.package()) {
        let to = stretch.last();
        let migrator = Migrator::new(catalog, "chaos-mesh", to, None).unwrap();
        for (name, text) in manifests() {
            let Some(tree) = parsed(&text) else { continue };
            let result = migrator.migrate(&text);
            let takes = errors(&releases, to, &tree) == 0;
            if !result.refused.is_empty() {
                refused += 1;
                assert_eq!(result.text, text, "{name} {to}");
                assert!(!takes, "{name} {to}: {:?}", result.refused);
                continue;
            }
            right += 1;
            changed += usize::from(result.text != text);
            let new = parsed(&result.text).unwrap();
            let left = releases.judge_at(to, &new).unwrap();
            assert_eq!(errors(&releases, to, &new), 0, "{name} {to}: {left:?}");
            assert_eq!(
                migrator.migrate(&result.text).text,
                result.text,
                "{name} {to}"
            );
        }
    }
    println!("{right} carried over ({changed} changed), {refused} refused");
    assert!(changed > 0 && refused > 0);
}
