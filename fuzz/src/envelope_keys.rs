//! The keys with which the targets of envelopes open and verify.

use std::sync::LazyLock;

use onem2m_envelope::esdata::KeyRing;
use onem2m_envelope::{
    ContentEncryption, Curve, DecryptionKey, DirectKey, EcPrivateKey, Hash, Header, KeyManagement,
    MacKey, SignatureAlgorithm, SymmetricKey, VerificationKey, WrappingKey,
};

/// As many octets as a key takes, of which the first are those of the vectors.
pub(crate) const OCTETS: &[u8; 64] =
    b" !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_";

/// A ring that has a key for every algorithm, so that a header decides how far an object comes. RSA is left out: it takes
/// thousands of times longer than all the rest, over octets of one length.
pub(crate) struct AnyKey;

impl KeyRing for AnyKey {
    fn decryption_key(&self, header: Header<'_>) -> Option<DecryptionKey> {
        match KeyManagement::from_name(header.text("alg").ok()??)? {
            KeyManagement::Direct => {
                let enc = ContentEncryption::from_name(header.text("enc").ok()??)?;
                let key = DirectKey::new(enc, octets(enc.key_length())).ok()?;
                Some(DecryptionKey::Direct(key))
            }
            KeyManagement::Wrap(wrap) => {
                let key = WrappingKey::new(wrap, octets(wrap.key_length())).ok()?;
                Some(DecryptionKey::Wrap(key))
            }
            KeyManagement::EcdhEs(_) => SCALAR.clone().map(DecryptionKey::EcdhEs),
            KeyManagement::RsaOaep256 => None,
        }
    }

    fn verification_key(&self, header: Header<'_>) -> Option<VerificationKey> {
        match SignatureAlgorithm::from_name(header.text("alg").ok()??)? {
            SignatureAlgorithm::Hmac(hash) => mac_key(hash).map(VerificationKey::Mac),
            SignatureAlgorithm::Ecdsa(Curve::P256) => {
                let key = SCALAR.as_ref()?.public_key();
                Some(VerificationKey::Ecdsa(key))
            }
            SignatureAlgorithm::Ecdsa(_) | SignatureAlgorithm::Rsa(_) => None,
        }
    }
}

/// The private key for both uses.
pub(crate) static SCALAR: LazyLock<Option<EcPrivateKey>> = LazyLock::new(|| {
    let (scalar, _) = OCTETS.split_at(Curve::P256.length());
    EcPrivateKey::from_scalar(Curve::P256, scalar).ok()
});

/// The first octets.
pub(crate) fn octets(length: usize) -> SymmetricKey {
    SymmetricKey::new(OCTETS.get(..length).unwrap_or(OCTETS))
}

fn mac_key(hash: Hash) -> Option<MacKey> {
    MacKey::new(hash, octets(hash.length())).ok()
}
