//! Which purposes expect an association to be refused, read from the data of the catalogue.

use onem2m_conform::catalogue::Purpose;
use onem2m_conform::catalogue::behaviour::{DeviationEnds, Ends, Procedure};

/// Functions of the suite that expect a refusal which is no silence, and what is refused.
const FUNCTIONS: [(&str, &str); 3] = [
    (
        "CSE/SAE/CERT/041",
        "associations by a certificate that has ended",
    ),
    ("CSE/SAE/MAF/003", "keys of MAFs that the IUT does not know"),
    ("CSE/SAE/MAF/004", "identities that are no Key Identifiers"),
];

/// What may be answered in any way but by a success, and what shows then that there was none.
const ANYTHING_BUT_SUCCESS: [(&str, &str); 4] = [
    (
        "CSE/SAE/DTLS/024",
        "a request in a record whose number was used; another association is served afterwards",
    ),
    (
        "CSE/SAE/PSK/040",
        "a registration without TLS; the administrator finds none",
    ),
    (
        "MAF/MAF/HS/008",
        "registrations and a retrieval without TLS; the key of the twin is as it was",
    ),
    (
        "MEF/MEF/HS/008",
        "registrations and a retrieval without TLS; the key of the twin is as it was",
    ),
];

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
    if let Some(procedures) = &purpose.service {
        let mut runs = procedures.runs.iter();
        return refusal == Refusal::Ended
            && procedures.procedure == Procedure::Handshake
            && runs.all(|run| run.ends != DeviationEnds::Granted);
    }
    match &purpose.handshake {
        Some(handshakes) => {
            let mut ends = handshakes.runs.iter().map(|run| &run.ends);
            match refusal == Refusal::Ended || handshakes.endpoint.is_datagram() {
                true => {
                    ends.all(|ends| !matches!(ends, Ends::Established | Ends::EstablishedWith(_)))
                }
                false => ends.all(|ends| *ends == Ends::Anything),
            }
        }
        None => refusal == Refusal::Ended && FUNCTIONS.iter().any(|(id, _)| *id == purpose.id),
    }
}

/// Whether whatever is answered to the stimuli of a purpose is right, as long as it is no success.
pub fn is_anything_but_success(id: &str) -> bool {
    ANYTHING_BUT_SUCCESS.iter().any(|(known, _)| *known == id)
}
