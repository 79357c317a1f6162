//! The written-out server in the place of OpenSSL.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use onem2m_keys::Psk;
use zeroize::{Zeroize, Zeroizing};

use crate::certificate::verify;
use crate::error::library;
use crate::messages::{AlertDescription, CertificateType};
use crate::resumption::Resumer;
use crate::server_end::ServerEnd;
use crate::written_out::{
    self, Agreement, CertificateJudge, DatagramSession, KeyList, KeyLookup, OwnRawPublicKey,
    RawPublicKeyJudge, Refusal, StreamSession,
};
use crate::{
    AssociationError, CertificateDefect, Clauses, ConfigurationError, OwnCertificate, PathDefect,
    PeerCredential, PskTable, Session, State, Suite, Transport, context, host,
};

/// A written-out server with the credentials of another, and its suites as far as they are known.
pub(crate) fn server(
    clauses: written_out::Clauses,
    resumer: &Arc<Resumer>,
    suites: &[Suite],
) -> Result<written_out::Server, ConfigurationError> {
    let configuration = resumer.configuration();
    let known = |suite: &Suite| {
        let mut all = written_out::Suite::MANDATORY.into_iter();
        all.find(|known| known.number == suite.code)
    };
    let mut own = written_out::Configuration {
        clauses,
        suites: suites.iter().filter_map(known).collect(),
        keys: configuration
            .identities
            .as_ref()
            .map(|_| keys(resumer, None)),
        key_list: Some(key_list(resumer)),
        ..written_out::Configuration::default()
    };
    for (position, host) in configuration.hosts.iter().enumerate() {
        own.hosts.push(written_out::Host {
            name: host.name.as_str().to_owned(),
            keys: keys(resumer, Some(position)),
        });
    }
    if let Some(certificate) = &configuration.certificate {
        show(&mut own, certificate)?;
        let types = context::taken(&configuration.trust);
        let takes = |certificate_type| types.contains(&certificate_type);
        own.judge = takes(CertificateType::X509).then(|| judge(resumer));
        own.raw_public_key_judge =
            takes(CertificateType::RAW_PUBLIC_KEY).then(|| raw_public_key_judge(resumer));
    }
    Ok(written_out::Server::new(own))
}

/// The server end of an association with a client at an address.
pub(crate) fn accept(
    server: &written_out::Server,
    transport: Transport,
    client: SocketAddr,
) -> Box<dyn ServerEnd> {
    match transport {
        Transport::Tls => Box::new(End::new(server.accept())),
        Transport::Dtls => {
            let address = client.to_string();
            Box::new(End::new(server.accept_datagrams(address.as_bytes())))
        }
    }
}

fn keys(resumer: &Arc<Resumer>, host: Option<usize>) -> KeyLookup {
    let resumer = Arc::clone(resumer);
    Arc::new(move |identity| {
        let entry = host::entry(resumer.configuration(), host, identity)?;
        Psk::new(entry.key.octets()).ok()
    })
}

fn key_list(resumer: &Arc<Resumer>) -> KeyList {
    let resumer = Arc::clone(resumer);
    Arc::new(move || {
        let table = host::table(resumer.configuration(), None);
        let entries = |table: &PskTable| {
            let identities = table.identities().into_iter();
            let entries = identities.filter_map(|identity| table.get(identity.octets()));
            entries.collect::<Vec<_>>()
        };
        let keys = table.into_iter().flat_map(entries);
        keys.filter_map(|entry| Psk::new(entry.key.octets()).ok())
            .collect()
    })
}

fn show(
    configuration: &mut written_out::Configuration,
    own: &OwnCertificate,
) -> Result<(), ConfigurationError> {
    let mut key = own
        .key()
        .private_key_to_pkcs8()
        .map_err(library("i2d_PKCS8_PRIV_KEY_INFO"))?;
    let unusable = |error: written_out::OwnCertificateError| ConfigurationError::Unreadable {
        expected: "a key on secp256r1 and its certificate",
        reason: error.to_string(),
    };
    let mut shown = Ok(());
    if own.may_be_raw() {
        shown = OwnRawPublicKey::new(&key).map(|own| configuration.raw_public_key = Some(own));
    }
    if !own.is_raw() && shown.is_ok() {
        let chain = own.chain().iter().map(|certificate| certificate.to_der());
        let chain = chain
            .collect::<Result<_, _>>()
            .map_err(library("i2d_X509"))?;
        shown = written_out::OwnCertificate::new(chain, &key)
            .map(|own| configuration.certificate = Some(own));
    }
    key.zeroize();
    shown.map_err(unusable)
}

fn judge(resumer: &Arc<Resumer>) -> CertificateJudge {
    let resumer = Arc::clone(resumer);
    Arc::new(move |chain| verify::judge_chain(resumer.configuration(), chain).map_err(refusal))
}

fn raw_public_key_judge(resumer: &Arc<Resumer>) -> RawPublicKeyJudge {
    let resumer = Arc::clone(resumer);
    Arc::new(move |key| {
        let configuration = resumer.configuration();
        verify::raw_public_key(&configuration.clauses, &configuration.trust, key).map_err(refusal)
    })
}

/// The alert that fits a defect best (RFC 5246, 7.2.2).
fn refusal(defect: CertificateDefect) -> Refusal {
    let alert = match defect {
        CertificateDefect::Curve
        | CertificateDefect::KeyUsage
        | CertificateDefect::SignatureAlgorithm
        | CertificateDefect::Path(PathDefect::Purpose | PathDefect::CriticalExtension) => {
            AlertDescription::UNSUPPORTED_CERTIFICATE
        }
        CertificateDefect::Path(PathDefect::Expired) => AlertDescription::CERTIFICATE_EXPIRED,
        CertificateDefect::Path(
            PathDefect::UnknownIssuer | PathDefect::SelfSigned | PathDefect::TooLong,
        ) => AlertDescription::UNKNOWN_CA,
        CertificateDefect::Path(PathDefect::Other(_)) => AlertDescription::CERTIFICATE_UNKNOWN,
        _ => AlertDescription::BAD_CERTIFICATE,
    };
    Refusal::new(alert, defect.to_string())
}

/// A session of the written-out server, with the time since it sent something.
struct End<S> {
    session: S,
    since: Instant,
}

/// What both kinds of session have to say beside what any session has.
trait WrittenOut: Session + Sync {
    fn agreement(&self) -> Option<Agreement>;

    /// TLS needs no proof of an address, since TCP gives it.
    fn is_verified(&self) -> bool {
        true
    }

    /// TLS repeats nothing.
    fn timeout(&self) -> Option<Duration> {
        None
    }

    fn elapsed(&mut self) {}
}

impl WrittenOut for StreamSession {
    fn agreement(&self) -> Option<Agreement> {
        StreamSession::agreement(self)
    }
}

impl WrittenOut for DatagramSession {
    fn agreement(&self) -> Option<Agreement> {
        DatagramSession::agreement(self)
    }

    fn is_verified(&self) -> bool {
        DatagramSession::is_verified(self)
    }

    fn timeout(&self) -> Option<Duration> {
        DatagramSession::timeout(self)
    }

    fn elapsed(&mut self) {
        DatagramSession::elapsed(self);
    }
}

impl<S> End<S> {
    fn new(session: S) -> Self {
        Self {
            session,
            since: Instant::now(),
        }
    }
}

impl<S: WrittenOut> ServerEnd for End<S> {
    fn receive(&mut self, octets: &[u8]) {
        self.session.receive(octets);
    }

    fn transmit(&mut self) -> Option<Vec<u8>> {
        let octets = self.session.transmit()?;
        self.since = Instant::now();
        Some(octets)
    }

    fn read(&mut self) -> Option<Vec<u8>> {
        self.session.read()
    }

    fn write(&mut self, octets: &[u8]) -> Result<(), AssociationError> {
        self.session.write(octets)
    }

    fn state(&self) -> State {
        self.session.state()
    }

    fn export(
        &self,
        _: &Clauses,
        label: &str,
        length: usize,
    ) -> Result<Zeroizing<Vec<u8>>, AssociationError> {
        self.session.export(label, length)
    }

    fn close(&mut self) {
        self.session.close();
    }

    fn suite(&self) -> Option<&'static str> {
        self.session.agreement()?.suite.number.name()
    }

    fn is_resumed(&self) -> bool {
        self.session
            .agreement()
            .is_some_and(|agreement| agreement.is_resumed)
    }

    fn is_verified(&self) -> bool {
        self.session.is_verified()
    }

    fn timeout(&self) -> Option<Duration> {
        let timeout = self.session.timeout()?;
        Some(timeout.saturating_sub(self.since.elapsed()))
    }

    fn elapsed(&mut self) {
        if self.timeout() == Some(Duration::ZERO) {
            self.session.elapsed();
        }
    }

    fn credential(&self) -> Option<PeerCredential> {
        self.session.peer().cloned()
    }

    /// Its look-up gives a key alone.
    fn serial(&self) -> Option<u64> {
        None
    }

    fn host(&self) -> Option<usize> {
        self.session.agreement()?.host
    }

    fn defect(&self) -> Option<CertificateDefect> {
        None
    }
}
