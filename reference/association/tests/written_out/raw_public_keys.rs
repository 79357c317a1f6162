//! Raw public keys (RFC 7250), with the client of this crate, since the binding of OpenSSL does not know them.

use onem2m_association::messages::*;
use onem2m_association::written_out::{Clauses, Configuration, Server};
use onem2m_association::{
    Allowed, Client, ClientConfiguration, ClientCredential, ClientSession, Closure, Expected,
    OwnCertificate, PeerCredential, Session, State, Transport, Trust, TrustedPeer,
};
use onem2m_identity::{DigestAlgorithm, PublicKeyId};

use crate::certificates::Credential;
use crate::client::LABEL;
use crate::script::hello;
use crate::servers;

fn public_key(credential: &Credential) -> Vec<u8> {
    credential.key.public_key_to_der().unwrap()
}

/// Connects a client with a raw public key that expects that of the server.
fn connect(
    transport: Transport,
    own: &Credential,
    expected: &Credential,
    server: &mut dyn Session,
) -> ClientSession {
    let key = own.key.private_key_to_der().unwrap();
    let key = OwnCertificate::raw_public_key_from_der(&key).unwrap();
    let identifier = PublicKeyId::of(&public_key(expected), DigestAlgorithm::Sha256);
    let credential = ClientCredential::Certificate(key);
    let configuration = ClientConfiguration {
        trust: Trust {
            anchors: Vec::new(),
            peers: vec![TrustedPeer {
                expected: Expected::RawPublicKey(identifier),
                allowed: Allowed::Unstated,
            }],
        },
        ..ClientConfiguration::new(transport, credential)
    };
    let mut client = Client::new(configuration).unwrap().connect().unwrap();
    loop {
        let mut moved = false;
        while let Some(octets) = client.transmit() {
            server.receive(&octets);
            moved = true;
        }
        while let Some(octets) = server.transmit() {
            client.receive(&octets);
            moved = true;
        }
        if !moved {
            return client;
        }
    }
}

fn check(client: &dyn Session, server: &dyn Session, own: &Credential) {
    assert_eq!(client.state(), State::Established);
    assert_eq!(server.state(), State::Established);
    assert_eq!(client.export(LABEL, 48), server.export(LABEL, 48));
    let expected = PeerCredential::RawPublicKey(public_key(own));
    assert_eq!(server.peer(), Some(&expected));
}

#[test]
fn raw_public_keys_of_both_ends_succeed() {
    let (near, far) = (Credential::authority("near"), Credential::authority("far"));
    let server = Server::new(servers::raw_public_key(&far, public_key(&near)));
    let mut session = server.accept();
    let client = connect(Transport::Tls, &near, &far, &mut session);
    check(&client, &session, &near);
    let mut session = server.accept_datagrams(b"address");
    let client = connect(Transport::Dtls, &near, &far, &mut session);
    check(&client, &session, &near);
}

#[test]
fn another_raw_public_key_is_refused() {
    let (near, far) = (Credential::authority("near"), Credential::authority("far"));
    let configuration = servers::raw_public_key(&far, public_key(&far));
    let mut session = Server::new(configuration).accept();
    let client = connect(Transport::Tls, &near, &far, &mut session);
    let refused = Alert::fatal(AlertDescription::BAD_CERTIFICATE);
    assert_eq!(
        client.state(),
        State::Closed(Some(Closure::ByPeer(refused)))
    );
}

#[test]
fn raw_public_key_is_not_proved_where_the_clause_says_so() {
    let (near, far) = (Credential::authority("near"), Credential::authority("far"));
    let mut configuration = servers::raw_public_key(&far, public_key(&near));
    configuration.clauses.judge_raw_public_key = |_, _| Ok(());
    configuration.clauses.public_key = |_| {
        // Another key than that of the client.
        let another = Credential::authority("another");
        (Clauses::SPECIFICATION.public_key)(&public_key(&another))
    };
    for (is_verified, state) in [(true, None), (false, Some(State::Established))] {
        let mut configuration = configuration.clone();
        if !is_verified {
            configuration.clauses.certificate_verify = |_, _, _| Ok(());
        }
        let mut session = Server::new(configuration).accept();
        let client = connect(Transport::Tls, &near, &far, &mut session);
        let refused = Alert::fatal(AlertDescription::DECRYPT_ERROR);
        let refused = State::Closed(Some(Closure::ByPeer(refused)));
        assert_eq!(client.state(), state.unwrap_or(refused));
    }
}

/// Sends a hello with certificate types, and gives the answer or the alert.
fn negotiate(
    configuration: Configuration,
    types: Option<(&[u8], &[u8])>,
) -> Result<ServerHello, AlertDescription> {
    let mut hello = hello();
    hello.cipher_suites = vec![CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256];
    let signatures = SignatureAlgorithms(vec![SignatureScheme::ECDSA_SECP256R1_SHA256]);
    let mut extensions = vec![Extension::of(&signatures).unwrap()];
    if let Some((client, server)) = types {
        let types = |types: &[u8]| types.iter().copied().map(CertificateType).collect();
        extensions.push(Extension::of(&ClientCertificateTypes(types(client))).unwrap());
        extensions.push(Extension::of(&ServerCertificateTypes(types(server))).unwrap());
    }
    hello.extensions = Some(Extensions(extensions));
    let mut session = Server::new(configuration).accept();
    let message = HandshakeMessage::of(&hello).unwrap();
    let record = Record {
        content_type: ContentType::HANDSHAKE,
        version: ProtocolVersion::TLS_1_2,
        fragment: message.encode().unwrap(),
    };
    session.receive(&record.encode().unwrap());
    if let State::Closed(Some(Closure::ByUs { alert, .. })) = session.state() {
        return Err(alert.description);
    }
    let flight = Record::decode(&session.transmit().unwrap()).unwrap();
    let mut reader = HandshakeReader::new(1 << 16);
    reader.push(&flight.fragment);
    Ok(reader.read().unwrap().unwrap().read_as().unwrap())
}

#[test]
fn first_type_that_both_know_is_selected() {
    let configuration = servers::raw_public_key(&Credential::authority("server"), Vec::new());
    for client in [[2].as_slice(), &[1, 2], &[0, 2]] {
        let answer = negotiate(configuration.clone(), Some((client, &[2, 0]))).unwrap();
        let extensions = answer.extensions.unwrap();
        let raw = CertificateType::RAW_PUBLIC_KEY;
        let client = Ok(Some(SelectedClientCertificateType(raw)));
        assert_eq!(extensions.read(), client);
        let server = Ok(Some(SelectedServerCertificateType(raw)));
        assert_eq!(extensions.read(), server);
    }
}

#[test]
fn types_that_the_server_does_not_know_are_refused() {
    let raw = servers::raw_public_key(&Credential::authority("server"), Vec::new());
    let unsupported = AlertDescription::UNSUPPORTED_CERTIFICATE;
    let refused = |configuration, types| negotiate(configuration, types).unwrap_err();
    let openpgp: (&[u8], &[u8]) = (&[1], &[2]);
    assert_eq!(refused(raw.clone(), Some(openpgp)), unsupported);
    assert_eq!(refused(raw.clone(), None), unsupported);
    let none: (&[u8], &[u8]) = (&[], &[2]);
    let malformed = AlertDescription::DECODE_ERROR;
    assert_eq!(refused(raw, Some(none)), malformed);
    let certificates = servers::certificate(&Credential::authority("authority"));
    let raw: (&[u8], &[u8]) = (&[2], &[2]);
    assert_eq!(refused(certificates, Some(raw)), unsupported);
}

#[test]
fn first_type_of_the_client_is_echoed_where_the_clause_says_so() {
    let mut configuration = servers::raw_public_key(&Credential::authority("server"), Vec::new());
    configuration.clauses.certificate_type = |offered, known| {
        let first = offered.and_then(|offered| offered.first()).copied();
        first.map_or_else(
            || (Clauses::SPECIFICATION.certificate_type)(offered, known),
            Ok,
        )
    };
    let answer = negotiate(configuration, Some((&[1], &[2]))).unwrap();
    let extensions = answer.extensions.unwrap();
    let selected = SelectedClientCertificateType(CertificateType::OPENPGP);
    assert_eq!(extensions.read(), Ok(Some(selected)));
}

#[test]
fn no_type_is_answered_that_was_not_asked_for() {
    let configuration = servers::certificate(&Credential::authority("authority"));
    assert_eq!(negotiate(configuration, None).unwrap().extensions, None);
}
