//! Many handshakes within one association keep nobody else out.

use super::holder::{Holder, registered};
use super::renegotiation::declines;
use super::standing::{is_served, stand};
use crate::catalogue::behaviour::{Fixture, Role};
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use crate::tester::association_end::AssociationEnd;

/// How many handshakes are begun.
const HANDSHAKES: u32 = 1000;

/// CSE/SAE/TLS/057: AE1 begins one after the other; AE2 is served meanwhile.
pub async fn serve_others(world: &mut World<'_>) -> Result<(), Stop> {
    let holder = registered(world, Fixture::Ae1).await?;
    let other = registered(world, Fixture::Ae2).await?;
    let shared = &*world;
    let (begun, served) = tokio::join!(
        begin(shared, &holder),
        is_served(shared, "meanwhile", Role::Stimulus, &other),
    );
    let begun = begun?;
    served?;
    is_served(world, "afterwards", Role::ReadBack, &other).await?;
    world.note(begun);
    Ok(())
}

/// Begins handshakes as long as the IUT lets it; what they came to.
async fn begin(world: &World<'_>, holder: &Holder) -> Result<String, Stop> {
    let step = "renegotiate";
    let mut association = stand(world, "first", Role::Stimulus, holder).await?;
    association.begin(step, Role::Stimulus);
    let handshake = world.handshake(step, holder.credential.clone());
    let (mut completed, mut declined) = (0_u32, 0_u32);
    let mut end = None;
    while end.is_none() && completed + declined < HANDSHAKES {
        let negotiated = association.renegotiate(&handshake).await;
        match negotiated.map_err(|error| Stop::link(step, &error))?.0 {
            AssociationEnd::Established { .. } => completed += 1,
            other if declines(&other) => declined += 1,
            other => end = Some(other),
        }
    }
    let end = end.map_or_else(String::new, |end| format!(", then {end}"));
    Ok(format!(
        "{completed} handshakes completed, {declined} declined{end}"
    ))
}
