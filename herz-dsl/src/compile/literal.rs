//! Values in schemas become literals of a type: defaults, examples, sides of conditions.

use super::Compiler;
use super::bound::int_limits;
use super::magnitude::describe;
use crate::catalog::{Enum, Life, Literal, Object, Type, TypeBody};
use crate::diagnostic::did_you_mean;
use crate::schema::value::{Data, Text, Value};
use crate::source::Span;
use crate::tree::Resolved;
use herz_types::Level;

/// What is wrong with a value: where, what, a hint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Misfit {
    pub(super) span: Span,
    pub(super) message: String,
    pub(super) help: Option<String>,
    /// Whether the value is of the type, but is none of an enum's.
    pub(super) unknown_value: bool,
}

impl Misfit {
    pub(super) fn new(span: Span, message: impl Into<String>) -> Self {
        Self {
            span,
            message: message.into(),
            help: None,
            unknown_value: false,
        }
    }
}

/// Types values against the types compiled so far.
pub(super) struct Typing<'c, 'a> {
    pub(super) compiler: &'c Compiler<'a>,
    /// Releases in which the value counts.
    pub(super) life: &'c Life,
    /// What is wrong.
    pub(super) misfits: Vec<Misfit>,
}

impl<'c, 'a> Typing<'c, 'a> {
    pub(super) fn new(compiler: &'c Compiler<'a>, life: &'c Life) -> Self {
        Self {
            compiler,
            life,
            misfits: Vec::new(),
        }
    }

    /// The literal that a value is for a type. Always gives one, the best it can.
    pub(super) fn literal(&mut self, value: &Value, ty: &Type, nullable: bool) -> Literal {
        let must = |this: &mut Self, what: &str| {
            if value.data != Data::Broken {
                this.misfits.push(Misfit::new(
                    value.span,
                    format!("{what}, not {}", value.describe()),
                ));
            }
            untyped(value)
        };
        if value.is_null() {
            if !nullable && !matches!(ty, Type::Any) {
                self.misfits
                    .push(Misfit::new(value.span, "null is no value here"));
            }
            return Literal::Null;
        }
        let resolved = match &value.data {
            Data::Scalar { resolved, .. } => *resolved,
            _ => Resolved::Text,
        };
        match ty {
            Type::Bool => match resolved {
                Resolved::Bool(truth) => Literal::Bool(truth),
                _ => must(self, "it must be `true` or `false`"),
            },
            Type::Int { bits, signed, .. } => match resolved {
                Resolved::Int(number) => {
                    let limits = int_limits(*bits, *signed);
                    if !(limits.0..=limits.1).contains(&i128::from(number)) {
                        self.misfits.push(Misfit::new(
                            value.span,
                            format!("{number} lies outside {}..{}", limits.0, limits.1),
                        ));
                    }
                    Literal::Int(number)
                }
                _ => must(self, "it must be a whole number"),
            },
            Type::Float64 => match resolved {
                #[allow(clippy::cast_precision_loss)] // A float is what the schema asks for.
                Resolved::Int(number) => Literal::Float(number as f64),
                Resolved::Float(number) if number.is_finite() => Literal::Float(number),
                _ => must(self, "it must be a number"),
            },
            Type::String | Type::Bytes | Type::Scalar(_) => self.text(value, ty),
            Type::IntOrString => match (&value.data, resolved) {
                (Data::Scalar { .. }, Resolved::Int(number)) => Literal::Int(number),
                (Data::Scalar { .. }, Resolved::Text) => self.text(value, &Type::String),
                _ => must(self, "it must be a whole number or a text"),
            },
            Type::List(item) => match &value.data {
                Data::List(items) => Literal::List(
                    items
                        .iter()
                        .map(|value| self.literal(value, item, false))
                        .collect(),
                ),
                _ => must(self, "it must be a list"),
            },
            Type::Map(item) => match &value.data {
                Data::Map(entries) => Literal::Map(
                    entries
                        .iter()
                        .map(|(key, value)| (key.text.clone(), self.literal(value, item, false)))
                        .collect(),
                ),
                _ => must(self, "it must be a map"),
            },
            Type::AnyObject => match &value.data {
                Data::Map(_) => untyped(value),
                _ => must(self, "it must be a map"),
            },
            Type::Any => untyped(value),
            Type::Ref(id) => match self.compiler.types.get(id.0 as usize).map(|def| &def.body) {
                Some(TypeBody::Object(object)) => match &value.data {
                    Data::Map(entries) => self.object(entries, object, value.span),
                    _ => must(self, "it must be a map"),
                },
                Some(TypeBody::Enum(values)) => self.enumeration(value, values),
                Some(TypeBody::Refined(inner, limits)) => {
                    let literal = self.literal(value, inner, nullable);
                    self.limits(value.span, &literal, inner, limits);
                    literal
                }
                None => untyped(value),
            },
        }
    }

    fn text(&mut self, value: &Value, ty: &Type) -> Literal {
        let Data::Scalar { text, resolved, .. } = &value.data else {
            if value.data != Data::Broken {
                self.misfits.push(Misfit::new(
                    value.span,
                    format!("it must be a text, not {}", value.describe()),
                ));
            }
            return untyped(value);
        };
        if *resolved != Resolved::Text {
            let mut misfit = Misfit::new(
                value.span,
                format!("it must be a text, not {}", value.describe()),
            );
            misfit.help = Some("quote it".to_owned());
            self.misfits.push(misfit);
        } else if let Type::Scalar(scalar) = ty
            && !(text.is_empty() && scalar.allow_empty)
            && let Err(error) = scalar.dialect.parse(text)
        {
            let mut misfit = Misfit::new(value.span, error.message);
            misfit.help = error
                .suggestion
                .map(|meant| format!("did you mean `{meant}`?"));
            self.misfits.push(misfit);
        }
        Literal::Text(text.clone())
    }

    fn enumeration(&mut self, value: &Value, values: &Enum) -> Literal {
        let literal = self.text(value, &Type::String);
        let Literal::Text(text) = &literal else {
            return literal;
        };
        if values.level == Level::Warning || (text.is_empty() && values.allow_empty) {
            return literal;
        }
        let known = values.values.iter().find(|known| known.value == *text);
        match known {
            Some(known) if !known.life.overlaps(self.life) => {
                let mut misfit = Misfit::new(
                    value.span,
                    format!("no release has both this and the value `{text}`"),
                );
                misfit.unknown_value = true;
                self.misfits.push(misfit);
            }
            Some(_) => {}
            None => {
                let names = || values.values.iter().map(|known| known.value.as_str());
                let mut misfit = Misfit::new(
                    value.span,
                    format!(
                        "`{text}` is none of {}",
                        crate::schema::read::quoted(names())
                    ),
                );
                misfit.help =
                    did_you_mean(text, names()).map(|meant| format!("did you mean `{meant}`?"));
                misfit.unknown_value = true;
                self.misfits.push(misfit);
            }
        }
        literal
    }

    fn object(&mut self, entries: &[(Text, Value)], object: &Object, span: Span) -> Literal {
        let mut literals = Vec::new();
        for (key, value) in entries {
            let mut fields = object.fields.iter().filter(|field| field.wire == key.text);
            let field = fields
                .clone()
                .find(|field| field.life.overlaps(self.life))
                .or_else(|| fields.next());
            let Some(field) = field else {
                if !object.open {
                    let names = object.fields.iter().map(|field| field.wire.as_str());
                    let mut misfit =
                        Misfit::new(key.span, format!("there is no field `{}`", key.text));
                    misfit.help = did_you_mean(&key.text, names)
                        .map(|meant| format!("did you mean `{meant}`?"));
                    self.misfits.push(misfit);
                }
                literals.push((key.text.clone(), untyped(value)));
                continue;
            };
            let literal = self.literal(value, &field.ty, field.nullable);
            self.limits(value.span, &literal, &field.ty, &field.constraints);
            literals.push((key.text.clone(), literal));
        }
        for field in object
            .fields
            .iter()
            .filter(|field| field.required && field.default.is_none())
        {
            let life = field.life.intersect(self.life);
            if life.overlaps(self.life)
                && !entries.iter().any(|(key, _)| key.text == field.wire)
                && field.life.overlaps(self.life)
            {
                self.misfits.push(Misfit::new(
                    span,
                    format!("the required field `{}` is missing", field.wire),
                ));
            }
        }
        Literal::Map(literals)
    }

    /// The type as schemas write it.
    pub(super) fn describe(&self, ty: &Type) -> String {
        describe(&self.compiler.types, ty)
    }
}

/// A value as YAML's core schema reads it.
pub(super) fn untyped(value: &Value) -> Literal {
    match &value.data {
        Data::Scalar { text, resolved, .. } => match resolved {
            Resolved::Null => Literal::Null,
            Resolved::Bool(truth) => Literal::Bool(*truth),
            Resolved::Int(number) => Literal::Int(*number),
            Resolved::Float(number) => Literal::Float(*number),
            Resolved::Uint(_) | Resolved::Text => Literal::Text(text.clone()),
        },
        Data::List(items) => Literal::List(items.iter().map(untyped).collect()),
        Data::Map(entries) => Literal::Map(
            entries
                .iter()
                .map(|(key, value)| (key.text.clone(), untyped(value)))
                .collect(),
        ),
        Data::Broken => Literal::Null,
    }
}
