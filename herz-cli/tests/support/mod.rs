//! Running the binary, and repositories to run it in.
#![allow(
    dead_code,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stderr,
    clippy::too_many_lines,
    clippy::unwrap_used,
    reason = "helpers of tests, of which each test uses its part"
)]

pub(crate) mod lab;
pub(crate) mod sarif;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The workspace's top folder.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_owned()
}

/// The binary with arguments, in the top folder, away from the environment of who runs the tests.
pub(crate) fn command(args: &[&str]) -> Command {
    command_in(&root(), args)
}

pub(crate) fn command_in(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_herz"));
    command
        .args(args)
        .env_remove("HERZ_SCHEMAS")
        .env("NO_COLOR", "1")
        .current_dir(folder);
    command
}

pub(crate) fn herz(args: &[&str]) -> Output {
    command(args).output().unwrap()
}

pub(crate) fn herz_in(folder: &Path, args: &[&str]) -> Output {
    command_in(folder, args).output().unwrap()
}

pub(crate) fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

pub(crate) fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

pub(crate) fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

pub(crate) fn run_git(folder: &Path, args: &[&str]) {
    let output = Command::new("git")
        .args([
            "-c",
            "user.name=Test",
            "-c",
            "user.email=test@example.com",
            "-c",
            "commit.gpgsign=false",
            "-c",
            "tag.gpgsign=false",
        ])
        .args(args)
        .current_dir(folder)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{args:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
}

/// Makes a repository of a folder, with everything committed.
pub(crate) fn git(folder: &Path) {
    run_git(folder, &["init", "--quiet"]);
    run_git(folder, &["add", "-A"]);
    run_git(folder, &["commit", "--quiet", "-m", "first"]);
}
