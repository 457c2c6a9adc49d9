//! Unions: `union:` and the cases on enum values become one thing.

use super::Compiler;
use crate::catalog::{Case, Foreign, Life, Type, TypeBody, TypeId, Union};
use crate::diagnostic::{Diagnostic, codes, did_you_mean};
use crate::schema::enums::EnumDecl;
use crate::schema::union::UnionDecl;
use crate::schema::value::Text;
use crate::source::Span;
use herz_types::Level;

/// A case as written, wherever it stands.
struct Written<'a> {
    value: &'a Text,
    requires: &'a [Text],
    allows: &'a [Text],
    level: Level,
    filled: bool,
    life: &'a crate::schema::life::LifeDecl,
}

impl<'a> Compiler<'a> {
    /// The union of an owner, if it has one.
    pub(super) fn compile_union(&mut self, owner: usize) {
        let Some((id, package)) = self
            .names
            .owners
            .get(owner)
            .and_then(|this| Some((this.id?, this.package)))
        else {
            return;
        };
        let declared = self.union_declared(owner);
        let on_values = self.union_on_values(owner, declared.map(|decl| decl.tag.text.as_str()));
        let union = match (declared, on_values) {
            (None, None) => return,
            (Some(decl), on_values) => self.declared_union(id, package, decl, on_values),
            (None, Some((tag, values))) => {
                let cases = cases_on_values(values, Level::Error, false);
                let cases = self.cases(id, package, tag, &cases, Foreign::Warn);
                Some(Union {
                    name: None,
                    tag: tag.text.clone(),
                    cases,
                    foreign: Foreign::Warn,
                    selected_only: false,
                })
            }
        };
        if let Some(TypeBody::Object(object)) =
            self.types.get_mut(id.0 as usize).map(|def| &mut def.body)
        {
            object.union = union;
        }
    }

    /// The one `union:` of the owner and the groups laid into it.
    fn union_declared(&mut self, owner: usize) -> Option<&'a UnionDecl> {
        let laid = self.laid.get(owner).cloned().unwrap_or_default();
        let mut unions = laid
            .iter()
            .filter_map(|part| self.names.owners.get(*part)?.object.union.as_ref());
        let first = unions.next()?;
        let others: Vec<Span> = unions.map(|union| union.span).collect();
        for other in others {
            let message = "an object is one union at most";
            self.diagnostics.push(
                Diagnostic::error(codes::CONFLICT, other, message)
                    .related(first.span, "the other one"),
            );
        }
        Some(first)
    }

    /// The field whose enum values name fields.
    fn union_on_values(
        &mut self,
        owner: usize,
        tag: Option<&str>,
    ) -> Option<(&'a Text, &'a EnumDecl)> {
        let mut fields = self.declared(owner).into_iter().filter_map(|(field, _)| {
            let values = field.values.as_ref().filter(|values| values.has_cases())?;
            Some((&field.name, values))
        });
        let first = fields.next()?;
        let others: Vec<&Text> = fields.map(|(name, _)| name).collect();
        for other in others
            .into_iter()
            .chain(Some(first.0).filter(|name| tag.is_some_and(|tag| tag != name.text)))
        {
            let message = format!(
                "an object is a union by one field, and values of `{}` name fields too",
                other.text
            );
            self.diagnostics.push(
                Diagnostic::error(codes::CONFLICT, other.span, message)
                    .related(first.0.span, "the tag"),
            );
        }
        Some(first).filter(|(name, _)| tag.is_none_or(|tag| tag == name.text))
    }

    fn declared_union(
        &mut self,
        id: TypeId,
        package: usize,
        decl: &'a UnionDecl,
        on_values: Option<(&Text, &EnumDecl)>,
    ) -> Option<Union> {
        let tag = self.field_named(id, &decl.tag)?;
        if self
            .tag_values(&tag.ty)
            .is_none_or(|values| values.is_empty())
        {
            let message = format!(
                "the tag `{}` is of type `{}`, and must be an enum",
                tag.wire,
                self.describe(&tag.ty)
            );
            self.diagnostics
                .push(Diagnostic::error(codes::RULE_TYPE, decl.tag.span, message));
            return None;
        }
        let cases = match (&decl.cases, on_values) {
            (Some(_), Some((name, _))) => {
                let message = format!(
                    "cases stand here and on the values of `{}`; they belong in one place",
                    name.text
                );
                self.diagnostics.push(
                    Diagnostic::error(codes::CONFLICT, decl.span, message)
                        .related(name.span, "the values"),
                );
                return None;
            }
            (Some(cases), None) => cases
                .iter()
                .map(|case| Written {
                    value: &case.value,
                    requires: &case.requires,
                    allows: &case.allows,
                    level: case.level.unwrap_or(decl.level),
                    filled: case.filled.unwrap_or(decl.filled),
                    life: &case.life,
                })
                .collect(),
            (None, Some((_, values))) => cases_on_values(values, decl.level, decl.filled),
            (None, None) => {
                let message = "a union needs `cases`, or values of its tag that name fields";
                self.diagnostics.push(Diagnostic::error(
                    codes::MISSING_KEYWORD,
                    decl.span,
                    message,
                ));
                return None;
            }
        };
        let cases = self.cases(id, package, &decl.tag, &cases, decl.foreign);
        Some(Union {
            name: decl.name.as_ref().map(|name| name.text.clone()),
            tag: tag.wire,
            cases,
            foreign: decl.foreign,
            selected_only: decl.selected_only,
        })
    }

    /// The values that a tag can have.
    fn tag_values(&self, ty: &Type) -> Option<Vec<(String, Life)>> {
        let values = self.enumeration(ty)?;
        Some(
            values
                .values
                .iter()
                .map(|value| (value.value.clone(), value.life.clone()))
                .collect(),
        )
    }

    fn cases(
        &mut self,
        id: TypeId,
        package: usize,
        tag: &Text,
        written: &[Written<'_>],
        foreign: Foreign,
    ) -> Vec<Case> {
        let tag_field = self
            .object(id)
            .and_then(|object| object.fields.iter().find(|field| field.wire == tag.text))
            .cloned();
        let values = tag_field
            .as_ref()
            .and_then(|field| self.tag_values(&field.ty))
            .unwrap_or_default();
        let mut cases = Vec::new();
        for case in written {
            let value_life = values
                .iter()
                .find(|(value, _)| *value == case.value.text)
                .map(|(_, life)| life.clone());
            let Some(value_life) = value_life else {
                let message = format!(
                    "the tag `{}` has no value `{}`, so the case is never chosen",
                    tag.text, case.value.text
                );
                let mut finding = Diagnostic::error(codes::UNREACHABLE, case.value.span, message);
                if let Some(meant) = did_you_mean(
                    &case.value.text,
                    values.iter().map(|(value, _)| value.as_str()),
                ) {
                    finding = finding.help(format!("did you mean `{meant}`?"));
                }
                self.diagnostics.push(finding);
                continue;
            };
            let life = self.life(package, case.life, Some((&value_life, "the value")));
            for (index, name) in case.requires.iter().chain(case.allows).enumerate() {
                if name.text == tag.text {
                    let message =
                        format!("`{}` is the tag itself, which every case has", name.text);
                    self.diagnostics
                        .push(Diagnostic::error(codes::CONFLICT, name.span, message));
                    continue;
                }
                let twin = case
                    .requires
                    .iter()
                    .chain(case.allows)
                    .take(index)
                    .find(|other| other.text == name.text);
                if let Some(twin) = twin {
                    let message = format!(
                        "the case `{}` names the field `{}` twice",
                        case.value.text, name.text
                    );
                    self.diagnostics.push(
                        Diagnostic::error(codes::CONFLICT, name.span, message)
                            .related(twin.span, "the first one"),
                    );
                }
                let Some(field) = self.field_named(id, name) else {
                    continue;
                };
                let lives = life.intersect(&value_life);
                if !field.life.overlaps(&lives) {
                    let message = format!(
                        "no release has both the case `{}` and the field `{}`",
                        case.value.text, name.text
                    );
                    self.diagnostics.push(Diagnostic::error(
                        codes::UNREACHABLE,
                        name.span,
                        message,
                    ));
                }
                self.check_foreign(&field, name, written, &values, foreign);
            }
            let names = |names: &[Text]| names.iter().map(|name| name.text.clone()).collect();
            cases.push(Case {
                value: case.value.text.clone(),
                requires: names(case.requires),
                filled: case.filled,
                allows: names(case.allows),
                level: case.level,
                life,
            });
        }
        cases
    }

    /// A field that must always be there can't belong to some cases only.
    fn check_foreign(
        &mut self,
        field: &crate::catalog::Field,
        name: &Text,
        written: &[Written<'_>],
        values: &[(String, Life)],
        foreign: Foreign,
    ) {
        if !field.required || foreign == Foreign::Ignore {
            return;
        }
        let names = |value: &str| {
            written
                .iter()
                .filter(|case| case.value.text == value)
                .any(|case| {
                    case.requires
                        .iter()
                        .chain(case.allows)
                        .any(|other| other.text == field.wire)
                })
        };
        let Some((other, _)) = values.iter().find(|(value, _)| !names(value)) else {
            return;
        };
        let (level, means) = match foreign {
            Foreign::Refuse => (Level::Error, "which refuses it"),
            _ => (Level::Warning, "which ignores it"),
        };
        let message = format!(
            "the field `{}` is required always, also in the case `{other}`, {means}",
            field.wire
        );
        let finding = Diagnostic::new(codes::CASE_FIELD_REQUIRED, level, name.span, message)
            .help("`required: false` makes the cases decide");
        self.diagnostics.push(finding);
    }
}

fn cases_on_values(values: &EnumDecl, level: Level, filled: bool) -> Vec<Written<'_>> {
    values
        .values
        .iter()
        .filter(|value| value.requires.is_some() || value.allows.is_some())
        .map(|value| Written {
            value: &value.value,
            requires: value.requires.as_deref().unwrap_or_default(),
            allows: value.allows.as_deref().unwrap_or_default(),
            level,
            filled,
            life: &value.life,
        })
        .collect()
}
