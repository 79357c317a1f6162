use onem2m_envelope::token::Permitted;
use onem2m_envelope::{EcPrivateKey, EcPublicKey, RsaPrivateKey, RsaPublicKey, SymmetricKey};
use onem2m_identity::AeUri;
use onem2m_keys::Suid;

/// What a CSE was provisioned with to verify tokens (TS-0003 V3.18.0, 7.3.2.6.3).
#[derive(Clone, Debug, Default)]
pub struct Tokens {
    /// Those whose tokens it takes.
    pub issuers: Vec<Issuer>,
}

/// A Token Issuer.
#[derive(Clone, Debug)]
pub struct Issuer {
    /// Its identifier, as its tokens have it.
    pub identity: String,
    /// How its tokens may be secured.
    pub permitted: Permitted,
    /// The keys for them.
    pub keys: Vec<IssuerKey>,
    /// Its certificates, if it signs with one.
    pub certified: Option<Certified>,
}

/// A key for tokens of one issuer.
#[derive(Clone, Debug)]
pub struct IssuerKey {
    /// Its identifier, as headers have it.
    pub kid: String,
    /// What it is for.
    pub usage: Suid,
    /// The key.
    pub material: Material,
}

/// The octets of a key, or the part of it that the CSE has.
#[derive(Clone, Debug)]
pub enum Material {
    /// The CSE and the issuer share it.
    Symmetric(SymmetricKey),
    /// The issuer signs with the other part.
    EcPublic(EcPublicKey),
    /// The same.
    RsaPublic(RsaPublicKey),
    /// The CSE opens with it what the issuer encrypted.
    EcPrivate(EcPrivateKey),
    /// The same.
    RsaPrivate(Box<RsaPrivateKey>),
}

/// Who signs with an AE-ID certificate (TS-0003 V3.18.0, 8.5.2.3.2.1).
#[derive(Clone, Debug)]
pub struct Certified {
    /// The URI in its certificates.
    pub uri: AeUri,
    /// The trust anchors above them, in DER.
    pub anchors: Vec<Vec<u8>>,
}
