//! Texts: those with a grammar, one of several, and plain words that YAML readers disagree about.

use super::context::{Context, Flags, Known};
use super::mistake::{Form, with_fix};
use super::report::{At, Frame, finding};
use super::shape::level;
use super::value::Outer;
use crate::catalog::{Enum, Layer, Normalize, ScalarType, TypeDef};
use crate::diagnostic::{Level, did_you_mean};
use crate::digest::same;
use crate::tree::{Node, Resolved, Scalar};
use herz_types::codes;
use herz_types::message::{self, Wanted};
use herz_types::scalar::{Dialect, Magnitude};
use std::borrow::Cow;

impl<'t, 'k: 't, 'c: 't> Context<'k, 'c> {
    /// A text with a grammar, which belongs to admission. Gives what it says, if it is well formed.
    pub(super) fn scalar(
        &mut self,
        frame: &Frame<'t>,
        text: &'t str,
        ty: ScalarType,
        outer: Outer<'_, 'c>,
        flags: Flags,
    ) -> Option<Magnitude> {
        if text.is_empty() && (ty.allow_empty || outer.mended.1) {
            return None;
        }
        let level = level(Level::Error, Layer::Admission, flags.advice);
        let read = self.grammar(frame, text, ty.dialect, level, None, outer.normalize, flags);
        // Limits of the structure look at the text before it is rewritten.
        read.filter(|_| outer.normalize.is_none())
    }

    /// Judges whether a text is well formed in a dialect; gives what it says if it is.
    #[allow(clippy::too_many_arguments)] // Each is one plain fact of the finding.
    pub(super) fn grammar(
        &mut self,
        frame: &Frame<'t>,
        text: &'t str,
        dialect: Dialect,
        level: Level,
        note: Option<&str>,
        normalize: Option<&Normalize>,
        flags: Flags,
    ) -> Option<Magnitude> {
        let text = normalized(text, normalize);
        let error = match dialect.parse(&text) {
            Ok(read) => return Some(read),
            Err(error) => error,
        };
        let shown = (!flags.sensitive).then_some(error.message.as_str());
        let mut found = finding(
            frame,
            At::Value,
            codes::GRAMMAR,
            level,
            message::grammar(shown, &error.allowed),
        );
        if let Some(mended) = error.suggestion.filter(|_| !flags.sensitive) {
            found = with_fix(
                found.help(format!("did you mean `{mended}`?")),
                frame,
                format!("write `{mended}`"),
                &mended,
                Form::Text,
            );
        }
        self.push(match note {
            Some(note) => found.help(note),
            None => found,
        });
        None
    }

    /// One of several texts.
    pub(super) fn one_of(
        &mut self,
        frame: &Frame<'t>,
        node: Node<'t>,
        one: &'c Enum,
        def: &'c TypeDef,
        outer: Outer<'_, 'c>,
        flags: Flags,
    ) {
        let Some(scalar) = node.scalar() else {
            self.wrong(frame, node, Wanted::Text, flags);
            return;
        };
        if scalar.resolved() != Resolved::Text {
            self.wrong_scalar(frame, scalar, Wanted::Text, None, flags);
            return;
        }
        let release = self.checker.shapes.release(def.package);
        let text = scalar.text;
        if let Some(value) = one
            .values
            .iter()
            .find(|value| same(&value.value, text) && value.life.covers(release))
        {
            if let Some(deprecation) = super::shape::deprecation(&value.life, release) {
                self.deprecated(frame, At::Value, "value", text, deprecation);
            }
            self.word(frame, scalar);
            self.limits(frame, Known::Text(text), outer, flags);
            return;
        }
        let mended = match one.layer {
            Layer::Structure => outer.mended.0,
            Layer::Admission => outer.mended.1,
        };
        if text.is_empty() && (one.allow_empty || mended) {
            return;
        }
        let level = level(one.level, one.layer, flags.advice);
        if let Some(value) = one.values.iter().find(|value| value.value == text) {
            self.other_release(
                frame,
                At::Value,
                "value",
                text,
                &value.life,
                def.package,
                level,
            );
            return;
        }
        let live = || {
            one.values
                .iter()
                .filter(|v| v.life.covers(release))
                .map(|v| v.value.as_str())
        };
        self.not_allowed(frame, text, live, level, None, flags);
    }

    /// A text that is none of those allowed.
    pub(super) fn not_allowed<'v, I: Iterator<Item = &'v str>>(
        &mut self,
        frame: &Frame<'t>,
        text: &str,
        allowed: impl Fn() -> I,
        level: Level,
        note: Option<&str>,
        flags: Flags,
    ) {
        let message = message::not_allowed(flags.show(text), allowed());
        let mut found = finding(frame, At::Value, codes::NOT_ALLOWED, level, message);
        if !flags.sensitive
            && let Some(meant) = did_you_mean(text, allowed())
        {
            found = with_fix(
                found.help(format!("did you mean `{meant}`?")),
                frame,
                format!("write `{meant}`"),
                meant,
                Form::Text,
            );
        }
        if let Some(note) = note {
            found = found.help(note);
        }
        self.push(found);
    }

    /// A plain word that other YAML readers take for a truth value.
    pub(super) fn word(&mut self, frame: &Frame<'t>, scalar: Scalar<'t>) {
        if yaml_bool(scalar).is_some() {
            let found = finding(
                frame,
                At::Value,
                codes::YAML_BOOL,
                Level::Warning,
                message::yaml_bool_text(scalar.text),
            );
            self.push(with_fix(
                found,
                frame,
                "quote it".to_owned(),
                scalar.text,
                Form::Quoted,
            ));
        }
    }
}

/// The text of a value that is one for some YAML readers at least: any text, and numbers with an
/// exponent that YAML 1.1 takes for texts, such as `1e3` (it wants a point and a sign there).
pub(crate) fn written_text(scalar: Scalar<'_>) -> Option<&str> {
    let text = scalar.text;
    match scalar.resolved() {
        Resolved::Text => Some(text),
        Resolved::Float(value) if value.is_finite() => {
            let exponent = text.split_once(['e', 'E']).map(|(_, exponent)| exponent)?;
            let number_everywhere = text.contains('.') && exponent.starts_with(['+', '-']);
            (!number_everywhere).then_some(text)
        }
        _ => None,
    }
}

/// The truth value that a plain word is for YAML 1.1.
pub(super) fn yaml_bool(scalar: Scalar<'_>) -> Option<bool> {
    if !scalar.plain {
        return None;
    }
    match scalar.text {
        "yes" | "Yes" | "YES" | "on" | "On" | "ON" => Some(true),
        "no" | "No" | "NO" | "off" | "Off" | "OFF" => Some(false),
        _ => None,
    }
}

/// The text that admission sees.
pub(crate) fn normalized<'a>(text: &'a str, normalize: Option<&Normalize>) -> Cow<'a, str> {
    match normalize {
        Some(Normalize::CutAt(end)) => {
            let cut = text.find(end.as_str()).and_then(|at| text.get(..at));
            Cow::Borrowed(cut.unwrap_or(text))
        }
        Some(Normalize::Prefix {
            text: prefix,
            unless,
            keep_empty,
        }) => {
            if text.starts_with(unless.as_str()) || (text.is_empty() && *keep_empty) {
                Cow::Borrowed(text)
            } else {
                Cow::Owned(format!("{prefix}{text}"))
            }
        }
        None => Cow::Borrowed(text),
    }
}
