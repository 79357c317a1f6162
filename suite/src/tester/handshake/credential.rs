use onem2m_association::messages::SignatureScheme;
use onem2m_keys::Psk;
use p256::ecdsa::signature::Signer;
use p256::ecdsa::signature::hazmat::PrehashSigner;
use p256::ecdsa::{Signature, SigningKey};
use std::fmt;
use std::sync::Arc;

/// With what the tester authenticates itself.
#[derive(Clone)]
pub enum Credential {
    /// A pre-shared key.
    Psk {
        /// psk_identity.
        identity: Vec<u8>,
        /// The key.
        key: Psk,
    },
    /// Certificates.
    Certificates {
        /// Each in DER, as they are sent.
        chain: Vec<Vec<u8>>,
        /// What signs.
        key: Arc<dyn CertificateKey>,
    },
    /// A raw public key (RFC 7250).
    RawPublicKey {
        /// SubjectPublicKeyInfo in DER, as it is sent.
        subject_public_key_info: Vec<u8>,
        /// What signs.
        key: Arc<dyn CertificateKey>,
    },
    /// Nothing: an empty Certificate, if one is asked for.
    None,
}

impl fmt::Debug for Credential {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Psk { .. } => "Credential::Psk(..)",
            Self::Certificates { .. } => "Credential::Certificates(..)",
            Self::RawPublicKey { .. } => "Credential::RawPublicKey(..)",
            Self::None => "Credential::None",
        })
    }
}

impl Credential {
    /// A pre-shared key with its identity.
    pub fn psk(identity: impl Into<Vec<u8>>, key: Psk) -> Self {
        let identity = identity.into();
        Self::Psk { identity, key }
    }

    /// The identity of a pre-shared key.
    pub fn identity(&self) -> Option<&[u8]> {
        match self {
            Self::Psk { identity, .. } => Some(identity),
            _ => None,
        }
    }

    /// A pre-shared key.
    pub fn key(&self) -> Option<&[u8]> {
        match self {
            Self::Psk { key, .. } => Some(key.octets()),
            _ => None,
        }
    }

    /// What signs.
    pub fn signer(&self) -> Option<&dyn CertificateKey> {
        match self {
            Self::Certificates { key, .. } | Self::RawPublicKey { key, .. } => Some(key.as_ref()),
            Self::Psk { .. } | Self::None => None,
        }
    }
}

/// The private key to what a Certificate shows. It signs alike each time.
pub trait CertificateKey: Send + Sync {
    /// The hash and the algorithm with which it signs.
    fn scheme(&self) -> SignatureScheme;

    /// The signature over octets, as a CertificateVerify holds it.
    fn sign(&self, octets: &[u8]) -> Vec<u8>;

    /// The signature over a digest of another hash, if the key can make one.
    fn sign_digest(&self, digest: &[u8]) -> Option<Vec<u8>>;
}

impl CertificateKey for SigningKey {
    fn scheme(&self) -> SignatureScheme {
        SignatureScheme::ECDSA_SECP256R1_SHA256
    }

    fn sign(&self, octets: &[u8]) -> Vec<u8> {
        let signature: Signature = Signer::sign(self, octets);
        signature.to_der().as_bytes().to_vec()
    }

    fn sign_digest(&self, digest: &[u8]) -> Option<Vec<u8>> {
        let signature: Signature = self.sign_prehash(digest).ok()?;
        Some(signature.to_der().as_bytes().to_vec())
    }
}
