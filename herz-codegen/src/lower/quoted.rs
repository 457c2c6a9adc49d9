//! Texts in double quotes, with the escapes that Java, TypeScript and Python read alike.

use std::fmt::Write;

/// A text as a string. What can't be seen, or changes the direction of text, is written as an escape.
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            // Java reads `\u000d` as the end of a line before it looks for texts.
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control()
                || matches!(c, '\u{feff}' | '\u{2028}' | '\u{2029}' | '\u{200b}'..='\u{200f}'
                    | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{e000}'..='\u{f8ff}') =>
            {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn escapes_what_ends_a_text_or_can_not_be_seen() {
        assert_eq!(
            quoted("a\"\\\n\r\t\u{0}\u{7f}\u{2028}\u{202e}\u{feff}ü😀"),
            "\"a\\\"\\\\\\n\\r\\t\\u0000\\u007f\\u2028\\u202e\\ufeffü😀\""
        );
        assert_eq!(quoted(""), "\"\"");
    }
}
