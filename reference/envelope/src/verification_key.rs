use p256::ecdsa::signature::Verifier;
use rsa::sha2::{Sha256, Sha384, Sha512};

use crate::elliptic::PublicPoint;
use crate::{EcPublicKey, EnvelopeError, Hash, MacKey, Part, RsaPublicKey, SignatureAlgorithm};

/// What a signature is verified with. It serves its own algorithm alone, whatever a header says: a public key is never
/// the key of a message authentication code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VerificationKey {
    /// A key that both have.
    Mac(MacKey),
    /// An RSA key, with the one hash function that it serves.
    Rsa(Hash, RsaPublicKey),
    /// An elliptic curve key.
    Ecdsa(EcPublicKey),
}

impl VerificationKey {
    /// The only algorithm that it serves.
    pub fn algorithm(&self) -> SignatureAlgorithm {
        match self {
            Self::Mac(key) => SignatureAlgorithm::Hmac(key.hash()),
            Self::Rsa(hash, _) => SignatureAlgorithm::Rsa(*hash),
            Self::Ecdsa(key) => SignatureAlgorithm::Ecdsa(key.curve()),
        }
    }

    /// Whether `signature`, which is said to be of `algorithm`, is that of `input`.
    pub fn verify(
        &self,
        algorithm: SignatureAlgorithm,
        input: &[u8],
        signature: &[u8],
    ) -> Result<(), EnvelopeError> {
        if algorithm != self.algorithm() {
            return Err(EnvelopeError::AlgorithmNotPermitted {
                permitted: self.algorithm().name(),
                got: algorithm.name(),
            });
        }
        let expected = self.signature_length();
        if signature.len() != expected {
            return Err(EnvelopeError::PartLength {
                part: Part::Signature,
                expected,
                got: signature.len(),
            });
        }
        match self {
            Self::Mac(key) => key.verify(input, signature),
            Self::Rsa(hash, key) => match hash {
                Hash::Sha256 => key.0.pkcs1v15_verify::<Sha256>(input, signature),
                Hash::Sha384 => key.0.pkcs1v15_verify::<Sha384>(input, signature),
                Hash::Sha512 => key.0.pkcs1v15_verify::<Sha512>(input, signature),
            }
            .map_err(|_| EnvelopeError::Signature),
            Self::Ecdsa(key) => ecdsa(key, input, signature).ok_or(EnvelopeError::Signature),
        }
    }

    fn signature_length(&self) -> usize {
        match self {
            Self::Mac(key) => key.hash().length(),
            Self::Rsa(_, key) => key.length(),
            Self::Ecdsa(key) => 2 * key.curve().length(),
        }
    }
}

fn ecdsa(key: &EcPublicKey, input: &[u8], signature: &[u8]) -> Option<()> {
    match &key.0 {
        PublicPoint::P256(key) => {
            let signature = p256::ecdsa::Signature::from_slice(signature).ok()?;
            let key = p256::ecdsa::VerifyingKey::from(key);
            key.verify(input, &signature).ok()
        }
        PublicPoint::P384(key) => {
            let signature = p384::ecdsa::Signature::from_slice(signature).ok()?;
            let key = p384::ecdsa::VerifyingKey::from(key);
            key.verify(input, &signature).ok()
        }
        PublicPoint::P521(key) => {
            let signature = p521::ecdsa::Signature::from_slice(signature).ok()?;
            let key = p521::ecdsa::VerifyingKey::from(key);
            key.verify(input, &signature).ok()
        }
    }
}
