//! `herz editor-schema`: what editors know about files that people write.

use crate::args::{EditorDraft, EditorFile, EditorSchema};
use crate::exit::{Exit, Failure};
use crate::output::Output;
use herz_codegen::{config, target};
use herz_dsl::meta::{Draft, Meta};

pub(crate) fn run(options: &EditorSchema, output: &Output) -> Result<Exit, Failure> {
    let draft = match options.draft {
        EditorDraft::Draft07 => Draft::Draft07,
        EditorDraft::Draft202012 => Draft::Draft202012,
    };
    let schema = match options.file {
        EditorFile::Package => Meta::Package.json_schema(draft),
        EditorFile::Schema => Meta::Schema.json_schema(draft),
        EditorFile::Config => config::meta::schema(draft, target::all()),
    };
    let text = serde_json::to_string_pretty(&schema)
        .map_err(|error| Failure::internal(error.to_string()))?;
    output.result(&(text + "\n"));
    Ok(Exit::Fine)
}
