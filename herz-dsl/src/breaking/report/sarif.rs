//! The report as SARIF, at the new places, with the old ones as related.

use super::{Finding, Report, WORDS, place};
use crate::breaking::level::{Confidence, Level};
use crate::breaking::rule;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::render::sarif::{Entry, RuleText, SarifReport, Severity};
use crate::source::{Sources, Span};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

impl Report {
    /// The report as SARIF 2.1.0. Differences that ask for nothing, and those in words only, are
    /// left out: services take a few thousand results at most. What is wrong with the policy is a
    /// result, too.
    pub fn to_sarif(&self, sources: &Sources, policy: &[Diagnostic]) -> String {
        let mut text = String::new();
        // Writing to a text does not fail.
        let _ = self.sarif(&mut text, sources, policy);
        text
    }

    fn sarif(&self, out: &mut String, sources: &Sources, policy: &[Diagnostic]) -> fmt::Result {
        let shown = |it: &&Finding| it.counts() && it.rule != WORDS;
        let shown: Vec<&Finding> = self.findings.iter().filter(shown).collect();
        let mut entries: Vec<Entry> = policy.iter().map(Entry::new).collect();
        entries.extend(shown.iter().map(|it| entry(it, sources)));
        let mut report = SarifReport::begin(out)?;
        let mut results = String::new();
        SarifReport::entries(&mut results, &entries, sources)?;
        report.add_written(out, &results)?;
        let codes: BTreeSet<&str> = policy.iter().map(|it| it.code.as_str()).collect();
        let rules: BTreeSet<&str> = shown.iter().map(|it| it.rule).collect();
        let rules = rules.into_iter().map(|id| {
            let rule = rule::get(id);
            RuleText {
                id: id.to_owned(),
                title: rule.title.to_owned(),
                page: rule.page(),
            }
        });
        report.finish(out, codes.into_iter().map(RuleText::of_code).chain(rules))
    }
}

fn entry(finding: &Finding, sources: &Sources) -> Entry {
    let exception = finding.exception();
    let properties = [
        ("level", Some(finding.level.name())),
        ("client", Some(finding.client.name())),
        ("confidence", Some(finding.confidence.name())),
        ("kind", finding.kind.as_deref()),
        ("path", Some(finding.path.as_str())),
        ("witness", finding.witness.as_deref()),
        ("proof", finding.proof.as_deref()),
        ("exception", exception.as_deref()),
    ];
    let properties: BTreeMap<&'static str, String> = properties
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?.to_owned())))
        .collect();
    let known = |span: Option<Span>| span.filter(|_| place(sources, span).is_some());
    let (old, new) = (known(finding.old), known(finding.new));
    Entry {
        rule: finding.rule.to_owned(),
        severity: match (finding.level, finding.confidence) {
            _ if finding.gate => Severity::Error,
            (Level::Major, Confidence::Certain) => Severity::Error,
            (Level::Major, Confidence::Possible) => Severity::Warning,
            _ => Severity::Note,
        },
        message: format!("{}: {}", finding.place(), finding.message),
        span: new.or(old),
        path: finding.place(),
        related: match (old, new) {
            (Some(old), Some(_)) => vec![(old, "what it was".to_owned())],
            _ => Vec::new(),
        },
        fingerprint: Some(finding.fingerprint()),
        accepted: finding.accepted.clone(),
        properties,
        fixes: Vec::new(),
    }
}
