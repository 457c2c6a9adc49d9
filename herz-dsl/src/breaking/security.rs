//! Who may call.

use super::api::{Api, Operation, Requirement};
use super::compare::Comparison;
use super::report::Raw;
use std::collections::{BTreeMap, BTreeSet};

impl Comparison<'_> {
    pub(super) fn security(
        &mut self,
        old: &Operation,
        new: &Operation,
        path: &str,
        (before, after): (&Api, &Api),
    ) {
        let (a, b) = (&old.security, &new.security);
        if a == b {
            return;
        }
        let raw = |rule, message: String| {
            Raw::new(rule, path, None, message)
                .old(old.security_span)
                .new_at(new.security_span)
        };
        match (is_public(a), is_public(b)) {
            (true, false) => {
                return self.emit(raw("security-added", "callers must be known now".into()));
            }
            (false, true) => {
                return self.emit(raw("security-removed", "anyone may call now".into()));
            }
            _ => {}
        }
        // A scheme under another name and otherwise equal is the same scheme.
        let renamed: BTreeMap<&String, &String> = before
            .security_schemes
            .iter()
            .filter(|(name, _)| !after.security_schemes.contains_key(*name))
            .filter_map(|(name, (value, _))| {
                let equal = after.security_schemes.iter().find(|(other, (it, _))| {
                    it == value && !before.security_schemes.contains_key(*other)
                });
                equal.map(|(other, _)| (name, other))
            })
            .collect();
        let a: Vec<Requirement> = a
            .iter()
            .map(|Requirement(schemes)| {
                Requirement(
                    schemes
                        .iter()
                        .map(|(name, scopes)| {
                            (
                                (*renamed.get(name).unwrap_or(&name)).clone(),
                                scopes.clone(),
                            )
                        })
                        .collect(),
                )
            })
            .collect();
        let schemes = |it: &Requirement| -> BTreeSet<String> { it.0.keys().cloned().collect() };
        let known = |list: &[Requirement], it: &Requirement| {
            list.iter().any(|other| schemes(other) == schemes(it))
        };
        for requirement in b.iter().filter(|it| !known(&a, it)) {
            self.emit(raw(
                "security-alternative-added",
                format!("{} is accepted now", said(requirement)),
            ));
        }
        for requirement in a.iter().filter(|it| !known(b, it)) {
            self.emit(raw(
                "security-alternative-removed",
                format!("{} is not accepted any more", said(requirement)),
            ));
        }
        for requirement in &a {
            let Some(other) = b.iter().find(|it| schemes(it) == schemes(requirement)) else {
                continue;
            };
            for (name, scopes) in &requirement.0 {
                let now = other.0.get(name).cloned().unwrap_or_default();
                let more: Vec<&String> = now.difference(scopes).collect();
                if !more.is_empty() {
                    self.emit(raw(
                        "security-scope-added",
                        format!("{name} needs {more:?} now"),
                    ));
                }
                let less: Vec<&String> = scopes.difference(&now).collect();
                if !less.is_empty() {
                    self.emit(raw(
                        "security-scope-removed",
                        format!("{name} does not need {less:?} any more"),
                    ));
                }
            }
        }
    }

    pub(super) fn security_schemes(&mut self, old: &Api, new: &Api) {
        for (name, (value, span)) in &old.security_schemes {
            let Some((other, place)) = new.security_schemes.get(name) else {
                continue;
            };
            if value != other {
                let path = format!("security({name})");
                let message = format!("how `{name}` works changed");
                self.emit(
                    Raw::new("security-scheme-changed", &path, None, message)
                        .old(*span)
                        .new_at(*place),
                );
            }
        }
    }
}

/// Whether a call without any credentials is fine.
fn is_public(list: &[Requirement]) -> bool {
    list.is_empty() || list.iter().any(|it| it.0.is_empty())
}

fn said(requirement: &Requirement) -> String {
    requirement
        .0
        .keys()
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join(" with ")
}
