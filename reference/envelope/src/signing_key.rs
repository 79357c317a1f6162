use p256::ecdsa::signature::Signer;
use rsa::sha2::{Sha256, Sha384, Sha512};

use crate::elliptic::PrivateScalar;
use crate::{EcPrivateKey, EnvelopeError, Hash, MacKey, RsaPrivateKey, SignatureAlgorithm};

/// What a payload is signed with.
#[derive(Clone, Debug)]
pub enum SigningKey {
    /// A key that both have.
    Mac(MacKey),
    /// An RSA key, with the one hash function that it serves.
    Rsa(Hash, RsaPrivateKey),
    /// An elliptic curve key; nonces are deterministic (RFC 6979).
    Ecdsa(EcPrivateKey),
}

impl SigningKey {
    /// Its algorithm.
    pub fn algorithm(&self) -> SignatureAlgorithm {
        match self {
            Self::Mac(key) => SignatureAlgorithm::Hmac(key.hash()),
            Self::Rsa(hash, _) => SignatureAlgorithm::Rsa(*hash),
            Self::Ecdsa(key) => SignatureAlgorithm::Ecdsa(key.curve()),
        }
    }

    /// The signature of `input`, in the form of JWS (RFC 7518, 3).
    pub fn sign(&self, input: &[u8]) -> Result<Vec<u8>, EnvelopeError> {
        match self {
            Self::Mac(key) => key.sign(input),
            Self::Rsa(hash, key) => match hash {
                Hash::Sha256 => key.0.pkcs1v15_sign::<Sha256>(input),
                Hash::Sha384 => key.0.pkcs1v15_sign::<Sha384>(input),
                Hash::Sha512 => key.0.pkcs1v15_sign::<Sha512>(input),
            }
            .map_err(|_| EnvelopeError::RsaKey),
            Self::Ecdsa(key) => Ok(ecdsa(key, input)),
        }
    }
}

fn ecdsa(key: &EcPrivateKey, input: &[u8]) -> Vec<u8> {
    match &key.0 {
        PrivateScalar::P256(key) => {
            let signature: p256::ecdsa::Signature = p256::ecdsa::SigningKey::from(key).sign(input);
            signature.to_bytes().to_vec()
        }
        PrivateScalar::P384(key) => {
            let signature: p384::ecdsa::Signature = p384::ecdsa::SigningKey::from(key).sign(input);
            signature.to_bytes().to_vec()
        }
        PrivateScalar::P521(key) => {
            let signature: p521::ecdsa::Signature = p521::ecdsa::SigningKey::from(key).sign(input);
            signature.to_bytes().to_vec()
        }
    }
}
