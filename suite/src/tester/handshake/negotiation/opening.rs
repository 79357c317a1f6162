//! The first flights of both sides, up to the ServerHello.

use super::Negotiation;
use crate::tester::association_end::AssociationEnd;
use crate::tester::handshake::composer::Composer;
use crate::tester::handshake::conduct::{Stop, StopAt};
use crate::tester::handshake::conversation::Event;
use crate::tester::handshake::end::Halt;
use crate::tester::handshake::layer::Layer;
use crate::tester::handshake::offer::{Cookie, Offer};
use crate::tester::handshake::piece::{Content, Piece};
use crate::tester::handshake::plain::plain;
use onem2m_association::messages::datagram::HelloVerifyRequest;
use onem2m_association::messages::{HandshakeMessage, HandshakeType, ProtocolVersion};

impl Negotiation<'_, '_> {
    /// Sends the ClientHello, in DTLS until its cookie is right, and reads the ServerHello.
    pub(super) async fn hello(&mut self) -> Result<(Offer, HandshakeMessage), Halt> {
        let composer = Composer::new(self.handshake, self.is_datagram(), self.previous.as_ref());
        let channel = &mut *self.conversation.channel;
        let mut offer = composer.compose(&mut channel.random)?;
        if let Some(version) = self.handshake.conduct.hello.record_version {
            channel.layer.set_version(ProtocolVersion(version));
        }
        let mut cookie = self.handshake.cookie.clone().unwrap_or_default();
        if let (Some(_), Layer::Datagram(layer)) = (&self.handshake.cookie, &mut channel.layer) {
            layer.skip_first_hello();
        }
        let mut answered = self.handshake.cookie.is_some();
        loop {
            let sent = self.is_datagram().then_some(cookie.as_slice());
            self.send_hello(&offer, sent).await?;
            let message = match self.conversation.next().await? {
                Event::Message(message) => message,
                event => return Err(Halt::expected("ServerHello", &event.name())),
            };
            match message.message_type {
                HandshakeType::SERVER_HELLO => return Ok((offer, message)),
                HandshakeType::HELLO_VERIFY_REQUEST if self.is_datagram() => {
                    let request: HelloVerifyRequest = message.read_as()?;
                    self.conversation
                        .seen
                        .hello_verify_requests
                        .push(request.clone());
                    if let Some(Stop {
                        after: StopAt::HelloVerifyRequest,
                        then,
                    }) = self.handshake.conduct.stop
                    {
                        self.stop(then).await?;
                    }
                    if answered {
                        return Err(Halt::End(AssociationEnd::CookieAsked));
                    }
                    answered = true;
                    let random = &mut self.conversation.channel.random;
                    let conduct = &self.handshake.conduct.datagram;
                    cookie = conduct.cookie.apply(&request.cookie, random);
                    offer.change(&conduct.second_hello, random);
                    self.conversation.transcript.clear();
                }
                other => return Err(Halt::expected("ServerHello", &other.to_string())),
            }
        }
    }

    async fn send_hello(&mut self, offer: &Offer, cookie: Cookie<'_>) -> Result<(), Halt> {
        let layer = &mut self.conversation.channel.layer;
        let message = offer.message(cookie)?;
        let number = layer.number();
        let octets = layer.transcribe(&message, number)?;
        let content = match offer.ssl2() {
            Some(octets) => Content::Octets(octets),
            None => Content::Message(message, number),
        };
        // RFC 5246, E.2: of the older form, what follows its record header is hashed.
        let hashed = match &content {
            Content::Octets(octets) => octets.iter().skip(2).copied().collect(),
            _ => octets,
        };
        self.conversation.transcript.push(hashed);
        let epoch = self.epoch;
        let mut pieces = Vec::new();
        if cookie.is_none_or(<[u8]>::is_empty) {
            for message in &self.handshake.conduct.before {
                let contents = plain(message)?.into_iter();
                pieces.extend(contents.map(|content| Piece { epoch, content }));
            }
        }
        pieces.push(Piece { epoch, content });
        let conduct = &self.handshake.conduct;
        let parts = self.conversation.channel.encode(&pieces, conduct)?;
        if let (true, Some(first)) = (self.is_datagram(), parts.first()) {
            let seen = &mut self.conversation.seen.hello;
            *seen = if *seen == 0 { first.len() } else { *seen };
        }
        let stop = match conduct.stop {
            Some(Stop {
                after: StopAt::Hello(length),
                then,
            }) => Some((length, then)),
            _ => None,
        };
        self.send(pieces, parts, stop).await
    }
}
