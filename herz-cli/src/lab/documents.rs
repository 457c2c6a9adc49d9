//! Experiments and inventories, read and judged as `herz validate` judges them.

use super::fault;
use crate::args::runtime::Subject;
use crate::exit::{Exit, Failure};
use crate::files::{self, Input};
use crate::output::Output;
use crate::packages;
use herz::types::codes::NO_END;
use herz::types::read::from_json;
use herz::v1alpha1;
use herz_dsl::check::{Checker, Outcome};
use herz_dsl::diagnostic::Level;
use herz_dsl::diagnostic::render::{self, TextOptions};
use herz_dsl::source::SourceId;
use herz_dsl::tree::{self, Limits, Tree};
use herz_runtime::program::Program;
use herz_runtime::{Experiment, Inventory};
use serde_json::Value as Json;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// What the user named.
#[derive(Debug, Default)]
pub(crate) struct Documents {
    pub(crate) experiments: Vec<Experiment>,
    /// What starts experiments in an order: schedules and workflows.
    pub(crate) programs: Vec<Program>,
    pub(crate) inventory: Inventory,
}

impl Documents {
    /// Everything that the options name.
    pub(crate) fn read(subject: &Subject, output: &Output) -> Result<Self, Failure> {
        let mut reader = Reader::new(subject, output)?;
        reader.paths(&subject.paths)?;
        reader.inventories(&subject.inventory)?;
        if let Some(short) = fault::documents(subject)? {
            for (name, text) in short {
                reader.text(&name, text.as_bytes())?;
            }
        }
        let documents = reader.finish()?;
        if documents.experiments.is_empty() && documents.programs.is_empty() {
            return Err(Failure::usage(
                "there is no experiment in what you named, so there is nothing to do",
            ));
        }
        Ok(documents)
    }

    /// The inventories alone.
    pub(crate) fn inventories(subject: &Subject, output: &Output) -> Result<Inventory, Failure> {
        let mut reader = Reader::new(subject, output)?;
        reader.inventories(&subject.inventory)?;
        Ok(reader.finish()?.inventory)
    }

    fn add(&mut self, document: &Json, name: &str) -> Result<(), Failure> {
        let kind = document.get("kind").and_then(Json::as_str);
        let unfit = |why: String| Failure {
            exit: Exit::Findings,
            message: format!("{name}: {why}"),
        };
        if kind == Some("Inventory") {
            let inventory: v1alpha1::Inventory = from_json(document).map_err(|found| {
                let words: Vec<String> = found.iter().map(ToString::to_string).collect();
                unfit(words.join("; "))
            })?;
            let more = Inventory::from(&inventory);
            self.inventory = std::mem::take(&mut self.inventory).merged(more);
            return Ok(());
        }
        let told = |error: herz_runtime::experiment::NotAnExperiment| unfit(error.to_string());
        match Program::from_json(document).map_err(told)? {
            Some(program) => self.programs.push(program),
            None => self
                .experiments
                .push(Experiment::from_json(document).map_err(told)?),
        }
        Ok(())
    }
}

struct Reader<'o> {
    judges: packages::Judges,
    output: &'o Output,
    documents: Documents,
    refused: bool,
    /// Whether `--duration` ends what the documents let last.
    ends: bool,
    /// Files that were read: one that is named twice, or is in a folder that is named too, counts once.
    seen: BTreeSet<PathBuf>,
}

impl<'o> Reader<'o> {
    fn new(subject: &Subject, output: &'o Output) -> Result<Self, Failure> {
        Ok(Self {
            judges: packages::load(&subject.judge, output)?,
            output,
            documents: Documents::default(),
            refused: false,
            ends: subject.duration.is_some(),
            seen: BTreeSet::new(),
        })
    }

    fn paths(&mut self, paths: &[PathBuf]) -> Result<(), Failure> {
        let limits = Limits::default();
        for input in files::walk(paths)? {
            if let Input::File(path) = &input
                && let Ok(really) = path.canonicalize()
                && !self.seen.insert(really)
            {
                continue;
            }
            let bytes = input
                .read(limits.bytes)
                .map_err(|error| files::unreadable(Path::new(&input.name()), &error))?;
            self.text(&Input::name(&input), &bytes)?;
        }
        Ok(())
    }

    /// Files that say what is there. An experiment in one is not meant to run, or not by who wrote the command.
    fn inventories(&mut self, paths: &[PathBuf]) -> Result<(), Failure> {
        let (experiments, programs) = (
            self.documents.experiments.len(),
            self.documents.programs.len(),
        );
        self.paths(paths)?;
        let found = &self.documents;
        let experiment = found.experiments.get(experiments).map(Experiment::title);
        match experiment.or_else(|| found.programs.get(programs).map(Program::title)) {
            Some(title) => Err(Failure::usage(format!(
                "{title} is in a file of --inventory; name that file without --inventory to run it"
            ))),
            None => Ok(()),
        }
    }

    fn text(&mut self, name: &str, bytes: &[u8]) -> Result<(), Failure> {
        let (tree, diagnostics) = tree::parse(SourceId(0), bytes, &Limits::default());
        let checker = Checker::new(self.judges.catalog(), &self.judges.targets);
        let mut outcome = checker.check_source(&tree);
        if self.ends {
            outcome.diagnostics.retain(|found| found.code != NO_END);
        }
        outcome.add_reading(diagnostics);
        if self.tell(name, &tree, &outcome)? {
            self.refused = true;
            return Ok(());
        }
        for document in tree.documents() {
            let json = document.root().to_json();
            // Between two `---` there may be nothing.
            if !json.is_null() {
                self.documents.add(&json, name)?;
            }
        }
        Ok(())
    }

    /// Prints what was found; true if a document can't be used.
    fn tell(&self, name: &str, tree: &Tree, outcome: &Outcome) -> Result<bool, Failure> {
        if outcome.diagnostics.is_empty() {
            return Ok(false);
        }
        let mut text = String::new();
        let style = TextOptions {
            color: self.output.colour,
            ..TextOptions::default()
        };
        let source = outcome.source(name.to_owned(), tree);
        render::text(&mut text, &outcome.diagnostics, &source, style)
            .map_err(|error| Failure::internal(error.to_string()))?;
        let errors = outcome
            .diagnostics
            .iter()
            .any(|found| found.level == Level::Error);
        if errors {
            self.output.talk(text.trim_end());
        } else {
            self.output.note(text.trim_end());
        }
        Ok(errors)
    }

    fn finish(self) -> Result<Documents, Failure> {
        if self.refused {
            return Err(Failure {
                exit: Exit::Findings,
                message: "these documents can't be run".to_owned(),
            });
        }
        Ok(self.documents)
    }
}
