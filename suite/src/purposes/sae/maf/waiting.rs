//! An MAF that says nothing, or says it late (TS-0003 V3.18.0, 8.2.2.3).

use super::ground::Ground;
use super::server::Script;
use super::visit::{Manner, Release, Reply};
use crate::catalogue::behaviour::{Fixture, Role};
use crate::purposes::sae::holder::registered;
use crate::purposes::sae::standing::{attempt, close, is_served, standing};
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use onem2m_primitive::ResponseStatusCode;

/// CSE/SAE/MAF/006.
pub async fn holds_nobody_up<'a>(world: &mut World<'a>, ground: &Ground<'a>) -> Result<(), Stop> {
    let other = registered(world, Fixture::Ae1).await?;
    // The key is that of the same AE: whom it stands for plays no part.
    for (step, manner, reply) in [
        ("silent", Manner::Silent, None),
        ("closing", Manner::Closing, None),
        ("no-answer", Manner::Serving, Some(Reply::Nothing)),
    ] {
        let kc = ground.another(world, step)?;
        let holder = ground.holder_of(world, "AE1", &kc)?;
        let reply = reply.unwrap_or_else(|| kc.given(ground.maf.served));
        let script = Script {
            manner,
            ..ground.script.clone().with(&kc, reply)
        };
        ground.refuses(world, step, &holder, &script).await?;
    }
    let step = "late";
    let kc = ground.another(world, step)?;
    let release = Release::new(None);
    let content = kc.content(ground.maf.served);
    let reply = Reply::Late(release.clone(), ResponseStatusCode::OK, content);
    let script = ground.script.clone().with(&kc, reply);
    let holder = ground.holder_of(world, "AE1", &kc)?;
    let handshake = ground.handshake(world, step, &holder);
    let waiting = async {
        let attempt = attempt(world, step, Role::Stimulus, &handshake).await?;
        let mut association = standing(step, Role::Stimulus, attempt)?;
        close(step, &mut association).await
    };
    let meanwhile = async {
        let served = is_served(world, "meanwhile", Role::ReadBack, &other).await;
        release.release();
        served
    };
    let both = async { tokio::join!(waiting, meanwhile) };
    let stimulus = Role::Stimulus;
    let ((waited, served), _) = ground.maf.beside(step, stimulus, &script, both).await?;
    served.and(waited)
}
