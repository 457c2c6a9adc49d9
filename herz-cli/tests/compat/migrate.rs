//! Manifests carried over to another release.

use super::*;

#[test]
fn manifests_are_carried_over_and_back_with_their_comments() {
    let folder = folder(&[("jvm.yaml", JVM), ("delay.yaml", DELAY)]);
    let to = |release: &str, file: &str| {
        let target = format!("chaos-mesh@{release}");
        herz_in(folder.path(), &["migrate", "--to", &target, file])
    };
    let up = to("2.8.3", "jvm.yaml");
    assert_eq!(code(&up), 0, "{}", err(&up));
    assert_eq!(out(&up), JVM.replace("value: \"0\"", "returnValue: \"0\""));
    assert!(
        err(&up).contains("jvm.yaml:11:10 spec.value: value -> returnValue"),
        "{}",
        err(&up)
    );
    let up = to("2.8.3", "delay.yaml");
    assert_eq!(
        out(&up),
        DELAY
            .replace("latency: '1m30s'", "latency: '90s'")
            .replace("jitter: .5s", "jitter: 500ms")
    );
    // Written, checked by the release, and back.
    let args = ["migrate", "--to", "chaos-mesh@2.8.3", "--write", "."];
    assert_eq!(code(&herz_in(folder.path(), &args)), 0);
    assert_eq!(code(&herz_in(folder.path(), &["validate", "."])), 0);
    let check = ["migrate", "--to", "chaos-mesh@2.8.3", "--check", "."];
    assert_eq!(
        code(&herz_in(folder.path(), &check)),
        0,
        "a second time nothing changes"
    );
    assert_eq!(out(&to("2.7.3", "jvm.yaml")), JVM);
    let diff = ["migrate", "--to", "chaos-mesh@2.7.3", "--diff", "."];
    let output = herz_in(folder.path(), &diff);
    assert_eq!(code(&output), 0);
    assert!(
        out(&output).contains("-  returnValue: \"0\"      # free of charge\n+  value:"),
        "{}",
        out(&output)
    );
}

#[test]
fn what_can_t_be_carried_over_is_told_and_nothing_is_written() {
    let rate = "examples/manifests/network/narrow-uplink.yaml";
    let output = herz(&["migrate", "--to", "chaos-mesh@2.6.7", rate]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    assert!(
        out(&output).contains("rate: 1250000bps"),
        "{}",
        out(&output)
    );
    let mode = JVM
        .replace("mode: all", "mode: fixed")
        .replace("value: \"0\"", "returnValue: \"0\"\n  value: \"2\"");
    let netem = DELAY
        .replace("action: delay", "action: netem")
        .replace("jitter: .5s", "jitter: 5ms")
        .replace("'1m30s'", "9s")
        .replace(
            "  duration: 1m30s",
            "  rate: { rate: 1mbps }\n  duration: 1m30s",
        );
    let odd = "a: [";
    let negative = DELAY.replace(".5s", "-1s");
    let folder = folder(&[
        ("mode.yaml", &mode),
        ("netem.yaml", &netem),
        ("odd.yaml", odd),
        ("negative.yaml", &negative),
    ]);
    for (file, to, part) in [
        ("mode.yaml", "2.7.3", "HZ0631"),
        ("netem.yaml", "2.6.7", "HZ0114"),
        ("odd.yaml", "2.8.3", "HZ0001"),
        ("negative.yaml", "2.8.3", "nothing in the schemas says how"),
    ] {
        let before = fs::read_to_string(folder.path().join(file)).unwrap();
        let target = format!("chaos-mesh@{to}");
        let output = herz_in(
            folder.path(),
            &["migrate", "--to", &target, "--write", file],
        );
        assert_eq!(code(&output), 1, "{file}: {}{}", out(&output), err(&output));
        assert!(err(&output).contains(part), "{file}: {}", err(&output));
        assert!(
            err(&output).contains(&format!("{file}:")),
            "{file}: {}",
            err(&output)
        );
        assert_eq!(
            fs::read_to_string(folder.path().join(file)).unwrap(),
            before
        );
    }
    for args in [
        vec!["migrate", "--to", "chaos-mesh@2.9.0", "mode.yaml"],
        vec!["migrate", "--to", "chaos-mesh", "mode.yaml"],
        vec![
            "migrate",
            "--to",
            "chaos-mesh@2.8.3",
            "--from",
            "latest",
            "mode.yaml",
        ],
        vec![
            "migrate",
            "--to",
            "chaos-mesh@2.8.3",
            "mode.yaml",
            "netem.yaml",
        ],
        vec!["migrate", "--to", "chaos-mesh@2.8.3", "missing.yaml"],
    ] {
        assert_eq!(code(&herz_in(folder.path(), &args)), 2, "{args:?}");
    }
}

/// Every command of the how-to page does what the page says.
#[test]
fn the_how_to_page_tells_the_truth() {
    let page = fs::read_to_string(root().join("docs/how-to/older-release.md")).unwrap();
    let mut commands = 0;
    let mut lines = page.lines().peekable();
    while let Some(line) = lines.next() {
        let Some(command) = line.strip_prefix("$ herz ") else {
            continue;
        };
        commands += 1;
        let args: Vec<&str> = command.split_whitespace().collect();
        let output = herz(&args);
        let said = out(&output) + &err(&output);
        while let Some(expected) =
            lines.next_if(|it| !it.starts_with("```") && !it.starts_with('$'))
        {
            assert!(
                said.contains(expected.trim()),
                "{command}\n{expected}\nin\n{said}"
            );
        }
    }
    assert!(commands >= 5, "{commands}");
}
