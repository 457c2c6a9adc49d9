//! What a run starts from: `herz.toml`, the schema packages, the catalog.

use crate::args::Generate;
use crate::exit::Failure;
use crate::output::Output;
use herz_codegen::config::{self, CONFIG_FILE, Config, Job, Word};
use herz_codegen::target;
use herz_dsl::catalog::{Catalog, Targets};
use herz_dsl::compile::{self, Places};
use herz_dsl::diagnostic::{Diagnostic, codes, did_you_mean};
use herz_dsl::openapi::Document;
use herz_dsl::source::Sources;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What a run starts from.
pub(super) struct Project {
    /// The folder of `herz.toml`; paths in it start there. Empty: the current one.
    pub(super) folder: PathBuf,
    /// What `herz.toml` says.
    pub(super) config: Config,
    /// All releases of all packages.
    pub(super) catalog: Cow<'static, Catalog>,
    /// Where the user's own packages say what.
    pub(super) places: Places,
    /// All texts that were read.
    pub(super) sources: Sources,
    /// What is wrong with them.
    pub(super) findings: Vec<Diagnostic>,
    /// Names of the user's own packages.
    own: Vec<String>,
    /// Folders of schemas, to be watched for new files.
    roots: Vec<PathBuf>,
}

/// Documents that a target asked for.
#[derive(Default)]
pub(super) struct Documents {
    /// Those that can be worked with, by name.
    pub(super) read: BTreeMap<String, Arc<Document>>,
    /// What is wrong with them.
    pub(super) findings: Vec<Diagnostic>,
}

impl Project {
    /// Reads the configuration and the schemas that it and the command line name.
    pub(super) fn load(options: &Generate) -> Result<Self, Failure> {
        let mut sources = Sources::new();
        let mut findings = Vec::new();
        let mut folder = PathBuf::new();
        let mut config = Config::default();
        if let Some(path) = config_file(options)? {
            let text = std::fs::read_to_string(&path).map_err(|error| {
                Failure::usage(format!("can't read `{}`: {error}", path.display()))
            })?;
            let id = sources.add(path.to_string_lossy(), text.as_str());
            (config, findings) = config::read(&text, id, target::all());
            folder = path.parent().map(Path::to_owned).unwrap_or_default();
        }
        let mut paths: Vec<String> = config
            .schemas
            .iter()
            .map(|word| folder.join(&word.text).to_string_lossy().into_owned())
            .collect();
        paths.extend(
            options
                .schemas
                .iter()
                .map(|p| p.to_string_lossy().into_owned()),
        );
        let mut project = Self {
            folder,
            config,
            catalog: Cow::Borrowed(herz::catalog()),
            places: Places::default(),
            sources,
            findings,
            own: Vec::new(),
            roots: paths.iter().map(PathBuf::from).collect(),
        };
        project.compile(&paths);
        Ok(project)
    }

    fn compile(&mut self, paths: &[String]) {
        if paths.is_empty() {
            return;
        }
        let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
        let (packages, unreadable) = compile::load(&compile::Folders, &paths, &mut self.sources);
        let (catalog, places, found) = compile::compile_with_places(&packages);
        self.findings.extend(unreadable);
        self.findings.extend(found);
        self.own = catalog.packages.iter().map(|p| p.name.clone()).collect();
        self.places = places;
        self.catalog = Cow::Owned(herz::catalog().clone().merged_with(catalog));
    }

    /// The releases and packages of a job, if they exist; findings about those of `herz.toml` are
    /// printed.
    pub(super) fn checked(
        &self,
        job: &Job,
        output: &Output,
    ) -> Result<Option<(Targets, Vec<String>)>, Failure> {
        let mut targets = Targets::newest();
        let mut found = Vec::new();
        for word in &job.releases {
            let read = word.text.parse::<Targets>();
            match read.and_then(|one| one.check(&self.catalog).map(|()| one)) {
                Ok(one) => targets = targets.and(one),
                Err(error) => wrong(word, "--target-version", error.to_string(), &mut found)?,
            }
        }
        let known = || self.catalog.packages.iter().map(|p| p.name.as_str());
        let mut packages: Vec<String> = self.own.clone();
        if !job.packages.is_empty() {
            packages = job.packages.iter().map(|word| word.text.clone()).collect();
        }
        for word in &job.packages {
            if known().any(|name| name == word.text) {
                continue;
            }
            let hint = did_you_mean(&word.text, known()).map_or_else(
                || format!("known are {}", known().collect::<Vec<_>>().join(", ")),
                |meant| format!("did you mean `{meant}`?"),
            );
            let message = format!("no package is called `{}`: {hint}", word.text);
            wrong(word, "--package", message, &mut found)?;
        }
        super::print(&found, self, output)?;
        Ok(found.is_empty().then_some((targets, packages)))
    }

    /// Reads the documents that a job's target asks for. Those that `herz.toml` names lie relative to
    /// it, those of the command line relative to the current folder.
    pub(super) fn documents(&mut self, job: &Job) -> Result<Documents, Failure> {
        let mut documents = Documents::default();
        for name in job.target.documents(&job.options) {
            let in_config = self.config.jobs.iter().any(|configured| {
                let names = configured.target.documents(&configured.options);
                configured.target.name() == job.target.name() && names.contains(&name)
            });
            let path = if in_config {
                self.folder.join(&name)
            } else {
                PathBuf::from(&name)
            };
            let bytes =
                std::fs::read(&path).map_err(|error| crate::files::unreadable(&path, &error))?;
            let text = String::from_utf8_lossy(&bytes).into_owned();
            let id = self.sources.add(path.to_string_lossy(), text);
            let (document, found) = Document::read(id, &bytes);
            documents.findings.extend(found);
            documents
                .read
                .extend(document.map(|document| (name, Arc::new(document))));
        }
        Ok(documents)
    }

    /// The files that the run depends on, and the folders of schemas.
    pub(super) fn files(&self) -> Vec<PathBuf> {
        let named = self
            .sources
            .iter()
            .map(|source| PathBuf::from(&*source.name));
        named.chain(self.roots.iter().cloned()).collect()
    }
}

/// A word of `herz.toml` that is wrong is a finding; one of the command line ends the run.
fn wrong(
    word: &Word,
    option: &str,
    message: String,
    found: &mut Vec<Diagnostic>,
) -> Result<(), Failure> {
    match word.span {
        Some(span) => {
            found.push(Diagnostic::error(codes::CONFIG, span, message));
            Ok(())
        }
        None => Err(Failure::usage(format!("{option} {}: {message}", word.text))),
    }
}

/// The named file, or the `herz.toml` of this folder or the nearest one above.
fn config_file(options: &Generate) -> Result<Option<PathBuf>, Failure> {
    if let Some(path) = &options.config {
        return Ok(Some(path.clone()));
    }
    let here = std::env::current_dir()
        .map_err(|error| Failure::usage(format!("can't tell the current folder: {error}")))?;
    for (up, folder) in here.ancestors().enumerate() {
        if folder.join(CONFIG_FILE).is_file() {
            // Relative as far as it goes: so findings show short paths.
            let mut path: PathBuf = std::iter::repeat_n("..", up).collect();
            path.push(CONFIG_FILE);
            return Ok(Some(path));
        }
    }
    Ok(None)
}
