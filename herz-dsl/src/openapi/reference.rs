//! References: to other places of the document (`#/components/schemas/Name`), and into the catalog
//! (`herz:chaos-mesh/NetworkChaos`).

use crate::catalog::{Catalog, PackageId, TypeId};
use crate::diagnostic::{Diagnostic, codes, did_you_mean};
use crate::source::Span;
use crate::tree::{Kind as NodeKind, Node};

/// What a reference into the catalog names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// A whole document of a kind: its number in [`Catalog::kinds`].
    Kind(usize),
    /// A named type.
    Type(TypeId),
}

/// A reference into the catalog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogRef {
    /// As written: `herz:chaos-mesh/NetworkChaos`.
    pub text: String,
    /// What it names.
    pub target: Target,
    /// Where it is written.
    pub span: Span,
}

/// How references into the catalog begin.
pub(crate) const SCHEME: &str = "herz:";

/// Reports references to places of the document that are not there, and to other documents.
pub(super) fn check(root: Node<'_>, findings: &mut Vec<Diagnostic>) {
    each(root, &mut |text, node| {
        if text.starts_with(SCHEME) {
            return;
        }
        let Some(path) = text.strip_prefix('#') else {
            let message = format!("`{text}` leads out of the document");
            let finding = Diagnostic::error(codes::OPENAPI_REFERENCE, node.place(), message);
            findings.push(finding.help(
                "a reference leads to `#/…` in this document, or to `herz:PACKAGE/NAME` in the catalog",
            ));
            return;
        };
        if pointer(root, path).is_none() {
            let message = format!("`{text}` leads nowhere");
            let mut finding = Diagnostic::error(codes::OPENAPI_REFERENCE, node.place(), message);
            let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
            let beside = pointer(root, folder).into_iter().flat_map(Node::entries);
            if let Some(meant) = did_you_mean(name, beside.map(|entry| entry.key.text)) {
                finding = finding.help(format!("did you mean `#{folder}/{meant}`?"));
            }
            findings.push(finding);
        }
    });
}

/// References into the catalog, and findings about those that name nothing there.
pub(super) fn into_catalog(
    root: Node<'_>,
    catalog: &Catalog,
) -> (Vec<CatalogRef>, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let mut findings = Vec::new();
    each(root, &mut |text, node| {
        let Some(name) = text.strip_prefix(SCHEME) else {
            return;
        };
        match resolve(name, catalog) {
            Ok(target) => found.push(CatalogRef {
                text: text.to_owned(),
                target,
                span: node.place(),
            }),
            Err((message, meant)) => {
                let mut finding =
                    Diagnostic::error(codes::OPENAPI_REFERENCE, node.place(), message);
                if let Some(meant) = meant {
                    finding = finding.help(format!("did you mean `{meant}`?"));
                }
                findings.push(finding);
            }
        }
    });
    (found, findings)
}

fn resolve(text: &str, catalog: &Catalog) -> Result<Target, (String, Option<String>)> {
    let Some((package, name)) = text.split_once('/') else {
        let message = format!("`{SCHEME}{text}` names no type: expected `herz:PACKAGE/NAME`");
        return Err((message, None));
    };
    let packages = || catalog.packages.iter().map(|package| package.name.as_str());
    let Some(id) = (0..).zip(packages()).find(|(_, known)| *known == package) else {
        let meant =
            did_you_mean(package, packages()).map(|meant| format!("{SCHEME}{meant}/{name}"));
        return Err((format!("there is no package `{package}`"), meant));
    };
    let id = PackageId(id.0);
    let kinds = catalog.kinds.iter().enumerate();
    if let Some((at, _)) = kinds
        .filter(|(_, kind)| kind.package == id)
        .find(|(_, kind)| kind.name == name)
    {
        return Ok(Target::Kind(at));
    }
    let types = (0..).zip(&catalog.types);
    if let Some((at, _)) = types
        .filter(|(_, def)| def.package == id)
        .find(|(_, def)| def.name == name)
    {
        return Ok(Target::Type(TypeId(at)));
    }
    let kinds = catalog.kinds.iter().filter(|kind| kind.package == id);
    let types = catalog.types.iter().filter(|def| def.package == id);
    let names = kinds
        .map(|kind| kind.name.as_str())
        .chain(types.map(|def| def.name.as_str()));
    let meant = did_you_mean(name, names).map(|meant| format!("{SCHEME}{package}/{meant}"));
    Err((format!("`{package}` has no kind or type `{name}`"), meant))
}

/// Calls for each reference. What stands in examples and enums is data and no reference.
fn each<'t>(node: Node<'t>, found: &mut dyn FnMut(&'t str, Node<'t>)) {
    match node.kind() {
        NodeKind::Scalar(_) => {}
        NodeKind::List(items) => items.for_each(|item| each(item, found)),
        NodeKind::Map(entries) => {
            for entry in entries {
                match entry.key.text {
                    "$ref" => {
                        if let Some(text) = entry.value.text() {
                            found(text, entry.value);
                        }
                    }
                    // Its keys are names that somebody chose, whatever they look like.
                    "properties" | "schemas" => {
                        entry.value.entries().for_each(|one| each(one.value, found));
                    }
                    "discriminator" => {
                        let mapping = entry.value.get("mapping");
                        for case in mapping.into_iter().flat_map(Node::entries) {
                            // A bare name is one of a schema of this document.
                            let text = case.value.text().filter(|text| text.contains([':', '#']));
                            if let Some(text) = text {
                                found(text, case.value);
                            }
                        }
                    }
                    "example" | "examples" | "enum" => {}
                    key if key.starts_with("x-") => {}
                    _ => each(entry.value, found),
                }
            }
        }
    }
}

/// The value at a JSON pointer such as `/components/schemas/Name`.
pub fn pointer<'t>(root: Node<'t>, path: &str) -> Option<Node<'t>> {
    if path.is_empty() {
        return Some(root);
    }
    let steps = path.strip_prefix('/')?.split('/');
    steps.into_iter().try_fold(root, |node, step| {
        let step = step.replace("~1", "/").replace("~0", "~");
        if node.is_list() {
            node.items().nth(step.parse().ok()?)
        } else {
            node.get(&step)
        }
    })
}
