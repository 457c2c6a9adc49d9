//! A fix mends what it is offered for: once its edits are made, the finding is gone.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use herz_dsl::catalog::Targets;
use herz_dsl::check::Checker;
use herz_dsl::diagnostic::{Diagnostic, Fix};
use herz_dsl::source::SourceId;
use herz_dsl::tree::{self, Limits};

fn findings(text: &str) -> Vec<Diagnostic> {
    let (tree, broken) = tree::parse(SourceId(0), text.as_bytes(), &Limits::default());
    assert!(broken.is_empty(), "{broken:?} in\n{text}");
    Checker::new(herz_tests::built_in(), &Targets::newest())
        .check_source(&tree)
        .diagnostics
}

fn mended(text: &str, fix: &Fix) -> String {
    let mut text = text.to_owned();
    for edit in fix.edits.iter().rev() {
        text.replace_range(edit.span.range(), &edit.text);
    }
    text
}

/// The spec of a NetworkChaos.
fn document(spec: &str) -> String {
    format!(
        "apiVersion: chaos-mesh.org/v1alpha1\nkind: NetworkChaos\nmetadata: {{ name: a, namespace: b }}\nspec:\n  \
         mode: one\n  selector: {{ namespaces: [b] }}\n  duration: 1m\n{spec}"
    )
}

#[test]
fn each_fix_ends_its_finding() {
    let delay = "  action: delay\n  delay:\n    latency: ";
    let cases = [
        format!("{delay}10\n"),
        format!("{delay}\"10\"\n"),
        format!("{delay}1.5\n"),
        format!("{delay}1s\n    correlation: 5\n"),
        format!("{delay}1s\n    correlation: 25%\n"),
        format!("{delay}1s\n    correlation: \"25%\"\n"),
        format!("{delay}1s\n    correlation: 1e1\n"),
        format!("{delay}1s\n    jiter: 1ms\n"),
        "  action: dely\n  delay: { latency: 1s }\n".to_owned(),
        "  action: bandwidth\n  bandwidth: { rate: 1mbps, limit: \"1\", buffer: 1 }\n".to_owned(),
        "  action: bandwidth\n  bandwidth: { rate: 1mbps, limit: 1, buffer: 1 }\n  device: on\n"
            .to_owned(),
    ];
    for spec in cases {
        let text = document(&spec);
        let found = findings(&text);
        let fixed: Vec<_> = found.iter().filter(|one| !one.fixes.is_empty()).collect();
        assert!(!fixed.is_empty(), "no fix is offered: {found:?} in\n{text}");
        for one in fixed {
            for fix in &one.fixes {
                let better = mended(&text, fix);
                let left = findings(&better);
                // The place, as a key may have got its right name: nothing may be wrong there.
                let still = left
                    .iter()
                    .find(|other| other.span.map(|s| s.start) == one.span.map(|s| s.start));
                assert!(
                    still.is_none(),
                    "`{}` leaves {still:?} in\n{better}",
                    fix.title
                );
            }
        }
    }
}
