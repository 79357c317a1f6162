use onem2m_primitive::Request;
use serde_json::{Map, Value};

use crate::refusal::Refusal;
use crate::resource::Kind;

/// The attributes in the Content of a Create or Update: one root element, that of the type
/// (TS-0004 V3.32.0, 7.2.1.1 and 7.3.3.3).
pub(super) fn of(request: &Request, kind: Kind) -> Result<&Map<String, Value>, Refusal> {
    let root = kind.root();
    let content = request
        .content
        .as_ref()
        .and_then(Value::as_object)
        .ok_or_else(|| {
            Refusal::bad_request(format!("expected a representation {root}, got none"))
        })?;
    if content.len() != 1 {
        return Err(Refusal::bad_request(format!(
            "expected one root element {root}, got {}",
            content.len()
        )));
    }
    content
        .get(&root)
        .and_then(Value::as_object)
        .ok_or_else(|| {
            Refusal::bad_request(format!("expected the root element {root}, got another"))
        })
}
