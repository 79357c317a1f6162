use onem2m_association::{
    Allowed, AssociationError, Cause, CertificateDefect, ClientCredential, Closure, Diagnosable,
    Expected, OwnCertificate, PathDefect, Session, State, Transport,
};
use openssl::hash::MessageDigest;
use openssl::nid::Nid;

use crate::support::authority::{
    self, CERTIFICATE_SIGN, DIGITAL_SIGNATURE, Holder, KEY_AGREEMENT, NOW, Name, Order,
};
use crate::support::entities::{Authorities, CSE_NAME, SERVER_NAME, expecting, known_cse};
use crate::support::pair::Pair;

fn leaf() -> Order {
    Order::leaf(&[Name::Domain(CSE_NAME)])
}

/// What a server makes of a certificate of a client: the defect and the number of the alert.
fn judged(authorities: &Authorities, own: OwnCertificate) -> (CertificateDefect, u8) {
    let pair = Pair::of(
        authorities.client(Transport::Tls, own),
        authorities.server(Transport::Tls, vec![known_cse()]),
    );
    let alert = pair.refused_by_server();
    let Some(AssociationError::Failed(diagnosis)) = pair.server.failure() else {
        panic!("{:?}", pair.server.state());
    };
    let Cause::PeerCertificate(defect) = diagnosis.cause else {
        panic!("{diagnosis}");
    };
    (defect, alert.description.0)
}

fn judged_leaf(order: Order) -> (CertificateDefect, u8) {
    let authorities = Authorities::new();
    let own = authorities.show(order);
    judged(&authorities, own)
}

/// What is made of a certificate below an issuer that is not as it should be.
fn judged_below(issuer: impl FnOnce(&Authorities) -> Holder) -> (CertificateDefect, u8) {
    let authorities = Authorities::new();
    let issuer = issuer(&authorities);
    let own = leaf().issued_by(&issuer).with(&[&issuer]);
    judged(&authorities, own)
}

#[test]
fn expired_certificate_is_refused() {
    assert_eq!(
        judged_leaf(leaf().valid(NOW - 100, NOW - 1)),
        (PathDefect::Expired.into(), 45)
    );
}

#[test]
fn certificate_of_the_future_is_refused() {
    assert_eq!(
        judged_leaf(leaf().valid(NOW + 1, NOW + 100)),
        (PathDefect::NotYetValid.into(), 42)
    );
}

#[test]
fn certificate_of_an_unknown_authority_is_refused() {
    let strange = Authorities::called("strange root", "strange issuer");
    assert_eq!(
        judged(&Authorities::new(), strange.show(leaf())),
        (PathDefect::UnknownIssuer.into(), 48)
    );
}

#[test]
fn self_signed_certificate_is_refused() {
    assert_eq!(
        judged(&Authorities::new(), leaf().self_signed().with(&[])),
        (PathDefect::SelfSigned.into(), 48)
    );
}

#[test]
fn certificate_of_an_authority_that_copies_a_name_is_refused() {
    let authorities = Authorities::new();
    let impostor = Order::authority("root").self_signed();
    let own = leaf().issued_by(&impostor).with(&[]);
    assert!(matches!(
        judged(&authorities, own),
        (
            CertificateDefect::Path(PathDefect::Signature | PathDefect::UnknownIssuer),
            42 | 48
        )
    ));
}

#[test]
fn chain_without_its_intermediate_is_refused() {
    let authorities = Authorities::new();
    let own = leaf().issued_by(&authorities.issuer).with(&[]);
    assert_eq!(
        judged(&authorities, own),
        (PathDefect::UnknownIssuer.into(), 48)
    );
}

#[test]
fn certificate_issued_by_an_end_certificate_is_refused() {
    let (defect, alert) = judged_below(|authorities| leaf().issued_by(&authorities.issuer));
    assert!(matches!(defect, CertificateDefect::Path(_)), "{defect}");
    assert!([42, 48].contains(&alert), "{alert}");
}

#[test]
fn issuer_without_key_cert_sign_is_refused() {
    let (defect, alert) = judged_below(|authorities| {
        Order::authority("silent")
            .usage(DIGITAL_SIGNATURE)
            .issued_by(&authorities.root)
    });
    assert!(matches!(defect, CertificateDefect::Path(_)), "{defect}");
    assert!([42, 48].contains(&alert), "{alert}");
}

#[test]
fn path_longer_than_permitted_is_refused() {
    let authorities = Authorities::new();
    let short = Order::authority("short")
        .path_length(0)
        .issued_by(&authorities.root);
    let below = Order::authority("below").issued_by(&short);
    let own = leaf().issued_by(&below).with(&[&below, &short]);
    assert_eq!(
        judged(&authorities, own),
        (PathDefect::PathLength.into(), 42)
    );
}

#[test]
fn name_outside_the_permitted_subtree_is_refused() {
    let outside = judged_below(|authorities| {
        Order::authority("narrow")
            .domain_constraint(true, "other.example.org")
            .issued_by(&authorities.root)
    });
    assert_eq!(outside, (PathDefect::NameConstraints.into(), 42));
}

#[test]
fn name_inside_the_excluded_subtree_is_refused() {
    let inside = judged_below(|authorities| {
        Order::authority("narrow")
            .domain_constraint(false, "in.example.com")
            .issued_by(&authorities.root)
    });
    assert_eq!(inside, (PathDefect::NameConstraints.into(), 42));
}

#[test]
fn name_inside_the_permitted_subtree_is_accepted() {
    let authorities = Authorities::new();
    let narrow = Order::authority("narrow")
        .domain_constraint(true, "in.example.com")
        .issued_by(&authorities.root);
    let own = leaf().issued_by(&narrow).with(&[&narrow]);
    Pair::of(
        authorities.client(Transport::Tls, own),
        authorities.server(Transport::Tls, vec![known_cse()]),
    )
    .assert_established();
}

#[test]
fn unknown_critical_extension_is_refused() {
    assert_eq!(
        judged_leaf(leaf().unknown_critical()),
        (PathDefect::CriticalExtension.into(), 43)
    );
}

#[test]
fn extended_key_usage_of_servers_alone_is_refused_of_a_client() {
    assert_eq!(
        judged_leaf(leaf().purpose(1)),
        (PathDefect::Purpose.into(), 43)
    );
}

#[test]
fn certificate_without_key_usage_is_refused() {
    assert_eq!(
        judged_leaf(leaf().without_usage()),
        (CertificateDefect::KeyUsage, 43)
    );
}

#[test]
fn key_usage_without_digital_signature_is_refused() {
    for bits in [KEY_AGREEMENT, KEY_AGREEMENT | CERTIFICATE_SIGN] {
        let (defect, alert) = judged_leaf(leaf().usage(bits));
        assert!(
            matches!(
                defect,
                CertificateDefect::KeyUsage | CertificateDefect::Path(PathDefect::Purpose)
            ),
            "{defect}"
        );
        assert_eq!(alert, 43);
    }
}

#[test]
fn certificate_signed_with_sha_1_or_sha_384_is_refused() {
    for digest in [MessageDigest::sha1(), MessageDigest::sha384()] {
        assert_eq!(
            judged_leaf(leaf().digest(digest)),
            (CertificateDefect::SignatureAlgorithm, 43)
        );
    }
}

#[test]
fn intermediate_signed_with_sha_384_is_refused() {
    let below = judged_below(|authorities| {
        Order::authority("strong")
            .digest(MessageDigest::sha384())
            .issued_by(&authorities.root)
    });
    assert_eq!(below, (CertificateDefect::SignatureAlgorithm, 43));
}

#[test]
fn authority_with_a_key_on_another_curve_is_refused() {
    let below = judged_below(|authorities| {
        Order::authority("wide")
            .with_key(authority::key_on(Nid::SECP384R1))
            .issued_by(&authorities.root)
    });
    assert_eq!(below, (CertificateDefect::Curve, 43));
}

#[test]
fn authority_with_an_rsa_key_is_refused() {
    let below = judged_below(|authorities| {
        Order::authority("old")
            .with_key(authority::rsa_key())
            .issued_by(&authorities.root)
    });
    assert_eq!(below, (CertificateDefect::Curve, 43));
}

#[test]
fn certificate_with_a_compressed_point_is_refused() {
    assert_eq!(
        judged_leaf(leaf().compressed()),
        (CertificateDefect::PointForm, 42)
    );
}

#[test]
fn names_that_come_near_are_refused() {
    for name in [
        "x.tstcse1.in.example.com",
        "tstcse1.in.example.com.example.org",
        "tstcse1.in.example.com.",
        "TSTCSE1.IN.EXAMPLE.COM",
        "tstcse1.in.example.com\0.example.org",
        "/tstcse1",
    ] {
        assert_eq!(
            judged_leaf(Order::leaf(&[Name::Domain(name)])),
            (CertificateDefect::Name, 42),
            "{name}"
        );
    }
}

#[test]
fn wildcard_is_refused_even_beside_the_right_name() {
    for names in [
        vec![Name::Domain("*.in.example.com")],
        vec![Name::Domain(CSE_NAME), Name::Domain("*.example.com")],
    ] {
        assert_eq!(
            judged_leaf(Order::leaf(&names)),
            (CertificateDefect::Wildcard, 42)
        );
    }
}

#[test]
fn name_in_another_field_is_refused() {
    let as_uri = Order::leaf(&[Name::Uri(CSE_NAME)]);
    let in_common_name = leaf().without_names().subject(CSE_NAME);
    for order in [as_uri, in_common_name] {
        assert_eq!(judged_leaf(order), (CertificateDefect::Name, 42));
    }
}

#[test]
fn flavour_other_than_configured_is_refused() {
    let device = Order::leaf(&[Name::Device(&[1, 2])]);
    assert_eq!(judged_leaf(device), (CertificateDefect::Name, 42));
}

#[test]
fn client_without_certificate_is_refused() {
    let authorities = Authorities::new();
    let mut client = authorities.client(Transport::Tls, authorities.show(leaf()));
    client.credential = ClientCredential::Nothing;
    let pair = Pair::of(
        client,
        authorities.server(Transport::Tls, vec![known_cse()]),
    );
    assert_eq!(pair.refused_by_server().description.0, 40);
    let failure = pair.server.failure().unwrap().to_string();
    assert!(
        failure.contains("certificate that was not sent"),
        "{failure}"
    );
}

/// What a client makes of a server.
fn judged_server(order: Order) -> (CertificateDefect, u8) {
    let authorities = Authorities::new();
    let client = authorities.client(Transport::Tls, authorities.show(leaf()));
    let mut server = authorities.server(Transport::Tls, vec![known_cse()]);
    server.certificate = Some(authorities.show(order));
    let pair = Pair::of(client, server);
    let alert = pair.refused_by_client();
    let Some(AssociationError::Failed(diagnosis)) = pair.client.failure() else {
        panic!("{:?}", pair.client.state());
    };
    let Cause::PeerCertificate(defect) = diagnosis.cause else {
        panic!("{diagnosis}");
    };
    (defect, alert.description.0)
}

#[test]
fn client_refuses_a_server_of_another_name() {
    assert_eq!(judged_server(leaf()), (CertificateDefect::Name, 42));
}

#[test]
fn client_refuses_a_server_that_has_expired() {
    let server = Order::leaf(&[Name::Domain(SERVER_NAME)]).valid(NOW - 9, NOW - 1);
    assert_eq!(judged_server(server), (PathDefect::Expired.into(), 45));
}

#[test]
fn client_refuses_a_server_certificate_for_clients_alone() {
    let server = Order::leaf(&[Name::Domain(SERVER_NAME)]).purpose(2);
    assert_eq!(judged_server(server), (PathDefect::Purpose.into(), 43));
}

#[test]
fn client_that_trusts_nobody_refuses_every_server() {
    let authorities = Authorities::new();
    let mut client = authorities.client(Transport::Tls, authorities.show(leaf()));
    client.trust.peers = vec![expecting(
        Expected::Fqdn(onem2m_identity::DomainName::parse("mef.example.com").unwrap()),
        Allowed::Unstated,
    )];
    client.trust.anchors.clear();
    let pair = Pair::of(
        client,
        authorities.server(Transport::Tls, vec![known_cse()]),
    );
    assert_eq!(pair.refused_by_client().description.0, 48);
    assert!(matches!(
        pair.server.state(),
        State::Closed(Some(Closure::ByPeer(_)))
    ));
}
