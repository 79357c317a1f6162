//! Octets as a CoAP message.

use onem2m_primitive::Operation;
use onem2m_primitive::coap::{
    Asked, Block, ContentFormat, EncodeError, Message, MessageType, OptionNumber, Reassembly,
    decode_request, decode_response, encode_request, encode_response, rejection,
};

/// Any octets are read as a message or refused; a message that was read is written as the same octets, and so is a primitive
/// that was read from it, if it has options for all that it holds.
pub fn coap_message(data: &[u8]) {
    let message = match Message::read(data) {
        Ok(message) => message,
        Err(error) => {
            assert!(!error.to_string().is_empty());
            check_rejection(data);
            return;
        }
    };
    assert_eq!(message.write().as_deref(), Ok(data));
    check_size(&message, data);
    check_blocks(&message);
    if message.code.is_response() {
        check_response(&message);
    } else {
        check_request(&message);
    }
}

/// What was read takes no more than what it was read from, a few octets for each option aside.
fn check_size(message: &Message, data: &[u8]) {
    let values: usize = message.options.iter().map(|(_, value)| value.len()).sum();
    assert!(values + message.options.iter().count() + message.payload.len() <= data.len());
}

fn check_rejection(data: &[u8]) {
    if let Some(reset) = rejection(data) {
        assert_eq!(reset.kind, MessageType::Reset);
        assert!(reset.write().is_ok());
    }
}

fn check_blocks(message: &Message) {
    for number in [OptionNumber::BLOCK1, OptionNumber::BLOCK2] {
        if let Ok(Some(block)) = Block::of(message, number) {
            assert_eq!(Block::read(&block.value()), Ok(block));
            let mut reassembly = Reassembly::default();
            let taken = reassembly.take(block, &message.payload, message.payload.len());
            assert!(taken.is_err() || reassembly.len() == message.payload.len());
        }
    }
}

fn check_request(message: &Message) {
    match decode_request(message) {
        Ok(request) => {
            assert_eq!(Asked::by(message).operation, Some(request.operation));
            assert_eq!(
                request.content.is_some(),
                request.operation.has_content(),
                "content of {}",
                request.operation
            );
            assert_eq!(
                request.resource_type.is_some(),
                request.operation == Operation::Create
            );
            let again = encode_request(&request).map(|again| decode_request(&again));
            assert_eq!(again, Ok(Ok(request)));
        }
        Err(refusal) => {
            assert!(refusal.code.is_response() && !refusal.status.is_success());
            assert!(!refusal.to_string().is_empty());
        }
    }
}

fn check_response(message: &Message) {
    let asked = Asked {
        operation: Some(Operation::Retrieve),
        format: ContentFormat::JSON,
    };
    match decode_response(message) {
        Ok(response) => match encode_response(&response, asked) {
            Ok(again) => assert_eq!(decode_response(&again), Ok(response)),
            // Location-Path is taken from the content, where a URI may be none that has one.
            Err(error) => assert!(
                matches!(error, EncodeError::Target(_))
                    || matches!(error, EncodeError::Length { number, .. } if number == OptionNumber::LOCATION_PATH),
                "{error}"
            ),
        },
        Err(malformed) => assert!(!malformed.to_string().is_empty()),
    }
}
