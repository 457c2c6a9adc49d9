//! The package `spec`: written by hand in `runtime/`, but for the texts that have their source in
//! `herz-types`.

use super::doc::{HEADER, comment};
use super::literal::{dialect, string};
use super::names::source;
use crate::File;
use crate::lower::{Code, ParamKind, Style, camel, codes, sentence, templates, wanted};
use herz_types::scalar::{Cron, Dialect};

/// A file of the runtime by the name of its class.
macro_rules! runtime {
    ($($class:ident)*) => {
        &[$((stringify!($class), include_str!(concat!("runtime/", stringify!($class), ".java")))),*]
    };
}

const RUNTIME: &[(&str, &str)] = runtime! {
    Amounts Automaton Base64Text Bound Bytes Case Cel Choice Condition Default Deprecation Digits Document
    EnumText Field FieldPath Flags IntOrString Json JsonException JsonNumber Judge Kind Lasting Layer
    Level Limit Limits Lists Magnitude MisfitException Model Moments Nets Normalize Numbers
    ObjectMeta Opt Owner Parsed Place Portable Reader Reading Rule Rules ScalarText Scalars Schedules
    Shape Sizes Special Table TextValue Texts Type Union Unions Urls Views Violation Walk
};

/// The files of the package.
pub(super) fn files(base: &str) -> Vec<File> {
    let mut files: Vec<File> = RUNTIME
        .iter()
        .map(|(class, text)| file(base, class, text))
        .collect();
    files.push(file(base, "Codes", &codes_text()));
    files.push(file(base, "Messages", &messages()));
    files.push(file(base, "Dialect", &dialects()));
    files.push(file(base, "Zones", &zones()));
    for dialect in Dialect::ALL {
        files.push(file(base, dialect.rust_type(), &scalar(*dialect)));
    }
    let info = "/** What generated types are made of: reading, judging, texts with a grammar. */";
    files.push(File {
        path: source(&format!("{base}.spec"), "package-info"),
        text: format!("{HEADER}\n\n{info}\npackage {base}.spec;\n"),
    });
    files
}

fn file(base: &str, class: &str, text: &str) -> File {
    let package = format!("{base}.spec");
    File {
        path: source(&package, class),
        text: format!("{HEADER}\n\npackage {package};\n\n{}\n", text.trim_end()),
    }
}

fn codes_text() -> String {
    let mut code = Code::new("    ");
    code.line("/** The codes of findings. A code never changes its meaning. */");
    code.open("public final class Codes {");
    for (name, value) in codes() {
        code.line(format!("/** {value}: see https://docs.rs/herz-dsl. */"));
        code.line(format!(
            "public static final String {} = \"{value}\";",
            name.to_uppercase()
        ));
        code.line("");
    }
    code.line("private Codes() {}");
    code.close("}");
    code.finish()
}

/// How Java writes sentences.
struct Sentences;

impl Style for Sentences {
    fn string(&self, text: &str) -> String {
        string(text)
    }

    fn call(&self, function: &str, arguments: &[String]) -> String {
        format!("Texts.{function}({})", arguments.join(", "))
    }

    fn parameter(&self, name: &str) -> String {
        camel(name)
    }

    fn unless_missing(&self, parameter: &str, empty: bool, inner: &str) -> String {
        if empty {
            format!("({parameter}.isEmpty() ? \"\" : {inner})")
        } else {
            format!("({parameter} == null ? \"\" : {inner})")
        }
    }
}

fn messages() -> String {
    let mut code = Code::new("    ");
    code.line("import java.util.List;").line("");
    code.line("/** The sentences of findings; null stands for an argument that is missing. */");
    code.open("final class Messages {");
    for (name, words) in wanted() {
        code.line(format!(
            "static final String WANTED_{} = {};",
            name.to_uppercase(),
            string(words)
        ));
    }
    code.line("").line("private Messages() {}");
    for template in templates() {
        let parameters: Vec<String> = template
            .parameters
            .iter()
            .map(|(name, kind)| {
                let ty = match kind {
                    ParamKind::Or | ParamKind::And => "List<String>",
                    ParamKind::Raw
                    | ParamKind::Quoted
                    | ParamKind::When
                    | ParamKind::Subject
                    | ParamKind::MaybeRaw
                    | ParamKind::MaybeQuoted => "String",
                };
                format!("{ty} {}", camel(name))
            })
            .collect();
        let name = match template.name {
            "null" => "nullValue".to_owned(),
            name => camel(name),
        };
        code.line("");
        code.open(format!(
            "static String {name}({}) {{",
            parameters.join(", ")
        ));
        code.line(format!("return {};", sentence(&template, &Sentences)));
        code.close("}");
    }
    code.close("}");
    code.finish()
}

fn dialects() -> String {
    let mut code = Code::new("    ");
    code.line("/** Whose grammar a text follows. */");
    code.open("public enum Dialect {");
    let last = Dialect::ALL.len().saturating_sub(1);
    for (at, one) in Dialect::ALL.iter().enumerate() {
        comment(&mut code, &format!("{}.", one.allowed()), &[]);
        let end = if at == last { ";" } else { "," };
        code.line(format!(
            "{}({}, {}){end}",
            dialect(*one),
            string(one.name()),
            string(one.allowed())
        ));
    }
    code.line("")
        .line(include_str!("runtime/dialect.txt").trim_end());
    code.close("}");
    code.finish()
}

/// The class of texts of a dialect.
fn scalar(one: Dialect) -> String {
    let mut code = Code::new("    ");
    let ty = one.rust_type();
    comment(
        &mut code,
        &format!("A text: {}. Kept as it was written.", one.allowed()),
        &[],
    );
    code.open(format!("public final class {ty} extends ScalarText {{"));
    code.open(format!("private {ty}(String text) {{"));
    code.line(format!("super(Dialect.{}, text);", dialect(one)));
    code.close("}").line("");
    comment(
        &mut code,
        "Keeps a text; `validate` tells if it is not well formed.",
        &[
            "@param text the text as documents have it".to_owned(),
            "@return the text with its meaning".to_owned(),
        ],
    );
    code.open(format!("public static {ty} of(String text) {{"));
    code.line(format!("return new {ty}(text);"));
    code.close("}");
    code.close("}");
    code.finish()
}

fn zones() -> String {
    let mut code = Code::new("    ");
    code.line("import java.util.Set;").line("");
    code.line("/** The names of time zones that a schedule may use. */");
    code.open("final class Zones {");
    code.line("static final Set<String> NAMES = Set.of((\"\"");
    code.indent().indent();
    for zone in Cron::zones() {
        code.line(format!("+ {}", string(&format!("{zone}\n"))));
    }
    code.line(").split(\"\\n\"));").dedent().dedent();
    code.line("").line("private Zones() {}");
    code.close("}");
    code.finish()
}
