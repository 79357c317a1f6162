//! A record that was changed on its way is no request.

use super::ending::refused;
use super::holder::registered;
use super::prepared::Prepared;
use super::standing::{close, is_served, stand};
use super::{containers, fault};
use crate::catalogue::behaviour::{Fixture, Role};
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use crate::tester::handshake::RecordFault;

/// CSE/SAE/TLS/048: one bit of the ciphertext is inverted, or one of the MAC.
pub async fn is_refused(world: &mut World<'_>) -> Result<(), Stop> {
    let holder = registered(world, Fixture::Ae1).await?;
    containers::make(world, &["cntT", "cntU"]).await?;
    let mut association = stand(world, "twin", Role::Twin, &holder).await?;
    Prepared::instance(world, &holder, "twin: create", Role::Twin, "cntU")?
        .ask(world, &mut association)
        .await?;
    close("twin", &mut association).await?;

    // Of a block cipher the first changes what is inside, and the second nothing but its MAC.
    for (name, record_fault) in [
        ("altered", RecordFault::Ciphertext),
        ("wrong-mac", RecordFault::Mac),
    ] {
        let mut association = stand(world, name, Role::Stimulus, &holder).await?;
        let step = format!("{name}: create");
        let create = Prepared::instance(world, &holder, &step, Role::Stimulus, "cntT")?;
        let octets = create.octets(world);
        fault::send(&mut association, create.step(), &octets, record_fault).await?;
        let alerts = [fault::BAD_RECORD_MAC];
        refused(world, create.step(), &mut association, &alerts).await?;
    }

    is_served(world, "read-back", Role::ReadBack, &holder).await?;
    containers::hold(world, "cntT", 0).await
}
