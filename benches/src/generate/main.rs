//! `herz gen`, target by target, against generators that others use, as whole processes in one run.
//!
//!     cargo build --release -p herz-cli && cargo run --release -p herz-benches --bin generate
//!
//! Every target is generated for the whole catalog into an empty folder. The peers get what `herz gen`
//! made of the same catalog: openapi-typescript and oapi-codegen the OpenAPI document, kopium each CRD.
//! Rounds are taken in turn; printed are the median time of each, what it wrote, and its ratio to the
//! target of Herz that it stands beside. Options: `--rounds N` (7). `HERZ_BIN` names another binary.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a benchmark prints"
)]

use herz_benches::{herz, median, on_path, root};
use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

/// One generator.
struct Contender {
    name: String,
    /// The target of Herz that it is compared with.
    beside: Option<&'static str>,
    commands: Vec<Vec<String>>,
    out: PathBuf,
    seconds: Vec<f64>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let rounds = match args.as_slice() {
        [] => 7,
        [flag, number] if flag == "--rounds" => number.parse()?,
        _ => return Err("usage: generate [--rounds N]".into()),
    };
    let root = root()?;
    let scratch = root.join("target/herz-benches/generate");
    let herz = herz()?;
    let targets = targets(&herz)?;
    let mut contenders: Vec<Contender> = targets
        .iter()
        .map(|target| {
            let out = scratch.join(target);
            let mut command = vec![
                herz.display().to_string(),
                "gen".to_owned(),
                target.clone(),
                "--quiet".to_owned(),
                "--out".to_owned(),
                out.display().to_string(),
            ];
            // A chart is for one platform.
            if target == "helm" {
                command.extend(["--package", "chaos-mesh"].map(ToOwned::to_owned));
            }
            Contender {
                name: format!("herz gen {target}"),
                beside: None,
                commands: vec![command],
                out,
                seconds: Vec::new(),
            }
        })
        .collect();
    // What the peers read is made by the first round.
    for contender in &mut contenders {
        run(contender)?;
    }
    contenders.extend(peers(root, &scratch)?);
    for contender in &mut contenders {
        contender.seconds.clear();
    }
    for _ in 0..rounds {
        for contender in &mut contenders {
            run(contender)?;
        }
    }
    report(&contenders, rounds);
    Ok(())
}

/// The targets of this binary.
fn targets(herz: &Path) -> Result<Vec<String>, Box<dyn Error>> {
    let output = Command::new(herz).args(["gen", "--list"]).output()?;
    let text = String::from_utf8(output.stdout)?;
    let names = text.lines().filter(|line| !line.starts_with(' '));
    Ok(names
        .filter_map(|line| line.split_whitespace().next())
        .map(ToOwned::to_owned)
        .collect())
}

/// Runs a contender once, into an empty folder.
fn run(contender: &mut Contender) -> Result<(), Box<dyn Error>> {
    match std::fs::remove_dir_all(&contender.out) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
        _ => std::fs::create_dir_all(&contender.out)?,
    }
    let start = Instant::now();
    for command in &contender.commands {
        let (program, arguments) = command.split_first().ok_or("an empty command")?;
        let status = Command::new(program)
            .args(arguments)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()?;
        if !status.success() {
            return Err(format!("{command:?} ended with {status}").into());
        }
    }
    contender.seconds.push(start.elapsed().as_secs_f64());
    Ok(())
}

/// The generators of others that are here; those that are not are named.
fn peers(root: &Path, scratch: &Path) -> Result<Vec<Contender>, Box<dyn Error>> {
    let document = scratch.join("openapi/openapi.yaml");
    let mut peers = Vec::new();
    let mut add = |name: &str, beside, program: Option<PathBuf>, inputs: Vec<Vec<String>>| {
        let Some(program) = program else {
            println!("SKIPPED: {name} is not installed");
            return;
        };
        let commands = inputs.into_iter().map(|mut arguments| {
            arguments.insert(0, program.display().to_string());
            arguments
        });
        peers.push(Contender {
            name: name.to_owned(),
            beside: Some(beside),
            commands: commands.collect(),
            out: scratch.join(name),
            seconds: Vec::new(),
        });
    };
    let local = |path: &str| Some(root.join(path)).filter(|path| path.exists());
    let file = |name: &str, file: &str| scratch.join(name).join(file).display().to_string();
    let document = document.display().to_string();
    let output = file("openapi-typescript", "types.ts");
    add(
        "openapi-typescript",
        "typescript",
        local("benches/peers/node_modules/.bin/openapi-typescript")
            .or_else(|| on_path("openapi-typescript")),
        vec![vec![document.clone(), "--output".to_owned(), output]],
    );
    let output = file("oapi-codegen", "types.go");
    let options = ["-generate", "types,skip-prune", "-package", "models", "-o"];
    let mut arguments: Vec<String> = options.iter().map(|&one| one.to_owned()).collect();
    arguments.extend([output, document]);
    add(
        "oapi-codegen",
        "go",
        on_path("oapi-codegen"),
        vec![arguments],
    );
    let mut crds = Vec::new();
    gather(&scratch.join("crd"), &mut crds)?;
    crds.sort();
    let each = crds
        .iter()
        .map(|crd| vec!["-f".to_owned(), crd.display().to_string()]);
    add("kopium", "go", on_path("kopium"), each.collect());
    Ok(peers)
}

/// The files at and below a folder.
fn gather(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Box<dyn Error>> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            gather(&path, files)?;
        } else if path.extension().is_some_and(|end| end == "yaml") {
            files.push(path);
        }
    }
    Ok(())
}

/// Files and lines at and below a folder.
fn size(folder: &Path) -> (usize, usize) {
    let mut all = (0, 0);
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            let inner = size(&path);
            all = (all.0 + inner.0, all.1 + inner.1);
        } else if let Ok(text) = std::fs::read_to_string(&path) {
            all.0 += 1;
            all.1 += text.lines().count();
        }
    }
    all
}

fn report(contenders: &[Contender], rounds: usize) {
    println!("whole catalog, whole processes, median of {rounds} rounds");
    println!(
        "{:<26} {:>9} {:>7} {:>8}  ratio",
        "generator", "ms", "files", "lines"
    );
    let mut own = 0.0;
    for contender in contenders {
        let time = median(&contender.seconds);
        let (files, lines) = size(&contender.out);
        let ratio = contender.beside.and_then(|target| {
            let name = format!("herz gen {target}");
            let herz = contenders.iter().find(|one| one.name == name)?;
            Some(format!("{:.1} x {name}", time / median(&herz.seconds)))
        });
        if contender.beside.is_none() {
            own += time;
        }
        println!(
            "{:<26} {:>9.1} {files:>7} {lines:>8}  {}",
            contender.name,
            time * 1000.0,
            ratio.unwrap_or_default()
        );
    }
    println!(
        "all targets of Herz, one after the other: {:.1} ms",
        own * 1000.0
    );
}
