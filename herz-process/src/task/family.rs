//! All processes that a task started.

use crate::send::{send, until};
use herz_runtime::identity::{BootId, ProcessIdentity, Stat};
use rustix::process::Signal;
use std::time::Duration;

/// The variable that a task's processes inherit from each other.
pub(super) const MARK: &str = "HERZ_TASK";
/// So long they may take to be gone.
const GONE: Duration = Duration::from_secs(2);

/// The processes of one task: those that carry its ticket, in whatever group, and those in its leader's
/// group, whatever they did to their environment.
#[derive(Debug, Clone)]
pub(super) struct Family {
    pub(super) ticket: String,
    pub(super) leader: Option<ProcessIdentity>,
}

impl Family {
    /// Those that run now.
    pub(super) fn members(&self) -> Vec<ProcessIdentity> {
        let boot = BootId::current();
        let led = self.leader.as_ref().filter(|leader| leader.boot == boot);
        // After a restart of the machine nobody of them is left.
        if self.leader.is_some() && led.is_none() {
            return Vec::new();
        }
        let mut marked = Vec::new();
        let mut grouped = Vec::new();
        let mut group_is_ours = false;
        for pid in pids() {
            let Some(stat) = Stat::read(pid) else {
                continue;
            };
            let is_leader = led.is_some_and(|one| (one.pid, one.start) == (pid, stat.start));
            let carries = self.is_marked(pid);
            let in_group = led.is_some_and(|one| one.pid == stat.group);
            // A number that is a group's is given to no new process, so one of ours proves the group.
            group_is_ours |= is_leader || (carries && in_group);
            if matches!(stat.state, 'Z' | 'X') {
                continue;
            }
            let found = ProcessIdentity {
                boot: boot.clone(),
                pid,
                start: stat.start,
            };
            if carries || is_leader {
                marked.push(found);
            } else if in_group {
                grouped.push(found);
            }
        }
        if group_is_ours {
            marked.extend(grouped);
        }
        marked
    }

    fn is_marked(&self, pid: u32) -> bool {
        let Ok(environ) = std::fs::read(format!("/proc/{pid}/environ")) else {
            return false;
        };
        let mark = format!("{MARK}={}", self.ticket);
        !self.ticket.is_empty()
            && environ
                .split(|byte| *byte == 0)
                .any(|one| one == mark.as_bytes())
    }

    /// Ends them all; the error says who is left and why.
    pub(super) fn kill(&self) -> Result<(), String> {
        let mut trouble = String::new();
        let mut quiet = 0_u8;
        // One that was just being born shows the next time.
        let gone = until(GONE, || {
            let members = self.members();
            quiet = if members.is_empty() { quiet + 1 } else { 0 };
            for one in members {
                if let Err(error) = send(&one, Signal::KILL)
                    && error.kind() != std::io::ErrorKind::NotFound
                {
                    trouble = format!("{one}: {error}");
                }
            }
            quiet > 1
        });
        match (gone, trouble.is_empty()) {
            (true, _) => Ok(()),
            (false, false) => Err(trouble),
            (false, true) => Err("processes of the task do not end".to_owned()),
        }
    }
}

fn pids() -> impl Iterator<Item = u32> {
    std::fs::read_dir("/proc")
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
}
