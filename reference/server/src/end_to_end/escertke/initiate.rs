//! The Initiating End-Point (TS-0003 V3.18.0, 8.7.2.2, step C.1; TS-0004 V3.32.0, 7.5.1.2.12).

use onem2m_association::{
    Client, ClientConfiguration, ClientSession, ConfigurationError, Session, State,
};
use onem2m_keys::{CertificateExchange, EXPORTED_LENGTH, ExporterLabel};
use onem2m_primitive::Response;
use serde_json::Value;
use thiserror::Error;
use zeroize::Zeroizing;

use super::clauses::Clauses;
use super::octets;

/// Why no key is established.
#[derive(Debug, Error)]
pub(crate) enum NotEstablished {
    /// The handshake cannot be made.
    #[error("no handshake: {0}")]
    Configuration(#[from] ConfigurationError),
    /// A message was not answered.
    #[error("expected an answer to a message, got none")]
    Unanswered,
    /// The answer to a message brings none.
    #[error("expected an ESCertKE Message in the answer, got none")]
    NoMessage,
    /// The handshake ended before its time.
    #[error("expected a handshake that goes on, got {0:?}")]
    Ended(State),
}

/// Sends both messages, each once the answer to the one before is good, and gives the key.
pub(crate) async fn initiate<Sent>(
    table: &Clauses,
    configuration: ClientConfiguration,
    send: impl Fn(Value) -> Sent,
) -> Result<CertificateExchange, NotEstablished>
where
    Sent: Future<Output = Option<Response>>,
{
    let configuration = ClientConfiguration {
        clauses: table.opening,
        ..configuration
    };
    let mut session = Client::new(configuration)?.connect()?;
    let answer = answered(table, &mut session, &send).await?;
    session.receive(&answer);
    if session.state() != State::Handshaking {
        return Err(NotEstablished::Ended(session.state()));
    }
    let answer = answered(table, &mut session, &send).await?;
    let key = (table.concluded)(&mut session, &answer);
    key.ok_or_else(|| NotEstablished::Ended(session.state()))
}

/// Sends what the handshake has to say, and gives the message in the answer.
async fn answered<Sent>(
    table: &Clauses,
    session: &mut ClientSession,
    send: &impl Fn(Value) -> Sent,
) -> Result<Vec<u8>, NotEstablished>
where
    Sent: Future<Output = Option<Response>>,
{
    let response = send(octets::answer(&flight(session))).await;
    let response = response.ok_or(NotEstablished::Unanswered)?;
    (table.received)(&response).ok_or(NotEstablished::NoMessage)
}

/// The message in an answer of success with securityInfoType 6 (TS-0004 V3.32.0, 7.5.1.2.12).
pub(crate) fn received(response: &Response) -> Option<Vec<u8>> {
    let information = response.content.as_ref()?.get("m2m:seci")?;
    let is_of_type = information.get("sit").and_then(Value::as_u64) == Some(octets::TYPE);
    let text = information.get("eckm")?.as_str()?;
    octets::decoded(text).filter(|_| is_of_type && response.status.is_success())
}

/// The key, once the handshake is complete with the Finished of the other end (TS-0003 V3.18.0, 8.7.2.2, step C.2).
pub(crate) fn concluded(session: &mut ClientSession, answer: &[u8]) -> Option<CertificateExchange> {
    session.receive(answer);
    exported(session)
}

fn flight(session: &mut ClientSession) -> Vec<u8> {
    std::iter::from_fn(|| session.transmit())
        .flatten()
        .collect()
}

/// What the handshake exports, as far as it may.
pub(crate) fn exported(session: &ClientSession) -> Option<CertificateExchange> {
    let label = ExporterLabel::EsCertKe.as_str();
    let octets = session.export(label, EXPORTED_LENGTH).ok()?;
    let mut exported = Zeroizing::new([0; EXPORTED_LENGTH]);
    exported
        .iter_mut()
        .zip(octets.iter())
        .for_each(|(slot, octet)| *slot = *octet);
    Some(CertificateExchange::from_exported(&exported))
}
