//! A session is not resumed beyond the end of the certificate with which it was made.

use super::holder::{registered, spoilt};
use super::outcome::compare;
use super::prepared::Prepared;
use super::resumption::{By, asking, first};
use super::standing::{attempt, close};
use crate::catalogue::behaviour::{Ends, Fixture, Role};
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use onem2m_association::messages::AlertDescription;
use serde_json::json;
use std::time::Duration;

/// Seconds for which the certificate is valid once its holder has registered.
const LIFE: u32 = 30;

/// CSE/SAE/CERT/041: neither a resumption nor a whole handshake comes to an association once the certificate has ended.
pub async fn is_not_resumed(world: &mut World<'_>) -> Result<(), Stop> {
    let mut holder = registered(world, Fixture::CseCertificate).await?;
    let ending = json!({ "ends_in_seconds": LIFE });
    holder.credential = spoilt(world, "ending", Fixture::CseCertificate, &ending, None)?;
    let mut standing = Vec::new();
    let mut resuming = Vec::new();
    for by in [By::SessionId, By::Ticket] {
        let name = by.name();
        let twin = format!("twin: {name}");
        let (mut association, earlier) = first(world, by, &twin, Role::Twin, &holder).await?;
        Prepared::own(world, &holder, &format!("{twin}: retrieve"), Role::Twin)?
            .ask(world, &mut association)
            .await?;
        standing.push((name, association));
        match earlier {
            Some(earlier) => resuming.push(asking(world, name, &holder, &earlier, by.resume())),
            None => world.note(format!("the IUT gives no {name}")),
        }
    }
    let skew = world.facts().seconds("PIXIT_CLOCK_SKEW");
    let beyond = Duration::from_secs(u64::from(LIFE) + skew + 1);
    world.recorder().wait(beyond).await;
    for (name, mut association) in standing {
        let step = format!("{name}: within the old association");
        let asked = Prepared::own(world, &holder, &step, Role::Stimulus)?
            .ask(world, &mut association)
            .await;
        let becomes = match asked {
            Ok(_) => "is still served",
            Err(_) => "is not served any more",
        };
        world.note(format!("{name}: the association that stands {becomes}"));
        // The IUT may have ended it.
        let _ = close(&step, &mut association).await;
    }
    let anew = world.handshake("anew", holder.credential.clone());
    let attempts = resuming.into_iter().map(|handshake| ("resumed", handshake));
    let expired = Ends::Refused(vec![AlertDescription::CERTIFICATE_EXPIRED.0]);
    for (step, handshake) in attempts.chain([("anew", anew)]) {
        let attempt = attempt(world, step, Role::Stimulus, &handshake).await?;
        compare(step, &expired, &attempt.end)?;
    }
    Ok(())
}
