//! The user's item, as the macros see it.

use crate::attr::{self, Data, Entry, Group};
use crate::names::Case;
use crate::types::{self, FieldType};
use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{DeriveInput, Error, Fields, Ident};

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

/// A field of a struct or variant.
pub(crate) struct Field<'a> {
    pub(crate) ident: Ident,
    pub(crate) docs: String,
    pub(crate) wire: Named,
    /// None: it holds the keys that the schema does not know.
    pub(crate) ty: Option<FieldType<'a>>,
    pub(crate) entries: Vec<Entry>,
}

/// A variant of an enum.
pub(crate) struct Variant<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) docs: String,
    pub(crate) value: Named,
    pub(crate) entries: Vec<Entry>,
    pub(crate) fields: Vec<Field<'a>>,
    /// How its fields are written in Rust.
    pub(crate) style: Style,
    /// Whether it takes every text that no other variant is.
    pub(crate) other: bool,
}

/// How the fields of a variant are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    Unit,
    Newtype,
    Struct,
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
/// Keywords of a field that the schema language does not have.
pub(crate) const FIELD: &[&str] = &["required_when", "forbidden_when", "requires", "unknown"];
/// Keywords of a variant that the schema language does not have.
pub(crate) const VARIANT: &[&str] = &["rename", "other"];

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

impl<'a> Field<'a> {
    fn read(field: &'a syn::Field, case: Case, errors: &mut Vec<Error>) -> Option<Self> {
        let ident = field.ident.clone()?;
        let mut groups = attr::groups(&field.attrs, errors);
        let named = take(&mut groups, "name").or_else(|| take(&mut groups, "rename"));
        let wire = named.and_then(|entry| text(&entry, errors));
        let marked = take(&mut groups, "unknown").is_some();
        let unknown = marked || is_unknown(&field.ty);
        let entries: Vec<Entry> = groups.into_iter().flat_map(|group| group.entries).collect();
        for entry in &entries {
            let instead = match entry.key.text.as_str() {
                "required" => "it follows from the type: a field of type `Option<…>` may be absent",
                "nullable" => "it follows from the type: `Nullable<…>` has null as a value",
                "doc" => "it is the comment: write `/// …`",
                _ => continue,
            };
            let message = format!("`{}` can't be given here: {instead}", entry.key.text);
            errors.push(Error::new(entry.key.span, message));
        }
        let ty = if unknown {
            None
        } else {
            match types::field_type(&field.ty) {
                Ok(ty) => Some(ty),
                Err(error) => {
                    errors.push(error);
                    return None;
                }
            }
        };
        Some(Self {
            wire: wire.unwrap_or_else(|| Named {
                text: case.apply(&ident),
                span: ident.span(),
            }),
            docs: attr::docs(&field.attrs),
            ty,
            entries,
            ident,
        })
    }

    /// Whether the field has a default by the schema although its type has no `Option`.
    pub(crate) fn defaulted(&self) -> bool {
        self.ty.as_ref().is_some_and(|ty| !ty.optional)
            && self.entries.iter().any(|entry| entry.key.text == "default")
    }
}

impl<'a> Variant<'a> {
    fn read(
        variant: &'a syn::Variant,
        case: Option<Case>,
        tagged: bool,
        errors: &mut Vec<Error>,
    ) -> Self {
        let mut groups = attr::groups(&variant.attrs, errors);
        let named = take(&mut groups, "rename").or_else(|| take(&mut groups, "value"));
        let value = named.and_then(|entry| text(&entry, errors));
        let other = take(&mut groups, "other").is_some();
        let kebab = case.unwrap_or(Case::Kebab);
        let (style, fields) = match &variant.fields {
            Fields::Unit => (Style::Unit, Vec::new()),
            Fields::Named(fields) => {
                let fields = fields.named.iter();
                let read = fields.filter_map(|field| Field::read(field, Case::Camel, errors));
                (Style::Struct, read.collect())
            }
            Fields::Unnamed(fields) => match (fields.unnamed.first(), fields.unnamed.len()) {
                (Some(_), 1) if other => (Style::Newtype, Vec::new()),
                (Some(field), 1) if tagged => (
                    Style::Newtype,
                    newtype(variant, field, errors).into_iter().collect(),
                ),
                (Some(_), 1) => (Style::Newtype, Vec::new()),
                _ => {
                    errors.push(Error::new(
                        variant.fields.span(),
                        "a variant has one value or fields with names",
                    ));
                    (Style::Unit, Vec::new())
                }
            },
        };
        if other && (tagged || style != Style::Newtype) {
            let message = if tagged {
                "a tagged enum has no variant for other values: they would have no fields"
            } else {
                "the variant for other values holds the text: `Other(String)`"
            };
            errors.push(Error::new(variant.ident.span(), message));
        }
        Self {
            ident: &variant.ident,
            docs: attr::docs(&variant.attrs),
            value: value.unwrap_or_else(|| Named {
                text: kebab.apply(&variant.ident),
                span: variant.ident.span(),
            }),
            entries: groups.into_iter().flat_map(|group| group.entries).collect(),
            fields,
            style,
            other,
        }
    }
}

/// The field of `Delay(Delay)`: its key is the variant's name.
fn newtype<'a>(
    variant: &'a syn::Variant,
    field: &'a syn::Field,
    errors: &mut Vec<Error>,
) -> Option<Field<'a>> {
    let mut groups = attr::groups(&field.attrs, errors);
    let named = take(&mut groups, "name").or_else(|| take(&mut groups, "rename"));
    let wire = named.and_then(|entry| text(&entry, errors));
    let ty = match types::field_type(&field.ty) {
        Ok(ty) => ty,
        Err(error) => {
            errors.push(error);
            return None;
        }
    };
    Some(Field {
        ident: Ident::new("value", variant.ident.span()),
        docs: attr::docs(&field.attrs),
        wire: wire.unwrap_or_else(|| Named {
            text: Case::Camel.apply(&variant.ident),
            span: variant.ident.span(),
        }),
        ty: Some(ty),
        entries: groups.into_iter().flat_map(|group| group.entries).collect(),
    })
}

/// Whether the type is `Unknown`, which holds what the schema does not know.
fn is_unknown(ty: &syn::Type) -> bool {
    matches!(ty, syn::Type::Path(path)
        if path.path.segments.last().is_some_and(|last| last.ident == "Unknown"))
}

/// Takes the first entry of a keyword out; a second one stays and is reported as unknown.
fn take(groups: &mut [Group], key: &str) -> Option<Entry> {
    groups.iter_mut().find_map(|group| {
        let at = group
            .entries
            .iter()
            .position(|entry| entry.key.text == key)?;
        Some(group.entries.remove(at))
    })
}

/// The text of an entry.
fn text(entry: &Entry, errors: &mut Vec<Error>) -> Option<Named> {
    match &entry.value.data {
        Data::Text(text) => Some(Named {
            text: text.clone(),
            span: entry.value.span,
        }),
        Data::Word(key) => Some(Named {
            text: key.text.clone(),
            span: key.span,
        }),
        _ => {
            let message = format!("`{}` must be a text in quotes", entry.key.text);
            errors.push(Error::new(entry.value.span, message));
            None
        }
    }
}

/// The Rust path of an entry, in quotes or not.
fn path(entry: &Entry, errors: &mut Vec<Error>) -> Option<TokenStream> {
    let tokens = match &entry.value.data {
        Data::Text(text) => text.parse::<TokenStream>().ok(),
        Data::Word(key) => key.text.parse::<TokenStream>().ok(),
        Data::Rust(tokens) => Some(tokens.clone()),
        _ => None,
    };
    let tokens = tokens.filter(|tokens| syn::parse2::<syn::Path>(tokens.clone()).is_ok());
    if tokens.is_none() {
        let message = format!("`{}` must be a path, such as `crate::name`", entry.key.text);
        errors.push(Error::new(entry.value.span, message));
    }
    // The tokens of a text have no place of their own.
    tokens.map(|tokens| spanned(tokens, entry.value.span))
}

fn spanned(tokens: TokenStream, span: Span) -> TokenStream {
    tokens
        .into_iter()
        .map(|mut token| {
            token.set_span(span);
            token
        })
        .collect()
}
