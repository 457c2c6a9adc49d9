//! The keywords of schemas that are known, each with how it is read.

/// How a keyword is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keyword {
    Reference,
    Type,
    Nullable,
    IntOrString,
    Format,
    Unit,
    Encoding,
    Enum,
    OpenEnum,
    EnumAliases,
    EnumDeprecated,
    Constant,
    Bound,
    Count,
    MultipleOf,
    Unique,
    Pattern,
    Flag,
    Default,
    Doc,
    Life,
    Structure,
    /// Read elsewhere, or without a meaning for values.
    Ignored,
}

const KEYWORDS: &[(&str, Keyword)] = &[
    ("$anchor", Keyword::Ignored),
    ("$comment", Keyword::Doc),
    ("$defs", Keyword::Ignored),
    ("$id", Keyword::Ignored),
    ("$ref", Keyword::Reference),
    ("$schema", Keyword::Ignored),
    ("additionalItems", Keyword::Ignored),
    ("additionalProperties", Keyword::Structure),
    ("allOf", Keyword::Structure),
    ("anyOf", Keyword::Structure),
    ("const", Keyword::Constant),
    ("contentEncoding", Keyword::Encoding),
    ("contentMediaType", Keyword::Encoding),
    ("default", Keyword::Default),
    ("definitions", Keyword::Ignored),
    ("dependencies", Keyword::Structure),
    ("dependentRequired", Keyword::Structure),
    ("dependentSchemas", Keyword::Structure),
    ("deprecated", Keyword::Life),
    ("description", Keyword::Doc),
    ("discriminator", Keyword::Structure),
    ("else", Keyword::Structure),
    ("enum", Keyword::Enum),
    ("example", Keyword::Doc),
    ("examples", Keyword::Doc),
    ("exclusiveMaximum", Keyword::Bound),
    ("exclusiveMinimum", Keyword::Bound),
    ("externalDocs", Keyword::Doc),
    ("format", Keyword::Format),
    ("if", Keyword::Structure),
    ("items", Keyword::Structure),
    ("maxItems", Keyword::Count),
    ("maxLength", Keyword::Count),
    ("maxProperties", Keyword::Count),
    ("maximum", Keyword::Bound),
    ("minItems", Keyword::Count),
    ("minLength", Keyword::Count),
    ("minProperties", Keyword::Count),
    ("minimum", Keyword::Bound),
    ("multipleOf", Keyword::MultipleOf),
    ("not", Keyword::Structure),
    ("nullable", Keyword::Nullable),
    ("oneOf", Keyword::Structure),
    ("pattern", Keyword::Pattern),
    ("patternProperties", Keyword::Structure),
    ("prefixItems", Keyword::Structure),
    ("properties", Keyword::Structure),
    ("propertyNames", Keyword::Structure),
    ("readOnly", Keyword::Flag),
    ("required", Keyword::Structure),
    ("then", Keyword::Structure),
    ("title", Keyword::Doc),
    ("type", Keyword::Type),
    ("unevaluatedProperties", Keyword::Structure),
    ("uniqueItems", Keyword::Unique),
    ("writeOnly", Keyword::Flag),
    ("x-extensible-enum", Keyword::OpenEnum),
    ("x-herz-aliases", Keyword::Structure),
    ("x-herz-default-since", Keyword::Life),
    ("x-herz-deprecated-values", Keyword::EnumDeprecated),
    ("x-herz-feature", Keyword::Life),
    ("x-herz-immutable", Keyword::Flag),
    ("x-herz-merge-since", Keyword::Life),
    ("x-herz-open", Keyword::Flag),
    ("x-herz-required-since", Keyword::Life),
    ("x-herz-required-until", Keyword::Life),
    ("x-herz-reserved", Keyword::Structure),
    ("x-herz-rules", Keyword::Structure),
    ("x-herz-sensitive", Keyword::Flag),
    ("x-herz-since", Keyword::Life),
    ("x-herz-unit", Keyword::Unit),
    ("x-herz-until", Keyword::Life),
    ("x-herz-value-aliases", Keyword::EnumAliases),
    ("x-kubernetes-embedded-resource", Keyword::Flag),
    ("x-kubernetes-int-or-string", Keyword::IntOrString),
    ("x-kubernetes-list-map-keys", Keyword::Structure),
    ("x-kubernetes-list-type", Keyword::Structure),
    ("x-kubernetes-map-type", Keyword::Structure),
    ("x-kubernetes-preserve-unknown-fields", Keyword::Flag),
    ("x-kubernetes-validations", Keyword::Structure),
    ("x-stability-level", Keyword::Life),
    ("x-sunset", Keyword::Life),
    ("xml", Keyword::Doc),
];

/// The keyword of that name.
pub(super) fn find(name: &str) -> Option<(&'static str, Keyword)> {
    let at = KEYWORDS
        .binary_search_by(|(known, _)| (*known).cmp(name))
        .ok()?;
    KEYWORDS.get(at).copied()
}

/// Marks that tools leave for themselves. They change no document and no generated package of
/// Herz, so a difference in them is none.
pub(super) fn is_tool_mark(name: &str) -> bool {
    [
        "x-go-",
        "x-codegen-",
        "x-docs-",
        "x-order",
        "x-internal",
        "x-logo",
        "x-kubernetes-patch-",
    ]
    .iter()
    .any(|start| name.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted() {
        assert!(KEYWORDS.is_sorted_by(|a, b| a.0 < b.0));
    }
}
