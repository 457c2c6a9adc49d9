//! Every mistake that a compatibility matrix may have: its place, what is said of it, and that the
//! matrix with the mistake mended is read without that finding.
#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use herz_dsl::compat::{self, Inputs, NoDocuments};
use herz_dsl::diagnostic::{Diagnostic, Level};
use herz_dsl::source::SourceId;

/// Two axes, which most of the mistakes need.
const AXES: &str = "schema = 1
[axes]
library = { versions = [\"1.0.0\", \"1.1.0\"] }
chaos-mesh = { versions = [\"2.6.0\", \"2.7.0\"] }
";

/// A row that lacks nothing.
const ROW: &str = "[[release]]
library = \"1.0.0\"
status = \"supported\"
";

fn found(text: &str) -> Vec<Diagnostic> {
    let (matrix, mut found) = compat::read(SourceId(0), text);
    let inputs = Inputs {
        source: (SourceId(0), text),
        catalog: None,
        today: None,
        published: None,
        documents: &NoDocuments,
        fresh: true,
    };
    found.extend(compat::check(&matrix, &inputs));
    found
}

/// The text that a finding points at.
fn place<'t>(text: &'t str, finding: &Diagnostic) -> &'t str {
    let span = finding.span.unwrap();
    text.get(span.start as usize..span.end as usize).unwrap()
}

/// `(wrong, right, place, words)`: the text with `wrong` has a finding there that says so, the one with
/// `right` has not.
fn each(before: &str, cases: &[(&str, &str, &str, &str)]) {
    for (wrong, right, at, words) in cases {
        let text = format!("{before}{wrong}\n");
        let all = found(&text);
        let says = |it: &&Diagnostic| {
            let help = it.help.iter().any(|help| help.contains(words));
            it.level == Level::Error && (it.message.contains(words) || help)
        };
        let told = all.iter().find(says);
        assert!(told.is_some(), "{text}\n`{words}` is not among {all:#?}");
        let place = place(&text, told.unwrap());
        assert!(place.starts_with(at), "{text}\n`{place}` is not `{at}`");
        let text = format!("{before}{right}\n");
        let all = found(&text);
        assert!(!all.iter().any(|it| says(&it)), "{text}\n{all:#?}");
    }
}

#[test]
fn axes() {
    each(
        "schema = 1\n[axes.a]\n",
        &[
            (
                "versions = 1",
                "versions = [\"1.0.0\"]",
                "1",
                "must be a list of texts",
            ),
            (
                "versions = [1]",
                "versions = [\"1.0.0\"]",
                "1",
                "must be a text",
            ),
            (
                "versions = [\"1\"]",
                "versions = [\"1.0.0\"]",
                "\"1\"",
                "is no version",
            ),
            (
                "versions = [\"v1.0.0\"]",
                "versions = [\"1.0.0\"]",
                "\"v1.0.0\"",
                "write `1.0.0`",
            ),
            (
                "granularity = \"major\"",
                "granularity = \"minor\"",
                "\"major\"",
                "must be one of patch, minor",
            ),
            (
                "granularity = 2",
                "granularity = \"minor\"",
                "2",
                "must be a text",
            ),
            (
                "versions = [\"1.0.0\"]\nyanked = [\"x\"]",
                "versions = [\"1.0.0\"]\nyanked = [\"1.0.0\"]",
                "\"x\"",
                "is no version",
            ),
            (
                "versions = [\"1.0.0\"]\nend-of-life = 3",
                "versions = [\"1.0.0\"]\nend-of-life = { \"~1.0\" = 2026-01-01 }",
                "3",
                "must be a table",
            ),
            (
                "versions = [\"1.0.0\"]\nend-of-life = { \"~1.0\" = \"soon\" }",
                "versions = [\"1.0.0\"]\nend-of-life = { \"~1.0\" = 2026-01-01 }",
                "\"soon\"",
                "must be a date",
            ),
            (
                "versions = [\"1.0.0\"]\ntag = \"v\"",
                "versions = [\"1.0.0\"]\ntag = \"v{version}\"",
                "\"v\"",
                "must have `{version}` in it",
            ),
            (
                "versions = [\"1.0.0\"]\nyankd = []",
                "versions = [\"1.0.0\"]\nyanked = []",
                "yankd",
                "did you mean `yanked`",
            ),
        ],
    );
}

#[test]
fn releases() {
    each(
        &format!("{AXES}{ROW}"),
        &[
            (
                "chaos-mesh = [\">>2\"]",
                "chaos-mesh = [\">=2.6\"]",
                "\">>2\"",
                ">>2",
            ),
            (
                "chaos-mesh = []",
                "chaos-mesh = [\">=2.6\"]",
                "[]",
                "nothing can match",
            ),
            (
                "chaos-mesh = \">=2.6\"",
                "chaos-mesh = [\">=2.6\"]",
                "\">=2.6\"",
                "write a list",
            ),
            (
                "chaos-mesh = 2",
                "chaos-mesh = [\">=2.6\"]",
                "2",
                "a list of",
            ),
            (
                "released = \"x\"",
                "released = 2026-01-01",
                "\"x\"",
                "must be a date",
            ),
            (
                "end-of-life = true",
                "end-of-life = 2027-01-01",
                "true",
                "must be a date",
            ),
            (
                "prereleases = \"yes\"",
                "prereleases = true",
                "\"yes\"",
                "must be true or false",
            ),
            ("tested = 1", "tested = []", "1", "must be a list of tables"),
            (
                "tested = [{ chaos-mesh = \"2.6.0\" }]",
                "tested = [{ chaos-mesh = \"2.6.0\", evidence = \"run\" }]",
                "{ chaos-mesh",
                "has no `evidence`",
            ),
            (
                "tested = [{ chaos-mush = \"2.6.0\", evidence = \"run\" }]",
                "tested = [{ chaos-mesh = \"2.6.0\", evidence = \"run\" }]",
                "chaos-mush",
                "did you mean `chaos-mesh`",
            ),
            (
                "known-bad = [{ chaos-mesh = \"=2.6.0\" }]",
                "known-bad = [{ chaos-mesh = \"=2.6.0\", why = \"x\" }]",
                "{ chaos-mesh",
                "has no `why`",
            ),
            (
                "known-bad = [{ why = \"x\" }]",
                "known-bad = [{ chaos-mesh = \"=2.6.0\", why = \"x\" }]",
                "{ why",
                "names no axis",
            ),
            ("features = [1]", "features = []", "1", "must be a text"),
            (
                "chaosmesh = [\"*\"]",
                "chaos-mesh = [\"*\"]",
                "chaosmesh",
                "did you mean",
            ),
        ],
    );
    each(
        AXES,
        &[
            (
                "[[release]]\nstatus = \"supported\"",
                ROW,
                "[[release]]",
                "has no `library`",
            ),
            (
                "[[release]]\nlibrary = \"1.0.0\"",
                ROW,
                "[[release]]",
                "has no `status`",
            ),
            ("[release]", ROW, "[release]", "must be a list of tables"),
        ],
    );
}

#[test]
fn features_and_upgrades() {
    each(
        AXES,
        &[
            (
                "[[feature]]\ndoc = \"x\"",
                "[[feature]]\nid = \"a\"",
                "[[feature]]",
                "has no `id`",
            ),
            (
                "[[feature]]\nid = \"a\"\nwhat = \"thing\"",
                "[[feature]]\nid = \"a\"\nwhat = \"field\"",
                "\"thing\"",
                "must be one of",
            ),
            (
                "[[feature]]\nid = \"a\"\nsince = \"2.6.0\"",
                "[[feature]]\nid = \"a\"\nsince = { chaos-mesh = \"2.6.0\" }",
                "\"2.6.0\"",
                "must be a table",
            ),
            (
                "[[feature]]\nid = \"a\"\nuntil = { chaos-mesh = \"2.6.0\", use = \"b\" }",
                "[[feature]]\nid = \"a\"\ndeprecated = { chaos-mesh = \"2.6.0\", use = \"b\" }",
                "use",
                "stands in `deprecated`",
            ),
            (
                "[[feature]]\nid = \"a\"\nsince = { mesh = \"2.6.0\" }",
                "[[feature]]\nid = \"a\"\nsince = { chaos-mesh = \"2.6.0\" }",
                "mesh",
                "there is no axis `mesh`",
            ),
            (
                "[[feature]]\nid = \"a\"\nstability = \"good\"",
                "[[feature]]\nid = \"a\"\nstability = \"stable\"",
                "\"good\"",
                "must be one of alpha",
            ),
            (
                "[[upgrade]]\nfrom = [\"*\"]\nto = [\"*\"]",
                "[[upgrade]]\naxis = \"chaos-mesh\"\nfrom = [\"*\"]\nto = [\"*\"]",
                "[[upgrade]]",
                "has no `axis`",
            ),
            (
                "[[upgrade]]\naxis = \"chaos-mesh\"\nto = [\"*\"]",
                "[[upgrade]]\naxis = \"chaos-mesh\"\nfrom = [\"*\"]\nto = [\"*\"]",
                "[[upgrade]]",
                "has no `from`",
            ),
            (
                "[[upgrade]]\naxis = \"mesh\"\nfrom = [\"*\"]\nto = [\"*\"]",
                "[[upgrade]]\naxis = \"chaos-mesh\"\nfrom = [\"*\"]\nto = [\"*\"]",
                "\"mesh\"",
                "there is no axis `mesh`",
            ),
            (
                "[[upgrade]]\naxis = \"chaos-mesh\"\nfrom = []\nto = [\"*\"]",
                "[[upgrade]]\naxis = \"chaos-mesh\"\nfrom = [\"*\"]\nto = [\"*\"]",
                "[]",
                "nothing can match",
            ),
            (
                "[[upgrade]]\naxis = \"chaos-mesh\"\nfrom = [\"*\"]\nto = [\"*\"]\nreversible = 1",
                "[[upgrade]]\naxis = \"chaos-mesh\"\nfrom = [\"*\"]\nto = [\"*\"]\nreversible = true",
                "1",
                "must be true or false",
            ),
        ],
    );
}

#[test]
fn statements_policies_and_renderings() {
    each(
        AXES,
        &[
            (
                "[[runs-on]]\nlibrary = [\"*\"]\nsource = \"x\"",
                "[[runs-on]]\nlibrary = [\"*\"]\nchaos-mesh = [\"*\"]\nsource = \"x\"",
                "[[runs-on]]",
                "names two axes",
            ),
            (
                "[[runs-on]]\nlibrary = [\"*\"]\nchaos-mesh = [\"*\"]",
                "[[runs-on]]\nlibrary = [\"*\"]\nchaos-mesh = [\"*\"]\nsource = \"x\"",
                "[[runs-on]]",
                "has no `source`",
            ),
            (
                "[policy]\nchaos-mesh = \"together\"",
                "[policy]\nchaos-mesh = \"lockstep\"",
                "\"together\"",
                "must be one of",
            ),
            (
                "[render]\nmarkdwon = \"a.md\"",
                "[render]\nmarkdown = \"a.md\"",
                "markdwon",
                "did you mean `markdown`",
            ),
            (
                "[render]\nhtml = 1",
                "[render]\nhtml = \"a.html\"",
                "1",
                "must be a text",
            ),
        ],
    );
}
