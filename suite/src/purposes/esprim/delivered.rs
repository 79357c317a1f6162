//! Where an object goes, and who opens it there (TS-0004 V3.32.0, 7.6.2, step G; TS-0001 V3.36.0, 10.2.5.23 and 11.4.2).

use super::fixture::{
    ACTOR, expect, instance, instances, paired, sent, served, steps, with_session, wrong,
};
use crate::catalogue::behaviour::{Expectation, Protection, Role};
use crate::purposes::representation;
use crate::purposes::sae;
use crate::purposes::stop::{Finding, Stop};
use crate::purposes::world::World;
use crate::tester::link::Inbound;
use crate::verdict::Cause;
use onem2m_primitive::Request;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

const ROLE: Role = Role::Stimulus;
/// What refuses a Notify to a fanOutPoint whose members take none.
const NO_FAN_OUT: [u16; 4] = [4000, 4005, 4102, 5001];
/// CSE/ESPRIM/OUT/008: an object goes where the outer request is sent to, whoever might open it.
pub async fn to_its_target(world: &mut World<'_>) -> Result<(), Stop> {
    paired(world).await?;
    let given = [
        json!({"create": "acpN", "type": "acp", "pv": [
            {"acor": ["{ADM}", "CtpA3"], "acop": 63}, {"acor": ["CtpA1"], "acop": 16},
        ]}),
        json!({"name": "register", "register": true, "as": "AE3", "with": {
            "poa": ["{POA3}"], "rr": true, "acpi": ["acpN"],
        }}),
    ];
    steps(world, &given).await?;
    served(world, "twin", Role::Twin).await?;
    let request = instance(world, "to-ae")?;
    let usual = Protection::default();
    let kept = world.seal(ACTOR, "to-ae", &request, &usual).await?;
    let content = json!({"m2m:seci": {"sit": 5, "epo": kept.object}});
    let request = Request::notify(world.find("to-ae", "AE3")?, content);
    world.send(ACTOR, "to-ae", ROLE, request, None, &[]).await?;
    instances(world, "to-ae: read-back", &[1]).await?;
    let arrived = arrived(world, "AE3", "arrives").await?;
    let body = arrived.map(|request| content_of(&request));
    let body = body.unwrap_or_default();
    let epo = representation::anywhere(&body, "epo").and_then(Value::as_str);
    if epo != Some(kept.object.as_str()) {
        let finding = Finding::new(Cause::SideEffect, "the object at the AE", body.to_string());
        return Err(Stop::arrived("arrives", Role::ReadBack, finding));
    }
    let kid = "00112233445566778899aabbccddeeff@nobody.example";
    let of_the_ae = [("kid", kid), ("rri", "rr-of-the-ae")];
    let protection = Protection {
        header: members(&of_the_ae),
        session: Some("other".into()),
        ..Protection::default()
    };
    let sealed = sent(world, "to-cse", ROLE, &protection).await?;
    instances(world, "to-cse: read-back", &[1]).await?;
    let refused = Expectation::Codes(vec![4112, 4114]);
    expect("to-cse", ROLE, &refused, &sealed)
}

/// CSE/ESPRIM/OUT/014: members of a group that are no entity open nothing.
pub async fn to_members_of_a_group(world: &mut World<'_>) -> Result<(), Stop> {
    with_session(world).await?;
    let given = [
        json!({"create": "cntV", "type": "cnt", "with": {"acpi": ["acpT"]}}),
        json!({"create": "grpT", "type": "grp", "with": {"acpi": ["acpT"], "macp": ["acpT"], "mnm": 2, "mid": ["cntT", "cntV"]}}),
    ];
    steps(world, &given).await?;
    let request = instance(world, "fan-out")?;
    let usual = Protection::default();
    let kept = world.seal(ACTOR, "fan-out", &request, &usual).await?;
    let content = json!({"m2m:seci": {"sit": 5, "epo": kept.object}});
    let target = format!("{}/fopt", world.find("fan-out", "grpT")?);
    let request = Request::notify(target, content);
    let answer = world
        .send(ACTOR, "fan-out", ROLE, request, None, &[])
        .await?;
    instances(world, "read-back", &[1]).await?;
    let has = |member: &str| {
        let content = answer.content();
        content.is_some_and(|content| representation::anywhere(content, member).is_some())
    };
    let is_right = match answer.code() {
        Some(2000..=2999) => has("m2m:agr") && !has("epo"),
        Some(code) => NO_FAN_OUT.contains(&code),
        None => false,
    };
    match is_right {
        true => served(world, "control", Role::ReadBack).await.map(|_| ()),
        false => {
            let expected =
                "the responses of members without an object, or a refusal of the operation";
            wrong("fan-out", expected, &answer)
        }
    }
}

/// CSE/ESPRIM/IMP/015: an inner request to another CSE goes on as that of its originator, or not at all.
pub async fn to_another_cse(world: &mut World<'_>) -> Result<(), Stop> {
    with_session(world).await?;
    sae::provide(world, &BTreeSet::from(["CSE2".to_owned()]))?;
    let given = [json!({"name": "ready", "as": "CSE2", "answers": [
        {"operation": "create", "to": "/tpc2/tpcb/c", "content": {"m2m:cin": {"rn": "x", "con": "x"}}},
    ]})];
    steps(world, &given).await?;
    let to = world.fill_text("inner", "/tpc2/tpcb/c").await?;
    let protection = Protection {
        inner: members(&[("to", &to)]),
        ..Protection::default()
    };
    let sealed = sent(world, "far", ROLE, &protection).await?;
    instances(world, "read-back", &[1]).await?;
    if !sealed.is_inner || sealed.answer.code().is_none() {
        return wrong("far", "an inner response", &sealed.answer);
    }
    let originator = world.identity(ACTOR);
    let originator = originator.map_err(|unfilled| Stop::unfilled("far", &unfilled))?;
    while let Some(request) = arrived(world, "CSE2", "arrives").await? {
        let is_it = content_of(&request).to_string().contains(&world.canary());
        let from = request.from().unwrap_or_default().to_owned();
        // The originator in whatever form a CSE says it in.
        let is_originator = from.rsplit('/').next() == Some(originator.as_str());
        if is_it && !is_originator {
            let expected = format!("a request with From {originator}");
            let finding = Finding::new(Cause::SideEffect, expected, format!("From {from}"));
            return Err(Stop::arrived("arrives", Role::ReadBack, finding));
        }
        if is_it {
            world.note("the inner request went on to the other CSE".into());
        }
    }
    served(world, "control", Role::ReadBack).await.map(|_| ())
}

async fn arrived(world: &World<'_>, entity: &str, step: &str) -> Result<Option<Inbound>, Stop> {
    let patience = world.facts().arrival();
    let owner = world.point_of_access_name(entity);
    let role = Role::ReadBack;
    let arrived = world.recorder().inbound(&owner, step, role, patience).await;
    arrived.map_err(|error| Stop::link(step, &error))
}

fn content_of(request: &Inbound) -> Value {
    serde_json::from_slice(&request.body.0).unwrap_or_default()
}

fn members(texts: &[(&str, &str)]) -> Map<String, Value> {
    let members = texts
        .iter()
        .map(|(member, text)| ((*member).to_owned(), json!(text)));
    members.collect()
}
