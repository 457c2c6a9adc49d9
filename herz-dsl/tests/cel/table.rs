//! Every row of the conformance table.

use crate::fixture::{rows, scope, types};
use herz_dsl::catalog::Life;
use herz_dsl::cel::{self, Evaluator, Style};
use herz_dsl::source::SourceId;
use herz_dsl::tree;

const TABLE: &str = include_str!("conformance.md");
const PAGE: &str = include_str!("../../../docs/reference/cel.md");

#[test]
fn each_row_gives_what_it_says() {
    assert!(rows(TABLE).len() >= 250, "{} rows", rows(TABLE).len());
    check(TABLE);
}

#[test]
fn each_example_of_the_page_gives_what_it_says() {
    assert!(rows(PAGE).len() >= 30, "{} rows", rows(PAGE).len());
    check(PAGE);
}

fn check(table: &str) {
    let (types, life) = (types(), Life::default());
    let scope = scope(&types, &life);
    let evaluator = Evaluator::new(&types);
    let rows = rows(table);
    let mut wrong = Vec::new();
    for row in &rows {
        let expr = match cel::compile(&row.source, &scope) {
            Ok(expr) => expr,
            Err(errors) => {
                wrong.push(format!("line {}: {}: {errors:?}", row.line, row.source));
                continue;
            }
        };
        let show = |result: Result<bool, cel::Undefined>| match result {
            Ok(value) => value.to_string(),
            Err(undefined) => format!("{undefined:?}"),
        };
        // The same data as a JSON value and as a tree of a text.
        let text = serde_json::to_string(&row.data).unwrap();
        let (tree, found) = tree::parse(SourceId(0), text.as_bytes(), &tree::Limits::default());
        assert!(found.is_empty(), "{found:?}");
        let root = tree.documents().next().unwrap().root();
        for (how, given) in [
            ("value", show(evaluator.holds(&expr, &row.data))),
            ("tree", show(evaluator.holds(&expr, root))),
        ] {
            if given != row.expected {
                wrong.push(format!(
                    "line {}: {} gives {given} ({how})",
                    row.line, row.source
                ));
            }
        }
        // The canonical text means the same and is the canonical text of itself.
        let printed = cel::print(&expr, Style::Cel).unwrap();
        let again = cel::compile(&printed, &scope).unwrap_or_else(|e| panic!("{printed}: {e:?}"));
        assert_eq!(cel::print(&again, Style::Cel).unwrap(), printed);
        if show(evaluator.holds(&again, &row.data)) != row.expected {
            wrong.push(format!("line {}: {printed} (printed)", row.line));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
