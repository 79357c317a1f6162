//! Keys where none must be (TR-0012, 7.3.1).

use super::super::answers::is_refused;
use super::super::shown_key::shows;
use super::{Desk, Map, Request, Role, SENT, Usage, json};
use crate::catalogue::behaviour::Party;
use crate::purposes::stop::Stop;
use crate::verdict::{Cause, Judgement};
use onem2m_primitive::FilterCriteria;

/// TEF/015: whatever is refused, updated or looked for, no answer but that to a target holds octets of a key.
pub async fn shows_no_key(desk: &mut Desk<'_, '_>) -> Result<(), Stop> {
    desk.enrol_all().await?;
    let names = desk.service.names.clone();
    let one = [Party::Target];
    let made = desk
        .make("register-key", Role::SetUp, Usage::Encryption, &one)
        .await?;
    let (path, base) = (desk.path(&made.id), names.base.clone());
    let labelled = Map::from_iter([(names.labels.clone(), json!(["sought"]))]);
    let targets = Map::from_iter([(names.target_ids.clone(), json!([desk.id(Party::Other)]))]);
    let sought = FilterCriteria {
        labels: vec!["sought".to_owned()],
        ..FilterCriteria::default()
    };
    for (step, party, request) in [
        ("retrieve", Party::Other, Request::retrieve(path.clone())),
        (
            "retrieve below",
            Party::Other,
            Request::retrieve(format!("{path}/{}", names.key_value)),
        ),
        (
            "no such key",
            Party::Target,
            Request::retrieve(format!("{path}0")),
        ),
        (
            "update by another",
            Party::Other,
            desk.update_key(&made.id, targets.clone()),
        ),
        (
            "update by the target",
            Party::Target,
            desk.update_key(&made.id, targets),
        ),
        (
            "end by another",
            Party::Other,
            Request::delete(path.clone()),
        ),
        ("labels", Party::Source, desk.update_key(&made.id, labelled)),
        (
            "update of nothing",
            Party::Source,
            desk.update_key(&made.id, Map::new()),
        ),
        ("base", Party::Other, Request::retrieve(base.clone())),
        (
            "discovery by labels",
            Party::Other,
            Request::retrieve(base).filtered(sought),
        ),
    ] {
        answers_without(desk, step, party, request, &made.value).await?;
    }
    for (step, wrong) in [
        ("no stakeholder", names.admin_fqdn.as_str()),
        ("no end", names.expiration_time.as_str()),
        ("no usage", names.suid.as_str()),
    ] {
        let value = desk.draw(step);
        let id = desk.id(Party::Target);
        let mut parameters = desk.key_parameters(step, made.suid, &[id], Some(&value))?;
        parameters.remove(wrong);
        let request = desk.register_key(parameters);
        answers_without(desk, step, Party::Source, request, &value).await?;
    }
    let (step, role) = ("read-back", Role::ReadBack);
    desk.is_handed(step, role, Party::Target, &made).await
}

/// The answer to a request holds no octets of a key.
async fn answers_without(
    desk: &mut Desk<'_, '_>,
    step: &str,
    party: Party,
    request: Request,
    key: &[u8],
) -> Result<(), Stop> {
    let answer = desk.ask_anew(party, step, SENT, request).await?;
    desk.keep(party, &answer);
    if !answer.succeeded() && !is_refused(&answer) {
        return super::super::answers::refused(step, SENT, &answer);
    }
    let content = answer.content();
    match content.is_some_and(|content| shows(&content.to_string(), key)) {
        false => Ok(()),
        true => {
            let judgement = Judgement::fail(Cause::Leak, "no octets of the key", "some");
            Err(Stop::Judged(judgement.at(step)))
        }
    }
}
