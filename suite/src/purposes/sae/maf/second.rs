//! Second associations with a key of the MAF (TS-0003 V3.18.0, 8.2.1).

use super::ground::Ground;
use crate::catalogue::behaviour::Role;
use crate::purposes::sae::client::hello::identity_is;
use crate::purposes::sae::client::second::Told;
use crate::purposes::stop::Stop;
use crate::purposes::world::World;

/// CSE/SAE/MAF/016.
pub async fn has_the_same_key<'a>(world: &mut World<'a>, ground: &Ground<'a>) -> Result<(), Stop> {
    let told = Told::at(world, ground.holder.clone()).await?;
    let (set_up, script) = (Role::SetUp, &ground.script);
    let subscribing = async {
        told.register(world).await?;
        told.subscribe(world).await
    };
    let subscribed = ground.maf.beside("subscribe", set_up, script, subscribing);
    let (subscribed, _) = Box::pin(subscribed).await?;
    subscribed?;
    let step = "notification";
    let telling = told.is_told(world, step, Role::Stimulus);
    let (seen, visits) = ground
        .maf
        .beside(step, Role::Stimulus, script, telling)
        .await?;
    let identity = ground.holder.credential.identity().unwrap_or_default();
    identity_is(step, &seen?, identity)?;
    let retrievals = ground.retrievals(&visits, &ground.kc);
    // The Create that causes the notification comes within an association too.
    world.note(format!("retrievals around the notification: {retrievals}"));
    Ok(())
}
