//! CPU time, memory and disk space that `herz run` uses up, as the kernel tells it of another process.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    clippy::cast_precision_loss,
    reason = "helpers of tests fail like tests, and say what they skip"
)]

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

struct Run {
    child: Child,
    _state: tempfile::TempDir,
}

impl Run {
    fn start(args: &[&str]) -> Self {
        let state = tempfile::tempdir().unwrap();
        let child = Command::new(env!("CARGO_BIN_EXE_herz"))
            .args(["run", "--yes", "--quiet", "--host"])
            .args(args)
            .env("HERZ_STATE", state.path())
            .env_remove("HERZ_SCHEMAS")
            .env_remove("HERZ_INVENTORY")
            .stdin(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        Self {
            child,
            _state: state,
        }
    }

    fn pid(&self) -> u32 {
        self.child.id()
    }

    /// A figure of `/proc/PID/status`, in bytes.
    fn bytes(&self, key: &str) -> u64 {
        let text = fs::read_to_string(format!("/proc/{}/status", self.pid())).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix(key));
        let number =
            line.and_then(|line| line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok());
        number.unwrap_or(0) * 1024
    }

    /// CPU time of all its threads, in clock ticks.
    fn ticks(&self) -> u64 {
        let text = fs::read_to_string(format!("/proc/{}/stat", self.pid())).unwrap();
        let fields: Vec<&str> = text
            .rsplit_once(')')
            .unwrap()
            .1
            .split_whitespace()
            .collect();
        fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap()
    }

    fn end(self, expected: i32) {
        let output = self.child.wait_with_output().unwrap();
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(expected), "{text}");
    }
}

fn until(what: &str, mut done: impl FnMut() -> bool) {
    let end = Instant::now() + Duration::from_secs(60);
    while !done() {
        assert!(Instant::now() < end, "it never came: {what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Ticks that all CPUs spent idle, and all that there were.
fn idle() -> (u64, u64) {
    let text = fs::read_to_string("/proc/stat").unwrap();
    let fields: Vec<u64> = text
        .lines()
        .next()
        .unwrap()
        .split_whitespace()
        .skip(1)
        .map(|field| field.parse().unwrap())
        .collect();
    (fields[3] + fields[4], fields.iter().sum())
}

#[test]
fn cpu_load_is_held_at_its_percentage() {
    for asked in [20.0, 60.0] {
        let load = format!("cpu.load={asked}%");
        let run = Run::start(&[
            "--fault",
            &load,
            "--fault",
            "cpu.of=cores",
            "--fault",
            "cpu.cores=1",
            "--duration",
            "8s",
        ]);
        until("work", || run.ticks() > 20);
        let ((free, all), begun, before) = (idle(), Instant::now(), run.ticks());
        std::thread::sleep(Duration::from_secs(5));
        let (used, span) = (run.ticks() - before, begun.elapsed().as_secs_f64());
        let observed = used as f64 / span;
        let (free, all) = (idle().0 - free, idle().1 - all);
        eprintln!("asked {asked}%, observed {observed:.2}% of one CPU; {free} of {all} ticks idle");
        // Nobody can be held above what the machine has left.
        assert!(
            observed <= asked + 2.0,
            "asked {asked}%, observed {observed:.2}%"
        );
        if free * 5 > all {
            assert!(
                observed >= asked - 2.0,
                "asked {asked}%, observed {observed:.2}%"
            );
        } else {
            eprintln!(
                "SKIPPED: the machine is busy with other things, so the lower bound says nothing"
            );
        }
        run.end(0);
    }
}

#[test]
fn memory_grows_at_its_rate_up_to_its_cap_and_is_given_back() {
    const MIB: u64 = 1 << 20;
    let run = Run::start(&[
        "--fault",
        "memory.cap=160MiB",
        "--fault",
        "memory.rate=64MiB/s",
        "--duration",
        "6s",
        "--after",
        "4s",
    ]);
    until("growth", || run.bytes("VmRSS:") > 40 * MIB);
    let (begun, first) = (Instant::now(), run.bytes("VmRSS:"));
    until("more of it", || run.bytes("VmRSS:") >= first + 64 * MIB);
    let rate = 64.0 / begun.elapsed().as_secs_f64();
    eprintln!("asked 64 MiB/s, observed {rate:.1} MiB/s");
    assert!(rate <= 64.0 * 1.1, "{rate:.1} MiB/s");
    until("the cap", || run.bytes("VmRSS:") >= 160 * MIB);
    std::thread::sleep(Duration::from_millis(500));
    let most = run.bytes("VmHWM:");
    assert!(most < 230 * MIB, "it grows above its cap: {most}");
    // The process lives on for a while; its memory is gone already.
    until("memory that is given back", || {
        let rss = run.bytes("VmRSS:");
        rss > 0 && rss < 80 * MIB
    });
    run.end(0);
}

#[test]
fn more_memory_than_there_is_is_refused() {
    let run = Run::start(&["--fault", "memory.cap=4096TiB", "--duration", "5s"]);
    run.end(3);
}

#[test]
fn disk_space_is_taken_by_a_file_without_a_name() {
    let folder = tempfile::tempdir().unwrap();
    let path = format!("disk.path={}", folder.path().display());
    let run = Run::start(&[
        "--fault",
        &path,
        "--fault",
        "disk.size=24MiB",
        "--duration",
        "2s",
        "--after",
        "2s",
    ]);
    let taken = || -> u64 {
        let Ok(all) = fs::read_dir(format!("/proc/{}/fd", run.pid())) else {
            return 0;
        };
        all.flatten()
            .filter(|fd| fs::read_link(fd.path()).is_ok_and(|to| to.starts_with(folder.path())))
            .filter_map(|fd| fs::metadata(fd.path()).ok())
            .map(|meta| meta.blocks() * 512)
            .sum()
    };
    until("space that is taken", || taken() >= 24 << 20);
    assert_eq!(
        fs::read_dir(folder.path()).unwrap().count(),
        0,
        "it has no name"
    );
    until("space that is given back", || taken() == 0);
    run.end(0);
    let none = Run::start(&[
        "--fault",
        "disk.path=/no/such",
        "--fault",
        "disk.size=1MiB",
        "--duration",
        "1s",
    ]);
    none.end(1);
}
