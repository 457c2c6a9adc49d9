//! What is set, for the whole process; and which names are set anywhere.

use crate::config::{self, BadConfig, Term, What};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Changes whenever something is set or removed; 0 while nothing is set anywhere. All that a point looks at.
pub(crate) static GENERATION: AtomicU64 = AtomicU64::new(0);

static REGISTRY: Mutex<Registry> = Mutex::new(Registry {
    global: BTreeMap::new(),
    names: BTreeMap::new(),
    changes: 0,
});

struct Registry {
    global: BTreeMap<String, Arc<Setting>>,
    /// How often a name is set: once for the process, and once by each scope that lives.
    names: BTreeMap<String, usize>,
    changes: u64,
}

/// What one point does.
#[derive(Debug)]
pub(crate) struct Setting {
    terms: Mutex<Vec<Term>>,
    passes: AtomicU64,
}

impl Setting {
    pub(crate) fn new(terms: Vec<Term>) -> Self {
        Self {
            terms: Mutex::new(terms),
            passes: AtomicU64::new(0),
        }
    }

    /// What happens at this pass.
    pub(crate) fn next(&self) -> What {
        let pass = self.passes.fetch_add(1, Ordering::Relaxed);
        let mut terms = self.terms.lock().unwrap_or_else(PoisonError::into_inner);
        for (at, term) in terms.iter_mut().enumerate() {
            if term.left == Some(0) || unit(pass, at as u64) >= term.share {
                continue;
            }
            if let Some(left) = &mut term.left {
                *left -= 1;
            }
            return term.what.clone();
        }
        What::Off
    }
}

/// A number from 0 to 1 for each pass: the same passes are hit in each run.
#[allow(clippy::cast_precision_loss, reason = "53 bits fit into a float")]
fn unit(pass: u64, term: u64) -> f64 {
    let mut z = pass
        .wrapping_mul(0x9e37_79b9_7f4a_7c15)
        .wrapping_add(term.wrapping_add(1).wrapping_mul(0xd1b5_4a32_d192_ed03));
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
}

fn registry() -> MutexGuard<'static, Registry> {
    REGISTRY.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Registry {
    fn changed(&mut self) {
        self.changes += 1;
        let generation = if self.names.is_empty() {
            0
        } else {
            self.changes
        };
        GENERATION.store(generation, Ordering::Release);
    }

    fn count(&mut self, name: &str) {
        *self.names.entry(name.to_owned()).or_insert(0) += 1;
    }

    fn discount(&mut self, name: &str) {
        if let Some(count) = self.names.get_mut(name) {
            *count -= 1;
            if *count == 0 {
                self.names.remove(name);
            }
        }
    }
}

/// Sets a point for the whole process.
pub fn set(name: &str, what: &str) -> Result<(), BadConfig> {
    let setting = Arc::new(Setting::new(config::parse(what)?));
    let mut registry = registry();
    if registry.global.insert(name.to_owned(), setting).is_none() {
        registry.count(name);
    }
    registry.changed();
    Ok(())
}

/// Takes a point's setting away; scopes keep theirs.
pub fn remove(name: &str) {
    let mut registry = registry();
    if registry.global.remove(name).is_some() {
        registry.discount(name);
        registry.changed();
    }
}

/// Takes all settings of the process away; scopes keep theirs.
pub fn clear() {
    let mut registry = registry();
    let names: Vec<String> = std::mem::take(&mut registry.global).into_keys().collect();
    for name in names {
        registry.discount(&name);
    }
    registry.changed();
}

/// Sets what `HERZ_FAULTPOINTS` says, and `FAILPOINTS`, which fail-rs reads: `name=what;name=what`. Nothing is set if
/// one of them is wrong. Gives the names.
pub fn from_env() -> Result<Vec<String>, BadConfig> {
    let mut all = Vec::new();
    for variable in ["FAILPOINTS", "HERZ_FAULTPOINTS"] {
        if let Ok(text) = std::env::var(variable) {
            all.extend(config::list(&text)?);
        }
    }
    let mut names = Vec::new();
    let mut registry = registry();
    for (name, terms) in all {
        let setting = Arc::new(Setting::new(terms));
        if registry.global.insert(name.clone(), setting).is_none() {
            registry.count(&name);
        }
        names.push(name);
    }
    registry.changed();
    Ok(names)
}

/// Whether a name is set anywhere.
pub(crate) fn knows(name: &str) -> bool {
    registry().names.contains_key(name)
}

pub(crate) fn global(name: &str) -> Option<Arc<Setting>> {
    registry().global.get(name).cloned()
}

/// A scope that lives sets these names.
pub(crate) fn announce<'n>(names: impl Iterator<Item = &'n String>, comes: bool) {
    let mut registry = registry();
    for name in names {
        if comes {
            registry.count(name);
        } else {
            registry.discount(name);
        }
    }
    registry.changed();
}
