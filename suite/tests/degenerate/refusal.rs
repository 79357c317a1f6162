//! Which purposes expect an association to be refused, read from the data of the catalogue.

use onem2m_conform::catalogue::Purpose;
use onem2m_conform::catalogue::behaviour::Ends;

/// Functions of the suite that expect a refusal, and what is refused.
const FUNCTIONS: [(&str, &str); 0] = [];

/// How a server refuses an association without doing its work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// By an alert, or the end of the connection.
    Ended,
    /// By dropping what came, which is right over datagrams (RFC 6347, 4.1.2.7).
    Dropped,
}

/// Whether a server that refuses every stimulus so does what a purpose expects: the twin shows that it does not refuse
/// everything.
pub fn is_expected(purpose: &Purpose, refusal: Refusal) -> bool {
    match &purpose.handshake {
        Some(handshakes) => {
            let may_be_refused = handshakes
                .runs
                .iter()
                .all(|run| !matches!(run.ends, Ends::Established | Ends::EstablishedWith(_)));
            may_be_refused && (refusal == Refusal::Ended || handshakes.endpoint.is_datagram())
        }
        None => FUNCTIONS.iter().any(|(id, _)| *id == purpose.id),
    }
}
