//! What makes a module of generated types: metadata, README, the root package, tests.

use super::doc::{HEADER, comment};
use super::file::Scope;
use super::literal::string;
use crate::File;
use crate::lower::{Code, Plan, documents, samples};

/// The oldest Go that has `omitzero`.
const GO: &str = "1.24";

pub(super) fn files(plan: &Plan<'_>, module: &str) -> Vec<File> {
    let name = super::names::package(module.rsplit('/').next().unwrap_or(module));
    let file = |path: &str, text: String| File {
        path: path.to_owned(),
        text,
    };
    vec![
        file("go.mod", format!("module {module}\n\ngo {GO}\n")),
        file("README.md", readme(plan, module, &name)),
        file(&format!("{name}.go"), root(plan, module, &name)),
        file(&format!("{name}_test.go"), test(module, &name)),
        file("testdata/scalars.jsonl", samples()),
        file("testdata/documents.jsonl", documents(plan)),
    ]
}

/// What a package says of itself.
pub(super) fn doc(plan: &Plan<'_>, space: usize, package: &str) -> String {
    let Some(space) = plan.spaces.get(space) else {
        return String::new();
    };
    let Some(schema) = plan.package(space.package) else {
        return String::new();
    };
    let mut code = Code::new("\t");
    code.line(HEADER).line("");
    let release = plan
        .view
        .release(space.package)
        .map_or_else(String::new, ToString::to_string);
    let text = if space.import {
        format!(
            "Package {package} holds types that the schema package {} imports.",
            schema.name
        )
    } else {
        format!(
            "Package {package} holds the kinds and types of the schema package {}, as {} {release} has them.\n\n{}",
            schema.name, schema.platform, schema.doc
        )
    };
    comment(&mut code, &text);
    code.line(format!("package {package}"));
    code.finish()
}

/// The root package: reading a document of any kind.
fn root(plan: &Plan<'_>, module: &str, name: &str) -> String {
    let scope = Scope::new(plan, module, usize::MAX);
    let mut code = Code::new("\t");
    let (object, violations) = (scope.spec("Object"), scope.spec("Violations"));
    code.line("// Document is a document of any kind that the schemas know.");
    code.open("type Document interface {");
    code.line("// APIVersion is group and version of the kind.");
    code.line("APIVersion() string").line("");
    code.line("// Kind is the name of the kind.");
    code.line("Kind() string").line("");
    code.line("// Validate tells everything that is wrong.");
    code.line(format!("Validate() {violations}")).line("");
    code.line("// HerzObject is the document as validator and writer see it.");
    code.line(format!("HerzObject() {object}"));
    code.close("}").line("");
    code.line("// Kinds are apiVersion and kind of every document that can be read, in order.");
    code.open("var Kinds = [][2]string{");
    for (kind, _) in plan.kinds() {
        let version = plan.api_version(kind.package);
        code.line(format!("{{{}, {}}},", string(&version), string(&kind.name)));
    }
    code.close("}").line("");
    code.line("// Parse reads a document from JSON. The error tells that it is no JSON; the findings tell what does");
    code.line("// not fit, and the document is nil if an error is among them. Ask the document's Validate for the rest.");
    code.open(format!(
        "func Parse(data []byte) (Document, {violations}, error) {{"
    ));
    code.line(format!("value, err := {}(data)", scope.spec("ParseJSON")));
    code.open("if err != nil {");
    code.line("return nil, nil, err");
    code.close("}");
    code.line("document, found := Read(value)");
    code.line("return document, found, nil");
    code.close("}").line("");
    code.line("// Read reads a document from a value as spec.ParseJSON gives it.");
    code.open(format!("func Read(value any) (Document, {violations}) {{"));
    code.line(format!(
        "at, found := {}(value, Kinds)",
        scope.spec("KindOf")
    ));
    code.line("switch at {");
    for (at, (_, named)) in plan.kinds().enumerate() {
        let ty = scope.qualified(named.space, &named.ident);
        code.open(format!("case {at}:"));
        code.line(format!("return as({}[{ty}](value))", scope.spec("Read")));
        code.dedent();
    }
    code.line("}");
    code.line("return nil, found");
    code.close("}").line("");
    if plan.kinds().next().is_some() {
        code.open("type model[T any] interface {");
        code.line("*T").line("Document");
        code.close("}").line("");
        code.line("// as keeps a nil pointer from becoming a document.");
        code.open(format!(
            "func as[T any, P model[T]](document P, found {violations}) (Document, {violations}) {{"
        ));
        code.open("if document == nil {");
        code.line("return nil, found");
        code.close("}");
        code.line("return document, found");
        code.close("}").line("");
    }
    let text = scope.finish(name, &code.finish());
    let doc = format!(
        "// Package {name} reads and judges documents of every kind of the schemas.\npackage {name}\n"
    );
    text.replacen(&format!("package {name}\n"), &doc, 1)
}

fn readme(plan: &Plan<'_>, module: &str, name: &str) -> String {
    let mut out = format!(
        "# {module}\n\nGo types for chaos manifests, generated by Herz (`herz gen go`). Standard library only.\n\n\
         ```go\ndocument, found, err := {name}.Parse(data)\nif err != nil || document == nil {{\n\treturn \
         errors.Join(err, found) // no JSON, or of other types\n}}\nfor _, violation := range document.Validate() \
         {{\n\tfmt.Println(violation) // path: message [code]\n}}\n```\n\n\
         * Every type has `Validate()`, with the same codes, paths and messages as Herz itself.\n\
         * Fields that may be absent are pointers, lists or maps; where null is a value they are `spec.Opt`.\n\
         * Unknown keys and unknown values of enums are kept, written back, and reported by `Validate()`.\n\
         * Texts with a grammar, such as durations, keep their text; `Parse()` reads it.\n\n\
         | package | schema package | release |\n|---|---|---|\n"
    );
    for space in plan.spaces.iter().filter(|space| !space.import) {
        if let Some(package) = plan.package(space.package) {
            let release = plan
                .view
                .release(space.package)
                .map_or_else(String::new, ToString::to_string);
            out.push_str(&format!(
                "| `{}` | {} | {} {release} |\n",
                space.path.join("/"),
                package.name,
                package.platform
            ));
        }
    }
    out.push_str("\n`go test ./...` runs the generated tests.\n");
    out
}

/// The generated tests. With `HERZ_VECTORS` they also run a file of documents and verdicts.
fn test(module: &str, name: &str) -> String {
    format!(
        "{HEADER}\n\n{}",
        include_str!("runtime/models_test.go.txt")
            .replace("PACKAGE", name)
            .replace("MODULE", module)
    )
}
