//! Objects, enums and whole documents.

use super::doc::docstring;
use super::file::Scope;
use super::literal::{call, entries, row, string};
use super::types::{attribute, descriptor, python};
use super::union;
use crate::lower::{self, Call, Code, Named, ObjectRows, Row};
use herz_dsl::catalog::{Enum, Kind, Object, Rule, RuleKind, Type, TypeDef, TypeId};

/// A dataclass with its table.
pub(super) fn object(
    scope: &Scope<'_, '_>,
    code: &mut Code,
    id: TypeId,
    def: &TypeDef,
    body: &Object,
    named: &Named,
) {
    let members = scope.plan.members(id);
    head(scope, code, &named.ident, "Object", &lower::type_doc(def));
    for member in members {
        let (ty, default) = attribute(scope, member);
        code.line(format!("{}: {ty}{default}", member.ident));
        docstring(code, &lower::field_doc(member.field));
        code.line("");
    }
    unknown(scope, code);
    let rows = lower::object(scope.plan, id, def, body);
    let fields: Vec<(String, String)> = members
        .iter()
        .map(|member| (member.ident.clone(), descriptor(scope, &member.field.ty)))
        .collect();
    table(scope, code, &rows, &fields, &body.rules);
    let plan = scope.plan.union(id);
    if let Some(plan) = plan {
        union::methods(scope, code, plan, members);
    }
    code.dedent().line("").line("");
    if let Some(plan) = plan {
        union::cases(scope, code, plan, members, named);
    }
}

fn head(scope: &Scope<'_, '_>, code: &mut Code, ident: &str, base: &str, doc: &str) {
    code.line(format!("@{}(kw_only=True)", scope.dataclasses("dataclass")));
    code.open(format!("class {ident}({}):", scope.spec(base)));
    docstring(code, doc);
    code.line("");
}

fn unknown(scope: &Scope<'_, '_>, code: &mut Code) {
    code.line(format!(
        "unknown: dict[str, {}] = {}(default_factory={})",
        scope.spec("Json"),
        scope.dataclasses("field"),
        scope.spec("no_keys")
    ));
    docstring(
        code,
        "Keys that the schema does not know: kept when read, written back, reported by `validate`.",
    );
    code.line("");
}

/// The table, with attribute and type of each field.
fn table(
    scope: &Scope<'_, '_>,
    code: &mut Code,
    rows: &ObjectRows,
    fields: &[(String, String)],
    rules: &[Rule],
) {
    let (schema, class_var) = (scope.spec("Schema"), scope.typing("ClassVar"));
    code.open(format!("HERZ: {class_var}[{schema}] = {schema}("));
    code.open(format!("lambda: {}(", scope.spec("Table")));
    code.line(format!("name={},", string(&rows.name)));
    for name in rows.flags() {
        code.line(format!("{name}=True,"));
    }
    for (name, one) in rows.parts() {
        code.line(format!("{name}={},", row(scope, one)));
    }
    if !rows.gone.is_empty() {
        let gone = Row::Pairs(rows.gone.clone());
        code.line(format!("gone={},", row(scope, &gone)));
    }
    if !rows.fields.is_empty() {
        code.open("fields=(");
        for (field, (name, ty)) in rows.fields.iter().zip(fields) {
            let mut parts = entries(scope, field);
            // Fields without a name say nothing of it.
            if !parts.first().is_some_and(|one| one.starts_with("wire=")) {
                parts.insert(0, "wire=\"\"".to_owned());
            }
            parts.insert(1, format!("attribute={}", string(name)));
            parts.insert(2, format!("type={ty}"));
            code.line(format!("{}({}),", scope.spec("Field"), parts.join(", ")));
        }
        code.close("),");
    }
    if !rows.rules.is_empty() {
        code.open("rules=(");
        for (one, rule) in rows.rules.iter().zip(rules) {
            let mut parts = entries(scope, one);
            if let RuleKind::Cel { expr, .. } = &rule.kind {
                let expression = call(scope, &Call::new(expr));
                parts.push(format!("holds=lambda o: {expression}"));
            }
            code.line(format!("{}({}),", scope.spec("Rule"), parts.join(", ")));
        }
        code.close("),");
    }
    code.close(")");
    code.close(")");
}

/// An enum: fields of it hold other texts, too.
pub(super) fn enumeration(
    scope: &Scope<'_, '_>,
    code: &mut Code,
    id: TypeId,
    def: &TypeDef,
    body: &Enum,
    named: &Named,
) {
    code.open(format!(
        "class {}({}):",
        named.ident,
        scope.spec("TextEnum")
    ));
    docstring(code, &lower::type_doc(def));
    code.line("");
    for variant in scope.plan.variants(id) {
        code.line(format!("{} = {}", variant.ident, string(&variant.value)));
        docstring(code, &variant.doc);
        code.line("");
    }
    let choice = lower::choice(scope.plan, id, def, body);
    code.line("@classmethod");
    code.open(format!("def choice(cls) -> {}:", scope.spec("Choice")));
    code.line("\"\"\"What the schema allows.\"\"\"");
    code.line(format!("return {}", row(scope, &choice)));
    code.dedent().dedent().line("").line("");
}

/// A built-in type, narrowed: the limits stand in the tables of the objects that use it.
pub(super) fn refined(
    scope: &Scope<'_, '_>,
    code: &mut Code,
    def: &TypeDef,
    ty: &Type,
    named: &Named,
) {
    let alias = scope.typing("TypeAlias");
    let ty = string(&python(scope, ty));
    code.line(format!("{}: {alias} = {ty}", named.ident));
    docstring(code, &lower::type_doc(def));
    code.line("").line("");
}

/// A whole document.
pub(super) fn kind(scope: &Scope<'_, '_>, code: &mut Code, kind: &Kind, named: &Named) {
    let doc = if kind.doc.trim().is_empty() {
        format!("The kind `{}`.", kind.name)
    } else {
        kind.doc.clone()
    };
    head(scope, code, &named.ident, "Document", &doc);
    let class_var = scope.typing("ClassVar");
    let version = string(&scope.plan.api_version(kind.package));
    code.line(format!("API_VERSION: {class_var}[str] = {version}"));
    code.line(format!("KIND: {class_var}[str] = {}", string(&kind.name)));
    code.line("");
    code.line(format!(
        "metadata: {} | None = None",
        scope.spec("ObjectMeta")
    ));
    docstring(code, "Name, namespace, labels and the like.");
    let spec = scope.named(kind.spec);
    code.line("");
    if kind.spec_required {
        code.line(format!("spec: {spec}"));
    } else {
        code.line(format!("spec: {spec} | None = None"));
    }
    docstring(code, "What is wanted.");
    code.line("");
    let object = |name: &str| format!("{}(lambda: {name})", scope.spec("object_of"));
    let text = scope.spec("TEXT");
    let mut fields = vec![
        ("API_VERSION".to_owned(), text.clone()),
        ("KIND".to_owned(), text),
        ("metadata".to_owned(), object(&scope.spec("ObjectMeta"))),
        ("spec".to_owned(), object(&spec)),
    ];
    if let Some(status) = kind.status {
        let status = scope.named(status);
        code.line(format!("status: {status} | None = None"));
        docstring(code, "What the platform reports.");
        code.line("");
        fields.push(("status".to_owned(), object(&status)));
    }
    unknown(scope, code);
    let rows = lower::whole_document(scope.plan, kind);
    table(scope, code, &rows, &fields, &kind.rules);
    code.dedent().line("").line("");
}
