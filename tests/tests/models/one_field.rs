//! One more field touches one file of types.

use super::emit;
use herz_codegen::Files;
use herz_codegen::go::Go;
use herz_codegen::java::Java;
use herz_codegen::python::Python;
use herz_codegen::target::Target;
use herz_codegen::typescript::TypeScript;
use herz_dsl::catalog::{Catalog, TypeBody};
use herz_tests::built_in;

/// The built-in catalog with a copy of a field of `Delay` under another name.
fn with_one_more() -> Catalog {
    let mut catalog = built_in().clone();
    for def in &mut catalog.types {
        if let ("NetworkChaos.spec", TypeBody::Object(object)) = (def.name.as_str(), &mut def.body)
        {
            let mut field = object.fields.first().expect("a field").clone();
            "brandNew".clone_into(&mut field.wire);
            field.name = None;
            field.required = false;
            object.fields.push(field);
        }
    }
    catalog
}

fn changed(before: &Files, after: &Files) -> Vec<String> {
    after
        .iter()
        .filter(|file| before.get(&file.path) != Some(file.text.as_str()))
        .map(|file| file.path.clone())
        .collect()
}

#[test]
fn touches_one_file() {
    let more = with_one_more();
    for (target, file) in [
        (&Go as &dyn Target, "chaosmesh/network_chaos.go"),
        (
            &Java,
            "src/main/java/com/example/herz/models/chaosmesh/NetworkChaosSpec.java",
        ),
        (&Python, "herz_models/chaosmesh/network_chaos.py"),
        (&TypeScript, "src/chaosmesh/network-chaos.ts"),
    ] {
        let before = emit(target, built_in());
        assert_eq!(before, emit(target, built_in()), "the same bytes twice");
        let after = emit(target, &more);
        assert_eq!(changed(&before, &after), [file]);
    }
}
