//! One value against its type. The type decides how a plain text is read.

use super::context::{Context, Flags, Known};
use super::report::{At, Frame, finding};
use super::shape::{Limit, level};
use crate::catalog::{Enum, Layer, Normalize, PackageId, ScalarType, Type, TypeBody, TypeDef};
use crate::diagnostic::codes::AMBIGUOUS;
use crate::diagnostic::{Diagnostic, Level, did_you_mean};
use crate::tree::{Kind, Node, Resolved, Scalar};
use herz_types::codes;
use herz_types::message::{self, Found, Wanted};
use herz_types::scalar::{Bytes, Dialect};
use std::borrow::Cow;

/// What is known of a value besides its type.
#[derive(Clone, Copy)]
pub(super) struct Outer<'s, 'c> {
    /// Limits of the field or of the refined types around.
    pub(super) limits: &'s [Limit<'c>],
    /// How the platform rewrites a text before admission.
    pub(super) normalize: Option<&'c Normalize>,
    /// Whether an empty value is replaced before structure judges, and before admission judges.
    pub(super) mended: (bool, bool),
    /// The package whose manners with null apply.
    pub(super) package: PackageId,
}

impl<'t, 'k: 't, 'c: 't> Context<'k, 'c> {
    /// Checks a value that is not null.
    pub(super) fn value(
        &mut self,
        frame: &Frame<'t>,
        node: Node<'t>,
        ty: &'t Type,
        outer: Outer<'_, 'c>,
        flags: Flags,
    ) {
        if node.is_broken() {
            return;
        }
        match ty {
            Type::Ref(id) => {
                let Some(def) = self.checker.shapes.catalog.get(*id) else {
                    return;
                };
                match &def.body {
                    TypeBody::Object(_) => {
                        if node.is_map() {
                            let checker = self.checker;
                            if let Some(shape) = checker.shapes.object(*id) {
                                self.object(frame, node, shape, flags);
                            }
                            self.limits(frame, Known::Container(node), outer, flags);
                        } else {
                            self.wrong(frame, node, Wanted::Map, flags);
                        }
                    }
                    TypeBody::Enum(one) => self.one_of(frame, node, one, def, outer, flags),
                    TypeBody::Refined(inner, _) => {
                        let checker = self.checker;
                        let package = def.package;
                        self.value(frame, node, inner, Outer { package, ..outer }, flags);
                        // The type's own limits; what is wrong with the type is reported already.
                        let own = Outer {
                            limits: checker.shapes.refined(*id),
                            ..outer
                        };
                        if let Some(known) = Known::read(node, inner) {
                            self.limits(frame, known, own, flags);
                        }
                    }
                }
            }
            Type::List(item) => self.list(frame, node, item, outer, flags),
            Type::Map(value) => self.map(frame, node, value, outer, flags),
            Type::AnyObject if !node.is_map() => self.wrong(frame, node, Wanted::Map, flags),
            Type::AnyObject | Type::Any => self.limits(frame, Known::Container(node), outer, flags),
            _ => match node.kind() {
                Kind::Scalar(scalar) => self.single(frame, scalar, ty, outer, flags),
                Kind::List(_) | Kind::Map(_) => self.wrong(frame, node, wanted(ty), flags),
            },
        }
    }

    fn list(
        &mut self,
        frame: &Frame<'t>,
        node: Node<'t>,
        item: &'t Type,
        outer: Outer<'_, 'c>,
        flags: Flags,
    ) {
        if !node.is_list() {
            self.wrong(frame, node, Wanted::List, flags);
            return;
        }
        let inner = Outer {
            limits: &[],
            mended: (false, false),
            ..outer
        };
        for (index, node) in node.items().enumerate() {
            if self.is_full() {
                return;
            }
            let frame = frame.item(index, node);
            if node.is_null() && !matches!(item, Type::Any) {
                self.push(finding(
                    &frame,
                    At::Value,
                    codes::NULL,
                    Level::Error,
                    message::null_item(),
                ));
            } else {
                self.value(&frame, node, item, inner, flags);
            }
        }
        self.limits(frame, Known::Container(node), outer, flags);
    }

    fn map(
        &mut self,
        frame: &Frame<'t>,
        node: Node<'t>,
        value: &'t Type,
        outer: Outer<'_, 'c>,
        flags: Flags,
    ) {
        if !node.is_map() {
            self.wrong(frame, node, Wanted::Map, flags);
            return;
        }
        let inner = Outer {
            limits: &[],
            mended: (false, false),
            ..outer
        };
        for entry in node.entries() {
            if self.is_full() {
                return;
            }
            let frame = frame.entry(entry);
            if entry.value.is_null() && !matches!(value, Type::Any) {
                self.null(&frame, entry.key.text, outer.package);
            } else {
                self.value(&frame, entry.value, value, inner, flags);
            }
        }
        self.limits(frame, Known::Container(node), outer, flags);
    }

    /// Null where it is no value. True if the package takes it for «absent».
    pub(super) fn null(&mut self, frame: &Frame<'t>, name: &str, package: PackageId) -> bool {
        if frame.node.is_some_and(Node::is_broken) {
            return true;
        }
        let lenient = self
            .checker
            .shapes
            .package(package)
            .is_some_and(|package| package.lenient_null);
        let level = if lenient {
            Level::Warning
        } else {
            Level::Error
        };
        self.push(
            finding(frame, At::Value, codes::NULL, level, message::null(name))
                .help("leave the key out if there is no value"),
        );
        lenient
    }

    /// A single value of a type that is no list, map, object or enum.
    fn single(
        &mut self,
        frame: &Frame<'t>,
        scalar: Scalar<'t>,
        ty: &'t Type,
        outer: Outer<'_, 'c>,
        flags: Flags,
    ) {
        let mut resolved = scalar.resolved();
        if matches!(resolved, Resolved::Float(_))
            && matches!(ty, Type::String | Type::Scalar(_))
            && written_text(scalar).is_some()
        {
            // The schema decides between the readings, and tells.
            resolved = Resolved::Text;
            let text = message::ambiguous_text(scalar.text);
            let found = finding(frame, At::Value, AMBIGUOUS, Level::Warning, text);
            self.push(with_fix(
                found,
                frame,
                "quote it".to_owned(),
                scalar.text,
                Form::Quoted,
            ));
        }
        match (ty, resolved) {
            (Type::Bool, Resolved::Bool(value)) => {
                self.limits(frame, Known::Bool(value), outer, flags);
            }
            (Type::Bool, Resolved::Text) if yaml_bool(scalar).is_some() => {
                let mended = if yaml_bool(scalar) == Some(true) {
                    "true"
                } else {
                    "false"
                };
                let found = finding(
                    frame,
                    At::Value,
                    codes::YAML_BOOL,
                    Level::Error,
                    message::yaml_bool(scalar.text),
                );
                let title = format!("write `{mended}`");
                self.push(with_fix(found, frame, title, mended, Form::Plain));
            }
            (Type::Int { bits, signed, .. }, _) => match whole(resolved) {
                Some(value) if fits(value, *bits, *signed) => {
                    self.limits(frame, Known::Int(value, scalar.text), outer, flags);
                }
                Some(_) => {
                    let text = message::out_of_width(flags.show(scalar.text), *signed, *bits);
                    self.push(finding(
                        frame,
                        At::Value,
                        codes::OUT_OF_RANGE,
                        Level::Error,
                        text,
                    ));
                }
                None => self.wrong_scalar(frame, scalar, Wanted::Int, None, flags),
            },
            (Type::Float64, _) => match number(resolved) {
                Some(value) => self.limits(frame, Known::Float(value, scalar.text), outer, flags),
                None => self.wrong_scalar(frame, scalar, Wanted::Float, None, flags),
            },
            (Type::IntOrString, Resolved::Int(value)) => {
                self.limits(frame, Known::Int(value.into(), scalar.text), outer, flags);
            }
            (Type::IntOrString | Type::String, Resolved::Text) => {
                self.word(frame, scalar);
                self.limits(frame, Known::Text(scalar.text), outer, flags);
            }
            (Type::Bytes, Resolved::Text) => {
                if let Err(error) = Bytes::new(scalar.text).decode() {
                    let text = message::not_base64(&error.message);
                    self.push(finding(
                        frame,
                        At::Value,
                        codes::GRAMMAR,
                        Level::Error,
                        text,
                    ));
                } else {
                    self.limits(frame, Known::Text(scalar.text), outer, flags);
                }
            }
            (Type::Scalar(one), Resolved::Text) => {
                if self.scalar(frame, scalar.text, *one, outer, flags) {
                    self.limits(frame, Known::Scalar(scalar.text, one.dialect), outer, flags);
                }
            }
            (Type::Scalar(one), Resolved::Int(_) | Resolved::Uint(_) | Resolved::Float(_))
                if !flags.sensitive =>
            {
                // Quotes alone would not do where the text is malformed too: `10` for `10s`.
                let mended = one.dialect.parse(scalar.text).err();
                let mended = mended.and_then(|error| error.suggestion);
                self.wrong_scalar(frame, scalar, Wanted::Text, mended.as_deref(), flags);
            }
            _ => self.wrong_scalar(frame, scalar, wanted(ty), None, flags),
        }
    }

    /// A text with a grammar, which belongs to admission. True if limits may look at it.
    fn scalar(
        &mut self,
        frame: &Frame<'t>,
        text: &'t str,
        ty: ScalarType,
        outer: Outer<'_, 'c>,
        flags: Flags,
    ) -> bool {
        if text.is_empty() && (ty.allow_empty || outer.mended.1) {
            return true;
        }
        let level = level(Level::Error, Layer::Admission, flags.advice);
        self.grammar(frame, text, ty.dialect, level, None, outer.normalize, flags);
        true
    }

    /// Whether a text is well formed in a dialect.
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
    ) {
        let text = normalized(text, normalize);
        let Err(error) = dialect.parse(&text) else {
            return;
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
    }

    /// One of several texts.
    fn one_of(
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
            .find(|value| value.value == text && value.life.covers(release))
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
    fn word(&mut self, frame: &Frame<'t>, scalar: Scalar<'t>) {
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

    fn wrong_scalar(
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
enum Form {
    /// As a text: quoted if some reader could take it for something else, or if it was.
    Text,
    /// As a text in quotes.
    Quoted,
    /// As it is.
    Plain,
}

/// A fix that replaces the value; none for a value behind an alias, which others may use too.
fn with_fix(
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

/// What a type wants, in a word.
fn wanted(ty: &Type) -> Wanted {
    match ty {
        Type::Bool => Wanted::Bool,
        Type::Int { .. } => Wanted::Int,
        Type::Float64 => Wanted::Float,
        Type::String | Type::Bytes | Type::Scalar(_) | Type::Any | Type::Ref(_) => Wanted::Text,
        Type::List(_) => Wanted::List,
        Type::Map(_) | Type::AnyObject => Wanted::Map,
        Type::IntOrString => Wanted::IntOrText,
    }
}

/// A whole number; `5.0` is one.
pub(crate) fn whole(resolved: Resolved) -> Option<i128> {
    /// Whole numbers up to here are exact as floats.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    match resolved {
        Resolved::Int(value) => Some(value.into()),
        Resolved::Uint(value) => Some(value.into()),
        #[allow(clippy::cast_possible_truncation)] // It is whole and small.
        Resolved::Float(value) if value.fract() == 0.0 && value.abs() <= EXACT => {
            Some(value as i128)
        }
        _ => None,
    }
}

#[allow(clippy::cast_precision_loss)] // A float is what is wanted.
pub(super) fn number(resolved: Resolved) -> Option<f64> {
    match resolved {
        Resolved::Int(value) => Some(value as f64),
        Resolved::Uint(value) => Some(value as f64),
        Resolved::Float(value) => Some(value),
        _ => None,
    }
}

fn fits(value: i128, bits: u8, signed: bool) -> bool {
    let bits = u32::from(bits.min(64));
    if signed {
        let end = 1_i128 << (bits.max(1) - 1);
        (-end..end).contains(&value)
    } else {
        (0..1_i128 << bits).contains(&value)
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
fn yaml_bool(scalar: Scalar<'_>) -> Option<bool> {
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
