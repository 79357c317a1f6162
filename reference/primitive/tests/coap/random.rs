//! Any octets are answered, with a primitive or with an error.

use onem2m_primitive::coap::{
    Asked, Block, Message, OptionNumber, decode_request, decode_response, encode_request, rejection,
};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

proptest! {
    #[test]
    fn any_octets_are_a_message_or_refused(octets in vec(any::<u8>(), 0..80)) {
        if let Ok(message) = Message::read(&octets) {
            prop_assert_eq!(message.write(), Ok(octets));
        } else if let Some(reset) = rejection(&octets) {
            prop_assert!(reset.write().is_ok());
        }
    }

    #[test]
    fn any_block_option_is_read_or_refused(value in vec(any::<u8>(), 0..5)) {
        if let Ok(block) = Block::read(&value) {
            prop_assert_eq!(Block::read(&block.value()), Ok(block));
        }
    }

    #[test]
    fn any_request_is_answered(
        code in 1u8..5,
        options in vec((select(OptionNumber::DEFINED.to_vec()), "[ -~é]{0,20}"), 0..8),
        payload in vec(any::<u8>(), 0..60),
    ) {
        let mut message = Message::read(&[0x40, code, 0, 1]).unwrap();
        message.options.add(OptionNumber::RQI, "1");
        for (number, value) in options {
            message.options.add(number, value);
        }
        message.payload = payload;
        Asked::by(&message);
        match decode_request(&message) {
            Ok(request) => {
                let written = encode_request(&request).unwrap();
                prop_assert_eq!(decode_request(&written), Ok(request));
            }
            Err(refusal) => prop_assert!(refusal.code.is_response() && !refusal.status.is_success()),
        }
    }

    #[test]
    fn any_response_is_answered(
        code in 64u8..=191,
        options in vec((select(OptionNumber::DEFINED.to_vec()), "[ -~é]{0,20}"), 0..8),
        payload in vec(any::<u8>(), 0..60),
    ) {
        let mut message = Message::read(&[0x60, code, 0, 1]).unwrap();
        for (number, value) in options {
            message.options.add(number, value);
        }
        message.payload = payload;
        if let Ok(response) = decode_response(&message) {
            prop_assert!(response.content.is_none() || !message.payload.is_empty());
        }
    }
}
