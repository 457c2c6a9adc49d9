//! Functions and methods.

use super::types::Ty;
use super::{Checker, Typed};
use crate::catalog::Literal;
use crate::cel::ast::{Ast, AstKind, Name, Range};
use crate::cel::{ExprKind, TextMethod};
use crate::diagnostic::did_you_mean;
use herz_types::scalar::{Dialect, Magnitude, check_portable};

/// What may be called, in the order that messages list it.
const KNOWN: [&str; 12] = [
    "has",
    "size",
    "duration",
    "startsWith",
    "endsWith",
    "contains",
    "matches",
    "all",
    "exists",
    "exists_one",
    "map",
    "filter",
];

/// What CEL or Kubernetes know besides; left out so that every target can do the same.
const LEFT_OUT: [&str; 53] = [
    "int",
    "uint",
    "double",
    "string",
    "bytes",
    "bool",
    "dyn",
    "type",
    "timestamp",
    "list",
    "optional",
    "getDate",
    "getDayOfMonth",
    "getDayOfWeek",
    "getDayOfYear",
    "getFullYear",
    "getHours",
    "getMilliseconds",
    "getMinutes",
    "getMonth",
    "getSeconds",
    "charAt",
    "format",
    "indexOf",
    "join",
    "lastIndexOf",
    "lowerAscii",
    "upperAscii",
    "quote",
    "replace",
    "reverse",
    "split",
    "substring",
    "trim",
    "isSorted",
    "sum",
    "min",
    "max",
    "find",
    "findAll",
    "quantity",
    "isQuantity",
    "url",
    "isURL",
    "ip",
    "isIP",
    "cidr",
    "isCIDR",
    "semver",
    "isSemver",
    "transformList",
    "transformMap",
    "orValue",
];

impl Checker<'_> {
    pub(super) fn call(
        &mut self,
        name: &Name,
        method: bool,
        arguments: &[Ast],
        range: Range,
    ) -> Option<Typed> {
        let (count, form) = match name.text.as_str() {
            "size" => (1, "`size(x)`"),
            "duration" if !method => (1, "`duration(\"10s\")`"),
            "startsWith" if method => (2, "`text.startsWith(\"…\")`"),
            "endsWith" if method => (2, "`text.endsWith(\"…\")`"),
            "contains" if method => (2, "`text.contains(\"…\")`"),
            "matches" => (2, "`text.matches(\"…\")`"),
            _ => return self.unknown(name, method),
        };
        if arguments.len() != count {
            let given = arguments.len().saturating_sub(usize::from(method));
            let wanted = count - usize::from(method);
            return self.error_help(
                range,
                format!(
                    "`{}` takes {wanted} argument{}, but {given} stand here",
                    name.text,
                    if wanted == 1 { "" } else { "s" }
                ),
                format!("the form is {form}"),
            );
        }
        match (name.text.as_str(), arguments) {
            ("size", [of]) => self.size(of, range),
            ("duration", [text]) => self.duration(text, range),
            (function, [of, argument]) => {
                let method = match function {
                    "startsWith" => TextMethod::StartsWith,
                    "endsWith" => TextMethod::EndsWith,
                    "contains" => TextMethod::Contains,
                    _ => TextMethod::Matches,
                };
                self.text_method(method, of, argument, range)
            }
            _ => None,
        }
    }

    fn unknown(&mut self, name: &Name, method: bool) -> Option<Typed> {
        let text = &name.text;
        if LEFT_OUT.contains(&text.as_str()) || text.starts_with("get") {
            return self.error_help(
                name.range,
                format!("`{text}` is not part of the checked subset"),
                format!(
                    "it has {}",
                    KNOWN.map(|known| format!("`{known}`")).join(", ")
                ),
            );
        }
        if KNOWN.contains(&text.as_str()) {
            let help = if method {
                format!("write `{text}(…)`")
            } else {
                format!("write `x.{text}(…)`")
            };
            return self.error_help(
                name.range,
                format!("`{text}` is called in another form"),
                help,
            );
        }
        let help = match did_you_mean(text, KNOWN) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!(
                "there are {}",
                KNOWN.map(|known| format!("`{known}`")).join(", ")
            ),
        };
        self.error_help(name.range, format!("unknown function `{text}`"), help)
    }

    fn size(&mut self, of: &Ast, range: Range) -> Option<Typed> {
        let typed = self.infer(of)?;
        if !matches!(typed.ty, Ty::Text(_) | Ty::List(_) | Ty::Map(_)) {
            let message = format!(
                "`size` needs a text, a list or a map, but this is {}",
                typed.ty.name()
            );
            return self.error(of.range, message);
        }
        Some(self.typed(ExprKind::Size(Box::new(typed.expr)), Ty::Int, range))
    }

    fn duration(&mut self, text: &Ast, range: Range) -> Option<Typed> {
        let AstKind::Literal(Literal::Text(literal)) = &text.kind else {
            return match self.infer(text)?.ty {
                Ty::Duration => self.error_help(
                    range,
                    "this is a duration already",
                    "leave `duration()` out",
                ),
                _ => self.error_help(
                    text.range,
                    "`duration` needs a constant text, such as `duration(\"10s\")`",
                    "a field that holds a duration gets the type `duration`, and is one then",
                ),
            };
        };
        match Dialect::DurationGo.parse(literal) {
            Ok(Magnitude::Nanoseconds(nanoseconds)) => {
                Some(self.typed(ExprKind::Duration(nanoseconds), Ty::Duration, range))
            }
            _ => self.error_help(
                text.range,
                format!("\"{literal}\" is no duration"),
                "a duration is numbers with units h, m, s, ms, us or ns: \"1m30s\"",
            ),
        }
    }

    fn text_method(
        &mut self,
        method: TextMethod,
        of: &Ast,
        argument: &Ast,
        range: Range,
    ) -> Option<Typed> {
        let (text, part) = (self.infer(of), self.infer(argument));
        let (text, part) = (text?, part?);
        for (typed, ast) in [(&text, of), (&part, argument)] {
            if matches!(typed.ty, Ty::Text(_)) {
                continue;
            }
            let message = format!("this must be a text, but it is {}", typed.ty.name());
            return match typed.ty {
                Ty::List(_) if method == TextMethod::Contains => self.error_help(
                    ast.range,
                    message,
                    "whether a list has an item is asked with `item in list`",
                ),
                _ => self.error(ast.range, message),
            };
        }
        if method == TextMethod::Matches {
            let AstKind::Literal(Literal::Text(pattern)) = &argument.kind else {
                return self.error_help(
                    argument.range,
                    "the pattern of `matches` must be a constant text",
                    "so it can be checked, and translated for every target",
                );
            };
            if let Err(error) = check_portable(pattern) {
                return self.error_help(
                    argument.range,
                    format!("wrong pattern: {error}"),
                    "it is a regular expression that means the same for every target",
                );
            }
        }
        Some(self.boolean(
            ExprKind::Text(method, Box::new(text.expr), Box::new(part.expr)),
            range,
        ))
    }
}
