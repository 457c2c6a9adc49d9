//! CRDs and OpenAPI schemas -> a package of the schema language, for a team that has those already.
//!
//! What is carried over is structure: kinds, fields, types, limits, defaults, columns. What the language
//! has no words for is left out and told, at its place in the source ([`codes::NOT_IMPORTED`]).
//!
//! ```
//! use herz_dsl::import::{Options, import};
//! use herz_dsl::source::SourceId;
//!
//! let crd = b"
//! apiVersion: apiextensions.k8s.io/v1
//! kind: CustomResourceDefinition
//! metadata: { name: disks.acme.example }
//! spec:
//!   group: acme.example
//!   names: { kind: DiskChaos, plural: diskchaos }
//!   scope: Namespaced
//!   versions:
//!     - name: v1
//!       served: true
//!       storage: true
//!       schema:
//!         openAPIV3Schema:
//!           type: object
//!           properties:
//!             spec: { type: object, required: [path], properties: { path: { type: string } } }
//! ";
//! let imported = import(&[(SourceId(0), crd)], &Options::default());
//! assert!(imported.findings.is_empty());
//! assert_eq!(imported.files[1].0, "DiskChaos.yaml");
//! assert!(imported.files[1].1.contains("name: path"));
//! ```

mod component;
mod crd;
mod limit;
mod schema;
mod types;

use crate::catalog::{Catalog, Kind, Package, PackageId, TypeId};
use crate::diagnostic::{Diagnostic, Level, codes};
use crate::print;
use crate::source::{SourceId, Span};
use crate::tree::{self, Limits, Node, Tree};
use semver::Version;
use std::collections::BTreeMap;
use types::Types;

/// What may be chosen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// Name of the package; without it the first part of the API group.
    pub package: Option<String>,
    /// Schemas of OpenAPI documents to import, with those that they refer to; all if none is named.
    pub components: Vec<String>,
}

/// What an import came to.
#[derive(Debug, Default)]
pub struct Imported {
    /// The package: `package.yaml`, a file for each kind, `types.yaml`. Empty if there is an error.
    pub files: Vec<(String, String)>,
    /// What could not be carried over, and what could not be read.
    pub findings: Vec<Diagnostic>,
}

/// Reads CRDs and OpenAPI documents, and writes them as one package.
pub fn import(sources: &[(SourceId, &[u8])], options: &Options) -> Imported {
    let mut findings = Vec::new();
    let trees: Vec<Tree> = sources
        .iter()
        .map(|(id, bytes)| {
            let (tree, found) = tree::parse(*id, bytes, &Limits::default());
            findings.extend(found);
            tree
        })
        .collect();
    let mut import = Import {
        types: Types::default(),
        components: BTreeMap::new(),
        kinds: Vec::new(),
        group: None,
        version: None,
        findings,
    };
    import.all(&trees, options);
    let mut findings = import.findings;
    findings.sort_by(|a, b| (a.span, &a.message).cmp(&(b.span, &b.message)));
    let is_broken = findings.iter().any(|one| one.level == Level::Error);
    let mut imported = Imported {
        files: Vec::new(),
        findings,
    };
    if is_broken {
        return imported;
    }
    let group = import.group.unwrap_or_else(|| "example.com".to_owned());
    let name = options.package.clone().unwrap_or_else(|| {
        let first = group.split('.').next().unwrap_or_default();
        if first.is_empty() { "imported" } else { first }.to_owned()
    });
    let version = Version::new(0, 1, 0);
    let catalog = Catalog {
        packages: vec![Package {
            platform: name.clone(),
            name,
            releases: vec![version.clone()],
            version,
            group,
            api_version: import.version.unwrap_or_else(|| "v1".to_owned()),
            doc: String::new(),
            // An API server takes null for «absent».
            lenient_null: true,
        }],
        kinds: import.kinds,
        types: import.types.finish(),
    };
    imported.files = print::package(&catalog, PackageId(0));
    imported
}

/// One import, while it is made.
struct Import {
    types: Types,
    /// Types of the schemas of OpenAPI documents, by their names there.
    components: BTreeMap<String, TypeId>,
    kinds: Vec<Kind>,
    group: Option<String>,
    version: Option<String>,
    findings: Vec<Diagnostic>,
}

impl Import {
    fn all(&mut self, trees: &[Tree], options: &Options) {
        let mut crds = Vec::new();
        let mut documents = Vec::new();
        for tree in trees {
            for document in tree.documents() {
                let root = document.root();
                let is = |key: &str, wanted: &str| {
                    root.get(key)
                        .and_then(Node::text)
                        .is_some_and(|text| text == wanted)
                };
                if is("kind", "CustomResourceDefinition") {
                    crds.push(root);
                } else if root.get("openapi").is_some() {
                    documents.push(root);
                } else if !root.is_null() {
                    let text = "this is neither a CustomResourceDefinition nor an OpenAPI document";
                    self.refuse(beginning(root), text);
                }
            }
        }
        if crds.is_empty() && documents.is_empty() && self.findings.is_empty() {
            let text = "there is nothing to import: expected a CustomResourceDefinition or an OpenAPI document";
            let mut finding = Diagnostic::error(codes::NOT_IMPORTED, Span::default(), text);
            finding.span = None;
            self.findings.push(finding);
        }
        self.crds(crds);
        self.documents(&documents, options);
    }

    /// Something that stops the import.
    fn refuse(&mut self, span: Span, text: impl Into<String>) {
        self.findings
            .push(Diagnostic::error(codes::NOT_IMPORTED, span, text));
    }

    /// Something that is left out.
    fn lose(&mut self, span: Span, text: impl Into<String>) {
        self.findings
            .push(Diagnostic::warning(codes::NOT_IMPORTED, span, text));
    }
}

/// A map's first key, or else the value: what findings about a whole value point at.
fn beginning(node: Node<'_>) -> Span {
    node.entries()
        .next()
        .map_or_else(|| node.place(), |entry| entry.key.span)
}
