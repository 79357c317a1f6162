use serde_json::{Value, json};

use super::error::SerializationError;
use super::members::{Members, Written};
use crate::response::{AssignedTokenIdentifier, Response};
use crate::status::ResponseStatusCode;

/// Reads a response primitive (TS-0004 V3.32.0, Table 6.4.2-1). To and Token Request Information are passed over.
pub fn read_response(value: &Value) -> Result<Response, SerializationError> {
    let mut members = Members::of(value, "a response primitive")?;
    let status = members
        .number::<u16>("rsc")?
        .ok_or(SerializationError::Missing { member: "rsc" })?;
    for unused in ["to", "tqf"] {
        members.value(unused);
    }
    let response = Response {
        request_identifier: members.text("rqi")?,
        release_version: members.text("rvi")?,
        content: members.value("pc").cloned(),
        from: members.text("fr")?,
        originating_timestamp: members.text("ot")?,
        result_expiration: members.scalar("rset")?,
        event_category: members.scalar("ec")?,
        content_status: members.number("cnst")?,
        content_offset: members.number("cnot")?,
        assigned_token_identifiers: members
            .value("ati")
            .map(assignments)
            .transpose()?
            .unwrap_or_default(),
        authorization_signature_request: members.boolean("asri")?,
        vendor_information: members.text("vsi")?,
        ..Response::new(ResponseStatusCode::from(status))
    };
    members.end()?;
    Ok(response)
}

/// Writes a response primitive.
pub fn write_response(response: &Response) -> Value {
    let mut written = Written::default();
    written.put("rsc", Some(response.status.number()));
    written.put("rqi", response.request_identifier.clone());
    written.put("rvi", response.release_version.clone());
    written.put("fr", response.from.clone());
    written.put("ot", response.originating_timestamp.clone());
    written.put("rset", response.result_expiration.clone());
    written.put("ec", response.event_category.clone());
    written.put("cnst", response.content_status);
    written.put("cnot", response.content_offset);
    let assignments: Vec<Value> = response
        .assigned_token_identifiers
        .iter()
        .map(|entry| json!({ "lti": entry.local_token_id, "tkid": entry.token_id }))
        .collect();
    written.put(
        "ati",
        (!assignments.is_empty()).then(|| json!({ "ltia": assignments })),
    );
    written.put("asri", response.authorization_signature_request);
    written.put("vsi", response.vendor_information.clone());
    written.put("pc", response.content.clone());
    written.into_value()
}

/// m2m:dynAuthLocalTokenIdAssignments (TS-0004 V3.32.0, 6.3.5.43).
fn assignments(value: &Value) -> Result<Vec<AssignedTokenIdentifier>, SerializationError> {
    let wrong = SerializationError::Type {
        member: "ati",
        expected: "a list of assignments",
    };
    let assignment = |entry: &Value| {
        Some(AssignedTokenIdentifier {
            local_token_id: entry.get("lti")?.as_str()?.to_owned(),
            token_id: entry.get("tkid")?.as_str()?.to_owned(),
        })
    };
    let list = value
        .get("ltia")
        .and_then(Value::as_array)
        .ok_or(wrong.clone())?;
    list.iter()
        .map(|entry| assignment(entry).ok_or(wrong.clone()))
        .collect()
}
