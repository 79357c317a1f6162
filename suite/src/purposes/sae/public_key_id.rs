//! The public key identifier that the IUT states of its own raw public key (TS-0003 V3.18.0, 10.1.2).

use super::holder::registered;
use super::prepared::Prepared;
use super::standing::{attempt, close, standing};
use crate::catalogue::behaviour::{Fixture, Role};
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use crate::verdict::{Cause, Judgement, Reason};
use onem2m_association::messages::CertificateType;
use onem2m_identity::{DigestAlgorithm, PublicKeyId};

/// CSE/ID/PKI/001: it is that of the key which the IUT shows, by one of the algorithms that 10.1.2 has.
pub async fn is_that_of_the_key(world: &mut World<'_>) -> Result<(), Stop> {
    let stated = world.facts().pixit.get("PIXIT_PUBLIC_KEY_IDENTIFIER");
    let Some(stated) = stated.filter(|stated| *stated != "none").cloned() else {
        let detail = "the profile states no identifier; hint: set PIXIT_PUBLIC_KEY_IDENTIFIER";
        return Err(Stop::inconclusive("start", Reason::Precondition, detail));
    };
    let step = "request";
    let holder = registered(world, Fixture::RawKey).await?;
    let mut handshake = world.handshake(step, holder.credential.clone());
    let raw = vec![CertificateType::RAW_PUBLIC_KEY.0];
    handshake.conduct.hello.server_certificate_types = Some(raw);
    let attempt = attempt(world, step, Role::Stimulus, &handshake).await?;
    let shown = attempt.seen.raw_public_key.clone();
    let mut association = standing(step, Role::Stimulus, attempt)?;
    Prepared::own(world, &holder, "request: retrieve", Role::Stimulus)?
        .ask(world, &mut association)
        .await?;
    close(step, &mut association).await?;
    let Some(information) = shown else {
        let detail = "the IUT shows no raw public key of its own";
        return Err(Stop::inconclusive(step, Reason::Precondition, detail));
    };
    match is_of(&stated, &information) {
        true => Ok(()),
        false => {
            let expected = PublicKeyId::of(&information, DigestAlgorithm::Sha256).to_string();
            let expected = format!("{expected}, or the same of 128 or 120 bits");
            let judgement = Judgement::fail(Cause::WrongDecision, expected, stated);
            Err(Stop::Judged(judgement.at(step)))
        }
    }
}

fn is_of(stated: &str, information: &[u8]) -> bool {
    let right = DigestAlgorithm::ALL.map(|algorithm| PublicKeyId::of(information, algorithm));
    right.iter().any(|right| right.to_string() == stated)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifier_is_that_of_the_key_by_each_algorithm() {
        for algorithm in DigestAlgorithm::ALL {
            let right = PublicKeyId::of(b"key", algorithm).to_string();
            assert!(is_of(&right, b"key"));
            assert!(!is_of(&right, b"other key"));
            assert!(!is_of(&format!("{right}="), b"key"));
        }
    }
}
