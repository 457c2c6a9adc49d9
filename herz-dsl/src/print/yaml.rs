//! YAML in block style, with as few quotes as it takes.

/// A value to print.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Yaml {
    /// A text, quoted where a plain one would be read as something else.
    Text(String),
    /// A number, truth value or null.
    Plain(String),
    List(Vec<Yaml>),
    Map(Vec<(String, Yaml)>),
}

impl Yaml {
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    pub(super) fn texts<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> Self {
        Self::List(
            texts
                .into_iter()
                .map(|one| Self::text(one.as_ref()))
                .collect(),
        )
    }

    pub(super) fn bool(value: bool) -> Self {
        Self::Plain(value.to_string())
    }
}

/// A map while it is filled: what is usual is left out.
#[derive(Debug, Default)]
pub(super) struct Entries(pub(super) Vec<(String, Yaml)>);

impl Entries {
    pub(super) fn put(&mut self, key: &str, value: Yaml) {
        self.0.push((key.to_owned(), value));
    }

    pub(super) fn text(&mut self, key: &str, text: &str) {
        if !text.is_empty() {
            self.put(key, Yaml::text(text));
        }
    }

    pub(super) fn flag(&mut self, key: &str, value: bool) {
        if value {
            self.put(key, Yaml::bool(true));
        }
    }

    pub(super) fn list(&mut self, key: &str, list: Vec<Yaml>) {
        if !list.is_empty() {
            self.put(key, Yaml::List(list));
        }
    }

    pub(super) fn map(self) -> Yaml {
        Yaml::Map(self.0)
    }
}

/// The text of a document.
pub(super) fn document(root: &Yaml) -> String {
    let mut out = String::new();
    block(root, 0, &mut out);
    out
}

fn block(value: &Yaml, indent: usize, out: &mut String) {
    match value {
        Yaml::Map(entries) if !entries.is_empty() => {
            for (at, (key, value)) in entries.iter().enumerate() {
                if at > 0 {
                    out.push_str(&" ".repeat(indent));
                }
                out.push_str(&scalar(key));
                out.push(':');
                below(value, indent, out);
            }
        }
        Yaml::List(items) if !items.is_empty() => {
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    out.push_str(&" ".repeat(indent));
                }
                out.push_str("- ");
                match item {
                    Yaml::Map(entries) if !entries.is_empty() && flow(item).len() > WIDTH => {
                        block(item, indent + 2, out);
                    }
                    other => {
                        out.push_str(&flow(other));
                        out.push('\n');
                    }
                }
            }
        }
        other => {
            out.push_str(&flow(other));
            out.push('\n');
        }
    }
}

/// Values up to here stand in one line.
const WIDTH: usize = 80;

/// What stands after `key:`.
fn below(value: &Yaml, indent: usize, out: &mut String) {
    let line = flow(value);
    let nested = matches!(value, Yaml::List(items) if !items.is_empty() && items.iter().any(|item| matches!(item, Yaml::Map(_))));
    if line.len() <= WIDTH && !nested {
        out.push(' ');
        out.push_str(&line);
        out.push('\n');
        return;
    }
    match value {
        Yaml::Map(_) | Yaml::List(_) => {
            out.push('\n');
            out.push_str(&" ".repeat(indent + 2));
            block(value, indent + 2, out);
        }
        Yaml::Text(_) | Yaml::Plain(_) => {
            out.push(' ');
            out.push_str(&line);
            out.push('\n');
        }
    }
}

fn flow(value: &Yaml) -> String {
    match value {
        Yaml::Text(text) => scalar(text),
        Yaml::Plain(text) => text.clone(),
        Yaml::List(items) => {
            let items: Vec<String> = items.iter().map(flow).collect();
            format!("[{}]", items.join(", "))
        }
        Yaml::Map(entries) if entries.is_empty() => "{}".to_owned(),
        Yaml::Map(entries) => {
            let entries: Vec<String> = entries
                .iter()
                .map(|(key, value)| format!("{}: {}", scalar(key), flow(value)))
                .collect();
            format!("{{ {} }}", entries.join(", "))
        }
    }
}

/// A text, plain if that can't be read as anything else.
fn scalar(text: &str) -> String {
    let plain = text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| {
            c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '<' | '>' | '(' | ')' | '/')
        })
        && !matches!(
            text.to_ascii_lowercase().as_str(),
            "true" | "false" | "null" | "yes" | "no" | "on" | "off" | "y" | "n"
        );
    if plain {
        return text.to_owned();
    }
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}') => {
                out.push_str(&format!("\\U{:08x}", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
