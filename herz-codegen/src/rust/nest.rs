//! A module tree of files as one text.

use crate::{CodegenError, Files};
use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{AttrStyle, File, Item};

/// All files as one: `mod name;` becomes `mod name { … }`.
pub fn one_file(files: &Files) -> Result<String, Vec<CodegenError>> {
    super::print(nested(files)?)
}

/// All files as tokens.
pub fn nested(files: &Files) -> Result<TokenStream, Vec<CodegenError>> {
    let root = parse(files, "mod.rs")?;
    Ok(nest(files, root, "")?.into_token_stream())
}

/// The modules of the root, each as one text of its own. Without inner attributes, so that it can
/// be taken in by `include!`.
pub fn modules(files: &Files) -> Result<Vec<(String, String)>, Vec<CodegenError>> {
    let root = nest(files, parse(files, "mod.rs")?, "")?;
    let mut modules = Vec::new();
    for item in root.items {
        if let Item::Mod(module) = item
            && let Some((_, items)) = module.content
        {
            let file = File {
                shebang: None,
                attrs: Vec::new(),
                items,
                frontmatter: None,
            };
            let name = module.ident.to_string();
            modules.push((
                name.trim_start_matches("r#").to_owned(),
                super::print(file.into_token_stream())?,
            ));
        }
    }
    Ok(modules)
}

fn parse(files: &Files, path: &str) -> Result<File, Vec<CodegenError>> {
    let text = files.get(path).unwrap_or_default();
    syn::parse_file(text).map_err(|error| vec![CodegenError::new(path, error.to_string())])
}

fn nest(files: &Files, mut file: File, folder: &str) -> Result<File, Vec<CodegenError>> {
    for item in &mut file.items {
        let Item::Mod(module) = item else { continue };
        if module.content.is_some() {
            continue;
        }
        let name = module.ident.to_string();
        let name = name.trim_start_matches("r#");
        let (path, below) = match files.get(&format!("{folder}{name}.rs")) {
            Some(_) => (format!("{folder}{name}.rs"), folder.to_owned()),
            None => (format!("{folder}{name}/mod.rs"), format!("{folder}{name}/")),
        };
        let inner = nest(files, parse(files, &path)?, &below)?;
        module.semi = None;
        module.content = Some((syn::token::Brace::default(), inner.items));
        module.attrs.extend(inner.attrs.into_iter().map(|mut attr| {
            attr.style = AttrStyle::Outer;
            attr
        }));
    }
    Ok(file)
}
