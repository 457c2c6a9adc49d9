//! What is told when the whole walk is done: fields that moved, echoes; and ends that are over.

use super::{Comparison, FieldChange, Raw};
use crate::breaking::level::Direction;

impl Comparison<'_> {
    /// Told when all fields are known: fields that moved to another object, and echoes.
    pub(in crate::breaking) fn settle(&mut self) {
        let echoes = std::mem::take(&mut self.echoes);
        let mut changes = std::mem::take(&mut self.changes);
        changes.retain(|change| {
            self.out.kind.clone_from(&change.kind);
            let echo = echoes.contains(&(change.added, change.object, change.name.clone()));
            if echo {
                self.out.remove(&change.path, change.rule);
            }
            !echo && self.out.contains(&change.path, change.rule)
        });
        changes.sort_by(|a, b| (&a.kind, &a.path, a.added).cmp(&(&b.kind, &b.path, b.added)));
        changes.dedup_by(|a, b| (&a.kind, &a.path, a.added) == (&b.kind, &b.path, b.added));
        let (added, removed): (Vec<FieldChange>, Vec<FieldChange>) =
            changes.into_iter().partition(|change| change.added);
        for gone in &removed {
            self.out.kind.clone_from(&gone.kind);
            let near = |a: &FieldChange, b: &FieldChange| {
                a.kind == b.kind && a.name == b.name && related(&a.parent, &b.parent)
            };
            let homes: Vec<&FieldChange> = added.iter().filter(|come| near(gone, come)).collect();
            let [home] = homes.as_slice() else { continue };
            let rivals = removed.iter().filter(|it| near(it, home)).count();
            if rivals > 1 || !self.equal(gone.schema, home.schema) {
                continue;
            }
            let Some(was) = self.out.remove(&gone.path, gone.rule) else {
                continue;
            };
            let is = self.out.remove(&home.path, home.rule);
            let direction = match (was.input, was.output) {
                (true, false) => Some(Direction::Input),
                (false, true) => Some(Direction::Output),
                _ => None,
            };
            let message = format!("`{}` stands at `{}` now", gone.path, home.path);
            let raw = Raw::new("field-moved", &home.path, direction, message);
            self.emit(
                raw.old(was.old)
                    .new_at(is.and_then(|it| it.new))
                    .witness(was.witness),
            );
        }
        self.out.kind = None;
    }

    /// None if nothing was announced, else whether the announced end is over.
    pub(in crate::breaking) fn sunset_passed(
        &self,
        life: &crate::breaking::model::Lifecycle,
    ) -> Option<bool> {
        if !life.deprecated {
            return None;
        }
        let Some(sunset) = &life.sunset else {
            return Some(true);
        };
        if let Ok(release) = semver::Version::parse(sunset) {
            let now = semver::Version::parse(&self.setting.version).ok();
            return Some(now.is_none_or(|now| now.cmp_precedence(&release).is_ge()));
        }
        let day = sunset.get(..10).unwrap_or(sunset);
        Some(day <= self.setting.today.as_str())
    }
}

/// Whether one object lies inside the other, or both in one.
fn related(a: &str, b: &str) -> bool {
    let inside = |inner: &str, outer: &str| {
        inner
            .strip_prefix(outer)
            .is_some_and(|rest| rest.starts_with(['.', '[', '{']))
    };
    inside(a, b) || inside(b, a)
}
