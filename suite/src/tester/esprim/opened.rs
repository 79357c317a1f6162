//! What an IUT answers inside an ESPrim Object.

use super::Session;
use onem2m_envelope::esprim::{self, Direction, Readings};
use onem2m_primitive::Response;
use onem2m_primitive::serialization::read_response;
use serde_json::Value;

/// What refuses an object (TS-0004 V3.32.0, Table 7.6.2-1).
const REFUSALS: [u16; 8] = [4000, 4111, 4112, 4113, 4114, 4115, 4116, 5210];

/// The inner response to the request with this identifier, and the next receiver object if there is one; what is wrong with the object, or with what stands in it, otherwise.
///
/// The header repeats what the request named (TS-0003 V3.18.0, 8.4.3.2), and the primitive is not wrapped (TS-0004 V3.32.0, 8.4.2).
pub fn opened(
    session: &Session,
    readings: &Readings,
    content: Option<&Value>,
    identifier: &str,
) -> Result<(Response, Option<Value>), String> {
    let information = content
        .and_then(|content| content.get("m2m:seci"))
        .ok_or("no m2m:seci")?;
    let sit = information.get("sit");
    if sit.and_then(Value::as_u64) != Some(5) {
        return Err(format!("expected sit 5, got {}", shown(sit)));
    }
    let object = information.get("epo").and_then(Value::as_str);
    let object = object.ok_or("no epo")?;
    let opened = esprim::open(object, Direction::Response, &session.key, readings)
        .map_err(|refusal| format!("an object that does not open: {refusal}"))?;
    let header = &opened.header;
    for (member, expected, got) in [
        ("kid", &session.pair.kid, &header.kid),
        ("ori", &session.ori, &header.ori),
        ("rri", &session.rri, &header.rri),
    ] {
        if expected != got {
            return Err(format!("expected {member} {expected:?}, got {got:?}"));
        }
    }
    if header.enc != session.enc {
        let (expected, got) = (session.enc.name(), header.enc.name());
        return Err(format!("expected enc {expected}, got {got}"));
    }
    let inner: Value = serde_json::from_slice(&opened.plaintext)
        .map_err(|error| format!("an inner primitive that does not read: {error}"))?;
    let response = read_response(&inner)
        .map_err(|error| format!("an inner primitive {inner} that does not read: {error}"))?;
    let echoed = response.request_identifier.as_deref();
    // Who refuses the object has not read the inner request.
    let is_refused = REFUSALS.contains(&response.status.number());
    if echoed != Some(identifier) && !is_refused {
        return Err(format!("expected inner rqi {identifier:?}, got {echoed:?}"));
    }
    let next = header.rro.as_ref();
    let next = next.and_then(|object| serde_json::from_str(&object.as_sent()).ok());
    Ok((response, next))
}

fn shown(value: Option<&Value>) -> String {
    value.map_or_else(|| "nothing".to_owned(), Value::to_string)
}
