//! Names in documents for names in Rust.

use herz_codegen::names::rust;
use herz_dsl::diagnostic::did_you_mean;
use syn::Ident;
use syn::ext::IdentExt;

/// How names of fields or variants are written in documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Case {
    Camel,
    Kebab,
    Snake,
    Pascal,
    Lower,
    Upper,
    Shouting,
}

const CASES: &[(&str, Case)] = &[
    ("camelCase", Case::Camel),
    ("kebab-case", Case::Kebab),
    ("snake_case", Case::Snake),
    ("PascalCase", Case::Pascal),
    ("lowercase", Case::Lower),
    ("UPPERCASE", Case::Upper),
    ("SCREAMING_SNAKE_CASE", Case::Shouting),
];

impl Case {
    /// The case of that name, or what to say.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let names = || CASES.iter().map(|(name, _)| *name);
        if let Some((_, case)) = CASES.iter().find(|(name, _)| *name == text) {
            return Ok(*case);
        }
        let mut message = format!("`{text}` is no way to write names");
        match did_you_mean(text, names()) {
            Some(meant) => message.push_str(&format!("\nhelp: did you mean `{meant}`?")),
            None => {
                let all: Vec<String> = names().map(|name| format!("`{name}`")).collect();
                message.push_str(&format!("\nhelp: there are {}", all.join(", ")));
            }
        }
        Err(message)
    }

    /// A Rust name written so.
    pub(crate) fn apply(self, ident: &Ident) -> String {
        let snake = words(&ident.unraw().to_string());
        let parts: Vec<&str> = snake.split('_').filter(|part| !part.is_empty()).collect();
        match self {
            Self::Snake => parts.join("_"),
            Self::Kebab => parts.join("-"),
            Self::Lower => parts.concat(),
            Self::Upper => parts.concat().to_uppercase(),
            Self::Shouting => parts.join("_").to_uppercase(),
            Self::Pascal => parts.iter().map(|part| capital(part)).collect(),
            Self::Camel => parts
                .iter()
                .enumerate()
                .map(|(at, part)| {
                    if at == 0 {
                        (*part).to_owned()
                    } else {
                        capital(part)
                    }
                })
                .collect(),
        }
    }
}

/// `PodKill` and `pod_kill` -> `pod_kill`. Each capital begins a word, as Rust's names do.
fn words(name: &str) -> String {
    let mut out = String::new();
    let mut before = '_';
    for c in name.chars() {
        if c.is_uppercase() && (before.is_lowercase() || before.is_numeric()) {
            out.push('_');
        }
        out.extend(c.to_lowercase());
        before = c;
    }
    out
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}

/// `multiple_of` -> `multipleOf`; what is in camel case already stays.
pub(crate) fn keyword(word: &str) -> String {
    let mut parts = word.split('_');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |all, part| all + &capital(part))
}

/// The name as target languages should have it, unless it follows from the key.
pub(crate) fn field_name(ident: &Ident, wire: &str) -> Option<String> {
    let plain = ident.unraw().to_string();
    (rust::plain_snake(wire) != plain).then_some(plain)
}

/// The name of a variant, unless it follows from the value.
pub(crate) fn variant_name(ident: &Ident, value: &str) -> Option<String> {
    let plain = ident.unraw().to_string();
    (rust::pascal(value) != plain).then_some(plain)
}
