//! `herz validate` against its peers, as whole processes, in one run.
//!
//!     cargo build --release -p herz-cli && cargo run --release -p herz-benches --bin validate
//!
//! Makes a folder of manifests from `examples/manifests` (seeded; one file in twenty gets one
//! mistake), lets every contender work on it in turn, round by round, and prints for each the
//! median time, files/s, MB/s, peak memory and the median of its per-round ratios to Herz.
//! Options: `--files N` (2000 and 20000 by default), `--rounds N` (11).
//!
//! Contenders: reading the files only; parsing only with Herz' own tree, as it is done and by the full
//! parser alone; the program that a Rust
//! engineer writes in an afternoon (a YAML crate to `Value`, then `jsonschema`, on all cores);
//! check-jsonschema and ajv where they are installed. The last three need JSON Schemas: they are
//! made from the Chaos Mesh CRDs in the corpus (`HERZ_CORPUS`).
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a benchmark prints"
)]

mod afternoon;
mod corpus;
mod inside;
mod peers;
mod process;

use herz_benches::median;
use peers::Contender;
use std::error::Error;
use std::path::{Path, PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    // The contenders that are written in Rust are this program again, as processes of their own.
    if let [flag, name, folder, rest @ ..] = args.as_slice()
        && flag == "--contender"
    {
        return afternoon::contender(name, Path::new(folder), rest.first().map(PathBuf::from));
    }
    let sizes = numbers(&args, "--files").unwrap_or_else(|| vec![2_000, 20_000]);
    let rounds = numbers(&args, "--rounds")
        .and_then(|n| n.first().copied())
        .unwrap_or(11);
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .ok_or("no parent folder")?;
    let scratch = root.join("target/herz-benches");
    let schemas = corpus::schemas(root, &scratch)?;
    if schemas.is_none() {
        println!(
            "SKIPPED: the Chaos Mesh CRDs are missing (set HERZ_CORPUS); no schema-based peer runs"
        );
    }
    for &files in &sizes {
        let folder = scratch.join(format!("files-{files}"));
        let made = corpus::make(root, &folder, files)?;
        println!(
            "\n{files} files, {:.2} MB, {} with a mistake, {rounds} rounds",
            mega(made.bytes),
            made.broken
        );
        let contenders = peers::all(root, &folder, schemas.as_deref(), files)?;
        run(&contenders, rounds, files, made.bytes)?;
    }
    let smallest = scratch.join(format!("files-{}", sizes.first().copied().unwrap_or(2_000)));
    inside::run(root, &smallest, rounds).or_else(|error| {
        println!("SKIPPED: the parts in memory: {error}");
        Ok::<(), Box<dyn Error>>(())
    })?;
    one_file(root, &smallest, rounds)
}

/// One manifest, from the start of the process to its end.
fn one_file(root: &Path, folder: &Path, rounds: usize) -> Result<(), Box<dyn Error>> {
    let file = folder.join("000").join("00000.yaml");
    if !file.exists() {
        return Ok(());
    }
    let herz = peers::herz(root, &file)?;
    let nothing = Contender::plain("true (a process that does nothing)", &["true"]);
    println!("\none file, process start to exit, {rounds} rounds");
    let bytes = std::fs::metadata(&file)?.len();
    run(&[herz, nothing], rounds, 1, bytes)
}

fn run(
    contenders: &[Contender],
    rounds: usize,
    files: usize,
    bytes: u64,
) -> Result<(), Box<dyn Error>> {
    let mut times: Vec<Vec<f64>> = vec![Vec::new(); contenders.len()];
    let mut memory: Vec<u64> = vec![0; contenders.len()];
    for contender in contenders {
        process::measure(&contender.command)?; // Warms the page cache.
    }
    for round in 0..rounds {
        for ((contender, times), memory) in contenders.iter().zip(&mut times).zip(&mut memory) {
            if round > contender.rounds {
                continue;
            }
            let measured = process::measure(&contender.command)?;
            times.push(measured.seconds);
            *memory = (*memory).max(measured.peak_kib);
        }
    }
    println!(
        "{:<44} {:>9} {:>10} {:>8} {:>9} {:>16}",
        "contender", "seconds", "files/s", "MB/s", "peak MiB", "time / herz"
    );
    let base = times.first().cloned().unwrap_or_default();
    for ((contender, times), memory) in contenders.iter().zip(&times).zip(&memory) {
        let seconds = median(times);
        let ratios: Vec<f64> = times
            .iter()
            .zip(&base)
            .map(|(time, base)| time / base)
            .collect();
        #[expect(clippy::cast_precision_loss, reason = "sizes of a benchmark")]
        let (count, mib) = (files as f64, *memory as f64 / 1024.0);
        println!(
            "{:<44} {:>9.4} {:>10.0} {:>8.2} {:>9.1} {:>8.2} ({:.2}..{:.2})",
            contender.name,
            seconds,
            count / seconds,
            mega(bytes) / seconds,
            mib,
            median(&ratios),
            ratios.iter().copied().fold(f64::INFINITY, f64::min),
            ratios.iter().copied().fold(0.0, f64::max),
        );
    }
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "sizes of a benchmark")]
fn mega(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

fn numbers(args: &[String], name: &str) -> Option<Vec<usize>> {
    let at = args.iter().position(|arg| arg == name)?;
    Some(
        args.get(at + 1)?
            .split(',')
            .filter_map(|n| n.parse().ok())
            .collect(),
    )
}
