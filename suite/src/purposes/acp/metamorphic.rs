//! Two ways to ask the same, one answer: a container itself, through its parent, by discovery, through a group.

use super::run;
use crate::catalogue::behaviour::{Expectation, Role};
use crate::purposes::Stop;
use crate::purposes::answer::Answer;
use crate::purposes::check::{self, Asked};
use crate::purposes::representation;
use crate::purposes::stop::Finding;
use crate::purposes::world::{World, discovery};
use crate::verdict::Cause;
use onem2m_primitive::{Operation, Request};
use serde_json::{Value, json};

/// Result Content values that show children: attributes and child resources, attributes and references, references, and
/// child resources (TS-0004 V3.32.0, Table 6.3.4.2.7-1).
const WITH_CHILDREN: [u32; 4] = [4, 5, 6, 8];

/// CSE/ACP/MET/007: what may not be retrieved is seen on no other way, what may be is seen on each.
pub async fn paths(twin: &mut World<'_>, tested: &mut World<'_>) -> Result<(), Stop> {
    family(twin, true).await?;
    let mut offered = WITH_CHILDREN.to_vec();
    for actor in ["AE1", "AE2"] {
        offered = seen(twin, actor, Role::Twin, true, offered).await?;
    }
    family(tested, false).await?;
    let offered = seen(tested, "AE1", Role::Stimulus, true, offered).await?;
    seen(tested, "AE2", Role::Stimulus, false, offered).await?;
    run(tested, Vec::new(), vec![read_back("tpT")]).await
}

/// CSE/ACP/MET/008: a member answers through its group as it answers itself.
pub async fn members(twin: &mut World<'_>, tested: &mut World<'_>) -> Result<(), Stop> {
    group(twin, true).await?;
    for actor in ["AE1", "AE2"] {
        answered(twin, actor, Role::Twin, true).await?;
    }
    group(tested, false).await?;
    answered(tested, "AE1", Role::Stimulus, true).await?;
    answered(tested, "AE2", Role::Stimulus, false).await?;
    run(tested, Vec::new(), vec![read_back("tpX")]).await
}

fn read_back(label: &str) -> Value {
    json!({
        "name": "read-back", "as": "ADM", "role": "read-back", "retrieve": "cntT",
        "sees": {"lbl": [label]},
    })
}

/// The policies: everybody may everything with what is around the container, and AE2 with the container too, or not.
fn policies(for_both: bool) -> Vec<Value> {
    let originators = match for_both {
        true => json!(["CtpA1", "CtpA2"]),
        false => json!(["CtpA1"]),
    };
    let administrator = json!({"acor": ["{ADM}"], "acop": 63});
    vec![
        json!({"create": "acpP", "type": "acp",
            "pv": [administrator, {"acor": ["CtpA1", "CtpA2"], "acop": 63}]}),
        json!({"create": "acpT", "type": "acp",
            "pv": [administrator, {"acor": originators, "acop": 63}]}),
        json!({"register": true, "as": "AE1"}),
        json!({"register": true, "as": "AE2"}),
    ]
}

async fn family(world: &mut World<'_>, for_both: bool) -> Result<(), Stop> {
    let mut given = policies(for_both);
    given.extend([
        json!({"create": "cntP", "type": "cnt", "with": {"acpi": ["acpP"]}}),
        json!({"create": "cntT", "type": "cnt", "in": "cntP",
            "with": {"acpi": ["acpT"], "lbl": ["tpT"]}}),
    ]);
    run(world, given, Vec::new()).await
}

async fn group(world: &mut World<'_>, for_both: bool) -> Result<(), Stop> {
    let mut given = policies(for_both);
    given.push(json!({"create": "cntT", "type": "cnt",
        "with": {"acpi": ["acpT"], "lbl": ["tpT"]}}));
    // A policy of its members stands where the group itself is not asked (TS-0001 V3.36.0, 9.6.13).
    given.push(json!({"create": "grpT", "type": "grp",
        "with": {"acpi": ["acpP"], "macp": ["{id:acpP}"], "mt": 3, "mnm": 2, "mid": ["{id:cntT}"]}}));
    run(world, given, Vec::new()).await
}

/// Looks for the container on every way; the values of Result Content that the IUT offers.
async fn seen(
    world: &mut World<'_>,
    actor: &str,
    role: Role,
    permitted: bool,
    mut offered: Vec<u32>,
) -> Result<Vec<u32>, Stop> {
    let unfilled = |unfilled| Stop::unfilled("cntT", &unfilled);
    let ids = world.ids("cntT").map_err(unfilled)?;
    for (form, id) in ids.iter().enumerate() {
        let step = world.step(&format!("{actor}: retrieve, form {}", form + 1));
        let request = Request::retrieve(id.clone());
        let asked = asked(world, Operation::Retrieve);
        direct(world, actor, &step, role, request, asked, permitted).await?;
    }
    let parent = world.target("cntP").map_err(unfilled)?;
    let label = world.canary();
    let mut telling = ids.clone();
    telling.extend([world.resource_name("cntT"), label.clone()]);
    let mut kept = Vec::new();
    for result_content in offered.drain(..) {
        let step = world.step(&format!("{actor}: parent, rcn {result_content}"));
        let mut request = Request::retrieve(parent.clone());
        request.result_content = Some(result_content);
        let answer = world.send(actor, &step, role, request, None, &[]).await?;
        let is_offered = answer.succeeded();
        if role == Role::Twin && !is_offered && !answer.is_undecided() {
            continue;
        }
        shows(&step, role, &answer, &telling, permitted)?;
        kept.push(result_content);
    }
    let step = world.step(&format!("{actor}: discover"));
    let mut asked = asked(world, Operation::Retrieve);
    asked.discovery = true;
    asked.sought = vec![ids];
    let request = discovery(parent, vec![label]);
    direct(world, actor, &step, role, request, asked, permitted).await?;
    Ok(kept)
}

fn asked(world: &World<'_>, operation: Operation) -> Asked {
    Asked {
        canary: Some(world.canary()),
        ..Asked::about(operation, world.resource_name("cntT"))
    }
}

/// A request whose answer is the decision.
async fn direct(
    world: &World<'_>,
    actor: &str,
    step: &str,
    role: Role,
    request: Request,
    asked: Asked,
    permitted: bool,
) -> Result<(), Stop> {
    let answer = world.send(actor, step, role, request, None, &[]).await?;
    let expectation = match permitted {
        true => Expectation::Permit,
        false => Expectation::Deny,
    };
    check::check(&asked, &expectation, &answer)
        .map(|_| ())
        .map_err(|finding| Stop::mismatch(step, role, finding, &answer))
}

/// An answer for the parent, with the container in it or without.
fn shows(
    step: &str,
    role: Role,
    answer: &Answer,
    telling: &[String],
    permitted: bool,
) -> Result<(), Stop> {
    let text = answer.content().map(Value::to_string).unwrap_or_default();
    let shown = telling.iter().any(|id| text.contains(id.as_str()));
    let finding = match (answer.succeeded(), permitted, shown) {
        (true, true, true) | (true, false, false) => return Ok(()),
        (true, false, true) => Finding::new(
            Cause::Leak,
            "2000 OK without the child",
            "2000 OK with the child in it",
        ),
        (true, true, false) => Finding::new(
            Cause::WrongDecision,
            "2000 OK with the child",
            "2000 OK without it",
        ),
        (false, ..) => Finding::new(
            Cause::WrongDecision,
            "2000 OK for the parent",
            answer.to_string(),
        ),
    };
    Err(Stop::mismatch(step, role, finding, answer))
}

/// The container itself, and through its group.
async fn answered(
    world: &mut World<'_>,
    actor: &str,
    role: Role,
    permitted: bool,
) -> Result<(), Stop> {
    let target = world.find("grpT", "cntT")?;
    let fan_out = format!("{}/fopt", world.find("grpT", "grpT")?);
    let labelled = world
        .fill("label", &json!({"m2m:cnt": {"lbl": ["tpX"]}}))
        .await?;
    for operation in [Operation::Retrieve, Operation::Update] {
        let request = |to: &str| match operation {
            Operation::Retrieve => Request::retrieve(to),
            _ => Request::update(to, labelled.clone()),
        };
        let name = format!("{operation:?}").to_lowercase();
        let step = world.step(&format!("{actor}: {name}"));
        let asked = asked(world, operation);
        direct(
            world,
            actor,
            &step,
            role,
            request(&target),
            asked,
            permitted,
        )
        .await?;
        let step = world.step(&format!("{actor}: {name} through the group"));
        let answer = world
            .send(actor, &step, role, request(&fan_out), None, &[])
            .await?;
        of_member(world, &step, role, &answer, operation, permitted)?;
    }
    Ok(())
}

/// The response for the one member in an aggregated response (TS-0004 V3.32.0, 6.3.5.33 and 7.4.14).
fn of_member(
    world: &World<'_>,
    step: &str,
    role: Role,
    answer: &Answer,
    operation: Operation,
    permitted: bool,
) -> Result<(), Stop> {
    let content = answer.content();
    let code = content
        .and_then(|content| representation::anywhere(content, "rsc"))
        .and_then(Value::as_u64);
    let expected = match permitted {
        true => check::success(operation),
        false => 4103,
    };
    // Both a success without privilege and an attribute in a denial show what should not be seen.
    let leaks =
        !permitted && content.is_some_and(|content| content.to_string().contains(&world.canary()));
    if code == Some(expected.into()) && !leaks {
        return Ok(());
    }
    let observed = match code {
        Some(code) if leaks => format!("{code} with an attribute of the member"),
        Some(code) => code.to_string(),
        None => format!("{answer} without a response of the member"),
    };
    let cause = match (leaks, code) {
        (true, _) => Cause::Leak,
        (false, None) => Cause::MalformedAnswer,
        (false, Some(_)) => Cause::WrongDecision,
    };
    let expected = format!("{} for the member", check::spelled(&[expected]));
    let finding = Finding::new(cause, expected, observed);
    Err(Stop::mismatch(step, role, finding, answer))
}
