//! Generated Rust against the `jsonschema` crate on the same documents: all errors of each, not only the first.
//!
//!     cargo run --release -p herz-benches --bin typed
//!
//! For each kind the documents are those that a generator makes (`herz_tests::generate`) and the checker takes,
//! so that both sides have all to look at. Three starts: from what is read already (`validate()` of the struct,
//! the compiled validator of a `serde_json::Value`), from the `Value` (the verdict alone, and with the struct that it
//! reads as), and from YAML text (the other side reads it by a YAML crate). Options: `--rounds N` (15), `--documents N`.
//!
//! By default twice: with 60 documents, whose values stay in a core's cache as one that was just read does, and with
//! 500, whose values come from memory each time and whose branches a processor can't remember.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a benchmark prints"
)]

use herz::types::read::{Read, Reader};
use herz::{ChaosSpec, Validate};
use herz_benches::{median, ratio};
use herz_codegen::json_schema::JsonSchema;
use herz_codegen::target::{Options, Target, View};
use herz_dsl::catalog::{Catalog, Kind, Targets};
use herz_tests::generate::Generator;
use jsonschema::Validator;
use serde_json::Value;
use std::error::Error;
use std::hint::black_box;
use std::time::Instant;

/// The kinds: one with many fields, one with few, one that holds others.
const KINDS: [&str; 3] = ["NetworkChaos", "StressChaos", "Workflow"];

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (mut rounds, mut counts) = (15, vec![60, 500]);
    for pair in args.chunks(2) {
        match pair {
            [flag, number] if flag == "--rounds" => rounds = number.parse()?,
            [flag, number] if flag == "--documents" => counts = vec![number.parse()?],
            _ => return Err("usage: typed [--rounds N] [--documents N]".into()),
        }
    }
    let catalog = herz_tests::built_in();
    for name in KINDS {
        let kind = catalog.kind("chaos-mesh.org", name).ok_or("no such kind")?;
        let validator = validator(catalog, kind)?;
        for count in &counts {
            for (which, values) in documents(catalog, kind, *count, &validator) {
                let title = format!("{name}, {} valid documents {which}", values.len());
                compare(&title, &values, &validator, rounds)?;
            }
        }
    }
    Ok(())
}

/// What `herz gen json-schema` writes for the kind, compiled.
fn validator(catalog: &Catalog, kind: &Kind) -> Result<Validator, Box<dyn Error>> {
    let view = View::new(catalog, &Targets::newest(), &[]);
    let emitted = JsonSchema.emit(&view, &Options::new(JsonSchema.options()));
    let path = format!("chaos-mesh/{}.json", kind.name);
    let text = emitted.files.get(&path).ok_or("no schema of the kind")?;
    Ok(jsonschema::validator_for(&serde_json::from_str(text)?)?)
}

/// Documents that both sides take: those that nothing is to be said of, and those with warnings (which
/// JSON Schema has not).
fn documents(
    catalog: &Catalog,
    kind: &Kind,
    count: usize,
    validator: &Validator,
) -> [(&'static str, Vec<Value>); 2] {
    let mut generator = Generator::new(catalog, 1);
    let (mut clean, mut warned) = (Vec::new(), Vec::new());
    // Valid documents of some kinds are rare.
    for _ in 0..count * 2000 {
        if clean.len() == count {
            break;
        }
        let document = generator.document(kind);
        let Some(read) = typed(&document).filter(|_| validator.is_valid(&document)) else {
            continue;
        };
        let into = if read.validate().is_empty() {
            &mut clean
        } else {
            &mut warned
        };
        if into.len() < count {
            into.push(document);
        }
    }
    [("without a finding", clean), ("with warnings", warned)]
}

/// A document as its struct, if a platform takes it.
fn typed(document: &Value) -> Option<ChaosSpec> {
    let mut reader = Reader::default();
    let read = ChaosSpec::read(document, &mut reader).filter(|_| !reader.failed())?;
    read.is_valid().then_some(read)
}

/// A start, and what both sides do from there.
type Part<'w> = (&'static str, &'w dyn Fn(), &'w dyn Fn());

/// Times both sides from each start, in turn.
fn compare(
    title: &str,
    values: &[Value],
    validator: &Validator,
    rounds: usize,
) -> Result<(), Box<dyn Error>> {
    let structs: Vec<ChaosSpec> = values.iter().filter_map(typed).collect();
    let texts = values
        .iter()
        .map(serde_yaml::to_string)
        .collect::<Result<Vec<_>, _>>()?;
    let errors = |value: &Value| {
        black_box(validator.iter_errors(value).count());
    };
    let read = |value: &Value| {
        let mut reader = Reader::default();
        let read = ChaosSpec::read(value, &mut reader);
        black_box((read.map(|read| read.validate()), reader.into_findings()));
    };
    let check = |value: &Value| {
        black_box(herz::types::document::check::<ChaosSpec>(value));
    };
    let parts: [Part<'_>; 4] = [
        (
            "read already",
            &|| {
                for one in &structs {
                    black_box(one.validate());
                }
            },
            &|| values.iter().for_each(errors),
        ),
        ("from a Value", &|| values.iter().for_each(check), &|| {
            values.iter().for_each(errors);
        }),
        ("a Value kept", &|| values.iter().for_each(read), &|| {
            values.iter().for_each(errors);
        }),
        (
            "from YAML text",
            &|| {
                for text in &texts {
                    black_box(herz::yaml::read_and_validate::<ChaosSpec>(text));
                }
            },
            &|| {
                for text in &texts {
                    // It was written as YAML above.
                    serde_yaml::from_str(text).iter().for_each(errors);
                }
            },
        ),
    ];
    println!("\n{title}, {rounds} rounds");
    println!(
        "{:<16} {:>12} {:>16}  jsonschema / herz",
        "start", "herz ns/doc", "jsonschema"
    );
    for (start, own, peer) in parts {
        let (mut herz, mut other) = (Vec::new(), Vec::new());
        for round in 0..=rounds {
            let (one, two) = (seconds(own), seconds(peer));
            // The first round only warms the caches.
            if round > 0 {
                herz.push(one);
                other.push(two);
            }
        }
        #[expect(clippy::cast_precision_loss, reason = "sizes of a benchmark")]
        let each = |seconds: &[f64]| median(seconds) / values.len() as f64 * 1e9;
        println!(
            "{start:<16} {:>12.0} {:>16.0}  {}",
            each(&herz),
            each(&other),
            ratio(&other, &herz)
        );
    }
    Ok(())
}

fn seconds(work: &dyn Fn()) -> f64 {
    let start = Instant::now();
    work();
    start.elapsed().as_secs_f64()
}
