//! What is written down before a fault is in the world, so that anybody can take it back.

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// How to undo one step, as the journal holds it.
///
/// It is durable before the fault is there. It needs nothing of the process that injected: a
/// watchdog or `herz recover` undoes with it alone, after a crash, or after a restart of the machine.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UndoRecord {
    /// Which step of the plan it undoes.
    pub step: u32,
    /// The backend that understands it.
    pub backend: String,
    /// What that backend needs: identities, previous values.
    pub data: Json,
}

/// How an undo went well. All three mean that there is nothing more to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "outcome")]
pub enum Undone {
    /// The world was put back.
    Reverted,
    /// There was nothing to put back any more: the kernel had done it, or an undo before.
    AlreadyGone,
    /// Something else is there now, under the same name or number; it was left alone.
    NotOurs {
        /// What was found instead.
        found: String,
    },
}

/// Something of a fault that is still in the world.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Leftover {
    /// What is still there: `process 4711 is stopped`.
    pub what: String,
    /// How a person can take it away: `kill -CONT 4711`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remedy: Option<String>,
}
