//! A document of any kind, as the runtime sees it: what it is, whom it picks, how long it lasts.

use crate::selector::{Mode, Selector};
use crate::time;
use herz::types::read::{Read, from_json};
use herz::{Document, Violation};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

/// An experiment that can be planned and run.
///
/// It is made from a document of any kind, of Herz, of Chaos Mesh or of a package of yours, as long
/// as the kind keeps to the names that experiments have: `selector`, `mode`, `value`, `duration`,
/// `action`, `seed`. For other kinds, fill the fields yourself.
///
/// ```
/// use herz::chaos_mesh::{NetworkAction, NetworkChaos, NetworkChaosSpec, PodSelector, SelectorMode};
/// use herz_runtime::Experiment;
///
/// let spec = NetworkChaosSpec::new(PodSelector::default(), SelectorMode::All, NetworkAction::Delay)
///     .with_duration("90s");
/// let experiment = Experiment::of(&NetworkChaos::new("slow", spec)).unwrap();
/// assert_eq!(experiment.action.as_deref(), Some("delay"));
/// assert_eq!(experiment.duration.unwrap().as_secs(), 90);
/// // A backend reads the whole spec again, with its type:
/// let spec: NetworkChaosSpec = experiment.read().unwrap();
/// assert_eq!(spec.action, NetworkAction::Delay);
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Experiment {
    /// Group and version: `chaos-mesh.org/v1alpha1`.
    pub api_version: String,
    /// The kind: `NetworkChaos`.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// Its namespace; `default` if the document names none.
    pub namespace: String,
    /// Labels of the document.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub labels: BTreeMap<String, String>,
    /// What it does, where the kind has a choice: `delay`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub action: Option<String>,
    /// Which targets may be hit.
    pub selector: Selector,
    /// How many of them are hit.
    pub mode: Mode,
    /// The far side of a connection, for kinds that have one (`spec.target`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub peers: Option<Peers>,
    /// How long the fault lasts, from the injection.
    #[serde(
        default,
        with = "time::maybe_span",
        skip_serializing_if = "Option::is_none"
    )]
    pub duration: Option<Duration>,
    /// Start of random choices, if the document says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seed: Option<u64>,
    /// The spec as it stands in the document.
    pub spec: Json,
}

/// A second group of targets.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Peers {
    /// Which targets are meant.
    pub selector: Selector,
    /// How many of them.
    pub mode: Mode,
}

/// Why a document is no experiment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotAnExperiment {
    /// What is wrong, in one sentence.
    pub message: String,
}

impl fmt::Display for NotAnExperiment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for NotAnExperiment {}

pub(crate) fn no(message: impl Into<String>) -> NotAnExperiment {
    NotAnExperiment {
        message: message.into(),
    }
}

impl Experiment {
    /// Of a typed document.
    pub fn of<D: Document>(document: &D) -> Result<Self, NotAnExperiment> {
        let json = serde_json::to_value(document)
            .map_err(|error| no(format!("the document can't be written as JSON: {error}")))?;
        Self::from_json(&json)
    }

    /// Of a document as JSON. It should have been judged by its schema before: here only what the
    /// runtime itself needs is looked at.
    pub fn from_json(document: &Json) -> Result<Self, NotAnExperiment> {
        let text = |key: &str| {
            document
                .get(key)
                .and_then(Json::as_str)
                .map(str::to_owned)
                .ok_or_else(|| no(format!("the document has no `{key}`")))
        };
        let (api_version, kind) = (text("apiVersion")?, text("kind")?);
        let meta = document.get("metadata");
        let of_meta = |key: &str| Some(meta?.get(key)?.as_str()?.to_owned());
        let name = of_meta("name").ok_or_else(|| {
            no(format!(
                "the {kind} has no `metadata.name`: runs are named by it"
            ))
        })?;
        let namespace = of_meta("namespace").unwrap_or_else(|| "default".to_owned());
        let labels = meta
            .and_then(|meta| meta.get("labels"))
            .map(texts)
            .unwrap_or_default();
        let spec = document
            .get("spec")
            .cloned()
            .ok_or_else(|| no(format!("the {kind} `{name}` has no `spec`")))?;
        let in_spec = |key: &str| spec.get(key).and_then(Json::as_str);
        let duration = match in_spec("duration") {
            None | Some("") => None,
            Some(text) => Some(time::parse(text).ok_or_else(|| {
                no(format!(
                    "`spec.duration` of {kind} `{name}` is `{text}`, which is no duration such as `1m30s`"
                ))
            })?),
        };
        let seed = spec.get("seed").and_then(|seed| {
            seed.as_u64()
                .or_else(|| seed.as_i64().map(i64::cast_unsigned))
        });
        Ok(Self {
            action: in_spec("action").map(str::to_owned),
            selector: Selector::read(spec.get("selector"), &namespace)?,
            mode: Mode::read(in_spec("mode"), in_spec("value"))?,
            peers: Peers::read(spec.get("target"), &namespace)?,
            api_version,
            kind,
            name,
            namespace,
            labels,
            duration,
            seed,
            spec,
        })
    }

    /// The spec with its type; the error is what does not fit.
    pub fn read<T: Read>(&self) -> Result<T, Vec<Violation>> {
        from_json(&self.spec)
    }

    /// The whole document again, for those who read it by its kind.
    pub fn document(&self) -> Json {
        serde_json::json!({
            "apiVersion": self.api_version,
            "kind": self.kind,
            "metadata": {
                "name": self.name,
                "namespace": self.namespace,
                "labels": self.labels,
            },
            "spec": self.spec,
        })
    }

    /// The group of the kind: `chaos-mesh.org`.
    pub fn group(&self) -> &str {
        self.api_version
            .split_once('/')
            .map_or("", |(group, _)| group)
    }

    /// `NetworkChaos shop/slow`, as reports name it.
    pub fn title(&self) -> String {
        format!("{} {}/{}", self.kind, self.namespace, self.name)
    }
}

impl Peers {
    fn read(target: Option<&Json>, namespace: &str) -> Result<Option<Self>, NotAnExperiment> {
        // Other kinds have a text of this name, such as HTTPChaos: `target: Request`.
        let Some(target) = target.filter(|target| target.is_object()) else {
            return Ok(None);
        };
        let text = |key: &str| target.get(key).and_then(Json::as_str);
        Ok(Some(Self {
            selector: Selector::read(target.get("selector"), namespace)?,
            mode: Mode::read(text("mode"), text("value"))?,
        }))
    }
}

/// A map of texts; what is no text is left out, the schema has spoken of it.
pub(crate) fn texts(json: &Json) -> BTreeMap<String, String> {
    json.as_object()
        .into_iter()
        .flatten()
        .filter_map(|(key, value)| Some((key.clone(), value.as_str()?.to_owned())))
        .collect()
}
