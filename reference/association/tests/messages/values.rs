//! Any values that the readers can represent.

use onem2m_association::messages::datagram::{
    DatagramClientHello, DatagramRecord, Fragment, HelloVerifyRequest, SequenceNumber,
};
use onem2m_association::messages::*;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

pub fn octets(range: std::ops::RangeInclusive<usize>) -> impl Strategy<Value = Vec<u8>> {
    vec(any::<u8>(), range)
}

pub fn record() -> impl Strategy<Value = Record> {
    (any::<u8>(), any::<u16>(), octets(0..=40)).prop_map(|(content_type, version, fragment)| {
        Record {
            content_type: ContentType(content_type),
            version: ProtocolVersion(version),
            fragment,
        }
    })
}

pub fn datagram_record() -> impl Strategy<Value = DatagramRecord> {
    (record(), any::<u16>(), 0..1_u64 << 48).prop_map(|(record, epoch, number)| DatagramRecord {
        content_type: record.content_type,
        version: record.version,
        epoch,
        sequence_number: SequenceNumber::new(number).unwrap(),
        fragment: record.fragment,
    })
}

pub fn handshake_message() -> impl Strategy<Value = HandshakeMessage> {
    (any::<u8>(), octets(0..=300)).prop_map(|(message_type, body)| HandshakeMessage {
        message_type: HandshakeType(message_type),
        body,
    })
}

pub fn fragment() -> impl Strategy<Value = Fragment> {
    let number = 0..1_u32 << 24;
    (
        handshake_message(),
        number.clone(),
        any::<u16>(),
        number.clone(),
    )
        .prop_map(|(message, length, message_seq, fragment_offset)| Fragment {
            message_type: message.message_type,
            length,
            message_seq,
            fragment_offset,
            body: message.body,
        })
}

pub fn extensions() -> impl Strategy<Value = Option<Extensions>> {
    let extension = (any::<u16>(), octets(0..=20)).prop_map(|(extension_type, data)| Extension {
        extension_type: ExtensionType(extension_type),
        data,
    });
    option::of(vec(extension, 0..5).prop_map(Extensions))
}

pub fn client_hello() -> impl Strategy<Value = ClientHello> {
    (
        any::<u16>(),
        any::<[u8; 32]>(),
        octets(0..=32),
        vec(any::<u16>().prop_map(CipherSuite), 1..10),
        vec(any::<u8>().prop_map(CompressionMethod), 1..4),
        extensions(),
    )
        .prop_map(
            |(version, random, session_id, cipher_suites, compression_methods, extensions)| {
                ClientHello {
                    version: ProtocolVersion(version),
                    random: Random(random),
                    session_id,
                    cipher_suites,
                    compression_methods,
                    extensions,
                }
            },
        )
}

pub fn datagram_client_hello() -> impl Strategy<Value = DatagramClientHello> {
    (client_hello(), octets(0..=255))
        .prop_map(|(hello, cookie)| DatagramClientHello { hello, cookie })
}

pub fn hello_verify_request() -> impl Strategy<Value = HelloVerifyRequest> {
    (any::<u16>(), octets(0..=255)).prop_map(|(version, cookie)| HelloVerifyRequest {
        version: ProtocolVersion(version),
        cookie,
    })
}

pub fn server_hello() -> impl Strategy<Value = ServerHello> {
    (
        any::<u16>(),
        any::<[u8; 32]>(),
        octets(0..=32),
        any::<u16>(),
        any::<u8>(),
        extensions(),
    )
        .prop_map(
            |(version, random, session_id, cipher_suite, compression_method, extensions)| {
                ServerHello {
                    version: ProtocolVersion(version),
                    random: Random(random),
                    session_id,
                    cipher_suite: CipherSuite(cipher_suite),
                    compression_method: CompressionMethod(compression_method),
                    extensions,
                }
            },
        )
}

pub fn certificate() -> impl Strategy<Value = Certificate> {
    vec(octets(1..=30), 0..4).prop_map(|certificate_list| Certificate { certificate_list })
}

pub fn certificate_request() -> impl Strategy<Value = CertificateRequest> {
    (
        vec(any::<u8>().prop_map(ClientCertificateKind), 1..5),
        vec(any::<u16>().prop_map(SignatureScheme), 1..5),
        vec(octets(1..=30), 0..3),
    )
        .prop_map(
            |(certificate_types, supported_signature_algorithms, certificate_authorities)| {
                CertificateRequest {
                    certificate_types,
                    supported_signature_algorithms,
                    certificate_authorities,
                }
            },
        )
}

pub fn digitally_signed() -> impl Strategy<Value = DigitallySigned> {
    (any::<u16>(), octets(0..=80)).prop_map(|(algorithm, signature)| DigitallySigned {
        algorithm: SignatureScheme(algorithm),
        signature,
    })
}

pub fn ecdhe_server_key_exchange() -> impl Strategy<Value = EcdheServerKeyExchange> {
    (any::<u16>(), octets(1..=255), digitally_signed()).prop_map(|(group, point, signature)| {
        EcdheServerKeyExchange {
            parameters: EcdheParameters {
                group: NamedGroup(group),
                point,
            },
            signature,
        }
    })
}

pub fn dhe_psk_server_key_exchange() -> impl Strategy<Value = DhePskServerKeyExchange> {
    (
        octets(0..=20),
        octets(1..=40),
        octets(1..=4),
        octets(1..=40),
    )
        .prop_map(
            |(psk_identity_hint, prime, generator, public)| DhePskServerKeyExchange {
                psk_identity_hint,
                prime,
                generator,
                public,
            },
        )
}

pub fn server_names() -> impl Strategy<Value = ServerNames> {
    let name = (any::<u8>(), octets(1..=30)).prop_map(|(name_type, name)| ServerName {
        name_type: NameType(name_type),
        name,
    });
    vec(name, 1..4).prop_map(ServerNames)
}

pub fn status_request() -> impl Strategy<Value = StatusRequest> {
    (vec(octets(1..=20), 0..3), octets(0..=20)).prop_map(|(responder_ids, request_extensions)| {
        StatusRequest {
            responder_ids,
            request_extensions,
        }
    })
}
