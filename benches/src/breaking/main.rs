//! `herz breaking` on the CRDs of two releases of Chaos Mesh, and beside `oasdiff` on OpenAPI documents, as
//! whole processes that take turns.
//!
//!     cargo build --release -p herz-cli && cargo run --release -p herz-benches --bin breaking
//!
//! The OpenAPI pairs are those of the corpus and one big one: what `herz gen openapi` makes of the catalog
//! at two releases. Options: `--rounds N` (7). `HERZ_BIN` names another binary; `oasdiff` is looked for in
//! `target/tools/bin` and on the path.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a benchmark prints"
)]

use herz_benches::{herz, median, on_path, ratio, root};
use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

type Pair = (PathBuf, PathBuf);

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let rounds: usize = match args.as_slice() {
        [] => 7,
        [flag, number] if flag == "--rounds" => number.parse()?,
        _ => return Err("usage: breaking [--rounds N]".into()),
    };
    let herz = herz()?;
    let scratch = root()?.join("target/herz-benches/breaking");
    let oasdiff = on_path("oasdiff");
    if oasdiff.is_none() {
        println!(
            "SKIPPED: oasdiff is not installed (go install github.com/oasdiff/oasdiff@latest)"
        );
    }
    let corpus =
        root()?.join(std::env::var_os("HERZ_CORPUS").unwrap_or_else(|| "../shared/corpus".into()));
    if corpus.is_dir() {
        let crds = corpus.join("chaos-mesh/crds");
        for (old, new) in [
            ("v2.6.7", "v2.7.3"),
            ("v2.7.3", "v2.8.3"),
            ("v2.6.7", "v2.8.3"),
        ] {
            let pair = (crds.join(old), crds.join(new));
            let title = format!("CRDs of {old} and {new}, {:.1} MB", megabytes(&pair)?);
            compare(&title, &herz, None, &[pair], rounds)?;
        }
        let pairs = openapi_pairs(&corpus.join("compat"))?;
        let title = format!("{} OpenAPI pairs of the corpus", pairs.len());
        compare(&title, &herz, oasdiff.as_deref(), &pairs, rounds)?;
    } else {
        println!("SKIPPED: no corpus at HERZ_CORPUS ({})", corpus.display());
    }
    let pair = (
        generated(&herz, &scratch, "2.6.7")?,
        generated(&herz, &scratch, "2.8.3")?,
    );
    let title = format!(
        "OpenAPI of all kinds at 2.6.7 and 2.8.3, {:.1} MB",
        megabytes(&pair)?
    );
    compare(&title, &herz, oasdiff.as_deref(), &[pair], rounds)
}

/// Times both programs on all pairs, in turn.
fn compare(
    title: &str,
    herz: &Path,
    oasdiff: Option<&Path>,
    pairs: &[Pair],
    rounds: usize,
) -> Result<(), Box<dyn Error>> {
    let (mut own, mut peer) = (Vec::new(), Vec::new());
    // The first round only warms the cache.
    for round in 0..=rounds {
        let time = |program, arguments| time(program, arguments, pairs);
        let one = time(herz, ["breaking", "--fail-on=never"])?;
        let other = oasdiff
            .map(|program| time(program, ["breaking", "--color=never"]))
            .transpose()?;
        if round > 0 {
            own.push(one);
            peer.extend(other);
        }
    }
    println!("\n{title}, median of {rounds} rounds");
    println!("herz breaking     {:>9.1} ms", median(&own) * 1000.0);
    if !peer.is_empty() {
        println!(
            "oasdiff breaking  {:>9.1} ms   {} of herz",
            median(&peer) * 1000.0,
            ratio(&peer, &own)
        );
    }
    Ok(())
}

/// How long a program takes for all pairs, one process after the other.
fn time(program: &Path, arguments: [&str; 2], pairs: &[Pair]) -> Result<f64, Box<dyn Error>> {
    let start = Instant::now();
    for (old, new) in pairs {
        let status = Command::new(program)
            .args(arguments)
            .args([old, new])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()?;
        if !status.success() {
            let (program, old) = (program.display(), old.display());
            return Err(format!("{program} ended with {status} for {old}").into());
        }
    }
    Ok(start.elapsed().as_secs_f64())
}

/// The OpenAPI document of all kinds at a release.
fn generated(herz: &Path, scratch: &Path, release: &str) -> Result<PathBuf, Box<dyn Error>> {
    let out = scratch.join(release);
    let target = format!("chaos-mesh@{release}");
    let status = Command::new(herz)
        .args([
            "gen",
            "openapi",
            "--quiet",
            "--target-version",
            &target,
            "--out",
        ])
        .arg(&out)
        .status()?;
    if !status.success() {
        return Err(format!("herz gen openapi ended with {status}").into());
    }
    Ok(out.join("openapi.yaml"))
}

/// The pairs of OpenAPI documents that the corpus has answers for.
fn openapi_pairs(folder: &Path) -> Result<Vec<Pair>, Box<dyn Error>> {
    let cases: Vec<serde_json::Value> =
        serde_json::from_str(&std::fs::read_to_string(folder.join("cases.json"))?)?;
    let openapi = cases.iter().filter(|case| case["surface"] == "openapi");
    Ok(openapi
        .filter_map(|case| {
            let file = |name: &str| Some(folder.join(case.get(name)?.as_str()?));
            Some((file("old")?, file("new")?))
        })
        .collect())
}

/// How much text a pair of files or folders is.
fn megabytes(pair: &Pair) -> Result<f64, Box<dyn Error>> {
    let mut bytes = 0;
    for path in [&pair.0, &pair.1] {
        let files = if path.is_dir() {
            let entries = std::fs::read_dir(path)?;
            entries
                .map(|entry| entry.map(|one| one.path()))
                .collect::<Result<Vec<_>, _>>()?
        } else {
            vec![path.clone()]
        };
        for file in files {
            bytes += std::fs::metadata(file)?.len();
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "sizes of a benchmark")]
    Ok(bytes as f64 / 1e6)
}
