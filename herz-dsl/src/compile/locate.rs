//! Places inside a text that YAML has unquoted, unescaped or folded: an offset in what was read
//! becomes a place in what was written.

use super::Compiler;
use crate::schema::value::Text;
use crate::source::Span;

impl Compiler<'_> {
    /// The place in the source of the bytes `from..to` of a text.
    pub(super) fn locate(&self, text: &Text, from: usize, to: usize) -> Span {
        let written = self
            .texts
            .get(&text.span.source)
            .and_then(|source| source.get(text.span.range()));
        let Some((start, end)) = written.and_then(|written| find(written, &text.text, from, to))
        else {
            return text.span;
        };
        let at = |offset: usize| {
            text.span
                .start
                .saturating_add(u32::try_from(offset).unwrap_or(u32::MAX))
                .min(text.span.end)
        };
        Span {
            start: at(start),
            end: at(end),
            ..text.span
        }
    }
}

/// Where the bytes `from..to` of `read` stand in `written`, the scalar's spelling.
///
/// Walks both texts side by side. White space that folding changed is skipped on both sides;
/// quotes, escapes, block headers and indentation are skipped on the written side. None if the
/// spelling does not lead through, as with `\u` escapes before the place.
fn find(written: &str, read: &str, from: usize, to: usize) -> Option<(usize, usize)> {
    let mut rest = written.char_indices().peekable();
    let first = written.chars().next()?;
    if matches!(first, '"' | '\'') {
        rest.next();
    } else if matches!(first, '|' | '>')
        && written.contains('\n')
        && !read.starts_with(written.lines().next()?)
    {
        // The header of a block: `|`, `>-`, perhaps a comment.
        for (_, c) in rest.by_ref() {
            if c == '\n' {
                break;
            }
        }
    }
    let mut start = None;
    let mut last_end = 0;
    for (offset, wanted) in read.char_indices() {
        if offset >= to && start.is_some() {
            break;
        }
        if wanted.is_whitespace() {
            // One white space may stand for many, or for a line's end and its indentation.
            if offset == from {
                start = rest.peek().map(|(at, _)| *at);
            }
            if rest
                .peek()
                .is_some_and(|(_, c)| *c == wanted && wanted != '\n')
            {
                last_end = rest.next().map_or(last_end, |(at, c)| at + c.len_utf8());
            }
            continue;
        }
        loop {
            let (at, c) = rest.next()?;
            if c == wanted {
                // `''` in single quotes, `\\` in double quotes.
                let doubled = (first == '\'' && c == '\'') || (first == '"' && c == '\\');
                if doubled && rest.peek().is_some_and(|(_, next)| *next == c) {
                    rest.next();
                }
                if offset >= from && start.is_none() {
                    start = Some(at);
                }
                last_end = at + c.len_utf8();
                break;
            }
            let skipped = c.is_whitespace() || (first == '"' && c == '\\');
            if !skipped {
                return None;
            }
        }
    }
    let start = start.unwrap_or(last_end);
    Some((start, last_end.max(start)))
}

#[cfg(test)]
mod tests {
    use super::find;

    /// The written bytes at the place of `part` in `read`.
    fn place<'w>(written: &'w str, read: &str, part: &str) -> &'w str {
        let from = read.find(part).unwrap();
        let (start, end) = find(written, read, from, from + part.len()).unwrap();
        &written[start..end]
    }

    #[test]
    fn plain_and_quoted() {
        assert_eq!(place("self.a > 1", "self.a > 1", "a >"), "a >");
        assert_eq!(place("\"self.a > 1\"", "self.a > 1", "self"), "self");
        assert_eq!(
            place("\"a == \\\"x\\\" && b\"", "a == \"x\" && b", "b"),
            "b"
        );
        assert_eq!(place("'a == ''x'' && b'", "a == 'x' && b", "b"), "b");
        assert_eq!(place("\"^\\\\d+$\"", "^\\d+$", "d+"), "d+");
    }

    #[test]
    fn blocks() {
        assert_eq!(
            place("|\n    self.a\n      && b\n", "self.a\n  && b\n", "b"),
            "b"
        );
        assert_eq!(
            place(">-\n    self.a\n    && bad.c\n", "self.a && bad.c", "bad.c"),
            "bad.c"
        );
        assert_eq!(
            place("self.a\n      && bad", "self.a && bad", "&& bad"),
            "&& bad"
        );
    }

    #[test]
    fn gives_up_where_the_spelling_hides_the_text() {
        assert_eq!(find("\"\\u0061 > b\"", "a > b", 4, 5), None);
    }
}
