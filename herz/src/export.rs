//! Kinds that are declared as Rust types, as text: in the schema language, and as everything that
//! `herz gen` writes.

use crate::KindSpec;
use crate::schema::{SchemaError, schema};
use herz_dsl::catalog::PackageId;

/// The package of a kind as files of the schema language: name and text, `package.yaml` first.
/// Reading them gives the same catalog as [`crate::schema()`].
pub fn files<T: KindSpec>() -> Result<Vec<(String, String)>, SchemaError> {
    Ok(herz_dsl::print::package(&schema::<T>()?, PackageId(0)))
}

/// The text of a kind and of the types that it uses: the files but `package.yaml`, as documents of
/// one text.
pub fn yaml<T: KindSpec>() -> Result<String, SchemaError> {
    let texts: Vec<String> = files::<T>()?
        .into_iter()
        .skip(1)
        .map(|(_, text)| text)
        .collect();
    Ok(texts.join("---\n"))
}

#[cfg(feature = "artefacts")]
pub use artefacts::{Artefacts, artefacts, crd, json_schema};

#[cfg(feature = "artefacts")]
mod artefacts {
    use super::{KindSpec, SchemaError, schema};
    use herz_codegen::target::{self, Options, View};
    use herz_dsl::catalog::{Catalog, Targets};
    use herz_dsl::compile::Places;
    use herz_dsl::diagnostic::{Diagnostic, Level, codes};

    /// What a target of `herz gen` writes.
    #[derive(Debug, Clone, Default, PartialEq, Eq)]
    #[non_exhaustive]
    pub struct Artefacts {
        /// Path and text of each file.
        pub files: Vec<(String, String)>,
        /// What the target can't say of the kind, and what it says instead: warnings.
        pub losses: Vec<Diagnostic>,
    }

    /// What `herz gen TARGET` writes for a kind, with options as `herz.toml` has them. The error is what the
    /// declaration of the kind does not show (see [`SchemaError`]), what the target can't do with it, or
    /// that there is no such target or option.
    ///
    /// ```
    /// # /// Stalls a queue.
    /// # #[derive(Debug, Clone, PartialEq, herz::ChaosSpec)]
    /// # #[chaos(kind = "QueueChaos", group = "acme.io")]
    /// # struct QueueSpec {
    /// #     /// The queue.
    /// #     queue: String,
    /// # }
    /// let made = herz::export::artefacts::<QueueSpec>("go", &[("module", "example.com/queue")])?;
    /// assert!(made.files.iter().any(|(path, _)| path == "go.mod"));
    /// let error = herz::export::artefacts::<QueueSpec>("og", &[]).unwrap_err();
    /// assert_eq!(error.to_string(), "there is no target `og`: expected one of crd, docs, go, helm, java, \
    ///     json-schema, openapi, python, typescript [HZ0502]");
    /// # Ok::<(), herz::schema::SchemaError>(())
    /// ```
    pub fn artefacts<T: KindSpec>(
        target: &str,
        options: &[(&str, &str)],
    ) -> Result<Artefacts, SchemaError> {
        emit(&schema::<T>()?, target, options)
    }

    fn emit(
        catalog: &Catalog,
        name: &str,
        options: &[(&str, &str)],
    ) -> Result<Artefacts, SchemaError> {
        let Some(target) = target::find(name) else {
            let names: Vec<&str> = target::all().iter().map(|one| one.name()).collect();
            let names = names.join(", ");
            return Err(refused(format!(
                "there is no target `{name}`: expected one of {names}"
            )));
        };
        let mut set = Options::new(target.options());
        for (option, value) in options {
            set.set_text(target.options(), option, value)
                .map_err(|error| refused(format!("{name}: {}", error.message)))?;
        }
        let emitted = target.emit(&View::new(catalog, &Targets::newest(), &[]), &set);
        let places = Places::default();
        let told = |level| {
            let notes = emitted.notes.iter().filter(move |note| note.level == level);
            notes
                .map(|note| note.diagnostic(name, &places))
                .collect::<Vec<_>>()
        };
        let findings = told(Level::Error);
        if !findings.is_empty() {
            return Err(SchemaError { findings });
        }
        let files = emitted.files.iter();
        Ok(Artefacts {
            files: files
                .map(|file| (file.path.clone(), file.text.clone()))
                .collect(),
            losses: told(Level::Warning),
        })
    }

    fn refused(message: String) -> SchemaError {
        let finding = Diagnostic {
            span: None,
            ..Diagnostic::error(
                codes::NOT_GENERATED,
                herz_dsl::source::Span::default(),
                message,
            )
        };
        SchemaError {
            findings: vec![finding],
        }
    }

    /// The one file of a kind.
    fn only(made: Artefacts, is_it: impl Fn(&str) -> bool) -> Result<String, SchemaError> {
        let mut files = made.files.into_iter();
        files
            .find(|(path, _)| is_it(path))
            .map(|(_, text)| text)
            .ok_or_else(|| refused("the target writes no such file".to_owned()))
    }

    /// The kind's JSON Schema, draft 2020-12. Grammars of texts and some rules are more than it can say:
    /// [`artefacts`] of `json-schema` has the list.
    ///
    /// ```
    /// # /// Stalls a queue.
    /// # #[derive(Debug, Clone, PartialEq, herz::ChaosSpec)]
    /// # #[chaos(kind = "QueueChaos", group = "acme.io")]
    /// # struct QueueSpec {
    /// #     /// The queue.
    /// #     queue: String,
    /// # }
    /// let schema: serde_json::Value = serde_json::from_str(&herz::export::json_schema::<QueueSpec>()?)?;
    /// assert_eq!(schema["properties"]["kind"]["const"], "QueueChaos");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn json_schema<T: KindSpec>() -> Result<String, SchemaError> {
        let file = format!("/{}.json", T::KIND);
        only(artefacts::<T>("json-schema", &[])?, |path| {
            path.ends_with(&file)
        })
    }

    /// The kind's CRD. Limits, grammars and rules of admission stand in it, since a kind of one's own mostly has
    /// no admission step; [`artefacts`] of `crd` takes other options.
    ///
    /// ```
    /// # /// Stalls a queue.
    /// # #[derive(Debug, Clone, PartialEq, herz::ChaosSpec)]
    /// # #[chaos(kind = "QueueChaos", group = "acme.io")]
    /// # struct QueueSpec {
    /// #     /// The queue.
    /// #     queue: String,
    /// # }
    /// assert!(herz::export::crd::<QueueSpec>()?.contains("kind: QueueChaos"));
    /// # Ok::<(), herz::schema::SchemaError>(())
    /// ```
    pub fn crd<T: KindSpec>() -> Result<String, SchemaError> {
        only(artefacts::<T>("crd", &[("admission", "true")])?, |_| true)
    }
}
