//! Runs one purpose: attempts, evidence, judgement.

use super::evidence;
use crate::catalogue::{Kind, Purpose};
use crate::purposes::{Behaviour, Facts, Stop};
use crate::tester::link::Link;
use crate::tester::recorder::Recorder;
use crate::tester::transcript::Entry;
use crate::verdict::{Judgement, Reason, Verdict};

/// Opens a link for each attempt.
pub trait Links: Send + Sync {
    /// A link for one attempt at a purpose; none if there is no such attempt in a recording.
    fn open(&self, purpose: &str, attempt: u32) -> Option<Box<dyn Link>>;
}

/// A purpose with what running it showed.
pub struct Finished {
    /// The judgement.
    pub judgement: Judgement,
    /// All attempts.
    pub transcript: Vec<Entry>,
    /// What could not be removed.
    pub left_behind: Vec<String>,
}

/// Runs a purpose so many times; verdicts that differ are flaky.
pub async fn repeated(
    purpose: &Purpose,
    behaviour: &Behaviour,
    facts: &Facts,
    links: &dyn Links,
    times: u32,
) -> Finished {
    let mut finished = round(purpose, behaviour, facts, links, 0).await;
    for number in 1..times {
        let again = round(purpose, behaviour, facts, links, number).await;
        if again.judgement.verdict != finished.judgement.verdict {
            let (one, other) = (finished.judgement.verdict, again.judgement.verdict);
            let observed = format!("{one} in one run, {other} in another");
            finished.judgement = Judgement::inconclusive(Reason::Flaky, observed);
        }
        finished.transcript.extend(again.transcript);
        finished.left_behind.extend(again.left_behind);
        if finished.judgement.reason == Some(Reason::Flaky) {
            break;
        }
    }
    finished
}

/// Attempts in one round: no decision is no denial, and is repeated once in a fresh subtree.
pub const ATTEMPTS: u32 = 2;

async fn round(
    purpose: &Purpose,
    behaviour: &Behaviour,
    facts: &Facts,
    links: &dyn Links,
    round: u32,
) -> Finished {
    let number = round * ATTEMPTS + 1;
    let mut finished = Finished {
        judgement: Judgement::error("no attempt was made"),
        transcript: Vec::new(),
        left_behind: Vec::new(),
    };
    let first = attempt(purpose, behaviour, facts, links, number, &mut finished).await;
    finished.judgement = match first {
        Ok(judgement) => judgement,
        Err(Stop::Judged(judgement)) => judgement,
        Err(Stop::Undecided(undecided)) => {
            let second = attempt(purpose, behaviour, facts, links, number + 1, &mut finished).await;
            settle(undecided, second)
        }
    };
    finished
}

/// What two attempts mean of which the first came to no decision.
fn settle(first: Judgement, second: Result<Judgement, Stop>) -> Judgement {
    match second {
        Err(Stop::Undecided(again)) => again,
        Err(Stop::Judged(judgement)) if judgement.verdict >= Verdict::Fail => judgement,
        Ok(judgement) if judgement.verdict >= Verdict::Fail => judgement,
        _ => Judgement {
            reason: Some(Reason::Unstable),
            verdict: Verdict::Inconclusive,
            cause: None,
            observed: first
                .observed
                .map(|observed| format!("{observed}; not so when repeated")),
            ..first
        },
    }
}

async fn attempt(
    purpose: &Purpose,
    behaviour: &Behaviour,
    facts: &Facts,
    links: &dyn Links,
    number: u32,
    finished: &mut Finished,
) -> Result<Judgement, Stop> {
    let Some(link) = links.open(&purpose.id, number) else {
        return Ok(Judgement::error(format!(
            "attempt {number} is not in the recording"
        )));
    };
    let recorder = Recorder::new(link.as_ref(), &purpose.id, number, facts.seed);
    let attempted = behaviour
        .attempt(&purpose.id, facts, &recorder, number)
        .await;
    let transcript = recorder.transcript();
    let result = attempted
        .result
        .map(|()| judge(purpose.kind, &transcript).with_details(attempted.notes));
    finished.transcript.extend(transcript);
    finished.left_behind.extend(attempted.left_behind);
    result
}

/// The engine, not the purpose, says pass: from the transcript.
pub fn judge(kind: Kind, transcript: &[Entry]) -> Judgement {
    match evidence::lacking(kind, transcript) {
        None => Judgement::pass(),
        Some(lacks) => Judgement::error(format!("no_evidence: the transcript lacks {lacks}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verdict::Cause;

    fn undecided() -> Judgement {
        Judgement::fail(Cause::NoDecision, "4103", "closed connection")
    }

    #[test]
    fn no_decision_twice_fails() {
        let settled = settle(undecided(), Err(Stop::Undecided(undecided())));
        assert_eq!(settled.cause, Some(Cause::NoDecision));
    }

    #[test]
    fn no_decision_once_is_unstable() {
        let settled = settle(undecided(), Ok(Judgement::pass()));
        assert_eq!(settled.verdict, Verdict::Inconclusive);
        assert_eq!(settled.reason, Some(Reason::Unstable));
    }
}
