//! The full run, with its counts.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program talks")]

use herz_equivalence::{Report, run};
use std::collections::BTreeMap;
use std::process::ExitCode;

const HELP: &str = "\
Compares all validators on generated documents, and generated Rust on random schemas.

  --seed N         the same seed gives the same schemas and documents (1)
  --documents N    documents of each built-in kind (1000)
  --schemas N      random schemas (20)
  --show-schemas   prints the random schemas
  --only N         of these only the one whose package is sN
  --each N         documents of each random schema (200)
";

fn main() -> ExitCode {
    match arguments().and_then(|options| compare(&options)) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::from(2)
        }
    }
}

struct Options {
    seed: u64,
    documents: usize,
    schemas: usize,
    show: bool,
    only: Option<usize>,
    each: usize,
}

fn arguments() -> Result<Options, String> {
    let mut options = Options {
        seed: 1,
        documents: 1000,
        schemas: 20,
        show: false,
        only: None,
        each: 200,
    };
    let mut arguments = std::env::args().skip(1);
    while let Some(name) = arguments.next() {
        let mut number = || {
            let text = arguments.next().ok_or(format!("{name} needs a number"))?;
            text.parse::<u32>()
                .map_err(|_| format!("{name} needs a number, found `{text}`"))
        };
        match name.as_str() {
            "--seed" => options.seed = u64::from(number()?),
            "--documents" => options.documents = number()? as usize,
            "--schemas" => options.schemas = number()? as usize,
            "--show-schemas" => options.show = true,
            "--only" => options.only = Some(number()? as usize),
            "--each" => options.each = number()? as usize,
            "--help" | "-h" => return Err(HELP.to_owned()),
            other => return Err(format!("unknown argument `{other}`\n\n{HELP}")),
        }
    }
    Ok(options)
}

fn compare(options: &Options) -> Result<bool, String> {
    let Options {
        seed,
        documents,
        schemas,
        each,
        show,
        only,
    } = *options;
    if show {
        for schema in herz_equivalence::schemas::random(seed, schemas * 2) {
            println!(
                "{}\n---\n{}\n---\n{}\n",
                schema.package_file, schema.kind_file, schema.types_file
            );
        }
    }
    let mut all = Report::default();
    if documents > 0 {
        println!("built-in kinds, {documents} documents each, seed {seed}");
        for (kind, report) in run::built_in(seed, documents)? {
            let disagreed: usize = report.judges.values().map(|one| one.disagreed).sum();
            println!(
                "  {kind}: {} accepted of {}, {disagreed} disagreements",
                report.accepted, report.documents
            );
            all.add(report);
        }
        print!("{all}");
        codes(&all.codes);
    }
    let mut agreed = all.agrees();
    if schemas > 0 {
        println!("\nrandom schemas, {each} documents each, seed {seed}");
        let random = run::random_schemas(seed, schemas, each, only)?;
        println!(
            "{} schemas compared, {} lines of Rust; {} more the compiler refuses",
            random.compared,
            random.lines,
            random.refused.len()
        );
        let mut why: BTreeMap<&String, usize> = BTreeMap::new();
        for text in &random.refused {
            *why.entry(text).or_default() += 1;
        }
        for (text, count) in why {
            println!("  {count} x {text}");
        }
        print!("{}", random.report);
        codes(&random.report.codes);
        agreed &= random.report.agrees();
    }
    Ok(agreed)
}

fn codes(codes: &BTreeMap<String, usize>) {
    let texts: Vec<String> = codes
        .iter()
        .map(|(code, count)| format!("{code} {count}"))
        .collect();
    println!("  documents with each code: {}", texts.join(", "));
}
