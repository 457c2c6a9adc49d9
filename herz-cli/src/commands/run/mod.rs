//! `herz run`: brings faults into the world, shows what they do, and takes them back.

mod ask;
mod follow;
pub(crate) mod live;
pub(crate) mod probes;
mod signals;

use crate::args::runtime::{EventsAs, Run as Options};
use crate::commands::{plan, watchdog};
use crate::exit::{Exit, Failure};
use crate::lab::{self, Lab, Prepared};
use crate::output::Output;
use follow::Follow;
use herz_proxy::backend::HeldProxy;
use herz_runtime::backend::Lifetime;
use herz_runtime::engine::{Outcome, RunHandle, StartError};
use herz_runtime::event::{AbortReason, Event, Phase, Verdict};
use herz_runtime::program::{self, Control, Notice, Stage};
use herz_runtime::store::Store;
use herz_runtime::{Engine, EngineOptions, Plan};
use live::Live;
use probes::Probes;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

/// How a run is shown and watched.
pub(crate) struct Show<'a> {
    pub(crate) output: &'a Output,
    pub(crate) format: EventsAs,
    pub(crate) probes: Probes,
    pub(crate) before: Duration,
    pub(crate) after: Duration,
    /// When programs are ended.
    pub(crate) stop_after: Option<Duration>,
    /// Whether experiments come and go with their files.
    pub(crate) follow: Option<Follow<'a>>,
}

/// Ids of runs, and their outcomes.
type Runs = Vec<(String, Outcome)>;

/// How runs ended.
pub(crate) struct Ended {
    pub(crate) exit: Exit,
    pub(crate) runs: Runs,
}

pub(crate) fn run(options: &Options, output: &Output) -> Result<Exit, Failure> {
    let lab = Lab::new()?;
    let show = Show {
        output,
        format: options.format,
        probes: Probes::new(&options.probes, &options.probe_every)?,
        before: lab::duration("--before", &options.before)?,
        after: lab::duration("--after", &options.after)?,
        stop_after: options
            .stop_after
            .as_deref()
            .map(|text| lab::duration("--stop-after", text))
            .transpose()?,
        follow: options.watch.then_some(Follow {
            lab: &lab,
            subject: &options.subject,
            output,
        }),
    };
    for path in &options.report {
        super::report::can_be_at(path)?;
    }
    let prepared = lab.prepare(&options.subject, output)?;
    output.note(plan::words(&prepared).trim_end());
    if options.watch {
        follow::can_be_followed(&prepared)?;
    }
    // A program would find it out in its middle.
    plan::nothing_lacks(&prepared.previews)?;
    if !options.yes {
        ask::allowed(output)?;
    }
    let store: Arc<dyn Store> = Arc::new(lab::store()?);
    unfinished(store.as_ref(), output)?;
    let ended = execute(&lab, prepared, &store, show)?;
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
    /// Something that a program did.
    Notice(Notice),
    /// Somebody wants the runs to end.
    Signal(&'static str),
}

/// Runs the plans together, and returns when all of them are undone.
pub(crate) fn execute(
    lab: &Lab,
    prepared: Prepared,
    store: &Arc<dyn Store>,
    mut show: Show<'_>,
) -> Result<Ended, Failure> {
    let options = EngineOptions::default();
    let engine = Engine::new(lab.backends.clone(), Arc::clone(store), options)
        .map_err(|error| start_failure(&error))?;
    let (to, heard) = mpsc::channel();
    signals::listen(&lab.runtime, &to)?;
    let events = engine.listen();
    let forward = to.clone();
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
    let watchdog = if prepared.all().any(outlives) {
        Some(watchdog::start()?)
    } else {
        None
    };
    let held = hold(lab, &prepared, show.output)?;
    show.probes.start();
    if let Some(why) = wait(&heard, show.before) {
        show.output.talk(&format!("{why}: nothing was injected"));
        return Ok(Ended {
            exit: Exit::Person,
            runs: Vec::new(),
        });
    }
    let mut live = Live::new(show.output, show.format);
    let (runs, programs) = all_of_them(&engine, prepared, &to, &heard, &mut live, &mut show)?;
    // Last events may still be on their way.
    for message in heard.try_iter() {
        match message {
            Heard::Event(event) => {
                live.event(&event);
            }
            Heard::Notice(notice) => live.say(&format!("{}: {}", notice.who, notice.what)),
            Heard::Signal(_) => {}
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
        .chain(programs.iter().map(|one| program_exit(one, show.output)))
        .max()
        .unwrap_or(Exit::Fine);
    Ok(Ended { exit, runs })
}

/// Starts everything, and waits until all of it is undone.
fn all_of_them(
    engine: &Engine,
    prepared: Prepared,
    to: &Sender<Heard>,
    heard: &Receiver<Heard>,
    live: &mut Live<'_>,
    show: &mut Show<'_>,
) -> Result<(Runs, Vec<program::Ended>), Failure> {
    let (now, followed) = match &show.follow {
        Some(_) => (Vec::new(), prepared.plans),
        None => (prepared.plans, Vec::new()),
    };
    let mut handles = Vec::new();
    for plan in now {
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
    let control = Control::new();
    let tell = |notice| {
        let _ = to.send(Heard::Notice(notice));
    };
    let stage = Stage {
        engine,
        inventory: &prepared.inventory,
        options: prepared.options,
        tasks: prepared.commands.tasks(),
        control: &control,
        tell: &tell,
    };
    let until = show.stop_after.map(|span| Instant::now() + span);
    let programs: Vec<program::Ended> = std::thread::scope(|scope| {
        let stage = &stage;
        let mut threads: Vec<_> = prepared
            .programs
            .iter()
            .map(|one| scope.spawn(move || one.run(stage, until)))
            .collect();
        if let Some(follow) = show.follow.take() {
            threads.push(scope.spawn(move || follow.run(stage, followed)));
        }
        let going = || threads.iter().any(|thread| !thread.is_finished());
        watch(stage, heard, &handles, &going, live, show);
        threads
            .into_iter()
            .filter_map(|thread| thread.join().ok())
            .collect()
    });
    let mut runs: Runs = handles
        .iter()
        .map(|(handle, _)| (handle.id().to_owned(), handle.wait()))
        .collect();
    runs.extend(programs.iter().flat_map(|one| one.runs.iter().cloned()));
    Ok((runs, programs))
}

/// Shows what happens until all runs are over.
fn watch(
    stage: &Stage<'_>,
    heard: &Receiver<Heard>,
    handles: &[(RunHandle, Option<Duration>)],
    going: &dyn Fn() -> bool,
    live: &mut Live<'_>,
    show: &mut Show<'_>,
) {
    const TICK: Duration = Duration::from_millis(100);
    let engine = stage.engine;
    let end = |reason: AbortReason| {
        stage.control.stop(reason.clone());
        engine.abort_all(&reason);
    };
    let mut asked = 0_u32;
    while going() || !engine.running().is_empty() {
        match heard.recv_timeout(TICK) {
            Ok(Heard::Event(event)) => {
                if !live.event(&event) {
                    // Nobody reads the results any more: as if somebody had ended it.
                    end(AbortReason::Person("the output was closed".to_owned()));
                }
            }
            Ok(Heard::Notice(notice)) => {
                live.say(&format!("{}: {}", notice.who, notice.what));
            }
            Ok(Heard::Signal(name)) => {
                asked += 1;
                if asked == 1 {
                    live.say(&format!("{name}: undoing"));
                    end(AbortReason::Person(name.to_owned()));
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
            Ok(Heard::Event(_) | Heard::Notice(_)) => {}
            Err(_) => return None,
        }
    }
}

/// Lets the proxies of all targets listen, from before the faults until after them.
fn hold(lab: &Lab, prepared: &Prepared, output: &Output) -> Result<Vec<HeldProxy>, Failure> {
    let mut held = Vec::new();
    let mut seen: Vec<String> = Vec::new();
    for target in prepared.all().flat_map(|plan| &plan.targets) {
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
    if let Some(why) = &outcome.unwritten {
        output.talk(&format!(
            "warning: the end of {id} could not be written down: {why}\n  nothing of it is left in the system; \
             `herz recover` looks and writes it"
        ));
    }
    match &outcome.verdict {
        Verdict::Completed | Verdict::Recovered => Exit::Fine,
        Verdict::Aborted { reason } => match reason {
            AbortReason::Guard(_) => Exit::Guard,
            AbortReason::Person(_) | AbortReason::Shutdown => Exit::Person,
        },
        Verdict::Failed { .. } => Exit::Lacking,
    }
}

/// What a program adds to the exit code beside its runs.
fn program_exit(ended: &program::Ended, output: &Output) -> Exit {
    for failure in &ended.failures {
        output.talk(&format!("error: {failure}"));
    }
    match &ended.stopped {
        Some(AbortReason::Guard(why)) => {
            output.talk(&format!("aborted by the guard: {why}"));
            Exit::Guard
        }
        _ if !ended.failures.is_empty() => Exit::Lacking,
        // Schedules have no other end than that somebody ends them.
        Some(AbortReason::Person(_) | AbortReason::Shutdown) => Exit::Person,
        None => Exit::Fine,
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
