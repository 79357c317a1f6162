//! A server that does one thing wrong, as far as a ClientKeyExchange.

use super::attempts::{Outcome, attempt, conducting, psk};
use super::peer::certificate;
use crate::tester::handshake::{Credential, Handshake};
use onem2m_association::messages::{
    Alert, AlertDescription, CertificateType, CipherSuite, ClientHello, Codec, CompressionMethod,
    ContentType, DigitallySigned, EcdheParameters, EcdheServerKeyExchange, Extension,
    ExtensionType, Extensions, HandshakeBody, HandshakeMessage, HandshakeReader, HandshakeType,
    NamedGroup, ProtocolVersion, PskServerKeyExchange, Random, RawPublicKey, Record, RecordReader,
    SelectedClientCertificateType, SelectedServerCertificateType, ServerHello, ServerHelloDone,
    SignatureScheme,
};
use p256::SecretKey;
use p256::ecdsa::SigningKey;
use p256::ecdsa::signature::Signer;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};

/// Answers a ClientHello, reads so many messages, and refuses. Gives what it read.
fn serve(
    answer: impl FnOnce(&ClientHello) -> Vec<HandshakeMessage> + Send + 'static,
    messages: usize,
) -> (SocketAddr, Receiver<Vec<HandshakeMessage>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let (report, read) = channel();
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut records = RecordReader::default();
        let mut reader = HandshakeReader::new(1 << 16);
        let mut next = |stream: &mut std::net::TcpStream| loop {
            if let Some(message) = reader.read().unwrap() {
                return Some(message);
            }
            if let Some(record) = records.read().unwrap() {
                reader.push(&record.fragment);
                continue;
            }
            let mut piece = [0; 4096];
            match stream.read(&mut piece) {
                Ok(length @ 1..) => records.push(&piece[..length]),
                _ => return None,
            }
        };
        let hello = next(&mut stream).unwrap().read_as().unwrap();
        for message in answer(&hello) {
            let record = record(ContentType::HANDSHAKE, message.encode().unwrap());
            // A client that saw enough is gone already.
            let _ = stream.write_all(&record);
        }
        let read: Vec<_> = (0..messages).map_while(|_| next(&mut stream)).collect();
        let alert = Alert::fatal(AlertDescription::ACCESS_DENIED);
        let alert = record(ContentType::ALERT, alert.encode().unwrap());
        let _ = stream.write_all(&alert);
        let _ = report.send(read);
    });
    (address, read)
}

fn record(content_type: ContentType, fragment: Vec<u8>) -> Vec<u8> {
    let version = ProtocolVersion::TLS_1_2;
    let record = Record {
        content_type,
        version,
        fragment,
    };
    record.encode().unwrap()
}

fn message(body: impl HandshakeBody) -> HandshakeMessage {
    HandshakeMessage::of(&body).unwrap()
}

fn hello(suite: u16, extensions: Vec<Extension>) -> ServerHello {
    ServerHello {
        version: ProtocolVersion::TLS_1_2,
        random: Random([7; 32]),
        session_id: Vec::new(),
        cipher_suite: CipherSuite(suite),
        compression_method: CompressionMethod::NULL,
        extensions: Some(Extensions(extensions)),
    }
}

/// What an attempt with a pre-shared key comes to at a server with this flight.
async fn end(flight: Vec<HandshakeMessage>) -> String {
    let (address, _) = serve(move |_| flight, 0);
    attempt(address, &psk()).await.end
}

#[tokio::test]
async fn choice_outside_the_offer_is_told() {
    let suite = message(hello(0xc0a8, Vec::new()));
    let told = "suite TLS_PSK_WITH_AES_128_CCM_8(49320) was selected, which was not offered";
    assert_eq!(end(vec![suite]).await, told);
    let version = message(ServerHello {
        version: ProtocolVersion::TLS_1_3,
        ..hello(0x00ae, Vec::new())
    });
    let told = "version TLS 1.3(772) was selected, which was not offered";
    assert_eq!(end(vec![version]).await, told);
    let extension = Extension::empty(ExtensionType::HEARTBEAT);
    let extension = message(hello(0x00ae, vec![extension]));
    let told = "ServerHello has extension heartbeat(15), which was not offered";
    assert_eq!(end(vec![extension]).await, told);
    let compression = message(ServerHello {
        compression_method: CompressionMethod::DEFLATE,
        ..hello(0x00ae, Vec::new())
    });
    let told = "compression method DEFLATE(1) was selected";
    assert_eq!(end(vec![compression]).await, told);
}

#[tokio::test]
async fn flight_out_of_order_is_told() {
    let hello = || message(hello(0x00ae, Vec::new()));
    let hint = message(PskServerKeyExchange {
        psk_identity_hint: b"hint".to_vec(),
    });
    assert_eq!(
        end(vec![hello(), hello()]).await,
        "server_hello(2) behind server_hello(2)"
    );
    assert_eq!(
        end(vec![hello(), hint.clone(), hint]).await,
        "server_key_exchange(12) behind server_key_exchange(12)"
    );
    assert_eq!(
        end(vec![message(ServerHelloDone)]).await,
        "expected ServerHello, got server_hello_done(14)"
    );
}

#[tokio::test]
async fn version_that_the_tester_only_offers_is_told() {
    let versions = Extension {
        extension_type: ExtensionType::SUPPORTED_VERSIONS,
        data: vec![3, 4],
    };
    let (address, _) = serve(move |_| vec![message(hello(0x1301, vec![versions]))], 0);
    let conduct = "hello = { supported-versions = [0x0304], suites = [0x1301] }";
    let outcome = attempt(address, &conducting(psk(), conduct)).await;
    let told = "version 0304 and suite TLS_AES_128_GCM_SHA256(4865) selected";
    assert_eq!(outcome.end, told);
}

#[tokio::test]
async fn answer_that_is_no_tls_is_told() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n");
        let _ = stream.read(&mut [0; 1000]);
    });
    let end = attempt(address, &psk()).await.end;
    assert!(
        end.starts_with("expected a record of TLS, got type 72"),
        "{end}"
    );
}

/// A client with a raw public key.
fn raw() -> (Handshake, Vec<u8>) {
    let (certificate, _, scalar) = certificate(8);
    let information = certificate
        .public_key()
        .unwrap()
        .public_key_to_der()
        .unwrap();
    let mut handshake = psk();
    handshake.credential = Credential::RawPublicKey {
        subject_public_key_info: information.clone(),
        key: Arc::new(SigningKey::from_slice(&scalar).unwrap()),
    };
    (handshake, information)
}

/// The flight of a server with a raw public key, whose key exchange is signed by a key.
fn raw_flight(client: &ClientHello, signer: u8) -> Vec<HandshakeMessage> {
    let (certificate, _, _) = certificate(7);
    let server = hello(
        0xc023,
        vec![
            Extension::of(&SelectedClientCertificateType(
                CertificateType::RAW_PUBLIC_KEY,
            ))
            .unwrap(),
            Extension::of(&SelectedServerCertificateType(
                CertificateType::RAW_PUBLIC_KEY,
            ))
            .unwrap(),
        ],
    );
    let parameters = EcdheParameters {
        group: NamedGroup::SECP256R1,
        point: SecretKey::from_slice(&[3; 32])
            .unwrap()
            .public_key()
            .to_sec1_bytes()
            .to_vec(),
    };
    let signed = [
        client.random.0.as_slice(),
        &server.random.0,
        &parameters.encode().unwrap(),
    ]
    .concat();
    let key = SigningKey::from_slice(&[signer; 32]).unwrap();
    let signature: p256::ecdsa::Signature = key.sign(&signed);
    vec![
        message(server),
        message(RawPublicKey {
            subject_public_key_info: certificate
                .public_key()
                .unwrap()
                .public_key_to_der()
                .unwrap(),
        }),
        message(EcdheServerKeyExchange {
            parameters,
            signature: DigitallySigned {
                algorithm: SignatureScheme::ECDSA_SECP256R1_SHA256,
                signature: signature.to_der().as_bytes().to_vec(),
            },
        }),
        // Any signature, of anybody.
        HandshakeMessage {
            message_type: HandshakeType::CERTIFICATE_REQUEST,
            body: vec![1, 64, 0, 2, 4, 3, 0, 0],
        },
        message(ServerHelloDone),
    ]
}

async fn raw_attempt(signer: u8) -> (Outcome, Vec<HandshakeMessage>, Vec<u8>) {
    let (handshake, information) = raw();
    let (address, read) = serve(move |client| raw_flight(client, signer), 3);
    let outcome = attempt(address, &handshake).await;
    (outcome, read.recv().unwrap(), information)
}

#[tokio::test]
async fn raw_public_keys_go_both_ways() {
    let (outcome, read, information) = raw_attempt(7).await;
    assert_eq!(outcome.end, "fatal alert access_denied(49)");
    assert!(outcome.seen.raw_public_key.is_some());
    let types: Vec<_> = read.iter().map(|each| each.message_type).collect();
    let expected = [
        HandshakeType::CERTIFICATE,
        HandshakeType::CLIENT_KEY_EXCHANGE,
        HandshakeType::CERTIFICATE_VERIFY,
    ];
    assert_eq!(types, expected);
    let shown: RawPublicKey = read[0].read_as().unwrap();
    assert_eq!(shown.subject_public_key_info, information);
}

#[tokio::test]
async fn key_exchange_that_another_key_signs_is_told() {
    let (outcome, _, _) = raw_attempt(9).await;
    let told = "signature of the ServerKeyExchange is wrong";
    assert_eq!(outcome.end, told);
}
