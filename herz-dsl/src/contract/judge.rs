//! Values against the contract's schemas.

use super::schema::{Additional, Schema, SchemaId, Type};
use super::scope::{Spec, specs};
use super::{Contract, EXEMPT, NO_SUCH_FIELD, ONE_SHOT};
use crate::check::{Checker, number};
use crate::diagnostic::{Diagnostic, codes};
use crate::source::Span;
use crate::tree::{Node, Resolved, Tree};
use herz_types::message::{self, End};
use herz_types::{Path, Segment};

/// What judging a text by a contract came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Judged {
    /// Chaos specs that were judged.
    pub specs: usize,
    /// What was found: each has the code [`codes::CONTRACT_BROKEN`].
    pub findings: Vec<Diagnostic>,
}

/// Something that a value does not fulfil.
struct Breach {
    path: Path,
    /// Where: the value, or the key around something missing.
    span: Span,
    message: String,
    /// Where the contract says so.
    demanded: Span,
    /// The field of the spec that is missing, if that is it.
    missing: Option<String>,
}

impl Contract {
    /// Judges the chaos specs in a text: those of faults, and those inside schedules and workflows.
    pub fn judge(&self, tree: &Tree, checker: &Checker<'_>) -> Judged {
        let mut judged = Judged::default();
        for document in tree.documents() {
            // What is missing may stand in the part that was not read.
            if document.is_cut() {
                continue;
            }
            for spec in specs(document.root(), checker) {
                judged.specs += 1;
                let breaches = self.spec(&spec);
                let told = breaches.into_iter().map(|breach| {
                    let mut finding = self.tell(&spec, &breach);
                    finding.document = document.index();
                    finding
                });
                judged.findings.extend(told);
            }
        }
        judged
    }

    fn spec(&self, spec: &Spec<'_, '_>) -> Vec<Breach> {
        let mut walk = Walk {
            contract: self,
            path: spec.path.clone(),
            out: Vec::new(),
            above: spec.key,
            depth: spec.path.0.len(),
        };
        walk.value(self.root, spec.node);
        let mut breaches = walk.out;
        breaches.retain(|breach| !self.lets_off(spec, breach.missing.as_deref()));
        breaches
    }

    /// Whether a missing field of the spec is none: the contract says so, or the platform forbids
    /// the field at this place.
    fn lets_off(&self, spec: &Spec<'_, '_>, missing: Option<&str>) -> bool {
        missing.is_some_and(|field| {
            spec.is_forbidden(field)
                || (self.exempt.no_such_field && !spec.has_field(field))
                || (self.exempt.one_shot && spec.one_shot(field).is_some())
        })
    }

    fn tell(&self, spec: &Spec<'_, '_>, breach: &Breach) -> Diagnostic {
        let message = format!("contract {}: {}", self.name(), breach.message);
        let mut finding = Diagnostic::error(codes::CONTRACT_BROKEN, breach.span, message)
            .path(breach.path.to_string())
            .related(breach.demanded, "the contract demands it here");
        let Some(field) = &breach.missing else {
            return finding;
        };
        if let Some(action) = spec.one_shot(field) {
            finding = finding.help(format!(
                "`{action}` happens once, so {} needs no `{field}`; the contract asks for it all the same: \
                 `{EXEMPT}: [{ONE_SHOT}]` in the contract lets such actions off",
                spec.platform
            ));
        } else if !spec.has_field(field) {
            finding = finding.help(format!(
                "a spec of {} has no field `{field}`, so no such spec can fulfil this contract: \
                 `{EXEMPT}: [{NO_SUCH_FIELD}]` in the contract lets them off",
                spec.kind
            ));
        }
        finding
    }
}

struct Walk<'c> {
    contract: &'c Contract,
    path: Path,
    out: Vec<Breach>,
    /// The nearest key above.
    above: Span,
    /// Steps from the document's root to the spec itself.
    depth: usize,
}

impl Walk<'_> {
    fn push(&mut self, node: Node<'_>, schema: &Schema, message: String) {
        let span = if node.is_map() || node.is_list() {
            self.above
        } else {
            node.place()
        };
        self.out.push(Breach {
            path: self.path.clone(),
            span,
            message,
            demanded: schema.span,
            missing: None,
        });
    }

    /// What a value breaks of a schema, looked at apart.
    fn apart(&mut self, id: SchemaId, node: Node<'_>) -> Vec<Breach> {
        let before = std::mem::take(&mut self.out);
        self.value(id, node);
        std::mem::replace(&mut self.out, before)
    }

    fn value(&mut self, id: SchemaId, node: Node<'_>) {
        let contract = self.contract;
        let Some(schema) = contract.schemas.get(id.0) else {
            return;
        };
        if node.is_broken() || (node.is_null() && schema.nullable) {
            return;
        }
        if let Some(ty) = schema.ty
            && !is_of(node, ty)
        {
            let text = format!("expected {}, and found {}", ty.words(), found(node));
            self.push(node, schema, text);
            return;
        }
        self.plain(schema, node);
        if node.is_list() {
            self.list(schema, node);
        } else if node.is_map() {
            self.map(schema, node);
        }
        for part in &schema.all {
            self.value(*part, node);
        }
        if !schema.any.is_empty() || !schema.one.is_empty() {
            self.choice(schema, node);
        }
        if let Some(not) = schema.not
            && self.apart(not, node).is_empty()
        {
            self.push(node, schema, "the value is one that must not be".to_owned());
        }
    }

    fn choice(&mut self, schema: &Schema, node: Node<'_>) {
        for (parts, exactly) in [(&schema.any, false), (&schema.one, true)] {
            if parts.is_empty() {
                continue;
            }
            let mut met = 0_usize;
            let mut nearest: Option<Vec<Breach>> = None;
            for part in parts {
                let breaches = self.apart(*part, node);
                if breaches.is_empty() {
                    met += 1;
                } else if nearest
                    .as_ref()
                    .is_none_or(|best| breaches.len() < best.len())
                {
                    nearest = Some(breaches);
                }
            }
            if met == 0 {
                // What the nearest alternative lacks says more than «none».
                self.out.extend(nearest.unwrap_or_default());
            } else if exactly && met > 1 {
                let text =
                    format!("the value fits {met} of the alternatives: expected exactly one");
                self.push(node, schema, text);
            }
        }
    }

    fn plain(&mut self, schema: &Schema, node: Node<'_>) {
        if let Some(values) = &schema.values
            && !values.contains(&node.to_json())
        {
            let texts: Vec<String> = values
                .iter()
                .map(|value| {
                    value
                        .as_str()
                        .map_or_else(|| value.to_string(), str::to_owned)
                })
                .collect();
            let shown = node.scalar().map(|scalar| scalar.text);
            let text = message::not_allowed(shown, texts.iter().map(String::as_str));
            self.push(node, schema, text);
        }
        let Some(scalar) = node.scalar() else { return };
        if let Some(value) = number(scalar.resolved()) {
            let (low, high) = (bound_text(schema.min), bound_text(schema.max));
            let is_low = schema
                .min
                .is_some_and(|(min, open)| value < min || (open && value <= min));
            let is_high = schema
                .max
                .is_some_and(|(max, open)| value > max || (open && value >= max));
            if is_low || is_high {
                let ends = (end(low.as_ref()), end(high.as_ref()));
                let text = message::out_of_range(Some(scalar.text), ends.0, ends.1);
                self.push(node, schema, text);
            }
            let is_off = |step: f64| {
                let times = value / step;
                (times - times.round()).abs() > 1e-9 * times.abs().max(1.0)
            };
            if let Some(step) = schema.step.filter(|step| *step > 0.0 && is_off(*step)) {
                self.push(node, schema, message::multiple_of(Some(scalar.text), step));
            }
        }
        let Some(text) = node.text() else { return };
        let characters = text.chars().count();
        if !schema.length.allow(characters) {
            let (min, max) = (schema.length.min, schema.length.max);
            self.push(node, schema, message::length(characters as u64, min, max));
        }
        if let Some((written, pattern)) = &schema.pattern
            && !pattern.is_match(text)
        {
            self.push(node, schema, message::pattern(Some(text), written));
        }
    }

    fn list(&mut self, schema: &Schema, node: Node<'_>) {
        let number = node.items().len();
        if !schema.count.allow(number) {
            let (min, max) = (schema.count.min, schema.count.max);
            self.push(node, schema, message::items(number as u64, min, max));
        }
        if schema.unique {
            let items: Vec<_> = node.items().map(|item| item.to_json()).collect();
            for (at, item) in node.items().enumerate() {
                let earlier = items.iter().take(at);
                let same = earlier
                    .zip(0..)
                    .find(|(one, _)| Some(*one) == items.get(at));
                if let Some((_, first)) = same {
                    let shown = item.scalar().map(|scalar| scalar.text);
                    self.step(Segment::Index(at), None, |walk| {
                        walk.push(item, schema, message::duplicate_item(shown, first));
                    });
                }
            }
        }
        if let Some(inner) = schema.items {
            for (at, item) in node.items().enumerate() {
                self.step(Segment::Index(at), None, |walk| walk.value(inner, item));
            }
        }
    }

    fn map(&mut self, schema: &Schema, node: Node<'_>) {
        let number = node.entries().count();
        if !schema.entries.allow(number) {
            let (min, max) = (schema.entries.min, schema.entries.max);
            self.push(node, schema, message::items(number as u64, min, max));
        }
        for (name, demanded) in &schema.required {
            if node.get(name).is_some() {
                continue;
            }
            let mut path = self.path.clone();
            let is_spec = path.0.len() == self.depth;
            path.0.push(Segment::Key(name.clone()));
            self.out.push(Breach {
                path,
                span: self.above,
                message: message::missing_field(name),
                demanded: *demanded,
                missing: is_spec.then(|| name.clone()),
            });
        }
        for entry in node.entries() {
            let known = schema
                .properties
                .iter()
                .find(|(name, _)| name == entry.key.text);
            let inner = match (known, schema.additional) {
                (Some((_, id)), _) => *id,
                (None, Additional::Schema(id)) => id,
                (None, Additional::Any) => continue,
                (None, Additional::None) => {
                    let text = message::unknown_field(entry.key.text);
                    self.step(
                        Segment::Key(entry.key.text.to_owned()),
                        Some(entry.key.span),
                        |walk| {
                            let (path, span) = (walk.path.clone(), walk.above);
                            walk.out.push(Breach {
                                path,
                                span,
                                message: text,
                                demanded: schema.span,
                                missing: None,
                            });
                        },
                    );
                    continue;
                }
            };
            let key = Segment::Key(entry.key.text.to_owned());
            self.step(key, Some(entry.key.span), |walk| {
                walk.value(inner, entry.value);
            });
        }
    }

    /// One step down, and back.
    fn step(&mut self, segment: Segment, key: Option<Span>, work: impl FnOnce(&mut Self)) {
        let above = self.above;
        self.above = key.unwrap_or(above);
        self.path.0.push(segment);
        work(self);
        self.path.0.pop();
        self.above = above;
    }
}

fn is_of(node: Node<'_>, ty: Type) -> bool {
    if node.is_list() || node.is_map() {
        return match ty {
            Type::Array => node.is_list(),
            Type::Object => node.is_map(),
            Type::Boolean | Type::Integer | Type::Number | Type::String => false,
        };
    }
    let resolved = node.resolved();
    match ty {
        Type::Boolean => matches!(resolved, Resolved::Bool(_)),
        Type::Integer => crate::check::whole(resolved).is_some(),
        Type::Number => number(resolved).is_some(),
        Type::String => resolved == Resolved::Text,
        Type::Array | Type::Object => false,
    }
}

/// What is there, in words that hide what must not be shown.
fn found(node: Node<'_>) -> String {
    match node.scalar() {
        Some(_) if node.is_null() => "null".to_owned(),
        Some(scalar) => message::quote(scalar.text),
        None => node.type_name(),
    }
}

fn bound_text(bound: Option<(f64, bool)>) -> Option<(String, bool)> {
    bound.map(|(value, open)| (value.to_string(), open))
}

fn end(bound: Option<&(String, bool)>) -> End<'_> {
    bound.map(|(text, open)| (text.as_str(), *open))
}
