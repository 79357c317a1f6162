use super::conduct::IdentityChange;
use super::end::Halt;
use super::establish::Handshake;
use super::finite_field::FiniteField;
use super::key_exchange::Ephemeral;
use super::psk;
use super::server_flight::{ServerFlight, ServerShare};
use onem2m_association::messages::HandshakeMessage;
use onem2m_keys::PremasterSecret;
use rand_chacha::rand_core::Rng;

/// The tester's part in a key exchange.
pub enum Exchange {
    /// Of a pre-shared key alone.
    Psk,
    /// On a curve, with the point of the server.
    Curve(Ephemeral, Vec<u8>),
    /// Of a pre-shared key and in a group, with the public value of the server.
    Group(FiniteField, Vec<u8>),
}

impl Exchange {
    /// Draws what is secret of it.
    pub fn draw(server: &ServerFlight, random: &mut impl Rng) -> Result<Self, Halt> {
        Ok(match &server.share {
            ServerShare::None => Self::Psk,
            ServerShare::Point(point) => Self::Curve(Ephemeral::draw(random), point.clone()),
            ServerShare::Group(share) => {
                let field = FiniteField::draw(&share.prime, &share.generator, random)
                    .map_err(|error| Halt::unexpected(error.to_string()))?;
                Self::Group(field, share.public.clone())
            }
        })
    }

    /// The ClientKeyExchange.
    pub fn message(
        &self,
        handshake: &Handshake,
        identity: &IdentityChange,
    ) -> Result<HandshakeMessage, Halt> {
        Ok(match self {
            Self::Psk => psk::client_key_exchange(handshake, identity, None)?,
            Self::Curve(ephemeral, _) => ephemeral.client_key_exchange(handshake.conduct.point)?,
            Self::Group(field, _) => {
                psk::client_key_exchange(handshake, identity, Some(&field.public))?
            }
        })
    }

    /// The premaster secret.
    pub fn premaster(
        &self,
        handshake: &Handshake,
        random: &mut impl Rng,
    ) -> Result<PremasterSecret, Halt> {
        match self {
            Self::Psk => psk::key(handshake, random)
                .map(|key| PremasterSecret::psk(&key))
                .map_err(Halt::unsendable),
            Self::Curve(ephemeral, point) => ephemeral
                .premaster(point)
                .ok_or_else(|| Halt::unexpected("point of the server is not on its curve")),
            Self::Group(field, public) => psk::key(handshake, random)
                .and_then(|key| PremasterSecret::psk_with(&field.shared(public), &key))
                .map_err(Halt::unsendable),
        }
    }
}
