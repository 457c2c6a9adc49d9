//! Sentences as expressions of a language: texts and arguments, joined by `+`.

use super::message::{Kind, Piece, Template};

/// How a language writes the parts of a sentence.
pub(crate) trait Style {
    /// A text.
    fn string(&self, text: &str) -> String;
    /// A function of the runtime with an argument.
    fn call(&self, function: &str, arguments: &[String]) -> String;
    /// The name of a parameter.
    fn parameter(&self, name: &str) -> String;
    /// `inner` if the parameter has a value (`empty`: if it is no empty text), and nothing otherwise.
    fn unless_missing(&self, parameter: &str, empty: bool, inner: &str) -> String;
}

/// A sentence as an expression.
pub(crate) fn sentence(template: &Template, style: &dyn Style) -> String {
    let argument = |at: usize| {
        let Some((name, kind)) = template.parameters.get(at) else {
            return String::new();
        };
        let name = style.parameter(name);
        match kind {
            Kind::Raw | Kind::When | Kind::MaybeRaw => name,
            Kind::Quoted | Kind::MaybeQuoted => style.call("quote", &[name]),
            Kind::Subject => style.call("subject", &[name]),
            Kind::Or => style.call("alternatives", &[name, style.string("or")]),
            Kind::And => style.call("alternatives", &[name, style.string("and")]),
        }
    };
    let parts: Vec<String> = template
        .pieces
        .iter()
        .map(|piece| match piece {
            Piece::Text(text) => style.string(text),
            Piece::Argument(at) => argument(*at),
            Piece::Maybe {
                argument: at,
                before,
                after,
            } => {
                let (name, kind) = template.parameters.get(*at).copied().unwrap_or_default();
                let mut inner = vec![argument(*at)];
                if !before.is_empty() {
                    inner.insert(0, style.string(before));
                }
                if !after.is_empty() {
                    inner.push(style.string(after));
                }
                let name = style.parameter(name);
                style.unless_missing(&name, kind == Kind::When, &inner.join(" + "))
            }
        })
        .collect();
    parts.join(" + ")
}
