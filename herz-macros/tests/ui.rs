//! Wrong uses: each message short, on the right token, with a suggestion where there is one.

#[test]
fn wrong_uses() {
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}
