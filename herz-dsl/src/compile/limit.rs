//! Limits: whether each fits its type, and its value.

use super::magnitude::{base, of_type};
use super::names::Origin;
use super::{Compiler, bound};
use crate::catalog::{Constraint, ConstraintKind, Field, Layer, Life, Merge, Type, TypeBody};
use crate::diagnostic::{Diagnostic, Level, codes};
use crate::schema::limit::{LimitDecl, LimitKeyword};
use crate::schema::type_expr::scalar;
use crate::schema::typedef::TypeBodyDecl;
use crate::schema::value::{Data, Text, Value};
use crate::tree::Resolved;
use herz_types::scalar::check_portable;

impl Compiler<'_> {
    /// The limits of narrowed types and of all fields.
    pub(super) fn compile_limits(&mut self) {
        for index in 0..self.names.origins.len() {
            let Some((package, _, Origin::Type(decl, _))) = self.names.origins.get(index).cloned()
            else {
                continue;
            };
            let TypeBodyDecl::Scalar(_, limits) = &decl.body else {
                continue;
            };
            let Some(def) = self.types.get(index) else {
                continue;
            };
            let TypeBody::Refined(ty, own) = &def.body else {
                continue;
            };
            let (ty, mut all, life) = (ty.clone(), own.clone(), def.life.clone());
            all.extend(
                limits
                    .iter()
                    .filter_map(|limit| self.limit(package, limit, &ty, &life)),
            );
            if let Some(def) = self.types.get_mut(index) {
                def.body = TypeBody::Refined(ty, all);
            }
        }
        for index in 0..self.names.owners.len() {
            let Some(owner) = self.names.owners.get(index).cloned() else {
                continue;
            };
            for (place, decl) in owner.object.fields.iter().enumerate() {
                let Some(field) = self.own.get(index).and_then(|fields| fields.get(place)) else {
                    continue;
                };
                let (ty, life) = (field.ty.clone(), field.life.clone());
                let limits: Vec<Constraint> = decl
                    .limits
                    .iter()
                    .filter_map(|limit| self.limit(owner.package, limit, &ty, &life))
                    .collect();
                if let Some(field) = self
                    .own
                    .get_mut(index)
                    .and_then(|fields| fields.get_mut(place))
                {
                    field.constraints.extend(limits);
                    let told_apart = told_apart(field);
                    field.constraints.extend(told_apart);
                }
            }
        }
    }

    fn limit(
        &mut self,
        package: usize,
        decl: &LimitDecl,
        ty: &Type,
        outer: &Life,
    ) -> Option<Constraint> {
        let life = self.life(package, &decl.life, Some((outer, "what it limits")));
        if !self.fits(decl.keyword, ty) {
            let message = format!(
                "`{}` does not fit the type `{}`: {}",
                decl.keyword.word(),
                self.describe(ty),
                fitting(decl.keyword)
            );
            self.diagnostics
                .push(Diagnostic::error(codes::LIMIT_TYPE, decl.span, message));
            return None;
        }
        let kind = match decl.keyword {
            LimitKeyword::Range => self.range(decl, ty)?,
            LimitKeyword::Length => {
                let (min, max) = self.counts(decl)?;
                ConstraintKind::Length { min, max }
            }
            LimitKeyword::Items => {
                let (min, max) = self.counts(decl)?;
                ConstraintKind::Items { min, max }
            }
            LimitKeyword::Unique => self.switch(decl, ConstraintKind::UniqueItems)?,
            LimitKeyword::Filled => self.switch(decl, ConstraintKind::Filled)?,
            LimitKeyword::Pattern => self.pattern(decl)?,
            LimitKeyword::MultipleOf => self.multiple_of(decl)?,
            LimitKeyword::Grammar => self.grammar(decl)?,
            LimitKeyword::OneOf => self.one_of(decl)?,
        };
        let layer = decl.layer.unwrap_or(match decl.keyword {
            LimitKeyword::Filled | LimitKeyword::Grammar | LimitKeyword::OneOf => Layer::Admission,
            _ => Layer::Structure,
        });
        let note = decl.note.as_ref().map(|note| note.text.trim().to_owned());
        Some(Constraint {
            kind,
            level: decl.level,
            layer,
            life,
            note,
        })
    }

    fn fits(&self, keyword: LimitKeyword, ty: &Type) -> bool {
        let ty = base(&self.types, ty);
        match keyword {
            // What could not be resolved is reported already.
            _ if *ty == Type::Any => true,
            LimitKeyword::Range => of_type(&self.types, ty).is_some(),
            LimitKeyword::Length => matches!(ty, Type::String | Type::Bytes | Type::Scalar(_)),
            LimitKeyword::Pattern => {
                matches!(ty, Type::String | Type::Scalar(_) | Type::IntOrString)
            }
            LimitKeyword::Items => matches!(ty, Type::List(_) | Type::Map(_) | Type::AnyObject),
            LimitKeyword::Unique => matches!(ty, Type::List(_)),
            LimitKeyword::MultipleOf => matches!(ty, Type::Int { .. } | Type::Float64),
            LimitKeyword::Filled => true,
            LimitKeyword::Grammar | LimitKeyword::OneOf => *ty == Type::String,
        }
    }

    fn range(&mut self, decl: &LimitDecl, ty: &Type) -> Option<ConstraintKind> {
        let text = self.bound_text(decl, "a range: `0..100`, `0..`, `..1h` or `0<..1`")?;
        let Some(ends) = bound::split(&text.text) else {
            self.bad_bound(
                &text,
                format!(
                    "`{}` is no range: `0..100`, `0..`, `..1h` or `0<..1` are",
                    text.text
                ),
            );
            return None;
        };
        let unit = of_type(&self.types, ty)?;
        let mut read = |end: Option<(&str, bool)>| match end
            .map(|(end, excluded)| bound::bound(&self.types, ty, unit, end, excluded))
        {
            None => Some(None),
            Some(Ok(bound)) => Some(Some(bound)),
            Some(Err(message)) => {
                self.diagnostics
                    .push(Diagnostic::error(codes::BAD_BOUND, text.span, message));
                None
            }
        };
        let (min, max) = (read(ends.min), read(ends.max));
        let (min, max) = (min?, max?);
        if let (Some(min), Some(max)) = (&min, &max)
            && (min.value > max.value || min.value >= max.value && (min.exclusive || max.exclusive))
        {
            self.unreachable(&text, format!("no value lies in the range `{}`", text.text));
            return None;
        }
        Some(ConstraintKind::Range { min, max })
    }

    fn counts(&mut self, decl: &LimitDecl) -> Option<(Option<u64>, Option<u64>)> {
        let word = decl.keyword.word();
        let text = self.bound_text(decl, "a range of whole numbers: `1..15`, `1..` or `..15`")?;
        let Some((min, max)) = bound::counts(&text.text) else {
            let mut finding = Diagnostic::error(
                codes::BAD_BOUND,
                text.span,
                format!(
                    "`{word}` must be a range of whole numbers, `1..15`, `1..` or `..15`, not `{}`",
                    text.text
                ),
            );
            if text.text.parse::<u64>().is_ok() {
                finding = finding.help(format!(
                    "`..{0}` is at most {0}, `{0}..{0}` exactly {0}",
                    text.text
                ));
            }
            self.diagnostics.push(finding);
            return None;
        };
        if min.zip(max).is_some_and(|(min, max)| min > max) {
            self.unreachable(&text, format!("no number lies in `{}`", text.text));
            return None;
        }
        Some((min, max))
    }

    fn switch(&mut self, decl: &LimitDecl, on: ConstraintKind) -> Option<ConstraintKind> {
        match decl.value.data {
            Data::Scalar {
                resolved: Resolved::Bool(true),
                ..
            } => Some(on),
            Data::Scalar {
                resolved: Resolved::Bool(false),
                ..
            }
            | Data::Broken => None,
            _ => {
                self.shape(
                    &decl.value,
                    format!("`{}` must be `true` or `false`", decl.keyword.word()),
                );
                None
            }
        }
    }

    fn pattern(&mut self, decl: &LimitDecl) -> Option<ConstraintKind> {
        let text = self.bound_text(decl, "a regular expression")?;
        if let Err(error) = check_portable(&text.text) {
            let span = self.locate(&text, error.offset, error.offset + 1);
            let finding = Diagnostic::error(codes::BAD_PATTERN, span, error.message).help(
                "a pattern uses only what RE2, Rust, Go, ECMAScript, Java and Python read alike",
            );
            self.diagnostics.push(finding);
            return None;
        }
        Some(ConstraintKind::Pattern(text.text))
    }

    fn multiple_of(&mut self, decl: &LimitDecl) -> Option<ConstraintKind> {
        let number = match decl.value.data {
            #[allow(clippy::cast_precision_loss)] // A step beyond 53 bits makes no sense.
            Data::Scalar {
                resolved: Resolved::Int(number),
                ..
            } => number as f64,
            Data::Scalar {
                resolved: Resolved::Float(number),
                ..
            } => number,
            _ => 0.0,
        };
        if number > 0.0 && number.is_finite() {
            return Some(ConstraintKind::MultipleOf(number));
        }
        if decl.value.data != Data::Broken {
            let message = format!(
                "`multipleOf` must be a number over 0, not {}",
                decl.value.describe()
            );
            self.diagnostics.push(Diagnostic::error(
                codes::BAD_BOUND,
                decl.value.span,
                message,
            ));
        }
        None
    }

    fn grammar(&mut self, decl: &LimitDecl) -> Option<ConstraintKind> {
        let text = self.bound_text(decl, "a type with a grammar, such as `duration(go)?`")?;
        if let Some(scalar) = scalar(&text.text) {
            return Some(ConstraintKind::Grammar {
                dialect: scalar.dialect,
                allow_empty: scalar.allow_empty,
            });
        }
        let message = format!("`{}` is no type with a grammar", text.text);
        let mut finding = Diagnostic::error(codes::UNKNOWN_TYPE, text.span, message);
        let names = herz_types::scalar::Dialect::ALL
            .iter()
            .map(|dialect| dialect.name());
        if let Some(meant) = crate::diagnostic::did_you_mean(text.text.trim_end_matches('?'), names)
        {
            finding = finding.help(format!("did you mean `{meant}`?"));
        }
        self.diagnostics.push(finding);
        None
    }

    fn one_of(&mut self, decl: &LimitDecl) -> Option<ConstraintKind> {
        let texts = decl
            .value
            .items()
            .filter(|items| !items.is_empty())
            .map(|items| {
                items
                    .iter()
                    .filter_map(|item| {
                        if let Data::Scalar {
                            text,
                            resolved: Resolved::Text,
                            ..
                        } = &item.data
                        {
                            return Some(Text::new(text, item.span));
                        }
                        self.shape(item, "a value of `oneOf` must be a text");
                        None
                    })
                    .collect::<Vec<Text>>()
            });
        let Some(texts) = texts else {
            self.shape(&decl.value, "`oneOf` must be a list of at least one text");
            return None;
        };
        for (index, text) in texts.iter().enumerate() {
            if let Some(twin) = texts
                .iter()
                .take(index)
                .find(|other| other.text == text.text)
            {
                let message = format!("`oneOf` has the value `{}` twice", text.text);
                self.diagnostics.push(
                    Diagnostic::error(codes::DUPLICATE_VALUE, text.span, message)
                        .related(twin.span, "the first one"),
                );
            }
        }
        Some(ConstraintKind::OneOf(
            texts.into_iter().map(|text| text.text).collect(),
        ))
    }

    /// The text of a limit; a plain number will do.
    fn bound_text(&mut self, decl: &LimitDecl, must: &str) -> Option<Text> {
        match &decl.value.data {
            Data::Scalar { text, resolved, .. } if *resolved != Resolved::Null => {
                Some(Text::new(text, decl.value.span))
            }
            _ => {
                self.shape(
                    &decl.value,
                    format!("`{}` must be {must}", decl.keyword.word()),
                );
                None
            }
        }
    }

    fn bad_bound(&mut self, text: &Text, message: String) {
        self.diagnostics
            .push(Diagnostic::error(codes::BAD_BOUND, text.span, message));
    }

    fn unreachable(&mut self, text: &Text, message: String) {
        self.diagnostics
            .push(Diagnostic::error(codes::UNREACHABLE, text.span, message));
    }

    /// Reports a value of the wrong shape.
    pub(super) fn shape(&mut self, value: &Value, must: impl AsRef<str>) {
        if value.data != Data::Broken {
            let message = format!("{}, not {}", must.as_ref(), value.describe());
            self.diagnostics
                .push(Diagnostic::error(codes::WRONG_SHAPE, value.span, message));
        }
    }
}

/// What a limit fits, for messages.
const fn fitting(keyword: LimitKeyword) -> &'static str {
    match keyword {
        LimitKeyword::Range => {
            "it fits numbers and scalars that are an amount (durations, sizes, rates, percentages)"
        }
        LimitKeyword::Length => "it fits texts; `items` counts the entries of lists and maps",
        LimitKeyword::Items => "it fits lists and maps; `length` counts the characters of texts",
        LimitKeyword::Unique => "it fits lists",
        LimitKeyword::Pattern => {
            "it fits texts; for the items of a list, name a type with `scalar: string` and the pattern"
        }
        LimitKeyword::MultipleOf => "it fits numbers",
        LimitKeyword::Filled => "it fits everything",
        LimitKeyword::Grammar | LimitKeyword::OneOf => "it fits `string`",
    }
}

/// What a server demands of a list that it merges entry by entry: it has to tell the entries apart.
fn told_apart(field: &Field) -> Option<Constraint> {
    let (merge, life) = field.merge.as_ref()?;
    let by = match merge {
        Merge::Atomic => return None,
        Merge::By(keys) => keys.clone(),
        Merge::Set => {
            let said = |limit: &Constraint| matches!(limit.kind, ConstraintKind::UniqueItems);
            if field.constraints.iter().any(said) {
                return None;
            }
            Vec::new()
        }
    };
    Some(Constraint {
        kind: ConstraintKind::ToldApart(by),
        level: Level::Error,
        layer: Layer::Structure,
        life: life.clone(),
        note: None,
    })
}
