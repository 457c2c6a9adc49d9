//! Rules as CEL for `x-kubernetes-validations`.
//!
//! A named rule is written as CEL, read and typed by Herz' own compiler as if a person had written
//! it, its cost bounded, and printed in the spelling of API servers. So what can't be typed or
//! bounded is found here and not on a cluster.

use super::cost;
use crate::document::Map;
use crate::target::View;
use herz_dsl::catalog::{
    Compare, Condition, Field, FieldPath, Literal, Object, PathStep, Rule, RuleKind, Test, Type,
    TypeBody, TypeId,
};
use herz_dsl::cel::{self, Expr, Scope, Style};
use herz_dsl::explain::rule_text;
use herz_types::Level;

/// An entry of `x-kubernetes-validations`; or why there can be none.
pub(super) fn validation(
    view: &View<'_>,
    owner: TypeId,
    rule: &Rule,
    times: u64,
) -> Result<Literal, String> {
    let text = match &rule.kind {
        RuleKind::Immutable { fields } => {
            let parts: Result<Vec<String>, String> = fields.iter().map(unchanged).collect();
            parts?.join(" && ")
        }
        _ => {
            let expr = checked(view, owner, rule)?;
            if let Some((_, what)) = cel::unbounded(&expr, &view.catalog).into_iter().next() {
                return Err(format!(
                    "an API server can't bound what the rule costs: {what}"
                ));
            }
            let cost = cost::estimate(&expr, view).saturating_mul(times.max(1));
            if cost > cost::MOST {
                return Err(format!(
                    "the rule may cost {cost} steps, and an API server allows {}: lower the limits of its lists and texts",
                    cost::MOST
                ));
            }
            cel::print(&expr, Style::Kubernetes)
                .map_err(|dialect| format!("CEL on an API server can't read a `{dialect}`"))?
        }
    };
    let message = rule.message.clone().unwrap_or_else(|| rule_text(rule));
    Ok(Map::new()
        .with("message", one_line(&message))
        .with("rule", text)
        .literal())
}

/// That a field does not change after creation.
pub(super) fn immutable(wire: &str) -> Literal {
    let path = FieldPath(vec![PathStep::Field(wire.to_owned())]);
    let rule = unchanged(&path).unwrap_or_else(|_| "true".to_owned());
    Map::new()
        .with("message", format!("{wire} must not change after creation"))
        .with("rule", rule)
        .literal()
}

/// What the cases of a union need, where a missing block is refused.
pub(super) fn union(view: &View<'_>, object: &Object) -> Vec<Literal> {
    let Some(union) = &object.union else {
        return Vec::new();
    };
    let tag = escaped(&format!("self.{}", quoted(&union.tag)));
    let mut rules = Vec::new();
    for case in union.cases.iter().filter(|case| case.level == Level::Error) {
        for name in &case.requires {
            let Some(field) = object.fields.iter().find(|f| f.wire == *name) else {
                continue;
            };
            let here = format!("self.{}", quoted(name));
            let mut demand = vec![format!("has({here})")];
            if case.filled {
                // Of a value of any type, CEL can only tell that it is there.
                demand.extend(not_empty(view, &field.ty, &here).ok().flatten());
            }
            if field.required && demand.len() == 1 {
                continue;
            }
            let demand: Option<Vec<String>> = demand.iter().map(|one| escaped(one)).collect();
            let (Some(tag), Some(demand)) = (&tag, demand) else {
                continue;
            };
            let demand = demand.join(" && ");
            let has_tag = format!("has({tag})");
            rules.push(
                Map::new()
                    .with(
                        "message",
                        format!("{} {} needs {name}", union.tag, case.value),
                    )
                    .with(
                        "rule",
                        format!("!{has_tag} || {tag} != {} || {demand}", text(&case.value)),
                    )
                    .literal(),
            );
        }
    }
    rules
}

fn unchanged(path: &FieldPath) -> Result<String, String> {
    let mut has = Vec::new();
    let mut at = "self".to_owned();
    for step in &path.0 {
        let PathStep::Field(name) = step else {
            return Err("CEL can't compare the items of a list with what they were".to_owned());
        };
        at = format!("{at}.{}", quoted(name));
        has.push(escaped(&format!("has({at})")).ok_or("the path is no CEL")?);
    }
    let now = escaped(&at).ok_or("the path is no CEL")?;
    let old = |text: &str| text.replacen("self", "oldSelf", 1);
    let here = has.join(" && ");
    let there: Vec<String> = has.iter().map(|one| old(one)).collect();
    Ok(format!(
        "!({}) || ({here} && {now} == {})",
        there.join(" && "),
        old(&now)
    ))
}

/// The rule as a typed expression.
fn checked(view: &View<'_>, owner: TypeId, rule: &Rule) -> Result<Expr, String> {
    let lowering = Lowering { view, rule };
    let demand = match &rule.kind {
        RuleKind::Cel { expr, .. } if rule.when.is_empty() => return Ok(expr.clone()),
        RuleKind::Cel { source, .. } => source.clone(),
        _ => lowering.demand(owner)?,
    };
    let mut text = String::new();
    for condition in &rule.when {
        text.push_str(&format!("!({}) || ", lowering.condition(owner, condition)?));
    }
    text.push_str(&format!("({demand})"));
    let scope = Scope {
        types: &view.catalog,
        this: owner,
        life: &rule.life,
        present: &[],
    };
    cel::compile(&text, &scope).map_err(|errors| {
        let first = errors.first().map_or("", |error| &error.message);
        format!("the rule can't be said in CEL: {first}")
    })
}

/// Writes a rule as CEL text.
struct Lowering<'l, 'c> {
    view: &'l View<'c>,
    rule: &'l Rule,
}

/// Where a path has come to.
struct At {
    /// The value as CEL.
    text: String,
    ty: Type,
}

impl Lowering<'_, '_> {
    fn demand(&self, owner: TypeId) -> Result<String, String> {
        let this = || At {
            text: "self".to_owned(),
            ty: Type::Ref(owner),
        };
        let there = |path: &FieldPath, filled: bool| {
            self.some(&this(), &path.0, &|at| self.filled(at, filled))
        };
        Ok(match &self.rule.kind {
            RuleKind::Requires { fields, filled } => join(
                fields
                    .iter()
                    .map(|path| self.every(&this(), &path.0, &|at| self.filled(at, *filled))),
                " && ",
            )?,
            RuleKind::Forbids { fields, filled } => {
                let one = join(fields.iter().map(|path| there(path, *filled)), " || ")?;
                format!("!({one})")
            }
            RuleKind::Count {
                fields,
                min,
                at_most_one,
                filled,
            } => {
                let count = join(
                    fields
                        .iter()
                        .map(|path| Ok(format!("({} ? 1 : 0)", there(path, *filled)?))),
                    " + ",
                )?;
                match (*min, *at_most_one) {
                    (0, _) => format!("{count} <= 1"),
                    (_, true) => format!("{count} == 1"),
                    (_, false) => format!("{count} >= 1"),
                }
            }
            RuleKind::Compare { left, op, right } => {
                let (left, right) = (plain(left)?, plain(right)?);
                format!(
                    "!(has({left}) && has({right})) || {left} {} {right}",
                    relation(*op)
                )
            }
            RuleKind::Unique { list, by } => {
                let list = plain(list)?;
                let same = by.as_ref().map_or_else(
                    || "a == b".to_owned(),
                    |by| {
                        let by = quoted(by);
                        format!("has(a.{by}) && has(b.{by}) && a.{by} == b.{by}")
                    },
                );
                let alone = by
                    .as_ref()
                    .map_or_else(String::new, |by| format!("!has(a.{}) || ", quoted(by)));
                format!("!has({list}) || {list}.all(a, {alone}{list}.exists_one(b, {same}))")
            }
            RuleKind::RefersTo { from, to, of } if of.is_empty() => {
                let names = |name: String| {
                    self.some(&this(), &to.0, &|at| Ok(format!("{} == {name}", at.text)))
                };
                let lost = self.some(&this(), &from.0, &|at| {
                    Ok(format!("!({})", names(at.text.clone())?))
                })?;
                format!("!({lost})")
            }
            RuleKind::RefersTo { .. } => {
                return Err("references of some items only can't be said in CEL".to_owned());
            }
            RuleKind::Acyclic { .. } => {
                return Err("circles can't be found in CEL".to_owned());
            }
            RuleKind::Immutable { .. } | RuleKind::Cel { .. } => {
                return Err("not a rule about fields".to_owned());
            }
        })
    }

    fn condition(&self, owner: TypeId, condition: &Condition) -> Result<String, String> {
        let this = At {
            text: "self".to_owned(),
            ty: Type::Ref(owner),
        };
        let equals = |literals: &[Literal], at: &At| {
            let all: Result<Vec<String>, String> = literals
                .iter()
                .map(|one| Ok(format!("{} == {}", at.text, literal(one)?)))
                .collect();
            Ok(format!("({})", all?.join(" || ")))
        };
        let path = &condition.field.0;
        let positive = match &condition.test {
            Test::In(literals) | Test::NotIn(literals) => {
                self.some(&this, path, &|at| equals(literals, at))?
            }
            Test::Present | Test::Absent => self.some(&this, path, &|at| self.filled(at, false))?,
            Test::Filled | Test::Empty => self.some(&this, path, &|at| self.filled(at, true))?,
        };
        Ok(match &condition.test {
            Test::In(_) | Test::Present | Test::Filled => positive,
            Test::NotIn(_) | Test::Absent | Test::Empty => format!("!({positive})"),
        })
    }

    /// That some end of a path is there and fulfils `leaf`.
    fn some(
        &self,
        at: &At,
        steps: &[PathStep],
        leaf: &dyn Fn(&At) -> Result<String, String>,
    ) -> Result<String, String> {
        let Some((step, rest)) = steps.split_first() else {
            return leaf(at);
        };
        match step {
            PathStep::Field(name) => {
                let (next, has) = self.field(at, name)?;
                let inner = self.some(&next, rest, leaf)?;
                Ok(if inner == "true" {
                    has
                } else {
                    format!("({has} && {inner})")
                })
            }
            PathStep::Each => {
                let (next, variable) = item(at, rest.len())?;
                let inner = self.some(&next, rest, leaf)?;
                Ok(format!("{}.exists({variable}, {inner})", at.text))
            }
        }
    }

    /// That every end of a path is there and fulfils `leaf`.
    fn every(
        &self,
        at: &At,
        steps: &[PathStep],
        leaf: &dyn Fn(&At) -> Result<String, String>,
    ) -> Result<String, String> {
        let Some((step, rest)) = steps.split_first() else {
            return leaf(at);
        };
        match step {
            PathStep::Field(name) => {
                let (next, has) = self.field(at, name)?;
                let inner = self.every(&next, rest, leaf)?;
                Ok(match rest.first() {
                    // A list that is not there has no items that lack something.
                    Some(PathStep::Each) => format!("(!{has} || {inner})"),
                    _ if inner == "true" => has,
                    _ => format!("({has} && {inner})"),
                })
            }
            PathStep::Each => {
                let (next, variable) = item(at, rest.len())?;
                let inner = self.every(&next, rest, leaf)?;
                Ok(format!("{}.all({variable}, {inner})", at.text))
            }
        }
    }

    fn field(&self, at: &At, name: &str) -> Result<(At, String), String> {
        let object = self.view.object(&at.ty);
        let find = |field: &&Field| field.wire == name;
        let field = object.and_then(|(_, object)| object.fields.iter().find(find));
        let field = field.ok_or_else(|| format!("`{name}` is no field here"))?;
        let text = format!("{}.{}", at.text, quoted(name));
        let has = format!("has({text})");
        let ty = field.ty.clone();
        Ok((At { text, ty }, has))
    }

    /// That a value is not empty, zero or false, if that is asked for.
    fn filled(&self, at: &At, filled: bool) -> Result<String, String> {
        if !filled {
            return Ok("true".to_owned());
        }
        let demand = not_empty(self.view, &at.ty, &at.text)?;
        Ok(demand.unwrap_or_else(|| "true".to_owned()))
    }
}

fn item(at: &At, depth: usize) -> Result<(At, String), String> {
    let variable = format!("i{depth}");
    let Type::List(item) = &at.ty else {
        return Err("CEL walks over the keys of a map, and the rule is about values".to_owned());
    };
    let next = At {
        text: variable.clone(),
        ty: (**item).clone(),
    };
    Ok((next, variable))
}

/// That a value that is there is not empty, zero or false; none if it can't be.
fn not_empty(view: &View<'_>, ty: &Type, text: &str) -> Result<Option<String>, String> {
    Ok(match view.base(ty) {
        Type::Bool => Some(text.to_owned()),
        Type::Int { .. } => Some(format!("{text} != 0")),
        Type::Float64 => Some(format!("{text} != 0.0")),
        Type::String | Type::Bytes | Type::Scalar(_) | Type::List(_) | Type::Map(_) => {
            Some(format!("size({text}) > 0"))
        }
        Type::Ref(id) => match view.get(*id).map(|def| &def.body) {
            Some(TypeBody::Enum(_)) => Some(format!("size({text}) > 0")),
            _ => None,
        },
        Type::Any | Type::AnyObject | Type::IntOrString => {
            return Err("CEL can't tell whether a value of any type is empty".to_owned());
        }
    })
}

/// A path without lists as CEL.
fn plain(path: &FieldPath) -> Result<String, String> {
    path.0
        .iter()
        .try_fold("self".to_owned(), |at, step| match step {
            PathStep::Field(name) => Ok(format!("{at}.{}", quoted(name))),
            PathStep::Each => Err("a rule over a list of lists can't be said in CEL".to_owned()),
        })
}

fn join(
    parts: impl Iterator<Item = Result<String, String>>,
    between: &str,
) -> Result<String, String> {
    Ok(parts.collect::<Result<Vec<_>, _>>()?.join(between))
}

/// A field name as Herz' CEL writes it.
fn quoted(name: &str) -> String {
    let plain = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        && !name.starts_with(|c: char| c.is_ascii_digit());
    if plain {
        name.to_owned()
    } else {
        format!("`{name}`")
    }
}

/// Text of Herz' CEL in the spelling of API servers.
fn escaped(text: &str) -> Option<String> {
    let ast = cel::parse(text).ok()?;
    Some(cel::print_ast(&ast, Style::Kubernetes))
}

fn relation(op: Compare) -> &'static str {
    match op {
        Compare::Less => "<",
        Compare::LessOrEqual => "<=",
        Compare::Greater => ">",
        Compare::GreaterOrEqual => ">=",
        Compare::Equal => "==",
        Compare::NotEqual => "!=",
    }
}

fn literal(literal: &Literal) -> Result<String, String> {
    match literal {
        Literal::Bool(value) => Ok(value.to_string()),
        Literal::Int(value) => Ok(value.to_string()),
        Literal::Float(value) => Ok(format!("{value:?}")),
        Literal::Text(value) => Ok(text(value)),
        Literal::Null | Literal::List(_) | Literal::Map(_) => {
            Err("CEL can't compare with such a value".to_owned())
        }
    }
}

/// A text constant.
fn text(value: &str) -> String {
    let mut out = String::from("\"");
    for c in value.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Messages of rules must not have line breaks.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
