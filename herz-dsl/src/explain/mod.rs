//! What a kind, field or type means: data for `herz explain`, the reference docs and editors.

mod describe;

pub use describe::{constraint_text, life_text, literal_text, rule_text, type_text};

use crate::catalog::{Catalog, Constraint, Field, Kind, Life, Object, Type, TypeBody, TypeDef};
use crate::diagnostic::did_you_mean;

/// Everything worth telling about one place of a kind.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Page {
    /// The place: `NetworkChaos.spec.delay.latency`.
    pub path: String,
    /// Its type in words: `duration(go)`, `list of Selector`.
    pub ty: String,
    /// Meaning, in Markdown.
    pub doc: String,
    /// One line each: required or not, default, limits, releases.
    pub facts: Vec<String>,
    /// The allowed values of an enum, with their meaning.
    pub values: Vec<Row>,
    /// The fields of an object.
    pub fields: Vec<Row>,
    /// The rules across its fields, one sentence each.
    pub rules: Vec<String>,
    /// Examples as YAML text.
    pub examples: Vec<String>,
}

/// One line of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Field name or enum value.
    pub name: String,
    /// Type in words; empty for an enum value.
    pub ty: String,
    /// Whether the key must be there.
    pub required: bool,
    /// First sentence of its meaning.
    pub summary: String,
    /// Releases that have it, if not all: `since 2.7.0`.
    pub life: String,
}

/// Why there is no page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotFound {
    /// What does not exist: `NetworkChaos.spec.dealy`.
    pub path: String,
    /// The part of it that exists: `NetworkChaos.spec`; empty if not even the kind does.
    pub known: String,
    /// A name that is close to the first wrong one.
    pub suggestion: Option<String>,
}

/// The page of `KIND[.field…]`. A path that does not start with `spec`, `status`, `metadata`,
/// `apiVersion` or `kind` is looked up in `spec`; `[]` and list numbers are skipped; letters' case
/// does not matter for the kind.
///
/// # Errors
/// [`NotFound`] with the longest part that exists and a close name.
pub fn page(catalog: &Catalog, path: &str) -> Result<Page, NotFound> {
    let mut parts = path
        .split('.')
        .map(|part| part.split('[').next().unwrap_or(part));
    let name = parts.next().unwrap_or_default();
    let Some(kind) = catalog
        .kinds
        .iter()
        .find(|kind| kind.name.eq_ignore_ascii_case(name))
    else {
        let names = || catalog.kinds.iter().map(|kind| kind.name.as_str());
        // `Netchaos` and `pod` are too far for a slip of the pen, and still clear.
        let suggestion = did_you_mean(name, names()).or_else(|| {
            let begin = |name: &str| name.get(..3).map(str::to_ascii_lowercase);
            let own = begin(name)?;
            names().find(|known| begin(known).as_ref() == Some(&own))
        });
        return Err(NotFound {
            path: path.to_owned(),
            known: String::new(),
            suggestion: suggestion.map(ToOwned::to_owned),
        });
    };
    let rest: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    let (root, rest) = match rest.split_first() {
        None => return Ok(kind_page(catalog, kind)),
        Some((&"spec", rest)) => ("spec", rest),
        Some((&"status", rest)) => ("status", rest),
        Some(_) => ("spec", rest.as_slice()),
    };
    let id = if root == "status" {
        kind.status
    } else {
        Some(kind.spec)
    };
    let at = format!("{}.{root}", kind.name);
    let Some(def) = id.and_then(|id| catalog.get(id)) else {
        return Err(NotFound {
            path: path.to_owned(),
            known: kind.name.clone(),
            suggestion: None,
        });
    };
    walk(catalog, def, at, rest, path)
}

/// Follows `rest` from a type down to its page.
fn walk(
    catalog: &Catalog,
    def: &TypeDef,
    mut at: String,
    rest: &[&str],
    asked: &str,
) -> Result<Page, NotFound> {
    let mut def = Some(def);
    let mut field: Option<&Field> = None;
    for part in rest {
        let fields = def.map(fields_of).unwrap_or_default();
        let Some(found) = fields
            .iter()
            .rev()
            .find(|f| f.wire == *part || f.aliases.iter().any(|a| a == part))
        else {
            let suggestion = did_you_mean(part, fields.iter().map(|f| f.wire.as_str()));
            return Err(NotFound {
                path: asked.to_owned(),
                known: at,
                suggestion: suggestion.map(ToOwned::to_owned),
            });
        };
        at = format!("{at}.{}", found.wire);
        def = named(catalog, &found.ty);
        field = Some(found);
    }
    let mut page = match field {
        Some(field) => field_page(catalog, field),
        None => Page {
            ty: "object".to_owned(),
            ..Page::default()
        },
    };
    page.path = at;
    if let Some(def) = def {
        add_type(catalog, def, &mut page);
    }
    Ok(page)
}

/// The fields of an object type; none for other types.
fn fields_of(def: &TypeDef) -> &[Field] {
    match &def.body {
        TypeBody::Object(object) => &object.fields,
        TypeBody::Enum(_) | TypeBody::Refined(..) => &[],
    }
}

/// The named type that a value of this type is made of, through lists and maps.
fn named<'c>(catalog: &'c Catalog, ty: &Type) -> Option<&'c TypeDef> {
    match ty {
        Type::Ref(id) => catalog.get(*id),
        Type::List(item) | Type::Map(item) => named(catalog, item),
        _ => None,
    }
}

fn kind_page(catalog: &Catalog, kind: &Kind) -> Page {
    let package = catalog.packages.get(kind.package.0 as usize);
    let mut page = Page {
        path: kind.name.clone(),
        doc: kind.doc.clone(),
        ..Page::default()
    };
    if let Some(package) = package {
        page.ty = format!("kind of {}/{}", package.group, package.api_version);
    }
    let scope = match kind.scope {
        crate::catalog::Scope::Namespaced => "namespaced",
        crate::catalog::Scope::Cluster => "cluster-wide",
    };
    page.facts
        .push(format!("{scope}, plural `{}`", kind.plural));
    if !kind.short.is_empty() {
        page.facts.push(format!("short: {}", kind.short.join(", ")));
    }
    push_life(&mut page.facts, &kind.life);
    if kind.immutable {
        page.facts
            .push("spec can't be changed after creation".to_owned());
    }
    if let Some(lasting) = &kind.lasting {
        page.facts
            .push(format!("lasts until `spec.{}` is over", lasting.duration));
    }
    page.rules.extend(kind.rules.iter().map(rule_text));
    if let Some(def) = catalog.get(kind.spec) {
        add_type(catalog, def, &mut page);
    }
    page.examples.clone_from(&kind.examples);
    page
}

fn field_page(catalog: &Catalog, field: &Field) -> Page {
    let mut page = Page {
        ty: type_text(catalog, &field.ty),
        doc: field.doc.clone(),
        ..Page::default()
    };
    page.facts.push(
        if field.required {
            "required"
        } else {
            "optional"
        }
        .to_owned(),
    );
    if field.nullable {
        page.facts.push("null is a value".to_owned());
    }
    if let Some(default) = &field.default {
        page.facts
            .push(format!("default {}", describe::default_text(default)));
    }
    page.facts.extend(limits(&field.constraints));
    push_life(&mut page.facts, &field.life);
    if !field.aliases.is_empty() {
        page.facts
            .push(format!("former names: {}", field.aliases.join(", ")));
    }
    if let Some(replaces) = &field.replaces {
        page.facts
            .push(format!("takes the place of `{}`", replaces.field));
    }
    if field.immutable {
        page.facts
            .push("can't be changed after creation".to_owned());
    }
    page.examples = field.examples.iter().map(literal_text).collect();
    page
}

fn limits(constraints: &[Constraint]) -> impl Iterator<Item = String> + '_ {
    constraints.iter().map(constraint_text)
}

fn push_life(facts: &mut Vec<String>, life: &Life) {
    let text = life_text(life);
    if !text.is_empty() {
        facts.push(text);
    }
}

/// Adds what the named type itself says.
fn add_type(catalog: &Catalog, def: &TypeDef, page: &mut Page) {
    if page.doc.is_empty() {
        page.doc.clone_from(&def.doc);
    }
    match &def.body {
        TypeBody::Object(object) => add_object(catalog, object, page),
        TypeBody::Enum(values) => {
            page.values = values
                .values
                .iter()
                .map(|value| Row {
                    name: value.value.clone(),
                    ty: String::new(),
                    required: false,
                    summary: summary(&value.doc),
                    life: life_text(&value.life),
                })
                .collect();
        }
        TypeBody::Refined(ty, constraints) => {
            page.ty = type_text(catalog, ty);
            page.facts.extend(limits(constraints));
            if let Some(inner) = named(catalog, ty) {
                add_type(catalog, inner, page);
            }
        }
    }
}

fn add_object(catalog: &Catalog, object: &Object, page: &mut Page) {
    page.fields = object
        .fields
        .iter()
        .map(|field| Row {
            name: field.wire.clone(),
            ty: type_text(catalog, &field.ty),
            required: field.required,
            summary: summary(&field.doc),
            life: life_text(&field.life),
        })
        .collect();
    page.rules.extend(object.rules.iter().map(rule_text));
    if let Some(union) = &object.union {
        page.rules.extend(describe::union_texts(union));
    }
}

/// The first sentence of a Markdown text, on one line.
pub fn summary(doc: &str) -> String {
    let paragraph = doc.trim().split("\n\n").next().unwrap_or_default();
    let line = paragraph.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.find(". ") {
        Some(end) => line.get(..=end).unwrap_or(&line).to_owned(),
        None => line,
    }
}
