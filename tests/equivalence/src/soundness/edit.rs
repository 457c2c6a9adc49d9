//! Random edits of a catalog, as people edit schemas: one thing at a time.

use herz_dsl::catalog::{
    Bound, Case, Catalog, Constraint, ConstraintKind, EnumValue, Field, Foreign, Layer, Life,
    Object, RuleKind, Type, TypeBody, TypeId,
};
use herz_tests::generate::Random;
use herz_types::Level;

/// A catalog with one thing changed, and what that was. None if the number chose something that
/// the catalog does not have.
pub(super) fn edit(catalog: &Catalog, random: &mut Random) -> Option<(Catalog, String)> {
    let mut new = catalog.clone();
    let at = pick(random, new.types.len())?;
    let count = new.types.len();
    let def = new.types.get_mut(at)?;
    let name = def.name.clone();
    let what = match &mut def.body {
        TypeBody::Object(body) => object(body, random, count)?,
        TypeBody::Enum(body) => match random.below(5) {
            0 | 1 if body.values.len() > 1 => {
                let at = pick(random, body.values.len())?;
                format!("value {} gone", body.values.remove(at).value)
            }
            2 => {
                body.allow_empty = !body.allow_empty;
                "empty text".to_owned()
            }
            3 => {
                body.level = other(body.level);
                "level".to_owned()
            }
            _ => {
                let value = format!("new-{}", random.below(100));
                body.values.push(EnumValue {
                    value: value.clone(),
                    doc: String::new(),
                    name: None,
                    life: Life::default(),
                });
                format!("value {value}")
            }
        },
        TypeBody::Refined(ty, limits) => constraints(ty, limits, random)?,
    };
    ends(&new).then(|| (new, format!("{name}: {what}")))
}

/// Whether every object has an end: the compiler refuses one that needs itself.
fn ends(catalog: &Catalog) -> bool {
    let needs = |id: TypeId| -> Vec<TypeId> {
        match catalog.get(id).map(|def| &def.body) {
            Some(TypeBody::Object(object)) => object
                .fields
                .iter()
                .filter(|field| {
                    let cases = object.union.iter().flat_map(|union| &union.cases);
                    let needed = |case: &Case| case.uses(&field.wire);
                    field.required || cases.clone().any(needed)
                })
                .filter_map(|field| {
                    // An empty list would end it, but a generator of documents may not choose it.
                    let mut ty = &field.ty;
                    while let Type::List(inner) | Type::Map(inner) = ty {
                        ty = inner;
                    }
                    match ty {
                        Type::Ref(id) => Some(*id),
                        _ => None,
                    }
                })
                .collect(),
            _ => Vec::new(),
        }
    };
    // As many steps as there are types lead back into a circle, if there is one.
    (0..catalog.types.len()).all(|start| {
        let mut reached = vec![TypeId(u32::try_from(start).unwrap_or(0))];
        for _ in 0..=catalog.types.len() {
            reached = reached.iter().flat_map(|id| needs(*id)).collect();
            reached.sort_unstable();
            reached.dedup();
        }
        reached.is_empty()
    })
}

fn pick(random: &mut Random, count: usize) -> Option<usize> {
    (count > 0).then(|| usize::try_from(random.below(count as u64)).unwrap_or(0))
}

fn other(level: Level) -> Level {
    match level {
        Level::Error => Level::Warning,
        Level::Warning => Level::Error,
    }
}

fn object(body: &mut Object, random: &mut Random, types: usize) -> Option<String> {
    let used = |body: &Object, name: &str| {
        let by_union = body.union.as_ref().is_some_and(|union| {
            union.tag == name || union.cases.iter().any(|case| case.uses(name))
        });
        by_union || format!("{:?}", body.rules).contains(&format!("{name:?}"))
    };
    Some(match random.below(14) {
        0 => {
            let at = pick(random, body.fields.len())?;
            let name = body.fields.get(at)?.wire.clone();
            if used(body, &name) || body.fields.len() < 2 {
                return None;
            }
            body.fields.remove(at);
            format!("field {name} gone")
        }
        1 => {
            let at = pick(random, body.fields.len())?;
            let mut field = body.fields.get(at)?.clone();
            field.wire = format!("added{}", random.below(50));
            field.aliases.clear();
            field.replaces = None;
            if body.fields.iter().any(|it| it.wire == field.wire) {
                return None;
            }
            let text = format!("field {} required {}", field.wire, field.required);
            body.fields.push(field);
            text
        }
        2 => {
            let at = pick(random, body.rules.len())?;
            format!("rule {} gone", body.rules.remove(at).name)
        }
        3 => {
            let at = pick(random, body.rules.len())?;
            let rule = body.rules.get_mut(at)?;
            rule.level = other(rule.level);
            format!("rule {} is now {:?}", rule.name, rule.level)
        }
        4 => rule(body, random)?,
        5 => {
            body.open = !body.open;
            format!("open {}", body.open)
        }
        6 => union(body, random)?,
        _ => {
            let at = pick(random, body.fields.len())?;
            let tag = body.union.as_ref().map(|it| it.tag.clone());
            let field = body.fields.get_mut(at)?;
            let text = self::field(field, random, types, tag.as_deref() == Some(&*field.wire))?;
            format!("{}: {text}", field.wire)
        }
    })
}

fn rule(body: &mut Object, random: &mut Random) -> Option<String> {
    let at = pick(random, body.rules.len())?;
    let rule = body.rules.get_mut(at)?;
    let text = match random.below(3) {
        0 if !rule.when.is_empty() => {
            rule.when.clear();
            "always".to_owned()
        }
        1 => {
            rule.layer = match rule.layer {
                Layer::Structure => Layer::Admission,
                Layer::Admission => Layer::Structure,
            };
            format!("by {:?}", rule.layer)
        }
        _ => match &mut rule.kind {
            RuleKind::Requires { fields, filled } | RuleKind::Forbids { fields, filled } => {
                if random.below(2) == 0 && fields.len() > 1 {
                    fields.pop();
                    "a field less".to_owned()
                } else {
                    *filled = !*filled;
                    format!("filled {filled}")
                }
            }
            RuleKind::Count {
                min, at_most_one, ..
            } => {
                if *at_most_one && *min == 1 {
                    *min = 0;
                } else {
                    (*min, *at_most_one) = (1, true);
                }
                format!("at least {min}, one {at_most_one}")
            }
            _ => return None,
        },
    };
    Some(format!("rule {}: {text}", rule.name))
}

fn union(body: &mut Object, random: &mut Random) -> Option<String> {
    let optional: Vec<String> = body
        .fields
        .iter()
        // A case that needs its own object has no end.
        .filter(|it| !it.required && !format!("{:?}", it.ty).contains("Ref("))
        .map(|it| it.wire.clone())
        .collect();
    let union = body.union.as_mut()?;
    let at = pick(random, union.cases.len())?;
    Some(match random.below(6) {
        0 => {
            union.foreign = match union.foreign {
                Foreign::Ignore => Foreign::Warn,
                Foreign::Warn => Foreign::Refuse,
                Foreign::Refuse => Foreign::Ignore,
            };
            format!("foreign {:?}", union.foreign)
        }
        1 => {
            let case = union.cases.get_mut(at)?;
            let gone = case.requires.pop()?;
            format!("case {} needs no {gone}", case.value)
        }
        2 => {
            let case = union.cases.get_mut(at)?;
            let name = optional.get(pick(random, optional.len())?)?.clone();
            if name == union.tag || case.requires.contains(&name) {
                return None;
            }
            case.requires.push(name.clone());
            format!("case {} needs {name}", case.value)
        }
        3 => {
            let case = union.cases.get_mut(at)?;
            let gone = case.allows.pop()?;
            format!("case {} does not use {gone}", case.value)
        }
        4 => {
            let case = union.cases.get_mut(at)?;
            case.level = other(case.level);
            format!("case {} is {:?}", case.value, case.level)
        }
        _ => {
            let case = union.cases.get_mut(at)?;
            case.filled = !case.filled;
            format!("case {} filled {}", case.value, case.filled)
        }
    })
}

fn field(field: &mut Field, random: &mut Random, types: usize, is_tag: bool) -> Option<String> {
    Some(match random.below(12) {
        0 | 1 => {
            field.required = !field.required;
            format!("required {}", field.required)
        }
        2 => {
            field.nullable = !field.nullable;
            format!("nullable {}", field.nullable)
        }
        3 => {
            field.default.take()?;
            "default gone".to_owned()
        }
        4 if !is_tag => {
            // Limits and defaults are those of the old type.
            field.constraints.clear();
            field.default = None;
            field.ty = ty(&field.ty, random, types)?;
            format!("type {:?}", field.ty)
        }
        5 => {
            let gone = field.aliases.pop()?;
            format!("alias {gone} gone")
        }
        6 if field.aliases.is_empty() => {
            field.aliases.push(format!("alias-{}", field.wire));
            "alias".to_owned()
        }
        _ => {
            let ty = field.ty.clone();
            constraints(&ty, &mut field.constraints, random)?
        }
    })
}

fn ty(old: &Type, random: &mut Random, types: usize) -> Option<Type> {
    let _ = types;
    let new = match (old, random.below(4)) {
        (
            Type::Int {
                bits,
                signed,
                format,
            },
            0 | 1,
        ) => Type::Int {
            bits: if *bits == 64 { 32 } else { 64 },
            signed: *signed,
            format: *format,
        },
        (Type::Int { .. }, 2) => Type::Float64,
        (Type::Int { .. } | Type::String, 3) => Type::IntOrString,
        (Type::Scalar(_), _) => Type::String,
        (Type::List(inner), 0) => (**inner).clone(),
        (_, 0) => Type::List(Box::new(old.clone())),
        (_, 1) => Type::Any,
        (_, 2) => Type::Bool,
        _ => Type::String,
    };
    (new != *old).then_some(new)
}

/// Whether a limit of that kind fits the type.
fn fitting(ty: &Type, random: &mut Random) -> Option<ConstraintKind> {
    let number = |value: f64| {
        Some(Bound {
            value,
            text: value.to_string(),
            exclusive: false,
        })
    };
    let low = random.below(4);
    let high = low + random.below(60);
    #[allow(clippy::cast_precision_loss, reason = "small numbers")]
    let (least, most) = (low as f64, high as f64);
    Some(match (ty, random.below(4)) {
        (Type::Int { .. }, 0) => ConstraintKind::MultipleOf(*random.of(&[2.0, 3.0, 6.0])),
        (Type::Int { .. } | Type::Float64, 1) => ConstraintKind::Range {
            min: number(least),
            max: None,
        },
        (Type::Int { .. } | Type::Float64, _) => ConstraintKind::Range {
            min: number(least),
            max: number(most),
        },
        (Type::String, 0) => ConstraintKind::Length {
            min: Some(low),
            max: Some(high),
        },
        (Type::String, 1) => {
            let list = ["^[a-z]+$", "^[a-z0-9-]*$", "^a", "web|a", "^.{0,4}$"];
            ConstraintKind::Pattern((*random.of(&list)).to_owned())
        }
        (Type::String, 2) => ConstraintKind::OneOf(vec!["a".into(), "web".into()]),
        (Type::List(_), 0) => ConstraintKind::UniqueItems,
        (Type::List(_) | Type::Map(_), _) => ConstraintKind::Items {
            min: Some(low.min(1)),
            max: Some(low + 1),
        },
        _ => return None,
    })
}

fn constraints(ty: &Type, limits: &mut Vec<Constraint>, random: &mut Random) -> Option<String> {
    Some(match random.below(6) {
        0 => {
            let at = pick(random, limits.len())?;
            format!("{:?} gone", limits.remove(at).kind)
        }
        1 => {
            let at = pick(random, limits.len())?;
            let limit = limits.get_mut(at)?;
            limit.level = other(limit.level);
            format!("{:?} is {:?}", limit.kind, limit.level)
        }
        2 => {
            let at = pick(random, limits.len())?;
            let limit = limits.get_mut(at)?;
            limit.layer = match limit.layer {
                Layer::Structure => Layer::Admission,
                Layer::Admission => Layer::Structure,
            };
            format!("{:?} by {:?}", limit.kind, limit.layer)
        }
        3 => {
            let at = pick(random, limits.len())?;
            let limit = limits.get_mut(at)?;
            let by = if random.below(2) == 0 { 1.0 } else { -1.0 };
            match &mut limit.kind {
                ConstraintKind::Range { min, max } => {
                    let bound = if random.below(2) == 0 { min } else { max };
                    let bound = bound.as_mut()?;
                    bound.value += by;
                    bound.text = bound.value.to_string();
                }
                ConstraintKind::Length { max, .. } | ConstraintKind::Items { max, .. } => {
                    let max = max.as_mut()?;
                    *max = if by > 0.0 {
                        *max + 1
                    } else {
                        max.saturating_sub(1).max(1)
                    };
                }
                ConstraintKind::OneOf(values) if values.len() > 1 => {
                    values.pop();
                }
                _ => return None,
            }
            format!("now {:?}", limit.kind)
        }
        _ => {
            let kind = fitting(ty, random)?;
            let text = format!("new {kind:?}");
            limits.push(Constraint {
                kind,
                level: Level::Error,
                layer: *random.of(&[Layer::Structure, Layer::Admission]),
                life: Life::default(),
                note: None,
            });
            text
        }
    })
}
