//! The fuzz targets over their corpus and some thousand mutations of it: the same inputs each time.
//!
//! A crash that a fuzzer finds is put into `tests/fuzz/corpus/<target>/`, and is replayed here for ever.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::indexing_slicing
)]

use herz_tests::fuzz::{TARGETS, Target};
use herz_tests::mdtest::Page;
use herz_tests::{top, yaml_files};
use std::time::{Duration, Instant};

/// The inputs of a target, by name.
fn corpus(target: &str) -> Vec<(String, Vec<u8>)> {
    let folder = top("tests/fuzz/corpus").join(target);
    let mut inputs: Vec<_> = std::fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.unwrap().path())
        .map(|path| {
            (
                path.file_name().unwrap().to_string_lossy().into_owned(),
                std::fs::read(&path).unwrap(),
            )
        })
        .collect();
    match target {
        // The examples of the codes' pages and of users are seeds, too.
        "schema" => {
            for path in pages() {
                let page = Page::read(&path).unwrap();
                let schemas = page.blocks.iter().filter(|block| block.words == ["schema"]);
                let package = "package: demo\ngroup: demo.example.com\n--8<--\n";
                inputs.extend(schemas.map(|block| {
                    (
                        format!("{}:{}", path.display(), block.line),
                        format!("{package}{}", block.text).into_bytes(),
                    )
                }));
            }
        }
        "document" => inputs.extend(texts("examples/manifests")),
        "readers" => {
            inputs.extend(texts("examples/manifests"));
            inputs.extend(texts("tests/fuzz/corpus/tree"));
            inputs.extend(texts("herz-dsl/src/breaking/rules"));
        }
        _ => {}
    }
    inputs.sort();
    inputs
}

/// The YAML files below a folder.
fn texts(folder: &str) -> Vec<(String, Vec<u8>)> {
    let read = |path: &std::path::PathBuf| {
        let bytes = std::fs::read(path).unwrap();
        (path.display().to_string(), bytes)
    };
    yaml_files(&top(folder)).iter().map(read).collect()
}

/// The pages of the codes.
fn pages() -> Vec<std::path::PathBuf> {
    std::fs::read_dir(top("herz-dsl/diagnostics"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|found| found == "md"))
        .collect()
}

/// Runs a target on an input; a crash or a long time names the input.
fn run((name, target): Target, from: &str, bytes: &[u8]) {
    let start = Instant::now();
    let crashed = std::panic::catch_unwind(|| target(bytes)).is_err();
    let shown = String::from_utf8_lossy(bytes);
    assert!(
        !crashed,
        "{name} crashed on an input from {from}:\n{shown:?}"
    );
    let took = start.elapsed();
    assert!(
        took < Duration::from_secs(60),
        "{name} took {took:?} on an input from {from}"
    );
}

/// A small generator of numbers, the same each time (xorshift64*).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let number = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        usize::try_from(number).unwrap() % limit.max(1)
    }
}

const TOKENS: &[&str] = &[
    "\n",
    "  ",
    "- ",
    ": ",
    "? ",
    "[",
    "]",
    "{",
    "}",
    ",",
    "&a ",
    "*a",
    "!!str ",
    "'",
    "\"",
    "|",
    ">-\n",
    "# ",
    "---\n",
    "...\n",
    "<<: ",
    "~",
    "null",
    "true",
    "017",
    "-1",
    "9223372036854775807",
    "1e309",
    ".nan",
    "\t",
    "\r\n",
    "\u{feff}",
    "😀",
    "\\",
    "\0",
    "%YAML 1.2\n",
    "kind",
    "type",
    "list<",
    "map<",
    "self.",
    "has(",
    "10ms",
    "0..",
    "<",
    "..",
    "@every ",
    "{ value: ",
    "since: 1.1.0",
];

/// Some changes of an input: bytes lost, doubled, exchanged, tokens put in, parts of another input.
fn mutate(seed: &[u8], other: &[u8], numbers: &mut Numbers) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..=numbers.below(4) {
        let at = numbers.below(bytes.len() + 1);
        let until = (at + numbers.below(40)).min(bytes.len());
        match numbers.below(7) {
            0 => drop(bytes.drain(at..until)),
            1 => {
                let part = bytes[at..until].to_vec();
                bytes.splice(at..at, part);
            }
            2 if at < bytes.len() => bytes[at] = u8::try_from(numbers.below(256)).unwrap(),
            3 => bytes.truncate(at.max(1)),
            4 if !other.is_empty() => {
                let from = numbers.below(other.len());
                let to = (from + numbers.below(80)).min(other.len());
                bytes.splice(at..until, other[from..to].iter().copied());
            }
            // A whole line moved, so that structure changes and spelling stays.
            5 => {
                let text = String::from_utf8_lossy(&bytes).into_owned();
                let mut lines: Vec<&str> = text.lines().collect();
                if lines.len() > 1 {
                    let line = lines.remove(numbers.below(lines.len()));
                    lines.insert(numbers.below(lines.len() + 1), line);
                    bytes = (lines.join("\n") + "\n").into_bytes();
                }
            }
            _ => {
                let token = TOKENS[numbers.below(TOKENS.len())];
                bytes.splice(at..until.min(at + 3), token.bytes());
            }
        }
    }
    bytes
}

fn replay(target: Target, mutations: usize) {
    let inputs = corpus(target.0);
    assert!(inputs.len() > 1, "{} has seeds", target.0);
    for (name, bytes) in &inputs {
        run(target, name, bytes);
    }
    let mut numbers = Numbers(0x9E37_79B9_7F4A_7C15);
    // More where there is time: HERZ_FUZZ=100000 cargo test -p herz-tests --test fuzz
    let mutations = std::env::var("HERZ_FUZZ")
        .ok()
        .and_then(|count| count.parse().ok())
        .unwrap_or(mutations);
    for _ in 0..mutations {
        let (name, seed) = &inputs[numbers.below(inputs.len())];
        let (_, other) = &inputs[numbers.below(inputs.len())];
        run(target, name, &mutate(seed, other, &mut numbers));
    }
    println!(
        "{}: {} inputs and {mutations} mutations",
        target.0,
        inputs.len()
    );
}

#[test]
fn tree() {
    replay(TARGETS[0], 4000);
}

#[test]
fn schema() {
    replay(TARGETS[1], 1500);
}

#[test]
fn document() {
    replay(TARGETS[2], 2000);
}

#[test]
fn readers() {
    replay(TARGETS[3], 6000);
}

#[test]
fn policy() {
    replay(TARGETS[4], 3000);
}

#[test]
fn matrix() {
    replay(TARGETS[5], 1000);
}

#[test]
fn import() {
    replay(TARGETS[6], 1000);
}

#[test]
fn contract() {
    replay(TARGETS[7], 1000);
}

#[test]
fn every_target_is_replayed() {
    assert_eq!(
        TARGETS.iter().map(|target| target.0).collect::<Vec<_>>(),
        [
            "tree", "schema", "document", "readers", "policy", "matrix", "import", "contract"
        ]
    );
}
