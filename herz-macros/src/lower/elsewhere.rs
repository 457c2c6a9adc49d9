//! Types that are declared elsewhere: a derive sees one item at a time.

use super::Writer;
use crate::ast::Field;
use crate::attr::{Data, Value};
use crate::types::Ty;
use proc_macro2::Span;
use syn::ext::IdentExt;

/// A type that is declared elsewhere.
pub(crate) struct Foreign<'a> {
    pub(crate) name: String,
    pub(crate) ty: &'a syn::Type,
    /// Values that it must have: it is the tag of a union.
    pub(crate) cases: Option<Vec<String>>,
    /// Whether it must be an object.
    pub(crate) object: bool,
}

/// Something that must hold of a type that is declared elsewhere.
#[derive(Debug)]
pub(crate) struct Claim {
    /// Which of [`Lowered::named`].
    pub(crate) ty: usize,
    pub(crate) what: What,
    pub(crate) span: Span,
}

/// What must hold.
#[derive(Debug)]
pub(crate) enum What {
    /// It has this field.
    Field(String),
    /// It has this value.
    Value(String),
}

impl<'a> Writer<'a, '_> {
    /// The type of a field, in quotes.
    pub(super) fn ty(&mut self, ty: &'a Ty<'a>, span: Span) {
        self.covered(span, |writer| {
            writer.text().raw("\"");
            writer.bare_type(ty);
            writer.text().raw("\"");
        });
    }

    fn bare_type(&mut self, ty: &'a Ty<'a>) {
        match ty {
            Ty::Plain(name) => self.text().raw(name),
            Ty::List(inner) | Ty::Map(inner) => {
                let outer = if matches!(ty, Ty::List(_)) {
                    "list<"
                } else {
                    "map<"
                };
                self.text().raw(outer);
                self.bare_type(inner);
                self.text().raw(">");
            }
            Ty::Named(_, name) if name == "Self" || self.input.ident.unraw() == name => {
                let own = self.input.name.text.clone();
                self.text().raw(&own);
            }
            Ty::Named(ty, name) => {
                let at = self.foreign(name, ty);
                self.type_name(at);
            }
        }
    }

    /// The name of a type that is declared elsewhere; the declaration leaves it open.
    pub(super) fn type_name(&mut self, at: usize) {
        let name = self.out.named.get(at).map(|one| one.name.clone());
        let start = self.out.text.written.len();
        self.text().raw(&name.unwrap_or_default());
        let end = self.out.text.written.len();
        self.text().types.push((start..end, at));
    }

    /// The number of a type that is declared elsewhere. Two paths that end in one name get
    /// different names.
    pub(super) fn foreign(&mut self, name: &str, ty: &'a syn::Type) -> usize {
        if let Some(at) = self.out.named.iter().position(|one| same(one.ty, ty)) {
            return at;
        }
        let mut free = name.to_owned();
        let mut count = 2;
        while self.out.named.iter().any(|one| one.name == free) || free == self.input.name.text {
            free = format!("{name}{count}");
            count += 1;
        }
        self.out.named.push(Foreign {
            name: free,
            ty,
            cases: None,
            object: false,
        });
        self.out.named.len() - 1
    }

    pub(super) fn claim(&mut self, tested: Option<usize>, value: &str, span: Span) {
        if let Some(ty) = tested {
            self.out.claims.push(Claim {
                ty,
                what: What::Value(value.to_owned()),
                span,
            });
        }
    }

    pub(super) fn claim_field(&mut self, field: &'a Field<'a>, wire: &str, span: Span) {
        let Some((ty, name)) = field.ty.as_ref().and_then(|ty| ty.ty.named()) else {
            return;
        };
        if name == "Self" || self.input.ident.unraw() == name {
            return;
        }
        let at = self.foreign(name, ty);
        self.out.claims.push(Claim {
            ty: at,
            what: What::Field(wire.to_owned()),
            span,
        });
    }

    /// The tag of a union whose type is declared elsewhere has the values of the cases.
    pub(super) fn union(&mut self, value: &Value) {
        let Data::Map(entries) = &value.data else {
            return;
        };
        let get = |key: &str| entries.iter().find(|entry| entry.key.text == key);
        let Some(Data::Map(cases)) = get("cases").map(|entry| &entry.value.data) else {
            return;
        };
        let tag = match get("tag").map(|entry| &entry.value.data) {
            Some(Data::Word(key)) => key.text.clone(),
            Some(Data::Text(text)) => text.clone(),
            _ => return,
        };
        let Some(field) = self.field_of(&tag) else {
            return;
        };
        let Some((ty, name)) = field.ty.as_ref().and_then(|ty| ty.ty.named()) else {
            return;
        };
        let at = self.foreign(name, ty);
        for case in cases {
            self.claim(Some(at), &case.key.text, case.key.span);
        }
        let values = cases.iter().map(|case| case.key.text.clone()).collect();
        if let Some(foreign) = self.out.named.get_mut(at) {
            foreign.cases = Some(values);
        }
    }
}

/// Whether two types are written alike.
pub(super) fn same(one: &syn::Type, other: &syn::Type) -> bool {
    let plain = |ty: &syn::Type| quote::ToTokens::to_token_stream(ty).to_string();
    plain(one) == plain(other)
}
