//! A session that a fatal alert ended is not resumed (RFC 5246, 7.2.2).

use super::ending::refused;
use super::fault::{self, BAD_RECORD_MAC};
use super::holder::registered;
use super::prepared::Prepared;
use super::resumption::{By, afresh, asking, first, none};
use super::standing::{attempt, close, is_served, standing};
use crate::catalogue::behaviour::{Fixture, Role};
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use crate::tester::association_end::AssociationEnd;
use crate::tester::handshake::RecordFault;
use crate::tester::handshake::conduct::Resume;
use crate::verdict::Reason;

/// CSE/SAE/TLS/052: of two sessions with ids, one is closed in order and resumed, the other one broken.
pub async fn is_not_resumed(world: &mut World<'_>) -> Result<(), Stop> {
    let by = By::SessionId;
    let holder = registered(world, Fixture::Ae1).await?;
    let (mut association, earlier) = first(world, by, "closed", Role::Twin, &holder).await?;
    close("closed", &mut association).await?;
    let earlier = earlier.ok_or_else(|| none("closed", by))?;
    let handshake = asking(world, "twin", &holder, &earlier, Resume::SessionId);
    let attempt = attempt(world, "twin", Role::Twin, &handshake).await?;
    let mut association = standing("twin", Role::Twin, attempt)?;
    if !association.is_resumed() {
        return Err(none("twin", by));
    }
    Prepared::own(world, &holder, "twin: retrieve", Role::Twin)?
        .ask(world, &mut association)
        .await?;
    close("twin", &mut association).await?;

    let step = "broken";
    let (mut association, earlier) = first(world, by, step, Role::Stimulus, &holder).await?;
    let earlier = earlier.ok_or_else(|| none(step, by))?;
    let request = Prepared::own(world, &holder, step, Role::Stimulus)?;
    let octets = request.octets(world);
    fault::send(&mut association, step, &octets, RecordFault::Mac).await?;
    let end = refused(world, step, &mut association, &[BAD_RECORD_MAC]).await?;
    if !matches!(end, AssociationEnd::Alert { .. }) {
        let detail = format!("expected a fatal alert, got {end}");
        return Err(Stop::inconclusive(step, Reason::Precondition, detail));
    }
    let handshake = asking(world, "resume", &holder, &earlier, Resume::SessionId);
    let mut association = afresh(world, "resume", &handshake).await?;
    Prepared::own(world, &holder, "resume: retrieve", Role::Stimulus)?
        .ask(world, &mut association)
        .await?;
    close("resume", &mut association).await?;
    is_served(world, "read-back", Role::ReadBack, &holder).await
}
