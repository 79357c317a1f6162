use std::time::Duration;

use onem2m_keys::{MasterSecret, PremasterSecret, Psk, Randoms, TranscriptHash};
use p256::PublicKey;
use p256::ecdsa::VerifyingKey;

use super::{
    AlertReaction, Awaited, Configuration, EpochOfRecord, EpochReaction, Incoming, OpenFailure,
    Progress, Protection, Reaction, RecordContext, Refusal, Renegotiation, ReplayWindow,
    StoredSession, Suite, VerifyData, authority, block_cipher, client_certificate, cookie, epoch,
    finished, flight, hello, key_exchange, mac, progress, protection, random, reaction,
    renegotiation, replay_window, resumption,
};
use crate::PeerCredential;
use crate::messages::datagram::{
    Arrival, DatagramClientHello, Fragment, Reassembler, ReassemblyError, SequenceNumber,
};
use crate::messages::{
    Alert, AlertDescription, CertificateRequest, CertificateType, ClientHello, Codec,
    CompressionMethod, ContentType, DecodeError, DigitallySigned, EncodeError, HandshakeMessage,
    HandshakeReader, HandshakeType, ProtocolVersion, Random, Record, RecordHeader,
};

/// Opens a protected fragment.
pub type Open = fn(&Clauses, &Protection, &RecordContext, &[u8]) -> Result<Vec<u8>, Refusal>;

/// Takes the fragment of a handshake record, and gives the messages that end in it.
pub type Join = fn(&mut HandshakeReader, &[u8]) -> Result<Vec<HandshakeMessage>, Refusal>;

/// Selects the suite for a ClientHello at an authority.
pub type SelectSuite =
    fn(&Clauses, &Configuration, &ClientHello, Option<usize>) -> Result<Suite, Refusal>;

/// Says whether a session may be resumed by a ClientHello at an authority.
pub type MayResume = fn(
    &Clauses,
    &Configuration,
    &StoredSession,
    &ClientHello,
    Option<usize>,
) -> Result<bool, Refusal>;

/// Finds the key of an identity at an authority.
pub type FindKey = fn(&Configuration, Option<usize>, &[u8]) -> Result<Psk, Refusal>;

/// Selects the type of certificate among those that the client offers, if it does, and those that are known.
pub type SelectCertificateType =
    fn(Option<&[CertificateType]>, &[CertificateType]) -> Result<CertificateType, Refusal>;

/// Judges a chain in DER, and gives the SubjectPublicKeyInfo of its first certificate.
pub type JudgeChain = fn(&Configuration, &[Vec<u8>]) -> Result<Vec<u8>, Refusal>;

/// Makes the cookie for a ClientHello, with the secret of the server and the address of the client.
pub type MakeCookie = fn(&[u8], &[u8], &ClientHello) -> Result<Vec<u8>, EncodeError>;

/// Takes a fragment of a handshake message.
pub type Reassemble = fn(&mut Reassembler, &Fragment) -> Result<Arrival, ReassemblyError>;

/// Derives the master secret from the premaster secret, if there is one, and the hash of the session, if it is extended.
pub type DeriveMaster =
    fn(Option<&PremasterSecret>, &Randoms, Option<&TranscriptHash>) -> Option<MasterSecret>;

/// The decisions of the server, each a function that can be replaced alone.
///
/// A clause reaches its sub-clauses through the table that it is given, so that a replacement holds wherever the clause
/// is used. [`Clauses::SPECIFICATION`] is the server as specified.
#[derive(Clone, Copy, Debug)]
pub struct Clauses {
    /// Whether a record may have a version, when one was agreed or not yet (RFC 5246, 6.2.1 and E.1).
    pub record_version: fn(Option<ProtocolVersion>, ProtocolVersion) -> bool,
    /// What is sent to a client whose first octets are no record of a version that is taken (RFC 5246, E.1 and E.2).
    pub no_record: fn(&RecordHeader) -> Result<Vec<u8>, Refusal>,
    /// The most octets of a protected fragment (RFC 5246, 6.2.3).
    pub ciphertext_limit: fn() -> usize,
    /// The most octets of the content of a record (RFC 5246, 6.2.1).
    pub plaintext_limit: fn() -> usize,
    /// Whether a record of a type may be empty (RFC 5246, 6.2.1).
    pub may_be_empty: fn(ContentType) -> bool,
    /// A record of a type that was not agreed (RFC 5246, 6).
    pub unknown_content: fn(ContentType, &[u8]) -> Result<Reaction, Refusal>,
    /// An alert, after as many warnings in a row (RFC 5246, 7.2).
    pub alert: fn(&Alert, u32) -> Result<AlertReaction, Refusal>,

    /// The content of a protected fragment (RFC 5246, 6.2.3).
    pub open: Open,
    /// How many octets are padding of the block cipher (RFC 5246, 6.2.3.2).
    pub padding: fn(&[u8]) -> Option<usize>,
    /// Whether the MAC of a record, the second, is the one that was computed (RFC 5246, 6.2.3.1).
    pub mac: fn(&[u8], &[u8]) -> bool,
    /// The alert for a record that does not open (RFC 5246, 6.2.3.2 and 7.2.2).
    pub open_failure: fn(OpenFailure) -> AlertDescription,

    /// What has to come next (RFC 5246, 7.3).
    pub awaited: fn(&Progress) -> Awaited,
    /// Whether what came is what has to come (RFC 5246, 7.3 and 7.4).
    pub accepts: fn(&Clauses, &Progress, Incoming) -> bool,
    /// Whether a message is part of what Finished covers (RFC 5246, 7.4.1.1 and 7.4.9).
    pub covered: fn(HandshakeType) -> bool,
    /// The handshake messages that end in a fragment, however they are spread over records (RFC 5246, 6.2.1).
    pub join: Join,
    /// The most octets of the body of a handshake message.
    pub message_limit: fn() -> usize,

    /// The octets of a ClientHello of TLS (RFC 5246, 7.4.1.2).
    pub client_hello: fn(&[u8]) -> Result<ClientHello, DecodeError>,
    /// Whether the extensions of a ClientHello can stand beside each other (RFC 5246, 7.4.1.4).
    pub extensions: fn(&ClientHello) -> Result<(), Refusal>,
    /// The version of a TLS connection (RFC 5246, E.1).
    pub version: fn(ProtocolVersion) -> Result<ProtocolVersion, Refusal>,
    /// The compression method of the connection (RFC 5246, 7.4.1.2).
    pub compression: fn(&[CompressionMethod]) -> Result<CompressionMethod, Refusal>,
    /// The suite of the connection (RFC 5246, 7.4.1.3).
    pub suite: SelectSuite,
    /// The suites of the server (TS-0003 V3.18.0, 10.2).
    pub suites: fn(&Configuration, Option<usize>) -> Vec<Suite>,
    /// Whether the client can do what a suite needs (RFC 8422, 5.1).
    pub usable: fn(Suite, &ClientHello) -> Result<bool, Refusal>,
    /// The name of the host that the client wants (RFC 6066, 3).
    pub server_name: fn(&ClientHello) -> Result<Option<Vec<u8>>, Refusal>,
    /// The authority with a name (RFC 6066, 3).
    pub host: fn(&Configuration, Option<&[u8]>) -> Option<usize>,
    /// Whether the master secret is the extended one (RFC 7627, 5.1).
    pub extended_master_secret: fn(&ClientHello) -> bool,
    /// The random value of a ServerHello (RFC 5246, 7.4.1.3).
    pub server_random: fn() -> Result<Random, Refusal>,
    /// The identifier of a new session (RFC 5246, 7.4.1.3).
    pub session_id: fn() -> Result<Vec<u8>, Refusal>,

    /// What becomes of a ClientHello within an established association (RFC 5246, 7.2.2).
    pub renegotiation: fn() -> Renegotiation,
    /// Whether renegotiation_info is answered (RFC 5746, 3.6 and 3.7).
    pub renegotiation_info: fn(Option<&VerifyData>, &ClientHello) -> Result<bool, Refusal>,

    /// Whether a session that was found is resumed (RFC 5246, 7.4.1.2).
    pub resumable: MayResume,
    /// Whether the credential of a session would be accepted now (TS-0003 V3.18.0, 8.2.2.1).
    pub still_good: fn(&Configuration, &StoredSession) -> bool,
    /// Whom a session that is resumed belongs to (TS-0003 V3.18.0, 8.2.2.1).
    pub resumed_peer: fn(&StoredSession) -> Option<PeerCredential>,
    /// Whether an alert makes the server forget the session (RFC 5246, 7.2.2).
    pub forgets: fn(&Alert) -> bool,

    /// The hint to an identity (RFC 4279, 5.2).
    pub identity_hint: fn(&Configuration) -> Option<Vec<u8>>,
    /// The identity in a ClientKeyExchange (RFC 4279, 2).
    pub identity: fn(&[u8]) -> Result<Vec<u8>, Refusal>,
    /// The key of an identity at a host (RFC 4279, 2).
    pub key: FindKey,
    /// Further keys for which an identity stands beside its own: none (RFC 4279, 2).
    pub other_keys: fn(&Configuration, Option<usize>, &Psk) -> Vec<Psk>,
    /// The premaster secret of a pre-shared key (RFC 4279, 2).
    pub psk_premaster: fn(&Psk) -> PremasterSecret,
    /// The point of the client in ECDHE (RFC 8422, 5.11).
    pub client_point: fn(&[u8]) -> Result<PublicKey, Refusal>,
    /// The master secret (RFC 5246, 8.1; RFC 7627, 4).
    pub master:
        fn(Option<&PremasterSecret>, &Randoms, Option<&TranscriptHash>) -> Option<MasterSecret>,
    /// Who the peer is, who was another, or nobody yet, and now shows a credential (TS-0003 V3.18.0, 8.2.2.1).
    pub bind: fn(Option<&PeerCredential>, PeerCredential) -> PeerCredential,

    /// What a side shows, of the types that the client names and those that are known (RFC 7250, 4.1 and 4.2).
    pub certificate_type: SelectCertificateType,
    /// What the client is asked for (RFC 5246, 7.4.4).
    pub certificate_request: fn(&Configuration) -> Option<CertificateRequest>,
    /// Whether a client may go on without a certificate (RFC 5246, 7.4.6).
    pub no_certificate: fn() -> Result<(), Refusal>,
    /// The SubjectPublicKeyInfo of a chain that is good (RFC 5246, 7.4.6).
    pub judge: JudgeChain,
    /// Whether a raw public key is good (RFC 7250, 4.4).
    pub judge_raw_public_key: fn(&Configuration, &[u8]) -> Result<(), Refusal>,
    /// The public key of the client (TS-0003 V3.18.0, 10.1.1.1).
    pub public_key: fn(&[u8]) -> Result<VerifyingKey, Refusal>,
    /// Whether the client has the key of its certificate (RFC 5246, 7.4.8).
    pub certificate_verify: fn(&VerifyingKey, &[u8], &DigitallySigned) -> Result<(), Refusal>,
    /// Whether verify_data, the second, is the one that was computed (RFC 5246, 7.4.9).
    pub finished: fn(&[u8], &[u8]) -> Result<(), Refusal>,

    /// Whether a record of DTLS may have a version, when one was agreed or not yet (RFC 6347, 4.1 and 4.2.1).
    pub datagram_record_version: fn(Option<ProtocolVersion>, ProtocolVersion) -> bool,
    /// Whether a record of an epoch is taken (RFC 6347, 4.1).
    pub epoch: fn(EpochOfRecord) -> Result<EpochReaction, Refusal>,
    /// What follows from a record that cannot be taken (RFC 6347, 4.1.2.7).
    pub invalid_record: fn(Refusal) -> Result<(), Refusal>,
    /// Whether a record of the current epoch is no replay (RFC 6347, 4.1.2.6).
    pub is_fresh: fn(&ReplayWindow, SequenceNumber) -> bool,
    /// Whether a record that opened, or did not, counts as received (RFC 6347, 4.1.2.6).
    pub moves_window: fn(bool) -> bool,
    /// The octets of a ClientHello of DTLS (RFC 6347, 4.2.1).
    pub datagram_client_hello: fn(&[u8]) -> Result<DatagramClientHello, DecodeError>,
    /// The version of a DTLS association (RFC 6347, 4.1; RFC 5246, E.1).
    pub datagram_version: fn(ProtocolVersion) -> Result<ProtocolVersion, Refusal>,
    /// Whether clients have to show a cookie (RFC 6347, 4.2.1).
    pub asks_for_cookie: fn() -> bool,
    /// The cookie for a ClientHello from an address (RFC 6347, 4.2.1).
    pub cookie: MakeCookie,
    /// Whether the cookie of a client, the second, is the one that it was given (RFC 6347, 4.2.1).
    pub cookie_matches: fn(&[u8], &[u8]) -> bool,
    /// Takes a fragment of a handshake message (RFC 6347, 4.2.2 and 4.2.3).
    pub reassemble: Reassemble,
    /// Whether a flight is sent again when the peer repeats its own (RFC 6347, 4.2.4).
    pub repeats: fn(&Progress) -> bool,
    /// How long one waits for the peer before a flight is repeated, when that was done so often (RFC 6347, 4.2.4.1).
    pub timeout: fn(u32) -> Option<Duration>,
}

impl Clauses {
    /// Every clause as specified.
    pub const SPECIFICATION: Self = Self {
        record_version: hello::record_version,
        no_record: hello::no_record,
        ciphertext_limit: || Record::MAXIMUM_CIPHERTEXT,
        plaintext_limit: || Record::MAXIMUM_PLAINTEXT,
        may_be_empty: |content_type| content_type == ContentType::APPLICATION_DATA,
        unknown_content: reaction::unknown_content,
        alert: reaction::alert,
        open: protection::open,
        padding: block_cipher::padding,
        mac: mac::matches,
        open_failure: protection::open_failure,
        awaited: progress::awaited,
        accepts: progress::accepts,
        covered: progress::covered,
        join: progress::join,
        // Room for the longest identity, and for a chain of many certificates.
        message_limit: || 1 << 17,
        client_hello: ClientHello::decode,
        extensions: hello::extensions,
        version: hello::version,
        compression: hello::compression,
        suite: hello::suite,
        suites: hello::suites,
        usable: hello::usable,
        server_name: hello::server_name,
        host: hello::host,
        extended_master_secret: hello::extended_master_secret,
        server_random: random::server_random,
        session_id: random::session_id,
        renegotiation: renegotiation::renegotiation,
        renegotiation_info: renegotiation::renegotiation_info,
        resumable: resumption::resumable,
        still_good: resumption::still_good,
        resumed_peer: |session| session.peer.clone(),
        forgets: resumption::forgets,
        identity_hint: |_| None,
        identity: authority::identity,
        key: authority::key,
        other_keys: |_, _, _| Vec::new(),
        psk_premaster: key_exchange::psk_premaster,
        client_point: key_exchange::client_point,
        master: key_exchange::master,
        bind: |_, shown| shown,
        certificate_type: hello::certificate_type,
        certificate_request: client_certificate::certificate_request,
        no_certificate: client_certificate::no_certificate,
        judge: client_certificate::judge,
        judge_raw_public_key: client_certificate::judge_raw_public_key,
        public_key: client_certificate::public_key,
        certificate_verify: client_certificate::certificate_verify,
        finished: finished::finished,
        datagram_record_version: hello::datagram_record_version,
        epoch: epoch::epoch,
        invalid_record: epoch::invalid_record,
        is_fresh: replay_window::is_fresh,
        moves_window: |opened| opened,
        datagram_client_hello: DatagramClientHello::decode,
        datagram_version: hello::datagram_version,
        asks_for_cookie: || true,
        cookie: cookie::cookie,
        cookie_matches: cookie::cookie_matches,
        reassemble: Reassembler::push,
        repeats: |_| true,
        timeout: flight::timeout,
    };
}
