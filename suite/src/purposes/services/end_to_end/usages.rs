//! What a key is for (TS-0004 V3.32.0, 6.3.4.2.39).

use super::super::answers::{is_refused, refused};
use super::super::shown_key::shows;
use super::{Desk, Made, Map, Request, SENT, Usage, json};
use crate::catalogue::behaviour::Party;
use crate::purposes::stop::Stop;
use crate::verdict::{Cause, Judgement};
use onem2m_server::ServiceRole;

/// TEF/009: each key keeps the usage of its source, whatever its target asks.
pub async fn stay_what_they_are(desk: &mut Desk<'_, '_>) -> Result<(), Stop> {
    desk.enrol_all().await?;
    let one = [Party::Target];
    let encrypting = desk
        .make("register for encryption", SENT, Usage::Encryption, &one)
        .await?;
    let signing = desk
        .make("register for signatures", SENT, Usage::Signatures, &one)
        .await?;
    desk.is_handed("encryption", SENT, Party::Target, &encrypting)
        .await?;
    desk.is_handed("signatures", SENT, Party::Target, &signing)
        .await?;
    let step = "another usage by the target";
    let suid = desk.service.names.suid.clone();
    let request = desk.update_key(
        &signing.id,
        Map::from_iter([(suid, json!(encrypting.suid))]),
    );
    let answer = desk.ask_anew(Party::Target, step, SENT, request).await?;
    refused(step, SENT, &answer)?;
    asked_for_otherwise(desk, &signing, encrypting.suid).await?;
    desk.is_handed("afterwards", SENT, Party::Target, &signing)
        .await
}

/// Under a path that names another usage the key is not there, or it is there with its own.
async fn asked_for_otherwise(desk: &mut Desk<'_, '_>, made: &Made, other: u8) -> Result<(), Stop> {
    let names = desk.service.names.clone();
    let mut paths = vec![format!("{}/{other}", desk.path(&made.id))];
    if desk.service.role == ServiceRole::Mef {
        let fqdn = &desk.service.fqdn;
        paths.push(format!("{}/{}@{fqdn}/{other}", names.fetch, made.id));
    }
    for path in paths {
        let step = "another usage in the path";
        let request = Request::retrieve(path);
        let answer = desk.ask_anew(Party::Target, step, SENT, request).await?;
        if is_refused(&answer) {
            continue;
        }
        let content = answer.content();
        let told =
            content.and_then(|content| content.get(&names.key_registration)?.get(&names.suid));
        let is_shown = content.is_some_and(|content| shows(&content.to_string(), &made.value));
        if is_shown && told != Some(&json!(made.suid)) {
            let (expected, observed) = (
                format!("no key, or one with SUID {}", made.suid),
                "the key with another",
            );
            let judgement = Judgement::fail(Cause::WrongDecision, expected, observed);
            return Err(Stop::Judged(judgement.at(step)));
        }
        desk.world.note(format!("{step}: {answer}"));
    }
    Ok(())
}
