//! Stable codes of document findings, shared by the catalog checker and by generated validators.
//!
//! A code never changes its meaning and is never used again. The page of each code stands in
//! `herz-dsl/diagnostics/<CODE>.md`.

/// A stable diagnostic code such as `HZ0103`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(pub &'static str);

impl Code {
    /// The code as text, for example `HZ0103`.
    ///
    /// ```
    /// assert_eq!(herz_types::codes::UNKNOWN_FIELD.as_str(), "HZ0103");
    /// ```
    pub const fn as_str(self) -> &'static str {
        self.0
    }
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0)
    }
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal;)*) => {
        $($(#[$doc])* pub const $name: Code = Code($text);)*

        /// Every code of this module, in order.
        pub const ALL: &[Code] = &[$($name),*];
    };
}

codes! {
    /// The value has another type than the schema says.
    WRONG_TYPE = "HZ0101";
    /// A required field is missing.
    MISSING_FIELD = "HZ0102";
    /// The schema knows no such field.
    UNKNOWN_FIELD = "HZ0103";
    /// The value is not one of the allowed ones.
    NOT_ALLOWED = "HZ0104";
    /// A number, duration or size is out of its range.
    OUT_OF_RANGE = "HZ0105";
    /// A text is too short or too long.
    LENGTH = "HZ0106";
    /// A list or map has too few or too many entries.
    ITEMS = "HZ0107";
    /// A text does not match the pattern.
    PATTERN = "HZ0108";
    /// A text is not well formed in its grammar (a duration, a size, a rate, …).
    GRAMMAR = "HZ0109";
    /// A number is no multiple of the step.
    MULTIPLE_OF = "HZ0110";
    /// A list holds the same item twice.
    DUPLICATE_ITEM = "HZ0111";
    /// A value must be there and must not be empty, zero or false.
    EMPTY = "HZ0112";
    /// Null stands where null is no value.
    NULL = "HZ0113";
    /// The field, value or kind came with a later release of the platform.
    TOO_NEW = "HZ0114";
    /// The field, value or kind is gone in this release of the platform.
    GONE = "HZ0115";
    /// The field, value or kind is deprecated.
    DEPRECATED = "HZ0116";
    /// A former name of a field is used.
    FORMER_NAME = "HZ0117";
    /// A word that some YAML readers take for a truth value.
    YAML_BOOL = "HZ0118";
    /// A document that seems to be one of a known kind lacks `kind` or `apiVersion`.
    NO_KIND = "HZ0130";
    /// The API group is known, the kind is not.
    UNKNOWN_KIND = "HZ0131";
    /// The kind is known, the API group or version is not the kind's.
    API_VERSION = "HZ0132";
    /// The object has no name, or not one that Kubernetes takes.
    OBJECT_NAME = "HZ0133";
    /// A value needs other fields.
    REQUIRES = "HZ0201";
    /// Fields must not be there in this case.
    FORBIDDEN = "HZ0202";
    /// Exactly one of several fields must be there.
    EXACTLY_ONE_OF = "HZ0203";
    /// At least one of several fields must be there.
    AT_LEAST_ONE_OF = "HZ0204";
    /// At most one of several fields may be there.
    AT_MOST_ONE_OF = "HZ0205";
    /// Two fields stand in the wrong relation.
    COMPARE = "HZ0206";
    /// Entries of a list must differ.
    UNIQUE = "HZ0207";
    /// A field must not change after creation.
    IMMUTABLE = "HZ0208";
    /// A CEL rule does not hold.
    CEL = "HZ0209";
    /// A name refers to nothing.
    DANGLING = "HZ0210";
    /// References form a circle.
    CYCLE = "HZ0211";
    /// A block that the chosen case ignores.
    IGNORED = "HZ0212";
    /// The chosen case needs a block that is missing.
    CASE_NEEDS = "HZ0213";
    /// Nothing ends what lasts.
    NO_END = "HZ0214";
}
