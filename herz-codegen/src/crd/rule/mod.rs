//! Rules as CEL for `x-kubernetes-validations`.
//!
//! A named rule is written as CEL, read and typed by Herz' own compiler as if a person had written
//! it, its cost bounded, and printed in the spelling of API servers. So what can't be typed or
//! bounded is found here and not on a cluster.

mod default;
mod lower;
mod text;
mod union;

use super::cost;
use crate::document::Map;
use crate::target::View;
use herz_dsl::catalog::{FieldPath, Literal, PathStep, Rule, RuleKind, TypeId};
use herz_dsl::cel::{self, Expr, Scope, Style};
use herz_dsl::explain::rule_text;
use lower::Lowering;
use text::{escaped, one_line, quoted};
pub(super) use union::{foreign, needs};

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

/// That a field is not null: an API server takes null for absent when it asks, and not before.
pub(super) fn not_null(wire: &str) -> Literal {
    let has = format!("has(self.{})", quoted(wire));
    Map::new()
        .with("message", format!("{wire} must not be null"))
        .with("rule", escaped(&has).unwrap_or(has))
        .literal()
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
