//! Types that say what they are: what `#[derive(ChaosType)]` writes, and what it needs to know of
//! the types of fields.

use crate::read::Fields;
use crate::scalar::{Bytes, IntOrString, Scalar, Text};
use crate::table::{Limit, ObjectTable, Shape};
use crate::value::Nullable;
use crate::view::{Look, View};
use crate::{Json, JsonMap, Read};
use std::collections::BTreeMap;

/// A type that may be the type of a field of a chaos kind.
///
/// The built-in types have it; structs and enums get it by `#[derive(ChaosType)]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't be the type of a field of a chaos kind",
    label = "has no place in a schema",
    note = "derive it: `#[derive(herz::ChaosType)]`, or use a built-in type such as `String`, `i32` or `Text<GoDuration>`"
)]
pub trait ChaosType: Read + Look {
    /// What is said of every value of the type: the values of an enum, the grammar of a text.
    const SHAPE: &'static Shape = &Shape::ANY;

    /// The fields, if it is an object (or a list or map of objects).
    const TABLE: Option<&'static ObjectTable> = None;

    /// The type as the schema language writes it: `list<Delay>`.
    fn type_name() -> String;

    /// Adds the declarations of the type, and of the types that it uses.
    fn declare(into: &mut Declarations) {
        let _ = into;
    }

    // For derived code: all that it asks of the type of a field goes through this trait, so that a
    // type that lacks it is told once.

    /// A field that must be there.
    #[doc(hidden)]
    fn required(fields: &mut Fields<'_, '_>, wire: &'static str) -> Option<Self> {
        fields.required(wire)
    }

    /// A field that may be absent.
    #[doc(hidden)]
    #[allow(clippy::option_option)] // The outer one tells of an error, the inner one of absence.
    fn optional(fields: &mut Fields<'_, '_>, wire: &'static str) -> Option<Option<Self>> {
        fields.optional(wire)
    }

    /// A field that has its default if it is absent.
    #[doc(hidden)]
    fn defaulted(fields: &mut Fields<'_, '_>, wire: &'static str) -> Option<Self> {
        fields.defaulted(wire)
    }

    /// A field's value, seen from outside.
    #[doc(hidden)]
    fn seen(value: &Self) -> View<'_> {
        value.look()
    }

    /// The value of a field that may be absent.
    #[doc(hidden)]
    fn seen_optional(value: &Option<Self>) -> View<'_> {
        value.look()
    }
}

/// A part of a declaration's text.
#[derive(Debug, Clone, Copy)]
pub enum Piece {
    /// This text.
    Text(&'static str),
    /// The name of a type.
    Type(fn() -> String),
}

/// Declarations of named types in the schema language, each once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Declarations {
    types: Vec<(String, String)>,
    releases: Vec<String>,
}

impl Declarations {
    /// Adds a type. False if it is there already, so that types may refer to each other.
    pub fn add(&mut self, name: &str, text: &[Piece], releases: &[&str]) -> bool {
        let one = (name.to_owned(), written(text));
        let new = !self.types.contains(&one);
        if new {
            self.types.push(one);
            self.releases(releases);
        }
        new
    }

    /// Adds releases that something names.
    pub fn releases(&mut self, releases: &[&str]) {
        self.releases
            .extend(releases.iter().map(|release| (*release).to_owned()));
    }

    /// Name and text of each type, in the order added.
    pub fn types(&self) -> &[(String, String)] {
        &self.types
    }

    /// Releases that something names, in no order.
    pub fn named_releases(&self) -> &[String] {
        &self.releases
    }
}

/// The text that the pieces give.
pub fn written(pieces: &[Piece]) -> String {
    pieces
        .iter()
        .map(|piece| match piece {
            Piece::Text(text) => (*text).to_owned(),
            Piece::Type(name) => name(),
        })
        .collect()
}

/// Whether an object has a field; true for what is no object, where nothing is known.
///
/// For checks while the user's crate is compiled.
#[doc(hidden)]
pub const fn has_field(table: Option<&'static ObjectTable>, wire: &str) -> bool {
    let Some(table) = table else { return true };
    let mut at = 0;
    while at < table.fields.len() {
        // The loop's condition keeps the index inside.
        #[allow(clippy::indexing_slicing)]
        if same(table.fields[at].wire, wire) {
            return true;
        }
        at += 1;
    }
    table.open
}

/// Whether an enum has a value; true for what is no enum.
#[doc(hidden)]
pub const fn has_value(shape: &'static Shape, value: &str) -> bool {
    let mut limit = 0;
    while limit < shape.limits.len() {
        // The loops' conditions keep the indexes inside.
        #[allow(clippy::indexing_slicing)]
        if let crate::table::LimitKind::Enum(choice) = &shape.limits[limit].kind {
            let mut at = 0;
            while at < choice.values.len() {
                if same(choice.values[at], value) {
                    return true;
                }
                at += 1;
            }
            return choice.allow_empty && value.is_empty();
        }
        limit += 1;
    }
    true
}

#[allow(clippy::indexing_slicing)] // The loop's condition keeps the index inside.
const fn same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() != b.len() {
        return false;
    }
    let mut at = 0;
    while at < a.len() {
        if a[at] != b[at] {
            return false;
        }
        at += 1;
    }
    true
}

macro_rules! built_in {
    ($($type:ty, $name:literal;)*) => {$(
        impl ChaosType for $type {
            fn type_name() -> String {
                $name.to_owned()
            }
        }
    )*};
}

built_in! {
    bool, "bool";
    String, "string";
    f64, "float64";
    i32, "int32";
    i64, "int64";
    u8, "uint8";
    u16, "uint16";
    u32, "uint32";
    u64, "uint64";
    IntOrString, "intOrString";
    Json, "any";
    JsonMap, "object";
}

impl ChaosType for Bytes {
    const SHAPE: &'static Shape = &Shape::new(&[Limit::base64()]);

    fn type_name() -> String {
        "bytes".to_owned()
    }
}

impl<S: Scalar> ChaosType for Text<S> {
    const SHAPE: &'static Shape =
        &Shape::new(const { &[Limit::scalar(<S as Scalar>::DIALECT, false)] });

    fn type_name() -> String {
        <S as Scalar>::DIALECT.name().to_owned()
    }
}

impl<T: ChaosType> ChaosType for Vec<T> {
    const SHAPE: &'static Shape = &Shape::ANY.entries(T::SHAPE);
    const TABLE: Option<&'static ObjectTable> = T::TABLE;

    fn type_name() -> String {
        format!("list<{}>", T::type_name())
    }

    fn declare(into: &mut Declarations) {
        T::declare(into);
    }
}

impl<T: ChaosType> ChaosType for BTreeMap<String, T> {
    const SHAPE: &'static Shape = &Shape::ANY.entries(T::SHAPE);
    const TABLE: Option<&'static ObjectTable> = T::TABLE;

    fn type_name() -> String {
        format!("map<{}>", T::type_name())
    }

    fn declare(into: &mut Declarations) {
        T::declare(into);
    }
}

macro_rules! like_the_inner {
    ($($outer:ident),*) => {$(
        impl<T: ChaosType> ChaosType for $outer<T> {
            const SHAPE: &'static Shape = T::SHAPE;
            const TABLE: Option<&'static ObjectTable> = T::TABLE;

            fn type_name() -> String {
                T::type_name()
            }

            fn declare(into: &mut Declarations) {
                T::declare(into);
            }
        }
    )*};
}

like_the_inner!(Box, Nullable);

/// Sorts releases as versions, each once; what is no version comes last, as text.
#[doc(hidden)]
pub fn sort_releases(releases: &mut Vec<String>) {
    let key = |text: &str| -> (Vec<u64>, bool, String) {
        let (numbers, rest) = text
            .split_once('-')
            .map_or((text, None), |(a, b)| (a, Some(b)));
        let parsed: Option<Vec<u64>> = numbers.split('.').map(|part| part.parse().ok()).collect();
        // A pre-release comes before its release.
        (
            parsed.unwrap_or_else(|| vec![u64::MAX]),
            rest.is_none(),
            text.to_owned(),
        )
    };
    releases.sort_by_key(|text| key(text));
    releases.dedup();
}
