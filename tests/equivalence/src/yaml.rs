//! The YAML that people write: block style, plain scalars wherever YAML lets them, and now and then
//! a plain scalar that readers disagree about. `duration: 30` is no text, and `yes` is no truth.

use herz_tests::generate::Random;
use serde_json::{Map, Value};

/// Plain scalars that some readers take for something else: words for truths, numbers of other
/// bases, with signs, underscores or colons, no numbers, dates, null.
///
/// Not `1e3`, `.inf`, `.nan`: there the validators do differ. Typed reading goes through JSON, which
/// has no infinity, and no number that is a text as well (`1e3` is a text for YAML 1.1).
const TRAPS: &[&str] = &[
    "yes",
    "No",
    "on",
    "OFF",
    "y",
    "n",
    "True",
    "FALSE",
    "~",
    "Null",
    "NULL",
    "010",
    "0o10",
    "0x1F",
    "1_000",
    "12:30:45",
    "+1",
    ".5",
    "1.",
    "-0",
    "0.0",
    "0777",
    "2001-12-14",
    "<<",
    "=",
    "30",
    "1.50",
    "00",
    "1e",
    "0b11",
    "٣",
];

/// Writes a value; the choice of style and traps is the sequence's.
pub fn write(value: &Value, random: &mut Random) -> String {
    let mut out = String::new();
    let trapped = random.below(3) == 0;
    match value {
        Value::Object(map) if !map.is_empty() => block_map(map, 0, trapped, random, &mut out),
        other => out.push_str(&flow(other)),
    }
    out
}

fn block_map(
    map: &Map<String, Value>,
    depth: usize,
    trapped: bool,
    random: &mut Random,
    out: &mut String,
) {
    for (at, (key, value)) in map.iter().enumerate() {
        if at > 0 {
            out.push_str(&"  ".repeat(depth));
        }
        out.push_str(&text(key, random));
        out.push(':');
        below(value, depth, trapped, random, out);
    }
}

fn block_list(list: &[Value], depth: usize, trapped: bool, random: &mut Random, out: &mut String) {
    for value in list {
        out.push_str(&"  ".repeat(depth));
        out.push('-');
        match value {
            Value::Object(map) if !map.is_empty() => {
                out.push(' ');
                block_map(map, depth + 1, trapped, random, out);
            }
            other => below(other, depth, trapped, random, out),
        }
    }
}

/// A value behind its key or dash, and the line's end.
fn below(value: &Value, depth: usize, trapped: bool, random: &mut Random, out: &mut String) {
    match value {
        Value::Object(map) if !map.is_empty() && random.below(4) > 0 => {
            out.push('\n');
            out.push_str(&"  ".repeat(depth + 1));
            block_map(map, depth + 1, trapped, random, out);
        }
        Value::Array(list) if !list.is_empty() && random.below(4) > 0 => {
            out.push('\n');
            block_list(list, depth + 1, trapped, random, out);
        }
        Value::Object(_) | Value::Array(_) => {
            out.push(' ');
            out.push_str(&flow(value));
            out.push('\n');
        }
        _ => {
            out.push(' ');
            out.push_str(&scalar(value, trapped, random));
            out.push('\n');
        }
    }
}

fn scalar(value: &Value, trapped: bool, random: &mut Random) -> String {
    if trapped && random.below(12) == 0 {
        return (*random.of(TRAPS)).to_owned();
    }
    match value {
        Value::String(word) => text(word, random),
        other => flow(other),
    }
}

/// A text: plain if that is YAML for some value (a text like `30` is a number then), or quoted.
fn text(word: &str, random: &mut Random) -> String {
    let simple = |char: char| char.is_alphanumeric() || "._/%+".contains(char);
    // Numbers with exponents: see `TRAPS`.
    let number = word.contains(['e', 'E']) && !word.starts_with(char::is_alphabetic);
    let plain = !word.is_empty() && word.chars().all(simple) && !number;
    // Keys and values that look like numbers stay quoted mostly, or nothing would be valid.
    let looks_like_text = word.chars().next().is_some_and(char::is_alphabetic)
        && !matches!(word, "true" | "null" | "false" | "y" | "n");
    if plain && (looks_like_text || random.below(8) == 0) {
        word.to_owned()
    } else if random.below(2) == 0 && !word.chars().any(char::is_control) {
        format!("'{}'", word.replace('\'', "''"))
    } else {
        Value::from(word).to_string()
    }
}

/// JSON, which is YAML's flow style.
fn flow(value: &Value) -> String {
    value.to_string()
}
