//! Backends without their types, as the engine holds them.

use super::{Backend, Draft, Failure, Need, Planning, Scribe, Serves};
use crate::event::Measure;
use crate::experiment::Experiment;
use crate::inventory::Target;
use crate::plan::Refusal;
use crate::undo::{Leftover, Undone};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;
use std::any::Any;

/// A fault that is in the world, whatever its backend.
pub type Active = Box<dyn Any + Send>;

/// A [`Backend`] whose types are JSON. Every backend is one; implement [`Backend`].
#[expect(missing_docs, reason = "the same as in `Backend`, one by one")]
pub trait AnyBackend: Send + Sync {
    fn name(&self) -> &'static str;
    fn serves(&self) -> Vec<Serves>;
    fn needs(&self) -> Vec<Need>;
    fn plan(
        &self,
        experiment: &Experiment,
        target: &Target,
        cx: &Planning<'_>,
    ) -> Result<Vec<Draft<Json>>, Refusal>;
    fn prepare(&self, action: &Json) -> Result<Json, Failure>;
    fn inject(
        &self,
        action: &Json,
        undo: &Json,
        amend: &mut dyn FnMut(Json) -> Result<(), Failure>,
    ) -> Result<Active, Failure>;
    fn observe(&self, active: &mut Active) -> Result<Vec<Measure>, Failure>;
    fn undo(&self, undo: &Json, active: Option<&mut Active>) -> Result<Undone, Failure>;
    fn verify(&self, undo: &Json) -> Result<Vec<Leftover>, Failure>;
}

impl<B: Backend> AnyBackend for B {
    fn name(&self) -> &'static str {
        Backend::name(self)
    }

    fn serves(&self) -> Vec<Serves> {
        Backend::serves(self)
    }

    fn needs(&self) -> Vec<Need> {
        Backend::needs(self)
    }

    fn plan(
        &self,
        experiment: &Experiment,
        target: &Target,
        cx: &Planning<'_>,
    ) -> Result<Vec<Draft<Json>>, Refusal> {
        let drafts = Backend::plan(self, experiment, target, cx)?;
        drafts
            .into_iter()
            .map(|draft| {
                let action = write(&draft.action, "action", Backend::name(self))
                    .map_err(|failure| Refusal::unsupported(failure.message))?;
                Ok(Draft {
                    action,
                    what: draft.what,
                    undo: draft.undo,
                    witness: draft.witness,
                    lifetime: draft.lifetime,
                    claims: draft.claims,
                })
            })
            .collect()
    }

    fn prepare(&self, action: &Json) -> Result<Json, Failure> {
        let action: B::Action = read(action, "action", Backend::name(self))?;
        write(
            &Backend::prepare(self, &action)?,
            "undo record",
            Backend::name(self),
        )
    }

    fn inject(
        &self,
        action: &Json,
        undo: &Json,
        amend: &mut dyn FnMut(Json) -> Result<(), Failure>,
    ) -> Result<Active, Failure> {
        let action: B::Action = read(action, "action", Backend::name(self))?;
        let undo: B::Undo = read(undo, "undo record", Backend::name(self))?;
        let mut record =
            |record: &B::Undo| amend(write(record, "undo record", Backend::name(self))?);
        let active = Backend::inject(self, &action, &undo, &mut Scribe::new(&mut record))?;
        Ok(Box::new(active))
    }

    fn observe(&self, active: &mut Active) -> Result<Vec<Measure>, Failure> {
        match active.downcast_mut() {
            Some(active) => Backend::observe(self, active),
            None => Err(Failure::new(format!(
                "the fault is not one of the backend `{}`",
                Backend::name(self)
            ))),
        }
    }

    fn undo(&self, undo: &Json, active: Option<&mut Active>) -> Result<Undone, Failure> {
        let undo: B::Undo = read(undo, "undo record", Backend::name(self))?;
        Backend::undo(self, &undo, active.and_then(|active| active.downcast_mut()))
    }

    fn verify(&self, undo: &Json) -> Result<Vec<Leftover>, Failure> {
        let undo: B::Undo = read(undo, "undo record", Backend::name(self))?;
        Backend::verify(self, &undo)
    }
}

fn read<T: DeserializeOwned>(json: &Json, what: &str, backend: &str) -> Result<T, Failure> {
    T::deserialize(json).map_err(|error| {
        Failure::new(format!(
            "the {what} is none of the backend `{backend}`: {error}"
        ))
        .with_remedy("it may be of another release of Herz")
    })
}

fn write<T: Serialize>(value: &T, what: &str, backend: &str) -> Result<Json, Failure> {
    serde_json::to_value(value).map_err(|error| {
        Failure::new(format!(
            "the {what} of the backend `{backend}` can't be written as JSON: {error}"
        ))
    })
}
