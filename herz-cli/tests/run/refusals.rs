//! What is not begun: without being asked, without a place to write, twice on one process, on a world that has moved.

use crate::support::lab::*;
use std::fs;
use std::process::Output;

/// Plans in `kill.json` to kill a process.
pub(crate) fn plan_a_kill(place: &Place, of: &Sleeper) -> Output {
    let pid = of.pid().to_string();
    let fault = ["plan", "--fault", "process.kill=true", "--pid", &pid];
    place.herz(&[&fault[..], &["-o", "kill.json"]].concat())
}

#[test]
fn a_saved_plan_runs_unless_the_world_has_moved() {
    let place = Place::new();
    let first = Sleeper::new();
    let pid = first.pid().to_string();
    let plan = plan_a_kill(&place, &first);
    assert_eq!(code(&plan), 0, "{}", err(&plan));
    assert!(
        out(&plan).contains(&format!("kill process {pid}")),
        "{}",
        out(&plan)
    );
    assert!(first.state() != 'Z', "a plan touches nothing");
    // Changed by hand.
    let text = fs::read_to_string(place.path("kill.json")).unwrap();
    place.write("bent.json", &text.replace("pod-kill", "pod-failure"));
    let bent = place.herz(&["run", "bent.json", "--yes"]);
    assert_eq!(code(&bent), 1);
    assert!(err(&bent).contains("changed by hand"), "{}", err(&bent));
    // As it was.
    let run = place.herz(&["run", "kill.json", "--yes"]);
    assert_eq!(code(&run), 0, "{}", err(&run));
    assert!(matches!(state(first.pid()), None | Some('Z')));
    // The process is gone: the plan is for that one and no other.
    let again = place.herz(&["run", "kill.json", "--yes"]);
    assert_eq!(code(&again), 1);
    assert!(
        err(&again).contains("the world has moved"),
        "{}",
        err(&again)
    );
}

#[test]
fn nothing_is_done_unasked_and_mistakes_have_a_place() {
    let (place, sleeper) = (Place::new(), Sleeper::new());
    let pid = sleeper.pid().to_string();
    let unasked = place.herz(&["run", "--fault", "process.kill=true", "--pid", &pid]);
    assert_eq!(code(&unasked), 2, "{}", err(&unasked));
    assert!(err(&unasked).contains("--yes"), "{}", err(&unasked));
    assert!(!matches!(sleeper.state(), 'Z'));
    for (args, exit, part) in [
        (
            vec!["--fault", "http.statsu=503", "--host"],
            2,
            "there are http.status",
        ),
        (vec!["--fault", "nothing=1", "--host"], 2, "http.…"),
        (vec!["--fault", "http.status", "--host"], 2, "KEY=VALUE"),
        (
            vec!["--fault", "http.status=503"],
            2,
            "--proxy LISTEN=UPSTREAM",
        ),
        (
            vec![
                "--fault",
                "http.status=99",
                "--proxy",
                "127.0.0.1:1=127.0.0.1:2",
            ],
            1,
            "error.status",
        ),
        (
            vec!["--fault", "http.status=503", "--proxy", "127.0.0.1:1"],
            2,
            "LISTEN=UPSTREAM",
        ),
        (
            vec!["--fault", "cpu.load=50%", "--host"],
            1,
            "nothing says how long",
        ),
        (
            vec!["--fault", "cpu.load=50%", "--host", "--duration", "ten"],
            2,
            "--duration",
        ),
        (
            vec!["--fault", "http.latency=1ms", "--host", "--duration", "1s"],
            1,
            "on proxy",
        ),
        (
            vec!["--fault", "process.kill=true", "--pid", "1"],
            1,
            "hit itself",
        ),
        (
            vec!["--fault", "process.kill=true", "--pid", "2147483647"],
            1,
            "no process",
        ),
        (vec!["no-such-file.yaml"], 2, "no-such-file.yaml"),
        (vec!["--pid", "1", "--host", "no.yaml"], 2, "no.yaml"),
    ] {
        let mut whole = vec!["run", "--yes"];
        whole.extend(&args);
        let output = place.herz(&whole);
        assert_eq!(code(&output), exit, "{args:?}: {}", err(&output));
        assert!(err(&output).contains(part), "{args:?}: {}", err(&output));
    }
    let bad = place.write(
        "bad.yaml",
        "apiVersion: herz.dev/v1alpha1\nkind: ChaosExperiment\nmetadata: { name: x }\nspec:\n  target: http\n  \
         latencyy: 1s\n",
    );
    let output = place.herz(&["run", &bad, "--yes"]);
    assert_eq!(code(&output), 1);
    assert!(
        err(&output).contains("did you mean `latency`"),
        "{}",
        err(&output)
    );
}

#[test]
fn a_read_only_store_injects_nothing() {
    let (place, sleeper) = (Place::new(), Sleeper::new());
    let pid = sleeper.pid().to_string();
    // A file where the folder should be: not even root can make the store there.
    place.write("state", "in the way");
    let output = place.herz(&[
        "run",
        "--fault",
        "process.kill=true",
        "--pid",
        &pid,
        "--yes",
    ]);
    assert_eq!(code(&output), 3, "{}", err(&output));
    assert!(err(&output).contains("HERZ_STATE"), "{}", err(&output));
    assert_ne!(sleeper.state(), 'Z');
}

#[test]
fn two_runs_do_not_share_a_process() {
    let (place, sleeper) = (Place::new(), Sleeper::new());
    let pid = sleeper.pid().to_string();
    let args = [
        "run",
        "--fault",
        "process.pause=true",
        "--pid",
        &pid,
        "--duration",
        "1h",
        "--yes",
    ];
    let run = place.spawn(&args);
    until("a stopped process", || sleeper.state() == 'T');
    let second = place.herz(&args);
    assert_eq!(code(&second), 1, "{}", err(&second));
    assert!(err(&second).contains("already holds"), "{}", err(&second));
    signal(run.id(), "TERM");
    assert_eq!(code(&run.wait_with_output().unwrap()), 5);
    assert_ne!(sleeper.state(), 'T');
}
