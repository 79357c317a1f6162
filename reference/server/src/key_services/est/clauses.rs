use base64ct::{Base64UrlUnpadded, Encoding};
use der::Decode;
use der::oid::AssociatedOid;
use hmac::{Hmac, KeyInit, Mac};
use onem2m_association::PeerCredential;
use onem2m_identity::Entity;
use p256::ecdsa::VerifyingKey;
use sha2::Sha256;
use x509_cert::Certificate;
use x509_cert::ext::Extension;
use x509_cert::ext::pkix::name::GeneralName;
use x509_cert::ext::pkix::{KeyUsage, KeyUsages};

use super::Authority;
use super::operations::Answer;
use super::request::SigningRequest;

/// The decisions about certificate signing requests, each a function that can be replaced alone.
#[derive(Clone, Copy)]
pub(crate) struct Clauses {
    /// The certificates of the CA (TS-0003 V3.18.0, 8.3.6.2.2, step 1).
    pub(crate) authorities: fn(&Authority) -> Vec<Certificate>,
    /// The challengePassword that a client is told (TS-0003 V3.18.0, 8.3.6.2.2, step 2).
    pub(crate) challenge: fn(&Authority, &Entity) -> Option<String>,
    /// Whether the challengePassword is the one that the client was told (TS-0003 V3.18.0, 8.3.6.2.2, step 3).
    pub(crate) is_challenge: fn(Option<&str>, Option<&str>) -> bool,
    /// Whether the names are that of the authenticated client (TS-0003 V3.18.0, 8.3.6.2.2, step 3, and 10.1.4).
    pub(crate) is_identity: fn(&Authority, &Entity, &SigningRequest) -> bool,
    /// Whether who asks has the key (RFC 2986, 3; RFC 7030, 4.2.1).
    pub(crate) has_key: fn(&SigningRequest) -> bool,
    /// Whether the key is one that is certified (TS-0003 V3.18.0, 10.1).
    pub(crate) is_key: fn(&Authority, Option<VerifyingKey>) -> bool,
    /// Whether it asks for no extension but those that it was told to (TS-0003 V3.18.0, 10.1.4 and 8.3.6.2.2, step 2).
    pub(crate) is_modest: fn(&SigningRequest) -> bool,
    /// The names of the certificate (TS-0003 V3.18.0, 10.1.1.5 and 10.1.1.7).
    pub(crate) names: fn(&Authority, &Entity, &SigningRequest) -> Vec<GeneralName>,
    /// The extensions that are taken over from a request.
    pub(crate) taken_over: fn(&SigningRequest) -> Vec<Extension>,
    /// Whether a client may renew its certificate: it showed one of this CA (TS-0003 V3.18.0, 8.3.6.2.3).
    pub(crate) may_renew: fn(&Authority, &PeerCredential) -> bool,
    /// What is told beside a refusal: no authentication by HTTP is asked for (TS-0003 V3.18.0, 8.3.6.2.1).
    pub(crate) refused: fn(Answer) -> Answer,
}

impl Clauses {
    /// As specified.
    pub(crate) const SPECIFICATION: Self = Self {
        authorities: |authority| vec![authority.certificate().clone()],
        challenge,
        is_challenge: |told, given| told.is_some() && told == given,
        is_identity,
        has_key: SigningRequest::is_signed,
        is_key: |authority, key| key.is_some_and(|key| !authority.has(&key)),
        is_modest,
        names: |authority, client, _| authority.name_of(client).into_iter().collect(),
        taken_over: |_| Vec::new(),
        may_renew,
        refused: |answer| answer,
    };
}

/// One for each client, which nobody else can compute.
fn challenge(authority: &Authority, client: &Entity) -> Option<String> {
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(authority.secret()).ok()?;
    mac.update(client.absolute().as_bytes());
    let octets = mac.finalize().into_bytes();
    Some(Base64UrlUnpadded::encode_string(octets.get(..16)?))
}

/// One name, and that of the client, in the name type of its kind of certificate.
fn is_identity(authority: &Authority, client: &Entity, request: &SigningRequest) -> bool {
    match (request.names(), authority.name_of(client)) {
        ([name], Some(expected)) => *name == expected,
        _ => false,
    }
}

/// No extension but keyUsage, and in that nothing but digitalSignature.
fn is_modest(request: &SigningRequest) -> bool {
    let mut more = request.more();
    more.all(|extension| {
        extension.extn_id == KeyUsage::OID
            && KeyUsage::from_der(extension.extn_value.as_bytes())
                .is_ok_and(|usage| usage.0 == KeyUsages::DigitalSignature)
    })
}

fn may_renew(authority: &Authority, credential: &PeerCredential) -> bool {
    match credential {
        PeerCredential::Certificates(chain) => {
            chain.first().is_some_and(|own| authority.issued(own))
        }
        PeerCredential::Psk { .. } | PeerCredential::RawPublicKey(_) => false,
    }
}
