use onem2m_association::{
    Allowed, ClientConfiguration, ClientCredential, Domain, Expected, Flavour, OwnCertificate,
    PeerCredential, ServerConfiguration, Session, Transport, Trust,
};
use onem2m_identity::{CredentialId, DigestAlgorithm, PublicKeyId};
use openssl::pkey::{PKey, Private};

use crate::support::authority::{self, Name, Order};
use crate::support::entities::{Authorities, CSE_NAME, clock, entity, expecting, known_cse};
use crate::support::pair::Pair;

fn identifier(key: &[u8]) -> PublicKeyId {
    PublicKeyId::of(key, DigestAlgorithm::Sha256Of120)
}

struct Raw {
    key: PKey<Private>,
}

impl Raw {
    fn new() -> Self {
        Self {
            key: authority::key(),
        }
    }

    fn own(&self) -> OwnCertificate {
        OwnCertificate::raw_public_key_from_der(&self.key.private_key_to_der().unwrap()).unwrap()
    }

    fn spki(&self) -> Vec<u8> {
        self.key.public_key_to_der().unwrap()
    }

    fn trusted(&self, allowed: Allowed) -> Trust {
        let identifier = identifier(&self.spki());
        Trust {
            anchors: Vec::new(),
            peers: vec![expecting(Expected::RawPublicKey(identifier), allowed)],
        }
    }
}

fn server(transport: Transport, own: &Raw, trust: Trust) -> ServerConfiguration {
    ServerConfiguration {
        certificate: Some(own.own()),
        trust,
        clock: clock(),
        ..ServerConfiguration::new(transport, Domain::Infrastructure)
    }
}

fn client(transport: Transport, own: &Raw, trust: Trust) -> ClientConfiguration {
    ClientConfiguration {
        trust,
        clock: clock(),
        ..ClientConfiguration::new(transport, ClientCredential::Certificate(own.own()))
    }
}

#[test]
fn raw_public_keys_of_both_ends_are_taken_and_bound() {
    for transport in [Transport::Tls, Transport::Dtls] {
        let (near, far) = (Raw::new(), Raw::new());
        let mut pair = Pair::of(
            client(transport, &near, far.trusted(Allowed::Unstated)),
            server(
                transport,
                &far,
                near.trusted(Allowed::Entity(entity("SAE1"))),
            ),
        );
        pair.assert_established();
        let binding = pair.server.binding().unwrap();
        let identifier = identifier(&near.spki());
        assert_eq!(binding.allowed, Allowed::Entity(entity("SAE1")));
        assert_eq!(
            binding.credential_id,
            Some(CredentialId::of_public_key(&identifier))
        );
        assert_eq!(binding.flavour, Some(Flavour::RawPublicKey(identifier)));
        assert_eq!(
            pair.client.peer(),
            Some(&PeerCredential::RawPublicKey(far.spki()))
        );
        pair.assert_carries_data();
    }
}

#[test]
fn raw_public_key_that_is_not_expected_is_refused_by_either_end() {
    let (near, far, other) = (Raw::new(), Raw::new(), Raw::new());
    let by_server = Pair::of(
        client(Transport::Tls, &other, far.trusted(Allowed::Unstated)),
        server(Transport::Tls, &far, near.trusted(Allowed::Unstated)),
    );
    assert_eq!(by_server.refused_by_server().description.0, 42);
    let by_client = Pair::of(
        client(Transport::Tls, &near, other.trusted(Allowed::Unstated)),
        server(Transport::Tls, &far, near.trusted(Allowed::Unstated)),
    );
    assert_eq!(by_client.refused_by_client().description.0, 42);
}

#[test]
fn certificate_with_the_expected_raw_key_is_refused() {
    let authorities = Authorities::new();
    let (near, far) = (Raw::new(), Raw::new());
    let certificate = Order::leaf(&[Name::Domain(CSE_NAME)])
        .with_key(near.key.clone())
        .self_signed();
    let mut shows = client(Transport::Tls, &near, far.trusted(Allowed::Unstated));
    shows.credential = ClientCredential::Certificate(certificate.with(&[]));
    let mut takes = server(Transport::Tls, &far, near.trusted(Allowed::Unstated));
    takes.trust.anchors = vec![authorities.root.der()];
    assert_eq!(Pair::of(shows, takes).refused_by_server().description.0, 48);
}

#[test]
fn raw_public_key_is_refused_where_certificates_are_expected() {
    let authorities = Authorities::new();
    let near = Raw::new();
    let mut shows = authorities.client(Transport::Tls, near.own());
    shows.credential = ClientCredential::Certificate(near.own());
    let pair = Pair::of(shows, authorities.server(Transport::Tls, vec![known_cse()]));
    assert_eq!(pair.refused_by_server().description.0, 43);
}

#[test]
fn server_takes_raw_public_keys_beside_certificates() {
    let authorities = Authorities::new();
    let near = Raw::new();
    let mut takes = authorities.server(Transport::Tls, vec![known_cse()]);
    takes
        .trust
        .peers
        .extend(near.trusted(Allowed::Entity(entity("SAE1"))).peers);
    let by_certificate = Pair::of(
        authorities.client(
            Transport::Tls,
            authorities.show(Order::leaf(&[Name::Domain(CSE_NAME)])),
        ),
        takes.clone(),
    );
    by_certificate.assert_established();
    let by_key = Pair::of(authorities.client(Transport::Tls, near.own()), takes);
    by_key.assert_established();
    assert_eq!(
        by_key.server.binding().unwrap().allowed,
        Allowed::Entity(entity("SAE1"))
    );
}

#[test]
fn key_of_a_certificate_is_shown_to_who_takes_no_certificate() {
    let authorities = Authorities::new();
    let (near, far) = (Raw::new(), Raw::new());
    let certificate = Order::leaf(&[Name::Domain(CSE_NAME)]).with_key(far.key.clone());
    let mut shows = authorities.server(Transport::Tls, vec![known_cse()]);
    shows.certificate = Some(authorities.show(certificate));
    shows
        .trust
        .peers
        .extend(near.trusted(Allowed::Unstated).peers);
    let asking = || client(Transport::Tls, &near, far.trusted(Allowed::Unstated));
    let refused = Pair::of(asking(), shows.clone()).refused_by_server();
    assert_eq!(refused.description.0, 43);
    shows.certificate = shows.certificate.map(OwnCertificate::or_raw_public_key);
    let pair = Pair::of(asking(), shows);
    pair.assert_established();
    let shown = PeerCredential::RawPublicKey(far.spki());
    assert_eq!(pair.client.peer(), Some(&shown));
}

#[test]
fn raw_public_key_on_another_curve_is_not_taken_as_own() {
    let key = authority::key_on(openssl::nid::Nid::SECP384R1);
    assert!(OwnCertificate::raw_public_key_from_der(&key.private_key_to_der().unwrap()).is_err());
}
