//! Kinds.

use super::Compiler;
use super::literal::Typing;
use super::path::Root;
use crate::catalog::{Column, Kind, Lasting, Life, PackageId, Type, TypeId};
use crate::diagnostic::{Diagnostic, codes};
use crate::schema::kind::{ColumnDecl, KindDecl, LastingDecl, StatusDecl};
use crate::schema::rule::RuleDecl;
use crate::schema::value::Text;
use std::collections::BTreeMap;

impl Compiler<'_> {
    /// All kinds, sorted by package and name.
    pub(super) fn compile_kinds(&mut self) -> Vec<Kind> {
        let mut kinds = Vec::new();
        for (package, content) in self.written.iter().enumerate() {
            let mut decls: Vec<&KindDecl> = content.kinds.iter().collect();
            // The first of two with one name stays; the sort is stable.
            decls.sort_by(|a, b| a.name.text.cmp(&b.name.text));
            decls.dedup_by(|b, a| a.name.text == b.name.text);
            for decl in &decls {
                kinds.extend(self.compile_kind(package, decl));
            }
            self.check_plurals(&decls);
        }
        self.check_groups_of_kinds();
        kinds
    }

    fn compile_kind(&mut self, package: usize, decl: &KindDecl) -> Option<Kind> {
        let id = |part: &str| {
            self.names
                .ids
                .get(&(package, format!("{}.{part}", decl.name.text)))
                .copied()
        };
        let spec = id("spec")?;
        let inline = id("status");
        let status = match &decl.status {
            None => None,
            Some(StatusDecl::Object(_)) => inline,
            Some(StatusDecl::Name(expr)) => match self.resolve(package, None, expr, None) {
                Type::Ref(id) if self.object(id).is_some() => Some(id),
                Type::Any => None,
                _ => {
                    let message = "`status` must be an object type or `{ fields: […] }`";
                    self.diagnostics.push(Diagnostic::error(
                        codes::WRONG_SHAPE,
                        expr.span,
                        message,
                    ));
                    None
                }
            },
        };
        if !decl.has_fields {
            let message = format!("the kind `{}` has no fields", decl.name.text);
            let finding = Diagnostic::error(codes::NO_FIELDS, decl.name.span, message)
                .help("`fields:` describes its spec; `fields: []` says that it has none");
            self.diagnostics.push(finding);
        }
        let life = self.life(package, &decl.life, None);
        let document = Root::Document(spec, status);
        let rules: Vec<&RuleDecl> = decl.document_rules.iter().collect();
        let rules = self.rules(package, &rules, document, &life);
        Some(Kind {
            package: PackageId(u32::try_from(package).unwrap_or(u32::MAX)),
            name: decl.name.text.clone(),
            plural: decl.plural.as_ref().map_or_else(
                || decl.name.text.to_lowercase(),
                |plural| plural.text.clone(),
            ),
            short: decl.short.iter().map(|name| name.text.clone()).collect(),
            scope: decl.scope,
            doc: decl.doc.clone(),
            spec,
            spec_required: decl.spec_required,
            status,
            subresources: decl.subresources,
            columns: decl
                .columns
                .iter()
                .filter_map(|column| self.column(column, document))
                .collect(),
            immutable: decl.immutable,
            structure_only: decl.structure_only,
            embedded: decl.embedded,
            lasting: decl
                .lasting
                .as_ref()
                .and_then(|lasting| self.lasting(lasting, spec, &life)),
            rules,
            examples: decl
                .examples
                .iter()
                .map(|example| example.text.clone())
                .collect(),
            life,
        })
    }

    fn column(&mut self, decl: &ColumnDecl, document: Root) -> Option<Column> {
        const CELLS: &[&str] = &["string", "integer", "number", "boolean", "date"];
        let target = self.follow(document, &decl.path)?;
        if target.many {
            let message = format!(
                "a column shows one value, and `{}` is every item of a list",
                decl.path.path
            );
            self.diagnostics
                .push(Diagnostic::error(codes::RULE_TYPE, decl.path.span, message));
        }
        let cell = decl
            .cell
            .clone()
            .unwrap_or_else(|| Text::new("string", decl.name.span));
        if !CELLS.contains(&cell.as_str()) {
            let known = crate::schema::read::alternatives(CELLS.iter().copied());
            let message = format!("the type of a column must be {known}, not `{}`", cell.text);
            self.diagnostics
                .push(Diagnostic::error(codes::WRONG_SHAPE, cell.span, message));
        }
        Some(Column {
            name: decl.name.text.clone(),
            path: decl.path.path.to_string(),
            cell: cell.text,
        })
    }

    fn lasting(&mut self, decl: &LastingDecl, spec: TypeId, life: &Life) -> Option<Lasting> {
        self.follow(Root::Object(spec), &decl.duration)?;
        let one_shot = match &decl.one_shot {
            None => None,
            Some((name, values)) => {
                let field = self.field_named(spec, name)?;
                let mut typing = Typing::new(self, life);
                let literals: Vec<_> = values
                    .iter()
                    .map(|value| typing.literal(value, &field.ty, false))
                    .collect();
                for misfit in typing.misfits {
                    let code = if misfit.unknown_value {
                        codes::UNREACHABLE
                    } else {
                        codes::RULE_TYPE
                    };
                    let message =
                        format!("the value does not fit `{}`: {}", name.text, misfit.message);
                    let mut finding = Diagnostic::error(code, misfit.span, message);
                    finding.help.extend(misfit.help);
                    self.diagnostics.push(finding);
                }
                let texts = literals.into_iter().filter_map(|literal| match literal {
                    crate::catalog::Literal::Text(text) => Some(text),
                    _ => None,
                });
                Some((name.text.clone(), texts.collect()))
            }
        };
        Some(Lasting {
            duration: decl.duration.path.clone(),
            one_shot,
        })
    }

    /// Documents name a kind by group and name, whatever package it is of.
    fn check_groups_of_kinds(&mut self) {
        let mut seen: BTreeMap<(&str, &str), (usize, &Text)> = BTreeMap::new();
        for (package, content) in self.written.iter().enumerate() {
            for kind in &content.kinds {
                let name = (content.file.group.as_str(), kind.name.text.as_str());
                let (home, first) = *seen.entry(name).or_insert((package, &kind.name));
                if home != package {
                    let message = format!(
                        "two packages have the kind `{}` in the group `{}`",
                        name.1, name.0
                    );
                    let finding = Diagnostic::error(codes::NAME_CLASH, kind.name.span, message);
                    self.diagnostics
                        .push(finding.related(first.span, "the other one"));
                }
            }
        }
    }

    /// Plurals and short names are names of resources, unique in a group.
    fn check_plurals(&mut self, kinds: &[&KindDecl]) {
        let mut seen: Vec<(String, crate::source::Span)> = Vec::new();
        for kind in kinds {
            let plural = kind
                .plural
                .clone()
                .unwrap_or_else(|| Text::new(kind.name.text.to_lowercase(), kind.name.span));
            for name in std::iter::once(&plural).chain(&kind.short) {
                if let Some((_, first)) = seen.iter().find(|(other, _)| *other == name.text) {
                    let message =
                        format!("two kinds have the plural or short name `{}`", name.text);
                    self.diagnostics.push(
                        Diagnostic::error(codes::NAME_CLASH, name.span, message)
                            .related(*first, "the other one"),
                    );
                }
                seen.push((name.text.clone(), name.span));
            }
        }
    }
}
