//! A point, as the macro makes it.

use crate::config::What;
use crate::registry::{self, GENERATION, Setting};
use crate::scope;
use crate::sleep::Sleep;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// A named place. It remembers whether its name is set, so that a pass costs a load and a
/// comparison, also while other points are set.
#[derive(Debug)]
pub struct Point {
    name: &'static str,
    /// The generation that it looked at last, and in the lowest bit whether it was set then.
    seen: AtomicU64,
}

/// What a point was told to return.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The point.
    pub point: &'static str,
    /// The text in the brackets of `return(…)`.
    pub argument: Option<String>,
}

impl Fault {
    /// The argument, or a sentence that names the point.
    pub fn message(self) -> String {
        let point = self.point;
        self.argument
            .unwrap_or_else(|| format!("fault point `{point}`"))
    }

    /// The argument as a value of some type; nothing if there is none, or it is of another type.
    pub fn parse<T: std::str::FromStr>(&self) -> Option<T> {
        self.argument.as_deref()?.trim().parse().ok()
    }

    /// What the function returns: lets the macro take a closure without a type.
    #[doc(hidden)]
    pub fn end<T>(self, end: impl FnOnce(Self) -> T) -> T {
        end(self)
    }
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.argument {
            Some(argument) => f.write_str(argument),
            None => write!(f, "fault point `{}`", self.point),
        }
    }
}

impl std::error::Error for Fault {}

/// A pause is looked at as often as this.
const LOOK: Duration = Duration::from_millis(2);

impl Point {
    /// With this name.
    pub const fn new(name: &'static str) -> Self {
        Self {
            name,
            seen: AtomicU64::new(0),
        }
    }

    /// Whether its name is set anywhere: for the process, or in a scope.
    #[inline]
    pub fn is_set(&self) -> bool {
        let generation = GENERATION.load(Ordering::Acquire);
        if generation == 0 {
            return false;
        }
        let seen = self.seen.load(Ordering::Relaxed);
        if seen >> 1 == generation {
            return seen & 1 == 1;
        }
        self.look(generation)
    }

    #[cold]
    fn look(&self, generation: u64) -> bool {
        let known = registry::knows(self.name);
        let seen = generation << 1 | u64::from(known);
        self.seen.store(seen, Ordering::Relaxed);
        known
    }

    fn setting(&self) -> Option<Arc<Setting>> {
        scope::current(self.name).or_else(|| registry::global(self.name))
    }

    /// Does what is set; gives what to return.
    #[cold]
    pub fn hit(&self) -> Option<Fault> {
        loop {
            match self.setting()?.next() {
                What::Sleep(time) => std::thread::sleep(time),
                What::Yield => std::thread::yield_now(),
                What::Pause => {
                    std::thread::sleep(LOOK);
                    continue;
                }
                other => return self.at_once(other),
            }
            return None;
        }
    }

    /// Does what is set without blocking the thread; gives what to return.
    #[cold]
    pub async fn pass(&self) -> Option<Fault> {
        loop {
            match self.setting()?.next() {
                What::Sleep(time) => Sleep::new(time).await,
                What::Yield => Sleep::new(Duration::ZERO).await,
                What::Pause => {
                    Sleep::new(LOOK).await;
                    continue;
                }
                other => return self.at_once(other),
            }
            return None;
        }
    }

    /// What needs no waiting.
    #[expect(clippy::panic, reason = "a test asked for it")]
    #[expect(clippy::print_stderr, reason = "a test asked for it")]
    fn at_once(&self, what: What) -> Option<Fault> {
        match what {
            What::Return(argument) => {
                return Some(Fault {
                    point: self.name,
                    argument,
                });
            }
            What::Panic(Some(text)) => panic!("{text}"),
            What::Panic(None) => panic!("fault point `{}`", self.name),
            What::Print(text) => {
                let text = text.unwrap_or_default();
                eprintln!("fault point `{}`: {text}", self.name);
            }
            What::Delay(time) => {
                let end = Instant::now() + time;
                while Instant::now() < end {
                    std::hint::spin_loop();
                }
            }
            What::Off | What::Sleep(_) | What::Yield | What::Pause => {}
        }
        None
    }
}
