//! What an Originator does behind a refusal of its object (TS-0004 V3.32.0, Table 7.6.2-1).

use super::answers::{Change, Reply, changed};
use super::exchange::{Play, exchange, served, unexpected};
use super::peer::{Peer, Who};
use super::seen::Seen;
use crate::catalogue::behaviour::Role;
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use serde_json::{Map, json};

const ROLE: Role = Role::Stimulus;
const CODES: [u16; 8] = [4111, 4112, 4113, 4114, 4115, 4116, 5210, 5211];
/// Attempts that nobody takes for endless, where the profile names no number.
const ATTEMPTS: usize = 10;

/// ORG/017: it neither gives up protection nor tries for ever.
pub async fn end_in_failure(world: &mut World<'_>, who: Who) -> Result<(), Stop> {
    let mut peer = Peer::new(world, who).await?;
    let stated = world.facts().seconds("PIXIT_MAX_RETRY");
    let most = usize::try_from(stated).unwrap_or(ATTEMPTS).max(1);
    for code in CODES {
        for is_secured in [false, true] {
            let manner = if is_secured { "inside" } else { "in the clear" };
            let step = format!("{code} {manner}");
            let mut fresh = Peer::new_key(&peer, world, &step);
            let object = fresh.object(world, 600, &[])?;
            let play = Play {
                information: Some(json!({"esf": [13]})),
                rand: vec![Reply::rand(&object)],
                answer: &mut |peer, seen: &Seen| match is_secured {
                    false => Reply::code(code),
                    true => {
                        let inner = json!({"rsc": code, "rqi": seen.identifier(), "rvi": "3"});
                        let inner = Some(inner);
                        changed(
                            peer,
                            seen,
                            &Change {
                                inner,
                                ..Change::default()
                            },
                        )
                    }
                },
            };
            let exchange = exchange(world, &mut fresh, &step, ROLE, &Map::new(), play).await?;
            let attempts = exchange.objects().count();
            let is_right = (1..=most).contains(&attempts)
                && exchange.has_objects_that_open()
                && exchange.others().next().is_none()
                && !exchange.succeeded();
            if !is_right {
                let expected = format!(
                    "at most {most} objects that open, nothing in the clear, and a failure"
                );
                return Err(unexpected(&step, ROLE, &expected, &exchange));
            }
        }
    }
    served(world, &mut peer, "read-back", Role::ReadBack)
        .await
        .map(|_| ())
}
