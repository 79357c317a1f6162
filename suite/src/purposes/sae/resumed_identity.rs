//! A resumed session stands for whom the first one stood for.

use super::containers;
use super::holder::registered;
use super::prepared::Prepared;
use super::resumption::{By, asking, first};
use super::standing::{attempt, close, is_served, standing};
use crate::catalogue::behaviour::{Fixture, Role};
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use crate::verdict::Reason;

/// CSE/SAE/PSK/034: within a resumed association AE1 is served, and AE2 is refused.
pub async fn is_kept(world: &mut World<'_>) -> Result<(), Stop> {
    let holder = registered(world, Fixture::Ae1).await?;
    let other = registered(world, Fixture::Ae2).await?;
    containers::make(world, &["cntT"]).await?;
    let mut resumed = false;
    for by in [By::SessionId, By::Ticket] {
        let name = by.name();
        let twin = format!("twin: {name}");
        let (mut association, earlier) = first(world, by, &twin, Role::Twin, &holder).await?;
        let step = format!("{twin}: retrieve");
        Prepared::retrieve(world, &holder, &step, Role::Twin, "cntT")?
            .ask(world, &mut association)
            .await?;
        close(&twin, &mut association).await?;
        let Some(earlier) = earlier else {
            world.note(format!("the IUT gives no {name}"));
            continue;
        };
        let handshake = asking(world, name, &holder, &earlier, by.resume());
        let attempt = attempt(world, name, Role::Stimulus, &handshake).await?;
        let mut association = standing(name, Role::Stimulus, attempt)?;
        if !association.is_resumed() {
            world.note(format!("the IUT does not resume by {name}"));
        }
        resumed |= association.is_resumed();
        Prepared::foreign(world, &holder, &other, &format!("{name}: as AE2"), "cntT")?
            .ask(world, &mut association)
            .await?;
        let step = format!("{name}: as AE1");
        Prepared::retrieve(world, &holder, &step, Role::Stimulus, "cntT")?
            .ask(world, &mut association)
            .await?;
        close(name, &mut association).await?;
    }
    is_served(world, "read-back", Role::ReadBack, &holder).await?;
    containers::hold(world, "cntT", 0).await?;
    match resumed {
        true => Ok(()),
        false => {
            let detail = "the IUT resumes no session";
            Err(Stop::inconclusive(
                "resumption",
                Reason::Precondition,
                detail,
            ))
        }
    }
}
