//! The user's item as text of the schema language.

use crate::ast::{Body, Field, Input, Named, Role, Style, Variant};
use crate::attr::{Data, Entry, Group, Key, Value};
use crate::names;
use crate::text::Text;
use crate::types::Ty;
use proc_macro2::Span;
use std::collections::BTreeMap;
use syn::Error;
use syn::ext::IdentExt;

/// The item as a schema.
#[derive(Default)]
pub(crate) struct Lowered<'a> {
    /// The kind, or what stands in `types:` under the type's name.
    pub(crate) text: Text,
    /// Types that are declared elsewhere, by the name that the text gives them.
    pub(crate) named: Vec<Foreign<'a>>,
    /// Releases that the item names.
    pub(crate) releases: Vec<String>,
    /// What rules say of types that are declared elsewhere.
    pub(crate) claims: Vec<Claim>,
}

/// A type that is declared elsewhere.
pub(crate) struct Foreign<'a> {
    pub(crate) name: String,
    pub(crate) ty: std::borrow::Cow<'a, syn::Type>,
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

/// Verbs of rules.
const VERBS: &[&str] = &[
    "requires",
    "forbids",
    "exactlyOneOf",
    "atLeastOneOf",
    "atMostOneOf",
    "compare",
    "unique",
    "refersTo",
    "acyclic",
    "immutable",
    "cel",
];

/// Keywords whose maps have paths of fields as keys.
const CONDITIONS: &[&str] = &["when", "requiredWhen", "forbiddenWhen", "of", "oneShot"];
/// Keywords whose maps have keys of the user's own.
const FREE: &[&str] = &["default", "example", "examples", "value"];

/// How the keys of a map are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Keys {
    /// Keywords.
    Words,
    /// Paths of fields.
    Paths,
    /// As they are: a value of the user's own.
    Free,
    /// As they are, with keywords below: the cases of a union.
    Cases,
}

/// Writes the item as a schema.
pub(crate) fn lower<'a>(input: &'a Input<'a>, errors: &mut Vec<Error>) -> Lowered<'a> {
    let mut writer = Writer {
        input,
        fields: fields_of(input),
        out: Lowered::default(),
        errors,
        rules: Vec::new(),
        short_names: Vec::new(),
    };
    writer.item();
    writer.out
}

/// Rust names of fields and their keys in documents, with the type of each.
fn fields_of<'a>(input: &'a Input<'a>) -> BTreeMap<String, &'a Field<'a>> {
    let fields: Vec<&Field<'_>> = match &input.body {
        Body::Object(fields) => fields.iter().collect(),
        Body::Tagged(_, variants) => variants.iter().flat_map(|one| &one.fields).collect(),
        Body::Texts(_) => Vec::new(),
    };
    fields
        .into_iter()
        .map(|field| (field.ident.unraw().to_string(), field))
        .collect()
}

/// A rule that stands at a field or in a group of its own.
enum Rule<'a> {
    Group(&'a [Entry], Span),
    Field(&'a Entry, &'a Field<'a>),
}

struct Writer<'a, 'e> {
    input: &'a Input<'a>,
    fields: BTreeMap<String, &'a Field<'a>>,
    out: Lowered<'a>,
    errors: &'e mut Vec<Error>,
    rules: Vec<Rule<'a>>,
    /// `short` and `plural`, which the language has below `names`.
    short_names: Vec<&'a Entry>,
}

impl<'a> Writer<'a, '_> {
    fn text(&mut self) -> &mut Text {
        &mut self.out.text
    }

    fn item(&mut self) {
        let input = self.input;
        let span = input.ident.span();
        let start = self.out.text.written.len();
        self.text().raw("{");
        if input.role == Role::Kind {
            self.named("kind", &input.name);
        }
        self.docs(&input.docs, span);
        for group in &input.groups {
            self.group(group);
        }
        self.names_of_kind();
        match &input.body {
            Body::Object(fields) => self.object(fields),
            Body::Texts(variants) => self.values("enum", variants),
            Body::Tagged(tag, variants) => self.tagged(tag, variants),
        }
        self.all_rules();
        if let Some(status) = &input.status {
            self.text().comma();
            self.text().key("status", span);
            let name = status_name(status);
            let at = self.foreign(&name, std::borrow::Cow::Borrowed(status));
            if let Some(foreign) = self.out.named.get_mut(at) {
                foreign.object = true;
            }
            self.type_name(at);
        }
        self.text().raw("}");
        let end = self.out.text.written.len();
        self.out.text.cover(start..end, span);
    }

    fn named(&mut self, key: &str, value: &Named) {
        self.text().comma();
        self.text().key(key, value.span);
        self.text().at(value.span, |text| text.quoted(&value.text));
    }

    fn docs(&mut self, docs: &str, span: Span) {
        if !docs.is_empty() {
            self.text().comma();
            self.text().key("doc", span);
            self.text().at(span, |text| text.quoted(docs));
        }
    }

    /// A `#[chaos(…)]` of the item: keywords, or one rule.
    fn group(&mut self, group: &'a Group) {
        let verb = |entry: &Entry| {
            let word = names::keyword(&entry.key.text);
            VERBS.contains(&word.as_str())
                && !(word == "immutable"
                    && matches!(entry.value.data, Data::Nothing | Data::Plain(_)))
        };
        if group.entries.iter().any(verb) {
            self.rules.push(Rule::Group(&group.entries, group.span));
            return;
        }
        for entry in &group.entries {
            if matches!(entry.key.text.as_str(), "short" | "plural")
                && self.input.role == Role::Kind
            {
                self.short_names.push(entry);
            } else if entry.key.text == "rule" {
                match &entry.value.data {
                    Data::Map(entries) => self.rules.push(Rule::Group(entries, entry.key.span)),
                    _ => self.errors.push(Error::new(
                        entry.value.span,
                        "`rule` must be a map\nhelp: write `rule(requires(a, b), when(c = present))`",
                    )),
                }
            } else {
                self.entry(entry, Keys::Words);
            }
        }
    }

    fn names_of_kind(&mut self) {
        let names = std::mem::take(&mut self.short_names);
        if names.is_empty() {
            return;
        }
        self.text().comma();
        self.text().raw("\"names\": {");
        for entry in names {
            self.text().comma();
            self.text().key(&entry.key.text, entry.key.span);
            let one = entry.key.text == "short" && !matches!(entry.value.data, Data::List(_));
            if one {
                self.text().raw("[");
            }
            self.value(&entry.value, Keys::Words, None);
            if one {
                self.text().raw("]");
            }
        }
        self.text().raw("}");
    }

    fn object(&mut self, fields: &'a [Field<'a>]) {
        let span = self.input.ident.span();
        self.text().comma();
        self.text().key("fields", span);
        self.text().at(span, |text| text.raw("["));
        for field in fields {
            self.field(field, false);
        }
        self.text().raw("]");
    }

    /// One entry of `fields:`. A field of a tagged enum is never required by itself.
    fn field(&mut self, field: &'a Field<'a>, of_case: bool) {
        let Some(ty) = &field.ty else { return };
        let span = field.ident.span();
        let start = {
            let text = self.text();
            text.comma();
            text.written.len()
        };
        self.text().raw("{");
        self.named("name", &field.wire);
        if of_case && field.ident == "value" {
            // The name in Rust is the variant's.
        } else if let Some(name) = names::field_name(&field.ident, &field.wire.text) {
            self.text().comma();
            self.text().key("rename", span);
            self.text().at(span, |text| text.quoted(&name));
        }
        let given = |word: &str| {
            field
                .entries
                .iter()
                .any(|entry| names::keyword(&entry.key.text) == word)
        };
        if !given("type") && !given("enum") {
            self.text().comma();
            self.text()
                .key("type", syn::spanned::Spanned::span(ty.inner));
            self.ty(&ty.ty, syn::spanned::Spanned::span(ty.inner));
        }
        if ty.optional || of_case {
            self.text().comma();
            self.text().raw("\"required\": false");
        }
        if ty.nullable {
            self.text().comma();
            self.text().raw("\"nullable\": true");
        }
        self.docs(&field.docs, span);
        for entry in &field.entries {
            match names::keyword(&entry.key.text).as_str() {
                "requires" | "requiredWhen" | "forbiddenWhen" => {
                    self.rules.push(Rule::Field(entry, field));
                }
                "required" | "nullable" | "doc" => {}
                _ => self.entry(entry, Keys::Words),
            }
        }
        self.text().raw("}");
        let end = self.out.text.written.len();
        self.out.text.cover(start..end, span);
    }

    fn ty(&mut self, ty: &'a Ty<'a>, span: Span) {
        let start = self.out.text.written.len();
        self.text().raw("\"");
        self.bare_type(ty);
        self.text().raw("\"");
        let end = self.out.text.written.len();
        self.out.text.cover(start..end, span);
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
                let at = self.foreign(name, std::borrow::Cow::Borrowed(*ty));
                let name = self
                    .out
                    .named
                    .get(at)
                    .map(|one| one.name.clone())
                    .unwrap_or_default();
                let start = self.out.text.written.len();
                self.text().raw(&name);
                let end = self.out.text.written.len();
                self.text().types.push((start..end, at));
            }
        }
    }

    fn type_name(&mut self, at: usize) {
        let name = self
            .out
            .named
            .get(at)
            .map(|one| one.name.clone())
            .unwrap_or_default();
        self.text().raw("\"");
        let start = self.out.text.written.len();
        self.text().raw(&name);
        let end = self.out.text.written.len();
        self.text().types.push((start..end, at));
        self.text().raw("\"");
    }

    /// The number of a type that is declared elsewhere. Two paths that end in one name get
    /// different names.
    fn foreign(&mut self, name: &str, ty: std::borrow::Cow<'a, syn::Type>) -> usize {
        if let Some(at) = self.out.named.iter().position(|one| same(&one.ty, &ty)) {
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

    /// `enum:` of an enum of texts.
    fn values(&mut self, key: &str, variants: &'a [Variant<'a>]) {
        let span = self.input.ident.span();
        self.text().comma();
        self.text().key(key, span);
        self.text().at(span, |text| text.raw("["));
        for variant in variants.iter().filter(|variant| !variant.other) {
            let start = {
                let text = self.text();
                text.comma();
                text.written.len()
            };
            self.text().raw("{");
            self.named("value", &variant.value);
            if let Some(name) = names::variant_name(variant.ident, &variant.value.text) {
                self.text().comma();
                self.text().key("name", variant.ident.span());
                self.text()
                    .at(variant.ident.span(), |text| text.quoted(&name));
            }
            self.docs(&variant.docs, variant.ident.span());
            for entry in &variant.entries {
                self.entry(entry, Keys::Words);
            }
            self.text().raw("}");
            let end = self.out.text.written.len();
            self.out.text.cover(start..end, variant.ident.span());
        }
        self.text().raw("]");
    }

    /// An enum with a tag: an object whose tag decides.
    fn tagged(&mut self, tag: &'a Named, variants: &'a [Variant<'a>]) {
        let span = self.input.ident.span();
        self.text().comma();
        self.text().key("fields", span);
        self.text().raw("[{");
        self.named("name", tag);
        self.values("enum", variants);
        self.text().raw("}");
        let mut written: Vec<&Field<'_>> = Vec::new();
        for field in variants.iter().flat_map(|variant| &variant.fields) {
            match written.iter().find(|one| one.wire.text == field.wire.text) {
                Some(one) if same_type(one, field) => {}
                Some(_) => self.errors.push(Error::new(
                    field.wire.span,
                    format!(
                        "the field `{}` has another type in another variant\nhelp: give one of them a name of its own: `#[chaos(name = \"…\")]`",
                        field.wire.text
                    ),
                )),
                None => {
                    written.push(field);
                    self.field(field, true);
                }
            }
        }
        self.text().raw("]");
        self.text().comma();
        self.text().key("union", span);
        self.text().raw("{");
        let name = Named {
            text: self.input.ident.unraw().to_string(),
            span,
        };
        // The object itself is called so; the enum for target languages is another thing.
        let name = Named {
            text: format!("{}Case", name.text),
            span,
        };
        self.named("name", &name);
        self.named("tag", tag);
        self.text().raw(", \"foreign\": \"refuse\", \"cases\": {");
        for variant in variants {
            self.text().comma();
            self.text().key(&variant.value.text, variant.value.span);
            self.text().raw("{");
            for (key, optional) in [("requires", false), ("allows", true)] {
                let fields: Vec<&Field<'_>> = variant
                    .fields
                    .iter()
                    .filter(|field| field.ty.as_ref().is_some_and(|ty| ty.optional == optional))
                    .collect();
                if fields.is_empty() {
                    continue;
                }
                self.text().comma();
                self.text().key(key, variant.ident.span());
                self.text().raw("[");
                for field in fields {
                    self.text().comma();
                    let wire = &field.wire;
                    self.text().at(wire.span, |text| text.quoted(&wire.text));
                }
                self.text().raw("]");
            }
            self.text().raw("}");
        }
        self.text().raw("}}");
    }

    /// A keyword and its value.
    fn entry(&mut self, entry: &Entry, keys: Keys) {
        let word = names::keyword(&entry.key.text);
        self.text().comma();
        match keys {
            Keys::Words if !entry.key.quoted => {
                self.text().key(&word, entry.key.span);
                if matches!(word.as_str(), "since" | "until") {
                    self.release(&entry.value);
                }
            }
            Keys::Paths if !entry.key.quoted => {
                let path = self.path(&entry.key);
                self.text().key(&path, entry.key.span);
            }
            Keys::Words | Keys::Paths | Keys::Free | Keys::Cases => {
                self.text().key(&entry.key.text, entry.key.span);
            }
        }
        let below = match keys {
            Keys::Words if CONDITIONS.contains(&word.as_str()) => Keys::Paths,
            Keys::Words if FREE.contains(&word.as_str()) => Keys::Free,
            Keys::Words if word == "cases" => Keys::Cases,
            Keys::Words | Keys::Paths | Keys::Cases => Keys::Words,
            Keys::Free => Keys::Free,
        };
        let tested = (keys == Keys::Paths)
            .then(|| self.tested(&entry.key))
            .flatten();
        self.value(&entry.value, below, tested);
        if word == "union" {
            self.union(&entry.value);
        }
    }

    fn release(&mut self, value: &Value) {
        // What is no version is told by the language.
        let version = |text: &str| {
            text.split(['-', '+']).next().is_some_and(|numbers| {
                numbers.split('.').count() == 3
                    && numbers.split('.').all(|part| part.parse::<u64>().is_ok())
            })
        };
        if let Data::Text(text) = &value.data
            && version(text)
        {
            self.out.releases.push(text.clone());
        }
    }

    /// The foreign type of the field that a condition tests, if it tests the field itself.
    fn tested(&mut self, key: &Key) -> Option<usize> {
        let field = self.field_of(key.text.trim_end_matches("[]"))?;
        let (ty, _) = field.ty.as_ref()?.ty.named()?;
        self.out.named.iter().position(|one| same(&one.ty, ty))
    }

    fn field_of(&self, name: &str) -> Option<&'a Field<'a>> {
        self.fields.get(name).copied().or_else(|| {
            self.fields
                .values()
                .find(|field| field.wire.text == name)
                .copied()
        })
    }

    fn value(&mut self, value: &Value, keys: Keys, tested: Option<usize>) {
        let span = value.span;
        match &value.data {
            Data::Nothing => self.text().at(span, |text| text.raw("true")),
            Data::Text(words) => {
                self.claim(tested, words, span);
                self.text().at(span, |text| text.quoted(words));
            }
            Data::Plain(plain) => self.text().at(span, |text| text.raw(plain)),
            Data::Word(key) => {
                let path = self.path(key);
                if !matches!(path.as_str(), "present" | "absent" | "filled" | "empty") {
                    self.claim(tested, &path, span);
                }
                let flow = path.contains(['[', ']']);
                self.text().at(span, |text| {
                    if flow {
                        text.quoted(&path);
                    } else {
                        text.raw(&path);
                    }
                });
            }
            Data::List(items) => {
                let start = self.out.text.written.len();
                self.text().raw("[");
                for item in items {
                    self.text().comma();
                    self.value(item, keys, tested);
                }
                self.text().raw("]");
                let end = self.out.text.written.len();
                self.out.text.cover(start..end, span);
            }
            Data::Map(entries) => {
                let start = self.out.text.written.len();
                self.text().raw("{");
                for entry in entries {
                    if entry.key.text == "not" && tested.is_some() {
                        self.text().comma();
                        self.text().key("not", entry.key.span);
                        self.value(&entry.value, Keys::Words, tested);
                    } else {
                        self.entry(entry, keys);
                    }
                }
                self.text().raw("}");
                let end = self.out.text.written.len();
                self.out.text.cover(start..end, span);
            }
            Data::Rust(_) => {
                self.errors.push(Error::new(
                    span,
                    "a path of Rust has no meaning here\nhelp: fields are joined by dots",
                ));
                self.text().raw("null");
            }
        }
    }

    fn claim(&mut self, tested: Option<usize>, value: &str, span: Span) {
        if let Some(ty) = tested {
            self.out.claims.push(Claim {
                ty,
                what: What::Value(value.to_owned()),
                span,
            });
        }
    }

    /// A word as it stands in documents: names of fields as their keys.
    fn path(&mut self, key: &Key) -> String {
        if key.quoted {
            return key.text.clone();
        }
        let mut parts = key.text.split('.');
        let first = parts.next().unwrap_or_default();
        let name = first.trim_end_matches("[]");
        let Some(field) = self.field_of(name) else {
            return if key.text.contains('.') {
                key.text
                    .split('.')
                    .map(names::keyword)
                    .collect::<Vec<_>>()
                    .join(".")
            } else {
                key.text.clone()
            };
        };
        let mut path = format!(
            "{}{}",
            field.wire.text,
            first.get(name.len()..).unwrap_or_default()
        );
        for (at, part) in parts.enumerate() {
            let step = names::keyword(part);
            if at == 0 {
                self.claim_field(field, step.trim_end_matches("[]"), key.span);
            }
            path.push('.');
            path.push_str(&step);
        }
        path
    }

    fn claim_field(&mut self, field: &'a Field<'a>, wire: &str, span: Span) {
        let Some((ty, name)) = field.ty.as_ref().and_then(|ty| ty.ty.named()) else {
            return;
        };
        if name == "Self" || self.input.ident.unraw() == name {
            return;
        }
        let at = self.foreign(name, std::borrow::Cow::Borrowed(ty));
        self.out.claims.push(Claim {
            ty: at,
            what: What::Field(wire.to_owned()),
            span,
        });
    }

    /// The tag of a union whose type is declared elsewhere has the values of the cases.
    fn union(&mut self, value: &Value) {
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
        let at = self.foreign(name, std::borrow::Cow::Borrowed(ty));
        for case in cases {
            self.claim(Some(at), &case.key.text, case.key.span);
        }
        let values = cases.iter().map(|case| case.key.text.clone()).collect();
        if let Some(foreign) = self.out.named.get_mut(at) {
            foreign.cases = Some(values);
        }
    }

    fn all_rules(&mut self) {
        let rules = std::mem::take(&mut self.rules);
        if rules.is_empty() {
            return;
        }
        self.text().comma();
        self.text().raw("\"rules\": [");
        for (at, rule) in rules.iter().enumerate() {
            let start = {
                let text = self.text();
                text.comma();
                text.written.len()
            };
            self.text().raw("{");
            let span = match rule {
                Rule::Group(entries, span) => {
                    self.rule_group(entries, at + 1);
                    *span
                }
                Rule::Field(entry, field) => {
                    self.rule_field(entry, field);
                    entry.key.span
                }
            };
            self.text().raw("}");
            let end = self.out.text.written.len();
            self.out.text.cover(start..end, span);
        }
        self.text().raw("]");
    }

    fn rule_group(&mut self, entries: &[Entry], number: usize) {
        if !entries.iter().any(|entry| entry.key.text == "name") {
            let verb = entries
                .iter()
                .map(|entry| names::keyword(&entry.key.text))
                .find(|word| VERBS.contains(&word.as_str()))
                .unwrap_or_else(|| "rule".to_owned());
            self.text()
                .raw(&format!("\"name\": \"{}-{number}\"", kebab(&verb)));
        }
        for entry in entries {
            self.entry(entry, Keys::Words);
        }
    }

    /// `requires`, `required_when` and `forbidden_when` of a field.
    fn rule_field(&mut self, entry: &Entry, field: &Field<'_>) {
        let wire = &field.wire.text;
        let word = names::keyword(&entry.key.text);
        let span = entry.key.span;
        let name = format!("{wire}-{}", kebab(&word));
        self.text().raw("\"name\": ");
        self.text().quoted(&name);
        if word == "requires" {
            self.entry(entry, Keys::Words);
            self.text().raw(", \"when\": {");
            self.text().key(wire, span);
            self.text().raw("present}");
            return;
        }
        let verb = if word == "requiredWhen" {
            "requires"
        } else {
            "forbids"
        };
        self.text().comma();
        self.text().key(verb, span);
        self.text().raw("[");
        self.text().at(field.wire.span, |text| text.quoted(wire));
        self.text().raw("], ");
        self.text().key("when", span);
        self.value(&entry.value, Keys::Paths, None);
    }
}

fn kebab(word: &str) -> String {
    word.chars()
        .flat_map(|c| {
            let dash = c.is_uppercase().then_some('-');
            dash.into_iter().chain(c.to_lowercase())
        })
        .collect()
}

fn status_name(ty: &syn::Type) -> String {
    match ty {
        syn::Type::Path(path) => path
            .path
            .segments
            .last()
            .map_or_else(String::new, |last| last.ident.unraw().to_string()),
        _ => String::new(),
    }
}

/// Whether two types are written alike.
fn same(one: &syn::Type, other: &syn::Type) -> bool {
    let plain = |ty: &syn::Type| quote::ToTokens::to_token_stream(ty).to_string();
    plain(one) == plain(other)
}

fn same_type(one: &Field<'_>, other: &Field<'_>) -> bool {
    match (&one.ty, &other.ty) {
        (Some(one), Some(other)) => same(one.inner, other.inner) && one.nullable == other.nullable,
        _ => false,
    }
}

impl Style {
    /// Whether it holds fields.
    pub(crate) fn has_fields(self) -> bool {
        self != Self::Unit
    }
}
