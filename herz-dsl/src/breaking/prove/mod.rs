//! Documents that show breaks: one that was accepted and is refused now, or one that a service may
//! send now and an old reader was told would not come.
//!
//! Candidates are made from both schemas ([`candidate`]), put where the finding is ([`place`]), and
//! judged by validators of both versions ([`judge`]): those of the catalog for releases and
//! packages, the schemas' own for documents. What is found is made as small as it gets
//! ([`smallest`]).

mod candidate;
mod combine;
mod judge;
mod place;
mod smallest;

use combine::Outcome;
pub(super) use judge::{Judge, OfCatalog, OfSchemas};
use place::Place;
pub(super) use place::Starts;

use super::level::{Direction, Level};
use super::model::Id;
use super::read::Side;
use super::report::{Finding, Report};
use super::value::Value;

/// One side: its schemas, and who judges documents by them.
pub(super) struct Witnessed<'a> {
    pub(super) side: &'a Side,
    pub(super) judge: &'a dyn Judge,
}

/// Documents tried for one finding at most.
const TRIES: usize = 6_000;

/// Looks for a document for every break on the wire.
pub(super) fn prove(
    report: &mut Report,
    old: &Witnessed<'_>,
    new: &Witnessed<'_>,
    starts: &Starts,
) {
    for finding in report.findings.iter_mut().filter(|it| is_shown(it)) {
        // Who writes is refused, or who reads is surprised.
        let ways = [
            (finding.input, Direction::Input, old, new),
            (finding.output, Direction::Output, new, old),
        ];
        let mut can_be = false;
        for (goes, direction, takes, refuses) in ways {
            if goes && finding.proof.is_none() {
                let outcome = search(finding, takes, refuses, direction, starts);
                can_be |= !matches!(outcome, Outcome::Contradicted);
                if let Outcome::Shown(document) = outcome {
                    finding.proof = Some(document.to_json().to_string());
                }
            }
        }
        finding.contradicted = !can_be;
    }
}

/// Whether a document can show it.
fn is_shown(finding: &Finding) -> bool {
    finding.level == Level::Major && finding.is_on_the_wire()
}

fn search(
    finding: &Finding,
    takes: &Witnessed<'_>,
    refuses: &Witnessed<'_>,
    direction: Direction,
    starts: &Starts,
) -> Outcome {
    let swapped = direction == Direction::Output;
    let mut tries = TRIES;
    let places = place::places(finding, takes.side, starts, swapped);
    let shows = |place: &Place, document: &Value| {
        takes.judge.takes(place, document, direction, takes.side)
            && !refuses
                .judge
                .takes(place, document, direction, refuses.side)
    };
    for place in &places {
        for candidate in candidate::all(place, &takes.side.schemas, &refuses.side.schemas) {
            if tries == 0 {
                break;
            }
            tries -= 1;
            let documents = takes
                .judge
                .documents(place, candidate, direction, takes.side);
            for document in documents {
                if shows(place, &document) {
                    return Outcome::Shown(smallest::smallest(document, &|it| shows(place, it)));
                }
            }
        }
    }
    match combine::search(finding, &places, takes, refuses, direction) {
        Outcome::Shown(document) => {
            let is_less = |it: &Value| places.first().is_some_and(|place| shows(place, it));
            Outcome::Shown(smallest::smallest(document, &is_less))
        }
        other => other,
    }
}

/// A schema on each side.
#[derive(Debug, Clone, Copy)]
pub(in crate::breaking) struct Ids {
    /// On the side that takes the document.
    takes: Id,
    /// On the side that refuses it.
    refuses: Id,
}
