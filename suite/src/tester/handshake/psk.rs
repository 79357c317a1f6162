use super::conduct::IdentityChange;
use super::establish::Handshake;
use onem2m_association::messages::{EncodeError, HandshakeMessage, HandshakeType, Prefix, Writer};
use onem2m_keys::{KeyError, Psk};
use rand_chacha::rand_core::Rng;

/// The ClientKeyExchange of a pre-shared key, with a public value of a group behind its identity if there is one
/// (RFC 4279, 2 and 3).
pub fn client_key_exchange(
    handshake: &Handshake,
    identity: &IdentityChange,
    public: Option<&[u8]>,
) -> Result<HandshakeMessage, EncodeError> {
    let right = handshake.credential.identity().unwrap_or_default();
    let another = handshake.another.as_ref();
    let identity = identity.apply(right, another.and_then(|another| another.identity()));
    let length = u16::try_from(identity.len()).unwrap_or(u16::MAX);
    let mut writer = Writer::default();
    writer.u16(handshake.conduct.identity_length.apply(length));
    writer.put(&identity);
    if let Some(public) = public {
        writer.opaque(Prefix::Two, "dh_Yc", public);
    }
    Ok(HandshakeMessage {
        message_type: HandshakeType::CLIENT_KEY_EXCHANGE,
        body: writer.finish()?,
    })
}

/// The pre-shared key that is used.
pub fn key(handshake: &Handshake, random: &mut impl Rng) -> Result<Psk, KeyError> {
    let right = handshake.credential.key().unwrap_or_default();
    let another = handshake.another.as_ref();
    let another = another.and_then(|another| another.key());
    Psk::new(&handshake.conduct.key.apply(right, another, random))
}
