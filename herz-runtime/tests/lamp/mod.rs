//! A backend for a kind of one's own: lamps that can be switched off, as files of a folder. It
//! outlives its process, so it shows all that the engine promises.
#![allow(dead_code, reason = "each test uses a part of it")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "helpers of tests fail like tests"
)]

use herz_runtime::backend::{Claim, Draft, Failure, Lifetime, Planning, Scribe, Serves};
use herz_runtime::event::Measure;
use herz_runtime::plan::Refusal;
use herz_runtime::undo::{Leftover, Undone};
use herz_runtime::{Backend, Experiment, Inventory, Place, PlaceKind, Target};
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;

/// Lamps are files below `folder`: there means off.
#[derive(Debug, Clone, Default)]
pub(crate) struct Lamp {
    pub(crate) folder: PathBuf,
    /// The next injections fail.
    pub(crate) fail_inject: Arc<AtomicBool>,
    /// So many undos fail.
    pub(crate) fail_undo: Arc<AtomicU32>,
    /// Injections take so long.
    pub(crate) slow: Duration,
    /// It serves `PodChaos`, for documents that know no lamps.
    pub(crate) pods: bool,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Off {
    pub(crate) lamp: String,
}

impl Backend for Lamp {
    type Action = Off;
    type Undo = Off;
    type Active = PathBuf;

    fn name(&self) -> &'static str {
        "lamp"
    }

    fn serves(&self) -> Vec<Serves> {
        let place = PlaceKind::Other("lamp".to_owned());
        if self.pods {
            return vec![Serves::kind("chaos-mesh.org", "PodChaos", place)];
        }
        vec![Serves::kind("example.com", "LampChaos", place).only(&["off", "dim"])]
    }

    fn plan(
        &self,
        experiment: &Experiment,
        target: &Target,
        _: &Planning<'_>,
    ) -> Result<Vec<Draft<Off>>, Refusal> {
        if experiment.spec.get("share").is_some() {
            return Err(Refusal::unsupported("lamps can't be dimmed").nearest("action `off`"));
        }
        Ok(vec![Draft {
            action: Off {
                lamp: target.name.clone(),
            },
            what: "switch off".to_owned(),
            undo: "switch on".to_owned(),
            witness: format!("the file {}", target.name),
            lifetime: Lifetime::OutlivesUs,
            claims: vec![Claim::whole(format!("lamp {}", target.id()))],
        }])
    }

    fn prepare(&self, action: &Off) -> Result<Off, Failure> {
        Ok(action.clone())
    }

    fn inject(&self, action: &Off, _: &Off, _: &mut Scribe<'_, Off>) -> Result<PathBuf, Failure> {
        std::thread::sleep(self.slow);
        if self.fail_inject.load(Ordering::SeqCst) {
            return Err(Failure::new("the switch is stuck"));
        }
        let path = self.folder.join(&action.lamp);
        fs::write(&path, "off").map_err(|error| Failure::new(error.to_string()))?;
        Ok(path)
    }

    fn observe(&self, path: &mut PathBuf) -> Result<Vec<Measure>, Failure> {
        Ok(vec![Measure {
            name: "dark".to_owned(),
            unit: "1".to_owned(),
            asked: 1.0,
            observed: f64::from(u8::from(path.exists())),
        }])
    }

    fn undo(&self, undo: &Off, _: Option<&mut PathBuf>) -> Result<Undone, Failure> {
        let left = self.fail_undo.load(Ordering::SeqCst);
        if left > 0 {
            self.fail_undo.store(left - 1, Ordering::SeqCst);
            return Err(Failure::new("the switch is stuck"));
        }
        match fs::remove_file(self.folder.join(&undo.lamp)) {
            Ok(()) => Ok(Undone::Reverted),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Undone::AlreadyGone),
            Err(error) => Err(Failure::new(error.to_string())),
        }
    }

    fn verify(&self, undo: &Off) -> Result<Vec<Leftover>, Failure> {
        let path = self.folder.join(&undo.lamp);
        Ok(if path.exists() {
            vec![Leftover {
                what: format!("{} is off", undo.lamp),
                remedy: Some(format!("rm {}", path.display())),
            }]
        } else {
            Vec::new()
        })
    }
}

pub(crate) fn place() -> Place {
    Place::Other("lamp".to_owned(), Json::Null)
}

/// So many lamps, `lamp-0` and so on, all with `app: lamp`.
pub(crate) fn lamps(count: usize) -> Inventory {
    Inventory::new(
        (0..count).map(|at| Target::new(format!("lamp-{at}"), place()).label("app", "lamp")),
    )
}

/// An experiment that switches lamps off; `spec` is laid over it.
pub(crate) fn experiment(spec: &Json) -> Experiment {
    named("dark", spec)
}

/// The same under another name.
pub(crate) fn named(name: &str, spec: &Json) -> Experiment {
    let mut whole =
        json!({"action": "off", "mode": "all", "selector": {"labels": {"app": "lamp"}}});
    for (key, value) in spec.as_object().unwrap() {
        whole[key] = value.clone();
    }
    Experiment::from_json(&json!({
        "apiVersion": "example.com/v1",
        "kind": "LampChaos",
        "metadata": {"name": name},
        "spec": whole,
    }))
    .unwrap()
}
