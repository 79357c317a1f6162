//! The numbers of records do not begin again.

use super::datagrams::{Sending, is_served, stand};
use super::holder::registered;
use super::prepared::Prepared;
use crate::catalogue::behaviour::{Fixture, Role};
use crate::purposes::stop::{Finding, Stop};
use crate::purposes::world::World;
use crate::tester::link::Received;
use crate::verdict::Cause;
use onem2m_primitive::coap::MessageType;

/// The last number of an epoch (RFC 6347, 4.1).
const LAST: u64 = (1 << 48) - 1;

/// CSE/SAE/DTLS/024: behind the last number comes no first one.
pub async fn is_the_last(world: &mut World<'_>) -> Result<(), Stop> {
    let holder = registered(world, Fixture::Ae1).await?;
    let mut association = stand(world, "association", Role::SetUp, &holder).await?;
    let mut received = Vec::new();
    for (step, number) in [("last", LAST), ("first again", 0)] {
        let link = |error| Stop::link(step, &error);
        let prepared = Prepared::own(world, &holder, step, Role::Stimulus)?;
        let kind = MessageType::NonConfirmable;
        let sending = Sending::new(&prepared, &mut association, kind)?;
        association.begin(step, Role::Stimulus);
        let datagram = sending.sealed_as(&mut association, number).map_err(link)?;
        association.send_octets(datagram).await.map_err(link)?;
        let answer = sending.answer(world, &mut association, &prepared).await?;
        received.push((prepared, answer));
    }
    for (prepared, answer) in received {
        let answer = match answer {
            Received::Coap { .. } => prepared.read(&answer),
            other => {
                let none = prepared.read(&other);
                world.note(format!("{}: {none}", prepared.step()));
                continue;
            }
        };
        if prepared.step() == "last" {
            world.note(format!("{}: {answer}", prepared.step()));
        } else {
            let expected = "no answer to a number that was used";
            let finding = Finding::new(Cause::WrongDecision, expected, answer.to_string());
            return Err(Stop::mismatch(
                prepared.step(),
                Role::Stimulus,
                finding,
                &answer,
            ));
        }
    }
    is_served(world, "afterwards", Role::ReadBack, &holder).await
}
