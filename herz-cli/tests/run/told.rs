//! What is told: reports, the demonstration, the doctor.

use crate::support::lab::*;
use serde_json::Value as Json;
use std::fs;
use std::net::TcpStream;
use std::time::Instant;

#[test]
fn reports_in_all_forms_tell_the_same() {
    let (place, port) = (Place::new(), free_port());
    let (inventory, chaos) = (
        place.write(
            "inventory.yaml",
            &format!(
                "apiVersion: herz.dev/v1alpha1\nkind: Inventory\nmetadata: {{ name: here }}\nspec:\n  targets:\n    \
                 - name: shop\n      labels: {{ app: shop }}\n      proxy: {{ listen: \"127.0.0.1:{port}\", \
                 upstream: \"{}\", protocol: http }}\n",
                service()
            ),
        ),
        place.write(
            "slow.yaml",
            "apiVersion: herz.dev/v1alpha1\nkind: ChaosExperiment\nmetadata: { name: slow }\nspec:\n  target: http\n  \
             latency: 60ms\n  error: { status: 503 }\n  duration: 1500ms\n  selector: { labels: { app: shop } }\n",
        ),
    );
    let probe = format!("shop=http://127.0.0.1:{port}/");
    let output = place.herz(&[
        "run",
        &chaos,
        "--inventory",
        &inventory,
        "--yes",
        "--probe",
        &probe,
        "--probe-every",
        "40ms",
        "--before",
        "600ms",
        "--after",
        "600ms",
        "--report",
        "a.html",
        "--report",
        "a.json",
        "--report",
        "a.md",
        "--report",
        "a.xml",
    ]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    let json: Json = serde_json::from_slice(&fs::read(place.path("a.json")).unwrap()).unwrap();
    let probe = &json["probes"][0];
    for (when, bad) in [("before", false), ("during", true), ("after", false)] {
        let window = &probe[when];
        assert!(window["count"].as_u64().unwrap() > 0, "{when}: {window}");
        assert_eq!(
            window["errors"].as_u64().unwrap() > 0,
            bad,
            "{when}: {window}"
        );
    }
    assert!(probe["during"]["p50"].as_f64().unwrap() >= 60.0, "{probe}");
    assert_eq!(json["steps"][0]["undone"]["outcome"], "reverted");
    let html = fs::read_to_string(place.path("a.html")).unwrap();
    assert!(html.contains("<svg") && html.contains("ChaosExperiment default/slow"));
    for outside in ["<script", "http://www", "https://", "src=", "@import"] {
        assert!(!html.contains(outside), "the page is not alone: {outside}");
    }
    let markdown = fs::read_to_string(place.path("a.md")).unwrap();
    assert!(markdown.contains("| shop | during |"), "{markdown}");
    let junit = fs::read_to_string(place.path("a.xml")).unwrap();
    assert!(junit.contains("tests=\"3\" failures=\"0\""), "{junit}");
    let again = place.herz(&["report", "--format", "json"]);
    let again: Json = serde_json::from_slice(&again.stdout).unwrap();
    assert_eq!(again["run"], json["run"]);
    assert_eq!(code(&place.herz(&["report", "no-such-run"])), 2);
    assert_eq!(code(&place.herz(&["report", "-o", "a.pdf"])), 2);
}

#[test]
fn the_demo_shows_an_effect_and_a_clean_end() {
    let place = Place::new();
    let begun = Instant::now();
    let output = place.herz(&["demo", "--duration", "2s", "--report", "demo.html"]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    eprintln!("the demo took {:?}", begun.elapsed());
    let table = out(&output);
    let row = |name: &str| -> Vec<f64> {
        let line = table.lines().find(|line| line.starts_with(name)).unwrap();
        line.split_whitespace()
            .filter_map(|word| word.parse().ok())
            .collect()
    };
    let (before, during, after) = (row("before the fault"), row("during it"), row("after it"));
    assert!(before[1] == 0.0 && after[1] == 0.0, "{table}");
    assert!(during[1] > 0.0 && during[2] >= 250.0, "{table}");
    assert!(table.contains("completed; clean"), "{table}");
    assert!(
        fs::read_to_string(place.path("demo.html"))
            .unwrap()
            .contains("<svg")
    );
    assert!(
        !place.path("state").exists(),
        "the demo leaves nothing behind"
    );
}

#[test]
fn doctor_changes_nothing_and_tells_what_works() {
    let place = Place::new();
    let output = place.herz(&["doctor", "-o", "json"]);
    let json: Json = serde_json::from_slice(&output.stdout).unwrap();
    let names: Vec<&str> = json["backends"]
        .as_array()
        .unwrap()
        .iter()
        .map(|backend| backend["backend"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["proxy", "task", "resource", "signal"]);
    // That a person has to allow tasks is nothing that the machine lacks.
    assert_eq!(code(&output), 0, "{}", out(&output));
    assert!(!place.path("state").exists());
    let tcp = TcpStream::connect(("127.0.0.1", free_port()));
    assert!(tcp.is_err(), "nobody listens");
}
