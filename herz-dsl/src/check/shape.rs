//! Types prepared for checking: what a release has, fields found by name, patterns compiled once.
//!
//! A shape is built when the first document needs it, so that checking one file does not pay for
//! types that it does not use.

use super::limit::{Limit, limits};
use super::names::Names;
pub(crate) use super::names::Slot;
use crate::catalog::{
    Case, Catalog, Condition, Constraint, ConstraintKind, Default, DefaultValue, Deprecation,
    Field, FieldPath, Fill, Kind, Layer, Life, Literal, Object, Package, PackageId, PathStep, Rule,
    RuleKind, Targets, Test, Type, TypeBody, TypeId, Union,
};
use crate::cel::Evaluator;
use crate::digest::same;
use herz_types::Level;
use semver::Version;
use std::sync::OnceLock;

/// An object type at a release.
#[derive(Debug)]
pub(crate) struct Shape<'c> {
    pub(crate) object: &'c Object,
    pub(crate) package: PackageId,
    pub(crate) fields: Vec<FieldShape<'c>>,
    names: Names<'c>,
    /// Numbers of the fields that must be there or filled.
    pub(crate) demanded: Vec<usize>,
    pub(crate) union: Option<UnionShape<'c>>,
    pub(crate) rules: Vec<RuleShape<'c>>,
}

/// A field at a release.
#[derive(Debug)]
pub(crate) struct FieldShape<'c> {
    pub(crate) field: &'c Field,
    pub(crate) constraints: Vec<Limit<'c>>,
    /// Whether an empty value is replaced before structure judges, and before admission judges.
    pub(crate) mended: (bool, bool),
    /// The default of this release.
    pub(crate) default: Option<&'c Default>,
    /// Set if the release discourages it.
    pub(crate) deprecated: Option<&'c Deprecation>,
    /// Whether it must be filled, and the limit that says so.
    pub(crate) filled: Option<&'c Constraint>,
    /// What entries of the list differ in.
    pub(crate) told_apart: Option<&'c [String]>,
}

/// A union at a release.
#[derive(Debug)]
pub(crate) struct UnionShape<'c> {
    pub(crate) union: &'c Union,
    /// Number of the tag field.
    pub(crate) tag: usize,
    pub(crate) cases: Vec<CaseShape<'c>>,
    /// For each field, whether some case names it.
    pub(crate) named: Vec<bool>,
}

/// A case at a release.
#[derive(Debug)]
pub(crate) struct CaseShape<'c> {
    pub(crate) case: &'c Case,
    /// Numbers of the fields that it needs.
    pub(crate) requires: Vec<usize>,
    /// For each field, whether the case names it.
    pub(crate) uses: Vec<bool>,
}

/// A rule at a release.
#[derive(Debug)]
pub(crate) struct RuleShape<'c> {
    pub(crate) rule: &'c Rule,
    /// Its first condition, if that is simple.
    pub(crate) gate: Option<Gate<'c>>,
    /// The other conditions.
    pub(crate) when: Vec<(PathShape<'c>, &'c Condition)>,
    /// The paths of the verb: the fields; left and right; the list; from and to; `at`.
    pub(crate) paths: Vec<PathShape<'c>>,
}

/// The condition that most rules begin with: a field of the object is one of these texts, mostly the
/// tag of a union. It is asked before anything else is looked at.
#[derive(Debug)]
pub(crate) struct Gate<'c> {
    /// Number of the field, which has no default.
    pub(crate) field: usize,
    pub(crate) texts: Vec<&'c str>,
}

impl<'c> Gate<'c> {
    fn new(condition: &'c Condition, plain: impl Fn(&str) -> Option<usize>) -> Option<Self> {
        let ([PathStep::Field(name)], Test::In(literals)) =
            (condition.field.0.as_slice(), &condition.test)
        else {
            return None;
        };
        let text = |literal: &'c Literal| match literal {
            Literal::Text(text) => Some(text.as_str()),
            _ => None,
        };
        Some(Self {
            field: plain(name)?,
            texts: literals.iter().map(text).collect::<Option<_>>()?,
        })
    }
}

/// A path whose first step is looked up already.
#[derive(Debug, Clone)]
pub(crate) struct PathShape<'c> {
    pub(crate) path: &'c FieldPath,
    /// Number of the first step's field; none: the release does not have it.
    pub(crate) first: Option<usize>,
    /// Whether the path is that one step.
    pub(crate) single: bool,
}

impl<'c> Shape<'c> {
    pub(crate) fn find(&self, name: &str) -> Option<Slot> {
        self.names.find(name)
    }

    pub(crate) fn field(&self, at: usize) -> Option<&FieldShape<'c>> {
        self.fields.get(at)
    }

    /// The number of the field whose name differs in letters' case only. Platforms written in Go
    /// read such a key as that field, once it has passed their structure.
    pub(crate) fn find_any_case(&self, name: &str) -> Option<usize> {
        self.fields
            .iter()
            .position(|field| field.field.wire.eq_ignore_ascii_case(name))
    }

    /// The field of that name, not of an alias.
    pub(crate) fn field_named(&self, name: &str) -> Option<&FieldShape<'c>> {
        match self.find(name) {
            Some(Slot::Field(at)) => self.field(at),
            _ => None,
        }
    }

    fn new(object: &'c Object, package: PackageId, release: &Version) -> Self {
        let fields: Vec<FieldShape<'c>> = object
            .fields
            .iter()
            .filter(|field| field.life.covers(release))
            .map(|field| FieldShape::new(field, release))
            .collect();
        let mut names = Vec::with_capacity(fields.len());
        for (at, shape) in fields.iter().enumerate() {
            names.push((shape.field.wire.as_str(), Slot::Field(at)));
        }
        // A name comes before an alias of the same text.
        for (at, shape) in fields.iter().enumerate() {
            let aliases = shape.field.aliases.iter();
            names.extend(aliases.map(|alias| (alias.as_str(), Slot::Alias(at))));
        }
        let names = Names::new(&names);
        let must = |field: &FieldShape<'_>| field.field.required || field.filled.is_some();
        let demanded = (0..)
            .zip(&fields)
            .filter(|(_, field)| must(field))
            .map(|(at, _)| at)
            .collect();
        let mut shape = Self {
            object,
            package,
            fields,
            names,
            demanded,
            union: None,
            rules: Vec::new(),
        };
        shape.union = object
            .union
            .as_ref()
            .and_then(|union| UnionShape::new(union, &shape, release));
        let plain = |name: &str| {
            let at = shape.number(name)?;
            shape.field(at)?.default.is_none().then_some(at)
        };
        shape.rules = rules(&object.rules, release, |name| shape.number(name), plain);
        shape
    }

    fn number(&self, name: &str) -> Option<usize> {
        match self.find(name)? {
            Slot::Field(at) => Some(at),
            Slot::Alias(_) => None,
        }
    }
}

/// The rules of a release, their paths looked up: `number` gives a field's number, `plain` that of a
/// field without a default.
pub(crate) fn rules<'c>(
    rules: &'c [Rule],
    release: &Version,
    number: impl Fn(&str) -> Option<usize>,
    plain: impl Fn(&str) -> Option<usize>,
) -> Vec<RuleShape<'c>> {
    let path = |path: &'c FieldPath| PathShape {
        first: match path.0.first() {
            Some(PathStep::Field(name)) => number(name),
            _ => None,
        },
        single: path.0.len() == 1,
        path,
    };
    let live = rules.iter().filter(|rule| rule.life.covers(release));
    live.map(|rule| {
        let gate = rule.when.first().and_then(|one| Gate::new(one, &plain));
        RuleShape {
            rule,
            when: rule
                .when
                .iter()
                .skip(usize::from(gate.is_some()))
                .map(|condition| (path(&condition.field), condition))
                .collect(),
            gate,
            paths: match &rule.kind {
                RuleKind::Requires { fields, .. }
                | RuleKind::Forbids { fields, .. }
                | RuleKind::Count { fields, .. }
                | RuleKind::Immutable { fields }
                | RuleKind::Cel { at: fields, .. } => fields.iter().map(path).collect(),
                RuleKind::Compare { left, right, .. } => vec![path(left), path(right)],
                RuleKind::Unique { list, .. } | RuleKind::Acyclic { list, .. } => vec![path(list)],
                RuleKind::RefersTo { from, to, .. } => vec![path(from), path(to)],
            },
        }
    })
    .collect()
}

impl<'c> FieldShape<'c> {
    fn new(field: &'c Field, release: &Version) -> Self {
        let default = field
            .default
            .as_ref()
            .filter(|default| default.life.covers(release));
        let mut shape = Self {
            field,
            mended: (false, false),
            constraints: limits(&field.constraints, release),
            default,
            deprecated: deprecation(&field.life, release),
            filled: field
                .constraints
                .iter()
                .find(|c| matches!(c.kind, ConstraintKind::Filled) && c.life.covers(release)),
            told_apart: field.constraints.iter().find_map(|c| match &c.kind {
                ConstraintKind::ToldApart(by) if c.life.covers(release) => Some(by.as_slice()),
                _ => None,
            }),
        };
        shape.mended = (
            shape.mends_empty(Layer::Structure),
            shape.mends_empty(Layer::Admission),
        );
        shape
    }

    /// The default that counts before this layer judges.
    pub(crate) fn default_for(&self, layer: Layer) -> Option<&'c Default> {
        self.default
            .filter(|default| layer == Layer::Admission || default.layer == Layer::Structure)
    }

    /// Whether an empty value is replaced before this layer judges.
    pub(crate) fn mends_empty(&self, layer: Layer) -> bool {
        self.default_for(layer)
            .is_some_and(|default| default.fill == Fill::Empty)
    }
}

/// The deprecation that a release knows of.
pub(crate) fn deprecation<'c>(life: &'c Life, release: &Version) -> Option<&'c Deprecation> {
    life.deprecated
        .as_ref()
        .filter(|d| d.since.as_ref().is_none_or(|since| since <= release))
}

impl<'c> UnionShape<'c> {
    fn new(union: &'c Union, shape: &Shape<'c>, release: &Version) -> Option<Self> {
        let tag = shape.number(&union.tag)?;
        let numbers = |names: &[String]| -> Vec<usize> {
            names.iter().filter_map(|name| shape.number(name)).collect()
        };
        let mut named = vec![false; shape.fields.len()];
        // A case of another release still says that its fields are blocks of this union.
        for case in &union.cases {
            for at in numbers(&case.requires)
                .into_iter()
                .chain(numbers(&case.allows))
            {
                if let Some(one) = named.get_mut(at) {
                    *one = true;
                }
            }
        }
        let live = union.cases.iter().filter(|case| case.life.covers(release));
        let cases = live
            .map(|case| {
                let requires = numbers(&case.requires);
                let mut uses = vec![false; shape.fields.len()];
                for at in requires.iter().copied().chain(numbers(&case.allows)) {
                    if let Some(one) = uses.get_mut(at) {
                        *one = true;
                    }
                }
                CaseShape {
                    case,
                    requires,
                    uses,
                }
            })
            .collect();
        Some(Self {
            union,
            tag,
            cases,
            named,
        })
    }
}

/// The shapes of all types, built when needed.
pub(crate) struct Shapes<'c> {
    pub(crate) catalog: &'c Catalog,
    /// The release of each package.
    releases: Vec<Version>,
    objects: Vec<OnceLock<Shape<'c>>>,
    refined: Vec<OnceLock<Vec<Limit<'c>>>>,
    /// The rules of each kind over the whole document.
    documents: Vec<OnceLock<Vec<RuleShape<'c>>>>,
    /// Evaluates rules written in CEL.
    pub(crate) evaluator: Evaluator<'c>,
    /// `Type::Ref` of each type.
    refs: Vec<Type>,
    /// For each kind that the release has and does not discourage, its `apiVersion`.
    apis: Vec<Option<String>>,
}

impl<'c> Shapes<'c> {
    pub(crate) fn new(catalog: &'c Catalog, targets: &Targets) -> Self {
        let releases: Vec<Version> = catalog
            .packages
            .iter()
            .map(|p| targets.release(p).clone())
            .collect();
        let api = |kind: &Kind| {
            let package = catalog.package(kind.package)?;
            let release = releases.get(kind.package.0 as usize)?;
            let plain = kind.life.covers(release) && deprecation(&kind.life, release).is_none();
            // A group that two packages claim belongs to one of them.
            let owner = catalog.package_of_group(&package.group)?;
            (plain && owner.name == package.name)
                .then(|| format!("{}/{}", package.group, package.api_version))
        };
        Self {
            catalog,
            apis: catalog.kinds.iter().map(api).collect(),
            releases,
            objects: catalog.types.iter().map(|_| OnceLock::new()).collect(),
            refined: catalog.types.iter().map(|_| OnceLock::new()).collect(),
            documents: catalog.kinds.iter().map(|_| OnceLock::new()).collect(),
            evaluator: Evaluator::new(catalog),
            refs: (0..)
                .map(|id| Type::Ref(TypeId(id)))
                .take(catalog.types.len())
                .collect(),
        }
    }

    /// The kind of that name and `apiVersion`, and its number, if nothing needs saying about them.
    pub(crate) fn plain_kind(&self, api: &str, name: &str) -> Option<(usize, &'c Kind)> {
        let mut kinds = self.catalog.kinds.iter().zip(&self.apis).enumerate();
        kinds.find_map(|(at, (kind, known))| {
            let found = same(&kind.name, name) && known.as_deref() == Some(api);
            found.then_some((at, kind))
        })
    }

    /// The release of a package that is checked against.
    pub(crate) fn release(&self, package: PackageId) -> &Version {
        static NONE: Version = Version::new(0, 0, 0);
        self.releases.get(package.0 as usize).unwrap_or(&NONE)
    }

    pub(crate) fn package(&self, package: PackageId) -> Option<&'c Package> {
        self.catalog.package(package)
    }

    /// The shape of an object type; none if the type is none.
    pub(crate) fn object(&self, id: TypeId) -> Option<&Shape<'c>> {
        let def = self.catalog.get(id)?;
        let TypeBody::Object(object) = &def.body else {
            return None;
        };
        let cell = self.objects.get(id.0 as usize)?;
        Some(cell.get_or_init(|| Shape::new(object, def.package, self.release(def.package))))
    }

    /// The shape of a value's type, if it is an object.
    pub(crate) fn of_type(&self, ty: &Type) -> Option<&Shape<'c>> {
        match ty {
            Type::Ref(id) => self.object(*id),
            _ => None,
        }
    }

    /// The type that refers to a named type.
    pub(crate) fn reference(&self, id: TypeId) -> Option<&Type> {
        self.refs.get(id.0 as usize)
    }

    /// The limits of a refined type.
    pub(crate) fn refined(&self, id: TypeId) -> &[Limit<'c>] {
        let Some(def) = self.catalog.get(id) else {
            return &[];
        };
        let (TypeBody::Refined(_, constraints), Some(cell)) =
            (&def.body, self.refined.get(id.0 as usize))
        else {
            return &[];
        };
        cell.get_or_init(|| limits(constraints, self.release(def.package)))
    }

    /// The rules of the kind with that number over the whole document.
    pub(crate) fn document_rules(&self, at: usize, kind: &'c Kind) -> &[RuleShape<'c>] {
        let Some(cell) = self.documents.get(at) else {
            return &[];
        };
        cell.get_or_init(|| {
            let release = self.release(kind.package);
            rules(&kind.rules, release, super::envelope::number_of, |_| None)
        })
    }
}

/// The text of a literal default.
pub(crate) fn literal(default: &Default) -> Option<&crate::catalog::Literal> {
    match &default.value {
        DefaultValue::Literal(literal) => Some(literal),
        DefaultValue::Generated(_) => None,
    }
}

/// The level of a finding of a layer, where admission may not count.
pub(crate) fn level(level: Level, layer: Layer, advice: bool) -> Level {
    if advice && layer == Layer::Admission {
        Level::Warning
    } else {
        level
    }
}
