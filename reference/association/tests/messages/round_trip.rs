//! What is written is read as the same value.

use std::fmt::Debug;
use std::num::NonZeroUsize;

use onem2m_association::messages::*;
use proptest::collection::vec;
use proptest::prelude::*;

use crate::values::*;

fn check<T: Codec + Debug + PartialEq>(value: &T) {
    let octets = value.encode().unwrap();
    assert_eq!(T::decode(&octets).as_ref(), Ok(value));
}

proptest! {
    #[test]
    fn record_is_read_as_written(value in record()) {
        check(&value);
    }

    #[test]
    fn datagram_record_is_read_as_written(value in datagram_record()) {
        check(&value);
    }

    #[test]
    fn handshake_message_is_read_as_written(value in handshake_message()) {
        check(&value);
    }

    #[test]
    fn fragment_is_read_as_written(value in fragment()) {
        check(&value);
    }

    #[test]
    fn alert_is_read_as_written(level: u8, description: u8) {
        check(&Alert { level: AlertLevel(level), description: AlertDescription(description) });
    }

    #[test]
    fn client_hello_is_read_as_written(value in client_hello()) {
        check(&value);
    }

    #[test]
    fn client_hello_with_cookie_is_read_as_written(value in datagram_client_hello()) {
        check(&value);
    }

    #[test]
    fn hello_verify_request_is_read_as_written(value in hello_verify_request()) {
        check(&value);
    }

    #[test]
    fn server_hello_is_read_as_written(value in server_hello()) {
        check(&value);
    }

    #[test]
    fn certificate_is_read_as_written(value in certificate()) {
        check(&value);
    }

    #[test]
    fn raw_public_key_is_read_as_written(subject_public_key_info in octets(1..=100)) {
        check(&RawPublicKey { subject_public_key_info });
    }

    #[test]
    fn certificate_status_is_read_as_written(status_type: u8, response in octets(1..=100)) {
        check(&CertificateStatus { status_type: StatusType(status_type), response });
    }

    #[test]
    fn certificate_request_is_read_as_written(value in certificate_request()) {
        check(&value);
    }

    #[test]
    fn certificate_verify_is_read_as_written(value in digitally_signed()) {
        check(&CertificateVerify(value));
    }

    #[test]
    fn server_key_exchange_is_read_as_written(
        ecdhe in ecdhe_server_key_exchange(),
        dhe in dhe_psk_server_key_exchange(),
        psk_identity_hint in octets(0..=300),
    ) {
        check(&ecdhe);
        check(&dhe);
        check(&PskServerKeyExchange { psk_identity_hint });
    }

    #[test]
    fn client_key_exchange_is_read_as_written(
        psk_identity in octets(0..=300),
        point in octets(1..=255),
    ) {
        check(&EcdheClientKeyExchange { point: point.clone() });
        check(&DhePskClientKeyExchange { psk_identity: psk_identity.clone(), public: point });
        check(&PskClientKeyExchange { psk_identity });
    }

    #[test]
    fn finished_is_read_as_written(verify_data in octets(0..=40)) {
        check(&Finished { verify_data });
    }

    #[test]
    fn new_session_ticket_is_read_as_written(lifetime_hint: u32, ticket in octets(0..=300)) {
        check(&NewSessionTicket { lifetime_hint, ticket });
    }

    #[test]
    fn extensions_are_read_as_written(
        names in server_names(),
        status in status_request(),
        short in vec(any::<u16>(), 1..20),
        bytes in octets(1..=30),
    ) {
        check(&names);
        check(&status);
        check(&SupportedGroups(short.iter().copied().map(NamedGroup).collect()));
        check(&SignatureAlgorithms(short.iter().copied().map(SignatureScheme).collect()));
        check(&OfferedVersions(short.iter().copied().map(ProtocolVersion).collect()));
        check(&EcPointFormats(bytes.iter().copied().map(PointFormat).collect()));
        check(&ClientCertificateTypes(bytes.iter().copied().map(CertificateType).collect()));
        check(&ServerCertificateTypes(bytes.iter().copied().map(CertificateType).collect()));
        check(&RenegotiationInfo { renegotiated_connection: bytes.clone() });
        check(&SessionTicket(bytes));
    }

    #[test]
    fn records_are_read_from_any_chunks(records in vec(record(), 0..6), sizes in vec(1_usize..9, 1..9)) {
        let stream: Vec<u8> = records.iter().flat_map(|each| each.encode().unwrap()).collect();
        let mut reader = RecordReader::default();
        let mut read = Vec::new();
        let mut rest = stream.as_slice();
        for size in sizes.iter().cycle() {
            let (chunk, left) = rest.split_at((*size).min(rest.len()));
            reader.push(chunk);
            while let Some(record) = reader.read().unwrap() {
                read.push(record);
            }
            rest = left;
            if rest.is_empty() {
                break;
            }
        }
        prop_assert_eq!(read, records);
        prop_assert!(reader.is_empty());
    }

    #[test]
    fn messages_are_joined_from_records_of_any_size(
        messages in vec(handshake_message(), 0..5),
        size in 1_usize..400,
    ) {
        let flight: Vec<u8> = messages.iter().flat_map(|each| each.encode().unwrap()).collect();
        let size = NonZeroUsize::new(size).unwrap();
        let mut reader = HandshakeReader::new(300);
        let mut read = Vec::new();
        for record in Record::split(ContentType::HANDSHAKE, ProtocolVersion::TLS_1_2, &flight, size) {
            reader.push(&record.fragment);
            while let Some(message) = reader.read().unwrap() {
                read.push(message);
            }
        }
        prop_assert_eq!(read, messages);
        prop_assert!(reader.is_empty());
    }
}

#[test]
fn messages_without_content_are_read_as_written() {
    check(&HelloRequest);
    check(&ServerHelloDone);
    check(&ChangeCipherSpec);
    check(&ExtendedMasterSecret);
    check(&SelectedClientCertificateType(
        CertificateType::RAW_PUBLIC_KEY,
    ));
    check(&SelectedServerCertificateType(CertificateType::X509));
}
