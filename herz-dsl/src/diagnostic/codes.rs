//! Stable codes of everything Herz can say, and the page of each.
//!
//! Codes of findings in texts stand here; codes of findings in documents are shared with generated
//! validators and stand in [`herz_types::codes`].

pub use herz_types::codes::Code;

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal;)*) => {
        $($(#[$doc])* pub const $name: Code = Code($text);)*

        /// The codes of this module, in order.
        const OWN: &[Code] = &[$($name),*];
    };
}

codes! {
    /// The text is no YAML.
    SYNTAX = "HZ0001";
    /// A map has the same key twice.
    DUPLICATE_KEY = "HZ0002";
    /// An alias names no anchor before it.
    UNKNOWN_ALIAS = "HZ0003";
    /// A merge key `<<`.
    MERGE_KEY = "HZ0004";
    /// A tag such as `!!str`.
    TAG = "HZ0005";
    /// A key that is no text.
    KEY = "HZ0006";
    /// The text asks for more than a limit allows.
    LIMIT = "HZ0007";
    /// The bytes are no text.
    NOT_TEXT = "HZ0008";
    /// A plain value that YAML readers read as different values.
    AMBIGUOUS = "HZ0009";
    /// A file can't be read.
    FILE = "HZ0010";
    /// A construct of the schema language has no such keyword.
    UNKNOWN_KEYWORD = "HZ0301";
    /// The value of a keyword has the wrong shape.
    WRONG_SHAPE = "HZ0302";
    /// A construct lacks a keyword that it needs.
    MISSING_KEYWORD = "HZ0303";
    /// A type that nothing declares.
    UNKNOWN_TYPE = "HZ0304";
    /// A schema names a field that the object does not have.
    NO_SUCH_FIELD = "HZ0305";
    /// `include` names a group that nothing declares.
    UNKNOWN_GROUP = "HZ0306";
    /// Two kinds, types, groups or packages of one name.
    NAME_CLASH = "HZ0307";
    /// Two fields of one object have one name in documents.
    DUPLICATE_FIELD = "HZ0308";
    /// A field has a name that is reserved.
    RESERVED_NAME = "HZ0309";
    /// A default breaks the type or the limits of its own field.
    BAD_DEFAULT = "HZ0310";
    /// An enum has a value twice.
    DUPLICATE_VALUE = "HZ0311";
    /// A rule's fields do not have the type that the rule needs.
    RULE_TYPE = "HZ0312";
    /// A CEL expression does not parse or type-check.
    BAD_CEL = "HZ0313";
    /// A case, condition or limit that can never hold.
    UNREACHABLE = "HZ0314";
    /// A pattern outside the subset that all target languages read alike.
    BAD_PATTERN = "HZ0315";
    /// Groups include each other in a circle.
    INCLUDE_CYCLE = "HZ0316";
    /// A type needs itself without end.
    INFINITE_TYPE = "HZ0317";
    /// A release that the platform does not have.
    UNKNOWN_VERSION = "HZ0318";
    /// A life that is empty or reaches beyond its owner's.
    BAD_LIFE = "HZ0319";
    /// A limit that does not fit the type.
    LIMIT_TYPE = "HZ0320";
    /// A bound of a limit that can't be read.
    BAD_BOUND = "HZ0321";
    /// An example breaks the type or the limits of its own field or kind.
    BAD_EXAMPLE = "HZ0322";
    /// Two names become the same identifier in a target language.
    IDENTIFIER_CLASH = "HZ0323";
    /// A kind, type or group without fields.
    NO_FIELDS = "HZ0324";
    /// Two rules of one object have one name.
    DUPLICATE_RULE = "HZ0325";
    /// A type or group that no kind uses.
    UNUSED = "HZ0326";
    /// A deprecation that says neither what to use instead nor why.
    BARE_DEPRECATION = "HZ0327";
    /// An OpenAPI document says something that an import can't express.
    IMPORT = "HZ0328";
    /// A file that a package names can't be read.
    UNREADABLE = "HZ0329";
    /// Keywords that exclude each other.
    CONFLICT = "HZ0330";
    /// A name that can't serve as a name.
    BAD_NAME = "HZ0331";
    /// A field that is always required belongs to some cases of a union only.
    CASE_FIELD_REQUIRED = "HZ0332";
    /// A field takes the place of one that does not end when it comes, or is of another type.
    BAD_REPLACES = "HZ0333";
    /// A schema document that can't be compared with another one.
    NOT_COMPARABLE = "HZ0401";
    /// A policy of `herz breaking` is no TOML or not in the form of a policy.
    POLICY = "HZ0402";
    /// An entry of a policy is for no change that there is.
    POLICY_UNUSED = "HZ0403";
    /// The day of an entry of a policy is over.
    POLICY_EXPIRED = "HZ0404";
    /// A target of `herz gen` can't say something that the schema says.
    NOT_EXPRESSED = "HZ0501";
    /// A target of `herz gen` can't be generated for this schema.
    NOT_GENERATED = "HZ0502";
    /// `herz.toml` says something that it can't.
    CONFIG = "HZ0503";
    /// A text is no OpenAPI 3.0 document.
    OPENAPI = "HZ0511";
    /// A reference of an OpenAPI document leads nowhere.
    OPENAPI_REFERENCE = "HZ0512";
    /// An OpenAPI document can't serve as a contract.
    NO_CONTRACT = "HZ0513";
    /// A document breaks the contract, whatever the platform says of it.
    CONTRACT_BROKEN = "HZ0514";
    /// An import can't carry something over.
    NOT_IMPORTED = "HZ0515";
    /// A compatibility matrix is no TOML or not in the form of a matrix.
    MATRIX_SYNTAX = "HZ0601";
    /// A compatibility matrix names a version that its axis does not have.
    MATRIX_VERSION_UNKNOWN = "HZ0602";
    /// A compatibility matrix has a version, row or feature twice.
    MATRIX_DUPLICATE = "HZ0603";
    /// A compatibility matrix answers one question twice, and differently.
    MATRIX_OVERLAP = "HZ0604";
    /// A compatibility matrix leaves out a version between two that it covers.
    MATRIX_GAP = "HZ0605";
    /// A compatibility matrix has a range that matches nothing.
    MATRIX_EMPTY = "HZ0606";
    /// A compatibility matrix drops versions without a step that may break.
    MATRIX_NOT_MONOTONIC = "HZ0607";
    /// A compatibility matrix has versions or dates out of order.
    MATRIX_ORDER = "HZ0608";
    /// A compatibility matrix names a feature that nothing declares, or declares one that nothing uses.
    MATRIX_FEATURE_UNKNOWN = "HZ0609";
    /// A compatibility matrix has features that need each other in a circle, or something younger.
    MATRIX_FEATURE_CYCLE = "HZ0610";
    /// A compatibility matrix says another life of a feature than the schemas.
    MATRIX_FEATURE_MISMATCH = "HZ0611";
    /// A compatibility matrix has a step of versions that is smaller than what changed.
    MATRIX_BUMP = "HZ0612";
    /// A compatibility matrix breaks its own policy about versions in step.
    MATRIX_LOCKSTEP = "HZ0613";
    /// A compatibility matrix calls something supported that is past its end of life.
    MATRIX_END_OF_LIFE = "HZ0614";
    /// A compatibility matrix claims something that nothing shows.
    MATRIX_UNTESTED = "HZ0615";
    /// A compatibility matrix excepts a cell that it does not claim.
    MATRIX_KNOWN_BAD_OUTSIDE = "HZ0616";
    /// A compatibility matrix has two supported versions without a way between them.
    MATRIX_NO_PATH = "HZ0617";
    /// A compatibility matrix calls a step reversible that loses data on the way back.
    MATRIX_LOSSY_DOWNGRADE = "HZ0618";
    /// A compatibility matrix says something else than what was published.
    MATRIX_HISTORY = "HZ0619";
    /// A compatibility matrix is not what the schemas make of it, or a rendering is not what the matrix makes.
    MATRIX_GENERATED_STALE = "HZ0620";
    /// A document can't be carried over to another release.
    MIGRATION = "HZ0631";
    /// The version of a release is too small a step for what changed.
    RELEASE_TOO_SMALL = "HZ0641";
    /// What states the version of a release does not agree.
    RELEASE_VERSIONS = "HZ0642";
    /// The changelog does not speak of what is released.
    RELEASE_CHANGELOG = "HZ0643";
}

/// The pages, sorted by code.
const PAGES: &[(&str, &str)] = &include!(concat!(env!("OUT_DIR"), "/pages.rs"));

/// The page of a code: what it means, with a bad and a good example, in Markdown.
///
/// ```
/// use herz_dsl::diagnostic::codes;
/// assert!(codes::page("HZ0302").is_some());
/// assert!(codes::page("HZ9999").is_none());
/// ```
pub fn page(code: &str) -> Option<&'static str> {
    let at = PAGES.binary_search_by_key(&code, |(code, _)| code).ok()?;
    PAGES.get(at).map(|(_, page)| *page)
}

/// Every code, in order of its text.
pub fn all() -> Vec<Code> {
    let mut all: Vec<Code> = OWN.iter().chain(herz_types::codes::ALL).copied().collect();
    all.sort_unstable();
    all
}
