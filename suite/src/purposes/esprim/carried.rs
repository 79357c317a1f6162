//! Objects in requests that do not carry any.

use super::fixture::{ACTOR, instance, instances, with_session};
use crate::catalogue::behaviour::{Expectation, Protection, Role};
use crate::purposes::check::{self, Asked};
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use onem2m_primitive::{Operation, Request};
use serde_json::json;

/// CSE/ESPRIM/OUT/013: an object in a Create or an Update is not opened.
pub async fn elsewhere_are_not_opened(world: &mut World<'_>) -> Result<(), Stop> {
    with_session(world).await?;
    let role = Role::Stimulus;
    for (step, operation) in [("create", Operation::Create), ("update", Operation::Update)] {
        let request = instance(world, step)?;
        let kept = world
            .seal(ACTOR, step, &request, &Protection::default())
            .await?;
        let content = json!({"m2m:seci": {"sit": 5, "epo": kept.object}});
        let target = world.find(step, "cntT")?;
        let request = match operation {
            Operation::Create => Request::create(target, 4, content),
            _ => Request::update(target, content),
        };
        let answer = world.send(ACTOR, step, role, request, None, &[]).await?;
        let codes = Expectation::Codes(vec![4000, 4005, 4102, 4108, 5001]);
        check::check(&Asked::of(operation), &codes, &answer)
            .map_err(|finding| Stop::mismatch(step, role, finding, &answer))?;
        instances(world, &format!("{step}: read-back"), &[1]).await?;
    }
    Ok(())
}
