use super::attempts::{attempt, certificates, conducting};
use super::peer::{Peer, certificate_context};
use crate::tester::handshake::{Credential, KeyExchangeSeen};
use onem2m_association::messages::{NamedGroup, SignatureScheme};

const SUITES: [(&str, u16); 2] = [
    ("ECDHE-ECDSA-AES128-SHA256", 0xc023),
    ("ECDHE-ECDSA-AES128-CCM8", 0xc0ae),
];
const CBC: &str = "ECDHE-ECDSA-AES128-SHA256";

#[tokio::test]
async fn each_suite_carries_data_and_exports_the_same_on_both_ends() {
    for (name, number) in SUITES {
        for extended in [true, false] {
            let peer = Peer::serve(certificate_context(name).build(), 1);
            let hello = format!("suites = [{number}], extended-master-secret = {extended}");
            let handshake = conducting(certificates(), &format!("hello = {{ {hello} }}"));
            let outcome = attempt(peer.address, &handshake).await;
            assert!(outcome.carried(), "{name}: {}", outcome.end);
            assert_eq!(peer.served().map(|it| it.exported), outcome.exported);
        }
    }
}

#[tokio::test]
async fn flight_of_the_server_is_seen() {
    let peer = Peer::serve(certificate_context(CBC).build(), 1);
    let outcome = attempt(peer.address, &certificates()).await;
    assert_eq!(outcome.seen.certificates.len(), 1);
    assert!(outcome.seen.certificate_request.is_some());
    let Some(KeyExchangeSeen::Curve { group, scheme, .. }) = outcome.seen.server_key_exchange
    else {
        panic!("expected a curve");
    };
    assert_eq!(group, NamedGroup::SECP256R1);
    assert_eq!(scheme, SignatureScheme::ECDSA_SECP256R1_SHA256);
}

#[tokio::test]
async fn deviations_of_certificate_and_point_are_refused() {
    let cases = [
        ("certificate-verify = 'other-key'", "decrypt_error(51)"),
        (
            "certificate-verify = 'without-server-hello'",
            "decrypt_error(51)",
        ),
        ("certificate-verify = 'r-zero'", "decrypt_error(51)"),
        ("certificate-verify = 's-zero'", "decrypt_error(51)"),
        ("point = 'zeros'", "illegal_parameter(47)"),
        ("point = 'off-curve'", "illegal_parameter(47)"),
        ("point = 'compressed-tag'", "illegal_parameter(47)"),
        (
            "flight = ['empty-certificate', 'client-key-exchange', 'change-cipher-spec', 'finished']",
            "handshake_failure(40)",
        ),
        (
            "flight = ['certificate', 'client-key-exchange', 'change-cipher-spec', 'finished']",
            "unexpected_message(10)",
        ),
        (
            "flight = ['client-key-exchange', 'change-cipher-spec', 'finished']",
            "unexpected_message(10)",
        ),
    ];
    for (conduct, alert) in cases {
        let peer = Peer::serve(certificate_context(CBC).build(), 1);
        let outcome = attempt(peer.address, &conducting(certificates(), conduct)).await;
        assert!(
            outcome.end.contains("fatal alert"),
            "{conduct}: {}",
            outcome.end
        );
        assert!(outcome.end.contains(alert), "{conduct}: {}", outcome.end);
    }
}

/// OpenSSL takes SHA-1 from a client whatever it asked for, unless its level of security forbids that.
#[tokio::test]
async fn signature_with_sha1_is_judged_by_the_server() {
    let handshake = conducting(certificates(), "certificate-verify = 'sha1'");
    for (level, accepted) in [(0, true), (2, false)] {
        let mut context = certificate_context(CBC);
        context.set_security_level(level);
        let peer = Peer::serve(context.build(), 1);
        let outcome = attempt(peer.address, &handshake).await;
        assert_eq!(outcome.carried(), accepted, "{}", outcome.end);
    }
}

#[tokio::test]
async fn client_without_a_credential_shows_no_certificate() {
    let mut handshake = certificates();
    handshake.credential = Credential::None;
    let peer = Peer::serve(certificate_context(CBC).build(), 1);
    let outcome = attempt(peer.address, &handshake).await;
    assert!(outcome.end.contains("handshake_failure"), "{}", outcome.end);
}

#[tokio::test]
async fn signature_of_a_former_handshake_is_refused() {
    let peer = Peer::serve(certificate_context(CBC).build(), 2);
    let first = attempt(peer.address, &certificates()).await;
    let mut handshake = conducting(certificates(), "certificate-verify = 'earlier'");
    handshake.earlier = Some(first.earlier);
    let second = attempt(peer.address, &handshake).await;
    assert!(second.end.contains("decrypt_error(51)"), "{}", second.end);
}
