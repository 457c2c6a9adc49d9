//! Java: a Maven project with a package for each schema package, and the package `spec` that they share.
//!
//! ```text
//! pom.xml  README.md  src/main/java/module-info.java  src/test/
//! …/models/Models.java      reading a document of any kind
//! …/models/spec/            what generated types are made of: reading, judging, scalars
//! …/models/chaosmesh/       the types of a package, one a file; its imports in folders below
//! ```
//!
//! Objects are final classes with getters and setters that chain
//! ([decision 28](../../../docs/decisions/0028-java-classes-with-slots.md)).

mod doc;
mod file;
mod literal;
mod names;
mod object;
mod package;
mod runtime;
mod size;
mod types;
mod union;

use crate::lower::{Code, Plan};
use crate::target::{Emitted, Note, OptionKind, OptionSpec, Options, Target, View};
use crate::{File, Files};
use file::Scope;
use herz_dsl::catalog::{Item, TypeBody};

/// The target `java`.
#[derive(Debug, Clone, Copy)]
pub struct Java;

/// The package if none is given.
const PACKAGE: &str = "com.example.herz.models";

const OPTIONS: &[OptionSpec] = &[OptionSpec {
    name: "package",
    doc: "Java package that all generated packages are in; also the name of the module",
    kind: OptionKind::Text(Some(PACKAGE)),
}];

impl Target for Java {
    fn name(&self) -> &'static str {
        "java"
    }

    fn summary(&self) -> &'static str {
        "Java package (17): types, reading, validation; no dependencies"
    }

    fn options(&self) -> &'static [OptionSpec] {
        OPTIONS
    }

    fn emit(&self, view: &View<'_>, options: &Options) -> Emitted {
        let base = options.text("package").unwrap_or(PACKAGE);
        let mut notes = Vec::new();
        if !names::is_package(base) {
            let message = format!("`{base}` is no name of a Java package");
            let help = "small letters, digits and `_` between points, and no word of Java's own";
            let package = view.catalog.packages.first();
            let item = Item::new(package.map_or("", |package| &package.name), "");
            notes.push(Note::error(item, message, help));
        }
        let plan = match Plan::new(view, &names::Java) {
            Ok(plan) => plan,
            Err(clashes) => {
                notes.extend(clashes);
                return refused(notes);
            }
        };
        notes.extend(size::too_big(&plan));
        let mut files = runtime::files(base);
        files.extend(package::files(&plan, base));
        for space in 0..plan.spaces.len() {
            types_of(&plan, base, space, &mut files, &mut notes);
        }
        if notes.is_empty() {
            Emitted {
                files: Files::new(files),
                notes,
            }
        } else {
            refused(notes)
        }
    }
}

fn refused(mut notes: Vec<Note>) -> Emitted {
    notes.sort();
    Emitted {
        files: Files::default(),
        notes,
    }
}

/// The files of one Java package: one a type.
fn types_of(
    plan: &Plan<'_>,
    base: &str,
    space: usize,
    files: &mut Vec<File>,
    notes: &mut Vec<Note>,
) {
    let mut add = |ident: &str, item: &Item, write: &dyn Fn(&Scope<'_, '_>, &mut Code)| {
        let scope = Scope::new(plan, base, space);
        let mut code = Code::new("    ");
        write(&scope, &mut code);
        let text = scope.finish(&code.finish());
        notes.extend(size::too_long(item, &text));
        files.push(File {
            path: names::source(&scope.package(), ident),
            text,
        });
    };
    for (kind, named) in plan.kinds().filter(|(_, named)| named.space == space) {
        let item = Item::kind(&plan.view.catalog, kind);
        add(&named.ident, &item, &|scope, code| {
            object::kind(scope, code, kind, named);
        });
    }
    for (id, def, named) in plan.types().filter(|(_, _, named)| named.space == space) {
        let item = plan.view.item(id);
        match &def.body {
            TypeBody::Object(body) => add(&named.ident, &item, &|scope, code| {
                object::object(scope, code, id, def, body, named);
            }),
            TypeBody::Enum(body) => add(&named.ident, &item, &|scope, code| {
                object::enumeration(scope, code, id, def, body, named);
            }),
            // A built-in type, narrowed: Java has no second name for one. The limits stand in the
            // tables of the objects that use it.
            TypeBody::Refined(..) => {}
        }
    }
    if let Some(text) = package::info(plan, base, space) {
        files.push(text);
    }
}
