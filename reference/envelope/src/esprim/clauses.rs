use std::borrow::Cow;

use super::content_type::{ContentType, Direction, Serialization};
use super::derive::{Contributions, Plaintext};
use super::directory::{Directory, IssuedObject, PairwiseKey, RecordedObject, Sighting, Situation};
use super::form::{Form, Members};
use super::header::Header;
use super::protocol::ProtocolId;
use super::rand_object::{OriginatorRand, RandError, ReceiverRand};
use super::readings::{Readings, ValueEncoding};
use super::receive::Received;
use super::refusal::Refusal;
use super::session::Session;
use super::{
    accept, contribute, derive, form, header, impersonation, key, originator, receiver, respond,
};
use crate::{ContentEncryption, Part, SymmetricKey};
use onem2m_keys::{ContentKeyOctets, PairwiseEsPrimKey, SessionEsPrimKey, SessionKeyAlgorithm};
use time::OffsetDateTime;

/// The clauses by which ESPrim Objects are judged (TS-0003 V3.18.0, 8.4), each a function that can be replaced alone.
///
/// A clause reaches its sub-clauses through the table that it is given, so that a replacement holds wherever the clause is
/// used. [`Clauses::SPECIFICATION`] is the judgement as specified.
#[derive(Clone, Copy, Debug)]
pub struct Clauses {
    /// An object as its five parts (RFC 7516, 7.1).
    pub parts: fn(&str) -> Result<[&str; 5], Refusal>,
    /// A part as octets (RFC 7515, 2).
    pub base64url: fn(Part, &str) -> Result<Vec<u8>, Refusal>,
    /// The header as an object without a member that stands twice (RFC 7515, 4).
    pub header_members: fn(&[u8]) -> Result<Members, Refusal>,

    /// `alg` (8.4.3.2).
    pub algorithm: fn(&Members) -> Result<(), Refusal>,
    /// `enc` (Table 8.5.3.2-4).
    pub encryption: fn(&Members) -> Result<ContentEncryption, Refusal>,
    /// `zip` (RFC 7516, 4.1.3).
    pub compression: fn(&Members) -> Result<(), Refusal>,
    /// `crit` (RFC 7515, 4.1.11).
    pub critical: fn(&Members) -> Result<(), Refusal>,
    /// The octets of the encrypted key (RFC 7516, 5.2).
    pub encrypted_key: fn(&[u8]) -> Result<(), Refusal>,
    /// The octets of the initialization vector (RFC 7518, 5.3).
    pub initialization_vector: fn(&[u8]) -> Result<(), Refusal>,
    /// The octets of the ciphertext (Table 8.4.3.2-1).
    pub ciphertext: fn(&[u8]) -> Result<(), Refusal>,
    /// The octets of the tag (RFC 7518, 5.3).
    pub tag: fn(&[u8]) -> Result<(), Refusal>,
    /// `kid` (Table 8.4.3.2-2).
    pub key_id: fn(&Members) -> Result<String, Refusal>,
    /// `cty` (Table 8.4.3.2-2).
    pub content_type: fn(&Members, Direction) -> Result<Option<ContentType>, Refusal>,
    /// `ori` (Table 8.4.3.2-2).
    pub originator_id: fn(&Members) -> Result<String, Refusal>,
    /// `rri` (Table 8.4.3.2-2).
    pub receiver_id: fn(&Members) -> Result<String, Refusal>,
    /// `rro` in a request, `oro` in a response (Table 8.4.3.2-2).
    pub misplaced: fn(&Members, Direction) -> Result<(), Refusal>,
    /// `oro` in a request (8.4.3.1.1).
    pub oro: fn(&Clauses, &Form<'_>, ValueEncoding) -> Result<Option<OriginatorRand>, Refusal>,
    /// `rro` in a response (8.4.3.1.2).
    pub rro: fn(&Clauses, &Form<'_>, ValueEncoding) -> Result<Option<ReceiverRand>, Refusal>,
    /// The identifier of a rand object (TS-0004 V3.32.0, 6.3.5.50).
    pub rand_id: fn(&str) -> Result<(), RandError>,
    /// The random value of a rand object (8.4.3.1.1).
    pub rand_value: fn(&str, ValueEncoding) -> Result<(), RandError>,

    /// The pairwise key (8.4.2, step C.6a).
    pub key: for<'d> fn(&Clauses, &Situation<'d>, &str) -> Result<&'d PairwiseKey, Refusal>,
    /// Whether `kid` names a key (8.4.2, step C.6a).
    pub key_named: fn(&PairwiseKey, &str) -> bool,
    /// Whether a key serves ESPrim (TS-0004 V3.32.0, 6.3.4.2.39).
    pub key_permitted: fn(&PairwiseKey) -> bool,
    /// Whether a key has not expired (8.4.2, step A).
    pub key_current: fn(&PairwiseKey, OffsetDateTime) -> bool,

    /// The rand object of the Receiver (8.4.2, step C.6b.1).
    pub receiver_object: for<'d> fn(
        &Clauses,
        &Situation<'d>,
        &str,
        &PairwiseKey,
    ) -> Result<&'d IssuedObject, Refusal>,
    /// Whether `rri` names it (8.4.2, step C.6b.1).
    pub issued_named: fn(&IssuedObject, &str) -> bool,
    /// Whether who holds the key may use it (8.4.2, step B).
    pub issued_to: fn(&IssuedObject, &PairwiseKey) -> bool,
    /// Whether it has not expired (8.4.2, step C.6b.1).
    pub issued_current: fn(&IssuedObject, OffsetDateTime) -> bool,

    /// The rand object of the Originator (8.4.2, step C.6b.2).
    pub originator_object:
        fn(&Clauses, &Situation<'_>, &Header, &PairwiseKey) -> Result<RecordedObject, Refusal>,
    /// Whether `ori` names what is recorded (8.4.2, step C.6b.2).
    pub recorded_named: fn(&RecordedObject, &str) -> bool,
    /// Whether what is recorded came under this key (8.4.2, step B.2g).
    pub recorded_for: fn(&RecordedObject, &PairwiseKey) -> bool,
    /// Whether `oro` is the object that `ori` names, and not the next (8.4.3.2).
    pub first_use: fn(&str, &OriginatorRand) -> bool,
    /// What stands in for an object that is neither recorded nor sent (8.4.2, step C.6b.2).
    pub unknown_originator: fn(&Situation<'_>, &PairwiseKey, &str) -> Option<RecordedObject>,
    /// Whether an object that came again is the same (8.4.2, step B.2g).
    pub unchanged: fn(&OriginatorRand, &OriginatorRand) -> bool,
    /// Whether it has not expired (8.4.2, step C.6b.2.i).
    pub originator_current: fn(&RecordedObject, OffsetDateTime) -> bool,
    /// Whether its expiry is not later than the Receiver's (8.4.2, step C.6b.2.i).
    pub originator_within: fn(OffsetDateTime, OffsetDateTime) -> bool,
    /// What is recorded of an object whose tag fits (8.4.3.2, step 1.1).
    pub record: fn(&Clauses, &Situation<'_>, &Header, &PairwiseKey) -> Option<RecordedObject>,

    /// The algorithm that derives the session key (Table 10.3.8.1-1).
    pub key_algorithm: fn(u64) -> Option<SessionKeyAlgorithm>,
    /// Whether the Receiver offered it (8.4.2, step C.6b.2.ii).
    pub key_algorithm_offered: fn(u64, &[u64]) -> bool,
    /// Whether the Originator lists any AEAD algorithm (8.4.2, step B.2g).
    pub some_protocol: fn(&[ProtocolId]) -> bool,
    /// Whether the Receiver offered one that the Originator lists (8.4.2, step C.6c.1).
    pub protocol_offered: fn(ProtocolId, &[ProtocolId]) -> bool,
    /// Whether the Originator lists the one in use (8.4.2, step C.6c.1).
    pub encryption_listed: fn(ContentEncryption, &[ProtocolId]) -> bool,

    /// The session key (10.3.8).
    pub session_key: fn(
        &Clauses,
        &Readings,
        &PairwiseEsPrimKey,
        SessionKeyAlgorithm,
        Contributions<'_>,
    ) -> Result<SessionEsPrimKey, Refusal>,
    /// The session key from the octets of the Receiver's and the Originator's object (10.3.8.2).
    pub derive: fn(SessionKeyAlgorithm, &PairwiseEsPrimKey, &[u8], &[u8]) -> SessionEsPrimKey,
    /// The content encryption key (8.4.3.2, step 1.1).
    pub content_key: fn(&SessionEsPrimKey, ContentEncryption, ContentKeyOctets) -> SymmetricKey,
    /// The additional authenticated data (RFC 7516, 5.1, step 14).
    pub additional_data: for<'a> fn(&Form<'a>) -> Cow<'a, [u8]>,
    /// Verification and decryption (8.4.2, step C.6c.2).
    pub decrypt:
        fn(ContentEncryption, &SymmetricKey, &Form<'_>, &[u8]) -> Result<Plaintext, Refusal>,
    /// Whether the object was opened before (TR-0012, 6.2.2.2.3.2).
    pub replayed: fn(&dyn Directory, &Sighting) -> bool,
    /// The serialization of the plaintext (Table 8.4.3.2-2).
    pub serialization: fn(Option<ContentType>, &[u8]) -> Result<Serialization, Refusal>,
    /// Whether the inner From is the identity of the key (7.2.2, step 3).
    pub from: fn(&str, Option<&str>) -> bool,

    /// The algorithm of a response (8.4.2, step C.8).
    pub answer_encryption: fn(&Received) -> ContentEncryption,
    /// The header of a response (8.4.2, step C.8).
    pub answer_header:
        fn(&Received, ContentEncryption, Serialization, Option<ReceiverRand>) -> Header,

    /// Whether the object of a Receiver has not expired when it is to be used (8.4.2, step B.2c.2).
    pub offer_current: fn(OffsetDateTime, OffsetDateTime) -> bool,
    /// The algorithm that an Originator chooses to derive the session key (8.4.2, step B.2g).
    pub chosen_algorithm: fn(&[u64]) -> Option<u64>,
    /// The AEAD algorithms that an Originator lists (8.4.2, step B.2g).
    pub chosen_protocols: fn(&[ProtocolId], &[ContentEncryption]) -> Vec<ProtocolId>,
    /// When an Originator's object expires, wanted and allowed (8.4.2, step B.2g).
    pub chosen_expiry: fn(OffsetDateTime, OffsetDateTime) -> OffsetDateTime,

    /// `kid` of a response against the session (8.4.2, step C.11a).
    pub response_key: fn(&str, &str) -> bool,
    /// `ori` of a response against the session (8.4.2, step C.11a).
    pub response_originator: fn(&str, &str) -> bool,
    /// `rri` of a response against the session (8.4.2, step C.11a).
    pub response_receiver: fn(&str, &str) -> bool,
    /// Whether the session has not expired when a response comes (8.4.2, step C.11a).
    pub response_current: fn(&Session, OffsetDateTime) -> bool,
    /// Whether the Originator lists the algorithm of a response (8.4.2, step C.8).
    pub response_encryption_listed: fn(ContentEncryption, &[ProtocolId]) -> bool,
    /// What is recorded of a response whose tag fits (8.4.3.2, step 1.1).
    pub response_record: fn(&Header) -> Option<ReceiverRand>,
}

impl Clauses {
    /// Every clause as specified.
    pub const SPECIFICATION: Self = Self {
        parts: form::parts,
        base64url: form::octets,
        header_members: form::header_members,
        algorithm: header::algorithm,
        encryption: header::encryption,
        compression: header::compression,
        critical: header::critical,
        encrypted_key: form::encrypted_key,
        initialization_vector: form::initialization_vector,
        ciphertext: form::ciphertext,
        tag: form::tag,
        key_id: header::key_id,
        content_type: header::content_type,
        originator_id: header::originator_id,
        receiver_id: header::receiver_id,
        misplaced: header::misplaced,
        oro: header::oro,
        rro: header::rro,
        rand_id: header::rand_id,
        rand_value: header::rand_value,
        key: key::key,
        key_named: key::key_named,
        key_permitted: key::key_permitted,
        key_current: key::key_current,
        receiver_object: receiver::receiver_object,
        issued_named: receiver::issued_named,
        issued_to: receiver::issued_to,
        issued_current: receiver::issued_current,
        originator_object: originator::originator_object,
        recorded_named: originator::recorded_named,
        recorded_for: originator::recorded_for,
        first_use: originator::first_use,
        unknown_originator: originator::unknown_originator,
        unchanged: originator::unchanged,
        originator_current: originator::originator_current,
        originator_within: originator::originator_within,
        record: originator::record,
        key_algorithm: derive::key_algorithm,
        key_algorithm_offered: derive::key_algorithm_offered,
        some_protocol: derive::some_protocol,
        protocol_offered: derive::protocol_offered,
        encryption_listed: derive::encryption_listed,
        session_key: derive::session_key,
        derive: SessionEsPrimKey::derive,
        content_key: derive::content_key,
        additional_data: derive::additional_data,
        decrypt: derive::decrypt,
        replayed: derive::replayed,
        serialization: derive::serialization,
        from: impersonation::from,
        answer_encryption: respond::answer_encryption,
        answer_header: respond::answer_header,
        offer_current: contribute::offer_current,
        chosen_algorithm: contribute::chosen_algorithm,
        chosen_protocols: contribute::chosen_protocols,
        chosen_expiry: contribute::chosen_expiry,
        response_key: accept::same,
        response_originator: accept::same,
        response_receiver: accept::same,
        response_current: accept::response_current,
        response_encryption_listed: derive::encryption_listed,
        response_record: accept::response_record,
    };
}

impl Default for Clauses {
    fn default() -> Self {
        Self::SPECIFICATION
    }
}
