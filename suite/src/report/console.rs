//! The run as a person reads it: progress on standard error, the summary on standard output.

mod progress;
mod summary;

use super::text::{count, visible};
use super::{Event, Reporter};
use progress::Progress;
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

/// Tells a person of a run.
pub struct Console<O, E> {
    output: O,
    talk: E,
    progress: Progress,
    folder: Option<PathBuf>,
    strict: bool,
}

impl Console<anstream::Stdout, anstream::Stderr> {
    /// Tells on the standard streams; `folder` is where the results are.
    pub fn standard(folder: Option<PathBuf>) -> Self {
        let on_terminal = io::stderr().is_terminal();
        Self::new(anstream::stdout(), anstream::stderr(), on_terminal, folder)
    }
}

impl<O: Write, E: Write> Console<O, E> {
    /// Tells the summary to one stream and progress to the other, with a bar if that is a terminal.
    pub fn new(output: O, talk: E, on_terminal: bool, folder: Option<PathBuf>) -> Self {
        Self {
            output,
            talk,
            progress: Progress::new(on_terminal),
            folder,
            strict: false,
        }
    }
}

impl<O: Write + Send, E: Write + Send> Reporter for Console<O, E> {
    fn event(&mut self, event: &Event) -> io::Result<()> {
        match event {
            Event::RunStarted { header, purposes } => {
                self.strict = header.strict;
                self.progress.expect(*purposes);
                let iut = &header.iut;
                writeln!(
                    self.talk,
                    "judging {} {} with {}, seed {}",
                    visible(&iut.name),
                    visible(&iut.version),
                    count(*purposes, "purpose"),
                    header.seed
                )
            }
            Event::PurposeStarted { id } => self.progress.started(id, &mut self.talk),
            Event::PurposeFinished(result) => {
                let standing = result.standing(self.strict);
                self.progress.finished(result, standing, &mut self.talk)
            }
            Event::Remark(remark) => {
                self.progress.clear(&mut self.talk)?;
                writeln!(self.talk, "note: {}", visible(remark))
            }
            Event::RunFinished(results) => {
                self.progress.clear(&mut self.talk)?;
                summary::write(results, self.folder.as_deref(), &mut self.output)?;
                self.output.flush()
            }
        }
    }
}
