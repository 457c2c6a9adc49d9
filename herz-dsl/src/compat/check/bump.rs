//! Documents of successive versions: the step of the version must be as large as what changed.

use super::Checks;
use crate::breaking::{self, Level, Options};
use crate::compat::matrix::Axis;
use crate::diagnostic::{Diagnostic, codes};
use crate::schema::value::Spanned;
use crate::source::Sources;
use semver::Version;

impl Checks<'_> {
    pub(super) fn bumps(&mut self) {
        for axis in &self.matrix.axes {
            if axis.file.is_none() {
                continue;
            }
            for pair in axis.versions.windows(2) {
                if let [old, new] = pair {
                    self.step(axis, old, new);
                }
            }
        }
    }

    fn step(&mut self, axis: &Axis, old: &Spanned<Version>, new: &Spanned<Version>) {
        let text = |version: &Version| self.inputs.documents.of_version(axis, version);
        let (Some(before), Some(after)) = (text(&old.value), text(&new.value)) else {
            return;
        };
        let mut sources = Sources::new();
        let a = sources.add(axis.show(&old.value), before);
        let b = sources.add(axis.show(&new.value), after);
        let report = match breaking::compare(&sources, &[a], &[b], &Options::default()) {
            Ok(report) => report,
            Err(problems) => {
                let why = problems.first().map_or("", |it| it.message.as_str());
                let message = format!(
                    "{} {} and {} can't be compared: {why}",
                    axis.name.value, old.value, new.value
                );
                self.error(codes::MATRIX_BUMP, new.span, message);
                return;
            }
        };
        let least = breaking::next_version(&old.value, report.bump());
        let enough = (new.value.major, new.value.minor, new.value.patch)
            >= (least.major, least.minor, least.patch);
        if enough || report.bump() == Level::None {
            return;
        }
        let message = format!(
            "{} {} to {} is too small a step: what changed is {}, which needs {least}",
            axis.name.value,
            old.value,
            new.value,
            report.bump()
        );
        let mut found = Diagnostic::error(codes::MATRIX_BUMP, new.span, message);
        let worst = report
            .findings
            .iter()
            .filter(|it| it.level == report.bump());
        for finding in worst.take(3) {
            found = found.help(format!(
                "{} {}: {}",
                finding.rule, finding.path, finding.message
            ));
        }
        self.out.push(found);
    }
}
