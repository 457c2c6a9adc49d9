//! Exceptions from the rules, each with a reason and an end.
//!
//! `[[accept]]` lets a gate pass; what the change asks of the version stays. `[[lower]]` lets a finding
//! that is only possible count at a lower level. An entry that is for nothing is an error, so that
//! none outlives its cause.

use super::level::{Confidence, Level};
use super::report::{Finding, Report};
use super::rule;
use crate::compat::Date;
use crate::diagnostic::{Diagnostic, codes, did_you_mean};
use crate::schema::value::Spanned;
use crate::source::{SourceId, Span};
use crate::toml::{Reader, Table};

/// Exceptions from the rules.
#[derive(Debug, Clone, Default)]
pub struct Policy {
    entries: Vec<Entry>,
}

#[derive(Debug, Clone)]
struct Entry {
    /// The whole entry.
    span: Span,
    /// None: any rule; then a fingerprint is there.
    rule: Option<&'static str>,
    kind: Option<Glob>,
    path: Option<Glob>,
    fingerprint: Option<String>,
    /// The level that findings count at; None: they are accepted.
    level: Option<Level>,
    reason: String,
    until: Spanned<Date>,
}

impl Policy {
    /// Reads a policy. There is always one: what can't be understood is reported and left out.
    pub fn read(source: SourceId, text: &str) -> (Self, Vec<Diagnostic>) {
        let mut reader = Reader::new(source, codes::POLICY);
        let mut policy = Self::default();
        if let Some(document) = reader.parse(text) {
            let root = reader.root(&document);
            reader.known_keys(root, "a policy", &["schema", "accept", "lower"]);
            reader.form(root, "the policy");
            for (key, lowers) in [("accept", false), ("lower", true)] {
                let Some(found) = reader.get(root, key) else {
                    continue;
                };
                for table in reader.tables(found, &format!("`{key}`")) {
                    policy.entries.extend(entry(&mut reader, table, lowers));
                }
            }
        }
        let mut diagnostics = reader.diagnostics;
        diagnostics.sort_by_key(|finding| finding.span.map(|span| span.start));
        (policy, diagnostics)
    }

    /// Applies the exceptions. What is wrong with them is returned: those whose day is over, and
    /// those that are for nothing.
    pub fn apply(&self, report: &mut Report, today: Date) -> Vec<Diagnostic> {
        let mut out = Vec::new();
        for entry in &self.entries {
            if entry.until.value < today {
                let message = format!(
                    "the exception ended on {}, so it counts no more: {}",
                    entry.until.value, entry.reason
                );
                let found = Diagnostic::error(codes::POLICY_EXPIRED, entry.until.span, message);
                out.push(
                    found.help("mend the change, or look at the reason again and set a new day"),
                );
                continue;
            }
            let mut used = false;
            let mut certain = 0;
            for finding in report.findings.iter_mut().filter(|it| entry.is_for(it)) {
                let applied = entry.apply(finding);
                used |= applied;
                certain += usize::from(!applied);
            }
            if used {
                continue;
            }
            let message = "this exception is for no change that there is";
            let mut found = Diagnostic::error(codes::POLICY_UNUSED, entry.span, message);
            if certain > 0 {
                let help = "only what is possible, and above that level, can be lowered; \
                            `[[accept]]` takes findings that are certain";
                found = found.help(help);
            } else if let Some(near) = entry.near(report) {
                found = found.help(format!("there is one at `{near}`"));
            } else {
                found = found.help("take it out if its cause is gone");
            }
            out.push(found);
        }
        out
    }
}

impl Entry {
    fn is_for(&self, finding: &Finding) -> bool {
        let fits = |glob: &Option<Glob>, text: &str| glob.as_ref().is_none_or(|it| it.fits(text));
        self.rule.is_none_or(|rule| rule == finding.rule)
            && fits(&self.kind, finding.kind.as_deref().unwrap_or_default())
            && fits(&self.path, &finding.path)
            && self
                .fingerprint
                .as_ref()
                .is_none_or(|print| *print == finding.fingerprint())
    }

    /// Whether that changes anything.
    fn apply(&self, finding: &mut Finding) -> bool {
        match self.level {
            None => {
                finding.accepted = Some(self.reason.clone());
                true
            }
            Some(level) if finding.confidence == Confidence::Possible && level < finding.level => {
                let was = finding.level;
                finding.lowered = Some((was, self.reason.clone()));
                finding.level = level;
                true
            }
            Some(_) => false,
        }
    }

    /// The place of a finding of the rule that is probably meant.
    fn near(&self, report: &Report) -> Option<String> {
        let path = &self.path.as_ref()?.0;
        let same_rule = report
            .findings
            .iter()
            .filter(|it| self.rule.is_none_or(|rule| rule == it.rule));
        let paths: Vec<&str> = same_rule.map(|it| it.path.as_str()).collect();
        did_you_mean(path, paths).map(str::to_owned)
    }
}

fn entry(reader: &mut Reader, table: Table<'_>, lowers: bool) -> Option<Entry> {
    let what = if lowers { "a `lower`" } else { "an `accept`" };
    let mut known = vec!["rule", "kind", "path", "fingerprint", "reason", "until"];
    if lowers {
        known.push("level");
    }
    reader.known_keys(table, what, &known);
    let before = reader.diagnostics.len();
    let mut text = |key: &str| {
        let found = reader.get(table, key)?;
        reader.text(found, &format!("`{key}`"))
    };
    let rule = text("rule");
    let (kind, path) = (text("kind"), text("path"));
    let fingerprint = text("fingerprint");
    let reason = text("reason");
    let level = text("level").filter(|_| lowers);
    let until = reader
        .get(table, "until")
        .and_then(|found| Some((reader.date(found, "`until`")?, found.span)));
    let id = rule.and_then(|written| match rule::find(&written.value) {
        Some(rule) => Some(rule.id),
        None => {
            let ids = rule::all().iter().map(|it| it.id);
            let help = did_you_mean(&written.value, ids).map_or_else(
                || "`herz breaking --list-rules` lists the rules".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            let message = format!("no rule is called `{}`", written.value);
            reader.error_with(written.span, message, Some(help));
            None
        }
    });
    let mut lacks = |key: &str, why: &str| {
        reader.error(table.span, format!("{what} has no `{key}`: {why}"));
    };
    let has = |key: &str| table.has(key);
    if !has("fingerprint") {
        for key in ["rule", "path"].into_iter().filter(|key| !has(key)) {
            lacks(
                key,
                "it must say which change it is for, or give its `fingerprint`",
            );
        }
    }
    if !has("until") {
        lacks("until", "an exception must end, such as on 2027-03-31");
    }
    if reason.as_ref().is_none_or(|it| it.value.trim().is_empty())
        && !(has("reason") && reason.is_none())
    {
        lacks("reason", "the next reader must know why");
    }
    let level = match (lowers, level) {
        (false, _) => None,
        (true, Some(written)) => {
            let level = Level::parse(&written.value).filter(|it| *it < Level::Major);
            if level.is_none() {
                let message = format!(
                    "`{}` is no level to lower to: none, patch or minor",
                    written.value
                );
                reader.error(written.span, message);
            }
            level
        }
        (true, None) => {
            if !has("level") {
                let message = format!("{what} has no `level`: none, patch or minor");
                reader.error(table.span, message);
            }
            None
        }
    };
    if reader.diagnostics.len() > before {
        return None;
    }
    let (until, span) = until?;
    Some(Entry {
        span: table.span,
        rule: id,
        kind: kind.map(|it| Glob(it.value)),
        path: path.map(|it| Glob(it.value)),
        fingerprint: fingerprint.map(|it| it.value.to_lowercase()),
        level,
        reason: reason?.value,
        until: Spanned { value: until, span },
    })
}

/// `*` stands for what has no `.` in it, `**` for anything.
#[derive(Debug, Clone)]
struct Glob(String);

impl Glob {
    fn fits(&self, text: &str) -> bool {
        let text: Vec<char> = text.chars().collect();
        // Which lengths of the text's beginning the pattern so far can take.
        let mut reach = vec![false; text.len() + 1];
        if let Some(start) = reach.first_mut() {
            *start = true;
        }
        let mut signs = self.0.chars().peekable();
        while let Some(sign) = signs.next() {
            let mut next = vec![false; text.len() + 1];
            if sign == '*' {
                let all = signs.next_if_eq(&'*').is_some();
                let mut open = false;
                for (at, place) in next.iter_mut().enumerate() {
                    if at > 0 && !all && text.get(at - 1) == Some(&'.') {
                        open = false;
                    }
                    open |= reach.get(at).copied().unwrap_or(false);
                    *place = open;
                }
            } else {
                for (at, place) in next.iter_mut().enumerate().skip(1) {
                    *place = text.get(at - 1) == Some(&sign)
                        && reach.get(at - 1).copied().unwrap_or(false);
                }
            }
            reach = next;
        }
        reach.last().copied().unwrap_or(false)
    }
}

#[cfg(test)]
mod tests {
    use super::Glob;

    #[test]
    fn globs_take_one_step_or_all() {
        for (glob, text, fits) in [
            ("spec.delay", "spec.delay", true),
            ("spec.*", "spec.delay", true),
            ("spec.*", "spec.delay.latency", false),
            ("spec.**", "spec.delay.latency", true),
            ("**.latency", "spec.delay.latency", true),
            ("*", "", true),
            ("*", "a.b", false),
            ("**", "op(GET /x).param(query.limit)", true),
            (
                "op(*).param(query.*)",
                "op(GET /x).param(query.limit)",
                true,
            ),
            ("spec.d*y", "spec.delay", true),
            ("spec.d*y", "spec.delays", false),
            ("", "", true),
            ("", "a", false),
            ("ä*", "äö", true),
        ] {
            assert_eq!(Glob(glob.to_owned()).fits(text), fits, "{glob} {text}");
        }
        // No pattern takes time that grows with a power.
        let text = "a".repeat(2_000);
        assert!(!Glob("*a".repeat(200) + "b").fits(&text));
    }
}
