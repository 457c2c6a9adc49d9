//! The parts of judging a manifest, in memory and on one core: what each takes of the whole.

use herz_benches::median;
use herz_dsl::catalog::{Catalog, Targets};
use herz_dsl::check::Checker;
use herz_dsl::compile;
use herz_dsl::diagnostic::render::{self, TextOptions};
use herz_dsl::source::{Source, SourceId, Sources};
use herz_dsl::tree::{self, Limits, Tree};
use serde_json::Value;
use std::error::Error;
use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

/// Times the parts on the files of a folder and prints them.
pub(crate) fn run(root: &Path, folder: &Path, rounds: usize) -> Result<(), Box<dyn Error>> {
    let texts = super::afternoon::list(folder)?
        .iter()
        .map(std::fs::read)
        .collect::<Result<Vec<_>, _>>()?;
    let catalog = built_in(root)?;
    let checker = Checker::new(&catalog, &Targets::newest());
    let limits = Limits::default();
    let source = SourceId(0);
    let parsed = || {
        texts
            .iter()
            .map(|text| tree::parse(source, text, &limits).0)
    };
    let trees: Vec<Tree> = parsed().collect();
    let findings: Vec<_> = trees
        .iter()
        .map(|tree| {
            let found = checker.check_source(tree).diagnostics;
            (Source::new("a.yaml", tree.text().clone()), found)
        })
        .collect();
    let declined = texts
        .iter()
        .filter(|text| tree::parse_fast(source, text, &limits).is_none())
        .count();
    let told: usize = findings.iter().map(|(_, found)| found.len()).sum();
    println!(
        "\nin memory, one core: {} documents, {told} findings; the fast reader declines {declined}",
        texts.len()
    );
    let parts: [(&str, &dyn Fn()); 6] = [
        ("read by the full parser", &|| {
            for text in &texts {
                black_box(tree::parse_full(source, text, &limits));
            }
        }),
        ("read, as it is done", &|| {
            parsed().for_each(|tree| drop(black_box(tree)));
        }),
        ("a YAML crate -> Value", &|| {
            for text in &texts {
                black_box(serde_yaml::from_slice::<Value>(text).ok());
            }
        }),
        ("check", &|| {
            for tree in &trees {
                black_box(checker.check_source(tree));
            }
        }),
        // As `herz validate` does it: a tree is checked while it is still near the core.
        ("read and check, one by one", &|| {
            parsed().for_each(|tree| drop(black_box(checker.check_source(&tree))));
        }),
        ("draw the findings", &|| {
            let mut out = String::new();
            for (source, found) in &findings {
                out.clear();
                // Writing into a text does not fail.
                let _ = render::text(&mut out, found, source, TextOptions::default());
                black_box(&out);
            }
        }),
    ];
    let mut times = vec![Vec::new(); parts.len()];
    for _ in 0..rounds {
        for ((_, part), times) in parts.iter().zip(&mut times) {
            let start = Instant::now();
            part();
            times.push(start.elapsed().as_secs_f64());
        }
    }
    println!(
        "{:<28} {:>10} {:>18}",
        "part", "ns/doc", "of the full parser"
    );
    let base = times.first().cloned().unwrap_or_default();
    for ((name, _), times) in parts.iter().zip(&times) {
        let ratios: Vec<f64> = times.iter().zip(&base).map(|(a, b)| a / b).collect();
        #[expect(clippy::cast_precision_loss, reason = "sizes of a benchmark")]
        let each = median(times) / texts.len() as f64 * 1e9;
        println!("{name:<28} {each:>10.0} {:>18.3}", median(&ratios));
    }
    Ok(())
}

/// The catalog of `schemas/`.
fn built_in(root: &Path) -> Result<Catalog, Box<dyn Error>> {
    let schemas = root.join("schemas");
    let path = schemas.to_str().ok_or("a path that is no text")?;
    let (packages, _) = compile::load(&compile::Folders, &[path], &mut Sources::new());
    Ok(compile::compile(&packages).0)
}
