use super::subject::Subject;
use crate::catalogue::behaviour::{Deviation, Party, Procedure};
use crate::purposes::services::desk::Desk;
use crate::purposes::services::requests::Parameters;
use crate::purposes::stop::Stop;
use crate::tester::link::OutgoingRequest;
use onem2m_primitive::Request;
use serde_json::{Map, Value, json};

/// An identifier with another last character.
fn changed(id: &str) -> String {
    let last = if id.ends_with('0') { '1' } else { '0' };
    let kept = id.chars().count().saturating_sub(1);
    id.chars().take(kept).chain([last]).collect()
}

/// The request of an attempt, with what is otherwise.
pub(super) fn request(
    desk: &mut Desk<'_, '_>,
    procedure: Procedure,
    subject: &Subject,
    run: &Deviation,
) -> Result<Request, Stop> {
    let step = run.name.as_str();
    let right = match (procedure, &subject.key) {
        (Procedure::RetrieveKey | Procedure::UpdateKey | Procedure::EndKey, Some(key)) => &key.id,
        _ => &subject.registration,
    };
    let id = match &run.id {
        None => right.clone(),
        Some(other) => {
            let cut = right
                .get(..right.len().saturating_sub(1))
                .unwrap_or_default();
            let other = other.replace("{ID}", &right.to_uppercase());
            let other = other.replace("{id}", right).replace("{cut}", cut);
            let other = other.replace("{changed}", &changed(right));
            desk.filled_text(step, &other)?
        }
    };
    let none = Parameters::new;
    Ok(match procedure {
        Procedure::Handshake | Procedure::RegisterClient => {
            let admin = desk.service.stakeholder.clone();
            let parameters = desk.client_parameters(step, &admin)?;
            let parameters = desk.otherwise(run, parameters)?;
            let request = desk.register_client(parameters);
            match run.empty {
                true => Request {
                    content: None,
                    ..request
                },
                false => request,
            }
        }
        Procedure::UpdateClient => {
            let parameters = desk.otherwise(run, none())?;
            desk.update_client(&id, parameters)
        }
        Procedure::EndClient | Procedure::EndKey => Request::delete(desk.path(&id)),
        Procedure::Configuration => Request::retrieve(desk.configuration_path(&id)),
        Procedure::RegisterKey => {
            let (suid, _) = desk.usages();
            let targets = [desk.id(Party::Target)];
            let value = desk.draw(step);
            let parameters = desk.key_parameters(step, suid, &targets, Some(&value))?;
            let mut parameters = desk.otherwise(run, parameters)?;
            if let Some(key) = &subject.key {
                let named = parameters.values_mut().filter(|value| *value == "{key}");
                named.for_each(|value| *value = json!(key.id));
            }
            desk.register_key(parameters)
        }
        Procedure::RetrieveKey => Request::retrieve(desk.path(&id)),
        Procedure::UpdateKey => {
            let parameters = desk.otherwise(run, none())?;
            desk.update_key(&id, parameters)
        }
        Procedure::RetrieveCommand => Request::retrieve(desk.command_path(&id)),
        Procedure::ReportCommand => {
            let names = &desk.service.names;
            let parameters = Map::from_iter([
                (names.command_id.clone(), json!(subject.command)),
                (names.command_status.clone(), json!(20)),
            ]);
            let parameters = desk.otherwise(run, parameters)?;
            desk.report(&id, parameters)
        }
    })
}

/// A request whose content has a member twice, the second time with the same value.
pub(super) fn doubled(request: &OutgoingRequest, name: &str) -> OutgoingRequest {
    let body = String::from_utf8_lossy(&request.body.0).into_owned();
    let twice = || {
        let content: Value = serde_json::from_str(&body).ok()?;
        let object = content.as_object()?.values().next()?;
        let value = object.get(name)?;
        let (head, rest) = body.split_once(":{")?;
        Some(format!("{head}:{{{}:{value},{rest}", json!(name)))
    };
    let mut changed = request.clone();
    if let Some(body) = twice() {
        changed.body.0 = body.into_bytes().into();
    }
    changed
}
