//! One process, measured from outside.

use std::error::Error;
use std::process::{Command, Stdio};
use std::time::Instant;

/// What a process took.
pub(crate) struct Measured {
    pub(crate) seconds: f64,
    pub(crate) peak_kib: u64,
}

/// Runs a command to its end. Its findings make it exit with 1, which is fine.
pub(crate) fn measure(command: &[String]) -> Result<Measured, Box<dyn Error>> {
    let (program, args) = command.split_first().ok_or("an empty command")?;
    let start = Instant::now();
    let mut child = Command::new(program)
        .args(args)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    // VmHWM only grows, so the last look before the end is the peak up to then. Looking costs the
    // watched process nothing worth naming: once every few milliseconds.
    let status_file = format!("/proc/{}/status", child.id());
    let mut peak_kib = 0;
    let mut nap = std::time::Duration::from_micros(200);
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        if let Some(kib) = std::fs::read_to_string(&status_file)
            .ok()
            .and_then(|text| high_water(&text))
        {
            peak_kib = peak_kib.max(kib);
        }
        std::thread::sleep(nap);
        nap = (nap * 2).min(std::time::Duration::from_millis(2));
    };
    let seconds = start.elapsed().as_secs_f64();
    match status.code() {
        Some(0 | 1) => Ok(Measured { seconds, peak_kib }),
        code => Err(format!("{program} ended with {code:?}").into()),
    }
}

fn high_water(status: &str) -> Option<u64> {
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}
