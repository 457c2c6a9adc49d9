//! Expressions in generated Rust give what the evaluator gives.

// Clippy takes helpers of tests for production code.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::too_many_lines
)]

#[path = "generated/conformance.rs"]
mod conformance;
#[path = "../../herz-dsl/tests/cel/fixture.rs"]
mod fixture;
#[path = "../../herz-dsl/tests/cel/generate.rs"]
mod generate;
#[allow(
    warnings,
    clippy::all,
    clippy::pedantic,
    reason = "rows of a table are no good style"
)]
#[rustfmt::skip] // Generated.
#[path = "generated/cel/conformance/mod.rs"]
mod generated;

use generate::Choices;
use generated::Root;
use herz_dsl::catalog::{RuleKind, TypeBody};
use herz_dsl::cel::Evaluator;
use herz_types::view::Object;
use serde_json::Value;

fn read(data: &Value) -> Root {
    herz_types::read::from_json(data).unwrap_or_else(|found| panic!("{data}: {found:?}"))
}

#[test]
fn each_row_gives_what_the_table_says() {
    let mut run = 0;
    for (at, case) in conformance::cases().iter().enumerate() {
        if case.expected.is_empty() {
            continue;
        }
        let given = read(&conformance::whole(&case.data)).rule(at);
        assert_eq!(
            given,
            case.expected.parse().ok(),
            "{} on {}",
            case.source,
            case.data
        );
        run += 1;
    }
    assert!(run > 250, "{run}");
}

#[test]
fn each_expression_gives_what_the_evaluator_gives() {
    let catalog = conformance::catalog();
    let evaluator = Evaluator::new(&catalog);
    let TypeBody::Object(root) = &catalog.types[0].body else {
        panic!("an object")
    };
    for seed in 0..=255_u8 {
        let bytes: Vec<u8> = (0..40)
            .map(|at| seed.wrapping_mul(at).wrapping_add(at >> 2))
            .collect();
        let data = conformance::whole(&Choices::new(&bytes).data());
        let value = read(&data);
        for (at, rule) in root.rules.iter().enumerate() {
            if let RuleKind::Cel { source, expr, .. } = &rule.kind {
                assert_eq!(
                    value.rule(at),
                    evaluator.holds(expr, &data).ok(),
                    "{source} on {data}"
                );
            }
        }
    }
}
