//! A tag and what belongs to it, as one Go interface.

use super::doc;
use super::file::Scope;
use super::literal::string;
use super::names::exported;
use super::types;
use crate::lower::{self, Code, Member, Named, UnionPlan};
use crate::names::words;
use herz_dsl::catalog::Literal;

/// What a tag says, with the fields that belong to it.
pub(super) fn union(
    scope: &Scope<'_, '_>,
    code: &mut Code,
    union: &UnionPlan<'_>,
    members: &[Member<'_>],
    named: &Named,
) {
    let ident = &union.ident;
    let Some(tag) = members.get(union.tag) else {
        return;
    };
    let wire = &tag.field.wire;
    let mark = format!("is{ident}");
    let word = words(ident).pop().unwrap_or_default();
    let mut method = exported(&word);
    let clashes = |method: &str| {
        members
            .iter()
            .any(|member| member.ident == method || member.ident == format!("Set{method}"))
    };
    if clashes(&method) {
        method.clone_from(ident);
    }
    while clashes(&method) {
        method.push_str("Case");
    }
    code.line(format!(
        "// {ident} is what {wire} of {} says, with the fields that belong to it.",
        named.ident
    ));
    code.open(format!("type {ident} interface {{"));
    code.line("// Tag is the text in documents.");
    code.line("Tag() string");
    code.line(format!("{mark}()"));
    code.close("}").line("");
    for (case, name, places) in &union.cases {
        code.line(format!("// {name} is the case {}.", string(&case.value)));
        if places.is_empty() {
            code.line(format!("type {name} struct{{}}"));
        } else {
            code.open(format!("type {name} struct {{"));
            for (first, member) in (0..).zip(places.iter().filter_map(|at| members.get(*at))) {
                if first > 0 {
                    code.line("");
                }
                doc::comment(code, &lower::field_doc(member.field));
                let ty = types::field(scope, 0, member).ty;
                code.line(format!("{} {ty}", member.ident));
            }
            code.close("}");
        }
        code.line("");
        code.line("// Tag is the text in documents.");
        code.line(format!(
            "func ({name}) Tag() string {{\n\treturn {}\n}}",
            string(&case.value)
        ));
        code.line("");
        code.line(format!("func ({name}) {mark}() {{}}"));
        code.line("");
    }
    let other = format!("{ident}UnknownCase");
    code.line(format!(
        "// {other} is a text that the schema does not know."
    ));
    code.line(format!("type {other} string"));
    code.line("");
    code.line("// Tag is the text in documents.");
    code.line(format!(
        "func (v {other}) Tag() string {{\n\treturn string(v)\n}}"
    ));
    code.line("");
    code.line(format!("func ({other}) {mark}() {{}}"));
    code.line("");
    let parts = Parts {
        union,
        members,
        tag,
        owner: &named.ident,
        method: &method,
    };
    parts.getter(scope, code);
    parts.setter(scope, code);
}

/// What getter and setter are made of.
struct Parts<'p, 'v> {
    union: &'p UnionPlan<'v>,
    members: &'p [Member<'v>],
    tag: &'p Member<'v>,
    owner: &'p str,
    method: &'p str,
}

impl Parts<'_, '_> {
    fn getter(&self, scope: &Scope<'_, '_>, code: &mut Code) {
        let Self {
            union,
            members,
            tag,
            owner,
            method,
        } = self;
        let (ident, wire) = (&union.ident, &tag.field.wire);
        let other = format!("{ident}UnknownCase");
        let default = match tag.field.structure_default() {
            Some(Literal::Text(text)) => string(text),
            _ => "\"\"".to_owned(),
        };
        code.line(format!("// {method} is what {wire} says, with the fields that belong to it. Fields of other cases stay"));
        code.line("// in the struct and are no part of the result.");
        code.open(format!("func (v *{owner}) {method}() {ident} {{"));
        let place = format!("v.{}", tag.ident);
        let tag_type = types::field(scope, 0, tag).ty;
        if tag_type.starts_with('*') {
            code.line(format!("tag := {default}"));
            code.open(format!("if {place} != nil {{"));
            code.line(format!("tag = string(*{place})"));
            code.close("}");
        } else if tag.field.nullable {
            code.line(format!("value, _ := {place}.Get()"));
            code.line("tag := string(value)");
        } else {
            code.line(format!("tag := string({place})"));
        }
        code.line("switch tag {");
        for (case, name, places) in &union.cases {
            code.open(format!("case {}:", string(&case.value)));
            let values: Vec<String> = places
                .iter()
                .filter_map(|at| members.get(*at))
                .map(|member| format!("{0}: v.{0}", member.ident))
                .collect();
            code.line(format!("return {name}{{{}}}", values.join(", ")))
                .dedent();
        }
        code.line("}");
        code.line(format!("return {other}(tag)"));
        code.close("}").line("");
    }

    fn setter(&self, scope: &Scope<'_, '_>, code: &mut Code) {
        let Self {
            union,
            members,
            tag,
            owner,
            method,
        } = self;
        let (ident, wire) = (&union.ident, &tag.field.wire);
        let place = format!("v.{}", tag.ident);
        let tag_type = types::field(scope, 0, tag).ty;
        code.line(format!(
            "// Set{method} sets {wire} and the fields that belong to it; all other fields stay."
        ));
        code.open(format!("func (v *{owner}) Set{method}(chosen {ident}) {{"));
        let bare = types::go(scope, &tag.field.ty);
        if tag_type.starts_with('*') {
            code.line(format!("tag := {bare}(chosen.Tag())"));
            code.line(format!("{place} = &tag"));
        } else if tag.field.nullable {
            code.line(format!(
                "{place} = {}({bare}(chosen.Tag()))",
                scope.spec("Some")
            ));
        } else {
            code.line(format!("{place} = {bare}(chosen.Tag())"));
        }
        let filled: Vec<_> = union
            .cases
            .iter()
            .filter(|case| !case.2.is_empty())
            .collect();
        if !filled.is_empty() {
            code.line("switch c := chosen.(type) {");
            for (_, name, places) in filled {
                code.open(format!("case {name}:"));
                let sets: Vec<&Member<'_>> =
                    places.iter().filter_map(|at| members.get(*at)).collect();
                for member in &sets {
                    code.line(format!("v.{0} = c.{0}", member.ident));
                }
                code.dedent();
            }
            code.line("}");
        }
        code.close("}").line("");
    }
}
