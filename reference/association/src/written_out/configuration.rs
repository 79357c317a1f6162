use std::fmt;
use std::sync::Arc;

use onem2m_keys::Psk;

use super::{Clauses, OwnCertificate, OwnRawPublicKey, Refusal, Suite};
use crate::messages::CertificateType;

/// The pre-shared key of an identity, if there is one.
pub type KeyLookup = Arc<dyn Fn(&[u8]) -> Option<Psk> + Send + Sync>;

/// Every pre-shared key of the default authority.
pub type KeyList = Arc<dyn Fn() -> Vec<Psk> + Send + Sync>;

/// Judges a chain of a client, its own certificate first and each in DER, and gives the SubjectPublicKeyInfo of that one,
/// in DER too.
pub type CertificateJudge = Arc<dyn Fn(&[Vec<u8>]) -> Result<Vec<u8>, Refusal> + Send + Sync>;

/// Judges the raw public key of a client, its SubjectPublicKeyInfo in DER.
pub type RawPublicKeyJudge = Arc<dyn Fn(&[u8]) -> Result<(), Refusal> + Send + Sync>;

/// What a server is set up with.
#[derive(Clone)]
pub struct Configuration {
    /// The decisions of the server.
    pub clauses: Clauses,
    /// The suites, the preferred one first; those without credentials are not used.
    pub suites: Vec<Suite>,
    /// The keys of the default authority; `None` for no PSK.
    pub keys: Option<KeyLookup>,
    /// All of these keys together, for whoever does not look at the identity.
    pub key_list: Option<KeyList>,
    /// Other authorities.
    pub hosts: Vec<Host>,
    /// The certificate of the server; `None` for no certificates.
    pub certificate: Option<OwnCertificate>,
    /// The raw public key of the server; `None` for none.
    pub raw_public_key: Option<OwnRawPublicKey>,
    /// Who judges certificates of clients; `None` if clients cannot show one.
    pub judge: Option<CertificateJudge>,
    /// Who judges raw public keys of clients; `None` if clients cannot show one. Without either judge, clients are asked
    /// for nothing.
    pub raw_public_key_judge: Option<RawPublicKeyJudge>,
    /// Whether sessions can be resumed.
    pub resumption: bool,
}

/// An authority with keys of its own, selected by its name (TS-0003 V3.18.0, 10.2.1).
#[derive(Clone)]
pub struct Host {
    /// The name in server_name.
    pub name: String,
    /// Its keys.
    pub keys: KeyLookup,
}

impl Configuration {
    /// A server with the four suites of TS-0003 V3.18.0, 10.2, and no credentials yet.
    pub fn new() -> Self {
        Self {
            clauses: Clauses::SPECIFICATION,
            suites: Suite::MANDATORY.to_vec(),
            keys: None,
            key_list: None,
            hosts: Vec::new(),
            certificate: None,
            raw_public_key: None,
            judge: None,
            raw_public_key_judge: None,
            resumption: true,
        }
    }

    /// What the server can show (RFC 7250, 3).
    pub(crate) fn shows(&self) -> Vec<CertificateType> {
        certificate_types(self.certificate.is_some(), self.raw_public_key.is_some())
    }

    /// What the server can judge (RFC 7250, 3).
    pub(crate) fn judges(&self) -> Vec<CertificateType> {
        certificate_types(self.judge.is_some(), self.raw_public_key_judge.is_some())
    }

    /// The keys of a host, by its position; those of the default authority for `None`.
    pub(crate) fn keys_of(&self, host: Option<usize>) -> Option<&KeyLookup> {
        match host {
            Some(position) => self.hosts.get(position).map(|host| &host.keys),
            None => self.keys.as_ref(),
        }
    }
}

fn certificate_types(certificate: bool, raw_public_key: bool) -> Vec<CertificateType> {
    let certificate = certificate.then_some(CertificateType::X509);
    let raw_public_key = raw_public_key.then_some(CertificateType::RAW_PUBLIC_KEY);
    certificate.into_iter().chain(raw_public_key).collect()
}

impl Default for Configuration {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Configuration {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Configuration")
            .field("suites", &self.suites)
            .field("certificate", &self.certificate)
            .field("raw_public_key", &self.raw_public_key)
            .field("resumption", &self.resumption)
            .finish_non_exhaustive()
    }
}
