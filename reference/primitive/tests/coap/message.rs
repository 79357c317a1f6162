//! Messages against RFC 7252.

use onem2m_primitive::coap::{
    Code, FormatError, Message, MessageType, OptionNumber, Token, Unwritable, rejection,
};

use crate::octets;

fn refused(text: &str) -> FormatError {
    Message::read(&octets::of(text)).expect_err(text)
}

#[test]
fn messages_of_appendix_a_are_read() {
    // Figure 16.
    let request = octets::message(r#"40 01 7d34 bb "temperature""#);
    assert_eq!(request.kind, MessageType::Confirmable);
    assert_eq!(request.code, Code::GET);
    assert_eq!(request.message_id, 0x7d34);
    assert_eq!(
        octets::texts(&request, OptionNumber::URI_PATH),
        ["temperature"]
    );
    let response = octets::message(r#"60 45 7d34 ff "22.3 C""#);
    assert_eq!(response.kind, MessageType::Acknowledgement);
    assert_eq!(response.code, Code::CONTENT);
    assert_eq!(response.payload, b"22.3 C");
    // Figure 17.
    let request = octets::message(r#"41 01 7d35 20 bb "temperature""#);
    assert_eq!(request.token, Token::try_from(&[0x20][..]).unwrap());
}

#[test]
fn messages_of_appendix_a_are_written() {
    let mut request = Message::new(MessageType::Confirmable, Code::GET);
    request.message_id = 0x7d35;
    request.token = Token::try_from(&[0x20][..]).unwrap();
    request.options.add(OptionNumber::URI_PATH, "temperature");
    assert_eq!(
        request.write().unwrap(),
        octets::of(r#"41 01 7d35 20 bb "temperature""#)
    );
    let mut response = Message::new(MessageType::Confirmable, Code::CONTENT);
    response.payload = b"22.3 C".to_vec();
    assert_eq!(
        response.piggybacked(&request).write().unwrap(),
        octets::of(r#"61 45 7d35 20 ff "22.3 C""#)
    );
}

#[test]
fn deltas_and_lengths_have_extended_forms() {
    // Uri-Path of 13 octets, oneM2M-FR (279, delta 268) and option 65535 (delta 65256), which nobody knows.
    let text = r#"40 02 0001 bd 00 "0123456789abc" d5 ff "CtpA1" e1 fddb aa"#;
    let message = octets::message(text);
    assert_eq!(octets::texts(&message, OptionNumber::FR), ["CtpA1"]);
    assert_eq!(
        message.options.unknown_critical().collect::<Vec<_>>(),
        [OptionNumber::from(65535)]
    );
    assert_eq!(message.write().unwrap(), octets::of(text));
    let mut long = message;
    long.options.set(OptionNumber::from(65535), [7; 300]);
    let written = long.write().unwrap();
    assert_eq!(Message::read(&written), Ok(long));
}

#[test]
fn every_format_error_has_its_name() {
    assert_eq!(refused(""), FormatError::Header { got: 0 });
    assert_eq!(refused("40 01 00"), FormatError::Header { got: 3 });
    assert_eq!(refused("00 01 0001"), FormatError::Version { got: 0 });
    assert_eq!(refused("80 01 0001"), FormatError::Version { got: 2 });
    assert_eq!(
        refused("49 01 0001 010203040506070809"),
        FormatError::Token { got: 9 }
    );
    assert_eq!(refused("42 01 0001 01"), FormatError::Token { got: 2 });
    for code in ["20", "3f", "c0", "e1", "ff"] {
        assert!(
            matches!(
                refused(&format!("40 {code} 0001")),
                FormatError::Class { .. }
            ),
            "{code}"
        );
    }
    for behind in ["41 00 0001 aa", "40 00 0001 ff aa", "40 00 0001 ff"] {
        assert!(
            matches!(refused(behind), FormatError::Empty { .. }),
            "{behind}"
        );
    }
    assert_eq!(refused("40 01 0001 ff"), FormatError::Payload);
    assert_eq!(refused(r#"40 01 0001 b1 "a" ff"#), FormatError::Payload);
    for option in [
        "b1",              // no value
        "bd",              // no extended length
        "be 00",           // half of an extended length
        "d0",              // no extended delta
        "e0 00",           // half of an extended delta
        "f0",              // reserved delta that is no payload marker
        "bf",              // reserved length
        "e0 fef2 e0 0000", // number 65535 and then 269 more
    ] {
        assert!(
            matches!(
                refused(&format!("40 01 0001 {option}")),
                FormatError::Option { .. }
            ),
            "{option}"
        );
    }
}

#[test]
fn option_that_ends_like_a_payload_marker_is_none() {
    let message = octets::message("40 01 0001 b1 ff");
    assert_eq!(
        message.options.first(OptionNumber::URI_PATH),
        Some(&[0xff][..])
    );
    let message = octets::message("40 01 0001 ff ff");
    assert_eq!(message.payload, [0xff]);
}

#[test]
fn malformed_confirmable_message_is_reset_and_others_are_not() {
    let reset = rejection(&octets::of("40 e1 1234")).unwrap();
    assert_eq!(reset.write().unwrap(), octets::of("70 00 1234"));
    for text in [
        "50 e1 1234",
        "60 e1 1234",
        "70 00 1234 ff",
        "80 01 1234",
        "40 01",
    ] {
        assert_eq!(rejection(&octets::of(text)), None, "{text}");
    }
}

#[test]
fn empty_message_is_a_header() {
    let empty = Message::empty(MessageType::Acknowledgement, 0x1234);
    assert_eq!(empty.write().unwrap(), octets::of("60 00 1234"));
    let mut filled = empty;
    filled.payload.push(0);
    assert_eq!(filled.write(), Err(Unwritable::Empty));
}

#[test]
fn option_too_long_to_write_is_refused() {
    let mut message = Message::new(MessageType::Confirmable, Code::GET);
    message.options.add(OptionNumber::URI_PATH, vec![0; 65536]);
    assert_eq!(
        message.write(),
        Err(Unwritable::Option {
            number: OptionNumber::URI_PATH,
            got: 65536
        })
    );
}

#[test]
fn separate_response_is_of_the_type_of_its_request() {
    for kind in [MessageType::Confirmable, MessageType::NonConfirmable] {
        let mut request = Message::new(kind, Code::GET);
        request.token = Token::from([7; 8]);
        let response = Message::new(MessageType::Acknowledgement, Code::CONTENT);
        let separate = response.separate(&request, 9);
        assert_eq!((separate.kind, separate.message_id), (kind, 9));
        assert_eq!(separate.token, request.token);
    }
}
