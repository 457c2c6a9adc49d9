//! Rust types as types of the schema language.

use herz_dsl::diagnostic::did_you_mean;
use herz_types::scalar::Dialect;
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Error, GenericArgument, PathArguments, Type};

/// The type of a field.
#[derive(Clone)]
pub(crate) struct FieldType<'a> {
    /// Whether the key may be absent: `Option<…>`.
    pub(crate) optional: bool,
    /// Whether null is a value: `Nullable<…>`.
    pub(crate) nullable: bool,
    /// What the value is.
    pub(crate) ty: Ty<'a>,
    /// The Rust type without `Option`.
    pub(crate) inner: &'a Type,
}

/// A type of the schema language.
#[derive(Clone)]
pub(crate) enum Ty<'a> {
    /// A built-in type.
    Plain(String),
    /// `list<…>`
    List(Box<Ty<'a>>),
    /// `map<…>`
    Map(Box<Ty<'a>>),
    /// A type that is declared elsewhere.
    Named(&'a Type, String),
}

impl<'a> Ty<'a> {
    /// The type inside all lists and maps.
    pub(crate) fn innermost(&self) -> &Self {
        match self {
            Self::List(inner) | Self::Map(inner) => inner.innermost(),
            other => other,
        }
    }

    /// The Rust type that is declared elsewhere, if it is one.
    pub(crate) fn named(&self) -> Option<(&'a Type, &str)> {
        match self.innermost() {
            Self::Named(ty, name) => Some((ty, name)),
            _ => None,
        }
    }
}

/// Reads the type of a field.
pub(crate) fn field_type(ty: &Type) -> Result<FieldType<'_>, Error> {
    let (optional, inner) = match generic(ty, "Option") {
        Some(inner) => (true, inner),
        None => (false, ty),
    };
    let (nullable, value) = match generic(inner, "Nullable") {
        Some(value) => (true, value),
        None => (false, inner),
    };
    Ok(FieldType {
        optional,
        nullable,
        ty: read(value)?,
        inner,
    })
}

fn read(ty: &Type) -> Result<Ty<'_>, Error> {
    let Type::Path(path) = ty else {
        return Err(match ty {
            Type::Reference(_) => Error::new(
                ty.span(),
                "a field of a chaos kind owns its value\nhelp: use `String` or `Vec<…>` in place of a reference",
            ),
            Type::Tuple(_) => Error::new(
                ty.span(),
                "a tuple has no place in a schema\nhelp: use a struct with `#[derive(ChaosType)]`",
            ),
            Type::Array(_) => Error::new(
                ty.span(),
                "an array has no place in a schema\nhelp: use `Vec<…>` with `#[chaos(items = …)]`",
            ),
            _ => Error::new(ty.span(), "this type has no place in a schema"),
        });
    };
    let Some(last) = path.path.segments.last() else {
        return Err(Error::new(ty.span(), "this type has no place in a schema"));
    };
    let name = last.ident.unraw().to_string();
    let plain = |name: &str| Ok(Ty::Plain(name.to_owned()));
    if let Some(inner) = generic(ty, "Vec") {
        return Ok(Ty::List(Box::new(read(inner)?)));
    }
    if let Some(inner) = generic(ty, "Box") {
        return read(inner);
    }
    for outer in ["Option", "Nullable"] {
        if generic(ty, outer).is_some() {
            return Err(Error::new(
                ty.span(),
                format!("`{outer}` stands around the type of a field, not inside of it"),
            ));
        }
    }
    if name == "BTreeMap" {
        let args = arguments(ty);
        let [key, value] = args.as_slice() else {
            return Err(Error::new(
                ty.span(),
                "a map has keys and values: `BTreeMap<String, …>`",
            ));
        };
        if !matches!(key, Type::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == "String"))
        {
            return Err(Error::new(
                key.span(),
                "keys of maps are texts\nhelp: use `String`",
            ));
        }
        return Ok(Ty::Map(Box::new(read(value)?)));
    }
    if name == "Text" {
        let args = arguments(ty);
        let [Type::Path(inner)] = args.as_slice() else {
            return Err(Error::new(
                ty.span(),
                "`Text` needs a grammar, such as `Text<GoDuration>`",
            ));
        };
        let Some(last) = inner.path.segments.last() else {
            return Err(Error::new(ty.span(), "`Text` needs a grammar"));
        };
        let scalar = last.ident.to_string();
        if let Some(dialect) = Dialect::ALL.iter().find(|one| one.rust_type() == scalar) {
            return plain(dialect.name());
        }
        let mut message = format!("`{scalar}` is no grammar of texts");
        if let Some(meant) = did_you_mean(&scalar, Dialect::ALL.iter().map(|one| one.rust_type())) {
            message.push_str(&format!("\nhelp: did you mean `{meant}`?"));
        }
        return Err(Error::new(last.ident.span(), message));
    }
    by_name(ty, &name, last)
}

/// A type that its last name says.
fn by_name<'a>(ty: &'a Type, name: &str, last: &syn::PathSegment) -> Result<Ty<'a>, Error> {
    let instead = |good: &str| {
        Err(Error::new(
            ty.span(),
            format!("`{name}` is no type of the schema language\nhelp: use `{good}`"),
        ))
    };
    let plain = |name: &str| Ok(Ty::Plain(name.to_owned()));
    if !last.arguments.is_none() && ["HashMap", "HashSet", "BTreeSet", "VecDeque"].contains(&name) {
        return instead(if name == "HashMap" {
            "BTreeMap<String, …>"
        } else {
            "Vec<…>"
        });
    }
    match name {
        "bool" => plain("bool"),
        "String" => plain("string"),
        "i32" => plain("int32"),
        "i64" => plain("int64"),
        "u8" => plain("uint8"),
        "u16" => plain("uint16"),
        "u32" => plain("uint32"),
        "u64" => plain("uint64"),
        "f64" => plain("float64"),
        "Bytes" => plain("bytes"),
        "IntOrString" => plain("intOrString"),
        "Json" | "Value" => plain("any"),
        "JsonMap" => plain("object"),
        "i8" | "i16" => instead("i32"),
        "isize" | "i128" => instead("i64"),
        "usize" | "u128" => instead("u64"),
        "f32" => instead("f64"),
        "str" | "char" | "PathBuf" | "OsString" => instead("String"),
        "Duration" => instead("Text<GoDuration>"),
        "IpAddr" | "Ipv4Addr" | "Ipv6Addr" => instead("Text<IpAddress>"),
        _ if !last.arguments.is_none() => Err(Error::new(
            ty.span(),
            format!("`{name}<…>` has no place in a schema"),
        )),
        _ => Ok(Ty::Named(ty, name.to_owned())),
    }
}

/// The argument of `Outer<…>`, if the type is that.
fn generic<'a>(ty: &'a Type, outer: &str) -> Option<&'a Type> {
    let Type::Path(path) = ty else { return None };
    if path.path.segments.last()?.ident != outer {
        return None;
    }
    match arguments(ty).as_slice() {
        [inner] => Some(inner),
        _ => None,
    }
}

fn arguments(ty: &Type) -> Vec<&Type> {
    let Type::Path(path) = ty else {
        return Vec::new();
    };
    let Some(PathArguments::AngleBracketed(args)) =
        path.path.segments.last().map(|last| &last.arguments)
    else {
        return Vec::new();
    };
    args.args
        .iter()
        .filter_map(|arg| match arg {
            GenericArgument::Type(ty) => Some(ty),
            _ => None,
        })
        .collect()
}
