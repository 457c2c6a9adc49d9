//! Runs the blocks of a page and compares what is found with what is announced.

use super::matrix::Past;
use super::page::{Block, Page};
use herz_dsl::catalog::{Catalog, Targets, parse_release};
use herz_dsl::check::{Checker, Outcome};
use herz_dsl::compile::{self, Texts};
use herz_dsl::contract::Contract;
use herz_dsl::diagnostic::{Diagnostic, Level};
use herz_dsl::openapi::Document;
use herz_dsl::source::{SourceId, Sources};
use herz_dsl::tree::{self, Limits};
use std::collections::BTreeMap;

/// What running pages came to.
#[derive(Debug, Default)]
pub struct Report {
    /// Pages run.
    pub pages: usize,
    /// Blocks run.
    pub blocks: usize,
    /// Announcements that were found.
    pub found: usize,
    /// What is wrong, each with `file:line`.
    pub failures: Vec<String>,
}

/// The `package.yaml` of a schema block that has none before it.
const PACKAGE: &str = "package: demo\nversion: 0.1.0\ngroup: demo.example.com\napiVersion: v1\n\
                       platform: { name: demo, versions: [1.0.0, 1.1.0, 2.0.0] }\n";
const PACKAGE_FILE: &str = "package.yaml";
const SCHEMA_FILE: &str = "schema.yaml";
pub(super) const DOCUMENT: &str = "document.yaml";

/// Runs all blocks of a page.
pub fn run(page: &Page, built_in: &Catalog, report: &mut Report) {
    report.pages += 1;
    let mut run = Run {
        page,
        built_in,
        report,
        files: Vec::new(),
        section: 0,
        schema: None,
        past: Past::default(),
        contract: None,
    };
    for (line, mistake) in &page.mistakes {
        run.fail(*line, mistake);
    }
    for block in &page.blocks {
        run.block(block);
    }
    if let Some(unused) = run.files.first().map(|(_, block)| block.line) {
        run.fail(unused, "no schema block follows this one in its section");
    }
}

pub(super) struct Run<'a> {
    page: &'a Page,
    built_in: &'a Catalog,
    report: &'a mut Report,
    /// Files that wait for their schema block.
    files: Vec<(String, &'a Block)>,
    section: u32,
    /// What the section's last schema block compiled to.
    pub(super) schema: Option<Catalog>,
    /// What the section's next matrix is compared with.
    pub(super) past: Past,
    /// What the section's documents are judged by beside their schemas.
    contract: Option<Contract>,
}

/// A text of a run, the block that it is from, and how findings name it.
type File<'a> = (String, Option<&'a Block>);

impl<'a> Run<'a> {
    pub(super) fn fail(&mut self, line: u32, what: &str) {
        self.report
            .failures
            .push(format!("{}:{line}: {what}", self.page.path.display()));
    }

    fn block(&mut self, block: &'a Block) {
        if block.section != self.section {
            self.section = block.section;
            self.schema = None;
            self.past = Past::default();
            self.contract = None;
            for (_, waiting) in std::mem::take(&mut self.files) {
                self.fail(
                    waiting.line,
                    "no schema block follows this one in its section",
                );
            }
        }
        let mut words: Vec<&str> = block
            .words
            .iter()
            .map(String::as_str)
            .filter(|word| *word != "bytes")
            .collect();
        if words == ["ignore"] {
            return;
        }
        if words.first() == Some(&"matrix") {
            self.report.blocks += 1;
            return self.matrix(block);
        }
        if let [one] = words.as_slice()
            && let Some(version) = one.strip_prefix("document=")
        {
            self.report.blocks += 1;
            self.past
                .documents
                .insert(version.to_owned(), block.text.clone());
            return;
        }
        let targets = match Self::take_targets(&mut words) {
            Ok(targets) => targets,
            Err(word) => {
                return self.fail(block.line, &format!("no release is understood in `{word}`"));
            }
        };
        self.report.blocks += 1;
        match words.as_slice() {
            ["tree"] => {
                let found = tree::parse(SourceId(0), &content(block), &Limits::default()).1;
                self.compare(
                    &[(DOCUMENT.to_owned(), Some(block))],
                    found,
                    &Self::sources(block),
                );
            }
            [] => self.documents(block, self.built_in, &targets),
            ["using"] | ["using", "update"] => match self.schema.take() {
                Some(catalog) => {
                    self.documents(block, &catalog, &targets);
                    self.schema = Some(catalog);
                }
                None => self.fail(
                    block.line,
                    "no schema block stands before this one in its section",
                ),
            },
            ["package"] => self.files.push((PACKAGE_FILE.to_owned(), block)),
            ["openapi", name] => self.files.push(((*name).to_owned(), block)),
            ["schema"] => self.schema(block),
            ["contract"] => self.contract(block),
            other => self.fail(
                block.line,
                &format!("what `{}` asks for is not known", other.join(" ")),
            ),
        }
    }

    /// Takes `at=package@release` out of the words.
    fn take_targets<'w>(words: &mut Vec<&'w str>) -> Result<Targets, &'w str> {
        let mut targets = Targets::newest();
        for word in std::mem::take(words) {
            if word.starts_with("skips=") {
                continue;
            }
            let Some(target) = word.strip_prefix("at=") else {
                words.push(word);
                continue;
            };
            let (package, release) = target.split_once('@').ok_or(word)?;
            targets = targets.with(package, parse_release(release).ok_or(word)?);
        }
        Ok(targets)
    }

    pub(super) fn sources(block: &Block) -> Sources {
        let mut sources = Sources::new();
        sources.add(
            DOCUMENT,
            String::from_utf8_lossy(&content(block)).into_owned(),
        );
        sources
    }

    fn documents(&mut self, block: &'a Block, catalog: &Catalog, targets: &Targets) {
        if let Err(error) = targets.check(catalog) {
            return self.fail(block.line, &error.to_string());
        }
        let (tree, mut found) = tree::parse(SourceId(0), &content(block), &Limits::default());
        let checker = Checker::new(catalog, targets);
        let mut outcome = Outcome::default();
        if block.words.iter().any(|word| word == "update") {
            let roots: Vec<_> = tree.documents().map(|document| document.root()).collect();
            let [old, new] = roots.as_slice() else {
                return self.fail(
                    block.line,
                    "an update is two documents: the stored one, and the new one",
                );
            };
            checker.check_update(*old, *new, 1, &mut outcome);
        } else {
            outcome = checker.check_source(&tree);
        }
        let announced = block
            .words
            .iter()
            .find_map(|word| word.strip_prefix("skips="));
        if outcome.skipped.to_string() != announced.unwrap_or("0") {
            let skipped = outcome.skipped;
            self.fail(
                block.line,
                &format!("{skipped} documents are of no kind that the schema has, so that nothing is checked"),
            );
        }
        found.extend(outcome.diagnostics);
        if let Some(contract) = &self.contract {
            found.extend(contract.judge(&tree, &checker).findings);
        }
        self.compare(
            &[(DOCUMENT.to_owned(), Some(block))],
            found,
            &Self::sources(block),
        );
    }

    fn contract(&mut self, block: &'a Block) {
        let (document, mut found) = Document::read(SourceId(0), &content(block));
        if let Some(document) = document {
            let (contract, more) = Contract::of(&document, "contract.yaml", self.built_in);
            found.extend(more);
            self.contract = contract;
        }
        let files = [(DOCUMENT.to_owned(), Some(block))];
        self.compare(&files, found, &Self::sources(block));
    }

    fn schema(&mut self, block: &'a Block) {
        let mut files: Vec<File<'a>> = std::mem::take(&mut self.files)
            .into_iter()
            .map(|(name, block)| (name, Some(block)))
            .collect();
        if files.iter().all(|(name, _)| name != PACKAGE_FILE) {
            files.push((PACKAGE_FILE.to_owned(), None));
        }
        files.push((SCHEMA_FILE.to_owned(), Some(block)));
        let texts: BTreeMap<String, Vec<u8>> = files
            .iter()
            .map(|(name, block)| (name.clone(), block.map_or_else(|| PACKAGE.into(), content)))
            .collect();
        let mut sources = Sources::new();
        let paths = [PACKAGE_FILE, SCHEMA_FILE];
        let (packages, mut found) = compile::load(&Texts(texts), &paths, &mut sources);
        let (catalog, findings) = compile::compile(&packages);
        found.extend(findings);
        self.schema = Some(catalog);
        self.compare(&files, found, &sources);
    }

    /// Says which findings were not announced and which announcements not found.
    pub(super) fn compare(
        &mut self,
        files: &[File<'a>],
        found: Vec<Diagnostic>,
        sources: &Sources,
    ) {
        let mut open: Vec<_> = files
            .iter()
            .filter_map(|(name, block)| block.map(|block| (name, block)))
            .flat_map(|(name, block)| {
                block
                    .announced
                    .iter()
                    .map(move |announced| (name, block, announced))
            })
            .collect();
        for finding in found {
            let place = finding
                .span
                .and_then(|span| Some((sources.get(span.source)?, span)));
            let (file, line) = place.map_or((DOCUMENT, 1), |(source, span)| {
                (&*source.name, source.position(span.start).line)
            });
            let level = match finding.level {
                Level::Error => "error",
                Level::Warning => "warning",
            };
            let met = open.iter().position(|(name, _, announced)| {
                *name == file
                    && announced.line == line
                    && announced.level == level
                    && announced.code == finding.code.as_str()
                    && finding.message.contains(&announced.part)
            });
            if let Some(met) = met {
                open.remove(met);
                self.report.found += 1;
                continue;
            }
            let block = files
                .iter()
                .find(|(name, _)| name == file)
                .and_then(|(_, block)| *block);
            let at = block.map_or(0, |block| block.line + line - 1);
            self.fail(
                at,
                &format!(
                    "not announced: {level}: {} {:?}",
                    finding.code, finding.message
                ),
            );
        }
        for (_, block, announced) in open {
            let what = format!(
                "not found: {}: {} {:?}",
                announced.level, announced.code, announced.part
            );
            self.fail(block.line + announced.line - 1, &what);
        }
    }
}

/// A block's bytes: its text, or with `bytes` among its words what the escapes stand for.
fn content(block: &Block) -> Vec<u8> {
    if block.words.iter().all(|word| word != "bytes") {
        return block.text.clone().into_bytes();
    }
    let mut bytes = Vec::new();
    let mut rest = block.text.as_str();
    while let Some((before, behind)) = rest.split_once("\\x") {
        bytes.extend_from_slice(before.as_bytes());
        let byte = behind
            .get(..2)
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.extend(byte);
        rest = behind.get(2..).unwrap_or("");
    }
    bytes.extend_from_slice(rest.as_bytes());
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    fn failures(text: &str) -> Vec<String> {
        let page = Page::parse(Path::new("a.md"), text);
        let mut report = Report::default();
        let nothing = Catalog {
            packages: Vec::new(),
            kinds: Vec::new(),
            types: Vec::new(),
        };
        run(&page, &nothing, &mut report);
        report.failures
    }

    #[test]
    fn what_is_announced_and_found_passes() {
        assert_eq!(
            failures("```yaml tree\na: 1\na: 2 # error: HZ0002 \"twice\"\n```\n"),
            Vec::<String>::new()
        );
        assert_eq!(
            failures("```yaml tree bytes\na: \\x41\n```\n"),
            Vec::<String>::new()
        );
        assert_eq!(
            failures("<!-- error: HZ0001 line=1 -->\n```yaml tree\na: [\n```\n"),
            Vec::<String>::new()
        );
    }

    #[test]
    fn what_is_not_announced_fails() {
        let failures = failures("# T\n```yaml tree\na: 1\na: 2\n```\n");
        assert_eq!(
            failures,
            ["a.md:4: not announced: error: HZ0002 \"the key `a` is there twice in this map\""]
        );
    }

    #[test]
    fn what_is_not_found_fails() {
        for announced in [
            "error: HZ0003",
            "warning: HZ0002",
            "error: HZ0002 \"other words\"",
        ] {
            let text = format!("```yaml tree\na: 1\na: 2 # {announced}\n```\n");
            assert_eq!(failures(&text).len(), 2, "{announced}");
        }
        assert_eq!(
            failures("```yaml tree\na: 1 # error: HZ0002\n```\n"),
            ["a.md:2: not found: error: HZ0002 \"\""]
        );
    }

    #[test]
    fn words_that_mean_nothing_fail() {
        for text in [
            "```yaml tre\n```\n",
            "```yaml at=x\n```\n",
            "```yaml using\n```\n",
            "```yaml package\n```\n",
        ] {
            assert_eq!(failures(text).len(), 1, "{text}");
        }
        let apart =
            "## A\n```yaml schema\nkind: A\nfields: []\n```\n## B\n```yaml using\na: 1\n```\n";
        assert!(
            failures(apart)
                .iter()
                .any(|failure| failure.contains("no schema block stands before"))
        );
    }

    #[test]
    fn a_document_that_nothing_checks_fails() {
        assert_eq!(
            failures("```yaml\napiVersion: v1\nkind: Pod\n```\n").len(),
            1
        );
    }
}
