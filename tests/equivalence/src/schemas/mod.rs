//! Random schemas: packages in the text of the language, made by proptest.
//!
//! ```
//! use herz_equivalence::schemas;
//! let made = schemas::random(7, 3);
//! assert_eq!(made, schemas::random(7, 3));
//! assert!(made[0].kind_file.contains("kind"));
//! ```

mod field;
mod object;
mod package;
mod tape;
mod types;

use herz_dsl::catalog::Catalog;
use herz_dsl::compile::{self, PACKAGE_FILE, PackageSource, SourceFile};
use herz_dsl::diagnostic::{Diagnostic, Level};
use herz_dsl::source::Sources;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use std::collections::BTreeMap;

/// What former names of fields begin with: the name of today follows. Typed values only know that.
pub const FORMER: &str = "former-";

/// A package in the text of the language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schema {
    /// `package.yaml`.
    pub package_file: String,
    /// The kinds.
    pub kind_file: String,
    /// The named types.
    pub types_file: String,
}

impl Schema {
    /// The package that a tape of choices makes. Its name, and the names of its kinds, have the
    /// number in them, so that many packages fit into one catalog.
    pub fn from_tape(number: usize, tape: &[u16]) -> Self {
        package::package(number, &mut tape::Tape::new(tape))
    }

    fn source(&self, sources: &mut Sources) -> PackageSource {
        let mut file = |name: &str, text: &str| SourceFile {
            id: sources.add(name, text.to_owned()),
            name: name.to_owned(),
            bytes: text.as_bytes().to_vec(),
        };
        PackageSource {
            package: Some(file(PACKAGE_FILE, &self.package_file)),
            files: vec![
                file("kinds.yaml", &self.kind_file),
                file("types.yaml", &self.types_file),
            ],
            imports: BTreeMap::new(),
        }
    }

    /// The number that its name has in it: of `s62` it is 62.
    pub fn number(&self) -> Option<usize> {
        let head: serde_json::Value = serde_json::from_str(&self.package_file).ok()?;
        head.get("package")?.as_str()?.get(1..)?.parse().ok()
    }

    /// The catalog of this package. The error is what the compiler refuses.
    pub fn compile(&self) -> Result<Catalog, Vec<Diagnostic>> {
        compile_all(std::slice::from_ref(self))
    }
}

/// One catalog of several packages. The error is what the compiler refuses.
pub fn compile_all(schemas: &[Schema]) -> Result<Catalog, Vec<Diagnostic>> {
    let mut sources = Sources::new();
    let packages: Vec<PackageSource> = schemas
        .iter()
        .map(|schema| schema.source(&mut sources))
        .collect();
    let (catalog, mut found) = compile::compile(&packages);
    found.retain(|one| one.level == Level::Error);
    if found.is_empty() {
        Ok(catalog)
    } else {
        Err(found)
    }
}

/// Tapes by proptest, the same for the same seed; each can be simplified.
pub fn tapes(seed: u64, count: usize) -> Vec<impl ValueTree<Value = Vec<u16>>> {
    let mut bytes = [0; 32];
    for (byte, seed) in bytes.iter_mut().zip(seed.to_le_bytes().iter().cycle()) {
        *byte = *seed;
    }
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let strategy = proptest::collection::vec(proptest::num::u16::ANY, 40..500);
    (0..count)
        .filter_map(|_| strategy.new_tree(&mut runner).ok())
        .collect()
}

/// Random schemas, the same for the same seed.
pub fn random(seed: u64, count: usize) -> Vec<Schema> {
    tapes(seed, count)
        .iter()
        .enumerate()
        .map(|(number, tape)| Schema::from_tape(number, &tape.current()))
        .collect()
}
