//! Objects, enums and whole documents.

use super::doc::{comment, inline, is_deprecated};
use super::file::Scope;
use super::literal::{call, row, string};
use super::types::{descriptor, property};
use super::{size, union};
use crate::lower::{self, Call, Code, Member, Named, ObjectRows, camel};
use herz_dsl::catalog::{Enum, Kind, Object, Rule, RuleKind, TypeDef, TypeId};

/// A class with getters and setters, its table, and how it is read.
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
    comment(code, &lower::type_doc(def), &[]);
    code.open(format!(
        "public final class {ident} extends {} {{",
        scope.spec("Model")
    ));
    let rows = lower::object(scope.plan, id, def, body);
    let types: Vec<String> = members
        .iter()
        .map(|member| descriptor(scope, &member.field.ty))
        .collect();
    table(scope, code, &rows, &types, &body.rules);
    code.line("/** Says nothing yet. */");
    code.open(format!("public {ident}() {{"));
    code.line("super(TABLE);");
    code.close("}");
    reading(scope, code, ident);
    for (at, member) in members.iter().enumerate() {
        accessors(scope, code, ident, at, member);
    }
    if let Some(union) = scope.plan.union(id) {
        union::union(scope, code, union, members, named);
    }
    code.close("}");
}

/// Getter and setter of a field.
fn accessors(scope: &Scope<'_, '_>, code: &mut Code, owner: &str, at: usize, member: &Member<'_>) {
    let text = lower::field_doc(member.field);
    let ty = property(scope, member);
    let nullable = member.field.nullable;
    let none = if nullable {
        "nothing, null or the value"
    } else {
        "null if the document does not say it"
    };
    let how = if nullable { "opt" } else { "value" };
    let one = Accessor {
        doc: &text,
        ty: &ty,
        ident: &member.ident,
        returns: none,
        get: &format!("return {how}({at});"),
        set: &format!("{}({at}, value);", if nullable { "putOpt" } else { "put" }),
    };
    one.write(scope, code, owner);
}

/// A getter and a setter.
struct Accessor<'a> {
    doc: &'a str,
    ty: &'a str,
    ident: &'a str,
    returns: &'a str,
    get: &'a str,
    set: &'a str,
}

impl Accessor<'_> {
    fn write(&self, scope: &Scope<'_, '_>, code: &mut Code, owner: &str) {
        let (ty, ident) = (self.ty, self.ident);
        let mark = |code: &mut Code| {
            if is_deprecated(self.doc) {
                code.line(format!("@{}", scope.lang("Deprecated")));
            }
        };
        code.line("");
        comment(code, self.doc, &[format!("@return {}", self.returns)]);
        mark(code);
        code.open(format!("public {ty} get{ident}() {{"));
        code.line(self.get);
        code.close("}").line("");
        let tags = [
            "@param value what the document says".to_owned(),
            "@return this".to_owned(),
        ];
        comment(code, self.doc, &tags);
        mark(code);
        code.open(format!("public {owner} set{ident}({ty} value) {{"));
        code.line(self.set);
        code.line("return this;");
        code.close("}");
    }
}

/// The ways from JSON, and to an empty object.
fn reading(scope: &Scope<'_, '_>, code: &mut Code, ident: &str) {
    let (reading, json) = (scope.spec("Reading"), scope.spec("Json"));
    let (object, text) = (scope.lang("Object"), scope.lang("String"));
    code.line("");
    comment(
        code,
        "Reads a value as `Json.parse` gives it. Unknown keys are kept.",
        &[
            "@param value the value".to_owned(),
            "@return the object, or what does not fit".to_owned(),
        ],
    );
    code.open(format!(
        "public static {reading}<{ident}> read({object} value) {{"
    ));
    code.line(format!("return {reading}.of({ident}::new, value);"));
    code.close("}").line("");
    comment(
        code,
        "Reads JSON. Throws `JsonException` if it is none, and `MisfitException` if it does not fit.",
        &[
            "@param json the JSON text".to_owned(),
            "@return the object".to_owned(),
        ],
    );
    code.open(format!("public static {ident} parse({text} json) {{"));
    code.line(format!("return read({json}.parse(json)).orThrow();"));
    code.close("}").line("");
    code.line(format!("@{}", scope.lang("Override")));
    code.open(format!("protected {} fresh() {{", scope.spec("Model")));
    code.line(format!("return new {ident}();"));
    code.close("}");
}

/// The table, put together by methods that are not too long for a class file.
fn table(
    scope: &Scope<'_, '_>,
    code: &mut Code,
    rows: &ObjectRows,
    types: &[String],
    rules: &[Rule],
) {
    let mut steps: Vec<String> = Vec::new();
    for name in rows.flags() {
        steps.push(format!("table.{}();", camel(name)));
    }
    for (name, one) in rows.parts() {
        steps.push(format!("table.{name}({});", row(scope, one)));
    }
    for (key, since) in &rows.gone {
        steps.push(format!("table.gone({}, {});", string(key), string(since)));
    }
    for (field, ty) in rows.fields.iter().zip(types) {
        steps.push(format!("table.field({ty}, {});", row(scope, field)));
    }
    for (one, rule) in rows.rules.iter().zip(rules) {
        let mut text = row(scope, one);
        if let RuleKind::Cel { expr, .. } = &rule.kind {
            text.push_str(&format!(
                ".holds(self -> {})",
                call(scope, &Call::new(expr))
            ));
        }
        steps.push(format!("table.rule({text});"));
    }
    let class = scope.spec("Table");
    let parts = size::parts(&steps);
    code.line(format!("private static final {class} TABLE = table();"))
        .line("");
    code.open(format!("private static {class} table() {{"));
    code.line(format!(
        "{class} table = new {class}({});",
        string(&rows.name)
    ));
    if let [only] = parts.as_slice() {
        for step in *only {
            code.line(step);
        }
    } else {
        for at in 0..parts.len() {
            code.line(format!("part{at}(table);"));
        }
    }
    code.line("return table;");
    code.close("}").line("");
    if parts.len() > 1 {
        for (at, part) in parts.iter().enumerate() {
            code.open(format!("private static void part{at}({class} table) {{"));
            for step in *part {
                code.line(step);
            }
            code.close("}").line("");
        }
    }
}

/// An enum: a class that any text fits, with its known values.
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
    let (text, choice) = (scope.lang("String"), scope.spec("Choice"));
    comment(code, &lower::type_doc(def), &[]);
    code.open(format!(
        "public final class {ident} extends {} {{",
        scope.spec("EnumText")
    ));
    for variant in variants {
        // Their deprecation is told, but using them is no fault of the generated code.
        comment(code, &variant.doc, &[]);
        code.line(format!(
            "public static final {ident} {} = new {ident}({});",
            variant.ident,
            string(&variant.value)
        ));
        code.line("");
    }
    code.open(format!("private {ident}({text} text) {{"));
    code.line("super(text);");
    code.close("}").line("");
    comment(
        code,
        "A value, known or not.",
        &[
            "@param text the value as documents have it".to_owned(),
            "@return the value".to_owned(),
        ],
    );
    code.open(format!("public static {ident} of({text} text) {{"));
    code.line(format!("return new {ident}(text);"));
    code.close("}").line("");
    comment(
        code,
        "The values that the schema knows.",
        &["@return the values in the order of the schema".to_owned()],
    );
    let list = scope.class("java.util.List");
    code.open(format!("public static {list}<{ident}> values() {{"));
    let all: Vec<&str> = variants.iter().map(|one| one.ident.as_str()).collect();
    code.line(format!("return {list}.of({});", all.join(", ")));
    code.close("}").line("");
    comment(
        code,
        "What the schema allows.",
        &["@return the values and what is said of them".to_owned()],
    );
    code.open(format!("public static {choice} choice() {{"));
    code.line("return Known.CHOICE;");
    code.close("}").line("");
    code.line(format!("@{}", scope.lang("Override")));
    code.open("public boolean isKnown() {");
    code.line("return Known.CHOICE.knows(text());");
    code.close("}").line("");
    let rows = lower::choice(scope.plan, id, def, body);
    code.open("private static final class Known {");
    code.line(format!(
        "private static final {choice} CHOICE = {};",
        row(scope, &rows)
    ));
    code.close("}");
    code.close("}");
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
    let (meta, spec) = (scope.spec("ObjectMeta"), scope.named(kind.spec));
    comment(code, &doc_text, &[]);
    code.open(format!(
        "public final class {ident} extends {} {{",
        scope.spec("Document")
    ));
    let of = scope.spec("Type");
    let mut types = vec![
        format!("{of}.TEXT"),
        format!("{of}.TEXT"),
        format!("{of}.object({meta}::new)"),
        format!("{of}.object({spec}::new)"),
    ];
    let status = kind.status.map(|status| scope.named(status));
    types.extend(
        status
            .as_ref()
            .map(|status| format!("{of}.object({status}::new)")),
    );
    let rows = lower::whole_document(scope.plan, kind);
    table(scope, code, &rows, &types, &kind.rules);
    code.line("/** Says nothing yet but its kind. */");
    code.open(format!("public {ident}() {{"));
    code.line(format!("super(TABLE, {version}, {name});"));
    code.close("}").line("");
    comment(
        code,
        "A document with a name.",
        &[
            "@param name the name".to_owned(),
            "@param spec what is wanted".to_owned(),
            "@return the document".to_owned(),
        ],
    );
    code.open(format!(
        "public static {ident} of({} name, {spec} spec) {{",
        scope.lang("String")
    ));
    code.line(format!(
        "return new {ident}().setMetadata({meta}.of(name)).setSpec(spec);"
    ));
    code.close("}");
    reading(scope, code, ident);
    code.line("");
    comment(
        code,
        "Sets name, namespace, labels and the like.",
        &[
            "@param value what the document says".to_owned(),
            "@return this".to_owned(),
        ],
    );
    code.open(format!("public {ident} setMetadata({meta} value) {{"));
    code.line("put(2, value);");
    code.line("return this;");
    code.close("}");
    let mut parts = vec![(3, "Spec", "What is wanted.", &spec)];
    parts.extend(
        status
            .as_ref()
            .map(|status| (4, "Status", "What the platform reports.", status)),
    );
    for (at, ident, doc, ty) in parts {
        let one = Accessor {
            doc,
            ty,
            ident,
            returns: "null if the document does not say it",
            get: &format!("return value({at});"),
            set: &format!("put({at}, value);"),
        };
        one.write(scope, code, &named.ident);
    }
    code.close("}");
}

/// The doc of a record's component.
pub(super) fn parameter(name: &str, member: &Member<'_>) -> String {
    let text = lower::field_doc(member.field);
    let first = text.lines().next().unwrap_or_default();
    format!("@param {name} {}", inline(first))
}
