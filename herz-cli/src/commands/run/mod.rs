//! `herz run`: brings faults into the world, shows what they do, and takes them back.

mod ask;
pub(crate) mod live;
pub(crate) mod probes;
mod signals;

use crate::args::runtime::{EventsAs, Run as Options};
use crate::commands::{plan, watchdog};
use crate::exit::{Exit, Failure};
use crate::lab::{self, Lab};
use crate::output::Output;
use herz_proxy::backend::HeldProxy;
use herz_runtime::backend::Lifetime;
use herz_runtime::engine::{Outcome, RunHandle, StartError};
use herz_runtime::event::{AbortReason, Event, Phase, Verdict};
use herz_runtime::store::Store;
use herz_runtime::{Engine, EngineOptions, Plan};
use live::Live;
use probes::Probes;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

/// How a run is shown and watched.
pub(crate) struct Show<'a> {
    pub(crate) output: &'a Output,
    pub(crate) format: EventsAs,
    pub(crate) probes: Probes,
    pub(crate) before: Duration,
    pub(crate) after: Duration,
}

/// How runs ended.
pub(crate) struct Ended {
    pub(crate) exit: Exit,
    /// Their ids and outcomes.
    pub(crate) runs: Vec<(String, Outcome)>,
}

pub(crate) fn run(options: &Options, output: &Output) -> Result<Exit, Failure> {
    let lab = Lab::new()?;
    let show = Show {
        output,
        format: options.format,
        probes: Probes::new(&options.probes, &options.probe_every)?,
        before: lab::duration("--before", &options.before)?,
        after: lab::duration("--after", &options.after)?,
    };
    for path in &options.report {
        super::report::form_of(path)?;
    }
    let (plans, _) = lab.plans(&options.subject, output)?;
    for one in &plans {
        output.note(plan::text(one).trim_end());
    }
    if !options.yes {
        ask::allowed(output)?;
    }
    let store: Arc<dyn Store> = Arc::new(lab::store()?);
    unfinished(store.as_ref(), output)?;
    let ended = execute(&lab, plans, &store, show)?;
    for path in &options.report {
        write_reports(store.as_ref(), &ended, path, output)?;
    }
    Ok(ended.exit)
}

/// Tells of runs that a dead process left: they may disturb this one.
fn unfinished(store: &dyn Store, output: &Output) -> Result<(), Failure> {
    for run in store.runs().map_err(|e| lab::store_failure(&e))? {
        let dead = !run.phase.is_over() && !run.owner.is_alive();
        if dead || run.phase == Phase::Dirty {
            output.talk(&format!(
                "warning: the run {} left something behind; `herz recover` undoes it",
                run.id
            ));
        }
    }
    Ok(())
}

/// What the main thread hears of.
enum Heard {
    Event(Event),
    /// Somebody wants the runs to end.
    Signal(&'static str),
}

/// Runs the plans together, and returns when all of them are undone.
pub(crate) fn execute(
    lab: &Lab,
    plans: Vec<Plan>,
    store: &Arc<dyn Store>,
    mut show: Show<'_>,
) -> Result<Ended, Failure> {
    let options = EngineOptions::default();
    let engine = Engine::new(lab.backends.clone(), Arc::clone(store), options)
        .map_err(|error| start_failure(&error))?;
    let (to, heard) = mpsc::channel();
    signals::listen(&lab.runtime, &to)?;
    let events = engine.listen();
    let forward = to;
    std::thread::spawn(move || {
        for event in events {
            if forward.send(Heard::Event(event)).is_err() {
                return;
            }
        }
    });
    let outlives = |plan: &Plan| {
        plan.steps
            .iter()
            .any(|s| s.lifetime == Lifetime::OutlivesUs)
    };
    // Before anything is done that the kernel does not take back by itself.
    let watchdog = if plans.iter().any(outlives) {
        Some(watchdog::start()?)
    } else {
        None
    };
    let held = hold(lab, &plans, show.output)?;
    show.probes.start();
    if let Some(why) = wait(&heard, show.before) {
        show.output.talk(&format!("{why}: nothing was injected"));
        return Ok(Ended {
            exit: Exit::Person,
            runs: Vec::new(),
        });
    }
    let mut handles = Vec::new();
    for plan in plans {
        let duration = plan.duration;
        match engine.start(plan) {
            Ok(handle) => handles.push((handle, duration)),
            Err(error) => {
                engine.abort_all(&AbortReason::Shutdown);
                engine.wait_all();
                return Err(start_failure(&error));
            }
        }
    }
    let mut live = Live::new(show.output, show.format);
    watch(&engine, &heard, &handles, &mut live, &mut show);
    let runs: Vec<(String, Outcome)> = handles
        .iter()
        .map(|(handle, _)| (handle.id().to_owned(), handle.wait()))
        .collect();
    // Last events may still be on their way.
    for message in heard.try_iter() {
        if let Heard::Event(event) = message {
            live.event(&event);
        }
    }
    live.done();
    let _ = wait(&heard, show.after);
    let answers = show.probes.finish();
    for (id, _) in &runs {
        for (at, what) in &answers {
            let event = Event {
                run: id.clone(),
                at: *at,
                what: what.clone(),
            };
            let _ = store.event(&event);
        }
    }
    drop(held);
    drop(watchdog);
    let exit = runs
        .iter()
        .map(|(id, outcome)| told(id, outcome, show.output))
        .max()
        .unwrap_or(Exit::Fine);
    Ok(Ended { exit, runs })
}

/// Shows what happens until all runs are over.
fn watch(
    engine: &Engine,
    heard: &Receiver<Heard>,
    handles: &[(RunHandle, Option<Duration>)],
    live: &mut Live<'_>,
    show: &mut Show<'_>,
) {
    const TICK: Duration = Duration::from_millis(100);
    let mut asked = 0_u32;
    while !engine.running().is_empty() {
        match heard.recv_timeout(TICK) {
            Ok(Heard::Event(event)) => {
                if !live.event(&event) {
                    // Nobody reads the results any more: as if somebody had ended it.
                    engine.abort_all(&AbortReason::Person("the output was closed".to_owned()));
                }
            }
            Ok(Heard::Signal(name)) => {
                asked += 1;
                if asked == 1 {
                    live.say(&format!("{name}: undoing"));
                    engine.abort_all(&AbortReason::Person(name.to_owned()));
                } else {
                    live.say(&format!("{name}: still undoing, this is not skipped"));
                }
            }
            Err(RecvTimeoutError::Timeout) => {
                engine.heed_store();
                show.probes.collect();
                live.tick(handles, &show.probes);
            }
            Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}

/// Waits; a signal ends it early, and is given.
fn wait(heard: &Receiver<Heard>, span: Duration) -> Option<&'static str> {
    let end = Instant::now() + span;
    loop {
        let left = end.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return None;
        }
        match heard.recv_timeout(left) {
            Ok(Heard::Signal(name)) => return Some(name),
            Ok(Heard::Event(_)) => {}
            Err(_) => return None,
        }
    }
}

/// Lets the proxies of all targets listen, from before the faults until after them.
fn hold(lab: &Lab, plans: &[Plan], output: &Output) -> Result<Vec<HeldProxy>, Failure> {
    let mut held = Vec::new();
    let mut seen: Vec<String> = Vec::new();
    for target in plans.iter().flat_map(|plan| &plan.targets) {
        if seen.contains(&target.id()) {
            continue;
        }
        seen.push(target.id());
        match lab.proxies.hold(target) {
            Some(Ok(proxy)) => {
                let listen = proxy.listen();
                output.note(&format!("proxy {} listens on {listen}", target.id()));
                held.push(proxy);
            }
            Some(Err(error)) => {
                return Err(Failure::lacking(format!(
                    "the proxy of {} can't listen: {error}",
                    target.id()
                )));
            }
            None => {}
        }
    }
    Ok(held)
}

/// Tells how a run ended, and gives the exit code of that.
fn told(id: &str, outcome: &Outcome, output: &Output) -> Exit {
    let took = outcome.to_clean.as_secs_f64() * 1e3;
    if outcome.phase == Phase::Dirty {
        // The one thing that is said even to those who want to hear nothing.
        output.talk(&format!(
            "DIRTY: the run {id} could not be undone; the system may still be disturbed\n  `herz report {id}` \
             names what is left, `herz recover` tries again"
        ));
        return Exit::Dirty;
    }
    output.note(&format!(
        "{id}: {}, clean after {took:.1} ms",
        outcome.verdict
    ));
    match &outcome.verdict {
        Verdict::Completed | Verdict::Recovered => Exit::Fine,
        Verdict::Aborted { reason } => match reason {
            AbortReason::Guard(_) => Exit::Guard,
            AbortReason::Person(_) | AbortReason::Shutdown => Exit::Person,
        },
        Verdict::Failed { .. } => Exit::Lacking,
    }
}

fn start_failure(error: &StartError) -> Failure {
    match error {
        StartError::Store(error) => lab::store_failure(error),
        StartError::Lacking(_)
        | StartError::NoBackend(_)
        | StartError::NotDurable
        | StartError::System(_) => Failure::lacking(error.to_string()),
        StartError::Conflict { .. } | StartError::NotIntact => Failure {
            exit: Exit::Findings,
            message: error.to_string(),
        },
    }
}

/// Writes the report of each run; with several, their ids go into the files' names.
pub(crate) fn write_reports(
    store: &dyn Store,
    ended: &Ended,
    path: &Path,
    output: &Output,
) -> Result<(), Failure> {
    let several = ended.runs.len() > 1;
    for (id, _) in &ended.runs {
        let path = if several {
            let ending = path.extension().unwrap_or_default().to_string_lossy();
            path.with_extension(format!("{id}.{ending}"))
        } else {
            path.to_owned()
        };
        super::report::write(store, id, &path)?;
        output.note(&format!("report: {}", path.display()));
    }
    Ok(())
}
