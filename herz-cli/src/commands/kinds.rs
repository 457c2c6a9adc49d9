//! `herz kinds`: what Herz knows.

use crate::args::{Kinds, KindsAs};
use crate::exit::{Exit, Failure};
use crate::output::Output;
use crate::packages;
use herz_dsl::catalog::{Catalog, Kind, Package, Scope};
use herz_dsl::explain::{life_text, summary};
use std::fmt::Write;

pub(crate) fn run(options: &Kinds, output: &Output) -> Result<Exit, Failure> {
    let judges = packages::load(&options.judge, output)?;
    let catalog = judges.catalog();
    let text = match options.output {
        KindsAs::Table => table(catalog, false),
        KindsAs::Wide => table(catalog, true),
        KindsAs::Name => rows(catalog)
            .flat_map(|(kind, _)| [&kind.name, "\n"])
            .collect(),
        KindsAs::Json => json(catalog)?,
    };
    output.result(&text);
    Ok(Exit::Fine)
}

fn rows(catalog: &Catalog) -> impl Iterator<Item = (&Kind, &Package)> {
    catalog.kinds.iter().filter_map(|kind| {
        catalog
            .packages
            .get(kind.package.0 as usize)
            .map(|package| (kind, package))
    })
}

fn table(catalog: &Catalog, wide: bool) -> String {
    let width = rows(catalog)
        .map(|(kind, _)| kind.name.len())
        .max()
        .unwrap_or(0);
    let api_width = rows(catalog)
        .map(|(_, p)| p.group.len() + p.api_version.len() + 1)
        .max()
        .unwrap_or(0);
    let mut text = format!("{:width$}  {:api_width$}  SCOPE\n", "KIND", "APIVERSION");
    for (kind, package) in rows(catalog) {
        let api = format!("{}/{}", package.group, package.api_version);
        let scope = match kind.scope {
            Scope::Namespaced => "Namespaced",
            Scope::Cluster => "Cluster",
        };
        let _ = write!(text, "{:width$}  {api:api_width$}  {scope:10}", kind.name);
        if wide {
            let _ = write!(text, "  {}", summary(&kind.doc));
        }
        let life = life_text(&kind.life);
        if !life.is_empty() {
            let _ = write!(text, "  [{life}]");
        }
        text.truncate(text.trim_end().len());
        text.push('\n');
    }
    text
}

fn json(catalog: &Catalog) -> Result<String, Failure> {
    let kinds: Vec<_> = rows(catalog)
        .map(|(kind, package)| {
            serde_json::json!({
                "kind": kind.name,
                "package": package.name,
                "apiVersion": format!("{}/{}", package.group, package.api_version),
                "plural": kind.plural,
                "shortNames": kind.short,
                "scope": match kind.scope { Scope::Namespaced => "Namespaced", Scope::Cluster => "Cluster" },
                "summary": summary(&kind.doc),
                "since": kind.life.since.as_ref().map(ToString::to_string),
            })
        })
        .collect();
    let document = serde_json::json!({ "schemaVersion": 1, "kinds": kinds });
    serde_json::to_string_pretty(&document)
        .map(|text| text + "\n")
        .map_err(|error| Failure::internal(error.to_string()))
}
