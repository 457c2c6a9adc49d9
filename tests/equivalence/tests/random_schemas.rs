//! A share of the full run: random schemas, whose generated Rust is compiled as one program.

#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test tells what it compared, and fails with its reason"
)]

use herz_equivalence::run;

#[test]
fn generated_rust_agrees_with_the_checker() {
    let random = run::random_schemas(1, 12, 100, None).expect("everything compiles and answers");
    let report = &random.report;
    println!("{report}");
    assert!(report.agrees(), "{report}");
    assert_eq!(random.compared, 12, "refused: {:#?}", random.refused);
    let refused = report.documents - report.accepted;
    assert!(report.accepted > report.documents / 10 && refused > report.documents / 10);
    assert!(report.codes.len() >= 10, "{:?}", report.codes);
}
