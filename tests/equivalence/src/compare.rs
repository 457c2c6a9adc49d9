//! Who disagrees about what.

use crate::schemas::FORMER;
use crate::{Document, Finding, Judge, Verdict};
use herz_types::codes;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// What a comparison came to.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Report {
    /// Number of documents.
    pub documents: usize,
    /// How many the reference accepts.
    pub accepted: usize,
    /// How often each code was found by the reference, once a document.
    pub codes: BTreeMap<String, usize>,
    /// Each judge's figures, by name.
    pub judges: BTreeMap<String, Tally>,
    /// The first disagreements; how many there are stands in the figures.
    pub disagreements: Vec<Disagreement>,
}

/// Figures of a judge.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Documents that it was asked about.
    pub judged: usize,
    /// Of these it accepts so many.
    pub accepted: usize,
    /// Of these so many do not fit its types, so that nothing else was looked at.
    pub unread: usize,
    /// Documents with a finding that it can't see, by its list of gaps.
    pub excused: usize,
    /// Documents that it and the reference disagree about.
    pub disagreed: usize,
}

/// Two verdicts that differ.
#[derive(Debug, Clone, PartialEq)]
pub struct Disagreement {
    /// Who disagrees with the reference.
    pub judge: String,
    /// About what.
    pub document: Document,
    /// How.
    pub what: String,
}

/// So many disagreements of each judge are kept with their documents.
const KEPT: usize = 10;

impl Report {
    /// Whether nobody disagrees.
    pub fn agrees(&self) -> bool {
        self.judges.values().all(|tally| tally.disagreed == 0)
    }

    /// Adds the figures of another comparison.
    pub fn add(&mut self, other: Self) {
        self.documents += other.documents;
        self.accepted += other.accepted;
        for (code, count) in other.codes {
            *self.codes.entry(code).or_default() += count;
        }
        for (name, tally) in other.judges {
            let own = self.judges.entry(name).or_default();
            own.judged += tally.judged;
            own.accepted += tally.accepted;
            own.unread += tally.unread;
            own.excused += tally.excused;
            own.disagreed += tally.disagreed;
        }
        for one in other.disagreements {
            self.keep(one);
        }
    }

    fn keep(&mut self, one: Disagreement) {
        let kept = self.disagreements.iter();
        if kept.filter(|kept| kept.judge == one.judge).count() < KEPT {
            self.disagreements.push(one);
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for one in &self.disagreements {
            writeln!(
                f,
                "{} disagrees about\n{}\n{}\n",
                one.judge, one.document.text, one.what
            )?;
        }
        let refused = self.documents - self.accepted;
        writeln!(
            f,
            "{} documents: {} accepted, {refused} refused; errors of {} codes",
            self.documents,
            self.accepted,
            self.codes.len()
        )?;
        for (name, tally) in &self.judges {
            writeln!(
                f,
                "  {name}: {} judged, {} accepted, {} do not fit the types, {} with what it can't say: {} disagreements",
                tally.judged, tally.accepted, tally.unread, tally.excused, tally.disagreed
            )?;
        }
        Ok(())
    }
}

/// Compares judges with a reference, which says of every document all that is wrong with it. The
/// error tells which judge could not be asked, and why.
pub fn compare(
    reference: &mut dyn Judge,
    judges: &mut [Box<dyn Judge + '_>],
    documents: &[Document],
) -> Result<Report, String> {
    let expected: Vec<BTreeSet<Finding>> = ask(reference, documents)?
        .into_iter()
        .map(|verdict| match verdict {
            Verdict::Judged(errors, _) | Verdict::Unread(errors) => today(&errors),
            Verdict::Accepted(_) => BTreeSet::new(),
        })
        .collect();
    let mut report = Report {
        documents: documents.len(),
        accepted: expected.iter().filter(|errors| errors.is_empty()).count(),
        ..Report::default()
    };
    for errors in &expected {
        let codes: BTreeSet<&String> = errors.iter().map(|one| &one.code).collect();
        for code in codes {
            *report.codes.entry(code.clone()).or_default() += 1;
        }
    }
    for judge in judges {
        let shown: Vec<usize> = (0..documents.len())
            .filter(|at| documents.get(*at).is_some_and(|one| judge.takes(one)))
            .collect();
        let texts: Vec<Document> = shown
            .iter()
            .filter_map(|at| documents.get(*at).cloned())
            .collect();
        let verdicts = ask(judge.as_mut(), &texts)?;
        let mut tally = Tally::default();
        for ((document, verdict), at) in texts.into_iter().zip(verdicts).zip(shown) {
            let Some(expected) = expected.get(at) else {
                continue;
            };
            let visible: BTreeSet<Finding> = expected
                .iter()
                .filter(|finding| !judge.misses(finding, &document))
                .cloned()
                .collect();
            tally.judged += 1;
            tally.accepted += usize::from(verdict.accepts());
            tally.unread += usize::from(matches!(verdict, Verdict::Unread(_)));
            tally.excused += usize::from(visible.len() < expected.len());
            if let Some(what) = differs(expected, &visible, &verdict, &document) {
                tally.disagreed += 1;
                report.keep(Disagreement {
                    judge: judge.name().to_owned(),
                    document,
                    what,
                });
            }
        }
        report.judges.insert(judge.name().to_owned(), tally);
    }
    Ok(report)
}

fn ask(judge: &mut dyn Judge, documents: &[Document]) -> Result<Vec<Verdict>, String> {
    let verdicts = judge
        .judge(documents)
        .map_err(|error| format!("{}: {error}", judge.name()))?;
    if verdicts.len() == documents.len() {
        Ok(verdicts)
    } else {
        Err(format!(
            "{}: {} verdicts on {} documents",
            judge.name(),
            verdicts.len(),
            documents.len()
        ))
    }
}

/// Findings as typed values have them: with the names of today.
fn today(errors: &BTreeSet<Finding>) -> BTreeSet<Finding> {
    let one = |one: &Finding| Finding::new(&one.code, one.path.replace(FORMER, ""));
    errors.iter().map(one).collect()
}

/// Findings of the types as readers of values have them: to these `yes` is a text like others,
/// where the reference says that YAML readers disagree about the word.
fn as_values(expected: &BTreeSet<Finding>) -> BTreeSet<Finding> {
    let mut all = expected.clone();
    let words = expected
        .iter()
        .filter(|one| one.code == codes::YAML_BOOL.to_string());
    all.extend(words.map(|one| Finding::new(codes::WRONG_TYPE, &one.path)));
    all
}

/// How a verdict differs from what the reference finds: `all`, of which the judge can see `expected`.
fn differs(
    all: &BTreeSet<Finding>,
    expected: &BTreeSet<Finding>,
    verdict: &Verdict,
    document: &Document,
) -> Option<String> {
    let told = |list: &BTreeSet<Finding>| {
        let texts: Vec<String> = list.iter().map(ToString::to_string).collect();
        texts.join(", ")
    };
    match verdict {
        Verdict::Accepted(true) => (!expected.is_empty())
            .then(|| format!("it accepts it; the reference finds: [{}]", told(expected))),
        // What it need not see it may see: to refuse what is wrong is never a mistake.
        Verdict::Accepted(false) => all
            .is_empty()
            .then(|| "it refuses it; the reference finds nothing".to_owned()),
        // Reading stops at what does not fit, so the reference may find more; never less.
        Verdict::Unread(errors) if errors.is_empty() && !expected.is_empty() => None,
        Verdict::Unread(errors) => {
            (errors.is_empty() || !today(errors).is_subset(&as_values(expected))).then(|| {
                format!(
                    "it does not read it: [{}]; the reference finds: [{}]",
                    told(errors),
                    told(expected)
                )
            })
        }
        // An error may be about the former name itself.
        Verdict::Judged(errors, _) if today(errors) != *expected => {
            let errors = &today(errors);
            let only = |a: &BTreeSet<Finding>, b: &BTreeSet<Finding>| {
                told(&a.difference(b).cloned().collect())
            };
            Some(format!(
                "only it: [{}]\nonly the reference: [{}]",
                only(errors, expected),
                only(expected, errors)
            ))
        }
        Verdict::Judged(_, Some(written)) => {
            let mut places = Vec::new();
            differences("", &document.value(), written, &mut places);
            (!places.is_empty()).then(|| format!("it writes it otherwise: {places:?}"))
        }
        Verdict::Judged(_, None) => None,
    }
}

/// Where two values differ. Null counts as absent, and numbers are compared by value.
fn differences(path: &str, read: &Value, written: &Value, places: &mut Vec<String>) {
    match (read, written) {
        (Value::Object(read), Value::Object(written)) => {
            for (key, value) in read {
                let path = format!("{path}.{key}");
                // A former name is written as the name of today, except below an unknown key and
                // beside that name.
                let today = key.strip_prefix(FORMER).unwrap_or(key);
                match written.get(key).or_else(|| written.get(today)) {
                    Some(written) => differences(&path, value, written, places),
                    None if value.is_null() => {}
                    None => places.push(format!("{path} is lost")),
                }
            }
            let known =
                |key: &str| read.contains_key(key) || read.contains_key(&format!("{FORMER}{key}"));
            for key in written.keys().filter(|key| !known(key)) {
                places.push(format!("{path}.{key} is new"));
            }
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            for (at, (a, b)) in a.iter().zip(b).enumerate() {
                differences(&format!("{path}[{at}]"), a, b, places);
            }
        }
        (Value::Number(a), Value::Number(b)) if a.as_f64() == b.as_f64() => {}
        (a, b) if a == b => {}
        (a, b) => places.push(format!("{path}: {a} became {b}")),
    }
}
