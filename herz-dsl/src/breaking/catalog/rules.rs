//! Rules and unions of a catalog's objects into rules of the model.

use super::idle::says_nothing;
use super::reads::reads;
use crate::breaking::model::{CrossRule, Reads};
use crate::breaking::value::Value;
use crate::catalog::{FieldPath, Foreign, Layer, PathStep, Rule, RuleKind, Union};
use herz_types::Level;
use std::collections::{BTreeMap, BTreeSet};

/// Rules across fields, without those that say nothing.
pub(super) fn cross_rules(rules: &[Rule]) -> Vec<CrossRule> {
    let telling = rules.iter().filter(|it| !says_nothing(it));
    telling.map(cross_rule).collect()
}

fn cross_rule(rule: &Rule) -> CrossRule {
    let members = match &rule.kind {
        RuleKind::Count {
            fields,
            min,
            at_most_one,
            ..
        } if rule.when.is_empty() => {
            let kind = match (min, at_most_one) {
                (0, _) => "atMostOneOf",
                (_, true) => "exactlyOneOf",
                (_, false) => "atLeastOneOf",
            };
            let fields: BTreeSet<String> = fields.iter().map(ToString::to_string).collect();
            Some((kind.to_owned(), fields))
        }
        _ => None,
    };
    // The checked form of an expression is compared through its text.
    let body = match &rule.kind {
        RuleKind::Cel { source, .. } => source.clone(),
        kind => serde_json::to_string(kind).unwrap_or_default(),
    };
    let when = if rule.when.is_empty() {
        String::new()
    } else {
        format!(
            " when {}",
            serde_json::to_string(&rule.when).unwrap_or_default()
        )
    };
    CrossRule {
        text: format!("{}: {body}{when}", rule.name),
        message: format!("{} {}", rule.name, rule.message.clone().unwrap_or_default()),
        error: rule.level == Level::Error,
        members,
        // Where admission looks is not where the structure does.
        rest: match rule.layer {
            Layer::Structure => Vec::new(),
            Layer::Admission => vec![("by".to_owned(), Value::Text("admission".into()))],
        },
        needs: needs(rule),
        reads: reads(rule),
        ..CrossRule::default()
    }
}

/// That fields of the object itself are read, and each value of the tag.
fn of_case(tag: &str, fields: &[&str]) -> BTreeMap<FieldPath, Reads> {
    let own = |name: &str| FieldPath(vec![PathStep::Field(name.to_owned())]);
    let fields = fields.iter().map(|it| (own(it), Reads::default()));
    let each = Reads {
        any: true,
        ..Reads::default()
    };
    fields.chain([(own(tag), each)]).collect()
}

/// The fields of its own object that a rule asks for whatever else the object has.
fn needs(rule: &Rule) -> Vec<String> {
    let fields = match &rule.kind {
        RuleKind::Requires { fields, .. } if rule.when.is_empty() => fields.as_slice(),
        // At least one of one.
        RuleKind::Count {
            fields, min: 1.., ..
        } if rule.when.is_empty() && fields.len() == 1 => fields.as_slice(),
        _ => &[],
    };
    let own = |path: &FieldPath| match path.0.as_slice() {
        [PathStep::Field(name)] => Some(name.clone()),
        _ => None,
    };
    fields.iter().filter_map(own).collect()
}

/// What each value of a tag asks for; and, where fields of other cases are refused, with which
/// values each field may stand.
pub(super) fn of_union(union: &Union) -> Vec<CrossRule> {
    let mut rules = Vec::new();
    for case in &union.cases {
        let mut needs: Vec<&str> = case.requires.iter().map(String::as_str).collect();
        needs.sort_unstable();
        if needs.is_empty() {
            continue;
        }
        let filled = if case.filled { " filled" } else { "" };
        rules.push(CrossRule {
            text: format!("{} {}: {}{filled}", union.tag, case.value, needs.join(", ")),
            message: format!("{} {}", union.tag, case.value),
            error: case.level == Level::Error,
            only_for: Some((union.tag.clone(), case.value.clone())),
            needs: case.requires.clone(),
            reads: of_case(&union.tag, &needs),
            ..CrossRule::default()
        });
    }
    if union.foreign != Foreign::Refuse {
        return rules;
    }
    let mut homes: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for case in &union.cases {
        for field in case.fields() {
            homes.entry(field).or_default().insert(&case.value);
        }
    }
    for (field, values) in homes {
        let values: Vec<&str> = values.into_iter().collect();
        rules.push(CrossRule {
            text: format!("{field} only with {}: {}", union.tag, values.join(", ")),
            message: format!("{field} only with {}", union.tag),
            error: true,
            reads: of_case(&union.tag, &[field]),
            ..CrossRule::default()
        });
    }
    rules
}
