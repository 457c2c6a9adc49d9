//! Rules and unions as rows of tables.

use super::file::FileScope;
use super::literal::{int, literal, option};
use herz_dsl::catalog::{
    Compare, Condition, FieldPath, Foreign, Layer, PathStep, Rule, RuleKind, Test, Union,
};
use herz_dsl::check::words;
use herz_types::Level;
use herz_types::table::EACH;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

/// A rule's row.
pub(super) fn rule(file: &FileScope<'_, '_>, rule: &Rule) -> TokenStream {
    let path = file.table("Rule");
    let name = &rule.name;
    let kind = kind(file, &rule.kind);
    let mut row = quote!(#path::new(#name, #kind));
    if !rule.when.is_empty() {
        let when = conditions(file, &rule.when);
        let said = words::when(&rule.when);
        row.extend(quote!(.when(#when, #said)));
    }
    if let Some(message) = &rule.message {
        row.extend(quote!(.message(#message)));
    }
    match rule.level {
        Level::Error => {}
        Level::Warning => row.extend(quote!(.warning())),
    }
    match rule.layer {
        Layer::Admission => {}
        Layer::Structure => row.extend(quote!(.structure())),
    }
    row
}

fn kind(file: &FileScope<'_, '_>, kind: &RuleKind) -> TokenStream {
    let path = file.table("RuleKind");
    match kind {
        RuleKind::Requires { fields, filled } => {
            let fields = paths(file, fields);
            quote!(#path::Requires { fields: #fields, filled: #filled })
        }
        RuleKind::Forbids { fields, filled } => {
            let fields = paths(file, fields);
            quote!(#path::Forbids { fields: #fields, filled: #filled })
        }
        RuleKind::Count {
            fields,
            min,
            at_most_one,
            filled,
        } => {
            let (fields, min) = (paths(file, fields), int(min));
            quote! {
                #path::Count { fields: #fields, min: #min, at_most_one: #at_most_one, filled: #filled }
            }
        }
        RuleKind::Compare { left, op, right } => {
            let (left, right) = (field_path(file, left), field_path(file, right));
            let op = compare(file, *op);
            quote!(#path::Compare { left: #left, op: #op, right: #right })
        }
        RuleKind::Unique { list, by } => {
            let list = field_path(file, list);
            let by = option(by.as_ref().map(|by| quote!(#by)));
            quote!(#path::Unique { list: #list, by: #by })
        }
        RuleKind::RefersTo { from, to, of } => {
            let (from, to) = (field_path(file, from), field_path(file, to));
            let of = conditions(file, of);
            quote!(#path::RefersTo { from: #from, to: #to, of: #of })
        }
        RuleKind::Acyclic { list, name, edges } => {
            let (list, edges) = (field_path(file, list), field_path(file, edges));
            quote!(#path::Acyclic { list: #list, name: #name, edges: #edges })
        }
        RuleKind::Immutable { fields } => {
            let fields = paths(file, fields);
            quote!(#path::Immutable { fields: #fields })
        }
        RuleKind::Cel {
            source,
            expr: _,
            at,
        } => {
            let at = paths(file, at);
            quote!(#path::Cel { source: #source, at: #at })
        }
    }
}

fn compare(file: &FileScope<'_, '_>, op: Compare) -> TokenStream {
    let path = file.table("Compare");
    let name = match op {
        Compare::Less => "Less",
        Compare::LessOrEqual => "LessOrEqual",
        Compare::Greater => "Greater",
        Compare::GreaterOrEqual => "GreaterOrEqual",
        Compare::Equal => "Equal",
        Compare::NotEqual => "NotEqual",
    };
    let name = format_ident!("{name}");
    quote!(#path::#name)
}

fn conditions(file: &FileScope<'_, '_>, conditions: &[Condition]) -> TokenStream {
    let path = file.table("Condition");
    let rows = conditions.iter().map(|condition| {
        let field = field_path(file, &condition.field);
        let test = test(file, &condition.test);
        quote!(#path::new(#field, #test))
    });
    quote!(&[#(#rows),*])
}

fn test(file: &FileScope<'_, '_>, test: &Test) -> TokenStream {
    let path = file.table("Test");
    match test {
        Test::In(values) => {
            let values = values.iter().map(|value| literal(file, value));
            quote!(#path::In(&[#(#values),*]))
        }
        Test::NotIn(values) => {
            let values = values.iter().map(|value| literal(file, value));
            quote!(#path::NotIn(&[#(#values),*]))
        }
        Test::Present => quote!(#path::Present),
        Test::Absent => quote!(#path::Absent),
        Test::Filled => quote!(#path::Filled),
        Test::Empty => quote!(#path::Empty),
    }
}

fn paths(file: &FileScope<'_, '_>, paths: &[FieldPath]) -> TokenStream {
    let rows = paths.iter().map(|path| field_path(file, path));
    quote!(&[#(#rows),*])
}

/// A path as a constant.
pub(super) fn field_path(file: &FileScope<'_, '_>, field_path: &FieldPath) -> TokenStream {
    let path = file.table("FieldPath");
    let steps = field_path.0.iter().map(|step| match step {
        PathStep::Field(name) => name.as_str(),
        PathStep::Each => EACH,
    });
    quote!(#path(&[#(#steps),*]))
}

/// A union's row.
pub(super) fn union(file: &FileScope<'_, '_>, union: &Union, former: &[String]) -> TokenStream {
    let path = file.table("Union");
    let case_path = file.table("Case");
    let foreign_path = file.table("Foreign");
    let cases = union.cases.iter().map(|case| {
        let (value, requires, allows) = (&case.value, &case.requires, &case.allows);
        let mut row = quote!(#case_path::new(#value, &[#(#requires),*], &[#(#allows),*]));
        if case.filled {
            row.extend(quote!(.filled()));
        }
        match case.level {
            Level::Error => {}
            Level::Warning => row.extend(quote!(.warning())),
        }
        row
    });
    let foreign = match union.foreign {
        Foreign::Ignore => quote!(#foreign_path::Ignore),
        Foreign::Warn => quote!(#foreign_path::Warn),
        Foreign::Refuse => quote!(#foreign_path::Refuse),
    };
    let (tag, selected) = (&union.tag, union.selected_only);
    quote! {
        #path {
            tag: #tag,
            cases: &[#(#cases),*],
            former: &[#(#former),*],
            foreign: #foreign,
            selected_only: #selected,
        }
    }
}
