//! What stands after `type:`: `string`, `list<Delay>`, `duration(go)?`, `k8s.Container`.

use super::read::Reader;
use super::value::{Text, Value};
use crate::catalog::{ScalarType, Type};
use crate::diagnostic::{Diagnostic, codes, did_you_mean};
use crate::source::Span;
use herz_types::scalar::Dialect;

/// How deep lists and maps may stand in each other in one type.
const DEPTH: usize = 16;

/// A type as written.
#[derive(Debug, Clone, PartialEq)]
pub struct TypeExpr {
    /// What it is.
    pub kind: TypeExprKind,
    /// Where it is written.
    pub span: Span,
}

/// What a [`TypeExpr`] is.
#[derive(Debug, Clone, PartialEq)]
pub enum TypeExprKind {
    /// A built-in type that needs no name to be looked up.
    Plain(Type),
    /// `probability`: a number in 0..1.
    Probability,
    /// `port`: a number in 1..65535.
    Port,
    /// `list<T>`.
    List(Box<TypeExpr>),
    /// `map<T>`.
    Map(Box<TypeExpr>),
    /// A name of one to three parts: `Delay`, `NetworkChaos.spec`, `k8s.Container`.
    Name(Vec<Text>),
}

impl TypeExpr {
    /// Reads a type from its text.
    pub fn read(reader: &mut Reader, value: &Value, keyword: &str) -> Option<Self> {
        let text = reader.text(value, keyword)?;
        // A quoted text has its quote before the first character.
        let written = text.span.end.saturating_sub(text.span.start) as usize;
        let shift = u32::from(written == text.text.len() + 2);
        match parse(&text.text, text.span, shift, 0) {
            Ok(ty) => Some(ty),
            Err(finding) => {
                reader.diagnostics.push(*finding);
                None
            }
        }
    }

    /// A built-in type at a place.
    pub fn plain(ty: Type, span: Span) -> Self {
        Self {
            kind: TypeExprKind::Plain(ty),
            span,
        }
    }

    /// The type inside all lists and maps.
    pub fn innermost(&self) -> &Self {
        match &self.kind {
            TypeExprKind::List(item) | TypeExprKind::Map(item) => item.innermost(),
            _ => self,
        }
    }
}

/// Parses `text`, which stands `shift` bytes after the start of `span`.
fn parse(text: &str, span: Span, shift: u32, depth: usize) -> Result<TypeExpr, Box<Diagnostic>> {
    let at = |from: usize, length: usize| {
        let start = (span.start + shift).saturating_add(u32::try_from(from).unwrap_or(0));
        let end = start.saturating_add(u32::try_from(length).unwrap_or(0));
        Span {
            start: start.min(span.end),
            end: end.min(span.end),
            ..span
        }
    };
    let fail = |message: String| Box::new(Diagnostic::error(codes::UNKNOWN_TYPE, span, message));
    let indent = text.len() - text.trim_start().len();
    let body = text.trim();
    let here = at(indent, body.len());
    if body.is_empty() {
        return Err(fail("a type is missing".to_owned()));
    }
    if let Some((head, rest)) = body.split_once('<') {
        let Some(inner) = rest.strip_suffix('>') else {
            return Err(fail(format!("`{body}` lacks the `>` at its end")));
        };
        if depth == DEPTH {
            return Err(fail(format!(
                "lists and maps stand more than {DEPTH} deep in each other"
            )));
        }
        let start = indent + head.len() + 1;
        let inside = |inner: &str, start: usize| {
            parse(
                inner,
                span,
                shift + u32::try_from(start).unwrap_or(0),
                depth + 1,
            )
            .map(Box::new)
        };
        let kind = match head.trim() {
            "list" => TypeExprKind::List(inside(inner, start)?),
            "map" => match inner.split_once(',') {
                // `map<string, T>` says what is so anyway: keys are texts.
                Some((key, rest)) if key.trim() == "string" && !rest.trim().is_empty() => {
                    TypeExprKind::Map(inside(rest, start + key.len() + 1)?)
                }
                Some((key, _)) if !key.contains('<') => {
                    return Err(fail(format!(
                        "keys of maps are texts, so `map<T>` names the values only, not `{body}`"
                    )));
                }
                _ => TypeExprKind::Map(inside(inner, start)?),
            },
            other => {
                let mut finding = fail(format!(
                    "`{other}<…>` is no type: `list<T>` and `map<T>` are"
                ));
                if let Some(meant) = did_you_mean(other, ["list", "map"]) {
                    finding = Box::new(finding.help(format!("did you mean `{meant}`?")));
                }
                return Err(finding);
            }
        };
        return Ok(TypeExpr { kind, span: here });
    }
    if let Some(kind) = builtin(body) {
        return Ok(TypeExpr { kind, span: here });
    }
    name(body, here)
}

/// A name that is none of the built-in types.
fn name(body: &str, span: Span) -> Result<TypeExpr, Box<Diagnostic>> {
    let parts: Vec<&str> = body.split('.').collect();
    let word = |part: &&str| {
        !part.is_empty()
            && part
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
    };
    if parts.len() <= 3 && parts.iter().all(word) {
        let parts = parts
            .into_iter()
            .map(|part| Text::new(part, span))
            .collect();
        return Ok(TypeExpr {
            kind: TypeExprKind::Name(parts),
            span,
        });
    }
    let message = format!("`{}` is no type", super::value::shorten(body));
    let mut finding = Diagnostic::error(codes::UNKNOWN_TYPE, span, message);
    if let Some(meant) = did_you_mean(body, builtin_names()) {
        finding = finding.help(format!("did you mean `{meant}`?"));
    }
    Err(Box::new(finding))
}

/// The built-in type of that name.
fn builtin(text: &str) -> Option<TypeExprKind> {
    let int = |bits, signed, format| Type::Int {
        bits,
        signed,
        format,
    };
    Some(TypeExprKind::Plain(match text {
        "bool" => Type::Bool,
        "string" => Type::String,
        "bytes" => Type::Bytes,
        "float64" => Type::Float64,
        "int" => int(64, true, false),
        "uint" => int(64, false, false),
        "uint8" => int(8, false, false),
        "uint16" => int(16, false, false),
        "int32" => int(32, true, true),
        "int64" => int(64, true, true),
        "uint32" => int(32, false, true),
        "uint64" => int(64, false, true),
        "any" => Type::Any,
        "object" => Type::AnyObject,
        "intOrString" => Type::IntOrString,
        "probability" => return Some(TypeExprKind::Probability),
        "port" => return Some(TypeExprKind::Port),
        other => Type::Scalar(scalar(other)?),
    }))
}

/// A text with a grammar: `duration(go)?`.
pub(crate) fn scalar(text: &str) -> Option<ScalarType> {
    let (name, allow_empty) = match text.strip_suffix('?') {
        Some(name) => (name, true),
        None => (text, false),
    };
    let dialect = Dialect::ALL
        .iter()
        .copied()
        .find(|dialect| dialect.name() == name)?;
    Some(ScalarType {
        dialect,
        allow_empty,
    })
}

/// The names of all built-in types, for suggestions.
pub(crate) fn builtin_names() -> impl Iterator<Item = &'static str> + Clone {
    const PLAIN: &[&str] = &[
        "bool",
        "string",
        "bytes",
        "float64",
        "int",
        "uint",
        "uint8",
        "uint16",
        "int32",
        "int64",
        "uint32",
        "uint64",
        "any",
        "object",
        "intOrString",
        "probability",
        "port",
    ];
    PLAIN
        .iter()
        .copied()
        .chain(Dialect::ALL.iter().map(|dialect| dialect.name()))
}
