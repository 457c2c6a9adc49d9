//! The parser's syntax errors in plain words, each with what to do.

use super::offset;
use crate::diagnostic::{Diagnostic, codes};
use crate::source::{SourceId, Span};
use granit_parser::{ErrorKind, ScanError};

/// A syntax error as a finding.
pub(super) fn finding(source: SourceId, text: &str, error: &ScanError) -> Diagnostic {
    let mut at = error.marker().byte_offset().unwrap_or(0).min(text.len());
    // At the very end the caret belongs behind the last thing written.
    if at == text.len() {
        at = text.trim_end().len();
    }
    let (message, help) = words(error);
    if is_tab(error.kind()) {
        at = tab_before(text, at);
    }
    let end = text
        .get(at..)
        .and_then(|rest| rest.chars().next())
        .map_or(at, |c| at + c.len_utf8());
    let finding = Diagnostic::error(
        codes::SYNTAX,
        Span::new(source, offset(at), offset(end)),
        message,
    );
    if help.is_empty() {
        finding
    } else {
        finding.help(help)
    }
}

const fn is_tab(kind: &ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::TabNotAllowed
            | ErrorKind::TabInBlockIndentation
            | ErrorKind::TabInIndentation
            | ErrorKind::TabAtBlockScalarStart
            | ErrorKind::TabInPlainScalar
    )
}

/// The tab that the parser means: it points at or behind it.
fn tab_before(text: &str, at: usize) -> usize {
    if text.get(at..).is_some_and(|rest| rest.starts_with('\t')) {
        return at;
    }
    let line = text
        .get(..at)
        .map_or(0, |before| before.rfind('\n').map_or(0, |n| n + 1));
    text.get(line..at)
        .and_then(|before| before.rfind('\t'))
        .map_or(at, |n| line + n)
}

/// What was found, and a hint or nothing.
#[expect(clippy::too_many_lines, reason = "a table")]
fn words(error: &ScanError) -> (String, &'static str) {
    use ErrorKind as K;
    let (message, help): (&str, &str) = match error.kind() {
        K::TabNotAllowed
        | K::TabInBlockIndentation
        | K::TabInIndentation
        | K::TabAtBlockScalarStart => (
            "a tab stands where YAML allows spaces only",
            "indent with spaces",
        ),
        K::TabInPlainScalar => (
            "a tab stands within a plain text",
            "write a space, or quote the text",
        ),
        K::UnclosedQuotedScalar => (
            "the quote that opens here is never closed",
            "close the quote",
        ),
        K::DocumentIndicatorInQuotedScalar => (
            "the quote that opens here is not closed before the document ends",
            "close the quote",
        ),
        K::InvalidTrailingSingleQuotedScalar => (
            "something follows the closing quote",
            "write a quote inside a single-quoted text twice: `''`",
        ),
        K::InvalidTrailingDoubleQuotedScalar => (
            "something follows the closing quote",
            "write a quote inside a double-quoted text as `\\\"`",
        ),
        K::UnknownQuotedScalarEscape => (
            "the quoted text has an escape that YAML does not know",
            "write `\\\\` for a backslash, or use single quotes",
        ),
        K::InvalidQuotedScalarHexEscape | K::InvalidLowSurrogateHexEscape => (
            "an escape in the quoted text has too few hexadecimal digits",
            "write `\\xNN`, `\\uNNNN` or `\\UNNNNNNNN`",
        ),
        K::InvalidLowSurrogate
        | K::MissingLowSurrogate
        | K::UnpairedLowSurrogate
        | K::InvalidUnicodeEscape => ("an escape in the quoted text names no character", ""),
        K::InvalidQuotedScalarIndent => (
            "a line of the quoted text is indented less than its key",
            "indent it, or close the quote before",
        ),
        K::UnexpectedEofFlowSequence | K::ExpectedFlowSequenceSeparator => (
            "a `,` or `]` should stand here",
            "separate items with `,` and close the list with `]`",
        ),
        K::UnexpectedEofFlowMapping | K::ExpectedFlowMappingSeparator => (
            "a `,` or `}` should stand here",
            "separate entries with `,` and close the map with `}`",
        ),
        K::UnclosedFlowCollection { open: '[' } => (
            "the `[` that opens here is never closed",
            "close it with `]`",
        ),
        K::UnclosedFlowCollection { .. } => (
            "the `{` that opens here is never closed",
            "close it with `}`",
        ),
        K::MisplacedFlowCollectionEnd => (
            "this bracket closes nothing",
            "take it out, or quote the text that it belongs to",
        ),
        K::MismatchedFlowCollectionEnd { open, close } => {
            return (
                format!("the `{open}` that opens here is closed by `{close}`"),
                "brackets close in pairs: `[…]`, `{…}`",
            );
        }
        K::UnexpectedEofImplicitFlowMapping => {
            ("a value should stand before this", "take out the extra `,`")
        }
        K::ExpectedBlockMappingKey => (
            "a key should stand here, at the column of the keys before it",
            "check the indentation",
        ),
        K::ExpectedBlockSequenceEntry => (
            "a list item `- …` should stand here, at the column of the items before it",
            "check the indentation",
        ),
        K::BlockSequenceEntryNotAllowed => (
            "a list item `- …` can't stand here",
            "begin the list on a line of its own",
        ),
        K::BlockEntryInFlowCollection => (
            "a list item `- …` can't stand within brackets",
            "separate items with `,`",
        ),
        K::MappingValueNotAllowed => (
            "a key with `:` can't stand here",
            "quote the text if the `:` belongs to it; otherwise check the indentation, and the `:` of the line before",
        ),
        K::MappingKeyNotAllowed => ("a key can't stand here", "begin it on a line of its own"),
        K::InvalidColonPlacement => (
            "a key with `:` can't stand here",
            "is a `]` or `}` missing before it?",
        ),
        K::SimpleKeyExpected => (
            "`: ` should follow this key",
            "write a `:` and a blank, and a value",
        ),
        K::InvalidSimpleKey => (
            "this key is not followed by `:` on its own line, or is longer than a key may be",
            "write `key: value` on one line",
        ),
        K::InvalidIndentation | K::InvalidFlowScalarIndent => (
            "the indentation does not fit the lines before",
            "indent by the same number of spaces as its neighbours",
        ),
        K::InvalidBlockScalarIndent => (
            "a line of the block text is indented less than its first line",
            "indent all lines alike",
        ),
        K::ZeroBlockScalarIndent => (
            "0 is no indentation of a block text",
            "write 1 to 9, or leave it out",
        ),
        K::InvalidBlockScalarHeader => (
            "the text of a block can't begin beside `|` or `>`",
            "begin it on the next line",
        ),
        K::CommentNotSeparated => (
            "a comment must have a blank before its `#`",
            "write a blank before `#`, or quote the text",
        ),
        K::CommentInterceptedScalar => (
            "a comment stands within a text of several lines",
            "move the comment, or quote the text",
        ),
        K::ExpectedNodeContent => ("a value should stand here", ""),
        K::UnexpectedEof => ("the text ends too early", ""),
        K::BomInsideDocument => ("a byte order mark stands within the text", "remove it"),
        K::MissingAnchorOrAliasName => (
            "`&` or `*` should be followed by a name",
            "quote the text if it begins with `&` or `*`",
        ),
        K::UnexpectedEofBlockSequence | K::UnexpectedEofBlockMapping => {
            ("this can't stand here", "quote the text that it belongs to")
        }
        K::MissingTagUri
        | K::UnclosedVerbatimTag
        | K::InvalidTagTerminator
        | K::InvalidGlobalTagCharacter
        | K::InvalidTagEscape
        | K::ExpectedTagBang => ("this is no tag", "quote the text if it begins with `!`"),
        K::DirectiveByteLimitExceeded { .. }
        | K::InvalidDirectiveName
        | K::MissingDirectiveName
        | K::InvalidDirectiveTerminator
        | K::MissingYamlVersion
        | K::MissingYamlVersionSeparator
        | K::YamlVersionTooLong => (
            "this is no directive",
            "leave the line out, or quote the text if it begins with `%`",
        ),
        K::UndeclaredTagHandle => ("the tag's prefix is declared nowhere", "leave the tag out"),
        K::UnsupportedYamlMajorVersion => ("only YAML 1.x is read", "leave the `%YAML` line out"),
        K::MissingDocumentEndBeforeDirective => {
            ("a directive must follow `...`", "write `...` before it")
        }
        K::UnexpectedCharacter {
            character: c @ ('@' | '`' | '%'),
        } => {
            return (
                format!("a plain text can't begin with `{c}`"),
                "quote the text",
            );
        }
        K::UnexpectedCharacter { character } => {
            return (
                format!(
                    "the character `{}` can't stand here",
                    character.escape_default()
                ),
                "quote or escape it",
            );
        }
        _ => return (error.info(), ""),
    };
    (message.to_owned(), help)
}
