//! Values: the defaults, and examples to copy from.

use super::Chart;
use super::fault::Fault;
use crate::document::Map;
use herz_dsl::catalog::Literal;
use herz_dsl::check::Checker;
use herz_dsl::defaults::{as_written, to_yaml};
use herz_dsl::source::SourceId;
use herz_dsl::tree::{self, Limits};

impl Chart<'_, '_> {
    /// `values.yaml`.
    pub(super) fn values(&self) -> String {
        let duration = self
            .faults
            .first()
            .map_or("duration", |fault| fault.duration);
        format!(
            "# Written by `herz gen helm`; do not edit. Put your values into a file of your own.\n\n\
             # Whether there are any faults at all.\nenabled: true\n\n\
             # Where the objects are made; the release's namespace by default.\nnamespace: \"\"\n\n\
             # Labels of all objects.\nlabels: {{}}\n\n\
             # Who is hit by faults that do not say it themselves, such as\n\
             #   selector: {{ labelSelectors: {{ app: web }} }}\nselector: {{}}\n\n\
             # How many of the selected are hit, and the number that some modes need, as text.\n\
             mode: one\nvalue: \"\"\n\n\
             # How long faults last that do not say it themselves.\n{duration}: 5m\n\n\
             # The faults, by name. Each names one kind; `enabled: false` leaves one out. Such as\n\
             #   slow:\n#     networkChaos: {{ delay: {{ latency: 100ms, jitter: 10ms }}, loss: {{ loss: \"5\" }} }}\n\
             # examples.yaml has one of each kind.\nfaults: {{}}\n"
        )
    }

    /// `examples.yaml`: the examples of the schema that this release takes.
    pub(super) fn examples(&self) -> String {
        let checker = Checker::new(self.view.all, &self.view.targets);
        let mut faults = Map::new();
        for fault in &self.faults {
            for example in &fault.kind.examples {
                if let Some((name, value)) = one(fault, example, &checker) {
                    faults.put(&name, value);
                }
            }
        }
        let mut text = String::from(
            "# Written by `herz gen helm`; do not edit. Faults to copy from; all of them at once would be a lot.\n",
        );
        text.push_str(&to_yaml(&Map::new().with("faults", faults).literal()));
        text
    }
}

/// An example as a fault, if it is right at this release.
fn one(fault: &Fault<'_>, example: &str, checker: &Checker<'_>) -> Option<(String, Literal)> {
    let (tree, findings) = tree::parse(SourceId(0), example.as_bytes(), &Limits::default());
    if !findings.is_empty() || !checker.check_source(&tree).diagnostics.is_empty() {
        return None;
    }
    let root = tree.documents().next()?.root();
    let name = root.get("metadata")?.get("name")?.text()?;
    let spec = as_written(root.get("spec")?);
    let value = Map::new().with(&fault.key, spec);
    Some((name.to_owned(), value.literal()))
}
