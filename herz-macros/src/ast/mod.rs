//! The user's item, as the macros see it.

mod entry;
mod field;
mod variant;

use crate::attr::{self, Entry, Group};
use crate::names::Case;
use entry::{path, take, text};
pub(crate) use field::{FIELD, Field};
use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{DeriveInput, Error, Fields, Ident};
pub(crate) use variant::{Style, VARIANT, Variant};

/// What is derived.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// The spec of a kind.
    Kind,
    /// A type that fields may have.
    Type,
}

/// The user's item.
pub(crate) struct Input<'a> {
    pub(crate) role: Role,
    pub(crate) ident: &'a Ident,
    pub(crate) docs: String,
    /// Path of the crate `herz`.
    pub(crate) krate: TokenStream,
    /// Kind or type as the schema calls it.
    pub(crate) name: Named,
    pub(crate) group: Option<Named>,
    pub(crate) version: Option<Named>,
    pub(crate) package: Option<Named>,
    /// The type of `status`.
    pub(crate) status: Option<syn::Type>,
    /// Attributes that are the language's.
    pub(crate) groups: Vec<Group>,
    pub(crate) body: Body<'a>,
}

/// A text and its token.
#[derive(Debug, Clone)]
pub(crate) struct Named {
    pub(crate) text: String,
    pub(crate) span: Span,
}

/// What the item is.
pub(crate) enum Body<'a> {
    /// A struct: an object.
    Object(Vec<Field<'a>>),
    /// An enum of plain variants: texts.
    Texts(Vec<Variant<'a>>),
    /// An enum with a tag: an object whose tag decides.
    Tagged(Named, Vec<Variant<'a>>),
}

/// Keywords of the item that the schema language does not have.
pub(crate) const ITEM: &[&str] = &[
    "crate",
    "group",
    "version",
    "package",
    "name",
    "rename_all",
    "tag",
    "status",
    "rule",
];

impl<'a> Input<'a> {
    /// Reads the item. Findings go to `errors`; none if nothing can be said about the item at all.
    pub(crate) fn read(
        input: &'a DeriveInput,
        role: Role,
        errors: &mut Vec<Error>,
    ) -> Option<Self> {
        let mut groups = attr::groups(&input.attrs, errors);
        let mut take = |key: &str| take(&mut groups, key);
        let krate = take("crate");
        let kind = (role == Role::Kind).then(|| take("kind")).flatten();
        let name = (role == Role::Type).then(|| take("name")).flatten();
        let (group, version) = (take("group"), take("version"));
        let package = take("package");
        let status = take("status");
        let (rename_all, tag) = (take("rename_all"), take("tag"));
        let krate = krate.and_then(|entry| path(&entry, errors));
        let status = status.and_then(|entry| path(&entry, errors));
        let case = rename_all.and_then(|entry| {
            let text = text(&entry, errors)?;
            Case::parse(&text.text)
                .map_err(|message| errors.push(Error::new(text.span, message)))
                .ok()
        });
        if !input.generics.params.is_empty() {
            errors.push(Error::new(
                input.generics.span(),
                "a chaos type can't be generic: a schema describes one type",
            ));
            return None;
        }
        let own = Named {
            text: input.ident.unraw().to_string(),
            span: input.ident.span(),
        };
        let given = kind.or(name).and_then(|entry| text(&entry, errors));
        let tag = tag.and_then(|entry| text(&entry, errors));
        let body = Self::body(input, role, tag, case, errors)?;
        let texts = |entry: Option<Entry>, errors: &mut Vec<Error>| {
            entry.and_then(|entry| text(&entry, errors))
        };
        if role == Role::Kind && group.is_none() {
            errors.push(Error::new(
                input.ident.span(),
                "a kind needs the keyword `group`\nhelp: add `#[chaos(group = \"acme.io\")]`",
            ));
        }
        Some(Self {
            role,
            ident: &input.ident,
            docs: attr::docs(&input.attrs),
            krate: krate.unwrap_or_else(|| quote!(::herz)),
            name: given.unwrap_or_else(|| match own.text.strip_suffix("Spec") {
                Some(short) if role == Role::Kind && !short.is_empty() => Named {
                    text: short.to_owned(),
                    ..own
                },
                _ => own,
            }),
            group: texts(group, errors),
            version: texts(version, errors),
            package: texts(package, errors),
            status: status.and_then(|path| syn::parse2(path).ok()),
            groups,
            body,
        })
    }

    fn body(
        input: &'a DeriveInput,
        role: Role,
        tag: Option<Named>,
        case: Option<Case>,
        errors: &mut Vec<Error>,
    ) -> Option<Body<'a>> {
        match &input.data {
            syn::Data::Struct(data) => {
                if let Some(tag) = tag {
                    errors.push(Error::new(
                        tag.span,
                        "`tag` belongs to an enum\nhelp: a struct names its tag in `#[chaos(union(tag = …))]`",
                    ));
                }
                let Fields::Named(fields) = &data.fields else {
                    let message = match &data.fields {
                        Fields::Unit => "a chaos type needs fields",
                        _ => {
                            "a chaos type needs fields with names\nhelp: write `struct Name { field: Type }`"
                        }
                    };
                    errors.push(Error::new(input.ident.span(), message));
                    return None;
                };
                let case = case.unwrap_or(Case::Camel);
                let fields = fields
                    .named
                    .iter()
                    .filter_map(|field| Field::read(field, case, errors))
                    .collect();
                Some(Body::Object(fields))
            }
            syn::Data::Enum(data) => {
                if role == Role::Kind {
                    errors.push(Error::new(
                        data.enum_token.span,
                        "the spec of a kind is a struct\nhelp: put the enum into a field and derive `ChaosType` for it",
                    ));
                    return None;
                }
                if data.variants.is_empty() {
                    errors.push(Error::new(
                        input.ident.span(),
                        "an enum needs at least one variant",
                    ));
                    return None;
                }
                let variants: Vec<Variant<'a>> = data
                    .variants
                    .iter()
                    .map(|variant| Variant::read(variant, case, tag.is_some(), errors))
                    .collect();
                match tag {
                    Some(tag) => Some(Body::Tagged(tag, variants)),
                    None => {
                        for variant in variants
                            .iter()
                            .filter(|one| !one.other && one.style != Style::Unit)
                        {
                            errors.push(Error::new(
                                variant.ident.span(),
                                "a variant with fields needs a tag that tells it from the others\nhelp: add `#[chaos(tag = \"…\")]` to the enum",
                            ));
                        }
                        Some(Body::Texts(variants))
                    }
                }
            }
            syn::Data::Union(data) => {
                errors.push(Error::new(
                    data.union_token.span,
                    "a Rust union has no place in a schema\nhelp: use an enum with `#[chaos(tag = \"…\")]`",
                ));
                None
            }
        }
    }
}
