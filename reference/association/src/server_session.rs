use std::sync::Arc;
use std::time::Duration;

use zeroize::Zeroizing;

use crate::resumption::Resumer;
use crate::server_end::ServerEnd;
use crate::{
    AssociationError, Binding, Diagnosable, Diagnosis, Offer, Outcome, PeerCredential, Role,
    Session, State, Suite, binding,
};

/// The server end of an association.
pub struct ServerSession {
    end: Box<dyn ServerEnd>,
    resumer: Arc<Resumer>,
    suites: Vec<Suite>,
    binding: Option<Binding>,
}

impl ServerSession {
    pub(crate) fn new(end: Box<dyn ServerEnd>, resumer: Arc<Resumer>, suites: Vec<Suite>) -> Self {
        Self {
            end,
            resumer,
            suites,
            binding: None,
        }
    }

    /// Whom the association is with, once it is established (TS-0003 V3.18.0, 8.2.2); `None` then too, if the client
    /// showed nothing, or something that was withdrawn meanwhile.
    pub fn binding(&self) -> Option<&Binding> {
        self.binding.as_ref()
    }

    /// The suite that was agreed, by its name in the registry.
    pub fn suite(&self) -> Option<&'static str> {
        self.end.suite()
    }

    /// Whether it resumes an earlier one.
    pub fn is_resumed(&self) -> bool {
        self.end.is_resumed()
    }

    /// Whether the client was shown to receive at its address. Until then nothing is lost if the session is dropped
    /// after each datagram (RFC 6347, 4.2.1); for TLS it always is.
    pub fn is_verified(&self) -> bool {
        self.end.is_verified()
    }

    /// What is left until [`Self::elapsed`] has to be called; `None` if nothing waits for an answer.
    pub fn timeout(&self) -> Option<Duration> {
        self.end.timeout()
    }

    /// Sends again what was not answered in time (RFC 6347, 4.2.4).
    pub fn elapsed(&mut self) {
        self.end.elapsed();
    }

    fn bind(&mut self) {
        let configuration = self.resumer.configuration();
        let reused = self.is_resumed();
        let host = self.end.host();
        self.binding = self.end.credential().and_then(|credential| {
            if reused {
                (configuration.clauses.resumed)(configuration, &credential, host)
            } else if self.is_current(&credential) {
                binding::of_credential(configuration, &credential, host)
            } else {
                None
            }
        });
    }

    /// Whether what the client showed is what the handshake was made with.
    fn is_current(&self, credential: &PeerCredential) -> bool {
        let configuration = self.resumer.configuration();
        match (credential, self.end.serial()) {
            (PeerCredential::Psk { identity }, Some(serial)) => {
                (configuration.clauses.is_current)(configuration, self.end.host(), identity, serial)
            }
            _ => true,
        }
    }
}

impl Session for ServerSession {
    fn receive(&mut self, octets: &[u8]) {
        let before = self.end.state() == State::Handshaking;
        self.end.receive(octets);
        if before && self.end.state() == State::Established {
            self.bind();
        }
    }

    fn transmit(&mut self) -> Option<Vec<u8>> {
        self.end.transmit()
    }

    fn read(&mut self) -> Option<Vec<u8>> {
        self.end.read()
    }

    fn write(&mut self, octets: &[u8]) -> Result<(), AssociationError> {
        self.end.write(octets)
    }

    fn state(&self) -> State {
        self.end.state()
    }

    fn peer(&self) -> Option<&PeerCredential> {
        self.binding.as_ref().map(|binding| &binding.credential)
    }

    fn export(&self, label: &str, length: usize) -> Result<Zeroizing<Vec<u8>>, AssociationError> {
        self.end
            .export(&self.resumer.configuration().clauses, label, length)
    }

    fn close(&mut self) {
        self.end.close();
    }
}

impl Diagnosable for ServerSession {
    fn diagnose(&self, outcome: Outcome) -> Diagnosis {
        let configuration = self.resumer.configuration();
        let offer = Offer {
            role: Role::Server,
            transport: configuration.transport,
            latest: (configuration.clauses.maximum_version)(configuration.transport),
            suites: self.suites.clone(),
            server_name: None,
            credential: None,
        };
        Diagnosis::new(offer, outcome, self.end.defect())
    }
}
