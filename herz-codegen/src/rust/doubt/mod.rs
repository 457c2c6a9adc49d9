//! Straight checks: the method that says which parts of an object may be wrong.
//!
//! It never decides: the validator of `herz-types` looks at what is doubted and at nothing else.
//! So every check here may be stricter than what the schema says (that costs time), and none may be
//! laxer (that would hide a finding). What can't be said in plain Rust is doubted.

mod expression;
mod field;
mod path;
mod place;
mod rule;
mod union;
mod value;
mod verdict;

use super::file::FileScope;
use super::graph::Named;
use super::literal::int;
use super::member::ident;
use super::reader;
use herz_dsl::catalog::{FieldPath, Kind, Object, PathStep, Type, TypeId};
use path::Follow;
use place::{Place, Texts, both};
use proc_macro2::TokenStream;
use quote::quote;
use verdict::{Binds, Maybe, Verdict};

/// A function of the runtime's `doubt` module.
fn runtime(file: &FileScope<'_, '_>, name: &str) -> TokenStream {
    let module = file.runtime("", "doubt");
    let name = ident(name);
    quote!(#module::#name)
}

/// `fn doubts` of an object type.
pub(super) fn object(file: &FileScope<'_, '_>, id: TypeId, object: &Object) -> TokenStream {
    method(file, parts(file, &Place::this(), id, object).iter())
}

/// How a value that is not read yet is asked: its parts once they are found, and all of it. Nothing where
/// no value can be known to be right, which is what the traits say by themselves.
#[derive(Default)]
pub(super) struct Right {
    /// `fn slots_are_right` of an object, `fn parts_are_right` of a document.
    pub(super) asked: TokenStream,
    /// `fn is_right` of [`Read`](herz_types::read::Read).
    pub(super) read: TokenStream,
}

/// The functions of an object type.
pub(super) fn right(file: &FileScope<'_, '_>, id: TypeId, object: &Object) -> Right {
    let fields = file.graph.members(id).len();
    let texts = Texts::default();
    let parts = parts(file, &Place::Slots(texts.clone()), id, object);
    let Some(fine) = all(parts) else {
        return Right::default();
    };
    let (json, slots) = (file.runtime("", "Json"), runtime(file, "slots"));
    if fields == 0 {
        return Right {
            asked: TokenStream::new(),
            read: quote! {
                fn is_right(value: &#json) -> bool {
                    #slots::<0>(value, |_| 0).is_some()
                }
            },
        };
    }
    let (names, count) = ((0..fields).map(reader::slot), int(fields));
    let (texts, allow) = (texts.tokens(file), allow());
    Right {
        asked: quote! {
            #allow
            fn slots_are_right(&[#(#names),*]: &[Option<&#json>; #count]) -> bool {
                #texts
                #fine
            }
        },
        read: quote! {
            fn is_right(value: &#json) -> bool {
                #slots(value, Self::place_of).is_some_and(|slots| Self::slots_are_right(&slots))
            }
        },
    }
}

/// What makes each part of an object fine: its fields, its union, its rules.
fn parts(file: &FileScope<'_, '_>, this: &Place, id: TypeId, object: &Object) -> Vec<Verdict> {
    let members = file.graph.members(id);
    let mut parts: Vec<Verdict> = members
        .iter()
        .map(|one| field::field(file, this, one))
        .collect();
    let follow = Follow::new(file, id);
    let whole = object.union.as_ref();
    parts.push(whole.map_or(Verdict::Yes, |one| union::union(follow, this, one)));
    parts.extend(
        object
            .rules
            .iter()
            .enumerate()
            .map(|(at, one)| rule::rule(follow, this, at, one)),
    );
    parts
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
    let (value, bare) = (quote!(self.spec.as_ref()), quote!(self.spec));
    parts.push(if kind.spec_required {
        ends(file, kind, &Place::typed(bare, false))
    } else {
        ends(file, kind, &Place::typed(quote!(it), true)).each(&Maybe { value, bare }, true)
    });
    method(file, parts.iter())
}

/// The functions of a whole document.
pub(super) fn kind_right(file: &FileScope<'_, '_>, kind: &Kind, named: &Named) -> Right {
    let (read, document) = (
        file.runtime("read", "Read"),
        file.runtime("document", "Document"),
    );
    let text = runtime(file, "text");
    let constant = |name: &str, at: usize| {
        let name = ident(name);
        let same = quote!(#text(it) == <Self as #document>::#name);
        Verdict::If(same, Binds::Compare).each(&slot(at), false)
    };
    let right = |id: TypeId| {
        let ty = file.named(id);
        Verdict::of(quote!(<#ty as #read>::is_right))
    };
    let mut parts = vec![constant("API_VERSION", 0), constant("KIND", 1)];
    let meta = file.runtime("meta", "ObjectMeta");
    parts.push(Verdict::of(quote!(#meta::is_right_and_named)).each(&slot(2), false));
    parts.push(match kind.status {
        Some(status) => right(status).each(&slot(4), true),
        None => Verdict::No.each(&slot(4), true),
    });
    parts.extend(kind.rules.iter().map(|_| Verdict::No));
    let spec = ending_spec(file, kind, named).unwrap_or_else(|| {
        let ends = ends(file, kind, &Place::Raw(quote!(it)));
        right(kind.spec)
            .each(&slot(3), !kind.spec_required)
            .and(ends.each(&slot(3), true))
    });
    parts.push(spec);
    let Some(fine) = all(parts) else {
        return Right::default();
    };
    let (json, module) = (file.runtime("", "Json"), file.runtime("", "document"));
    let names = (0..5).map(reader::slot);
    let allow = allow();
    Right {
        asked: quote! {
            #allow
            fn parts_are_right(&[#(#names),*]: &#module::Parts<'_>) -> bool {
                #fine
            }
        },
        read: quote! {
            fn is_right(value: &#json) -> bool {
                #module::parts(value)
                    .is_some_and(|parts| <Self as #document>::parts_are_right(&parts))
            }
        },
    }
}

/// Whether the spec is right and ends, both asked of its fields, found once. None: its functions are out
/// of reach.
fn ending_spec(file: &FileScope<'_, '_>, kind: &Kind, named: &Named) -> Option<Verdict> {
    let lasting = kind.lasting.as_ref()?;
    let spec = file.graph.name(kind.spec)?;
    let object = file.graph.object(kind.spec)?;
    let near = spec.space == named.space && spec.file == named.file;
    if !near || right(file, kind.spec, object).asked.is_empty() {
        return None;
    }
    let texts = Texts::default();
    let (ty, slots) = (file.named(kind.spec), runtime(file, "slots"));
    let fine = Verdict::atom(quote!(#ty::slots_are_right(&slots)))
        .and(ends(file, kind, &Place::Slots(texts.clone())))
        .tokens();
    let texts = texts.tokens(file);
    let once = lasting.one_shot.iter().map(|(tag, _)| tag);
    let read: Vec<&String> = lasting
        .duration
        .0
        .first()
        .into_iter()
        .filter_map(|step| match step {
            PathStep::Field(name) => Some(name),
            PathStep::Each => None,
        })
        .chain(once)
        .collect();
    let names = file.graph.members(kind.spec).iter().map(|one| {
        if read.contains(&&one.field.wire) {
            let slot = reader::slot(one.at);
            quote!(#slot)
        } else {
            quote!(_)
        }
    });
    let asked = Verdict::atom(quote! {
        #slots(it, #ty::place_of).is_some_and(|slots| {
            let [#(#names),*] = slots;
            #texts
            #fine
        })
    });
    Some(asked.each(&slot(3), !kind.spec_required))
}

/// A part of a document.
fn slot(at: usize) -> Maybe {
    let slot = reader::slot(at);
    both(quote!(#slot))
}

/// Whether the fault of a document with this spec has an end.
fn ends(file: &FileScope<'_, '_>, kind: &Kind, spec: &Place) -> Verdict {
    let Some(lasting) = &kind.lasting else {
        return Verdict::Yes;
    };
    let follow = Follow::new(file, kind.spec).as_written();
    let duration = follow.any_filled(spec, &lasting.duration);
    let once = match &lasting.one_shot {
        Some((tag, values)) => {
            let tag = FieldPath(vec![PathStep::Field(tag.clone())]);
            follow.any_text(spec, &tag, values)
        }
        None => Some(Verdict::No),
    };
    let (Some(duration), Some(once)) = (duration, once) else {
        return Verdict::No;
    };
    duration.or(once)
}

/// The method from what makes each part fine.
fn method<'v>(file: &FileScope<'_, '_>, parts: impl Iterator<Item = &'v Verdict>) -> TokenStream {
    let doubts = file.runtime("doubt", "Doubts");
    let parts: Vec<TokenStream> = parts
        .enumerate()
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
    let allow = (!parts.is_empty()).then(allow);
    quote! {
        #allow
        fn doubts(&self) -> #doubts {
            #body
        }
    }
}

/// The expression that is true if all parts are fine; none if that can never be known.
fn all(parts: Vec<Verdict>) -> Option<TokenStream> {
    let whole = parts.into_iter().fold(Verdict::Yes, Verdict::and);
    (!matches!(whole, Verdict::No)).then(|| whole.tokens())
}

fn allow() -> TokenStream {
    quote! {
        #[allow(
            clippy::match_same_arms,
            clippy::nonminimal_bool,
            clippy::redundant_closure_for_method_calls,
            clippy::too_many_lines,
            clippy::trivially_copy_pass_by_ref,
            clippy::verbose_bit_mask,
            reason = "checks are as the schema says them"
        )]
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
