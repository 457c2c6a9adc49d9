//! Parts of a catalog in words.

use crate::catalog::{
    Bound, Catalog, Constraint, ConstraintKind, Default, DefaultValue, FieldPath, Fill, Foreign,
    Life, Literal, Rule, RuleKind, Type, TypeBody, TypeDef, Union,
};
use crate::check::words;
use herz_types::Level;

/// A type in words: `list of Selector`, `duration(go)`.
pub fn type_text(catalog: &Catalog, ty: &Type) -> String {
    match ty {
        Type::Bool => "bool".to_owned(),
        Type::Int { format: false, .. } => "int".to_owned(),
        Type::Int { bits, signed, .. } => format!("{}int{bits}", if *signed { "" } else { "u" }),
        Type::Float64 => "float64".to_owned(),
        Type::String => "string".to_owned(),
        Type::Bytes => "bytes (base64)".to_owned(),
        Type::Scalar(scalar) => {
            format!(
                "{}{}",
                scalar.dialect.name(),
                if scalar.allow_empty { " or empty" } else { "" }
            )
        }
        Type::List(item) => format!("list of {}", type_text(catalog, item)),
        Type::Map(value) => format!("map to {}", type_text(catalog, value)),
        Type::Ref(id) => catalog.get(*id).map_or_else(|| "?".to_owned(), named_text),
        Type::Any => "any".to_owned(),
        Type::AnyObject => "object".to_owned(),
        Type::IntOrString => "int or string".to_owned(),
    }
}

/// A named type in words. An enum of a field's own has no name that a reader would know.
fn named_text(def: &TypeDef) -> String {
    match &def.body {
        TypeBody::Enum(_) if def.name.contains('.') => "enum".to_owned(),
        _ => def.name.clone(),
    }
}

/// A value as YAML flow text.
pub fn literal_text(value: &Literal) -> String {
    match value {
        Literal::Null => "null".to_owned(),
        Literal::Bool(value) => value.to_string(),
        Literal::Int(value) => value.to_string(),
        Literal::Float(value) => value.to_string(),
        Literal::Text(value) => format!("{value:?}"),
        Literal::List(items) => format!(
            "[{}]",
            items
                .iter()
                .map(literal_text)
                .collect::<Vec<_>>()
                .join(", ")
        ),
        Literal::Map(entries) => {
            let entries: Vec<_> = entries
                .iter()
                .map(|(key, value)| format!("{key}: {}", literal_text(value)))
                .collect();
            format!("{{{}}}", entries.join(", "))
        }
    }
}

/// Releases that have a thing, if not all: `since 2.7.0, until 2.8.0, deprecated: use x`.
pub fn life_text(life: &Life) -> String {
    let mut parts = Vec::new();
    if let Some(since) = &life.since {
        parts.push(format!("since {since}"));
    }
    if let Some(until) = &life.until {
        parts.push(format!("gone in {until}"));
    }
    if let Some(deprecated) = &life.deprecated {
        let mut text = "deprecated".to_owned();
        if let Some(since) = &deprecated.since {
            text = format!("{text} since {since}");
        }
        if let Some(instead) = &deprecated.instead {
            text = format!("{text}, use `{instead}`");
        }
        if let Some(note) = &deprecated.note {
            text = format!("{text} ({})", note.trim());
        }
        parts.push(text);
    }
    parts.join(", ")
}

/// A default in words.
pub(super) fn default_text(default: &Default) -> String {
    let value = match &default.value {
        DefaultValue::Literal(value) => literal_text(value),
        DefaultValue::Generated(how) => format!("generated ({how})"),
    };
    let mut text = value;
    if default.fill == Fill::Empty {
        text.push_str(" (also for an empty value)");
    }
    push_life(&mut text, &default.life);
    text
}

/// What entries differ in, in words.
fn told_apart(by: &[String]) -> String {
    if by.is_empty() {
        return "entries differ".to_owned();
    }
    let keys: Vec<String> = by.iter().map(|key| format!("`{key}`")).collect();
    format!("entries differ in {}", keys.join(" and "))
}

/// A limit in words.
pub fn constraint_text(constraint: &Constraint) -> String {
    let mut text = match &constraint.kind {
        ConstraintKind::Range { min, max } => range_text(min.as_ref(), max.as_ref()),
        ConstraintKind::Length { min, max } => format!("length {}", count_text(*min, *max)),
        ConstraintKind::Items { min, max } => format!("entries {}", count_text(*min, *max)),
        ConstraintKind::Pattern(pattern) => format!("matches `{pattern}`"),
        ConstraintKind::MultipleOf(step) => format!("a multiple of {step}"),
        ConstraintKind::UniqueItems => "entries differ".to_owned(),
        ConstraintKind::ToldApart(by) => told_apart(by),
        ConstraintKind::Filled => "must be there and not empty, zero or false".to_owned(),
        ConstraintKind::Grammar {
            dialect,
            allow_empty,
        } => {
            format!(
                "should be a {}{}",
                dialect.name(),
                if *allow_empty { " or empty" } else { "" }
            )
        }
        ConstraintKind::OneOf(values) => format!("should be one of {}", values.join(", ")),
    };
    if constraint.level == Level::Warning {
        text.push_str(" (else a warning)");
    }
    push_life(&mut text, &constraint.life);
    text
}

fn push_life(text: &mut String, life: &Life) {
    let life = life_text(life);
    if !life.is_empty() {
        text.push_str(", ");
        text.push_str(&life);
    }
}

fn range_text(min: Option<&Bound>, max: Option<&Bound>) -> String {
    let low = min.map(|b| {
        format!(
            "{} {}",
            if b.exclusive { "over" } else { "at least" },
            b.text
        )
    });
    let high = max.map(|b| {
        format!(
            "{} {}",
            if b.exclusive { "under" } else { "at most" },
            b.text
        )
    });
    [low, high]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(", ")
}

fn count_text(min: Option<u64>, max: Option<u64>) -> String {
    match (min, max) {
        (Some(min), Some(max)) if min == max => min.to_string(),
        (Some(min), Some(max)) => format!("{min} to {max}"),
        (Some(min), None) => format!("at least {min}"),
        (None, Some(max)) => format!("at most {max}"),
        (None, None) => "any".to_owned(),
    }
}

/// A rule as a sentence, its name in front.
pub fn rule_text(rule: &Rule) -> String {
    let what = match &rule.kind {
        RuleKind::Requires { fields, filled } => format!(
            "{} must be {}",
            paths(fields, " and "),
            if *filled { "filled" } else { "there" }
        ),
        RuleKind::Forbids { fields, .. } => {
            format!("{} must not be there", paths(fields, " and "))
        }
        RuleKind::Count {
            fields,
            min,
            at_most_one,
            ..
        } => {
            let how = words::demand(*min, *at_most_one);
            format!("{how} {}", paths(fields, ", "))
        }
        RuleKind::Compare { left, op, right } => {
            format!("`{left}` must be {} `{right}`", words::relation(*op))
        }
        RuleKind::Unique { list, by } => match by {
            Some(by) => format!("entries of `{list}` differ in `{by}`"),
            None => format!("entries of `{list}` differ"),
        },
        RuleKind::RefersTo { from, to, .. } => format!("each of `{from}` stands among `{to}`"),
        RuleKind::Acyclic { list, edges, .. } => {
            format!("`{list}` form no circle by `{edges}`")
        }
        RuleKind::Immutable { fields } => {
            format!("{} can't be changed after creation", paths(fields, " and "))
        }
        RuleKind::Cel { source, .. } => rule
            .message
            .clone()
            .unwrap_or_else(|| format!("`{}`", source.trim())),
    };
    let mut text = format!("{}: {what}", rule.name);
    if !rule.when.is_empty() && !matches!(rule.kind, RuleKind::Cel { .. }) {
        text = format!("{text} {}", words::when(&rule.when));
    }
    if rule.level == Level::Warning {
        text.push_str(" (else a warning)");
    }
    push_life(&mut text, &rule.life);
    text
}

fn paths(fields: &[FieldPath], joint: &str) -> String {
    fields
        .iter()
        .map(|path| format!("`{path}`"))
        .collect::<Vec<_>>()
        .join(joint)
}

/// The cases of a union, one sentence each.
pub(super) fn union_texts(union: &Union) -> Vec<String> {
    let tag = &union.tag;
    let mut texts: Vec<String> = union
        .cases
        .iter()
        .filter(|case| !case.requires.is_empty() || !case.allows.is_empty())
        .map(|case| {
            let quote = |names: &[String]| {
                names
                    .iter()
                    .map(|n| format!("`{n}`"))
                    .collect::<Vec<_>>()
                    .join(", ")
            };
            let mut text = format!("`{tag}: {}`", case.value);
            if !case.requires.is_empty() {
                text = format!("{text} needs {}", quote(&case.requires));
                if case.level == Level::Warning {
                    text.push_str(" (else a warning)");
                }
            }
            if !case.allows.is_empty() {
                let joint = if case.requires.is_empty() { "" } else { " and" };
                text = format!("{text}{joint} uses {}", quote(&case.allows));
            }
            push_life(&mut text, &case.life);
            text
        })
        .collect();
    match union.foreign {
        Foreign::Ignore => {}
        Foreign::Warn => texts.push(format!("blocks of another `{tag}` are ignored (a warning)")),
        Foreign::Refuse => texts.push(format!("blocks of another `{tag}` are refused")),
    }
    texts
}
