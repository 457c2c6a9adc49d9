//! Tasks of workflows as a user runs them; what they do is seen in files and in `/proc`.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "helpers of tests fail like tests"
)]

mod support;

use std::fs;
use std::time::{Duration, Instant};
use support::lab::{Place, code, err, out, signal, until};

/// A workflow whose first step is a task with this shell script; its steps `yes` and `no` write files.
fn workflow(place: &Place, script: &str, more: &str) -> String {
    let touch = |name: &str| {
        format!(
            "  - name: {name}\n    templateType: Task\n    task:\n      container:\n        name: t\n        \
             image: busybox\n        command: [touch, {}]\n",
            place.path(name).display()
        )
    };
    let script = serde_json::to_string(script).unwrap();
    place.write(
        "tasks.yaml",
        &format!(
            "apiVersion: chaos-mesh.org/v1alpha1\nkind: Workflow\nmetadata: {{ name: choice }}\nspec:\n  \
             entry: ask\n  templates:\n  - name: ask\n    templateType: Task\n{more}    task:\n      \
             container:\n        name: t\n        image: busybox\n        command: [sh, -c, {script}]\n    \
             conditionalBranches:\n    - {{ target: yes, expression: \"exitCode == 3 && stdout == 'hot'\" }}\n    \
             - {{ target: no, expression: exitCode == 0 }}\n{}{}",
            touch("yes"),
            touch("no")
        )
        .replace("name: yes", "name: \"yes\"")
        .replace("name: no\n", "name: \"no\"\n")
        .replace("target: yes", "target: \"yes\"")
        .replace("target: no", "target: \"no\""),
    )
}

/// Processes whose command line holds a word.
fn processes(word: &str) -> Vec<u32> {
    let mut found = Vec::new();
    for entry in fs::read_dir("/proc").unwrap().flatten() {
        let line = fs::read(entry.path().join("cmdline")).unwrap_or_default();
        let line = String::from_utf8_lossy(&line).into_owned();
        // Those of Herz itself hold no script.
        if line.split('\0').any(|part| part == word)
            && let Ok(pid) = entry.file_name().to_string_lossy().parse()
        {
            found.push(pid);
        }
    }
    found
}

/// A length of sleep that no other test asks for: `sleep` shows it in its command line.
fn mark(number: u32) -> String {
    format!("{}.{number}", 10_000 + std::process::id())
}

/// A script that leaves children in its group and in another one, and waits.
fn family(mark: &str) -> String {
    format!("sleep {mark} & setsid sleep {mark} & sleep {mark}; true")
}

#[test]
fn without_consent_the_command_is_shown_and_not_run() {
    let place = Place::new();
    let ran = place.path("ran");
    let file = workflow(&place, &format!("touch {}", ran.display()), "");
    let plan = place.herz(&["plan", &file]);
    assert_eq!(code(&plan), 3, "{}", err(&plan));
    let text = out(&plan);
    for part in [
        "run on this machine, not in a container",
        &format!("touch {}", ran.display()),
        "\"busybox\" is not pulled",
        "--allow-tasks",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let run = place.herz(&["run", &file, "--yes"]);
    assert_eq!(code(&run), 3, "{}", err(&run));
    assert!(err(&run).contains("--allow-tasks"), "{}", err(&run));
    assert!(!ran.exists() && !place.path("no").exists());
    // With consent the plan is whole, and still nothing runs.
    let plan = place.herz(&["plan", &file, "--allow-tasks"]);
    assert_eq!(code(&plan), 0, "{}", err(&plan));
    assert!(!ran.exists());
}

#[test]
fn exit_code_and_output_choose_what_comes_next() {
    for (script, yes, no) in [
        ("echo; echo '  hot '; exit 3", true, false),
        ("echo cold; exit 3", false, false),
        ("echo hot", false, true),
        // Its environment is its own.
        ("test -z \"$HERZ_STATE\" && test -n \"$PATH\"", false, true),
        ("no-such-program", false, false),
    ] {
        let place = Place::new();
        let file = workflow(&place, script, "");
        let run = place.herz(&["run", &file, "--yes", "--allow-tasks"]);
        assert_eq!(code(&run), 0, "{script}: {}", err(&run));
        let seen = (place.path("yes").exists(), place.path("no").exists());
        assert_eq!(seen, (yes, no), "{script}: {}", err(&run));
        assert!(place.runs().iter().all(|run| run["phase"] == "clean"));
    }
}

#[test]
fn the_plan_names_a_task_without_a_deadline() {
    let place = Place::new();
    for (deadline, told) in [("", true), ("    deadline: 2s\n", false)] {
        let file = workflow(&place, "true", deadline);
        let plan = place.herz(&["plan", &file, "--allow-tasks"]);
        assert_eq!(code(&plan), 0, "{}", err(&plan));
        let words = String::from_utf8_lossy(&plan.stdout).into_owned();
        // What follows has none in either case.
        let first = words.split("Task default/yes").next().unwrap_or_default();
        assert_eq!(first.contains("the task has no deadline"), told, "{words}");
    }
}

#[test]
fn the_deadline_kills_all_that_a_task_started() {
    let place = Place::new();
    let mark = mark(1);
    let file = workflow(&place, &family(&mark), "    deadline: 2s\n");
    let begun = Instant::now();
    let run = place.spawn(&["run", &file, "--yes", "--allow-tasks"]);
    until("three sleepers", || processes(&mark).len() == 3);
    let output = run.wait_with_output().unwrap();
    assert!(begun.elapsed() >= Duration::from_secs(2));
    assert_eq!(processes(&mark), [0_u32; 0]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    // It did not end by itself, so nothing follows.
    assert!(!place.path("yes").exists() && !place.path("no").exists());
}

#[test]
fn what_a_task_leaves_behind_ends_with_it() {
    let place = Place::new();
    let mark = mark(2);
    let file = workflow(
        &place,
        &format!("sleep {mark} & setsid sleep {mark} & true"),
        "",
    );
    let run = place.herz(&["run", &file, "--yes", "--allow-tasks"]);
    assert_eq!(code(&run), 0, "{}", err(&run));
    assert_eq!(processes(&mark), [0_u32; 0]);
    assert!(place.path("no").exists());
}

#[test]
fn ctrl_c_kills_all_that_a_task_started() {
    let place = Place::new();
    let mark = mark(3);
    let file = workflow(&place, &family(&mark), "");
    let run = place.spawn(&["run", &file, "--yes", "--allow-tasks"]);
    until("three sleepers", || processes(&mark).len() == 3);
    signal(run.id(), "INT");
    let output = run.wait_with_output().unwrap();
    assert_eq!(code(&output), 5, "{}", err(&output));
    assert_eq!(processes(&mark), [0_u32; 0]);
    assert!(!place.path("yes").exists() && !place.path("no").exists());
}

#[test]
fn after_kill_9_nothing_of_a_task_is_left() {
    let place = Place::new();
    let mark = mark(4);
    let file = workflow(&place, &family(&mark), "");
    let mut run = place.spawn(&["run", &file, "--yes", "--allow-tasks"]);
    until("three sleepers", || processes(&mark).len() == 3);
    run.kill().unwrap();
    run.wait().unwrap();
    until("no sleeper", || processes(&mark).is_empty());
    place.until_phase("clean");
}

#[test]
fn what_is_not_understood_is_refused_before_anything_runs() {
    let place = Place::new();
    let file = workflow(&place, "true", "");
    let text = fs::read_to_string(&file).unwrap();
    for (from, to, part) in [
        (
            "exitCode == 0",
            "stdout contains 'x'",
            "`contains` is not understood",
        ),
        (
            "exitCode == 0",
            "exit == 0",
            "names are `exitCode` and `stdout`",
        ),
        (
            "command: [sh",
            "workingDir: /tmp\n        tty: true\n        command: [sh",
            "container.tty",
        ),
    ] {
        let file = place.write("bad.yaml", &text.replace(from, to));
        let run = place.herz(&["run", &file, "--yes", "--allow-tasks"]);
        assert_eq!(code(&run), 1, "{to}: {}", err(&run));
        assert!(err(&run).contains(part), "{to}: {}", err(&run));
    }
    assert!(!place.path("no").exists());
}

#[test]
fn output_that_is_too_long_is_cut_and_told() {
    let place = Place::new();
    // One byte more than is kept, and exactly as much.
    for (count, told) in [((1 << 20) + 1, true), (1 << 20, false)] {
        let file = workflow(
            &place,
            &format!("head -c {count} /dev/zero | tr '\\0' x"),
            "",
        );
        let output = place.herz(&["run", "--yes", "--allow-tasks", &file]);
        assert_eq!(code(&output), 0, "{}", err(&output));
        let cut = "conditions see the first 1048576 bytes, 1 more were dropped";
        assert_eq!(err(&output).contains(cut), told, "{}", err(&output));
    }
}
