//! No fault of end-to-end security is without effect: a round of exchanges comes out otherwise than on a CSE as specified.

mod announced;
mod answered;
mod kept;
mod originating;
mod primitives;
mod refused;
mod support;

use onem2m_server::Clauses;
use onem2m_server::faults::{self, Fault};

/// The first fault of the CSE as Receiver, and the first of it as Originator, which follow them.
const RECEIVER: &str = "InformationNotValidated";
const ORIGINATOR: &str = "SupportNotLookedAt";

/// The last of all.
const LAST: &str = "AnswerTeachesUnverified";

/// What a round goes through.
#[derive(Clone, Copy)]
enum Part {
    Receiver,
    Originator,
}

#[tokio::test]
async fn every_fault_of_a_receiver_shows() {
    let faults = faults::all()
        .skip_while(|fault| fault.name != RECEIVER)
        .take_while(|fault| fault.name != ORIGINATOR);
    each_shows(Part::Receiver, faults).await;
}

#[tokio::test]
async fn every_fault_of_an_originator_shows() {
    let mut is_over = false;
    let faults = faults::all()
        .skip_while(|fault| fault.name != ORIGINATOR)
        .take_while(|fault| !std::mem::replace(&mut is_over, fault.name == LAST));
    each_shows(Part::Originator, faults).await;
}

async fn each_shows(part: Part, faults: impl Iterator<Item = &'static Fault>) {
    let mut expected = Round::default();
    // A round is large, and goes beyond the stack of a test where it lies on that more than once.
    let first = Box::pin(expected.run(part, Clauses::SPECIFICATION)).await;
    assert!(first.is_ok());
    let mut round = Round::expecting(&expected.seen);
    let again = Box::pin(round.run(part, Clauses::SPECIFICATION)).await;
    assert_eq!(again, Ok(()), "the round comes out the same every time");
    let mut hidden = Vec::new();
    for fault in faults {
        let mut clauses = Clauses::SPECIFICATION;
        (fault.apply)(&mut clauses);
        let mut round = Round::expecting(&expected.seen);
        let round = Box::pin(round.run(part, clauses)).await;
        if round.is_ok() {
            hidden.push(fault.name);
        }
    }
    assert!(hidden.is_empty(), "{hidden:?} show nowhere");
}

/// What came out otherwise.
type Told = Result<(), String>;

/// Exchanges in their order, with what each came to.
#[derive(Default)]
struct Round {
    expected: Option<Vec<String>>,
    seen: Vec<String>,
}

impl Round {
    fn expecting(seen: &[String]) -> Self {
        Self {
            expected: Some(seen.to_vec()),
            seen: Vec::new(),
        }
    }

    fn note(&mut self, what: impl std::fmt::Debug) -> Told {
        let text = format!("{what:?}");
        let expected = self
            .expected
            .as_ref()
            .map(|all| all[self.seen.len()].clone());
        self.seen.push(text.clone());
        match expected.is_none_or(|expected| expected == text) {
            true => Ok(()),
            false => Err(text),
        }
    }

    async fn run(&mut self, part: Part, clauses: Clauses) -> Told {
        match part {
            Part::Receiver => self.receiving(clauses).await,
            Part::Originator => self.originating(clauses).await,
        }
    }

    async fn receiving(&mut self, clauses: Clauses) -> Told {
        self.information(clauses).await?;
        self.published(clauses).await?;
        self.rand_objects(clauses).await?;
        self.exchanges(clauses).await?;
        self.forms(clauses).await?;
        self.keys(clauses).await?;
        self.sessions(clauses).await?;
        self.agreements(clauses).await?;
        self.identities(clauses).await?;
        self.replays(clauses).await?;
        self.primitives(clauses).await?;
        self.targets(clauses).await?;
        self.bindings(clauses).await?;
        self.provisioned(clauses).await?;
        self.registering(clauses).await?;
        self.vectors(clauses).await
    }
}
