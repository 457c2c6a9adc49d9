//! `include:`: which groups are laid into which objects.

use super::Compiler;
use crate::diagnostic::{Diagnostic, codes, did_you_mean};
use std::collections::BTreeSet;

/// Most fields of all objects together with the groups laid in: groups may multiply each other.
const MOST_FIELDS: usize = 1_000_000;

impl Compiler<'_> {
    /// The owners that are laid into each object, in order, itself last. Groups are looked at
    /// where they are laid in.
    pub(super) fn flatten(&mut self) {
        let mut budget = MOST_FIELDS;
        for owner in 0..self.names.owners.len() {
            let object = self
                .names
                .owners
                .get(owner)
                .is_some_and(|this| this.id.is_some());
            let laid = if object {
                self.lay_in(owner, &mut budget)
            } else {
                Vec::new()
            };
            self.laid.push(laid);
        }
        for owner in 0..self.names.owners.len() {
            self.check_includes(owner);
        }
        self.check_circles();
    }

    /// A group is laid in once, however often it is included; circles end where they close.
    fn lay_in(&mut self, owner: usize, budget: &mut usize) -> Vec<usize> {
        let mut laid = Vec::new();
        let mut seen = BTreeSet::from([owner]);
        // Each owner on the way, and which of its includes comes next.
        let mut way = vec![(owner, 0)];
        while let Some((at, next)) = way.last_mut() {
            let at = *at;
            let Some(this) = self.names.owners.get(at) else {
                break;
            };
            if let Some(name) = this.object.include.get(*next) {
                *next += 1;
                let group = self
                    .names
                    .groups
                    .get(&(this.package, name.as_str()))
                    .copied();
                way.extend(
                    group
                        .filter(|group| seen.insert(*group))
                        .map(|group| (group, 0)),
                );
                continue;
            }
            way.pop();
            laid.push(at);
            let Some(left) = budget.checked_sub(this.object.fields.len() + 1) else {
                let message = format!(
                    "all objects together have more than {MOST_FIELDS} fields with the groups laid in"
                );
                let span = self
                    .names
                    .owners
                    .get(owner)
                    .map_or(this.object.span, |this| this.object.span);
                self.diagnostics
                    .push(Diagnostic::error(codes::LIMIT, span, message));
                *budget = 0;
                break;
            };
            *budget = left;
        }
        laid
    }

    /// Circles of groups: every include on one is reported.
    fn check_circles(&mut self) {
        let groups: Vec<usize> = self.names.groups.values().copied().collect();
        for circle in super::reach::circles(&groups, |group| self.included(group)) {
            for group in &circle {
                let Some(this) = self.names.owners.get(*group) else {
                    continue;
                };
                let mut findings = Vec::new();
                for name in &this.object.include {
                    let Some(other) = self.names.groups.get(&(this.package, name.as_str())) else {
                        continue;
                    };
                    if !circle.contains(other) {
                        continue;
                    }
                    let message = if other == group {
                        format!("the group `{}` includes itself", this.name)
                    } else {
                        format!(
                            "the groups `{}` and `{}` include each other",
                            this.name, name.text
                        )
                    };
                    findings.push(Diagnostic::error(codes::INCLUDE_CYCLE, name.span, message));
                }
                self.diagnostics.extend(findings);
            }
        }
    }

    /// The groups that an owner includes itself.
    fn included(&self, owner: usize) -> Vec<usize> {
        let Some(this) = self.names.owners.get(owner) else {
            return Vec::new();
        };
        let names = this.object.include.iter();
        names
            .filter_map(|name| {
                self.names
                    .groups
                    .get(&(this.package, name.as_str()))
                    .copied()
            })
            .collect()
    }

    fn check_includes(&mut self, owner: usize) {
        let Some(this) = self.names.owners.get(owner).cloned() else {
            return;
        };
        for name in &this.object.include {
            if !self
                .names
                .groups
                .contains_key(&(this.package, name.as_str()))
            {
                let message = format!("there is no group `{}`", name.text);
                let mut finding = Diagnostic::error(codes::UNKNOWN_GROUP, name.span, message);
                let known = self
                    .names
                    .groups
                    .keys()
                    .filter(|(package, _)| *package == this.package)
                    .map(|(_, name)| *name);
                if let Some(meant) = did_you_mean(&name.text, known) {
                    finding = finding.help(format!("did you mean `{meant}`?")).fix(
                        format!("replace by `{meant}`"),
                        name.span,
                        meant,
                    );
                } else if self
                    .names
                    .ids
                    .contains_key(&(this.package, name.text.clone()))
                {
                    finding = finding.help(format!(
                        "`{}` is a type; only groups can be included",
                        name.text
                    ));
                }
                self.diagnostics.push(finding);
            }
        }
    }
}
