//! How the actors of a world act within security associations over credentials of the profile.

use super::World;
use crate::catalogue::behaviour::Endpoint;
use crate::tester::coap;
use crate::tester::handshake::{Association, Credential, Delivered, Handshake, establish};
use crate::tester::http_octets::{self, AnswerReader};
use crate::tester::link::{Call, LinkError, OutgoingRequest, Received, Way};
use crate::tester::transcript::Exchange;
use crate::tester::wire::Dial;
use bytes::Bytes;
use sha2::{Digest, Sha256};
use std::time::Duration;

impl World<'_> {
    /// From here on an actor goes by this identity, and sends within associations over this credential.
    pub fn associate(&mut self, actor: &str, identity: &str, credential: Credential) {
        self.go_by(actor, identity);
        self.entrust(actor, credential);
    }

    /// From here on an actor sends within associations over this credential, which stands for nobody that the IUT was told of.
    pub fn entrust(&mut self, actor: &str, credential: Credential) {
        if let Some(identity) = credential.identity() {
            let text = String::from_utf8_lossy(identity).into_owned();
            self.words.key_identities.insert(actor.to_owned(), text);
        }
        self.credentials.insert(actor.to_owned(), credential);
    }

    /// From here on actors send to this endpoint: those with credentials if it is one with associations, otherwise the others.
    pub fn send_to(&mut self, endpoint: Endpoint) {
        match endpoint.is_associated() {
            true => self.endpoint = endpoint,
            false => self.in_the_clear = Some(endpoint),
        }
    }

    /// From here on the IUT is called by this name.
    pub fn call_it(&mut self, name: &str) {
        self.called = Some(name.to_owned());
    }

    /// The credential of an actor.
    pub fn credential(&self, actor: &str) -> Option<&Credential> {
        self.credentials.get(actor)
    }

    /// The identities of actors that act within associations over credentials of the profile.
    pub fn associated_identities(&self) -> Vec<String> {
        let actors = self.credentials.keys();
        actors
            .filter_map(|actor| self.identity(actor).ok())
            .collect()
    }

    /// The credential by which a way leads; none if it is not within an association, or within one that the link makes.
    pub(super) fn credential_of(&self, way: &Way) -> Option<&Credential> {
        let association = way
            .association
            .as_ref()
            .filter(|_| way.is_of_credential())?;
        let of = |actor: &&String| self.associated_identity(actor).as_ref() == Ok(association);
        let actor = self.credentials.keys().find(of)?;
        self.credentials.get(actor)
    }

    /// A handshake in which everything is right; its randomness follows from the seed of the run, the world and the step.
    pub fn handshake(&self, step: &str, credential: Credential) -> Handshake {
        let seed = Sha256::digest(format!(
            "{}/{}/{step}",
            self.facts.seed,
            self.words.naming.tag()
        ));
        Handshake::new(credential, self.host(), self.facts.patience, seed.into())
    }

    /// Sends a request within an association of its own.
    pub(super) async fn call_within(
        &self,
        credential: &Credential,
        call: &Call,
    ) -> Result<Received, LinkError> {
        let dial = Dial {
            endpoint: self.endpoint,
            source: call.way.source,
        };
        let connected = self.recorder.connect(&call.step, call.role, dial).await?;
        let received = match connected {
            None => Received::Unreachable("no connection for the association".into()),
            Some(connection) => {
                let mut handshake = self.handshake(&call.step, credential.clone());
                handshake.patience = self.facts.arrival();
                let attempt = establish(connection, &handshake).await?;
                let told = attempt.told();
                match attempt.association {
                    None => Received::Closed(format!("no association: {told}")),
                    Some(mut association) => {
                        let patience = call.patience.unwrap_or(self.facts.arrival());
                        let received = match self.endpoint.is_datagram() {
                            true => {
                                let options = self.facts.option_numbers();
                                coap::ask(&mut association, &call.request, options, patience)
                                    .await?
                            }
                            false => {
                                association.send(&self.octets(&call.request)).await?;
                                let reader = &mut AnswerReader::default();
                                answer(&mut association, reader, patience).await?
                            }
                        };
                        association.close().await?;
                        received
                    }
                }
            }
        };
        self.recorder
            .exchanged(Exchange::new(call, received.clone()));
        Ok(received)
    }

    /// Sends a request within an association that stands, and records both as an exchange.
    pub async fn call_over(
        &self,
        association: &mut Association<'_>,
        call: &Call,
    ) -> Result<Received, LinkError> {
        association.begin(&call.step, call.role);
        if association.connection().endpoint().is_datagram() {
            let patience = call.patience.unwrap_or(self.facts.patience);
            let received = coap::ask(
                association,
                &call.request,
                self.facts.option_numbers(),
                patience,
            )
            .await?;
            self.recorder
                .exchanged(Exchange::new(call, received.clone()));
            return Ok(received);
        }
        association.send(&self.octets(&call.request)).await?;
        self.answer_over(association, &mut AnswerReader::default(), call)
            .await
    }

    /// Awaits the answer to a request that was sent within an association, and records both as an exchange. The reader is the
    /// same for all requests within it that are not answered yet.
    pub async fn answer_over(
        &self,
        association: &mut Association<'_>,
        reader: &mut AnswerReader,
        call: &Call,
    ) -> Result<Received, LinkError> {
        association.begin(&call.step, call.role);
        let patience = call.patience.unwrap_or(self.facts.patience);
        let received = answer(association, reader, patience).await?;
        self.recorder
            .exchanged(Exchange::new(call, received.clone()));
        Ok(received)
    }

    /// The octets of a request, as they go over a connection.
    pub fn octets(&self, request: &OutgoingRequest) -> Bytes {
        http_octets::request(self.host(), request)
    }

    /// The name of the IUT.
    fn host(&self) -> &str {
        let name = self.called.as_ref();
        let name = name.or_else(|| self.facts.pixit.get("PIXIT_IUT_FQDN"));
        name.map(String::as_str).unwrap_or_default()
    }
}

async fn answer(
    association: &mut Association<'_>,
    reader: &mut AnswerReader,
    patience: Duration,
) -> Result<Received, LinkError> {
    loop {
        if let Some(received) = reader.take() {
            return Ok(received);
        }
        let ended = match association.receive(patience).await? {
            Delivered::Data(octets) => {
                reader.push(&octets);
                continue;
            }
            // What the protocol allows at any time says nothing of the request.
            Delivered::Handshake(_) | Delivered::Other(..) => continue,
            Delivered::Silence => return Ok(Received::Timeout),
            Delivered::Alert(alert) => alert.to_string(),
            Delivered::Closed => "connection closed".to_owned(),
            Delivered::Reset => "connection reset".to_owned(),
            Delivered::Unexpected(what) => what,
        };
        return Ok(reader.ended(&ended));
    }
}
