//! Documents of JSON and YAML while they are built: a map keeps the order in which it is filled.

use herz_dsl::catalog::{Bound, DefaultValue, Field, Literal, Type};

/// A map while it is filled.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Map(pub Vec<(String, Literal)>);

impl Map {
    /// An empty map.
    pub fn new() -> Self {
        Self::default()
    }

    /// With an entry at the end, or in place of the one of that name.
    #[must_use]
    pub fn with(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.put(key, value);
        self
    }

    /// Sets an entry.
    pub fn put(&mut self, key: &str, value: impl Into<Value>) {
        let value = value.into().0;
        match self.0.iter_mut().find(|(known, _)| known == key) {
            Some((_, old)) => *old = value,
            None => self.0.push((key.to_owned(), value)),
        }
    }

    /// Sets an entry if there is something to set.
    pub fn put_some(&mut self, key: &str, value: Option<impl Into<Value>>) {
        if let Some(value) = value {
            self.put(key, value);
        }
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Literal> {
        self.0
            .iter()
            .find(|(known, _)| known == key)
            .map(|(_, value)| value)
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The map as a value.
    pub fn literal(self) -> Literal {
        Literal::Map(self.0)
    }
}

/// What may stand in a map: a thin wrapper, so that numbers and texts need no words around them.
#[derive(Debug, Clone, PartialEq)]
pub struct Value(pub Literal);

impl From<Literal> for Value {
    fn from(literal: Literal) -> Self {
        Self(literal)
    }
}

impl From<Map> for Value {
    fn from(map: Map) -> Self {
        Self(map.literal())
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self(Literal::Text(text.to_owned()))
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self(Literal::Text(text))
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self(Literal::Bool(value))
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self(Literal::Int(value))
    }
}

impl From<u64> for Value {
    fn from(value: u64) -> Self {
        Self(Literal::Int(i64::try_from(value).unwrap_or(i64::MAX)))
    }
}

impl From<f64> for Value {
    /// Whole numbers are written without a point.
    fn from(value: f64) -> Self {
        #[allow(
            clippy::cast_possible_truncation,
            reason = "a whole number below 2^53 is one in both types"
        )]
        if value.fract() == 0.0 && value.abs() < 9_007_199_254_740_992.0 {
            Self(Literal::Int(value as i64))
        } else {
            Self(Literal::Float(value))
        }
    }
}

impl<T: Into<Value>> From<Vec<T>> for Value {
    fn from(items: Vec<T>) -> Self {
        Self(Literal::List(
            items.into_iter().map(|item| item.into().0).collect(),
        ))
    }
}

/// A list of texts.
pub fn texts<T: AsRef<str>>(items: impl IntoIterator<Item = T>) -> Literal {
    let text = |item: T| Literal::Text(item.as_ref().to_owned());
    Literal::List(items.into_iter().map(text).collect())
}

/// Adds a part to `allOf`.
pub fn push_all(schema: &mut Map, part: Map) {
    let mut all = match schema.get("allOf") {
        Some(Literal::List(all)) => all.clone(),
        _ => Vec::new(),
    };
    all.push(part.literal());
    schema.put("allOf", all);
}

/// Puts the ends of a range into a schema: `minimum`, `maximum` and whether they are outside, as
/// numbers (JSON Schema since draft-06) or as flags (OpenAPI 3.0, CRDs).
pub fn put_range(schema: &mut Map, min: Option<&Bound>, max: Option<&Bound>, flags: bool) {
    let ends = [
        ("minimum", "exclusiveMinimum", min),
        ("maximum", "exclusiveMaximum", max),
    ];
    for (plain, exclusive, bound) in ends {
        let Some(bound) = bound else { continue };
        match (bound.exclusive, flags) {
            (false, _) => schema.put(plain, bound.value),
            (true, false) => schema.put(exclusive, bound.value),
            (true, true) => {
                schema.put(plain, bound.value);
                schema.put(exclusive, true);
            }
        }
    }
}

/// The value that a field has if its key is absent, if that is a plain value.
pub fn default_literal(field: &Field) -> Option<&Literal> {
    match &field.default.as_ref()?.value {
        DefaultValue::Literal(Literal::Null) | DefaultValue::Generated(_) => None,
        DefaultValue::Literal(literal) => Some(literal),
    }
}

/// Keywords that a limit on the number of entries has for a type: for maps `Properties`, else `Items`.
pub fn entries_word(ty: &Type) -> &'static str {
    match ty {
        Type::Map(_) | Type::AnyObject | Type::Ref(_) => "Properties",
        _ => "Items",
    }
}
