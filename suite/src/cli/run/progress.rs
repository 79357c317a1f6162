//! Carries what happens to the reports, as it happens.

use crate::catalogue::{Catalogue, Purpose};
use crate::cli::CliError;
use crate::cli::args::RunArgs;
use crate::engine::lanes::{Observer, Record};
use crate::engine::session::Unjudged;
use crate::report::{
    Console, Event, Folder, Header, Html, JUnit, Json, Jsonl, ManifestReporter, ProfileFinding,
    PurposeResult, Reporter, Reporters, Standing,
};
use crate::tester::transcript::{self, Entry};
use std::collections::BTreeSet;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// The observer of a run.
pub struct Progress {
    reporters: Reporters,
    folder: Folder,
    advisory: BTreeSet<String>,
    reproduce: String,
    results: Vec<PurposeResult>,
    findings: Vec<ProfileFinding>,
    fail_fast: bool,
    strict: bool,
    halt: Arc<AtomicBool>,
    trouble: Option<io::Error>,
}

impl Progress {
    /// Opens the reports.
    pub fn new(
        args: &RunArgs,
        catalogue: &Catalogue,
        folder: &Folder,
        header: &Header,
    ) -> Result<Self, CliError> {
        let lines = folder.result_lines().map_err(|error| unwritten(&error))?;
        if args.out.is_none() {
            // A file system without links still takes the run.
            let _ = folder.link_latest();
        }
        let reporters: Vec<Box<dyn Reporter>> = vec![
            Box::new(Jsonl(lines)),
            Box::new(Json(folder.clone())),
            Box::new(JUnit(folder.clone())),
            Box::new(Html::new(folder.clone(), Arc::new(catalogue.clone()))),
            Box::new(ManifestReporter(folder.clone())),
            Box::new(Console::standard(Some(folder.path().to_owned()))),
        ];
        let advisory = catalogue
            .purposes
            .iter()
            .filter(|purpose| !catalogue.is_mandatory(purpose))
            .map(|purpose| purpose.id.clone())
            .collect();
        let mut reproduce = format!("--seed {}", header.seed);
        if args.profile.profile != "reference" {
            reproduce.push_str(&format!(" --profile {}", args.profile.profile));
        }
        for set in &args.profile.sets {
            reproduce.push_str(&format!(" --set {set}"));
        }
        Ok(Self {
            reporters: Reporters(reporters),
            folder: folder.clone(),
            advisory,
            reproduce,
            results: Vec::new(),
            findings: Vec::new(),
            fail_fast: args.fail_fast,
            strict: header.strict,
            halt: Arc::new(AtomicBool::new(false)),
            trouble: None,
        })
    }

    /// What no further purpose may start after.
    pub fn halt(&self) -> Arc<AtomicBool> {
        self.halt.clone()
    }

    /// Tells an event; a report that cannot be written ends the run.
    pub fn tell(&mut self, event: &Event) -> Result<(), CliError> {
        let told = self.reporters.event(event);
        match self.trouble.take().map_or(told, Err) {
            Ok(()) => Ok(()),
            Err(error) => Err(unwritten(&error)),
        }
    }

    /// Something that a person should know.
    pub fn remark(&mut self, text: String) {
        self.note(&Event::Remark(text));
    }

    /// A result that no transcript belongs to.
    pub fn result(&mut self, result: PurposeResult) {
        self.note(&Event::PurposeFinished(Box::new(result.clone())));
        self.results.push(result);
    }

    /// Purposes that were not run: they count, but only in the final results, so that a rerun takes
    /// them up.
    pub fn unjudged(&mut self, unjudged: Option<Unjudged>) {
        let Some(unjudged) = unjudged else { return };
        for item in unjudged.items {
            let advisory = self.advisory.contains(&item.purpose.id);
            let judgement = unjudged.judgement.clone();
            self.results
                .push(PurposeResult::new(&item.purpose, advisory, judgement));
        }
    }

    /// A claim of the profile that the IUT contradicts.
    pub fn finding(&mut self, mut finding: ProfileFinding, exchanges: &[Entry]) {
        finding.transcript = self.keep_transcript(&format!("profile/{}", finding.claim), exchanges);
        self.remark(format!("profile: {finding}"));
        self.findings.push(finding);
    }

    /// All findings so far.
    pub fn take_findings(&mut self) -> Vec<ProfileFinding> {
        std::mem::take(&mut self.findings)
    }

    /// All results so far.
    pub fn take(&mut self) -> Vec<PurposeResult> {
        std::mem::take(&mut self.results)
    }

    fn note(&mut self, event: &Event) {
        if let Err(error) = self.reporters.event(event) {
            // Nothing more can be recorded: no further purpose starts, and the end says why.
            self.halt.store(true, Ordering::Relaxed);
            self.trouble.get_or_insert(error);
        }
    }

    fn keep_transcript(&mut self, id: &str, entries: &[Entry]) -> Option<String> {
        let name = Folder::transcript(id);
        let mut text = Vec::new();
        let written =
            transcript::write(entries, &mut text).and_then(|()| self.folder.write(&name, &text));
        match written {
            Ok(()) => Some(name),
            Err(error) => {
                self.halt.store(true, Ordering::Relaxed);
                self.trouble.get_or_insert(error);
                None
            }
        }
    }
}

impl Observer for Progress {
    fn started(&mut self, purpose: &Purpose) {
        let id = purpose.id.clone();
        self.note(&Event::PurposeStarted { id });
    }

    fn ended(&mut self, record: &Record) {
        let purpose = &record.item.purpose;
        let finished = &record.finished;
        let advisory = self.advisory.contains(&purpose.id);
        let mut result = PurposeResult::new(purpose, advisory, finished.judgement.clone());
        result.transcript = self.keep_transcript(&purpose.id, &finished.transcript);
        result.reproduce = Some(format!(
            "onem2m-conform run {} {}",
            purpose.id, self.reproduce
        ));
        result.duration_ms = record.duration.as_millis().try_into().unwrap_or(u64::MAX);
        let attempts = finished
            .transcript
            .iter()
            .filter(|entry| matches!(entry, Entry::Attempt { .. }))
            .count();
        result.attempts = u32::try_from(attempts)
            .ok()
            .filter(|attempts| *attempts > 1);
        if self.fail_fast && result.standing(self.strict) == Standing::Fail {
            self.halt.store(true, Ordering::Relaxed);
        }
        self.result(result);
        if !finished.left_behind.is_empty() {
            let left = finished.left_behind.join(", ");
            self.remark(format!("{} left behind: {left}", purpose.id));
        }
    }
}

fn unwritten(error: &io::Error) -> CliError {
    CliError::tester(format!("the reports cannot be written: {error}"))
        .hint("what had finished is in results.jsonl; `--rerun` takes up the rest")
}
