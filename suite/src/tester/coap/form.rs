//! Requests of the HTTP form as messages of CoAP, and messages as they are recorded.

use crate::tester::link::{LinkError, Octets, OutgoingRequest, Received};
use crate::tester::primitive::encode;
use onem2m_primitive::coap::{self, Format, Message, OptionNumber};
use onem2m_primitive::http as binding;

/// The message with the primitive of a request. A request that says what a primitive does not, such as a damaged header field,
/// has none: it would be judged for something that was not sent.
pub fn message(request: &OutgoingRequest) -> Result<Message, LinkError> {
    let none = |why: String| {
        LinkError::NoWay(format!(
            "the request has a form in the HTTP binding alone: {why}"
        ))
    };
    let mut builder = http::Request::builder()
        .method(request.method.as_str())
        .uri(request.target.as_str());
    for (name, value) in &request.headers {
        builder = builder.header(name, value);
    }
    let (parts, ()) = builder
        .body(())
        .map_err(|error| none(error.to_string()))?
        .into_parts();
    let primitive = binding::decode_request(&parts, &request.body.0)
        .map_err(|refusal| none(refusal.reason.to_string()))?;
    let again = encode(&primitive).map_err(&none)?;
    if !is_same(request, &again) {
        return Err(none("not all of it is part of its primitive".into()));
    }
    coap::encode_request(&primitive).map_err(|error| none(error.to_string()))
}

/// A response as it is recorded.
pub fn received(response: &Message) -> Received {
    let option =
        |(number, value): (OptionNumber, &[u8])| (number.number(), Octets(value.to_vec().into()));
    Received::Coap {
        code: response.code.into(),
        options: response.options.iter().map(option).collect(),
        body: Octets(response.payload.clone().into()),
    }
}

/// A recorded option by its name, with a value that is a number or text, or else in hexadecimal.
pub fn shown_option((number, value): &(u16, Octets)) -> (String, String) {
    let option = OptionNumber::from(*number);
    let format = option.definition().map(|definition| definition.format);
    let read = match format {
        Some(Format::Uint) => number_of(value).map(|number| number.to_string()),
        Some(Format::Text) => String::from_utf8(value.0.to_vec()).ok(),
        _ => None,
    };
    let name = option
        .name()
        .map_or_else(|| format!("option {number}"), str::to_owned);
    let hexadecimal = || value.0.iter().map(|octet| format!("{octet:02x}")).collect();
    (name, read.unwrap_or_else(hexadecimal))
}

/// The number in a recorded option (RFC 7252, 3.2).
pub fn number_of(value: &Octets) -> Option<u32> {
    value.0.iter().try_fold(0u32, |number, octet| {
        number.checked_mul(256)?.checked_add(u32::from(*octet))
    })
}

/// Whether two requests say the same; the order of header fields says nothing, nor does that of arguments and of members in JSON.
fn is_same(one: &OutgoingRequest, other: &OutgoingRequest) -> bool {
    let fields = |request: &OutgoingRequest| {
        let lower = |(name, value): &(String, String)| (name.to_ascii_lowercase(), value.clone());
        let mut fields: Vec<_> = request.headers.iter().map(lower).collect();
        fields.sort();
        fields
    };
    let target = |request: &OutgoingRequest| {
        let (path, query) = request
            .target
            .split_once('?')
            .unwrap_or((&request.target, ""));
        let mut arguments: Vec<_> = query.split('&').map(str::to_owned).collect();
        arguments.sort();
        (path.to_owned(), arguments)
    };
    let content = |request: &OutgoingRequest| {
        serde_json::from_slice::<serde_json::Value>(&request.body.0).ok()
    };
    one.method == other.method
        && target(one) == target(other)
        && fields(one) == fields(other)
        && (one.body == other.body || content(one) == content(other))
}

#[cfg(test)]
mod tests {
    use super::*;
    use onem2m_primitive::Request;
    use serde_json::json;

    fn create() -> OutgoingRequest {
        let content = json!({ "m2m:cnt": { "rn": "c" } });
        let mut request = Request::create("cse-in", 3, content)
            .from("Cae")
            .identified("r1");
        request.release_version = Some("3".into());
        encode(&request).unwrap()
    }

    #[test]
    fn primitive_travels_whole() {
        let read = coap::decode_request(&message(&create()).unwrap()).unwrap();
        assert_eq!(read.from.as_deref(), Some("Cae"));
        assert_eq!(read.content, Some(json!({ "m2m:cnt": { "rn": "c" } })));
        assert_eq!(encode(&read).unwrap(), create());
    }

    #[test]
    fn what_is_no_part_of_a_primitive_is_not_left_out_in_silence() {
        let mut request = create();
        request
            .headers
            .push(("X-Forwarded-For".into(), "192.0.2.1".into()));
        assert!(matches!(message(&request), Err(LinkError::NoWay(_))));
    }

    #[test]
    fn damaged_content_has_no_form() {
        let mut request = create();
        request.body = Octets("{".into());
        assert!(matches!(message(&request), Err(LinkError::NoWay(_))));
    }
}
