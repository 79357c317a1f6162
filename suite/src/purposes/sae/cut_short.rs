//! A request that does not come to its end is none.

use super::fault;
use super::holder::registered;
use super::prepared::Prepared;
use super::standing::{close, is_served, stand};
use super::{containers, ending};
use crate::catalogue::behaviour::{Fixture, Role};
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use crate::tester::handshake::RecordFault;
use crate::tester::http_octets::AnswerReader;
use crate::tester::wire::Ending;

/// Octets of the content that the request announces and that do not come: spaces, so that what comes is a whole primitive.
const MISSING: usize = 16;

/// CSE/SAE/TLS/051: the connection ends within the content, without a close_notify.
pub async fn has_no_effect(world: &mut World<'_>) -> Result<(), Stop> {
    let holder = registered(world, Fixture::Ae1).await?;
    containers::make(world, &["cntT", "cntU"]).await?;
    for (name, end) in [
        ("twin", None),
        ("closed", Some(Ending::Close)),
        ("reset", Some(Ending::Reset)),
    ] {
        let (role, container) = match end {
            None => (Role::Twin, "cntU"),
            Some(_) => (Role::Stimulus, "cntT"),
        };
        let mut association = stand(world, name, role, &holder).await?;
        let step = format!("{name}: create");
        let request = Prepared::instance(world, &holder, &step, role, container)?;
        let request = request.with_spaces(MISSING);
        let octets = request.octets(world);
        let (first, rest) = octets.split_at(octets.len().saturating_sub(MISSING));
        let link = |error| Stop::link(&step, &error);
        let first = fault::seal(&mut association, &step, first, RecordFault::None)?;
        association.begin(&step, role);
        association.send_octets(first).await.map_err(link)?;
        match end {
            None => {
                association.send(rest).await.map_err(link)?;
                let reader = &mut AnswerReader::default();
                request.answered(world, &mut association, reader).await?;
                close(name, &mut association).await?;
            }
            Some(end) => {
                association.end(end).await.map_err(link)?;
                let (end, data) = ending::ending(world, &step, &mut association).await?;
                let answer = if data > 0 { "an answer, then " } else { "" };
                world.note(format!("{name}: {answer}{end}"));
            }
        }
    }
    is_served(world, "read-back", Role::ReadBack, &holder).await?;
    containers::hold(world, "cntT", 0).await
}
