//! The folder `spec`: written by hand in `runtime/`, but for the texts that have their source in
//! `herz-types`.

use super::doc::{HEADER, comment};
use super::literal::{key, string};
use crate::File;
use crate::lower::{Code, ParamKind, Style, camel, codes, sentence, templates, wanted};
use herz_types::scalar::{Cron, Dialect};

const RUNTIME: &[(&str, &str)] = &[
    ("amount", include_str!("runtime/amount.ts")),
    ("bytes", include_str!("runtime/bytes.ts")),
    ("cel", include_str!("runtime/cel.ts")),
    ("digits", include_str!("runtime/digits.ts")),
    ("index", include_str!("runtime/index.ts")),
    ("json", include_str!("runtime/json.ts")),
    ("judge", include_str!("runtime/judge.ts")),
    ("limits", include_str!("runtime/limits.ts")),
    ("lists", include_str!("runtime/lists.ts")),
    ("meta", include_str!("runtime/meta.ts")),
    ("model", include_str!("runtime/model.ts")),
    ("net", include_str!("runtime/net.ts")),
    ("number", include_str!("runtime/number.ts")),
    ("read", include_str!("runtime/read.ts")),
    ("regex", include_str!("runtime/regex.ts")),
    ("rules", include_str!("runtime/rules.ts")),
    ("scalar", include_str!("runtime/scalar.ts")),
    ("table", include_str!("runtime/table.ts")),
    ("text", include_str!("runtime/text.ts")),
    ("time", include_str!("runtime/time.ts")),
    ("types", include_str!("runtime/types.ts")),
    ("union", include_str!("runtime/union.ts")),
    ("url", include_str!("runtime/url.ts")),
    ("values", include_str!("runtime/values.ts")),
    ("view", include_str!("runtime/view.ts")),
    ("violation", include_str!("runtime/violation.ts")),
    ("walk", include_str!("runtime/walk.ts")),
];

/// The files of the folder.
pub(super) fn files() -> Vec<File> {
    let mut files: Vec<File> = RUNTIME
        .iter()
        .map(|(name, text)| file(name, text))
        .collect();
    files.push(file("codes", &codes_text()));
    files.push(file("messages", &messages()));
    files.push(file("dialects", &dialects()));
    files.push(file("zones", &zones()));
    files
}

fn file(name: &str, text: &str) -> File {
    File {
        path: format!("src/spec/{name}.ts"),
        text: format!("{HEADER}\n{}\n", text.trim_end()),
    }
}

fn codes_text() -> String {
    let mut code = Code::new("  ");
    code.line("/** The codes of findings, by name. A code never changes its meaning. */");
    code.open("export const codes = {");
    for (name, value) in codes() {
        code.line(format!("{}: \"{value}\",", key(&camel(name))));
    }
    code.close("} as const;").line("");
    code.line("/** A stable code of a finding, such as HZ0103. */");
    code.line("export type Code = (typeof codes)[keyof typeof codes];");
    code.finish()
}

/// How TypeScript writes sentences.
struct Sentences;

impl Style for Sentences {
    fn string(&self, text: &str) -> String {
        string(text)
    }

    fn call(&self, function: &str, arguments: &[String]) -> String {
        format!("{function}({})", arguments.join(", "))
    }

    fn parameter(&self, name: &str) -> String {
        name.to_owned()
    }

    fn unless_missing(&self, parameter: &str, empty: bool, inner: &str) -> String {
        let missing = if empty { "\"\"" } else { "undefined" };
        format!("({parameter} === {missing} ? \"\" : {inner})")
    }
}

fn messages() -> String {
    let mut code = Code::new("  ");
    code.line("import { alternatives, quote, subject } from \"./text.js\";");
    code.line("");
    code.line("/** What a type wants, in words. */");
    code.open("export const wanted = {");
    for (name, words) in wanted() {
        code.line(format!("{}: {},", camel(name), string(words)));
    }
    code.close("} as const;").line("");
    code.line("/** The sentences of findings. */");
    code.open("export const messages = {");
    for template in templates() {
        let parameters: Vec<String> = template
            .parameters
            .iter()
            .map(|(name, kind)| {
                let ty = match kind {
                    ParamKind::Raw | ParamKind::Quoted | ParamKind::When => "string",
                    ParamKind::Subject | ParamKind::MaybeRaw | ParamKind::MaybeQuoted => {
                        "string | undefined"
                    }
                    ParamKind::Or | ParamKind::And => "readonly string[]",
                };
                format!("{name}: {ty}")
            })
            .collect();
        code.line(format!(
            "{}({}): string {{",
            camel(template.name),
            parameters.join(", ")
        ));
        code.line(format!("  return {};", sentence(&template, &Sentences)));
        code.line("},");
    }
    code.close("};");
    code.finish()
}

fn dialects() -> String {
    let mut code = Code::new("  ");
    code.line("import { type Scalar, scalar } from \"./scalar.js\";")
        .line("");
    code.line("/** Whose grammar a text follows: the names of schemas. */");
    code.open("export type Dialect =");
    let last = Dialect::ALL.len().saturating_sub(1);
    for (at, dialect) in Dialect::ALL.iter().enumerate() {
        let end = if at == last { ";" } else { "" };
        code.line(format!("| {}{end}", string(dialect.name())));
    }
    code.dedent().line("");
    code.line("/** What each allows, as one phrase. */");
    code.open("export const allowedBy: { readonly [D in Dialect]: string } = {");
    for dialect in Dialect::ALL {
        code.line(format!(
            "{}: {},",
            key(dialect.name()),
            string(dialect.allowed())
        ));
    }
    code.close("};").line("");
    for dialect in Dialect::ALL {
        let ty = dialect.rust_type();
        comment(
            &mut code,
            &format!("A text: {}. Kept as it was written.", dialect.allowed()),
        );
        code.line(format!("export type {ty} = string;")).line("");
        code.line(format!(
            "/** Tells how much a {{@link {ty}}} says, or why it is not well formed. */"
        ));
        code.line(format!(
            "export const {ty}: Scalar = /* @__PURE__ */ scalar({});",
            string(dialect.name())
        ));
        code.line("");
    }
    code.finish()
}

fn zones() -> String {
    let mut out = String::from(
        "/** The names of time zones that a schedule may use. */\nexport const timeZones: ReadonlySet<string> = new Set(\n  `",
    );
    let zones: Vec<&str> = Cron::zones().collect();
    out.push_str(&zones.join("\n"));
    out.push_str("`.split(\"\\n\"),\n);\n");
    out
}
