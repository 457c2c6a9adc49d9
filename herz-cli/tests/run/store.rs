//! Without a place to write down how a fault is undone, it is not brought into the world: real file systems that
//! are full or read-only, mounted in a namespace that nobody else sees.

use crate::support::lab::*;
use std::fs;
use std::process::{Command, Output};

/// Runs a script for which the place's state is a file system of 256 KiB, and `"$@"` a run that pauses the process
/// for a moment. Nothing where the system gives no namespaces.
fn on_a_small_disk(place: &Place, script: &str, sleeper: &Sleeper) -> Option<Output> {
    until("a sleeper that sleeps", || sleeper.state() == 'S');
    fs::create_dir_all(place.path("state")).unwrap();
    let pid = sleeper.pid().to_string();
    let mut args = vec!["run", "--fault", "process.pause=true", "--pid", &pid];
    args.extend(["--duration", "10ms", "--yes"]);
    let mount = "mount -t tmpfs -o size=256k herz-test \"$HERZ_STATE\"";
    let inside = |script: &str| {
        let herz = place.command(&args);
        let mut command = Command::new("unshare");
        command.args(["-rm", "sh", "-euc", script, "sh"]);
        command.arg(herz.get_program()).args(herz.get_args());
        command.env("HERZ_STATE", place.path("state"));
        command.env("NO_COLOR", "1").env_remove("HERZ_INVENTORY");
        command.output()
    };
    if !inside(mount).is_ok_and(|output| output.status.success()) {
        eprintln!("SKIPPED: no namespace to mount in, nothing is shown of full disks");
        return None;
    }
    let output = inside(&format!("{mount}\nPID={pid}\n{LOOK}\n{script}")).unwrap();
    assert!(output.status.success(), "{}", err(&output));
    Some(output)
}

/// What a script says of one run: its exit code, how often the process that it is for was given a core or left it
/// (a stop moves that, also one that was taken back), and what Herz told.
struct Seen {
    exit: String,
    switches: String,
    told: String,
}

/// Runs `herz` and says it as [`Seen`].
const LOOK: &str = r#"
    look() {
        status=0
        "$@" 2>"$HERZ_STATE/../told" || status=$?
        echo "$status|$(grep ctxt_switches "/proc/$PID/status" | tr -d '\n')|$(tr '\n' ' ' <"$HERZ_STATE/../told")"
    }
    fill() {
        free=$(df -k --output=avail "$HERZ_STATE" | tail -1)
        head -c $(( (free - $1) * 1024 )) /dev/zero >"$HERZ_STATE/filler"
    }
"#;

fn seen(output: &Output) -> Vec<Seen> {
    let lines = out(output);
    let parts = lines.lines().map(|line| line.splitn(3, '|'));
    let seen = parts.map(|mut parts| {
        let mut next = || parts.next().unwrap().to_owned();
        Seen {
            exit: next(),
            switches: next(),
            told: next(),
        }
    });
    seen.collect()
}

/// Each run was refused with its reason and nobody touched the process, or it was whole and somebody did. Gives how
/// many were refused.
fn refused_or_whole(all: &[Seen]) -> usize {
    let mut before = None;
    let mut refused = 0;
    for one in all {
        match one.exit.as_str() {
            "3" => {
                refused += 1;
                assert!(one.told.contains("nothing is injected"), "{}", one.told);
                assert!(one.told.contains("HERZ_STATE"), "{}", one.told);
                assert!(before.is_none_or(|b| b == &one.switches), "{}", one.told);
            }
            "0" => assert_ne!(before, Some(&one.switches), "{}", one.told),
            other => panic!("{other}: {}", one.told),
        }
        before = Some(&one.switches);
    }
    refused
}

#[test]
fn a_full_disk_injects_nothing_at_whatever_moment_it_gets_full() {
    let (place, sleeper) = (Place::new(), Sleeper::new());
    // The store is not there yet, or it is there from an earlier run; and more and more is free, so that at first it
    // can't be made, then the run not begun, then the undo not written down.
    let script = r#"
        for free in 0 16 32 48 64 72 80 84 88 92 96 104 112 128; do
            rm -f "$HERZ_STATE"/*
            fill $free
            look "$@"
        done
        for free in 0 4 8 16 24 32 48; do
            rm -f "$HERZ_STATE"/*
            "$@" 2>/dev/null
            fill $free
            look true
            look "$@"
            rm "$HERZ_STATE/filler"
            # With room again, nothing is open and nothing was forgotten.
            "$1" recover --quiet >/dev/null 2>&1
        done"#;
    let Some(output) = on_a_small_disk(&place, script, &sleeper) else {
        return;
    };
    let all = seen(&output);
    let (fresh, older) = all.split_at(14);
    let refused = refused_or_whole(fresh);
    assert!(
        (5..14).contains(&refused),
        "all of it was not seen: {refused}"
    );
    let refused: usize = older.chunks(2).map(refused_or_whole).sum();
    assert!(refused > 0, "there was always room");
    assert_eq!(sleeper.state(), 'S');
}

#[test]
fn a_read_only_disk_injects_nothing() {
    let (place, sleeper) = (Place::new(), Sleeper::new());
    // With a store on it, and without one.
    let script = r#"
        look "$@"
        mount -o remount,ro "$HERZ_STATE"
        look "$@"
        mount -o remount,rw "$HERZ_STATE"
        rm -f "$HERZ_STATE"/*
        mount -o remount,ro "$HERZ_STATE"
        look "$@""#;
    if let Some(output) = on_a_small_disk(&place, script, &sleeper) {
        let all = seen(&output);
        assert_eq!(refused_or_whole(&all), 2, "the first is whole");
    }
}
