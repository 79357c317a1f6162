//! Tokens that a step brings.

use crate::profile::TokenClass;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A token for the actor of the step, right in everything that is not said.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TokenOrder {
    /// Who issues it.
    #[serde(skip_serializing_if = "is_default")]
    pub issuer: IssuerChoice,
    /// Its class.
    #[serde(skip_serializing_if = "is_default")]
    pub class: TokenClass,
    /// How it is signed, if not by ES256.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alg: Option<String>,
    /// How the key is sent, if not by A256KW.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub management: Option<String>,
    /// How it is encrypted, if not by A256GCM.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enc: Option<String>,
    /// Claims in place of the usual ones; `<absent>` leaves one out. `nbf` and `exp` are in seconds from now.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub claims: Map<String, Value>,
    /// Whose the token is: the actor that holds it, if not that of the step.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub holder: Option<String>,
    /// The resource that its permission is about, if not the target of the step.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    /// Members of the header in place of the usual ones; of the outer one of a nested token.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub header: Map<String, Value>,
    /// The one thing that is wrong with it, if it is how it is secured.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub forged: Option<Forgery>,
    /// How many JWEs more are around it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub layers: Option<u32>,
    /// How many characters its extension has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extension: Option<usize>,
    /// How many characters its key identifier has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kid_length: Option<usize>,
    /// How often it is sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub copies: Option<usize>,
}

/// Which token issuer of the profile.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum IssuerChoice {
    /// The first that permits every class.
    #[default]
    Any,
    /// The first that permits signature only.
    SignatureOnly,
    /// The first that permits encryption only.
    EncryptionOnly,
    /// The first that permits nested tokens only.
    NestedOnly,
    /// The first that signs with a certificate.
    Certified,
    /// The first that permits unsecured tokens.
    Unsecured,
}

/// What is wrong with how a token is secured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Forgery {
    /// The algorithm is none, and the signature empty.
    Unsecured,
    /// The same, in other letters.
    UnsecuredInOtherLetters,
    /// The signature is empty.
    Empty,
    /// HS256 with the PEM text of the public key as its key.
    PublicPem,
    /// The same without the end of the last line.
    PublicPemUnterminated,
    /// HS256 with the octets of the public key as its key.
    PublicDer,
    /// A key of the tester's own, in `jwk`.
    JwkOfHeader,
    /// A key of the tester's own, to be fetched from `jku`.
    JkuOfHeader,
    /// A certificate in `x5c` that signs itself.
    X5cOfHeader,
    /// A certificate to be fetched from `x5u`.
    X5uOfHeader,
    /// HS256 with a key of no octets.
    EmptyKey,
    /// HS256 with a code that nobody made.
    RandomMac,
    /// A signature of zeros.
    Zeros,
    /// The signature in DER.
    Der,
    /// A signature on P-384 under ES256.
    OtherCurve,
    /// The first half of the signature is the order of the curve.
    FirstHalfTooLarge,
    /// The second half of the signature is the order of the curve.
    SecondHalfTooLarge,
    /// The signature lacks its last octet.
    Short,
    /// The signature has an octet more.
    Long,
    /// The last bit of the signature is inverted.
    Flipped,
    /// The signature is over other claims.
    PayloadReplaced,
    /// The signature is over the header with other white space.
    HeaderRespaced,
    /// The signature is that of another token.
    OfOtherToken,
    /// The signature is over the claims before their encoding.
    Unencoded,
    /// HS256 with a key of the issuer that is for encryption.
    EncryptionKey,
    /// HS256 with a key for ESPrim.
    PairwiseKey,
    /// HS256 with a key for associations.
    AssociationKey,
    /// Signed with a certificate under an authority that the IUT does not know.
    CertificateOfUnknownAuthority,
    /// Signed with a certificate that has expired.
    CertificateExpired,
    /// Signed with a certificate for another AE.
    CertificateOfAnother,
    /// Signed with a certificate whose key is for key agreement.
    CertificateForOtherUse,
    /// Signed with the certificate that the `<AE>` of the actor publishes.
    Published,
    /// The claims are inside, without a signature.
    InnerBare,
    /// `dir` with an encrypted key.
    EncryptedKeyWithDirect,
    /// A tag of 96 bits.
    TagCut,
    /// The first bit of the encrypted key is inverted.
    WrappedKeyFlipped,
    /// The ephemeral key is no point of the curve.
    PointOffCurve,
    /// Encrypted to a key of somebody else.
    OfAnotherCse,
    /// An encrypted key of random octets.
    RandomEncryptedKey,
    /// The last bit of the ciphertext is inverted.
    CiphertextFlipped,
    /// The key is wrapped by A256GCMKW.
    GcmKeyWrap,
    /// The key is derived from a password in as many rounds as there can be.
    Pbes2,
    /// The claims are compressed.
    Compressed,
    /// The claims are compressed, and much longer than that.
    CompressedBomb,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
