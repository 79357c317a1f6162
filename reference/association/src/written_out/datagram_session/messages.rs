//! Handshake messages, put together from fragments, and the cookie before the first one.

use std::sync::Arc;

use super::session::DatagramSession;
use crate::messages::datagram::{Arrival, DatagramRecord, Fragment, HelloVerifyRequest};
use crate::messages::{
    Alert, AlertDescription, Codec, ContentType, HandshakeMessage, HandshakeType, ProtocolVersion,
};
use crate::written_out::Refusal;

impl DatagramSession {
    pub(super) fn take_fragments(
        &mut self,
        record: &DatagramRecord,
        content: &[u8],
    ) -> Result<bool, Refusal> {
        let fragments = match Fragment::read_record(content) {
            Ok(fragments) => fragments,
            Err(error) => return (self.clauses().invalid_record)(error.into()).map(|()| false),
        };
        let mut is_repeated = false;
        for fragment in &fragments {
            if self.is_greeting(fragment) {
                self.begin_anew(fragment.message_seq);
            } else if self.is_renegotiation(fragment) {
                self.send_alert(Alert::warning(AlertDescription::NO_RENEGOTIATION))?;
                continue;
            }
            match (self.clauses().reassemble)(&mut self.reassembler, fragment) {
                Ok(arrival) => is_repeated |= arrival == Arrival::Old,
                Err(error) => {
                    let refusal =
                        Refusal::new(AlertDescription::ILLEGAL_PARAMETER, error.to_string());
                    (self.clauses().invalid_record)(refusal)?;
                }
            }
            while let Some((message_seq, message)) = self.reassembler.read() {
                self.take_message(record, message_seq, &message)?;
            }
        }
        Ok(is_repeated && self.handshake.progress().hello)
    }

    /// Whether a fragment begins a ClientHello other than the one that is being put together, before any was taken.
    pub(super) fn is_greeting(&self, fragment: &Fragment) -> bool {
        !self.handshake.progress().hello && self.reassembler.next() != Some(fragment.message_seq)
    }

    /// Whether a fragment is of a ClientHello within an established association.
    pub(super) fn is_renegotiation(&self, fragment: &Fragment) -> bool {
        self.established().is_some() && fragment.message_type == HandshakeType::CLIENT_HELLO
    }

    /// Forgets what came before, and expects ClientHello under a number.
    pub(super) fn begin_anew(&mut self, message_seq: u16) {
        self.reassembler = Self::reassembler(&self.shared);
        self.reassembler.expect(message_seq);
    }

    pub(super) fn take_message(
        &mut self,
        record: &DatagramRecord,
        message_seq: u16,
        message: &HandshakeMessage,
    ) -> Result<(), Refusal> {
        if !self.handshake.progress().hello
            && message.message_type == HandshakeType::CLIENT_HELLO
            && !self.verify_hello(record, message_seq, message)?
        {
            return Ok(());
        }
        let octets = Fragment::whole(message_seq, message).encode()?;
        let outputs = self.handshake.take(message, &octets)?;
        self.change_reading();
        self.send_outputs(outputs)
    }

    /// Whether a ClientHello has the cookie for its address; without it, it is given one and forgotten (RFC 6347, 4.2.1).
    pub(super) fn verify_hello(
        &mut self,
        record: &DatagramRecord,
        message_seq: u16,
        message: &HandshakeMessage,
    ) -> Result<bool, Refusal> {
        let shared = Arc::clone(&self.shared);
        let clauses = &shared.configuration.clauses;
        let hello = (clauses.datagram_client_hello)(&message.body)?;
        let cookie = (clauses.cookie)(shared.cookie_secret()?, &self.address, &hello.hello)?;
        // The numbers of the client are used, so that nothing has to be kept (RFC 6347, 4.2.1 and 4.2.2).
        self.handshake.count_from(message_seq);
        if let Some(epoch) = self.write.last_mut() {
            epoch.next = Some(record.sequence_number);
        }
        if !(clauses.asks_for_cookie)() || (clauses.cookie_matches)(&cookie, &hello.cookie) {
            return Ok(true);
        }
        let request = HandshakeMessage::of(&HelloVerifyRequest {
            // RFC 6347, 4.2.1 asks for this version, whatever is agreed later.
            version: ProtocolVersion::DTLS_1_0,
            cookie,
        })?;
        let octets = Fragment::whole(message_seq, &request).encode()?;
        self.send(ContentType::HANDSHAKE, &octets)?;
        self.begin_anew(message_seq);
        Ok(false)
    }
}
