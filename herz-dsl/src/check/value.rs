//! One value against its type. The type decides how a plain text is read.

use super::context::{Context, Flags, Known};
use super::limit::Limit;
use super::mistake::{Form, with_fix};
use super::number::{fits, number, whole};
use super::report::{At, Frame, finding};
use super::text::{written_text, yaml_bool};
use crate::catalog::{Normalize, PackageId, Type, TypeBody};
use crate::diagnostic::Level;
use crate::diagnostic::codes::AMBIGUOUS;
use crate::tree::{Kind, Node, Resolved, Scalar};
use herz_types::codes;
use herz_types::message::{self, Wanted};
use herz_types::scalar::Bytes;

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
        self.limits(frame, Known::map(node, value), outer, flags);
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
                let read = self.scalar(frame, scalar.text, *one, outer, flags);
                let known = Known::Scalar(scalar.text, one.dialect, read);
                self.limits(frame, known, outer, flags);
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
