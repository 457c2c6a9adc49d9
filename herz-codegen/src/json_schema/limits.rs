//! The declared list of what the schemas can't say: it stands beside them.

use super::Draft;
use crate::target::{Note, View};
use std::collections::BTreeMap;

/// The page `LIMITS.md`.
pub(super) fn page(view: &View<'_>, draft: Draft, notes: &[Note]) -> String {
    let mut text = String::from(
        "# What these schemas can't say\n\n\
         Written by `herz gen json-schema`. A document that passes these schemas may still be refused by\n\
         `herz validate`, and then for one of the reasons below, or because a pattern has no words for it.\n\
         A document that they refuse is refused by `herz validate` too",
    );
    text.push_str(match draft {
        Draft::Latest => ".\n",
        Draft::Seven => {
            ", with one exception: null where the platform\ntakes it for «absent», which Herz warns about.\n"
        }
    });
    text.push_str(
        "\nYAML is judged as what it stands for: `yes` for a truth value, `0o17`, keys that stand twice and names\n\
         that YAML 1.1 reads as numbers are found by Herz only. `multipleOf` of fractions is exact here, while\n\
         Herz allows for rounding.\n",
    );
    let releases: Vec<String> = view
        .packages()
        .map(|(_, package)| format!("{}@{}", package.name, view.targets.release(package)))
        .collect();
    text.push_str(&format!("\nReleases: {}.\n", releases.join(", ")));
    let mut by_reason: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for note in notes {
        by_reason
            .entry(&note.message)
            .or_default()
            .push(note.item.to_string());
    }
    for (reason, items) in by_reason {
        text.push_str(&format!("\n## {reason}\n\n"));
        for item in items {
            text.push_str(&format!("- {item}\n"));
        }
    }
    text
}
