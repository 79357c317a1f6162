//! What the requests of a key service hold (TS-0003 V3.18.0, 8.8.2 and 8.3.5.2).

use onem2m_identity::DomainName;
use serde_json::{Map, Value};
use time::OffsetDateTime;

use super::procedures::Scene;
use crate::refusal::Refusal;
use crate::resource::parse_timestamp;

/// The parameters of a request or of a response, by their names on the wire.
pub(crate) type Members = Map<String, Value>;

/// The most labels, and the most characters of one.
const LABELS: usize = 16;
const LABEL: usize = 128;

/// The members of the one object that a content of this name has.
pub(crate) fn members<'a>(
    content: Option<&'a Value>,
    name: &str,
) -> Result<&'a Map<String, Value>, Refusal> {
    let content = content.and_then(Value::as_object);
    let only = content.filter(|content| content.len() == 1);
    let members = only.and_then(|content| content.get(name)?.as_object());
    members.ok_or_else(|| Refusal::bad_request(format!("expected an object {name}, got none")))
}

/// A text that has to be there.
pub(crate) fn text<'a>(members: &'a Map<String, Value>, name: &str) -> Result<&'a str, Refusal> {
    let text = members.get(name).and_then(Value::as_str);
    text.ok_or_else(|| Refusal::bad_request(format!("{name}: expected a text, got none")))
}

pub(crate) fn known_members(known: &[&str], members: &Map<String, Value>) -> Result<(), Refusal> {
    match members.keys().find(|name| !known.contains(&name.as_str())) {
        None => Ok(()),
        Some(name) => Err(Refusal::bad_request(format!(
            "{name:?} is no parameter of this procedure"
        ))),
    }
}

/// An update that holds nothing is an error (TS-0003 V3.18.0, 8.8.2.5), and so is one of what does not change.
pub(crate) fn changes_something(
    changeable: &[&str],
    members: &Map<String, Value>,
) -> Result<(), Refusal> {
    known_members(changeable, members)?;
    match members.is_empty() {
        true => Err(Refusal::bad_request(format!(
            "expected at least one of {}, got none",
            changeable.join(", ")
        ))),
        false => Ok(()),
    }
}

/// Domain names are compared without regard to case (RFC 4343, 3).
pub(crate) fn is_own_fqdn(own: &DomainName, named: &str) -> bool {
    own.as_str().eq_ignore_ascii_case(named)
}

/// A moment to come; one that is too far away becomes the latest that the service grants.
pub(crate) fn expiry(scene: &Scene<'_>, text: &str) -> Result<OffsetDateTime, Refusal> {
    let wrong =
        || Refusal::bad_request("expirationTime: expected a timestamp to come, got another");
    let moment = parse_timestamp(text).ok_or_else(wrong)?;
    if moment <= scene.now {
        return Err(wrong());
    }
    Ok(moment.min(scene.now + scene.settings.longest))
}

/// labels, if there are any.
pub(crate) fn labels(value: Option<&Value>) -> Result<Option<Vec<String>>, Refusal> {
    let wrong = || {
        Refusal::bad_request(format!(
            "labels: expected at most {LABELS} texts of at most {LABEL} octets"
        ))
    };
    let Some(value) = value else {
        return Ok(None);
    };
    let values = value.as_array().ok_or_else(wrong)?;
    let label = |value: &Value| {
        let text = value.as_str().filter(|text| text.len() <= LABEL);
        text.map(str::to_owned).ok_or_else(wrong)
    };
    match values.len() <= LABELS {
        true => values.iter().map(label).collect::<Result<_, _>>().map(Some),
        false => Err(wrong()),
    }
}
