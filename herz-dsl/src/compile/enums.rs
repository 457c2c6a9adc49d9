//! Enums, and the unions that their values make of objects.

use super::Compiler;
use crate::catalog::{Enum, EnumValue, Life, Type, TypeId};
use crate::diagnostic::{Diagnostic, codes};
use crate::schema::enums::EnumDecl;
use crate::schema::type_expr::{TypeExpr, TypeExprKind};
use crate::source::Span;

impl Compiler<'_> {
    /// An enum; `on_field` tells whether it stands on a field, where its values may name fields.
    pub(super) fn compile_enum(
        &mut self,
        package: usize,
        decl: &EnumDecl,
        outer: &Life,
        on_field: bool,
    ) -> Enum {
        let mut values: Vec<EnumValue> = Vec::new();
        for (index, value) in decl.values.iter().enumerate() {
            let life = self.life(package, &value.life, Some((outer, "the enum")));
            let twin = decl
                .values
                .iter()
                .take(index)
                .find(|other| other.value.text == value.value.text);
            if let Some(twin) = twin {
                let message = format!("the enum has the value `{}` twice", value.value.text);
                self.diagnostics.push(
                    Diagnostic::error(codes::DUPLICATE_VALUE, value.value.span, message)
                        .related(twin.value.span, "the first one"),
                );
                continue;
            }
            if !on_field && (value.requires.is_some() || value.allows.is_some()) {
                let message = format!(
                    "the value `{}` names fields, and a named enum belongs to no object",
                    value.value.text
                );
                let finding = Diagnostic::error(codes::CONFLICT, value.span, message)
                    .help("write the cases into `union:` of the object, or the enum on its field");
                self.diagnostics.push(finding);
            }
            values.push(EnumValue {
                value: value.value.text.clone(),
                doc: value.doc.clone(),
                name: value.name.as_ref().map(|name| name.text.clone()),
                life,
            });
        }
        self.check_value_names(decl);
        Enum {
            values,
            layer: decl.layer,
            level: decl.level,
            allow_empty: decl.allow_empty,
        }
    }

    /// The type of a field that has `enum` beside `type`: `string`, or lists and maps of it.
    pub(super) fn enum_type(&mut self, expr: &TypeExpr, id: Option<TypeId>, values: Span) -> Type {
        match &expr.kind {
            TypeExprKind::Plain(Type::String) => id.map_or(Type::String, Type::Ref),
            TypeExprKind::List(item) => Type::List(Box::new(self.enum_type(item, id, values))),
            TypeExprKind::Map(item) => Type::Map(Box::new(self.enum_type(item, id, values))),
            _ => {
                let message = "an enum on a field is of `type: string`, or of a list or map of it";
                self.diagnostics.push(
                    Diagnostic::error(codes::CONFLICT, expr.span, message)
                        .related(values, "the enum"),
                );
                id.map_or(Type::String, Type::Ref)
            }
        }
    }
}
