//! Plans in a file: made now, run later, and refused if the world has moved.

use crate::exit::{Exit, Failure};
use crate::files;
use herz_runtime::backend::Backends;
use herz_runtime::{Inventory, Plan, PlanOptions, plan};
use serde::{Deserialize, Serialize};
use std::fs;
use std::path::{Path, PathBuf};

/// The file of `herz plan -o`.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SavedPlan {
    schema_version: u32,
    /// What there was to hit.
    pub(crate) inventory: Inventory,
    /// The plans.
    pub(crate) plans: Vec<Plan>,
}

/// A plan is not larger than this, and a manifest neither.
const LIMIT: u64 = 64 << 20;

impl SavedPlan {
    const VERSION: u32 = 1;

    pub(crate) fn new(plans: Vec<Plan>, inventory: Inventory) -> Self {
        Self {
            schema_version: Self::VERSION,
            inventory,
            plans,
        }
    }

    pub(crate) fn to_json(&self) -> Result<String, Failure> {
        serde_json::to_string_pretty(self)
            .map(|text| text + "\n")
            .map_err(|error| Failure::internal(error.to_string()))
    }

    /// The saved plan that the user named, if it is one: the only path, and a file with plans in it.
    pub(crate) fn find(paths: &[PathBuf]) -> Result<Option<Self>, Failure> {
        let [path] = paths else {
            return Ok(None);
        };
        let is_json = path
            .extension()
            .is_some_and(|ext| ext.eq_ignore_ascii_case("json"));
        if !is_json || !path.is_file() {
            return Ok(None);
        }
        let large = fs::metadata(path).is_ok_and(|meta| meta.len() > LIMIT);
        let bytes = if large {
            return Err(Failure::usage(format!("`{}` is too large", path.display())));
        } else {
            fs::read(path).map_err(|error| files::unreadable(path, &error))?
        };
        let Ok(json) = serde_json::from_slice::<serde_json::Value>(&bytes) else {
            // The reader of manifests tells what is wrong with it.
            return Ok(None);
        };
        if json.get("plans").is_none() {
            return Ok(None);
        }
        let saved: Self =
            serde_json::from_value(json).map_err(|error| not_a_plan(path, &error.to_string()))?;
        if saved.schema_version != Self::VERSION {
            return Err(not_a_plan(
                path,
                &format!("it has version {}", saved.schema_version),
            ));
        }
        if saved.plans.is_empty() {
            return Err(not_a_plan(path, "there is no plan in it"));
        }
        Ok(Some(saved))
    }

    /// The plans, if they are what they were, and would be the same if they were made now.
    pub(crate) fn check(
        self,
        inventory: &Inventory,
        backends: &Backends,
    ) -> Result<Vec<Plan>, Failure> {
        let mut moved = Vec::new();
        for saved in &self.plans {
            let title = saved.experiment.title();
            if !saved.is_intact() {
                moved.push(format!("{title}: the file was changed by hand; plan again"));
                continue;
            }
            let options = PlanOptions {
                seed: Some(saved.seed),
                duration: saved.duration,
                max_duration: saved.duration,
            };
            match plan(&saved.experiment, inventory, backends, &options) {
                Ok(now) => {
                    if let Err(found) = saved.moved(&now) {
                        let found = found.differences.into_iter();
                        moved.extend(found.map(|one| format!("{title}: {one}")));
                    }
                }
                Err(refused) => {
                    moved.extend(refused.into_iter().map(|one| format!("{title}: {one}")));
                }
            }
        }
        if moved.is_empty() {
            return Ok(self.plans);
        }
        Err(Failure {
            exit: Exit::Findings,
            message: format!(
                "the world has moved since this was planned, nothing was done\n  {}",
                moved.join("\n  ")
            ),
        })
    }
}

fn not_a_plan(path: &Path, why: &str) -> Failure {
    Failure::usage(format!(
        "`{}` is no plan that this release can run: {why}; plan again",
        path.display()
    ))
}
