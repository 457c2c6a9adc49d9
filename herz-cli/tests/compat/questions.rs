//! Questions about releases, fields and files.

use super::*;

#[test]
fn versions_are_resolved_as_clusters_print_them() {
    let output = herz(&[
        "compat",
        "resolve",
        "--chaos-mesh",
        "2.7.3",
        "--kubernetes",
        "v1.28.3-gke.100",
        "--format",
        "json",
    ]);
    assert_eq!(code(&output), 0);
    let answer = json(&output);
    assert_eq!(
        (&answer["best"], &answer["asked"]["kubernetes"]),
        (&"0.1.0".into(), &"1.28".into())
    );
    let output = herz(&[
        "compat",
        "resolve",
        "--chaos-mesh",
        "2.6.7",
        "--kubernetes",
        "1.34",
    ]);
    assert_eq!(code(&output), 1);
    assert!(out(&output).contains("nobody states that chaos-mesh 2.6.7 runs on kubernetes 1.34"));
    let output = herz(&["compat", "resolve", "--chaos-mesh", "2.9.0"]);
    assert_eq!(code(&output), 1);
    for (args, part) in [
        (vec!["--chaos-mesh", "2.7"], "2.7.0, 2.7.1, 2.7.2, 2.7.3"),
        (vec!["--on", "kubernets=1.28"], "did you mean `kubernetes`?"),
        (vec!["--on", "kubernetes"], "expected AXIS=VERSION"),
        (vec![], "say what you have"),
    ] {
        let mut all = vec!["compat", "resolve"];
        all.extend(args);
        let output = herz(&all);
        assert_eq!(code(&output), 2, "{all:?}");
        assert!(err(&output).contains(part), "{all:?}: {}", err(&output));
    }
    let output = herz(&[
        "compat",
        "why",
        "--library",
        "0.1.0",
        "--chaos-mesh",
        "2.5.0",
    ]);
    assert_eq!(code(&output), 1);
    assert_eq!(
        code(&herz(&[
            "compat",
            "why",
            "--library",
            "9.0.0",
            "--chaos-mesh",
            "2.7.3"
        ])),
        2
    );
}

#[test]
fn questions_are_answered_without_a_matrix_at_hand() {
    let folder = folder(&[]);
    let output = herz_in(
        folder.path(),
        &["compat", "resolve", "--chaos-mesh", "2.8.3"],
    );
    assert_eq!(code(&output), 0, "{}", err(&output));
}

#[test]
fn the_least_release_is_found_with_the_line_that_asks_for_it() {
    let rate = "examples/manifests/network/narrow-uplink.yaml";
    let answer = json(&herz(&["compat", "require", "--format", "json", rate]));
    let package = &answer["packages"][0];
    assert_eq!(package["least"], "2.7.0");
    assert_eq!(package["asks"][0]["path"], "spec.bandwidth.rate");
    assert_eq!(package["asks"][0]["line"], 19);
    // The release takes it, the one before does not.
    assert_eq!(
        code(&herz(&["validate", "--target", "chaos-mesh@2.7.0", rate])),
        0
    );
    assert_eq!(
        code(&herz(&["validate", "--target", "chaos-mesh@2.6.7", rate])),
        1
    );

    let folder = folder(&[
        ("jvm.yaml", JVM),
        ("delay.yaml", DELAY),
        ("bad.yaml", "a: ["),
    ]);
    let output = herz_in(folder.path(), &["compat", "require", "jvm.yaml"]);
    assert_eq!(code(&output), 0);
    assert!(
        out(&output).contains("chaos-mesh: 2.6.0 to 2.7.3"),
        "{}",
        out(&output)
    );
    assert!(
        out(&output).contains("newer releases: jvm.yaml"),
        "{}",
        out(&output)
    );
    let output = herz_in(folder.path(), &["compat", "require", "bad.yaml"]);
    assert_eq!(code(&output), 1);
    assert!(err(&output).contains("bad.yaml:"), "{}", err(&output));
    // Each fits somewhere, both nowhere.
    let both = [
        JVM,
        "---\n",
        &DELAY
            .replace(
                "delay:\n    latency: '1m30s'   # a lot\n    jitter: .5s",
                "rate: { rate: 1mbit }",
            )
            .replace("action: delay", "action: netem"),
    ]
    .concat();
    let output = herz_in(
        folder.path(),
        &["compat", "require", "jvm.yaml", "delay.yaml"],
    );
    assert_eq!(code(&output), 0);
    fs::write(
        folder.path().join("both.yaml"),
        both.replace("value:", "returnValue:"),
    )
    .unwrap();
    let output = herz_in(
        folder.path(),
        &["compat", "require", "jvm.yaml", "both.yaml"],
    );
    assert_eq!(code(&output), 1, "{}", out(&output));
    assert!(
        out(&output).contains("no release takes all"),
        "{}",
        out(&output)
    );
}

#[test]
fn what_is_lost_on_the_way_back_is_listed_with_places() {
    let files = "examples/manifests/network";
    let output = herz(&["compat", "lost", "--from", "2.8.3", "--to", "2.6.7", files]);
    assert_eq!(code(&output), 1);
    assert!(
        out(&output).contains("narrow-uplink.yaml:19:11 spec.bandwidth.rate"),
        "{}",
        out(&output)
    );
    let output = herz(&["compat", "lost", "--from", "2.8.3", "--to", "2.8.2", files]);
    assert_eq!((code(&output), out(&output)), (0, String::new()));
    let answer = json(&herz(&[
        "compat", "lost", "--from", "2.8.3", "--to", "2.6.7", "--format", "json",
    ]));
    let ids: Vec<&str> = answer["lost"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["id"].as_str().unwrap())
        .collect();
    assert!(ids.contains(&"NetworkChaos.spec.rate") && ids.contains(&"JVMChaos.spec.returnValue"));
    // Forwards nothing that came is lost.
    let answer = json(&herz(&[
        "compat", "lost", "--from", "2.6.7", "--to", "2.7.3", "--format", "json",
    ]));
    assert_eq!(answer["lost"], Value::Array(Vec::new()));
    assert_eq!(
        code(&herz(&[
            "compat", "lost", "--from", "2.8.3", "--to", "2.5.0"
        ])),
        2
    );
}

#[test]
fn fields_tell_since_when_they_are_there() {
    let output = herz(&["compat", "since", "NetworkChaos.rate"]);
    assert!(
        out(&output).starts_with("NetworkChaos.spec.rate: chaos-mesh 2.7.0 to 2.8.3\n"),
        "{}",
        out(&output)
    );
    let answer = json(&herz(&[
        "compat",
        "since",
        "NetworkChaos.delay.latency",
        "--format",
        "json",
    ]));
    assert_eq!(answer["everywhere"], true);
    assert!(
        answer["changes"][0]
            .as_str()
            .unwrap()
            .contains("since 2.8.0"),
        "{answer}"
    );
    assert_eq!(code(&herz(&["compat", "since", "NetworkChaos.rat"])), 2);
    // The source's two claims: a self-healing hook of PodChaos and sampling of delays.
    for claim in [
        "PodChaos.selfHealing",
        "PodChaos.hook",
        "NetworkChaos.delay.distribution",
    ] {
        assert_eq!(code(&herz(&["compat", "since", claim])), 2, "{claim}");
    }
    let old = out(&herz(&["compat", "features", "--chaos-mesh", "2.6.7"]));
    assert!(old.contains("- NetworkChaos.spec.rate "), "{old}");
    let new = out(&herz(&["compat", "features", "--chaos-mesh", "2.7.0"]));
    assert!(new.contains("+ NetworkChaos.spec.rate "), "{new}");
}

#[test]
fn the_way_to_a_release_names_what_breaks() {
    let answer = json(&herz(&[
        "compat", "path", "--from", "2.6.0", "--to", "2.8.3", "--format", "json",
    ]));
    let steps = answer["path"].as_array().unwrap();
    let breaks = |at: usize| steps[at]["breaks"].to_string();
    assert!(
        breaks(0).contains("RemoteCluster spec.configOverride: type-changed"),
        "{answer}"
    );
    assert!(breaks(2).contains("JVMChaos spec: rule-added"), "{answer}");
    assert!(
        breaks(2).contains("NetworkChaos spec.delay.latency: pattern-added"),
        "{answer}"
    );
    assert_eq!(answer["reversible"], false);
    let output = herz(&["compat", "path", "--from", "2.8.3", "--to", "2.6.7"]);
    assert_eq!(code(&output), 1);
    assert_eq!(
        code(&herz(&[
            "compat", "path", "--from", "2.7.3", "--to", "2.7.0"
        ])),
        0
    );
}
