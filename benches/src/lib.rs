//! What the benchmarks share: where programs are, and how figures are drawn from rounds.

use std::error::Error;
use std::path::{Path, PathBuf};

/// The repository.
///
/// # Errors
///
/// This crate lies in no folder.
pub fn root() -> Result<&'static Path, Box<dyn Error>> {
    Ok(Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .ok_or("no parent folder")?)
}

/// The binary that is measured: `HERZ_BIN`, seen from the repository, or the release build.
///
/// # Errors
///
/// It is not built.
pub fn herz() -> Result<PathBuf, Box<dyn Error>> {
    let named = std::env::var_os("HERZ_BIN").map(PathBuf::from);
    let herz = root()?.join(named.unwrap_or_else(|| "target/release/herz".into()));
    if herz.exists() {
        Ok(herz)
    } else {
        Err(format!("{} is not there: build it first", herz.display()).into())
    }
}

/// A program in `target/tools/bin` or on the path.
pub fn on_path(name: &str) -> Option<PathBuf> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/tools/bin");
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::iter::once(own)
        .chain(std::env::split_paths(&path))
        .map(|folder| folder.join(name))
        .find(|program| program.exists())
}

/// The value in the middle; of an even number, the upper one.
///
/// ```
/// assert_eq!(herz_benches::median(&[3.0, 1.0, 2.0]), 2.0);
/// ```
pub fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN)
}

/// The ratio of two contenders that took turns: the median of the rounds and its range, as
/// `1.99 (1.38..2.21)`.
pub fn ratio(of: &[f64], to: &[f64]) -> String {
    let mut ratios: Vec<f64> = of.iter().zip(to).map(|(of, to)| of / to).collect();
    ratios.sort_by(f64::total_cmp);
    let end = |one: Option<&f64>| one.copied().unwrap_or(f64::NAN);
    format!(
        "{:.2} ({:.2}..{:.2})",
        median(&ratios),
        end(ratios.first()),
        end(ratios.last())
    )
}
