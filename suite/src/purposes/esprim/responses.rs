//! What stands in responses, and what does not.

use super::fixture::{ACTOR, expect, instance, object, paired, sent, served_object, with_session};
use crate::catalogue::behaviour::{Expectation, Key, Part, Protection, Role};
use crate::purposes::answer::Answer;
use crate::purposes::stop::{Finding, Stop};
use crate::purposes::world::{Kept, Sealed, World};
use crate::tester::esprim::INITIALIZATION_VECTOR;
use crate::tester::link::OutgoingRequest;
use crate::verdict::{Cause, Reason};
use onem2m_envelope::bare::Compact;
use onem2m_primitive::Request;
use serde_json::{Value, json};
use std::collections::BTreeSet;

const ROLE: Role = Role::Stimulus;

/// A step, its object, who sends it, and the request with its identifier.
type Ready = (String, Kept, String, OutgoingRequest, String);

/// CSE/ESPRIM/RSP/001: no initialization vector comes twice, from whichever side.
pub async fn vectors_differ(world: &mut World<'_>) -> Result<(), Stop> {
    with_session(world).await?;
    let mut seen = BTreeSet::new();
    for number in 1..=100 {
        let step = format!("request {number}");
        let (kept, sealed) = served_object(world, &step, ROLE).await?;
        let sent = Some(Compact::read(&kept.object).octets(INITIALIZATION_VECTOR));
        for vector in [sent, vector(&sealed)].into_iter().flatten() {
            is_new(&step, &mut seen, vector, &sealed)?;
        }
    }
    Ok(())
}

/// CSE/ESPRIM/RSP/002: the IUT does not count where an Originator may count too.
pub async fn vectors_do_not_count(world: &mut World<'_>) -> Result<(), Stop> {
    with_session(world).await?;
    let mut counted = BTreeSet::new();
    let mut answered = Vec::new();
    for number in 1..=50u8 {
        let mut vector = vec![0; 11];
        vector.push(number);
        counted.insert(vector.clone());
        let step = format!("request {number}");
        let protection = Protection {
            vector: Some(vector),
            ..Protection::default()
        };
        let sealed = sent(world, &step, ROLE, &protection).await?;
        expect(&step, ROLE, &Expectation::Permit, &sealed)?;
        answered.push((step, sealed));
    }
    for (step, sealed) in answered {
        if let Some(vector) = vector(&sealed) {
            is_new(&step, &mut counted, vector, &sealed)?;
        }
    }
    Ok(())
}

/// CSE/ESPRIM/RSP/004: each answer is that to its own request.
pub async fn fit_their_requests(world: &mut World<'_>) -> Result<(), Stop> {
    paired(world).await?;
    for round in 1..=2 {
        let mut ready = Vec::new();
        for number in 1..=5 {
            let step = format!("request {round}.{number}");
            let request = instance(world, &step)?;
            let kept = world
                .seal(ACTOR, &step, &request, &Protection::default())
                .await?;
            let content = json!({"m2m:seci": {"sit": 5, "epo": kept.object}});
            let outer = Request::notify(world.find(&step, "{CB}")?, content);
            let (octets, identifier) = world.prepare(ACTOR, &step, outer, None)?;
            // Each goes by a name of its own: a recording knows the order of what one actor sends.
            let sender = format!("{ACTOR}: {number}");
            ready.push((step, kept, sender, octets, identifier));
        }
        let Ok([a, b, c, d, e]) = <[_; 5]>::try_from(ready) else {
            return Err(Stop::error("requests", "expected five"));
        };
        let here = &*world;
        let send = |(step, _, sender, octets, identifier): &Ready| {
            let (step, sender) = (step.clone(), sender.clone());
            let (octets, identifier) = (octets.clone(), identifier.clone());
            async move {
                here.exchange(&sender, &step, ROLE, octets, &identifier)
                    .await
            }
        };
        let answers = tokio::join!(send(&a), send(&b), send(&c), send(&d), send(&e));
        let answers = [answers.0, answers.1, answers.2, answers.3, answers.4];
        for ((step, kept, ..), answer) in [a, b, c, d, e].into_iter().zip(answers) {
            let sealed = world.taken(&step, &kept, answer?)?;
            expect(&step, ROLE, &Expectation::Permit, &sealed)?;
        }
    }
    Ok(())
}

/// CSE/ESPRIM/RSP/005: nothing of the inner response is outside the object.
pub async fn keep_it_inside(world: &mut World<'_>) -> Result<(), Stop> {
    paired(world).await?;
    let step = "create";
    let sealed = sent(world, step, ROLE, &Protection::default()).await?;
    expect(step, ROLE, &Expectation::Permit, &sealed)?;
    let secret = world.canary();
    conceals(step, &sealed, &secret)?;
    let step = "retrieve";
    let request = Request::retrieve(format!("{}/la", world.find(step, "cntT")?));
    let protection = Protection::default();
    let manner = crate::purposes::world::Manner::default();
    let sealed = world
        .send_protected(manner, ACTOR, step, ROLE, request, &protection)
        .await?;
    let shown = sealed.answer.content().map(ToString::to_string);
    if !shown.is_some_and(|shown| shown.contains(&secret)) {
        let finding = Finding::new(
            Cause::MalformedAnswer,
            "2000 OK with the contentInstance",
            sealed.answer.to_string(),
        );
        return Err(Stop::mismatch(step, ROLE, finding, &sealed.answer));
    }
    conceals(step, &sealed, &secret)
}

/// CSE/ESPRIM/RSP/006: the next receiver object that a response brings is one, and serves.
pub async fn bring_the_next_object(world: &mut World<'_>) -> Result<(), Stop> {
    paired(world).await?;
    let step = "request";
    let sealed = sent(world, step, ROLE, &Protection::default()).await?;
    expect(step, ROLE, &Expectation::Permit, &sealed)?;
    let Some(Value::Object(next)) = sealed.next.clone() else {
        let detail = "no response brought a receiver object, which none has to";
        return Err(Stop::inconclusive(step, Reason::Precondition, detail));
    };
    let session = world.session("session");
    let before = session.and_then(|session| session.receiver.get("esri").cloned());
    if next.get("esri") == before.as_ref() {
        let finding = Finding::new(
            Cause::MalformedAnswer,
            "a receiver object of its own identifier",
            Value::Object(next).to_string(),
        );
        return Err(Stop::mismatch(step, ROLE, finding, &sealed.outer));
    }
    let step = "under the next object";
    let protection = Protection {
        session: Some("next".into()),
        rro: next,
        ..Protection::default()
    };
    let sealed = sent(world, step, ROLE, &protection).await?;
    expect(step, ROLE, &Expectation::Permit, &sealed)
}

/// CSE/ESPRIM/RSP/008: what is refused for its tag tells nothing more.
pub async fn tell_nothing(world: &mut World<'_>) -> Result<(), Stop> {
    with_session(world).await?;
    let flipped = |part| Protection {
        flipped: Some(part),
        ..Protection::default()
    };
    let other = Protection {
        key: Key::Zeros,
        ..Protection::default()
    };
    let cases = [
        ("tag", flipped(Part::Tag)),
        ("ciphertext", flipped(Part::Ciphertext)),
        ("key", other),
    ];
    let mut first: Option<(Answer, String)> = None;
    for number in 1..=20 {
        for (name, protection) in &cases {
            let step = format!("{name} {number}");
            let sealed = sent(world, &step, ROLE, protection).await?;
            expect(&step, ROLE, &Expectation::Codes(vec![4115]), &sealed)?;
            let body = sealed
                .answer
                .content()
                .map_or_else(String::new, ToString::to_string);
            match &first {
                None => first = Some((sealed.answer.clone(), body)),
                Some((_, expected)) if *expected == body => {}
                Some((_, expected)) => {
                    let finding = Finding::new(
                        Cause::Leak,
                        format!("the same content as before: {expected}"),
                        body,
                    );
                    return Err(Stop::mismatch(&step, ROLE, finding, &sealed.answer));
                }
            }
        }
    }
    Ok(())
}

fn conceals(step: &str, sealed: &Sealed, secret: &str) -> Result<(), Stop> {
    let Some(outer) = sealed.outer.primitive() else {
        return Ok(());
    };
    let mut rest = outer.clone();
    let taken = rest.content.as_mut().and_then(|content| {
        let information = content.get_mut("m2m:seci")?.as_object_mut()?;
        information.shift_remove("epo")
    });
    let content = rest.content.as_ref().map(Value::to_string);
    let told = sealed.answer.code().map(|code| code.to_string());
    let tells = content
        .zip(told)
        .is_some_and(|(content, code)| content.contains(&code));
    let shown = format!("{rest:?}");
    if taken.is_some() && !tells && !shown.contains(secret) {
        return Ok(());
    }
    let finding = Finding::new(
        Cause::Leak,
        "an answer that shows nothing outside its object",
        shown,
    );
    Err(Stop::mismatch(step, ROLE, finding, &sealed.outer))
}

fn vector(sealed: &Sealed) -> Option<Vec<u8>> {
    Some(Compact::read(object(sealed)?).octets(INITIALIZATION_VECTOR))
}

fn is_new(
    step: &str,
    seen: &mut BTreeSet<Vec<u8>>,
    vector: Vec<u8>,
    sealed: &Sealed,
) -> Result<(), Stop> {
    if seen.insert(vector) {
        return Ok(());
    }
    let finding = Finding::new(
        Cause::MalformedAnswer,
        "an initialization vector that this key was not used with before",
        "one that it was",
    );
    Err(Stop::mismatch(step, ROLE, finding, &sealed.outer))
}
