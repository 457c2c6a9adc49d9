//! TypeScript: an ESM package with a folder for each schema package, and the folder `spec` that they
//! share.
//!
//! ```text
//! package.json  tsconfig.json  README.md  src/index.ts  test/
//! src/spec/            what generated types are made of: reading, judging, scalars
//! src/chaosmesh/       the types of a package; its imports in folders below
//! ```
//!
//! Values are plain objects with the keys of documents; what can be done with them stands in a constant
//! of the type's name.

mod doc;
mod file;
mod literal;
mod names;
mod object;
mod package;
mod runtime;
mod types;

use crate::lower::{Code, Plan};
use crate::target::{Emitted, OptionKind, OptionSpec, Options, Target, View};
use crate::{File, Files};
use file::Scope;
use herz_dsl::catalog::TypeBody;

/// The target `typescript`.
#[derive(Debug, Clone, Copy)]
pub struct TypeScript;

/// The name of the package if none is given.
const PACKAGE: &str = "herz-models";

const OPTIONS: &[OptionSpec] = &[OptionSpec {
    name: "package",
    doc: "name of the npm package, as others import it",
    kind: OptionKind::Text(Some(PACKAGE)),
}];

impl Target for TypeScript {
    fn name(&self) -> &'static str {
        "typescript"
    }

    fn summary(&self) -> &'static str {
        "TypeScript package (ESM): types, reading, validation; no dependencies"
    }

    fn options(&self) -> &'static [OptionSpec] {
        OPTIONS
    }

    fn emit(&self, view: &View<'_>, options: &Options) -> Emitted {
        let plan = match Plan::new(view, &names::TypeScript) {
            Ok(plan) => plan,
            Err(notes) => {
                return Emitted {
                    files: Files::default(),
                    notes,
                };
            }
        };
        let name = options.text("package").unwrap_or(PACKAGE);
        let mut files = runtime::files();
        files.extend(package::files(&plan, name));
        for space in 0..plan.spaces.len() {
            types_of(&plan, space, &mut files);
        }
        Emitted {
            files: Files::new(files),
            notes: Vec::new(),
        }
    }
}

/// The files of one folder.
fn types_of(plan: &Plan<'_>, space: usize, files: &mut Vec<File>) {
    let Some(path) = plan.spaces.get(space).map(|space| space.path.join("/")) else {
        return;
    };
    for file in plan.files(space) {
        let scope = Scope::new(plan, space, file);
        let mut code = Code::new("  ");
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
            path: format!("src/{path}/{file}.ts"),
            text: scope.finish(&code.finish()),
        });
    }
    files.push(File {
        path: format!("src/{path}/index.ts"),
        text: package::folder(plan, space),
    });
}
