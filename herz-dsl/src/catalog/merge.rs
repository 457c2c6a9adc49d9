//! Two catalogs as one.

use super::{Catalog, PackageId, Rule, RuleKind, Type, TypeBody, TypeId};
use crate::cel::{CelType, Expr, ExprKind};

impl Catalog {
    /// This catalog and `other` as one. A package of `other` replaces the one of the same name:
    /// its kinds are gone, its types are no longer reachable.
    ///
    /// ```
    /// use herz_dsl::catalog::Catalog;
    /// let nothing = Catalog { packages: vec![], kinds: vec![], types: vec![] };
    /// assert_eq!(nothing.clone().merged_with(nothing.clone()), nothing);
    /// ```
    #[must_use]
    pub fn merged_with(mut self, mut other: Self) -> Self {
        let replaced: Vec<bool> = self
            .packages
            .iter()
            .map(|package| other.packages.iter().any(|new| new.name == package.name))
            .collect();
        self.kinds.retain(|kind| {
            !replaced
                .get(kind.package.0 as usize)
                .copied()
                .unwrap_or(false)
        });
        // A replaced package keeps its number, since types still name it, but not its identity.
        for (package, replaced) in self.packages.iter_mut().zip(&replaced) {
            if *replaced {
                package.name.push_str(" (replaced)");
                package.group.push_str(" (replaced)");
            }
        }
        let shift = Shift {
            types: u32::try_from(self.types.len()).unwrap_or(u32::MAX),
            packages: u32::try_from(self.packages.len()).unwrap_or(u32::MAX),
        };
        for kind in &mut other.kinds {
            shift.package(&mut kind.package);
            shift.id(&mut kind.spec);
            if let Some(status) = &mut kind.status {
                shift.id(status);
            }
            kind.rules.iter_mut().for_each(|rule| shift.rule(rule));
        }
        for def in &mut other.types {
            shift.package(&mut def.package);
            match &mut def.body {
                TypeBody::Object(object) => {
                    for field in &mut object.fields {
                        shift.ty(&mut field.ty);
                    }
                    object.rules.iter_mut().for_each(|rule| shift.rule(rule));
                }
                TypeBody::Refined(ty, _) => shift.ty(ty),
                TypeBody::Enum(_) => {}
            }
        }
        self.packages.append(&mut other.packages);
        self.kinds.append(&mut other.kinds);
        self.types.append(&mut other.types);
        self
    }
}

/// How far the numbers of the second catalog move.
struct Shift {
    types: u32,
    packages: u32,
}

impl Shift {
    fn id(&self, id: &mut TypeId) {
        id.0 = id.0.saturating_add(self.types);
    }

    fn package(&self, id: &mut PackageId) {
        id.0 = id.0.saturating_add(self.packages);
    }

    fn ty(&self, ty: &mut Type) {
        match ty {
            Type::Ref(id) => self.id(id),
            Type::List(inner) | Type::Map(inner) => self.ty(inner),
            Type::Bool
            | Type::Int { .. }
            | Type::Float64
            | Type::String
            | Type::Bytes
            | Type::Scalar(_)
            | Type::Any
            | Type::AnyObject
            | Type::IntOrString => {}
        }
    }

    fn rule(&self, rule: &mut Rule) {
        if let RuleKind::Cel { expr, .. } = &mut rule.kind {
            self.expr(expr);
        }
    }

    fn expr(&self, expr: &mut Expr) {
        self.cel_type(&mut expr.ty);
        match &mut expr.kind {
            ExprKind::Literal(_)
            | ExprKind::Duration(_)
            | ExprKind::SelfObject
            | ExprKind::Variable(_) => {}
            ExprKind::Select(inner, _)
            | ExprKind::Has(inner, _)
            | ExprKind::Magnitude(_, inner)
            | ExprKind::Not(inner)
            | ExprKind::Negate(inner)
            | ExprKind::Size(inner) => self.expr(inner),
            ExprKind::Index(a, b)
            | ExprKind::Binary(_, a, b)
            | ExprKind::In(a, b)
            | ExprKind::Text(_, a, b) => {
                self.expr(a);
                self.expr(b);
            }
            ExprKind::Conditional(a, b, c) => {
                self.expr(a);
                self.expr(b);
                self.expr(c);
            }
            ExprKind::List(items) => items.iter_mut().for_each(|item| self.expr(item)),
            ExprKind::Macro { range, body, .. } => {
                self.expr(range);
                self.expr(body);
            }
        }
    }

    fn cel_type(&self, ty: &mut CelType) {
        match ty {
            CelType::Object(id) => self.id(id),
            CelType::List(inner) | CelType::Map(inner) => self.cel_type(inner),
            CelType::Bool
            | CelType::Int
            | CelType::Float
            | CelType::String
            | CelType::Duration
            | CelType::Opaque => {}
        }
    }
}
