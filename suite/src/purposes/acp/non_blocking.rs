//! Non-blocking requests: the decision at receipt, and who may see the `<request>`.

use super::run;
use crate::catalogue::behaviour::{Expectation, Role};
use crate::purposes::answer::Answer;
use crate::purposes::check::{self, Asked, spelled};
use crate::purposes::request_result::result;
use crate::purposes::{Finding, Stop, representation, world::World};
use crate::verdict::{Cause, Reason};
use onem2m_primitive::{Operation, Request, ResponseType};
use serde_json::{Map, Value, json};
use std::time::Duration;

/// nonBlockingRequestSynch (TS-0004 V3.32.0, 6.3.4.2.6).
const SYNCHRONOUS: u32 = 1;
/// A request has to arrive well before the window opens.
const PROMPT: Duration = Duration::from_secs(4);
const ACCEPTED: [u16; 2] = [1000, 1001];
const DENIED: u16 = 4103;

/// CSE/ACP/TIM/023: an execution time inside the window does not open it. Both worlds ask, and wait
/// together.
pub async fn execution_time(twin: &mut World<'_>, tested: &mut World<'_>) -> Result<(), Stop> {
    let permitted = ask_for_later(twin, true).await?;
    let denied = ask_for_later(tested, false).await?;
    let pause = Duration::from_secs(10).saturating_sub(tested.since_start("wait")?);
    tested.recorder().wait(pause).await;
    look_after(twin, true, permitted).await?;
    look_after(tested, false, denied).await
}

/// AE2 asks for an Update that is to be executed in eight seconds; the reference of the `<request>`.
async fn ask_for_later(world: &mut World<'_>, is_twin: bool) -> Result<Option<String>, Stop> {
    let rule = match is_twin {
        true => json!({"acor": ["CtpA2"], "acop": 63}),
        false => {
            let closed = json!([{"actw": ["@open-from-6"]}]);
            json!({"acor": ["CtpA2"], "acop": 63, "acco": closed})
        }
    };
    container(world, json!([rule])).await?;
    let step = world.step("request");
    let when = world.fill(&step, &json!("{now+8}")).await?;
    let content = world
        .fill(&step, &json!({"m2m:cnt": {"lbl": ["tpX"]}}))
        .await?;
    let mut request = Request::update(world.find(&step, "cntT")?, content);
    request.operation_execution_time = when.as_str().map(str::to_owned);
    let reference = ask(world, request, is_twin).await?;
    if world.since_start(&step)? > PROMPT {
        let detail = "the answers took longer than the purpose allows";
        return Err(Stop::inconclusive(&step, Reason::Timeout, detail));
    }
    Ok(reference)
}

/// What came of it, once the time has passed.
async fn look_after(
    world: &mut World<'_>,
    is_twin: bool,
    reference: Option<String>,
) -> Result<(), Stop> {
    if let Some(reference) = reference {
        let outcome = result(world, "AE2", &reference).await?;
        judge_result(world, &outcome, is_twin, 2004)?;
    }
    look_back(world, if is_twin { "tpX" } else { "tpT" }).await
}

/// CSE/ACP/DEF/018: the result of a request that is denied shows nothing of its target.
pub async fn denied_result(twin: &mut World<'_>, tested: &mut World<'_>) -> Result<(), Stop> {
    let others = json!({"acor": ["CtpA1"], "acop": 63});
    let own = json!({"acor": ["CtpA2"], "acop": 2});
    retrieved_later(twin, true, json!([others, own])).await?;
    retrieved_later(tested, false, json!([others])).await
}

async fn retrieved_later(world: &mut World<'_>, is_twin: bool, rules: Value) -> Result<(), Stop> {
    container(world, rules).await?;
    let request = Request::retrieve(world.find("request", "cntT")?);
    if let Some(reference) = ask(world, request, is_twin).await? {
        let outcome = result(world, "AE2", &reference).await?;
        judge_result(world, &outcome, is_twin, 2000)?;
    }
    look_back(world, "tpT").await
}

/// The administrator reads the label.
async fn look_back(world: &mut World<'_>, label: &str) -> Result<(), Stop> {
    let read_back = json!({
        "name": "read-back", "as": "ADM", "role": "read-back", "retrieve": "cntT",
        "sees": {"lbl": [label]},
    });
    run(world, Vec::new(), vec![read_back]).await
}

/// CSE/ACP/DEF/017: a `<request>` is for its originator alone.
pub async fn owner_of_request(_: &mut World<'_>, tested: &mut World<'_>) -> Result<(), Stop> {
    let world = tested;
    container(world, json!([{"acor": ["CtpA2"], "acop": 2}])).await?;
    world.register("AE1", &Map::new()).await?;
    let request = Request::retrieve(world.find("request", "cntT")?);
    let Some(reference) = ask(world, request, true).await? else {
        return Err(Stop::error("request", "no reference of a <request>"));
    };
    let update = || Request::update(reference.clone(), json!({"m2m:req": {"lbl": ["x"]}}));
    for (name, actor, role, request, codes) in [
        (
            "foreign-retrieve",
            "AE1",
            Role::Stimulus,
            Request::retrieve(reference.clone()),
            vec![DENIED],
        ),
        (
            "foreign-delete",
            "AE1",
            Role::Stimulus,
            Request::delete(reference.clone()),
            vec![DENIED],
        ),
        (
            "own-retrieve",
            "AE2",
            Role::ReadBack,
            Request::retrieve(reference.clone()),
            vec![2000],
        ),
        (
            "own-update",
            "AE2",
            Role::Stimulus,
            update(),
            vec![DENIED, 4005],
        ),
        (
            "own-delete",
            "AE2",
            Role::Stimulus,
            Request::delete(reference.clone()),
            vec![2002],
        ),
        (
            "gone",
            "AE2",
            Role::ReadBack,
            Request::retrieve(reference.clone()),
            vec![4004],
        ),
    ] {
        let asked = asked(world, request.operation);
        let answer = world.send(actor, name, role, request, None, &[]).await?;
        check::check(&asked, &Expectation::Codes(codes), &answer)
            .map_err(|finding| Stop::mismatch(name, role, finding, &answer))?;
    }
    Ok(())
}

/// A container under these rules, and AE2.
async fn container(world: &mut World<'_>, rules: Value) -> Result<(), Stop> {
    let given = vec![
        json!({"create": "acpCtl", "type": "acp", "pv": [{"acor": ["{ADM}"], "acop": 63}]}),
        json!({"create": "acpT", "type": "acp", "pv": rules}),
        json!({"create": "cntT", "type": "cnt",
            "with": {"acpi": ["acpT", "acpCtl"], "lbl": ["tpT"]}}),
        json!({"name": "look", "as": "AE2", "role": "set-up", "retrieve": "AE2"}),
    ];
    run(world, given, Vec::new()).await
}

/// AE2 asks without waiting; the reference of the `<request>`, or none if it was denied at once.
async fn ask(
    world: &World<'_>,
    mut request: Request,
    is_twin: bool,
) -> Result<Option<String>, Stop> {
    let step = world.step("request");
    request.response_type = Some(ResponseType {
        value: SYNCHRONOUS,
        notification_uris: None,
    });
    let (role, codes) = match is_twin {
        true => (Role::Twin, ACCEPTED.to_vec()),
        false => (Role::Stimulus, [ACCEPTED.as_slice(), &[DENIED]].concat()),
    };
    let asked = asked(world, request.operation);
    let answer = world.send("AE2", &step, role, request, None, &[]).await?;
    check::check(&asked, &Expectation::Codes(codes), &answer)
        .map_err(|finding| Stop::mismatch(&step, role, finding, &answer))?;
    if !answer.succeeded() {
        return Ok(None);
    }
    let reference = answer
        .content()
        .and_then(|content| content.get("m2m:uri"))
        .and_then(Value::as_str);
    match reference {
        Some(reference) => Ok(Some(reference.to_owned())),
        None => {
            let finding = Finding::new(Cause::MalformedAnswer, "a reference in m2m:uri", "none");
            Err(Stop::mismatch(&step, role, finding, &answer))
        }
    }
}

fn judge_result(
    world: &World<'_>,
    (step, answer): &(String, Answer),
    is_twin: bool,
    success: u16,
) -> Result<(), Stop> {
    let (role, expected) = match is_twin {
        true => (Role::Twin, success),
        false => (Role::Stimulus, DENIED),
    };
    let wrong = |cause, observed: String| {
        let expected = format!("operationResult with {}", spelled(&[expected]));
        Err(Stop::mismatch(
            step,
            role,
            Finding::new(cause, expected, observed),
            answer,
        ))
    };
    let outcome = answer
        .content()
        .and_then(|content| representation::anywhere(content, "ors"));
    let Some(outcome) = outcome else {
        return wrong(Cause::NoDecision, answer.to_string());
    };
    let code = outcome.get("rsc").and_then(Value::as_u64);
    if code != Some(expected.into()) {
        let observed = match code.and_then(|code| u16::try_from(code).ok()) {
            Some(code) => spelled(&[code]),
            None => "none".into(),
        };
        return wrong(Cause::WrongDecision, observed);
    }
    if !is_twin && outcome.to_string().contains(&world.canary()) {
        return wrong(Cause::Leak, "the label of the target in it".into());
    }
    Ok(())
}

fn asked(world: &World<'_>, operation: Operation) -> Asked {
    Asked {
        canary: Some(world.canary()),
        ..Asked::of(operation)
    }
}
