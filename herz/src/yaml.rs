//! YAML read to typed documents, every error with its line and column.
//!
//! ```
//! let text = "apiVersion: chaos-mesh.org/v1alpha1\nkind: NetworkChaos\nspec:\n  mode: [one]\n";
//! let errors = herz::yaml::read(text).unwrap_err();
//! let line = "4:3: spec.mode: expected a text, found a list [HZ0101]";
//! assert!(errors.iter().any(|error| error.to_string() == line));
//! ```

use herz_dsl::diagnostic::Diagnostic;
use herz_dsl::source::{Position, Source, SourceId};
use herz_dsl::tree::{self, Limits, Node};
use herz_types::codes;
use herz_types::read::{Read, Reader};
use herz_types::{Level, Path, Segment, Validate, Violation};
use std::fmt;

/// Something wrong in a YAML text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located {
    /// What is wrong. For errors of the YAML itself the path is empty.
    pub violation: Violation,
    /// Number of the document in the text, from 0.
    pub document: u32,
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

impl fmt::Display for Located {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            violation,
            line,
            column,
            ..
        } = self;
        write!(f, "{line}:{column}: ")?;
        if violation.path == Path::root() {
            write!(f, "{} [{}]", violation.message, violation.code)
        } else {
            violation.fmt(f)
        }
    }
}

/// Reads all documents of a text; the error is everything that does not fit.
#[cfg(feature = "types")]
pub fn read(text: &str) -> Result<Vec<crate::ChaosSpec>, Vec<Located>> {
    read_as(text)
}

/// Reads and validates all documents of a file; the error is everything that is wrong with it, its bytes
/// included, which may be no text at all. Warnings don't count.
#[cfg(feature = "types")]
pub fn read_valid(bytes: &[u8]) -> Result<Vec<crate::ChaosSpec>, Vec<Located>> {
    Text::of_bytes(bytes).read_all(crate::ChaosSpec::validate)
}

/// Reads all documents of a text as one type, such as [`crate::chaos_mesh::NetworkChaos`].
pub fn read_as<T: Read>(text: &str) -> Result<Vec<T>, Vec<Located>> {
    Text::of_bytes(text.as_bytes()).read_all(|_| Vec::new())
}

/// Reads all documents of a text and validates those that could be read. Gives them, and
/// everything that was found: errors and warnings of reading, and all violations.
pub fn read_and_validate<T: Read + Validate>(text: &str) -> (Vec<T>, Vec<Located>) {
    Text::of_bytes(text.as_bytes()).read(T::validate)
}

/// What is read, and its lines.
struct Text<'a> {
    bytes: &'a [u8],
    /// As places point into it: what is no text has replacement characters here.
    source: Source,
}

impl<'a> Text<'a> {
    fn of_bytes(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            source: Source::new("", String::from_utf8_lossy(bytes)),
        }
    }

    /// All documents, or all errors.
    fn read_all<T: Read>(
        &self,
        judge: impl Fn(&T) -> Vec<Violation>,
    ) -> Result<Vec<T>, Vec<Located>> {
        let (documents, mut found) = self.read(judge);
        found.retain(|one| one.violation.level == Level::Error);
        if found.is_empty() {
            Ok(documents)
        } else {
            Err(found)
        }
    }

    fn read<T: Read>(&self, judge: impl Fn(&T) -> Vec<Violation>) -> (Vec<T>, Vec<Located>) {
        let (tree, diagnostics) = tree::parse(SourceId::default(), self.bytes, &Limits::default());
        let mut found: Vec<Located> = diagnostics.iter().map(|one| self.of_yaml(one)).collect();
        let mut documents = Vec::new();
        for document in tree.documents() {
            let (root, number) = (document.root(), document.index());
            if root.is_broken() || root.is_null() {
                continue;
            }
            let json = root.to_json();
            let mut cx = Reader::default();
            let read = T::read(&json, &mut cx);
            let failed = cx.failed();
            let mut violations = cx.into_findings();
            if let Some(document) = read.filter(|_| !failed) {
                violations.extend(judge(&document));
                documents.push(document);
            }
            found.extend(
                violations
                    .into_iter()
                    .map(|one| self.of_document(one, root, number)),
            );
        }
        (documents, found)
    }

    fn of_yaml(&self, diagnostic: &Diagnostic) -> Located {
        let at = self
            .source
            .position(diagnostic.span.map_or(0, |span| span.start));
        let violation = Violation {
            code: diagnostic.code,
            level: diagnostic.level,
            path: Path::root(),
            message: diagnostic.message.clone(),
        };
        located(violation, diagnostic.document, at)
    }

    fn of_document(&self, violation: Violation, root: Node<'_>, document: u32) -> Located {
        let at = self.source.position(place(root, &violation));
        located(violation, document, at)
    }
}

fn located(violation: Violation, document: u32, at: Position) -> Located {
    Located {
        violation,
        document,
        line: at.line,
        column: at.column,
    }
}

/// Where a violation is: at the value, at the key of a list or map or where the key itself is
/// wrong, or else at the nearest thing above that is there.
fn place(root: Node<'_>, violation: &Violation) -> u32 {
    let of_key = [
        codes::UNKNOWN_FIELD,
        codes::FORMER_NAME,
        codes::FORBIDDEN,
        codes::IGNORED,
    ]
    .contains(&violation.code);
    let mut node = root;
    let mut start = node
        .entries()
        .next()
        .map_or(node.span().start, |first| first.key.span.start);
    for segment in &violation.path.0 {
        let (next, key) = match segment {
            Segment::Key(key) => match node.entry(key) {
                Some(entry) => (entry.value, Some(entry.key.span.start)),
                None => return start,
            },
            Segment::Index(index) => match node.items().nth(*index) {
                Some(item) => (item, None),
                None => return start,
            },
        };
        node = next;
        let at_key = of_key || node.is_map() || node.is_list();
        start = key.filter(|_| at_key).unwrap_or_else(|| node.place().start);
    }
    start
}
