//! Notifications of the members of a group, collected by the group for whoever subscribed through its fan-out point.

use super::run;
use crate::catalogue::behaviour::{Expectation, Role};
use crate::purposes::check::{self, Asked, Represents};
use crate::purposes::{Stop, representation, world::World};
use crate::verdict::Reason;
use onem2m_primitive::{Operation, Request};
use serde_json::{Value, json};

const DENIED: u16 = 4103;

/// CSE/ACP/NTF/004: AE2 may do everything with the group and its member, and sends what only the member may.
pub async fn members_only(twin: &mut World<'_>, tested: &mut World<'_>) -> Result<(), Stop> {
    subscribed(twin).await?;
    let genuine = vec![
        json!({"name": "genuine", "as": "AE1", "role": "twin", "create": "cinG", "type": "cin",
            "in": "cntM1", "with": {"con": "tpTrue"}}),
        json!({"name": "arrives", "as": "AE1", "role": "set-up", "inbound": true,
            "sees": {"con": "tpTrue"}}),
    ];
    run(twin, Vec::new(), genuine).await?;

    subscribed(tested).await?;
    let uri = aggregation_uri(tested).await?;
    let step = "forged";
    let forged = json!({"m2m:sgn": {
        "nev": {"net": 3, "rep": {"m2m:cin": {"con": "tpForged"}}},
        "sur": "{sp:subF}",
        "nfu": "{POA1}",
    }});
    let request = Request::notify(uri, tested.fill(step, &forged).await?);
    let answer = tested
        .send("AE2", step, Role::Stimulus, request, None, &[])
        .await?;
    let expected = Expectation::Codes(vec![DENIED]);
    check::check(&asked(tested, Operation::Notify), &expected, &answer)
        .map_err(|finding| Stop::mismatch(step, Role::Stimulus, finding, &answer))?;
    let nothing = json!({"name": "nothing-arrives", "as": "AE1", "role": "read-back",
        "inbound": true, "expect": "deny"});
    run(tested, Vec::new(), vec![nothing]).await
}

/// A group of one member, so that the IUT has no reason to wait for others, with AE1 as subscriber.
async fn subscribed(world: &mut World<'_>) -> Result<(), Stop> {
    let given = vec![
        json!({"create": "acpM", "type": "acp",
            "pv": [{"acor": ["{ADM}", "CtpA1", "CtpA2"], "acop": 63}]}),
        json!({"create": "cntM1", "type": "cnt", "with": {"acpi": ["acpM"], "lbl": ["tpT"]}}),
        json!({"name": "register-AE1", "as": "AE1", "register": true,
            "with": {"rr": true, "poa": ["{POA1}"]}}),
        json!({"name": "register-AE2", "as": "AE2", "register": true}),
        json!({"create": "grpF", "type": "grp", "with": {
            "acpi": ["acpM"], "mt": 3, "mnm": 5, "mid": ["cntM1"], "macp": ["acpM"],
        }}),
        json!({"name": "subscribe", "as": "AE1", "create": "subF", "type": "sub",
            "in": "grpF/fopt", "members": {"cntM1": "permit"},
            "with": {"nu": ["{POA1}"], "nfu": "{POA1}", "nct": 1, "enc": {"net": [3]}}}),
    ];
    run(world, given, Vec::new()).await?;
    let member = target(world, "cntM1")?;
    let path = format!("{member}/{}", world.resource_name("subF"));
    world.plan("subF", path);
    Ok(())
}

/// What the IUT put into notificationURI of the member's subscription (TS-0004 V3.32.0, 7.4.14.2.3).
async fn aggregation_uri(world: &mut World<'_>) -> Result<String, Stop> {
    let step = world.step("look");
    let request = Request::retrieve(target(world, "subF")?);
    let answer = world
        .send("AE1", &step, Role::SetUp, request, None, &[])
        .await?;
    let expected = Expectation::Permit;
    check::check(&asked(world, Operation::Retrieve), &expected, &answer)
        .map_err(|finding| Stop::mismatch(&step, Role::SetUp, finding, &answer))?;
    let content = answer
        .primitive()
        .and_then(|response| response.content.as_ref());
    let targets = representation::attributes(content)
        .and_then(|attributes| attributes.get("nu")?.as_array())
        .map(Vec::as_slice);
    let own = world.fill(&step, &json!("{POA1}")).await?;
    match targets {
        Some([Value::String(uri)]) if uri.contains("://") && *uri != own => {
            let detail = "the aggregation URI is a URL, to which the tester has no link";
            Err(Stop::inconclusive(&step, Reason::TestBed, detail))
        }
        Some([Value::String(uri)]) if *uri != own => Ok(uri.clone()),
        _ => {
            let detail = "notificationURI of the member's subscription is no aggregation URI";
            Err(Stop::inconclusive(&step, Reason::Precondition, detail))
        }
    }
}

fn asked(world: &World<'_>, operation: Operation) -> Asked {
    Asked {
        operation,
        sought: Vec::new(),
        discovery: false,
        represents: Represents::Anything,
        members: Vec::new(),
        canary: Some(world.canary()),
    }
}

fn target(world: &World<'_>, name: &str) -> Result<String, Stop> {
    world
        .target(name)
        .map_err(|unfilled| Stop::unfilled("target", &unfilled))
}
