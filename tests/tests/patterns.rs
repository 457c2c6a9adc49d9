//! Patterns in generated code are automata: they match what the small engine of the runtime matches.
#![allow(clippy::expect_used, clippy::panic, clippy::print_stdout)]

use herz_dsl::automaton::Table;
use herz_dsl::catalog::{Catalog, ConstraintKind, TypeBody};
use herz_tests::built_in;
use herz_types::pattern::Automaton;
use herz_types::scalar::{Dialect, Pattern};
use std::collections::BTreeSet;

/// Every pattern of limits in the catalog, and some that are hard.
fn patterns(catalog: &Catalog) -> BTreeSet<String> {
    let mut all: BTreeSet<String> = [
        "",
        "^$",
        "a",
        "^a|b$",
        "a*$",
        "^(a|b)*c",
        "(a|)b",
        ".",
        "^.$",
        "^[^a]+$",
        "é+",
        "^[^é]$",
        "\\d{1,3}",
        "^\\w+$",
        "^\\W$",
        "[-a]",
        "^[\\]\\[\\-]+$",
        "\\x41",
        "^[+]?0*([1-9][0-9]?|100)$",
        "^(a{3}){4}$",
        "\\.",
        "^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$",
        "^(\\d+(ns|us|ms|s|m|h))+$",
    ]
    .map(str::to_owned)
    .into();
    all.extend(
        Dialect::ALL
            .iter()
            .filter_map(|one| Some(one.pattern()?.0.to_owned())),
    );
    for def in &catalog.types {
        let limits = match &def.body {
            TypeBody::Object(object) => object
                .fields
                .iter()
                .flat_map(|field| &field.constraints)
                .collect(),
            TypeBody::Refined(_, limits) => limits.iter().collect(),
            TypeBody::Enum(_) => Vec::new(),
        };
        all.extend(limits.into_iter().filter_map(|limit| match &limit.kind {
            ConstraintKind::Pattern(pattern) => Some(pattern.clone()),
            _ => None,
        }));
    }
    all
}

/// Texts made of what the pattern is made of, and of what it may not know.
fn texts(pattern: &str, seed: &mut u64) -> Vec<String> {
    let mut letters: Vec<char> = pattern
        .chars()
        .filter(|letter| !"^$()*?{}|".contains(*letter))
        .collect();
    letters.extend([
        'a', 'Z', '0', '1', '9', '_', '-', ' ', '\n', 'é', '𝄞', '\u{0}',
    ]);
    let mut next = move |below: usize| {
        // An xorshift generator: the same texts in each run.
        *seed ^= *seed << 13;
        *seed ^= *seed >> 7;
        *seed ^= *seed << 17;
        usize::try_from(*seed % below as u64).expect("it is below a usize")
    };
    let mut texts: Vec<String> = [
        "",
        "a",
        "ab",
        "aaac",
        "100",
        "00100",
        "101",
        "1m30s",
        "aaaaaaaaaaaa",
    ]
    .map(str::to_owned)
    .into();
    texts.extend((0..400).map(|_| {
        (0..next(9))
            .map(|_| letters.get(next(letters.len())).copied().unwrap_or('a'))
            .collect()
    }));
    texts
}

#[test]
fn automata_match_what_the_small_engine_matches() {
    let (mut compared, mut matched, mut big) = (0, 0, 0);
    let mut seed = 0x9e37_79b9_7f4a_7c15;
    let all = patterns(built_in());
    for pattern in &all {
        let small = Pattern::new(pattern).unwrap_or_else(|error| panic!("{pattern}: {error}"));
        let Some(table) = Table::of(pattern) else {
            big += 1;
            continue;
        };
        let automaton = Automaton::new(&table.classes, table.width, table.next.leak());
        for text in texts(pattern, &mut seed) {
            let expected = small.is_match(&text);
            assert_eq!(
                automaton.matches(&text),
                expected,
                "{pattern:?} on {text:?}"
            );
            compared += 1;
            matched += usize::from(expected);
        }
    }
    println!(
        "{} patterns, {big} of them too big; {compared} texts compared, {matched} matched",
        all.len()
    );
    assert!(big * 2 < all.len() && matched > 500);
}
