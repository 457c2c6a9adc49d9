//! Generated Rust against validators that `jsonschema`'s macro compiles from the emitted JSON Schema, on the same
//! documents, all errors of each:
//!
//!     herz gen json-schema --package chaos-mesh --out benches/macro/schemas
//!     cargo run --release --manifest-path benches/macro/Cargo.toml
//!
//! The documents are valid for both sides: 60 that stay in a core's cache and 500 that don't, as in `benches --bin typed`.

use herz::types::document::{check, read_and_validate};
use herz::{ChaosSpec, Validate};
use herz_tests::generate::Generator;
use serde_json::Value;
use std::hint::black_box;
use std::time::Instant;

#[jsonschema::validator(path = "schemas/chaos-mesh/NetworkChaos.json")]
struct Network;

#[jsonschema::validator(path = "schemas/chaos-mesh/StressChaos.json")]
struct Stress;

const ROUNDS: usize = 31;

fn main() {
    for documents in [60, 500] {
        compare("NetworkChaos", documents, Network::is_valid, |value| {
            Network::iter_errors(value).count()
        });
        compare("StressChaos", documents, Stress::is_valid, |value| {
            Stress::iter_errors(value).count()
        });
    }
}

fn compare(
    kind: &str,
    documents: usize,
    is_valid: impl Fn(&Value) -> bool,
    errors: impl Fn(&Value) -> usize,
) {
    let catalog = herz_tests::built_in();
    let Some(found) = catalog.kind("chaos-mesh.org", kind) else {
        return;
    };
    let mut generator = Generator::new(catalog, 1);
    let mut values = Vec::new();
    while values.len() < documents {
        let value = generator.document(found);
        if check::<ChaosSpec>(&value).is_empty() && is_valid(&value) {
            values.push(value);
        }
    }
    let structs: Vec<ChaosSpec> = values
        .iter()
        .filter_map(|value| read_and_validate(value).0)
        .collect();
    let each = |work: &dyn Fn()| {
        let start = Instant::now();
        work();
        start.elapsed().as_secs_f64() / documents as f64 * 1e9
    };
    let mut rounds: Vec<[f64; 3]> = Vec::new();
    for round in 0..=ROUNDS {
        let figures = [
            each(&|| values.iter().for_each(|value| _ = black_box(errors(value)))),
            each(&|| structs.iter().for_each(|one| _ = black_box(one.validate()))),
            each(&|| {
                values
                    .iter()
                    .for_each(|value| _ = black_box(check::<ChaosSpec>(value)))
            }),
        ];
        // The first round only warms the caches.
        if round > 0 {
            rounds.push(figures);
        }
    }
    let median = |of: &dyn Fn(&[f64; 3]) -> f64| {
        let mut all: Vec<f64> = rounds.iter().map(of).collect();
        all.sort_by(f64::total_cmp);
        all[all.len() / 2]
    };
    println!(
        "{kind}, {documents} documents, ns each: macro {:.0}; herz typed {:.0} (macro / herz {:.2}), from a Value {:.0} ({:.2})",
        median(&|one| one[0]),
        median(&|one| one[1]),
        median(&|one| one[0] / one[1]),
        median(&|one| one[2]),
        median(&|one| one[0] / one[2]),
    );
}
