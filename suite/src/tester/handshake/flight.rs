use super::certificate_list;
use super::certificate_verify;
use super::conduct::{FinishedChange, FinishedKeys, IdentityChange, LengthLie, Message};
use super::conversation::Conversation;
use super::credential::Credential;
use super::end::Halt;
use super::establish::Handshake;
use super::exchange::Exchange;
use super::keys::Keys;
use super::offer::Offer;
use super::piece::{Content, Piece};
use super::plain::plain;
use super::server_flight::ServerFlight;
use onem2m_association::messages::{
    CertificateVerify, Finished, HandshakeMessage, HandshakeType, HelloRequest, NewSessionTicket,
    RawPublicKey, ServerHelloDone,
};
use onem2m_keys::{Sender, TranscriptHash, VERIFY_DATA_LENGTH, verify_data};

/// Lays out what the tester sends behind the messages of the IUT.
pub struct FlightBuilder<'f, 'c, 'a> {
    handshake: &'f Handshake,
    offer: &'f Offer,
    server: &'f ServerFlight,
    conversation: &'f mut Conversation<'c, 'a>,
    pieces: Vec<Piece>,
    epoch: u16,
    exchange: Option<Exchange>,
    keys: Option<Keys>,
    client: Option<[u8; VERIFY_DATA_LENGTH]>,
}

/// A flight that was laid out.
pub struct Flight {
    /// What is sent.
    pub pieces: Vec<Piece>,
    /// The keys of the connection.
    pub keys: Keys,
    /// The right verify_data of the client at the end of the flight.
    pub client: [u8; VERIFY_DATA_LENGTH],
    /// The epoch of what is sent behind it.
    pub epoch: u16,
}

impl<'f, 'c, 'a> FlightBuilder<'f, 'c, 'a> {
    /// Begins a flight in the epoch that the tester writes in. A session that is resumed has its keys already.
    pub fn new(
        handshake: &'f Handshake,
        offer: &'f Offer,
        server: &'f ServerFlight,
        conversation: &'f mut Conversation<'c, 'a>,
        epoch: u16,
        keys: Option<Keys>,
    ) -> Self {
        Self {
            handshake,
            offer,
            server,
            conversation,
            pieces: Vec::new(),
            epoch,
            exchange: None,
            keys,
            client: None,
        }
    }

    /// Lays out the messages of the conduct.
    pub fn build(mut self) -> Result<Flight, Halt> {
        let messages = match &self.handshake.conduct.flight {
            Some(messages) => messages.clone(),
            None => self.right(),
        };
        self.strays();
        let mut changes = 0_u16;
        for (place, message) in messages.iter().enumerate() {
            if *message == Message::ChangeCipherSpec {
                self.record(Content::change_cipher_spec()?);
                changes = changes.saturating_add(1);
            } else {
                self.message(message)?;
            }
            let exchange_follows = messages.iter().skip(place + 1).any(is_key_exchange);
            let early = self.handshake.conduct.keys == FinishedKeys::EmptyMaster;
            if early || !exchange_follows {
                for _ in 0..std::mem::take(&mut changes) {
                    self.change()?;
                }
            }
        }
        let hash = self.conversation.transcript.hash();
        if self.keys.is_none() {
            self.derive()?;
        }
        let keys = self
            .keys
            .take()
            .ok_or_else(|| Halt::unsendable("no keys"))?;
        let client = self
            .client
            .unwrap_or_else(|| verify_data(&keys.master, Sender::Client, &hash));
        Ok(Flight {
            pieces: self.pieces,
            keys,
            client,
            epoch: self.epoch,
        })
    }

    /// The messages that are right here (RFC 5246, 7.3).
    fn right(&self) -> Vec<Message> {
        let mut messages = Vec::new();
        if self.keys.is_none() {
            let shows = self.server.certificate_requested;
            let signs = shows && self.signs();
            if shows {
                messages.push(Message::Certificate);
            }
            messages.push(Message::ClientKeyExchange);
            if signs {
                messages.push(Message::CertificateVerify);
            }
        }
        messages.extend([Message::ChangeCipherSpec, Message::Finished]);
        messages
    }

    /// Whether there is anything to prove.
    fn signs(&self) -> bool {
        match &self.handshake.credential {
            Credential::RawPublicKey { .. } => self.server.takes_raw_public_key,
            credential => credential.signer().is_some(),
        }
    }

    fn message(&mut self, message: &Message) -> Result<(), Halt> {
        match message {
            // Where none is asked for, the mistake would be to send one.
            Message::Certificate | Message::EmptyCertificate
                if !self.server.certificate_requested => {}
            Message::Certificate => self.certificate()?,
            Message::EmptyCertificate => {
                self.say(certificate_list::message(&[], LengthLie::Right)?)?;
            }
            Message::ClientKeyExchange => {
                let identity = self.handshake.conduct.identity.clone();
                self.key_exchange(&identity)?;
            }
            Message::ClientKeyExchangeAs(identity) => self.key_exchange(identity)?,
            Message::CertificateVerify => self.certificate_verify()?,
            Message::ChangeCipherSpec => {}
            Message::Finished => self.finished()?,
            Message::ClientHello => {
                let datagram = self.conversation.channel.layer.is_datagram();
                let cookie = datagram.then_some([].as_slice());
                self.say(self.offer.message(cookie)?)?;
            }
            Message::HelloRequest => {
                // It is never hashed (RFC 5246, 7.4.1.1).
                let message = HandshakeMessage::of(&HelloRequest)?;
                let (piece, _) = self.conversation.lay_out(message, self.epoch)?;
                self.pieces.push(piece);
            }
            Message::ServerHello => {
                if let Some(hello) = self.conversation.seen.server_hello.clone() {
                    self.say(HandshakeMessage::of(&hello)?)?;
                }
            }
            Message::ServerHelloDone => self.say(HandshakeMessage::of(&ServerHelloDone)?)?,
            Message::NewSessionTicket => self.say(HandshakeMessage::of(&NewSessionTicket {
                lifetime_hint: 0,
                ticket: vec![0x5a; 16],
            })?)?,
            Message::Handshake(raw) => self.say(HandshakeMessage {
                message_type: HandshakeType(raw.message_type),
                body: raw.hex.0.clone(),
            })?,
            Message::Stray(stray) => {
                let message = HandshakeMessage {
                    message_type: HandshakeType(stray.message_type),
                    body: stray.hex.0.clone(),
                };
                self.record(Content::Message(message, stray.number));
            }
            other => {
                let contents = plain(other)?;
                for content in contents {
                    self.record(content);
                }
            }
        }
        Ok(())
    }

    /// Messages outside the order before all others.
    fn strays(&mut self) {
        for number in &self.handshake.conduct.datagram.stray {
            let message_type = match self.conversation.channel.layer.is_past(*number) {
                true => HandshakeType::CLIENT_HELLO,
                false => HandshakeType::CLIENT_KEY_EXCHANGE,
            };
            let body = Vec::new();
            let message = HandshakeMessage { message_type, body };
            self.record(Content::Message(message, *number));
        }
    }

    fn certificate(&mut self) -> Result<(), Halt> {
        let message = match &self.handshake.credential {
            Credential::RawPublicKey {
                subject_public_key_info,
                ..
            } if self.server.takes_raw_public_key => HandshakeMessage::of(&RawPublicKey {
                subject_public_key_info: subject_public_key_info.clone(),
            })?,
            Credential::Certificates { chain, .. } => {
                let lie = self.handshake.conduct.certificate_list_length;
                certificate_list::message(chain, lie)?
            }
            // Whoever is asked for a certificate has none to show in place of a raw public key.
            Credential::RawPublicKey { .. } | Credential::Psk { .. } | Credential::None => {
                certificate_list::message(&[], LengthLie::Right)?
            }
        };
        self.say(message)
    }

    fn key_exchange(&mut self, identity: &IdentityChange) -> Result<(), Halt> {
        let handshake = self.handshake;
        let message = self.exchange()?.message(handshake, identity)?;
        self.say(message)?;
        self.derive()
    }

    /// The tester's part in the key exchange, which is drawn once.
    fn exchange(&mut self) -> Result<&Exchange, Halt> {
        let drawn = match self.exchange.take() {
            Some(exchange) => exchange,
            None => Exchange::draw(self.server, &mut self.conversation.channel.random)?,
        };
        Ok(self.exchange.insert(drawn))
    }

    fn certificate_verify(&mut self) -> Result<(), Halt> {
        let random = &mut self.conversation.channel.random;
        let signed =
            certificate_verify::sign(self.handshake, &self.conversation.transcript, random);
        self.conversation.seen.signature = Some(signed.signature.clone());
        self.say(HandshakeMessage::of(&CertificateVerify(signed))?)
    }

    fn finished(&mut self) -> Result<(), Halt> {
        if self.keys.is_none() {
            self.derive()?;
        }
        let hash = self.conversation.transcript.hash();
        let change = self.handshake.conduct.finished;
        let right = self.verify_data(&hash)?;
        self.client = Some(right);
        let message = HandshakeMessage::of(&Finished {
            verify_data: change.apply(right),
        })?;
        self.say(message)?;
        if change == FinishedChange::Clear
            && let Some(piece) = self.pieces.last_mut()
        {
            piece.epoch = piece.epoch.saturating_sub(1);
        }
        Ok(())
    }

    fn verify_data(&self, hash: &TranscriptHash) -> Result<[u8; VERIFY_DATA_LENGTH], Halt> {
        let empty;
        let keys = match self.handshake.conduct.keys {
            FinishedKeys::EmptyMaster => {
                empty = self.empty_master();
                Some(&empty)
            }
            FinishedKeys::Right => self.keys.as_ref(),
        };
        let keys = keys.ok_or_else(|| Halt::unsendable("a Finished without keys"))?;
        Ok(verify_data(&keys.master, Sender::Client, hash))
    }

    /// From here on the tester writes with the new keys.
    fn change(&mut self) -> Result<(), Halt> {
        if self.keys.is_none() && self.handshake.conduct.keys == FinishedKeys::Right {
            self.derive()?;
        }
        let cipher = match (self.handshake.conduct.keys, &self.keys) {
            (FinishedKeys::Right, Some(keys)) => keys.client(),
            _ => self.empty_master().client(),
        };
        self.epoch = self.epoch.saturating_add(1);
        self.conversation
            .channel
            .layer
            .install_write(self.epoch, cipher);
        Ok(())
    }

    fn empty_master(&self) -> Keys {
        Keys::of_empty_master(&self.server.randoms, self.server.scripted.bulk)
    }

    /// Derives the keys from what was said so far.
    fn derive(&mut self) -> Result<(), Halt> {
        self.exchange()?;
        if let Some(exchange) = &self.exchange {
            let random = &mut self.conversation.channel.random;
            let premaster = exchange.premaster(self.handshake, random)?;
            self.keys = Some(self.server.keys(&premaster, &self.conversation.transcript));
        }
        Ok(())
    }

    /// Adds a message that the handshake hash takes.
    fn say(&mut self, message: HandshakeMessage) -> Result<(), Halt> {
        let piece = self.conversation.say(message, self.epoch)?;
        self.pieces.push(piece);
        Ok(())
    }

    fn record(&mut self, content: Content) {
        let epoch = self.epoch;
        self.pieces.push(Piece { epoch, content });
    }
}

fn is_key_exchange(message: &Message) -> bool {
    matches!(
        message,
        Message::ClientKeyExchange | Message::ClientKeyExchangeAs(_)
    )
}
