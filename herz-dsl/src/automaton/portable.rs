//! Patterns in the spelling of the regex crates.

/// The pattern in the spelling of the regex crates: classes such as `\d` mean ASCII, a bracket
/// inside a class is itself. None for what they can't do (look-around, back references).
pub(super) fn portable(pattern: &str) -> Option<String> {
    let mut out = String::new();
    let mut letters = pattern.chars().peekable();
    let mut class = false;
    let mut class_start = false;
    while let Some(letter) = letters.next() {
        let first = std::mem::take(&mut class_start);
        match letter {
            '\\' => escape(&mut out, &mut letters, class)?,
            '[' if class => out.push_str("\\["),
            '[' => {
                class = true;
                class_start = true;
                out.push('[');
            }
            '^' if first => {
                class_start = true;
                out.push('^');
            }
            // An empty class is nothing, in ECMA's dialect; elsewhere the bracket is a member.
            ']' if first => out.push_str("\\]"),
            ']' if class => {
                class = false;
                out.push(']');
            }
            '&' | '~' if class => {
                out.push('\\');
                out.push(letter);
            }
            '-' if class && letters.peek() == Some(&'-') => out.push_str("\\-"),
            '(' if !class && letters.peek() == Some(&'?') => {
                letters.next();
                match letters.next()? {
                    ':' => out.push_str("(?:"),
                    'P' if letters.peek() == Some(&'<') => out.push_str("(?P"),
                    '<' if !matches!(letters.peek(), Some('=' | '!')) => out.push_str("(?P<"),
                    flag @ ('i' | 's' | 'm') => {
                        out.push_str("(?");
                        out.push(flag);
                    }
                    _ => return None,
                }
            }
            _ => out.push(letter),
        }
    }
    Some(out)
}

fn escape(
    out: &mut String,
    letters: &mut std::iter::Peekable<std::str::Chars<'_>>,
    class: bool,
) -> Option<()> {
    let letter = letters.next()?;
    let plain = match letter {
        'd' => "0-9",
        'w' => "0-9A-Za-z_",
        's' => "\\t\\n\\v\\f\\r ",
        'D' => "^0-9",
        'W' => "^0-9A-Za-z_",
        'S' => "^\\t\\n\\v\\f\\r ",
        _ => "",
    };
    match letter {
        'd' | 'w' | 's' if class => out.push_str(plain),
        'd' | 'w' | 's' | 'D' | 'W' | 'S' => {
            out.push('[');
            out.push_str(plain);
            out.push(']');
        }
        'b' | 'B' if !class => {
            out.push_str("(?-u:\\");
            out.push(letter);
            out.push(')');
        }
        'u' => {
            let code: String = letters.by_ref().take(4).collect();
            u32::from_str_radix(&code, 16).ok()?;
            out.push_str("\\x{");
            out.push_str(&code);
            out.push('}');
        }
        'c' | 'k' | '1'..='9' => return None,
        'Z' | 'z' => out.push_str("\\z"),
        'b' => out.push_str("\\x08"),
        letter if letter.is_ascii_alphanumeric() => {
            out.push('\\');
            out.push(letter);
        }
        letter if letter.is_ascii() => {
            out.push('\\');
            out.push(letter);
        }
        letter => out.push(letter),
    }
    Some(())
}
