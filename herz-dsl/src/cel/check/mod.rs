//! Types an expression against the schema.

mod call;
mod field;
mod guard;
mod list;
mod operator;
mod types;

use super::ast::{Ast, AstKind, Range};
use super::{CelError, CelType, Expr, ExprKind, Operator};
use crate::catalog::{Catalog, FieldPath, Life, Literal, PathStep, Type, TypeDef, TypeId};
use crate::diagnostic::did_you_mean;
use guard::Facts;
use herz_types::scalar::Dialect;
use types::{Item, Ty};

/// Where named types are looked up; works while a catalog is still being built.
pub trait Types {
    /// The type of that id.
    fn get(&self, id: TypeId) -> Option<&TypeDef>;
}

impl Types for &[TypeDef] {
    fn get(&self, id: TypeId) -> Option<&TypeDef> {
        <[TypeDef]>::get(self, id.0 as usize)
    }
}

impl Types for Vec<TypeDef> {
    fn get(&self, id: TypeId) -> Option<&TypeDef> {
        self.as_slice().get(id.0 as usize)
    }
}

impl Types for Catalog {
    fn get(&self, id: TypeId) -> Option<&TypeDef> {
        Self::get(self, id)
    }
}

/// What an expression is checked against.
#[derive(Clone, Copy)]
pub struct Scope<'a> {
    /// All named types. Bodies of the types that the expression reaches must be complete, but
    /// for their rules.
    pub types: &'a dyn Types,
    /// The object that `self` is.
    pub this: TypeId,
    /// The releases that have the rule.
    pub life: &'a Life,
    /// Fields that are there whenever the rule counts, as its `when` says.
    pub present: &'a [FieldPath],
}

/// Parses and checks a rule's expression.
pub fn compile(source: &str, scope: &Scope<'_>) -> Result<Expr, Vec<CelError>> {
    check(&super::parse(source).map_err(|error| vec![error])?, scope)
}

/// Types a rule's expression: every name, type, number of arguments; optional fields are used only
/// where `has()` has shown them; the value is true or false. All errors, in order of place.
pub fn check(ast: &Ast, scope: &Scope<'_>) -> Result<Expr, Vec<CelError>> {
    let present = scope.present.iter().filter_map(|path| {
        path.0
            .iter()
            .try_fold("self".to_owned(), |key, step| match step {
                PathStep::Field(name) => Some(format!("{key}.{name}")),
                PathStep::Each => None,
            })
    });
    let mut checker = Checker {
        scope,
        variables: Vec::new(),
        facts: present.collect(),
        reachable: true,
        errors: Vec::new(),
    };
    let typed = checker.condition(ast, "a rule");
    checker.errors.sort_by_key(|error| error.range);
    match typed {
        Some(expr) if checker.errors.is_empty() => Ok(expr),
        _ => Err(checker.errors),
    }
}

struct Checker<'a> {
    scope: &'a Scope<'a>,
    variables: Vec<(String, Item)>,
    /// Fields that are there at this point of the expression.
    facts: Facts,
    /// Whether this point is ever evaluated: not behind `false && …`.
    reachable: bool,
    errors: Vec<CelError>,
}

/// An expression and its type.
struct Typed {
    expr: Expr,
    ty: Ty,
}

impl Checker<'_> {
    fn error<T>(&mut self, range: Range, message: impl Into<String>) -> Option<T> {
        self.errors.push(CelError::new(range, message));
        None
    }

    fn error_help<T>(
        &mut self,
        range: Range,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Option<T> {
        self.errors
            .push(CelError::new(range, message).with_help(help));
        None
    }

    fn typed(&self, kind: ExprKind, ty: Ty, range: Range) -> Typed {
        Typed {
            expr: Expr {
                kind,
                ty: ty.cel(self.scope.types),
                range,
            },
            ty,
        }
    }

    fn boolean(&self, kind: ExprKind, range: Range) -> Typed {
        self.typed(kind, Ty::Bool, range)
    }

    /// Checks with the additional knowledge that `of` gave `outcome`.
    fn knowing<T>(&mut self, of: &Ast, outcome: bool, check: impl FnOnce(&mut Self) -> T) -> T {
        let before = (self.facts.clone(), self.reachable);
        match guard::facts(of, outcome) {
            Some(facts) => self.facts.extend(facts),
            None => self.reachable = false,
        }
        let result = check(self);
        (self.facts, self.reachable) = before;
        result
    }

    /// A value of a document: a text with a grammar becomes its magnitude.
    fn read(&mut self, kind: ExprKind, ty: &Type, range: Range) -> Option<Typed> {
        match types::known(ty, self.scope.types) {
            Err(what) => self.error_help(
                range,
                format!("this is {what}, which expressions cannot use"),
                "only `has()` works on such a field; give it a type to look into it",
            ),
            Ok(known) => Some(match known.dialect {
                None => self.typed(kind, known.ty, range),
                Some(dialect) => {
                    let text = Expr {
                        kind,
                        ty: CelType::String,
                        range,
                    };
                    self.typed(
                        ExprKind::Magnitude(dialect, Box::new(text)),
                        known.ty,
                        range,
                    )
                }
            }),
        }
    }

    fn read_item(&mut self, kind: ExprKind, item: &Item, range: Range) -> Option<Typed> {
        match item {
            Item::Value(ty) => Some(self.typed(kind, (**ty).clone(), range)),
            Item::Field(ty) => self.read(kind, ty, range),
        }
    }

    /// An expression that must be true or false.
    fn condition(&mut self, ast: &Ast, who: &str) -> Option<Expr> {
        let typed = self.infer(ast)?;
        if typed.ty == Ty::Bool {
            return Some(typed.expr);
        }
        let help = match (&typed.ty, &ast.kind) {
            (Ty::Object(_) | Ty::List(_) | Ty::Map(_) | Ty::Text(_), AstKind::Select(..)) => {
                "whether a field is there is asked with `has(self.field)`"
            }
            _ => "compare it with something",
        };
        self.error_help(
            ast.range,
            format!(
                "{who} must be true or false, but this is {}",
                typed.ty.name()
            ),
            help,
        )
    }

    fn infer(&mut self, ast: &Ast) -> Option<Typed> {
        let range = ast.range;
        match &ast.kind {
            AstKind::Literal(literal) => {
                let ty = match literal {
                    Literal::Bool(_) => Ty::Bool,
                    Literal::Int(_) => Ty::Int,
                    Literal::Float(_) => Ty::Float,
                    Literal::Text(_) => Ty::Text(None),
                    Literal::Null | Literal::List(_) | Literal::Map(_) => {
                        return self
                            .error(range, "this constant is not part of the checked subset");
                    }
                };
                Some(self.typed(ExprKind::Literal(literal.clone()), ty, range))
            }
            AstKind::Identifier(name) => self.identifier(name, range),
            AstKind::Select(of, field) => {
                let (object, place) = self.object(of, field)?;
                self.select(of, object, &place, field, range)
            }
            AstKind::Has(of, field) => {
                let (object, place) = self.object(of, field)?;
                Some(self.boolean(ExprKind::Has(Box::new(object), place.wire), range))
            }
            AstKind::Index(of, at) => self.index(of, at, range),
            AstKind::Not(of) => {
                let inner = self.condition(of, "an operand of `!`")?;
                Some(self.boolean(ExprKind::Not(Box::new(inner)), range))
            }
            AstKind::Negate(of) => {
                let inner = self.infer(of)?;
                if !matches!(inner.ty, Ty::Int | Ty::Float) {
                    return self.error(
                        of.range,
                        format!(
                            "`-` needs an int or a float, but this is {}",
                            inner.ty.name()
                        ),
                    );
                }
                Some(self.typed(ExprKind::Negate(Box::new(inner.expr)), inner.ty, range))
            }
            AstKind::Binary(op @ (Operator::And | Operator::Or), a, b) => {
                let who = if *op == Operator::And {
                    "an operand of `&&`"
                } else {
                    "an operand of `||`"
                };
                let left = self.condition(a, who);
                let right =
                    self.knowing(a, *op == Operator::And, |checker| checker.condition(b, who));
                Some(self.boolean(
                    ExprKind::Binary(*op, Box::new(left?), Box::new(right?)),
                    range,
                ))
            }
            AstKind::Binary(operator, a, b) => self.binary(*operator, a, b, range),
            AstKind::In(a, b) => self.contained(a, b, range),
            AstKind::Conditional(condition, yes, no) => self.conditional(condition, yes, no, range),
            AstKind::List(items) => self.list(items, range),
            AstKind::Call {
                name,
                method,
                arguments,
            } => self.call(name, *method, arguments, range),
            AstKind::Macro {
                kind,
                over,
                variable,
                body,
            } => self.walk(*kind, over, variable, body, range),
        }
    }

    fn identifier(&mut self, name: &str, range: Range) -> Option<Typed> {
        if name == "self" {
            return Some(self.typed(ExprKind::SelfObject, Ty::Object(self.scope.this), range));
        }
        if let Some((_, item)) = self.variables.iter().rev().find(|(known, _)| known == name) {
            let item = item.clone();
            return self.read_item(ExprKind::Variable(name.to_owned()), &item, range);
        }
        let message = format!("unknown variable `{name}`");
        if name == "oldSelf" {
            return self.error_help(
                range,
                message,
                "that a field must not change is said with `immutable: [field]`",
            );
        }
        if self.fields(self.scope.this).any(|field| field.wire == name) {
            return self.error_help(range, message, format!("did you mean `self.{name}`?"));
        }
        let known = self
            .variables
            .iter()
            .map(|(name, _)| name.as_str())
            .chain(["self", "true", "false"]);
        let help = match did_you_mean(name, known) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "the object is called `self`; a text stands in quotes".to_owned(),
        };
        self.error_help(range, message, help)
    }

    fn conditional(&mut self, condition: &Ast, yes: &Ast, no: &Ast, range: Range) -> Option<Typed> {
        let test = self.condition(condition, "what stands before `?`");
        let a = self.knowing(condition, true, |checker| checker.infer(yes));
        let b = self.knowing(condition, false, |checker| checker.infer(no));
        let (test, a, b) = (test?, a?, b?);
        if !a.ty.fits(&b.ty) {
            return self.error(
                range,
                format!(
                    "both results must have one type, but one is {} and the other {}",
                    a.ty.name(),
                    b.ty.name()
                ),
            );
        }
        let ty = if a.ty == b.ty { a.ty } else { widest(a.ty) };
        Some(self.typed(
            ExprKind::Conditional(Box::new(test), Box::new(a.expr), Box::new(b.expr)),
            ty,
            range,
        ))
    }
}

/// The type that has all texts, where values of different enums meet.
fn widest(ty: Ty) -> Ty {
    match ty {
        Ty::Text(_) => Ty::Text(None),
        Ty::List(Item::Value(ty)) => Ty::List(Item::Value(Box::new(widest(*ty)))),
        Ty::Map(Item::Value(ty)) => Ty::Map(Item::Value(Box::new(widest(*ty)))),
        other => other,
    }
}

/// The magnitude of a text, for the checker's constants.
fn magnitude(dialect: Dialect, text: &str) -> Option<f64> {
    dialect.parse(text).ok()?.value()
}
