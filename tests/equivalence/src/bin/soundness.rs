//! The laws of `herz breaking` over random schemas and edits, with counts.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program talks")]

use herz_equivalence::soundness::{self, Counts};
use std::process::ExitCode;

const HELP: &str = "\
Compares random schemas with edited ones, and judges what herz breaking says of them by documents.

  --seed N        the same seed gives the same schemas, edits and documents (1)
  --pairs N       pairs of schemas (200)
  --documents N   documents valid before, for each pair without a break (1000)
  --only N        the pair of that number alone, with its schemas
";

fn main() -> ExitCode {
    match arguments() {
        Ok(counts) => {
            let run = soundness::run(counts);
            print!("{run}");
            if run.wrong.is_empty() {
                ExitCode::SUCCESS
            } else {
                ExitCode::FAILURE
            }
        }
        Err(message) => {
            eprintln!("{message}");
            ExitCode::from(2)
        }
    }
}

fn arguments() -> Result<Counts, String> {
    let mut counts = Counts {
        seed: 1,
        pairs: 200,
        documents: 1000,
        only: None,
    };
    let mut arguments = std::env::args().skip(1);
    while let Some(name) = arguments.next() {
        let mut number = || {
            let text = arguments.next().ok_or(format!("{name} needs a number"))?;
            text.parse::<u32>()
                .map_err(|_| format!("{name} needs a number, found `{text}`"))
        };
        match name.as_str() {
            "--seed" => counts.seed = u64::from(number()?),
            "--pairs" => counts.pairs = number()? as usize,
            "--documents" => counts.documents = number()? as usize,
            "--only" => counts.only = Some(number()? as usize),
            "--help" | "-h" => return Err(HELP.to_owned()),
            other => return Err(format!("unknown argument `{other}`\n\n{HELP}")),
        }
    }
    Ok(counts)
}
