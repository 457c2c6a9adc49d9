//! `herz run --watch`: experiments come and go with their files.

use crate::args::runtime::Subject;
use crate::exit::Failure;
use crate::files;
use crate::lab::{Lab, Prepared};
use crate::output::Output;
use herz_runtime::Plan;
use herz_runtime::engine::RunHandle;
use herz_runtime::event::AbortReason;
use herz_runtime::program::{Ended, Notice, Stage};
use herz_runtime::time;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

/// Files are looked at as often as this.
const LOOK: Duration = Duration::from_millis(200);

/// What is followed, and by whom.
pub(crate) struct Follow<'a> {
    pub(crate) lab: &'a Lab,
    pub(crate) subject: &'a Subject,
    pub(crate) output: &'a Output,
}

/// Schedules and workflows have a life of their own.
pub(super) fn can_be_followed(prepared: &Prepared) -> Result<(), Failure> {
    if prepared.programs.is_empty() {
        return Ok(());
    }
    Err(Failure::usage(
        "--watch follows experiments; run schedules and workflows without it",
    ))
}

impl Follow<'_> {
    /// Starts the plans, and then follows the files until somebody stops it. A bad file changes nothing:
    /// all that runs goes on.
    pub(super) fn run(&self, stage: &Stage<'_>, plans: Vec<Plan>) -> Ended {
        let mut ended = Ended::default();
        let mut going: BTreeMap<String, RunHandle> = BTreeMap::new();
        let mut paths = self.subject.paths.clone();
        paths.extend(self.subject.inventory.iter().cloned());
        let mut seen = files::stamps(&paths);
        let mut glimpsed = seen.clone();
        start(stage, plans, &mut going, &mut ended);
        while !stage.control.wait_until(Some(Instant::now() + LOOK)) {
            let now = files::stamps(&paths);
            // A file that is being written is waited for: half of it may be right, and mean something else.
            let settled = now == glimpsed;
            glimpsed.clone_from(&now);
            if now == seen || !settled {
                continue;
            }
            seen = now;
            let found = self.lab.prepare(self.subject, self.output);
            match found.and_then(|found| can_be_followed(&found).map(|()| found.plans)) {
                Ok(plans) => change(stage, plans, &mut going, &mut ended),
                Err(failure) => say(stage, format!("all stays as it is: {}", failure.message)),
            }
        }
        for (_, handle) in going {
            ended.runs.push((handle.id().to_owned(), handle.wait()));
        }
        ended
    }
}

/// An experiment with another spec is another one.
fn key(plan: &Plan) -> String {
    let experiment = &plan.experiment;
    format!("{} {}", experiment.title(), experiment.spec)
}

fn change(
    stage: &Stage<'_>,
    plans: Vec<Plan>,
    going: &mut BTreeMap<String, RunHandle>,
    ended: &mut Ended,
) {
    let wanted: Vec<String> = plans.iter().map(key).collect();
    let gone: Vec<String> = going
        .keys()
        .filter(|key| !wanted.contains(key))
        .cloned()
        .collect();
    for key in gone {
        if let Some(handle) = going.remove(&key) {
            handle.abort(AbortReason::Person(
                "its file changed or is gone".to_owned(),
            ));
            ended.runs.push((handle.id().to_owned(), handle.wait()));
        }
    }
    // What goes on, or is over, is not started again.
    let new = plans
        .into_iter()
        .filter(|plan| !going.contains_key(&key(plan)))
        .collect();
    start(stage, new, going, ended);
    say(stage, format!("follows {} experiments now", going.len()));
}

fn start(
    stage: &Stage<'_>,
    plans: Vec<Plan>,
    going: &mut BTreeMap<String, RunHandle>,
    ended: &mut Ended,
) {
    for plan in plans {
        let (key, title) = (key(&plan), plan.experiment.title());
        match stage.engine.start(plan) {
            Ok(handle) => {
                if let Some(reason) = stage.control.reason() {
                    handle.abort(reason);
                }
                going.insert(key, handle);
            }
            Err(error) => {
                say(stage, format!("{title} could not be started: {error}"));
                ended.failures.push(format!("{title}: {error}"));
            }
        }
    }
}

fn say(stage: &Stage<'_>, what: String) {
    (stage.tell)(Notice {
        at: time::Instant::now(),
        who: "watch".to_owned(),
        what,
    });
}
