use onem2m_association::{
    Allowed, ConfigurationError, Expected, Flavour, OwnCertificate, PeerCredential, Server,
    Session, Transport,
};

use onem2m_identity::{AeUri, CredentialId, DomainName, HardwareId, NodeId};

use crate::support::authority::{Name, Order};
use crate::support::entities::{
    Authorities, CSE_NAME, clock_at, domain, entity, expecting, known_cse,
};
use crate::support::pair::Pair;

const DEVICE_ARCS: [u8; 5] = [0x64, 0x97, 0x56, 0xce, 0x1b];
const DEVICE: &str = "0.2.481.1.100.3030.10011";
const NODE: &str = "urn:gsma:imei:90420156-025763-0;svn=42";
const AE_URI: &str = "//m2m.example.com/S98821";

fn associate(
    transport: Transport,
    names: &[Name<'_>],
    expected: Expected,
    allowed: Allowed,
) -> Pair {
    let authorities = Authorities::new();
    let own = authorities.show(Order::leaf(names));
    Pair::of(
        authorities.client(transport, own),
        authorities.server(transport, vec![expecting(expected, allowed)]),
    )
}

fn assert_bound(
    names: &[Name<'_>],
    expected: &Expected,
    allowed: &Allowed,
    flavour: &Flavour,
    credential_id: &str,
) {
    for transport in [Transport::Tls, Transport::Dtls] {
        let pair = associate(transport, names, expected.clone(), allowed.clone());
        pair.assert_established();
        let binding = pair.server.binding().unwrap();
        assert_eq!(&binding.allowed, allowed);
        assert_eq!(binding.flavour.as_ref(), Some(flavour));
        assert_eq!(
            binding.credential_id,
            Some(CredentialId::parse(credential_id).unwrap())
        );
    }
}

#[test]
fn cse_id_certificate_is_bound_to_its_cse() {
    assert_bound(
        &[Name::Domain(CSE_NAME)],
        &Expected::CseId(domain(CSE_NAME)),
        &Allowed::Entity(entity("/tstcse1")),
        &Flavour::CseId(domain(CSE_NAME)),
        "32-//m2m.example.com/tstcse1",
    );
}

#[test]
fn ae_id_certificate_is_bound_to_the_ae_that_is_configured() {
    assert_bound(
        &[Name::Uri(AE_URI)],
        &Expected::AeId(AeUri::parse(AE_URI).unwrap()),
        &Allowed::Entity(entity("S98821")),
        &Flavour::AeId(AeUri::parse(AE_URI).unwrap()),
        "33-//m2m.example.com/S98821",
    );
}

#[test]
fn ae_id_certificate_is_bound_to_the_ae_in_it() {
    for (scheme, uri) in [
        (None, AE_URI),
        (Some("onem2m"), "onem2m://m2m.example.com/S98821"),
    ] {
        let expected = Expected::AnyAeId {
            scheme: scheme.map(str::to_owned),
        };
        let pair = associate(
            Transport::Tls,
            &[Name::Uri(uri)],
            expected,
            Allowed::Unstated,
        );
        pair.assert_established();
        let binding = pair.server.binding().unwrap();
        assert_eq!(binding.allowed, Allowed::Entity(entity("S98821")));
        assert_eq!(
            binding.credential_id.as_ref().unwrap().to_string(),
            "33-//m2m.example.com/S98821"
        );
    }
}

#[test]
fn uri_that_names_no_ae_is_refused_where_any_ae_is_taken() {
    for uris in [
        vec![Name::Uri("//m2m.example.com/iut")],
        vec![Name::Uri("S98821")],
        vec![Name::Uri("http://m2m.example.com/S98821")],
        vec![Name::Uri("//m2m.example.com/%5398821")],
        vec![Name::Uri(AE_URI), Name::Uri("//m2m.example.com/S98822")],
        vec![Name::Domain("m2m.example.com")],
    ] {
        let expected = Expected::AnyAeId { scheme: None };
        let pair = associate(Transport::Tls, &uris, expected, Allowed::Unstated);
        assert_eq!(pair.refused_by_server().description.0, 42);
    }
}

#[test]
fn device_certificate_is_bound_to_a_list_of_aes() {
    let list = Allowed::Applications(vec![entity("SAE1"), entity("SAE3")]);
    assert_bound(
        &[Name::Device(&DEVICE_ARCS)],
        &Expected::Device(HardwareId::parse(DEVICE).unwrap()),
        &list,
        &Flavour::Device(HardwareId::parse(DEVICE).unwrap()),
        "31-0.2.481.1.100.3030.10011",
    );
}

#[test]
fn device_certificate_matches_by_its_second_identifier() {
    let pair = associate(
        Transport::Tls,
        &[Name::Device(&[1, 2, 3]), Name::Device(&DEVICE_ARCS)],
        Expected::Device(HardwareId::parse(DEVICE).unwrap()),
        Allowed::Entity(entity("SAE1")),
    );
    pair.assert_established();
}

#[test]
fn node_id_certificate_is_bound_to_a_list_of_aes() {
    let list = Allowed::Applications(vec![entity("SAE1")]);
    assert_bound(
        &[Name::Uri(NODE)],
        &Expected::NodeId(NodeId::parse(NODE).unwrap()),
        &list,
        &Flavour::NodeId(NodeId::parse(NODE).unwrap()),
        "34-urn:gsma:imei:90420156-025763-0;svn=42",
    );
}

#[test]
fn fqdn_certificate_is_taken_by_either_form_of_its_name() {
    let fqdn = "mef.example.com";
    for names in [[Name::Domain(fqdn)], [Name::Uri(fqdn)]] {
        let pair = associate(
            Transport::Tls,
            &names,
            Expected::Fqdn(DomainName::parse(fqdn).unwrap()),
            Allowed::Unstated,
        );
        pair.assert_established();
        assert_eq!(
            pair.server.binding().unwrap().flavour,
            Some(Flavour::Fqdn(DomainName::parse(fqdn).unwrap()))
        );
    }
}

#[test]
fn ae_id_certificate_speaks_for_the_ae_in_it_alone() {
    let pair = associate(
        Transport::Tls,
        &[Name::Uri(AE_URI)],
        Expected::AeId(AeUri::parse(AE_URI).unwrap()),
        Allowed::Entity(entity("S98822")),
    );
    assert_eq!(
        pair.server.binding().unwrap().allowed,
        Allowed::Entity(entity("S98821"))
    );
}

#[test]
fn peer_that_speaks_for_whom_its_flavour_cannot_is_not_taken() {
    let list = || Allowed::Applications(vec![entity("SAE1")]);
    let cse = || Expected::CseId(domain(CSE_NAME));
    for peer in [
        expecting(cse(), Allowed::Entity(entity("SAE1"))),
        expecting(cse(), list()),
        expecting(
            Expected::NodeId(NodeId::parse(NODE).unwrap()),
            Allowed::Applications(vec![entity("SAE1"), entity("/tstcse1")]),
        ),
    ] {
        let server = Authorities::new().server(Transport::Tls, vec![peer]);
        assert!(matches!(
            Server::new(server).err(),
            Some(ConfigurationError::Allowed { .. })
        ));
    }
}

#[test]
fn second_peer_that_is_configured_is_found() {
    let authorities = Authorities::new();
    let own = authorities.show(Order::leaf(&[Name::Domain(CSE_NAME)]));
    let other = expecting(
        Expected::Device(HardwareId::parse(DEVICE).unwrap()),
        Allowed::Entity(entity("SAE1")),
    );
    let pair = Pair::of(
        authorities.client(Transport::Tls, own),
        authorities.server(Transport::Tls, vec![other, known_cse()]),
    );
    assert_eq!(
        pair.server.binding().unwrap().allowed,
        Allowed::Entity(entity("/tstcse1"))
    );
}

#[test]
fn both_ends_know_the_chain_of_the_other() {
    let pair = associate(
        Transport::Tls,
        &[Name::Domain(CSE_NAME)],
        Expected::CseId(domain(CSE_NAME)),
        Allowed::Unstated,
    );
    for peer in [pair.client.peer(), pair.server.peer()] {
        let Some(PeerCredential::Certificates(chain)) = peer else {
            panic!("{peer:?}");
        };
        assert_eq!(chain.len(), 3);
    }
}

#[test]
fn trust_anchor_need_not_be_self_signed() {
    let authorities = Authorities::new();
    let own = authorities.show(Order::leaf(&[Name::Domain(CSE_NAME)]));
    let mut server = authorities.server(Transport::Tls, vec![known_cse()]);
    server.trust.anchors = vec![authorities.issuer.der()];
    Pair::of(authorities.client(Transport::Tls, own), server).assert_established();
}

#[test]
fn time_of_verification_is_that_of_the_clock() {
    let authorities = Authorities::new();
    let later = crate::support::authority::NOW + 10 * 86_400;
    let own = authorities.show(Order::leaf(&[Name::Domain(CSE_NAME)]));
    let mut server = authorities.server(Transport::Tls, vec![known_cse()]);
    server.clock = clock_at(later);
    let pair = Pair::of(authorities.client(Transport::Tls, own), server);
    assert_eq!(pair.refused_by_server().description.0, 45);
}

#[test]
fn certificate_with_the_key_of_another_is_not_taken_as_own() {
    let authorities = Authorities::new();
    let one = Order::leaf(&[]).issued_by(&authorities.issuer);
    let other = crate::support::authority::key()
        .private_key_to_der()
        .unwrap();
    assert!(matches!(
        OwnCertificate::from_der(&[one.der()], &other),
        Err(ConfigurationError::KeyMismatch)
    ));
}

#[test]
fn octets_that_are_no_certificate_or_key_are_named_so() {
    for (chain, key) in [
        (b"".as_slice(), b"".as_slice()),
        (
            b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
            b"",
        ),
    ] {
        assert!(matches!(
            OwnCertificate::from_pem(chain, key),
            Err(ConfigurationError::Unreadable { .. })
        ));
    }
}
