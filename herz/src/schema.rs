//! The catalog of kinds that are declared as Rust types.

use crate::KindSpec;
use herz_dsl::catalog::Catalog;
use herz_dsl::compile::{self, PACKAGE_FILE, PackageSource, SourceFile};
use herz_dsl::diagnostic::{Diagnostic, Level};
use herz_dsl::source::Sources;
use herz_types::declare::{Declarations, sort_releases, written};
use std::collections::BTreeMap;
use std::fmt;

/// What is wrong with a schema that was declared as Rust types: only what no single type shows,
/// since the derive macro told everything else when the crate was compiled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchemaError {
    /// The findings, with their codes.
    pub findings: Vec<Diagnostic>,
}

impl fmt::Display for SchemaError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, finding) in self.findings.iter().enumerate() {
            let gap = if at == 0 { "" } else { "\n" };
            write!(f, "{gap}{} [{}]", finding.message, finding.code)?;
        }
        Ok(())
    }
}

impl std::error::Error for SchemaError {}

/// The catalog of a package that has just this kind, with the types that it uses.
///
/// It is the same catalog that the kind's text as a schema file gives, so every emitter and
/// checker takes it.
pub fn schema<T: KindSpec>() -> Result<Catalog, SchemaError> {
    let mut types = Declarations::default();
    T::declare_types(&mut types);
    let mut package = format!("{{{}", T::PACKAGE);
    let mut releases = types.named_releases().to_vec();
    sort_releases(&mut releases);
    if !releases.is_empty() {
        let name = T::API_VERSION.split(['.', '/']).next().unwrap_or_default();
        let versions: Vec<String> = releases.iter().map(|one| format!("\"{one}\"")).collect();
        let versions = versions.join(", ");
        package.push_str(&format!(
            ", \"platform\": {{\"name\": \"{name}\", \"versions\": [{versions}]}}"
        ));
    }
    package.push('}');
    let declared: Vec<String> = types
        .types()
        .iter()
        .map(|(name, text)| format!("\"{name}\": {text}"))
        .collect();
    let mut sources = Sources::new();
    let mut file = |name: &str, text: String| SourceFile {
        id: sources.add(name, text.clone()),
        name: name.to_owned(),
        bytes: text.into_bytes(),
    };
    let head = file(PACKAGE_FILE, package);
    let mut files = vec![file("kind.yaml", written(T::DECLARED))];
    if !declared.is_empty() {
        files.push(file(
            "types.yaml",
            format!("{{\"types\": {{{}}}}}", declared.join(", ")),
        ));
    }
    let (catalog, mut findings) = compile::compile(&[PackageSource {
        package: Some(head),
        files,
        imports: BTreeMap::new(),
    }]);
    findings.retain(|finding| finding.level == Level::Error);
    if findings.is_empty() {
        Ok(catalog)
    } else {
        Err(SchemaError { findings })
    }
}
