//! Values of any type, by the limits of type and field.

use super::super::file::FileScope;
use super::super::literal::{float, int};
use super::super::member::ident;
use super::super::pattern;
use super::place::Place;
use super::verdict::{Binds, Verdict};
use super::{is_text, runtime};
use herz_dsl::catalog::{
    Bound, Constraint, ConstraintKind, Field, Layer, ScalarType, Type, TypeBody,
};
use herz_types::scalar::Dialect;
use proc_macro2::TokenStream;
use quote::quote;

/// Every limit of a field's value: those of the types that it narrows first.
pub(super) fn limits<'c>(file: &'c FileScope<'_, '_>, field: &'c Field) -> Vec<&'c Constraint> {
    let mut all = of_type(file, &field.ty);
    all.extend(&field.constraints);
    all
}

fn of_type<'c>(file: &'c FileScope<'_, '_>, ty: &'c Type) -> Vec<&'c Constraint> {
    let Type::Ref(id) = ty else { return Vec::new() };
    match file.graph.catalog.get(*id).map(|def| &def.body) {
        Some(TypeBody::Refined(inner, limits)) if file.graph.external(*id).is_none() => {
            let mut all = of_type(file, inner);
            all.extend(limits);
            all
        }
        _ => Vec::new(),
    }
}

/// Whether a field's value is fine, its type and limits considered.
pub(super) fn value(file: &FileScope<'_, '_>, place: &Place, field: &Field) -> Verdict {
    let limits = limits(file, field);
    // The platform rewrites the text before admission judges it.
    let rewritten = field.normalize.is_some();
    Values { file, rewritten }.value(place, &field.ty, &limits)
}

#[derive(Clone, Copy)]
struct Values<'f, 'g, 'c> {
    file: &'f FileScope<'g, 'c>,
    rewritten: bool,
}

impl Values<'_, '_, '_> {
    fn value(self, place: &Place, ty: &Type, limits: &[&Constraint]) -> Verdict {
        if let Some(verdict) = self.by_type(place, ty, limits) {
            return verdict;
        }
        match self.file.graph.resolve(ty) {
            Type::Bool => self.ask(place, ty),
            Type::Int { .. } | Type::Float64 => {
                let number = place.copied(self.file, ty);
                self.ask(place, ty).and(self.number(&number, limits))
            }
            Type::Scalar(scalar) => is(place, "is_string")
                .and(self.scalar(place, *scalar, limits))
                .and(self.text(&place.text(self.file), limits)),
            Type::String | Type::Bytes | Type::Ref(_) => {
                let own = self.ask(place, ty);
                if is_text(self.file, ty) {
                    own.and(self.text(&place.text(self.file), limits))
                } else {
                    own
                }
            }
            Type::List(inner) => is(place, "is_array").and(self.list(place, inner, limits)),
            Type::Map(inner) => {
                let (map, values) = (place.map(self.file), self.entries(place, inner, &[]));
                is(place, "is_object")
                    .and(count(&map, limits))
                    .and(values.over(&map, &quote!(values), true))
            }
            Type::Any | Type::AnyObject | Type::IntOrString => {
                let known = limits
                    .iter()
                    .all(|limit| matches!(limit.kind, ConstraintKind::Filled));
                self.ask(place, ty).and(known.into())
            }
        }
    }

    /// The verdict of the type's own method, where it says all.
    fn by_type(self, place: &Place, ty: &Type, limits: &[&Constraint]) -> Option<Verdict> {
        let alone = limits
            .iter()
            .all(|limit| matches!(limit.kind, ConstraintKind::Filled));
        (alone && self.says_all(ty)).then(|| self.ask(place, ty))
    }

    /// Whether a type's own method knows all that there is to know.
    fn says_all(self, ty: &Type) -> bool {
        match ty {
            Type::List(inner) | Type::Map(inner) => self.says_all(inner),
            Type::Scalar(scalar) => !scalar.allow_empty && !self.rewritten,
            Type::Ref(id) => !matches!(
                self.file.graph.catalog.get(*id).map(|def| &def.body),
                Some(TypeBody::Refined(..))
            ),
            _ => true,
        }
    }

    /// What the type's own method says.
    fn ask(self, place: &Place, ty: &Type) -> Verdict {
        if place.is_raw() {
            let (read, ty) = (self.file.runtime("read", "Read"), self.file.ty(ty));
            return place.ask(quote!(<#ty as #read>::is_right));
        }
        if self.is_free(ty) {
            return Verdict::Yes;
        }
        let look = self.file.runtime("view", "Look");
        place.ask(quote!(#look::is_fine))
    }

    /// Whether no value of the type is wrong, in a struct.
    fn is_free(self, ty: &Type) -> bool {
        match self.file.graph.resolve(ty) {
            Type::List(inner) | Type::Map(inner) => self.is_free(inner),
            Type::Bool
            | Type::Int { .. }
            | Type::Float64
            | Type::String
            | Type::Any
            | Type::AnyObject
            | Type::IntOrString => true,
            Type::Bytes | Type::Scalar(_) | Type::Ref(_) => false,
        }
    }

    fn number(self, number: &TokenStream, limits: &[&Constraint]) -> Verdict {
        let mut fine = Verdict::Yes;
        for limit in limits {
            fine = fine.and(match &limit.kind {
                ConstraintKind::Range { min, max } => {
                    let within = runtime(self.file, "within");
                    let (min, max) = (self.edge(min.as_ref()), self.edge(max.as_ref()));
                    Verdict::atom(quote!(#within(#number, #min, #max)))
                }
                ConstraintKind::MultipleOf(step) => {
                    let (multiple, step) = (runtime(self.file, "multiple"), float(*step));
                    Verdict::atom(quote!(#multiple(#number, #step)))
                }
                _ => Verdict::Yes,
            });
        }
        fine
    }

    fn edge(self, bound: Option<&Bound>) -> TokenStream {
        let Some(bound) = bound else {
            return quote!(None);
        };
        let edge = runtime(self.file, if bound.exclusive { "beyond" } else { "at" });
        let value = float(bound.value);
        quote!(#edge(#value))
    }

    /// A text with a grammar, and what it says.
    fn scalar(self, place: &Place, scalar: ScalarType, limits: &[&Constraint]) -> Verdict {
        if self.rewritten {
            return Verdict::No;
        }
        let test = self.number(&quote!(it), limits);
        let text = place.text(self.file);
        let read = match &test {
            Verdict::Yes => self.reads(&text, scalar.dialect),
            Verdict::No => return Verdict::No,
            test @ (Verdict::If(..) | Verdict::Of(_)) => {
                let (said, dialect) = (runtime(self.file, "said"), self.dialect(scalar.dialect));
                let test = test.closure();
                Verdict::atom(quote!(#said::<#dialect>(#text, #test)))
            }
        };
        or_empty(
            &place.texts(self.file),
            scalar.dialect,
            scalar.allow_empty,
            read,
        )
    }

    fn dialect(self, dialect: Dialect) -> TokenStream {
        self.file.runtime("scalar", dialect.rust_type())
    }

    fn reads(self, text: &TokenStream, dialect: Dialect) -> Verdict {
        let (reads, dialect) = (runtime(self.file, "reads"), self.dialect(dialect));
        Verdict::atom(quote!(#reads::<#dialect>(#text)))
    }

    fn text(self, text: &TokenStream, limits: &[&Constraint]) -> Verdict {
        let mut fine = Verdict::Yes;
        for limit in limits {
            let one = match &limit.kind {
                ConstraintKind::Length { min, max } => {
                    let characters = runtime(self.file, "characters");
                    between(&quote!(#characters(#text)), *min, *max)
                }
                ConstraintKind::Pattern(pattern) => {
                    Verdict::atom(pattern::matches(self.file, pattern, text))
                }
                ConstraintKind::Grammar {
                    dialect,
                    allow_empty,
                } => {
                    let read = self.reads(text, *dialect);
                    or_empty(text, *dialect, *allow_empty, read)
                }
                ConstraintKind::OneOf(values) => {
                    Verdict::atom(quote!(matches!(#text, #(#values)|*)))
                }
                ConstraintKind::Range { .. }
                | ConstraintKind::Items { .. }
                | ConstraintKind::MultipleOf(_)
                | ConstraintKind::UniqueItems
                | ConstraintKind::ToldApart(_)
                | ConstraintKind::Filled => Verdict::Yes,
            };
            let said =
                self.rewritten && limit.layer == Layer::Admission && !matches!(one, Verdict::Yes);
            fine = fine.and(if said { Verdict::No } else { one });
        }
        fine
    }

    fn list(self, place: &Place, inner: &Type, limits: &[&Constraint]) -> Verdict {
        let receiver = place.list(self.file);
        let mut fine = count(&receiver, limits);
        if limits
            .iter()
            .any(|limit| matches!(limit.kind, ConstraintKind::UniqueItems))
        {
            fine = fine.and(if is_text(self.file, inner) {
                let (distinct, text) = (runtime(self.file, "distinct"), place.it().text(self.file));
                Verdict::atom(quote!(#distinct(#receiver.iter().map(|it| Some(#text)))))
            } else {
                Verdict::If(quote!(#receiver.len() < 2), Binds::Compare)
            });
        }
        if limits
            .iter()
            .any(|limit| matches!(limit.kind, ConstraintKind::ToldApart(_)))
        {
            fine = fine.and(Verdict::If(quote!(#receiver.len() < 2), Binds::Compare));
        }
        // On a list of texts these limits are about each of them.
        let each: Vec<&Constraint> = limits
            .iter()
            .copied()
            .filter(|limit| {
                matches!(
                    limit.kind,
                    ConstraintKind::Grammar { .. } | ConstraintKind::OneOf(_)
                )
            })
            .collect();
        let items = self.entries(place, inner, &each);
        fine.and(items.over(&receiver, &quote!(iter), true))
    }

    /// What is said of each entry of a list or map, called `it`.
    fn entries(self, of: &Place, inner: &Type, each: &[&Constraint]) -> Verdict {
        let it = of.it();
        let limits = of_type(self.file, inner);
        let own = self.value(&it, inner, &limits);
        if is_text(self.file, inner) {
            own.and(self.text(&it.text(self.file), each))
        } else {
            own
        }
    }
}

fn between(number: &TokenStream, min: Option<u64>, max: Option<u64>) -> Verdict {
    let compare = |tokens| Verdict::If(tokens, Binds::Compare);
    match (min.filter(|min| *min > 0).map(int), max.map(int)) {
        (None, None) => Verdict::Yes,
        (Some(min), None) => compare(quote!(#number >= #min)),
        (None, Some(max)) => compare(quote!(#number <= #max)),
        (Some(min), Some(max)) => Verdict::atom(quote!((#min..=#max).contains(&#number))),
    }
}

/// The empty text is fine too; unless it says something, which its limits may refuse.
fn or_empty(text: &TokenStream, dialect: Dialect, empty: bool, read: Verdict) -> Verdict {
    if empty && dialect.parse("").is_err() {
        Verdict::atom(quote!(#text.is_empty())).or(read)
    } else {
        read
    }
}

/// Whether a value that is not read yet is one of its type.
fn is(place: &Place, method: &str) -> Verdict {
    if !place.is_raw() {
        return Verdict::Yes;
    }
    let (value, method) = (place.reference(), ident(method));
    Verdict::atom(quote!(#value.#method()))
}

/// Whether a list or map has as many entries as it may have.
fn count(receiver: &TokenStream, limits: &[&Constraint]) -> Verdict {
    let mut fine = Verdict::Yes;
    for limit in limits {
        if let ConstraintKind::Items { min, max } = &limit.kind {
            fine = fine.and(match (min, max) {
                (Some(1), None) => Verdict::atom(quote!(!#receiver.is_empty())),
                _ => between(&quote!(#receiver.len()), *min, *max),
            });
        }
    }
    fine
}
