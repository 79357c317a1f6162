use std::fmt;

use thiserror::Error;

use crate::Curve;
use crate::base64url::Base64UrlError;
use crate::json::JsonError;

/// A part of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The protected header.
    Protected,
    /// The unprotected header of one recipient or signature.
    Header,
    /// The unprotected header that all recipients share.
    Unprotected,
    /// The encrypted key.
    EncryptedKey,
    /// The initialization vector.
    InitializationVector,
    /// The ciphertext.
    Ciphertext,
    /// The authentication tag.
    Tag,
    /// The additional authenticated data of a JSON serialization.
    AdditionalData,
    /// The payload of a JWS.
    Payload,
    /// The signature or MAC.
    Signature,
    /// A JSON serialization as a whole.
    Serialization,
}

impl fmt::Display for Part {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Protected => "protected header",
            Self::Header => "header",
            Self::Unprotected => "shared unprotected header",
            Self::EncryptedKey => "encrypted key",
            Self::InitializationVector => "initialization vector",
            Self::Ciphertext => "ciphertext",
            Self::Tag => "authentication tag",
            Self::AdditionalData => "additional authenticated data",
            Self::Payload => "payload",
            Self::Signature => "signature",
            Self::Serialization => "json serialization",
        })
    }
}

/// Why an object is refused, or cannot be made.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum EnvelopeError {
    /// A compact serialization has another number of parts.
    #[error("expected {expected} parts, got {got}")]
    Parts {
        /// Five of a JWE, three of a JWS.
        expected: usize,
        /// The parts there are.
        got: usize,
    },
    /// A part is not the base64url of any octets.
    #[error("{part}: {error}")]
    Base64Url {
        /// The part.
        part: Part,
        /// What is wrong with it.
        error: Base64UrlError,
    },
    /// A part is no JSON object.
    #[error("{part}: {error}")]
    Json {
        /// The part.
        part: Part,
        /// What is wrong with it.
        error: JsonError,
    },
    /// A key has another number of octets than its algorithm takes.
    #[error("expected {expected} octets in a key for {algorithm}, got {got}")]
    KeyLength {
        /// The algorithm, by its JOSE name.
        algorithm: &'static str,
        /// The octets that it takes.
        expected: usize,
        /// The octets of the key.
        got: usize,
    },
    /// A part has another number of octets than its algorithm makes.
    #[error("expected {expected} octets in the {part}, got {got}")]
    PartLength {
        /// The part.
        part: Part,
        /// The octets that the algorithm makes.
        expected: usize,
        /// The octets there are.
        got: usize,
    },
    /// A key has fewer octets than its algorithm takes.
    #[error("expected at least {expected} octets in a key for {algorithm}, got {got}")]
    KeyTooShort {
        /// The algorithm, by its JOSE name.
        algorithm: &'static str,
        /// The fewest octets that it takes.
        expected: usize,
        /// The octets of the key.
        got: usize,
    },
    /// The modulus of an RSA key has too few bits.
    #[error("expected at least {expected} bits in an rsa modulus, got {got}")]
    Modulus {
        /// The fewest bits.
        expected: u32,
        /// The bits of the modulus.
        got: u32,
    },
    /// The parts of an RSA key do not belong together, or it is too small for what it should do.
    #[error("no rsa key that could be used")]
    RsaKey,
    /// A coordinate or scalar has another number of octets than the field of its curve.
    #[error("expected {expected} octets in `{what}` on {}, got {got}", curve.name())]
    CoordinateLength {
        /// Its name in a JWK.
        what: &'static str,
        /// The curve.
        curve: Curve,
        /// The octets of its field.
        expected: usize,
        /// The octets there are.
        got: usize,
    },
    /// Coordinates are not those of a point of the curve.
    #[error("the point is not on {}", .0.name())]
    NotOnCurve(Curve),
    /// A private key is zero or not below the order of the curve.
    #[error("no private key on {}", .0.name())]
    NoScalar(Curve),
    /// Two keys that should agree are on different curves.
    #[error("expected a key on {}, got one on {}", expected.name(), got.name())]
    Curve {
        /// The curve of the own key.
        expected: Curve,
        /// The curve of the other.
        got: Curve,
    },
    /// A JWK is of another type than is needed.
    #[error("expected a key of type {expected}, got `{got}`")]
    KeyType {
        /// The value of `kty` that is needed.
        expected: &'static str,
        /// The value of `kty`.
        got: String,
    },
    /// A JWK names a curve that JOSE objects of oneM2M do not use.
    #[error("no curve `{got}`")]
    CurveUnknown {
        /// The value of `crv`.
        got: String,
    },
    /// A member of a JWK is not the base64url of any octets.
    #[error("`{name}` of a key: {error}")]
    KeyMember {
        /// The name of the member.
        name: &'static str,
        /// What is wrong with it.
        error: Base64UrlError,
    },
    /// A public key comes with its private part.
    #[error("the ephemeral key comes with its private part")]
    PrivatePart,
    /// A member that has to be there is not.
    #[error("no member `{name}`")]
    Missing {
        /// The name of the member.
        name: &'static str,
    },
    /// A member has a value of another kind.
    #[error("expected {expected} in `{name}`")]
    Kind {
        /// The name of the member.
        name: &'static str,
        /// What it has to be.
        expected: &'static str,
    },
    /// A part that has to hold something is empty.
    #[error("the {part} is empty")]
    Empty {
        /// The part.
        part: Part,
    },
    /// A member stands in more than one of the places that a header has.
    #[error("member `{name}` stands in two places")]
    TwoPlaces {
        /// The name of the member.
        name: String,
    },
    /// `crit` stands where no tag or signature covers it.
    #[error("`crit` is not protected")]
    CriticalUnprotected,
    /// `crit` names nothing.
    #[error("`crit` is empty")]
    CriticalEmpty,
    /// `crit` names what everybody has to understand anyway.
    #[error("`crit` names `{name}`, which is no extension")]
    CriticalStandard {
        /// The name.
        name: String,
    },
    /// `crit` names an extension that is not understood.
    #[error("`crit` names `{name}`, which is not understood")]
    CriticalUnknown {
        /// The name.
        name: String,
    },
    /// The payload is said not to be encoded (RFC 7797), which needs an extension that is not understood.
    #[error("`b64` is not understood")]
    UnencodedPayload,
    /// The plaintext is said to be compressed: TS-0003 has no use for it.
    #[error("the plaintext is compressed with `{got}`")]
    Compression {
        /// The value of `zip`, as JSON.
        got: String,
    },
    /// The algorithm is `none`, in whatever case.
    #[error("the algorithm is `{got}`: nothing is secured")]
    Unsecured {
        /// The value of `alg`.
        got: String,
    },
    /// `alg` names no algorithm of the tables of TS-0003 V3.18.0, 8.5.3.
    #[error("no algorithm `{got}`")]
    AlgorithmUnknown {
        /// The value of `alg`.
        got: String,
    },
    /// `enc` names no content encryption of TS-0003 V3.18.0, Table 8.5.3.2-4.
    #[error("no content encryption `{got}`")]
    ContentEncryptionUnknown {
        /// The value of `enc`.
        got: String,
    },
    /// Recipients have different values of `enc`.
    #[error("expected {expected} for every recipient, got {got}")]
    ContentEncryptionDiffers {
        /// That of the first recipient.
        expected: &'static str,
        /// That of another.
        got: &'static str,
    },
    /// The key serves another algorithm than the header names, or whoever reads permits others.
    #[error("expected {permitted}, got {got}")]
    AlgorithmNotPermitted {
        /// What is permitted.
        permitted: &'static str,
        /// What the header names.
        got: &'static str,
    },
    /// A key is sent along although the key of both is used directly.
    #[error("expected no encrypted key beside `dir`, got {got} octets")]
    EncryptedKeyWithDirect {
        /// The octets of the encrypted key.
        got: usize,
    },
    /// Several recipients share a key that is used directly (TS-0003 V3.18.0, 8.5.2.2.1).
    #[error("expected one recipient with `dir`, got {got}")]
    DirectWithSeveral {
        /// The recipients.
        got: usize,
    },
    /// A JSON serialization has the members of two.
    #[error("member `{name}` belongs to another serialization")]
    MixedSerialization {
        /// The member that does not belong.
        name: &'static str,
    },
    /// There is no recipient or no signature.
    #[error("no element in `{name}`")]
    NoElement {
        /// `recipients` or `signatures`.
        name: &'static str,
    },
    /// None of the recipients or signatures names a key that is known.
    #[error("no key for any recipient or signature")]
    NoKey,
    /// The encrypted key was not wrapped with this key.
    #[error("the encrypted key does not unwrap")]
    KeyUnwrap,
    /// A key that should be wrapped is no multiple of eight octets.
    #[error("expected a multiple of 8 octets to wrap, got {got}")]
    Unwrappable {
        /// The octets of the key.
        got: usize,
    },
    /// The system gives no random octets.
    #[error("the system has no random octets")]
    NoRandom,
    /// The signature is not that of the header, the payload and the key.
    #[error("the signature does not fit")]
    Signature,
    /// A content is not in base64, or in one of several spellings of it.
    #[error("the content is no base64")]
    Base64,
    /// The form of an envelope is none of JOSE.
    #[error("expected contentSecurity 1, 2 or 3, got {content_security}")]
    NoJose {
        /// The form.
        content_security: u8,
    },
    /// An envelope is of another class than its target expects.
    #[error("expected {expected}, got {got}")]
    Class {
        /// The class that is expected.
        expected: &'static str,
        /// The class that the envelope announces.
        got: &'static str,
    },
    /// A token is of a class that its issuer does not permit.
    #[error("expected a class that the issuer permits, got {got}")]
    ClassNotPermitted {
        /// The class of the token.
        got: &'static str,
    },
    /// A nested envelope holds nothing that is signed.
    #[error("what is inside is not signed")]
    NotSigned,
    /// A header names no credential.
    #[error("the header names no credential")]
    CredentialUnnamed,
    /// A token says that it is something else, or nothing.
    #[error("expected the type JWT, got {got:?}")]
    TokenType {
        /// The value of `typ`.
        got: Option<String>,
    },
    /// A token says that something stands in it that may not.
    #[error("expected no content type, or JWT around a nested token, got `{got}`")]
    ContentType {
        /// The value of `cty`.
        got: String,
    },
    /// A header says otherwise than the claims.
    #[error("`{name}` of the header differs from the claim")]
    ReplicatedClaim {
        /// The claim.
        name: &'static str,
    },
    /// The tag is not that of the ciphertext, the header and the key.
    #[error("the authentication tag does not fit")]
    Tag,
    /// More octets than AES-GCM takes.
    #[error("the plaintext is longer than aes-gcm takes")]
    PlaintextTooLong,
}
