//! The keys of certificates in a CertificateVerify.

use onem2m_association::messages::SignatureScheme;

use super::{KeyAlgorithm, KeyPair, SignatureAlgorithm};
use crate::tester::handshake::CertificateKey;

impl CertificateKey for KeyPair {
    fn scheme(&self) -> SignatureScheme {
        match self.algorithm() {
            KeyAlgorithm::P256 => SignatureScheme::ECDSA_SECP256R1_SHA256,
            KeyAlgorithm::P384 => SignatureScheme::ECDSA_SECP384R1_SHA384,
            KeyAlgorithm::Rsa2048 => SignatureScheme::RSA_PKCS1_SHA256,
        }
    }

    fn sign(&self, octets: &[u8]) -> Vec<u8> {
        let algorithm = match self.algorithm() {
            KeyAlgorithm::P256 => SignatureAlgorithm::EcdsaSha256,
            KeyAlgorithm::P384 => SignatureAlgorithm::EcdsaSha384,
            KeyAlgorithm::Rsa2048 => SignatureAlgorithm::RsaSha256,
        };
        // Each key can sign with its algorithm.
        Self::sign(self, algorithm, octets).unwrap_or_default()
    }

    fn sign_digest(&self, digest: &[u8]) -> Option<Vec<u8>> {
        self.sign_prehashed(digest).ok()
    }
}
