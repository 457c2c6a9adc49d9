//! Announcements of findings.

/// A finding that a block announces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Announced {
    /// Line in the block, from 1.
    pub line: u32,
    /// `error` or `warning`.
    pub level: String,
    /// The code, `HZ0002`.
    pub code: String,
    /// A part of the message, or nothing.
    pub part: String,
}

/// The announcements at the end of a line, or what is wrong with them.
pub(super) fn of_line(text: &str, line: u32) -> Result<Vec<Announced>, String> {
    let starts = ["# error: ", "# warning: "];
    let Some(at) = starts.iter().filter_map(|start| text.find(start)).min() else {
        return Ok(Vec::new());
    };
    let comment = text.get(at + 2..).unwrap_or("");
    comment
        .split(" ; ")
        .map(|one| parse(one, Some(line)))
        .collect()
}

/// The announcements of an HTML comment's content; none if it is another comment.
pub(super) fn of_comment(text: &str) -> Result<Vec<Announced>, String> {
    let text = text.trim();
    if !text.starts_with("error: ") && !text.starts_with("warning: ") {
        return Ok(Vec::new());
    }
    text.split(" ; ").map(|one| parse(one, None)).collect()
}

/// `error: HZ0001 line=3 "part"`; a line only where none is known.
fn parse(text: &str, line: Option<u32>) -> Result<Announced, String> {
    let wrong = || format!("this announcement is not understood: {text}");
    let (level, rest) = text.trim().split_once(": ").ok_or_else(wrong)?;
    if !matches!(level, "error" | "warning") {
        return Err(wrong());
    }
    let (code, mut rest) = rest.trim().split_once(' ').unwrap_or((rest.trim(), ""));
    let is_code = code.len() == 6
        && code.starts_with("HZ")
        && code.bytes().skip(2).all(|b| b.is_ascii_digit());
    if !is_code {
        return Err(wrong());
    }
    let line = if let Some(line) = line {
        line
    } else {
        let number = rest.trim().strip_prefix("line=").ok_or_else(wrong)?;
        let (number, behind) = number.split_once(' ').unwrap_or((number, ""));
        rest = behind;
        number.parse().map_err(|_| wrong())?
    };
    let rest = rest.trim();
    let part = match rest.strip_prefix('"') {
        Some(part) => part.strip_suffix('"').ok_or_else(wrong)?,
        None if rest.is_empty() => "",
        None => return Err(wrong()),
    };
    Ok(Announced {
        line,
        level: level.to_owned(),
        code: code.to_owned(),
        part: part.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn announced(line: u32, level: &str, code: &str, part: &str) -> Announced {
        Announced {
            line,
            level: level.into(),
            code: code.into(),
            part: part.into(),
        }
    }

    #[test]
    fn of_lines() {
        assert_eq!(of_line("a: 1 # a comment", 1).unwrap(), []);
        assert_eq!(
            of_line("a: 1 # error: HZ0001", 2).unwrap(),
            [announced(2, "error", "HZ0001", "")]
        );
        assert_eq!(
            of_line(
                "a: 1 # warning: HZ0103 \"a \"b\" c\" ; error: HZ0001 \"x\"",
                2
            )
            .unwrap(),
            [
                announced(2, "warning", "HZ0103", "a \"b\" c"),
                announced(2, "error", "HZ0001", "x")
            ]
        );
    }

    #[test]
    fn of_comments() {
        assert_eq!(of_comment(" a note ").unwrap(), []);
        assert_eq!(
            of_comment(" error: HZ0001 line=3 \"x\" ; warning: HZ0002 line=4 ").unwrap(),
            [
                announced(3, "error", "HZ0001", "x"),
                announced(4, "warning", "HZ0002", "")
            ]
        );
    }

    #[test]
    fn misspelt_ones_are_refused() {
        for line in [
            "# error: HZ001",
            "# error: HZ0001 x",
            "# error: HZ0001 \"x",
            "# warning: HZ0001 ; HZ0002",
        ] {
            assert!(of_line(line, 1).is_err(), "{line}");
        }
        assert!(of_comment("error: HZ0001 \"x\"").is_err());
    }
}
