//! Docs of generated items: the schema's Markdown, and what is known besides it.

use super::Plan;
use herz_dsl::catalog::{
    Default as FieldDefault, DefaultValue, Deprecation, EnumValue, Field, Life, Literal, TypeDef,
};
use std::fmt::Write;

/// A part of a doc comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Block {
    /// A paragraph, or an item of a list with its dot.
    Text(Vec<String>),
    /// Lines of code.
    Code(Vec<String>),
}

/// The parts of a text, made plain: no headings, no list markup that a formatter would change.
pub(crate) fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut lines: Vec<String> = Vec::new();
    let mut code: Option<Vec<String>> = None;
    let flush = |lines: &mut Vec<String>, blocks: &mut Vec<Block>| {
        if !lines.is_empty() {
            blocks.push(Block::Text(std::mem::take(lines)));
        }
    };
    for line in text.lines() {
        let bare = line.trim();
        if bare.starts_with("```") {
            match code.take() {
                Some(body) => blocks.push(Block::Code(body)),
                None => {
                    flush(&mut lines, &mut blocks);
                    code = Some(Vec::new());
                }
            }
            continue;
        }
        if let Some(code) = &mut code {
            code.push(visible(line.trim_end()));
            continue;
        }
        if bare.is_empty() {
            flush(&mut lines, &mut blocks);
            continue;
        }
        let item = bare.strip_prefix("- ").or_else(|| bare.strip_prefix("* "));
        match item {
            Some(item) => {
                flush(&mut lines, &mut blocks);
                lines.push(format!("• {}", visible(item.trim())));
            }
            None => lines.push(visible(bare.trim_start_matches('#').trim_start())),
        }
    }
    flush(&mut lines, &mut blocks);
    blocks.extend(code.map(Block::Code));
    blocks
}

/// Control characters would end a comment, or worse.
fn visible(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{2028}' | '\u{2029}' | '\u{feff}' => ' ',
            c if c.is_control() => ' ',
            c => c,
        })
        .collect()
}

fn or<'a>(text: &'a str, instead: &'a str) -> &'a str {
    if text.trim().is_empty() {
        instead
    } else {
        text
    }
}

/// What the folder of a space is about.
pub(crate) fn space_doc(plan: &Plan<'_>, space: usize) -> Option<String> {
    let space = plan.spaces.get(space)?;
    let schema = plan.package(space.package)?;
    let release = plan
        .view
        .release(space.package)
        .map_or_else(String::new, ToString::to_string);
    Some(if space.import {
        format!("Types that the schema package `{}` imports.", schema.name)
    } else {
        format!(
            "The kinds and types of the schema package `{}`, as {} {release} has them.\n\n{}",
            schema.name, schema.platform, schema.doc
        )
    })
}

/// What a field means, its default, its life.
pub(crate) fn field_doc(field: &Field) -> String {
    let name = format!("The field `{}`.", field.wire);
    let mut text = or(&field.doc, &name).trim_end().to_owned();
    if let Some(default) = field.default.as_ref().and_then(default_text) {
        let _ = write!(text, "\n\n{default}");
    }
    text.push_str(&life(&field.life));
    text
}

/// What a type means, its life.
pub(crate) fn type_doc(def: &TypeDef) -> String {
    let name = format!("`{}`.", def.name);
    format!("{}{}", or(&def.doc, &name).trim_end(), life(&def.life))
}

/// What a value of an enum means, its life.
pub(crate) fn value_doc(value: &EnumValue) -> String {
    let name = format!("`{}`.", value.value);
    format!("{}{}", or(&value.doc, &name).trim_end(), life(&value.life))
}

fn default_text(default: &FieldDefault) -> Option<String> {
    match &default.value {
        DefaultValue::Literal(literal) => {
            let text = match literal {
                Literal::Bool(value) => value.to_string(),
                Literal::Int(value) => value.to_string(),
                Literal::Float(value) => value.to_string(),
                Literal::Text(text) if !text.is_empty() && !text.contains('`') => text.clone(),
                Literal::Text(_) | Literal::Null | Literal::List(_) | Literal::Map(_) => {
                    return None;
                }
            };
            Some(format!("Default: `{text}`."))
        }
        DefaultValue::Generated(how) => Some(format!("Default: generated ({how}).")),
    }
}

fn life(life: &Life) -> String {
    let mut text = String::new();
    if let Some(since) = &life.since {
        let _ = write!(text, "\n\nSince {since}.");
    }
    if let Some(deprecated) = &life.deprecated {
        let _ = write!(text, "\n\nDeprecated: {}.", deprecation(deprecated));
    }
    text
}

fn deprecation(deprecated: &Deprecation) -> String {
    let mut parts = Vec::new();
    if let Some(since) = &deprecated.since {
        parts.push(format!("since {since}"));
    }
    if let Some(instead) = &deprecated.instead {
        parts.push(format!("use `{instead}`"));
    }
    if let Some(note) = &deprecated.note {
        parts.push(note.trim().trim_end_matches('.').replace('\n', " "));
    }
    if parts.is_empty() {
        "do not use it any more".to_owned()
    } else {
        parts.join("; ")
    }
}
