use thiserror::Error;

use super::content_type::Serialization;
use super::protocol::ProtocolId;
use super::rand_object::RandError;
use crate::{ContentEncryption, EnvelopeError};

/// Why an ESPrim Object is refused. Each fault has its own variant.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    /// The serialization is not what RFC 7516 makes: parts, base64url, the header as JSON, the lengths of the parts.
    #[error("{0}")]
    Form(EnvelopeError),
    /// Direct encryption has no encrypted key.
    #[error("expected no encrypted key, got {got} octets")]
    EncryptedKey {
        /// Its octets.
        got: usize,
    },
    /// Nothing is encrypted.
    #[error("the ciphertext is empty")]
    NoCiphertext,
    /// A member that the header has to have is missing.
    #[error("header member `{member}` is missing")]
    Missing {
        /// Its name.
        member: &'static str,
    },
    /// A member of the header is no string.
    #[error("expected a string in header member `{member}`")]
    Type {
        /// Its name.
        member: &'static str,
    },
    /// An identifier of a rand object in the header is no xs:NCName.
    #[error("header member `{member}` is no xs:NCName: {got:?}")]
    NotAName {
        /// The member.
        member: &'static str,
        /// Its value.
        got: String,
    },
    /// The key is not used directly.
    #[error("expected alg \"dir\", got {got:?}")]
    Algorithm {
        /// The value of `alg`.
        got: String,
    },
    /// The content is encrypted with something else than TS-0003 names.
    #[error("enc {got:?} is not supported")]
    Encryption {
        /// The value of `enc`.
        got: String,
    },
    /// The plaintext is compressed.
    #[error("zip {got} is not supported")]
    Compression {
        /// The value of `zip`.
        got: String,
    },
    /// An extension that has to be understood is not, or `crit` itself is not well formed.
    #[error("crit {got} is not understood")]
    Critical {
        /// The value of `crit`.
        got: String,
    },
    /// `cty` is no media type of such a primitive.
    #[error("cty {got:?} is none of this primitive")]
    ContentType {
        /// The value of `cty`.
        got: String,
    },
    /// A rand object that the other side alone sends.
    #[error("header member `{member}` has no place here")]
    Misplaced {
        /// The member.
        member: &'static str,
    },
    /// A rand object in the header is none.
    #[error("header member `{member}`: {error}")]
    RandObject {
        /// The member.
        member: &'static str,
        /// What is wrong with it.
        error: RandError,
    },
    /// No such key.
    #[error("kid {kid:?} is not known")]
    UnknownKey {
        /// The value of `kid`.
        kid: String,
    },
    /// The key serves another security feature.
    #[error("the key {kid:?} is not for esprim")]
    KeyNotForEsPrim {
        /// The value of `kid`.
        kid: String,
    },
    /// The lifetime of the key is over.
    #[error("the key {kid:?} is expired")]
    KeyExpired {
        /// The value of `kid`.
        kid: String,
    },
    /// The Receiver did not issue that.
    #[error("rri {rri:?} is not known")]
    UnknownReceiverObject {
        /// The value of `rri`.
        rri: String,
    },
    /// The Receiver issued that to another.
    #[error("rri {rri:?} was issued to another")]
    ReceiverObjectOfAnother {
        /// The value of `rri`.
        rri: String,
    },
    /// The rand object of the Receiver is expired.
    #[error("rri {rri:?} is expired")]
    ReceiverObjectExpired {
        /// The value of `rri`.
        rri: String,
    },
    /// No rand object of the Originator is recorded under that identifier, and none came.
    #[error("ori {ori:?} is not known")]
    UnknownOriginatorObject {
        /// The value of `ori`.
        ori: String,
    },
    /// The rand object that came at first use is not the one that is used.
    #[error("expected {ori:?} as identifier in oro, got {got:?}")]
    OtherIdentifier {
        /// The value of `ori`.
        ori: String,
        /// The identifier in `oro`.
        got: String,
    },
    /// The identifier of a rand object in force came with other contents.
    #[error("the rand object {id:?} is another than before")]
    OriginatorObjectChanged {
        /// The identifier.
        id: String,
    },
    /// The rand object of the Originator is expired.
    #[error("ori {ori:?} is expired")]
    OriginatorObjectExpired {
        /// The value of `ori`.
        ori: String,
    },
    /// The rand object of the Originator outlives that of the Receiver.
    #[error("ori {ori:?} expires after the object of the receiver")]
    OutlivesReceiverObject {
        /// The value of `ori`.
        ori: String,
    },
    /// The session key is derived by something unknown.
    #[error("key generation algorithm {id} is not supported")]
    KeyAlgorithm {
        /// Its number.
        id: u64,
    },
    /// The session key is derived by something that the Receiver did not offer.
    #[error("key generation algorithm {id} was not offered")]
    KeyAlgorithmNotOffered {
        /// Its number.
        id: u64,
    },
    /// The Originator lists no AEAD algorithm.
    #[error("the originator lists no aead algorithm")]
    NoProtocol,
    /// The Originator lists an AEAD algorithm that the Receiver did not.
    #[error("protocol and algorithm {} was not offered", id.0)]
    ProtocolNotOffered {
        /// The first such number.
        id: ProtocolId,
    },
    /// The content is encrypted with what the Originator does not list.
    #[error("{} is not listed by the originator", got.name())]
    EncryptionNotListed {
        /// The algorithm.
        got: ContentEncryption,
    },
    /// A random value does not give the octets that the reading of the entity needs.
    #[error("no octets of a rand object: {0}")]
    Derivation(RandError),
    /// The tag is not that of header, ciphertext and key.
    #[error("the authentication tag does not fit")]
    Tag,
    /// The object was opened before.
    #[error("the object was opened before")]
    Replayed,
    /// The plaintext is not serialized as `cty` says.
    #[error("expected {expected:?} in the plaintext")]
    Serialization {
        /// What `cty` says.
        expected: Serialization,
    },
    /// The inner From is not the identity that is associated with the key.
    #[error("expected {expected:?} in the inner From, got {got:?}")]
    Impersonation {
        /// The identity of the key.
        expected: String,
        /// The inner From.
        got: Option<String>,
    },
}

impl Refusal {
    /// The Response Status Code with which a Receiver answers (TS-0004 V3.32.0, Table 7.6.2-1 and 6.6.3). Where the table has
    /// no row, that of the member in which the fault lies.
    pub fn status(&self) -> u16 {
        match self {
            Self::Form(EnvelopeError::Tag) | Self::Tag => ESPRIM_BAD_MAC,
            Self::Form(_)
            | Self::EncryptedKey { .. }
            | Self::NoCiphertext
            | Self::Missing { .. }
            | Self::Type { .. }
            | Self::NotAName { .. }
            | Self::Critical { .. }
            | Self::ContentType { .. }
            | Self::Misplaced { .. }
            | Self::RandObject { .. } => BAD_REQUEST,
            Self::Algorithm { .. }
            | Self::Encryption { .. }
            | Self::Compression { .. }
            | Self::KeyAlgorithm { .. }
            | Self::KeyAlgorithmNotOffered { .. }
            | Self::NoProtocol
            | Self::ProtocolNotOffered { .. }
            | Self::EncryptionNotListed { .. } => ESPRIM_UNSUPPORTED_OPTION,
            Self::UnknownKey { .. } | Self::KeyNotForEsPrim { .. } | Self::KeyExpired { .. } => {
                ESPRIM_UNKNOWN_KEY_ID
            }
            Self::UnknownOriginatorObject { .. }
            | Self::OtherIdentifier { .. }
            | Self::OriginatorObjectChanged { .. }
            | Self::OriginatorObjectExpired { .. }
            | Self::OutlivesReceiverObject { .. } => ESPRIM_UNKNOWN_ORIG_RAND_ID,
            Self::UnknownReceiverObject { .. }
            | Self::ReceiverObjectOfAnother { .. }
            | Self::ReceiverObjectExpired { .. } => ESPRIM_UNKNOWN_RECV_RAND_ID,
            Self::Impersonation { .. } => ESPRIM_IMPERSONATION_ERROR,
            Self::Derivation(_) | Self::Replayed | Self::Serialization { .. } => {
                ESPRIM_DECRYPTION_ERROR
            }
        }
    }
}

const BAD_REQUEST: u16 = 4000;
const ESPRIM_UNSUPPORTED_OPTION: u16 = 4111;
const ESPRIM_UNKNOWN_KEY_ID: u16 = 4112;
const ESPRIM_UNKNOWN_ORIG_RAND_ID: u16 = 4113;
const ESPRIM_UNKNOWN_RECV_RAND_ID: u16 = 4114;
const ESPRIM_BAD_MAC: u16 = 4115;
const ESPRIM_IMPERSONATION_ERROR: u16 = 4116;
const ESPRIM_DECRYPTION_ERROR: u16 = 5210;
