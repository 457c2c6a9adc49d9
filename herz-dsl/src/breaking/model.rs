//! Schemas as the comparison sees them: what a value may be, with the place of every keyword, and
//! nothing of how the document spells it.
//!
//! Front ends ([`super::read`], the catalog's) fill it, [`super::compare`] reads it.

pub(super) use super::types::Types;
use super::value::{Decimal, Value};
use crate::catalog::FieldPath;
use crate::source::Span;
use semver::Version;
use std::collections::{BTreeMap, BTreeSet};

/// Number of a schema in [`Schemas`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Id(pub(super) u32);

/// All schemas of one side.
#[derive(Debug, Default)]
pub(super) struct Schemas {
    list: Vec<Schema>,
    /// Named schemas.
    pub(super) components: BTreeMap<String, Id>,
}

impl Schemas {
    pub(super) fn add(&mut self, schema: Schema) -> Id {
        let id = Id(u32::try_from(self.list.len()).unwrap_or(u32::MAX));
        self.list.push(schema);
        id
    }

    pub(super) fn set(&mut self, id: Id, schema: Schema) {
        if let Some(place) = self.list.get_mut(id.0 as usize) {
            *place = schema;
        }
    }

    pub(super) fn get(&self, id: Id) -> &Schema {
        static ANYTHING: std::sync::OnceLock<Schema> = std::sync::OnceLock::new();
        self.list
            .get(id.0 as usize)
            .unwrap_or_else(|| ANYTHING.get_or_init(Schema::default))
    }

    /// The name behind names that are only another name for it.
    pub(super) fn real_name<'a>(&'a self, mut name: &'a str) -> &'a str {
        for _ in 0..64 {
            let target = self.components.get(name).map(|id| self.get(*id));
            match target.and_then(Schema::pure_reference) {
                Some(next) => name = next,
                None => break,
            }
        }
        name
    }

    /// The schema of that name, aliases followed.
    pub(super) fn component(&self, name: &str) -> Option<Id> {
        self.components.get(self.real_name(name)).copied()
    }

    /// The schema that really stands at a place: references that say nothing else are followed.
    pub(super) fn target(&self, id: Id) -> Id {
        self.get(id)
            .pure_reference()
            .and_then(|name| self.component(name))
            .unwrap_or(id)
    }
}

/// A reference to a named schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reference {
    pub(super) name: String,
    pub(super) span: Span,
}

/// One end of a range of numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Bound {
    pub(super) value: Decimal,
    pub(super) exclusive: bool,
}

impl std::fmt::Display for Bound {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{}{}",
            self.value,
            if self.exclusive { " (exclusive)" } else { "" }
        )
    }
}

/// A list of allowed values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Enumeration {
    pub(super) values: Vec<Value>,
    /// Whether further values may come: `x-extensible-enum`, `x-herz-open`.
    pub(super) open: bool,
}

/// What keys that are no named property may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Additional {
    /// Anything.
    Open,
    /// There must be none.
    Closed,
    /// Values of this schema.
    Schema(Id),
}

/// A named property.
#[derive(Debug, Clone)]
pub(super) struct Property {
    pub(super) schema: Id,
    /// Its key.
    pub(super) span: Span,
    /// Its number in the order written.
    pub(super) order: usize,
    /// The releases that have it, if that is said: two fields of one name may follow each other.
    pub(super) life: (Option<Version>, Option<Version>),
}

impl Property {
    /// Whether it is another field than the one of that name on the other side: one had ended
    /// when the other began.
    pub(super) fn follows_or_precedes(&self, other: &Self) -> bool {
        let ended = |first: &Self, then: &Self| match (&first.life.1, &then.life.0) {
            (Some(until), Some(since)) => until.cmp_precedence(since).is_le(),
            _ => false,
        };
        ended(self, other) || ended(other, self)
    }
}

/// How the branches of a union combine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum UnionKind {
    OneOf,
    AnyOf,
}

/// `oneOf` or `anyOf`.
#[derive(Debug, Clone)]
pub(super) struct Union {
    pub(super) kind: UnionKind,
    pub(super) branches: Vec<Id>,
    pub(super) span: Span,
}

/// The property whose value picks the branch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Discriminator {
    pub(super) property: String,
    /// Tag to name of the branch.
    pub(super) mapping: BTreeMap<String, String>,
    pub(super) span: Span,
}

/// What a rule wants to know of the values at a path, beside whether they are absent, empty or filled.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Reads {
    /// The values that it names.
    pub(super) values: BTreeSet<Value>,
    /// Whether any value may matter: it is computed with, or compared with others.
    pub(super) any: bool,
}

/// A rule across fields, or an expression.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct CrossRule {
    /// What it says, in the spelling that is compared.
    pub(super) text: String,
    /// Message, reason, id: what may change without changing the rule.
    pub(super) message: String,
    /// Whether breaking it is an error, not a warning.
    pub(super) error: bool,
    /// `exactly-one-of` and the like with its members, in place of a text.
    pub(super) members: Option<(String, BTreeSet<String>)>,
    /// Further things the rule says that have to be equal, such as `optionalOldSelf`.
    pub(super) rest: Vec<(String, Value)>,
    /// The property and its value that the rule is for: it says nothing where that is no value.
    pub(super) only_for: Option<(String, String)>,
    /// The properties that it asks for then; if it is for no value, always.
    pub(super) needs: Vec<String>,
    /// The paths that it reads, where the front end knows them.
    pub(super) reads: BTreeMap<FieldPath, Reads>,
    pub(super) span: Span,
}

/// What a schema's life cycle says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Lifecycle {
    pub(super) deprecated: bool,
    /// A date or a version.
    pub(super) sunset: Option<String>,
    /// `alpha`, `beta`, `stable`.
    pub(super) stability: Option<String>,
    /// First and last releases, as written.
    pub(super) since: BTreeMap<String, String>,
    /// Feature or least platform that it needs.
    pub(super) feature: Option<String>,
}

/// What a value may be and mean.
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is a keyword of its own"
)]
#[derive(Debug, Clone)]
pub(super) struct Schema {
    pub(super) span: Span,
    /// Where each keyword stands.
    pub(super) spans: Vec<(&'static str, Span)>,
    /// `$ref`, and references of `allOf`.
    pub(super) references: Vec<Reference>,
    /// Parts of `allOf` that can't be laid into this schema.
    pub(super) conjuncts: Vec<Id>,
    /// None where `type` is absent.
    pub(super) types: Option<Types>,
    /// `nullable` as written.
    pub(super) nullable: Option<bool>,
    pub(super) int_or_string: bool,
    pub(super) format: Option<String>,
    pub(super) unit: Option<String>,
    pub(super) encoding: Option<String>,
    pub(super) enumeration: Option<Enumeration>,
    pub(super) enum_aliases: BTreeMap<String, String>,
    pub(super) enum_deprecated: BTreeSet<String>,
    pub(super) constant: Option<Value>,
    pub(super) minimum: Option<Bound>,
    pub(super) maximum: Option<Bound>,
    /// Least and greatest numbers of characters, items, properties, by keyword.
    pub(super) counts: BTreeMap<&'static str, u64>,
    pub(super) multiple_of: Option<Decimal>,
    pub(super) unique: bool,
    pub(super) pattern: Option<String>,
    pub(super) properties: BTreeMap<String, Property>,
    pub(super) pattern_properties: BTreeMap<String, Id>,
    pub(super) required: BTreeSet<String>,
    pub(super) additional: Additional,
    pub(super) property_names: Option<Id>,
    pub(super) items: Option<Id>,
    pub(super) tuple: Vec<Id>,
    pub(super) unions: Vec<Union>,
    pub(super) discriminator: Option<Discriminator>,
    pub(super) open_union: bool,
    pub(super) not: Option<Id>,
    pub(super) default: Option<Value>,
    /// Whether the default is filled in only after required fields were asked for.
    pub(super) late_default: bool,
    pub(super) read_only: bool,
    pub(super) write_only: bool,
    pub(super) immutable: bool,
    pub(super) sensitive: bool,
    pub(super) aliases: BTreeSet<String>,
    /// Names that must not come back, with the type each had, if known.
    pub(super) reserved: BTreeMap<String, Option<String>>,
    pub(super) list_type: Option<String>,
    pub(super) list_map_keys: Vec<String>,
    pub(super) map_type: Option<String>,
    pub(super) preserve_unknown: bool,
    pub(super) embedded: bool,
    pub(super) rules: Vec<CrossRule>,
    pub(super) life: Lifecycle,
    pub(super) docs: BTreeMap<String, Value>,
    /// Whether bounds are those of the magnitude of a text: a duration, a size.
    pub(super) magnitude: bool,
    /// Which limits there are, and whether admission decides them, not the structure.
    pub(super) layers: BTreeMap<String, bool>,
    /// Keywords that no rule knows.
    pub(super) rest: BTreeMap<String, (Value, Span)>,
}

impl Default for Schema {
    fn default() -> Self {
        Self {
            span: Span::default(),
            spans: Vec::new(),
            references: Vec::new(),
            conjuncts: Vec::new(),
            types: None,
            nullable: None,
            int_or_string: false,
            format: None,
            unit: None,
            encoding: None,
            enumeration: None,
            enum_aliases: BTreeMap::new(),
            enum_deprecated: BTreeSet::new(),
            constant: None,
            minimum: None,
            maximum: None,
            counts: BTreeMap::new(),
            multiple_of: None,
            unique: false,
            pattern: None,
            properties: BTreeMap::new(),
            pattern_properties: BTreeMap::new(),
            required: BTreeSet::new(),
            additional: Additional::Open,
            property_names: None,
            items: None,
            tuple: Vec::new(),
            unions: Vec::new(),
            discriminator: None,
            open_union: false,
            not: None,
            default: None,
            late_default: false,
            read_only: false,
            write_only: false,
            immutable: false,
            sensitive: false,
            aliases: BTreeSet::new(),
            reserved: BTreeMap::new(),
            list_type: None,
            list_map_keys: Vec::new(),
            map_type: None,
            preserve_unknown: false,
            embedded: false,
            rules: Vec::new(),
            life: Lifecycle::default(),
            docs: BTreeMap::new(),
            magnitude: false,
            layers: BTreeMap::new(),
            rest: BTreeMap::new(),
        }
    }
}

impl Schema {
    /// The name, if the schema is nothing but a reference.
    pub(super) fn pure_reference(&self) -> Option<&str> {
        match self.references.as_slice() {
            [only] if self.own_is_empty() => Some(&only.name),
            _ => None,
        }
    }

    /// Whether the schema says nothing beside its references. What it says in words does not count:
    /// a description beside a reference changes no value.
    fn own_is_empty(&self) -> bool {
        self.shell_is_empty()
            && self.unions.is_empty()
            && self.nullable.is_none()
            && self.default.is_none()
            && self.docs.is_empty()
            && self.life == Lifecycle::default()
            && !self.read_only
            && !self.write_only
            && !self.immutable
            && !self.sensitive
            && self.rest.is_empty()
            && self.aliases.is_empty()
    }

    /// Whether nothing but a union (and words, defaults, marks) limits the value.
    pub(super) fn shell_is_empty(&self) -> bool {
        self.conjuncts.is_empty()
            && self.types.is_none_or(|types| types == Types::OBJECT)
            && (self.types.is_none() || !self.unions.is_empty())
            && !self.int_or_string
            && self.format.is_none()
            && self.enumeration.is_none()
            && self.constant.is_none()
            && self.minimum.is_none()
            && self.maximum.is_none()
            && self.counts.is_empty()
            && self.multiple_of.is_none()
            && !self.unique
            && self.pattern.is_none()
            && self.properties.is_empty()
            && self.pattern_properties.is_empty()
            && self.required.is_empty()
            && self.additional == Additional::Open
            && self.property_names.is_none()
            && self.items.is_none()
            && self.tuple.is_empty()
            && self.not.is_none()
            && self.list_type.is_none()
            && self.map_type.is_none()
            && !self.preserve_unknown
            && self.rules.is_empty()
    }

    /// Where a keyword stands; the schema's own place if it is not there.
    pub(super) fn at(&self, keyword: &str) -> Span {
        self.spans
            .iter()
            .find(|(name, _)| *name == keyword)
            .map_or(self.span, |(_, span)| *span)
    }

    /// Where a keyword stands, if it does.
    pub(super) fn has(&self, keyword: &str) -> Option<Span> {
        self.spans
            .iter()
            .find(|(name, _)| *name == keyword)
            .map(|(_, span)| *span)
    }

    /// Whether a default stands in for the value before it is asked whether it is there.
    pub(super) fn stands_in(&self) -> bool {
        self.default.is_some() && !self.late_default
    }

    /// Whether the value must be neither absent nor empty, and the schema with its default fills nothing
    /// in before that is judged.
    pub(super) fn lacks_filling(&self, with_default: &Self) -> bool {
        match self.layers.get("filled") {
            Some(by_admission) => {
                !(with_default.stands_in() || (*by_admission && with_default.default.is_some()))
            }
            None => false,
        }
    }

    /// The types without null; everything where `type` is absent.
    pub(super) fn value_types(&self) -> Types {
        self.types.unwrap_or(Types::ANY).without(Types::NULL)
    }

    /// What it says about a keyword, in one spelling; None if nothing.
    pub(super) fn said(&self, keyword: &str) -> Option<String> {
        let list = |values: &mut dyn Iterator<Item = String>| {
            let mut texts: Vec<String> = values.collect();
            texts.sort();
            (!texts.is_empty()).then(|| texts.join("\u{1f}"))
        };
        match keyword {
            "type" | "nullable" => {
                let types = self.types?;
                let null = types.contains(Types::NULL) || self.nullable == Some(true);
                Some(format!("{} {null}", types.describe()))
            }
            "format" => self.format.clone(),
            "x-herz-unit" => self.unit.clone(),
            "contentEncoding" => self.encoding.clone(),
            "enum" => match (&self.enumeration, &self.constant) {
                (Some(it), _) => list(&mut it.values.iter().map(Value::to_string)),
                (None, constant) => constant.as_ref().map(Value::to_string),
            },
            "const" => self.constant.as_ref().map(Value::to_string),
            "minimum" => self.minimum.as_ref().map(Bound::to_string),
            "maximum" => self.maximum.as_ref().map(Bound::to_string),
            "multipleOf" => self.multiple_of.as_ref().map(Decimal::to_string),
            "pattern" => self.pattern.clone(),
            "default" => self.default.as_ref().map(Value::to_string),
            "patternProperties" => list(&mut self.pattern_properties.keys().cloned()),
            "x-herz-aliases" => list(&mut self.aliases.iter().cloned()),
            "x-herz-deprecated-values" => list(&mut self.enum_deprecated.iter().cloned()),
            "x-kubernetes-list-type" => self.list_type.clone(),
            "x-kubernetes-list-map-keys" => list(&mut self.list_map_keys.iter().cloned()),
            "x-kubernetes-map-type" => self.map_type.clone(),
            counted => self.counts.get(counted).map(u64::to_string),
        }
    }

    /// The one union that counts.
    pub(super) fn union(&self) -> Option<&Union> {
        self.unions.first()
    }
}
