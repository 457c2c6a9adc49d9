//! What a CRD can't say, by the word of its emitter.

use crate::Gap;
use herz_codegen::target::{Note, View};
use herz_dsl::catalog::{Item, Kind, Rule, RuleKind, Type, TypeBody, TypeId};
use herz_types::Path;
use herz_types::codes::{self, Code};
use herz_types::scalar::Dialect;

/// The notes of the emitter as gaps of one kind: wherever in its documents an item stands that a note is
/// about, findings of the note's code are not the CRD's.
pub(super) fn gaps(view: &View<'_>, kind: &Kind, notes: &[Note]) -> Vec<Gap> {
    let metadata = Gap {
        path: "metadata*".to_owned(),
        ..Gap::everywhere("*", "an API server judges metadata by a type of its own")
    };
    let mut places = Places {
        view,
        notes,
        gaps: vec![metadata],
        around: Vec::new(),
    };
    if let Some(package) = view.catalog.package(kind.package) {
        places.whole(&Item::package(package));
    }
    places.rules(&Item::kind(&view.catalog, kind), &kind.rules, "");
    places.named(kind.spec, "spec");
    if let Some(status) = kind.status {
        places.named(status, "status");
    }
    places.gaps
}

/// A walk over all places of a kind's documents.
struct Places<'p, 'c> {
    view: &'p View<'c>,
    notes: &'p [Note],
    gaps: Vec<Gap>,
    around: Vec<TypeId>,
}

impl Places<'_, '_> {
    fn named(&mut self, id: TypeId, path: &str) {
        let item = self.view.item(id);
        if self.around.contains(&id) {
            // The note about the type itself: what is inside is not looked into.
            if self.notes.iter().any(|note| note.item == item) {
                self.gap("*", format!("{path}.*"), "the type holds itself");
            }
            return;
        }
        let view = self.view;
        match view.get(id).map(|def| &def.body) {
            Some(TypeBody::Object(object)) => {
                self.around.push(id);
                self.rules(&item, &object.rules, path);
                for field in &object.fields {
                    let path = below(path, &field.wire);
                    self.limits(&view.field_item(id, field), &path);
                    self.ty(&field.ty, &path);
                }
                self.around.pop();
            }
            Some(TypeBody::Refined(ty, _)) => {
                self.limits(&item, path);
                self.ty(ty, path);
            }
            Some(TypeBody::Enum(_)) | None => {}
        }
    }

    fn ty(&mut self, ty: &Type, path: &str) {
        match ty {
            Type::Ref(id) => self.named(*id, path),
            Type::List(item) => self.ty(item, &format!("{path}[*]")),
            // A key is written behind a dot, or in brackets and quotes.
            Type::Map(value) => self.ty(value, &format!("{path}*")),
            // An API server refuses a malformed one everywhere, Herz where admission counts. So it is not judged.
            Type::Scalar(scalar) if scalar.dialect == Dialect::Timestamp => {
                let why = "`date-time` is not judged";
                self.gap(codes::GRAMMAR.as_str(), path.to_owned(), why);
            }
            _ => {}
        }
    }

    /// Notes about all documents of a package.
    fn whole(&mut self, package: &Item) {
        for note in self.notes.iter().filter(|note| note.item == *package) {
            if let Some(code) = note.without {
                self.gap(code.as_str(), "*".to_owned(), &note.message);
            }
        }
    }

    /// Notes about limits of a field or type: of itself, and of the items in it.
    fn limits(&mut self, item: &Item, path: &str) {
        for note in self.notes.iter().filter(|note| note.item == *item) {
            if let Some(code) = note.without {
                self.gap(code.as_str(), path.to_owned(), &note.message);
                self.gap(code.as_str(), format!("{path}[*]"), &note.message);
                continue;
            }
            // All that admission demands inside.
            for code in codes::ALL.iter().filter(|code| !STRUCTURE.contains(code)) {
                self.gap(code.as_str(), format!("{path}*"), &note.message);
            }
        }
    }

    fn rules(&mut self, item: &Item, rules: &[Rule], path: &str) {
        for rule in rules {
            let item = item.rule(&rule.name);
            for note in self.notes.iter().filter(|note| note.item == item) {
                for code in codes_of(&rule.kind) {
                    self.gap(code.as_str(), format!("{path}*"), &note.message);
                }
            }
        }
    }

    fn gap(&mut self, code: &str, path: String, why: &str) {
        self.gaps.push(Gap {
            code: code.to_owned(),
            path,
            why: why.to_owned(),
        });
    }
}

/// The path of a field, written as findings write it.
fn below(path: &str, wire: &str) -> String {
    let step = Path::root().key("").key(wire).to_string();
    let step = step.strip_prefix("[\"\"]").unwrap_or(&step);
    format!("{path}{step}")
}

/// The codes of what the structure demands, which a CRD can always say.
const STRUCTURE: &[Code] = &[
    codes::WRONG_TYPE,
    codes::MISSING_FIELD,
    codes::UNKNOWN_FIELD,
    codes::NULL,
];

/// The codes of a rule's findings.
fn codes_of(kind: &RuleKind) -> &'static [Code] {
    match kind {
        RuleKind::Requires { .. } => &[codes::REQUIRES],
        RuleKind::Forbids { .. } => &[codes::FORBIDDEN],
        RuleKind::Count { .. } => &[
            codes::EXACTLY_ONE_OF,
            codes::AT_LEAST_ONE_OF,
            codes::AT_MOST_ONE_OF,
        ],
        RuleKind::Compare { .. } => &[codes::COMPARE],
        RuleKind::Unique { .. } => &[codes::UNIQUE],
        RuleKind::RefersTo { .. } => &[codes::DANGLING],
        RuleKind::Acyclic { .. } => &[codes::CYCLE],
        RuleKind::Immutable { .. } => &[codes::IMMUTABLE],
        RuleKind::Cel { .. } => &[codes::CEL],
    }
}
