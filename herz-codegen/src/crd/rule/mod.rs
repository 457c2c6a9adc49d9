//! Rules as CEL for `x-kubernetes-validations`.
//!
//! A named rule is written as CEL, read and typed by Herz' own compiler as if a person had written
//! it, its cost bounded, and printed in the spelling of API servers. So what can't be typed or
//! bounded is found here and not on a cluster.

mod lower;
mod text;

use super::cost;
use crate::document::Map;
use crate::target::View;
use herz_dsl::catalog::{FieldPath, Literal, Object, PathStep, Rule, RuleKind, TypeId};
use herz_dsl::cel::{self, Expr, Scope, Style};
use herz_dsl::explain::rule_text;
use herz_types::Level;
use lower::Lowering;
use text::{escaped, not_empty, one_line, quoted, text};

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
