//! Messages and records whose content is wrong.

use onem2m_association::messages::*;
use onem2m_association::{Session, State};

use crate::script::{Script, hello, key_exchange};
use crate::servers::{self, IDENTITY, KEY};

/// A client that has changed its cipher state, and its right Finished.
fn about_to_finish() -> (Script, Finished) {
    let mut script = Script::greeted(servers::psk());
    script.send_message(&key_exchange(IDENTITY));
    script.make_keys(KEY);
    script.change_cipher_spec();
    let finished = script.finished().read_as().unwrap();
    (script, finished)
}

#[test]
fn verify_data_with_one_bit_inverted_is_refused() {
    for place in [0, 11] {
        let (mut script, mut finished) = about_to_finish();
        finished.verify_data[place] ^= 1;
        script.send_message(&HandshakeMessage::of(&finished).unwrap());
        assert_eq!(script.refused(), AlertDescription::DECRYPT_ERROR);
    }
}

#[test]
fn verify_data_of_another_length_is_refused() {
    for length in [0, 11, 13, 36] {
        let (mut script, mut finished) = about_to_finish();
        finished.verify_data.resize(length, 0);
        script.send_message(&HandshakeMessage::of(&finished).unwrap());
        assert_eq!(script.refused(), AlertDescription::DECODE_ERROR);
    }
}

fn refused_hello(hello: &ClientHello) -> AlertDescription {
    let mut script = Script::new(servers::psk());
    script.send_message(&HandshakeMessage::of(hello).unwrap());
    script.refused()
}

#[test]
fn hello_without_the_null_compression_is_refused() {
    let mut hello = hello();
    hello.compression_methods = vec![CompressionMethod::DEFLATE];
    assert_eq!(refused_hello(&hello), AlertDescription::ILLEGAL_PARAMETER);
    hello.compression_methods = Vec::new();
    assert_eq!(refused_hello(&hello), AlertDescription::DECODE_ERROR);
}

#[test]
fn hello_of_a_version_before_tls_1_2_is_refused() {
    for version in [0x0002, 0x0300, 0x0301, 0x0302] {
        let mut hello = hello();
        hello.version = ProtocolVersion(version);
        assert_eq!(refused_hello(&hello), AlertDescription::PROTOCOL_VERSION);
    }
}

#[test]
fn hello_of_a_later_version_is_answered_with_tls_1_2() {
    for version in [0x0304, 0x03ff] {
        let mut hello = hello();
        hello.version = ProtocolVersion(version);
        let answer = Script::new(servers::psk()).greet(&hello);
        assert_eq!(answer.version, ProtocolVersion::TLS_1_2);
    }
}

#[test]
fn hello_with_an_extension_twice_is_refused() {
    let mut hello = hello();
    let extension = Extension::empty(ExtensionType(0x1a1a));
    hello.extensions = Some(Extensions(vec![extension.clone(), extension]));
    assert_eq!(refused_hello(&hello), AlertDescription::ILLEGAL_PARAMETER);
}

#[test]
fn unknown_suites_and_extensions_are_ignored() {
    let mut hello = hello();
    hello.cipher_suites.insert(0, CipherSuite(0x0a0a));
    hello.extensions = Some(Extensions(vec![Extension {
        extension_type: ExtensionType(0xeaea),
        data: vec![0],
    }]));
    let answer = Script::new(servers::psk()).greet(&hello);
    let suite = CipherSuite::TLS_PSK_WITH_AES_128_CBC_SHA256;
    assert_eq!(answer.cipher_suite, suite);
}

#[test]
fn two_host_names_are_refused() {
    let mut hello = hello();
    let mut names = ServerNames::host("a.example.com");
    names.0.extend(ServerNames::host("b.example.com").0);
    hello.extensions = Some(Extensions(vec![Extension::of(&names).unwrap()]));
    assert_eq!(refused_hello(&hello), AlertDescription::ILLEGAL_PARAMETER);
}

#[test]
fn renegotiation_info_of_a_first_hello_is_empty() {
    let mut hello = hello();
    let answer = Script::new(servers::psk())
        .greet(&hello)
        .extensions
        .unwrap();
    let empty = RenegotiationInfo::default();
    assert_eq!(answer.read(), Ok(Some(empty)));
    let info = RenegotiationInfo {
        renegotiated_connection: vec![0; 12],
    };
    hello.extensions = Some(Extensions(vec![Extension::of(&info).unwrap()]));
    assert_eq!(refused_hello(&hello), AlertDescription::HANDSHAKE_FAILURE);
}

#[test]
fn answer_holds_no_extension_that_was_not_asked_for() {
    let mut hello = hello();
    hello.cipher_suites.pop();
    let answer = Script::new(servers::psk()).greet(&hello);
    assert_eq!(answer.extensions, None);
}

#[test]
fn identity_whose_length_does_not_fit_is_refused() {
    for (length, octets) in [(24_u16, IDENTITY), (22, IDENTITY), (0xffff, b"ae1@")] {
        let mut script = Script::greeted(servers::psk());
        script.send_message(&HandshakeMessage {
            message_type: HandshakeType::CLIENT_KEY_EXCHANGE,
            body: [&length.to_be_bytes(), octets].concat(),
        });
        assert_eq!(script.refused(), AlertDescription::DECODE_ERROR);
    }
}

#[test]
fn identity_of_any_octets_and_length_is_looked_up() {
    for identity in [b"".as_slice(), &[0xff; 300], &[b'a'; 65533]] {
        let mut script = Script::greeted(servers::psk());
        let message = key_exchange(identity).encode().unwrap();
        for part in message.chunks(1 << 14) {
            script.send(ContentType::HANDSHAKE, part);
        }
        let unknown = AlertDescription::UNKNOWN_PSK_IDENTITY;
        assert_eq!(script.refused(), unknown);
    }
}

#[test]
fn message_beyond_the_limit_is_refused_by_its_header() {
    let mut script = Script::greeted(servers::psk());
    script.send(ContentType::HANDSHAKE, &[16, 0xff, 0xff, 0xff]);
    assert_eq!(script.refused(), AlertDescription::ILLEGAL_PARAMETER);
}

#[test]
fn empty_handshake_record_is_refused() {
    let mut script = Script::new(servers::psk());
    script.send(ContentType::HANDSHAKE, &[]);
    assert_eq!(script.refused(), AlertDescription::DECODE_ERROR);
}

#[test]
fn empty_application_records_are_ignored() {
    let mut script = Script::established(servers::psk());
    for _ in 0..1000 {
        script.send(ContentType::APPLICATION_DATA, &[]);
    }
    assert_eq!(script.session.state(), State::Established);
    script.send(ContentType::APPLICATION_DATA, b"data");
    let data: Vec<_> = std::iter::from_fn(|| script.session.read()).collect();
    assert_eq!(data, [b"data"]);
}

#[test]
fn record_beyond_the_limits_is_refused() {
    let mut script = Script::established(servers::psk());
    script.session.receive(&[23, 3, 3, 0x48, 0x01]);
    assert_eq!(script.refused(), AlertDescription::RECORD_OVERFLOW);
    let mut script = Script::established(servers::psk());
    script.send(ContentType::APPLICATION_DATA, &[0; (1 << 14) + 1]);
    assert_eq!(script.refused(), AlertDescription::RECORD_OVERFLOW);
}

#[test]
fn heartbeat_and_unknown_records_are_refused() {
    for content_type in [ContentType::HEARTBEAT, ContentType(0x63)] {
        let mut script = Script::established(servers::psk());
        script.send(content_type, &[1, 0x40, 0, 1, 2, 3]);
        assert_eq!(script.refused(), AlertDescription::UNEXPECTED_MESSAGE);
    }
}

#[test]
fn record_of_another_version_is_refused_once_one_is_agreed() {
    let mut script = Script::greeted(servers::psk());
    script.session.receive(&[22, 3, 1, 0, 1]);
    assert_eq!(script.refused(), AlertDescription::PROTOCOL_VERSION);
}

#[test]
fn change_cipher_spec_with_another_octet_is_refused() {
    let mut script = Script::greeted(servers::psk());
    script.send_message(&key_exchange(IDENTITY));
    script.send(ContentType::CHANGE_CIPHER_SPEC, &[2]);
    assert_eq!(script.refused(), AlertDescription::DECODE_ERROR);
}

#[test]
fn server_random_and_session_differ_each_time() {
    let first = Script::new(servers::psk()).greet(&hello());
    let second = Script::new(servers::psk()).greet(&hello());
    assert_ne!(first.random, second.random);
    assert_ne!(first.session_id, second.session_id);
    assert_eq!(first.session_id.len(), 32);
}
