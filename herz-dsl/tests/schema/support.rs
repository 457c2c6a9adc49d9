//! Compiling texts in tests, and examples in Markdown that announce their findings.

use herz_dsl::catalog::Catalog;
use herz_dsl::compile::{self, Texts};
use herz_dsl::diagnostic::Diagnostic;
use herz_dsl::source::Sources;
use std::fmt::Write as _;

/// Texts by path, compiled. `k8s.yaml` is an import and no schema.
pub(crate) fn compile_files(files: &[(&str, &str)]) -> (Catalog, Vec<Diagnostic>, Sources) {
    let texts = files
        .iter()
        .map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()));
    let provider = Texts(texts.collect());
    let names: Vec<&str> = files
        .iter()
        .map(|(name, _)| *name)
        .filter(|name| *name != "k8s.yaml")
        .collect();
    let mut sources = Sources::new();
    let (packages, mut found) = compile::load(&provider, &names, &mut sources);
    let (catalog, more) = compile::compile(&packages);
    found.extend(more);
    (catalog, found, sources)
}

/// One schema without a package that must be without findings.
pub(crate) fn fine(text: &str) -> Catalog {
    let (catalog, found, sources) = compile_files(&[("schema.yaml", text)]);
    assert_eq!(told(&found, &sources), "", "{text}");
    catalog
}

/// One schema's findings, a line each: `line:column CODE message`.
pub(crate) fn found(text: &str) -> String {
    let (_, found, sources) = compile_files(&[("schema.yaml", text)]);
    told(&found, &sources)
}

/// Findings as text, a line each.
pub(crate) fn told(found: &[Diagnostic], sources: &Sources) -> String {
    let mut out = String::new();
    for finding in found {
        let place = finding.span.map_or_else(String::new, |span| {
            let position = sources.get(span.source).unwrap().position(span.start);
            format!("{}:{}", position.line, position.column)
        });
        writeln!(out, "{place} {} {}", finding.code, finding.message).unwrap();
    }
    out
}

/// The written text that the only finding of a schema points at.
pub(crate) fn pointed_at(text: &str) -> String {
    let (_, found, sources) = compile_files(&[("schema.yaml", text)]);
    assert_eq!(found.len(), 1, "{}", told(&found, &sources));
    let span = found[0].span.unwrap();
    sources.get(span.source).unwrap().text[span.range()].to_owned()
}

/// A finding that a trailing comment announces: line, level, code, part of the message.
type Announced = (u32, String, String, String);

fn announced(text: &str) -> Vec<Announced> {
    let mut all = Vec::new();
    for (number, line) in text.lines().enumerate() {
        for part in line.split(" # ").skip(1) {
            let Some((level, rest)) = part.split_once(": HZ") else {
                continue;
            };
            let (code, message) = rest.split_once(' ').unwrap_or((rest, ""));
            let message = message.trim().trim_matches('"').to_owned();
            let line = u32::try_from(number + 1).unwrap();
            all.push((
                line,
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
    let borrowed: Vec<(&str, &str)> = files
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    let (_, found, sources) = compile_files(&borrowed);
    let mut out = String::new();
    let mut wanted: Vec<(&str, Announced)> = Vec::new();
    for (name, text) in borrowed {
        wanted.extend(announced(text).into_iter().map(|finding| (name, finding)));
    }
    for finding in found {
        let span = finding.span.unwrap();
        let source = sources.get(span.source).unwrap();
        let line = source.position(span.start).line;
        let level = format!("{:?}", finding.level).to_lowercase();
        let at = wanted.iter().position(|(name, (at, of, code, message))| {
            *name == &*source.name
                && *at == line
                && *of == level
                && code == finding.code.as_str()
                && finding.message.contains(message.as_str())
        });
        match at {
            Some(at) => {
                wanted.remove(at);
            }
            None => {
                let (name, code, message) = (&source.name, finding.code, &finding.message);
                writeln!(
                    out,
                    "  not announced: {name}:{line}: {level}: {code} {message:?}"
                )
                .unwrap();
            }
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

/// Runs the examples of a Markdown text: how many there are, and how they differ from what they say.
pub(crate) fn run_markdown(text: &str) -> (usize, String) {
    let mut out = String::new();
    let mut examples = 0;
    let mut title = "";
    let mut files: Vec<(String, String)> = Vec::new();
    let mut lines = text.lines().enumerate();
    while let Some((number, line)) = lines.next() {
        if line.starts_with('#') {
            title = line;
        }
        let Some(info) = line.strip_prefix("```yaml") else {
            continue;
        };
        let block = lines.by_ref().take_while(|(_, line)| *line != "```");
        let block: String = block.flat_map(|(_, line)| [line, "\n"]).collect();
        let name = match info.trim() {
            "package" => "package.yaml",
            "schema" => "schema.yaml",
            other => other.strip_prefix("openapi ").unwrap(),
        };
        files.push((name.to_owned(), block));
        if name == "schema.yaml" {
            examples += 1;
            let different = differences(&files);
            if !different.is_empty() {
                writeln!(out, "{title}, line {}:\n{different}", number + 1).unwrap();
            }
            files.clear();
        }
    }
    (examples, out)
}
