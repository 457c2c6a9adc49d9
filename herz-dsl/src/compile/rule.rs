//! Rules: paths followed, types compared, CEL checked.

use super::Compiler;
use super::magnitude::{base, of_type};
use super::path::{Root, Target};
use crate::catalog::{
    Compare, Condition, FieldPath, Life, PathStep, Rule, RuleKind, Test, Type, TypeBody, TypeId,
};
use crate::cel;
use crate::diagnostic::{Diagnostic, codes};
use crate::schema::path::PathDecl;
use crate::schema::rule::{RuleDecl, Verb};
use crate::schema::value::Text;
use crate::schema::when::ConditionDecl;

impl Compiler<'_> {
    /// The rules of an owner and of the groups laid into it.
    pub(super) fn compile_rules(&mut self, owner: usize) {
        let Some(this) = self.names.owners.get(owner).cloned() else {
            return;
        };
        let Some(id) = this.id else { return };
        let laid = self.laid.get(owner).cloned().unwrap_or_default();
        let decls: Vec<&RuleDecl> = laid
            .iter()
            .filter_map(|part| self.names.owners.get(*part))
            .flat_map(|part| &part.object.rules)
            .collect();
        let rules = self.rules(this.package, &decls, Root::Object(id), &this.life);
        if let Some(TypeBody::Object(object)) =
            self.types.get_mut(id.0 as usize).map(|def| &mut def.body)
        {
            object.rules = rules;
        }
    }

    /// Rules whose paths start at `root`.
    pub(super) fn rules(
        &mut self,
        package: usize,
        decls: &[&RuleDecl],
        root: Root,
        outer: &Life,
    ) -> Vec<Rule> {
        for (index, decl) in decls.iter().enumerate() {
            if let Some(twin) = decls
                .iter()
                .take(index)
                .find(|other| other.name.text == decl.name.text)
            {
                let message = format!(
                    "the object has two rules with the name `{}`",
                    decl.name.text
                );
                self.diagnostics.push(
                    Diagnostic::error(codes::DUPLICATE_RULE, decl.name.span, message)
                        .related(twin.name.span, "the first one"),
                );
            }
        }
        decls
            .iter()
            .filter_map(|decl| self.rule(package, decl, root, outer))
            .collect()
    }

    fn rule(&mut self, package: usize, decl: &RuleDecl, root: Root, outer: &Life) -> Option<Rule> {
        let life = self.life(package, &decl.life, Some((outer, "what it belongs to")));
        let lives = life.intersect(outer);
        let when = self.conditions(&decl.when, root, &lives);
        let kind = self.verb(decl, root, &lives, &when)?;
        Some(Rule {
            name: decl.name.text.clone(),
            kind,
            when,
            message: decl
                .message
                .as_ref()
                .map(|message| message.text.trim().to_owned()),
            doc: decl.doc.clone(),
            level: decl.level,
            layer: decl.layer,
            life,
        })
    }

    fn verb(
        &mut self,
        decl: &RuleDecl,
        root: Root,
        life: &Life,
        when: &[Condition],
    ) -> Option<RuleKind> {
        let filled = decl.filled;
        Some(match &decl.verb {
            Verb::Requires(paths) => RuleKind::Requires {
                fields: self.paths(paths, root, life)?,
                filled,
            },
            Verb::Forbids(paths) => RuleKind::Forbids {
                fields: self.paths(paths, root, life)?,
                filled,
            },
            Verb::Count(paths, min, at_most_one) => RuleKind::Count {
                fields: self.paths(paths, root, life)?,
                min: *min,
                at_most_one: *at_most_one,
                filled,
            },
            Verb::Immutable(paths) => RuleKind::Immutable {
                fields: self.paths(paths, root, life)?,
            },
            Verb::Compare(left, op, right) => self.compare(root, left, *op, right)?,
            Verb::Unique(list, by) => self.unique(root, list, by.as_ref())?,
            Verb::RefersTo { from, to, of } => self.refers_to(root, from, to, of, life)?,
            Verb::Acyclic { list, name, edges } => self.acyclic(root, list, name, edges)?,
            Verb::Cel(source, at) => self.cel(root, source, at, life, when)?,
        })
    }

    fn paths(&mut self, decls: &[PathDecl], root: Root, life: &Life) -> Option<Vec<FieldPath>> {
        let mut paths: Vec<FieldPath> = Vec::new();
        let mut complete = true;
        for (index, decl) in decls.iter().enumerate() {
            if let Some(twin) = decls
                .iter()
                .take(index)
                .find(|other| other.path == decl.path)
            {
                let message = format!("the rule names `{}` twice", decl.path);
                self.diagnostics.push(
                    Diagnostic::error(codes::CONFLICT, decl.span, message)
                        .related(twin.span, "the first one"),
                );
            }
            match self.follow(root, decl) {
                Some(target) => {
                    self.check_lives(&target, life, decl);
                    paths.push(decl.path.clone());
                }
                None => complete = false,
            }
        }
        complete.then_some(paths)
    }

    fn check_lives(&mut self, target: &Target, life: &Life, decl: &PathDecl) {
        if !target.life.overlaps(life) {
            let message = format!("no release has both the rule and the field `{}`", decl.path);
            self.diagnostics
                .push(Diagnostic::error(codes::UNREACHABLE, decl.span, message));
        }
    }

    fn compare(
        &mut self,
        root: Root,
        left: &PathDecl,
        op: Compare,
        right: &PathDecl,
    ) -> Option<RuleKind> {
        let one = self.follow(root, left);
        let other = self.follow(root, right);
        let (one, other) = (one?, other?);
        let units = (
            of_type(&self.types, &one.ty),
            of_type(&self.types, &other.ty),
        );
        let open = |target: &Target| self.part && *base(&self.types, &target.ty) == Type::Any;
        let message = match units {
            _ if open(&one) || open(&other) => None,
            (Some(unit), Some(twin)) if unit == twin => None,
            (Some(unit), Some(twin)) => Some(format!(
                "`{}` is {} and `{}` {}; they can't be compared",
                left.path,
                unit.describe(),
                right.path,
                twin.describe()
            )),
            (unit, _) => {
                let (path, ty) = if unit.is_none() {
                    (&left.path, &one.ty)
                } else {
                    (&right.path, &other.ty)
                };
                Some(format!(
                    "`{path}` of type `{}` is no amount that can be compared",
                    self.describe(ty)
                ))
            }
        };
        let message = message.or_else(|| {
            (one.many || other.many)
                .then(|| "`compare` takes two single fields, not every item of a list".to_owned())
        });
        if let Some(message) = message {
            self.diagnostics
                .push(Diagnostic::error(codes::RULE_TYPE, left.span, message));
            return None;
        }
        Some(RuleKind::Compare {
            left: left.path.clone(),
            op,
            right: right.path.clone(),
        })
    }

    /// The item type of the list at a path.
    fn list(&mut self, root: Root, decl: &PathDecl) -> Option<Type> {
        let target = self.follow(root, decl)?;
        if let Type::List(item) = base(&self.types, &target.ty) {
            return Some(item.as_ref().clone());
        }
        let message = format!(
            "`{}` must be a list, and is of type `{}`",
            decl.path,
            self.describe(&target.ty)
        );
        self.diagnostics
            .push(Diagnostic::error(codes::RULE_TYPE, decl.span, message));
        None
    }

    /// The object type of a list's items.
    fn items(&mut self, root: Root, decl: &PathDecl) -> Option<TypeId> {
        let item = self.list(root, decl)?;
        if let Type::Ref(id) = base(&self.types, &item)
            && self.object(*id).is_some()
        {
            return Some(*id);
        }
        let message = format!(
            "the items of `{}` must be objects, and are of type `{}`",
            decl.path,
            self.describe(&item)
        );
        self.diagnostics
            .push(Diagnostic::error(codes::RULE_TYPE, decl.span, message));
        None
    }

    fn unique(&mut self, root: Root, list: &PathDecl, by: Option<&Text>) -> Option<RuleKind> {
        match by {
            None => {
                self.list(root, list)?;
            }
            Some(name) => {
                let item = self.items(root, list)?;
                self.field_named(item, name)?;
            }
        }
        Some(RuleKind::Unique {
            list: list.path.clone(),
            by: by.map(|name| name.text.clone()),
        })
    }

    fn refers_to(
        &mut self,
        root: Root,
        from: &PathDecl,
        to: &PathDecl,
        of: &[ConditionDecl],
        life: &Life,
    ) -> Option<RuleKind> {
        let used = self.texts_at(root, from);
        let given = self.texts_at(root, to);
        let mut conditions = Vec::new();
        if !of.is_empty() {
            let list: Vec<PathStep> = from
                .path
                .0
                .iter()
                .take_while(|step| **step != PathStep::Each)
                .cloned()
                .collect();
            let list = PathDecl {
                path: FieldPath(list),
                span: from.span,
            };
            let item = self.items(root, &list)?;
            conditions = self.conditions(of, Root::Item(item), life);
        }
        (used? && given?).then(|| RuleKind::RefersTo {
            from: from.path.clone(),
            to: to.path.clone(),
            of: conditions,
        })
    }

    /// Whether texts stand at a path.
    fn texts_at(&mut self, root: Root, decl: &PathDecl) -> Option<bool> {
        let target = self.follow(root, decl)?;
        let text = matches!(
            base(&self.types, &target.ty),
            Type::String | Type::Scalar(_) | Type::Any
        ) || self.enumeration(&target.ty).is_some();
        if !text {
            let message = format!(
                "`{}` must be texts, and is of type `{}`",
                decl.path,
                self.describe(&target.ty)
            );
            self.diagnostics
                .push(Diagnostic::error(codes::RULE_TYPE, decl.span, message));
        }
        Some(text)
    }

    fn acyclic(
        &mut self,
        root: Root,
        list: &PathDecl,
        name: &Text,
        edges: &PathDecl,
    ) -> Option<RuleKind> {
        let item = self.items(root, list)?;
        let named = self.field_named(item, name);
        let fine = self.texts_at(Root::Item(item), edges)?;
        named?;
        fine.then(|| RuleKind::Acyclic {
            list: list.path.clone(),
            name: name.text.clone(),
            edges: edges.path.clone(),
        })
    }

    fn cel(
        &mut self,
        root: Root,
        source: &Text,
        at: &[PathDecl],
        life: &Life,
        when: &[Condition],
    ) -> Option<RuleKind> {
        let fields = self.paths(at, root, life);
        let Root::Object(this) = root else {
            let finding = Diagnostic::error(
                codes::BAD_CEL,
                source.span,
                "a rule over the whole document can't be written in CEL",
            )
            .help("write it into `rules:` of the object that it is about");
            self.diagnostics.push(finding);
            return None;
        };
        let present: Vec<FieldPath> = when
            .iter()
            .filter(|condition| {
                matches!(condition.test, Test::In(_) | Test::Present | Test::Filled)
            })
            .map(|condition| condition.field.clone())
            .collect();
        let types = self.types.as_slice();
        let scope = cel::Scope {
            types: &types,
            this,
            life,
            present: &present,
        };
        match cel::compile(&source.text, &scope) {
            Ok(expr) => Some(RuleKind::Cel {
                source: source.text.trim_end().to_owned(),
                expr,
                at: fields?,
            }),
            Err(errors) => {
                for error in errors {
                    let span = self.locate(source, error.range.0 as usize, error.range.1 as usize);
                    let mut finding = Diagnostic::error(codes::BAD_CEL, span, error.message);
                    finding.help.extend(error.help);
                    self.diagnostics.push(finding);
                }
                None
            }
        }
    }
}
