//! `regex`: regular expressions that mean the same everywhere.

use super::error::quote;
use super::grammar::Info;
use super::{Magnitude, RegexError, check_portable};
use std::fmt;

/// `regex`: a regular expression in the portable subset, as it was written.
///
/// ```
/// use herz_types::scalar::{Regex, Scalar};
/// assert!(Regex::parse("^[a-z]+(-[a-z]+)*$").is_ok());
/// let error = Regex::parse("(?=a)").unwrap_err();
/// assert!(error.message.contains("lookaround"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Regex(String);

scalar!(Regex, Regex, |_value| Magnitude::None);

impl Regex {
    pub(super) const INFO: Info = Info {
        name: "regex",
        title: "Regular expression in the portable subset",
        grammar: "\
regex    = sequence { \"|\" sequence }
sequence = { \"^\" | \"$\" | atom [ repeat [ \"?\" ] ] }
atom     = character | \".\" | escape | class | \"(\" [ \"?:\" ] regex \")\"
repeat   = \"*\" | \"+\" | \"?\" | \"{\" n \"}\" | \"{\" n \",\" \"}\" | \"{\" n \",\" m \"}\"      nested counts multiplied: at most 1000
class    = \"[\" [ \"^\" ] items \"]\"      items: characters, escapes, ranges a-z; \"-\" first or last
escape   = \"\\\" and one of ^ $ \\ . * + ? ( ) [ ] { } | / t n r f d D w W, or \"\\xHH\"; in a class also \"\\-\"
What means the same in RE2 (Go), Rust, ECMAScript, Java and Python. ASCII is meant by \\d and \\w (Python needs re.ASCII).
None of: lookaround, back references, named groups, atomic groups, possessive repeats, flags, \\A \\z \\b \\s \\p \\u, POSIX classes, octal escapes, set operations.",
        rust_type: "Regex",
        allowed: "a regular expression in the portable subset, such as `^[a-z]+$`",
        pattern: None,
        samples: samples! {
            accepted: [
                "", "^[a-z]+$", "a|b", "(a|b)*c", "(?:a)+?", "[^0-9-]", "[-a]", "\\d{1,3}", "\\.", "a{1000}", "x{2,}", "[\\]\\[\\-]",
                "\\x41", "()", "(a|)", ".", "ä+", "^$", "\\/", "[.*+?]", "a/b-c", "[\\d_]",
            ],
            refused: [
                "(", ")", "a)", "[", "[a", "]", "[]", "[^]", "*", "a**", "a++", "a{1001}", "(a{100}){100}", "a{2,1}", "a{", "a}", "a{,3}",
                "^*", "(?=a)", "(?!a)", "(?<=a)", "(?<n>a)", "(?P<n>a)", "(?>a)", "(?i)a", "(?i:a)", "(a)\\1", "\\A", "\\z", "\\b", "\\s", "\\p{L}",
                "\\u0041", "\\0", "\\012", "[[:alpha:]]", "[a[b]", "[a&&b]", "[a--b]", "[z-a]", "[a-\\d]", "[a-b-c]", "\\", "\\q", "\\-", "\\x4",
            ],
        },
    };

    /// The expression.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The expression, compiled.
    pub fn compile(&self) -> Result<super::Pattern, RegexError> {
        super::Pattern::new(&self.0)
    }

    fn read(text: &str) -> Result<Self, String> {
        match check_portable(text) {
            Ok(()) => Ok(Self(text.to_owned())),
            Err(error) => Err(format!("{} has an error: {error}", quote(text))),
        }
    }

    fn candidates(text: &str) -> Vec<String> {
        let plain = text
            .replace("\\A", "^")
            .replace("\\z", "$")
            .replace("\\Z", "$")
            .replace("[[:alpha:]]", "[A-Za-z]")
            .replace("[[:digit:]]", "[0-9]")
            .replace("\\s", "[ \\t\\r\\n]");
        let mut unnamed = String::new();
        for (i, part) in plain.split("(?").enumerate() {
            let name = part.strip_prefix('P').unwrap_or(part).strip_prefix('<');
            match name
                .filter(|n| !n.starts_with(['=', '!']))
                .and_then(|n| n.split_once('>'))
            {
                Some((_, body)) if i > 0 => unnamed.extend(["(", body]),
                _ => unnamed.extend([if i == 0 { "" } else { "(?" }, part]),
            }
        }
        vec![plain, unnamed]
    }
}

impl fmt::Display for Regex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
