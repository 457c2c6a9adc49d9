//! Joining words to names as several languages do.

use crate::names::{symbols, words};

/// The words of a name joined with a capital each, their own capitals kept: `HTTPChaos`,
/// `NetworkChaosSpec`, `PodKill`. Starts with a letter.
pub(crate) fn joined(name: &str) -> String {
    let mut out = String::new();
    let mut first = true;
    for c in name.chars() {
        if !c.is_alphanumeric() {
            first = true;
        } else if first {
            out.extend(c.to_uppercase().flat_map(letters));
            first = false;
        } else {
            out.extend(letters(c));
        }
    }
    if out.is_empty() {
        symbols(name)
    } else if out.starts_with(|c: char| c.is_ascii_digit()) {
        format!("X{out}")
    } else {
        out
    }
}

/// The words of a name in small letters with something between them. Starts with a letter.
pub(crate) fn small(name: &str, between: &str) -> String {
    let parts: Vec<String> = words(name)
        .iter()
        .map(|word| word.chars().flat_map(letters).collect())
        .collect();
    let out = parts.join(between);
    if out.is_empty() {
        symbols(name).to_lowercase()
    } else if out.starts_with(|c: char| c.is_ascii_digit()) {
        format!("x{between}{out}")
    } else {
        out
    }
}

/// The words of a name in small ASCII letters with something between them, for files and folders.
pub(crate) fn ascii(name: &str, between: &str) -> String {
    let parts: Vec<String> = words(name)
        .iter()
        .map(|word| word.chars().flat_map(escaped).collect())
        .collect();
    let out = parts.join(between);
    if out.starts_with(|c: char| c.is_ascii_lowercase()) {
        out
    } else {
        format!("p{out}")
    }
}

/// `at_most_one` as `AtMostOne`: keys of rows, names of sentences.
pub(crate) fn capitals(name: &str) -> String {
    name.split('_')
        .flat_map(|word| {
            let mut chars = word.chars();
            let first = chars.next().map(|c| c.to_ascii_uppercase());
            first.into_iter().chain(chars).collect::<Vec<_>>()
        })
        .collect()
}

/// `at_most_one` as `atMostOne`.
pub(crate) fn camel(name: &str) -> String {
    let mut chars = capitals(name);
    if let Some(first) = chars.get_mut(..1) {
        first.make_ascii_lowercase();
    }
    chars
}

/// What stands for a letter or digit in a name: itself, unless some language takes it for something
/// else (a number that is no digit, a letter that is folded into another one).
fn letters(c: char) -> Vec<char> {
    let plain = c.is_ascii_alphanumeric()
        || c.is_alphabetic()
            && matches!(c,
                '\u{c0}'..='\u{131}' | '\u{134}'..='\u{13e}' | '\u{141}'..='\u{148}' | '\u{14a}'..='\u{17e}'
                | '\u{386}'..='\u{3ce}' | '\u{400}'..='\u{481}' | '\u{48a}'..='\u{52f}' | '\u{531}'..='\u{556}'
                | '\u{5d0}'..='\u{5ea}' | '\u{620}'..='\u{64a}' | '\u{904}'..='\u{939}' | '\u{3041}'..='\u{3096}'
                | '\u{30a1}'..='\u{30fa}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}');
    if plain { vec![c] } else { escaped(c).collect() }
}

fn escaped(c: char) -> impl Iterator<Item = char> {
    let text = if c.is_ascii_alphanumeric() {
        c.to_string()
    } else {
        format!("u{:x}", u32::from(c))
    };
    text.chars().collect::<Vec<_>>().into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_joined() {
        assert_eq!(joined("HTTPChaos"), "HTTPChaos");
        assert_eq!(joined("NetworkChaos.spec"), "NetworkChaosSpec");
        assert_eq!(joined("pod-kill"), "PodKill");
        assert_eq!(joined("300-value"), "X300Value");
        assert_eq!(joined("+"), "U2B");
        assert_eq!(joined("größe"), "Größe");
        assert_eq!(joined("x²"), "Xub2");
        assert_eq!(small("podHttpChaos", "_"), "pod_http_chaos");
        assert_eq!(small("1st", "_"), "x_1st");
        assert_eq!(small("名前", "_"), "名前");
        assert_eq!(ascii("chaos-mesh", ""), "chaosmesh");
        assert_eq!(ascii("名", ""), "u540d");
        assert_eq!(camel("at_most_one"), "atMostOne");
    }
}
