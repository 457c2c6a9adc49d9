//! The lowered item, compiled: every finding at the token that it comes from.

use crate::ast::{Body, FIELD, ITEM, Input, Role, VARIANT};
use crate::lower::Lowered;
use crate::names;
use crate::text::Text;
use herz_dsl::catalog::Catalog;
use herz_dsl::compile::{self, PackageSource, SourceFile};
use herz_dsl::diagnostic::{Diagnostic, Level, codes, did_you_mean};
use herz_dsl::source::SourceId;
use proc_macro2::Span;
use std::collections::BTreeMap;
use syn::Error;

/// What the item became.
#[derive(Debug)]
pub(crate) struct Valid {
    pub(crate) catalog: Catalog,
    /// Name of the item's type in the catalog.
    pub(crate) name: String,
    /// Name of the package.
    pub(crate) package: String,
    /// Entries of `package.yaml`, without the platform.
    pub(crate) package_text: String,
    /// Releases that the platform has, ascending.
    pub(crate) releases: Vec<String>,
}

/// Compiles the lowered item.
pub(crate) fn check(
    input: &Input<'_>,
    lowered: &Lowered<'_>,
    errors: &mut Vec<Error>,
) -> Option<Valid> {
    rust_cant_hold(input, errors);
    let told_already = rust_only(input, errors);
    let package = package_name(input);
    let mut head = Text::default();
    head.raw("{");
    let ident = input.ident.span();
    let mut entry = |key: &str, value: &str, span: Span| {
        head.comma();
        head.key(key, span);
        head.at(span, |text| text.quoted(value));
    };
    let named = |named: &Option<crate::ast::Named>, plain: &str| {
        named.as_ref().map_or_else(
            || (plain.to_owned(), ident),
            |named| (named.text.clone(), named.span),
        )
    };
    let (group, group_span) = named(&input.group, "local");
    let (version, version_span) = named(&input.version, "v1alpha1");
    let package_span = input.package.as_ref().map_or(group_span, |one| one.span);
    entry("package", &package, package_span);
    entry("group", &group, group_span);
    entry("apiVersion", &version, version_span);
    let package_text = head.written.trim_start_matches('{').to_owned();
    let releases = releases(lowered);
    head.raw(&platform(&package, &releases));
    head.raw("}");

    // A kind is a file of its own, a type stands in one.
    let before = match input.role {
        Role::Kind => String::new(),
        Role::Type => {
            let mut before = Text::default();
            before.raw("{\"types\": {");
            before.quoted(&input.name.text);
            before.raw(": ");
            before.written
        }
    };
    let after = if input.role == Role::Kind { "" } else { "}}" };
    let text = format!("{before}{}{after}", lowered.text.written);
    let files = vec![
        source(1, "item.yaml", &text),
        source(2, "types.yaml", &stubs(lowered)),
    ];
    let source = PackageSource {
        package: Some(source(0, compile::PACKAGE_FILE, &head.written)),
        files,
        imports: BTreeMap::new(),
    };
    let (catalog, findings) = compile::compile_part(&[source]);
    let mut wrong = false;
    for finding in findings.iter().filter(|one| one.level == Level::Error) {
        wrong = true;
        let again = finding.code == codes::UNKNOWN_KEYWORD
            && told_already
                .iter()
                .any(|word| finding.message.ends_with(&format!("`{word}`")));
        if again {
            continue;
        }
        let token = finding.span.and_then(|span| match span.source {
            SourceId(0) => head.token(span.start as usize, span.end as usize),
            SourceId(1) => {
                let shift = |at: u32| (at as usize).checked_sub(before.len());
                lowered.text.token(shift(span.start)?, shift(span.end)?)
            }
            _ => None,
        });
        errors.push(Error::new(
            token.unwrap_or(input.name.span),
            told(finding, input.role),
        ));
    }
    if wrong || !errors.is_empty() {
        return None;
    }
    Some(Valid {
        catalog,
        name: match input.role {
            Role::Kind => format!("{}.spec", input.name.text),
            Role::Type => input.name.text.clone(),
        },
        package,
        package_text,
        releases,
    })
}

/// A finding as a compile error says it: message, code, hints.
pub(crate) fn told(finding: &Diagnostic, role: Role) -> String {
    let mut text = format!("{} [{}]", finding.message, finding.code);
    for help in &finding.help {
        text.push_str("\nhelp: ");
        text.push_str(help);
    }
    if finding.code == codes::BAD_CEL && finding.message.contains("`any`") && role != Role::Type {
        text.push_str(
            "\nhelp: a derive sees one type at a time: put the rule on the inner type, or use `chaos_schema!`",
        );
    }
    text
}

fn source(id: u32, name: &str, text: &str) -> SourceFile {
    SourceFile {
        id: SourceId(id),
        name: name.to_owned(),
        bytes: text.as_bytes().to_vec(),
    }
}

/// `acme` for the group `acme.io`.
fn package_name(input: &Input<'_>) -> String {
    if let Some(package) = &input.package {
        return package.text.clone();
    }
    let group = input
        .group
        .as_ref()
        .map_or("local", |group| group.text.as_str());
    group.split('.').next().unwrap_or(group).to_owned()
}

/// The releases that the item names, and the crate's own version.
fn releases(lowered: &Lowered<'_>) -> Vec<String> {
    if lowered.releases.is_empty() {
        return Vec::new();
    }
    let own = std::env::var("CARGO_PKG_VERSION").ok();
    let mut releases: Vec<String> = lowered.releases.iter().cloned().chain(own).collect();
    herz_types::declare::sort_releases(&mut releases);
    releases
}

fn platform(package: &str, releases: &[String]) -> String {
    if releases.is_empty() {
        return String::new();
    }
    format!(
        ", \"platform\": {{\"name\": \"{package}\", \"versions\": [{}]}}",
        releases
            .iter()
            .map(|one| format!("\"{one}\""))
            .collect::<Vec<_>>()
            .join(", ")
    )
}

/// Stand-ins for types that are declared elsewhere: nothing is known of their values.
fn stubs(lowered: &Lowered<'_>) -> String {
    let mut text = Text::default();
    text.raw("{\"types\": {");
    for foreign in &lowered.named {
        text.comma();
        text.quoted(&foreign.name);
        text.raw(": ");
        match &foreign.cases {
            Some(values) => {
                text.raw("{\"enum\": [");
                for value in values {
                    text.comma();
                    text.quoted(value);
                }
                text.raw("]}");
            }
            None if foreign.object => text.raw(
                "{\"open\": true, \"fields\": [{\"name\": \"any\", \"type\": any, \"required\": false}]}",
            ),
            None => text.raw("{\"scalar\": any}"),
        }
    }
    text.raw("}}");
    text.written
}

/// What a schema may say and a Rust type can't hold.
fn rust_cant_hold(input: &Input<'_>, errors: &mut Vec<Error>) {
    let entry = |key: &str| {
        input
            .groups
            .iter()
            .flat_map(|group| &group.entries)
            .find(|entry| entry.key.text == key)
    };
    let unknown = match &input.body {
        Body::Object(fields) => fields.iter().any(|field| field.ty.is_none()),
        Body::Texts(_) | Body::Tagged(..) => false,
    };
    if let (Some(open), false) = (entry("open"), unknown) {
        errors.push(Error::new(
            open.key.span,
            "an open type keeps fields that the schema does not know, and this one has no place for them\nhelp: add a field `unknown: herz::Unknown`",
        ));
    }
    if let (Some(cel), Body::Tagged(..)) = (entry("cel"), &input.body) {
        errors.push(Error::new(
            cel.key.span,
            "a tagged enum has no rules in CEL\nhelp: put the rule on the type of the variant",
        ));
    }
}

/// Keywords that only the macros have: a slip in one of them is told with what was meant.
fn rust_only(input: &Input<'_>, errors: &mut Vec<Error>) -> Vec<String> {
    let mut told = Vec::new();
    let mut check = |word: &str, span: Span, what: &str, known: &[&str]| {
        // The schema language tells slips in its own keywords.
        let camel = names::keyword(word);
        if language().any(|one| one == camel) || known.contains(&word) {
            return;
        }
        let own = did_you_mean(word, known.iter().copied());
        let other = did_you_mean(&camel, language());
        if let (Some(meant), None) = (own, other) {
            told.push(camel);
            errors.push(Error::new(
                span,
                format!(
                    "{what} has no keyword `{word}` [{}]\nhelp: did you mean `{meant}`?",
                    codes::UNKNOWN_KEYWORD
                ),
            ));
        }
    };
    let mut item = ITEM.to_vec();
    if input.role == Role::Kind {
        item.push("kind");
    }
    for entry in input.groups.iter().flat_map(|group| &group.entries) {
        check(&entry.key.text, entry.key.span, "a chaos type", &item);
    }
    let (fields, variants) = match &input.body {
        Body::Object(fields) => (fields.iter().collect(), &[][..]),
        Body::Texts(variants) => (Vec::new(), variants.as_slice()),
        Body::Tagged(_, variants) => (
            variants
                .iter()
                .flat_map(|one| &one.fields)
                .collect::<Vec<_>>(),
            variants.as_slice(),
        ),
    };
    for entry in fields.iter().flat_map(|field| &field.entries) {
        check(&entry.key.text, entry.key.span, "a field", FIELD);
    }
    for entry in variants.iter().flat_map(|variant| &variant.entries) {
        check(&entry.key.text, entry.key.span, "a variant", VARIANT);
    }
    told
}

/// Keywords of the schema language that attributes may have.
fn language() -> impl Iterator<Item = &'static str> + Clone {
    const KEYWORDS: &[&str] = &[
        "acyclic",
        "aliases",
        "allowEmpty",
        "allows",
        "at",
        "atLeastOneOf",
        "atMostOneOf",
        "atomic",
        "by",
        "cel",
        "columns",
        "compare",
        "default",
        "deprecated",
        "documentRules",
        "embedded",
        "enum",
        "enumBy",
        "enumLevel",
        "exactlyOneOf",
        "example",
        "examples",
        "filled",
        "forbids",
        "grammar",
        "immutable",
        "include",
        "items",
        "judged",
        "lasting",
        "length",
        "level",
        "merge",
        "message",
        "multipleOf",
        "name",
        "names",
        "normalize",
        "oneOf",
        "open",
        "pattern",
        "range",
        "refersTo",
        "rename",
        "requires",
        "reserved",
        "scope",
        "semantics",
        "sensitive",
        "since",
        "specRequired",
        "subresources",
        "type",
        "union",
        "unique",
        "until",
        "value",
        "when",
        "zero",
        "doc",
        "required",
        "nullable",
        "kind",
    ];
    KEYWORDS.iter().copied()
}
