//! What the Receiver offers (TS-0003 V3.18.0, 8.4.2, step C.6d).

use super::fixture::{ACTOR, expect, instances, sent, with_session};
use crate::catalogue::behaviour::{Expectation, Protection, Role};
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use crate::verdict::Reason;
use onem2m_envelope::ContentEncryption;
use onem2m_envelope::esprim::ProtocolId;
use serde_json::{Map, Value, json};

/// CSE/ESPRIM/ALG/003: an object is not opened with an algorithm that the Receiver did not offer.
pub async fn nothing_else_is_taken(world: &mut World<'_>) -> Result<(), Stop> {
    with_session(world).await?;
    let step = "not-offered";
    let receiver = world.receiver_object(ACTOR, step).await?;
    let offered = receiver.get("espa").and_then(Value::as_array);
    let offered: Vec<u64> = offered
        .into_iter()
        .flatten()
        .filter_map(Value::as_u64)
        .collect();
    let number = |encryption: &ContentEncryption| ProtocolId::from(*encryption).0;
    let other = ContentEncryption::ALL
        .into_iter()
        .find(|encryption| !offered.contains(&number(encryption)));
    let other = other.ok_or_else(|| {
        let detail = "the rand object of the IUT offers every algorithm";
        Stop::inconclusive(step, Reason::Precondition, detail)
    })?;
    let mut oro: Map<String, Value> = Map::new();
    oro.insert("espa".into(), json!([number(&other)]));
    let protection = Protection {
        session: Some(step.into()),
        enc: Some(other.name().into()),
        rro: receiver.as_object().cloned().unwrap_or_default(),
        oro,
        ..Protection::default()
    };
    let sealed = sent(world, step, Role::Stimulus, &protection).await?;
    instances(world, "read-back", &[1]).await?;
    let refused = Expectation::Codes(vec![4111, 5210]);
    expect(step, Role::Stimulus, &refused, &sealed)
}
