use super::attempts::{attempt, conducting, psk};
use super::peer::{Peer, psk_context};
use crate::tester::handshake::KeyExchangeSeen;
use openssl::dh::Dh;

const SUITES: [(&str, u16); 3] = [
    ("PSK-AES128-CBC-SHA256", 0x00ae),
    ("PSK-AES128-CCM8", 0xc0a8),
    ("PSK-NULL-SHA256", 0x00b0),
];

#[tokio::test]
async fn each_suite_carries_data_and_exports_the_same_on_both_ends() {
    for (name, number) in SUITES {
        for extended in [true, false] {
            let peer = Peer::serve(psk_context(name).build(), 1);
            let hello = format!("suites = [{number}], extended-master-secret = {extended}");
            let handshake = conducting(psk(), &format!("hello = {{ {hello} }}"));
            let outcome = attempt(peer.address, &handshake).await;
            assert!(outcome.carried(), "{name}: {}", outcome.end);
            let served = peer.served().unwrap();
            assert_eq!(Some(served.exported), outcome.exported, "{name}");
            assert_eq!(served.read, b"ping");
        }
    }
}

#[tokio::test]
async fn deviations_of_identity_and_key_are_refused_by_alert() {
    let unknown = "fatal alert unknown_psk_identity(115)";
    let wrong_key = "fatal alert bad_record_mac(20)";
    let cases = [
        ("key = 'last-bit-inverted'", wrong_key),
        ("key = 'first-half'", wrong_key),
        ("key = { zeros = 32 }", wrong_key),
        ("key = { random = 32 }", wrong_key),
        ("identity = 'upper-case'", unknown),
        ("identity = { suffix = ' ' }", unknown),
        ("identity = { length = 200 }", unknown),
        (
            "identity-length = { more = 1 }",
            "fatal alert decode_error(50)",
        ),
        ("identity-length = { less = 1 }", "fatal alert"),
    ];
    for (conduct, end) in cases {
        let peer = Peer::serve(psk_context("PSK-AES128-CBC-SHA256").build(), 1);
        let outcome = attempt(peer.address, &conducting(psk(), conduct)).await;
        assert!(outcome.end.starts_with(end), "{conduct}: {}", outcome.end);
        assert_eq!(peer.served(), None);
    }
}

#[tokio::test]
async fn identity_that_needs_several_records_is_sent_whole() {
    let peer = Peer::serve(psk_context("PSK-AES128-CBC-SHA256").build(), 1);
    let handshake = conducting(psk(), "identity = { length = 65533 }");
    let outcome = attempt(peer.address, &handshake).await;
    assert!(outcome.seen.alerts.len() == 1, "{}", outcome.end);
}

#[tokio::test]
async fn exchange_in_a_group_carries_data() {
    for (name, number) in [
        ("DHE-PSK-AES128-CBC-SHA256", 0x00b2),
        ("DHE-PSK-AES128-CCM8", 0xc0aa),
    ] {
        let mut context = psk_context(name);
        context.set_tmp_dh(&Dh::get_2048_256().unwrap()).unwrap();
        let peer = Peer::serve(context.build(), 1);
        let handshake = conducting(psk(), &format!("hello = {{ suites = [{number}] }}"));
        let outcome = attempt(peer.address, &handshake).await;
        assert!(outcome.carried(), "{name}: {}", outcome.end);
        assert_eq!(peer.served().map(|it| it.exported), outcome.exported);
        let Some(KeyExchangeSeen::Group { prime, .. }) = outcome.seen.server_key_exchange else {
            panic!("expected a group");
        };
        assert_eq!(prime.len(), 256);
    }
}
