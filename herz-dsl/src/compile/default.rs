//! Defaults and examples of fields, typed and checked against the fields' own limits.

use super::Compiler;
use super::literal::{Typing, untyped};
use crate::catalog::{Default, DefaultValue, Field, Life, Literal, Normalize};
use crate::diagnostic::{Code, Diagnostic, codes};
use crate::schema::default::DefaultValueDecl;
use crate::schema::field::FieldDecl;
use crate::schema::value::{Data, Value};
use crate::tree::Resolved;

impl Compiler<'_> {
    /// Defaults and examples of all fields. Types and limits are complete by now.
    pub(super) fn compile_defaults(&mut self) {
        for index in 0..self.names.owners.len() {
            let Some(owner) = self.names.owners.get(index).cloned() else {
                continue;
            };
            for (place, decl) in owner.object.fields.iter().enumerate() {
                let Some(field) = self
                    .own
                    .get(index)
                    .and_then(|fields| fields.get(place))
                    .cloned()
                else {
                    continue;
                };
                let default = self.compile_default(owner.package, decl, &field);
                let life = self.newest(owner.package, &owner.life.intersect(&field.life));
                let examples = decl
                    .examples
                    .iter()
                    .map(|value| {
                        self.fitting(value, &field, &life, codes::BAD_EXAMPLE, "the example")
                    })
                    .collect();
                if let Some(field) = self
                    .own
                    .get_mut(index)
                    .and_then(|fields| fields.get_mut(place))
                {
                    field.default = default;
                    field.examples = examples;
                }
            }
        }
    }

    /// The last release of a life: an example shows what is written today.
    fn newest(&self, package: usize, life: &Life) -> Life {
        let releases = self.releases.get(package).map_or(&[][..], Vec::as_slice);
        let last = releases
            .iter()
            .rev()
            .find(|release| life.covers(release))
            .cloned();
        Life {
            since: last.or_else(|| life.since.clone()),
            ..life.clone()
        }
    }

    fn compile_default(
        &mut self,
        package: usize,
        decl: &FieldDecl,
        field: &Field,
    ) -> Option<Default> {
        let written = decl.default.as_ref()?;
        let life = self.life(package, &written.life, Some((&field.life, "the field")));
        let value = match &written.value {
            DefaultValueDecl::Generated(how) => DefaultValue::Generated(how.text.clone()),
            DefaultValueDecl::Value(value) => {
                let counts = field.life.intersect(&life);
                DefaultValue::Literal(self.fitting(
                    value,
                    field,
                    &counts,
                    codes::BAD_DEFAULT,
                    "the default",
                ))
            }
        };
        Some(Default {
            value,
            fill: written.fill,
            layer: written.layer,
            life,
        })
    }

    /// A value that must be of a field's type and keep its limits.
    fn fitting(
        &mut self,
        value: &Value,
        field: &Field,
        life: &Life,
        code: Code,
        what: &str,
    ) -> Literal {
        // The field of the document that stands here is not known yet.
        if let Data::Scalar { text, .. } = &value.data
            && text.contains("${")
        {
            return Literal::Text(text.clone());
        }
        let stored = normalized(value, field);
        let mut typing = Typing::new(self, life);
        let literal = typing.literal(&stored, &field.ty, field.nullable);
        if typing.misfits.is_empty() && literal != Literal::Null {
            typing.limits(value.span, &literal, &field.ty, &field.constraints);
        }
        let ty = typing.describe(&field.ty);
        for misfit in typing.misfits {
            let message = format!(
                "{what} does not fit `{}` of type `{ty}`: {}",
                field.wire, misfit.message
            );
            let mut finding = Diagnostic::new(code, herz_types::Level::Error, misfit.span, message);
            finding.help.extend(misfit.help);
            self.diagnostics.push(finding);
        }
        if matches!((&stored.data, &value.data), (Data::Scalar { text: a, .. }, Data::Scalar { text: b, .. }) if a != b)
        {
            return untyped(value);
        }
        literal
    }
}

/// The value as the platform judges it: rewritten first.
fn normalized(value: &Value, field: &Field) -> Value {
    let (
        Some(normalize),
        Data::Scalar {
            text,
            resolved: Resolved::Text,
            ..
        },
    ) = (&field.normalize, &value.data)
    else {
        return value.clone();
    };
    let text = match normalize {
        Normalize::CutAt(mark) => text
            .split(mark.as_str())
            .next()
            .unwrap_or_default()
            .to_owned(),
        Normalize::Prefix {
            text: prefix,
            unless,
            keep_empty,
        } => {
            if text.starts_with(unless.as_str()) || (*keep_empty && text.is_empty()) {
                text.clone()
            } else {
                format!("{prefix}{text}")
            }
        }
    };
    Value::text(text, value.span)
}
