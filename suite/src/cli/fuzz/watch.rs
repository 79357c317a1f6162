//! Says how a campaign stands, and when it is over.

use super::folder::Folder;
use crate::campaign::finding::Finding;
use crate::campaign::hunt::{Standing, Watcher};
use crate::cli::CliError;
use crate::cli::error::TESTER;
use crate::cli::output::{count, talk};
use crate::report::text::{bounded, visible};
use std::io::{IsTerminal, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// How often a line is written where nobody looks all the time, and where somebody does.
const SELDOM: Duration = Duration::from_secs(10);
const OFTEN: Duration = Duration::from_millis(500);

/// Octets of a text that are told.
const SHOWN: usize = 300;

/// Watches a campaign.
pub struct Watch<'a> {
    folder: &'a Folder,
    started: Instant,
    time: Duration,
    told: Instant,
    on_terminal: bool,
    interrupted: Arc<AtomicBool>,
    trouble: Option<CliError>,
    found: usize,
}

impl<'a> Watch<'a> {
    /// From now on, for so long.
    pub fn new(
        time: Duration,
        folder: &'a Folder,
        interruption: &Interruption,
        found: usize,
    ) -> Self {
        Self {
            folder,
            started: Instant::now(),
            time,
            told: Instant::now(),
            on_terminal: std::io::stderr().is_terminal(),
            interrupted: interruption.0.clone(),
            trouble: None,
            found,
        }
    }

    /// What kept a finding from being written.
    pub fn trouble(&mut self) -> Option<CliError> {
        self.trouble.take()
    }

    /// How long it has been going on.
    pub fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }

    /// How it stands, in a line.
    pub fn line(&self, standing: &Standing) -> String {
        let elapsed = self.started.elapsed();
        let seconds = elapsed.as_secs_f64().max(0.001);
        #[expect(clippy::cast_precision_loss, reason = "a rate that people read")]
        let rate = standing.requests as f64 / seconds;
        let left = self.time.saturating_sub(elapsed);
        format!(
            "{} s: {} requests, {rate:.0}/s, {} sequences, {} shapes of answers, {}, {} s left",
            elapsed.as_secs(),
            standing.requests,
            standing.sequences,
            standing.shapes,
            count(standing.findings, "finding"),
            left.as_secs()
        )
    }
}

impl Watcher for Watch<'_> {
    fn standing(&mut self, standing: &Standing) {
        let pace = match self.on_terminal {
            true => OFTEN,
            false => SELDOM,
        };
        if self.told.elapsed() < pace {
            return;
        }
        self.told = Instant::now();
        let line = self.line(standing);
        match self.on_terminal {
            true => {
                let mut talk = anstream::stderr();
                let _ = write!(talk, "\r\x1b[2K{line}");
                let _ = talk.flush();
            }
            false => talk(&line),
        }
    }

    fn found(&mut self, finding: &Finding) {
        self.found += 1;
        if self.on_terminal {
            talk("\r\x1b[2K");
        }
        let seen = match finding.is_certain() {
            true => String::new(),
            false => format!(" (flaky: {} of {})", finding.reproduced, finding.attempts),
        };
        let trouble = &finding.trouble;
        talk(&format!("finding {}{seen}", visible(&finding.id)));
        talk(&format!(
            "  expected   {} ({})",
            bounded(&trouble.expected, SHOWN),
            trouble.clause
        ));
        talk(&format!(
            "  observed   {}",
            bounded(&trouble.observed, SHOWN)
        ));
        for step in &finding.told {
            talk(&format!("  step       {}", bounded(step, SHOWN)));
        }
        match self.folder.keep(self.found, finding) {
            Ok(path) => talk(&format!(
                "  replay     onem2m-conform replay {}",
                path.display()
            )),
            Err(error) => {
                debug_assert_eq!(error.exit_code, TESTER);
                self.trouble.get_or_insert(error);
            }
        }
    }

    fn is_over(&mut self) -> bool {
        self.trouble.is_some()
            || self.interrupted.load(Ordering::Relaxed)
            || self.started.elapsed() >= self.time
    }
}

/// Ctrl-C: the running sequence ends and cleans up. A second one ends the process at once.
pub struct Interruption(Arc<AtomicBool>);

impl Interruption {
    /// From now on.
    pub fn listen() -> Self {
        let interrupted = Arc::new(AtomicBool::new(false));
        let set = interrupted.clone();
        tokio::spawn(async move {
            if tokio::signal::ctrl_c().await.is_ok() {
                set.store(true, Ordering::Relaxed);
                talk(
                    "interrupted: the running sequence ends and cleans up; once more ends at once",
                );
            }
            if tokio::signal::ctrl_c().await.is_ok() {
                std::process::exit(i32::from(TESTER));
            }
        });
        Self(interrupted)
    }
}
