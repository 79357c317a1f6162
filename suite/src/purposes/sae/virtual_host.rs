//! A host that shares a port with another one has keys of its own (TS-0003 V3.18.0, 10.2.1; RFC 6066, 3).

use super::holder::Holder;
use super::outcome::{Next, compare, unserved};
use super::prepared::Prepared;
use super::standing::{attempt, close, standing};
use crate::catalogue::behaviour::{Ends, Role};
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use crate::tester::handshake::Handshake;
use crate::tester::handshake::conduct::ServerNameConduct;
use crate::verdict::Reason;
use onem2m_association::messages::AlertDescription;
use onem2m_primitive::Request;

/// The actor that holds both keys.
const ACTOR: &str = "AE1";

/// CSE/SAE/TLS/026: its name selects its key, in whatever letter case; the key of the first host is none of it.
pub async fn selects_keys(world: &mut World<'_>) -> Result<(), Stop> {
    let (name, first, second) = holders(world)?;
    let entity = first.identity("credential")?.to_owned();
    world.associate(ACTOR, &entity, first.credential.clone());
    let twin = world.handshake("twin", first.credential.clone());
    is_answered(world, "twin", Role::Twin, &first, &twin).await?;
    for (step, name) in [
        ("second-host", name.clone()),
        ("capital-letters", name.to_ascii_uppercase()),
    ] {
        let handshake = asking(world, step, &second, name);
        is_answered(world, step, Role::Stimulus, &second, &handshake).await?;
    }
    let step = "key-of-the-first";
    let handshake = asking(world, step, &first, name);
    let attempt = attempt(world, step, Role::Stimulus, &handshake).await?;
    let alerts = [
        AlertDescription::BAD_RECORD_MAC,
        AlertDescription::DECRYPT_ERROR,
    ];
    let refused = Ends::Refused(alerts.map(|alert| alert.0).to_vec());
    if let Next::Done(Some(note)) = compare(step, &refused, &attempt.end)? {
        world.note(note);
    }
    Ok(())
}

/// The name of the second host, and who holds one identity at both.
fn holders(world: &World<'_>) -> Result<(String, Holder, Holder), Stop> {
    let facts = world.facts();
    let found = facts.hosts.iter().find_map(|host| {
        host.keys.iter().find_map(|second| {
            let first = facts.provisioned.iter().find(|first| {
                first.identity == second.identity
                    && first.key != second.key
                    && first.entity.is_some()
                    && second.entity.is_some()
            })?;
            Some((host.name.clone(), first, second))
        })
    });
    let missing = || {
        let detail = "no identity of the profile has a key at two hosts; hint: name one in [credentials.psk] and in [credentials.host]";
        Stop::inconclusive("credential", Reason::TestBed, detail)
    };
    let (name, first, second) = found.ok_or_else(missing)?;
    Ok((name, Holder::of(first, ACTOR)?, Holder::of(second, ACTOR)?))
}

fn asking(world: &World<'_>, step: &str, holder: &Holder, name: String) -> Handshake {
    let mut handshake = world.handshake(step, holder.credential.clone());
    handshake.conduct.hello.server_name = ServerNameConduct::Other(name);
    handshake
}

/// The association stands, and a Retrieve of the CSEBase within it is decided on, whatever the policies say.
async fn is_answered(
    world: &World<'_>,
    step: &str,
    role: Role,
    holder: &Holder,
    handshake: &Handshake,
) -> Result<(), Stop> {
    let attempt = attempt(world, step, role, handshake).await?;
    let mut association = standing(step, role, attempt)?;
    let request = Request::retrieve(world.facts().cse_base.clone());
    let step = format!("{step}: retrieve");
    let asking = Prepared::new(world, holder, &step, role, request, None)?;
    let received = asking.received(world, &mut association).await?;
    let answer = asking.read(&received);
    if answer.primitive().is_none() {
        let expected = "an answer within the association";
        return Err(unserved(&step, role, expected, &answer));
    }
    close(&step, &mut association).await
}
