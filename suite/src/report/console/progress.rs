//! Progress: one line for each purpose when piped; on a terminal only for those that did not pass,
//! and a bar below them.

use super::super::text::visible;
use super::super::word::word;
use super::super::{PurposeResult, Standing};
use super::summary::paint;
use std::io::{self, Write};
use std::time::{Duration, Instant};

/// How wide the bar may be, with all that stands beside it.
const WIDTH: usize = 79;
/// How wide the bar itself is.
const BAR: usize = 20;
/// How often the bar is drawn at most.
const PACE: Duration = Duration::from_millis(50);
/// A purpose that takes longer is said to be slow.
const SLOW: Duration = Duration::from_secs(5);

/// How far a run has come.
pub(super) struct Progress {
    on_terminal: bool,
    expected: usize,
    finished: usize,
    failed: usize,
    running: Vec<(String, Instant)>,
    drawn: usize,
    last_drawn: Option<Instant>,
}

impl Progress {
    pub(super) fn new(on_terminal: bool) -> Self {
        Self {
            on_terminal,
            expected: 0,
            finished: 0,
            failed: 0,
            running: Vec::new(),
            drawn: 0,
            last_drawn: None,
        }
    }

    pub(super) fn expect(&mut self, purposes: usize) {
        self.expected = purposes;
    }

    pub(super) fn started(&mut self, id: &str, talk: &mut impl Write) -> io::Result<()> {
        self.running.push((id.to_owned(), Instant::now()));
        self.draw(talk)
    }

    pub(super) fn finished(
        &mut self,
        result: &PurposeResult,
        standing: Standing,
        talk: &mut impl Write,
    ) -> io::Result<()> {
        self.running.retain(|(id, _)| *id != result.id);
        self.finished += 1;
        self.failed += usize::from(standing == Standing::Fail);
        let is_told = match standing {
            Standing::NotApplicable => false,
            Standing::Pass => !self.on_terminal,
            _ => true,
        };
        if is_told {
            self.clear(talk)?;
            let word = paint(standing, &word(result, standing));
            writeln!(talk, "{word} {}", visible(&result.id))?;
        }
        self.draw(talk)
    }

    /// Takes the bar away.
    pub(super) fn clear(&mut self, talk: &mut impl Write) -> io::Result<()> {
        let drawn = std::mem::take(&mut self.drawn);
        if drawn > 0 {
            // Without colours there are no control sequences either: spaces wipe everywhere.
            write!(talk, "\r{:drawn$}\r", "")?;
        }
        self.last_drawn = None;
        Ok(())
    }

    fn draw(&mut self, talk: &mut impl Write) -> io::Result<()> {
        let is_too_soon = self.last_drawn.is_some_and(|then| then.elapsed() < PACE);
        if !self.on_terminal || is_too_soon {
            return Ok(());
        }
        self.clear(talk)?;
        let line: String = self.line().chars().take(WIDTH).collect();
        self.drawn = line.chars().count();
        self.last_drawn = Some(Instant::now());
        write!(talk, "{line}")?;
        talk.flush()
    }

    /// The bar, the numbers, and the purpose that has been running longest.
    fn line(&self) -> String {
        let Self {
            expected,
            finished,
            failed,
            ..
        } = self;
        let filled = (finished * BAR)
            .checked_div(*expected)
            .unwrap_or(BAR)
            .min(BAR);
        let bar = format!("[{:<BAR$}]", "#".repeat(filled));
        let mut line = format!("{bar} {finished}/{expected}, {failed} failed");
        if let Some((id, since)) = self.running.first() {
            line.push_str(&format!(", {}", visible(id)));
            let others = self.running.len() - 1;
            if others > 0 {
                line.push_str(&format!(" and {others} more"));
            }
            if since.elapsed() > SLOW {
                line.push_str(&format!(" (slow: {} s)", since.elapsed().as_secs()));
            }
        }
        line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(on_terminal: bool) -> String {
        let mut progress = Progress::new(on_terminal);
        let mut talk = Vec::new();
        progress.expect(4);
        progress.started("CSE/ACP/OPS/001", &mut talk).unwrap();
        String::from_utf8(talk).unwrap()
    }

    #[test]
    fn a_terminal_shows_what_runs() {
        assert!(drawn(true).contains("] 0/4, 0 failed, CSE/ACP/OPS/001"));
    }

    #[test]
    fn a_pipe_gets_no_bar() {
        assert_eq!(drawn(false), "");
    }

    #[test]
    fn the_bar_is_wiped() {
        let mut progress = Progress::new(true);
        let mut talk = Vec::new();
        progress.started("CSE/ACP/OPS/001", &mut talk).unwrap();
        let width = talk.len();
        progress.clear(&mut talk).unwrap();
        let wiped = String::from_utf8(talk.split_off(width)).unwrap();
        assert_eq!(wiped, format!("\r{}\r", " ".repeat(width)));
    }
}
