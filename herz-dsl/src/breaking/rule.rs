//! The rules as data. Each stands in a file of its own, `rules/<id>.yaml`, with what it means, why
//! it matters, what to do instead, and fixtures; `rules/table.rs` is made from them.

use super::level::{Confidence, Level};
use crate::source::SourceId;
use crate::tree::{self, Limits, Node};
use std::fmt::Write;

#[path = "rules/table.rs"]
mod table;

/// One rule.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// Its id, for example `field-removed`.
    pub id: &'static str,
    /// What changed, in a few words.
    pub title: &'static str,
    /// Which part of the catalogue it belongs to, for example `fields`.
    pub group: &'static str,
    /// Level where values are written by users.
    pub input: (Level, Confidence),
    /// Level where values are read by users.
    pub output: (Level, Confidence),
    /// Level for generated packages.
    pub client: Level,
    /// Whether it fails a gate rather than asking for a version.
    pub gate: bool,
    /// Its file: YAML.
    pub text: &'static str,
}

impl Rule {
    /// What the rule means, why it matters and what to do instead, with an example, in Markdown.
    pub fn page(&self) -> String {
        let (tree, _) = tree::parse(SourceId(0), self.text.as_bytes(), &Limits::default());
        let mut page = format!("# {}: {}\n", self.id, self.title);
        let Some(root) = tree.documents().next().map(|it| it.root()) else {
            return page;
        };
        let text = |node: Node<'_>, key: &str| {
            let scalar = node.get(key).and_then(Node::scalar);
            scalar
                .map(|it| it.text.trim_end().to_owned())
                .unwrap_or_default()
        };
        let _ = writeln!(page, "\n{}", text(root, "why"));
        let level = |(level, confidence): Cell| match confidence {
            Confidence::Certain => level.name().to_owned(),
            Confidence::Possible => format!("{level} (possible)"),
        };
        let _ = writeln!(
            page,
            "\n| input | output | generated packages |\n|---|---|---|"
        );
        let gate = if self.gate { " (fails a gate)" } else { "" };
        let _ = writeln!(
            page,
            "| {}{gate} | {}{gate} | {} |",
            level(self.input),
            level(self.output),
            self.client
        );
        for (key, start) in [
            ("when", "Depends: "),
            ("opposite", "Opposite: "),
            ("alone", "No opposite: "),
        ] {
            let value = text(root, key);
            if !value.is_empty() {
                let _ = writeln!(page, "\n{start}{value}.");
            }
        }
        for (part, title) in [("example", "Example"), ("nearMiss", "Not this rule")] {
            let Some(example) = root.get(part) else {
                continue;
            };
            let _ = writeln!(page, "\n## {title}");
            for (key, word) in [("before", "Before"), ("after", "After")] {
                let _ = writeln!(page, "\n{word}:\n\n```yaml\n{}\n```", text(example, key));
            }
        }
        let _ = writeln!(page, "\n## Instead\n\n{}", text(root, "instead"));
        page
    }

    /// What the rule breaks: `wire` (a valid document is refused, or a reader meets what it was told
    /// would not come), `stored` (what is stored does not read back whole), `meaning` (the same
    /// document does something else), `client` (code written against generated packages).
    pub fn breaks(&self) -> Vec<String> {
        self.look(|root| {
            let list = root.get("breaks").map(Node::items);
            let texts = list.into_iter().flatten().filter_map(Node::text);
            texts.map(str::to_owned).collect()
        })
        .unwrap_or_default()
    }

    /// Why a gate lets it pass, if it does: a removal that was announced.
    pub(super) fn passes(&self) -> Option<&'static str> {
        // Which rules these are stands in their files; asked for every finding, so not read there.
        match self.id {
            "field-removed-sunset" | "op-removed-sunset" => Some("its announced end is over"),
            _ => None,
        }
    }

    /// A text of the rule's file.
    pub(super) fn field(&self, key: &str) -> String {
        self.look(|root| {
            let scalar = root.get(key).and_then(Node::scalar);
            scalar.map(|it| it.text.trim_end().to_owned())
        })
        .flatten()
        .unwrap_or_default()
    }

    fn look<T>(&self, look: impl FnOnce(Node<'_>) -> T) -> Option<T> {
        let (tree, _) = tree::parse(SourceId(0), self.text.as_bytes(), &Limits::default());
        tree.documents().next().map(|it| look(it.root()))
    }

    /// The worse of both directions.
    pub(super) fn worst(&self) -> (Level, Confidence) {
        self.input.max(self.output)
    }
}

const MAJOR: Cell = (Level::Major, Confidence::Certain);
const MAJOR_MAYBE: Cell = (Level::Major, Confidence::Possible);
const MINOR: Cell = (Level::Minor, Confidence::Certain);
const MINOR_MAYBE: Cell = (Level::Minor, Confidence::Possible);
const PATCH: Cell = (Level::Patch, Confidence::Certain);
const NONE: Cell = (Level::None, Confidence::Certain);

type Cell = (Level, Confidence);

/// A line of the table.
#[allow(
    clippy::too_many_arguments,
    reason = "a line of the table, written by a test"
)]
const fn rule(
    id: &'static str,
    title: &'static str,
    group: &'static str,
    input: Cell,
    output: Cell,
    client: Cell,
    gate: bool,
    text: &'static str,
) -> Rule {
    Rule {
        id,
        title,
        group,
        input,
        output,
        client: client.0,
        gate,
        text,
    }
}

/// Every rule, in order of its id.
pub fn all() -> &'static [Rule] {
    table::RULES
}

/// The rule of that id.
pub fn find(id: &str) -> Option<&'static Rule> {
    let at = table::RULES.binary_search_by(|rule| rule.id.cmp(id)).ok()?;
    table::RULES.get(at)
}

/// The rule of that id. A change must not pass because its rule is misspelled, so an unknown id
/// gives the rule `unhandled`.
pub(super) fn get(id: &str) -> &'static Rule {
    static UNHANDLED: Rule = Rule {
        id: "unhandled",
        title: "a difference no rule claims",
        group: "lifecycle and documentation",
        input: (Level::Major, Confidence::Possible),
        output: (Level::Major, Confidence::Possible),
        client: Level::Major,
        gate: false,
        text: "",
    };
    find(id).or_else(|| find("unhandled")).unwrap_or(&UNHANDLED)
}
