//! The package `spec`: written by hand in `runtime/`, but for the texts that have their source in
//! `herz-types`.

use super::doc::{HEADER, docstring};
use super::literal::string;
use super::names::safe;
use crate::File;
use crate::lower::{Code, ParamKind, Style, codes, sentence, templates, wanted};
use herz_types::scalar::{Cron, Dialect};
use std::fmt::Write;

const RUNTIME: &[(&str, &str)] = &[
    ("__init__", include_str!("runtime/__init__.py")),
    ("amount", include_str!("runtime/amount.py")),
    ("base64text", include_str!("runtime/base64text.py")),
    ("cel", include_str!("runtime/cel.py")),
    ("context", include_str!("runtime/context.py")),
    ("digits", include_str!("runtime/digits.py")),
    ("jsontext", include_str!("runtime/jsontext.py")),
    ("judge", include_str!("runtime/judge.py")),
    ("limits", include_str!("runtime/limits.py")),
    ("lists", include_str!("runtime/lists.py")),
    ("magnitude", include_str!("runtime/magnitude.py")),
    ("meta", include_str!("runtime/meta.py")),
    ("model", include_str!("runtime/model.py")),
    ("moment", include_str!("runtime/moment.py")),
    ("net", include_str!("runtime/net.py")),
    ("number", include_str!("runtime/number.py")),
    ("read", include_str!("runtime/read.py")),
    ("regex", include_str!("runtime/regex.py")),
    ("rules", include_str!("runtime/rules.py")),
    ("scalar", include_str!("runtime/scalar.py")),
    ("shape", include_str!("runtime/shape.py")),
    ("table", include_str!("runtime/table.py")),
    ("text", include_str!("runtime/text.py")),
    ("union", include_str!("runtime/union.py")),
    ("url", include_str!("runtime/url.py")),
    ("values", include_str!("runtime/values.py")),
    ("view", include_str!("runtime/view.py")),
    ("violation", include_str!("runtime/violation.py")),
    ("walk", include_str!("runtime/walk.py")),
];

/// The files of the package.
pub(super) fn files(package: &str) -> Vec<File> {
    let file = |name: &str, text: &str| File {
        path: format!("{package}/spec/{name}.py"),
        text: format!("{HEADER}\n\n{}\n", text.trim_end()),
    };
    let mut files: Vec<File> = RUNTIME
        .iter()
        .map(|(name, text)| file(name, text))
        .collect();
    files.push(file("codes", &codes_text()));
    files.push(file("messages", &messages()));
    files.push(file("dialects", &dialects()));
    files.push(file("scalars", &scalars()));
    files.push(file("zones", &zones()));
    files.push(file("unicode", &unicode()));
    files
}

fn codes_text() -> String {
    let mut code = Code::new("    ");
    code.line("\"\"\"The codes of findings. A code never changes its meaning.\"\"\"");
    code.line("");
    for (name, value) in codes() {
        code.line(format!("{} = \"{value}\"", name.to_uppercase()));
    }
    code.finish()
}

/// How Python writes sentences.
struct Sentences;

impl Style for Sentences {
    fn string(&self, text: &str) -> String {
        string(text)
    }

    fn call(&self, function: &str, arguments: &[String]) -> String {
        format!("{function}({})", arguments.join(", "))
    }

    fn parameter(&self, name: &str) -> String {
        let mut out = String::new();
        for c in name.chars() {
            if c.is_ascii_uppercase() {
                out.push('_');
            }
            out.push(c.to_ascii_lowercase());
        }
        safe(out)
    }

    fn unless_missing(&self, parameter: &str, empty: bool, inner: &str) -> String {
        let missing = if empty { "== \"\"" } else { "is None" };
        format!("(\"\" if {parameter} {missing} else {inner})")
    }
}

fn messages() -> String {
    let mut code = Code::new("    ");
    code.line("\"\"\"The sentences of findings.\"\"\"").line("");
    code.line("from __future__ import annotations").line("");
    code.line("from collections.abc import Sequence").line("");
    code.line("from .text import alternatives, quote, subject")
        .line("");
    for (name, words) in wanted() {
        code.line(format!(
            "WANTED_{} = {}",
            name.to_uppercase(),
            string(words)
        ));
    }
    for template in templates() {
        let parameters: Vec<String> = template
            .parameters
            .iter()
            .map(|(name, kind)| {
                let ty = match kind {
                    ParamKind::Raw | ParamKind::Quoted | ParamKind::When => "str",
                    ParamKind::Subject | ParamKind::MaybeRaw | ParamKind::MaybeQuoted => {
                        "str | None"
                    }
                    ParamKind::Or | ParamKind::And => "Sequence[str]",
                };
                format!("{}: {ty}", Sentences.parameter(name))
            })
            .collect();
        code.line("").line("");
        code.line(format!(
            "def {}({}) -> str:",
            template.name,
            parameters.join(", ")
        ));
        code.line(format!("    return {}", sentence(&template, &Sentences)));
    }
    code.finish()
}

fn dialects() -> String {
    let mut code = Code::new("    ");
    code.line("\"\"\"Grammars of texts.\"\"\"").line("");
    code.line("from __future__ import annotations").line("");
    code.line("from typing import Literal, TypeAlias").line("");
    code.open("Dialect: TypeAlias = Literal[");
    for dialect in Dialect::ALL {
        code.line(format!("{},", string(dialect.name())));
    }
    code.close("]");
    docstring(
        &mut code,
        "Whose grammar a text follows: the names of schemas.",
    );
    code.line("");
    code.open("ALLOWED: dict[Dialect, str] = {");
    for dialect in Dialect::ALL {
        code.line(format!(
            "{}: {},",
            string(dialect.name()),
            string(dialect.allowed())
        ));
    }
    code.close("}");
    docstring(&mut code, "What each allows, as one phrase.");
    code.finish()
}

fn scalars() -> String {
    let mut code = Code::new("    ");
    code.line("\"\"\"A class for each grammar.\"\"\"").line("");
    code.line("from __future__ import annotations").line("");
    code.line("from typing import ClassVar").line("");
    code.line("from .dialects import Dialect");
    code.line("from .scalar import Scalar").line("");
    code.open("__all__ = [");
    for dialect in Dialect::ALL {
        code.line(format!("\"{}\",", dialect.rust_type()));
    }
    code.close("]");
    for dialect in Dialect::ALL {
        code.line("").line("");
        code.open(format!("class {}(Scalar):", dialect.rust_type()));
        docstring(
            &mut code,
            &format!("A text: {}. Kept as it was written.", dialect.allowed()),
        );
        code.line("").line("__slots__ = ()");
        code.line(format!(
            "DIALECT: ClassVar[Dialect] = {}",
            string(dialect.name())
        ));
        code.dedent();
    }
    code.finish()
}

fn zones() -> String {
    let zones: Vec<&str> = Cron::zones().collect();
    format!(
        "\"\"\"The names of time zones that a schedule may use.\"\"\"\n\nTIME_ZONES = frozenset(\n    \
         \"\"\"\n{}\n\"\"\".split()\n)\n",
        zones.join("\n")
    )
}

/// What Rust knows of characters: Python may have another edition of Unicode.
fn unicode() -> String {
    let mut code = Code::new("    ");
    code.line("\"\"\"Kinds of characters, as Herz itself knows them.\"\"\"")
        .line("");
    code.line("from __future__ import annotations").line("");
    code.line("from bisect import bisect_right").line("");
    let mut function = |name: &str, doc: &str, is: &dyn Fn(char) -> bool| {
        let list = name.to_uppercase();
        code.open(format!("_{list} = ["));
        code.line(format!(
            "int(edge, 36) for edge in \"\"\"\n{}\n\"\"\".split()",
            edges(is)
        ));
        code.close("]");
        code.line("").line("");
        code.open(format!("def {name}(c: str) -> bool:"));
        code.line(format!("\"\"\"{doc}\"\"\""));
        code.line(format!("return bisect_right(_{list}, ord(c)) % 2 == 1"));
        code.dedent().line("").line("");
    };
    function(
        "is_alphanumeric",
        "Whether a character is a letter or number.",
        &|c| c.is_alphanumeric(),
    );
    function(
        "is_escaped",
        "Whether a character can't be seen, or joins the one before it.",
        &|c| c != '"' && c != '\'' && c.escape_debug().len() > 1,
    );
    code.finish()
}

/// Where characters begin and cease to be of a kind, in base 36, on lines.
fn edges(is: &dyn Fn(char) -> bool) -> String {
    let mut out = String::new();
    let mut line = 0;
    let mut before = false;
    for code in 0..=u32::from(char::MAX) + 1 {
        let now = char::from_u32(code).is_some_and(is);
        if now == before {
            continue;
        }
        before = now;
        let edge = base36(code);
        if line + edge.len() >= 110 {
            out.push('\n');
            line = 0;
        } else if line > 0 {
            out.push(' ');
            line += 1;
        }
        line += edge.len();
        let _ = write!(out, "{edge}");
    }
    out
}

fn base36(mut value: u32) -> String {
    let mut digits = Vec::new();
    loop {
        digits.extend(char::from_digit(value % 36, 36));
        value /= 36;
        if value == 0 {
            return digits.iter().rev().collect();
        }
    }
}
