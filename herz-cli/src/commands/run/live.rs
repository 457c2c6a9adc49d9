//! What a person sees while faults are in the world: a live line on a terminal, plain lines elsewhere.

use super::probes::Probes;
use crate::args::runtime::EventsAs;
use crate::output::Output;
use herz_runtime::engine::RunHandle;
use herz_runtime::event::{Event, Measure, What};
use herz_runtime::time;
use std::collections::BTreeMap;
use std::io::{self, IsTerminal};
use std::time::{Duration, Instant};

/// Without a terminal, a line as often as this.
const PLAIN: Duration = Duration::from_secs(10);

pub(crate) struct Live<'o> {
    output: &'o Output,
    format: EventsAs,
    terminal: bool,
    started: Instant,
    last: Instant,
    /// The newest measures of each step of each run.
    seen: BTreeMap<(String, u32), Vec<Measure>>,
}

impl<'o> Live<'o> {
    pub(crate) fn new(output: &'o Output, format: EventsAs) -> Self {
        Self {
            output,
            format,
            terminal: io::stderr().is_terminal()
                && std::env::var_os("TERM").is_some_and(|term| term != "dumb"),
            started: Instant::now(),
            last: Instant::now(),
            seen: BTreeMap::new(),
        }
    }

    /// Shows an event; false if nobody reads any more.
    pub(crate) fn event(&mut self, event: &Event) -> bool {
        if let What::Observed { step, measures } = &event.what {
            let key = (event.run.clone(), *step);
            self.seen.insert(key, measures.clone());
        }
        match self.format {
            EventsAs::Jsonl => {
                let line = serde_json::to_string(event).unwrap_or_default();
                self.output.try_result(&format!("{line}\n"))
            }
            EventsAs::Text => {
                if !matches!(event.what, What::Observed { .. }) {
                    self.say(&format!("{} {event}", event.run));
                }
                true
            }
        }
    }

    /// A line that stays.
    pub(crate) fn say(&self, text: &str) {
        if self.terminal && !self.output.is_quiet() {
            self.output.line("");
        }
        self.output.note(text);
    }

    /// The state of now.
    pub(crate) fn tick(&mut self, handles: &[(RunHandle, Option<Duration>)], probes: &Probes) {
        if self.output.is_quiet() || (!self.terminal && self.last.elapsed() < PLAIN) {
            return;
        }
        self.last = Instant::now();
        let mut parts = Vec::new();
        for (handle, duration) in handles {
            let left = duration.map_or(Duration::ZERO, |whole| {
                whole.saturating_sub(self.started.elapsed())
            });
            parts.push(format!(
                "{} {}, {} left",
                handle.id(),
                handle.phase(),
                time::text(Duration::from_secs(left.as_secs()))
            ));
        }
        for measures in self.seen.values() {
            for one in measures {
                parts.push(format!(
                    "{} {:.1} of {}",
                    one.name,
                    one.observed,
                    Measure::quantity(one.asked, &one.unit, 1)
                ));
            }
        }
        let probes = probes.words();
        if !probes.is_empty() {
            parts.push(probes);
        }
        parts.push("Ctrl-C to stop and undo".to_owned());
        let text = parts.join(" | ");
        if self.terminal {
            self.output.line(&text);
        } else {
            self.output.talk(&text);
        }
    }

    /// Takes the live line away.
    pub(crate) fn done(&self) {
        if self.terminal && !self.output.is_quiet() {
            self.output.line("");
        }
    }
}
