//! Any octets are read or refused, and what was read is written as the same octets.

use onem2m_association::messages::datagram::*;
use onem2m_association::messages::*;
use proptest::collection::vec;
use proptest::prelude::*;

use crate::values::{client_hello, handshake_message};

fn check<T: Codec>(octets: &[u8]) {
    if let Ok(value) = T::decode(octets) {
        assert_eq!(value.encode().as_deref(), Ok(octets));
    }
}

fn check_all(octets: &[u8]) {
    check::<Record>(octets);
    check::<RecordHeader>(octets);
    check::<DatagramRecord>(octets);
    check::<HandshakeMessage>(octets);
    check::<Fragment>(octets);
    check::<Alert>(octets);
    check::<ChangeCipherSpec>(octets);
    check::<ClientHello>(octets);
    check::<DatagramClientHello>(octets);
    check::<HelloVerifyRequest>(octets);
    check::<ServerHello>(octets);
    check::<Certificate>(octets);
    check::<RawPublicKey>(octets);
    check::<CertificateStatus>(octets);
    check::<CertificateRequest>(octets);
    check::<CertificateVerify>(octets);
    check::<EcdheServerKeyExchange>(octets);
    check::<PskServerKeyExchange>(octets);
    check::<DhePskServerKeyExchange>(octets);
    check::<EcdheClientKeyExchange>(octets);
    check::<PskClientKeyExchange>(octets);
    check::<DhePskClientKeyExchange>(octets);
    check::<NewSessionTicket>(octets);
    check::<Finished>(octets);
    check::<ServerNames>(octets);
    check::<SupportedGroups>(octets);
    check::<EcPointFormats>(octets);
    check::<SignatureAlgorithms>(octets);
    check::<OfferedVersions>(octets);
    check::<StatusRequest>(octets);
    check::<RenegotiationInfo>(octets);
    check::<ClientCertificateTypes>(octets);
    check::<SelectedClientCertificateType>(octets);
}

proptest! {
    #[test]
    fn any_octets_are_written_as_they_were_read(octets in vec(any::<u8>(), 0..200)) {
        check_all(&octets);
    }

    /// Small octets are plausible lengths, so that more of them are read.
    #[test]
    fn small_octets_are_written_as_they_were_read(octets in vec(0_u8..6, 0..80)) {
        check_all(&octets);
    }

    #[test]
    fn client_hello_that_ends_early_is_refused(hello in client_hello(), cut: prop::sample::Index) {
        let octets = hello.encode().unwrap();
        let length = cut.index(octets.len());
        // Without its extensions it is a whole message again.
        let whole = ClientHello { extensions: None, ..hello }.encode().unwrap().len();
        let read = ClientHello::decode(&octets[..length]);
        prop_assert_eq!(read.is_ok(), length == whole);
    }

    #[test]
    fn octet_behind_a_message_is_refused(message in handshake_message(), octet: u8) {
        let mut octets = message.encode().unwrap();
        octets.push(octet);
        let trailing = DecodeError::Trailing { field: "Handshake", got: 1 };
        prop_assert_eq!(HandshakeMessage::decode(&octets), Err(trailing));
    }
}
