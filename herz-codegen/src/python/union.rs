//! A tag and what belongs to it, as one class for each case.

use super::doc::docstring;
use super::file::Scope;
use super::literal::string;
use super::types::attribute;
use crate::lower::{self, Code, Member, Named, UnionPlan};
use herz_dsl::catalog::Literal;

fn other(union: &UnionPlan<'_>) -> String {
    format!("{}UnknownCase", union.ident)
}

/// The methods of the owner that take a case out and put it in.
pub(super) fn methods(
    scope: &Scope<'_, '_>,
    code: &mut Code,
    union: &UnionPlan<'_>,
    members: &[Member<'_>],
) {
    let Some(tag) = members.get(union.tag) else {
        return;
    };
    let (ident, wire) = (&union.ident, &tag.field.wire);
    let default = match tag.field.structure_default() {
        Some(Literal::Text(text)) => format!(", {}", string(text)),
        _ => String::new(),
    };
    code.line("");
    code.open(format!("def case(self) -> {ident}:"));
    docstring(
        code,
        &format!(
            "What `{wire}` says, with the fields that belong to it. Fields of other cases are no part of it."
        ),
    );
    code.line(format!(
        "tag = {}(self.{}{default})",
        scope.spec("tag_of"),
        tag.ident
    ));
    for (case, name, places) in &union.cases {
        let fields: Vec<String> = places
            .iter()
            .filter_map(|at| members.get(*at))
            .map(|member| format!("{0}=self.{0}", member.ident))
            .collect();
        code.open(format!("if tag == {}:", string(&case.value)));
        code.line(format!("return {name}({})", fields.join(", ")))
            .dedent();
    }
    code.line(format!("return {}(tag)", other(union)));
    code.dedent().line("");
    code.open(format!("def set_case(self, chosen: {ident}) -> None:"));
    docstring(
        code,
        &format!("Sets `{wire}` and the fields that belong to it; all other fields stay."),
    );
    code.line(format!("self.{} = chosen.TAG", tag.ident));
    for (_, name, places) in &union.cases {
        if places.is_empty() {
            continue;
        }
        code.open(format!("if isinstance(chosen, {name}):"));
        for member in places.iter().filter_map(|at| members.get(*at)) {
            code.line(format!("self.{0} = chosen.{0}", member.ident));
        }
        code.dedent();
    }
    code.dedent();
}

/// The classes of the cases, and the union of them.
pub(super) fn cases(
    scope: &Scope<'_, '_>,
    code: &mut Code,
    union: &UnionPlan<'_>,
    members: &[Member<'_>],
    named: &Named,
) {
    let Some(tag) = members.get(union.tag) else {
        return;
    };
    let dataclass = scope.dataclasses("dataclass");
    let (class_var, literal) = (scope.typing("ClassVar"), scope.typing("Literal"));
    let mut names: Vec<&str> = Vec::new();
    for (case, name, places) in &union.cases {
        names.push(name);
        code.line(format!("@{dataclass}(frozen=True, kw_only=True)"));
        code.open(format!("class {name}:"));
        docstring(code, &format!("The case `{}`.", case.value));
        code.line("");
        let value = string(&case.value);
        code.line(format!("TAG: {class_var}[{literal}[{value}]] = {value}"));
        for member in places.iter().filter_map(|at| members.get(*at)) {
            let (ty, default) = attribute(scope, member);
            code.line("");
            code.line(format!("{}: {ty}{default}", member.ident));
            docstring(code, &lower::field_doc(member.field));
        }
        code.dedent().line("").line("");
    }
    let other = other(union);
    code.line(format!("@{dataclass}(frozen=True)"));
    code.open(format!("class {other}:"));
    docstring(code, "A text that the schema does not know.");
    code.line("");
    code.line("TAG: str");
    code.dedent().line("").line("");
    names.push(&other);
    code.open(format!(
        "{}: {} = {}[",
        union.ident,
        scope.typing("TypeAlias"),
        scope.typing("Union")
    ));
    for name in names {
        code.line(format!("{name},"));
    }
    code.close("]");
    docstring(
        code,
        &format!(
            "What `{}` of {} says, with the fields that belong to it.",
            tag.field.wire, named.ident
        ),
    );
    code.line("").line("");
}
