use std::sync::Arc;
use std::time::Duration;

use zeroize::Zeroizing;

use crate::channel::Channel;
use crate::client::Shared;
use crate::{
    AssociationError, ClientCredential, Diagnosable, Diagnosis, Offer, Outcome, PeerCredential,
    Resumption, Role, Session, State,
};

/// The client end of an association.
pub struct ClientSession {
    channel: Channel,
    client: Arc<Shared>,
    peer: Option<PeerCredential>,
}

impl ClientSession {
    pub(crate) fn new(channel: Channel, client: Arc<Shared>) -> Self {
        Self {
            channel,
            client,
            peer: None,
        }
    }

    /// The suite that was agreed, by its name in the registry.
    pub fn suite(&self) -> Option<&'static str> {
        self.channel.ssl().current_cipher()?.standard_name()
    }

    /// Whether it resumes an earlier one.
    pub fn is_resumed(&self) -> bool {
        self.channel.ssl().session_reused()
    }

    /// What is needed to resume it; `None` before it is established.
    pub fn resumption(&self) -> Option<Resumption> {
        let credential = self.peer.clone()?;
        Some(Resumption {
            session: self.channel.ssl().session()?.to_owned(),
            credential,
            client: Arc::clone(&self.client),
        })
    }

    /// What is left until [`Self::elapsed`] has to be called; `None` if nothing waits for an answer.
    pub fn timeout(&self) -> Option<Duration> {
        self.channel.timeout()
    }

    /// Sends again what was not answered in time (RFC 6347, 4.2.4).
    pub fn elapsed(&mut self) {
        self.channel.elapsed();
    }
}

impl Session for ClientSession {
    fn receive(&mut self, octets: &[u8]) {
        let before = matches!(self.channel.state(), State::Handshaking);
        self.channel.receive(octets);
        if before && *self.channel.state() == State::Established {
            self.peer = self.channel.connection().credential(self.is_resumed());
        }
    }

    fn transmit(&mut self) -> Option<Vec<u8>> {
        self.channel.transmit()
    }

    fn read(&mut self) -> Option<Vec<u8>> {
        self.channel.read()
    }

    fn write(&mut self, octets: &[u8]) -> Result<(), AssociationError> {
        self.channel.write(octets)
    }

    fn state(&self) -> State {
        self.channel.state().clone()
    }

    fn peer(&self) -> Option<&PeerCredential> {
        self.peer.as_ref()
    }

    fn export(&self, label: &str, length: usize) -> Result<Zeroizing<Vec<u8>>, AssociationError> {
        self.channel
            .export(&self.client.configuration.clauses, label, length)
    }

    fn close(&mut self) {
        self.channel.close();
    }
}

impl Diagnosable for ClientSession {
    fn diagnose(&self, outcome: Outcome) -> Diagnosis {
        let configuration = &self.client.configuration;
        let offer = Offer {
            role: Role::Client,
            transport: configuration.transport,
            latest: (configuration.clauses.maximum_version)(configuration.transport),
            suites: self.client.suites.clone(),
            server_name: configuration.server_name.as_ref().map(ToString::to_string),
            credential: Some(match &configuration.credential {
                ClientCredential::Psk { identity, .. } => {
                    format!("psk_identity {identity}")
                }
                ClientCredential::Certificate(own) if own.is_raw() => "a raw public key".to_owned(),
                ClientCredential::Certificate(_) => "a certificate".to_owned(),
                ClientCredential::Nothing => "no certificate".to_owned(),
            }),
        };
        Diagnosis::new(offer, outcome, self.channel.connection().defect())
    }
}
