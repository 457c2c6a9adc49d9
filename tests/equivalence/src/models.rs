//! Generated models in other languages, each a program that reads documents and tells verdicts.

use crate::{Document, Judge, Verdict, pipe, vectors};
use herz_codegen::go::Go;
use herz_codegen::java::Java;
use herz_codegen::python::Python;
use herz_codegen::target::{Options, Target, View};
use herz_codegen::typescript::TypeScript;
use herz_dsl::catalog::{Catalog, Targets};
use herz_dsl::diagnostic::Level;
use herz_tests::{SHORT_JVM, java_files, tool};
use std::path::{Path, PathBuf};
use std::process::Command;

/// A program that has the generated types of a catalog.
#[derive(Debug, Clone)]
pub struct Models {
    name: &'static str,
    folder: PathBuf,
    program: PathBuf,
    arguments: Vec<&'static str>,
}

/// The models of a catalog in every language whose tools are here; what is not here is said. They are
/// written to folders in `target/equivalence/<name>-<language>`.
pub fn all(name: &str, catalog: &Catalog) -> Result<Vec<Models>, String> {
    let mut all = Vec::new();
    for build in [go, java, typescript, python] {
        all.extend(build(name, catalog)?);
    }
    Ok(all)
}

/// The files of a target in a new folder.
fn written(target: &dyn Target, name: &str, catalog: &Catalog) -> Result<PathBuf, String> {
    let view = View::new(catalog, &Targets::newest(), &[]);
    let emitted = target.emit(&view, &Options::new(target.options()));
    let mut notes = emitted.notes.iter();
    if let Some(note) = notes.find(|note| note.level == Level::Error) {
        return Err(format!(
            "{}: {}: {}",
            target.name(),
            note.item,
            note.message
        ));
    }
    let folder = herz_tests::top("target/equivalence").join(format!("{name}-{}", target.name()));
    // A package that is no longer there must not stay.
    std::fs::remove_dir_all(&folder).ok();
    let files = emitted.files.write(&folder);
    files.map_err(|error| format!("{}: {error}", folder.display()))?;
    Ok(folder)
}

fn add(folder: &Path, path: &str, text: &str) -> Result<(), String> {
    let path = folder.join(path);
    let parent = path.parent().unwrap_or(folder);
    std::fs::create_dir_all(parent)
        .and_then(|()| std::fs::write(&path, text))
        .map_err(|error| format!("{}: {error}", path.display()))
}

/// Runs a compiler; the error is what it says.
fn compile(folder: &Path, program: &Path, arguments: &[&str]) -> Result<(), String> {
    let output = Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .output()
        .map_err(|error| format!("{} does not start: {error}", program.display()))?;
    if output.status.success() {
        return Ok(());
    }
    let told = [output.stdout, output.stderr].concat();
    let start: String = String::from_utf8_lossy(&told).chars().take(6000).collect();
    Err(format!("{} does not compile:\n{start}", folder.display()))
}

fn go(name: &str, catalog: &Catalog) -> Result<Option<Models>, String> {
    let Some(program) = tool("go", "version") else {
        return Ok(None);
    };
    let folder = written(&Go, name, catalog)?;
    let main = include_str!("models/judge.go.txt").replace("MODULE", "example.com/herz/models");
    add(&folder, "cmd/judge/main.go", &main)?;
    compile(&folder, &program, &["build", "-o", "judge", "./cmd/judge"])?;
    Ok(Some(Models {
        name: "generated Go",
        program: folder.join("judge"),
        folder,
        arguments: Vec::new(),
    }))
}

fn java(name: &str, catalog: &Catalog) -> Result<Option<Models>, String> {
    let (Some(javac), Some(program)) = (tool("javac", "-version"), tool("java", "-version")) else {
        return Ok(None);
    };
    let folder = written(&Java, name, catalog)?;
    let judge = "src/main/java/com/example/herz/models/Judge.java";
    add(&folder, judge, include_str!("models/Judge.java"))?;
    let jvm: Vec<String> = SHORT_JVM.iter().map(|one| format!("-J{one}")).collect();
    let files = java_files(&folder.join("src/main/java"));
    let mut arguments: Vec<&str> = jvm.iter().map(String::as_str).collect();
    arguments.extend(["-encoding", "UTF-8", "-d", "classes"]);
    arguments.extend(files.iter().map(String::as_str));
    compile(&folder, &javac, &arguments)?;
    let run = ["-cp", "classes", "com.example.herz.models.Judge"];
    Ok(Some(Models {
        name: "generated Java",
        program,
        folder,
        arguments: [SHORT_JVM, &run].concat(),
    }))
}

fn typescript(name: &str, catalog: &Catalog) -> Result<Option<Models>, String> {
    let (Some(tsc), Some(program)) = (tool("tsc", "--version"), tool("node", "--version")) else {
        return Ok(None);
    };
    let folder = written(&TypeScript, name, catalog)?;
    add(&folder, "judge.mjs", include_str!("models/judge.mjs"))?;
    compile(&folder, &tsc, &[])?;
    Ok(Some(Models {
        name: "generated TypeScript",
        program,
        folder,
        arguments: vec!["judge.mjs"],
    }))
}

fn python(name: &str, catalog: &Catalog) -> Result<Option<Models>, String> {
    let Some(program) = tool("python3", "--version") else {
        return Ok(None);
    };
    let folder = written(&Python, name, catalog)?;
    add(&folder, "judge.py", include_str!("models/judge.py"))?;
    Ok(Some(Models {
        name: "generated Python",
        program,
        folder,
        arguments: vec!["judge.py"],
    }))
}

impl Judge for Models {
    fn name(&self) -> &str {
        self.name
    }

    fn judge(&mut self, documents: &[Document]) -> Result<Vec<Verdict>, String> {
        let text: String = documents
            .iter()
            .map(|document| vectors::line(document, None) + "\n")
            .collect();
        let mut command = Command::new(&self.program);
        command.args(&self.arguments).current_dir(&self.folder);
        vectors::verdicts(&pipe::answers(&mut command, &text)?)
    }
}
