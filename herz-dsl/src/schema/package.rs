//! `package.yaml`.

use super::field::read_zero;
use super::read::Reader;
use super::value::{Spanned, Text, Value};
use crate::catalog::Zero;
use crate::source::Span;
use semver::Version;

const KEYWORDS: &[&str] = &[
    "package",
    "version",
    "group",
    "apiVersion",
    "doc",
    "platform",
    "nulls",
    "imports",
    "defaults",
];

/// `package.yaml` as written.
#[derive(Debug, Clone, PartialEq)]
pub struct PackageFile {
    /// Unique name.
    pub name: Text,
    /// Version of the schema package.
    pub version: Version,
    /// API group.
    pub group: String,
    /// API version.
    pub api_version: String,
    /// What it is about.
    pub doc: String,
    /// What `since` and `until` talk about.
    pub platform: Option<PlatformDecl>,
    /// Whether null means absent.
    pub lenient_null: bool,
    /// OpenAPI documents: name and path.
    pub imports: Vec<(Text, Text)>,
    /// Whether fields are required unless they say otherwise.
    pub required: bool,
    /// What is stored for empty values unless a field says otherwise.
    pub zero: Zero,
}

/// `platform:` as written.
#[derive(Debug, Clone, PartialEq)]
pub struct PlatformDecl {
    /// Its name.
    pub name: Text,
    /// Its releases.
    pub versions: Vec<Spanned<Version>>,
    /// The list of releases.
    pub span: Span,
}

impl PackageFile {
    /// The package of files that come without a `package.yaml`.
    pub fn unnamed(span: Span) -> Self {
        Self {
            name: Text::new("local", span),
            version: Version::new(0, 0, 0),
            group: "local".to_owned(),
            api_version: "v1alpha1".to_owned(),
            doc: String::new(),
            platform: None,
            lenient_null: false,
            imports: Vec::new(),
            required: true,
            zero: Zero::Kept,
        }
    }

    /// Reads the root of `package.yaml`.
    pub fn read(reader: &mut Reader, value: &Value) -> Option<Self> {
        let map = reader.map(value, "a package", &[KEYWORDS])?;
        let plain = Self::unnamed(map.span);
        let name = map.require(reader, "package", Reader::text);
        let version = map.read(reader, "version", Reader::version);
        let group = map.require(reader, "group", Reader::text);
        let api_version = map.read(reader, "apiVersion", Reader::text);
        let (required, zero) = map
            .read(reader, "defaults", |reader, value, _| {
                let map = reader.map(value, "`defaults`", &[&["required", "zero"]])?;
                Some((
                    map.read(reader, "required", Reader::boolean),
                    map.read(reader, "zero", read_zero),
                ))
            })
            .unwrap_or_default();
        Some(Self {
            version: version.map_or(plain.version, |version| version.value),
            group: group.map_or(plain.group, |group| group.text),
            api_version: api_version.map_or(plain.api_version, |version| version.text),
            doc: map.doc(reader),
            platform: map.read(reader, "platform", PlatformDecl::read),
            lenient_null: map
                .read(reader, "nulls", |reader, value, keyword| {
                    reader.word(value, keyword, &[("error", false), ("absent", true)])
                })
                .unwrap_or(false),
            imports: map
                .read(reader, "imports", |reader, value, keyword| {
                    let entries = reader.entries(value, keyword)?;
                    Some(
                        entries
                            .iter()
                            .filter_map(|(name, path)| {
                                Some((name.clone(), reader.text(path, "the path of an import")?))
                            })
                            .collect(),
                    )
                })
                .unwrap_or_default(),
            required: required.unwrap_or(true),
            zero: zero.unwrap_or(Zero::Kept),
            name: name.unwrap_or(plain.name),
        })
    }
}

impl PlatformDecl {
    fn read(reader: &mut Reader, value: &Value, _: &str) -> Option<Self> {
        let map = reader.map(value, "`platform`", &[&["name", "versions"]])?;
        let name = map.require(reader, "name", Reader::text);
        let list = map.require(reader, "versions", |_, value, _| Some(value));
        let versions = list
            .and_then(|list| reader.items(list, "versions"))
            .unwrap_or_default();
        if let Some(list) = list.filter(|list| list.items().is_some_and(<[Value]>::is_empty)) {
            reader.shape(list, "`versions` must be a list of at least one version");
        }
        let versions = versions
            .iter()
            .filter_map(|item| reader.version(item, "a release"))
            .collect();
        Some(Self {
            name: name?,
            versions,
            span: list.map_or(map.span, |list| list.span),
        })
    }
}
