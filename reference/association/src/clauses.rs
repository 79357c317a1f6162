use std::net::SocketAddr;

use onem2m_identity::{
    AeUri, CredentialId, DomainName, HardwareId, NodeId, PskIdentity, PublicDomainName, PublicKeyId,
};
use time::OffsetDateTime;

use crate::certificate::PublicKey;
use crate::certificate::{matching, profile};
use crate::resumption::{self, Ticket};
use crate::{
    Allowed, Binding, Certificate, ConfigurationError, Domain, Flavour, Framework, HelloParameters,
    Host, Match, Names, PathDefect, PeerCredential, PskEntry, PskKey, PskTable,
    ServerConfiguration, State, Suite, Transport, Trust, Version, binding, cookie, host, psk,
    suites,
};

/// The decisions of a security association, each a function that can be replaced alone.
///
/// A decision reaches its parts through the table that it is given. [`Clauses::SPECIFICATION`] is an association as
/// specified.
#[derive(Clone, Copy, Debug)]
pub struct Clauses {
    /// The oldest version (TS-0003 V3.18.0, 10.2.1).
    pub minimum_version: fn(Transport) -> Version,
    /// The newest version (TS-0003 V3.18.0, 10.2.1).
    pub maximum_version: fn(Transport) -> Version,
    /// The suites that a server accepts (TS-0003 V3.18.0, 10.2.1 to 10.2.3).
    pub server_suites: fn(Transport, Domain, &[Framework]) -> Vec<Suite>,
    /// The suites that a client offers (TS-0003 V3.18.0, 10.2.1 to 10.2.3).
    pub client_suites: fn(Transport, Framework) -> Vec<Suite>,
    /// The signature algorithms, in the words of OpenSSL (TS-0003 V3.18.0, 10.1.1.1 and 10.1.1.3).
    pub signature_algorithms: fn() -> &'static str,
    /// The groups of ECDHE, in the words of OpenSSL (TS-0003 V3.18.0, 10.1.1.1; RFC 8422).
    pub groups: fn() -> &'static str,
    /// Whether an association may be negotiated anew within itself (RFC 5246, 7.4.1.1 leaves it open).
    pub renegotiates: fn() -> bool,

    /// The identity hint of a server (RFC 4279, 5.2: none without a profile of the application).
    pub hint: fn(&ServerConfiguration) -> Option<String>,
    /// The virtual host that a name in SNI means (RFC 6066, 3).
    pub host: fn(&[Host], Option<&[u8]>) -> Option<usize>,
    /// What a client sends as psk_identity, whatever hint the server gave (RFC 4279, 5.2; TS-0003 V3.18.0, 8.2.2.1).
    pub identity_for_hint: fn(&PskIdentity, Option<&[u8]>) -> Vec<u8>,
    /// What stands behind the psk_identity that a client sent (TS-0003 V3.18.0, 8.2.2.1).
    pub key_of_identity: fn(&PskTable, &[u8]) -> Option<PskEntry>,
    /// Whether a key that was fetched is still good (TS-0003 V3.18.0, 8.2.2.3).
    pub is_key_in_force: fn(Option<OffsetDateTime>, OffsetDateTime) -> bool,
    /// Whom the psk_identity that a client sent speaks for; `None` if it is not known (TS-0003 V3.18.0, 8.2.2.1).
    pub entity_of_identity: fn(&Clauses, &PskTable, &[u8]) -> Option<Allowed>,
    /// The Credential-ID of a psk_identity (TS-0003 V3.18.0, 12.3.2.1).
    pub credential_id_of_identity: fn(&[u8]) -> Option<CredentialId>,

    /// Gives a running server a key (TS-0003 V3.18.0, 10.5).
    pub provision: fn(&PskTable, &[u8], PskKey, Allowed) -> Result<(), ConfigurationError>,
    /// Withdraws a key from a running server; false if it has none under this identity (TS-0001 V3.36.0, 11.3.2).
    pub withdraw: fn(&PskTable, &[u8]) -> bool,

    /// Whether a client without certificate is refused in the certificate frameworks (TS-0003 V3.18.0, 8.2.2.2).
    pub demands_certificate: fn() -> bool,
    /// Whether a path is accepted in spite of a defect (RFC 5280, 6.1).
    pub tolerates: fn(PathDefect) -> bool,
    /// The curve of a key (TS-0003 V3.18.0, 10.1.1.1).
    pub curve: fn(&PublicKey) -> bool,
    /// The form of the point of a key (TS-0003 V3.18.0, 10.1.1.1).
    pub point_form: fn(&PublicKey) -> bool,
    /// The algorithm by which a certificate is signed (TS-0003 V3.18.0, 10.1.1.1 and 10.1.1.3).
    pub signature_algorithm: fn(&Certificate) -> bool,
    /// keyUsage of the peer's certificate (TS-0003 V3.18.0, 10.1.1.1).
    pub key_usage: fn(&Certificate) -> bool,
    /// Whether the peer's certificate is without wildcards (TS-0003 V3.18.0, 10.1.1.5 to 10.1.1.8).
    pub without_wildcard: fn(&Certificate) -> bool,

    /// Whether the peer's certificate is that of somebody who is expected (TS-0003 V3.18.0, 8.1.2.5).
    pub is_expected: fn(&Clauses, &Trust, &Certificate) -> bool,
    /// Whose a certificate is (TS-0003 V3.18.0, 8.1.2.5).
    pub entity_of_certificate: fn(&Clauses, &Trust, &Certificate) -> Option<Match<Flavour>>,
    /// Whose a raw public key is (TS-0003 V3.18.0, 10.1.2).
    pub entity_of_raw_public_key: fn(&Clauses, &Trust, &[u8]) -> Option<Match<PublicKeyId>>,
    /// A hardware instance identifier against the names of a certificate (TS-0003 V3.18.0, 8.1.2.5).
    pub matches_device: fn(&HardwareId, &Names) -> bool,
    /// The public domain name of a CSE-ID against the names of a certificate (TS-0003 V3.18.0, 8.1.2.5).
    pub matches_cse_id: fn(&PublicDomainName, &Names) -> bool,
    /// The URI of an AE-ID against the names of a certificate (TS-0003 V3.18.0, 8.1.2.5).
    pub matches_ae_id: fn(&AeUri, &Names) -> bool,
    /// The AE that an AE-ID certificate names (TS-0003 V3.18.0, 8.2.2.2).
    pub ae_in_certificate: fn(Option<&str>, &Names) -> Option<AeUri>,
    /// A Node-ID against the names of a certificate (TS-0003 V3.18.0, 8.1.2.5).
    pub matches_node_id: fn(&NodeId, &Names) -> bool,
    /// The FQDN of a function against the names of a certificate (TS-0003 V3.18.0, 8.1.2.5).
    pub matches_fqdn: fn(&DomainName, &Names) -> bool,
    /// An identifier against a raw public key (TS-0003 V3.18.0, 10.1.2).
    pub matches_raw_public_key: fn(&PublicKeyId, &[u8]) -> bool,

    /// Whether the entry that gave the key of a handshake, by its serial, still stands behind the identity of a host when the
    /// handshake ends (TS-0003 V3.18.0, 8.2.2.1).
    pub is_current: fn(&ServerConfiguration, Option<usize>, &[u8], u64) -> bool,
    /// Whether the session of a ticket or session identifier may be resumed (TS-0001 V3.36.0, 11.3.2).
    pub resumable: fn(&ServerConfiguration, &Ticket) -> bool,
    /// The binding of a resumed session (TS-0003 V3.18.0, 8.2.2.1).
    pub resumed: fn(&ServerConfiguration, &PeerCredential, Option<usize>) -> Option<Binding>,

    /// Whether a server of DTLS asks for a cookie first (RFC 6347, 4.2.1).
    pub verifies_address: fn() -> bool,
    /// The cookie for a ClientHello from an address (RFC 6347, 4.2.1).
    pub cookie: fn(&[u8], SocketAddr, &HelloParameters) -> Vec<u8>,
    /// Whether a cookie that came back is the right one (RFC 6347, 4.2.1).
    pub is_cookie: fn(&[u8], &[u8]) -> bool,

    /// Whether keys are exported already (RFC 5705, 4: once the handshake is complete).
    pub exportable: fn(&State) -> bool,
    /// The context of the exporter (TS-0003 V3.18.0, 10.3.1: none, which is not an empty one).
    pub exporter_context: fn() -> Option<&'static [u8]>,

    /// What OpenSSL decides itself at the server end, where the written-out server is to stand in its place.
    #[cfg(feature = "written-out")]
    pub written_out: Option<crate::written_out::Clauses>,
}

impl Clauses {
    /// Every decision as specified.
    pub const SPECIFICATION: Self = Self {
        minimum_version: Version::lowest,
        maximum_version: Version::highest,
        server_suites: suites::of_server,
        client_suites: suites::of_client,
        signature_algorithms: || "ECDSA+SHA256",
        groups: || "P-256",
        renegotiates: || false,
        hint: |_| None,
        host: host::by_name,
        identity_for_hint: |identity, _| identity.octets().to_vec(),
        key_of_identity: PskTable::get,
        is_key_in_force: psk::is_in_force,
        entity_of_identity: binding::entity_of_identity,
        credential_id_of_identity: binding::credential_id_of_identity,
        provision: psk::provision,
        withdraw: PskTable::remove,
        demands_certificate: || true,
        tolerates: |_| false,
        curve: profile::curve,
        point_form: profile::point_form,
        signature_algorithm: profile::signature_algorithm,
        key_usage: profile::key_usage,
        without_wildcard: profile::without_wildcard,
        is_expected: |clauses, trust, certificate| {
            (clauses.entity_of_certificate)(clauses, trust, certificate).is_some()
        },
        entity_of_certificate: binding::entity_of_certificate,
        entity_of_raw_public_key: binding::entity_of_raw_public_key,
        matches_device: matching::device,
        matches_cse_id: matching::cse_id,
        matches_ae_id: matching::ae_id,
        ae_in_certificate: matching::ae_in_certificate,
        matches_node_id: matching::node_id,
        matches_fqdn: matching::fqdn,
        matches_raw_public_key: matching::raw_public_key,
        is_current: host::is_current,
        resumable: resumption::resumable,
        resumed: binding::of_credential,
        verifies_address: || true,
        cookie: cookie::cookie,
        is_cookie: cookie::is_cookie,
        exportable: |state| *state == State::Established,
        exporter_context: || None,
        #[cfg(feature = "written-out")]
        written_out: None,
    };
}

impl Default for Clauses {
    fn default() -> Self {
        Self::SPECIFICATION
    }
}
