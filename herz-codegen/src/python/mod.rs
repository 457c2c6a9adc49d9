//! Python: a package with a package for each schema package, and the package `spec` that they share.
//!
//! ```text
//! pyproject.toml  README.md  tests/
//! herz_models/spec/         what generated types are made of: reading, judging, scalars
//! herz_models/chaosmesh/    the types of a package; its imports in folders below
//! ```

mod doc;
mod file;
mod literal;
mod names;
mod object;
mod package;
mod runtime;
mod types;
mod union;

use crate::lower::{Code, Plan};
use crate::target::{Emitted, OptionKind, OptionSpec, Options, Target, View};
use crate::{File, Files};
use file::Scope;
use herz_dsl::catalog::TypeBody;

/// The target `python`.
#[derive(Debug, Clone, Copy)]
pub struct Python;

/// The name of the package if none is given.
const PACKAGE: &str = "herz_models";

const OPTIONS: &[OptionSpec] = &[OptionSpec {
    name: "package",
    doc: "name of the Python package, as others import it",
    kind: OptionKind::Text(Some(PACKAGE)),
}];

impl Target for Python {
    fn name(&self) -> &'static str {
        "python"
    }

    fn summary(&self) -> &'static str {
        "Python package: typed dataclasses, reading, validation; no dependencies"
    }

    fn options(&self) -> &'static [OptionSpec] {
        OPTIONS
    }

    fn emit(&self, view: &View<'_>, options: &Options) -> Emitted {
        let plan = match Plan::new(view, &names::Python) {
            Ok(plan) => plan,
            Err(notes) => {
                return Emitted {
                    files: Files::default(),
                    notes,
                };
            }
        };
        let name = names::package(options.text("package").unwrap_or(PACKAGE));
        let mut files = runtime::files(&name);
        files.extend(package::files(&plan, &name));
        for space in 0..plan.spaces.len() {
            types_of(&plan, &name, space, &mut files);
        }
        Emitted {
            files: Files::new(files),
            notes: Vec::new(),
        }
    }
}

/// The modules of one folder.
fn types_of(plan: &Plan<'_>, name: &str, space: usize, files: &mut Vec<File>) {
    let Some(path) = plan.spaces.get(space).map(|space| space.path.join("/")) else {
        return;
    };
    for file in plan.files(space) {
        let scope = Scope::new(plan, space, file);
        let mut code = Code::new("    ");
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
            path: format!("{name}/{path}/{file}.py"),
            text: scope.finish(&code.finish()),
        });
    }
    files.push(File {
        path: format!("{name}/{path}/__init__.py"),
        text: package::folder(plan, space),
    });
}
