//! Fields, limits, defaults.

use super::yaml::{Entries, Yaml};
use super::{Printer, enumeration, level, life};
use crate::catalog::{
    Bound, Carried, Constraint, ConstraintKind, Default, DefaultValue, Field, Fill, Layer, Literal,
    Merge, Normalize, Semantics, Type, TypeBody, Zero,
};

impl Printer<'_> {
    pub(super) fn field(&self, field: &Field) -> Yaml {
        let mut out = Entries::default();
        out.put("name", Yaml::text(&field.wire));
        self.field_type(field, &mut out);
        out.text("rename", field.name.as_deref().unwrap_or_default());
        out.text("doc", &field.doc);
        if !field.required {
            out.put("required", Yaml::bool(false));
        }
        out.flag("nullable", field.nullable);
        if let Some(default) = &field.default {
            out.put("default", default_value(default));
        }
        if let Some(normalize) = &field.normalize {
            out.put("normalize", normalized(normalize));
        }
        match field.zero {
            Zero::Kept => {}
            Zero::Dropped => out.put("zero", Yaml::text("dropped")),
            Zero::Written => out.put("zero", Yaml::text("written")),
        }
        limits(&field.constraints, &mut out);
        life(&field.life, &mut out);
        out.list("aliases", field.aliases.iter().map(Yaml::text).collect());
        if let Some(replaces) = &field.replaces {
            let name = Yaml::text(&replaces.field);
            out.put(
                "replaces",
                match replaces.form {
                    Carried::AsIs => name,
                    Carried::Base64Json => Yaml::Map(vec![
                        ("field".to_owned(), name),
                        ("form".to_owned(), Yaml::text("base64Json")),
                    ]),
                },
            );
        }
        out.flag("immutable", field.immutable);
        out.flag("sensitive", field.sensitive);
        out.list("examples", field.examples.iter().map(literal).collect());
        if field.semantics == Semantics::Structure {
            out.put("semantics", Yaml::text("structure"));
        }
        if let Some((merge, when)) = &field.merge {
            let plain = match merge {
                Merge::Atomic => Yaml::text("atomic"),
                Merge::Set => Yaml::text("set"),
                Merge::By(keys) => Yaml::Map(vec![("by".to_owned(), Yaml::texts(keys))]),
            };
            let mut entries = Entries::default();
            life(when, &mut entries);
            if entries.0.is_empty() {
                out.put("merge", plain);
            } else {
                entries.0.insert(0, ("value".to_owned(), plain));
                out.put("merge", entries.map());
            }
        }
        out.map()
    }

    /// `type:`, or `enum:` for an enum of the field's own.
    fn field_type(&self, field: &Field, out: &mut Entries) {
        if let Type::Ref(id) = &field.ty
            && let Some(def) = self.catalog.get(*id)
            && let TypeBody::Enum(body) = &def.body
            && def.package == self.id
            && def.name.contains('.')
        {
            enumeration(body, out);
            return;
        }
        out.put("type", Yaml::text(self.type_name(&field.ty)));
    }
}

pub(super) fn literal(value: &Literal) -> Yaml {
    match value {
        Literal::Null => Yaml::Plain("null".to_owned()),
        Literal::Bool(value) => Yaml::bool(*value),
        Literal::Int(value) => Yaml::Plain(value.to_string()),
        // `{:?}` keeps the fraction of whole numbers.
        Literal::Float(value) => Yaml::Plain(format!("{value:?}")),
        Literal::Text(text) => Yaml::text(text),
        Literal::List(items) => Yaml::List(items.iter().map(literal).collect()),
        Literal::Map(entries) => Yaml::Map(
            entries
                .iter()
                .map(|(key, value)| (key.clone(), literal(value)))
                .collect(),
        ),
    }
}

fn default_value(default: &Default) -> Yaml {
    let mut out = Entries::default();
    match &default.value {
        DefaultValue::Literal(value) => out.put("value", literal(value)),
        DefaultValue::Generated(how) => out.put("generated", Yaml::text(how)),
    }
    if default.fill == Fill::Empty {
        out.put("fill", Yaml::text("empty"));
    }
    if default.layer == Layer::Admission {
        out.put("by", Yaml::text("admission"));
    }
    life(&default.life, &mut out);
    match (out.0.as_slice(), &default.value) {
        // A map could be taken for the long form.
        ([(_, value)], DefaultValue::Literal(literal)) if !matches!(literal, Literal::Map(_)) => {
            value.clone()
        }
        _ => out.map(),
    }
}

fn normalized(normalize: &Normalize) -> Yaml {
    let mut out = Entries::default();
    match normalize {
        Normalize::CutAt(text) => out.put("cutAt", Yaml::text(text)),
        Normalize::Prefix {
            text,
            unless,
            keep_empty,
        } => {
            out.put("prefix", Yaml::text(text));
            if unless != text {
                out.put("unless", Yaml::text(unless));
            }
            out.flag("keepEmpty", *keep_empty);
        }
    }
    out.map()
}

/// Limits by keyword; several of one keyword as a list.
pub(super) fn limits(limits: &[Constraint], out: &mut Entries) {
    let mut words: Vec<(&str, Vec<Yaml>)> = Vec::new();
    for limit in limits {
        let Some((word, value, usual)) = plain(&limit.kind) else {
            continue;
        };
        let mut long = Entries::default();
        long.put("value", value.clone());
        level(limit.level, &mut long);
        if limit.layer != usual {
            let by = match limit.layer {
                Layer::Structure => "structure",
                Layer::Admission => "admission",
            };
            long.put("by", Yaml::text(by));
        }
        long.text("note", limit.note.as_deref().unwrap_or_default());
        life(&limit.life, &mut long);
        let one = if long.0.len() == 1 { value } else { long.map() };
        match words.iter_mut().find(|(known, _)| *known == word) {
            Some((_, all)) => all.push(one),
            None => words.push((word, vec![one])),
        }
    }
    for (word, mut all) in words {
        let value = match (all.len(), all.pop()) {
            (1, Some(one)) => one,
            (_, Some(last)) => {
                all.push(last);
                Yaml::List(all)
            }
            (_, None) => continue,
        };
        out.put(word, value);
    }
}

/// A limit as a keyword; none for what another keyword says already.
fn plain(kind: &ConstraintKind) -> Option<(&'static str, Yaml, Layer)> {
    let structure = Layer::Structure;
    Some(match kind {
        ConstraintKind::Range { min, max } => (
            "range",
            Yaml::text(range(min.as_ref(), max.as_ref())),
            structure,
        ),
        ConstraintKind::Length { min, max } => ("length", Yaml::text(count(*min, *max)), structure),
        ConstraintKind::Items { min, max } => ("items", Yaml::text(count(*min, *max)), structure),
        ConstraintKind::Pattern(pattern) => ("pattern", Yaml::text(pattern), structure),
        ConstraintKind::MultipleOf(step) => {
            ("multipleOf", Yaml::Plain(step.to_string()), structure)
        }
        ConstraintKind::UniqueItems => ("unique", Yaml::bool(true), structure),
        ConstraintKind::Filled => ("filled", Yaml::bool(true), Layer::Admission),
        ConstraintKind::Grammar {
            dialect,
            allow_empty,
        } => {
            let mark = if *allow_empty { "?" } else { "" };
            let name = format!("{}{mark}", dialect.name());
            ("grammar", Yaml::text(name), Layer::Admission)
        }
        ConstraintKind::OneOf(values) => ("oneOf", Yaml::texts(values), structure),
        // What `merge` says need not be said again.
        ConstraintKind::ToldApart(_) => return None,
    })
}

fn range(min: Option<&Bound>, max: Option<&Bound>) -> String {
    let low = min.map_or_else(String::new, |bound| {
        format!("{}{}", bound.text, if bound.exclusive { "<" } else { "" })
    });
    let high = max.map_or_else(String::new, |bound| {
        format!("{}{}", if bound.exclusive { "<" } else { "" }, bound.text)
    });
    format!("{low}..{high}")
}

fn count(min: Option<u64>, max: Option<u64>) -> String {
    let text = |bound: Option<u64>| bound.map_or_else(String::new, |bound| bound.to_string());
    format!("{}..{}", text(min), text(max))
}
