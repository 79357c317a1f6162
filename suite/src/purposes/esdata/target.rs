//! An AE under test that opens content in a container of the tester, and shows what came of it in another one.

use super::case::Case;
use super::known::PAYLOAD;
use super::place::{Place, created, name};
use crate::catalogue::behaviour::{InboundOperation, Role, ScriptedAnswer};
use crate::purposes::stop::{Finding, Stop};
use crate::purposes::world::World;
use crate::tester::instruction::Act;
use crate::verdict::{Cause, Judgement};
use onem2m_envelope::base64url;
use serde_json::{Value, json};

/// What an AE shows of an attempt to open something.
pub enum Shown {
    /// It gives out a payload.
    Payload(Payload),
    /// It gives out none, and says why.
    Failure(String),
}

/// A payload with what the AE says of it.
pub struct Payload {
    /// Its octets.
    pub octets: Vec<u8>,
    /// What else was covered.
    pub additional: Option<Vec<u8>>,
    /// The credentials that verified it.
    pub verified_by: Vec<String>,
}

/// Has the AE open a content, and gives what it shows.
pub async fn shown(world: &World<'_>, step: &str, role: Role, case: &Case) -> Result<Shown, Stop> {
    let place = Place::open(world, step)?;
    let container = place.container(&format!("data-{}", name(step)));
    let observe = place.container(&format!("seen-{}", name(step)));
    let statement = json!({
        "container": container,
        "observe": observe,
        "class": case.class,
        "keys": case.keys,
    });
    let instance = json!({
        "ri": "instance", "rn": "instance", "pi": "container", "ty": 4, "st": 1,
        "ct": "20251120T132730", "lt": "20251120T132730", "cs": case.content.len(),
        "cnf": case.content_info, "con": case.content,
    });
    let answers = vec![
        ScriptedAnswer {
            operation: InboundOperation::Retrieve,
            to: format!("{container}/la"),
            code: 2000,
            content: Some(json!({"m2m:cin": instance})),
            silent: false,
            held: false,
        },
        created(&observe),
    ];
    let order = place.order(world, step, Act::Target, statement, answers);
    order.await?;
    let patience = world.facts().arrival();
    let instance = place.created(world, step, role, &observe, patience);
    let Some(instance) = instance.await? else {
        return Err(nothing(
            step,
            role,
            "a contentInstance that shows what came of it",
        ));
    };
    read(&instance).ok_or_else(|| {
        let expected = "a JSON object with `payload` or `failure` in the content that shows it";
        let observed = instance.to_string();
        Stop::arrived(
            step,
            role,
            Finding::new(Cause::MalformedAnswer, expected, observed),
        )
    })
}

/// Nothing came.
pub fn nothing(step: &str, role: Role, expected: &str) -> Stop {
    match role {
        Role::Stimulus | Role::ReadBack => Stop::Undecided(
            Judgement::fail(Cause::NoDecision, expected, "nothing within the time").at(step),
        ),
        _ => {
            let finding = Finding::new(Cause::NoDecision, expected, "nothing within the time");
            Stop::arrived(step, role, finding)
        }
    }
}

/// A right content gives its payload.
pub async fn opens(
    world: &World<'_>,
    step: &str,
    role: Role,
    case: &Case,
) -> Result<Payload, Stop> {
    match shown(world, step, role, case).await? {
        Shown::Payload(payload) if payload.octets == PAYLOAD.as_bytes() => Ok(payload),
        shown => Err(unexpected(step, role, "the payload", &shown)),
    }
}

/// A content with a fault gives nothing.
pub async fn refuses(world: &World<'_>, step: &str, case: &Case) -> Result<(), Stop> {
    match shown(world, step, Role::Stimulus, case).await? {
        Shown::Failure(_) => Ok(()),
        shown => Err(unexpected(step, Role::Stimulus, "a failure", &shown)),
    }
}

/// A right content, then contents with a fault each, then the right one again.
pub async fn only(world: &World<'_>, right: &Case, wrong: &[(String, Case)]) -> Result<(), Stop> {
    opens(world, "twin", Role::Twin, right).await?;
    for (step, case) in wrong {
        refuses(world, step, case).await?;
    }
    opens(world, "read-back", Role::ReadBack, right).await?;
    Ok(())
}

/// Something else was shown than had to be.
pub fn unexpected(step: &str, role: Role, expected: &str, shown: &Shown) -> Stop {
    let observed = match shown {
        Shown::Payload(payload) => format!(
            "payload {:?}, verified by {:?}",
            String::from_utf8_lossy(&payload.octets),
            payload.verified_by
        ),
        Shown::Failure(why) => format!("failure: {why}"),
    };
    Stop::arrived(
        step,
        role,
        Finding::new(Cause::SideEffect, expected, observed),
    )
}

fn read(instance: &Value) -> Option<Shown> {
    let text = instance.get("con")?.as_str()?;
    let shown: Value = serde_json::from_str(text).ok()?;
    if let Some(why) = shown.get("failure") {
        return Some(Shown::Failure(why.as_str()?.to_owned()));
    }
    let octets = |name| base64url::decode(shown.get(name)?.as_str()?).ok();
    let verified_by = shown.get("verified-by").and_then(Value::as_array);
    Some(Shown::Payload(Payload {
        octets: octets("payload")?,
        additional: octets("aad"),
        verified_by: verified_by
            .into_iter()
            .flatten()
            .filter_map(|name| name.as_str().map(str::to_owned))
            .collect(),
    }))
}
