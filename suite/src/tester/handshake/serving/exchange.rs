//! The tester's part in a key exchange as a server.

use super::chosen::Chosen;
use super::conduct::ParametersChange;
use super::service::Service;
use crate::tester::handshake::credential::CertificateKey;
use crate::tester::handshake::draw::draw_key;
use crate::tester::handshake::end::Halt;
use crate::tester::handshake::key_exchange::Ephemeral;
use onem2m_association::messages::{
    Codec, DigitallySigned, EcdheParameters, EcdheServerKeyExchange, NamedGroup,
};
use onem2m_keys::{PremasterSecret, Psk};
use p256::ecdsa::SigningKey;
use rand_chacha::rand_core::Rng;

/// The premaster secrets of both directions: they differ where the tester goes on with another pre-shared key.
pub struct Premasters {
    /// For what the IUT sends.
    pub read: PremasterSecret,
    /// For what the tester sends.
    pub written: PremasterSecret,
}

/// Those of pre-shared keys, once the identity of the IUT has come.
pub fn of_identity(
    service: &Service,
    identity: &[u8],
    random: &mut impl Rng,
) -> Result<Premasters, Halt> {
    let another = service.another.as_ref();
    let known = [Some(&service.credential), another];
    let named = known
        .into_iter()
        .flatten()
        .find(|credential| credential.identity() == Some(identity));
    let right = service.credential.key().unwrap_or_default();
    let read = named.and_then(|credential| credential.key());
    let other = another.and_then(|another| another.key());
    let written = service.conduct.key.apply(right, other, random);
    let premaster = |key: &[u8]| {
        let key = Psk::new(key).map_err(Halt::unsendable)?;
        Ok::<_, Halt>(PremasterSecret::psk(&key))
    };
    Ok(Premasters {
        read: premaster(read.unwrap_or(right))?,
        written: premaster(&written)?,
    })
}

/// The ServerKeyExchange of ECDHE (RFC 8422, 5.4).
pub fn parameters(
    service: &Service,
    chosen: &Chosen,
    ephemeral: &Ephemeral,
    random: &mut impl Rng,
) -> Result<EcdheServerKeyExchange, Halt> {
    let change = service.conduct.parameters;
    if let (ParametersChange::Earlier, Some(earlier)) = (change, &service.earlier) {
        return Ok(earlier.clone());
    }
    let parameters = EcdheParameters {
        group: NamedGroup::SECP256R1,
        point: ephemeral.point(),
    };
    let signed = [
        chosen.randoms.client.as_slice(),
        &chosen.randoms.server,
        &parameters.encode()?,
    ]
    .concat();
    let other = SigningKey::from(draw_key(random));
    let key: &dyn CertificateKey = match (change, service.credential.signer()) {
        (ParametersChange::OtherKey, _) | (_, None) => &other,
        (_, Some(key)) => key,
    };
    Ok(EcdheServerKeyExchange {
        parameters,
        signature: DigitallySigned {
            algorithm: key.scheme(),
            signature: key.sign(&signed),
        },
    })
}
