//! A named rule as text of Herz' CEL.

use super::default::filled_in;
use super::text::{literal, not_empty, quoted};
use crate::target::View;
use herz_dsl::catalog::{
    Condition, Field, FieldPath, Literal, PathStep, Rule, RuleKind, Test, Type, TypeId,
};

/// Writes a rule as CEL text.
pub(super) struct Lowering<'l, 'c> {
    pub(super) view: &'l View<'c>,
    pub(super) rule: &'l Rule,
}

/// What is asked of the end of a path.
type Leaf<'l> = &'l dyn Fn(&At) -> Result<String, String>;

/// Where a path has come to.
struct At {
    /// The value as CEL.
    text: String,
    ty: Type,
}

impl Lowering<'_, '_> {
    pub(super) fn demand(&self, owner: TypeId) -> Result<String, String> {
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
                let (left, has_left) = self.straight(this(), left)?;
                let (right, has_right) = self.straight(this(), right)?;
                format!(
                    "!({has_left} && {has_right}) || {left} {} {right}",
                    op.sign()
                )
            }
            RuleKind::Unique { list, by } => {
                let (list, has_list) = self.straight(this(), list)?;
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
                format!("!{has_list} || {list}.all(a, {alone}{list}.exists_one(b, {same}))")
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

    pub(super) fn condition(&self, owner: TypeId, condition: &Condition) -> Result<String, String> {
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
    fn some(&self, at: &At, steps: &[PathStep], leaf: Leaf<'_>) -> Result<String, String> {
        self.ends(at, steps, "exists", leaf)
    }

    /// That every end of a path is there and fulfils `leaf`.
    fn every(&self, at: &At, steps: &[PathStep], leaf: Leaf<'_>) -> Result<String, String> {
        self.ends(at, steps, "all", leaf)
    }

    /// `many` is the macro of CEL for the items of a list.
    fn ends(
        &self,
        at: &At,
        steps: &[PathStep],
        many: &str,
        leaf: Leaf<'_>,
    ) -> Result<String, String> {
        let Some((step, rest)) = steps.split_first() else {
            return leaf(at);
        };
        match step {
            PathStep::Field(name) => {
                let (next, has) = self.field(at, name)?;
                let inner = self.ends(&next, rest, many, leaf)?;
                // A list that is not there has no items that lack something.
                Ok(if many == "all" && rest.first() == Some(&PathStep::Each) {
                    format!("(!{has} || {inner})")
                } else if inner == "true" {
                    has
                } else {
                    format!("({has} && {inner})")
                })
            }
            PathStep::Each => {
                let (next, variable) = item(at, rest.len())?;
                let inner = self.ends(&next, rest, many, leaf)?;
                Ok(format!("{}.{many}({variable}, {inner})", at.text))
            }
        }
    }

    /// The value at a path without lists, and that it is there.
    fn straight(&self, this: At, path: &FieldPath) -> Result<(String, String), String> {
        let mut at = this;
        let mut there = Vec::new();
        for step in &path.0 {
            let PathStep::Field(name) = step else {
                return Err("a rule over a list of lists can't be said in CEL".to_owned());
            };
            let (next, has) = self.field(&at, name)?;
            at = next;
            there.push(has);
        }
        let there = there.join(" && ");
        let there = if path.0.len() > 1 {
            format!("({there})")
        } else {
            there
        };
        Ok((at.text, there))
    }

    /// A field, and that it is there.
    fn field(&self, at: &At, name: &str) -> Result<(At, String), String> {
        let object = self.view.object(&at.ty);
        let find = |field: &&Field| field.wire == name;
        let field = object.and_then(|(_, object)| object.fields.iter().find(find));
        let field = field.ok_or_else(|| format!("`{name}` is no field here"))?;
        let text = format!("{}.{}", at.text, quoted(name));
        let ty = field.ty.clone();
        let (text, has) = filled_in(self.view, field, self.rule.layer, text)?;
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

fn join(
    parts: impl Iterator<Item = Result<String, String>>,
    between: &str,
) -> Result<String, String> {
    Ok(parts.collect::<Result<Vec<_>, _>>()?.join(between))
}
