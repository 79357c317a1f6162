//! A datagram that comes again has no effect.

use super::containers;
use super::datagrams::{Sending, stand};
use super::holder::registered;
use super::prepared::Prepared;
use super::standing::close;
use crate::catalogue::behaviour::{Fixture, Role};
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use onem2m_primitive::coap::MessageType;

/// CSE/SAE/DTLS/013: a Create three times in one record is carried out once; twice in two records it is twice.
pub async fn has_no_effect(world: &mut World<'_>) -> Result<(), Stop> {
    let step = "create";
    let link = |error| Stop::link(step, &error);
    let holder = registered(world, Fixture::Ae1).await?;
    containers::make(world, &["cntT", "cntU"]).await?;
    let mut association = stand(world, "association", Role::SetUp, &holder).await?;
    for number in 1..=2 {
        let twin = format!("twin {number}");
        Prepared::instance(world, &holder, &twin, Role::Twin, "cntU")?
            .ask(world, &mut association)
            .await?;
    }
    let prepared = Prepared::instance(world, &holder, step, Role::Stimulus, "cntT")?;
    let kind = MessageType::NonConfirmable;
    let sending = Sending::new(&prepared, &mut association, kind)?;
    association.begin(step, Role::Stimulus);
    let datagram = sending.sealed(&mut association).map_err(link)?;
    for _ in 0..2 {
        let again = datagram.clone();
        association.send_octets(again).await.map_err(link)?;
    }
    let received = sending.answer(world, &mut association, &prepared).await?;
    prepared.check(&received)?;
    association.begin(step, Role::Stimulus);
    association.send_octets(datagram).await.map_err(link)?;
    // What is answered behind it comes when it was dealt with.
    Prepared::own(world, &holder, "behind", Role::Stimulus)?
        .ask(world, &mut association)
        .await?;
    close(step, &mut association).await?;
    containers::hold(world, "cntU", 2).await?;
    containers::hold(world, "cntT", 1).await
}
