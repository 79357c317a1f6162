use super::{Clauses, Refusal};

use crate::messages::{AlertDescription, HandshakeMessage, HandshakeReader, HandshakeType};

/// What of a handshake has arrived.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Progress {
    /// The handshake takes place within an association that is established.
    pub renegotiation: bool,
    /// The session is resumed.
    pub resumed: bool,
    /// The client was asked for a certificate.
    pub certificate_requested: bool,
    /// ClientHello.
    pub hello: bool,
    /// Certificate.
    pub certificate: bool,
    /// A certificate with a key that the client has to prove.
    pub certificate_shown: bool,
    /// ClientKeyExchange.
    pub key_exchange: bool,
    /// CertificateVerify.
    pub certificate_verify: bool,
    /// ChangeCipherSpec.
    pub change_cipher_spec: bool,
    /// Finished.
    pub finished: bool,
}

/// What has to come next.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Awaited {
    /// ClientHello.
    ClientHello,
    /// Certificate.
    Certificate,
    /// ClientKeyExchange.
    ClientKeyExchange,
    /// CertificateVerify.
    CertificateVerify,
    /// ChangeCipherSpec.
    ChangeCipherSpec,
    /// Finished.
    Finished,
    /// Application data.
    ApplicationData,
}

/// What came.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Incoming {
    /// A handshake message.
    Handshake(HandshakeType),
    /// ChangeCipherSpec; `within_message` if a handshake message has begun before it and not ended.
    ChangeCipherSpec {
        /// Whether part of a handshake message is still to come.
        within_message: bool,
    },
    /// Application data.
    ApplicationData,
}

/// What has to come next (RFC 5246, 7.3, and 7.4.8 for CertificateVerify).
pub(crate) fn awaited(progress: &Progress) -> Awaited {
    if !progress.hello {
        Awaited::ClientHello
    } else if progress.certificate_requested && !progress.certificate && !progress.resumed {
        Awaited::Certificate
    } else if !progress.key_exchange && !progress.resumed {
        Awaited::ClientKeyExchange
    } else if progress.certificate_shown && !progress.certificate_verify {
        Awaited::CertificateVerify
    } else if !progress.change_cipher_spec {
        Awaited::ChangeCipherSpec
    } else if !progress.finished {
        Awaited::Finished
    } else {
        Awaited::ApplicationData
    }
}

/// Whether what came is what has to come (RFC 5246, 7.3 and 7.4).
pub(crate) fn accepts(clauses: &Clauses, progress: &Progress, incoming: Incoming) -> bool {
    let awaited = (clauses.awaited)(progress);
    match incoming {
        Incoming::ApplicationData => awaited == Awaited::ApplicationData || progress.renegotiation,
        Incoming::ChangeCipherSpec { within_message } => {
            awaited == Awaited::ChangeCipherSpec && !within_message
        }
        Incoming::Handshake(message_type) => {
            message_type
                == match awaited {
                    Awaited::ClientHello => HandshakeType::CLIENT_HELLO,
                    Awaited::Certificate => HandshakeType::CERTIFICATE,
                    Awaited::ClientKeyExchange => HandshakeType::CLIENT_KEY_EXCHANGE,
                    Awaited::CertificateVerify => HandshakeType::CERTIFICATE_VERIFY,
                    Awaited::Finished => HandshakeType::FINISHED,
                    Awaited::ChangeCipherSpec | Awaited::ApplicationData => return false,
                }
        }
    }
}

/// Whether a message is part of what Finished covers: every one but HelloRequest (RFC 5246, 7.4.1.1 and 7.4.9).
pub(crate) fn covered(message_type: HandshakeType) -> bool {
    message_type != HandshakeType::HELLO_REQUEST
}

/// The handshake messages that end in a fragment: a message may span records, and a record hold several messages
/// (RFC 5246, 6.2.1).
pub(crate) fn join(
    reader: &mut HandshakeReader,
    fragment: &[u8],
) -> Result<Vec<HandshakeMessage>, Refusal> {
    reader.push(fragment);
    let mut messages = Vec::new();
    while let Some(message) = reader
        .read()
        .map_err(|error| Refusal::new(AlertDescription::ILLEGAL_PARAMETER, error.to_string()))?
    {
        messages.push(message);
    }
    Ok(messages)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn certificate_verify_is_awaited_only_after_a_certificate() {
        let mut progress = Progress {
            hello: true,
            certificate_requested: true,
            certificate: true,
            key_exchange: true,
            ..Progress::default()
        };
        assert_eq!(awaited(&progress), Awaited::ChangeCipherSpec);
        progress.certificate_shown = true;
        assert_eq!(awaited(&progress), Awaited::CertificateVerify);
    }

    #[test]
    fn resumed_session_awaits_no_key_exchange() {
        let progress = Progress {
            hello: true,
            resumed: true,
            ..Progress::default()
        };
        assert_eq!(awaited(&progress), Awaited::ChangeCipherSpec);
    }
}
