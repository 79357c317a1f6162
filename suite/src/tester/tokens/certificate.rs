//! The certificate of a token issuer, and such as are not to be trusted.

use super::NoToken;
use super::key::generator;
use super::public_key::base64;
use crate::catalogue::behaviour::Forgery;
use crate::profile::{KnownAuthority, KnownIssuer};
use crate::tester::certificate::{
    CertificateOrder, ChainOrder, GeneralName, KeyPair, KeyUsage, Seed, Signer, Validity,
};
use onem2m_envelope::{Curve, EcPrivateKey};
use p256::pkcs8::DecodePrivateKey;
use time::{Duration, OffsetDateTime};

/// A chain with the key of its first certificate.
pub(super) struct Certified {
    /// The certificates in base64, as `x5c` has them.
    pub(super) chain: Vec<String>,
    /// What the first is about.
    pub(super) key: EcPrivateKey,
}

/// The certificate of the issuer, or one with this fault.
pub(super) fn certified(
    issuer: &KnownIssuer,
    forgery: Option<Forgery>,
    now: OffsetDateTime,
) -> Result<Certified, NoToken> {
    let missing = || NoToken::Issuer("with an authority that the tester makes".into());
    let uri = issuer.form.uri.clone().ok_or_else(missing)?;
    let authority = issuer.authority.as_ref().ok_or_else(missing)?;
    let uri = match forgery {
        Some(Forgery::CertificateOfAnother) => format!("{uri}x"),
        _ => uri,
    };
    let label = format!("{}-{forgery:?}", issuer.name);
    let mut end = CertificateOrder::end(&label, vec![GeneralName::Uri(uri)], now);
    match forgery {
        Some(Forgery::CertificateExpired) => {
            end.validity = Validity {
                not_before: now - Duration::days(20),
                not_after: now - Duration::days(2),
            };
        }
        Some(Forgery::CertificateForOtherUse) => {
            end.extensions.key_usage = Some(vec![KeyUsage::KeyAgreement]);
        }
        Some(Forgery::X5cOfHeader | Forgery::Published) => end.signer = Signer::Itself,
        _ => {}
    }
    issued(authority, end, forgery, now)
}

fn issued(
    authority: &KnownAuthority,
    end: CertificateOrder,
    forgery: Option<Forgery>,
    now: OffsetDateTime,
) -> Result<Certified, NoToken> {
    let is_of_stranger = matches!(
        forgery,
        Some(Forgery::CertificateOfUnknownAuthority | Forgery::X5cOfHeader | Forgery::Published)
    );
    let seed = match is_of_stranger {
        true => Seed::new("nobody that an IUT trusts"),
        false => authority.seed.clone(),
    };
    let mut order = ChainOrder::unconstrained(end, now);
    if let (false, Some(made)) = (is_of_stranger, &authority.made) {
        order = order.below(made.clone())?;
    }
    let chain = order.issue(&seed)?;
    Ok(Certified {
        chain: chain.sent.iter().map(|der| base64(der)).collect(),
        key: private(&chain.end.key)?,
    })
}

/// A key that nobody was told of.
pub(super) fn stranger() -> EcPrivateKey {
    EcPrivateKey::generate(Curve::P256, &mut generator("stranger", "key"))
}

fn private(pair: &KeyPair) -> Result<EcPrivateKey, NoToken> {
    let key = p256::SecretKey::from_pkcs8_der(&pair.private_key_info()?);
    let key = key.map_err(|_| NoToken::key("expected a P-256 key in the certificate"))?;
    Ok(EcPrivateKey::from_scalar(Curve::P256, &key.to_bytes())?)
}

/// The certificate that a stranger publishes as that of the issuer, in base64.
pub fn published(issuer: &KnownIssuer, now: OffsetDateTime) -> Result<String, NoToken> {
    let chain = certified(issuer, Some(Forgery::Published), now)?.chain;
    let first = chain.into_iter().next();
    first.ok_or_else(|| NoToken::key("expected a certificate"))
}
