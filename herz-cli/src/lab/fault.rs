//! The dotted short form: `--fault http.status=503` becomes the document that says the same.

use crate::args::runtime::Subject;
use crate::exit::Failure;
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeMap;

/// Keys of each family, and where their values stand in the spec.
const KEYS: &[(&str, &str, &str)] = &[
    ("http", "status", "error.status"),
    ("http", "body", "error.body"),
    ("http", "retryAfter", "error.retryAfter"),
    ("http", "latency", "latency"),
    ("http", "jitter", "jitter"),
    ("http", "distribution", "distribution"),
    ("http", "abort", "abort"),
    ("http", "probability", "probability"),
    ("http", "path", "scope.paths[]"),
    ("http", "method", "scope.methods[]"),
    ("grpc", "code", "error.code"),
    ("grpc", "message", "error.message"),
    ("grpc", "latency", "latency"),
    ("grpc", "jitter", "jitter"),
    ("grpc", "distribution", "distribution"),
    ("grpc", "abort", "abort"),
    ("grpc", "probability", "probability"),
    ("grpc", "method", "scope.methods[]"),
    ("tcp", "latency", "latency"),
    ("tcp", "jitter", "jitter"),
    ("tcp", "abort", "abort"),
    ("tcp", "probability", "probability"),
    ("cpu", "load", "cpu.load"),
    ("cpu", "of", "cpu.of"),
    ("cpu", "cores", "cpu.cores"),
    ("memory", "rate", "memory.rate"),
    ("memory", "cap", "memory.cap"),
    ("disk", "path", "disk.path"),
    ("disk", "size", "disk.size"),
    ("disk", "leave", "disk.leave"),
    ("process", "kill", ""),
    ("process", "pause", ""),
];

/// A text and what findings call it.
type Named = (String, String);

/// The documents that `--fault` and its targets mean; nothing without `--fault`.
pub(super) fn documents(subject: &Subject) -> Result<Option<Vec<Named>>, Failure> {
    if subject.faults.is_empty() {
        let lonely = !subject.proxies.is_empty() || !subject.pids.is_empty() || subject.host;
        if lonely || !subject.names.is_empty() {
            return Err(Failure::usage(
                "--proxy, --pid, --host and --on say whom --fault hits: there is no --fault",
            ));
        }
        return Ok(None);
    }
    let mut families: BTreeMap<&str, Map<String, Json>> = BTreeMap::new();
    for fault in &subject.faults {
        let Some((key, value)) = fault.split_once('=') else {
            return Err(Failure::usage(format!(
                "--fault {fault}: write KEY=VALUE, such as http.status=503"
            )));
        };
        let (family, name) = key.split_once('.').unwrap_or((key, ""));
        let (family, place) = place(family, name, fault)?;
        let spec = families.entry(family).or_default();
        if family == "process" {
            if !spec.is_empty() {
                return Err(Failure::usage("a process is killed or paused, not both"));
            }
            if value != "true" {
                return Err(Failure::usage(format!("--fault {fault}: write {key}=true")));
            }
            let action = if name == "kill" {
                "pod-kill"
            } else {
                "pod-failure"
            };
            spec.insert("action".to_owned(), action.into());
        } else {
            set(spec, &place, scalar(value));
        }
    }
    let (names, mut targets) = targets(subject, families.keys().copied())?;
    let mut documents = Vec::new();
    for (family, spec) in families {
        let document = document(family, spec, &names);
        documents.push((format!("--fault {family}"), document.to_string()));
    }
    if !targets.is_empty() {
        let inventory = json!({
            "apiVersion": "herz.dev/v1alpha1",
            "kind": "Inventory",
            "metadata": {"name": "command-line"},
            "spec": {"targets": targets.split_off(0)},
        });
        documents.push(("--proxy, --pid, --host".to_owned(), inventory.to_string()));
    }
    Ok(Some(documents))
}

/// Where the value of a key stands.
fn place(family: &str, name: &str, fault: &str) -> Result<(&'static str, String), Failure> {
    let header = name.strip_prefix("header.").filter(|name| !name.is_empty());
    for (known, key, place) in KEYS {
        if *known != family {
            continue;
        }
        if let Some(header) = header.filter(|_| matches!(family, "http" | "grpc")) {
            return Ok((known, format!("scope.headers.{header}")));
        }
        if *key == name {
            return Ok((known, (*place).to_owned()));
        }
    }
    let mut known: Vec<String> = KEYS
        .iter()
        .filter(|(known, ..)| *known == family)
        .map(|(family, key, _)| format!("{family}.{key}"))
        .collect();
    if known.is_empty() {
        known = KEYS
            .iter()
            .map(|(family, ..)| format!("{family}.…"))
            .collect();
        known.dedup();
    } else if matches!(family, "http" | "grpc") {
        known.push(format!("{family}.header.NAME"));
    }
    Err(Failure::usage(format!(
        "--fault {fault}: there is no such key; there are {}",
        known.join(", ")
    )))
}

/// Numbers and truth values as such; the schema says what fits where.
fn scalar(text: &str) -> Json {
    match text {
        "true" => Json::Bool(true),
        "false" => Json::Bool(false),
        _ => serde_json::from_str::<serde_json::Number>(text)
            .map_or_else(|_| Json::String(text.to_owned()), Json::Number),
    }
}

/// Puts a value at a path; `[]` at its end adds to a list. A header's name may hold dots.
fn set(spec: &mut Map<String, Json>, path: &str, value: Json) {
    let Some((first, rest)) = path.split_once('.') else {
        match path.strip_suffix("[]") {
            Some(list) => {
                let list = spec.entry(list).or_insert_with(|| Json::Array(Vec::new()));
                if let Json::Array(items) = list {
                    items.push(text(value));
                }
            }
            None => {
                spec.insert(path.to_owned(), value);
            }
        }
        return;
    };
    let inner = spec
        .entry(first)
        .or_insert_with(|| Json::Object(Map::new()));
    if let Json::Object(inner) = inner {
        if first == "headers" {
            inner.insert(rest.to_owned(), text(value));
        } else {
            set(inner, rest, value);
        }
    }
}

/// Headers, paths and methods are texts, whatever they look like.
fn text(value: Json) -> Json {
    match value {
        Json::String(_) => value,
        other => Json::String(other.to_string()),
    }
}

/// Names of the targets, and the documents of those that the command line describes.
fn targets<'f>(
    subject: &Subject,
    families: impl Iterator<Item = &'f str>,
) -> Result<(Vec<String>, Vec<Json>), Failure> {
    let mut protocol = "http";
    for family in families {
        if matches!(family, "tcp" | "grpc") {
            protocol = family;
        }
    }
    let mut names = subject.names.clone();
    let mut targets = Vec::new();
    for (at, proxy) in subject.proxies.iter().enumerate() {
        let Some((listen, upstream)) = proxy.split_once('=') else {
            return Err(Failure::usage(format!(
                "--proxy {proxy}: write LISTEN=UPSTREAM, such as 127.0.0.1:18080=127.0.0.1:8080"
            )));
        };
        let name = format!("proxy-{at}");
        targets.push(json!({"name": name, "proxy": {"listen": listen, "upstream": upstream, "protocol": protocol}}));
        names.push(name);
    }
    for pid in &subject.pids {
        let name = format!("pid-{pid}");
        targets.push(json!({"name": name, "process": {"pid": pid}}));
        names.push(name);
    }
    if subject.host {
        targets.push(json!({"name": "host", "host": {}}));
        names.push("host".to_owned());
    }
    if names.is_empty() {
        return Err(Failure::usage(
            "--fault needs somebody to hit: --proxy LISTEN=UPSTREAM, --pid PID, --host, or --on NAME with \
             --inventory",
        ));
    }
    Ok((names, targets))
}

fn document(family: &str, mut spec: Map<String, Json>, names: &[String]) -> Json {
    let (group, kind) = match family {
        "http" | "grpc" | "tcp" => ("herz.dev", "ChaosExperiment"),
        "process" => ("chaos-mesh.org", "PodChaos"),
        _ => ("herz.dev", "ResourceChaos"),
    };
    match family {
        "http" | "grpc" | "tcp" => {
            spec.insert("target".to_owned(), family.into());
        }
        "process" => {
            spec.insert("mode".to_owned(), "all".into());
        }
        _ => {
            spec.insert("action".to_owned(), family.into());
        }
    }
    let selector = if kind == "PodChaos" {
        json!({"pods": {"default": names}})
    } else {
        json!({"names": names})
    };
    spec.insert("selector".to_owned(), selector);
    json!({
        "apiVersion": format!("{group}/v1alpha1"),
        "kind": kind,
        "metadata": {"name": format!("{family}-fault"), "namespace": "default"},
        "spec": spec,
    })
}
