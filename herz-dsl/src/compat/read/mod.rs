//! `compat-matrix.toml` -> [`Matrix`], with a place for everything that is wrong.

mod rows;

use super::matrix::{Axis, Date, Form, Lockstep, Matrix, Rendering};
use super::range::Range;
use super::version::Granularity;
use crate::diagnostic::{Diagnostic, codes, did_you_mean};
use crate::schema::value::Spanned;
use crate::source::SourceId;
use crate::toml::{Found, Reader, Table};
use semver::Version;

/// Reads a matrix. There is always one: what can't be understood is reported and left out.
pub fn read(source: SourceId, text: &str) -> (Matrix, Vec<Diagnostic>) {
    let mut reader = Reader::new(source, codes::MATRIX_SYNTAX);
    let mut matrix = Matrix::default();
    if let Some(document) = reader.parse(text) {
        let root = reader.root(&document);
        matrix = reader.matrix(root);
    }
    let mut diagnostics = reader.diagnostics;
    diagnostics.sort_by_key(|finding| finding.span.map(|span| span.start));
    (matrix, diagnostics)
}

impl Reader {
    fn matrix(&mut self, root: Table<'_>) -> Matrix {
        let known = [
            "schema", "axes", "policy", "release", "runs-on", "feature", "upgrade", "render",
        ];
        self.known_keys(root, "a matrix", &known);
        self.form(root, "the matrix");
        let mut matrix = Matrix::default();
        if let Some(axes) = self
            .get(root, "axes")
            .and_then(|it| self.table(it, "`axes`"))
        {
            for (name, found) in self.entries(axes) {
                if let Some(table) = self.table(found, "an axis") {
                    let axis = self.axis(name, table);
                    matrix.axes.push(axis);
                }
            }
        }
        if let Some(policy) = self
            .get(root, "policy")
            .and_then(|it| self.table(it, "`policy`"))
        {
            for (name, found) in self.entries(policy) {
                if !self.axis_is_known(&matrix.axes, &name) {
                    continue;
                }
                if let Some(word) = self.word(found, "a policy", &Lockstep::ALL) {
                    matrix.policy.push((name, word));
                }
            }
        }
        if let Some(render) = self
            .get(root, "render")
            .and_then(|it| self.table(it, "`render`"))
        {
            for (name, found) in self.entries(render) {
                let form = Form::ALL
                    .into_iter()
                    .find(|(known, _)| *known == name.value);
                let path = self.text(found, "the path of a rendering");
                match (form, path) {
                    (Some((_, form)), Some(path)) => matrix.render.push(Rendering {
                        form: Spanned {
                            value: form,
                            span: name.span,
                        },
                        path,
                    }),
                    (None, _) => {
                        self.known_keys(render, "`render`", &Form::ALL.map(|(name, _)| name));
                    }
                    (Some(_), None) => {}
                }
            }
        }
        if let Some(found) = self.get(root, "release") {
            for table in self.tables(found, "`release`") {
                let row = self.release(&matrix.axes, table);
                matrix.releases.extend(row);
            }
        }
        if let Some(found) = self.get(root, "runs-on") {
            for table in self.tables(found, "`runs-on`") {
                let row = self.runs_on(&matrix.axes, table);
                matrix.runs_on.extend(row);
            }
        }
        if let Some(found) = self.get(root, "feature") {
            for table in self.tables(found, "`feature`") {
                let row = self.feature(&matrix.axes, table);
                matrix.features.extend(row);
            }
        }
        if let Some(found) = self.get(root, "upgrade") {
            for table in self.tables(found, "`upgrade`") {
                let row = self.upgrade(&matrix.axes, table);
                matrix.upgrades.extend(row);
            }
        }
        matrix
    }

    fn axis(&mut self, name: Spanned<String>, table: Table<'_>) -> Axis {
        let known = [
            "granularity",
            "versions",
            "yanked",
            "end-of-life",
            "file",
            "tag",
        ];
        self.known_keys(table, "an axis", &known);
        let granularity = self
            .get(table, "granularity")
            .and_then(|found| {
                let words = [("patch", Granularity::Patch), ("minor", Granularity::Minor)];
                self.word(found, "`granularity`", &words)
            })
            .map_or(Granularity::Patch, |word| word.value);
        let versions = match self.get(table, "versions") {
            Some(found) => self.versions(granularity, found, "`versions`"),
            None => {
                self.error(
                    name.span,
                    format!("the axis `{}` has no `versions`", name.value),
                );
                Vec::new()
            }
        };
        let yanked = self
            .get(table, "yanked")
            .map(|found| self.versions(granularity, found, "`yanked`"))
            .unwrap_or_default();
        let mut end_of_life = Vec::new();
        if let Some(ends) = self
            .get(table, "end-of-life")
            .and_then(|found| self.table(found, "`end-of-life`"))
        {
            for (range, found) in self.entries(ends) {
                let date = self.date(found, "an end of life");
                if let (Some(range), Some(date)) = (self.range(&range), date) {
                    end_of_life.push((range, date));
                }
            }
        }
        let file = self
            .get(table, "file")
            .and_then(|found| self.text(found, "`file`"));
        let tag = self.get(table, "tag").and_then(|found| {
            let text = self.text(found, "`tag`")?;
            if !text.value.contains("{version}") {
                self.error(text.span, "`tag` must have `{version}` in it");
            }
            Some(text.value)
        });
        Axis {
            name,
            granularity,
            versions,
            yanked,
            end_of_life,
            file,
            tag,
            span: table.span,
        }
    }

    fn versions(
        &mut self,
        granularity: Granularity,
        found: Found<'_>,
        what: &str,
    ) -> Vec<Spanned<Version>> {
        self.texts(found, what)
            .into_iter()
            .filter_map(|text| self.version(granularity, &text))
            .collect()
    }

    /// A version as the file must write it: no `v`, no vendor's suffix.
    fn version(
        &mut self,
        granularity: Granularity,
        text: &Spanned<String>,
    ) -> Option<Spanned<Version>> {
        let read = granularity.read(&text.value);
        let strict = match &read {
            Ok(version) => granularity.show(version) == text.value,
            Err(_) => false,
        };
        match read {
            Ok(version) if strict => Some(Spanned {
                value: version,
                span: text.span,
            }),
            Ok(version) => {
                let written = granularity.show(&version);
                self.error_with(
                    text.span,
                    format!("`{}` is not how the file writes a version", text.value),
                    Some(format!("write `{written}`")),
                );
                None
            }
            Err(error) => {
                self.error_with(text.span, error.message, error.help);
                None
            }
        }
    }

    fn range(&mut self, text: &Spanned<String>) -> Option<Spanned<Range>> {
        match text.value.parse() {
            Ok(value) => Some(Spanned {
                value,
                span: text.span,
            }),
            Err(error) => {
                let error: super::version::VersionError = error;
                self.error_with(text.span, error.message, error.help);
                None
            }
        }
    }

    fn ranges(&mut self, found: Found<'_>, what: &str) -> Vec<Spanned<Range>> {
        let texts = self.texts(found, what);
        if texts.is_empty() && found.item.as_array().is_some() {
            self.error(found.span, format!("{what} is empty: nothing can match"));
        }
        texts.iter().filter_map(|text| self.range(text)).collect()
    }

    /// One of several words.
    fn word<T: Copy>(
        &mut self,
        found: Found<'_>,
        what: &str,
        words: &[(&str, T)],
    ) -> Option<Spanned<T>> {
        let text = self.text(found, what)?;
        let known = words.iter().find(|(word, _)| *word == text.value);
        if known.is_none() {
            let names: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            let help = did_you_mean(&text.value, names.iter().copied())
                .map(|near| format!("did you mean `{near}`?"));
            let message = format!("{what} must be one of {}", names.join(", "));
            self.error_with(text.span, message, help);
        }
        known.map(|(_, value)| Spanned {
            value: *value,
            span: text.span,
        })
    }

    fn axis_is_known(&mut self, axes: &[Axis], name: &Spanned<String>) -> bool {
        let known = axes.iter().any(|axis| axis.name.value == name.value);
        if !known {
            let names = axes.iter().map(|axis| axis.name.value.as_str());
            let help = match name.value.as_str() {
                "use" => Some("what to use instead stands in `deprecated`".to_owned()),
                other => did_you_mean(other, names).map(|near| format!("did you mean `{near}`?")),
            };
            self.error_with(
                name.span,
                format!("there is no axis `{}`", name.value),
                help,
            );
        }
        known
    }
}
