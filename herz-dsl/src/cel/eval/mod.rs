//! Evaluates checked expressions on documents.
//!
//! Evaluation always ends and never fails loudly: what has no value (an absent field, a malformed
//! text, an overflow) is [`Undefined`], and a rule that is undefined holds, as what is wrong there
//! is reported already.

mod data;
mod list;
mod value;

pub use data::{Data, Shape};

use super::{CelType, Expr, ExprKind, Operator, TextMethod, Types};
use crate::catalog::{Field, Literal, TypeBody};
use crate::matcher::Matcher;
use data::Place;
use herz_types::scalar::{Dialect, Magnitude};
use std::borrow::Cow;
use std::cell::Cell;
use std::collections::BTreeMap;
use std::sync::{PoisonError, RwLock};
use value::{Value, arithmetic, equal, ordering};

/// Steps that one evaluation may take. A rule over a list of a thousand items takes some ten thousand.
const MAX_STEPS: usize = 10_000_000;

/// Why an expression has no value on a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Undefined {
    /// A field is absent or null.
    Missing,
    /// A value has another type than the schema says.
    WrongType,
    /// A text is not well formed in its grammar.
    Malformed,
    /// A number or duration does not fit into 64 bits.
    Overflow,
    /// A whole number is divided by zero.
    DivisionByZero,
    /// A list or map has no such entry.
    NoEntry,
    /// The evaluation takes too many steps.
    TooCostly,
}

type Result_<T> = Result<T, Undefined>;

/// Evaluates expressions; keeps what can be used again. Make one for a catalog; threads share it.
///
/// ```
/// use herz_dsl::catalog::{Life, TypeBody, TypeDef, TypeId, Object, PackageId};
/// use herz_dsl::cel::{self, Evaluator, Scope};
///
/// let types = vec![TypeDef {
///     package: PackageId(0), name: "Empty".into(), doc: String::new(), life: Life::default(),
///     body: TypeBody::Object(Object::default()),
/// }];
/// let life = Life::default();
/// let scope = Scope { types: &types, this: TypeId(0), life: &life, present: &[] };
/// let expr = cel::compile("[1, 2, 3].exists(i, i * i == 9)", &scope).unwrap();
/// assert_eq!(Evaluator::new(&types).holds(&expr, &serde_json::json!({})), Ok(true));
/// ```
pub struct Evaluator<'t> {
    types: &'t (dyn Types + Sync),
    patterns: RwLock<BTreeMap<String, Option<Matcher>>>,
}

impl<'t> Evaluator<'t> {
    /// An evaluator for expressions that were checked against these types.
    pub fn new(types: &'t (dyn Types + Sync)) -> Self {
        Self {
            types,
            patterns: RwLock::default(),
        }
    }

    /// Whether the rule is true of `data`, the object that `self` is. Absent fields have their
    /// structure's defaults. A caller that gets [`Undefined`] takes the rule as held.
    pub fn holds<'d, D: Data<'d>>(&'d self, expr: &'d Expr, data: D) -> Result<bool, Undefined> {
        let run = Run {
            evaluator: self,
            this: data,
            steps: Cell::new(MAX_STEPS),
        };
        run.bool(expr, None)
    }

    fn matches(&self, pattern: &str, text: &str) -> Result_<bool> {
        let known = self.patterns.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = known.get(pattern) {
            return found
                .as_ref()
                .map(|pattern| pattern.is_match(text))
                .ok_or(Undefined::Malformed);
        }
        drop(known);
        let compiled = Matcher::new(pattern);
        let result = compiled
            .as_ref()
            .map(|pattern| pattern.is_match(text))
            .ok_or(Undefined::Malformed);
        self.patterns
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(pattern.to_owned(), compiled);
        result
    }
}

/// Variables of the macros around an expression, innermost first.
struct Scoped<'s, 'd, D> {
    name: &'s str,
    value: Value<'d, D>,
    outer: Variables<'s, 'd, D>,
}

type Variables<'s, 'd, D> = Option<&'s Scoped<'s, 'd, D>>;

struct Run<'d, D> {
    evaluator: &'d Evaluator<'d>,
    this: D,
    steps: Cell<usize>,
}

impl<'d, D: Data<'d>> Run<'d, D> {
    fn charge(&self, steps: usize) -> Result_<()> {
        self.steps.set(
            self.steps
                .get()
                .checked_sub(steps + 1)
                .ok_or(Undefined::TooCostly)?,
        );
        Ok(())
    }

    fn bool(&self, expr: &'d Expr, variables: Variables<'_, 'd, D>) -> Result_<bool> {
        match self.eval(expr, variables)? {
            Value::Bool(value) => Ok(value),
            _ => Err(Undefined::WrongType),
        }
    }

    fn text(&self, expr: &'d Expr, variables: Variables<'_, 'd, D>) -> Result_<Cow<'d, str>> {
        match self.eval(expr, variables)? {
            Value::Text(text) => Ok(text),
            _ => Err(Undefined::WrongType),
        }
    }

    fn eval(&self, expr: &'d Expr, variables: Variables<'_, 'd, D>) -> Result_<Value<'d, D>> {
        self.charge(0)?;
        match &expr.kind {
            ExprKind::Literal(literal) => Ok(match literal {
                Literal::Bool(value) => Value::Bool(*value),
                Literal::Int(value) => Value::Int(*value),
                Literal::Float(value) => Value::Float(*value),
                Literal::Text(text) => Value::Text(text.into()),
                Literal::Null | Literal::List(_) | Literal::Map(_) => {
                    return Err(Undefined::WrongType);
                }
            }),
            ExprKind::Duration(nanoseconds) => Ok(Value::Duration(*nanoseconds)),
            ExprKind::SelfObject => Ok(Value::Place(Place::Document(self.this))),
            ExprKind::Variable(name) => variable(name, variables),
            ExprKind::Select(of, field) => {
                let place = self
                    .field(of, field, variables)?
                    .ok_or(Undefined::Missing)?;
                Value::read(place, &expr.ty)
            }
            ExprKind::Has(of, field) => {
                Ok(Value::Bool(self.field(of, field, variables)?.is_some()))
            }
            ExprKind::Magnitude(dialect, of) => {
                magnitude(*dialect, &self.text(of, variables)?, &expr.ty)
            }
            ExprKind::Index(of, at) => self.index(of, at, &expr.ty, variables),
            ExprKind::Not(of) => Ok(Value::Bool(!self.bool(of, variables)?)),
            ExprKind::Negate(of) => match self.eval(of, variables)? {
                Value::Int(value) => value
                    .checked_neg()
                    .map(Value::Int)
                    .ok_or(Undefined::Overflow),
                Value::Float(value) => Ok(Value::Float(-value)),
                _ => Err(Undefined::WrongType),
            },
            ExprKind::Binary(operator @ (Operator::And | Operator::Or), a, b) => {
                // One side may decide although the other is undefined.
                let decides = *operator == Operator::Or;
                let left = self.bool(a, variables);
                if left == Ok(decides) {
                    return Ok(Value::Bool(decides));
                }
                let right = self.bool(b, variables)?;
                if right == decides {
                    Ok(Value::Bool(decides))
                } else {
                    left.map(Value::Bool)
                }
            }
            ExprKind::Binary(operator, a, b) => {
                let (left, right) = (self.eval(a, variables)?, self.eval(b, variables)?);
                self.binary(*operator, left, right, &a.ty)
            }
            ExprKind::Conditional(condition, yes, no) => self.eval(
                if self.bool(condition, variables)? {
                    yes
                } else {
                    no
                },
                variables,
            ),
            ExprKind::In(item, container) => self.contains(item, container, variables),
            ExprKind::List(items) => {
                let items = items
                    .iter()
                    .map(|item| self.eval(item, variables))
                    .collect::<Result_<Vec<_>>>()?;
                Ok(Value::List(items))
            }
            ExprKind::Size(of) => self.size(of, variables),
            ExprKind::Text(method, of, argument) => {
                let (text, part) = (self.text(of, variables)?, self.text(argument, variables)?);
                self.charge(text.len())?;
                Ok(Value::Bool(match method {
                    TextMethod::StartsWith => text.starts_with(&*part),
                    TextMethod::EndsWith => text.ends_with(&*part),
                    TextMethod::Contains => text.contains(&*part),
                    TextMethod::Matches => self.evaluator.matches(&part, &text)?,
                }))
            }
            ExprKind::Macro {
                kind,
                range,
                variable,
                body,
            } => self.walk(*kind, range, variable, body, variables),
        }
    }

    fn size(&self, of: &'d Expr, variables: Variables<'_, 'd, D>) -> Result_<Value<'d, D>> {
        let size = match self.eval(of, variables)? {
            Value::Text(text) => {
                self.charge(text.len())?;
                text.chars().count()
            }
            Value::List(items) => items.len(),
            Value::Place(place) => match place.shape() {
                Shape::List => place.items().len(),
                Shape::Map => place.keys().len(),
                _ => return Err(Undefined::WrongType),
            },
            _ => return Err(Undefined::WrongType),
        };
        i64::try_from(size)
            .map(Value::Int)
            .map_err(|_| Undefined::Overflow)
    }

    /// A field of an object, or its default; nothing if it is absent.
    fn field(
        &self,
        of: &'d Expr,
        field: &str,
        variables: Variables<'_, 'd, D>,
    ) -> Result_<Option<Place<'d, D>>> {
        let Value::Place(object) = self.eval(of, variables)? else {
            return Err(Undefined::WrongType);
        };
        if object.shape() != Shape::Map {
            return Err(Undefined::WrongType);
        }
        let present = |key: &str| object.get(key).filter(|place| place.shape() != Shape::Null);
        if let Some(place) = present(field) {
            return Ok(Some(place));
        }
        // Former names are still read, and the structure fills in what is absent.
        let known = self.schema(&of.ty, field);
        let former = known.clone().flat_map(|known| &known.aliases);
        let mut former = former.filter_map(|alias| present(alias));
        Ok(former.next().or_else(|| {
            let mut defaults = known.filter_map(Field::structure_default);
            defaults.next().map(Place::Default)
        }))
    }

    /// What the schema says of a field, in each of its lives.
    fn schema<'f>(
        &self,
        object: &CelType,
        wire: &'f str,
    ) -> impl Iterator<Item = &'d Field> + Clone + use<'d, 'f, D> {
        let def = match object {
            CelType::Object(id) => self.evaluator.types.get(*id),
            _ => None,
        };
        let fields = match def.map(|def| &def.body) {
            Some(TypeBody::Object(object)) => object.fields.as_slice(),
            _ => &[],
        };
        fields.iter().filter(move |field| field.wire == wire)
    }

    fn binary(
        &self,
        operator: Operator,
        left: Value<'d, D>,
        right: Value<'d, D>,
        ty: &CelType,
    ) -> Result_<Value<'d, D>> {
        let order = |wanted: fn(std::cmp::Ordering) -> bool| {
            ordering(&left, &right).map(|found| Value::Bool(found.is_some_and(wanted)))
        };
        match operator {
            Operator::Equal => equal(&left, &right, ty).map(Value::Bool),
            Operator::NotEqual => equal(&left, &right, ty).map(|equal| Value::Bool(!equal)),
            Operator::Less => order(std::cmp::Ordering::is_lt),
            Operator::LessOrEqual => order(std::cmp::Ordering::is_le),
            Operator::Greater => order(std::cmp::Ordering::is_gt),
            Operator::GreaterOrEqual => order(std::cmp::Ordering::is_ge),
            _ => match (left, right) {
                (Value::Text(a), Value::Text(b)) if operator == Operator::Add => {
                    self.charge(a.len() + b.len())?;
                    Ok(Value::Text(a + b))
                }
                (a, b) if operator == Operator::Add && matches!(ty, CelType::List(_)) => {
                    let mut items = self.items(a)?;
                    items.extend(self.items(b)?);
                    Ok(Value::List(items))
                }
                (a, b) => arithmetic(operator, &a, &b),
            },
        }
    }
}

/// The value of a macro's variable.
fn variable<'d, D: Data<'d>>(name: &str, variables: Variables<'_, 'd, D>) -> Result_<Value<'d, D>> {
    let mut scoped = variables;
    while let Some(Scoped {
        name: known,
        value,
        outer,
    }) = scoped
    {
        if *known == name {
            return Ok(value.clone());
        }
        scoped = *outer;
    }
    Err(Undefined::WrongType)
}

/// What a text of this dialect says, as a value of type `ty`.
fn magnitude<'d, D>(dialect: Dialect, text: &str, ty: &CelType) -> Result_<Value<'d, D>> {
    let magnitude = dialect.parse(text).map_err(|_| Undefined::Malformed)?;
    match (ty, magnitude) {
        (CelType::Duration, Magnitude::Nanoseconds(value)) => Ok(Value::Duration(value)),
        // A float holds whole numbers only up to 2^53.
        (CelType::Int, Magnitude::Number(_)) if dialect == Dialect::IntegerGo => text
            .parse()
            .map(Value::Int)
            .map_err(|_| Undefined::Overflow),
        (CelType::Int, magnitude) => {
            let value = magnitude.value().ok_or(Undefined::Malformed)?.trunc();
            value::whole(value)
                .map(Value::Int)
                .ok_or(Undefined::Overflow)
        }
        (CelType::Float, magnitude) => magnitude
            .value()
            .map(Value::Float)
            .ok_or(Undefined::Malformed),
        _ => Err(Undefined::WrongType),
    }
}
