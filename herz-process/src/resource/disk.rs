//! Disk space, taken by a file without a name.

use super::Amount;
use herz_runtime::backend::Failure;
use herz_runtime::event::Measure;
use rustix::fs::{CWD, FallocateFlags, Mode, OFlags, fallocate, fstat, openat, statvfs};
use rustix::io::Errno;
use std::fs::File;
use std::io::Write;
use std::path::Path;

#[derive(Debug)]
pub(super) struct DiskHog {
    /// Nobody else can open it, and it is gone when we are.
    file: File,
    size: u64,
}

impl DiskHog {
    pub(super) fn fill(path: &Path, amount: Amount) -> Result<Self, Failure> {
        let tell =
            |what: &str, error: Errno| Failure::new(format!("{what} {}: {error}", path.display()));
        let free = free(path).map_err(|error| tell("no figures of", error))?;
        let size = match amount {
            Amount::Size(size) => size,
            Amount::Leave(leave) => free.saturating_sub(leave),
        };
        if size > free {
            return Err(Failure::new(format!(
                "{size} B are asked for in {}, and {free} B are free",
                path.display()
            ))
            .with_remedy("a smaller `size`, or `leave`"));
        }
        let flags = OFlags::TMPFILE | OFlags::WRONLY | OFlags::CLOEXEC;
        let file = openat(CWD, path, flags, Mode::RUSR | Mode::WUSR).map_err(|error| {
            tell("no file without a name in", error)
                .with_remedy("a folder that may be written to, on a file system with O_TMPFILE")
        })?;
        let mut hog = Self {
            file: File::from(file),
            size,
        };
        if size > 0 {
            match fallocate(&hog.file, FallocateFlags::empty(), 0, size) {
                Ok(()) => {}
                Err(Errno::OPNOTSUPP) => hog.write()?,
                Err(error) => return Err(tell("no space in", error)),
            }
        }
        Ok(hog)
    }

    /// For file systems that can't set space aside.
    fn write(&mut self) -> Result<(), Failure> {
        let block = vec![0xa5; 1 << 20];
        let mut left = self.size;
        while left > 0 {
            let count = usize::try_from(left).unwrap_or(usize::MAX).min(block.len());
            self.file
                .write_all(block.get(..count).unwrap_or(&block))
                .map_err(|error| Failure::new(format!("no space: {error}")))?;
            left -= count as u64;
        }
        Ok(())
    }

    #[allow(clippy::cast_precision_loss, reason = "a chart needs no more")]
    pub(super) fn measure(&self) -> Result<Measure, Failure> {
        let stat = fstat(&self.file).map_err(|error| Failure::new(error.to_string()))?;
        // The kernel counts in blocks of 512 bytes, whatever the file system does.
        let taken = stat.st_blocks as f64 * 512.0;
        Ok(Measure {
            name: "disk".to_owned(),
            unit: "By".to_owned(),
            asked: self.size as f64,
            observed: taken,
        })
    }
}

/// Bytes that we may still write.
fn free(path: &Path) -> Result<u64, Errno> {
    let stat = statvfs(path)?;
    Ok(stat.f_bavail.saturating_mul(stat.f_frsize))
}
