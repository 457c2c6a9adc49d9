//! The first step: every text of every package, read as written.

use super::import;
use super::source::{PackageSource, SourceFile};
use crate::diagnostic::{Diagnostic, codes};
use crate::schema::kind::KindDecl;
use crate::schema::object::GroupDecl;
use crate::schema::typedef::TypeDecl;
use crate::schema::value::Value;
use crate::schema::{self, PackageFile, Reader, SchemaFile};
use crate::source::{SourceId, Span};
use std::collections::BTreeMap;
use std::sync::Arc;

/// One package as written.
#[derive(Debug)]
pub(super) struct Written {
    pub(super) file: PackageFile,
    pub(super) kinds: Vec<KindDecl>,
    pub(super) types: Vec<TypeDecl>,
    pub(super) groups: Vec<GroupDecl>,
    pub(super) imports: Vec<Import>,
}

/// The component schemas of an OpenAPI document, as types.
#[derive(Debug)]
pub(super) struct Import {
    pub(super) alias: String,
    pub(super) types: Vec<TypeDecl>,
}

/// The texts that spans point into.
pub(super) type SourceTexts = BTreeMap<SourceId, Arc<str>>;

/// Reads all packages; they are sorted by name, their declarations by file and place.
pub(super) fn read(packages: &[PackageSource]) -> (Vec<Written>, SourceTexts, Vec<Diagnostic>) {
    let mut texts = SourceTexts::new();
    let mut reader = Reader::default();
    let mut written: Vec<Written> = packages
        .iter()
        .map(|package| read_package(package, &mut reader, &mut texts))
        .collect();
    written.sort_by(|a, b| a.file.name.text.cmp(&b.file.name.text));
    let mut diagnostics = reader.diagnostics;
    for pair in written.windows(2) {
        if let [one, other] = pair
            && one.file.name.text == other.file.name.text
        {
            let message = format!("two packages have the name `{}`", other.file.name.text);
            diagnostics.push(
                Diagnostic::error(codes::NAME_CLASH, other.file.name.span, message)
                    .related(one.file.name.span, "the other one"),
            );
        }
    }
    written.dedup_by(|b, a| a.file.name.text == b.file.name.text);
    (written, texts, diagnostics)
}

fn read_package(package: &PackageSource, reader: &mut Reader, texts: &mut SourceTexts) -> Written {
    let mut files: Vec<&SourceFile> = package.files.iter().collect();
    files.sort_by(|a, b| a.name.cmp(&b.name));
    let start = package
        .package
        .as_ref()
        .or(files.first().copied())
        .map(|file| file.id)
        .unwrap_or_default();
    let file = package
        .package
        .as_ref()
        .and_then(|file| {
            let roots = roots(file, reader, texts);
            if roots.is_empty() {
                reader.missing("a package", "package", Span::new(file.id, 0, 0));
            }
            PackageFile::read(reader, roots.first()?)
        })
        .unwrap_or_else(|| PackageFile::unnamed(Span::new(start, 0, 0)));
    let mut written = Written {
        file,
        kinds: Vec::new(),
        types: Vec::new(),
        groups: Vec::new(),
        imports: Vec::new(),
    };
    for file in files {
        for root in roots(file, reader, texts) {
            let SchemaFile {
                kind,
                types,
                groups,
            } = SchemaFile::read(reader, &root);
            written.kinds.extend(kind);
            written.types.extend(types);
            written.groups.extend(groups);
        }
    }
    for (alias, path) in &written.file.imports {
        // An import that could not be read is reported by who gathered the texts.
        let Some(file) = package.imports.get(&path.text) else {
            continue;
        };
        let roots = roots(file, reader, texts);
        let types = roots
            .first()
            .map(|root| import::read(reader, root))
            .unwrap_or_default();
        written.imports.push(Import {
            alias: alias.text.clone(),
            types,
        });
    }
    written
}

/// The roots of a file's documents.
fn roots(file: &SourceFile, reader: &mut Reader, texts: &mut SourceTexts) -> Vec<Value> {
    let (roots, text, diagnostics) = schema::documents(file.id, &file.bytes);
    texts.insert(file.id, text);
    reader.diagnostics.extend(diagnostics);
    roots
}
