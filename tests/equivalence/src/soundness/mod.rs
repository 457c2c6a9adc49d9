//! What `herz breaking` says of random edits, judged by the checker of the catalog.
//!
//! * Where it reports no break, documents that were valid stay so.
//! * Where it reports a break on the wire, there is a document that shows it.

mod edit;

use crate::schemas::{self, Schema};
use herz_dsl::breaking::{self, Confidence, Finding, Level, Options, Report};
use herz_dsl::catalog::{Catalog, PackageId, Targets};
use herz_dsl::check::Checker;
use herz_dsl::diagnostic::Diagnostic;
use herz_dsl::source::SourceId;
use herz_dsl::tree::{self, Limits};
use herz_tests::generate::{Generator, Random};
use serde_json::Value;
use std::collections::BTreeMap;

/// How much is tried.
#[derive(Debug, Clone, Copy)]
pub struct Counts {
    /// The same seed gives the same run.
    pub seed: u64,
    /// Pairs of schemas.
    pub pairs: usize,
    /// Documents valid before, for each pair without a break.
    pub documents: usize,
    /// This pair alone, with its schemas told.
    pub only: Option<usize>,
}

/// What a run came to.
#[derive(Debug, Clone, Default)]
pub struct Soundness {
    /// Pairs compared.
    pub pairs: usize,
    /// Of these, pairs without a break in what is written.
    pub harmless: usize,
    /// Documents valid before that were judged after.
    pub documents: usize,
    /// Breaks on the wire, and of these the ones with a document.
    pub breaks: usize,
    /// Breaks with a document that shows them.
    pub shown: usize,
    /// Rules of the breaks: how many, how many shown.
    pub rules: BTreeMap<&'static str, (usize, usize)>,
    /// Breaks for which the search found no document, and random ones did.
    pub missed: Vec<String>,
    /// Breaks where the side that takes the document takes none of the random ones: rules that
    /// contradict each other. Nobody can be broken.
    pub empty: usize,
    /// Breaks where no random document that is taken has a value at the place: another rule forbids it,
    /// or none of its values is valid.
    pub unreached: usize,
    /// Breaks that no combination of the states of fields shows: rules around them contradict each other.
    pub contradicted: usize,
    /// Breaks without a document for which none of these reasons was seen.
    pub open: Vec<String>,
    /// What is wrong, each with its edit.
    pub wrong: Vec<String>,
    /// Schemas of the one pair that was asked for.
    pub told: String,
}

/// Random documents made where no document was found.
const MISSED: usize = 1000;

/// What random documents say of a break for which no document was found.
enum Search {
    /// This one shows it.
    Shown(Value),
    /// None of them is taken.
    Empty,
    /// None that is taken has a value at the place.
    Unreached,
    /// Some have one, and none shows the break.
    Open,
}

/// A pair of catalogs, and how the second came from the first.
struct Pair {
    old: Catalog,
    new: Catalog,
    edit: String,
    number: usize,
}

/// Runs both laws.
pub fn run(counts: Counts) -> Soundness {
    let mut run = Soundness::default();
    let tapes = schemas::random(counts.seed, counts.pairs);
    let catalogs: Vec<Catalog> = tapes
        .iter()
        .filter_map(|it| Schema::compile(it).ok())
        .collect();
    let mut at = 0;
    while run.pairs < counts.pairs && !catalogs.is_empty() {
        let old = catalogs.get(at % catalogs.len());
        // Each pair by itself: what is tried for one changes nothing of the next.
        let mut random = Random::new(Random::new(counts.seed ^ ((at as u64) << 20)).number());
        let pair = old.and_then(|old| pair(old, at, &mut random));
        let number = at;
        at += 1;
        let Some(pair) = pair else { continue };
        run.pairs += 1;
        if counts.only.is_some_and(|it| it != number) {
            continue;
        }
        if counts.only.is_some() {
            run.told = told(&pair);
        }
        law(&pair, counts, &mut random, &mut run);
    }
    run
}

/// Both schemas of a pair, as text.
fn told(pair: &Pair) -> String {
    let mut text = String::new();
    for (side, catalog) in [("old", &pair.old), ("new", &pair.new)] {
        for id in 0..catalog.packages.len() {
            let id = PackageId(u32::try_from(id).unwrap_or(0));
            for (name, file) in herz_dsl::print::package(catalog, id) {
                text.push_str(&format!("# {side}: {name}\n{file}"));
            }
        }
    }
    text
}

/// One to three edits, forwards or backwards.
fn pair(old: &Catalog, number: usize, random: &mut Random) -> Option<Pair> {
    let mut new = old.clone();
    let mut edits = Vec::new();
    for _ in 0..=random.below(3) {
        if let Some((edited, text)) = edit::edit(&new, random) {
            new = edited;
            edits.push(text);
        }
    }
    if edits.is_empty() || new == *old {
        return None;
    }
    let (old, new, way) = if random.below(2) == 0 {
        (old.clone(), new, "")
    } else {
        (new, old.clone(), "undone: ")
    };
    Some(Pair {
        old,
        new,
        edit: format!("{way}{}", edits.join("; ")),
        number,
    })
}

fn law(pair: &Pair, counts: Counts, random: &mut Random, run: &mut Soundness) {
    let newest = Targets::newest();
    let sides = ((&pair.old, &newest), (&pair.new, &newest));
    let options = Options {
        prove: true,
        ..Options::default()
    };
    let report = breaking::compare_catalogs(sides.0, sides.1, None, &options);
    if counts.only.is_some() {
        for it in &report.findings {
            let told = format!(
                "# {} {} {}: {}\n",
                it.level,
                it.rule,
                it.place(),
                it.message
            );
            run.told.push_str(&told);
        }
    }
    shown(pair, &report, random, run);
    if report
        .findings
        .iter()
        .any(|it| it.input && it.level == Level::Major)
    {
        return;
    }
    run.harmless += 1;
    harmless(pair, &report, counts, random, run);
}

/// Each certain break on the wire comes with a document, which both checkers confirm.
fn shown(pair: &Pair, report: &Report, random: &mut Random, run: &mut Soundness) {
    let newest = Targets::newest();
    let (old, new) = (
        Checker::new(&pair.old, &newest),
        Checker::new(&pair.new, &newest),
    );
    let breaks = |it: &&Finding| {
        it.level == Level::Major && it.confidence == Confidence::Certain && it.is_on_the_wire()
    };
    // With one break, whatever is refused is refused for it.
    let only = report
        .findings
        .iter()
        .filter(|it| it.level == Level::Major)
        .count()
        == 1;
    for finding in report.findings.iter().filter(breaks) {
        run.breaks += 1;
        let counts = run.rules.entry(finding.rule).or_default();
        counts.0 += 1;
        let Some(text) = &finding.proof else {
            let told = format!(
                "pair {}: {}\n  {} {}: {}",
                pair.number,
                pair.edit,
                finding.rule,
                finding.place(),
                finding.message
            );
            match search(pair, finding, only, random) {
                Search::Shown(document) if finding.contradicted => run.wrong.push(format!(
                    "said to be shown by no document, but there is one: {told}\n  {document}"
                )),
                Search::Shown(document) => run.missed.push(format!(
                    "no document was found, but there is one: {told}\n  {document}"
                )),
                _ if finding.contradicted => run.contradicted += 1,
                Search::Empty => run.empty += 1,
                Search::Unreached => run.unreached += 1,
                Search::Open => run.open.push(format!("no document was found: {told}")),
            }
            continue;
        };
        let document: Value = serde_json::from_str(text).unwrap_or_default();
        let (before, after) = (errors(&old, &document), errors(&new, &document));
        let breaks = match (before.is_empty(), after.is_empty()) {
            (true, false) => finding.input,
            (false, true) => finding.output,
            _ => false,
        };
        if breaks {
            run.shown += 1;
            counts.1 += 1;
        } else {
            run.wrong.push(format!(
                "{text} is no proof of {}: {}",
                finding.place(),
                pair.edit
            ));
        }
    }
}

/// Looks among random documents for one that shows a break for which none was found, and if there is none,
/// for the reason. Random schemas can be such that there is none.
fn search(pair: &Pair, finding: &Finding, only: bool, random: &mut Random) -> Search {
    let newest = Targets::newest();
    let (takes, refuses) = if finding.input {
        (&pair.old, &pair.new)
    } else {
        (&pair.new, &pair.old)
    };
    let (judge, other) = (Checker::new(takes, &newest), Checker::new(refuses, &newest));
    let field = finding.path.rsplit(['.', ')']).next().unwrap_or_default();
    let field = field.trim_end_matches("[]");
    let (mut taken, mut reached) = (0, 0);
    for kind in &takes.kinds {
        if finding.kind.as_ref().is_some_and(|it| *it != kind.name) {
            continue;
        }
        let mut generator = Generator::new(takes, random.number());
        for _ in 0..MISSED {
            let mut document = generator.document(kind);
            if let Some(map) = document.as_object_mut() {
                map.remove(if finding.input { "status" } else { "spec" });
            }
            if !errors(&judge, &document).is_empty() {
                continue;
            }
            taken += 1;
            reached += usize::from(field.is_empty() || has(&document, field));
            let shows = errors(&other, &document).iter().any(|error| {
                let at = error.path.as_deref().unwrap_or_default();
                only || (!field.is_empty() && at.ends_with(field))
            });
            if shows {
                return Search::Shown(document);
            }
        }
    }
    match (taken, reached) {
        (0, _) => Search::Empty,
        (_, 0) => Search::Unreached,
        _ => Search::Open,
    }
}

/// Whether some object in a value has that key, with a value that is not null.
fn has(value: &Value, key: &str) -> bool {
    match value {
        Value::Object(map) => {
            map.get(key).is_some_and(|it| !it.is_null()) || map.values().any(|it| has(it, key))
        }
        Value::Array(items) => items.iter().any(|it| has(it, key)),
        _ => false,
    }
}

/// No break is reported: documents stay valid.
fn harmless(
    pair: &Pair,
    report: &Report,
    counts: Counts,
    random: &mut Random,
    run: &mut Soundness,
) {
    let newest = Targets::newest();
    let (old, new) = (
        Checker::new(&pair.old, &newest),
        Checker::new(&pair.new, &newest),
    );
    for kind in &pair.old.kinds {
        let mut generator = Generator::new(&pair.old, random.number());
        let share = counts.documents.div_ceil(pair.old.kinds.len());
        let mut valid = 0;
        // Some schemas refuse nearly all that a generator makes.
        for _ in 0..share * 20 {
            if valid == share {
                break;
            }
            let mut document = generator.document(kind);
            if let Some(map) = document.as_object_mut() {
                // What is read of it is another matter.
                map.remove("status");
            }
            if !errors(&old, &document).is_empty() {
                continue;
            }
            valid += 1;
            if let Some(error) = errors(&new, &document).first() {
                let told: Vec<String> = report
                    .findings
                    .iter()
                    .map(|it| format!("{} {} {}", it.rule, it.place(), it.level))
                    .collect();
                run.wrong.push(format!(
                    "not told: {}\n  {document}\n  {} at {}: {}\n  told: {}",
                    pair.edit,
                    error.code,
                    error.path.as_deref().unwrap_or_default(),
                    error.message,
                    told.join("; ")
                ));
                return;
            }
        }
        run.documents += valid;
    }
}

/// The errors of a document.
fn errors(checker: &Checker<'_>, document: &Value) -> Vec<Diagnostic> {
    let text = document.to_string();
    let (tree, mut found) = tree::parse(SourceId(0), text.as_bytes(), &Limits::default());
    found.extend(checker.check_source(&tree).diagnostics);
    found.retain(|it| it.level == herz_dsl::diagnostic::Level::Error);
    found
}

impl std::fmt::Display for Soundness {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.told)?;
        for wrong in self.wrong.iter().chain(&self.missed).chain(&self.open) {
            writeln!(f, "{wrong}\n")?;
        }
        for (rule, (all, shown)) in &self.rules {
            writeln!(f, "{rule}: {shown} of {all} shown by a document")?;
        }
        writeln!(
            f,
            "{} pairs: {} without a break, {} documents stay valid; {} wrong\n\
             {} breaks on the wire: {} shown by a document, {} only by a random one; no document there can be for {}: \
             {} where no combination does, {} of schemas that take none, {} at places that none reaches; {} open",
            self.pairs,
            self.harmless,
            self.documents,
            self.wrong.len(),
            self.breaks,
            self.shown,
            self.missed.len(),
            self.contradicted + self.empty + self.unreached,
            self.contradicted,
            self.empty,
            self.unreached,
            self.open.len()
        )
    }
}
