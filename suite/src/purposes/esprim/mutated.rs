//! Mutants of a right object.

use super::fixture::{ACTOR, expect, instance, instances, sent, sent_text, with_session};
use crate::catalogue::behaviour::{Expectation, Protection, Role};
use crate::purposes::stop::{Finding, Stop};
use crate::purposes::world::World;
use crate::verdict::{Cause, Reason};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use serde_json::{Value, json};

const ROLE: Role = Role::Stimulus;
/// After so many mutants a right object is sent.
const BATCH: u64 = 100;
/// What a mutant may be answered with (TS-0004 V3.32.0, Table 7.6.2-1, and step K).
const REFUSALS: [u16; 9] = [4000, 4102, 4111, 4112, 4113, 4114, 4115, 4116, 5210];

/// CSE/ESPRIM/JOSE/021: each is refused in one of the ways there are, and none has an effect.
pub async fn are_refused(world: &mut World<'_>) -> Result<(), Stop> {
    with_session(world).await?;
    let mut random = ChaCha8Rng::from_seed(world.draw("mutants"));
    let count = world.facts().seconds("PIXIT_FUZZ_COUNT");
    if count == 0 {
        let detail = "PIXIT_FUZZ_COUNT names no number of mutants";
        return Err(Stop::inconclusive("mutants", Reason::TestBed, detail));
    }
    let mut made = 1;
    for number in 1..=count {
        let step = format!("mutant {number}");
        let protection = match random.next_u32() % 2 {
            0 => Protection::default(),
            _ => restructured(&mut random),
        };
        let is_sealed = protection != Protection::default();
        // Sessions end after a while; the object of each batch is served in one of its own.
        let session = format!("batch {}", (number - 1) / BATCH);
        if (number - 1) % BATCH == 0 {
            served_in(world, &format!("{step}: begin"), &session).await?;
            made += 1;
        }
        let protection = Protection {
            session: Some(session.clone()),
            ..protection
        };
        let request = instance(world, &step)?;
        let kept = world.seal(ACTOR, &step, &request, &protection).await?;
        let text = match is_sealed {
            true => kept.object.clone(),
            false => changed(&mut random, &kept.object),
        };
        let sealed = sent_text(world, &step, ROLE, ACTOR, &text, &kept).await?;
        let fits = match sealed.answer.code() {
            Some(code) => REFUSALS.contains(&code),
            None => false,
        };
        if !fits {
            let expected = "a refusal with 4000, 4102, one of 4111 to 4116, or 5210";
            let finding = Finding::new(Cause::WrongDecision, expected, sealed.answer.to_string());
            return Err(Stop::mismatch(&step, ROLE, finding, &sealed.answer));
        }
        if number % BATCH == 0 || number == count {
            served_in(world, &format!("control {number}"), &session).await?;
            made += 1;
            instances(world, &format!("read-back {number}"), &[made]).await?;
        }
    }
    Ok(())
}

async fn served_in(world: &mut World<'_>, step: &str, session: &str) -> Result<(), Stop> {
    let protection = Protection {
        session: Some(session.to_owned()),
        ..Protection::default()
    };
    let sealed = sent(world, step, Role::ReadBack, &protection).await?;
    expect(step, Role::ReadBack, &Expectation::Permit, &sealed)
}

/// A member of the header that is removed, replaced or doubled, with the tag computed anew.
fn restructured(random: &mut ChaCha8Rng) -> Protection {
    const MEMBERS: [&str; 5] = ["alg", "enc", "kid", "ori", "rri"];
    let index = random.next_u32() as usize % MEMBERS.len();
    let member = MEMBERS.get(index).copied().unwrap_or("alg");
    let value = match random.next_u32() % 6 {
        0 => json!(random.next_u32()),
        1 => Value::Null,
        2 => json!([]),
        3 => json!({}),
        4 => json!(format!("x{:08x}", random.next_u32())),
        _ => json!("<absent>"),
    };
    let mut protection = Protection::default();
    match random.next_u32() % 4 {
        0 => protection.header_more = Some(format!("\"{member}\":{}", json!("x"))),
        _ => {
            protection.header.insert(member.into(), value);
        }
    }
    protection
}

/// One character of the object, or one part, is another.
fn changed(random: &mut ChaCha8Rng, object: &str) -> String {
    let mut octets = object.as_bytes().to_vec();
    let parts: Vec<&str> = object.split('.').collect();
    let pick = |random: &mut ChaCha8Rng, length: usize| random.next_u32() as usize % length.max(1);
    match random.next_u32() % 4 {
        0 => {
            let mut parts = parts.clone();
            let last = parts.len().saturating_sub(1);
            let one = pick(random, last);
            parts.swap(one, last);
            parts.join(".")
        }
        1 => {
            let at = pick(random, octets.len());
            object.get(..at).unwrap_or_default().to_owned()
        }
        _ => {
            // A character in the middle of a part: each of its bits stands for something.
            let longest = parts.iter().copied().max_by_key(|part| part.len());
            let part = longest.unwrap_or_default();
            let start = object.find(part).unwrap_or_default();
            let at = start + pick(random, part.len().saturating_sub(1));
            if let Some(octet) = octets.get_mut(at) {
                *octet = match *octet {
                    b'A' => b'B',
                    _ => b'A',
                };
            }
            String::from_utf8(octets).unwrap_or_default()
        }
    }
}
