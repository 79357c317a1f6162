//! What a CSE says of itself where it registers (TS-0003 V3.18.0, 8.4.2, step A).

use crate::catalogue::behaviour::{InboundOperation, Role, ScriptedAnswer};
use crate::purposes::stop::{Finding, Stop};
use crate::purposes::world::World;
use crate::tester::inbound::same_target;
use crate::tester::instruction::{Act, Instruction};
use crate::tester::link::Inbound;
use crate::verdict::{Cause, Judgement};
use serde_json::{Value, json};

const ROLE: Role = Role::Stimulus;
/// As which CSE the tester is the registrar.
const REGISTRAR: &str = "CSE2";
/// The features of ESPrim (TS-0004 V3.32.0, Table 6.3.4.2.39-1).
const FEATURES: [u64; 4] = [13, 23, 33, 43];
/// How many requests are looked at.
const MOST: usize = 8;

/// CSE/ESPRIM/CAP/009: the `<remoteCSE>` that it makes, or updates then, has e2eSecInfo.
pub async fn tells_the_registrar(world: &mut World<'_>) -> Result<(), Stop> {
    let step = "registration";
    let link = |error| Stop::link(step, &error);
    let entity = world.point_of_access_name(REGISTRAR);
    let recorder = world.recorder();
    let url = recorder.point_of_access(&entity).map_err(link)?;
    let base = format!("{entity}/base");
    let made = format!("{base}/made");
    let answers = vec![
        answer(
            InboundOperation::Create,
            &base,
            2001,
            json!({"m2m:csr": {"ri": made, "rn": "made", "ty": 16}}),
        ),
        answer(
            InboundOperation::Update,
            &made,
            2004,
            json!({"m2m:csr": {"ri": made, "ty": 16}}),
        ),
    ];
    recorder.script(&entity, step, answers).map_err(link)?;
    let order = Instruction {
        role: Act::RegistreeCse,
        statement: json!({"cse": url, "registrar": base}),
    };
    recorder.secure(step, &order).await.map_err(link)?;
    let mut has_registered = false;
    for _ in 0..MOST {
        let patience = world.facts().patience;
        let inbound = recorder.inbound(&entity, step, ROLE, patience).await;
        let Some(inbound) = inbound.map_err(link)? else {
            break;
        };
        let Some(remote) = remote(&inbound, &base) else {
            continue;
        };
        has_registered = true;
        let features = remote.pointer("/esi/esf").and_then(Value::as_array);
        let mut features = features.into_iter().flatten().filter_map(Value::as_u64);
        if features.any(|feature| FEATURES.contains(&feature)) {
            return Ok(());
        }
    }
    let expected = "a <remoteCSE> whose e2eSecInfo has a feature of ESPrim";
    Err(match has_registered {
        true => Stop::arrived(
            step,
            ROLE,
            Finding::new(Cause::WrongDecision, expected, "none that has"),
        ),
        false => Stop::Undecided(
            Judgement::fail(Cause::NoDecision, expected, "no registration").at(step),
        ),
    })
}

/// The `<remoteCSE>` that a request creates below the base of the registrar, or updates there.
fn remote(inbound: &Inbound, base: &str) -> Option<Value> {
    let to = inbound.to()?;
    let is_it = match inbound.operation()? {
        InboundOperation::Create => same_target(&to, base),
        InboundOperation::Update => true,
        _ => false,
    };
    let content: Value = serde_json::from_slice(&inbound.body.0).ok()?;
    content.get("m2m:csr").cloned().filter(|_| is_it)
}

fn answer(operation: InboundOperation, to: &str, code: u16, content: Value) -> ScriptedAnswer {
    ScriptedAnswer {
        operation,
        to: to.to_owned(),
        code,
        content: Some(content),
        silent: false,
        held: false,
    }
}
