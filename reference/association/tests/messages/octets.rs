//! Messages against octets that were written by hand from the RFCs.

use onem2m_association::messages::datagram::{DatagramClientHello, HelloVerifyRequest};
use onem2m_association::messages::*;

/// The octets of hexadecimal digits; white space is left out.
pub fn hex(text: &str) -> Vec<u8> {
    let digits: Vec<u8> = text
        .chars()
        .filter(|each| !each.is_whitespace())
        .map(|each| u8::try_from(each.to_digit(16).unwrap()).unwrap())
        .collect();
    digits
        .chunks(2)
        .map(|pair| pair[0] << 4 | pair[1])
        .collect()
}

const RANDOM: &str = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

fn random() -> Random {
    Random(hex(RANDOM).try_into().unwrap())
}

fn client_hello() -> ClientHello {
    ClientHello {
        version: ProtocolVersion::TLS_1_2,
        random: random(),
        session_id: vec![0xaa, 0xbb],
        cipher_suites: vec![
            CipherSuite::TLS_PSK_WITH_AES_128_CBC_SHA256,
            CipherSuite::TLS_EMPTY_RENEGOTIATION_INFO_SCSV,
        ],
        compression_methods: vec![CompressionMethod::NULL],
        extensions: Some(Extensions(vec![
            Extension::of(&ServerNames::host("in.m2m")).unwrap(),
            Extension::of(&ExtendedMasterSecret).unwrap(),
        ])),
    }
}

/// RFC 5246, 7.4.1.2; RFC 6066, 3; RFC 7627, 5.1.
#[test]
fn client_hello_has_its_octets() {
    let octets = hex(&format!(
        "01 000042
         0303 {RANDOM}
         02 aabb
         0004 00ae 00ff
         01 00
         0013
           0000 000b 0009 00 0006 696e2e6d326d
           0017 0000"
    ));
    let message = HandshakeMessage::of(&client_hello()).unwrap();
    assert_eq!(message.encode(), Ok(octets.clone()));
    let read: ClientHello = HandshakeMessage::decode(&octets)
        .unwrap()
        .read_as()
        .unwrap();
    assert_eq!(read, client_hello());
}

/// RFC 6347, 4.2.1: the cookie stands behind the session.
#[test]
fn client_hello_of_dtls_has_its_octets() {
    let mut hello = client_hello();
    hello.version = ProtocolVersion::DTLS_1_2;
    hello.extensions = None;
    let octets = hex(&format!(
        "fefd {RANDOM} 02 aabb 03 c00c1e 0004 00ae 00ff 01 00"
    ));
    let hello = DatagramClientHello {
        hello,
        cookie: vec![0xc0, 0x0c, 0x1e],
    };
    assert_eq!(hello.encode(), Ok(octets.clone()));
    assert_eq!(DatagramClientHello::decode(&octets), Ok(hello));
}

/// RFC 6347, 4.2.1.
#[test]
fn hello_verify_request_has_its_octets() {
    let request = HelloVerifyRequest {
        version: ProtocolVersion::DTLS_1_0,
        cookie: vec![1, 2, 3, 4],
    };
    assert_eq!(request.encode(), Ok(hex("feff 04 01020304")));
}

/// RFC 5246, 7.4.1.3; RFC 5746, 3.6.
#[test]
fn server_hello_has_its_octets() {
    let hello = ServerHello {
        version: ProtocolVersion::TLS_1_2,
        random: random(),
        session_id: Vec::new(),
        cipher_suite: CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8,
        compression_method: CompressionMethod::NULL,
        extensions: Some(Extensions(vec![
            Extension::of(&RenegotiationInfo::default()).unwrap(),
        ])),
    };
    let octets = hex(&format!("0303 {RANDOM} 00 c0ae 00 0005 ff01 0001 00"));
    assert_eq!(hello.encode(), Ok(octets.clone()));
    assert_eq!(ServerHello::decode(&octets), Ok(hello));
}

/// RFC 4279, 2; the octets of a handshake that was observed on the wire.
#[test]
fn client_key_exchange_of_psk_has_its_octets() {
    let exchange = PskClientKeyExchange {
        psk_identity: b"AE123456789012-Lock@in.provider.com".to_vec(),
    };
    let octets = hex("10 000025 0023
         4145313233343536373839303132 2d 4c6f636b 40 696e2e70726f76696465722e636f6d");
    let message = HandshakeMessage::of(&exchange).unwrap();
    assert_eq!(message.encode(), Ok(octets.clone()));
    let read = HandshakeMessage::decode(&octets).unwrap();
    assert_eq!(read.message_type, HandshakeType::CLIENT_KEY_EXCHANGE);
    assert_eq!(read.read_as(), Ok(exchange));
}

/// RFC 4279, 2: the length of the identity and that of the message have to agree.
#[test]
fn identity_whose_length_does_not_fit_is_refused() {
    let short = PskClientKeyExchange::decode(&hex("0005 61623132")).unwrap_err();
    assert_eq!(
        short.to_string(),
        "psk_identity ends early: expected 5 octets, got 4"
    );
    let trailing = PskClientKeyExchange::decode(&hex("0003 61623132")).unwrap_err();
    assert_eq!(
        trailing.to_string(),
        "expected the end of ClientKeyExchange, got 1 more octets"
    );
}

/// RFC 8422, 5.4 and 5.7.
#[test]
fn key_exchange_of_ecdhe_has_its_octets() {
    let server = EcdheServerKeyExchange {
        parameters: EcdheParameters {
            group: NamedGroup::SECP256R1,
            point: vec![4, 1, 2],
        },
        signature: DigitallySigned {
            algorithm: SignatureScheme::ECDSA_SECP256R1_SHA256,
            signature: vec![0x30, 0],
        },
    };
    let octets = hex("03 0017 03 040102  0403 0002 3000");
    assert_eq!(server.encode(), Ok(octets.clone()));
    assert_eq!(EcdheServerKeyExchange::decode(&octets), Ok(server));
    let client = EcdheClientKeyExchange {
        point: vec![4, 1, 2],
    };
    assert_eq!(client.encode(), Ok(hex("03 040102")));
}

/// RFC 8422, 5.4: explicit curves (1 and 2) are not for use.
#[test]
fn explicit_curve_is_refused() {
    let error = EcdheParameters::decode(&hex("01 0017 03 040102")).unwrap_err();
    assert_eq!(error.to_string(), "curve_type: expected 3, got 1");
}

/// RFC 4279, 2 and 3.
#[test]
fn server_key_exchange_of_psk_has_its_octets() {
    let hint = PskServerKeyExchange {
        psk_identity_hint: b"hint".to_vec(),
    };
    assert_eq!(hint.encode(), Ok(hex("0004 68696e74")));
    let diffie_hellman = DhePskServerKeyExchange {
        psk_identity_hint: Vec::new(),
        prime: vec![23],
        generator: vec![5],
        public: vec![8],
    };
    assert_eq!(
        diffie_hellman.encode(),
        Ok(hex("0000 0001 17 0001 05 0001 08"))
    );
}

/// RFC 5246, 7.4.2.
#[test]
fn certificate_has_its_octets() {
    let chain = Certificate {
        certificate_list: vec![vec![0x30, 1], vec![0x30]],
    };
    assert_eq!(chain.encode(), Ok(hex("000009 000002 3001 000001 30")));
    let none = Certificate {
        certificate_list: Vec::new(),
    };
    assert_eq!(none.encode(), Ok(hex("000000")));
}

/// RFC 7250, 3: the key stands alone, without a list around it.
#[test]
fn raw_public_key_has_its_octets() {
    let key = RawPublicKey {
        subject_public_key_info: vec![0x30, 0x59],
    };
    assert_eq!(key.encode(), Ok(hex("000002 3059")));
}

/// RFC 5246, 7.4.4.
#[test]
fn certificate_request_has_its_octets() {
    let request = CertificateRequest {
        certificate_types: vec![ClientCertificateKind::ECDSA_SIGN],
        supported_signature_algorithms: vec![SignatureScheme::ECDSA_SECP256R1_SHA256],
        certificate_authorities: vec![vec![0x30, 0]],
    };
    let octets = hex("01 40 0002 0403 0004 0002 3000");
    assert_eq!(request.encode(), Ok(octets.clone()));
    assert_eq!(CertificateRequest::decode(&octets), Ok(request));
}

/// RFC 5077, 3.3.
#[test]
fn new_session_ticket_has_its_octets() {
    let ticket = NewSessionTicket {
        lifetime_hint: 7200,
        ticket: vec![1, 2],
    };
    assert_eq!(ticket.encode(), Ok(hex("00001c20 0002 0102")));
}

/// RFC 8422, 5.1; RFC 5246, 7.4.1.4.1; RFC 8446, 4.2.1; RFC 7250, 3; RFC 6066, 8; RFC 5746, 3.2.
#[test]
fn extensions_have_their_octets() {
    let extensions = [
        Extension::of(&SupportedGroups(vec![NamedGroup::SECP256R1])),
        Extension::of(&EcPointFormats(vec![PointFormat::UNCOMPRESSED])),
        Extension::of(&SignatureAlgorithms(vec![
            SignatureScheme::ECDSA_SECP256R1_SHA256,
        ])),
        Extension::of(&OfferedVersions(vec![
            ProtocolVersion::TLS_1_3,
            ProtocolVersion::TLS_1_2,
        ])),
        Extension::of(&ClientCertificateTypes(vec![
            CertificateType::RAW_PUBLIC_KEY,
        ])),
        Extension::of(&SelectedServerCertificateType(
            CertificateType::RAW_PUBLIC_KEY,
        )),
        Extension::of(&StatusRequest::default()),
        Extension::of(&RenegotiationInfo::default()),
        Extension::of(&SessionTicket(vec![7])),
    ];
    let octets = [
        "000a 0004 0002 0017",
        "000b 0002 01 00",
        "000d 0004 0002 0403",
        "002b 0005 04 0304 0303",
        "0013 0002 01 02",
        "0014 0001 02",
        "0005 0005 01 0000 0000",
        "ff01 0001 00",
        "0023 0001 07",
    ];
    for (extension, octets) in extensions.into_iter().zip(octets) {
        let octets = hex(octets);
        assert_eq!(extension.as_ref().unwrap().encode(), Ok(octets.clone()));
        assert_eq!(
            Extension::decode(&octets),
            extension.map_err(|_| unreachable!())
        );
    }
}

/// RFC 5246, 7.4.1.2: 32 octets are the longest session, suites are pairs of octets, and there is one at least.
#[test]
fn lengths_of_a_client_hello_that_are_out_of_range_are_refused() {
    let errors = [
        (
            format!("0303 {RANDOM} 21 {RANDOM} 00 0002 00ae 01 00"),
            "length of session_id: expected 0 to 32 octets, got 33",
        ),
        (
            format!("0303 {RANDOM} 00 0003 00ae 00 01 00"),
            "cipher_suite ends early: expected 2 octets, got 1",
        ),
        (
            format!("0303 {RANDOM} 00 0000 01 00"),
            "length of cipher_suites: expected 2 to 65534 octets, got 0",
        ),
        (
            format!("0303 {RANDOM} 00 0002 00ae 00"),
            "length of compression_methods: expected 1 to 255 octets, got 0",
        ),
        (
            format!("0303 {RANDOM} 00 0002 00ae 01 00 0005 0017 0000"),
            "extensions ends early: expected 5 octets, got 4",
        ),
        (
            format!("0303 {RANDOM} 00 0002 00ae 01 00 0004 0017 0000 00"),
            "expected the end of ClientHello, got 1 more octets",
        ),
        (
            "0303 0001".to_owned(),
            "random ends early: expected 32 octets, got 2",
        ),
    ];
    for (octets, text) in errors {
        let error = ClientHello::decode(&hex(&octets)).unwrap_err();
        assert_eq!(error.to_string(), text);
    }
}

/// A tester can write what a reader refuses, as far as the length fields can say it.
#[test]
fn session_of_33_octets_can_be_written() {
    let mut hello = client_hello();
    hello.session_id = vec![0; 33];
    let octets = hello.encode().unwrap();
    assert_eq!(octets[34], 33);
    assert!(ClientHello::decode(&octets).is_err());
    hello.session_id = vec![0; 256];
    assert_eq!(
        hello.encode().unwrap_err().to_string(),
        "session_id: expected at most 255, got 256"
    );
}
