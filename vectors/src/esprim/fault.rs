use onem2m_envelope::esprim::{Discard, Refusal};
use onem2m_envelope::{EnvelopeError, Part};

/// Why an Originator discards a response, in the words of the vectors.
pub(super) fn reason_to_discard(discard: &Discard) -> &'static str {
    match discard {
        Discard::Refused(refusal) => fault(refusal),
        Discard::OtherSession { member: "kid", .. } => "session-kid",
        Discard::OtherSession { member: "ori", .. } => "session-ori",
        Discard::OtherSession { .. } => "session-rri",
        Discard::Expired => "expired-session",
    }
}

/// What is wrong with an object, in the words of the vectors.
pub(super) fn fault(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::Form(EnvelopeError::Parts { .. }) => "parts",
        Refusal::Form(EnvelopeError::Base64Url { .. }) => "base64url",
        Refusal::Form(EnvelopeError::Json { .. }) => "header",
        Refusal::Form(EnvelopeError::PartLength {
            part: Part::InitializationVector,
            ..
        }) => "iv-length",
        Refusal::Form(EnvelopeError::PartLength { .. }) => "tag-length",
        Refusal::Form(_) => "form",
        Refusal::EncryptedKey { .. } => "encrypted-key",
        Refusal::NoCiphertext => "ciphertext",
        Refusal::Missing { .. } => "missing",
        Refusal::Type { .. } => "type",
        Refusal::NotAName { .. } => "ncname",
        Refusal::Algorithm { .. } => "alg",
        Refusal::Encryption { .. } => "enc",
        Refusal::Compression { .. } => "zip",
        Refusal::Critical { .. } => "crit",
        Refusal::ContentType { .. } => "cty",
        Refusal::Misplaced { .. } => "misplaced",
        Refusal::RandObject { .. } => "rand-object",
        Refusal::UnknownKey { .. } => "unknown-key",
        Refusal::KeyNotForEsPrim { .. } => "key-not-for-esprim",
        Refusal::KeyExpired { .. } => "expired-key",
        Refusal::UnknownReceiverObject { .. } => "unknown-receiver-object",
        Refusal::ReceiverObjectOfAnother { .. } => "receiver-object-of-another",
        Refusal::ReceiverObjectExpired { .. } => "expired-receiver-object",
        Refusal::UnknownOriginatorObject { .. } => "unknown-originator-object",
        Refusal::OtherIdentifier { .. } => "other-identifier",
        Refusal::OriginatorObjectChanged { .. } => "changed-originator-object",
        Refusal::OriginatorObjectExpired { .. } => "expired-originator-object",
        Refusal::OutlivesReceiverObject { .. } => "outlives",
        Refusal::KeyAlgorithm { .. } => "key-algorithm",
        Refusal::KeyAlgorithmNotOffered { .. } => "key-algorithm-not-offered",
        Refusal::NoProtocol => "no-protocol",
        Refusal::ProtocolNotOffered { .. } => "protocol-not-offered",
        Refusal::EncryptionNotListed { .. } => "enc-not-listed",
        Refusal::Derivation(_) => "derivation",
        Refusal::Tag => "tag",
        Refusal::Replayed => "replay",
        Refusal::Serialization { .. } => "serialization",
        Refusal::Impersonation { .. } => "from",
    }
}
