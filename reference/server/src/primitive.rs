use onem2m_primitive::{Request, Response, ResponseStatusCode};
use serde_json::{Map, Value, json};

/// A request primitive as Content (m2m:requestPrimitive, TS-0004 V3.32.0, Table 6.4.1-1).
pub(crate) fn request_primitive(request: &Request) -> Value {
    let mut value = Map::new();
    value.insert("op".to_owned(), request.operation.value().into());
    value.insert("to".to_owned(), request.to.clone().into());
    let texts = [
        ("fr", &request.from),
        ("rqi", &request.request_identifier),
        ("rvi", &request.release_version),
        ("ot", &request.originating_timestamp),
        ("rqet", &request.request_expiration),
        ("gid", &request.group_request_identifier),
        ("ec", &request.event_category),
    ];
    for (name, text) in texts {
        if let Some(text) = text {
            value.insert(name.to_owned(), text.clone().into());
        }
    }
    if let Some(content) = &request.content {
        value.insert("pc".to_owned(), content.clone());
    }
    json!({ "m2m:rqp": value })
}

/// The response primitive that is Content (m2m:responsePrimitive, TS-0004 V3.32.0, Table 6.4.2-1).
pub(crate) fn response_primitive(content: &Value) -> Option<Response> {
    let value = content.get("m2m:rsp")?;
    let text = |name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
    let status = u16::try_from(value.get("rsc")?.as_u64()?).ok()?;
    Some(Response {
        request_identifier: Some(text("rqi")?),
        release_version: text("rvi"),
        content: value.get("pc").cloned(),
        ..Response::new(ResponseStatusCode::from(status))
    })
}
