use std::fmt;

use thiserror::Error;

use crate::Session;
use crate::messages::{Alert, AlertDescription};
use crate::{
    AssociationError, CertificateDefect, Closure, Framework, State, Suite, Transport, Version,
};

/// A session that can say why it failed.
pub trait Diagnosable: Session {
    /// What to make of an outcome.
    fn diagnose(&self, outcome: Outcome) -> Diagnosis;

    /// The error of an association that ended otherwise than by close_notify; `None` for any other.
    fn failure(&self) -> Option<AssociationError> {
        let outcome = match self.state() {
            State::Closed(Some(Closure::ByPeer(alert))) => Outcome::Refused(alert),
            State::Closed(Some(Closure::ByUs { alert, reason })) => {
                Outcome::Aborted { alert, reason }
            }
            State::Closed(Some(Closure::Silent { reason })) => Outcome::Broken { reason },
            State::Closed(None) | State::Handshaking | State::Established => return None,
        };
        Some(AssociationError::Failed(Box::new(self.diagnose(outcome))))
    }
}

/// Which end an end is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The client.
    Client,
    /// The server.
    Server,
}

/// What this end offered or accepts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Which end it is.
    pub role: Role,
    /// The protocol.
    pub transport: Transport,
    /// Its latest version.
    pub latest: Version,
    /// The suites; those of TLS 1.3 are not chosen and not named.
    pub suites: Vec<Suite>,
    /// The name in SNI.
    pub server_name: Option<String>,
    /// With what it authenticates; clients alone have one.
    pub credential: Option<String>,
}

/// What came of an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The peer sent a fatal alert.
    Refused(Alert),
    /// This end sent a fatal alert.
    Aborted {
        /// The alert.
        alert: Alert,
        /// What was wrong.
        reason: String,
    },
    /// What came could not be used, and no alert passed.
    Broken {
        /// What was wrong.
        reason: String,
    },
    /// The peer closed the connection without an alert.
    ConnectionClosed,
    /// The connection broke.
    Connection {
        /// What the operating system says.
        reason: String,
    },
    /// Nothing came in the time that this end gives.
    Silence,
}

/// Why an association did not come about: what was offered, what came back, and the likely cause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnosis {
    /// What this end offered or accepts.
    pub offer: Offer,
    /// What came of it.
    pub outcome: Outcome,
    /// What it probably means.
    pub cause: Cause,
}

/// The likely cause of a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Cause {
    /// The identity is not known.
    #[error(
        "the peer does not know this psk_identity; hint: compare it with what is provisioned there, octet by octet"
    )]
    UnknownIdentity,
    /// The keys differ.
    #[error(
        "the two ends have different keys under this psk_identity; hint: a key in hexadecimal may have been read as text"
    )]
    DifferentKeys,
    /// No suite in common.
    #[error(
        "the ends have no cipher suite in common, or the peer has no credential for one; hint: TS-0003 10.2.2 and 10.2.3 name the mandatory suites"
    )]
    NoCommonSuite,
    /// No version in common.
    #[error(
        "the ends have no protocol version in common; hint: TS-0003 10.2.1 asks for version 1.2"
    )]
    NoCommonVersion,
    /// The peer cannot build a path to an anchor.
    #[error(
        "the peer does not trust the authority that issued the certificate; hint: give it the trust anchor, and send intermediate certificates along"
    )]
    UntrustedAuthority,
    /// The peer takes the certificate as expired.
    #[error(
        "the peer takes the certificate as expired; hint: look at its validity and at the clock of the peer"
    )]
    Expired,
    /// The peer took no liking to the certificate.
    #[error(
        "the peer does not accept the certificate; hint: look at its flavour, its subjectAltName and what the peer was configured to expect"
    )]
    CertificateRefused,
    /// The peer wants a certificate.
    #[error("the peer demands a certificate that was not sent")]
    CertificateMissing,
    /// The name in SNI is unknown.
    #[error("the peer serves no authority of the name in SNI")]
    UnknownName,
    /// The peer's certificate was not accepted.
    #[error("the certificate of the peer was not accepted: {0}")]
    PeerCertificate(CertificateDefect),
    /// What came is no TLS.
    #[error("what came back is no TLS; hint: the port may be one for plain connections")]
    NotTls,
    /// The connection was closed instead of an answer.
    #[error(
        "the peer closed the connection instead of an answer; hint: it may serve another protocol there, or refuse without an alert"
    )]
    ClosedWithoutAlert,
    /// The peer did not answer.
    #[error(
        "the peer does not answer; hint: look at address, port and firewall; over DTLS a wrong key gets no answer either"
    )]
    NoAnswer,
    /// Anything else.
    #[error("the cause is not known")]
    Unknown,
}

impl Diagnosis {
    /// What an outcome of an offer probably means; `defect` is what was wrong with the certificate of the peer.
    pub fn new(offer: Offer, outcome: Outcome, defect: Option<CertificateDefect>) -> Self {
        let cause = cause(&offer, &outcome, defect);
        Self {
            offer,
            outcome,
            cause,
        }
    }
}

impl fmt::Display for Diagnosis {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let suites: Vec<_> = self.offer.suites.iter().map(Suite::name).collect();
        match self.offer.role {
            Role::Client => formatter.write_str("offered ")?,
            Role::Server => formatter.write_str("accepting ")?,
        }
        write!(
            formatter,
            "{} with {}",
            self.offer.transport.names(self.offer.latest),
            suites.join(", ")
        )?;
        if let Some(credential) = &self.offer.credential {
            write!(formatter, ", {credential}")?;
        }
        if let Some(name) = &self.offer.server_name {
            write!(formatter, ", SNI {name}")?;
        }
        match &self.outcome {
            Outcome::Refused(alert) => write!(formatter, "; got {alert}")?,
            Outcome::Aborted { alert, reason } => write!(formatter, "; sent {alert}: {reason}")?,
            Outcome::Broken { reason } => write!(formatter, "; gave up: {reason}")?,
            Outcome::ConnectionClosed => formatter.write_str("; got the end of the connection")?,
            Outcome::Connection { reason } => {
                write!(formatter, "; the connection broke: {reason}")?;
            }
            Outcome::Silence => formatter.write_str("; got no answer in time")?,
        }
        write!(formatter, "; {}", self.cause)
    }
}

fn cause(offer: &Offer, outcome: &Outcome, defect: Option<CertificateDefect>) -> Cause {
    if let Some(defect) = defect {
        return Cause::PeerCertificate(defect);
    }
    match outcome {
        Outcome::Refused(alert) | Outcome::Aborted { alert, .. } => {
            of_alert(offer, *alert, outcome)
        }
        Outcome::Broken { reason } | Outcome::Connection { reason } if is_foreign(reason) => {
            Cause::NotTls
        }
        Outcome::Broken { reason } if reason.contains("retransmission") => Cause::NoAnswer,
        Outcome::Silence => Cause::NoAnswer,
        Outcome::ConnectionClosed => Cause::ClosedWithoutAlert,
        Outcome::Broken { .. } | Outcome::Connection { .. } => Cause::Unknown,
    }
}

fn of_alert(offer: &Offer, alert: Alert, outcome: &Outcome) -> Cause {
    let psk = offer
        .suites
        .iter()
        .all(|suite| suite.framework == Framework::Psk);
    match (alert.description, outcome) {
        (_, Outcome::Aborted { reason, .. }) if is_foreign(reason) => Cause::NotTls,
        (_, Outcome::Aborted { reason, .. }) if reason.contains("did not return a certificate") => {
            Cause::CertificateMissing
        }
        (AlertDescription::UNKNOWN_PSK_IDENTITY, _) => Cause::UnknownIdentity,
        (
            AlertDescription::BAD_RECORD_MAC
            | AlertDescription::DECRYPT_ERROR
            | AlertDescription::DECRYPTION_FAILED,
            _,
        ) if psk => Cause::DifferentKeys,
        (AlertDescription::BAD_RECORD_MAC, Outcome::Aborted { .. }) => Cause::DifferentKeys,
        (AlertDescription::HANDSHAKE_FAILURE | AlertDescription::INSUFFICIENT_SECURITY, _) => {
            Cause::NoCommonSuite
        }
        (AlertDescription::PROTOCOL_VERSION, _) => Cause::NoCommonVersion,
        (AlertDescription::UNKNOWN_CA, _) => Cause::UntrustedAuthority,
        (AlertDescription::CERTIFICATE_EXPIRED, _) => Cause::Expired,
        (AlertDescription::NO_CERTIFICATE, _) => Cause::CertificateMissing,
        (
            AlertDescription::BAD_CERTIFICATE
            | AlertDescription::UNSUPPORTED_CERTIFICATE
            | AlertDescription::CERTIFICATE_UNKNOWN
            | AlertDescription::CERTIFICATE_REVOKED
            | AlertDescription::ACCESS_DENIED,
            _,
        ) => Cause::CertificateRefused,
        (AlertDescription::UNRECOGNIZED_NAME, _) => Cause::UnknownName,
        _ => Cause::Unknown,
    }
}

/// What OpenSSL says of octets that are no record.
fn is_foreign(reason: &str) -> bool {
    [
        "wrong version number",
        "http request",
        "packet length too long",
        "bad record type",
    ]
    .iter()
    .any(|text| reason.contains(text))
}
