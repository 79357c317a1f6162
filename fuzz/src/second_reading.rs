//! What holds for every structure of TLS that was read.

use std::fmt::Debug;

use onem2m_association::messages::datagram::{DatagramClientHello, HelloVerifyRequest};
use onem2m_association::messages::{
    Certificate, CertificateRequest, CertificateStatus, CertificateVerify, ClientCertificateTypes,
    ClientHello, Codec, DhePskClientKeyExchange, DhePskServerKeyExchange, EcPointFormats,
    EcdheClientKeyExchange, EcdheServerKeyExchange, ExtendedMasterSecret, Extensions, Finished,
    HandshakeMessage, HandshakeType, HelloRequest, NewSessionTicket, OfferedVersions,
    PskClientKeyExchange, PskServerKeyExchange, RawPublicKey, RenegotiationInfo,
    SelectedClientCertificateType, SelectedServerCertificateType, ServerCertificateTypes,
    ServerHello, ServerHelloDone, ServerNames, SessionTicket, SignatureAlgorithms, StatusRequest,
    SupportedGroups,
};

/// The structure that is exactly `octets`, if they are one: it is written as the same octets, and they are read as the
/// same structure. What is refused says why.
pub fn read<T: Codec + Debug + PartialEq>(octets: &[u8]) -> Option<T> {
    match T::decode(octets) {
        Ok(value) => {
            let written = value.encode();
            assert_eq!(written.as_deref(), Ok(octets), "{value:?}");
            assert_eq!(T::decode(octets).as_ref(), Ok(&value));
            Some(value)
        }
        Err(error) => {
            assert!(!error.to_string().is_empty());
            None
        }
    }
}

/// The body of a message, as every structure that messages of its type can have.
pub fn read_body(message: &HandshakeMessage) {
    let body = message.body.as_slice();
    match message.message_type {
        HandshakeType::HELLO_REQUEST => drop(read::<HelloRequest>(body)),
        HandshakeType::CLIENT_HELLO => {
            if let Some(hello) = read::<ClientHello>(body) {
                read_extensions(hello.extensions.as_ref());
            }
            if let Some(hello) = read::<DatagramClientHello>(body) {
                read_extensions(hello.hello.extensions.as_ref());
            }
        }
        HandshakeType::HELLO_VERIFY_REQUEST => drop(read::<HelloVerifyRequest>(body)),
        HandshakeType::SERVER_HELLO => {
            if let Some(hello) = read::<ServerHello>(body) {
                read_extensions(hello.extensions.as_ref());
            }
        }
        HandshakeType::NEW_SESSION_TICKET => drop(read::<NewSessionTicket>(body)),
        HandshakeType::CERTIFICATE => {
            read::<Certificate>(body);
            read::<RawPublicKey>(body);
        }
        HandshakeType::CERTIFICATE_STATUS => drop(read::<CertificateStatus>(body)),
        HandshakeType::SERVER_KEY_EXCHANGE => {
            read::<EcdheServerKeyExchange>(body);
            read::<PskServerKeyExchange>(body);
            read::<DhePskServerKeyExchange>(body);
        }
        HandshakeType::CERTIFICATE_REQUEST => drop(read::<CertificateRequest>(body)),
        HandshakeType::SERVER_HELLO_DONE => drop(read::<ServerHelloDone>(body)),
        HandshakeType::CERTIFICATE_VERIFY => drop(read::<CertificateVerify>(body)),
        HandshakeType::CLIENT_KEY_EXCHANGE => {
            read::<EcdheClientKeyExchange>(body);
            read::<PskClientKeyExchange>(body);
            read::<DhePskClientKeyExchange>(body);
        }
        HandshakeType::FINISHED => drop(read::<Finished>(body)),
        _ => {}
    }
}

fn read_extensions(extensions: Option<&Extensions>) {
    let Some(extensions) = extensions else {
        return;
    };
    if let Some(duplicate) = extensions.duplicate() {
        let count = extensions
            .0
            .iter()
            .filter(|each| each.extension_type == duplicate)
            .count();
        assert!(count > 1, "{duplicate} stands there {count} times");
    }
    for extension in &extensions.0 {
        let data = extension.data.as_slice();
        read::<ServerNames>(data);
        read::<SupportedGroups>(data);
        read::<EcPointFormats>(data);
        read::<SignatureAlgorithms>(data);
        read::<ExtendedMasterSecret>(data);
        read::<RenegotiationInfo>(data);
        read::<SessionTicket>(data);
        read::<OfferedVersions>(data);
        read::<ClientCertificateTypes>(data);
        read::<ServerCertificateTypes>(data);
        read::<SelectedClientCertificateType>(data);
        read::<SelectedServerCertificateType>(data);
        read::<StatusRequest>(data);
    }
}
