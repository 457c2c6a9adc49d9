//! Lists, maps and the macros that walk over them.

use super::data::Data;
use super::value::{Value, equal};
use super::{Result_, Run, Scoped, Shape, Undefined, Variables};
use crate::cel::{CelType, Expr, MacroKind};

impl<'d, D: Data<'d>> Run<'d, D> {
    pub(super) fn index(
        &self,
        of: &'d Expr,
        at: &'d Expr,
        ty: &CelType,
        variables: Variables<'_, 'd, D>,
    ) -> Result_<Value<'d, D>> {
        let container = self.eval(of, variables)?;
        match (container, self.eval(at, variables)?) {
            (Value::Place(map), Value::Text(key)) => {
                let place = map.get(&key).ok_or(Undefined::NoEntry)?;
                Value::read(place, ty)
            }
            (list, Value::Int(at)) => {
                let at = usize::try_from(at).map_err(|_| Undefined::NoEntry)?;
                let mut items = self.items(list)?;
                if at >= items.len() {
                    return Err(Undefined::NoEntry);
                }
                items.swap_remove(at).typed(ty)
            }
            _ => Err(Undefined::WrongType),
        }
    }

    /// The items of a list, or the keys of a map; items of documents are not yet typed.
    pub(super) fn items(&self, of: Value<'d, D>) -> Result_<Vec<Value<'d, D>>> {
        let items: Vec<Value<'d, D>> = match of {
            Value::List(items) => items,
            Value::Place(place) => match place.shape() {
                Shape::List => place.items().into_iter().map(Value::Place).collect(),
                Shape::Map => place
                    .keys()
                    .into_iter()
                    .map(|key| Value::Text(key.into()))
                    .collect(),
                _ => return Err(Undefined::WrongType),
            },
            _ => return Err(Undefined::WrongType),
        };
        self.charge(items.len())?;
        Ok(items)
    }

    pub(super) fn contains(
        &self,
        item: &'d Expr,
        container: &'d Expr,
        variables: Variables<'_, 'd, D>,
    ) -> Result_<Value<'d, D>> {
        let wanted = self.eval(item, variables)?;
        let container = self.eval(container, variables)?;
        if let (Value::Place(place), Value::Text(key)) = (&container, &wanted)
            && place.shape() == Shape::Map
        {
            return Ok(Value::Bool(place.get(key).is_some()));
        }
        let mut result = Ok(Value::Bool(false));
        for candidate in self.items(container)? {
            match candidate
                .typed(&item.ty)
                .and_then(|candidate| equal(&candidate, &wanted, &item.ty))
            {
                Ok(true) => return Ok(Value::Bool(true)),
                Ok(false) => {}
                Err(undefined) => result = Err(undefined),
            }
        }
        result
    }

    pub(super) fn walk(
        &self,
        kind: MacroKind,
        over: &'d Expr,
        variable: &'d str,
        body: &'d Expr,
        variables: Variables<'_, 'd, D>,
    ) -> Result_<Value<'d, D>> {
        let text = CelType::String;
        let item_type = match &over.ty {
            CelType::List(item) => item.as_ref(),
            _ => &text,
        };
        let mut undefined = None;
        let mut found = 0;
        let mut kept = Vec::new();
        for item in self.items(self.eval(over, variables)?)? {
            let outcome = item.typed(item_type).and_then(|value| {
                let scoped = Scoped {
                    name: variable,
                    value: value.clone(),
                    outer: variables,
                };
                Ok((value, self.eval(body, Some(&scoped))?))
            });
            match (kind, outcome) {
                (MacroKind::All, Ok((_, Value::Bool(false)))) => return Ok(Value::Bool(false)),
                (MacroKind::Exists, Ok((_, Value::Bool(true)))) => return Ok(Value::Bool(true)),
                (MacroKind::ExistsOne, Ok((_, Value::Bool(true)))) => found += 1,
                (MacroKind::Filter, Ok((value, Value::Bool(true))))
                | (MacroKind::Map, Ok((_, value))) => kept.push(value),
                (_, Ok((_, Value::Bool(_)))) => {}
                (_, Ok(_)) => return Err(Undefined::WrongType),
                // Another item may still decide.
                (MacroKind::All | MacroKind::Exists, Err(why)) => undefined = Some(why),
                (_, Err(why)) => return Err(why),
            }
        }
        match (undefined, kind) {
            (Some(why), _) => Err(why),
            (None, MacroKind::All) => Ok(Value::Bool(true)),
            (None, MacroKind::Exists) => Ok(Value::Bool(false)),
            (None, MacroKind::ExistsOne) => Ok(Value::Bool(found == 1)),
            (None, MacroKind::Map | MacroKind::Filter) => Ok(Value::List(kept)),
        }
    }
}
