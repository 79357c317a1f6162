use super::{Clauses, Refusal};
use crate::messages::datagram::Fragment;
use crate::messages::{ClientHello, Codec, HandshakeMessage, ProtocolVersion};

/// How handshake messages are written, which differs between TLS and DTLS (RFC 6347, 4.2.2 and 4.2.6).
#[derive(Clone, Debug)]
pub(crate) enum Framing {
    /// In the stream of TLS.
    Stream,
    /// In datagrams.
    Datagram {
        /// message_seq of the next message of the server.
        next: u16,
    },
}

impl Framing {
    /// Numbers the messages of the server from `message_seq`, where they have numbers.
    pub(crate) fn count_from(&mut self, message_seq: u16) {
        if let Self::Datagram { next } = self {
            *next = message_seq;
        }
    }

    /// The octets of a message of the server, as Finished covers them.
    pub(crate) fn encode(&mut self, message: &HandshakeMessage) -> Result<Vec<u8>, Refusal> {
        match self {
            Self::Stream => Ok(message.encode()?),
            Self::Datagram { next } => {
                let octets = Fragment::whole(*next, message).encode()?;
                *next = next.checked_add(1).ok_or_else(|| {
                    Refusal::internal("expected a message_seq to be left, got none")
                })?;
                Ok(octets)
            }
        }
    }

    /// The ClientHello in a body.
    pub(crate) fn client_hello(
        &self,
        clauses: &Clauses,
        body: &[u8],
    ) -> Result<ClientHello, Refusal> {
        match self {
            Self::Stream => Ok((clauses.client_hello)(body)?),
            Self::Datagram { .. } => Ok((clauses.datagram_client_hello)(body)?.hello),
        }
    }

    /// The version of the connection.
    pub(crate) fn version(
        &self,
        clauses: &Clauses,
        offered: ProtocolVersion,
    ) -> Result<ProtocolVersion, Refusal> {
        match self {
            Self::Stream => (clauses.version)(offered),
            Self::Datagram { .. } => (clauses.datagram_version)(offered),
        }
    }
}
