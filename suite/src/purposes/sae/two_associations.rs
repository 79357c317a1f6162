//! Two associations of one AE are kept apart.

use super::datagrams::{Sending, stand};
use super::holder::registered;
use super::prepared::Prepared;
use super::standing::close;
use crate::catalogue::behaviour::{Fixture, Role};
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use crate::verdict::{Cause, Judgement};
use onem2m_primitive::coap::MessageType;

/// CSE/SAE/DTLS/019: each answer comes in the association of its request, also where both are asked at once.
pub async fn answer_each_for_itself(world: &mut World<'_>) -> Result<(), Stop> {
    let holder = registered(world, Fixture::Ae1).await?;
    let mut associations = Vec::new();
    for name in ["first", "second"] {
        let association = stand(world, name, Role::SetUp, &holder).await?;
        associations.push((name, association));
    }
    for (name, association) in &mut associations {
        let step = format!("{name}: retrieve");
        Prepared::own(world, &holder, &step, Role::Stimulus)?
            .ask(world, association)
            .await?;
    }
    let mut sent = Vec::new();
    for (name, association) in &mut associations {
        let step = format!("{name}: at once");
        let prepared = Prepared::own(world, &holder, &step, Role::Stimulus)?;
        let sending = Sending::new(&prepared, association, MessageType::Confirmable)?;
        association.begin(&step, Role::Stimulus);
        let said = association.send(&sending.message).await;
        said.map_err(|error| Stop::link(&step, &error))?;
        sent.push((prepared, sending));
    }
    for ((_, association), (prepared, sending)) in associations.iter_mut().zip(&sent) {
        let received = sending.answer(world, association, prepared).await?;
        prepared.check(&received)?;
    }
    for (name, association) in &mut associations {
        if association.came_in_the_clear() {
            let judgement = Judgement::fail(Cause::Leak, "no answer in the clear", "one");
            return Err(Stop::Judged(judgement.at(*name)));
        }
        close(name, association).await?;
    }
    Ok(())
}
