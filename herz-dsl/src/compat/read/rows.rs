//! Rows of the matrix: releases, what runs on what, features, upgrades.

use crate::compat::matrix::{
    Axis, Claim, Feature, KnownBad, LIBRARY, Release, RunsOn, Status, Tested, Upgrade, What,
};
use crate::compat::range::Range;
use crate::compat::version::Granularity;
use crate::schema::value::Spanned;
use crate::toml::{Found, Reader, Table};
use semver::Version;

/// Keys of a release that are no axes.
const RELEASE: &[&str] = &[
    "status",
    "released",
    "end-of-life",
    "prereleases",
    "tested",
    "known-bad",
    "features",
];

type ByAxis<T> = Vec<(Spanned<String>, Spanned<T>)>;

fn granularity(axes: &[Axis], name: &str) -> Granularity {
    axes.iter()
        .find(|axis| axis.name.value == name)
        .map_or(Granularity::Patch, |axis| axis.granularity)
}

impl Reader {
    pub(super) fn release(&mut self, axes: &[Axis], table: Table<'_>) -> Option<Release> {
        let mut known: Vec<&str> = RELEASE.to_vec();
        known.extend(axes.iter().map(|axis| axis.name.value.as_str()));
        if !known.contains(&LIBRARY) {
            known.push(LIBRARY);
        }
        self.known_keys(table, "a release", &known);
        let library = match self.get(table, LIBRARY) {
            Some(found) => self
                .text(found, "`library`")
                .and_then(|text| self.version(granularity(axes, LIBRARY), &text)),
            None => {
                self.error(table.span, "a release has no `library`, its version");
                None
            }
        };
        let mut claims = Vec::new();
        for (name, found) in self.entries(table) {
            if name.value == LIBRARY || RELEASE.contains(&name.value.as_str()) {
                continue;
            }
            let Some(axis) = axes.iter().find(|axis| axis.name.value == name.value) else {
                continue;
            };
            let claim = if found.item.as_str().is_some() {
                let text = self.text(found, "a version");
                let exact = text.and_then(|text| self.exact(axis, &text));
                exact.map(Claim::Exact)
            } else {
                let ranges = self.ranges(found, "a list of ranges");
                (!ranges.is_empty()).then_some(Claim::Ranges(ranges))
            };
            claims.extend(claim.map(|claim| (name, claim)));
        }
        let status = match self.get(table, "status") {
            Some(found) => self.word(found, "`status`", &Status::ALL),
            None => {
                let all: Vec<&str> = Status::ALL.iter().map(|(name, _)| *name).collect();
                let message = format!("a release has no `status`: one of {}", all.join(", "));
                self.error(table.span, message);
                None
            }
        };
        let released = self.day(table, "released");
        let end_of_life = self.day(table, "end-of-life");
        let prereleases = self
            .get(table, "prereleases")
            .is_some_and(|found| self.flag(found, "`prereleases`"));
        let tested = self.rows(table, "tested", |reader, row| reader.tested(axes, row));
        let known_bad = self.rows(table, "known-bad", |reader, row| {
            reader.known_bad(axes, row)
        });
        let features = self
            .get(table, "features")
            .map(|found| self.texts(found, "`features`"))
            .unwrap_or_default();
        Some(Release {
            library: library?,
            claims,
            status: status?,
            released,
            end_of_life,
            prereleases,
            tested,
            known_bad,
            features,
            span: table.span,
        })
    }

    fn rows<T>(
        &mut self,
        table: Table<'_>,
        key: &str,
        read: impl Fn(&mut Self, Table<'_>) -> Option<T>,
    ) -> Vec<T> {
        let Some(found) = self.get(table, key) else {
            return Vec::new();
        };
        self.tables(found, &format!("`{key}`"))
            .into_iter()
            .filter_map(|row| read(self, row))
            .collect()
    }

    fn day(&mut self, table: Table<'_>, key: &str) -> Option<Spanned<super::Date>> {
        let found = self.get(table, key)?;
        let value = self.date(found, &format!("`{key}`"))?;
        Some(Spanned {
            value,
            span: found.span,
        })
    }

    /// A version where exactly one is meant; a range there is a mistake of its own.
    fn exact(&mut self, axis: &Axis, text: &Spanned<String>) -> Option<Spanned<Version>> {
        if axis.granularity.read(&text.value).is_err() && text.value.parse::<Range>().is_ok() {
            self.error_with(
                text.span,
                format!(
                    "`{}` is a range, and a text stands for one version",
                    text.value
                ),
                Some(format!("write a list: [\"{}\"]", text.value)),
            );
            return None;
        }
        self.version(axis.granularity, text)
    }

    /// `{ chaos-mesh = "2.7.0", spec = "1.1.0" }`, other keys apart.
    fn versions_by_axis(
        &mut self,
        axes: &[Axis],
        table: Table<'_>,
        other: &[&str],
    ) -> ByAxis<Version> {
        let mut list = Vec::new();
        for (name, found) in self.entries(table) {
            if other.contains(&name.value.as_str()) || !self.axis_is_known(axes, &name) {
                continue;
            }
            let text = self.text(found, "a version");
            let version = text.and_then(|text| self.version(granularity(axes, &name.value), &text));
            list.extend(version.map(|version| (name, version)));
        }
        list
    }

    fn ranges_by_axis(&mut self, axes: &[Axis], table: Table<'_>, other: &[&str]) -> ByAxis<Range> {
        let mut list = Vec::new();
        for (name, found) in self.entries(table) {
            if other.contains(&name.value.as_str()) || !self.axis_is_known(axes, &name) {
                continue;
            }
            let text = self.text(found, "a range");
            let range = text.and_then(|text| self.range(&text));
            list.extend(range.map(|range| (name, range)));
        }
        list
    }

    fn string(&mut self, table: Table<'_>, key: &str) -> Option<Spanned<String>> {
        let found = self.get(table, key)?;
        self.text(found, &format!("`{key}`"))
    }

    /// A text that must be there.
    fn required(&mut self, table: Table<'_>, key: &str, what: &str) -> Option<Spanned<String>> {
        if self.get(table, key).is_none() {
            self.error(table.span, format!("{what} has no `{key}`"));
        }
        self.string(table, key)
    }

    fn tested(&mut self, axes: &[Axis], table: Table<'_>) -> Option<Tested> {
        let cell = self.versions_by_axis(axes, table, &["evidence"]);
        let evidence = self.required(table, "evidence", "a tested cell")?;
        Some(Tested {
            cell,
            evidence: evidence.value,
            span: table.span,
        })
    }

    fn known_bad(&mut self, axes: &[Axis], table: Table<'_>) -> Option<KnownBad> {
        let cell = self.ranges_by_axis(axes, table, &["why", "issue"]);
        let why = self.required(table, "why", "a cell that is known to be bad")?;
        let issue = self.string(table, "issue").map(|text| text.value);
        if cell.is_empty() {
            self.error(table.span, "a cell that is known to be bad names no axis");
            return None;
        }
        Some(KnownBad {
            cell,
            why: why.value,
            issue,
            span: table.span,
        })
    }

    pub(super) fn runs_on(&mut self, axes: &[Axis], table: Table<'_>) -> Option<RunsOn> {
        let mut pairs = Vec::new();
        for (name, found) in self.entries(table) {
            if ["source", "note"].contains(&name.value.as_str()) || !self.axis_is_known(axes, &name)
            {
                continue;
            }
            let ranges = self.ranges(found, "a list of ranges");
            pairs.push((name, ranges));
        }
        let source = self.required(table, "source", "`runs-on`")?;
        let note = self.string(table, "note").map(|text| text.value);
        let [subject, on] = <[_; 2]>::try_from(pairs)
            .map_err(|_| {
                self.error(
                    table.span,
                    "`runs-on` names two axes: what runs, then what it runs on",
                );
            })
            .ok()?;
        Some(RunsOn {
            subject,
            on,
            source: source.value,
            note,
            span: table.span,
        })
    }

    pub(super) fn feature(&mut self, axes: &[Axis], table: Table<'_>) -> Option<Feature> {
        let known = [
            "id",
            "kind",
            "path",
            "what",
            "since",
            "until",
            "deprecated",
            "backports",
            "requires",
            "stability",
            "doc",
        ];
        self.known_keys(table, "a feature", &known);
        let id = self.required(table, "id", "a feature");
        let kinds = self
            .get(table, "kind")
            .map(|found| self.texts(found, "`kind`"))
            .unwrap_or_default();
        let path = self.string(table, "path");
        let what = match self.get(table, "what") {
            Some(found) => self.word(found, "`what`", &What::ALL),
            None => Some(Spanned {
                value: if path.is_some() {
                    What::Field
                } else {
                    What::Behaviour
                },
                span: table.span,
            }),
        };
        let life = |reader: &mut Self, key: &str, other: &[&str]| {
            let found = reader.get(table, key);
            found
                .and_then(|found| reader.table(found, &format!("`{key}`")))
                .map(|life| (reader.versions_by_axis(axes, life, other), life))
        };
        let since = life(self, "since", &[]).map(|it| it.0).unwrap_or_default();
        let until = life(self, "until", &[]).map(|it| it.0).unwrap_or_default();
        let (deprecated, instead) = match life(self, "deprecated", &["use"]) {
            Some((list, table)) => (list, self.string(table, "use")),
            None => (Vec::new(), None),
        };
        let backports = self
            .rows(table, "backports", |reader, row| {
                Some(reader.ranges_by_axis(axes, row, &[]))
            })
            .into_iter()
            .flatten()
            .collect();
        let requires = self
            .get(table, "requires")
            .map(|found| self.texts(found, "`requires`"))
            .unwrap_or_default();
        let stability = self.string(table, "stability").filter(|text| {
            let known = ["alpha", "beta", "stable"].contains(&text.value.as_str());
            if !known {
                self.error(text.span, "`stability` must be one of alpha, beta, stable");
            }
            known
        });
        let doc = self.string(table, "doc").map(|text| text.value);
        Some(Feature {
            id: id?,
            kinds,
            path,
            what: what?,
            since,
            until,
            deprecated,
            instead,
            backports,
            requires,
            stability,
            doc: doc.unwrap_or_default(),
            span: table.span,
        })
    }

    pub(super) fn upgrade(&mut self, axes: &[Axis], table: Table<'_>) -> Option<Upgrade> {
        let known = [
            "axis",
            "from",
            "to",
            "steps",
            "reversible",
            "bump",
            "breaks",
        ];
        self.known_keys(table, "an upgrade", &known);
        let axis = self.required(table, "axis", "an upgrade");
        let ends = |reader: &mut Self, key: &str| match reader.get(table, key) {
            Some(found) => {
                let one = found.item.as_str().map(str::to_owned);
                let exact = one.and_then(|text| {
                    let name = axis.as_ref()?;
                    granularity(axes, &name.value).read(&text).ok()
                });
                match exact {
                    Some(version) => vec![Spanned {
                        value: Range::exactly(&version),
                        span: found.span,
                    }],
                    None => reader.ranges(found, &format!("`{key}`")),
                }
            }
            None => {
                reader.error(table.span, format!("an upgrade has no `{key}`"));
                Vec::new()
            }
        };
        let (from, to) = (ends(self, "from"), ends(self, "to"));
        let list = |reader: &mut Self, key: &str| -> Vec<String> {
            let found: Option<Found<'_>> = reader.get(table, key);
            let texts = found.map(|found| reader.texts(found, &format!("`{key}`")));
            texts
                .unwrap_or_default()
                .into_iter()
                .map(|text| text.value)
                .collect()
        };
        let (steps, breaks) = (list(self, "steps"), list(self, "breaks"));
        let reversible = self
            .get(table, "reversible")
            .is_some_and(|found| self.flag(found, "`reversible`"));
        let bump = self.string(table, "bump");
        let axis = axis.filter(|axis| self.axis_is_known(axes, axis))?;
        Some(Upgrade {
            axis,
            from,
            to,
            steps,
            reversible,
            bump,
            breaks,
            span: table.span,
        })
    }
}
