//! The chart that `herz gen helm` writes, rendered by Helm itself and judged by `herz validate` at the release
//! that the chart is for.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "helpers of tests, and what is skipped must be seen"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn herz(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_herz"))
        .args(args)
        .env_remove("HERZ_SCHEMAS")
        .env("NO_COLOR", "1")
        .output()
        .unwrap()
}

/// Helm from PATH, or from Go's folder of programs.
fn helm() -> Option<PathBuf> {
    let home = std::env::var_os("HOME").map(|home| Path::new(&home).join("go/bin/helm"));
    let found = [Some(PathBuf::from("helm")), home]
        .into_iter()
        .flatten()
        .find(|program| {
            let output = Command::new(program).args(["version", "--short"]).output();
            output.is_ok_and(|output| output.status.success())
        });
    if found.is_none() {
        println!("SKIPPED: no helm: charts are generated, but neither linted nor rendered");
    }
    found
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

const RELEASES: [&str; 3] = ["2.6.7", "2.7.3", "2.8.3"];

/// Generates the chart for a release.
fn chart(folder: &Path, release: &str) -> PathBuf {
    let out = folder.join(release);
    let version = format!("chaos-mesh@{release}");
    let output = herz(&[
        "gen",
        "helm",
        "--package",
        "chaos-mesh",
        "--target-version",
        &version,
        "--out",
        out.to_str().unwrap(),
    ]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    out
}

/// Renders the chart with these values.
fn render(helm: &Path, chart: &Path, values: &str) -> Output {
    let file = chart.with_extension("values.yaml");
    fs::write(&file, values).unwrap();
    Command::new(helm)
        .arg("template")
        .arg("game-day")
        .arg(chart)
        .args(["--namespace", "shop", "--values"])
        .arg(&file)
        .output()
        .unwrap()
}

/// What `herz validate` says of rendered manifests at a release: exit code, and how many there were.
fn judge(folder: &Path, rendered: &Output, release: &str) -> (Option<i32>, String) {
    assert!(rendered.status.success(), "{}", text(&rendered.stderr));
    let file = folder.join("rendered.yaml");
    fs::write(&file, &rendered.stdout).unwrap();
    let target = format!("chaos-mesh@{release}");
    let path = file.to_str().unwrap();
    let output = herz(&["validate", "--deny", "warnings", "--target", &target, path]);
    (
        output.status.code(),
        text(&output.stderr) + &text(&output.stdout),
    )
}

#[test]
fn the_chart_is_sound_and_its_examples_are_accepted_at_each_release() {
    let folder = tempfile::tempdir().unwrap();
    for release in RELEASES {
        let chart = chart(folder.path(), release);
        let examples = fs::read_to_string(chart.join("examples.yaml")).unwrap();
        let faults = examples.lines().filter(|line| {
            line.starts_with("  ") && !line.starts_with("   ") && line.ends_with(':')
        });
        let faults = faults.count();
        assert!(faults >= 14, "{faults} examples");
        let Some(helm) = helm() else { return };
        let lint = Command::new(&helm)
            .args(["lint", "--strict"])
            .arg(&chart)
            .output()
            .unwrap();
        assert!(lint.status.success(), "{}", text(&lint.stdout));
        let rendered = render(&helm, &chart, &examples);
        let (code, said) = judge(folder.path(), &rendered, release);
        assert_eq!(code, Some(0), "{release}: {said}");
        assert!(said.contains(&format!("{faults} documents")), "{said}");
        println!(
            "{release}: helm lint --strict passes; {faults} of {faults} rendered examples are accepted"
        );
    }
}

const SCENARIO: &str = "
selector: { labelSelectors: { app: checkout } }
mode: fixed
value: \"2\"
duration: 10m
faults:
  slow-and-lossy:
    networkChaos:
      delay: { latency: 100ms, jitter: 10ms }
      loss: { loss: \"5\", correlation: \"25\" }
  only-slow:
    networkChaos: { delay: { latency: 1s }, mode: one, duration: 1m }
  cut-off:
    networkChaos:
      action: partition
      direction: both
      target: { mode: all, selector: { labelSelectors: { app: payment } } }
  narrow:
    networkChaos: { bandwidth: { rate: 1mbps, limit: 1000, buffer: 1000 } }
  killed:
    podChaos: { action: pod-kill }
  busy:
    stressChaos: { stressors: { cpu: { workers: 1, load: 50 } } }
  left-out:
    enabled: false
    podChaos: { action: pod-failure }
";

#[test]
fn faults_combine_and_share_who_is_hit() {
    let folder = tempfile::tempdir().unwrap();
    let Some(helm) = helm() else { return };
    for release in RELEASES {
        let chart = chart(folder.path(), release);
        let rendered = render(&helm, &chart, SCENARIO);
        let (code, said) = judge(folder.path(), &rendered, release);
        assert_eq!(code, Some(0), "{release}: {said}");
        assert!(said.contains("6 documents"), "{said}");
        let objects = text(&rendered.stdout);
        let of = |name: &str| {
            let found = objects
                .split("---")
                .find(|one| one.contains(&format!("name: game-day-{name}\n")));
            found
                .unwrap_or_else(|| panic!("{name} in {objects}"))
                .to_owned()
        };
        let both = of("slow-and-lossy");
        for part in [
            "action: netem",
            "mode: fixed",
            "value: \"2\"",
            "duration: 10m",
            "app: checkout",
            "namespace: shop",
        ] {
            assert!(both.contains(part), "{part} in {both}");
        }
        let own = of("only-slow");
        for part in ["action: delay", "mode: one", "duration: 1m"] {
            assert!(own.contains(part), "{part} in {own}");
        }
        assert!(!own.contains("value:"), "{own}");
        assert!(of("narrow").contains("action: bandwidth"));
        assert!(of("cut-off").contains("app: payment"));
        // It is over at once.
        assert!(!of("killed").contains("duration"));
    }
}

#[test]
fn values_that_mean_nothing_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let Some(helm) = helm() else { return };
    let chart = chart(folder.path(), "2.6.7");
    let selected = "selector: { labelSelectors: { app: a } }\n";
    for (values, part) in [
        (
            "faults: { a: { networkChaos: { delay: { latency: 1s } } } }",
            "nobody is selected",
        ),
        (
            &format!("{selected}faults: {{ a: {{ networkChaos: {{ action: delay }} }} }}"),
            "delay",
        ),
        (
            &format!("{selected}faults: {{ a: {{ networkChaos: {{}} }} }}"),
            "say `action`, or one of the blocks",
        ),
        (
            &format!(
                "{selected}faults: {{ a: {{ networkChaos: {{ delay: {{ latency: 1s }}, bandwidth: {{ rate: 1mbps, limit: 1, buffer: 1 }} }} }} }}"
            ),
            "make it a fault of its own",
        ),
        (
            &format!(
                "{selected}faults: {{ a: {{ networkChaos: {{ delay: {{ latency: fast }} }} }} }}"
            ),
            "latency",
        ),
        (
            &format!(
                "{selected}faults: {{ a: {{ networkChaos: {{ delay: {{ latency: 1s }}, los: {{}} }} }} }}"
            ),
            "los",
        ),
        // This block came with 2.7.0.
        (
            &format!(
                "{selected}faults: {{ a: {{ networkChaos: {{ rate: {{ rate: 1mbps }} }} }} }}"
            ),
            "rate",
        ),
        (
            &format!(
                "{selected}faults: {{ a: {{ networkChaos: {{ delay: {{ latency: 1s }} }}, podChaos: {{ action: pod-kill }} }} }}"
            ),
            "oneOf",
        ),
        ("mode: everybody", "mode"),
        ("selektor: {}", "selektor"),
        (
            "faults: { Not_a_name: { podChaos: { action: pod-kill } } }",
            "Not_a_name",
        ),
    ] {
        let output = render(&helm, &chart, values);
        assert!(
            !output.status.success(),
            "{values} renders {}",
            text(&output.stdout)
        );
        let said = text(&output.stderr);
        assert!(said.contains(part), "{values}: {said}");
    }
}

#[test]
fn charts_that_can_t_be_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("chart");
    let out = out.to_str().unwrap();
    let two = herz(&["gen", "helm", "--out", out]);
    assert_eq!(two.status.code(), Some(1));
    assert!(
        text(&two.stdout).contains("a chart is for one platform"),
        "{}",
        text(&two.stdout)
    );
    let name = herz(&[
        "gen",
        "helm",
        "--out",
        out,
        "--package",
        "chaos-mesh",
        "--set",
        "helm.name=A b",
    ]);
    assert_eq!(name.status.code(), Some(1));
    assert!(text(&name.stdout).contains("no name of a chart"));
    assert!(!Path::new(out).exists());
}
