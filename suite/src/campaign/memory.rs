//! How much memory a sequence takes of an IUT on this machine, by the number of its process (proc(5) of Linux).

use super::trouble::Trouble;
use crate::verdict::Cause;

/// What one sequence of small requests may take at most, in octets: they come to a few hundred KiB.
const ALLOWANCE: u64 = 64 << 20;

/// What tells findings about memory apart.
pub const CLASS: &str = "memory";

/// The process of an IUT.
#[derive(Debug, Clone, Copy)]
pub struct Memory {
    pid: u32,
}

/// What a process held when a sequence began, in octets.
#[derive(Debug, Clone, Copy)]
pub struct Mark(u64);

impl Memory {
    /// The process with this number; why it cannot be watched.
    pub fn of(pid: u32) -> Result<Self, String> {
        let memory = Self { pid };
        system::resident(pid)
            .and_then(|_| system::forget_peak(pid))
            .map(|()| memory)
    }

    /// What it holds, in octets; none if it is gone.
    pub fn held(self) -> Option<u64> {
        system::resident(self.pid).ok()
    }

    /// A sequence begins.
    pub fn mark(self) -> Option<Mark> {
        system::forget_peak(self.pid).ok()?;
        self.held().map(Mark)
    }

    /// What is wrong if it has taken too much since.
    pub fn judge(self, mark: Mark) -> Option<Trouble> {
        let taken = system::peak(self.pid).ok()?.saturating_sub(mark.0);
        (taken > ALLOWANCE).then(|| {
            Trouble::new(
                Cause::Poison,
                "no clause: memory in proportion to what is sent",
                format!("no more than {} MiB for one sequence", ALLOWANCE >> 20),
                format!("{} MiB", taken >> 20),
            )
            .of_class(CLASS)
        })
    }
}

#[cfg(target_os = "linux")]
mod system {
    use procfs::process::Process;

    /// What a process holds in memory, in octets.
    pub fn resident(pid: u32) -> Result<u64, String> {
        kibibytes(status(pid)?.vmrss)
    }

    /// The most that it held since its peak was forgotten, in octets.
    pub fn peak(pid: u32) -> Result<u64, String> {
        kibibytes(status(pid)?.vmhwm)
    }

    /// Forgets the peak (proc(5), `clear_refs`).
    pub fn forget_peak(pid: u32) -> Result<(), String> {
        std::fs::write(format!("/proc/{pid}/clear_refs"), "5").map_err(|error| error.to_string())
    }

    fn status(pid: u32) -> Result<procfs::process::Status, String> {
        let pid = i32::try_from(pid).map_err(|_| format!("no process has the number {pid}"))?;
        let process = Process::new(pid).map_err(|error| error.to_string())?;
        process.status().map_err(|error| error.to_string())
    }

    fn kibibytes(number: Option<u64>) -> Result<u64, String> {
        number
            .map(|number| number << 10)
            .ok_or_else(|| "it has no memory of its own".to_owned())
    }
}

#[cfg(not(target_os = "linux"))]
mod system {
    /// Not told.
    pub fn resident(_: u32) -> Result<u64, String> {
        Err("this system does not tell what a process holds".to_owned())
    }

    /// Not told.
    pub fn peak(pid: u32) -> Result<u64, String> {
        resident(pid)
    }

    /// Not done.
    pub fn forget_peak(pid: u32) -> Result<(), String> {
        resident(pid).map(drop)
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn what_this_process_takes_is_seen() {
        let memory = Memory::of(std::process::id()).expect("this process");
        let mark = memory.mark().expect("a mark");
        let taken = vec![1_u8; 192 << 20];
        assert!(taken.iter().all(|octet| *octet == 1));
        drop(taken);
        let trouble = memory.judge(mark).expect("what it takes");
        assert_eq!(trouble.cause, Cause::Poison);
        assert_eq!(trouble.class, CLASS);
    }

    #[test]
    fn a_process_that_takes_nothing_is_left_alone() {
        let mut idle = std::process::Command::new("sleep")
            .arg("60")
            .spawn()
            .expect("a process");
        let memory = Memory::of(idle.id()).expect("its memory");
        let mark = memory.mark().expect("a mark");
        let trouble = memory.judge(mark);
        idle.kill().expect("its end");
        idle.wait().expect("its status");
        assert_eq!(trouble, None);
        assert_eq!(memory.held(), None, "it is gone");
    }

    #[test]
    fn no_process_is_watched_that_is_not_there() {
        for pid in [0, u32::MAX] {
            assert!(Memory::of(pid).is_err(), "{pid}");
        }
    }
}
