//! Rand objects that a Receiver gives (TS-0003 V3.18.0, 8.4.2, step B.2, and 8.4.3.1.2).

use super::fixture::{ACTOR, paired};
use super::shared_object::published;
use crate::catalogue::behaviour::Role;
use crate::purposes::answer::Answer;
use crate::purposes::stop::{Finding, Stop};
use crate::purposes::world::World;
use crate::tester::esprim::readings;
use crate::verdict::Cause;
use onem2m_envelope::esprim::{RandError, ReceiverRand, is_ncname};
use onem2m_primitive::Request;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// CSE/ESPRIM/RRO/001: the answer has the type of a rand response and the object, nothing else.
pub async fn has_its_form(world: &mut World<'_>) -> Result<(), Stop> {
    paired(world).await?;
    let (answer, information) = asked(world, ACTOR, "request").await?;
    let members: BTreeSet<&str> = information.keys().map(String::as_str).collect();
    let right = members == BTreeSet::from(["ero", "sit"])
        && information.get("sit").and_then(Value::as_u64) == Some(4)
        && information.get("ero").is_some_and(Value::is_object);
    match right {
        true => Ok(()),
        false => wrong(
            &answer,
            "a securityInfo with sit 4 and an object in ero alone",
            Value::Object(information).to_string(),
        ),
    }
}

/// CSE/ESPRIM/RRO/002: the object has its members, each with a value of its type, and lies ahead.
pub async fn has_its_members(world: &mut World<'_>) -> Result<(), Stop> {
    paired(world).await?;
    let (answer, information) = asked(world, ACTOR, "request").await?;
    let text = information.get("ero").map(Value::to_string);
    let text = text.unwrap_or_default();
    let now = world.now("request")?;
    match judged(&text, world, now) {
        Ok(()) => Ok(()),
        Err(detail) => wrong(&answer, "a receiverESPrimRandObject", detail),
    }
}

/// CSE/ESPRIM/RRO/004: identifiers tell the published object from those that were asked for.
pub async fn is_told_from_the_shared_one(world: &mut World<'_>) -> Result<(), Stop> {
    paired(world).await?;
    let pattern = "PIXIT_ESPRIM_RANDID_SHARED_PATTERN";
    let pattern = world.facts().pixit.get(pattern).map(String::as_str);
    let pattern = globset::Glob::new(pattern.unwrap_or_default())
        .map_err(|error| Stop::error("pattern", error.to_string()))?
        .compile_matcher();
    let (answer, published) = published(world, "retrieve").await?;
    let id = |object: &Value| Some(object.get("esri")?.as_str()?.to_owned());
    let shared = published.as_ref().and_then(id);
    let Some(shared) = shared.filter(|shared| pattern.is_match(shared)) else {
        let shown = format!("{published:?}");
        return wrong(&answer, "an identifier that reads as shared", shown);
    };
    for number in 1..=5 {
        let (answer, information) = asked(world, ACTOR, &format!("request {number}")).await?;
        let given = information.get("ero").and_then(id).unwrap_or_default();
        if pattern.is_match(&given) || given == shared || given.is_empty() {
            return wrong(&answer, "an identifier that reads as not shared", given);
        }
    }
    Ok(())
}

/// CSE/ESPRIM/SHR/001: the published object has all that a receiver object has, and lies ahead.
pub async fn is_published(world: &mut World<'_>) -> Result<(), Stop> {
    paired(world).await?;
    let (answer, published) = published(world, "retrieve").await?;
    let object = published.map(|object| object.to_string());
    let now = world.now("retrieve")?;
    match judged(&object.unwrap_or_default(), world, now) {
        Ok(()) => Ok(()),
        Err(detail) => wrong(&answer, "a receiverESPrimRandObject in esro", detail),
    }
}

/// CSE/ESPRIM/RRO/006: members of other types are refused, or passed over in an answer of the regular kind.
pub async fn is_given_for_nothing_else(world: &mut World<'_>) -> Result<(), Stop> {
    paired(world).await?;
    let object = json!({
        "esri": "rr-evil", "esrv": "c3d2e1f0a9b8978685746352413f2e1d", "esrx": "20991231T235959", "esks": [1],
        "espa": [10, 11, 12],
    });
    for (member, value) in [
        ("epo", json!("a..b.c.d")),
        ("ero", object),
        ("eckm", json!("AAAA")),
        ("dreq", json!({})),
    ] {
        let content = json!({"m2m:seci": {"sit": 3, member: value}});
        given_or_refused(world, ACTOR, member, content, &[4000, 4102]).await?;
    }
    asked(world, ACTOR, "control").await.map(|_| ())
}

/// CSE/ESPRIM/RRO/010: an Originator without a key is given an object, which is no secret, or refused.
pub async fn is_no_secret(world: &mut World<'_>) -> Result<(), Stop> {
    paired(world).await?;
    world.register("AE3", &Map::new()).await?;
    let refusals = [4000, 4103, 4112];
    for number in 1..=20 {
        let step = format!("request {number}");
        let content = json!({"m2m:seci": {"sit": 3}});
        given_or_refused(world, "AE3", &step, content, &refusals).await?;
    }
    asked(world, ACTOR, "control").await.map(|_| ())
}

/// An object with all that one has and nothing else, or one of these codes.
async fn given_or_refused(
    world: &mut World<'_>,
    actor: &str,
    step: &str,
    content: Value,
    refusals: &[u16],
) -> Result<(), Stop> {
    let request = Request::notify(world.find(step, "{CB}")?, content);
    let role = Role::Stimulus;
    let answer = world.send(actor, step, role, request, None, &[]).await?;
    if answer.code().is_some_and(|code| refusals.contains(&code)) {
        return Ok(());
    }
    let information = answer.content().and_then(|content| content.get("m2m:seci"));
    let kids: Vec<String> = (world.facts().pairwise.iter())
        .map(|pair| pair.identity.clone())
        .collect();
    let shown = information.map(Value::to_string).unwrap_or_default();
    let object = information.and_then(|information| information.get("ero"));
    let object = object.map(Value::to_string).unwrap_or_default();
    let now = world.now(step)?;
    let judged = judged(&object, world, now);
    match judged {
        Ok(()) if answer.succeeded() && !kids.iter().any(|kid| shown.contains(kid)) => Ok(()),
        _ => wrong(
            &answer,
            "a receiverESPrimRandObject without anything of others, or a refusal",
            format!("{answer} with {shown}"),
        ),
    }
}

/// CSE/ESPRIM/RRO/003: neither identifiers nor values come twice, and no bit of the values stands still.
pub async fn is_fresh(world: &mut World<'_>) -> Result<(), Stop> {
    paired(world).await?;
    let encoding = readings(&world.facts().pixit).value_encoding;
    let (mut ids, mut values) = (BTreeSet::new(), BTreeSet::new());
    let (mut ones, mut zeros) = ([0u8; 16], [0u8; 16]);
    for number in 1..=32 {
        for actor in ["AE1", "AE2"] {
            let step = format!("{actor}: request {number}");
            let (answer, information) = asked(world, actor, &step).await?;
            let text = |member: &str| {
                let object = information.get("ero")?;
                Some(object.get(member)?.as_str()?.to_owned())
            };
            let (Some(id), Some(value)) = (text("esri"), text("esrv")) else {
                return wrong(&answer, "an object with esri and esrv", "none".to_owned());
            };
            let Ok(octets) = encoding.read(&value) else {
                return wrong(&answer, "a value of 128 bits", value);
            };
            for (index, octet) in octets.into_iter().enumerate() {
                ones.iter_mut()
                    .skip(index)
                    .take(1)
                    .for_each(|it| *it |= octet);
                zeros
                    .iter_mut()
                    .skip(index)
                    .take(1)
                    .for_each(|it| *it |= !octet);
            }
            if !ids.insert(id.clone()) {
                return wrong(&answer, "an identifier of its own", id);
            }
            if !values.insert(value.clone()) {
                return wrong(&answer, "a value of its own", value);
            }
        }
    }
    let still = ones
        .iter()
        .zip(zeros)
        .filter(|(one, zero)| **one & zero != 0xff);
    match still.count() {
        0 | 1 => Ok(()),
        octets => Err(Stop::mismatch(
            "values",
            Role::Stimulus,
            Finding::new(
                Cause::MalformedAnswer,
                "bits that take both values in all octets but one",
                format!("bits that stand still in {octets} octets"),
            ),
            &Answer::Timeout,
        )),
    }
}

/// CSE/ESPRIM/CAP/008: the IUT tells of what it supports.
pub async fn support_is_announced(world: &mut World<'_>) -> Result<(), Stop> {
    let step = "retrieve";
    let request = Request::retrieve(world.find(step, "{CB}")?);
    let role = Role::Stimulus;
    let answer = world.send("ADM", step, role, request, None, &[]).await?;
    let features = answer
        .content()
        .and_then(|content| content.get("m2m:cb")?.get("esi")?.get("esf")?.as_array());
    let features: Option<Vec<u64>> =
        features.and_then(|features| features.iter().map(Value::as_u64).collect());
    let Some(features) = features else {
        return wrong(&answer, "esi with a list of features", "none".to_owned());
    };
    let known = |feature: &u64| is_suid(*feature);
    let protects = features
        .iter()
        .any(|feature| matches!(feature, 13 | 23 | 33 | 43));
    match protects && features.iter().all(known) {
        true => Ok(()),
        false => wrong(
            &answer,
            "values of m2m:suid, with one of 13, 23, 33 and 43",
            format!("{features:?}"),
        ),
    }
}

/// TS-0004 V3.32.0, 6.3.4.2.39.
fn is_suid(feature: u64) -> bool {
    matches!(feature, 10..=15 | 21..=25 | 32..=35 | 40..=45)
}

fn judged(text: &str, world: &World<'_>, now: time::OffsetDateTime) -> Result<(), String> {
    let readings = readings(&world.facts().pixit);
    let object = ReceiverRand::from_json(text).map_err(|error: RandError| error.to_string())?;
    if !is_ncname(object.id()) || !is_ncname(object.value()) {
        return Err("an identifier or a value that is no xs:NCName".into());
    }
    let value = readings.value_encoding.read(object.value());
    value.map_err(|error| error.to_string())?;
    if object.expiry().moment(now) <= now {
        return Err(format!(
            "an expiry that has passed: {}",
            object.expiry().to_json()
        ));
    }
    if !object.key_algorithms().0.contains(&1) {
        return Err("no derivation algorithm 1".into());
    }
    let offered = object.protocols();
    let known = offered.iter().all(|id| id.content_encryption().is_some());
    match known && !offered.is_empty() {
        true => Ok(()),
        false => Err(format!("algorithms {offered:?}")),
    }
}

async fn asked(
    world: &World<'_>,
    actor: &str,
    step: &str,
) -> Result<(Answer, Map<String, Value>), Stop> {
    let request = Request::notify(world.find(step, "{CB}")?, json!({"m2m:seci": {"sit": 3}}));
    let role = Role::Stimulus;
    let answer = world.send(actor, step, role, request, None, &[]).await?;
    let information = answer.content().and_then(|content| content.get("m2m:seci"));
    match information {
        Some(Value::Object(information)) if answer.succeeded() => {
            let information = information.clone();
            Ok((answer, information))
        }
        _ => {
            let finding = Finding::new(
                Cause::WrongDecision,
                "2000 OK with m2m:seci",
                answer.to_string(),
            );
            Err(Stop::mismatch(step, role, finding, &answer))
        }
    }
}

fn wrong(answer: &Answer, expected: &str, observed: String) -> Result<(), Stop> {
    let finding = Finding::new(Cause::MalformedAnswer, expected, observed);
    Err(Stop::mismatch("request", Role::Stimulus, finding, answer))
}
