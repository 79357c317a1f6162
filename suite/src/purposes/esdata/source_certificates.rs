//! To which certificates an AE encrypts. They stand in e2eSecInfo of a resource of the Target, which the tester hosts.

use super::place::{Place, name};
use super::source::{Wish, begun, next, wrong};
use super::target::nothing;
use crate::catalogue::behaviour::{InboundOperation, Role, ScriptedAnswer};
use crate::purposes::stop::{Finding, Stop};
use crate::purposes::world::World;
use crate::tester::certificate::{
    Certificate, CertificateError, CertificateOrder, GeneralName, KeyUsage, Seed, Signer, Validity,
};
use crate::verdict::{Cause, Reason};
use base64ct::{Base64, Encoding};
use onem2m_envelope::esdata::{KeyRing, SecurityClass};
use onem2m_envelope::{Curve, DecryptionKey, EcPrivateKey, Header, VerificationKey};
use serde_json::json;
use time::Duration;
use time::macros::datetime;

/// Whom the AE encrypts to.
const TARGET: &str = "https://sp.example/S4711";
const ANOTHER: &str = "https://sp.example/S4712";

/// A certificate that is offered.
struct Offered {
    step: &'static str,
    certificate: Certificate,
}

/// SRC/006.
pub async fn of_targets(world: &mut World<'_>) -> Result<(), Stop> {
    let seed = Seed::new(world.canary());
    let made = certificates(&seed).map_err(|error| Stop::error("twin", error.to_string()));
    let (anchor, right, all) = made?;
    encrypts(world, "twin", Role::Twin, &anchor, &right).await?;
    let last = all.len().saturating_sub(1);
    for (number, offered) in all.iter().enumerate() {
        // The whole time is waited once: what comes late comes behind the last one too.
        let part = if number == last { 1 } else { 4 };
        refuses(world, &anchor, offered, world.facts().patience / part).await?;
    }
    encrypts(world, "read-back", Role::ReadBack, &anchor, &right).await
}

/// The trust anchor of the AE, the right certificate, and wrong ones.
fn certificates(seed: &Seed) -> Result<(Certificate, Certificate, Vec<Offered>), CertificateError> {
    let anchor = CertificateOrder::anchor("esdata-anchor").issue(seed, None)?;
    let stranger = CertificateOrder::anchor("esdata-stranger").issue(seed, None)?;
    let order = |label: &str, uri: &str| {
        let validity = Validity::of_authority();
        let names = vec![GeneralName::Uri(uri.to_owned())];
        let mut order = CertificateOrder::end(label, names, validity.not_before);
        order.validity = validity;
        order.extensions.key_usage = Some(vec![KeyUsage::KeyAgreement]);
        order
    };
    let right = order("esdata-target", TARGET).issue(seed, Some(anchor.as_issuer()))?;
    let mut self_signed = order("esdata-self", TARGET);
    self_signed.signer = Signer::Itself;
    let mut expired = order("esdata-expired", TARGET);
    expired.validity.not_after = datetime!(2021-01-01 00:00:00 UTC) - Duration::SECOND;
    let mut signs = order("esdata-signs", TARGET);
    signs.extensions.key_usage = Some(vec![KeyUsage::DigitalSignature]);
    let wrong = [
        ("self-signed", self_signed, &anchor),
        ("other-anchor", order("esdata-other", TARGET), &stranger),
        ("another-ae", order("esdata-another", ANOTHER), &anchor),
        ("expired", expired, &anchor),
        ("signatures-only", signs, &anchor),
    ];
    let wrong = wrong.into_iter().map(|(step, order, issuer)| {
        let certificate = order.issue(seed, Some(issuer.as_issuer()))?;
        Ok(Offered { step, certificate })
    });
    let wrong = wrong.collect::<Result<_, CertificateError>>()?;
    Ok((anchor, right, wrong))
}

/// The AE encrypts to the right certificate.
async fn encrypts(
    world: &World<'_>,
    step: &str,
    role: Role,
    anchor: &Certificate,
    right: &Certificate,
) -> Result<(), Stop> {
    let place = told(world, step, anchor, right).await?;
    let patience = world.facts().arrival();
    let Some(made) = next(world, step, role, &place, patience).await? else {
        let expected = "content that is encrypted to the certificate";
        return Err(nothing(step, role, expected));
    };
    let scalar = right.key.p256_scalar().unwrap_or_default();
    let own = EcPrivateKey::from_scalar(Curve::P256, &scalar);
    let own = own.map_err(|error| Stop::error(step, error.to_string()))?;
    let class = SecurityClass::EncryptionOnly;
    match made.envelope(step)?.open(class, &Alone(own)) {
        Ok(_) => Ok(()),
        Err(why) => {
            let expected = "content that opens with the key of the certificate";
            let observed = format!("{why}: {}", made.content);
            let finding = Finding::new(Cause::SideEffect, expected, observed);
            Err(Stop::arrived(step, role, finding))
        }
    }
}

/// The AE looks at a certificate that is wrong, and makes nothing.
async fn refuses(
    world: &World<'_>,
    anchor: &Certificate,
    offered: &Offered,
    patience: std::time::Duration,
) -> Result<(), Stop> {
    let step = offered.step;
    let place = told(world, step, anchor, &offered.certificate).await?;
    let arrival = world.facts().arrival();
    let asked = place.next(world, step, Role::Stimulus, arrival).await?;
    let asked = asked.filter(|asked| asked.operation() == Some(InboundOperation::Retrieve));
    if asked.is_none() {
        let detail =
            "expected the AE to retrieve the resource of the Target first, got no such request";
        return Err(Stop::inconclusive(step, Reason::Precondition, detail));
    }
    match next(world, step, Role::Stimulus, &place, patience).await? {
        None => Ok(()),
        Some(made) => Err(wrong(step, "no content", &made.content)),
    }
}

/// Tells the AE to encrypt to the Target, whose resource has this certificate.
async fn told(
    world: &World<'_>,
    step: &str,
    anchor: &Certificate,
    offered: &Certificate,
) -> Result<Place, Stop> {
    let resource = Place::open(world, step)?.container(&format!("target-{}", name(step)));
    let encoded = |certificate: &Certificate| Base64::encode_string(&certificate.der);
    let recipient = json!({
        "resource": resource,
        "uri": TARGET,
        "anchors": [encoded(anchor)],
    });
    let information = json!({"esf": [44], "escert": [encoded(offered)]});
    let content = json!({"m2m:ae": {
        "ri": "target", "rn": "target", "pi": "base", "ty": 2, "aei": "S4711", "api": "Ntarget",
        "rr": false, "srv": ["3"], "ct": "20251120T132730", "lt": "20251120T132730",
        "esi": information,
    }});
    let answer = ScriptedAnswer {
        operation: InboundOperation::Retrieve,
        to: resource,
        code: 2000,
        content: Some(content),
        silent: false,
        held: false,
    };
    let wish = Wish {
        targets: &[],
        recipient: Some(&recipient),
        ..Wish::ONE
    };
    begun(world, step, &wish, vec![answer]).await
}

/// The one key of a certificate.
struct Alone(EcPrivateKey);

impl KeyRing for Alone {
    fn decryption_key(&self, _: Header<'_>) -> Option<DecryptionKey> {
        Some(DecryptionKey::EcdhEs(self.0.clone()))
    }

    fn verification_key(&self, _: Header<'_>) -> Option<VerificationKey> {
        None
    }
}
