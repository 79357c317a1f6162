//! Objects for an AE that polls (TS-0004 V3.32.0, 7.6.2, step G; TS-0001 V3.36.0, 10.2.5.23).

use super::fixture::{ACTOR, instance, instances, paired, steps, wrong};
use crate::catalogue::behaviour::{Expectation, Protection, Role};
use crate::purposes::channel;
use crate::purposes::check::{self, Asked};
use crate::purposes::representation;
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use onem2m_primitive::{Operation, Request};
use serde_json::{Value, json};

const ROLE: Role = Role::Stimulus;
/// What an AE that polls answers with; nobody on the way can open it.
const REPLY: &str = "eyJhbGciOiJkaXIifQ..AAAAAAAAAAAABBBB.BBBB.AAAAAAAAAAAAAAAAAAAAAA";

/// CSE/ESPRIM/OUT/007: an object for an AE that polls is handed over as it is, and so is the answer.
pub async fn to_who_polls(world: &mut World<'_>) -> Result<(), Stop> {
    paired(world).await?;
    let given = [
        json!({"create": "acpN", "type": "acp", "pv": [
            {"acor": ["{ADM}", "CtpA3"], "acop": 63}, {"acor": ["CtpA1"], "acop": 16},
        ]}),
        json!({"name": "register", "register": true, "as": "AE3", "with": {"rr": true, "acpi": ["acpN"]}}),
        json!({"as": "AE3", "create": "pchT", "type": "pch", "in": "AE3"}),
    ];
    steps(world, &given).await?;
    let request = instance(world, "object")?;
    let usual = Protection::default();
    let kept = world.seal(ACTOR, "object", &request, &usual).await?;
    let world = &*world;
    let content = json!({"m2m:seci": {"sit": 5, "epo": kept.object}});
    let request = Request::notify(world.find("notify", "AE3")?, content);
    let (answer, polled) = tokio::join!(
        world.send(ACTOR, "notify", ROLE, request, None, &[]),
        polls(world, &kept.object)
    );
    let (answer, ()) = (answer?, polled?);
    let reply = answer
        .content()
        .and_then(|content| content.get("m2m:seci")?.get("epo"));
    match answer.succeeded() && reply.and_then(Value::as_str) == Some(REPLY) {
        true => instances(world, "read-back", &[0]).await.map(|_| ()),
        false => wrong("notify", "2000 OK with the object of the AE", &answer),
    }
}

/// The AE polls, and answers what came.
async fn polls(world: &World<'_>, object: &str) -> Result<(), Stop> {
    let step = "poll";
    let request = channel::poll(world)?;
    let answer = world.send("AE3", step, ROLE, request, None, &[]).await?;
    let content = answer.content();
    let text = |member: &str| {
        let value = content.and_then(|content| representation::anywhere(content, member));
        value.and_then(Value::as_str)
    };
    let (Some(identifier), true) = (text("rqi"), text("epo") == Some(object)) else {
        return wrong(step, "a request with the object as it was sent", &answer);
    };
    let reply = json!({"m2m:seci": {"sit": 5, "epo": REPLY}});
    let request = channel::response(world, identifier, &reply)?;
    let answer = world.send("AE3", "reply", ROLE, request, None, &[]).await?;
    let served = Expectation::Codes(vec![2000]);
    check::check(&Asked::of(Operation::Notify), &served, &answer)
        .map(|_| ())
        .map_err(|finding| Stop::mismatch("reply", ROLE, finding, &answer))
}
