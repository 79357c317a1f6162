use serde_json::{Value, json};

use super::error::SerializationError;
use super::filter;
use super::members::{Members, Written};
use crate::operation::Operation;
use crate::request::{Request, ResponseType};

/// Reads a request primitive (TS-0004 V3.32.0, Table 6.4.1-1).
pub fn read_request(value: &Value) -> Result<Request, SerializationError> {
    let mut members = Members::of(value, "a request primitive")?;
    let operation = members
        .number::<u64>("op")?
        .ok_or(SerializationError::Missing { member: "op" })?;
    let operation = Operation::try_from(operation).map_err(|_| SerializationError::Type {
        member: "op",
        expected: "an operation from 1 to 5",
    })?;
    let to = members
        .text("to")?
        .ok_or(SerializationError::Missing { member: "to" })?;
    let (content, attribute_list) = content(members.value("pc"), operation)?;
    let request = Request {
        from: members.text("fr")?,
        request_identifier: members.text("rqi")?,
        release_version: members.text("rvi")?,
        resource_type: members.number("ty")?,
        content,
        attribute_list,
        role_ids: members.texts("rids")?,
        originating_timestamp: members.text("ot")?,
        request_expiration: members.scalar("rqet")?,
        result_expiration: members.scalar("rset")?,
        operation_execution_time: members.scalar("oet")?,
        response_type: members.value("rt").map(response_type).transpose()?,
        result_persistence: members.scalar("rp")?,
        result_content: members.number("rcn")?,
        event_category: members.scalar("ec")?,
        delivery_aggregation: members.boolean("da")?,
        group_request_identifier: members.text("gid")?,
        filter: members
            .value("fc")
            .map(filter::read)
            .transpose()?
            .unwrap_or_default(),
        discovery_result_type: members.number("drt")?,
        tokens: members.texts("tkns")?,
        token_ids: members.texts("tids")?,
        local_token_ids: members.texts("ltids")?,
        token_request_indicator: members.boolean("tqi")?,
        authorization_signature_indicator: members.boolean("asi")?,
        authorization_signatures: members.texts("aus")?,
        authorization_relationship_indicator: members.boolean("auri")?,
        semantic_query_indicator: members.boolean("sqi")?,
        vendor_information: members.text("vsi")?,
        ..Request::bare(operation, to)
    };
    members.end()?;
    Ok(request)
}

/// Writes a request primitive.
pub fn write_request(request: &Request) -> Value {
    let mut written = Written::default();
    written.put("op", Some(request.operation.value()));
    written.put("to", Some(request.to.clone()));
    written.put("fr", request.from.clone());
    written.put("rqi", request.request_identifier.clone());
    written.put("rvi", request.release_version.clone());
    written.put("ty", request.resource_type);
    written.put_list("rids", &request.role_ids);
    written.put("ot", request.originating_timestamp.clone());
    written.put("rqet", request.request_expiration.clone());
    written.put("rset", request.result_expiration.clone());
    written.put("oet", request.operation_execution_time.clone());
    written.put(
        "rt",
        request.response_type.as_ref().map(written_response_type),
    );
    written.put("rp", request.result_persistence.clone());
    written.put("rcn", request.result_content);
    written.put("ec", request.event_category.clone());
    written.put("da", request.delivery_aggregation);
    written.put("gid", request.group_request_identifier.clone());
    let filter = &request.filter;
    written.put("fc", (!filter.is_empty()).then(|| filter::write(filter)));
    written.put("drt", request.discovery_result_type);
    written.put_list("tkns", &request.tokens);
    written.put_list("tids", &request.token_ids);
    written.put_list("ltids", &request.local_token_ids);
    written.put("tqi", request.token_request_indicator);
    written.put("asi", request.authorization_signature_indicator);
    written.put_list("aus", &request.authorization_signatures);
    written.put("auri", request.authorization_relationship_indicator);
    written.put("sqi", request.semantic_query_indicator);
    written.put("vsi", request.vendor_information.clone());
    let list = &request.attribute_list;
    let attributes = (!list.is_empty()).then(|| json!({ "m2m:atrl": list }));
    written.put("pc", request.content.clone().or(attributes));
    written.into_value()
}

/// Content, and the attribute list that is the Content of a partial Retrieve (TS-0004 V3.32.0, 7.5.2).
fn content(
    value: Option<&Value>,
    operation: Operation,
) -> Result<(Option<Value>, Vec<String>), SerializationError> {
    match value {
        Some(list) if operation == Operation::Retrieve && list.get("m2m:atrl").is_some() => {
            let mut members = Members::of(list, "pc")?;
            let list = members.texts("m2m:atrl")?;
            members.end()?;
            Ok((None, list))
        }
        other => Ok((other.cloned(), Vec::new())),
    }
}

/// m2m:responseTypeInfo (TS-0004 V3.32.0, 6.3.5.30).
fn response_type(value: &Value) -> Result<ResponseType, SerializationError> {
    let mut members = Members::of(value, "rt")?;
    let value = members
        .number("rtv")?
        .ok_or(SerializationError::Missing { member: "rtv" })?;
    let has_uris = members.value("nu").is_some();
    let uris = members.texts("nu")?;
    members.end()?;
    Ok(ResponseType {
        value,
        notification_uris: has_uris.then_some(uris),
    })
}

fn written_response_type(response_type: &ResponseType) -> Value {
    let mut written = Written::default();
    written.put("rtv", Some(response_type.value));
    written.put("nu", response_type.notification_uris.clone());
    written.into_value()
}
