//! Records count once and in their order (RFC 5246, 6.2.3.1).

use super::containers;
use super::ending::refused;
use super::fault::{self, BAD_RECORD_MAC};
use super::holder::{Holder, registered};
use super::prepared::Prepared;
use super::standing::{close, is_served, stand};
use crate::catalogue::behaviour::{Fixture, Role};
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use crate::tester::handshake::{Association, RecordFault};
use crate::tester::http_octets::AnswerReader;

/// CSE/SAE/TLS/050: a record comes twice, two come in the other order, the first of two is left out.
pub async fn counts(world: &mut World<'_>) -> Result<(), Stop> {
    let holder = registered(world, Fixture::Ae1).await?;
    containers::make(world, &["cntT", "cntU", "cntV", "cntW"]).await?;
    let mut association = stand(world, "twin", Role::Twin, &holder).await?;
    for step in ["twin: first", "twin: second"] {
        Prepared::instance(world, &holder, step, Role::Twin, "cntW")?
            .ask(world, &mut association)
            .await?;
    }
    close("twin", &mut association).await?;

    replay(world, &holder).await?;
    for (name, container) in [("exchanged", "cntU"), ("missing", "cntV")] {
        let mut association = stand(world, name, Role::Stimulus, &holder).await?;
        let (_, first) = create(world, &mut association, &holder, name, container)?;
        let (_, second) = create(world, &mut association, &holder, name, container)?;
        let octets = match name {
            "missing" => second,
            _ => [second, first].concat(),
        };
        fault::send_octets(&mut association, name, octets).await?;
        refused(world, name, &mut association, &[BAD_RECORD_MAC]).await?;
    }

    is_served(world, "read-back", Role::ReadBack, &holder).await?;
    for (container, count) in [("cntT", 1), ("cntU", 0), ("cntV", 0)] {
        containers::hold(world, container, count).await?;
    }
    Ok(())
}

/// A request that was answered comes again, octet for octet.
async fn replay(world: &mut World<'_>, holder: &Holder) -> Result<(), Stop> {
    let mut association = stand(world, "replay", Role::Stimulus, holder).await?;
    let (request, record) = create(world, &mut association, holder, "replay: first", "cntT")?;
    fault::send_octets(&mut association, request.step(), record.clone()).await?;
    request
        .answered(world, &mut association, &mut AnswerReader::default())
        .await?;
    fault::send_octets(&mut association, "replay: again", record).await?;
    refused(world, "replay: again", &mut association, &[BAD_RECORD_MAC]).await?;
    Ok(())
}

/// A request with its record.
fn create(
    world: &World<'_>,
    association: &mut Association<'_>,
    holder: &Holder,
    step: &str,
    container: &str,
) -> Result<(Prepared, Vec<u8>), Stop> {
    let request = Prepared::instance(world, holder, step, Role::Stimulus, container)?;
    let record = fault::seal(association, step, &request.octets(world), RecordFault::None)?;
    Ok((request, record))
}
