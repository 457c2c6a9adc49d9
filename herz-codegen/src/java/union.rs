//! A tag and what belongs to it, as a sealed interface with a record for each case.

use super::doc::comment;
use super::file::Scope;
use super::literal::string;
use super::names::component;
use super::object::parameter;
use super::types::property;
use crate::lower::{Code, Member, Named, UnionPlan, joined};
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
    let parts = Parts {
        union,
        members,
        tag,
        owner: &named.ident,
        accessor: accessor(ident, members),
        unknown: format!("{ident}UnknownCase"),
    };
    parts.getter(scope, code);
    parts.setter(scope, code);
    parts.cases(scope, code);
}

/// What follows `get` and `set`: the last word of the union's name, unless a field is called so.
fn accessor(ident: &str, members: &[Member<'_>]) -> String {
    let word = words(ident).pop().unwrap_or_default();
    let mut accessor = joined(&word);
    let clashes = |name: &str| members.iter().any(|member| member.ident == name);
    if clashes(&accessor) {
        ident.clone_into(&mut accessor);
    }
    while clashes(&accessor) || accessor == "Class" {
        accessor.push_str("Case");
    }
    accessor
}

/// What getter, setter and cases are made of.
struct Parts<'p, 'v> {
    union: &'p UnionPlan<'v>,
    members: &'p [Member<'v>],
    tag: &'p Member<'v>,
    owner: &'p str,
    accessor: String,
    unknown: String,
}

impl Parts<'_, '_> {
    fn fields<'s>(&'s self, places: &'s [usize]) -> impl Iterator<Item = &'s Member<'s>> {
        places.iter().filter_map(|at| self.members.get(*at))
    }

    fn getter(&self, scope: &Scope<'_, '_>, code: &mut Code) {
        let (ident, wire) = (&self.union.ident, &self.tag.field.wire);
        let default = match self.tag.field.structure_default() {
            Some(Literal::Text(text)) => string(text),
            _ => "\"\"".to_owned(),
        };
        code.line("");
        comment(
            code,
            &format!(
                "What `{wire}` says, with the fields that belong to it. Fields of other cases stay in the object \
                 and are no part of the result."
            ),
            &["@return the case".to_owned()],
        );
        let value = if self.tag.field.nullable {
            format!("get{}().orNull()", self.tag.ident)
        } else {
            format!("get{}()", self.tag.ident)
        };
        code.open(format!("public {ident} get{}() {{", self.accessor));
        code.line(format!(
            "{} tag = {value} == null ? {default} : {value}.toString();",
            scope.lang("String")
        ));
        code.open("return switch (tag) {");
        for (case, name, places) in &self.union.cases {
            let values: Vec<String> = self
                .fields(places)
                .map(|member| format!("get{}()", member.ident))
                .collect();
            code.line(format!(
                "case {} -> new {name}({});",
                string(&case.value),
                values.join(", ")
            ));
        }
        code.line(format!("default -> new {}(tag);", self.unknown));
        code.close("};");
        code.close("}");
    }

    fn setter(&self, scope: &Scope<'_, '_>, code: &mut Code) {
        let (ident, wire) = (&self.union.ident, &self.tag.field.wire);
        code.line("");
        comment(
            code,
            &format!("Sets `{wire}` and the fields that belong to it; all other fields stay."),
            &[
                "@param chosen the case".to_owned(),
                "@return this".to_owned(),
            ],
        );
        code.open(format!(
            "public {} set{}({ident} chosen) {{",
            self.owner, self.accessor
        ));
        let bare = super::types::java(scope, &self.tag.field.ty);
        let text = if bare == scope.lang("String") {
            "chosen.tag()".to_owned()
        } else {
            format!("{bare}.of(chosen.tag())")
        };
        let text = if self.tag.field.nullable {
            format!("{}.of({text})", scope.spec("Opt"))
        } else {
            text
        };
        code.line(format!("set{}({text});", self.tag.ident));
        let mut word = "if";
        for (_, name, places) in &self.union.cases {
            if places.is_empty() {
                continue;
            }
            code.open(format!("{word} (chosen instanceof {name} one) {{"));
            for member in self.fields(places) {
                let field = component(&member.ident);
                code.line(format!("set{}(one.{field}());", member.ident));
            }
            code.dedent();
            word = "} else if";
        }
        if word != "if" {
            code.line("}");
        }
        code.line("return this;");
        code.close("}");
    }

    fn cases(&self, scope: &Scope<'_, '_>, code: &mut Code) {
        let (ident, wire) = (&self.union.ident, &self.tag.field.wire);
        let (text, overrides) = (scope.lang("String"), scope.lang("Override"));
        code.line("");
        let doc = format!("What `{wire}` says, with the fields that belong to it.");
        comment(code, &doc, &[]);
        code.open(format!("public sealed interface {ident} {{"));
        comment(
            code,
            "The text in documents.",
            &["@return the text".to_owned()],
        );
        code.line(format!("{text} tag();"));
        code.close("}").line("");
        for (case, name, places) in &self.union.cases {
            let (mut components, mut tags) = (Vec::new(), Vec::new());
            for member in self.fields(places) {
                let field = component(&member.ident);
                tags.push(parameter(&field, member));
                components.push(format!("{} {field}", property(scope, member)));
            }
            comment(code, &format!("The case `{}`.", case.value), &tags);
            code.open(format!(
                "public record {name}({}) implements {ident} {{",
                components.join(", ")
            ));
            code.line(format!("@{overrides}"));
            code.open(format!("public {text} tag() {{"));
            code.line(format!("return {};", string(&case.value)));
            code.close("}");
            code.close("}").line("");
        }
        comment(
            code,
            "A text that the schema does not know.",
            &["@param tag the text in documents".to_owned()],
        );
        code.line(format!(
            "public record {}({text} tag) implements {ident} {{}}",
            self.unknown
        ));
    }
}
