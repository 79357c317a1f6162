//! Who is handed a key: the targets that its source names, within sessions of their own (TS-0003 V3.18.0, 8.6.1.2 and 8.6.3).

use super::super::answers::{is_refused, refused};
use super::super::deviations::ALERTS;
use super::super::handshakes::comes_to_nothing;
use super::{Cause, Desk, Request, SENT, Usage, Value, granted, json, members, sorted, wrong};
use crate::catalogue::behaviour::{Ends, Party, Role};
use crate::purposes::sae::compare;
use crate::purposes::stop::Stop;
use crate::tester::handshake::conduct::KeyChange;

/// TEF/003: without a session, by a key that is wrong, and for whom From names, nothing is handed out.
pub async fn need_a_session_of_the_target(desk: &mut Desk<'_, '_>) -> Result<(), Stop> {
    desk.enrol_all().await?;
    let made = desk
        .make(
            "register-key",
            Role::SetUp,
            Usage::Encryption,
            &[Party::Target],
        )
        .await?;
    desk.is_handed("twin", Role::Twin, Party::Target, &made)
        .await?;
    let retrieval = Request::retrieve(desk.path(&made.id));
    comes_to_nothing(desk, "in the clear", Party::Target, retrieval).await?;
    let step = "wrong key";
    let mut handshake = desk.handshake(step, Party::Target)?;
    handshake.conduct.key = KeyChange::LastBitInverted;
    let attempt = desk.attempt(step, SENT, &handshake).await?;
    compare(step, &Ends::Refused(ALERTS.to_vec()), &attempt.end)?;
    let step = "From of the target";
    let mut line = desk.line(step, SENT, Party::Other).await?;
    let (request, from) = (
        Request::retrieve(desk.path(&made.id)),
        desk.id(Party::Target),
    );
    let answer = desk
        .ask_as(&mut line, step, SENT, request, &from, |_| {})
        .await?;
    refused(step, SENT, &answer)?;
    let (step, role) = ("read-back", Role::ReadBack);
    desk.is_handed(step, role, Party::Target, &made).await
}

/// TEF/004: a key for ESPrim has one Receiver, whatever list is sent (TS-0003 V3.18.0, 8.8.2.7 and 8.3.5.2.7).
pub async fn are_for_one_receiver(desk: &mut Desk<'_, '_>) -> Result<(), Stop> {
    desk.enrol_all().await?;
    let names = desk.service.names.clone();
    let one = [Party::Target];
    let made = desk
        .make("twin", Role::Twin, Usage::Primitives, &one)
        .await?;
    let both = json!([desk.id(Party::Target), desk.id(Party::Other)]);
    for (step, list) in [
        ("two targets", Some(both)),
        ("empty list", Some(json!([]))),
        ("no list", None),
    ] {
        let value = desk.draw(step);
        let mut parameters = desk.key_parameters(step, made.suid, &[], Some(&value))?;
        match list {
            Some(list) => parameters.insert(names.target_ids.clone(), list),
            None => parameters.remove(&names.target_ids),
        };
        let request = desk.register_key(parameters);
        let answer = desk.ask_anew(Party::Source, step, SENT, request).await?;
        desk.keep(Party::Source, &answer);
        if is_refused(&answer) {
            continue;
        }
        granted(step, SENT, &answer)?;
        let told = members(step, SENT, &answer, &names.key_registration)?;
        let listed = sorted(told.get(&names.target_ids));
        let [only] = listed.as_slice() else {
            let (expected, observed) = (
                "an error, or one target",
                format!("{} targets", listed.len()),
            );
            let cause = Cause::WrongDecision;
            return Err(wrong(step, SENT, cause, expected, &observed, &answer));
        };
        let id = told.get(&names.relative_key_id).and_then(Value::as_str);
        is_only_for(desk, step, id.unwrap_or_default(), only).await?;
    }
    let (step, role) = ("read-back", Role::ReadBack);
    desk.is_handed(step, role, Party::Target, &made).await?;
    let answer = desk.retrieve(Party::Other, step, role, &made.id).await?;
    refused(step, role, &answer)
}

/// Whoever is not the target does not get the key.
async fn is_only_for(desk: &Desk<'_, '_>, step: &str, id: &str, only: &str) -> Result<(), Stop> {
    for party in [Party::Target, Party::Other] {
        if desk.id(party) == only {
            continue;
        }
        let step = format!("{step}: retrieve");
        let answer = desk.retrieve(party, &step, SENT, id).await?;
        refused(&step, SENT, &answer)?;
    }
    Ok(())
}

/// TEF/007: who is a target no more gets the key no more; who stays one does.
pub async fn are_withdrawn(desk: &mut Desk<'_, '_>) -> Result<(), Stop> {
    desk.enrol_all().await?;
    let both = [Party::Target, Party::Other];
    let made = desk
        .make("register-key", SENT, Usage::Encryption, &both)
        .await?;
    for (step, party) in [("target before", both[0]), ("other before", both[1])] {
        desk.is_handed(step, SENT, party, &made).await?;
    }
    desk.name_targets("withdraw", SENT, &made, &both[1..])
        .await?;
    desk.is_handed("other", SENT, Party::Other, &made).await?;
    let answer = desk
        .retrieve(Party::Target, "target", SENT, &made.id)
        .await?;
    refused("target", SENT, &answer)
}
