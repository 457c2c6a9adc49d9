//! A program that is given lines and answers with lines.

use std::io::Write;
use std::process::{Command, Stdio};

/// Runs a program, gives it a text, and takes what it prints. The error is how it ended.
pub fn answers(command: &mut Command, text: &str) -> Result<String, String> {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| error.to_string())?;
    let stdin = child.stdin.take();
    // Both pipes are full sooner or later, so one thread writes while this one reads.
    let output = std::thread::scope(|scope| {
        scope.spawn(|| {
            if let Some(mut stdin) = stdin {
                // A program that has died is told by its exit code.
                stdin.write_all(text.as_bytes()).ok();
            }
        });
        child.wait_with_output()
    });
    let output = output.map_err(|error| error.to_string())?;
    if !output.status.success() {
        return Err(format!("the program ended with {}", output.status));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
