//! Straight checks: the method that says which parts of an object may be wrong.
//!
//! It never decides: the validator of `herz-types` looks at what is doubted and at nothing else.
//! So every check here may be stricter than what the schema says (that costs time), and none may be
//! laxer (that would hide a finding). What can't be said in plain Rust is doubted.

mod field;
mod path;
mod place;
mod rule;
mod union;
mod value;
mod verdict;

use super::file::FileScope;
use super::literal::int;
use super::member::ident;
use herz_dsl::catalog::{FieldPath, Kind, Object, PathStep, Type, TypeId};
use path::Follow;
use place::Place;
use proc_macro2::TokenStream;
use quote::quote;
use verdict::{Maybe, Verdict};

/// A function of the runtime's `doubt` module.
fn runtime(file: &FileScope<'_, '_>, name: &str) -> TokenStream {
    let module = file.runtime("", "doubt");
    let name = ident(name);
    quote!(#module::#name)
}

/// `fn doubts` of an object type.
pub(super) fn object(file: &FileScope<'_, '_>, id: TypeId, object: &Object) -> TokenStream {
    let members = file.graph.members(id);
    let mut parts: Vec<Verdict> = members.iter().map(|it| field::field(file, it)).collect();
    let this = Follow::new(file, id);
    let whole = object.union.as_ref();
    parts.push(whole.map_or(Verdict::Yes, |one| union::union(this, one)));
    parts.extend(
        object
            .rules
            .iter()
            .enumerate()
            .map(|(at, one)| rule::rule(this, at, one)),
    );
    method(file, parts.iter().enumerate())
}

/// `fn doubts` of a whole document.
pub(super) fn kind(file: &FileScope<'_, '_>, kind: &Kind) -> TokenStream {
    let look = file.runtime("view", "Look");
    let ask = |name: &str| {
        let name = ident(name);
        Verdict::atom(quote!(#look::is_fine(&self.#name)))
    };
    // What is constant in the type can't be wrong.
    let mut parts = vec![Verdict::Yes, Verdict::Yes, ask("metadata")];
    parts.push(ask("spec"));
    parts.extend(kind.status.map(|_| ask("status")));
    parts.push(Verdict::Yes);
    parts.extend(kind.rules.iter().map(|_| Verdict::No));
    let named = runtime(file, "is_named");
    parts.push(Verdict::atom(quote!(#named(self.metadata.as_ref()))));
    parts.push(ends(file, kind));
    method(file, parts.iter().enumerate())
}

/// Whether the fault of a document has an end.
fn ends(file: &FileScope<'_, '_>, kind: &Kind) -> Verdict {
    let Some(lasting) = &kind.lasting else {
        return Verdict::Yes;
    };
    let spec = Place::new(
        if kind.spec_required {
            quote!(self.spec)
        } else {
            quote!(it)
        },
        !kind.spec_required,
    );
    let follow = Follow::new(file, kind.spec).as_written();
    let duration = follow.any_filled(&spec, &lasting.duration);
    let once = match &lasting.one_shot {
        Some((tag, values)) => {
            let tag = FieldPath(vec![PathStep::Field(tag.clone())]);
            follow.any_text(&spec, &tag, values)
        }
        None => Some(Verdict::No),
    };
    let (Some(duration), Some(once)) = (duration, once) else {
        return Verdict::No;
    };
    let ends = duration.or(once);
    if kind.spec_required {
        return ends;
    }
    let (value, bare) = (quote!(self.spec.as_ref()), quote!(self.spec));
    ends.each(&Maybe { value, bare }, true)
}

/// The method from what makes each part fine.
fn method<'v>(
    file: &FileScope<'_, '_>,
    parts: impl Iterator<Item = (usize, &'v Verdict)>,
) -> TokenStream {
    let doubts = file.runtime("doubt", "Doubts");
    let parts: Vec<TokenStream> = parts
        .filter(|(_, verdict)| !matches!(verdict, Verdict::Yes))
        .map(|(at, verdict)| {
            let (at, fine) = (int(at), verdict.tokens());
            quote!(doubts.unless(#at, #fine);)
        })
        .collect();
    let body = if parts.is_empty() {
        quote! {
            if self.unknown.is_empty() { #doubts::NONE } else { #doubts::ALL }
        }
    } else {
        quote! {
            if !self.unknown.is_empty() {
                return #doubts::ALL;
            }
            let mut doubts = #doubts::NONE;
            #(#parts)*
            doubts
        }
    };
    let allow = (!parts.is_empty()).then(|| {
        quote! {
            #[allow(
                clippy::match_same_arms,
                clippy::nonminimal_bool,
                clippy::redundant_closure_for_method_calls,
                clippy::too_many_lines,
                clippy::verbose_bit_mask,
                reason = "checks are as the schema says them"
            )]
        }
    });
    quote! {
        #allow
        fn doubts(&self) -> #doubts {
            #body
        }
    }
}

/// The type behind names of narrowed types, and whether it is a text in the struct.
fn is_text(file: &FileScope<'_, '_>, ty: &Type) -> bool {
    use herz_dsl::catalog::TypeBody;
    match file.graph.resolve(ty) {
        Type::String | Type::Scalar(_) | Type::Bytes => true,
        Type::Ref(id) => {
            file.graph.external(*id).is_none()
                && matches!(
                    file.graph.catalog.get(*id).map(|def| &def.body),
                    Some(TypeBody::Enum(_))
                )
        }
        _ => false,
    }
}
