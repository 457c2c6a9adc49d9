//! `rules:` and `documentRules:`.

use super::enums::{read_layer, read_level};
use super::life::{self, LifeDecl};
use super::path::PathDecl;
use super::read::{Map, Reader, quoted};
use super::value::{Text, Value};
use super::when::ConditionDecl;
use crate::catalog::{Compare, Layer};
use crate::diagnostic::{Diagnostic, codes};
use crate::source::Span;
use herz_types::Level;

const KEYWORDS: &[&str] = &[
    "name", "when", "message", "doc", "level", "by", "filled", "at",
];
/// The verbs, of which a rule has exactly one.
pub const VERBS: &[&str] = &[
    "requires",
    "forbids",
    "exactlyOneOf",
    "atLeastOneOf",
    "atMostOneOf",
    "compare",
    "unique",
    "refersTo",
    "acyclic",
    "immutable",
    "cel",
];

/// A rule as written.
#[derive(Debug, Clone, PartialEq)]
pub struct RuleDecl {
    /// Unique in its object.
    pub name: Text,
    /// What it demands.
    pub verb: Verb,
    /// Only where these hold.
    pub when: Vec<ConditionDecl>,
    /// Message instead of the generic one.
    pub message: Option<Text>,
    /// Why.
    pub doc: String,
    /// How bad it is to break it.
    pub level: Level,
    /// Who enforces it.
    pub layer: Layer,
    /// Whether only filled fields count as there.
    pub filled: bool,
    /// Releases that have it.
    pub life: LifeDecl,
    /// The whole rule.
    pub span: Span,
}

/// What a rule demands, as written.
#[derive(Debug, Clone, PartialEq)]
pub enum Verb {
    /// All of them are there.
    Requires(Vec<PathDecl>),
    /// None of them is there.
    Forbids(Vec<PathDecl>),
    /// So many of them are there: least number, whether one is the most.
    Count(Vec<PathDecl>, u8, bool),
    /// Two fields in a relation.
    Compare(PathDecl, Compare, PathDecl),
    /// Entries of a list differ, by a field or whole.
    Unique(PathDecl, Option<Text>),
    /// Each name used is a name given.
    RefersTo {
        /// Names used.
        from: PathDecl,
        /// Names given.
        to: PathDecl,
        /// Only for these items.
        of: Vec<ConditionDecl>,
    },
    /// No circle.
    Acyclic {
        /// The list.
        list: PathDecl,
        /// Name of an item.
        name: Text,
        /// Names an item refers to.
        edges: PathDecl,
    },
    /// Unchanged after creation.
    Immutable(Vec<PathDecl>),
    /// A CEL expression and the fields to point at.
    Cel(Text, Vec<PathDecl>),
}

impl RuleDecl {
    /// Reads a list of rules.
    pub fn read_list(reader: &mut Reader, value: &Value, keyword: &str) -> Option<Vec<Self>> {
        let items = reader.items(value, keyword)?;
        Some(
            items
                .iter()
                .filter_map(|item| Self::read(reader, item))
                .collect(),
        )
    }

    fn read(reader: &mut Reader, value: &Value) -> Option<Self> {
        let map = reader.map(value, "a rule", &[KEYWORDS, VERBS, life::KEYWORDS])?;
        let name = map.require(reader, "name", Reader::text);
        let verb = read_verb(reader, map);
        let message = map.read(reader, "message", Reader::text);
        if map.has("cel") && !map.has("message") {
            reader.missing("a rule with `cel`", "message", map.head());
        }
        if !map.has("cel")
            && let Some((key, _)) = map.entry("at")
        {
            reader.missing("`at`", "cel", key.span);
        }
        if let Some((key, _)) = map.entry("filled")
            && ![
                "requires",
                "forbids",
                "exactlyOneOf",
                "atLeastOneOf",
                "atMostOneOf",
            ]
            .iter()
            .any(|verb| map.has(verb))
            && verb.is_some()
        {
            let message = "`filled` says what counts as there, and this rule does not ask whether something is there";
            reader
                .diagnostics
                .push(Diagnostic::error(codes::CONFLICT, key.span, message));
        }
        let when = map
            .read(reader, "when", ConditionDecl::read_map)
            .unwrap_or_default();
        let doc = map.doc(reader);
        let level = map
            .read(reader, "level", read_level)
            .unwrap_or(Level::Error);
        let layer = map
            .read(reader, "by", read_layer)
            .unwrap_or(Layer::Admission);
        let filled = map.flag(reader, "filled");
        let life = LifeDecl::read(reader, map);
        Some(Self {
            name: name?,
            verb: verb?,
            when,
            message,
            doc,
            level,
            layer,
            filled,
            life,
            span: map.span,
        })
    }
}

/// Reads the one verb of a rule.
fn read_verb(reader: &mut Reader, map: Map<'_>) -> Option<Verb> {
    let mut written = VERBS
        .iter()
        .filter_map(|verb| map.entry(verb).map(|(key, value)| (*verb, key, value)));
    let Some((verb, key, value)) = written.next() else {
        let message = "a rule needs one of the verbs";
        let finding = Diagnostic::error(codes::MISSING_KEYWORD, map.head(), message)
            .help(format!("the verbs are {}", quoted(VERBS.iter().copied())));
        reader.diagnostics.push(finding);
        return None;
    };
    for (other, at, _) in written {
        reader.conflict(
            format!("a rule has one verb: `{verb}` or `{other}`"),
            at.span,
            key.span,
        );
    }
    let paths = |reader: &mut Reader, least: usize| {
        let paths = PathDecl::read_list(reader, value, verb)?;
        if value.items().is_some_and(|items| items.len() < least) {
            reader.shape(
                value,
                format!(
                    "`{verb}` must be a list of at least {least} field{}",
                    if least == 1 { "" } else { "s" }
                ),
            );
            return None;
        }
        Some(paths)
    };
    Some(match verb {
        "requires" => Verb::Requires(paths(reader, 1)?),
        "forbids" => Verb::Forbids(paths(reader, 1)?),
        "exactlyOneOf" => Verb::Count(paths(reader, 1)?, 1, true),
        "atLeastOneOf" => Verb::Count(paths(reader, 1)?, 1, false),
        "atMostOneOf" => Verb::Count(paths(reader, 2)?, 0, true),
        "immutable" => Verb::Immutable(paths(reader, 1)?),
        "compare" => read_compare(reader, value)?,
        "unique" if value.entries().is_none() => {
            Verb::Unique(PathDecl::read(reader, value, verb)?, None)
        }
        "unique" => {
            let map = reader.map(value, "`unique`", &[&["list", "by"]])?;
            let list = map.require(reader, "list", PathDecl::read);
            let by = map.read(reader, "by", Reader::text);
            Verb::Unique(list?, by)
        }
        "refersTo" => {
            let map = reader.map(value, "`refersTo`", &[&["from", "to", "of"]])?;
            let from = map.require(reader, "from", PathDecl::read);
            let to = map.require(reader, "to", PathDecl::read);
            let of = map
                .read(reader, "of", ConditionDecl::read_map)
                .unwrap_or_default();
            Verb::RefersTo {
                from: from?,
                to: to?,
                of,
            }
        }
        "acyclic" => {
            let map = reader.map(value, "`acyclic`", &[&["list", "name", "edges"]])?;
            let list = map.require(reader, "list", PathDecl::read);
            let name = map.require(reader, "name", Reader::text);
            let edges = map.require(reader, "edges", PathDecl::read);
            Verb::Acyclic {
                list: list?,
                name: name?,
                edges: edges?,
            }
        }
        _ => {
            let at = map
                .read(reader, "at", PathDecl::read_list)
                .unwrap_or_default();
            Verb::Cel(reader.text(value, "cel")?, at)
        }
    })
}

/// Reads `"jitter <= latency"`.
fn read_compare(reader: &mut Reader, value: &Value) -> Option<Verb> {
    const RELATIONS: &[(&str, Compare)] = &[
        ("<=", Compare::LessOrEqual),
        (">=", Compare::GreaterOrEqual),
        ("==", Compare::Equal),
        ("!=", Compare::NotEqual),
        ("<", Compare::Less),
        (">", Compare::Greater),
    ];
    let text = reader.text(value, "compare")?;
    for (sign, relation) in RELATIONS {
        if let Some((left, right)) = text.text.split_once(sign) {
            let side = |side: &str| Text::new(side.trim(), text.span);
            let left = PathDecl::from_text(reader, &side(left));
            let right = PathDecl::from_text(reader, &side(right));
            return Some(Verb::Compare(left?, *relation, right?));
        }
    }
    reader.shape(
        value,
        "`compare` must be two fields with `<`, `<=`, `>`, `>=`, `==` or `!=` between them",
    );
    None
}
