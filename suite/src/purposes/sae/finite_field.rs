//! A finite field beside a pre-shared key is large enough.

use super::holder::registered;
use super::outcome::compare;
use super::prepared::Prepared;
use super::standing::{attempt, close, standing};
use crate::catalogue::behaviour::{Ends, Fixture, Role};
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use crate::tester::association_end::AssociationEnd;
use crate::tester::handshake::KeyExchangeSeen;
use crate::verdict::{Cause, Judgement};
use onem2m_association::messages::CipherSuite;

/// Bits of a prime that nobody reaches who records associations today.
const ENOUGH: usize = 2048;
/// Bits below which a prime protects nothing.
const LEAST: usize = 1024;

/// CSE/SAE/TLS/020: a suite with a finite field is offered first.
pub async fn is_large(world: &mut World<'_>) -> Result<(), Stop> {
    let step = "request";
    let with_field = CipherSuite::TLS_DHE_PSK_WITH_AES_128_CBC_SHA256;
    let without = CipherSuite::TLS_PSK_WITH_AES_128_CBC_SHA256;
    let signal = CipherSuite::TLS_EMPTY_RENEGOTIATION_INFO_SCSV;
    let holder = registered(world, Fixture::Ae1).await?;
    let mut handshake = world.handshake(step, holder.credential.clone());
    let offer = [with_field, without, signal];
    handshake.conduct.hello.suites = Some(offer.map(Into::into).to_vec());
    let attempt = attempt(world, step, Role::Stimulus, &handshake).await?;
    if let AssociationEnd::Established { suite, .. } = attempt.end
        && suite == with_field.0
        && let Some(KeyExchangeSeen::Group { prime, .. }) = &attempt.seen.server_key_exchange
    {
        judge(world, step, bits(prime))?;
    } else {
        compare(step, &Ends::EstablishedWith(without.0), &attempt.end)?;
    }
    let mut association = standing(step, Role::Stimulus, attempt)?;
    Prepared::own(world, &holder, "request: retrieve", Role::Stimulus)?
        .ask(world, &mut association)
        .await?;
    close(step, &mut association).await
}

fn judge(world: &mut World<'_>, step: &str, bits: usize) -> Result<(), Stop> {
    let observed = format!("a prime of {bits} bits");
    match bits {
        ENOUGH.. => Ok(()),
        LEAST.. => {
            world.note(observed);
            Ok(())
        }
        _ => {
            let expected = format!("a prime of at least {ENOUGH} bits");
            let judgement = Judgement::fail(Cause::WrongDecision, expected, observed);
            Err(Stop::Judged(judgement.at(step)))
        }
    }
}

/// The bits of a number from its first one on.
fn bits(number: &[u8]) -> usize {
    let mut octets = number.iter().copied().skip_while(|octet| *octet == 0);
    let first = octets
        .next()
        .map_or(0, |first| u8::BITS - first.leading_zeros());
    usize::try_from(first).unwrap_or_default() + octets.count() * 8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_begin_with_the_first_one() {
        assert_eq!(bits(&[]), 0);
        assert_eq!(bits(&[0, 0]), 0);
        assert_eq!(bits(&[0, 1, 0]), 9);
        assert_eq!(bits(&[0x80; 256]), 2048);
        assert_eq!(bits(&[0x7f; 256]), 2047);
    }
}
