//! `StatusCheck`: asks a service until it is clear how it is.

use super::control::Control;
use crate::probe::HttpProbe;
use std::time::{Duration, Instant};

/// A check of a service over HTTP.
#[derive(Debug, Clone)]
pub struct StatusCheck {
    /// The question.
    pub probe: HttpProbe,
    /// Which statuses are good.
    pub criteria: Criteria,
    /// Time between questions.
    pub interval: Duration,
    /// So many good answers in a row pass it, unless it is continuous.
    pub successes: u32,
    /// So many bad answers in a row fail it.
    pub failures: u32,
    /// Whether good answers do not end it.
    pub continuous: bool,
    /// The whole time that it may take.
    pub duration: Option<Duration>,
}

/// Statuses from the first to the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Criteria {
    /// The least one.
    pub first: u16,
    /// The greatest one.
    pub last: u16,
}

impl Criteria {
    /// Of `200` or `200-399`.
    pub fn parse(text: &str) -> Option<Self> {
        let (first, last) = text.split_once('-').unwrap_or((text, text));
        let (first, last) = (first.trim().parse().ok()?, last.trim().parse().ok()?);
        (100 <= first && first <= last && last <= 599).then_some(Self { first, last })
    }

    /// Whether a status is among them.
    pub const fn fits(self, status: u16) -> bool {
        self.first <= status && status <= self.last
    }
}

/// How a check went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Checked {
    Passed,
    Failed(String),
    /// Its step's time was over, or the program was stopped, before it was clear.
    Open,
}

impl StatusCheck {
    /// Asks until it is clear, until `deadline`, or until the program is stopped.
    pub(super) fn run(&self, control: &Control, deadline: Option<Instant>) -> Checked {
        let begun = Instant::now();
        let end = self.duration.map(|duration| begun + duration);
        let (mut good, mut bad) = (0_u32, 0_u32);
        let mut next = begun;
        loop {
            let answer = self.probe.ask();
            if answer
                .status
                .is_some_and(|status| self.criteria.fits(status))
            {
                (good, bad) = (good + 1, 0);
            } else {
                (good, bad) = (0, bad + 1);
            }
            if bad >= self.failures {
                return Checked::Failed(format!(
                    "{} failed {bad} times in a row, the last time with {answer}",
                    self.probe.url
                ));
            }
            if !self.continuous && good >= self.successes {
                return Checked::Passed;
            }
            next = (next + self.interval).max(Instant::now());
            let wake = [Some(next), end, deadline].into_iter().flatten().min();
            if control.wait_until(wake) {
                return Checked::Open;
            }
            let now = Instant::now();
            if deadline.is_some_and(|deadline| now >= deadline) {
                return Checked::Open;
            }
            if end.is_some_and(|end| now >= end) {
                return if self.continuous {
                    Checked::Passed
                } else {
                    Checked::Failed(format!("{} was not clear in time", self.probe.url))
                };
            }
        }
    }
}
