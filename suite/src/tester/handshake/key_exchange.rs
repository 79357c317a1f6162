use super::conduct::PointChange;
use super::draw::draw_key;
use onem2m_association::messages::{EcdheClientKeyExchange, EncodeError, HandshakeMessage};
use onem2m_keys::PremasterSecret;
use p256::{PublicKey, SecretKey};
use rand_chacha::rand_core::Rng;

/// The ephemeral key of the tester.
pub struct Ephemeral(SecretKey);

impl Ephemeral {
    /// The next key of the generator.
    pub fn draw(random: &mut impl Rng) -> Self {
        Self(draw_key(random))
    }

    /// The ClientKeyExchange (RFC 8422, 5.7).
    pub fn client_key_exchange(
        &self,
        change: PointChange,
    ) -> Result<HandshakeMessage, EncodeError> {
        HandshakeMessage::of(&EcdheClientKeyExchange {
            point: change.apply(&self.point()),
        })
    }

    /// The public key, uncompressed.
    pub fn point(&self) -> Vec<u8> {
        self.0.public_key().to_sec1_bytes().to_vec()
    }

    /// The premaster secret with a point of the other side: the first coordinate of the product (RFC 8422, 5.10). None if the
    /// point is not on the curve.
    pub fn premaster(&self, point: &[u8]) -> Option<PremasterSecret> {
        let public = PublicKey::from_sec1_bytes(point).ok()?;
        let shared = self.0.diffie_hellman(&public);
        Some(PremasterSecret::from_octets(shared.raw_secret_bytes()))
    }
}
