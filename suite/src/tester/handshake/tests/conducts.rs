use super::attempts::{attempt, conducting, psk};
use super::peer::{Peer, psk_context};
use crate::tester::handshake::Conduct;

fn peer() -> Peer {
    Peer::serve(psk_context("PSK-AES128-CBC-SHA256").build(), 1)
}

async fn end(conduct: &str) -> String {
    attempt(peer().address, &conducting(psk(), conduct))
        .await
        .end
}

#[tokio::test]
async fn wrong_order_ends_with_an_alert() {
    let unexpected = "fatal alert unexpected_message(10)";
    let flights = [
        "['change-cipher-spec', 'client-key-exchange', 'finished']",
        "['client-key-exchange', 'finished']",
        "['change-cipher-spec', 'finished']",
        "['client-hello', 'client-key-exchange', 'change-cipher-spec', 'finished']",
        "['server-hello', 'server-hello-done', 'new-session-ticket']",
        "['client-key-exchange', 'change-cipher-spec', { application-data = 'GET' }, 'finished']",
        "['client-key-exchange', { application-data = 'GET' }, 'change-cipher-spec', 'finished']",
        "[{ record = { type = 0x63, hex = '00' } }]",
    ];
    for flight in flights {
        for keys in ["right", "empty-master"] {
            let end = end(&format!("flight = {flight}\nkeys = '{keys}'")).await;
            let told = end == unexpected || (keys == "empty-master" && end.contains("fatal"));
            assert!(told, "{flight}, {keys}: {end}");
        }
    }
}

#[tokio::test]
async fn second_client_key_exchange_ends_with_an_alert() {
    let flight = "['client-key-exchange', { client-key-exchange-as = { text = 'x' } }]";
    let end = end(&format!("flight = {flight}")).await;
    assert_eq!(end, "fatal alert unexpected_message(10)");
}

#[tokio::test]
async fn wrong_finished_ends_with_an_alert() {
    let cases = [
        ("{ inverted = 0 }", "decrypt_error(51)"),
        ("{ inverted = 11 }", "decrypt_error(51)"),
        ("{ length = 0 }", "fatal alert"),
        ("{ length = 11 }", "fatal alert"),
        ("{ length = 13 }", "fatal alert"),
        ("{ length = 36 }", "fatal alert"),
        ("'clear'", "fatal alert"),
    ];
    for (change, alert) in cases {
        let end = end(&format!("finished = {change}")).await;
        assert!(end.contains("fatal alert"), "{change}: {end}");
        assert!(end.contains(alert), "{change}: {end}");
    }
}

#[tokio::test]
async fn flight_of_an_earlier_handshake_is_refused() {
    let peer = Peer::serve(psk_context("PSK-AES128-CBC-SHA256").build(), 2);
    let first = attempt(peer.address, &psk()).await;
    assert!(first.carried());
    let mut handshake = conducting(psk(), "replay = true");
    handshake.earlier = Some(first.earlier);
    let second = attempt(peer.address, &handshake).await;
    assert_eq!(second.end, "fatal alert bad_record_mac(20)");
}

#[tokio::test]
async fn damaged_hellos_are_refused() {
    let damages = [
        "long-session-id",
        "odd-suites",
        "no-suites",
        "extensions-too-long",
        "extensions-too-short",
        "truncated-random",
        "duplicate-extension",
        "ssl2",
    ];
    for damage in damages {
        let end = end(&format!("hello = {{ damage = '{damage}' }}")).await;
        assert!(
            end.contains("fatal") || end.contains("closed"),
            "{damage}: {end}"
        );
    }
}

#[tokio::test]
async fn hello_in_the_form_of_ssl2_may_still_lead_to_tls() {
    let conduct = "hello = { damage = 'ssl2-compatible', extended-master-secret = false }";
    let outcome = attempt(peer().address, &conducting(psk(), conduct)).await;
    assert!(outcome.carried(), "{}", outcome.end);
}

#[tokio::test]
async fn harmless_deviations_change_nothing() {
    let conducts = [
        "hello = { record-version = 0x0301 }",
        "hello = { version = 0x03ff, suites = [0x00ae, 0x00ff] }",
        "hello = { suites = ['TLS_PSK_WITH_NULL_SHA', 0x00ae, 0x0a0a] }",
        "hello = { extensions = [{ type = 0x1a1a }, { type = 0xeaea, hex = '00' }] }",
        "hello = { compression = [1, 0] }",
        "hello = { server-name = 'upper-case' }",
        "hello = { server-name = 'absent' }",
        "hello = { renegotiation-info = 'empty' }",
        "hello = { session-ticket = 'empty' }",
        "flight = [{ alert = { level = 1, description = 41, times = 3 } }, 'client-key-exchange', 'change-cipher-spec', 'finished']",
    ];
    for conduct in conducts {
        let outcome = attempt(peer().address, &conducting(psk(), conduct)).await;
        assert!(outcome.carried(), "{conduct}: {}", outcome.end);
    }
}

#[tokio::test]
async fn refused_offers_are_told_by_their_alert() {
    let cases = [
        ("hello = { suites = [0x00b0] }", "handshake_failure(40)"),
        ("hello = { version = 0x0302 }", "protocol_version(70)"),
        ("before = ['hello-request']", "unexpected_message(10)"),
        (
            "before = [{ alert = { level = 1, description = 41, times = 3 } }]",
            "unexpected_message(10)",
        ),
        (
            "before = [{ heartbeat = { announced = 16384, octets = 3 } }]",
            "fatal alert",
        ),
        ("hello = { compression = [] }", "fatal alert"),
        ("hello = { compression = [1] }", "fatal alert"),
        (
            "hello = { server-name = 'inner-length-too-large' }",
            "decode_error(50)",
        ),
        (
            "hello = { renegotiation-info = { octets = '000102030405060708090a0b' } }",
            "fatal alert",
        ),
        (
            "hello = { supported-versions = [0x0304], suites = [0x1301] }",
            "fatal alert",
        ),
    ];
    for (conduct, alert) in cases {
        let end = end(conduct).await;
        assert!(end.contains("fatal alert"), "{conduct}: {end}");
        assert!(end.contains(alert), "{conduct}: {end}");
    }
}

#[tokio::test]
async fn suite_that_the_tester_only_offers_is_told() {
    let context = psk_context("PSK-AES128-GCM-SHA256");
    let peer = Peer::serve(context.build(), 1);
    let handshake = conducting(psk(), "hello = { suites = [0x00a8] }");
    let outcome = attempt(peer.address, &handshake).await;
    let expected = "version 0303 and suite TLS_PSK_WITH_AES_128_GCM_SHA256(168) selected";
    assert_eq!(outcome.end, expected);
}

#[tokio::test]
async fn stop_within_a_flight_leaves_the_server_without_an_association() {
    for after in ["{ hello = 7 }", "{ flight = 20 }", "'server-flight'"] {
        for then in ["close", "reset"] {
            let peer = peer();
            let conduct = format!("stop = {{ after = {after}, then = '{then}' }}");
            let outcome = attempt(peer.address, &conducting(psk(), &conduct)).await;
            assert!(outcome.exported.is_none(), "{conduct}: {}", outcome.end);
            assert_eq!(peer.served(), None);
        }
    }
}

#[tokio::test]
async fn connection_that_is_left_comes_back() {
    let conduct = "stop = { after = { hello = 10 }, then = 'leave' }";
    assert_eq!(end(conduct).await, "left by the tester");
}

#[test]
fn unknown_members_of_a_conduct_are_refused() {
    let error = toml::from_str::<Conduct>("finish = 'clear'").unwrap_err();
    assert!(error.to_string().contains("unknown field"));
}

#[tokio::test]
async fn first_flight_is_what_an_attempt_begins_with() {
    use crate::tester::handshake::first_flight;
    use crate::tester::recorder::Recorder;
    use crate::tester::transcript::{ConnectionEvent, Entry};

    let peer = peer();
    let link = super::attempts::link(crate::catalogue::behaviour::Endpoint::Https, peer.address);
    let recorder = Recorder::new(&link, "test", 1, 1);
    let connection = super::attempts::connect(&recorder).await;
    let handshake = conducting(psk(), "stop = { after = 'server-flight', then = 'leave' }");
    crate::tester::handshake::establish(connection, &handshake)
        .await
        .unwrap();
    let sent = recorder
        .transcript()
        .into_iter()
        .find_map(|entry| match entry {
            Entry::Connection(happened) => match happened.event {
                ConnectionEvent::Sent(octets) => Some(octets.0.to_vec()),
                _ => None,
            },
            _ => None,
        });
    assert_eq!(
        sent.map(|sent| vec![sent]),
        first_flight(&handshake, false).ok()
    );
}
