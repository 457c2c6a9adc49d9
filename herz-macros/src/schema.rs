//! `chaos_schema!`: a schema file, a package folder, or YAML in place.

use herz_codegen::rust::{self, HERZ_RUNTIME, Options};
use herz_dsl::compile::{self, Folders, PACKAGE_FILE, PackageSource, SourceFile};
use herz_dsl::diagnostic::{Diagnostic, Level};
use herz_dsl::source::Sources;
use proc_macro2::{Span, TokenStream};
use quote::quote;
use std::collections::BTreeMap;
use std::path::PathBuf;
use syn::parse::{Parse, ParseStream};
use syn::{Error, LitStr, Result, Token};

/// `"schemas/queue.yaml"`, or YAML, and perhaps `crate = path`.
struct Input {
    text: LitStr,
    krate: Option<syn::Path>,
}

impl Parse for Input {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        if !input.peek(LitStr) {
            return Err(input.error(
                "expected a path in quotes, or YAML in quotes\nhelp: `chaos_schema!(\"schemas/queue.yaml\")`",
            ));
        }
        let text = input.parse()?;
        let mut krate = None;
        if input.peek(Token![,]) {
            input.parse::<Token![,]>()?;
            if input.peek(Token![crate]) {
                input.parse::<Token![crate]>()?;
                input.parse::<Token![=]>()?;
                krate = Some(input.parse()?);
                input.parse::<Option<Token![,]>>()?;
            }
        }
        Ok(Self { text, krate })
    }
}

/// The types of the schema, or its errors.
pub(crate) fn expand(input: TokenStream) -> TokenStream {
    let input: Input = match syn::parse2(input) {
        Ok(input) => input,
        Err(error) => return error.to_compile_error(),
    };
    let text = input.text.value();
    let inline = text.contains('\n') || text.contains(": ");
    let read = if inline {
        Ok(in_place(&text))
    } else {
        from_files(&text, input.text.span())
    };
    let result = read.and_then(|read| generate(&read, &input));
    result.unwrap_or_else(|errors| errors.iter().map(Error::to_compile_error).collect())
}

/// Packages and where their findings are shown.
struct Loaded {
    packages: Vec<PackageSource>,
    found: Vec<Diagnostic>,
    sources: Sources,
    /// Files that the result depends on.
    watched: Vec<String>,
    /// Whether the text stands in the macro call.
    inline: bool,
}

fn in_place(text: &str) -> Loaded {
    let mut sources = Sources::new();
    let file = SourceFile {
        id: sources.add("chaos_schema!", text),
        name: "chaos_schema.yaml".to_owned(),
        bytes: text.as_bytes().to_vec(),
    };
    Loaded {
        packages: vec![PackageSource {
            package: None,
            files: vec![file],
            imports: BTreeMap::new(),
        }],
        found: Vec::new(),
        sources,
        watched: Vec::new(),
        inline: true,
    }
}

fn from_files(path: &str, span: Span) -> std::result::Result<Loaded, Vec<Error>> {
    let root = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let full = root.unwrap_or_default().join(path);
    if !full.exists() {
        let message =
            format!("`{path}` does not exist\nhelp: paths start at the folder of `Cargo.toml`");
        return Err(vec![Error::new(span, message)]);
    }
    let mut paths = vec![full.to_string_lossy().into_owned()];
    // A single file belongs to the package beside it, for its group and version.
    let beside = full.parent().map(|folder| folder.join(PACKAGE_FILE));
    if let Some(beside) =
        beside.filter(|beside| full.is_file() && beside.exists() && *beside != full)
    {
        paths.push(beside.to_string_lossy().into_owned());
    }
    let mut sources = Sources::new();
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    let (packages, found) = compile::load(&Folders, &paths, &mut sources);
    let watched = packages
        .iter()
        .flat_map(|package| {
            let imports = package.imports.values();
            package.package.iter().chain(&package.files).chain(imports)
        })
        .map(|file| file.name.clone())
        .collect();
    Ok(Loaded {
        packages,
        found,
        sources,
        watched,
        inline: false,
    })
}

fn generate(read: &Loaded, input: &Input) -> std::result::Result<TokenStream, Vec<Error>> {
    let (catalog, findings) = compile::compile(&read.packages);
    let errors: Vec<Error> = read
        .found
        .iter()
        .chain(&findings)
        .filter(|finding| finding.level == Level::Error)
        .map(|finding| Error::new(input.text.span(), told(finding, read)))
        .collect();
    if !errors.is_empty() {
        return Err(errors);
    }
    let options = Options {
        runtime: input.krate.as_ref().map_or_else(
            || HERZ_RUNTIME.to_owned(),
            |krate| format!("{}::__private_v1", quote!(#krate)).replace(' ', ""),
        ),
        ..Options::default()
    };
    let at_text = |errors: Vec<herz_codegen::CodegenError>| -> Vec<Error> {
        errors
            .iter()
            .map(|error| Error::new(input.text.span(), error))
            .collect()
    };
    let files = rust::generate(&catalog, &options).map_err(at_text)?;
    let tokens = rust::nested(&files).map_err(at_text)?;
    let watched = &read.watched;
    Ok(quote! {
        #tokens
        #(const _: &[u8] = ::core::include_bytes!(#watched);)*
    })
}

/// A finding with its place in the file, or in the text of the call.
fn told(finding: &Diagnostic, read: &Loaded) -> String {
    let place = finding.span.and_then(|span| {
        let source = read.sources.get(span.source)?;
        let at = source.position(span.start);
        Some(if read.inline {
            format!("line {}, column {} of the schema: ", at.line, at.column)
        } else {
            format!("{}:{}:{}: ", source.name, at.line, at.column)
        })
    });
    let mut text = format!(
        "{}{} [{}]",
        place.unwrap_or_default(),
        finding.message,
        finding.code
    );
    for help in &finding.help {
        text.push_str("\nhelp: ");
        text.push_str(help);
    }
    text
}
