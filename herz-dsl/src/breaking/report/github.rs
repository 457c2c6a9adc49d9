//! The report as annotations of GitHub Actions.

use super::{Report, place};
use crate::breaking::level::Level;
use crate::diagnostic::render::github::{data, property};
use crate::source::Sources;
use std::fmt;

impl Report {
    /// The report as annotations of GitHub Actions, at the new places.
    pub fn to_github(&self, sources: &Sources) -> String {
        let mut text = String::new();
        // Writing to a text does not fail.
        let _ = self.annotations(&mut text, sources);
        text
    }

    fn annotations(&self, out: &mut String, sources: &Sources) -> fmt::Result {
        use fmt::Write;
        for finding in &self.findings {
            let level = match finding.level {
                _ if finding.accepted.is_some() => "notice",
                _ if finding.gate => "error",
                Level::Major => "error",
                Level::Minor => "notice",
                _ => continue,
            };
            write!(out, "::{level} ")?;
            let at = place(sources, finding.new).or_else(|| place(sources, finding.old));
            if let Some((file, line)) = at {
                out.push_str("file=");
                property(out, &file)?;
                write!(out, ",line={line},")?;
            }
            out.push_str("title=");
            property(out, finding.rule)?;
            out.push_str("::");
            data(out, &finding.place())?;
            out.push_str(": ");
            data(out, &finding.message)?;
            if let Some(exception) = finding.exception() {
                out.push_str("%0A");
                data(out, &exception)?;
            }
            out.push('\n');
        }
        Ok(())
    }
}
