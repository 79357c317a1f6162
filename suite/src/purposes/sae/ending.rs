//! How an association ends.

use super::outcome::{Next, compare};
use crate::catalogue::behaviour::Ends;
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use crate::tester::association_end::AssociationEnd;
use crate::tester::handshake::{Association, Delivered};
use crate::verdict::{Cause, Judgement};
use onem2m_association::messages::{AlertDescription, AlertLevel};

/// How much may come before the end.
const MOST: usize = 64;

/// How an association ended, and how many octets of application data came before.
pub async fn ending(
    world: &World<'_>,
    step: &str,
    association: &mut Association<'_>,
) -> Result<(AssociationEnd, usize), Stop> {
    let mut data = 0_usize;
    for _ in 0..MOST {
        let delivered = association.receive(world.facts().patience).await;
        let end = match delivered.map_err(|error| Stop::link(step, &error))? {
            Delivered::Data(octets) => {
                data = data.saturating_add(octets.len());
                continue;
            }
            Delivered::Handshake(_) => continue,
            Delivered::Alert(alert) if alert.description == AlertDescription::CLOSE_NOTIFY => {
                AssociationEnd::Closed
            }
            Delivered::Alert(alert) if alert.level == AlertLevel::WARNING => continue,
            Delivered::Alert(alert) => AssociationEnd::Alert {
                level: alert.level.0,
                description: alert.description.0,
            },
            Delivered::Other(content_type, _) => {
                AssociationEnd::Unexpected(format!("record of type {content_type}"))
            }
            Delivered::Unexpected(what) => AssociationEnd::Unexpected(what),
            Delivered::Closed => AssociationEnd::Closed,
            Delivered::Reset => AssociationEnd::Reset,
            Delivered::Silence => AssociationEnd::Silence,
        };
        return Ok((end, data));
    }
    let more = format!("more than {MOST} records without an end");
    Ok((AssociationEnd::Unexpected(more), data))
}

/// What was sent has to end the association, and may not be answered. Of its ends these alerts are expected, other ones are
/// noted.
pub async fn refused(
    world: &mut World<'_>,
    step: &str,
    association: &mut Association<'_>,
    alerts: &[u8],
) -> Result<AssociationEnd, Stop> {
    let (end, data) = ending(world, step, association).await?;
    if data > 0 {
        let observed = format!("{data} octets of application data, then {end}");
        let judgement = Judgement::fail(Cause::WrongDecision, "no answer", observed);
        return Err(Stop::Judged(judgement.at(step)));
    }
    if let Next::Done(Some(note)) = compare(step, &Ends::Refused(alerts.to_vec()), &end)? {
        world.note(note);
    }
    Ok(end)
}
