//! Bodies of types and fields of objects; groups laid in.

use super::names::{Origin, inline, inline_name};
use super::{Compiler, life};
use crate::catalog::{
    Bound, Constraint, ConstraintKind, Enum, Field, Layer, Life, Object, Replaces, Type, TypeBody,
    TypeId, Zero,
};
use crate::diagnostic::{Diagnostic, codes};
use crate::schema::field::FieldDecl;
use crate::schema::type_expr::TypeExprKind;
use crate::schema::typedef::TypeBodyDecl;
use crate::source::Span;
use herz_types::Level;

impl<'a> Compiler<'a> {
    /// Doc, life and body of every named type, objects still empty, limits still missing.
    pub(super) fn compile_shapes(&mut self) {
        for index in 0..self.names.origins.len() {
            let Some((package, _, origin)) = self.names.origins.get(index).cloned() else {
                continue;
            };
            let (doc, life, body) = match origin {
                Origin::Type(decl, import) => {
                    let life = self.life(package, &decl.life, None);
                    let body = match &decl.body {
                        TypeBodyDecl::Enum(values) => {
                            TypeBody::Enum(self.compile_enum(package, values, &life, false))
                        }
                        TypeBodyDecl::Object(_) => TypeBody::Object(Object::default()),
                        TypeBodyDecl::Scalar(expr, _) => {
                            let ty = expr.as_ref().map_or(Type::Any, |expr| {
                                self.resolve(package, import, expr, None)
                            });
                            let limits = expr
                                .as_ref()
                                .map(|expr| narrowed_limits(&expr.kind))
                                .unwrap_or_default();
                            TypeBody::Refined(ty, limits)
                        }
                    };
                    (decl.doc.clone(), life, body)
                }
                Origin::Object(doc, decl, _) => {
                    // The kind reports what is wrong with its life.
                    let known = self.diagnostics.len();
                    let life = self.life(package, decl, None);
                    self.diagnostics.truncate(known);
                    (
                        doc.to_owned(),
                        Life {
                            deprecated: None,
                            ..life
                        },
                        TypeBody::Object(Object::default()),
                    )
                }
                Origin::Enum(values, _) => {
                    let values = self.compile_enum(package, values, &Life::default(), true);
                    (String::new(), Life::default(), TypeBody::Enum(values))
                }
                Origin::Narrowed(kind, _) => {
                    let ty = match kind {
                        TypeExprKind::Port => Type::Int {
                            bits: 32,
                            signed: true,
                            format: true,
                        },
                        _ => Type::Float64,
                    };
                    (
                        String::new(),
                        Life::default(),
                        TypeBody::Refined(ty, narrowed_limits(&kind)),
                    )
                }
            };
            if let Some(def) = self.types.get_mut(index) {
                (def.doc, def.life, def.body) = (doc, life, body);
            }
        }
        for owner in 0..self.names.owners.len() {
            let life = self
                .names
                .owners
                .get(owner)
                .and_then(|owner| self.types.get(owner.id?.0 as usize))
                .map(|def| def.life.clone());
            if let (Some(life), Some(owner)) = (life, self.names.owners.get_mut(owner)) {
                owner.life = Life {
                    deprecated: None,
                    ..life
                };
            }
        }
    }

    /// The fields that an owner declares itself, without limits, defaults and examples.
    pub(super) fn compile_own_fields(&mut self, owner: usize) -> Vec<Field> {
        let Some(owner) = self.names.owners.get(owner).cloned() else {
            return Vec::new();
        };
        let fields = owner.object.fields.iter().enumerate();
        fields
            .map(|(index, decl)| {
                let id = inline(decl).and_then(|_| {
                    let name = inline_name(&owner.name, owner.object, index);
                    self.names.ids.get(&(owner.package, name)).copied()
                });
                self.compile_field(owner.package, owner.import, decl, &owner.life, id)
            })
            .collect()
    }

    fn compile_field(
        &mut self,
        package: usize,
        import: Option<&str>,
        decl: &FieldDecl,
        outer: &Life,
        id: Option<TypeId>,
    ) -> Field {
        let ty = match (&decl.values, &decl.ty) {
            (Some(_), None) => id.map_or(Type::String, Type::Ref),
            (Some(values), Some(expr)) => self.enum_type(expr, id, values.span),
            (None, Some(expr)) => self.resolve(package, import, expr, id),
            (None, None) => Type::Any,
        };
        let life = self.life(package, &decl.life, Some((outer, "what it belongs to")));
        let defaults = self.written.get(package).map(|written| &written.file);
        Field {
            wire: decl.name.text.clone(),
            name: decl.rename.as_ref().map(|name| name.text.clone()),
            doc: decl.doc.clone(),
            ty,
            required: decl
                .required
                .unwrap_or_else(|| defaults.is_none_or(|file| file.required)),
            nullable: decl.nullable,
            default: None,
            normalize: decl.normalize.clone(),
            zero: decl
                .zero
                .unwrap_or_else(|| defaults.map_or(Zero::Kept, |file| file.zero)),
            constraints: decl
                .ty
                .as_ref()
                .map(|expr| narrowed_limits(&expr.kind))
                .unwrap_or_default(),
            merge: decl.merge.as_ref().map(|merge| {
                let merge_life = self.life(package, &merge.life, Some((&life, "the field")));
                (merge.merge.clone(), merge_life)
            }),
            life,
            aliases: decl
                .aliases
                .iter()
                .map(|alias| alias.text.clone())
                .collect(),
            replaces: decl.replaces.as_ref().map(|replaces| Replaces {
                field: replaces.field.text.clone(),
                form: replaces.form,
            }),
            immutable: decl.immutable,
            sensitive: decl.sensitive,
            examples: Vec::new(),
            semantics: decl.semantics,
        }
    }

    /// Objects out of their fields and those laid in. Unions and rules follow later.
    pub(super) fn assemble(&mut self) {
        for (index, owner) in self.names.owners.iter().enumerate() {
            let Some(def) = owner.id.and_then(|id| self.types.get_mut(id.0 as usize)) else {
                continue;
            };
            let laid = self.laid.get(index).map_or(&[][..], Vec::as_slice);
            let mut object = Object {
                open: owner.object.open,
                atomic: match &mut def.body {
                    TypeBody::Object(object) => object.atomic.take(),
                    _ => None,
                },
                ..Object::default()
            };
            for part in laid {
                object
                    .fields
                    .extend(self.own.get(*part).into_iter().flatten().cloned());
                let names = self
                    .names
                    .owners
                    .get(*part)
                    .map(|part| part.object.reserved.iter());
                object
                    .reserved
                    .extend(names.into_iter().flatten().map(|name| name.text.clone()));
            }
            def.body = TypeBody::Object(object);
        }
    }

    /// `atomic:` of every object.
    pub(super) fn compile_atomic(&mut self) {
        for index in 0..self.names.owners.len() {
            let Some(owner) = self.names.owners.get(index).cloned() else {
                continue;
            };
            let Some(atomic) = &owner.object.atomic else {
                continue;
            };
            let life = self.life(
                owner.package,
                &atomic.value,
                Some((&owner.life, "the type")),
            );
            if let Some(TypeBody::Object(object)) = owner
                .id
                .and_then(|id| self.types.get_mut(id.0 as usize))
                .map(|def| &mut def.body)
            {
                object.atomic = Some(life);
            }
        }
    }

    /// Every field must live only in releases that have its type.
    pub(super) fn check_type_lives(&mut self) {
        for (index, fields) in self.own.iter().enumerate() {
            let Some(owner) = self.names.owners.get(index) else {
                continue;
            };
            for (decl, field) in owner.object.fields.iter().zip(fields) {
                let lives = owner.life.intersect(&field.life);
                let Some(def) = named(&field.ty).and_then(|id| self.types.get(id.0 as usize))
                else {
                    continue;
                };
                if life::contains(&def.life, &lives) {
                    continue;
                }
                let span = decl.ty.as_ref().map_or(decl.name.span, |expr| expr.span);
                let when = match (&def.life.since, &def.life.until) {
                    (Some(since), None) => format!("came with {since}"),
                    (None, Some(until)) => format!("is gone since {until}"),
                    (Some(since), Some(until)) => {
                        format!("is there from {since} to before {until}")
                    }
                    (None, None) => continue,
                };
                let message = format!(
                    "`{}` has the type `{}` in releases without it: the type {when}",
                    field.wire, def.name
                );
                self.diagnostics
                    .push(Diagnostic::error(codes::BAD_LIFE, span, message));
            }
        }
    }

    /// The object of a type's body, if it is one.
    pub(super) fn object(&self, id: TypeId) -> Option<&Object> {
        match &self.types.get(id.0 as usize)?.body {
            TypeBody::Object(object) => Some(object),
            _ => None,
        }
    }

    /// The enum of a type, if it is one.
    pub(super) fn enumeration(&self, ty: &Type) -> Option<&Enum> {
        let Type::Ref(id) = super::magnitude::base(&self.types, ty) else {
            return None;
        };
        match &self.types.get(id.0 as usize)?.body {
            TypeBody::Enum(values) => Some(values),
            _ => None,
        }
    }

    /// Where a field of an owner is written, by its place in the assembled object.
    pub(super) fn declared(&self, owner: usize) -> Vec<(&'a FieldDecl, Span)> {
        let laid = self.laid.get(owner).map_or(&[][..], Vec::as_slice);
        laid.iter()
            .filter_map(|part| self.names.owners.get(*part))
            .flat_map(|part| {
                part.object
                    .fields
                    .iter()
                    .map(|field| (field, field.name.span))
            })
            .collect()
    }
}

/// The named type inside lists and maps.
fn named(ty: &Type) -> Option<TypeId> {
    match ty {
        Type::Ref(id) => Some(*id),
        Type::List(item) | Type::Map(item) => named(item),
        _ => None,
    }
}

/// The limits that `port` and `probability` bring along.
fn narrowed_limits(kind: &TypeExprKind) -> Vec<Constraint> {
    let range = match kind {
        TypeExprKind::Port => (1.0, "1", 65535.0, "65535"),
        TypeExprKind::Probability => (0.0, "0", 1.0, "1"),
        _ => return Vec::new(),
    };
    let bound = |value, text: &str| {
        Some(Bound {
            value,
            text: text.to_owned(),
            exclusive: false,
        })
    };
    vec![Constraint {
        kind: ConstraintKind::Range {
            min: bound(range.0, range.1),
            max: bound(range.2, range.3),
        },
        level: Level::Error,
        layer: Layer::Structure,
        life: Life::default(),
        note: None,
    }]
}
