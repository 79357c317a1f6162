use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use openssl::error::ErrorStack;
use openssl::ex_data::Index;
use openssl::ssl::{Ssl, SslRef};

use crate::messages::datagram::{DatagramClientHello, Fragment};
use crate::messages::{
    Alert, AlertLevel, Certificate, ClientHello, Codec, ContentType, HandshakeMessage,
    HandshakeType, NameType, Prefix, RawPublicKey, Reader, ServerNames,
};
use crate::resumption::{Resumer, Ticket};
use crate::{CertificateDefect, HelloParameters, PeerCredential, Transport};

/// What is known of one association: what it was given, and what the callbacks of OpenSSL saw of it.
pub(crate) struct Connection {
    transport: Transport,
    /// Where a client is; only servers know.
    pub(crate) address: Option<SocketAddr>,
    /// How long the first flight waits for an answer; only DTLS has timers.
    pub(crate) first_timeout: Duration,
    /// What decides whether sessions may be resumed; only servers have it.
    resumer: Option<Arc<Resumer>>,
    seen: Mutex<Seen>,
}

#[derive(Default)]
struct Seen {
    hello: Option<HelloParameters>,
    server_name: Option<Vec<u8>>,
    raw_public_key: Option<RawPublicKey>,
    certificate: Option<Vec<u8>>,
    identity: Option<Vec<u8>>,
    sent: Option<Alert>,
    received: Option<Alert>,
    defect: Option<CertificateDefect>,
    credential: Option<PeerCredential>,
    serial: Option<u64>,
    host: Option<usize>,
    resumed: Option<Ticket>,
}

impl Connection {
    pub(crate) fn new(
        transport: Transport,
        address: Option<SocketAddr>,
        first_timeout: Duration,
        resumer: Option<Arc<Resumer>>,
    ) -> Self {
        Self {
            transport,
            address,
            first_timeout,
            resumer,
            seen: Mutex::default(),
        }
    }

    /// The connection that was attached to an association of OpenSSL.
    pub(crate) fn of(ssl: &SslRef) -> Option<&Self> {
        ssl.ex_data(index().ok()?).map(Arc::as_ref)
    }

    pub(crate) fn attach(self: &Arc<Self>, ssl: &mut Ssl) -> Result<(), ErrorStack> {
        ssl.set_ex_data(index()?, Arc::clone(self));
        Ok(())
    }

    /// Takes a message as it passes, before OpenSSL acts on it.
    pub(crate) fn message(&self, sent: bool, record: ContentType, octets: &[u8]) {
        match record {
            ContentType::ALERT => {
                let alert = Alert::decode(octets)
                    .ok()
                    .filter(|alert| alert.level == AlertLevel::FATAL);
                let mut seen = self.seen();
                if sent {
                    seen.sent = seen.sent.or(alert);
                } else {
                    seen.received = seen.received.or(alert);
                }
            }
            ContentType::HANDSHAKE if !sent => self.handshake(octets),
            _ => {}
        }
    }

    fn handshake(&self, octets: &[u8]) {
        let header = match self.transport {
            Transport::Tls => HandshakeMessage::HEADER_LENGTH,
            Transport::Dtls => Fragment::HEADER_LENGTH,
        };
        let Some((kind, body)) = octets.first().zip(octets.get(header..)) else {
            return;
        };
        let mut seen = self.seen();
        match HandshakeType(*kind) {
            HandshakeType::CLIENT_HELLO => {
                seen.hello = HelloParameters::decode(body);
                seen.server_name = self.server_name(body);
            }
            HandshakeType::CERTIFICATE => {
                seen.raw_public_key = RawPublicKey::decode(body).ok();
                seen.certificate = Certificate::decode(body)
                    .ok()
                    .and_then(|chain| chain.certificate_list.into_iter().next());
            }
            HandshakeType::CLIENT_KEY_EXCHANGE => {
                seen.identity = Reader::new(body)
                    .opaque(Prefix::Two, "psk_identity", 0..=usize::from(u16::MAX))
                    .ok();
            }
            _ => {}
        }
    }

    /// The HostName in SNI: OpenSSL gives that of the session instead when one is resumed.
    fn server_name(&self, body: &[u8]) -> Option<Vec<u8>> {
        let hello = match self.transport {
            Transport::Tls => ClientHello::decode(body).ok()?,
            Transport::Dtls => DatagramClientHello::decode(body).ok()?.hello,
        };
        let ServerNames(names) = hello.extensions?.read().ok()??;
        names
            .into_iter()
            .find(|name| name.name_type == NameType::HOST_NAME)
            .map(|name| name.name)
    }

    /// The psk_identity as it was sent: OpenSSL passes it on as a C string, which ends at the first zero octet.
    pub(crate) fn identity(&self) -> Option<Vec<u8>> {
        self.seen().identity.clone()
    }

    /// The SubjectPublicKeyInfo that came in place of certificates (RFC 7250, 3).
    pub(crate) fn raw_public_key(&self) -> Option<Vec<u8>> {
        let key = self.seen().raw_public_key.clone()?;
        Some(key.subject_public_key_info)
    }

    /// The peer's own certificate as it was sent: OpenSSL gives it in DER, whatever it was in.
    pub(crate) fn certificate(&self) -> Option<Vec<u8>> {
        self.seen().certificate.clone()
    }

    /// The HostName that the client sent in SNI.
    pub(crate) fn requested_name(&self) -> Option<Vec<u8>> {
        self.seen().server_name.clone()
    }

    pub(crate) fn hello(&self) -> Option<HelloParameters> {
        self.seen().hello.clone()
    }

    pub(crate) fn sent(&self) -> Option<Alert> {
        self.seen().sent
    }

    pub(crate) fn received(&self) -> Option<Alert> {
        self.seen().received
    }

    /// Notes what is wrong with the peer's certificate.
    pub(crate) fn found(&self, defect: CertificateDefect) {
        self.seen().defect = Some(defect);
    }

    pub(crate) fn defect(&self) -> Option<CertificateDefect> {
        self.seen().defect
    }

    /// Notes what the peer shows; it counts once the association is established.
    pub(crate) fn authenticated(&self, credential: PeerCredential) {
        self.seen().credential = Some(credential);
    }

    /// Notes which symmetric key is used.
    pub(crate) fn keyed(&self, identity: Vec<u8>, serial: u64) {
        let mut seen = self.seen();
        seen.credential = Some(PeerCredential::Psk { identity });
        seen.serial = Some(serial);
    }

    /// What the peer showed, in this handshake or in the one that is resumed.
    pub(crate) fn credential(&self, reused: bool) -> Option<PeerCredential> {
        let seen = self.seen();
        if reused {
            seen.resumed
                .as_ref()
                .map(|ticket| ticket.credential.clone())
        } else {
            seen.credential.clone()
        }
    }

    pub(crate) fn set_host(&self, host: Option<usize>) {
        self.seen().host = host;
    }

    pub(crate) fn host(&self) -> Option<usize> {
        self.seen().host
    }

    /// What has to be known to resume this association later. What was permitted to be resumed need not be: OpenSSL may
    /// still begin anew, and then the client may show something else.
    pub(crate) fn ticket(&self, reused: bool) -> Option<Ticket> {
        let seen = self.seen();
        if reused {
            return seen.resumed.clone();
        }
        seen.credential.clone().map(|credential| Ticket {
            credential,
            serial: seen.serial,
            host: seen.host,
        })
    }

    /// Whether the session of a ticket may be resumed; from here on it is.
    pub(crate) fn resumes(&self, ticket: Option<Ticket>) -> bool {
        let Some(ticket) = ticket else {
            return false;
        };
        let may = self
            .resumer
            .as_ref()
            .is_some_and(|resumer| resumer.permits(&ticket));
        if may {
            self.resume(ticket);
        }
        may
    }

    /// Notes the session that is resumed.
    pub(crate) fn resume(&self, ticket: Ticket) {
        self.seen().resumed = Some(ticket);
    }

    /// The host of the session that is resumed.
    pub(crate) fn resumed_host(&self) -> Option<Option<usize>> {
        self.seen().resumed.as_ref().map(|ticket| ticket.host)
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn index() -> Result<Index<Ssl, Arc<Connection>>, ErrorStack> {
    static INDEX: OnceLock<Index<Ssl, Arc<Connection>>> = OnceLock::new();
    if let Some(index) = INDEX.get() {
        return Ok(*index);
    }
    let index = Ssl::new_ex_index()?;
    Ok(*INDEX.get_or_init(|| index))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::Connection;
    use crate::messages::{Alert, AlertDescription, ContentType};
    use crate::resumption::Ticket;
    use crate::{PeerCredential, Transport};

    fn connection(transport: Transport) -> Connection {
        Connection::new(transport, None, Duration::ZERO, None)
    }

    fn client_key_exchange(header: usize, body: &[u8]) -> Vec<u8> {
        let mut message = vec![0; header];
        message[0] = 16;
        message.extend_from_slice(body);
        message
    }

    #[test]
    fn identity_with_a_zero_octet_is_known_whole() {
        for (transport, header) in [(Transport::Tls, 4), (Transport::Dtls, 12)] {
            let connection = connection(transport);
            let message = client_key_exchange(header, b"\x00\x0adev-1\0evil");
            connection.message(false, ContentType::HANDSHAKE, &message);
            assert_eq!(
                connection.identity().as_deref(),
                Some(b"dev-1\0evil".as_slice())
            );
        }
    }

    #[test]
    fn identity_shorter_than_its_length_is_none() {
        let connection = connection(Transport::Tls);
        for body in [b"".as_slice(), b"\x00", b"\x00\x02a", b"\xff\xffa"] {
            connection.message(false, ContentType::HANDSHAKE, &client_key_exchange(4, body));
            assert_eq!(connection.identity(), None);
        }
    }

    #[test]
    fn first_fatal_alert_of_each_end_is_kept() {
        let connection = connection(Transport::Tls);
        for octets in [[1, 0], [2, 40], [2, 80]] {
            connection.message(false, ContentType::ALERT, &octets);
        }
        assert_eq!(
            connection.received(),
            Some(Alert::fatal(AlertDescription::HANDSHAKE_FAILURE))
        );
        assert_eq!(connection.sent(), None);
    }

    #[test]
    fn ticket_of_a_handshake_that_begins_anew_is_of_what_it_showed() {
        let connection = connection(Transport::Tls);
        let ticket = |identity: &[u8], serial| Ticket {
            credential: PeerCredential::Psk {
                identity: identity.to_vec(),
            },
            serial: Some(serial),
            host: None,
        };
        connection.resume(ticket(b"lock", 1));
        connection.keyed(b"door".to_vec(), 2);
        assert_eq!(connection.ticket(false), Some(ticket(b"door", 2)));
        assert_eq!(connection.ticket(true), Some(ticket(b"lock", 1)));
    }

    #[test]
    fn certificate_message_of_another_length_holds_no_raw_public_key() {
        let connection = connection(Transport::Tls);
        for (body, key) in [
            ([0, 0, 2, 7, 7].as_slice(), Some(vec![7, 7])),
            (&[0, 0, 3, 7, 7], None),
            (&[0, 0, 1, 7, 7], None),
            (&[0, 0], None),
        ] {
            let mut message = vec![11, 0, 0, 0];
            message.extend_from_slice(body);
            connection.message(false, ContentType::HANDSHAKE, &message);
            assert_eq!(connection.raw_public_key(), key);
        }
    }
}
