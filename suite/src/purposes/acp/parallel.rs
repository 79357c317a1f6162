//! Decisions do not depend on what else is decided at the same time.

use super::run;
use crate::catalogue::behaviour::{Expectation, Role};
use crate::purposes::check::{self, Asked};
use crate::purposes::{Stop, world::World};
use onem2m_primitive::{Operation, Request};
use serde_json::{Value, json};

/// Requests of each entity.
const REQUESTS: u32 = 200;

/// CSE/ACP/ALG/010: AE1 may only update, AE2 may only retrieve; both do both, in parallel.
pub async fn same_decision(_: &mut World<'_>, tested: &mut World<'_>) -> Result<(), Stop> {
    let given = vec![
        json!({"create": "acpCtl", "type": "acp", "pv": [{"acor": ["{ADM}"], "acop": 63}]}),
        json!({"create": "acpT", "type": "acp", "pv": [
            {"acor": ["CtpA2"], "acop": 2}, {"acor": ["CtpA1"], "acop": 4},
        ]}),
        json!({"create": "cntT", "type": "cnt",
            "with": {"acpi": ["acpT", "acpCtl"], "lbl": ["tpT"]}}),
    ];
    let begin = vec![
        json!({"name": "first-retrieve", "as": "AE2", "retrieve": "cntT"}),
        json!({"name": "first-update", "as": "AE1", "update": "cntT", "with": {"lbl": ["tpT"]}}),
    ];
    run(tested, given, begin).await?;
    let first = tested
        .fill("label", &json!({"m2m:cnt": {"lbl": ["tpX"]}}))
        .await?;
    let second = tested
        .fill("label", &json!({"m2m:cnt": {"lbl": ["tpY"]}}))
        .await?;
    let world = &*tested;
    let (one, other) = tokio::join!(
        alternate(world, "AE1", Operation::Update, first),
        alternate(world, "AE2", Operation::Retrieve, second),
    );
    one.and(other)?;
    let end = json!({
        "name": "read-back", "as": "ADM", "role": "read-back", "retrieve": "cntT",
        "sees": {"lbl": ["tpX"]},
    });
    run(tested, Vec::new(), vec![end]).await
}

/// Retrieve and Update in turn; only one of the two is permitted.
async fn alternate(
    world: &World<'_>,
    actor: &str,
    permitted: Operation,
    content: Value,
) -> Result<(), Stop> {
    let target = world.find("target", "cntT")?;
    for number in 1..=REQUESTS {
        let (operation, request) = match number % 2 {
            0 => (Operation::Retrieve, Request::retrieve(target.clone())),
            _ => (
                Operation::Update,
                Request::update(target.clone(), content.clone()),
            ),
        };
        let step = format!("{actor}: {operation:?} {number}").to_lowercase();
        let answer = world
            .send(actor, &step, Role::Stimulus, request, None, &[])
            .await?;
        let asked = Asked {
            canary: (operation == Operation::Retrieve).then(|| world.canary()),
            ..Asked::about(operation, world.resource_name("cntT"))
        };
        let expectation = match operation == permitted {
            true => Expectation::Permit,
            false => Expectation::Deny,
        };
        check::check(&asked, &expectation, &answer)
            .map_err(|finding| Stop::mismatch(&step, Role::Stimulus, finding, &answer))?;
    }
    Ok(())
}
