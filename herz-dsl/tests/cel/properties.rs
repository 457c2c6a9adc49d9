//! What holds for all expressions.

use crate::fixture::{scope, types};
use crate::generate::Choices;
use herz_dsl::catalog::{Life, Literal};
use herz_dsl::cel::ast::{Ast, AstKind, Name};
use herz_dsl::cel::{self, Evaluator, MacroKind, Operator, Style};
use proptest::prelude::*;

/// Pieces that expressions are made of.
const PIECES: [&str; 62] = [
    "self",
    ".",
    "i",
    "b",
    "s",
    "oi",
    "li",
    "m",
    "o",
    "d",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    "?",
    ":",
    "<",
    "<=",
    ">",
    ">=",
    "==",
    "!=",
    "&&",
    "||",
    "!",
    "-",
    "+",
    "*",
    "/",
    "%",
    "in",
    "has(",
    "size(",
    "duration(\"",
    "all(x,",
    "x",
    ".map(y,",
    "true",
    "false",
    "null",
    "1",
    "0x",
    "1.",
    ".5",
    "1e",
    "9223372036854775808",
    "\"",
    "'",
    "\\",
    "\"\"\"",
    "r'",
    "b\"",
    "`",
    "//",
    "\n",
    " ",
    "ü",
    "\u{feff}",
    "matches(\"(",
];

/// Nothing that is read, checked or evaluated panics, and errors lie within the text.
fn survive(source: &str) {
    let (types, life) = (types(), Life::default());
    let scope = scope(&types, &life);
    match cel::compile(source, &scope) {
        Ok(expr) => {
            let evaluator = Evaluator::new(&types);
            let _ = evaluator.holds(
                &expr,
                &serde_json::json!({"i": 1, "b": true, "li": [1, 2], "s": "x"}),
            );
            let _ = evaluator.holds(&expr, &serde_json::json!([]));
            let _ = cel::unbounded(&expr, &types);
            let _ = cel::print(&expr, Style::Kubernetes);
        }
        Err(errors) => {
            assert!(!errors.is_empty());
            for error in errors {
                let (start, end) = (error.range.0 as usize, error.range.1 as usize);
                assert!(source.get(start..end).is_some(), "{source:?}: {error:?}");
                assert!(!error.message.is_empty());
            }
        }
    }
}

/// Any expression at all, typed or not.
fn any_ast(bytes: &mut Choices<'_>, depth: u32) -> Ast {
    let sub = |bytes: &mut Choices<'_>| Box::new(any_ast(bytes, depth + 1));
    let name = |bytes: &mut Choices<'_>, names: &[&str]| Name {
        text: names[bytes.next() as usize % names.len()].to_owned(),
        range: (0, 0),
    };
    let fields = [
        "a",
        "pod-name",
        "namespace",
        "in",
        "if",
        "a.b",
        "_x9",
        "__x",
        "a__b",
    ];
    let operators = [
        Operator::And,
        Operator::Or,
        Operator::Equal,
        Operator::NotEqual,
        Operator::Less,
        Operator::LessOrEqual,
        Operator::Greater,
        Operator::GreaterOrEqual,
        Operator::Add,
        Operator::Subtract,
        Operator::Multiply,
        Operator::Divide,
        Operator::Remainder,
    ];
    let kinds = [
        MacroKind::All,
        MacroKind::Exists,
        MacroKind::ExistsOne,
        MacroKind::Map,
        MacroKind::Filter,
    ];
    let form = bytes.next() % if depth > 6 { 6 } else { 20 };
    let kind = match form {
        0 => AstKind::Identifier("self".into()),
        1 => AstKind::Literal(Literal::Bool(bytes.next().is_multiple_of(2))),
        2 => AstKind::Literal(Literal::Int(i64::from(bytes.next()) - 128)),
        3 => AstKind::Literal(Literal::Int(if bytes.next().is_multiple_of(2) {
            i64::MIN
        } else {
            i64::MAX
        })),
        4 => {
            let floats = [
                0.0,
                -0.0,
                1.0,
                -1.5,
                1e300,
                1e-300,
                -5e-324,
                f64::MAX,
                f64::MIN,
            ];
            AstKind::Literal(Literal::Float(floats[bytes.next() as usize % floats.len()]))
        }
        5 => {
            let texts = [
                "", "a", "\"", "'", "\\", "\n\r\t", "\u{0}", "ü𝄞", "\u{2028}", "\u{85}", "${x}",
                "//", "`",
            ];
            AstKind::Literal(Literal::Text(
                texts[bytes.next() as usize % texts.len()].into(),
            ))
        }
        6 | 7 => AstKind::Select(sub(bytes), name(bytes, &fields)),
        8 => AstKind::Index(sub(bytes), sub(bytes)),
        9 => AstKind::Has(sub(bytes), name(bytes, &fields)),
        10 => AstKind::Not(sub(bytes)),
        11 => AstKind::Negate(sub(bytes)),
        12..=14 => AstKind::Binary(
            operators[bytes.next() as usize % operators.len()],
            sub(bytes),
            sub(bytes),
        ),
        15 => AstKind::In(sub(bytes), sub(bytes)),
        16 => AstKind::Conditional(sub(bytes), sub(bytes), sub(bytes)),
        17 => AstKind::List((0..bytes.next() % 4).map(|_| *sub(bytes)).collect()),
        18 => {
            let method = bytes.next().is_multiple_of(2);
            let arguments = (0..u8::from(method) + bytes.next() % 3)
                .map(|_| *sub(bytes))
                .collect();
            AstKind::Call {
                name: name(bytes, &["size", "f", "startsWith"]),
                method,
                arguments,
            }
        }
        _ => AstKind::Macro {
            kind: kinds[bytes.next() as usize % kinds.len()],
            over: sub(bytes),
            variable: name(bytes, &["x", "y", "_z"]),
            body: sub(bytes),
        },
    };
    Ast {
        kind,
        range: (0, 0),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_survived(source in any::<String>()) {
        survive(&source);
    }

    #[test]
    fn pieces_are_survived(pieces in prop::collection::vec(0..PIECES.len(), 0..30)) {
        survive(&pieces.into_iter().map(|at| PIECES[at]).collect::<String>());
    }

    #[test]
    fn printed_expressions_read_the_same(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let ast = any_ast(&mut Choices::new(&bytes), 0);
        let printed = cel::print_ast(&ast, Style::Cel);
        let read = cel::parse(&printed).map_err(|e| TestCaseError::fail(format!("{printed}: {e:?}")))?;
        prop_assert_eq!(read.without_ranges(), ast, "{}", printed);
    }

    #[test]
    fn typed_expressions_are_accepted_and_mean_the_same_printed(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let mut choices = Choices::new(&bytes);
        let data = choices.data();
        let source = choices.bool();
        let (types, life) = (types(), Life::default());
        let scope = scope(&types, &life);
        let expr = cel::compile(&source, &scope).map_err(|e| TestCaseError::fail(format!("{source}: {e:?}")))?;
        let printed = cel::print(&expr, Style::Cel).unwrap();
        let again = cel::compile(&printed, &scope).unwrap();
        let evaluator = Evaluator::new(&types);
        prop_assert_eq!(evaluator.holds(&expr, &data), evaluator.holds(&again, &data), "{}", printed);
        prop_assert_eq!(cel::print(&again, Style::Cel).unwrap(), printed);
    }

    #[test]
    fn an_undefined_side_never_beats_one_that_decides(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let mut choices = Choices::new(&bytes);
        let data = choices.data();
        let (a, b) = (choices.bool(), choices.bool());
        let (types, life) = (types(), Life::default());
        let scope = scope(&types, &life);
        let evaluator = Evaluator::new(&types);
        let holds = |source: &str| evaluator.holds(Box::leak(Box::new(cel::compile(source, &scope).unwrap())), &data).ok();
        for operator in ["&&", "||"] {
            let (ab, ba) = (holds(&format!("({a}) {operator} ({b})")), holds(&format!("({b}) {operator} ({a})")));
            prop_assert_eq!(ab, ba);
        }
    }
}
