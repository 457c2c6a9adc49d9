//! The reference that `herz gen docs` writes.
#![allow(
    clippy::unwrap_used,
    clippy::case_sensitive_file_extension_comparisons,
    clippy::print_stdout,
    reason = "helpers of tests, and the figures are worth seeing"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn herz(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_herz"))
        .args(args)
        .env_remove("HERZ_SCHEMAS")
        .env("NO_COLOR", "1")
        .output()
        .unwrap()
}

/// The generated files, by path.
fn site(folder: &Path, more: &[&str]) -> BTreeMap<String, String> {
    let mut args = vec!["gen", "docs", "--out", folder.to_str().unwrap()];
    args.extend(more);
    let output = herz(&args);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(0), "{said}");
    let mut files = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(path) = open.pop() {
        for entry in fs::read_dir(path).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_str().unwrap();
                files.insert(name.to_owned(), fs::read_to_string(&path).unwrap());
            }
        }
    }
    files
}

/// The values of an attribute.
fn attributes<'t>(text: &'t str, name: &str) -> Vec<&'t str> {
    let begin = format!(" {name}=\"");
    let parts = text.split(begin.as_str()).skip(1);
    parts.filter_map(|part| part.split('"').next()).collect()
}

#[test]
fn every_link_leads_somewhere_and_nothing_is_loaded_from_elsewhere() {
    let folder = tempfile::tempdir().unwrap();
    let files = site(folder.path(), &[]);
    let pages = || files.iter().filter(|(name, _)| name.ends_with(".html"));
    let places: BTreeSet<String> = pages()
        .flat_map(|(name, text)| {
            attributes(text, "id")
                .into_iter()
                .map(move |id| format!("{name}#{id}"))
        })
        .collect();
    let mut links = 0;
    for (name, text) in pages() {
        for address in attributes(text, "src") {
            assert!(!address.contains(':'), "{name}: {address}");
        }
        for address in attributes(text, "href") {
            if address.starts_with("http") {
                let whole = format!("href=\"{address}\" rel=\"noreferrer\"");
                assert!(text.contains(&whole), "{name}: {address}");
                continue;
            }
            links += 1;
            let (file, id) = address.split_once('#').unwrap_or((address, ""));
            let above = name.rsplit_once('/').map_or("", |(above, _)| above);
            let file = match (file.strip_prefix("../"), file) {
                (Some(up), _) => up.to_owned(),
                (None, "") => name.clone(),
                (None, file) if above.is_empty() => file.to_owned(),
                (None, file) => format!("{above}/{file}"),
            };
            assert!(files.contains_key(&file), "{name} leads to {address}");
            if !id.is_empty() {
                assert!(
                    places.contains(&format!("{file}#{id}")),
                    "{name} leads to {address}"
                );
            }
        }
    }
    println!(
        "{} pages, {links} links, all lead somewhere",
        pages().count()
    );
    assert!(links > 2000, "{links} links");
    let style = &files["assets/style.css"];
    assert!(!style.contains("url(") && !style.contains("@import"));
}

#[test]
fn jitter_is_three_clicks_or_one_search_away() {
    let folder = tempfile::tempdir().unwrap();
    let files = site(folder.path(), &[]);
    assert!(files["index.html"].contains("href=\"chaos-mesh/NetworkChaos.html\""));
    let page = &files["chaos-mesh/NetworkChaos.html"];
    assert!(page.contains("<a href=\"#spec.delay.jitter\">jitter</a>"));
    let field = page.split("id=\"spec.delay.jitter\"").nth(1).unwrap();
    let field = field.split("</section>").next().unwrap();
    // Type, unit, default, limit, release, meaning, example.
    for part in [
        "duration(go)",
        "a Go duration such as <code>1m30s</code>",
        "default",
        "0ms",
        "since 2.8.0",
        "How far the added time may be off",
        "2ms",
    ] {
        assert!(field.contains(part), "{part} in {field}");
    }
    let row =
        "[\"NetworkChaos.spec.delay.jitter\",\"chaos-mesh/NetworkChaos.html#spec.delay.jitter\"";
    assert!(files["assets/index.js"].contains(row));
    let changes = &files["chaos-mesh/changes.html"];
    assert!(changes.contains("data-release=\"2.7.0\""));
    assert!(changes.contains("NetworkChaos.html#spec.rate"));
}

#[test]
fn markdown_tells_the_same_fields() {
    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let html = site(one.path(), &[]);
    let markdown = site(other.path(), &["--set", "docs.form=markdown"]);
    let mut fields = 0;
    for (name, text) in html
        .iter()
        .filter(|(name, _)| name.contains('/') && name.ends_with(".html"))
    {
        if name.ends_with("changes.html") {
            continue;
        }
        let page = &markdown[&name.replace(".html", ".md")];
        let sections = text.matches("<section class=\"field\"").count();
        assert_eq!(page.matches("\n### `").count(), sections, "{name}");
        fields += sections;
    }
    println!("{fields} fields in both forms");
    assert!(fields > 1000);
    // The same bytes again.
    assert_eq!(
        site(other.path(), &["--set", "docs.form=markdown"]),
        markdown
    );
}

#[test]
fn hostile_texts_of_a_schema_are_shown_and_not_run() {
    let folder = tempfile::tempdir().unwrap();
    let schemas = folder.path().join("acme");
    fs::create_dir(&schemas).unwrap();
    fs::write(
        schemas.join("package.yaml"),
        "package: acme\ngroup: acme.example\napiVersion: v1\ndoc: \"<script>alert(1)</script>\"\n",
    )
    .unwrap();
    fs::write(
        schemas.join("disk.yaml"),
        "kind: DiskChaos\ndoc: \"</script><b>x</b> [a](javascript:alert(1))\"\nfields:\n  - name: path\n    type: string\n    \
         doc: \"`<img src=x onerror=alert(1)>`\"\n    example: \"</code><script>\"\n  - { name: next, type: Node, required: false }\n\
         types:\n  Node:\n    fields:\n      - { name: next, type: Node, required: false }\n      - { name: key, type: string, sensitive: true, example: secret }\n",
    )
    .unwrap();
    let out = folder.path().join("out");
    let files = site(&out, &["--schemas", schemas.to_str().unwrap()]);
    for (name, text) in &files {
        assert!(
            !text.contains("<script>") && !text.contains("<b>x") && !text.contains("<img"),
            "{name}"
        );
        assert!(!text.contains("href=\"javascript:"), "{name}");
        assert!(!text.contains("secret"), "{name}");
    }
    assert!(!files["assets/index.js"].contains("</"));
    assert!(files["assets/index.js"].contains("\\u003c/script"));
    // A type inside itself is told once.
    assert!(files["acme/DiskChaos.html"].contains("id=\"spec.next.key\""));
}
