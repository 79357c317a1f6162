use onem2m_primitive::{Request, Response};
use thiserror::Error;

use super::StatementError;
use crate::application::entity::Application;
use crate::hop::Hop;
use crate::outbound::{Addressing, send_to_first};

/// Why an AE did not do what a statement says.
#[derive(Debug, Error)]
pub enum Undone {
    /// The statement cannot be followed.
    #[error(transparent)]
    Statement(#[from] StatementError),
    /// Nothing can be protected so.
    #[error("expected content that can be protected: {0}")]
    Unprotected(String),
    /// The CSE does not answer.
    #[error("expected an answer of the CSE, got {0}")]
    Unanswered(String),
}

impl Application {
    /// Sends a request to the CSE of a statement, and gives the answer.
    pub(super) async fn ask_at(&self, cse: &str, request: Request) -> Result<Response, Undone> {
        let stem = self.registrations.first().map(|told| told.stem.to_string());
        let request = request.from(stem.unwrap_or_default()).release("3");
        let hops = [Hop::in_the_clear(cse.to_owned())];
        let (connector, patience) = (self.connector.as_ref(), self.patience);
        send_to_first(connector, &hops, Addressing::Target, &request, patience)
            .await
            .map_err(|reason| Undone::Unanswered(reason.to_string()))
    }
}
