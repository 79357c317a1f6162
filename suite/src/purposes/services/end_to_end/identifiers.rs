//! What keys are called (TS-0003 V3.18.0, 8.8.2.7, 8.3.5.2.7 and 12.2; TR-0012, 7.3.2.2).

use super::super::answers::is_refused;
use super::{Cause, Desk, Role, SENT, Usage, granted, json, members, text, wrong};
use crate::catalogue::behaviour::Party;
use crate::purposes::stop::Stop;
use onem2m_identity::RelativeKeyId;
use std::collections::BTreeSet;

/// How many keys are registered.
const MANY: usize = 200;

/// TEF/010: no RelativeKeyID comes twice, not for the same octets and not by the wish of a client, and each is one.
pub async fn do_not_collide(desk: &mut Desk<'_, '_>) -> Result<(), Stop> {
    desk.enrol_all().await?;
    let names = desk.service.names.clone();
    let suid = desk.suid_for(Usage::Encryption);
    let targets = [desk.id(Party::Target)];
    let one = [Party::Target];
    let first = desk
        .make("register 0", SENT, Usage::Encryption, &one)
        .await?;
    let mut seen = BTreeSet::from([first.id.clone()]);
    let mut line = desk.line("register", SENT, Party::Source).await?;
    for number in 1..MANY {
        let step = format!("register {number}");
        // The second key has the octets of the first.
        let value = match number {
            1 => first.value.clone(),
            _ => desk.draw(&step),
        };
        let parameters = desk.key_parameters(&step, suid, &targets, Some(&value))?;
        let request = desk.register_key(parameters);
        let answer = desk.ask(&mut line, &step, SENT, request).await?;
        desk.keep(Party::Source, &answer);
        granted(&step, SENT, &answer)?;
        is_new(desk, &step, &answer, &mut seen)?;
    }
    for (step, name) in [
        ("name", "chosen.by-the_source"),
        ("name again", "chosen.by-the_source"),
        ("name of a key", first.id.as_str()),
        ("blank", "a b"),
        ("slash", "a/b"),
        ("at sign", "a@b"),
        ("umlaut", "schl\u{fc}ssel"),
        ("nothing", ""),
    ] {
        let value = desk.draw(step);
        let mut parameters = desk.key_parameters(step, suid, &targets, Some(&value))?;
        parameters.insert(names.relative_key_id.clone(), json!(name));
        let request = desk.register_key(parameters);
        let answer = desk.ask(&mut line, step, SENT, request).await?;
        desk.keep(Party::Source, &answer);
        if is_refused(&answer) {
            continue;
        }
        granted(step, SENT, &answer)?;
        is_new(desk, step, &answer, &mut seen)?;
    }
    let (step, role) = ("read-back", Role::ReadBack);
    desk.is_handed(step, role, Party::Target, &first).await
}

/// The response names a RelativeKeyID that none before had.
fn is_new(
    desk: &Desk<'_, '_>,
    step: &str,
    answer: &crate::purposes::answer::Answer,
    seen: &mut BTreeSet<String>,
) -> Result<(), Stop> {
    let names = &desk.service.names;
    let told = members(step, SENT, answer, &names.key_registration)?;
    let id = text(step, SENT, answer, &told, &names.relative_key_id)?;
    match RelativeKeyId::parse(&id).is_ok() && seen.insert(id.clone()) {
        true => Ok(()),
        false => {
            let expected = "a RelativeKeyID that was not used before";
            let cause = Cause::WrongDecision;
            Err(wrong(step, SENT, cause, expected, &id, answer))
        }
    }
}
