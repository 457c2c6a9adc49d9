//! What an API server cannot bound.

use crate::fixture::{scope, types};
use herz_dsl::catalog::Life;
use herz_dsl::cel;

/// The places found, as source text, each with the field that needs a limit.
fn found(source: &str) -> Vec<String> {
    let (types, life) = (types(), Life::default());
    let expr = cel::compile(source, &scope(&types, &life)).unwrap();
    cel::unbounded(&expr, &types)
        .into_iter()
        .map(|((start, end), message)| {
            let place = &source[start as usize..end as usize];
            format!("{place}: {message}")
        })
        .collect()
}

#[test]
fn walks_over_lists_need_items() {
    let any = "may have any number of entries: give it a limit such as `items: ..16`";
    assert_eq!(
        found("self.li.all(i, i > 0)"),
        [format!("self.li: `self.li` {any}")]
    );
    assert_eq!(
        found("self.m.all(k, k != \"\")"),
        [format!("self.m: `self.m` {any}")]
    );
    assert_eq!(found("1 in self.li"), [format!("self.li: `self.li` {any}")]);
    assert_eq!(
        found("self.lo.exists(e, e.tags.exists(t, t == \"\"))"),
        [
            format!("self.lo: `self.lo` {any}"),
            format!("e.tags: `self.lo[].tags` {any}")
        ]
    );
    assert_eq!(
        found("self.li.filter(i, i > 0).all(i, i > 1)"),
        [
            format!("self.li: `self.li` {any}"),
            format!("self.li.filter(i, i > 0): `self.li` {any}")
        ]
    );
    assert!(found("self.bounded.all(t, t != \"\")").is_empty());
    assert!(found("[1, 2].all(i, i > 0)").is_empty());
    assert!(found("size(self.li) > 0 && self.li[0] > 1").is_empty());
}

#[test]
fn searches_in_texts_need_length() {
    let any = "may have any length: give it a limit such as `length: ..253`";
    assert_eq!(
        found("self.s.matches(\"a\")"),
        [format!("self.s: `self.s` {any}")]
    );
    assert_eq!(
        found("self.s.contains(\"a\")"),
        [format!("self.s: `self.s` {any}")]
    );
    assert!(found("self.s.startsWith(\"a\")").is_empty());
    assert!(found("self.s == \"a\"").is_empty());
    assert!(found("self.brief.matches(\"a\")").is_empty());
    // A limit of the named type counts, and so do the values of an enum.
    assert!(found("self.short.matches(\"a\")").is_empty());
    assert!(found("self.bounded.all(t, t.matches(\"a\"))").is_empty());
    assert!(found("self.action.matches(\"a\")").is_empty());
    // A map's key has no limit of its own to give.
    assert_eq!(found("self.m.all(k, k.matches(\"a\"))").len(), 1);
}
