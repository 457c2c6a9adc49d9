//! Rules and unions as rows.

use super::row::{Record, Row};
use super::table::{layer, level};
use herz_dsl::catalog::{Condition, FieldPath, Foreign, PathStep, Rule, RuleKind, Test, Union};
use herz_dsl::check::words;
use herz_types::table::EACH;

/// The steps of a path as texts.
pub(super) fn path(steps: &[PathStep]) -> Vec<String> {
    steps
        .iter()
        .map(|step| match step {
            PathStep::Field(name) => name.clone(),
            PathStep::Each => EACH.to_owned(),
        })
        .collect()
}

fn paths(paths: &[FieldPath]) -> Vec<Row> {
    paths.iter().map(|one| Row::Texts(path(&one.0))).collect()
}

/// A rule's row. Its CEL expression is not in there: it becomes code.
pub(super) fn rule(rule: &Rule) -> Row {
    let kind = |name| {
        Record::new("Rule")
            .text("name", &rule.name)
            .set("kind", Row::Word("Rule", name))
    };
    let record = match &rule.kind {
        RuleKind::Requires { fields, filled } => kind("Requires")
            .list("fields", "FieldPath", paths(fields))
            .flag("filled", *filled),
        RuleKind::Forbids { fields, filled } => kind("Forbids")
            .list("fields", "FieldPath", paths(fields))
            .flag("filled", *filled),
        RuleKind::Count {
            fields,
            min,
            at_most_one,
            filled,
        } => kind("Count")
            .list("fields", "FieldPath", paths(fields))
            .maybe("min", (*min > 0).then(|| Row::Int(i64::from(*min))))
            .flag("at_most_one", *at_most_one)
            .flag("filled", *filled),
        RuleKind::Compare { left, op, right } => kind("Compare")
            .texts("left", &path(&left.0))
            .text("op", op.sign())
            .texts("right", &path(&right.0)),
        RuleKind::Unique { list, by } => kind("Unique")
            .texts("list", &path(&list.0))
            .text("by", by.as_deref().unwrap_or("")),
        RuleKind::RefersTo { from, to, of } => kind("RefersTo")
            .texts("from", &path(&from.0))
            .texts("to", &path(&to.0))
            .list("of", "Condition", conditions(of)),
        RuleKind::Acyclic { list, name, edges } => kind("Acyclic")
            .texts("list", &path(&list.0))
            .text("by", name)
            .texts("edges", &path(&edges.0)),
        RuleKind::Immutable { fields } => {
            kind("Immutable").list("fields", "FieldPath", paths(fields))
        }
        RuleKind::Cel {
            source,
            expr: _,
            at,
        } => kind("Cel")
            .text("source", source)
            .list("fields", "FieldPath", paths(at)),
    };
    record
        .list("when", "Condition", conditions(&rule.when))
        .text("when_words", &words::when(&rule.when))
        .text("message", rule.message.as_deref().unwrap_or(""))
        .maybe("level", level(rule.level))
        .maybe("layer", layer(rule.layer))
        .row()
}

fn conditions(conditions: &[Condition]) -> Vec<Row> {
    conditions
        .iter()
        .map(|condition| {
            let (test, values) = match &condition.test {
                Test::In(values) => ("In", Some(values)),
                Test::NotIn(values) => ("NotIn", Some(values)),
                Test::Present => ("Present", None),
                Test::Absent => ("Absent", None),
                Test::Filled => ("Filled", None),
                Test::Empty => ("Empty", None),
            };
            Record::new("Condition")
                .texts("field", &path(&condition.field.0))
                .set("test", Row::Word("Test", test))
                .maybe("values", values.map(|all| Row::Literals(all.clone())))
                .row()
        })
        .collect()
}

/// A union's row.
pub(super) fn union(union: &Union, former: &[String]) -> Row {
    let cases = union
        .cases
        .iter()
        .map(|case| {
            Record::new("Case")
                .set("value", Row::Text(case.value.clone()))
                .texts("requires", &case.requires)
                .flag("filled", case.filled)
                .texts("allows", &case.allows)
                .maybe("level", level(case.level))
                .row()
        })
        .collect();
    let foreign = match union.foreign {
        Foreign::Ignore => "Ignore",
        Foreign::Warn => "Warn",
        Foreign::Refuse => "Refuse",
    };
    Record::new("Union")
        .text("tag", &union.tag)
        .list("cases", "Case", cases)
        .texts("former", former)
        .set("foreign", Row::Word("Foreign", foreign))
        .flag("selected_only", union.selected_only)
        .row()
}
