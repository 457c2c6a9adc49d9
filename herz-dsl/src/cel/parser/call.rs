//! Functions, methods and macros.

use super::{Parsed, Parser, Result_};
use crate::cel::ast::{AstKind, Name, Range};
use crate::cel::{CelError, MacroKind};

impl Parser {
    /// `f(a, b)`
    pub(super) fn function(&mut self, name: Name, mut arguments: Vec<Parsed>) -> Result_ {
        let range = (name.range.0, self.end());
        if name.text != "has" {
            return self.call(name, false, range, arguments);
        }
        let (Some(argument), true) = (arguments.pop(), arguments.is_empty()) else {
            return Err(CelError::new(range, "`has` takes one argument: a field"));
        };
        let AstKind::Select(of, field) = argument.ast.kind else {
            return Err(CelError::new(
                argument.ast.range,
                "`has` takes a field, as in `has(self.field)`",
            )
            .with_help("whether a map has a key is asked with `\"key\" in self.map`"));
        };
        self.node(AstKind::Has(of, field), range, argument.height)
    }

    /// `a.f(b)`
    pub(super) fn method(&mut self, of: Parsed, name: Name, mut arguments: Vec<Parsed>) -> Result_ {
        let range = (of.ast.range.0, self.end());
        let kind = match name.text.as_str() {
            "all" => MacroKind::All,
            "exists" => MacroKind::Exists,
            "exists_one" | "existsOne" => MacroKind::ExistsOne,
            "map" => MacroKind::Map,
            "filter" => MacroKind::Filter,
            _ => {
                arguments.insert(0, of);
                return self.call(name, true, range, arguments);
            }
        };
        if arguments.len() != 2 {
            let error = CelError::new(
                range,
                format!("`{}` takes a variable and an expression", name.text),
            );
            return Err(match (kind, arguments.len()) {
                (MacroKind::Map, 3) => error.with_help("write `list.filter(x, …).map(x, …)`"),
                (_, 3) => error.with_help("two variables are not part of the checked subset"),
                _ => error.with_help(format!("as in `self.list.{}(item, item > 0)`", name.text)),
            });
        }
        let (Some(body), Some(variable)) = (arguments.pop(), arguments.pop()) else {
            return Err(self.unexpected("two arguments"));
        };
        let AstKind::Identifier(text) = variable.ast.kind else {
            return Err(CelError::new(
                variable.ast.range,
                format!("the first argument of `{}` is a variable's name", name.text),
            ));
        };
        let variable = Name {
            text,
            range: variable.ast.range,
        };
        let height = of.height.max(body.height);
        let (over, body) = (Box::new(of.ast), Box::new(body.ast));
        self.node(
            AstKind::Macro {
                kind,
                over,
                variable,
                body,
            },
            range,
            height,
        )
    }

    fn call(&mut self, name: Name, method: bool, range: Range, arguments: Vec<Parsed>) -> Result_ {
        let height = arguments
            .iter()
            .map(|argument| argument.height)
            .max()
            .unwrap_or(0);
        let arguments = arguments.into_iter().map(|argument| argument.ast).collect();
        self.node(
            AstKind::Call {
                name,
                method,
                arguments,
            },
            range,
            height,
        )
    }
}
