//! The manifests and schemas that the contenders work on.

use serde_json::{Value, json};
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

/// What was made.
pub(crate) struct Made {
    pub(crate) bytes: u64,
    pub(crate) broken: usize,
}

/// Fills `folder` with `count` manifests made from the examples, twenty a folder.
pub(crate) fn make(root: &Path, folder: &Path, count: usize) -> Result<Made, Box<dyn Error>> {
    let seeds = seeds(&root.join("examples/manifests"))?;
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    let mut random = Random(0x4845_525a);
    let mut made = Made {
        bytes: 0,
        broken: 0,
    };
    for number in 0..count {
        let seed = seeds.get(random.below(seeds.len())).ok_or("no examples")?;
        // The object's own name; those below are referred to.
        let name = format!("name: n{}-", random.below(1_000_000));
        let mut text = seed.replacen("name: ", &name, 1);
        if number % 20 == 19 {
            made.broken += 1;
            text = break_one(&text, random.below(3));
        }
        let place = folder.join(format!("{:03}", number / 20));
        fs::create_dir_all(&place)?;
        fs::write(place.join(format!("{number:05}.yaml")), &text)?;
        made.bytes += text.len() as u64;
    }
    Ok(made)
}

/// An unknown key, a wrong type, or a required field that is gone.
fn break_one(text: &str, how: usize) -> String {
    match how {
        0 => text.replacen("\nspec:\n", "\nspec:\n  surplus: 1\n", 1),
        1 => text.replacen("\nspec:\n", "\nspec: []\nunused:\n", 1),
        _ => text.replacen("\nspec:\n", "\nwasSpec:\n", 1),
    }
}

/// The texts of all examples of Chaos Mesh kinds (schema-based peers know no others) that hold one
/// valid document.
fn seeds(folder: &Path) -> Result<Vec<String>, Box<dyn Error>> {
    let mut texts = Vec::new();
    for path in super::afternoon::list(folder)? {
        if path.components().any(|part| part.as_os_str() == "mistakes") {
            continue;
        }
        let text = fs::read_to_string(&path)?;
        if text.contains("chaos-mesh.org/") && !text.contains("\n---") {
            texts.push(text);
        }
    }
    Ok(texts)
}

/// JSON Schemas made from the CRDs of the corpus, one file a kind and `all.json`, or `None`
/// without a corpus.
pub(crate) fn schemas(root: &Path, scratch: &Path) -> Result<Option<PathBuf>, Box<dyn Error>> {
    let corpus = std::env::var_os("HERZ_CORPUS")
        .map_or_else(|| root.join("../shared/corpus"), PathBuf::from);
    let crds = corpus.join("chaos-mesh/crds/v2.8.3");
    if !crds.is_dir() {
        return Ok(None);
    }
    let folder = scratch.join("schemas");
    fs::create_dir_all(&folder)?;
    let mut cases = Vec::new();
    let mut paths: Vec<PathBuf> = fs::read_dir(&crds)?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    paths.sort();
    for path in paths {
        let crd: Value = serde_yaml::from_str(&fs::read_to_string(&path)?)?;
        let kind = crd
            .pointer("/spec/names/kind")
            .and_then(Value::as_str)
            .ok_or("a CRD without a kind")?
            .to_owned();
        let mut schema = crd
            .pointer("/spec/versions/0/schema/openAPIV3Schema")
            .cloned()
            .ok_or("a CRD without a schema")?;
        strict(&mut schema, true);
        fs::write(
            folder.join(format!("{kind}.json")),
            serde_json::to_string(&schema)?,
        )?;
        cases.push(json!({ "if": { "properties": { "kind": { "const": kind } }, "required": ["kind"] }, "then": schema }));
    }
    fs::write(
        folder.join("all.json"),
        serde_json::to_string(&json!({ "allOf": cases }))?,
    )?;
    Ok(Some(folder))
}

/// CRD dialect to JSON Schema: unknown keys refused, `nullable` and `x-` words translated.
fn strict(schema: &mut Value, root: bool) {
    let Value::Object(map) = schema else { return };
    let open = map.remove("x-kubernetes-preserve-unknown-fields").is_some();
    if map.remove("x-kubernetes-int-or-string").is_some() {
        map.remove("anyOf");
        map.insert("type".into(), json!(["integer", "string"]));
    }
    map.retain(|key, _| {
        !key.starts_with("x-") && key != "description" && key != "format" && key != "default"
    });
    if map.remove("exclusiveMinimum") == Some(Value::Bool(true))
        && let Some(least) = map.remove("minimum")
    {
        map.insert("exclusiveMinimum".into(), least);
    }
    if map.remove("nullable").is_some()
        && let Some(Value::String(name)) = map.get("type").cloned()
    {
        map.insert("type".into(), json!([name, "null"]));
    }
    let mut has_properties = false;
    if let Some(Value::Object(properties)) = map.get_mut("properties") {
        has_properties = true;
        for (name, property) in properties {
            if !(root && name == "metadata") {
                strict(property, false);
            }
        }
    }
    if let Some(items) = map.get_mut("items") {
        strict(items, false);
    }
    if let Some(values) = map.get_mut("additionalProperties") {
        strict(values, false);
    } else if has_properties && !open {
        map.insert("additionalProperties".into(), Value::Bool(false));
    }
}

/// A small seeded generator (splitmix64): the same files on every machine.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % bound.max(1) as u64).unwrap_or(0)
    }
}
