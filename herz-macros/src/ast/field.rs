//! Fields of structs and of variants.

use super::Named;
use super::entry::{take, text};
use crate::attr::{self, Entry};
use crate::names::Case;
use crate::types::{self, FieldType};
use syn::{Error, Ident};

/// A field of a struct or variant.
pub(crate) struct Field<'a> {
    pub(crate) ident: Ident,
    pub(crate) docs: String,
    pub(crate) wire: Named,
    /// None: it holds the keys that the schema does not know.
    pub(crate) ty: Option<FieldType<'a>>,
    pub(crate) entries: Vec<Entry>,
}

/// Keywords of a field that the schema language does not have.
pub(crate) const FIELD: &[&str] = &["required_when", "forbidden_when", "requires", "unknown"];

impl<'a> Field<'a> {
    pub(super) fn read(field: &'a syn::Field, case: Case, errors: &mut Vec<Error>) -> Option<Self> {
        let ident = field.ident.clone()?;
        let mut groups = attr::groups(&field.attrs, errors);
        let named = take(&mut groups, "name").or_else(|| take(&mut groups, "rename"));
        let wire = named.and_then(|entry| text(&entry, errors));
        let marked = take(&mut groups, "unknown").is_some();
        let unknown = marked || is_unknown(&field.ty);
        let entries: Vec<Entry> = groups.into_iter().flat_map(|group| group.entries).collect();
        for entry in &entries {
            let instead = match entry.key.text.as_str() {
                "required" => "it follows from the type: a field of type `Option<…>` may be absent",
                "nullable" => "it follows from the type: `Nullable<…>` has null as a value",
                "doc" => "it is the comment: write `/// …`",
                _ => continue,
            };
            let message = format!("`{}` can't be given here: {instead}", entry.key.text);
            errors.push(Error::new(entry.key.span, message));
        }
        let ty = if unknown {
            None
        } else {
            match types::field_type(&field.ty) {
                Ok(ty) => Some(ty),
                Err(error) => {
                    errors.push(error);
                    return None;
                }
            }
        };
        Some(Self {
            wire: wire.unwrap_or_else(|| Named {
                text: case.apply(&ident),
                span: ident.span(),
            }),
            docs: attr::docs(&field.attrs),
            ty,
            entries,
            ident,
        })
    }

    /// Whether the field has a default by the schema although its type has no `Option`.
    pub(crate) fn defaulted(&self) -> bool {
        self.ty.as_ref().is_some_and(|ty| !ty.optional)
            && self.entries.iter().any(|entry| entry.key.text == "default")
    }
}

/// Whether the type is `Unknown`, which holds what the schema does not know.
fn is_unknown(ty: &syn::Type) -> bool {
    matches!(ty, syn::Type::Path(path)
        if path.path.segments.last().is_some_and(|last| last.ident == "Unknown"))
}
