//! The reference as Markdown: an index, a page for each kind, the changes of each package.

use super::model::{FieldDocs, KindDocs, PackageDocs, Site};
use std::fmt::Write;

pub(super) fn files(site: &Site) -> Vec<(String, String)> {
    let mut files = vec![("README.md".to_owned(), index(site))];
    for (package, kind) in site.kinds() {
        files.push((format!("{}/{}.md", package.name, kind.name), page(kind)));
    }
    for package in site.packages.iter().filter(|one| one.releases.len() > 1) {
        files.push((format!("{}/changes.md", package.name), changes(package)));
    }
    files
}

fn index(site: &Site) -> String {
    let mut out = format!("# {}\n", site.title);
    for package in &site.packages {
        let _ = write!(out, "\n## {}\n\n", package.name);
        if !package.doc.trim().is_empty() {
            let _ = write!(out, "{}\n\n", package.doc.trim());
        }
        if package.releases.len() > 1 {
            let _ = write!(
                out,
                "[What changed between the releases]({}/changes.md)\n\n",
                package.name
            );
        }
        out.push_str("| kind | |\n|---|---|\n");
        for kind in &package.kinds {
            let _ = writeln!(
                out,
                "| [{}]({}/{}.md) | {} |",
                kind.name,
                package.name,
                kind.name,
                cell(&kind.summary)
            );
        }
    }
    out
}

fn page(kind: &KindDocs) -> String {
    let mut out = format!(
        "# {}\n\n`apiVersion: {}` · {}\n\n{}\n",
        kind.name,
        kind.api_version,
        kind.page.facts.join(" · "),
        kind.page.doc.trim()
    );
    if !kind.page.examples.is_empty() {
        out.push_str("\n## Examples\n");
        for example in &kind.page.examples {
            let _ = write!(out, "\n```yaml\n{}\n```\n", example.trim_end());
        }
    }
    if !kind.page.rules.is_empty() {
        out.push_str("\n## Rules\n\n");
        for rule in &kind.page.rules {
            let _ = writeln!(out, "- {rule}");
        }
    }
    out.push_str("\n## Fields\n");
    for one in &kind.fields {
        field(one, &mut out);
    }
    out
}

fn field(field: &FieldDocs, out: &mut String) {
    let page = &field.page;
    let _ = write!(out, "\n### `{}`\n\n**{}**", field.path, page.ty);
    if let Some(grammar) = field.grammar {
        let _ = write!(out, " · written as {grammar}");
    }
    for fact in &page.facts {
        let _ = write!(out, " · {fact}");
    }
    out.push('\n');
    if !page.doc.trim().is_empty() {
        let _ = write!(out, "\n{}\n", page.doc.trim());
    }
    if let Some(kind) = &field.see {
        let _ = write!(out, "\nIts fields are those of [{kind}]({kind}.md).\n");
    }
    if !page.values.is_empty() {
        out.push('\n');
        for value in &page.values {
            let life = if value.life.is_empty() {
                String::new()
            } else {
                format!(" ({})", value.life)
            };
            let text = format!("- `{}` {}{life}", value.name, value.summary);
            let _ = writeln!(out, "{}", text.trim_end());
        }
    }
    if !page.rules.is_empty() {
        out.push('\n');
        for rule in &page.rules {
            let _ = writeln!(out, "- {rule}");
        }
    }
    if !page.examples.is_empty() {
        let shown: Vec<String> = page.examples.iter().map(|one| format!("`{one}`")).collect();
        let _ = write!(out, "\nFor example {}\n", shown.join(", "));
    }
}

fn changes(package: &PackageDocs) -> String {
    let mut out = format!("# Changes of {}\n", package.platform);
    let mut open = None;
    for change in &package.changes {
        if open != Some(&change.release) {
            let _ = write!(out, "\n## {}\n\n", change.release);
            open = Some(&change.release);
        }
        let place = if change.path.is_empty() {
            change.kind.clone()
        } else {
            format!("{}.{}", change.kind, change.path)
        };
        let _ = writeln!(out, "- {}: `{place}`: {}", change.what, change.text);
    }
    out
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}
