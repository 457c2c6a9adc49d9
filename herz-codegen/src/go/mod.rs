//! Go: a module with a package for each schema package, and the package `spec` that they share.
//!
//! ```text
//! go.mod  README.md  models.go  models_test.go  testdata/
//! spec/                what generated types are made of: reading, judging, scalars
//! chaosmesh/           the types of a package; its imports in folders below
//! ```

mod doc;
mod file;
mod literal;
mod names;
mod object;
mod package;
mod spec;
mod types;
mod union;

use crate::lower::{Code, Plan};
use crate::target::{Emitted, OptionKind, OptionSpec, Options, Target, View};
use crate::{File, Files};
use file::Scope;
use herz_dsl::catalog::TypeBody;

/// The target `go`.
#[derive(Debug, Clone, Copy)]
pub struct Go;

const OPTIONS: &[OptionSpec] = &[OptionSpec {
    name: "module",
    doc: "path of the Go module, as others import it",
    kind: OptionKind::Text(Some("example.com/herz/models")),
}];

impl Target for Go {
    fn name(&self) -> &'static str {
        "go"
    }

    fn summary(&self) -> &'static str {
        "Go module: types, reading, validation; standard library only"
    }

    fn options(&self) -> &'static [OptionSpec] {
        OPTIONS
    }

    fn emit(&self, view: &View<'_>, options: &Options) -> Emitted {
        let plan = match Plan::new(view, &names::Go) {
            Ok(plan) => plan,
            Err(notes) => {
                return Emitted {
                    files: Files::default(),
                    notes,
                };
            }
        };
        let module = options.text("module").unwrap_or("example.com/herz/models");
        let mut files = spec::files();
        files.extend(package::files(&plan, module));
        for space in 0..plan.spaces.len() {
            types_of(&plan, module, space, &mut files);
        }
        Emitted {
            files: Files::new(files),
            notes: Vec::new(),
        }
    }
}

/// The files of one Go package.
fn types_of(plan: &Plan<'_>, module: &str, space: usize, files: &mut Vec<File>) {
    let Some(path) = plan.spaces.get(space).map(|space| &space.path) else {
        return;
    };
    let package = path.last().map_or("", String::as_str);
    for file in plan.files(space) {
        let scope = Scope::new(plan, module, space);
        let mut code = Code::new("\t");
        for (kind, named) in plan.kinds_in(space, file) {
            object::kind(&scope, &mut code, kind, named);
        }
        for (id, def, named) in plan.types_in(space, file) {
            match &def.body {
                TypeBody::Object(body) => {
                    object::object(&scope, &mut code, id, def, body, named);
                }
                TypeBody::Enum(body) => {
                    object::enumeration(&scope, &mut code, id, def, body, named);
                }
                TypeBody::Refined(ty, _) => object::refined(&scope, &mut code, def, ty, named),
            }
        }
        files.push(File {
            path: format!("{}/{file}.go", path.join("/")),
            text: scope.finish(package, &code.finish()),
        });
    }
    files.push(File {
        path: format!("{}/doc.go", path.join("/")),
        text: package::doc(plan, space, package),
    });
}
