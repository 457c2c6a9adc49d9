//! The constant table beside each object: what the validator of `herz-types` walks.

use super::file::FileScope;
use super::graph::Named;
use super::literal::{float, int, literal, option};
use super::member::ident;
use super::rule;
use herz_dsl::catalog::{
    Bound, Catalog, Constraint, ConstraintKind, Default as FieldDefault, DefaultValue, Enum, Field,
    Fill, Layer, Life, Normalize, Object, PackageId, Semantics, Type, TypeBody, TypeDef, TypeId,
    Union,
};
use herz_types::Level;
use herz_types::scalar::Dialect;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use std::collections::BTreeSet;

/// `impl X { const TABLE: … }`.
pub(super) fn table(
    file: &FileScope<'_, '_>,
    id: TypeId,
    def: &TypeDef,
    object: &Object,
) -> TokenStream {
    let table = rows(file, id, def, object);
    file.graph
        .name(id)
        .map_or_else(TokenStream::new, |named| constant(file, named, &table))
}

/// The table itself.
pub(super) fn rows(
    file: &FileScope<'_, '_>,
    id: TypeId,
    def: &TypeDef,
    object: &Object,
) -> TokenStream {
    let path = file.table("ObjectTable");
    let name = &def.name;
    let fields = object.fields.iter().map(|one| field(file, one));
    let mut table = quote!(#path::new(#name, &[#(#fields),*]));
    if !object.rules.is_empty() {
        let rules = object.rules.iter().map(|one| rule::rule(file, one));
        table.extend(quote!(.rules(&[#(#rules),*])));
    }
    if let Some(union) = &object.union {
        let union = rule::union(file, union, &former(file, id));
        table.extend(quote!(.union(#union)));
    }
    table.extend(gone(file, id, def.package, object));
    if object.open {
        table.extend(quote!(.open()));
    }
    if file
        .graph
        .package(def.package)
        .is_some_and(|package| package.lenient_null)
    {
        table.extend(quote!(.lenient_null()));
    }
    table
}

/// The table as a constant of the type.
pub(super) fn constant(
    file: &FileScope<'_, '_>,
    named: &Named,
    table: &TokenStream,
) -> TokenStream {
    let name = ident(&named.ident);
    let path = file.table("ObjectTable");
    quote! {
        impl #name {
            /// What the schema says of the type.
            const TABLE: &'static #path = &#table;
        }
    }
}

/// Fields that only cases of other releases name.
fn former(file: &FileScope<'_, '_>, id: TypeId) -> Vec<String> {
    let union = |graph: &Catalog| match &graph.get(id)?.body {
        TypeBody::Object(object) => object.union.clone(),
        TypeBody::Enum(_) | TypeBody::Refined(..) => None,
    };
    let names = |union: Option<Union>| -> BTreeSet<String> {
        let cases = union.into_iter().flat_map(|union| union.cases);
        cases
            .flat_map(|case| case.requires.into_iter().chain(case.allows))
            .collect()
    };
    let now = names(union(file.graph.catalog));
    names(union(file.graph.full))
        .difference(&now)
        .cloned()
        .collect()
}

/// Fields that earlier releases had, and reserved names.
fn gone(
    file: &FileScope<'_, '_>,
    id: TypeId,
    package: PackageId,
    object: &Object,
) -> Option<TokenStream> {
    let there = |wire: &str| object.fields.iter().any(|field| field.wire == wire);
    let package = file.graph.package(package);
    let platform = package.map_or("", |package| package.platform.as_str());
    let old = match &file.graph.full.get(id)?.body {
        TypeBody::Object(full) => full.fields.as_slice(),
        TypeBody::Enum(_) | TypeBody::Refined(..) => &[],
    };
    let mut gone: Vec<(String, String)> = old
        .iter()
        .filter(|field| !there(&field.wire))
        .filter_map(|field| {
            let until = field.life.until.as_ref()?;
            Some((field.wire.clone(), format!("{platform} {until}")))
        })
        .collect();
    gone.extend(
        object
            .reserved
            .iter()
            .filter(|name| !there(name))
            .map(|n| (n.clone(), String::new())),
    );
    gone.sort();
    gone.dedup_by(|a, b| a.0 == b.0);
    if gone.is_empty() {
        return None;
    }
    let gone = gone.iter().map(|(wire, since)| quote!((#wire, #since)));
    Some(quote!(.gone(&[#(#gone),*])))
}

/// A field's row.
fn field(file: &FileScope<'_, '_>, field: &Field) -> TokenStream {
    let path = file.table("Field");
    let wire = &field.wire;
    let mut row = quote!(#path::new(#wire));
    if field.required {
        row.extend(quote!(.required()));
    }
    if field.nullable {
        row.extend(quote!(.nullable()));
    }
    if let Some(default) = &field.default {
        let default = default_row(file, default);
        row.extend(quote!(.default(#default)));
    }
    let mut limits = type_limits(file, &field.ty);
    limits.extend(field.constraints.iter().map(|one| limit(file, one)));
    if !limits.is_empty() {
        row.extend(quote!(.limits(&[#(#limits),*])));
    }
    if let Some(shape) = shape_of(file, &field.ty) {
        row.extend(quote!(.of(#shape)));
    }
    if let Some(entries) = entries(file, &field.ty) {
        row.extend(quote!(.entries(&#entries)));
    }
    if let Some(normalize) = &field.normalize {
        let normalize = normalize_row(file, normalize);
        row.extend(quote!(.normalize(#normalize)));
    }
    if field.semantics == Semantics::Structure {
        row.extend(quote!(.structure_only()));
    }
    if !field.aliases.is_empty() {
        let aliases = &field.aliases;
        row.extend(quote!(.aliases(&[#(#aliases),*])));
    }
    if let Some(deprecated) = deprecated(file, &field.life) {
        row.extend(quote!(.deprecated(#deprecated)));
    }
    if field.sensitive {
        row.extend(quote!(.sensitive()));
    }
    row
}

fn default_row(file: &FileScope<'_, '_>, default: &FieldDefault) -> TokenStream {
    let path = file.table("Default");
    let mut row = match &default.value {
        DefaultValue::Literal(value) => {
            let value = literal(file, value);
            quote!(#path::new(#value))
        }
        DefaultValue::Generated(_) => quote!(#path::generated()),
    };
    match default.fill {
        Fill::Absent => {}
        Fill::Empty => row.extend(quote!(.fill_empty())),
    }
    match default.layer {
        Layer::Structure => {}
        Layer::Admission => row.extend(quote!(.admission())),
    }
    row
}

fn normalize_row(file: &FileScope<'_, '_>, normalize: &Normalize) -> TokenStream {
    let path = file.table("Normalize");
    match normalize {
        Normalize::CutAt(text) => quote!(#path::CutAt(#text)),
        Normalize::Prefix {
            text,
            unless,
            keep_empty,
        } => {
            quote!(#path::Prefix { text: #text, unless: #unless, keep_empty: #keep_empty })
        }
    }
}

/// What a type says of its values.
fn type_limits(file: &FileScope<'_, '_>, ty: &Type) -> Vec<TokenStream> {
    let path = file.table("Limit");
    match ty {
        Type::Scalar(scalar) => {
            let (dialect, empty) = (dialect(file, scalar.dialect), scalar.allow_empty);
            vec![quote!(#path::scalar(#dialect, #empty))]
        }
        Type::Bytes => vec![quote!(#path::base64())],
        Type::Ref(id) if file.graph.external(*id).is_some() => Vec::new(),
        Type::Ref(id) => match file.graph.catalog.get(*id).map(|def| &def.body) {
            Some(TypeBody::Enum(body)) if file.graph.options.inline_enums => file
                .graph
                .catalog
                .get(*id)
                .map(|def| enum_limit(file, *id, def, body))
                .into_iter()
                .collect(),
            Some(TypeBody::Enum(_)) => {
                let name = file.named(*id);
                vec![quote!(#name::LIMIT)]
            }
            Some(TypeBody::Refined(inner, limits)) => {
                let mut all = type_limits(file, inner);
                // Whether a field must be filled is for the field to say.
                let of_value = limits
                    .iter()
                    .filter(|one| !matches!(one.kind, ConstraintKind::Filled));
                all.extend(of_value.map(|one| limit(file, one)));
                all
            }
            Some(TypeBody::Object(_)) | None => Vec::new(),
        },
        Type::Bool
        | Type::Int { .. }
        | Type::Float64
        | Type::String
        | Type::List(_)
        | Type::Map(_)
        | Type::Any
        | Type::AnyObject
        | Type::IntOrString => Vec::new(),
    }
}

/// What a type says of its values that exists already.
fn shape_of(file: &FileScope<'_, '_>, ty: &Type) -> Option<TokenStream> {
    let Type::Ref(id) = ty else { return None };
    file.graph.external(*id)?;
    let name = file.named(*id);
    let declared = file.macro_path("declare::ChaosType");
    Some(quote!(<#name as #declared>::SHAPE))
}

/// The shape of a list's items or a map's values, if there is anything to check.
fn entries(file: &FileScope<'_, '_>, ty: &Type) -> Option<TokenStream> {
    let (Type::List(inner) | Type::Map(inner)) = file.graph.resolve(ty) else {
        return None;
    };
    let limits = type_limits(file, inner);
    let deeper = entries(file, inner);
    let of = shape_of(file, inner);
    if limits.is_empty() && deeper.is_none() && of.is_none() {
        return None;
    }
    let path = file.table("Shape");
    let mut shape = quote!(#path::new(&[#(#limits),*]));
    if let Some(of) = of {
        shape.extend(quote!(.of(#of)));
    }
    if let Some(deeper) = deeper {
        shape.extend(quote!(.entries(&#deeper)));
    }
    Some(shape)
}

pub(super) fn dialect(file: &FileScope<'_, '_>, dialect: Dialect) -> TokenStream {
    let name = file.runtime("scalar", "Dialect");
    // The variant's name is what `Debug` prints.
    let variant = format_ident!("{}", format!("{dialect:?}"));
    quote!(#name::#variant)
}

/// The limit that an enum is.
pub(super) fn enum_limit(
    file: &FileScope<'_, '_>,
    id: TypeId,
    def: &TypeDef,
    body: &Enum,
) -> TokenStream {
    let (path, choice) = (file.table("Limit"), file.table("Choice"));
    let values = body.values.iter().map(|value| &value.value);
    let empty = body.allow_empty;
    let platform = file
        .graph
        .package(def.package)
        .map_or("", |package| &package.platform);
    let full = match file.graph.full.get(id).map(|def| &def.body) {
        Some(TypeBody::Enum(full)) => full.values.as_slice(),
        _ => &[],
    };
    let gone = full
        .iter()
        .filter(|old| !body.values.iter().any(|value| value.value == old.value))
        .filter_map(|old| {
            let value = &old.value;
            let since = format!("{platform} {}", old.life.until.as_ref()?);
            Some(quote!((#value, #since)))
        });
    let deprecated = body.values.iter().filter_map(|value| {
        let (text, row) = (&value.value, deprecated(file, &value.life)?);
        Some(quote!((#text, #row)))
    });
    let mut row = quote! {
        #path::choice(&#choice {
            values: &[#(#values),*],
            allow_empty: #empty,
            gone: &[#(#gone),*],
            deprecated: &[#(#deprecated),*],
        })
    };
    level_and_layer(&mut row, body.level, body.layer, Layer::Structure);
    row
}

/// What to say of something deprecated.
fn deprecated(file: &FileScope<'_, '_>, life: &Life) -> Option<TokenStream> {
    let path = file.table("Deprecated");
    let known = life.deprecated.as_ref()?;
    let text = |text: Option<String>| option(text.map(|text| quote!(#text)));
    let since = text(known.since.as_ref().map(ToString::to_string));
    let instead = text(known.instead.clone());
    let note = text(known.note.clone());
    Some(quote!(#path { since: #since, instead: #instead, note: #note }))
}

/// What differs from the constructor's level and layer.
fn level_and_layer(row: &mut TokenStream, level: Level, layer: Layer, usual: Layer) {
    match level {
        Level::Error => {}
        Level::Warning => row.extend(quote!(.warning())),
    }
    match layer {
        Layer::Admission if usual == Layer::Structure => row.extend(quote!(.admission())),
        Layer::Structure if usual == Layer::Admission => row.extend(quote!(.structure())),
        Layer::Admission | Layer::Structure => {}
    }
}

/// A limit.
fn limit(file: &FileScope<'_, '_>, constraint: &Constraint) -> TokenStream {
    let path = file.table("Limit");
    let number = |value: &Option<u64>| option(value.map(int));
    let (mut row, usual) = match &constraint.kind {
        ConstraintKind::Range { min, max } => {
            let (min, max) = (bound(file, min.as_ref()), bound(file, max.as_ref()));
            (quote!(#path::range(#min, #max)), Layer::Structure)
        }
        ConstraintKind::Length { min, max } => {
            let (min, max) = (number(min), number(max));
            (quote!(#path::length(#min, #max)), Layer::Structure)
        }
        ConstraintKind::Items { min, max } => {
            let (min, max) = (number(min), number(max));
            (quote!(#path::items(#min, #max)), Layer::Structure)
        }
        ConstraintKind::Pattern(pattern) => (quote!(#path::pattern(#pattern)), Layer::Structure),
        ConstraintKind::MultipleOf(step) => {
            let step = float(*step);
            (quote!(#path::multiple_of(#step)), Layer::Structure)
        }
        ConstraintKind::UniqueItems => (quote!(#path::unique_items()), Layer::Structure),
        ConstraintKind::ToldApart(by) => (quote!(#path::told_apart(&[#(#by),*])), Layer::Structure),
        ConstraintKind::Filled => (quote!(#path::filled()), Layer::Admission),
        ConstraintKind::Grammar {
            dialect: name,
            allow_empty,
        } => {
            let name = dialect(file, *name);
            (
                quote!(#path::grammar(#name, #allow_empty)),
                Layer::Admission,
            )
        }
        ConstraintKind::OneOf(values) => (quote!(#path::one_of(&[#(#values),*])), Layer::Structure),
    };
    level_and_layer(&mut row, constraint.level, constraint.layer, usual);
    if let Some(note) = &constraint.note {
        row.extend(quote!(.note(#note)));
    }
    row
}

fn bound(file: &FileScope<'_, '_>, bound: Option<&Bound>) -> TokenStream {
    let path = file.table("Bound");
    option(bound.map(|bound| {
        let value = float(bound.value);
        let text = &bound.text;
        if bound.exclusive {
            quote!(#path::beyond(#value, #text))
        } else {
            quote!(#path::at(#value, #text))
        }
    }))
}
