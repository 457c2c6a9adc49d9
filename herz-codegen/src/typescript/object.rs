//! Objects, enums, unions and whole documents.

use super::doc;
use super::file::Scope;
use super::literal::{call, entries, key, row, string};
use super::types::{descriptor, property, typescript};
use crate::lower::{self, Call, Code, Member, Named, ObjectRows, Row, UnionPlan, camel};
use herz_dsl::catalog::{Enum, Kind, Object, Rule, RuleKind, Type, TypeDef, TypeId};

/// An interface, and the constant that reads and judges it.
pub(super) fn object(
    scope: &Scope<'_, '_>,
    code: &mut Code,
    id: TypeId,
    def: &TypeDef,
    body: &Object,
    named: &Named,
) {
    let ident = &named.ident;
    let members = scope.plan.members(id);
    doc::comment(code, &lower::type_doc(def));
    if members.is_empty() {
        code.line(format!("export interface {ident} {{}}"));
    } else {
        code.open(format!("export interface {ident} {{"));
        for member in members {
            doc::comment(code, &lower::field_doc(member.field));
            code.line(property(scope, member));
        }
        code.close("}");
    }
    code.line("");
    code.line(format!(
        "/** Reads, judges and writes {{@link {ident}}}. */"
    ));
    let model = scope.spec("model");
    code.open(format!(
        "export const {ident}: {}<{ident}> = {model}(() => ({{",
        scope.spec("Model")
    ));
    let rows = lower::object(scope.plan, id, def, body);
    let types: Vec<String> = members
        .iter()
        .map(|member| descriptor(scope, &member.field.ty))
        .collect();
    table(scope, code, &rows, &types, &body.rules);
    code.close("}));").line("");
    if let Some(union) = scope.plan.union(id) {
        tagged(scope, code, union, members, named);
    }
}

fn table(
    scope: &Scope<'_, '_>,
    code: &mut Code,
    rows: &ObjectRows,
    types: &[String],
    rules: &[Rule],
) {
    code.line(format!("name: {},", string(&rows.name)));
    for name in rows.flags() {
        code.line(format!("{}: true,", camel(name)));
    }
    for (name, one) in rows.parts() {
        code.line(format!("{name}: {},", row(scope, one)));
    }
    if !rows.gone.is_empty() {
        let gone = Row::Pairs(rows.gone.clone());
        code.line(format!("gone: {},", row(scope, &gone)));
    }
    if !rows.fields.is_empty() {
        code.open("fields: [");
        for (field, ty) in rows.fields.iter().zip(types) {
            let mut parts = entries(scope, field);
            // Fields without a name say nothing of it.
            if !parts.first().is_some_and(|one| one.starts_with("wire: ")) {
                parts.insert(0, "wire: \"\"".to_owned());
            }
            parts.insert(1, format!("type: {ty}"));
            code.line(format!("{{ {} }},", parts.join(", ")));
        }
        code.close("],");
    }
    if !rows.rules.is_empty() {
        code.open("rules: [");
        for (one, rule) in rows.rules.iter().zip(rules) {
            let mut parts = entries(scope, one);
            if let RuleKind::Cel { expr, .. } = &rule.kind {
                let expression = call(scope, &Call::new(expr));
                parts.push(format!("holds: (self) => {expression}"));
            }
            code.line(format!("{{ {} }},", parts.join(", ")));
        }
        code.close("],");
    }
}

/// An enum: the type, tolerant of texts that are not listed, and the constant with its values.
pub(super) fn enumeration(
    scope: &Scope<'_, '_>,
    code: &mut Code,
    id: TypeId,
    def: &TypeDef,
    body: &Enum,
    named: &Named,
) {
    let ident = &named.ident;
    let variants = scope.plan.variants(id);
    doc::comment(code, &lower::type_doc(def));
    let mut values: Vec<String> = variants.iter().map(|one| string(&one.value)).collect();
    values.push(scope.spec("Unlisted"));
    let line = format!("export type {ident} = {};", values.join(" | "));
    if line.len() <= 110 {
        code.line(line);
    } else {
        code.open(format!("export type {ident} ="));
        for (at, value) in values.iter().enumerate() {
            let end = if at + 1 == values.len() { ";" } else { "" };
            code.line(format!("| {value}{end}"));
        }
        code.dedent();
    }
    code.line("");
    code.line(format!(
        "/** The values of {{@link {ident}}} that the schema knows. */"
    ));
    code.open(format!(
        "export const {ident} = {}(",
        scope.spec("enumeration")
    ));
    if variants.is_empty() {
        code.line("{},");
    } else {
        code.open("{");
        for variant in variants {
            doc::comment(code, &variant.doc);
            code.line(format!(
                "{}: {},",
                key(&variant.ident),
                string(&variant.value)
            ));
        }
        code.close("},");
    }
    let choice = lower::choice(scope.plan, id, def, body);
    code.line(format!("{},", row(scope, &choice)));
    code.close(");").line("");
}

/// A built-in type, narrowed: the limits stand in the tables of the objects that use it.
pub(super) fn refined(
    scope: &Scope<'_, '_>,
    code: &mut Code,
    def: &TypeDef,
    ty: &Type,
    named: &Named,
) {
    doc::comment(code, &lower::type_doc(def));
    let ty = typescript(scope, ty);
    code.line(format!("export type {} = {ty};", named.ident));
    code.line("");
}

/// What a tag says, with the fields that belong to it.
fn tagged(
    scope: &Scope<'_, '_>,
    code: &mut Code,
    union: &UnionPlan<'_>,
    members: &[Member<'_>],
    named: &Named,
) {
    let (ident, owner) = (&union.ident, &named.ident);
    let tag = members.get(union.tag).map_or("", |one| &one.field.wire);
    doc::comment(
        code,
        &format!("What `{tag}` of {owner} says, with the fields that belong to it."),
    );
    code.open(format!("export type {ident} ="));
    for (case, _, places) in &union.cases {
        let fields: Vec<String> = places
            .iter()
            .filter_map(|at| members.get(*at))
            .map(|member| property(scope, member))
            .collect();
        let fields = if fields.is_empty() {
            "{}".to_owned()
        } else {
            format!("{{ {} }}", fields.join(" ").trim_end_matches(';'))
        };
        let chosen = scope.spec("Chosen");
        code.line(format!("| {chosen}<{}, {fields}>", string(&case.value)));
    }
    code.line(format!("| {};", scope.spec("Unlike")));
    code.dedent().line("");
    code.line(format!(
        "/** Takes {{@link {ident}}} from an object and puts it in. */"
    ));
    code.line(format!(
        "export const {ident}: {}<{owner}, {ident}> = {}(() => {owner});",
        scope.spec("TaggedUnion"),
        scope.spec("taggedUnion")
    ));
    code.line("");
}

/// A whole document.
pub(super) fn kind(scope: &Scope<'_, '_>, code: &mut Code, kind: &Kind, named: &Named) {
    let ident = &named.ident;
    let version = string(&scope.plan.api_version(kind.package));
    let name = string(&kind.name);
    let doc_text = if kind.doc.trim().is_empty() {
        format!("The kind `{}`.", kind.name)
    } else {
        kind.doc.clone()
    };
    let spec = scope.named(kind.spec);
    doc::comment(code, &doc_text);
    code.open(format!("export interface {ident} {{"));
    code.line(format!("apiVersion: {version};"));
    code.line(format!("kind: {name};"));
    code.line("/** Name, namespace, labels and the like. */");
    code.line(format!("metadata?: {};", scope.spec("ObjectMeta")));
    code.line("/** What is wanted. */");
    let mark = if kind.spec_required { "" } else { "?" };
    code.line(format!("spec{mark}: {spec};"));
    if let Some(status) = kind.status {
        code.line("/** What the platform reports. */");
        code.line(format!("status?: {};", scope.named(status)));
    }
    code.close("}").line("");
    code.line(format!(
        "/** Reads, judges and writes {{@link {ident}}}. */"
    ));
    code.open(format!(
        "export const {ident}: {}<{ident}, {spec}> = {}({version}, {name}, () => ({{",
        scope.spec("Kind"),
        scope.spec("kind")
    ));
    let object = |name: &str| format!("{}(() => {name})", scope.spec("object"));
    let mut types = vec![
        scope.spec("text"),
        scope.spec("text"),
        object(&scope.spec("ObjectMeta")),
        object(&spec),
    ];
    types.extend(kind.status.map(|status| object(&scope.named(status))));
    let rows = lower::whole_document(scope.plan, kind);
    table(scope, code, &rows, &types, &kind.rules);
    code.close("}));").line("");
}
