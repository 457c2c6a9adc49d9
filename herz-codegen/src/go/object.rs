//! Objects, enums and unions.

use super::doc;
use super::file::Scope;
use super::literal::{call, row, string, strings};
use super::names::unexported;
use super::types::{self, GoField};
use super::union;
use crate::lower::{self, Call, Code, Member, Named, ObjectRows};
use herz_dsl::catalog::{Enum, Kind, Object, Rule, RuleKind, Type, TypeDef, TypeId};

/// A struct, its table, and how it is read and seen.
pub(super) fn object(
    scope: &Scope<'_, '_>,
    code: &mut Code,
    id: TypeId,
    def: &TypeDef,
    body: &Object,
    named: &Named,
) {
    let members = scope.plan.members(id);
    let fields: Vec<GoField> = members
        .iter()
        .enumerate()
        .map(|(at, member)| types::field(scope, at, member))
        .collect();
    doc::comment(code, &lower::type_doc(def));
    code.open(format!("type {} struct {{", named.ident));
    for (member, field) in members.iter().zip(&fields) {
        doc::comment(code, &lower::field_doc(member.field));
        let tag = tag(member);
        code.line(format!("{} {}{tag}", member.ident, field.ty));
        code.line("");
    }
    unknown(scope, code);
    code.close("}").line("");
    let rows = lower::object(scope.plan, id, def, body);
    table(scope, code, &named.ident, &rows);
    let views: Vec<String> = fields.iter().map(|field| field.view.clone()).collect();
    let mut reads: Vec<String> = fields.into_iter().map(|field| field.read).collect();
    reads.push("v.Unknown = f.Others()".to_owned());
    methods(scope, code, &named.ident, &views, &reads, &body.rules);
    if let Some(union) = scope.plan.union(id) {
        union::union(scope, code, union, members, named);
    }
}

fn unknown(scope: &Scope<'_, '_>, code: &mut Code) {
    code.line("// Unknown holds keys that the schema does not know: kept, written back, reported by Validate.");
    code.line(format!("Unknown {} `json:\"-\"`", scope.spec("Unknown")));
}

/// The tag tells readers the key; the type's own methods read and write.
fn tag(member: &Member<'_>) -> String {
    let wire = &member.field.wire;
    let plain = |c: char| c.is_ascii_alphanumeric() || "_-.$".contains(c);
    if wire.is_empty() || !wire.chars().all(plain) || wire == "-" {
        return String::new();
    }
    let zero = if member.optional { ",omitzero" } else { "" };
    format!(" `json:\"{wire}{zero}\"`")
}

fn table(scope: &Scope<'_, '_>, code: &mut Code, ident: &str, rows: &ObjectRows) {
    let name = unexported(ident);
    let new = scope.spec("NewTable");
    let mut end = String::new();
    if rows.open {
        end.push_str(".IsOpen()");
    }
    if rows.document {
        end.push_str(".IsDocument()");
    } else if rows.lenient_null {
        end.push_str(".IsLenientNull()");
    }
    if rows.structure_only {
        end.push_str(".IsStructureOnly()");
    }
    if let Some(union) = &rows.union {
        end.push_str(&format!(".WithUnion({})", row(scope, union, false)));
    }
    if let Some(lasting) = &rows.lasting {
        end.push_str(&format!(".WithLasting({})", row(scope, lasting, false)));
    }
    if !rows.gone.is_empty() {
        let gone: Vec<String> = rows
            .gone
            .iter()
            .map(|(a, b)| format!("[2]string{{{}, {}}}", string(a), string(b)))
            .collect();
        end.push_str(&format!(".WithGone({})", gone.join(", ")));
    }
    let head = format!("var {name}Table = {new}({}", string(&rows.name));
    if rows.fields.is_empty() && rows.rules.is_empty() {
        code.line(format!("{head}){end}")).line("");
        return;
    }
    code.open(format!("{head},"));
    for field in &rows.fields {
        code.line(format!("{},", row(scope, field, false)));
    }
    if rows.rules.is_empty() {
        code.close(format!("){end}")).line("");
        return;
    }
    code.close(").WithRules(");
    code.indent();
    for rule in &rows.rules {
        code.line(format!("{},", row(scope, rule, false)));
    }
    code.close(format!("){end}")).line("");
}

/// The methods of an object.
fn methods(
    scope: &Scope<'_, '_>,
    code: &mut Code,
    ident: &str,
    views: &[String],
    reads: &[String],
    rules: &[Rule],
) {
    let name = unexported(ident);
    let (object, view) = (scope.spec("Object"), scope.spec("View"));
    code.line(format!("type {name}Object struct {{\n\tv *{ident}\n}}"));
    code.line("");
    code.line("// HerzObject is the value as validator and writer see it.");
    code.line(format!(
        "func (v *{ident}) HerzObject() {object} {{\n\treturn {name}Object{{v}}\n}}"
    ));
    code.line("");
    code.line("// Table is what the schema says of the type.");
    code.line(format!(
        "func (o {name}Object) Table() *{} {{\n\treturn {name}Table\n}}",
        scope.spec("Table")
    ));
    code.line("");
    code.line("// Others are the keys that the schema does not know.");
    code.line(format!(
        "func (o {name}Object) Others() {} {{\n\treturn o.v.Unknown\n}}",
        scope.spec("Unknown")
    ));
    code.line("");
    code.line("// Field is the field at that place of the table.");
    if views.is_empty() {
        code.line(format!(
            "func (o {name}Object) Field(int) {view} {{\n\treturn nil\n}}"
        ));
    } else {
        code.open(format!("func (o {name}Object) Field(index int) {view} {{"));
        code.line("switch index {");
        for (at, view) in views.iter().enumerate() {
            code.open(format!("case {at}:"));
            code.line(format!("return {view}")).dedent();
        }
        code.line("}");
        code.line("return nil");
        code.close("}");
    }
    code.line("");
    code.line("// Rule tells whether the CEL rule at that place of the table holds.");
    let expressions: Vec<(usize, Call)> = rules
        .iter()
        .enumerate()
        .filter_map(|(at, rule)| match &rule.kind {
            RuleKind::Cel { expr, .. } => Some((at, Call::new(expr))),
            _ => None,
        })
        .collect();
    if expressions.is_empty() {
        code.line(format!(
            "func (o {name}Object) Rule(int) {view} {{\n\treturn nil\n}}"
        ));
    } else {
        code.open(format!("func (o {name}Object) Rule(index int) {view} {{"));
        code.line("switch index {");
        for (at, expression) in expressions {
            code.open(format!("case {at}:"));
            code.line(format!("return {}", call(scope, &expression)))
                .dedent();
        }
        code.line("}");
        code.line("return nil");
        code.close("}");
    }
    code.line("");
    code.line("// HerzRead reads the fields.");
    code.open(format!(
        "func (v *{ident}) HerzRead(f *{}) {{",
        scope.spec("Fields")
    ));
    for read in reads {
        code.line(read);
    }
    code.close("}");
    code.line("");
    code.line("// Validate tells everything that is wrong, errors and warnings, in the order of the schema's fields.");
    code.line(format!(
        "func (v *{ident}) Validate() {} {{\n\treturn {}(v.HerzObject())\n}}",
        scope.spec("Violations"),
        scope.spec("Validate")
    ));
    code.line("");
    code.line("// MarshalJSON writes the object, unknown keys included.");
    code.line(format!(
        "func (v {ident}) MarshalJSON() ([]byte, error) {{\n\treturn {}(nil, v.HerzObject()), nil\n}}",
        scope.spec("AppendJSON")
    ));
    code.line("");
    code.line("// UnmarshalJSON reads the object; the error is everything that does not fit.");
    code.line(format!(
        "func (v *{ident}) UnmarshalJSON(data []byte) error {{\n\treturn {}(data, v)\n}}",
        scope.spec("Unmarshal")
    ));
    code.line("");
}

/// An enum: a text, its known values, its choice.
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
    code.line(format!("type {ident} string")).line("");
    if !variants.is_empty() {
        code.line(format!("// The values of {ident} that the schema knows."));
        code.open("const (");
        for (at, variant) in variants.iter().enumerate() {
            if at > 0 {
                code.line("");
            }
            doc::comment(code, &variant.doc);
            code.line(format!(
                "{} {ident} = {}",
                variant.ident,
                string(&variant.value)
            ));
        }
        code.close(")").line("");
    }
    let values: Vec<String> = variants.iter().map(|one| one.value.clone()).collect();
    code.line(format!("// {ident}Choice is what the schema allows."));
    let choice = lower::choice(scope.plan, id, def, body);
    code.line(format!(
        "var {ident}Choice = &{}",
        row(scope, &choice, false)
    ));
    code.line("");
    code.line("// IsKnown tells whether the schema knows the value. Others are kept and written back, and Validate");
    code.line("// reports them.");
    code.open(format!("func (v {ident}) IsKnown() bool {{"));
    code.open(format!(
        "for _, known := range []string{} {{",
        strings(&values)
    ));
    code.open("if known == string(v) {");
    code.line("return true");
    code.close("}");
    code.close("}");
    code.line("return false");
    code.close("}").line("");
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
    code.line(format!("type {} = {}", named.ident, types::go(scope, ty)));
    code.line("");
}

/// A whole document.
pub(super) fn kind(scope: &Scope<'_, '_>, code: &mut Code, kind: &Kind, named: &Named) {
    let ident = &named.ident;
    let version = scope.plan.api_version(kind.package);
    let doc_text = if kind.doc.trim().is_empty() {
        format!("The kind `{}`.", kind.name)
    } else {
        kind.doc.clone()
    };
    doc::comment(code, &doc_text);
    let (meta, spec) = (scope.spec("ObjectMeta"), scope.beside(kind.spec, ""));
    code.open(format!("type {ident} struct {{"));
    code.line("// Metadata: name, namespace, labels and the like.");
    code.line(format!("Metadata *{meta} `json:\"metadata,omitzero\"`"));
    code.line("").line("// Spec is what is wanted.");
    let star = if kind.spec_required { "" } else { "*" };
    let zero = if kind.spec_required { "" } else { ",omitzero" };
    code.line(format!("Spec {star}{spec} `json:\"spec{zero}\"`"));
    code.line("");
    if let Some(status) = kind.status {
        code.line("// Status is what the platform reports.");
        code.line(format!(
            "Status *{} `json:\"status,omitzero\"`",
            scope.beside(status, "")
        ));
        code.line("");
    }
    unknown(scope, code);
    code.close("}").line("");
    code.line(format!("// New{ident} is a document with this name."));
    let value = if kind.spec_required {
        "wanted"
    } else {
        "&wanted"
    };
    code.open(format!(
        "func New{ident}(name string, wanted {spec}) *{ident} {{"
    ));
    let metadata = scope.spec("Named");
    code.line(format!(
        "return &{ident}{{Metadata: {metadata}(name), Spec: {value}}}"
    ));
    code.close("}").line("");
    code.line("// APIVersion is group and version of the kind.");
    code.line(format!(
        "func (*{ident}) APIVersion() string {{\n\treturn {}\n}}",
        string(&version)
    ));
    code.line("");
    code.line("// Kind is the name of the kind.");
    code.line(format!(
        "func (*{ident}) Kind() string {{\n\treturn {}\n}}",
        string(&kind.name)
    ));
    code.line("");
    let rows = lower::whole_document(scope.plan, kind);
    table(scope, code, ident, &rows);
    let view_ptr = scope.spec("ViewObjectPtr");
    let mut views = vec![
        string(&version),
        string(&kind.name),
        format!("{view_ptr}(o.v.Metadata)"),
        if kind.spec_required {
            "o.v.Spec.HerzObject()".to_owned()
        } else {
            format!("{view_ptr}(o.v.Spec)")
        },
    ];
    let read = scope.spec("ReadObject");
    let optional = scope.spec("OptionalPtr");
    let mut reads = vec![
        format!("f.Constant(0, {})", string(&version)),
        format!("f.Constant(1, {})", string(&kind.name)),
        format!("{optional}(f, 2, &v.Metadata, {read}[{meta}])"),
        if kind.spec_required {
            format!("{}(f, 3, &v.Spec, {read}[{spec}])", scope.spec("Required"))
        } else {
            format!("{optional}(f, 3, &v.Spec, {read}[{spec}])")
        },
    ];
    if let Some(status) = kind.status {
        views.push(format!("{view_ptr}(o.v.Status)"));
        reads.push(format!(
            "{optional}(f, 4, &v.Status, {read}[{}])",
            scope.beside(status, "")
        ));
    }
    reads.push("v.Unknown = f.Others()".to_owned());
    methods(scope, code, ident, &views, &reads, &kind.rules);
}
