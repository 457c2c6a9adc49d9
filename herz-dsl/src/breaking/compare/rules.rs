//! Rules across fields: CEL expressions, conditions, member lists.

use super::{Comparison, Pair, Raw, flat};
use crate::breaking::level::{Direction, Level};
use crate::breaking::model::{CrossRule, Schema, Schemas};
use std::collections::BTreeSet;

impl Comparison<'_> {
    pub(super) fn cross_rules(&mut self, pair: &Pair<'_>) {
        let mut old: Vec<&CrossRule> = pair.old.rules.iter().collect();
        let mut new: Vec<&CrossRule> = pair.new.rules.iter().collect();
        // A rule for a value that the other side does not have follows from the value.
        old.retain(|rule| matters(self.new, pair.new, rule));
        new.retain(|rule| matters(self.old, pair.old, rule));
        // The same condition: only its words or its weight may differ.
        old.retain(|a| {
            let same = new.iter().position(|b| {
                conjuncts(&a.text) == conjuncts(&b.text)
                    && a.members == b.members
                    && a.rest == b.rest
            });
            let Some(at) = same else { return true };
            let b = new.remove(at);
            self.same_rule(pair, a, b);
            false
        });
        // All rules of one place hold together: split and joined ones are the same.
        let parts = |list: &[&CrossRule]| -> BTreeSet<String> {
            list.iter()
                .filter(|it| it.members.is_none())
                .flat_map(|it| conjuncts(&it.text))
                .collect()
        };
        let plain = |list: &[&CrossRule]| {
            list.iter()
                .all(|it| it.members.is_none() && it.error && it.rest.is_empty())
        };
        if plain(&old) && plain(&new) && parts(&old) == parts(&new) {
            return;
        }
        // The same message, or the same place in the list: one rule that changed.
        let pairs = matched(&mut old, &mut new);
        for (a, b) in pairs {
            self.changed_rule(pair, a, b);
        }
        for rule in new {
            let raw = Raw::new(
                "rule-added",
                pair.path,
                pair.direction,
                format!("a rule was added: {}", said(rule)),
            );
            let raw = raw
                .old(pair.old.span)
                .new_at(rule.span)
                .values(None, Some(text_of(rule)));
            self.emit(if rule.error {
                raw
            } else {
                raw.level(Level::Minor)
            });
        }
        for rule in old {
            let raw = Raw::new(
                "rule-removed",
                pair.path,
                pair.direction,
                format!("a rule is gone: {}", said(rule)),
            );
            let raw = raw
                .old(rule.span)
                .new_at(pair.new.span)
                .values(Some(text_of(rule)), None);
            self.emit(if rule.error {
                raw
            } else {
                raw.level(Level::Minor)
            });
        }
    }

    fn same_rule(&mut self, pair: &Pair<'_>, old: &CrossRule, new: &CrossRule) {
        let (rule, message) = match (old.error, new.error) {
            (false, true) => ("rule-severity-raised", "was a warning and is an error"),
            (true, false) => ("rule-severity-lowered", "was an error and is a warning"),
            _ if old.message != new.message => ("rule-message-changed", "has another message"),
            _ => return,
        };
        let message = format!("the rule {} {message}", said(new));
        self.emit(
            Raw::new(rule, pair.path, pair.direction, message)
                .old(old.span)
                .new_at(new.span)
                .values(Some(text_of(old)), Some(text_of(new))),
        );
    }

    fn changed_rule(&mut self, pair: &Pair<'_>, old: &CrossRule, new: &CrossRule) {
        let message = format!("the rule {} became {}", said(old), said(new));
        let raw = |rule| {
            Raw::new(rule, pair.path, pair.direction, message.clone())
                .old(old.span)
                .new_at(new.span)
                .values(Some(text_of(old)), Some(text_of(new)))
        };
        if let (Some((kind, before)), Some((_, after))) = (&old.members, &new.members) {
            let raw = if kind.ends_with("requires") {
                match (before.is_subset(after), after.is_subset(before)) {
                    (true, _) => raw("rule-tightened"),
                    (_, true) => raw("rule-loosened"),
                    _ => raw("rule-changed"),
                }
            } else {
                let rivals = kind != "atLeastOneOf" && !after.is_subset(before);
                let lost = matches!(kind.as_str(), "atLeastOneOf" | "exactlyOneOf")
                    && !before.is_subset(after);
                let narrower = rivals || lost;
                let level = if narrower && pair.direction == Direction::Input {
                    Level::Major
                } else {
                    Level::Minor
                };
                raw("rule-field-set-changed").level(level)
            };
            self.emit(raw);
            return;
        }
        let (a, b) = (conjuncts(&old.text), conjuncts(&new.text));
        let (c, d) = (disjuncts(&old.text), disjuncts(&new.text));
        let rule = if old.rest != new.rest {
            "rule-changed"
        } else if a.is_subset(&b) || (d.is_subset(&c) && c != d) {
            "rule-tightened"
        } else if b.is_subset(&a) || (c.is_subset(&d) && c != d) {
            "rule-loosened"
        } else {
            "rule-changed"
        };
        self.emit(raw(rule));
    }
}

/// Whether a rule says something about documents of the other side.
fn matters(schemas: &Schemas, other: &Schema, rule: &CrossRule) -> bool {
    let Some((property, value)) = &rule.only_for else {
        return true;
    };
    other.properties.get(property).is_some_and(|property| {
        let list = flat(schemas, property.schema).enumeration;
        list.is_none_or(|list| list.values.iter().any(|it| it.text() == Some(value)))
    })
}

/// Pairs rules that are one rule before and after; takes them out of both lists.
fn matched<'r>(
    old: &mut Vec<&'r CrossRule>,
    new: &mut Vec<&'r CrossRule>,
) -> Vec<(&'r CrossRule, &'r CrossRule)> {
    let mut pairs = Vec::new();
    let related = |a: &CrossRule, b: &CrossRule| match (&a.members, &b.members) {
        (Some((x, _)), Some((y, _))) => x == y,
        (None, None) => {
            let said = !a.message.is_empty() && a.message == b.message;
            let shared = !conjuncts(&a.text).is_disjoint(&conjuncts(&b.text))
                || !disjuncts(&a.text).is_disjoint(&disjuncts(&b.text));
            said || shared
        }
        _ => false,
    };
    old.retain(|a| match new.iter().position(|b| related(a, b)) {
        Some(at) => {
            pairs.push((*a, new.remove(at)));
            false
        }
        None => true,
    });
    pairs
}

fn said(rule: &CrossRule) -> String {
    match &rule.members {
        Some((kind, members)) => {
            let list: Vec<&str> = members.iter().map(String::as_str).collect();
            format!("{kind} {}", list.join(", "))
        }
        None => format!("`{}`", crate::tree::shorten(&rule.text)),
    }
}

fn conjuncts(text: &str) -> BTreeSet<String> {
    split(text, "&&")
}

fn disjuncts(text: &str) -> BTreeSet<String> {
    split(text, "||")
}

/// An expression without spaces, cut at an operator that stands outside of brackets and texts.
/// An expression that has the other operator outside too is one piece: `a && b || c`.
fn split(text: &str, operator: &str) -> BTreeSet<String> {
    let mut parts = Vec::new();
    let mut part = String::new();
    let mut depth = 0_usize;
    let mut quote = None;
    let mut mixed = false;
    let mut letters = text.trim().chars().peekable();
    while let Some(letter) = letters.next() {
        if let Some(end) = quote {
            part.push(letter);
            if letter == '\\' {
                part.extend(letters.next());
            } else if letter == end {
                quote = None;
            }
            continue;
        }
        match letter {
            '\'' | '"' => quote = Some(letter),
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            '?' if depth == 0 => mixed = true,
            '&' | '|' if depth == 0 && letters.peek() == Some(&letter) => {
                letters.next();
                if operator.starts_with(letter) {
                    parts.push(std::mem::take(&mut part));
                } else {
                    mixed |= operator == "&&";
                    part.push(letter);
                    part.push(letter);
                }
                continue;
            }
            _ => {}
        }
        if !letter.is_whitespace() {
            part.push(letter);
        } else if part.ends_with(|it: char| it.is_alphanumeric()) {
            // Words such as `in` need their spaces.
            part.push(' ');
        }
    }
    parts.push(part);
    if mixed {
        return BTreeSet::from([split_spaces(text)]);
    }
    parts.into_iter().map(|part| bare(part.trim())).collect()
}

fn split_spaces(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Without brackets around the whole, and spaces before operators.
fn bare(part: &str) -> String {
    let mut part = part.trim();
    while let Some(inner) = part.strip_prefix('(').and_then(|it| it.strip_suffix(')')) {
        let mut depth = 0_i32;
        let whole = inner.chars().all(|letter| {
            match letter {
                '(' => depth += 1,
                ')' => depth -= 1,
                _ => {}
            }
            depth >= 0
        });
        if !whole {
            break;
        }
        part = inner.trim();
    }
    let mut out = String::new();
    let mut letters = part.chars().peekable();
    while let Some(letter) = letters.next() {
        let operator_follows = letter == ' '
            && letters
                .peek()
                .is_some_and(|next| !next.is_alphanumeric() && *next != '_');
        if !operator_follows {
            out.push(letter);
        }
    }
    out
}

/// What a rule says, without its message: by this an approval knows it again.
fn text_of(rule: &CrossRule) -> String {
    let mut text = rule.text.clone();
    if let Some((kind, members)) = &rule.members {
        text.push_str(kind);
        for member in members {
            text.push(' ');
            text.push_str(member);
        }
    }
    if let Some((property, value)) = &rule.only_for {
        text.push_str(&format!(" {property}={value}"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_and_outer_brackets_are_nothing() {
        assert_eq!(
            conjuncts("self.a  <= self.b"),
            conjuncts("(self.a<=self.b)")
        );
        assert_eq!(conjuncts("a && b"), conjuncts("b&&(a)"));
        assert_ne!(conjuncts("a in b"), conjuncts("ainb"));
        assert_eq!(conjuncts("has(a) && (b || c)").len(), 2);
        assert_eq!(disjuncts("a || b && c").len(), 2);
        assert_eq!(conjuncts("a && b || c").len(), 1);
        assert_eq!(conjuncts("x == '&&'").len(), 1);
        assert_eq!(conjuncts("").len(), 1);
        assert_eq!(conjuncts("a ? b && c : d").len(), 1);
    }
}
