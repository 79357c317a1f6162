//! What was accepted once is not accepted again for having been accepted.

use super::run;
use crate::catalogue::behaviour::{Expectation, Role};
use crate::purposes::check::{self, Asked};
use crate::purposes::{Finding, Stop, world::World};
use crate::verdict::Cause;
use onem2m_primitive::{Operation, Request};
use serde_json::json;

/// CSE/ACP/ERR/015: the octets of a permitted Update, sent again when the right is gone.
pub async fn withdrawn_right(_: &mut World<'_>, tested: &mut World<'_>) -> Result<(), Stop> {
    let given = vec![
        json!({"create": "acpCtl", "type": "acp", "pv": [{"acor": ["{ADM}"], "acop": 63}]}),
        json!({"create": "acpT", "type": "acp", "pv": [{"acor": ["CtpA2"], "acop": 4}]}),
        json!({"create": "cntT", "type": "cnt",
            "with": {"acpi": ["acpT", "acpCtl"], "lbl": ["tpT"]}}),
        json!({"name": "look", "as": "AE2", "role": "set-up", "retrieve": "AE2"}),
    ];
    run(tested, given, Vec::new()).await?;

    let content = json!({"m2m:cnt": {"lbl": ["tpX"]}});
    let content = tested.fill("label", &content).await?;
    let request = Request::update(tested.find("target", "cntT")?, content);
    let (octets, identifier) = tested.prepare("AE2", "first", request, None)?;
    for (step, role, expectation) in [
        ("first", Role::Twin, Expectation::Permit),
        ("replay", Role::Stimulus, Expectation::Deny),
    ] {
        let answer = tested
            .exchange("AE2", step, role, octets.clone(), &identifier)
            .await?;
        let asked = Asked {
            canary: Some(tested.canary()),
            ..Asked::about(Operation::Update, tested.resource_name("cntT"))
        };
        check::check(&asked, &expectation, &answer)
            .map_err(|finding| Stop::mismatch(step, role, finding, &answer))?;
        if role == Role::Twin {
            withdraw(tested).await?;
        }
    }
    let end = json!({
        "name": "read-back", "as": "ADM", "role": "read-back", "retrieve": "cntT",
        "sees": {"lbl": ["tpT"]},
    });
    run(tested, Vec::new(), vec![end]).await
}

/// Takes the right away and sets back what it was used for.
async fn withdraw(world: &mut World<'_>) -> Result<(), Stop> {
    let step = "withdraw";
    let rules = json!({"acr": [{"acor": ["CtpA1"], "acop": 4}]});
    let content = json!({"m2m:acp": {"pv": rules}});
    let content = world.fill(step, &content).await?;
    let request = Request::update(world.find(step, "acpT")?, content);
    let answer = world
        .send("ADM", step, Role::SetUp, request, None, &[])
        .await?;
    if !answer.succeeded() {
        let finding = Finding::new(
            Cause::WrongDecision,
            check::spelled(&[check::success(Operation::Update)]),
            answer.to_string(),
        );
        return Err(Stop::mismatch(step, Role::SetUp, finding, &answer));
    }
    let set_back = json!({"name": "set-back", "update": "cntT", "with": {"lbl": ["tpT"]}});
    run(world, vec![set_back], Vec::new()).await
}
