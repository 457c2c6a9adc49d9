//! Values of another type, and fixes that replace a value.

use super::context::{Context, Flags};
use super::number::{number, whole};
use super::report::{At, Frame, finding};
use crate::diagnostic::{Diagnostic, Level};
use crate::tree::{Kind, Node, Resolved, Scalar};
use herz_types::codes;
use herz_types::message::{self, Found, Wanted};

impl<'t, 'k: 't, 'c: 't> Context<'k, 'c> {
    /// A value of another type.
    pub(super) fn wrong(
        &mut self,
        frame: &Frame<'t>,
        node: Node<'t>,
        wanted: Wanted,
        flags: Flags,
    ) {
        let found = match node.kind() {
            Kind::List(_) => Found::List,
            Kind::Map(_) => Found::Map,
            Kind::Scalar(scalar) => return self.wrong_scalar(frame, scalar, wanted, None, flags),
        };
        self.push(finding(
            frame,
            At::Value,
            codes::WRONG_TYPE,
            Level::Error,
            message::wrong_type(wanted, found),
        ));
    }

    /// A single value of another type; `mended` is what was meant, if that is known.
    pub(super) fn wrong_scalar(
        &mut self,
        frame: &Frame<'t>,
        scalar: Scalar<'t>,
        wanted: Wanted,
        mended: Option<&str>,
        flags: Flags,
    ) {
        let text = scalar.text;
        let found = match scalar.resolved() {
            Resolved::Null => Found::Null,
            _ if flags.sensitive => Found::Hidden,
            Resolved::Bool(_) => Found::Bool(text),
            Resolved::Int(_) | Resolved::Uint(_) => Found::Int(text),
            Resolved::Float(_) => Found::Float(text),
            Resolved::Text => Found::Text(text),
        };
        let mut diagnostic = finding(
            frame,
            At::Value,
            codes::WRONG_TYPE,
            Level::Error,
            message::wrong_type(wanted, found),
        );
        let is_text = scalar.resolved() == Resolved::Text;
        if let Some(mended) = mended {
            diagnostic = with_fix(
                diagnostic.help(format!("did you mean `{mended}`?")),
                frame,
                format!("write `{mended}`"),
                mended,
                Form::Text,
            );
        } else if wanted == Wanted::Text
            && scalar.plain
            && !is_text
            && scalar.resolved() != Resolved::Null
        {
            diagnostic = with_fix(
                diagnostic.help("quote it"),
                frame,
                "quote it".to_owned(),
                text,
                Form::Quoted,
            );
        } else if is_text && !scalar.plain && !flags.sensitive {
            let plain = Scalar { text, plain: true }.resolved();
            let fits = match wanted {
                Wanted::Bool => matches!(plain, Resolved::Bool(_)),
                Wanted::Int => whole(plain).is_some(),
                Wanted::Float => number(plain).is_some(),
                _ => false,
            };
            if fits {
                diagnostic = with_fix(
                    diagnostic.help("leave the quotes out"),
                    frame,
                    "leave the quotes out".to_owned(),
                    text,
                    Form::Plain,
                );
            }
        }
        self.push(diagnostic);
    }
}

/// How a fix writes a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// As a text: quoted if some reader could take it for something else, or if it was.
    Text,
    /// As a text in quotes.
    Quoted,
    /// As it is.
    Plain,
}

/// A fix that replaces the value; none for a value behind an alias, which others may use too.
pub(super) fn with_fix(
    diagnostic: Diagnostic,
    frame: &Frame<'_>,
    title: String,
    text: &str,
    form: Form,
) -> Diagnostic {
    let Some(node) = frame.node.filter(|node| node.alias().is_none()) else {
        return diagnostic;
    };
    let was_quoted = node.scalar().is_some_and(|scalar| !scalar.plain);
    let written = match form {
        Form::Plain => text.to_owned(),
        Form::Text if !was_quoted => crate::defaults::text_to_yaml(text),
        Form::Text | Form::Quoted => format!("{text:?}"),
    };
    diagnostic.fix(title, node.span(), written)
}
