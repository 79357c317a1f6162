//! Objects over CoAP (TS-0008 V3.9.0, 6.2.4).

use super::fixture::{ACTOR, expect, instance, instances, paired_alone, sent_text, wrong};
use crate::catalogue::behaviour::{Endpoint, Expectation, Protection, Role};
use crate::purposes::stop::Stop;
use crate::purposes::world::World;

const ROLE: Role = Role::Stimulus;

/// CSE/ESPRIM/BND/003: the answer brings the object of the response, or nothing where the IUT follows the other text.
pub async fn responses_have_a_payload(world: &mut World<'_>) -> Result<(), Stop> {
    let step = "object";
    paired_alone(world).await?;
    let request = instance(world, step)?;
    let kept = world
        .seal(ACTOR, step, &request, &Protection::default())
        .await?;
    world.send_to(Endpoint::Coap);
    let sealed = sent_text(world, step, ROLE, ACTOR, &kept.object, &kept).await?;
    instances(world, "read-back", &[1]).await?;
    let stated = world.facts().pixit.get("PIXIT_COAP_NOTIFY_PAYLOAD");
    match stated.map(String::as_str) {
        Some("no") if sealed.outer.succeeded() && sealed.outer.content().is_none() => Ok(()),
        Some("no") => wrong(step, "2000 OK without content", &sealed.outer),
        _ if !sealed.is_inner => wrong(step, "2000 OK with an object", &sealed.outer),
        _ => expect(step, ROLE, &Expectation::Permit, &sealed),
    }
}
