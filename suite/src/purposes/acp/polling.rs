//! Polling channels: what goes through them, and for whom.

use super::run;
use crate::catalogue::behaviour::{Expectation, Role};
use crate::purposes::answer::Answer;
use crate::purposes::check::{self, Asked};
use crate::purposes::{Finding, Stop, channel, representation, world::World};
use crate::verdict::Cause;
use onem2m_primitive::{Operation, Request};
use serde_json::{Value, json};

const DENIED: u16 = 4103;
const EXPIRED: u16 = 4008;

/// CSE/ACP/DEF/020: AE2 neither polls the channel of AE1 nor answers on it; AE1 does both.
pub async fn owner_of_channel(_: &mut World<'_>, tested: &mut World<'_>) -> Result<(), Stop> {
    with_channel(tested, 63).await?;
    let world = &*tested;
    let (sent, polled) = tokio::join!(notify(world, "ADM", Role::ReadBack), answers(world));
    polled?;
    let answer = sent?;
    let content = answer.content().map(Value::to_string);
    let expected = world.name("tpTrue");
    let is_that_of_the_owner = match &content {
        Some(content) => content.contains(&expected),
        // The answer to a Notify has no payload there (TS-0008 V3.9.0, 6.2.4).
        None => is_reached_by_coap_alone(world),
    };
    let content = content.unwrap_or_default();
    if answer.code() != Some(2000) || !is_that_of_the_owner {
        let observed = format!("{answer} with {content}");
        let expected = "2000 OK with the answer of AE1";
        let finding = Finding::new(Cause::SideEffect, expected, observed);
        return Err(Stop::mismatch("notify", Role::ReadBack, finding, &answer));
    }
    let still_there =
        json!({"name": "read-back", "as": "AE1", "role": "read-back", "retrieve": "pchT"});
    run(tested, Vec::new(), vec![still_there]).await
}

fn is_reached_by_coap_alone(world: &World<'_>) -> bool {
    let facts = world.facts();
    facts.claims("PICS_BIND_COAP") && !facts.claims("PICS_BIND_HTTP")
}

/// CSE/ACP/DEF/022: AE2 may do everything with the `<AE>` of AE1 but notify it.
pub async fn right_to_notify(twin: &mut World<'_>, tested: &mut World<'_>) -> Result<(), Stop> {
    with_channel(twin, 63).await?;
    let world = &*twin;
    let (sent, answered) = tokio::join!(notify(world, "AE2", Role::Twin), async {
        let identifier = poll(world, "AE1", Role::SetUp).await?;
        respond(world, "AE1", Role::SetUp, &identifier, "tpTrue").await
    });
    judge(world, "notify", Role::Twin, Operation::Notify, 2000, &sent?)?;
    answered?;

    with_channel(tested, 47).await?;
    let world = &*tested;
    let answer = notify(world, "AE2", Role::Stimulus).await?;
    judge(
        world,
        "notify",
        Role::Stimulus,
        Operation::Notify,
        DENIED,
        &answer,
    )?;
    let soon = tested.fill("poll", &json!("{now+2}")).await?;
    let mut request = channel::poll(tested)?;
    request.request_expiration = soon.as_str().map(str::to_owned);
    let answer = tested
        .send("AE1", "poll", Role::ReadBack, request, None, &[])
        .await?;
    judge(
        tested,
        "poll",
        Role::ReadBack,
        Operation::Retrieve,
        EXPIRED,
        &answer,
    )
}

/// AE1 with a channel `pchT`, whose `<AE>` permits AE2 these operations, and AE2.
async fn with_channel(world: &mut World<'_>, acop: u32) -> Result<(), Stop> {
    let given = vec![
        json!({"create": "acpR", "type": "acp", "pv": [
            {"acor": ["{ADM}", "CtpA1"], "acop": 63}, {"acor": ["CtpA2"], "acop": acop},
        ]}),
        json!({"name": "register-AE1", "as": "AE1", "register": true, "with": {"acpi": ["acpR"]}}),
        json!({"name": "register-AE2", "as": "AE2", "register": true}),
        json!({"as": "AE1", "create": "pchT", "type": "pch", "in": "AE1"}),
    ];
    run(world, given, Vec::new()).await
}

/// A Notify to the `<AE>` of AE1, open until AE1 answers.
async fn notify(world: &World<'_>, actor: &str, role: Role) -> Result<Answer, Stop> {
    let step = world.step("notify");
    let content = json!({"m2m:sgn": {
        "nev": {"net": 3, "rep": {"m2m:cin": {"con": world.canary()}}}, "sur": "x",
    }});
    let request = Request::notify(world.find("target", "AE1")?, content);
    world.send(actor, &step, role, request, None, &[]).await
}

/// What happens on the channel while the request of the administrator is open.
async fn answers(world: &World<'_>) -> Result<(), Stop> {
    let foreign = channel::poll(world)?;
    let answer = world
        .send("AE2", "foreign-poll", Role::Stimulus, foreign, None, &[])
        .await?;
    judge(
        world,
        "foreign-poll",
        Role::Stimulus,
        Operation::Retrieve,
        DENIED,
        &answer,
    )?;
    let identifier = poll(world, "AE1", Role::Twin).await?;
    respond(world, "AE2", Role::Stimulus, &identifier, "tpForged").await?;
    respond(world, "AE1", Role::Twin, &identifier, "tpTrue").await
}

/// The Request Identifier of the request that a poll brings.
async fn poll(world: &World<'_>, actor: &str, role: Role) -> Result<String, Stop> {
    let step = world.step("poll");
    let request = channel::poll(world)?;
    let answer = world.send(actor, &step, role, request, None, &[]).await?;
    judge(world, "poll", role, Operation::Retrieve, 2000, &answer)?;
    let identifier = answer
        .content()
        .and_then(|content| representation::anywhere(content, "rqi"))
        .and_then(Value::as_str);
    identifier.map(str::to_owned).ok_or_else(|| {
        let finding = Finding::new(Cause::MalformedAnswer, "a request with rqi", "none");
        Stop::mismatch(&step, role, finding, &answer)
    })
}

/// A response primitive to a polled request; that of somebody else has to be denied.
async fn respond(
    world: &World<'_>,
    actor: &str,
    role: Role,
    identifier: &str,
    label: &str,
) -> Result<(), Stop> {
    let name = format!("{actor}-answers");
    let step = world.step(&name);
    let content = json!({"m2m:cin": {"con": world.name(label)}});
    let request = channel::response(world, identifier, &content)?;
    let answer = world.send(actor, &step, role, request, None, &[]).await?;
    let code = match role {
        Role::Stimulus => DENIED,
        _ => 2000,
    };
    judge(world, &name, role, Operation::Notify, code, &answer)
}

fn judge(
    world: &World<'_>,
    name: &str,
    role: Role,
    operation: Operation,
    code: u16,
    answer: &Answer,
) -> Result<(), Stop> {
    let asked = Asked {
        canary: Some(world.canary()),
        ..Asked::of(operation)
    };
    check::check(&asked, &Expectation::Codes(vec![code]), answer)
        .map(|_| ())
        .map_err(|finding| Stop::mismatch(&world.step(name), role, finding, answer))
}
