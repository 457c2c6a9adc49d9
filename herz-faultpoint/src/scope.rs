//! Settings of one task or thread: tests that run at the same time don't see each other.

use crate::config::{self, BadConfig};
use crate::registry::{self, Setting};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

thread_local! {
    /// Scopes that this thread is in, the innermost last.
    static CURRENT: RefCell<Vec<Arc<Names>>> = const { RefCell::new(Vec::new()) };
}

/// The settings of a scope; they are known to all points for as long as they live.
#[derive(Debug)]
struct Names(BTreeMap<String, Arc<Setting>>);

impl Drop for Names {
    fn drop(&mut self) {
        registry::announce(self.0.keys(), false);
    }
}

/// Settings that count in what runs within, and nowhere else.
///
/// Clones are the same scope: counts such as `2*return` are shared.
#[derive(Debug, Clone, Default)]
pub struct Scope {
    settings: BTreeMap<String, Arc<Setting>>,
}

impl Scope {
    /// Without settings.
    pub fn new() -> Self {
        Self::default()
    }

    /// With one more point that is set.
    pub fn with(mut self, name: &str, what: &str) -> Result<Self, BadConfig> {
        let setting = Setting::new(config::parse(what)?);
        self.settings.insert(name.to_owned(), Arc::new(setting));
        Ok(self)
    }

    /// Calls a function within the scope. Threads that it starts are outside.
    pub fn run<T>(&self, call: impl FnOnce() -> T) -> T {
        let _inside = Inside::enter(self.names());
        call()
    }

    /// A future that runs within the scope, on whatever threads. Tasks that it spawns are outside: wrap
    /// them too.
    pub fn wrap<F: Future>(&self, future: F) -> Scoped<F> {
        Scoped {
            names: self.names(),
            future: Box::pin(future),
        }
    }

    fn names(&self) -> Arc<Names> {
        registry::announce(self.settings.keys(), true);
        Arc::new(Names(self.settings.clone()))
    }
}

/// Leaves the scope at its end, also by a panic.
struct Inside;

impl Inside {
    fn enter(names: Arc<Names>) -> Self {
        CURRENT.with_borrow_mut(|current| current.push(names));
        Self
    }
}

impl Drop for Inside {
    fn drop(&mut self) {
        let left = CURRENT.with_borrow_mut(Vec::pop);
        // Outside of the borrow: the last one of its kind tells the registry.
        drop(left);
    }
}

/// A future within a [`Scope`].
#[derive(Debug)]
pub struct Scoped<F> {
    names: Arc<Names>,
    future: Pin<Box<F>>,
}

impl<F: Future> Future for Scoped<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let _inside = Inside::enter(Arc::clone(&self.names));
        self.future.as_mut().poll(cx)
    }
}

/// The setting of a name in the innermost scope that has one.
pub(crate) fn current(name: &str) -> Option<Arc<Setting>> {
    CURRENT.with_borrow(|current| {
        let found = current.iter().rev().find_map(|names| names.0.get(name));
        found.cloned()
    })
}
