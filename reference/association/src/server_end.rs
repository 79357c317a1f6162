use std::time::Duration;

use zeroize::Zeroizing;

use crate::channel::Channel;
use crate::{AssociationError, CertificateDefect, Clauses, PeerCredential, State};

/// What speaks TLS or DTLS at the server end of an association.
pub(crate) trait ServerEnd: Send + Sync {
    /// Takes octets that arrived.
    fn receive(&mut self, octets: &[u8]);
    /// What has to be sent next.
    fn transmit(&mut self) -> Option<Vec<u8>>;
    /// Application data that arrived.
    fn read(&mut self) -> Option<Vec<u8>>;
    /// Protects application data.
    fn write(&mut self, octets: &[u8]) -> Result<(), AssociationError>;
    /// Where the association stands.
    fn state(&self) -> State;
    /// Keying material (RFC 5705).
    fn export(
        &self,
        clauses: &Clauses,
        label: &str,
        length: usize,
    ) -> Result<Zeroizing<Vec<u8>>, AssociationError>;
    /// Sends close_notify.
    fn close(&mut self);
    /// The suite that was agreed, by its name in the registry.
    fn suite(&self) -> Option<&'static str>;
    /// Whether it resumes an earlier association.
    fn is_resumed(&self) -> bool;
    /// Whether the client was shown to receive at its address.
    fn is_verified(&self) -> bool;
    /// What is left until [`Self::elapsed`] has to be called.
    fn timeout(&self) -> Option<Duration>;
    /// Sends again what was not answered in time.
    fn elapsed(&mut self);
    /// What the client showed, now or in the association that is resumed.
    fn credential(&self) -> Option<PeerCredential>;
    /// Which entry of its table the key came from that the handshake was made with; `None` if it was made with no such key.
    fn serial(&self) -> Option<u64>;
    /// The virtual host that the client asked for.
    fn host(&self) -> Option<usize>;
    /// What is wrong with the certificate of the client.
    fn defect(&self) -> Option<CertificateDefect>;
}

impl ServerEnd for Channel {
    fn receive(&mut self, octets: &[u8]) {
        Channel::receive(self, octets);
    }

    fn transmit(&mut self) -> Option<Vec<u8>> {
        Channel::transmit(self)
    }

    fn read(&mut self) -> Option<Vec<u8>> {
        Channel::read(self)
    }

    fn write(&mut self, octets: &[u8]) -> Result<(), AssociationError> {
        Channel::write(self, octets)
    }

    fn state(&self) -> State {
        Channel::state(self).clone()
    }

    fn export(
        &self,
        clauses: &Clauses,
        label: &str,
        length: usize,
    ) -> Result<Zeroizing<Vec<u8>>, AssociationError> {
        Channel::export(self, clauses, label, length)
    }

    fn close(&mut self) {
        Channel::close(self);
    }

    fn suite(&self) -> Option<&'static str> {
        self.ssl().current_cipher()?.standard_name()
    }

    fn is_resumed(&self) -> bool {
        self.ssl().session_reused()
    }

    fn is_verified(&self) -> bool {
        Channel::is_verified(self)
    }

    fn timeout(&self) -> Option<Duration> {
        Channel::timeout(self)
    }

    fn elapsed(&mut self) {
        Channel::elapsed(self);
    }

    fn credential(&self) -> Option<PeerCredential> {
        self.connection().credential(self.ssl().session_reused())
    }

    fn serial(&self) -> Option<u64> {
        let ticket = self.connection().ticket(self.ssl().session_reused());
        ticket?.serial
    }

    fn host(&self) -> Option<usize> {
        self.connection().host()
    }

    fn defect(&self) -> Option<CertificateDefect> {
        self.connection().defect()
    }
}
