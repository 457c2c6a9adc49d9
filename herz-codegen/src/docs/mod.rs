//! The reference of a package: a static site in one folder, or the same as Markdown.
//!
//! What a page tells comes from [`herz_dsl::explain`], as `herz explain` does. Pages show all releases; each field
//! says which have it. Nothing is loaded from elsewhere, and pages work from a disk as from a server.

mod changes;
mod html;
mod markdown;
mod model;
mod text;

use crate::target::{Emitted, OptionKind, OptionSpec, Options, Target, View};
use crate::{File, Files};
use model::Site;

/// The target `docs`.
#[derive(Debug, Clone, Copy)]
pub struct Docs;

const OPTIONS: &[OptionSpec] = &[
    OptionSpec {
        name: "form",
        doc: "a site of HTML pages with search, or Markdown",
        kind: OptionKind::Choice(&["html", "markdown"]),
    },
    OptionSpec {
        name: "title",
        doc: "the title of the site",
        kind: OptionKind::Text(Some("Reference of chaos kinds")),
    },
];

impl Target for Docs {
    fn name(&self) -> &'static str {
        "docs"
    }

    fn summary(&self) -> &'static str {
        "A reference site with search, or the reference as Markdown"
    }

    fn options(&self) -> &'static [OptionSpec] {
        OPTIONS
    }

    fn emit(&self, view: &View<'_>, options: &Options) -> Emitted {
        let title = options.text("title").unwrap_or("Reference");
        let site = Site::new(view, title);
        let files = match options.text("form") {
            Some("markdown") => markdown::files(&site),
            _ => html::files(&site),
        };
        let file = |(path, text): (String, String)| File { path, text };
        Emitted {
            files: Files::new(files.into_iter().map(file).collect()),
            notes: Vec::new(),
        }
    }
}
