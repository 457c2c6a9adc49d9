//! What makes a project of generated types: metadata, README, module, the root package, tests.

use super::doc::{HEADER, comment};
use super::file::{self, Scope};
use super::literal::string;
use super::names::source;
use crate::File;
use crate::lower::{self, Code, Plan, documents, samples};

/// The oldest Java that has sealed interfaces.
const JAVA: &str = "17";

pub(super) fn files(plan: &Plan<'_>, base: &str) -> Vec<File> {
    let file = |path: &str, text: String| File {
        path: path.to_owned(),
        text,
    };
    let folder = base.replace('.', "/");
    let test = |name: &str, text: &str| {
        file(
            &format!("src/test/java/{folder}/{name}.java"),
            format!("{HEADER}\n\n{}", text.replace("PACKAGE", base)),
        )
    };
    vec![
        file("pom.xml", metadata(base)),
        file("README.md", readme(plan, base)),
        file("src/main/java/module-info.java", module(plan, base)),
        File {
            path: source(base, "Models"),
            text: root(plan, base),
        },
        File {
            path: source(base, "package-info"),
            text: format!(
                "{HEADER}\n\n/** Reads and judges documents of every kind of the schemas. */\npackage {base};\n"
            ),
        },
        test("ModelsTest", include_str!("runtime/test/ModelsTest.java")),
        test(
            "spec/PortableTest",
            include_str!("runtime/test/PortableTest.java"),
        ),
        file("src/test/resources/scalars.jsonl", samples()),
        file("src/test/resources/documents.jsonl", documents(plan)),
    ]
}

/// Group and artifact of a package: `com.example.herz.models` is `models` of `com.example.herz`.
fn metadata(base: &str) -> String {
    let (group, artifact) = base.rsplit_once('.').unwrap_or((base, base));
    include_str!("runtime/pom.xml")
        .replace("GROUP", group)
        .replace("ARTIFACT", artifact)
        .replace("JAVA", JAVA)
}

fn module(plan: &Plan<'_>, base: &str) -> String {
    let mut code = Code::new("    ");
    code.line(HEADER).line("");
    code.line("/** Types and validators of chaos manifests. */");
    code.open(format!("module {base} {{"));
    code.line(format!("exports {base};"));
    code.line(format!("exports {base}.spec;"));
    for space in filled(plan) {
        code.line(format!("exports {};", file::package(plan, base, space)));
    }
    code.close("}");
    code.finish()
}

/// The spaces that have a class: an import may be narrowed types only.
fn filled<'p>(plan: &'p Plan<'_>) -> impl Iterator<Item = usize> + 'p {
    use herz_dsl::catalog::TypeBody;
    (0..plan.spaces.len()).filter(|space| {
        plan.kinds().any(|(_, named)| named.space == *space)
            || plan.types().any(|(_, def, named)| {
                named.space == *space && !matches!(def.body, TypeBody::Refined(..))
            })
    })
}

/// What a package says of itself; none if nothing is in it.
pub(super) fn info(plan: &Plan<'_>, base: &str, space: usize) -> Option<File> {
    if !filled(plan).any(|one| one == space) {
        return None;
    }
    let package = file::package(plan, base, space);
    let text = lower::space_doc(plan, space)?;
    let mut code = Code::new("    ");
    code.line(HEADER).line("");
    comment(&mut code, &text, &[]);
    code.line(format!("package {package};"));
    Some(File {
        path: source(&package, "package-info"),
        text: code.finish(),
    })
}

/// The class of the root package: reading a document of any kind.
fn root(plan: &Plan<'_>, base: &str) -> String {
    let scope = Scope::new(plan, base, usize::MAX);
    let (kind, list) = (scope.spec("Kind"), scope.class("java.util.List"));
    let (reading, document) = (scope.spec("Reading"), scope.spec("Document"));
    let json = scope.spec("Json");
    let mut code = Code::new("    ");
    code.line("/** Reads documents of every kind that the schemas know. */");
    code.open("public final class Models {");
    let entries: Vec<String> = plan
        .kinds()
        .map(|(one, named)| {
            format!(
                "new {kind}({}, {}, {}::new)",
                string(&plan.api_version(one.package)),
                string(&one.name),
                scope.qualified(named.space, &named.ident)
            )
        })
        .collect();
    if entries.is_empty() {
        code.line(format!(
            "private static final {list}<{kind}> KINDS = {list}.of();"
        ));
    } else {
        code.line(format!(
            "private static final {list}<{kind}> KINDS = {list}.of("
        ));
        code.indent().indent();
        for (at, entry) in entries.iter().enumerate() {
            let end = if at + 1 == entries.len() { ");" } else { "," };
            code.line(format!("{entry}{end}"));
        }
        code.dedent().dedent();
    }
    let text = include_str!("runtime/root.txt")
        .replace("ONE_KIND", &kind)
        .replace("LIST", &list)
        .replace("READING", &reading)
        .replace("DOCUMENT", &document)
        .replace("JSON_CLASS", &json);
    code.line("").line(text.trim_end());
    code.close("}");
    scope.finish(&code.finish())
}

fn readme(plan: &Plan<'_>, base: &str) -> String {
    let mut out = format!(
        "# {base}\n\nJava types for chaos manifests, generated by Herz (`herz gen java`). Java {JAVA}, no \
         dependencies.\n\n\
         ```java\nReading<Document> reading = Models.parse(text); // throws JsonException if it is no JSON\nfor \
         (Violation violation : reading.value() == null ? reading.found() : reading.value().validate()) {{\n    \
         System.out.println(violation); // path: message [code]\n}}\n```\n\n\
         * Every type has `validate()`, with the same codes, paths and messages as Herz itself.\n\
         * Setters chain. A getter gives null if the document does not say the key; where null is a value it gives \
         an `Opt`.\n\
         * Unknown keys (`unknown()`) and unknown values of enums are kept, written back, and reported by \
         `validate()`.\n\
         * Texts with a grammar, such as `GoDuration`, keep their text; `parse()` reads it.\n\
         * A tag with its fields is a sealed interface with a record for each case, and one for tags that the \
         schema does not know.\n\
         * `Json` loses no digit: `5.00` and numbers beyond 64 bits keep their text (`JsonNumber`).\n\n\
         | package | schema package | release |\n|---|---|---|\n"
    );
    for (at, space) in plan.spaces.iter().enumerate() {
        if let Some(package) = plan.package(space.package)
            && !space.import
        {
            let release = plan
                .view
                .release(space.package)
                .map_or_else(String::new, ToString::to_string);
            out.push_str(&format!(
                "| `{}` | {} | {} {release} |\n",
                file::package(plan, base, at),
                package.name,
                package.platform
            ));
        }
    }
    out.push_str(&format!(
        "\n`mvn package` builds it. Without Maven, and with the generated tests:\n\n\
         ```sh\njavac -encoding UTF-8 -d target/classes $(find src/main/java -name '*.java')\njavac -encoding UTF-8 \
         -cp target/classes -d target/test $(find src/test/java -name '*.java')\njava -cp \
         target/classes:target/test:src/test/resources {base}.ModelsTest\n```\n"
    ));
    out
}
