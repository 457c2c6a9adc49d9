//! Who is who: identities that survive in a journal and can't be mistaken for another's.
//!
//! A process id is given to another process sooner or later, and every id of a machine is void after
//! a restart. So an undo record names the boot and the time when the process was started, and an
//! undo that finds somebody else there leaves them alone.

use serde::{Deserialize, Serialize};
use std::fmt;

/// One start of one machine.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BootId(pub String);

impl BootId {
    /// The boot that we are in. Where the system does not tell, an empty one, which equals itself.
    pub fn current() -> Self {
        let text = std::fs::read_to_string("/proc/sys/kernel/random/boot_id").unwrap_or_default();
        Self(text.trim().to_owned())
    }
}

/// One process, and no other one that ever had its number.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ProcessIdentity {
    /// The boot it belongs to.
    pub boot: BootId,
    /// Its number.
    pub pid: u32,
    /// When it was started, in clock ticks since the boot (`/proc/PID/stat`, field 22).
    pub start: u64,
}

/// What became of a process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It is there.
    Alive,
    /// It has ended, and its parent has not asked for its exit code yet.
    Zombie,
    /// It is gone; the number may belong to another one.
    Gone,
}

impl ProcessIdentity {
    /// The process with this number, if there is one.
    pub fn of(pid: u32) -> Option<Self> {
        let stat = Stat::read(pid)?;
        Some(Self {
            boot: BootId::current(),
            pid,
            start: stat.start,
        })
    }

    /// This very process.
    pub fn own() -> Self {
        Self::of(std::process::id()).unwrap_or_else(|| Self {
            boot: BootId::current(),
            pid: std::process::id(),
            start: 0,
        })
    }

    /// What became of it.
    pub fn fate(&self) -> Fate {
        if self.boot != BootId::current() {
            return Fate::Gone;
        }
        match Stat::read(self.pid) {
            Some(stat) if stat.start == self.start && stat.state == 'Z' => Fate::Zombie,
            Some(stat) if stat.start == self.start => Fate::Alive,
            // Systems without /proc: we only know ourselves.
            None if self.start == 0 && self.pid == std::process::id() => Fate::Alive,
            _ => Fate::Gone,
        }
    }

    /// Whether it still runs.
    pub fn is_alive(&self) -> bool {
        self.fate() == Fate::Alive
    }
}

impl fmt::Display for ProcessIdentity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "process {} (started at tick {})", self.pid, self.start)
    }
}

/// What `/proc/PID/stat` says of a process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stat {
    /// One letter: `R` runs, `S` sleeps, `T` is stopped, `Z` has ended.
    pub state: char,
    /// Its process group.
    pub group: u32,
    /// CPU time in clock ticks, in user and kernel mode together.
    pub cpu_ticks: u64,
    /// When it was started, in clock ticks since the boot.
    pub start: u64,
}

impl Stat {
    /// Reads it; `None` if there is no such process, or no `/proc`.
    pub fn read(pid: u32) -> Option<Self> {
        Self::parse(&std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?)
    }

    /// The name may hold spaces and brackets, so fields count from the last closing bracket.
    fn parse(text: &str) -> Option<Self> {
        let rest = text.rsplit_once(')')?.1;
        let mut fields = rest.split_ascii_whitespace();
        let state = fields.next()?.chars().next()?;
        // Field 3 was the state; 5 is the group, 14 and 15 are times, 22 the start.
        let group = fields.nth(1)?.parse().ok()?;
        let user: u64 = fields.nth(8)?.parse().ok()?;
        let system: u64 = fields.next()?.parse().ok()?;
        let start = fields.nth(6)?.parse().ok()?;
        Some(Self {
            state,
            group,
            cpu_ticks: user.saturating_add(system),
            start,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_brackets_do_not_shift_fields() {
        let text = "7 (a) b (c)) T 1 9 1 0 -1 0 0 0 0 0 5 6 0 0 20 0 1 0 4711 1 1";
        let stat = Stat::parse(text).unwrap();
        assert_eq!((stat.state, stat.group), ('T', 9));
        assert_eq!((stat.cpu_ticks, stat.start), (11, 4711));
        for cut in 0..text.len() {
            // Truncated texts are refused or read, never a panic.
            let _ = Stat::parse(&text[..cut]);
        }
    }

    #[test]
    fn a_number_alone_is_nobody() {
        let own = ProcessIdentity::own();
        assert!(own.is_alive());
        let other = ProcessIdentity {
            start: own.start + 1,
            ..own.clone()
        };
        assert_eq!(other.fate(), Fate::Gone);
        let before = ProcessIdentity {
            boot: BootId("before".to_owned()),
            ..own
        };
        assert_eq!(before.fate(), Fate::Gone);
    }
}
