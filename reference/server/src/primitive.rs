use onem2m_primitive::serialization::{read_response, write_request};
use onem2m_primitive::{Request, Response};
use serde_json::{Value, json};

/// A request primitive as Content (m2m:requestPrimitive, TS-0004 V3.32.0, Table 6.4.1-1).
pub(crate) fn request_primitive(request: &Request) -> Value {
    json!({ "m2m:rqp": write_request(request) })
}

/// The response primitive that is Content (m2m:responsePrimitive, TS-0004 V3.32.0, Table 6.4.2-1); it names the request that
/// it answers.
pub(crate) fn response_primitive(content: &Value) -> Option<Response> {
    let response = read_response(content.get("m2m:rsp")?).ok()?;
    response.request_identifier.is_some().then_some(response)
}
