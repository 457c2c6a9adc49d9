//! A schema with every keyword, odd letters, circles, a great enum and deep nesting. (Java: `java.rs`, with
//! more that only Java minds.)

use super::{emit, go, python, typescript};
use herz_codegen::go::Go;
use herz_codegen::python::Python;
use herz_codegen::target::{Options, Target, View};
use herz_codegen::typescript::TypeScript;
use herz_dsl::catalog::Targets;
use herz_tests::hostile::{compiled, hostile};

/// The files of a target for the hostile schema, in a folder.
fn written(target: &dyn Target) -> tempfile::TempDir {
    let files = emit(target, &compiled(&hostile()));
    let folder = tempfile::tempdir().expect("a folder");
    files.write(folder.path()).expect("the files are written");
    folder
}

#[test]
fn compiles_in_go() {
    go::checked(written(&Go).path(), &[]);
}

#[test]
fn compiles_in_python() {
    python::checked(written(&Python).path(), &[]);
}

#[test]
fn compiles_in_typescript() {
    typescript::checked(written(&TypeScript).path(), &[]);
}

#[test]
fn names_that_clash_are_refused() {
    let kind = "kind: Clash\nnames: { plural: clashes }\nscope: Namespaced\nfields:\n  - name: mode\n    type: Mode\n  \
                - name: x\n    type: ModeX\ntypes:\n  Mode:\n    enum: [x]\n  ModeX:\n    fields:\n      - name: y\n        type: string\n";
    let catalog = compiled(kind);
    let view = View::new(&catalog, &Targets::newest(), &[]);
    let emitted = Go.emit(&view, &Options::new(Go.options()));
    assert!(emitted.files.is_empty());
    let [note] = emitted.notes.as_slice() else {
        unreachable!("{:?}", emitted.notes)
    };
    assert!(note.message.contains("would be called `ModeX` in Go"));
    assert!(
        note.item.to_string().starts_with("hostile.Mode"),
        "{}",
        note.item
    );
}
