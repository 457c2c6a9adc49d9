//! Component schemas of an OpenAPI 3.0 document become type declarations, as if they were written
//! in the schema language. Everything after that is the same for both.

use crate::catalog::Merge;
use crate::diagnostic::{Diagnostic, codes, did_you_mean};
use crate::schema::Reader;
use crate::schema::default::DefaultDecl;
use crate::schema::field::{FieldDecl, MergeDecl};
use crate::schema::life::LifeDecl;
use crate::schema::object::ObjectDecl;
use crate::schema::read::{Map, alternatives};
use crate::schema::typedef::{TypeBodyDecl, TypeDecl};
use crate::schema::value::{Data, Spanned, Text, Value};
use crate::source::Span;
use crate::tree::Resolved;
use semver::Version;

mod types;

const DOCUMENT: &[&str] = &[
    "openapi",
    "info",
    "paths",
    "components",
    "servers",
    "tags",
    "externalDocs",
];
const SCHEMA: &[&str] = &[
    "type",
    "format",
    "properties",
    "required",
    "items",
    "additionalProperties",
    "enum",
    "default",
    "nullable",
    "pattern",
    "minimum",
    "maximum",
    "$ref",
    "description",
    "x-kubernetes-int-or-string",
    "x-kubernetes-preserve-unknown-fields",
    "x-kubernetes-list-type",
    "x-kubernetes-list-map-keys",
    "x-kubernetes-map-type",
];
const HERZ: &[&str] = &[
    "x-herz-since",
    "x-herz-until",
    "x-herz-required-since",
    "x-herz-required-until",
    "x-herz-default-since",
    "x-herz-merge-since",
];

/// Reads the component schemas of a document.
pub(super) fn read(reader: &mut Reader, root: &Value) -> Vec<TypeDecl> {
    let Some(entries) = root.entries() else {
        reader.shape(root, "an imported document must be a map");
        return Vec::new();
    };
    for (key, _) in entries
        .iter()
        .filter(|(key, _)| !DOCUMENT.contains(&key.as_str()) && !key.text.starts_with("x-"))
    {
        refuse(
            reader,
            key.span,
            format!("an imported document has no use for `{}`", key.text),
            None,
        );
    }
    match root.get("openapi").map(|value| (value, &value.data)) {
        Some((_, Data::Scalar { text, .. })) if text.starts_with("3.0") => {}
        Some((value, _)) => refuse(
            reader,
            value.span,
            "an imported document must be OpenAPI 3.0".to_owned(),
            None,
        ),
        None => refuse(
            reader,
            entries.first().map_or(root.span, |(key, _)| key.span),
            "an imported document must say `openapi: 3.0.3`".to_owned(),
            None,
        ),
    }
    let schemas = root
        .get("components")
        .and_then(|components| components.get("schemas"));
    let Some(schemas) = schemas.and_then(|schemas| reader.entries(schemas, "schemas")) else {
        return Vec::new();
    };
    let mut import = Importer {
        reader,
        types: Vec::new(),
    };
    for (name, schema) in schemas {
        import.component(name, schema);
    }
    import.types
}

fn refuse(reader: &mut Reader, span: Span, message: String, help: Option<String>) {
    let mut finding = Diagnostic::error(codes::IMPORT, span, message);
    finding.help.extend(help);
    reader.diagnostics.push(finding);
}

struct Importer<'r> {
    reader: &'r mut Reader,
    types: Vec<TypeDecl>,
}

impl Importer<'_> {
    /// Opens a schema and refuses the keywords that are not understood.
    fn open<'v>(&mut self, schema: &'v Value) -> Option<Map<'v>> {
        let Some(entries) = schema.entries() else {
            self.reader.shape(schema, "a schema must be a map");
            return None;
        };
        let known = || SCHEMA.iter().chain(HERZ).copied();
        for (key, _) in entries {
            if !known().any(|word| word == key.text) {
                let message = format!("an import can't express `{}`", key.text);
                let help = did_you_mean(&key.text, known())
                    .map(|meant| format!("did you mean `{meant}`?"));
                refuse(self.reader, key.span, message, help);
            }
        }
        let all: Vec<&str> = entries.iter().map(|(key, _)| key.as_str()).collect();
        self.reader.map(schema, "a schema", &[&all])
    }

    /// A schema with a name of its own.
    fn component(&mut self, name: &Text, schema: &Value) {
        let Some(map) = self.open(schema) else { return };
        self.forbid(
            map,
            &[
                "x-herz-required-since",
                "x-herz-required-until",
                "x-herz-default-since",
                "default",
                "nullable",
            ],
            "a component",
        );
        let life = self.life(map);
        let doc = map
            .read(self.reader, "description", Reader::text)
            .map(|doc| doc.text.trim().to_owned())
            .unwrap_or_default();
        let body = if map.has("properties") {
            TypeBodyDecl::Object(self.object(&name.text, map, name.span))
        } else if let Some(values) = self.enumeration(map) {
            TypeBodyDecl::Enum(values)
        } else {
            TypeBodyDecl::Scalar(self.type_of(&name.text, map), Self::limits(map))
        };
        self.types.push(TypeDecl {
            name: name.clone(),
            doc,
            life,
            body,
        });
    }

    fn forbid(&mut self, map: Map<'_>, keywords: &[&str], what: &str) {
        for keyword in keywords {
            if let Some((key, _)) = map.entry(keyword) {
                refuse(
                    self.reader,
                    key.span,
                    format!("`{keyword}` has no meaning on {what}"),
                    None,
                );
            }
        }
    }

    fn object(&mut self, owner: &str, map: Map<'_>, at: Span) -> ObjectDecl {
        let required = map
            .read(self.reader, "required", Reader::texts)
            .unwrap_or_default();
        let mut object = ObjectDecl {
            span: at,
            ..ObjectDecl::default()
        };
        object.open = map.flag(self.reader, "x-kubernetes-preserve-unknown-fields");
        match map
            .get("additionalProperties")
            .map(|value| (value, &value.data))
        {
            None
            | Some((
                _,
                Data::Scalar {
                    resolved: Resolved::Bool(false),
                    ..
                },
            )) => {}
            Some((
                _,
                Data::Scalar {
                    resolved: Resolved::Bool(true),
                    ..
                },
            )) => object.open = true,
            Some((value, _)) => {
                let message =
                    "`properties` and a schema in `additionalProperties` can't be one type"
                        .to_owned();
                refuse(self.reader, value.span, message, None);
            }
        }
        if self.word(map, "x-kubernetes-map-type", &["granular", "atomic"]) == Some("atomic") {
            let life = LifeDecl {
                since: map.read(self.reader, "x-herz-merge-since", Reader::version),
                ..LifeDecl::default()
            };
            object.atomic = Some(Spanned {
                value: life,
                span: at,
            });
        }
        let properties = map
            .read(self.reader, "properties", Reader::entries)
            .unwrap_or_default();
        for (name, schema) in properties {
            let always = required.iter().any(|text| text.text == name.text);
            object
                .fields
                .extend(self.property(owner, name, schema, always));
        }
        for name in required
            .iter()
            .filter(|name| !properties.iter().any(|(key, _)| key.text == name.text))
        {
            let message = format!(
                "`required` names `{}`, which is none of the properties",
                name.text
            );
            self.reader.diagnostics.push(Diagnostic::error(
                codes::NO_SUCH_FIELD,
                name.span,
                message,
            ));
        }
        object
    }

    /// The field or fields of a property: what is required in some releases only is two fields.
    fn property(
        &mut self,
        owner: &str,
        name: &Text,
        schema: &Value,
        always: bool,
    ) -> Vec<FieldDecl> {
        let Some(map) = self.open(schema) else {
            return Vec::new();
        };
        let inner = format!("{owner}.{}", name.text);
        let mut field = FieldDecl::plain(name.clone(), None, name.span);
        field.required = Some(always);
        field.life = self.life(map);
        field.doc = map
            .read(self.reader, "description", Reader::text)
            .map(|doc| doc.text.trim().to_owned())
            .unwrap_or_default();
        field.nullable = map.flag(self.reader, "nullable");
        field.values = self.enumeration(map);
        if field.values.is_none() {
            field.ty = self.type_of(&inner, map);
            field.limits = Self::limits(map);
        }
        field.default = map.get("default").map(|value| DefaultDecl {
            life: LifeDecl {
                since: map.read(self.reader, "x-herz-default-since", Reader::version),
                ..LifeDecl::default()
            },
            ..DefaultDecl::plain(value)
        });
        field.merge = self.merge(map);
        let since = map.read(self.reader, "x-herz-required-since", Reader::version);
        let until = map.read(self.reader, "x-herz-required-until", Reader::version);
        match (since, until) {
            (None, None) => vec![field],
            (since, until) => required_for_a_while(&field, since.as_ref(), until.as_ref()),
        }
    }

    fn merge(&mut self, map: Map<'_>) -> Option<MergeDecl> {
        // On an inline object, the object's own type says it.
        if map.has("properties") {
            return None;
        }
        let list = self.word(map, "x-kubernetes-list-type", &["atomic", "set", "map"]);
        let entries = self.word(map, "x-kubernetes-map-type", &["granular", "atomic"]);
        let keys = map.read(self.reader, "x-kubernetes-list-map-keys", Reader::texts);
        let merge = match (list, entries) {
            (Some("set"), _) => Merge::Set,
            (Some("map"), _) => match keys {
                Some(keys) if !keys.is_empty() => {
                    Merge::By(keys.into_iter().map(|key| key.text).collect())
                }
                _ => {
                    let message =
                        "a list of type `map` needs `x-kubernetes-list-map-keys`".to_owned();
                    refuse(self.reader, map.head(), message, None);
                    return None;
                }
            },
            (Some(_), _) | (None, Some("atomic")) => Merge::Atomic,
            _ => return None,
        };
        let since = map.read(self.reader, "x-herz-merge-since", Reader::version);
        Some(MergeDecl {
            merge,
            life: LifeDecl {
                since,
                ..LifeDecl::default()
            },
            span: map.span,
        })
    }

    fn life(&mut self, map: Map<'_>) -> LifeDecl {
        LifeDecl {
            since: map.read(self.reader, "x-herz-since", Reader::version),
            until: map.read(self.reader, "x-herz-until", Reader::version),
            deprecated: None,
        }
    }

    /// A word out of a set, as an OpenAPI keyword has it.
    fn word(
        &mut self,
        map: Map<'_>,
        keyword: &str,
        words: &[&'static str],
    ) -> Option<&'static str> {
        let value = map.get(keyword)?;
        if let Data::Scalar { text, .. } = &value.data
            && let Some(word) = words.iter().find(|word| *word == text)
        {
            return Some(word);
        }
        let message = format!(
            "an import understands {} for `{keyword}`, not {}",
            alternatives(words.iter().copied()),
            value.describe()
        );
        refuse(self.reader, value.span, message, None);
        None
    }
}

/// A field that is required from one release on, until another: one field for each stretch.
fn required_for_a_while(
    field: &FieldDecl,
    since: Option<&Spanned<Version>>,
    until: Option<&Spanned<Version>>,
) -> Vec<FieldDecl> {
    let part = |since: Option<&Spanned<Version>>,
                until: Option<&Spanned<Version>>,
                required: bool| FieldDecl {
        required: Some(required),
        life: LifeDecl {
            since: since.cloned().or_else(|| field.life.since.clone()),
            until: until.cloned().or_else(|| field.life.until.clone()),
            deprecated: None,
        },
        ..field.clone()
    };
    let mut parts = Vec::new();
    if since.is_some() {
        parts.push(part(None, since, false));
    }
    parts.push(part(since, until, true));
    if until.is_some() {
        parts.push(part(until, None, false));
    }
    parts
}
