//! Doc comments: one attribute for each line, so that they print as `///`.

use herz_dsl::catalog::{Default as FieldDefault, DefaultValue, Deprecation, Field, Life, Literal};
use proc_macro2::TokenStream;
use quote::quote;
use std::fmt::Write;

/// A doc comment.
pub(super) fn docs(text: &str) -> TokenStream {
    lines(text)
        .iter()
        .map(|line| quote!(#[doc = #line]))
        .collect()
}

/// A doc comment of the module itself.
pub(super) fn inner_docs(text: &str) -> TokenStream {
    lines(text)
        .iter()
        .map(|line| quote!(#![doc = #line]))
        .collect()
}

/// The lines of a doc comment, made safe for rustdoc: code blocks must not become tests.
fn lines(text: &str) -> Vec<String> {
    let mut fenced = false;
    text.trim_end()
        .lines()
        .map(|line| {
            let line = line.trim_end();
            let body = line.trim_start();
            if let Some(language) = body.strip_prefix("```") {
                fenced = !fenced;
                return if fenced && language.is_empty() {
                    " ```text".to_owned()
                } else {
                    format!(" {body}")
                };
            }
            let indent = (line.len() - body.len()).min(if fenced { usize::MAX } else { 3 });
            match body {
                "" => String::new(),
                body => format!(" {}{body}", " ".repeat(indent)),
            }
        })
        .collect()
}

/// The text, or a sentence in its place; every item is documented.
pub(super) fn or<'a>(text: &'a str, instead: &'a str) -> &'a str {
    if text.trim().is_empty() {
        instead
    } else {
        text
    }
}

/// A field's doc comment: what it means, its default, its life.
pub(super) fn field(field: &Field) -> TokenStream {
    let name = format!("The field `{}`.", field.wire);
    let mut text = or(&field.doc, &name).trim_end().to_owned();
    if let Some(default) = field.default.as_ref().and_then(default_text) {
        text.push_str("\n\n");
        text.push_str(&default);
    }
    text.push_str(&life(&field.life));
    docs(&text)
}

/// What is filled in, as a sentence.
fn default_text(default: &FieldDefault) -> Option<String> {
    match &default.value {
        DefaultValue::Literal(literal) => Some(format!("Default: `{}`.", short(literal)?)),
        DefaultValue::Generated(how) => Some(format!("Default: generated ({how}).")),
    }
}

/// A single value as documents write it.
fn short(literal: &Literal) -> Option<String> {
    match literal {
        Literal::Bool(value) => Some(value.to_string()),
        Literal::Int(value) => Some(value.to_string()),
        Literal::Float(value) => Some(value.to_string()),
        Literal::Text(text) if text.is_empty() || text.contains('`') => None,
        Literal::Text(text) => Some(text.clone()),
        Literal::Null | Literal::List(_) | Literal::Map(_) => None,
    }
}

/// Since when, and what to use instead; as further paragraphs.
pub(super) fn life(life: &Life) -> String {
    let mut text = String::new();
    if let Some(since) = &life.since {
        let _ = write!(text, "\n\nSince {since}.");
    }
    if let Some(deprecated) = &life.deprecated {
        text.push_str("\n\n**Deprecated**");
        text.push_str(&deprecation(deprecated));
        text.push('.');
    }
    text
}

/// ` since 2.8.0: use …, note`.
pub(super) fn deprecation(deprecated: &Deprecation) -> String {
    let mut text = String::new();
    if let Some(since) = &deprecated.since {
        let _ = write!(text, " since {since}");
    }
    let mut joint = ": ";
    if let Some(instead) = &deprecated.instead {
        let _ = write!(text, "{joint}use `{instead}`");
        joint = "; ";
    }
    if let Some(note) = &deprecated.note {
        text.push_str(joint);
        text.push_str(note.trim().trim_end_matches('.'));
    }
    text
}
