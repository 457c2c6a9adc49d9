//! A Helm chart, `ChaosScenario`: named faults that share who is hit and for how long.
//!
//! | file | what it is made of |
//! |---|---|
//! | `values.yaml` | what all faults share; examples of every kind beside it, in `examples.yaml` |
//! | `values.schema.json` | the JSON Schema of the kinds ([`schema`]), without what the chart fills in |
//! | `templates/<kind>.yaml` | one object for each fault of the kind ([`template`]) |
//!
//! The chart is for one release of one platform: fields, actions and blocks are those of that release.

mod fault;
mod schema;
mod template;
mod values;

use crate::target::{Emitted, Note, OptionKind, OptionSpec, Options, Target, View};
use crate::{File, Files};
use fault::Fault;
use herz_dsl::catalog::{Item, Package, PackageId};

/// The target `helm`.
#[derive(Debug, Clone, Copy)]
pub struct Helm;

const OPTIONS: &[OptionSpec] = &[
    OptionSpec {
        name: "name",
        doc: "the chart's name",
        kind: OptionKind::Text(Some("chaos-scenario")),
    },
    OptionSpec {
        name: "version",
        doc: "the chart's version; that of the schema package by default",
        kind: OptionKind::Text(None),
    },
];

impl Target for Helm {
    fn name(&self) -> &'static str {
        "helm"
    }

    fn summary(&self) -> &'static str {
        "A Helm chart of faults that combine"
    }

    fn options(&self) -> &'static [OptionSpec] {
        OPTIONS
    }

    fn emit(&self, view: &View<'_>, options: &Options) -> Emitted {
        let mut packages = view.packages();
        let (Some((id, package)), other) = (packages.next(), packages.next()) else {
            return Emitted::default();
        };
        if let Some((_, other)) = other {
            return refused(
                other,
                "a chart is for one platform, and there are several packages",
                "name the one that it is for: `--package chaos-mesh`",
            );
        }
        let faults = fault::faults(view, id);
        if faults.is_empty() {
            return refused(
                package,
                "no kind of this package is a fault that lasts",
                "a kind says so by `lasting:`",
            );
        }
        let name = options.text("name").unwrap_or("chaos-scenario");
        if !is_chart_name(name) {
            let text = format!("`{name}` is no name of a chart: small letters, digits and `-`");
            return refused(package, &text, "set the option `name`");
        }
        let chart = Chart {
            view,
            id,
            package,
            name,
            faults,
        };
        let version = options.text("version");
        Emitted {
            files: Files::new(chart.files(version)),
            notes: Vec::new(),
        }
    }
}

fn refused(package: &Package, message: &str, help: &str) -> Emitted {
    Emitted {
        files: Files::default(),
        notes: vec![Note::error(Item::package(package), message, help)],
    }
}

fn is_chart_name(name: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.ends_with(is_plain)
        && name.chars().all(|c| is_plain(c) || c == '-')
}

/// What a chart is made of.
struct Chart<'v, 'c> {
    view: &'v View<'c>,
    id: PackageId,
    package: &'v Package,
    name: &'v str,
    faults: Vec<Fault<'v>>,
}

impl Chart<'_, '_> {
    fn files(&self, version: Option<&str>) -> Vec<File> {
        let file = |path: String, text: String| File { path, text };
        let mut files = vec![
            file("Chart.yaml".to_owned(), self.chart(version)),
            file("README.md".to_owned(), self.readme()),
            file("values.yaml".to_owned(), self.values()),
            file("examples.yaml".to_owned(), self.examples()),
            file("values.schema.json".to_owned(), self.values_schema()),
            file("templates/_helpers.tpl".to_owned(), self.helpers()),
        ];
        files.extend(self.faults.iter().map(|fault| {
            let path = format!("templates/{}.yaml", fault.kind.name.to_lowercase());
            file(path, self.template(fault))
        }));
        files
    }

    fn release(&self) -> String {
        self.view
            .release(self.id)
            .map_or_else(String::new, ToString::to_string)
    }

    fn chart(&self, version: Option<&str>) -> String {
        let own = self.package.version.to_string();
        let version = version.unwrap_or(&own);
        let (name, release, platform) = (self.name, self.release(), &self.package.platform);
        format!(
            "# Written by `herz gen helm`; do not edit.\napiVersion: v2\nname: {name}\n\
             description: Faults for {platform} {release} that combine\ntype: application\n\
             version: \"{version}\"\nappVersion: \"{release}\"\n"
        )
    }

    fn readme(&self) -> String {
        let (name, release, platform) = (self.name, self.release(), &self.package.platform);
        let mut text = format!(
            "# {name}\n\nWritten by `herz gen helm` for {platform} {release}; do not edit.\n\n\
             A scenario is a map of named faults. Each names one kind and says its `spec`; who is hit \
             (`selector`, `mode`, `value`) and how\nlong (`duration`) may be said once for all of them. \
             `values.schema.json` checks what you write, with the fields of this release.\n\n\
             ```sh\nhelm template my-scenario . -f my-values.yaml | herz validate --target {}@{release} -\n\
             helm install my-scenario . -f my-values.yaml\n```\n\n\
             `examples.yaml` has values to copy from.\n\n## Kinds\n\n| key | kind | fills in |\n|---|---|---|\n",
            self.package.name
        );
        for fault in &self.faults {
            let mut fills: Vec<String> = fault
                .shared
                .iter()
                .map(|name| format!("`{name}`"))
                .collect();
            if let Some(infer) = &fault.infer {
                fills.push(format!(
                    "`{}`, from the blocks that are there: several are `{}`",
                    infer.tag, infer.several
                ));
            }
            text.push_str(&format!(
                "| `{}` | {} | {} |\n",
                fault.key,
                fault.kind.name,
                fills.join(", ")
            ));
        }
        text
    }
}
