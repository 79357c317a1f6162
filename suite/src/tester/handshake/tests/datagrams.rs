use super::attempts::{PATIENCE, attempt_at, certificates, conducting, connect_to, link, psk};
use super::datagram_peer::{DatagramPeer, datagram_context};
use super::peer::{know_psk, show_certificate};
use crate::catalogue::behaviour::Endpoint;
use crate::tester::association_end::AssociationEnd;
use crate::tester::handshake::{Association, Delivered, Handshake, RecordFault, establish};
use crate::tester::recorder::Recorder;
use onem2m_association::messages::{ContentType, HandshakeType};
use std::time::Duration;

/// How long a handshake is waited for that cannot be completed.
const QUIET: Duration = Duration::from_millis(300);

fn psk_peer() -> DatagramPeer {
    let mut context = datagram_context("PSK-AES128-CCM8:PSK-AES128-CBC-SHA256");
    know_psk(&mut context);
    DatagramPeer::serve(context.build())
}

#[tokio::test]
async fn each_suite_carries_data_and_exports_the_same_on_both_ends() {
    for suite in ["0xc0a8", "0x00ae"] {
        for extended in [true, false] {
            let peer = psk_peer();
            let hello = format!("suites = [{suite}], extended-master-secret = {extended}");
            let handshake = conducting(psk(), &format!("hello = {{ {hello} }}"));
            let outcome = attempt_at(Endpoint::Coaps, peer.address, &handshake).await;
            assert!(outcome.carried(), "{suite}: {}", outcome.end);
            assert_eq!(outcome.seen.hello_verify_requests.len(), 1);
            assert_eq!(peer.exported(), outcome.exported);
        }
    }
}

#[tokio::test]
async fn certificates_go_in_fragments() {
    let mut context = datagram_context("ECDHE-ECDSA-AES128-CCM8");
    show_certificate(&mut context);
    let peer = DatagramPeer::serve(context.build());
    let conduct = "datagram = { fragments = { of = 'certificate', octets = 64 } }";
    let handshake = conducting(certificates(), conduct);
    let outcome = attempt_at(Endpoint::Coaps, peer.address, &handshake).await;
    assert!(outcome.carried(), "{}", outcome.end);
    assert!(outcome.seen.flight.len() > 6);
}

#[tokio::test]
async fn fragments_in_any_order_are_put_together() {
    for fragments in [
        "octets = 1",
        "octets = 7, reversed = true",
        "octets = 20, overlap = 5",
        "octets = 20, duplicated = true",
    ] {
        let fragments = format!("of = 'client-key-exchange', {fragments}");
        let conduct = format!("datagram = {{ fragments = {{ {fragments} }} }}");
        let peer = psk_peer();
        let handshake = conducting(psk(), &conduct);
        let outcome = attempt_at(Endpoint::Coaps, peer.address, &handshake).await;
        assert!(outcome.carried(), "{conduct}: {}", outcome.end);
    }
}

#[tokio::test]
async fn contradictory_fragments_lead_to_no_association() {
    for contradiction in ["length", "beyond-end", "huge"] {
        let fragments = format!("of = 'client-key-exchange', contradiction = '{contradiction}'");
        let conduct = format!("datagram = {{ fragments = {{ {fragments} }} }}");
        let peer = psk_peer();
        let mut handshake = conducting(psk(), &conduct);
        handshake.patience = QUIET;
        let outcome = attempt_at(Endpoint::Coaps, peer.address, &handshake).await;
        assert!(outcome.exported.is_none(), "{conduct}: {}", outcome.end);
    }
}

#[tokio::test]
async fn wrong_cookies_lead_to_no_server_hello() {
    for (cookie, end) in [
        ("'inverted'", "fatal alert handshake_failure(40)"),
        ("{ random = 255 }", "fatal alert handshake_failure(40)"),
        ("'empty'", "another cookie asked for"),
    ] {
        let peer = psk_peer();
        let handshake = conducting(psk(), &format!("datagram = {{ cookie = {cookie} }}"));
        let outcome = attempt_at(Endpoint::Coaps, peer.address, &handshake).await;
        assert_eq!(outcome.end, end, "{cookie}");
        assert!(outcome.seen.server_hello.is_none());
    }
}

#[tokio::test]
async fn cookie_at_hand_spares_the_request_for_it() {
    let peer = psk_peer();
    let link = link(Endpoint::Coaps, peer.address);
    let recorder = Recorder::new(&link, "test", 1, 1);
    let connection = connect_to(&recorder, Endpoint::Coaps).await;
    let stopping = "stop = { after = 'hello-verify-request', then = 'leave' }";
    let first = establish(connection, &conducting(psk(), stopping))
        .await
        .unwrap();
    assert_eq!(first.end, AssociationEnd::Left);
    let mut handshake = psk();
    handshake.cookie = Some(first.seen.hello_verify_requests[0].cookie.clone());
    let second = establish(first.connection.unwrap(), &handshake)
        .await
        .unwrap();
    assert!(second.end.is_established(), "{}", second.end);
    assert_eq!(second.seen.hello_verify_requests.len(), 0);
}

#[tokio::test]
async fn hello_with_a_cookie_that_differs_counts_alone() {
    let peer = psk_peer();
    let conduct = "datagram = { second-hello = { random = true, suites = [0xc0a8, 0xc0a4] } }";
    let outcome = attempt_at(Endpoint::Coaps, peer.address, &conducting(psk(), conduct)).await;
    assert!(outcome.carried(), "{}", outcome.end);
}

#[tokio::test]
async fn flight_of_the_server_that_is_not_answered_is_repeated() {
    let peer = psk_peer();
    let mut handshake = conducting(psk(), "stop = { after = 'server-flight', then = 'wait' }");
    handshake.patience = Duration::from_secs(3);
    let outcome = attempt_at(Endpoint::Coaps, peer.address, &handshake).await;
    assert_eq!(outcome.end, "no answer in time");
    let hellos = outcome.seen.fragments.iter();
    let hellos = hellos.filter(|it| it.message_type == HandshakeType::SERVER_HELLO);
    let hellos: Vec<_> = hellos.map(|it| (it.message_seq, it.record)).collect();
    assert!(hellos.len() > 1, "{hellos:?}");
    assert_eq!(hellos[0].0, hellos[1].0);
    assert!(hellos[0].1 < hellos[1].1);
}

#[tokio::test]
async fn flight_out_of_order_completes_when_it_is_repeated() {
    let peer = psk_peer();
    let handshake = conducting(psk(), "datagram = { reversed = true }");
    let outcome = attempt_at(Endpoint::Coaps, peer.address, &handshake).await;
    assert!(outcome.carried(), "{}", outcome.end);
}

#[tokio::test]
async fn lost_flight_of_the_server_is_repeated_for_each_of_the_tester() {
    let peer = psk_peer();
    let handshake = conducting(psk(), "datagram = { lost = 1 }");
    let outcome = attempt_at(Endpoint::Coaps, peer.address, &handshake).await;
    assert!(outcome.carried(), "{}", outcome.end);
    assert!(outcome.seen.dropped[0] > 0);
}

#[tokio::test]
async fn stray_messages_change_nothing() {
    let strays = "{ stray = { number = 0, type = 1 } }, { stray = { number = 900, type = 16 } }";
    let flight = format!("[{strays}, 'client-key-exchange', 'change-cipher-spec', 'finished']");
    let peer = psk_peer();
    let handshake = conducting(psk(), &format!("flight = {flight}"));
    let outcome = attempt_at(Endpoint::Coaps, peer.address, &handshake).await;
    assert!(outcome.carried(), "{}", outcome.end);
}

#[tokio::test]
async fn wrong_key_leads_to_no_association() {
    let peer = psk_peer();
    let mut handshake = conducting(psk(), "key = 'last-bit-inverted'");
    handshake.patience = QUIET;
    let outcome = attempt_at(Endpoint::Coaps, peer.address, &handshake).await;
    assert!(outcome.exported.is_none(), "{}", outcome.end);
}

/// What comes back of datagrams that an association sends, up to that for the text "end".
async fn answers(datagrams: impl FnOnce(&mut Association<'_>) -> Vec<Vec<u8>>) -> Vec<Delivered> {
    let peer = psk_peer();
    let link = link(Endpoint::Coaps, peer.address);
    let recorder = Recorder::new(&link, "test", 1, 1);
    let connection = connect_to(&recorder, Endpoint::Coaps).await;
    let attempt = establish(connection, &psk()).await.unwrap();
    let mut association = attempt.association.unwrap();
    for datagram in datagrams(&mut association) {
        association.send_octets(datagram).await.unwrap();
    }
    let mut delivered = Vec::new();
    loop {
        match association.receive(PATIENCE).await.unwrap() {
            Delivered::Data(data) if data == b"end" => return delivered,
            Delivered::Silence => panic!("expected an answer, got {delivered:?}"),
            other => delivered.push(other),
        }
    }
}

fn data(association: &mut Association<'_>, text: &[u8]) -> Vec<u8> {
    association
        .seal(ContentType::APPLICATION_DATA, text, RecordFault::None)
        .unwrap()
}

#[tokio::test]
async fn repeated_datagram_is_answered_once() {
    let delivered = answers(|it| {
        let datagram = data(it, b"once");
        vec![datagram.clone(), datagram, data(it, b"end")]
    })
    .await;
    assert_eq!(delivered, [Delivered::Data(b"once".to_vec())]);
}

#[tokio::test]
async fn forged_records_far_ahead_leave_the_association_as_it_was() {
    let delivered = answers(|it| {
        let content = ContentType::APPLICATION_DATA;
        let forged = it.seal_as(1, 1 << 40, content, b"forged", RecordFault::Mac);
        let clear = it.seal_as(0, 9, content, b"clear", RecordFault::None);
        let alert = it.seal_as(0, 10, ContentType::ALERT, &[2, 40], RecordFault::None);
        let later = it.seal_as(2, 0, content, b"later", RecordFault::None);
        let mut datagrams = vec![
            forged.unwrap(),
            clear.unwrap(),
            alert.unwrap(),
            later.unwrap(),
        ];
        datagrams.push(vec![23, 0xfe]);
        datagrams.push(data(it, b"end"));
        datagrams
    })
    .await;
    assert_eq!(delivered, []);
}

#[tokio::test]
async fn record_with_the_last_number_is_answered_and_the_first_again_is_not() {
    let delivered = answers(|it| {
        let content = ContentType::APPLICATION_DATA;
        let mut record = |number, text| {
            let record = it.seal_as(1, number, content, text, RecordFault::None);
            record.unwrap()
        };
        vec![
            record((1 << 48) - 1, b"last"),
            record(0, b"first"),
            record((1 << 48) - 2, b"end"),
        ]
    })
    .await;
    assert_eq!(delivered, [Delivered::Data(b"last".to_vec())]);
}

#[tokio::test]
async fn recording_plays_back_with_its_seed_alone() {
    use crate::tester::link::{Link, LinkError};
    use crate::tester::playback::Playback;
    use crate::tester::transcript::Entry;

    async fn recorded(link: &dyn Link, handshake: &Handshake) -> Result<Vec<Entry>, LinkError> {
        let recorder = Recorder::new(link, "test", 1, 1);
        let connection = connect_to(&recorder, Endpoint::Coaps).await;
        let attempt = establish(connection, handshake).await?;
        let mut association = attempt.association.unwrap();
        association.send(b"ping").await?;
        association.receive(PATIENCE).await?;
        Ok(recorder.transcript())
    }

    let peer = psk_peer();
    let live = link(Endpoint::Coaps, peer.address);
    let live = recorded(&live, &psk()).await.unwrap();
    let played = recorded(&Playback::new(&live), &psk()).await.unwrap();
    assert_eq!(played, live);
    let mut other = psk();
    other.seed = [10; 32];
    let diverged = recorded(&Playback::new(&live), &other).await;
    assert!(matches!(diverged, Err(LinkError::Diverged { .. })));
}
