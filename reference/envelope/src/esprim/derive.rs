use std::borrow::Cow;

use onem2m_keys::{ContentKeyOctets, PairwiseEsPrimKey, SessionEsPrimKey, SessionKeyAlgorithm};
use zeroize::Zeroizing;

use super::clauses::Clauses;
use super::content_type::{ContentType, Serialization};
use super::directory::{Directory, Sighting};
use super::form::Form;
use super::protocol::ProtocolId;
use super::rand_object::{OriginatorRand, ReceiverRand};
use super::readings::Readings;
use super::refusal::Refusal;
use crate::{ContentEncryption, EnvelopeError, SymmetricKey};

/// A verified inner primitive, overwritten when dropped.
pub type Plaintext = Zeroizing<Vec<u8>>;

/// The rand objects that go into a session key.
#[derive(Clone, Copy, Debug)]
pub struct Contributions<'a> {
    /// The Receiver's.
    pub receiver: &'a ReceiverRand,
    /// The Originator's.
    pub originator: &'a OriginatorRand,
}

/// An algorithm that derives session keys, if the number is one (TS-0004 V3.32.0, Table 6.3.4.2.40-1).
pub(crate) fn key_algorithm(id: u64) -> Option<SessionKeyAlgorithm> {
    SessionKeyAlgorithm::from_id(id)
}

/// The algorithm of the Originator is one that the Receiver offered (TS-0003 V3.18.0, 8.4.2, step C.6b.2.ii).
pub(crate) fn key_algorithm_offered(id: u64, offered: &[u64]) -> bool {
    offered.contains(&id)
}

/// The Originator lists at least one AEAD algorithm (TS-0003 V3.18.0, 8.4.2, step B.2g).
pub(crate) fn some_protocol(listed: &[ProtocolId]) -> bool {
    !listed.is_empty()
}

/// An AEAD algorithm that the Originator lists is one that the Receiver listed (step C.6c.1).
pub(crate) fn protocol_offered(id: ProtocolId, offered: &[ProtocolId]) -> bool {
    offered.contains(&id)
}

/// The content is encrypted with what the Originator lists (step C.6c.1).
pub(crate) fn encryption_listed(enc: ContentEncryption, listed: &[ProtocolId]) -> bool {
    listed.contains(&enc.into())
}

/// The session key: Receiver's octets, Originator's octets, label (TS-0003 V3.18.0, 10.3.8.2).
pub(crate) fn session_key(
    clauses: &Clauses,
    readings: &Readings,
    key: &PairwiseEsPrimKey,
    algorithm: SessionKeyAlgorithm,
    contributions: Contributions<'_>,
) -> Result<SessionEsPrimKey, Refusal> {
    let Readings {
        rand_octets,
        value_encoding,
        ..
    } = *readings;
    let receiver = rand_octets.of(contributions.receiver, value_encoding);
    let originator = rand_octets.of(contributions.originator, value_encoding);
    Ok((clauses.derive)(
        algorithm,
        key,
        &receiver.map_err(Refusal::Derivation)?,
        &originator.map_err(Refusal::Derivation)?,
    ))
}

/// The content encryption key is the session key, as much of it as the algorithm takes (TS-0003 V3.18.0, 8.4.3.2, step 1.1).
pub(crate) fn content_key(
    key: &SessionEsPrimKey,
    enc: ContentEncryption,
    octets: ContentKeyOctets,
) -> SymmetricKey {
    let part = key.content_key(enc.key_length(), octets);
    SymmetricKey::new(part.unwrap_or_else(|_| key.octets()))
}

/// What is authenticated beside the ciphertext is the first part as it came (RFC 7516, 5.1, step 14).
pub(crate) fn additional_data<'a>(form: &Form<'a>) -> Cow<'a, [u8]> {
    Cow::Borrowed(form.first.as_bytes())
}

/// The plaintext, once the tag fits.
pub(crate) fn decrypt(
    enc: ContentEncryption,
    key: &SymmetricKey,
    form: &Form<'_>,
    aad: &[u8],
) -> Result<Plaintext, Refusal> {
    enc.open(key, &form.iv, aad, &form.ciphertext, &form.tag)
        .map_err(|error| match error {
            EnvelopeError::Tag => Refusal::Tag,
            other => Refusal::Form(other),
        })
}

/// What the directory remembers having seen. It need not remember anything.
pub(crate) fn replayed(directory: &dyn Directory, sighting: &Sighting) -> bool {
    directory.seen(sighting)
}

/// The plaintext is serialized as `cty` says, as far as its first character shows; without `cty` that character decides.
pub(crate) fn serialization(
    cty: Option<ContentType>,
    plaintext: &[u8],
) -> Result<Serialization, Refusal> {
    let first = plaintext
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(plaintext)
        .iter()
        .find(|octet| !octet.is_ascii_whitespace());
    let looks = match first {
        Some(b'<') => Serialization::Xml,
        Some(octet) if octet.is_ascii() => Serialization::Json,
        _ => Serialization::Cbor,
    };
    match cty {
        Some(cty) if cty.serialization != looks => Err(Refusal::Serialization {
            expected: cty.serialization,
        }),
        _ => Ok(looks),
    }
}
