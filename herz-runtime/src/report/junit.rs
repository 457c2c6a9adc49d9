//! The report as JUnit's XML, which every CI shows.

use super::Report;
use super::html::escape;
use crate::event::{Phase, Verdict};

/// A test case: its class, its name, and why it failed.
type Case = (String, String, Option<String>);

pub(super) fn write(report: &Report) -> String {
    let mut cases: Vec<Case> = Vec::new();
    for step in &report.steps {
        let name = |what: &str| format!("{what}: {}", step.what);
        let class = step.target.clone();
        let missing = step
            .injected_in
            .is_none()
            .then(|| "it was not injected".to_owned());
        let injected = step.failed.clone().or(missing);
        cases.push((class.clone(), name("inject"), injected));
        if !step.instant {
            let undone = step.undone.is_none() || !step.left.is_empty();
            cases.push((class, name("undo"), undone.then(|| step.undo_words())));
        }
    }
    let ended = match (&report.verdict, report.phase) {
        (_, Phase::Dirty) => Some("undo incomplete: the system may still be disturbed".to_owned()),
        (Some(Verdict::Completed), Phase::Clean) => None,
        _ => Some(report.summary()),
    };
    cases.push((
        report.title.clone(),
        "completed and clean".to_owned(),
        ended,
    ));
    let failures = cases.iter().filter(|(.., failed)| failed.is_some()).count();
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n  <testsuite name=\"{}\" tests=\"{}\" \
         failures=\"{failures}\" timestamp=\"{}\">\n",
        escape(&report.title),
        cases.len(),
        escape(&report.started)
    );
    for (class, name, failed) in cases {
        let (class, name) = (escape(&class), escape(&name));
        match failed {
            None => out.push_str(&format!(
                "    <testcase classname=\"{class}\" name=\"{name}\"/>\n"
            )),
            Some(why) => out.push_str(&format!(
                "    <testcase classname=\"{class}\" name=\"{name}\">\n      <failure \
                 message=\"{}\"/>\n    </testcase>\n",
                escape(&why)
            )),
        }
    }
    out.push_str("  </testsuite>\n</testsuites>\n");
    out
}
