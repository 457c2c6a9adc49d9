//! The examples on the pages of schema findings say themselves what is found in them.
//! This runner lives until the Markdown test harness runs all pages.

use herz_dsl::compile::{self, Texts};
use herz_dsl::source::Sources;
use std::fmt::Write as _;

/// Findings announced in a text: line, level, code, part of the message.
fn announced(text: &str) -> Vec<(u32, String, String, String)> {
    let mut all = Vec::new();
    for (number, line) in text.lines().enumerate() {
        for part in line.split(" # ").skip(1) {
            let Some((level, rest)) = part.split_once(": HZ") else {
                continue;
            };
            let (code, message) = rest.split_once(' ').unwrap_or((rest, ""));
            let message = message.trim().trim_matches('"').to_owned();
            all.push((
                u32::try_from(number + 1).unwrap(),
                level.trim().to_owned(),
                format!("HZ{}", code.trim()),
                message,
            ));
        }
    }
    all
}

/// Compiles one example and says where findings and announcements differ.
fn differences(files: &[(String, String)]) -> String {
    let provider = Texts(
        files
            .iter()
            .map(|(name, text)| (name.clone(), text.clone().into_bytes()))
            .collect(),
    );
    let mut sources = Sources::new();
    let names: Vec<&str> = files
        .iter()
        .map(|(name, _)| name.as_str())
        .filter(|name| *name != "k8s.yaml")
        .collect();
    let (packages, mut found) = compile::load(&provider, &names, &mut sources);
    found.extend(compile::compile(&packages).1);
    let mut out = String::new();
    let mut wanted: Vec<(String, (u32, String, String, String))> = Vec::new();
    for (name, text) in files {
        wanted.extend(
            announced(text)
                .into_iter()
                .map(|finding| (name.clone(), finding)),
        );
    }
    for finding in found {
        let span = finding.span.unwrap();
        let source = sources.get(span.source).unwrap();
        let line = source.position(span.start).line;
        let level = format!("{:?}", finding.level).to_lowercase();
        let at = wanted.iter().position(|(name, (at, of, code, message))| {
            **name == *source.name
                && *at == line
                && *of == level
                && code == finding.code.as_str()
                && finding.message.contains(message.as_str())
        });
        match at {
            Some(at) => {
                wanted.remove(at);
            }
            None => writeln!(
                out,
                "  not announced: {}:{line}: {level}: {} {:?}",
                source.name, finding.code, finding.message
            )
            .unwrap(),
        }
    }
    for (name, (line, level, code, message)) in wanted {
        writeln!(
            out,
            "  not found: {name}:{line}: {level}: {code} {message:?}"
        )
        .unwrap();
    }
    out
}

#[test]
fn pages_tell_the_truth() {
    let mut out = String::new();
    let mut examples = 0;
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/diagnostics");
    let mut pages: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    pages.sort();
    for page in pages
        .iter()
        .filter(|page| page.to_string_lossy().contains("HZ03"))
    {
        let text = std::fs::read_to_string(page).unwrap();
        let mut files: Vec<(String, String)> = Vec::new();
        let mut lines = text.lines();
        while let Some(line) = lines.next() {
            let Some(info) = line.strip_prefix("```yaml") else {
                continue;
            };
            let block: String = lines
                .by_ref()
                .take_while(|line| *line != "```")
                .flat_map(|line| [line, "\n"])
                .collect();
            let name = match info.trim() {
                "package" => "package.yaml",
                "schema" => "schema.yaml",
                other => other.strip_prefix("openapi ").unwrap(),
            };
            files.push((name.to_owned(), block));
            if name == "schema.yaml" {
                examples += 1;
                let code = page.file_stem().unwrap().to_string_lossy();
                let different = differences(&files);
                if !different.is_empty() {
                    writeln!(out, "{code}:\n{different}").unwrap();
                }
                files.clear();
            }
        }
    }
    assert!(examples >= 64, "{examples} examples");
    assert!(out.is_empty(), "{out}");
}

#[test]
fn every_schema_code_has_a_page() {
    for code in herz_dsl::diagnostic::codes::all() {
        if code.as_str().starts_with("HZ03") {
            let path = format!("{}/diagnostics/{code}.md", env!("CARGO_MANIFEST_DIR"));
            assert!(std::path::Path::new(&path).exists(), "{path}");
        }
    }
}
