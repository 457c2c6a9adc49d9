//! Every error has its place, its cause and a fix: `errors.txt` shows each below its expression.
//!
//! With `UPDATE=1` in the environment the file is written anew; look at the difference then.

use crate::fixture::{ROOT, life, scope, types};
use herz_dsl::catalog::{FieldPath, Life, PathStep};
use herz_dsl::cel::{self, Scope};
use std::fmt::Write;

fn errors(source: &str, scope: &Scope<'_>) -> Vec<cel::CelError> {
    cel::compile(source, scope).err().unwrap_or_default()
}

/// The errors of an expression, each with carets below what it is about.
fn shown(source: &str, scope: &Scope<'_>) -> String {
    let mut out = String::new();
    for error in errors(source, scope) {
        let (start, end) = (error.range.0 as usize, error.range.1 as usize);
        let before = source[..start].chars().count();
        let marked = source[start..end].chars().count().max(1);
        let help = error
            .help
            .map(|help| format!(" | {help}"))
            .unwrap_or_default();
        writeln!(
            out,
            "{}{} {}{help}",
            " ".repeat(before),
            "^".repeat(marked),
            error.message
        )
        .unwrap();
    }
    out
}

#[test]
fn each_error_is_as_shown() {
    let (types, life) = (types(), Life::default());
    let scope = scope(&types, &life);
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cel/errors.txt");
    let table = std::fs::read_to_string(path).unwrap();
    let mut now = String::new();
    for line in table
        .lines()
        .filter(|line| !line.trim_start().starts_with('^'))
    {
        writeln!(now, "{line}").unwrap();
        if !line.is_empty() && !line.starts_with('#') {
            let errors = shown(line, &scope);
            assert!(!errors.is_empty(), "no error: {line}");
            now += &errors;
        }
    }
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(path, &now).unwrap();
    }
    for (expected, now) in table.lines().zip(now.lines()) {
        assert_eq!(expected, now);
    }
    assert_eq!(table.len(), now.len());
}

#[test]
fn the_page_shows_errors_as_they_are() {
    let (types, life) = (types(), Life::default());
    let scope = scope(&types, &life);
    let page = include_str!("../../../docs/reference/cel.md");
    let (_, block) = page.split_once("```cel-errors\n").unwrap();
    let (block, _) = block.split_once("```").unwrap();
    let mut now = String::new();
    for line in block
        .lines()
        .filter(|line| !line.trim_start().starts_with('^'))
    {
        write!(now, "{line}\n{}", shown(line, &scope)).unwrap();
    }
    assert_eq!(now, block);
}

#[test]
fn releases_decide_which_fields_are_there() {
    let types = types();
    let check = |source: &str, since: Option<&str>, until: Option<&str>| {
        let life = life(since, until);
        cel::compile(source, &scope(&types, &life))
            .map(|_| ())
            .map_err(|errors| errors[0].message.clone())
    };
    // A field that came later is optional for a rule that is older.
    assert!(
        check("self.new > 1", None, None)
            .unwrap_err()
            .contains("is optional")
    );
    assert_eq!(check("has(self.new) && self.new > 1", None, None), Ok(()));
    assert_eq!(check("self.new > 1", Some("2.0.0"), None), Ok(()));
    assert!(
        check("self.new > 1", None, Some("2.0.0"))
            .unwrap_err()
            .contains("unknown field")
    );
    // One that changed its type has one type in each half.
    assert!(
        check("self.turned > 1", None, None)
            .unwrap_err()
            .contains("changed its type")
    );
    assert_eq!(check("self.turned > 1", None, Some("2.0.0")), Ok(()));
    assert_eq!(check("self.turned > \"a\"", Some("2.1.0"), None), Ok(()));
    // Two lives without a gap are always there.
    assert_eq!(check("self.grown > 1", None, None), Ok(()));
    // A value that came later is none before.
    assert_eq!(check("self.action == \"rate\"", None, None), Ok(()));
    assert!(
        check("self.action == \"rate\"", None, Some("2.0.0"))
            .unwrap_err()
            .contains("none of the values")
    );
}

#[test]
fn conditions_of_the_rule_are_guards() {
    let (types, life) = (types(), Life::default());
    let path = |names: &[&str]| {
        FieldPath(
            names
                .iter()
                .map(|name| PathStep::Field((*name).into()))
                .collect(),
        )
    };
    let present = [path(&["oi"]), path(&["oo"]), path(&["oo", "y"])];
    let scope = Scope {
        types: &types,
        this: ROOT,
        life: &life,
        present: &present,
    };
    assert_eq!(errors("self.oi > self.oo.y", &scope), []);
    assert_eq!(errors("self.oi > self.oo.next.x", &scope).len(), 1);
}

#[test]
fn limits_end_in_errors() {
    let nested = |n: usize| format!("{}true{}", "(".repeat(n), ")".repeat(n));
    assert!(cel::parse(&nested(90)).is_ok());
    for source in [
        nested(5000),
        "!".repeat(9000) + "true",
        "-".repeat(9000) + "1",
        "[".repeat(9000),
        "true && ".repeat(1500) + "true",
        "self".to_owned() + &".a".repeat(4000),
        "self".to_owned() + &"[0]".repeat(4000),
        "size(".repeat(3000),
        "has(".repeat(3000),
        "true ? true : ".repeat(1000) + "true",
        "a.all(b,".repeat(1500),
        "(".repeat(16 * 1024),
    ] {
        let error = cel::parse(&source).unwrap_err();
        assert!(error.message.contains("nested"), "{}", error.message);
    }
    let error = cel::parse(&" ".repeat(17_000)).unwrap_err();
    assert!(error.message.contains("longer than"), "{}", error.message);
}

#[test]
fn deep_expressions_are_walked_on_a_small_stack() {
    let nested = "!(".repeat(45) + "self.b" + &")".repeat(45);

    let run = move || {
        let (types, life) = (types(), Life::default());
        let expr = cel::compile(&nested, &scope(&types, &life)).unwrap();
        let data = serde_json::json!({"b": true});
        cel::Evaluator::new(&types).holds(&expr, &data)
    };
    let thread = std::thread::Builder::new()
        .stack_size(1 << 20)
        .spawn(run)
        .unwrap();
    assert_eq!(thread.join().unwrap(), Ok(false));
}

#[test]
fn evaluation_ends() {
    let (types, life) = (types(), Life::default());
    let scope = scope(&types, &life);
    let list: Vec<i64> = (0..1000).collect();
    let data = serde_json::json!({ "li": list });
    let evaluator = cel::Evaluator::new(&types);
    let cubic = "self.li.all(a, self.li.all(b, self.li.all(c, a + b + c >= 0)))";
    let expr = cel::compile(cubic, &scope).unwrap();
    assert_eq!(
        evaluator.holds(&expr, &data),
        Err(cel::Undefined::TooCostly)
    );
    // A text that doubles with each step.
    let doubled = "[\"xx\"]".to_owned() + &".map(t, t + t)".repeat(60) + ".exists(t, t == \"\")";
    let expr = cel::compile(&doubled, &scope).unwrap();
    assert_eq!(
        evaluator.holds(&expr, &data),
        Err(cel::Undefined::TooCostly)
    );
}
