//! Rules.

use super::field::literal;
use super::yaml::{Entries, Yaml};
use super::{level, life};
use crate::catalog::{Condition, FieldPath, Layer, Rule, RuleKind, Test};

pub(super) fn rule(rule: &Rule) -> Yaml {
    let mut out = Entries::default();
    out.put("name", Yaml::text(&rule.name));
    verb(&rule.kind, &mut out);
    if !rule.when.is_empty() {
        out.put("when", conditions(&rule.when));
    }
    out.text("message", rule.message.as_deref().unwrap_or_default());
    out.text("doc", &rule.doc);
    level(rule.level, &mut out);
    if rule.layer == Layer::Structure {
        out.put("by", Yaml::text("structure"));
    }
    life(&rule.life, &mut out);
    out.map()
}

fn verb(kind: &RuleKind, out: &mut Entries) {
    match kind {
        RuleKind::Requires { fields, filled } => {
            out.put("requires", paths(fields));
            out.flag("filled", *filled);
        }
        RuleKind::Forbids { fields, filled } => {
            out.put("forbids", paths(fields));
            out.flag("filled", *filled);
        }
        RuleKind::Count {
            fields,
            min,
            at_most_one,
            filled,
        } => {
            let word = match (min, at_most_one) {
                (0, _) => "atMostOneOf",
                (_, true) => "exactlyOneOf",
                (_, false) => "atLeastOneOf",
            };
            out.put(word, paths(fields));
            out.flag("filled", *filled);
        }
        RuleKind::Compare { left, op, right } => {
            out.put(
                "compare",
                Yaml::text(format!("{left} {} {right}", op.sign())),
            );
        }
        RuleKind::Unique { list, by: None } => out.put("unique", path(list)),
        RuleKind::Unique { list, by: Some(by) } => {
            let mut entries = Entries::default();
            entries.put("list", path(list));
            entries.put("by", Yaml::text(by));
            out.put("unique", entries.map());
        }
        RuleKind::RefersTo { from, to, of } => {
            let mut entries = Entries::default();
            entries.put("from", path(from));
            entries.put("to", path(to));
            if !of.is_empty() {
                entries.put("of", conditions(of));
            }
            out.put("refersTo", entries.map());
        }
        RuleKind::Acyclic { list, name, edges } => {
            let mut entries = Entries::default();
            entries.put("list", path(list));
            entries.put("name", Yaml::text(name));
            entries.put("edges", path(edges));
            out.put("acyclic", entries.map());
        }
        RuleKind::Immutable { fields } => out.put("immutable", paths(fields)),
        RuleKind::Cel { source, at, .. } => {
            out.put("cel", Yaml::text(source));
            out.list("at", at.iter().map(path).collect());
        }
    }
}

fn path(path: &FieldPath) -> Yaml {
    Yaml::text(path.to_string())
}

fn paths(fields: &[FieldPath]) -> Yaml {
    Yaml::List(fields.iter().map(path).collect())
}

fn conditions(conditions: &[Condition]) -> Yaml {
    let entries = conditions.iter().map(|condition| {
        let values =
            |values: &[crate::catalog::Literal]| Yaml::List(values.iter().map(literal).collect());
        let test = match &condition.test {
            Test::In(list) => values(list),
            Test::NotIn(list) => Yaml::Map(vec![("not".to_owned(), values(list))]),
            Test::Present => Yaml::text("present"),
            Test::Absent => Yaml::text("absent"),
            Test::Filled => Yaml::text("filled"),
            Test::Empty => Yaml::text("empty"),
        };
        (condition.field.to_string(), test)
    });
    Yaml::Map(entries.collect())
}
