//! Runs that end: by their time, by Ctrl-C, by a kill, by another process; and what could not be undone.

use crate::support::lab::*;
use std::fs;
use std::process::Command;

#[test]
fn curl_sees_a_short_fault_start_hold_and_end() {
    let (place, port) = (Place::new(), free_port());
    if curl(port).is_none() {
        return;
    }
    let proxy = format!("127.0.0.1:{port}={}", service());
    let mut run = place.spawn(&[
        "run",
        "--fault",
        "http.status=503",
        "--proxy",
        &proxy,
        "--duration",
        "2s",
        "--before",
        "1s",
        "--after",
        "1s",
        "--yes",
    ]);
    let mut seen = Vec::new();
    until("the end", || {
        let status = curl(port).unwrap();
        if seen.last() != Some(&status) {
            seen.push(status);
        }
        run.try_wait().unwrap().is_some()
    });
    let output = run.wait_with_output().unwrap();
    assert_eq!(code(&output), 0, "{}", err(&output));
    // Nobody listens before the run and after it; the proxy is there before the fault and after it.
    let middle: Vec<u16> = seen.iter().copied().filter(|status| *status != 0).collect();
    assert_eq!(middle, [200, 503, 200], "{seen:?}");
    assert!(out(&output).is_empty());
    assert_eq!(place.runs()[0]["phase"], "clean");
}

#[test]
fn ctrl_c_undoes_and_says_so() {
    let (place, sleeper) = (Place::new(), Sleeper::new());
    let pid = sleeper.pid().to_string();
    let run = place.pausing(&pid, &[]);
    until("a stopped process", || sleeper.state() == 'T');
    place.until_phase("injected");
    // Twice: the second one does not skip the undo.
    signal(run.id(), "INT");
    let _ = Command::new("kill")
        .args(["-INT", &run.id().to_string()])
        .status();
    let output = run.wait_with_output().unwrap();
    assert_eq!(code(&output), 5, "{}", err(&output));
    assert!(err(&output).contains("Ctrl-C: undoing"), "{}", err(&output));
    assert_ne!(sleeper.state(), 'T');
    assert_eq!(place.runs()[0]["phase"], "clean");
}

#[test]
fn a_closed_output_ends_the_run_and_undoes_it() {
    let (place, sleeper) = (Place::new(), Sleeper::new());
    let pid = sleeper.pid().to_string();
    let mut run = place.pausing(&pid, &["--format", "jsonl"]);
    until("a stopped process", || sleeper.state() == 'T');
    drop(run.stdout.take());
    let output = run.wait_with_output().unwrap();
    assert_eq!(code(&output), 5, "{}", err(&output));
    assert_ne!(sleeper.state(), 'T');
}

#[test]
fn kill_9_is_undone_by_the_watchdog() {
    let (place, sleeper) = (Place::new(), Sleeper::new());
    let pid = sleeper.pid().to_string();
    let mut run = place.pausing(&pid, &[]);
    until("a stopped process", || sleeper.state() == 'T');
    run.kill().unwrap();
    run.wait().unwrap();
    until("a process that goes on", || sleeper.state() != 'T');
    place.until_phase("clean");
    assert_eq!(place.runs()[0]["verdict"], "recovered after a crash");
    let output = place.herz(&["recover"]);
    assert_eq!(code(&output), 0, "{}", err(&output));
}

#[test]
fn without_watchdog_recover_undoes_and_status_tells_the_truth() {
    let (place, sleeper) = (Place::new(), Sleeper::new());
    let pid = sleeper.pid().to_string();
    let mut run = place.pausing(&pid, &[]);
    until("a stopped process", || sleeper.state() == 'T');
    // The watchdog first: nobody is left to undo.
    for child in children(run.id()) {
        signal(child, "KILL");
    }
    run.kill().unwrap();
    run.wait().unwrap();
    assert_eq!(sleeper.state(), 'T');
    let status = place.herz(&["status"]);
    assert_eq!(code(&status), 7);
    assert!(out(&status).contains("left alone"), "{}", out(&status));
    let rehearsal = place.herz(&["recover", "--dry-run"]);
    assert!(
        out(&rehearsal).contains("would undo"),
        "{}",
        out(&rehearsal)
    );
    assert_eq!(sleeper.state(), 'T');
    let recovered = place.herz(&["recover"]);
    assert_eq!(code(&recovered), 0, "{}", err(&recovered));
    assert_ne!(sleeper.state(), 'T');
    let again = place.herz(&["recover"]);
    assert_eq!((code(&again), out(&again).as_str()), (0, ""));
}

fn children(pid: u32) -> Vec<u32> {
    let text = fs::read_to_string(format!("/proc/{pid}/task/{pid}/children")).unwrap();
    text.split_whitespace()
        .map(|pid| pid.parse().unwrap())
        .collect()
}

#[test]
fn abort_from_another_process() {
    let (place, sleeper) = (Place::new(), Sleeper::new());
    let pid = sleeper.pid().to_string();
    let run = place.pausing(&pid, &[]);
    until("a stopped process", || sleeper.state() == 'T');
    place.until_phase("injected");
    let abort = place.herz(&["abort", "--all", "--reason", "enough"]);
    assert_eq!(code(&abort), 0, "{}", err(&abort));
    assert!(err(&abort).contains("clean after"), "{}", err(&abort));
    assert_ne!(sleeper.state(), 'T');
    let output = run.wait_with_output().unwrap();
    assert_eq!(code(&output), 5);
    assert!(err(&output).contains("enough"), "{}", err(&output));
    // The same process, paused again, is refused: two faults there would disturb each other.
    assert_eq!(code(&place.herz(&["abort", "no-such-run"])), 2);
}

#[test]
fn what_cannot_be_undone_is_dirty_and_exits_with_7() {
    let (place, sleeper) = (Place::new(), Sleeper::new());
    let pid = sleeper.pid().to_string();
    let mut run = place.pausing(&pid, &[]);
    until("a stopped process", || sleeper.state() == 'T');
    place.until_phase("injected");
    // Whoever changes the journal: it is told, and not ignored.
    for child in children(run.id()) {
        signal(child, "KILL");
    }
    run.kill().unwrap();
    run.wait().unwrap();
    let store = place.path("state/runs.db");
    let connection = rusqlite::Connection::open(&store).unwrap();
    connection
        .execute("UPDATE journal SET data = '{}'", [])
        .unwrap();
    drop(connection);
    let output = place.herz(&["recover"]);
    assert_eq!(code(&output), 7, "{}", err(&output));
    assert!(err(&output).contains("damaged"), "{}", err(&output));
    fs::write(&store, b"").unwrap();
    let output = place.herz(&[
        "run",
        "--fault",
        "process.kill=true",
        "--pid",
        &pid,
        "--yes",
    ]);
    assert_eq!(code(&output), 7, "{}", err(&output));
    assert!(err(&output).contains("empty"), "{}", err(&output));
    assert_eq!(sleeper.state(), 'T', "nothing was done without a journal");
    signal(sleeper.pid(), "CONT");
}
