//! No fault of end-to-end security is without effect: a round of exchanges comes out otherwise than on a CSE as specified.

mod announced;
mod answered;
mod kept;
mod primitives;
mod refused;
mod support;

use onem2m_server::{Clauses, faults};

/// The first fault of this group; all that follow are of it.
const FIRST: &str = "InformationNotValidated";

#[tokio::test]
async fn every_fault_shows() {
    let mut expected = Round::default();
    assert!(expected.run(Clauses::SPECIFICATION).await.is_ok());
    let again = Round::expecting(&expected.seen)
        .run(Clauses::SPECIFICATION)
        .await;
    assert_eq!(again, Ok(()), "the round comes out the same every time");
    let mut hidden = Vec::new();
    for fault in faults::all().skip_while(|fault| fault.name != FIRST) {
        let mut clauses = Clauses::SPECIFICATION;
        (fault.apply)(&mut clauses);
        if Round::expecting(&expected.seen).run(clauses).await.is_ok() {
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

    async fn run(&mut self, clauses: Clauses) -> Told {
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
        self.vectors(clauses).await
    }
}
