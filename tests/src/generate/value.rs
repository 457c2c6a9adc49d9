//! Values of each type.

use super::{Generator, Mood};
use herz_dsl::catalog::{Constraint, ConstraintKind, Enum, Field, Object, Type, TypeBody, TypeId};
use herz_types::scalar::Dialect;
use serde_json::{Map, Value, json};

/// Words that documents use, so that names meet each other; some look like other types.
const WORDS: &[&str] = &[
    "a",
    "b",
    "web",
    "x-1",
    "1",
    "true",
    "",
    "null",
    "5%",
    "10ms",
    "äöü",
    "日本",
    "a b",
    "/var/log",
    "one",
    "http://a.b",
    "\u{1F600}",
    "0x10",
    "~",
    "-",
    "kube-system",
    "GET",
    "200",
];

/// Values that may stand anywhere in a hostile document.
fn hostile() -> Vec<Value> {
    vec![
        Value::Null,
        json!(true),
        json!(0),
        json!(-1),
        json!(1.5),
        // Not `1e300`: readers of YAML disagree whether that is a text.
        json!(1.5e300),
        json!(u64::MAX),
        json!(i64::MIN),
        json!("text"),
        json!(""),
        json!([]),
        json!([null]),
        json!({}),
        json!({"a": {"b": [1]}}),
    ]
}

impl Generator<'_> {
    /// An object of that type.
    pub(super) fn object(&mut self, id: TypeId, depth: u32) -> Value {
        let catalog = self.catalog;
        let Some(TypeBody::Object(object)) = catalog.get(id).map(|def| &def.body) else {
            return json!({});
        };
        let mut map = Map::new();
        let wanted = self.wanted_by_case(object, &mut map, depth);
        for field in &object.fields {
            if map.contains_key(&field.wire) {
                continue;
            }
            let needed = field.required || wanted.contains(&field.wire);
            let there = if needed {
                !self.slip(25)
            } else {
                depth > 0 && self.random.below(4) == 0
            };
            if there {
                self.put(&mut map, field, depth);
            }
        }
        if self.slip(40) {
            let key = *self
                .random
                .of(&["unknown", "x y", "ünknown", "type", "action", "spec"]);
            map.entry(key).or_insert(json!({"a": [1, 2.5, "b"]}));
        }
        if self.slip(60) && !object.reserved.is_empty() {
            let key = self.random.of(&object.reserved).clone();
            map.entry(key).or_insert(json!(1));
        }
        let mut value = Value::Object(map);
        self.agree(&mut value, &object.rules);
        value
    }

    /// Chooses a case of the object's union and writes its tag; the fields that it needs.
    fn wanted_by_case(
        &mut self,
        object: &Object,
        map: &mut Map<String, Value>,
        depth: u32,
    ) -> Vec<String> {
        let Some(union) = object
            .union
            .as_ref()
            .filter(|union| !union.cases.is_empty())
        else {
            return Vec::new();
        };
        // Cases that need an object must end somewhere.
        let case = self.random.of(&union.cases).clone();
        if depth == 0 && !case.requires.is_empty() && self.random.below(3) > 0 {
            return Vec::new();
        }
        if !self.slip(30) {
            map.insert(union.tag.clone(), case.value.into());
        }
        let mut wanted = case.requires;
        wanted.extend(
            case.allows
                .into_iter()
                .filter(|_| self.random.below(2) == 0),
        );
        wanted
    }

    fn put(&mut self, map: &mut Map<String, Value>, field: &Field, depth: u32) {
        let mut key = &field.wire;
        if !field.aliases.is_empty() && self.random.below(4) == 0 {
            key = self.random.of(&field.aliases);
        }
        if self.slip(60) {
            // Another letter case, as people write keys.
            map.insert(field.wire.to_lowercase(), json!({}));
        }
        let value = if self.slip(30) {
            self.random.of(&hostile()).clone()
        } else if field.nullable && self.random.below(4) == 0 {
            Value::Null
        } else {
            self.value(&field.ty, &field.constraints, depth)
        };
        map.insert(key.clone(), value);
    }

    fn value(&mut self, ty: &Type, limits: &[Constraint], depth: u32) -> Value {
        if self.slip(60) {
            return self.random.of(&hostile()).clone();
        }
        match ty {
            Type::Bool => json!(self.random.below(2) == 0),
            Type::Int { bits, signed, .. } => self.int(*bits, *signed, limits),
            Type::Float64 => {
                let number = self.number(limits);
                if self.random.below(2) == 0 {
                    json!(number)
                } else {
                    json!(number.trunc())
                }
            }
            Type::String => self.text(limits),
            Type::Bytes => json!(*self.random.of(&["", "aGk=", "aGVsbG8=", "no base64!"])),
            Type::Scalar(scalar) => self.scalar(scalar.dialect),
            Type::List(inner) => {
                let least = if self.slip(10) {
                    0
                } else {
                    least_items(limits)
                };
                let most = self.items(inner, depth, 4);
                (0..least.max(most))
                    .map(|_| self.value(inner, &[], depth.saturating_sub(1)))
                    .collect()
            }
            Type::Map(inner) => {
                let count = self.items(inner, depth, 3);
                let mut map = Map::new();
                for _ in 0..count {
                    let key = (*self.random.of(WORDS)).to_owned();
                    let value = self.value(inner, &[], depth.saturating_sub(1));
                    map.insert(key, value);
                }
                Value::Object(map)
            }
            Type::Ref(id) => match self.catalog.get(*id).map(|def| &def.body) {
                Some(TypeBody::Object(_)) => self.object(*id, depth.saturating_sub(1)),
                Some(TypeBody::Enum(body)) => self.one_of(body),
                Some(TypeBody::Refined(inner, own)) => {
                    let limits: Vec<Constraint> = limits.iter().chain(own).cloned().collect();
                    self.value(inner, &limits, depth)
                }
                None => Value::Null,
            },
            Type::Any => self.random.of(&hostile()).clone(),
            Type::AnyObject => json!({"a": {"b": [1, null, 2.5]}, "": "x"}),
            Type::IntOrString => self
                .random
                .of(&[json!(80), json!("http"), json!("25%"), json!(-1)])
                .clone(),
        }
    }

    /// How many items there are, fewer than `most`: none where objects must end.
    fn items(&mut self, inner: &Type, depth: u32, most: u64) -> u64 {
        if depth == 0 && self.nests(inner) {
            return 0;
        }
        self.random.below(most)
    }

    /// Whether values of a type may hold objects.
    fn nests(&self, ty: &Type) -> bool {
        match ty {
            Type::List(inner) | Type::Map(inner) => self.nests(inner),
            Type::Ref(id) => match self.catalog.get(*id).map(|def| &def.body) {
                Some(TypeBody::Object(_)) => true,
                Some(TypeBody::Refined(inner, _)) => self.nests(inner),
                Some(TypeBody::Enum(_)) | None => false,
            },
            _ => false,
        }
    }

    fn one_of(&mut self, body: &Enum) -> Value {
        if body.values.is_empty() || self.slip(20) {
            return json!(*self.random.of(WORDS));
        }
        json!(self.random.of(&body.values).value)
    }

    /// A whole number: inside, at the ends of, and beside its range.
    fn int(&mut self, bits: u8, signed: bool, limits: &[Constraint]) -> Value {
        #[allow(clippy::cast_possible_truncation, reason = "limits are small numbers")]
        let number = self.number(limits).trunc() as i64;
        if self.mood == Mood::Tame || self.random.below(10) > 0 {
            return json!(if signed { number } else { number.abs() });
        }
        let end = 1_i128 << (u32::from(bits) - u32::from(signed));
        match i64::try_from(*self.random.of(&[end, end - 1, -end, -1])) {
            Ok(end) => json!(end),
            Err(_) => json!(u64::MAX),
        }
    }

    fn number(&mut self, limits: &[Constraint]) -> f64 {
        let mut picks = vec![0.0, 1.0, 2.0, 50.0, 100.0, 0.5];
        for limit in limits {
            if let ConstraintKind::Range { min, max } = &limit.kind {
                picks.clear();
                for bound in min.iter().chain(max) {
                    picks.extend([bound.value, bound.value]);
                    if self.mood != Mood::Tame {
                        picks.extend([bound.value - 1.0, bound.value + 1.0]);
                    }
                }
            }
        }
        *self.random.of(&picks)
    }

    fn text(&mut self, limits: &[Constraint]) -> Value {
        let mut picks: Vec<String> = Vec::new();
        for limit in limits {
            match &limit.kind {
                ConstraintKind::OneOf(values) => picks.extend(values.iter().cloned()),
                ConstraintKind::Grammar { dialect, .. } => picks.extend(samples(*dialect, true)),
                ConstraintKind::Length { max: Some(max), .. } if *max < 1000 => {
                    let max = usize::try_from(*max).unwrap_or(0);
                    picks.push("a".repeat(max));
                    if self.mood != Mood::Tame {
                        picks.push("ä".repeat(max + 1));
                    }
                }
                _ => {}
            }
        }
        if picks.is_empty() || self.slip(10) {
            return json!(*self.random.of(WORDS));
        }
        json!(*self.random.of(&picks))
    }

    fn scalar(&mut self, dialect: Dialect) -> Value {
        let accepted = !self.slip(15);
        let samples = samples(dialect, accepted);
        if samples.is_empty() {
            json!("")
        } else {
            json!(*self.random.of(&samples))
        }
    }
}

/// How many items a list must have; of a great many, a few will do.
fn least_items(limits: &[Constraint]) -> u64 {
    let least = limits.iter().map(|limit| match limit.kind {
        ConstraintKind::Items { min: Some(min), .. } => min,
        ConstraintKind::Filled => 1,
        _ => 0,
    });
    least.max().unwrap_or(0).min(8)
}

/// Texts that a dialect accepts, or refuses; without control characters, which YAML refuses.
fn samples(dialect: Dialect, accepted: bool) -> Vec<String> {
    dialect
        .samples()
        .iter()
        .filter(|sample| sample.accepted == accepted && !sample.text.chars().any(char::is_control))
        .map(|sample| sample.text.to_owned())
        .collect()
}
