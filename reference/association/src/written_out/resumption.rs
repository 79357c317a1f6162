//! When a session is resumed.

use super::{Clauses, Configuration, Refusal, StoredSession};
use crate::PeerCredential;
use crate::messages::{Alert, AlertDescription, AlertLevel, ClientHello};

/// Whether a session that was found is resumed: its suite is offered, the client asks for the same authority and the same
/// kind of master secret, and its credential is still good (RFC 5246, 7.4.1.2; RFC 6066, 3; RFC 7627, 5.3).
pub(crate) fn resumable(
    clauses: &Clauses,
    configuration: &Configuration,
    session: &StoredSession,
    hello: &ClientHello,
    host: Option<usize>,
) -> Result<bool, Refusal> {
    let extended = (clauses.extended_master_secret)(hello);
    if session.extended && !extended {
        return Err(Refusal::new(
            AlertDescription::HANDSHAKE_FAILURE,
            "expected extended_master_secret as in the session to be resumed, got none",
        ));
    }
    Ok(session.extended == extended
        && session.host == host
        && hello.cipher_suites.contains(&session.suite.number)
        && (clauses.still_good)(configuration, session))
}

/// Whether the credential of a session would be accepted now (TS-0003 V3.18.0, 8.2.2.1).
pub(crate) fn still_good(configuration: &Configuration, session: &StoredSession) -> bool {
    match &session.peer {
        Some(PeerCredential::Psk { identity }) => {
            let key = configuration
                .keys_of(session.host)
                .and_then(|keys| keys(identity));
            key.is_some() && key == session.key
        }
        Some(PeerCredential::Certificates(chain)) => configuration
            .judge
            .as_ref()
            .is_some_and(|judge| judge(chain).is_ok()),
        Some(PeerCredential::RawPublicKey(key)) => configuration
            .raw_public_key_judge
            .as_ref()
            .is_some_and(|judge| judge(key).is_ok()),
        None => configuration.judges().is_empty(),
    }
}

/// Whether an alert makes the server forget the session: a fatal one does (RFC 5246, 7.2.2).
pub(crate) fn forgets(alert: &Alert) -> bool {
    alert.level == AlertLevel::FATAL
}
