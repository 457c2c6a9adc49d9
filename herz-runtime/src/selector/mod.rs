//! Who is hit: which targets fit, and how many of those are chosen.

mod choice;
mod mode;

pub use choice::{Random, choose};
pub use mode::Mode;

use crate::experiment::{NotAnExperiment, no, texts};
use crate::inventory::{PlaceKind, Target};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use std::collections::BTreeMap;

/// Picks targets. All conditions given must hold at once; without any, every target of the
/// namespaces fits.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Selector {
    /// Namespaces to look in; none means all.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub namespaces: Vec<String>,
    /// Labels that a target must carry, each with exactly this value.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub labels: BTreeMap<String, String>,
    /// Conditions on labels that equality can't say.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub expressions: Vec<Expression>,
    /// Names that a target may have; none means any.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<String>,
    /// Exactly these: names by namespace. Everything but the namespaces is then ignored.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub exactly: BTreeMap<String, Vec<String>>,
    /// Only the service that loads the experiment.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub itself: bool,
    /// Conditions that only a cluster can judge, such as nodes: an inventory has no answer to them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cluster_only: Vec<String>,
}

/// A condition on one label.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expression {
    /// Name of the label.
    pub key: String,
    /// How it is compared.
    pub operator: Operator,
    /// What it is compared with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<String>,
}

/// How an [`Expression`] compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Operator {
    /// The label is there, with one of the values.
    In,
    /// The label is not there, or has none of the values.
    NotIn,
    /// The label is there.
    Exists,
    /// The label is not there.
    DoesNotExist,
}

impl Expression {
    fn holds(&self, labels: &BTreeMap<String, String>) -> bool {
        let found = labels.get(&self.key);
        let listed = || found.is_some_and(|value| self.values.contains(value));
        match self.operator {
            Operator::In => listed(),
            Operator::NotIn => !listed(),
            Operator::Exists => found.is_some(),
            Operator::DoesNotExist => found.is_none(),
        }
    }

    fn read(json: &Json) -> Result<Self, NotAnExperiment> {
        let text = |key: &str| json.get(key).and_then(Json::as_str).unwrap_or_default();
        let operator = match text("operator") {
            "In" => Operator::In,
            "NotIn" => Operator::NotIn,
            "Exists" => Operator::Exists,
            "DoesNotExist" => Operator::DoesNotExist,
            other => {
                return Err(no(format!(
                    "`{other}` is no operator of a selector: use In, NotIn, Exists or DoesNotExist"
                )));
            }
        };
        let values = list(json.get("values"));
        if values.is_empty() && matches!(operator, Operator::In | Operator::NotIn) {
            return Err(no(format!(
                "the operator {operator:?} on label `{}` needs `values`",
                text("key")
            )));
        }
        Ok(Self {
            key: text("key").to_owned(),
            operator,
            values,
        })
    }
}

impl Selector {
    /// Of a document: the selector of Chaos Mesh's kinds, or of Herz' own.
    pub(crate) fn read(json: Option<&Json>, namespace: &str) -> Result<Self, NotAnExperiment> {
        let Some(json) = json else {
            return Ok(Self {
                itself: true,
                ..Self::default()
            });
        };
        let mut selector = Self {
            namespaces: list(json.get("namespaces")),
            names: list(json.get("names")),
            ..Self::default()
        };
        for key in ["labelSelectors", "labels"] {
            selector
                .labels
                .extend(json.get(key).map(texts).unwrap_or_default());
        }
        for one in json
            .get("expressionSelectors")
            .and_then(Json::as_array)
            .into_iter()
            .flatten()
        {
            selector.expressions.push(Expression::read(one)?);
        }
        for key in ["pods", "physicalMachines"] {
            for (space, names) in json
                .get(key)
                .and_then(Json::as_object)
                .into_iter()
                .flatten()
            {
                selector.exactly.insert(space.clone(), list(Some(names)));
            }
        }
        for (path, value) in json.get("fieldSelectors").map(texts).unwrap_or_default() {
            match path.as_str() {
                "metadata.name" => selector.names.push(value),
                "metadata.namespace" => selector.namespaces.push(value),
                _ => selector.cluster_only.push(format!("fieldSelectors.{path}")),
            }
        }
        for key in [
            "annotationSelectors",
            "nodes",
            "nodeSelectors",
            "podPhaseSelectors",
        ] {
            let filled = json.get(key).is_some_and(|value| match value {
                Json::Array(items) => !items.is_empty(),
                Json::Object(map) => !map.is_empty(),
                _ => false,
            });
            if filled {
                selector.cluster_only.push(key.to_owned());
            }
        }
        if selector.namespaces.is_empty() && selector.exactly.is_empty() {
            selector.namespaces.push(namespace.to_owned());
        }
        Ok(selector)
    }

    /// Whether it has no condition but namespaces.
    pub fn is_open(&self) -> bool {
        self.labels.is_empty()
            && self.expressions.is_empty()
            && self.names.is_empty()
            && self.exactly.is_empty()
            && !self.itself
    }

    /// Whether a target fits.
    pub fn fits(&self, target: &Target) -> bool {
        self.misses(target).is_empty()
    }

    /// The conditions that a target does not meet, each as a short text; none if it fits.
    pub fn misses(&self, target: &Target) -> Vec<String> {
        let mut missed = Vec::new();
        if !self.namespaces.is_empty() && !self.namespaces.contains(&target.namespace) {
            missed.push(format!("its namespace is `{}`", target.namespace));
        }
        if !self.exactly.is_empty() {
            let named = self
                .exactly
                .get(&target.namespace)
                .is_some_and(|names| names.contains(&target.name));
            if !named {
                missed.push("it is not named".to_owned());
            }
            return missed;
        }
        if self.itself && target.place.kind() != PlaceKind::InProcess {
            missed.push(format!(
                "without `selector` a service hits itself, and this is a target of type `{}`",
                target.place.kind()
            ));
        }
        if !self.names.is_empty() && !self.names.contains(&target.name) {
            missed.push(format!("its name is `{}`", target.name));
        }
        for (key, wanted) in &self.labels {
            match target.labels.get(key) {
                Some(found) if found == wanted => {}
                Some(found) => {
                    missed.push(format!("its label `{key}` is `{found}`, not `{wanted}`"));
                }
                None => missed.push(format!("it has no label `{key}`")),
            }
        }
        for one in &self.expressions {
            if !one.holds(&target.labels) {
                missed.push(format!(
                    "its label `{}` does not meet {:?} {}",
                    one.key,
                    one.operator,
                    one.values.join(", ")
                ));
            }
        }
        missed
    }
}

fn list(json: Option<&Json>) -> Vec<String> {
    json.and_then(Json::as_array)
        .into_iter()
        .flatten()
        .filter_map(|item| item.as_str().map(str::to_owned))
        .collect()
}
