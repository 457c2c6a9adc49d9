//! Whole runs: the built-in kinds, and random schemas.

use crate::ajv::Ajv;
use crate::batch::Program;
use crate::built_in::{FromValue, FromYaml};
use crate::checker::ByCatalog;
use crate::crd::ByCrd;
use crate::document::documents;
use crate::json_schema::ByJsonSchema;
use crate::models::{self, Models};
use crate::schemas::{self, Schema};
use crate::{Judge, Report, compare};
use herz_dsl::catalog::{Catalog, Kind};
use std::sync::OnceLock;

/// A number for each kind, from the run's seed.
fn seed_of(seed: u64, number: usize) -> u64 {
    seed.wrapping_mul(1_000_003).wrapping_add(number as u64 + 1)
}

/// The judges of the built-in packages. A validator takes part by standing here. The error is why one
/// can't be set up.
pub fn judges(catalog: &Catalog) -> Result<Vec<Box<dyn Judge>>, String> {
    static AJV: OnceLock<Result<Option<Ajv>, String>> = OnceLock::new();
    static MODELS: OnceLock<Result<Vec<Models>, String>> = OnceLock::new();
    let mut all: Vec<Box<dyn Judge>> = vec![
        Box::new(FromValue),
        Box::new(FromYaml),
        Box::new(ByJsonSchema::new(catalog)?),
        Box::new(ByCrd::new(catalog)?),
    ];
    for one in MODELS
        .get_or_init(|| models::all("built-in", catalog))
        .clone()?
    {
        all.push(Box::new(one));
    }
    if let Some(ajv) = AJV.get_or_init(|| Ajv::new(catalog)).clone()? {
        all.push(Box::new(ajv));
    }
    Ok(all)
}

/// Compares all judges on so many documents of each built-in kind.
pub fn built_in(seed: u64, count: usize) -> Result<Vec<(String, Report)>, String> {
    let catalog = herz_tests::built_in();
    let mut judges = judges(catalog)?;
    let mut reports = Vec::new();
    for (number, kind) in catalog.kinds.iter().enumerate() {
        let documents = documents(catalog, kind, seed_of(seed, number), count);
        let report = compare(&mut ByCatalog::new(catalog), &mut judges, &documents)?;
        reports.push((kind.name.clone(), report));
    }
    Ok(reports)
}

/// What a run over random schemas came to.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Random {
    /// Schemas that were made.
    pub made: usize,
    /// Of these the compiler refuses so many, each with what it says first.
    pub refused: Vec<String>,
    /// Schemas whose kinds were judged.
    pub compared: usize,
    /// Lines of generated Rust.
    pub lines: usize,
    /// The comparison.
    pub report: Report,
}

/// So many schemas are compiled as one program.
const BATCH: usize = 25;

/// Compares generated Rust with the checker on `count` documents of each of `schemas` random
/// schemas that the compiler accepts; `only` compares the schema with that number alone, on the
/// same documents.
pub fn random_schemas(
    seed: u64,
    schemas: usize,
    count: usize,
    only: Option<usize>,
) -> Result<Random, String> {
    let mut run = Random::default();
    let mut accepted: Vec<Schema> = Vec::new();
    // More tapes than needed: the compiler refuses some.
    for schema in schemas::random(seed, schemas * 2) {
        if accepted.len() == schemas {
            break;
        }
        run.made += 1;
        match schema.compile() {
            Ok(_) => accepted.push(schema),
            Err(found) => run.refused.extend(
                found
                    .first()
                    .map(|one| format!("{}: {}", one.code, one.message)),
            ),
        }
    }
    for (number, batch) in accepted.chunks(BATCH).enumerate() {
        let places: Vec<usize> = (0..batch.len())
            .filter(|at| only.is_none() || batch.get(*at).map(Schema::number) == Some(only))
            .collect();
        if places.is_empty() {
            continue;
        }
        let batch: Vec<Schema> = places
            .iter()
            .filter_map(|at| batch.get(*at).cloned())
            .collect();
        let catalog = schemas::compile_all(&batch)
            .map_err(|found| format!("together they do not compile: {found:?}"))?;
        let name = only.map_or(format!("batch{number}"), |only| format!("schema{only}"));
        let program = Program::build(&name, &catalog)?;
        run.lines += program.lines;
        run.compared += batch.len();
        let mut all = Vec::new();
        for (package, place) in places.iter().enumerate() {
            let kinds: Vec<&Kind> = catalog
                .kinds
                .iter()
                .filter(|kind| kind.package.0 as usize == package)
                .collect();
            for (at, kind) in kinds.iter().enumerate() {
                // The package's share, spread over its kinds.
                let share = count / kinds.len() + usize::from(at < count % kinds.len());
                let seed = seed_of(seed, number * 1000 + place * 10 + at);
                all.extend(documents(&catalog, kind, seed, share));
            }
        }
        let mut judges: Vec<Box<dyn Judge>> = vec![
            Box::new(program),
            Box::new(ByJsonSchema::new(&catalog)?),
            Box::new(ByCrd::new(&catalog)?),
        ];
        for one in models::all(&name, &catalog)? {
            judges.push(Box::new(one));
        }
        run.report
            .add(compare(&mut ByCatalog::new(&catalog), &mut judges, &all)?);
    }
    Ok(run)
}
