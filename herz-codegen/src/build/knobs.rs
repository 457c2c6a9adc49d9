//! Attributes and visibility, put on generated items.

use crate::{CodegenError, File, Files};
use syn::{Attribute, Field, Item};

/// An attribute for what a pattern matches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Knob {
    /// Whether it is for types; else for their fields and variants.
    pub(super) types: bool,
    /// `acme::DiskChaos`, `acme::DiskChaos::size`, with `*` for anything.
    pub(super) pattern: String,
    /// `#[…]`.
    pub(super) attribute: String,
}

/// Puts the attributes on, and gives the root's modules their visibility.
pub(super) fn apply(
    files: &Files,
    knobs: &[Knob],
    visibility: Option<&str>,
) -> Result<Files, Vec<CodegenError>> {
    if knobs.is_empty() && visibility.is_none() {
        return Ok(files.clone());
    }
    let mut errors = Vec::new();
    let parsed: Vec<Vec<Attribute>> = knobs
        .iter()
        .map(|knob| {
            let parser = Attribute::parse_outer;
            syn::parse::Parser::parse_str(parser, &knob.attribute).unwrap_or_else(|error| {
                errors.push(CodegenError::new(
                    &knob.attribute,
                    format!("is no attribute: {error}"),
                ));
                Vec::new()
            })
        })
        .collect();
    let mut used = vec![false; knobs.len()];
    let mut out = Vec::new();
    for file in files.iter() {
        let mut tree = match syn::parse_file(&file.text) {
            Ok(tree) => tree,
            Err(error) => {
                errors.push(CodegenError::new(&file.path, error.to_string()));
                continue;
            }
        };
        let (folder, _) = file.path.rsplit_once('/').unwrap_or(("", ""));
        let module = folder.replace('/', "::");
        let mut on = |types: bool, path: &str, attrs: &mut Vec<Attribute>| {
            for (at, knob) in knobs.iter().enumerate() {
                if knob.types == types
                    && matches(&knob.pattern, path)
                    && let (Some(new), Some(used)) = (parsed.get(at), used.get_mut(at))
                {
                    attrs.extend(new.iter().cloned());
                    *used = true;
                }
            }
        };
        for item in &mut tree.items {
            match item {
                Item::Struct(item) => {
                    let path = format!("{module}::{}", item.ident);
                    on(true, &path, &mut item.attrs);
                    for field in &mut item.fields {
                        on(false, &format!("{path}::{}", name(field)), &mut field.attrs);
                    }
                }
                Item::Enum(item) => {
                    let path = format!("{module}::{}", item.ident);
                    on(true, &path, &mut item.attrs);
                    for variant in &mut item.variants {
                        on(
                            false,
                            &format!("{path}::{}", variant.ident),
                            &mut variant.attrs,
                        );
                    }
                }
                Item::Mod(item) if file.path == "mod.rs" => {
                    if let Some(text) = visibility {
                        match syn::parse_str(text) {
                            Ok(visibility) => item.vis = visibility,
                            Err(_) => {
                                errors.push(CodegenError::new(
                                    text,
                                    "is no visibility: expected `pub`, `pub(crate)`, `pub(super)` or nothing",
                                ));
                            }
                        }
                    }
                }
                _ => {}
            }
        }
        out.push(File {
            path: file.path.clone(),
            text: crate::rust::spaced(&prettyplease::unparse(&tree)),
        });
    }
    for (knob, used) in knobs.iter().zip(used) {
        if !used {
            errors.push(CodegenError::new(
                &knob.pattern,
                "matches nothing that is generated; a pattern is `module::Type` or `module::Type::field`, with `*` for anything",
            ));
        }
    }
    if errors.is_empty() {
        Ok(Files::new(out))
    } else {
        errors.sort();
        errors.dedup();
        Err(errors)
    }
}

fn name(field: &Field) -> String {
    field.ident.as_ref().map_or_else(String::new, |ident| {
        ident.to_string().trim_start_matches("r#").to_owned()
    })
}

/// Whether a pattern matches a whole path; `*` stands for any characters.
fn matches(pattern: &str, path: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = path.strip_prefix(first) else {
        return false;
    };
    let mut last = None;
    for part in parts {
        last = Some(part);
        match rest.find(part) {
            Some(at) => rest = rest.get(at + part.len()..).unwrap_or_default(),
            None => return false,
        }
    }
    match last {
        None => rest.is_empty(),
        Some(end) => rest.is_empty() || path.ends_with(end),
    }
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn patterns() {
        assert!(matches("acme::Disk", "acme::Disk"));
        assert!(!matches("acme::Disk", "acme::DiskSpec"));
        assert!(matches("acme::*Spec", "acme::DiskSpec"));
        assert!(!matches("acme::*Spec", "acme::DiskSpecs"));
        assert!(matches("*", "a::B"));
        assert!(matches("acme::Disk::*", "acme::Disk::size"));
        assert!(!matches("acme::Disk::*", "acme::Disks::size"));
        assert!(matches("a*c*e", "abcde"));
        assert!(!matches("a*c*e", "abde"));
    }
}
