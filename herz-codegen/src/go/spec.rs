//! The package `spec`: written by hand in `runtime/`, but for the texts that have their source in
//! `herz-types`.

use super::doc::{HEADER, comment};
use super::literal::string;
use super::names::exported;
use crate::File;
use crate::lower::{Code, ParamKind, Piece, Template, capitals, codes, templates, wanted};
use herz_types::scalar::{Cron, Dialect};

const RUNTIME: &[(&str, &str)] = &[
    ("cel", include_str!("runtime/cel.go")),
    ("json", include_str!("runtime/json.go")),
    ("message", include_str!("runtime/message.go")),
    ("meta", include_str!("runtime/meta.go")),
    ("read", include_str!("runtime/read.go")),
    ("scalar", include_str!("runtime/scalar.go")),
    ("scalar_amount", include_str!("runtime/scalar_amount.go")),
    ("scalar_net", include_str!("runtime/scalar_net.go")),
    ("scalar_regex", include_str!("runtime/scalar_regex.go")),
    ("scalar_time", include_str!("runtime/scalar_time.go")),
    ("table", include_str!("runtime/table.go")),
    ("validate", include_str!("runtime/validate.go")),
    ("validate_limit", include_str!("runtime/validate_limit.go")),
    ("validate_list", include_str!("runtime/validate_list.go")),
    ("validate_path", include_str!("runtime/validate_path.go")),
    ("validate_rule", include_str!("runtime/validate_rule.go")),
    ("value", include_str!("runtime/value.go")),
    ("view", include_str!("runtime/view.go")),
    ("violation", include_str!("runtime/violation.go")),
];

/// The files of the package.
pub(super) fn files() -> Vec<File> {
    let mut files: Vec<File> = RUNTIME
        .iter()
        .map(|(name, text)| file(name, &format!("{HEADER}\n\n{text}")))
        .collect();
    let head = |what: &str| format!("{HEADER}\n\npackage spec\n\n{what}");
    let doc = "// Package spec is what generated types are made of: reading, judging, texts with a grammar.";
    files.push(file("doc", &format!("{HEADER}\n\n{doc}\npackage spec\n")));
    files.push(file("codes", &head(&codes_text())));
    files.push(file("texts", &head(&texts())));
    files.push(file("dialects", &head(&dialects())));
    files.push(file("zones", &head(&zones())));
    files
}

fn file(name: &str, text: &str) -> File {
    File {
        path: format!("spec/{name}.go"),
        text: format!("{}\n", text.trim_end()),
    }
}

fn codes_text() -> String {
    let mut code = Code::new("\t");
    code.line("// The codes of findings. A code never changes its meaning.");
    code.open("const (");
    for (at, (name, value)) in codes().into_iter().enumerate() {
        if at > 0 {
            code.line("");
        }
        let name = exported(name);
        code.line(format!(
            "// Code{name}: see https://docs.rs/herz-dsl, {value}."
        ));
        code.line(format!("Code{name} Code = \"{value}\""));
    }
    code.close(")");
    code.finish()
}

fn texts() -> String {
    let mut code = Code::new("\t");
    for (name, words) in wanted() {
        code.line(format!(
            "const wanted{} = {}",
            exported(name),
            string(words)
        ));
        code.line("");
    }
    for template in templates() {
        sentence(&mut code, &template);
    }
    code.finish()
}

fn sentence(code: &mut Code, template: &Template) {
    let parameters: Vec<String> = template
        .parameters
        .iter()
        .map(|(name, kind)| {
            let ty = match kind {
                ParamKind::Raw | ParamKind::Quoted | ParamKind::When => "string",
                ParamKind::Subject | ParamKind::MaybeRaw | ParamKind::MaybeQuoted => "*string",
                ParamKind::Or | ParamKind::And => "[]string",
            };
            format!("{name} {ty}")
        })
        .collect();
    code.open(format!(
        "func msg{}({}) string {{",
        capitals(template.name),
        parameters.join(", ")
    ));
    let argument = |at: usize| {
        let Some((name, kind)) = template.parameters.get(at) else {
            return String::new();
        };
        match kind {
            ParamKind::Raw | ParamKind::When => (*name).to_owned(),
            ParamKind::Quoted => format!("quote({name})"),
            ParamKind::Subject => format!("subject({name})"),
            ParamKind::Or => format!("alternatives({name}, \"or\")"),
            ParamKind::And => format!("alternatives({name}, \"and\")"),
            ParamKind::MaybeRaw => format!("*{name}"),
            ParamKind::MaybeQuoted => format!("quote(*{name})"),
        }
    };
    let plain = !template
        .pieces
        .iter()
        .any(|piece| matches!(piece, Piece::Maybe { .. }));
    let part = |piece: &Piece| match piece {
        Piece::Text(text) => string(text),
        Piece::Argument(at) => argument(*at),
        Piece::Maybe { .. } => String::new(),
    };
    if plain {
        let parts: Vec<String> = template.pieces.iter().map(part).collect();
        code.line(format!("return {}", parts.join(" + ")));
    } else {
        let mut parts: Vec<String> = Vec::new();
        let mut started = false;
        let flush = |code: &mut Code, parts: &mut Vec<String>, started: &mut bool| {
            if !parts.is_empty() {
                let sign = if *started { "+=" } else { ":=" };
                code.line(format!("out {sign} {}", parts.join(" + ")));
                *started = true;
                parts.clear();
            }
        };
        for piece in &template.pieces {
            let Piece::Maybe {
                argument: at,
                before,
                after,
            } = piece
            else {
                parts.push(part(piece));
                continue;
            };
            flush(code, &mut parts, &mut started);
            let name = template.parameters.get(*at).map_or("", |one| one.0);
            let when = template
                .parameters
                .get(*at)
                .is_some_and(|one| one.1 == ParamKind::When);
            code.open(if when {
                format!("if {name} != \"\" {{")
            } else {
                format!("if {name} != nil {{")
            });
            let mut inner = vec![argument(*at)];
            if !before.is_empty() {
                inner.insert(0, string(before));
            }
            if !after.is_empty() {
                inner.push(string(after));
            }
            code.line(format!("out += {}", inner.join(" + ")));
            code.close("}");
        }
        flush(code, &mut parts, &mut started);
        code.line("return out");
    }
    code.close("}").line("");
}

fn dialects() -> String {
    let mut code = Code::new("\t");
    code.line("// Dialect says whose grammar a text follows.");
    code.line("type Dialect uint8").line("");
    code.line("// The dialects.").open("const (");
    for (at, dialect) in Dialect::ALL.iter().enumerate() {
        if at > 0 {
            code.line("");
        }
        code.line(format!("// Dialect{dialect:?}: {}.", dialect.allowed()));
        let value = if at == 0 { " Dialect = iota" } else { "" };
        code.line(format!("Dialect{dialect:?}{value}"));
    }
    code.close(")").line("");
    let mut list = |name: &str, of: &dyn Fn(&Dialect) -> &'static str| {
        code.open(format!("var {name} = []string{{"));
        for dialect in Dialect::ALL {
            code.line(format!("{},", string(of(dialect))));
        }
        code.close("}").line("");
    };
    list("dialectNames", &|dialect| dialect.name());
    list("dialectAllowed", &|dialect| dialect.allowed());
    code.line("// Name is what schemas call it.");
    code.line("func (d Dialect) Name() string { return dialectNames[d] }");
    code.line("");
    code.line("// Allowed is what it allows, as a short phrase.");
    code.line("func (d Dialect) Allowed() string { return dialectAllowed[d] }");
    code.line("");
    code.line("// Dialects are all of them.");
    code.open("func Dialects() []Dialect {");
    code.line("all := make([]Dialect, len(dialectNames))");
    code.open("for at := range all {");
    code.line("all[at] = Dialect(at)");
    code.close("}");
    code.line("return all");
    code.close("}").line("");
    for dialect in Dialect::ALL {
        let ty = dialect.rust_type();
        comment(
            &mut code,
            &format!(
                "{ty} is a text: {}. Kept as it was written.",
                dialect.allowed()
            ),
        );
        code.line(format!("type {ty} string")).line("");
        code.line("// Parse tells how much the text says, or why it is not well formed.");
        code.line(format!(
            "func (t {ty}) Parse() (Magnitude, error) {{\n\treturn Dialect{dialect:?}.check(string(t))\n}}"
        ));
        code.line("");
    }
    code.finish()
}

fn zones() -> String {
    let mut out = String::from(
        "// timeZones are the names that a schedule may use, each between line ends.\nconst timeZones = `\n",
    );
    for zone in Cron::zones() {
        out.push_str(zone);
        out.push('\n');
    }
    out.push_str("`\n");
    out
}
