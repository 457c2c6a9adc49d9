//! Names in type expressions: which type is meant.

use super::Compiler;
use crate::catalog::{Type, TypeId};
use crate::diagnostic::{Diagnostic, codes, did_you_mean};
use crate::schema::kind::StatusDecl;
use crate::schema::type_expr::{TypeExpr, TypeExprKind};
use crate::schema::value::Text;
use crate::source::Span;

impl Compiler<'_> {
    /// The type of an expression; unknown names are reported and become `any`.
    pub(super) fn resolve(
        &mut self,
        package: usize,
        import: Option<&str>,
        expr: &TypeExpr,
        inline: Option<TypeId>,
    ) -> Type {
        match &expr.kind {
            TypeExprKind::Plain(ty) => ty.clone(),
            TypeExprKind::Probability => inline.map_or(Type::Float64, Type::Ref),
            TypeExprKind::Port => inline.map_or(
                Type::Int {
                    bits: 32,
                    signed: true,
                    format: true,
                },
                Type::Ref,
            ),
            TypeExprKind::List(item) => {
                Type::List(Box::new(self.resolve(package, import, item, inline)))
            }
            TypeExprKind::Map(item) => {
                Type::Map(Box::new(self.resolve(package, import, item, inline)))
            }
            TypeExprKind::Name(parts) => {
                if let Some(id) = self.lookup(package, import, parts) {
                    return Type::Ref(id);
                }
                self.unknown_type(package, import, parts, expr.span);
                Type::Any
            }
        }
    }

    /// The named type that an expression's name means.
    fn lookup(&self, package: usize, import: Option<&str>, parts: &[Text]) -> Option<TypeId> {
        let local = |package: usize, name: String| self.names.ids.get(&(package, name)).copied();
        if let Some(import) = import {
            let [name] = parts else { return None };
            return local(package, format!("{import}.{}", name.text));
        }
        let content = self.written.get(package)?;
        let own = parts.iter().map(Text::as_str).collect::<Vec<_>>().join(".");
        let status = |package: usize, kind: &str| {
            let kind = self
                .written
                .get(package)?
                .kinds
                .iter()
                .find(|decl| decl.name.text == kind)?;
            match kind.status.as_ref()? {
                StatusDecl::Object(_) => None,
                StatusDecl::Name(expr) => match &expr.kind {
                    // A status that is itself named by `Kind.status` would go in circles.
                    TypeExprKind::Name(parts)
                        if parts.last().is_some_and(|part| part.text != "status") =>
                    {
                        self.lookup(package, None, parts)
                    }
                    _ => None,
                },
            }
        };
        match parts {
            [_] => local(package, own).filter(|_| {
                !self
                    .names
                    .groups
                    .contains_key(&(package, parts.first().map_or("", Text::as_str)))
            }),
            [first, second] => {
                let kind = content
                    .kinds
                    .iter()
                    .any(|kind| kind.name.text == first.text);
                if kind && second.text == "status" {
                    return local(package, own).or_else(|| status(package, &first.text));
                }
                if (kind && second.text == "spec")
                    || content
                        .imports
                        .iter()
                        .any(|import| import.alias == first.text)
                {
                    return local(package, own);
                }
                let other = self.package_named(&first.text)?;
                let is_type = self
                    .written
                    .get(other)?
                    .types
                    .iter()
                    .any(|decl| decl.name.text == second.text);
                local(other, second.text.clone()).filter(|_| is_type)
            }
            [first, kind, part] => {
                let other = self.package_named(&first.text)?;
                let name = format!("{}.{}", kind.text, part.text);
                let is_kind = self
                    .written
                    .get(other)?
                    .kinds
                    .iter()
                    .any(|decl| decl.name.text == kind.text);
                match part.text.as_str() {
                    "spec" if is_kind => local(other, name),
                    "status" if is_kind => local(other, name).or_else(|| status(other, &kind.text)),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    fn package_named(&self, name: &str) -> Option<usize> {
        self.written
            .iter()
            .position(|package| package.file.name.text == name)
    }

    fn unknown_type(&mut self, package: usize, import: Option<&str>, parts: &[Text], span: Span) {
        let name = parts.iter().map(Text::as_str).collect::<Vec<_>>().join(".");
        let mut finding = Diagnostic::error(
            codes::UNKNOWN_TYPE,
            span,
            format!("there is no type `{name}`"),
        );
        let mut known: Vec<String> = Vec::new();
        let prefix = import.map(|import| format!("{import}."));
        for (_, full) in self.names.ids.keys().filter(|(owner, _)| *owner == package) {
            match &prefix {
                Some(prefix) => known.extend(full.strip_prefix(prefix.as_str()).map(str::to_owned)),
                None => known.push(full.clone()),
            }
        }
        for (other, content) in self.written.iter().enumerate().filter(|_| parts.len() > 1) {
            if other != package {
                let home = &content.file.name.text;
                known.extend(
                    content
                        .types
                        .iter()
                        .map(|decl| format!("{home}.{}", decl.name.text)),
                );
                known.extend(
                    content
                        .kinds
                        .iter()
                        .map(|decl| format!("{home}.{}.spec", decl.name.text)),
                );
            }
        }
        known.extend(crate::schema::type_expr::builtin_names().map(str::to_owned));
        let meant = did_you_mean(&name, known.iter().map(String::as_str));
        if let Some(meant) = meant {
            finding = finding.help(format!("did you mean `{meant}`?")).fix(
                format!("replace by `{meant}`"),
                span,
                meant,
            );
        } else if self.names.groups.contains_key(&(package, name.as_str())) {
            finding = finding.help(format!(
                "`{name}` is a group: it can be laid in by `include: [{name}]`"
            ));
        } else if let Some(kind) = self
            .written
            .get(package)
            .and_then(|content| content.kinds.iter().find(|kind| kind.name.text == name))
        {
            finding = finding.help(format!(
                "`{}` is a kind: its spec is `{}.spec`",
                kind.name.text, kind.name.text
            ));
        }
        self.diagnostics.push(finding);
    }
}
