//! Paths of rules, followed through the types.

use super::Compiler;
use super::magnitude::{base, describe};
use crate::catalog::{Field, FieldPath, Life, PathStep, ScalarType, Type, TypeBody, TypeId};
use crate::diagnostic::{Diagnostic, codes, did_you_mean};
use crate::schema::path::PathDecl;
use crate::schema::value::Text;
use crate::source::Span;
use herz_types::scalar::Dialect;

/// Where paths begin.
#[derive(Debug, Clone, Copy)]
pub(super) enum Root {
    /// An object.
    Object(TypeId),
    /// A whole document of a kind: its spec and status.
    Document(TypeId, Option<TypeId>),
    /// Items of a list that are of this type; for conditions on items.
    Item(TypeId),
}

/// Where a path ends.
#[derive(Debug, Clone)]
pub(super) struct Target {
    /// The type there.
    pub(super) ty: Type,
    /// Whether the path goes through every item of a list or map.
    pub(super) many: bool,
    /// Whether every step is a field that must be there, in every release.
    pub(super) required: bool,
    /// Releases that have the field.
    pub(super) life: Life,
}

/// Where a step stands: the path, where it is written, and the bytes of it before the step.
#[derive(Clone, Copy)]
struct Place<'p> {
    path: &'p FieldPath,
    span: Span,
    before: usize,
}

/// Whether every release has it.
fn always(life: &Life) -> bool {
    life.since.is_none() && life.until.is_none()
}

impl Compiler<'_> {
    /// Follows a path; a step that leads nowhere is reported.
    pub(super) fn follow(&mut self, root: Root, decl: &PathDecl) -> Option<Target> {
        self.follow_path(root, &decl.path, decl.span)
    }

    /// Follows the steps of a path that is written at `span`.
    pub(super) fn follow_path(
        &mut self,
        root: Root,
        path: &FieldPath,
        span: Span,
    ) -> Option<Target> {
        let mut target = Target {
            ty: Type::Any,
            many: false,
            required: true,
            life: Life::default(),
        };
        // Bytes of the text before the step, to point at it.
        let mut offset = 0;
        for (index, step) in path.0.iter().enumerate() {
            match step {
                PathStep::Each => {
                    offset += 2;
                    match base(&self.types, &target.ty).clone() {
                        Type::List(item) | Type::Map(item) => target.ty = *item,
                        Type::Any | Type::AnyObject => target.ty = Type::Any,
                        other => {
                            let before = FieldPath(path.0.iter().take(index).cloned().collect());
                            let message = format!(
                                "`{before}` is no list or map but {}, so `[]` does not fit",
                                describe(&self.types, &other)
                            );
                            self.diagnostics.push(Diagnostic::error(
                                codes::RULE_TYPE,
                                span,
                                message,
                            ));
                            return None;
                        }
                    }
                    (target.many, target.required) = (true, false);
                }
                PathStep::Field(name) => {
                    let before = if index == 0 { 0 } else { offset + 1 };
                    let at = Place { path, span, before };
                    offset += name.len() + usize::from(index > 0);
                    if index == 0 {
                        self.first_step(root, name, at, &mut target)?;
                    } else {
                        self.next_step(name, at, &mut target)?;
                    }
                }
            }
        }
        Some(target)
    }

    fn first_step(
        &mut self,
        root: Root,
        name: &str,
        at: Place<'_>,
        target: &mut Target,
    ) -> Option<()> {
        match root {
            Root::Object(id) | Root::Item(id) => {
                target.ty = Type::Ref(id);
                self.next_step(name, at, target)
            }
            Root::Document(spec, status) => {
                target.required = name != "status" && name != "spec";
                target.ty = match (name, status) {
                    ("apiVersion" | "kind", _) => Type::String,
                    ("metadata", _) => Type::AnyObject,
                    ("spec", _) => Type::Ref(spec),
                    ("status", Some(status)) => Type::Ref(status),
                    _ => {
                        let known = ["apiVersion", "kind", "metadata", "spec", "status"];
                        let at = self.step_span(at, name);
                        self.no_such_field(name, at, "the document", known.into_iter());
                        return None;
                    }
                };
                Some(())
            }
        }
    }

    fn next_step(&mut self, name: &str, at: Place<'_>, target: &mut Target) -> Option<()> {
        let ty = base(&self.types, &target.ty).clone();
        let id = match ty {
            Type::Ref(id) => id,
            Type::Any | Type::AnyObject => {
                (target.ty, target.required) = (metadata_field(name), false);
                return Some(());
            }
            other => {
                let mut finding = Diagnostic::error(
                    codes::NO_SUCH_FIELD,
                    self.step_span(at, name),
                    format!(
                        "there is no field `{name}` in a value of type `{}`",
                        describe(&self.types, &other)
                    ),
                );
                if matches!(other, Type::List(_) | Type::Map(_)) {
                    finding =
                        finding.help("`[]` stands for every item of a list or value of a map");
                }
                self.diagnostics.push(finding);
                return None;
            }
        };
        let def = self.types.get(id.0 as usize)?;
        let TypeBody::Object(object) = &def.body else {
            let message = format!(
                "there is no field `{name}` in a value of type `{}`",
                def.name
            );
            let at = self.step_span(at, name);
            self.diagnostics
                .push(Diagnostic::error(codes::NO_SUCH_FIELD, at, message));
            return None;
        };
        // A field that changed its type with a release stands here more than once.
        let found: Vec<&Field> = object
            .fields
            .iter()
            .filter(|field| field.wire == name)
            .collect();
        if let Some(field) = found.first() {
            let life = if found.len() == 1 {
                field.life.clone()
            } else {
                Life::default()
            };
            target.required &= found
                .iter()
                .all(|field| field.required && field.default.is_none() && always(&field.life));
            target.life = target.life.intersect(&life);
            target.ty = field.ty.clone();
            return Some(());
        }
        if object.open {
            (target.ty, target.required) = (Type::Any, false);
            return Some(());
        }
        let names: Vec<String> = object
            .fields
            .iter()
            .map(|field| field.wire.clone())
            .collect();
        let owner = format!("`{}`", def.name);
        let at = self.step_span(at, name);
        self.no_such_field(name, at, &owner, names.iter().map(String::as_str));
        None
    }

    /// Reports a field that is not there.
    pub(super) fn no_such_field<'n>(
        &mut self,
        name: &str,
        at: Span,
        owner: &str,
        known: impl Iterator<Item = &'n str> + Clone,
    ) {
        let mut finding = Diagnostic::error(
            codes::NO_SUCH_FIELD,
            at,
            format!("{owner} has no field `{name}`"),
        );
        if let Some(meant) = did_you_mean(name, known.clone()) {
            finding = finding.help(format!("did you mean `{meant}`?"));
            if at.end.saturating_sub(at.start) as usize == name.len() {
                finding = finding.fix(format!("replace by `{meant}`"), at, meant);
            }
        } else if known.clone().count() <= 12 && known.clone().next().is_some() {
            finding = finding.help(format!("it has {}", crate::schema::read::quoted(known)));
        }
        self.diagnostics.push(finding);
    }

    /// The place of one step, if the path is written without detours.
    fn step_span(&self, place: Place<'_>, name: &str) -> Span {
        let Place {
            path,
            span,
            before: offset,
        } = place;
        let text = Text::new(path.to_string(), span);
        let whole = self.locate(&text, 0, text.text.len());
        if (whole.end - whole.start) as usize == text.text.len() {
            return self.locate(&text, offset, offset + name.len());
        }
        // The path stands inside a longer text, as one side of a comparison does.
        let source = self
            .texts
            .get(&span.source)
            .and_then(|source| source.get(span.range()));
        let found = source.and_then(|written| find_word(written, &text.text));
        found.map_or(span, |at| {
            let start = span.start + u32::try_from(at + offset).unwrap_or(0);
            Span {
                start: start.min(span.end),
                end: (start + u32::try_from(name.len()).unwrap_or(0)).min(span.end),
                ..span
            }
        })
    }

    /// A field of an object by name; unknown ones are reported.
    pub(super) fn field_named(&mut self, id: TypeId, name: &Text) -> Option<Field> {
        let object = self.object(id)?;
        if let Some(field) = object.fields.iter().find(|field| field.wire == name.text) {
            return Some(field.clone());
        }
        let names: Vec<String> = object
            .fields
            .iter()
            .map(|field| field.wire.clone())
            .collect();
        let owner = self
            .types
            .get(id.0 as usize)
            .map_or_else(String::new, |def| format!("`{}`", def.name));
        self.no_such_field(
            &name.text,
            name.span,
            &owner,
            names.iter().map(String::as_str),
        );
        None
    }
}

/// The type of a field of `metadata`; anything below an open object is anything.
fn metadata_field(name: &str) -> Type {
    match name {
        "labels" | "annotations" => Type::Map(Box::new(Type::String)),
        "creationTimestamp" | "deletionTimestamp" => Type::Scalar(ScalarType {
            dialect: Dialect::Timestamp,
            allow_empty: false,
        }),
        _ => Type::Any,
    }
}

/// The first place where a word stands by itself.
fn find_word(text: &str, word: &str) -> Option<usize> {
    let part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    text.match_indices(word).map(|(at, _)| at).find(|at| {
        let before = text.get(..*at).and_then(|text| text.chars().next_back());
        let after = text
            .get(at + word.len()..)
            .and_then(|text| text.chars().next());
        !before.is_some_and(part) && !after.is_some_and(part)
    })
}
