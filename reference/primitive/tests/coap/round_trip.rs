//! What is written is read as the same primitive, in one message and in blocks.

use onem2m_primitive::coap::{
    Asked, BlockSize, ContentFormat, Message, MessageType, Reassembly, Token, block,
    decode_request, decode_response, encode_request, encode_response,
};
use onem2m_primitive::{Operation, Request, Response};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::generated;

/// A request whose parameters have room in the options of TS-0008 V3.9.0, Table 6.2.2.4.0-1.
fn request() -> impl Strategy<Value = Request> {
    (generated::request(), any::<u8>(), any::<u16>()).prop_map(|(request, category, kind)| {
        let dotless = |to: &str| {
            let segments = to.split('/').map(|segment| match segment {
                "." | ".." => "x",
                segment => segment,
            });
            segments.collect::<Vec<_>>().join("/")
        };
        Request {
            to: dotless(&request.to),
            resource_type: request.resource_type.map(|_| kind.into()),
            release_version: short(request.release_version, 2),
            originating_timestamp: short(request.originating_timestamp, 22),
            request_expiration: short(request.request_expiration, 22),
            result_expiration: short(request.result_expiration, 22),
            operation_execution_time: short(request.operation_execution_time, 22),
            event_category: request.event_category.map(|_| category.to_string()),
            ..request
        }
    })
}

fn response() -> impl Strategy<Value = Response> {
    (generated::response(), any::<u8>(), any::<u16>()).prop_map(|(response, category, number)| {
        Response {
            release_version: short(response.release_version, 2),
            originating_timestamp: short(response.originating_timestamp, 22),
            result_expiration: short(response.result_expiration, 22),
            event_category: response.event_category.map(|_| category.to_string()),
            content_status: response.content_status.map(|_| number.into()),
            content_offset: response.content_offset.map(|_| number.into()),
            ..response
        }
    })
}

/// The text cut to so many octets; `None` if nothing is left.
fn short(text: Option<String>, octets: usize) -> Option<String> {
    let mut text = text?;
    while text.len() > octets {
        text.pop();
    }
    Some(text).filter(|text| !text.is_empty())
}

fn kind() -> impl Strategy<Value = MessageType> {
    prop_oneof![
        Just(MessageType::Confirmable),
        Just(MessageType::NonConfirmable),
        Just(MessageType::Acknowledgement),
    ]
}

/// The message as it arrives on the other side.
fn carried(message: &Message) -> Message {
    Message::read(&message.write().unwrap()).unwrap()
}

proptest! {
    #[test]
    fn request_is_read_as_it_was_written(request in request(), kind in kind(), message_id: u16, token in vec(any::<u8>(), 0..=8)) {
        let message = Message {
            kind,
            message_id,
            token: Token::try_from(token.as_slice()).unwrap(),
            ..encode_request(&request).unwrap()
        };
        let read = carried(&message);
        prop_assert_eq!(&read, &message);
        prop_assert_eq!(Asked::by(&read).operation, Some(request.operation));
        prop_assert_eq!(decode_request(&read), Ok(request));
    }

    #[test]
    fn response_is_read_as_it_was_written(response in response()) {
        let asked = Asked { operation: Some(Operation::Retrieve), format: ContentFormat::JSON };
        let message = encode_response(&response, asked).unwrap();
        prop_assert_eq!(decode_response(&carried(&message)), Ok(response));
    }

    #[test]
    fn blocks_of_a_body_are_joined_to_the_body(body in vec(any::<u8>(), 0..3000), size in proptest::sample::select(BlockSize::ALL.to_vec())) {
        let mut reassembly = Reassembly::default();
        let mut number = 0;
        while let Some((place, octets)) = block(&body, number, size) {
            prop_assert!(octets.len() <= size.octets());
            let is_last = reassembly.take(place, octets, body.len()).unwrap();
            prop_assert_eq!(is_last, block(&body, number + 1, size).is_none());
            number += 1;
        }
        prop_assert_eq!(reassembly.into_body(), body);
    }
}
