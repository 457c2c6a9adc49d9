//! Probes that ask services all the time: before the faults, while they are there, and afterwards.

use crate::exit::Failure;
use crate::lab;
use herz_runtime::event::What;
use herz_runtime::probe::{Answer, HttpProbe};
use herz_runtime::time;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// Probes, and what they saw.
pub(crate) struct Probes {
    all: Vec<(String, HttpProbe)>,
    every: Duration,
    running: Option<Running>,
    answers: Vec<(time::Instant, What)>,
}

struct Running {
    stop: Arc<AtomicBool>,
    threads: Vec<JoinHandle<()>>,
    answers: Receiver<(time::Instant, String, Answer)>,
}

impl Probes {
    /// Of the command line: `[NAME=]URL`.
    pub(crate) fn new(texts: &[String], every: &str) -> Result<Self, Failure> {
        let mut probes: Vec<(String, HttpProbe)> = Vec::new();
        for text in texts {
            let (name, url) = match text.split_once('=') {
                // An address may hold such a sign itself.
                Some((name, url)) if !name.contains([':', '/']) => (name.to_owned(), url),
                _ => (text.clone(), text.as_str()),
            };
            let url = url
                .parse()
                .map_err(|error| Failure::usage(format!("--probe {text}: {error}")))?;
            if probes.iter().any(|(other, _)| *other == name) {
                return Err(Failure::usage(format!("two probes are called `{name}`")));
            }
            probes.push((name, HttpProbe::get(url)));
        }
        let every = lab::duration("--probe-every", every)?;
        if every.is_zero() {
            return Err(Failure::usage("--probe-every: probes need a pause"));
        }
        Ok(Self {
            all: probes,
            every,
            running: None,
            answers: Vec::new(),
        })
    }

    /// One probe.
    pub(crate) fn one(name: &str, probe: HttpProbe, every: Duration) -> Self {
        Self {
            all: vec![(name.to_owned(), probe)],
            every,
            running: None,
            answers: Vec::new(),
        }
    }

    /// Begins to ask, each probe on a thread of its own.
    pub(crate) fn start(&mut self) {
        let stop = Arc::new(AtomicBool::new(false));
        let (to, answers) = mpsc::channel();
        let mut threads = Vec::new();
        for (name, probe) in self.all.clone() {
            let (stop, to, every) = (Arc::clone(&stop), to.clone(), self.every);
            threads.push(std::thread::spawn(move || {
                let mut next = Instant::now();
                while !stop.load(Ordering::Relaxed) {
                    let at = time::Instant::now();
                    if to.send((at, name.clone(), probe.ask())).is_err() {
                        return;
                    }
                    // At the same pace however long answers take, and never in a burst.
                    next = (next + every).max(Instant::now());
                    std::thread::sleep(next.saturating_duration_since(Instant::now()));
                }
            }));
        }
        self.running = Some(Running {
            stop,
            threads,
            answers,
        });
    }

    /// Takes in what came meanwhile.
    pub(crate) fn collect(&mut self) {
        if let Some(running) = &self.running {
            for (at, probe, answer) in running.answers.try_iter() {
                self.answers.push((at, What::Probed { probe, answer }));
            }
        }
    }

    /// Ends the probes; gives all that they saw, in order.
    pub(crate) fn finish(&mut self) -> Vec<(time::Instant, What)> {
        if let Some(running) = &mut self.running {
            running.stop.store(true, Ordering::Relaxed);
            for thread in running.threads.drain(..) {
                let _ = thread.join();
            }
        }
        self.collect();
        self.running = None;
        let mut answers = std::mem::take(&mut self.answers);
        answers.sort_by_key(|(at, _)| *at);
        answers
    }

    /// The last answers in words, for the live view: `payment 503 in 12ms`.
    pub(crate) fn words(&self) -> String {
        let mut words = Vec::new();
        for (name, _) in &self.all {
            let last = self.answers.iter().rev().find_map(|(_, what)| match what {
                What::Probed { probe, answer } if probe == name => Some(answer),
                _ => None,
            });
            if let Some(answer) = last {
                let state = if answer.is_good() { "ok" } else { "BAD" };
                words.push(format!("{name} {state} ({answer})"));
            }
        }
        words.join(", ")
    }
}
