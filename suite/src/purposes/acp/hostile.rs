//! Policies that are large, deep or ambiguous.

use super::run;
use crate::catalogue::behaviour::Role;
use crate::purposes::answer::Answer;
use crate::purposes::check::spelled;
use crate::purposes::{Finding, Stop, representation, world::World};
use crate::tester::link::Octets;
use crate::verdict::{Cause, Judgement};
use onem2m_primitive::Request;
use serde_json::{Value, json};

const BAD_REQUEST: u16 = 4000;
const NOT_FOUND: u16 = 4004;
const NOT_IMPLEMENTED: u16 = 5001;

/// CSE/ACP/ATT/022: five thousand rules of twenty originators keep nobody else waiting.
pub async fn large_policy(twin: &mut World<'_>, tested: &mut World<'_>) -> Result<(), Stop> {
    let rules = |count: u32| -> Value {
        let rule = |rule: u32| {
            let originators = (1..=20).map(|number| format!("/tpz/C{:07}", rule * 20 + number));
            json!({"acor": originators.collect::<Vec<_>>(), "acop": 2})
        };
        (0..count).map(rule).collect()
    };
    let answer = create(twin, "acpT", Role::Twin, &pv(&json!({"acr": rules(1)}))).await?;
    created(twin, "acpT", Role::Twin, &answer)?;

    let large = pv(&json!({"acr": rules(5000)}));
    plan(tested, "acpT");
    let world = &*tested;
    let (answer, meanwhile) = tokio::join!(
        write(world, "acpT", Role::Stimulus, &large),
        retrieve_base(world, "meanwhile"),
    );
    let answer = answer?;
    meanwhile?;
    retrieve_base(world, "afterwards").await?;
    let expected = format!(
        "{} or HTTP 413",
        spelled(&[2001, BAD_REQUEST, NOT_IMPLEMENTED])
    );
    let refused = match &answer {
        Answer::Primitive(response) => {
            let code = response.status.number();
            if ![2001, BAD_REQUEST, NOT_IMPLEMENTED].contains(&code) {
                return Err(wrong("acpT", Cause::NoDecision, expected, &answer));
            }
            !answer.succeeded()
        }
        Answer::Malformed(detail) if detail.contains("HTTP 413") => true,
        _ => return Err(wrong("acpT", Cause::NoDecision, expected, &answer)),
    };
    if !refused {
        remember(tested, "acpT");
        let steps = vec![
            json!({"name": "retrieve-acpT", "as": "ADM", "role": "read-back", "retrieve": "acpT"}),
        ];
        return run(tested, Vec::new(), steps).await;
    }
    absent(tested, "acpT").await
}

/// CSE/ACP/ATT/023: ten thousand nested arrays are refused, and the IUT serves on.
pub async fn deep_policy(twin: &mut World<'_>, tested: &mut World<'_>) -> Result<(), Stop> {
    let answer = create(twin, "acpT", Role::Twin, &pv(&json!({"acr": []}))).await?;
    created(twin, "acpT", Role::Twin, &answer)?;

    let deep = format!("\"pv\":{}{}", "[".repeat(10_000), "]".repeat(10_000));
    let answer = create(tested, "acpT", Role::Stimulus, &deep).await?;
    match &answer {
        Answer::Closed(_) => {}
        answer if answer.code() == Some(BAD_REQUEST) => {}
        answer => {
            let cause = match answer {
                Answer::Timeout => Cause::Hang,
                Answer::Malformed(_) => Cause::MalformedAnswer,
                answer if answer.succeeded() => Cause::WrongDecision,
                answer if answer.is_undecided() => Cause::NoDecision,
                _ => Cause::WrongCode,
            };
            let expected = format!("{} or a closed connection", spelled(&[BAD_REQUEST]));
            return Err(wrong("acpT", cause, expected, answer));
        }
    }
    retrieve_base(tested, "afterwards").await?;
    absent(tested, "acpT").await
}

/// CSE/ACP/ATT/024: of two members of one name none is taken, or the one that a Retrieve shows.
pub async fn duplicate_members(twin: &mut World<'_>, tested: &mut World<'_>) -> Result<(), Stop> {
    let ours = |world: &World<'_>| {
        let identity = world
            .identity("AE2")
            .map_err(|unfilled| Stop::unfilled("identity", &unfilled))?;
        Ok::<_, Stop>(pv(&json!({"acr": [{"acor": [identity], "acop": 63}]})))
    };
    let nobody = pv(&json!({"acr": []}));

    let alone = ours(twin)?;
    guard(twin).await?;
    let answer = create(twin, "acpT", Role::Twin, &alone).await?;
    created(twin, "acpT", Role::Twin, &answer)?;
    decides(twin, "acpT", "cntT", Role::Twin, true).await?;

    let ours = ours(tested)?;
    guard(tested).await?;
    for (policy, container, members) in [
        ("acpT", "cntT", format!("{nobody},{ours}")),
        ("acpU", "cntU", format!("{ours},{nobody}")),
    ] {
        let answer = create(tested, policy, Role::Stimulus, &members).await?;
        if answer.code() == Some(BAD_REQUEST) {
            absent(tested, policy).await?;
        } else if answer.succeeded() {
            let permits = shown_rules(tested, policy).await? > 0;
            decides(tested, policy, container, Role::Stimulus, permits).await?;
        } else {
            let cause = match answer.is_undecided() {
                true => Cause::NoDecision,
                false => Cause::WrongCode,
            };
            let expected = spelled(&[BAD_REQUEST, 2001]);
            return Err(wrong(policy, cause, expected, &answer));
        }
    }
    Ok(())
}

/// AE2 and the policy of the administrator's controls.
async fn guard(world: &mut World<'_>) -> Result<(), Stop> {
    let given = vec![
        json!({"create": "acpCtl", "type": "acp", "pv": [{"acor": ["{ADM}"], "acop": 63}]}),
        json!({"name": "look", "as": "AE2", "role": "set-up", "retrieve": "AE2"}),
    ];
    run(world, given, Vec::new()).await
}

/// What AE2 gets of a container under the policy.
async fn decides(
    world: &mut World<'_>,
    policy: &str,
    container: &str,
    role: Role,
    permits: bool,
) -> Result<(), Stop> {
    let expect = if permits { "permit" } else { "deny" };
    let given = vec![json!({
        "create": container, "type": "cnt", "with": {"acpi": [policy, "acpCtl"], "lbl": ["tpT"]},
    })];
    let steps = vec![
        json!({"name": format!("request-{container}"), "role": role, "as": "AE2", "retrieve": container, "expect": expect}),
        json!({"name": format!("read-back-{container}"), "role": "read-back", "retrieve": container, "unchanged": true}),
    ];
    run(world, given, steps).await
}

async fn shown_rules(world: &World<'_>, policy: &str) -> Result<usize, Stop> {
    let step = world.step(&format!("retrieve-{policy}"));
    let target = world.find(&step, policy)?;
    let request = Request::retrieve(target);
    let answer = world
        .send("ADM", &step, Role::ReadBack, request, None, &[])
        .await?;
    let Some(attributes) =
        representation::attributes(answer.content()).filter(|_| answer.succeeded())
    else {
        let finding = Finding::new(Cause::SideEffect, "a representation", answer.to_string());
        return Err(Stop::mismatch(&step, Role::ReadBack, finding, &answer));
    };
    let rules = attributes.get("pv").and_then(|pv| pv.get("acr"));
    Ok(rules.and_then(Value::as_array).map_or(0, Vec::len))
}

/// Sends the Create of a policy whose members `pv` are given as text.
async fn create(world: &mut World<'_>, name: &str, role: Role, pv: &str) -> Result<Answer, Stop> {
    plan(world, name);
    let answer = write(world, name, role, pv).await?;
    if answer.succeeded() {
        remember(world, name);
    }
    Ok(answer)
}

async fn write(world: &World<'_>, name: &str, role: Role, pv: &str) -> Result<Answer, Stop> {
    let step = world.step(&format!("make-{name}"));
    let administrator = world
        .identity("ADM")
        .map_err(|unfilled| Stop::unfilled(&step, &unfilled))?;
    let base = world.facts().cse_base.clone();
    let request = Request::create(base, 1, json!({"m2m:acp": {}}));
    let (mut outgoing, identifier) = world.prepare("ADM", &step, request, None)?;
    let pvs = json!({"acr": [{"acor": [administrator], "acop": 63}]});
    let name = json!(world.resource_name(name));
    let body = format!("{{\"m2m:acp\":{{\"rn\":{name},{pv},\"pvs\":{pvs}}}}}");
    outgoing.body = Octets(body.into());
    world
        .exchange("ADM", &step, role, outgoing, &identifier)
        .await
}

fn pv(value: &Value) -> String {
    format!("\"pv\":{value}")
}

fn path(world: &World<'_>, name: &str) -> String {
    format!("{}/{}", world.facts().cse_base, world.resource_name(name))
}

fn plan(world: &mut World<'_>, name: &str) {
    let path = path(world, name);
    world.plan(name, path);
}

fn remember(world: &mut World<'_>, name: &str) {
    let path = path(world, name);
    world.remember("ADM", path, Some(1));
}

/// Ten retrievals of the CSEBase, one after the other, over connections of their own.
async fn retrieve_base(world: &World<'_>, when: &str) -> Result<(), Stop> {
    for number in 1..=10 {
        let step = world.step(&format!("{when}: retrieve {number}"));
        let request = Request::retrieve(world.facts().cse_base.clone());
        let answer = world
            .send(
                "ADM-2",
                &step,
                Role::Stimulus,
                request,
                administrator(world).as_deref(),
                &[],
            )
            .await?;
        if !answer.succeeded() {
            let cause = match answer {
                Answer::Timeout => Cause::Hang,
                _ => Cause::NoDecision,
            };
            return Err(wrong(&step, cause, spelled(&[2000]), &answer));
        }
    }
    Ok(())
}

fn administrator(world: &World<'_>) -> Option<String> {
    world.identity("ADM").ok()
}

async fn absent(world: &World<'_>, name: &str) -> Result<(), Stop> {
    let step = world.step(&format!("{name}-was-not-made"));
    let target = world.find(&step, name)?;
    let answer = world
        .send(
            "ADM",
            &step,
            Role::ReadBack,
            Request::retrieve(target),
            None,
            &[],
        )
        .await?;
    if answer.code() == Some(NOT_FOUND) {
        return Ok(());
    }
    let finding = Finding::new(Cause::SideEffect, spelled(&[NOT_FOUND]), answer.to_string());
    Err(Stop::mismatch(&step, Role::ReadBack, finding, &answer))
}

fn created(world: &World<'_>, name: &str, role: Role, answer: &Answer) -> Result<(), Stop> {
    if answer.succeeded() {
        return Ok(());
    }
    let step = world.step(&format!("make-{name}"));
    let finding = Finding::new(Cause::WrongDecision, spelled(&[2001]), answer.to_string());
    Err(Stop::mismatch(&step, role, finding, answer))
}

fn wrong(step: &str, cause: Cause, expected: String, answer: &Answer) -> Stop {
    match answer.is_undecided() {
        true => Stop::mismatch(
            step,
            Role::Stimulus,
            Finding::new(cause, expected, answer.to_string()),
            answer,
        ),
        false => Stop::Judged(Judgement::fail(cause, expected, answer.to_string()).at(step)),
    }
}
