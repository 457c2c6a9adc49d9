//! `herz explain`: a kind, a field, a code or a rule.

use crate::args::Explain;
use crate::exit::{Exit, Failure};
use crate::output::Output;
use crate::packages;
use herz_dsl::diagnostic::{codes, did_you_mean};
use herz_dsl::explain::{self, Page, Row};
use std::fmt::Write;

pub(crate) fn run(options: &Explain, output: &Output) -> Result<Exit, Failure> {
    if is_code(&options.what) {
        let code = options.what.to_uppercase();
        let Some(page) = codes::page(&code) else {
            return Err(Failure::usage(format!(
                "there is no code `{code}`{}",
                did_you_mean(&code, codes::all().iter().map(|code| code.as_str()))
                    .map_or_else(String::new, |near| format!("; did you mean `{near}`?"))
            )));
        };
        output.result(page);
        return Ok(Exit::Fine);
    }
    if let Some(rule) = herz_dsl::breaking::rule(&options.what) {
        output.result(&rule.page());
        return Ok(Exit::Fine);
    }
    let judges = packages::load(&options.judge, output)?;
    let catalog = judges.catalog();
    let page = explain::page(catalog, &options.what).map_err(|missing| {
        let mut text = format!("there is no `{}`", missing.path);
        if !missing.known.is_empty() {
            let _ = write!(text, " (`{}` is known)", missing.known);
        }
        match missing.suggestion {
            Some(name) => {
                let _ = write!(text, "; did you mean `{name}`?");
            }
            None if missing.known.is_empty() => text.push_str("; `herz kinds` lists the kinds"),
            None => {
                let _ = write!(
                    text,
                    "; `herz explain {}` lists what is there",
                    missing.known
                );
            }
        }
        Failure::usage(text)
    })?;
    output.result(&text(&page));
    Ok(Exit::Fine)
}

fn is_code(what: &str) -> bool {
    what.get(..2)
        .is_some_and(|start| start.eq_ignore_ascii_case("HZ"))
        && what.len() > 2
        && what.bytes().skip(2).all(|b| b.is_ascii_digit())
}

/// The page as plain text.
fn text(page: &Page) -> String {
    let mut out = format!("{}\n", page.path);
    let mut head = page.ty.clone();
    for fact in &page.facts {
        if !head.is_empty() {
            head.push_str(" · ");
        }
        head.push_str(fact);
    }
    if !head.is_empty() {
        let _ = writeln!(out, "  {head}");
    }
    if !page.doc.trim().is_empty() {
        let _ = writeln!(out, "\n{}", page.doc.trim());
    }
    section(&mut out, "Values", &table(&page.values));
    section(&mut out, "Fields", &table(&page.fields));
    let rules: Vec<String> = page
        .rules
        .iter()
        .map(|rule| format!("  - {}", one_line(rule)))
        .collect();
    section(&mut out, "Rules", &rules);
    let examples: Vec<String> = page
        .examples
        .iter()
        .map(|text| {
            text.trim_end()
                .lines()
                .flat_map(|line| ["  ", line, "\n"])
                .collect()
        })
        .collect();
    section(
        &mut out,
        if examples.len() == 1 {
            "Example"
        } else {
            "Examples"
        },
        &examples,
    );
    out
}

fn section(out: &mut String, title: &str, lines: &[String]) {
    if lines.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n{title}:");
    for line in lines {
        let _ = writeln!(out, "{}", line.trim_end());
    }
}

/// Rows with aligned columns; `*` marks a required field.
fn table(rows: &[Row]) -> Vec<String> {
    let width = |of: fn(&Row) -> usize| rows.iter().map(of).max().unwrap_or(0);
    let name = width(|row| row.name.chars().count() + usize::from(row.required));
    let ty = width(|row| row.ty.chars().count());
    rows.iter()
        .map(|row| {
            let label = format!("{}{}", row.name, if row.required { "*" } else { "" });
            let mut line = format!("  {label:name$}");
            if ty > 0 {
                let _ = write!(line, "  {:ty$}", row.ty);
            }
            let _ = write!(line, "  {}", row.summary);
            if !row.life.is_empty() {
                let _ = write!(line, " [{}]", row.life);
            }
            line
        })
        .collect()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
