//! What editors know about `herz.toml`.

use crate::target::{OptionKind, Target};
use herz_dsl::meta::{Draft, json_schema};
use schemars::JsonSchema;
use serde_json::{Map, Value, json};

/// One text or several.
#[derive(JsonSchema)]
#[schemars(untagged)]
#[allow(dead_code)]
enum Words {
    One(Word),
    Many(Vec<Word>),
}

#[derive(JsonSchema)]
#[schemars(transparent)]
struct Word(
    #[schemars(length(min = 1))]
    #[allow(dead_code)]
    String,
);

/// What a project of Herz generates: `herz.toml`.
#[derive(JsonSchema)]
#[schemars(title = "herz.toml")]
#[allow(dead_code)]
struct File {
    /// What is generated: a table for each target, and what holds for all of them.
    r#gen: Option<General>,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case")]
#[allow(dead_code)]
struct General {
    /// Folders of schema packages, relative to this file.
    schemas: Option<Words>,
    /// Releases that are meant, such as `chaos-mesh@2.7.3`; the newest otherwise.
    target_version: Option<Words>,
    /// Packages to generate for; all otherwise.
    packages: Option<Words>,
}

/// One run of a target.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case")]
#[allow(dead_code)]
struct Run {
    /// The folder to write to, relative to this file.
    out: Word,
    /// Releases that are meant, instead of those of `[gen]`.
    target_version: Option<Words>,
    /// Packages to generate for, instead of those of `[gen]`.
    packages: Option<Words>,
}

/// The JSON Schema of `herz.toml` for these targets and their options.
pub fn schema(draft: Draft, targets: &[&'static dyn Target]) -> Value {
    let mut schema = json_schema::<File>(draft);
    let run = json_schema::<Run>(draft);
    let definitions = match draft {
        Draft::Draft07 => "/definitions",
        Draft::Draft202012 => "/$defs",
    };
    let pointer = format!("{definitions}/General/properties");
    if let Some(Value::Object(general)) = schema.pointer_mut(&pointer) {
        for target in targets {
            general.insert(target.name().to_owned(), of_target(*target, &run));
        }
    }
    schema
}

/// The table of a target, or several of them.
fn of_target(target: &dyn Target, run: &Value) -> Value {
    let mut properties = match run.get("properties") {
        Some(Value::Object(properties)) => properties.clone(),
        _ => Map::new(),
    };
    for option in target.options() {
        let mut of_option = match option.kind {
            OptionKind::Flag(default) => json!({ "type": "boolean", "default": default }),
            OptionKind::Choice(words) => json!({ "enum": words, "default": words.first() }),
            OptionKind::Text(None) => json!({ "type": "string" }),
            OptionKind::Text(Some(default)) => json!({ "type": "string", "default": default }),
            OptionKind::Count(None) => json!({ "type": "integer", "minimum": 0 }),
            OptionKind::Count(Some(default)) => {
                json!({ "type": "integer", "minimum": 0, "default": default })
            }
        };
        if let Value::Object(of_option) = &mut of_option {
            of_option.insert("description".to_owned(), option.doc.into());
        }
        properties.insert(option.name.to_owned(), of_option);
    }
    let table = json!({
        "type": "object",
        "description": target.summary(),
        "properties": properties,
        "required": ["out"],
        "additionalProperties": false,
    });
    json!({ "anyOf": [table, { "type": "array", "items": table }] })
}

#[cfg(test)]
mod tests {
    use super::super::{COMMON, GENERAL};
    use super::*;

    #[test]
    fn has_the_keys_that_the_reader_has() {
        for draft in Draft::ALL {
            let keys = |schema: &Value| -> Vec<String> {
                let properties = schema.as_object().unwrap();
                properties.keys().cloned().collect()
            };
            let sorted = |words: &[&str]| {
                let mut words: Vec<String> = words.iter().map(ToString::to_string).collect();
                words.sort();
                words
            };
            let empty = schema(*draft, &[]);
            let definitions = empty.get("$defs").or_else(|| empty.get("definitions"));
            let general = &definitions.unwrap()["General"]["properties"];
            assert_eq!(keys(general), sorted(GENERAL));
            let run = json_schema::<Run>(*draft);
            assert_eq!(keys(&run["properties"]), sorted(COMMON));
        }
    }
}
