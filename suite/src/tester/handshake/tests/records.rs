use super::attempts::{PATIENCE, attempt, certificates, conducting, connect, link, psk};
use super::peer::{Peer, certificate_context, psk_context};
use crate::catalogue::behaviour::Endpoint;
use crate::tester::handshake::{Association, Delivered, RecordFault, establish};
use crate::tester::recorder::Recorder;
use onem2m_association::messages::{Alert, AlertDescription, ContentType};

const CBC: &str = "PSK-AES128-CBC-SHA256";

#[tokio::test]
async fn messages_over_records_of_one_octet_are_accepted() {
    let peer = Peer::serve(psk_context(CBC).build(), 1);
    let handshake = conducting(psk(), "records = { octets = 1 }");
    let outcome = attempt(peer.address, &handshake).await;
    assert!(outcome.carried(), "{}", outcome.end);
}

#[tokio::test]
async fn messages_that_share_a_record_are_accepted() {
    let peer = Peer::serve(certificate_context("ECDHE-ECDSA-AES128-SHA256").build(), 1);
    let handshake = conducting(certificates(), "records = { coalesced = true }");
    let outcome = attempt(peer.address, &handshake).await;
    assert!(outcome.carried(), "{}", outcome.end);
    assert!(outcome.seen.flight[0].len() > 500);
}

/// What the server answers to records that an association sends.
async fn answer(
    suite: &str,
    records: impl FnOnce(&mut Association<'_>) -> Vec<Vec<u8>>,
) -> (Vec<Delivered>, Vec<u8>) {
    let peer = Peer::serve(psk_context(suite).build(), 1);
    let link = link(Endpoint::Https, peer.address);
    let recorder = Recorder::new(&link, "test", 1, 1);
    let suite = match suite {
        CBC => "0x00ae",
        _ => "0xc0a8",
    };
    let handshake = conducting(psk(), &format!("hello = {{ suites = [{suite}] }}"));
    let attempt = establish(connect(&recorder).await, &handshake)
        .await
        .unwrap();
    let mut association = attempt.association.unwrap();
    for record in records(&mut association) {
        association.send_octets(record).await.unwrap();
    }
    let mut delivered = Vec::new();
    loop {
        let next = association.receive(PATIENCE).await.unwrap();
        let ended = !matches!(next, Delivered::Data(_));
        delivered.push(next);
        if ended {
            break;
        }
    }
    drop(association);
    (delivered, peer.served().unwrap().read)
}

fn data(association: &mut Association<'_>, fault: RecordFault) -> Vec<u8> {
    association
        .seal(ContentType::APPLICATION_DATA, b"data", fault)
        .unwrap()
}

#[tokio::test]
async fn faulty_records_end_with_bad_record_mac() {
    let bad = Delivered::Alert(Alert::fatal(AlertDescription::BAD_RECORD_MAC));
    let faults = [
        RecordFault::Ciphertext,
        RecordFault::Mac,
        RecordFault::Padding,
        RecordFault::PaddingLength,
    ];
    for suite in [CBC, "PSK-AES128-CCM8"] {
        for fault in faults {
            let (delivered, read) = answer(suite, |it| vec![data(it, fault)]).await;
            assert_eq!(delivered, std::slice::from_ref(&bad), "{fault:?}");
            assert_eq!(read, b"");
        }
    }
}

#[tokio::test]
async fn record_that_is_repeated_ends_with_bad_record_mac() {
    let (delivered, read) = answer(CBC, |it| {
        let record = data(it, RecordFault::None);
        vec![record.clone(), record]
    })
    .await;
    let bad = Delivered::Alert(Alert::fatal(AlertDescription::BAD_RECORD_MAC));
    assert_eq!(delivered.last(), Some(&bad));
    assert_eq!(read, b"data");
}

#[tokio::test]
async fn records_out_of_order_end_with_bad_record_mac() {
    let (delivered, read) = answer(CBC, |it| {
        let first = data(it, RecordFault::None);
        let second = data(it, RecordFault::None);
        vec![second, first]
    })
    .await;
    let bad = Delivered::Alert(Alert::fatal(AlertDescription::BAD_RECORD_MAC));
    assert_eq!(delivered, [bad]);
    assert_eq!(read, b"");
}

#[tokio::test]
async fn record_beyond_the_limit_is_refused() {
    let (delivered, _) = answer(CBC, |it| {
        let content = vec![0; (1 << 14) + 1];
        let record = it.seal(ContentType::APPLICATION_DATA, &content, RecordFault::None);
        vec![record.unwrap()]
    })
    .await;
    let overflow = Delivered::Alert(Alert::fatal(AlertDescription::RECORD_OVERFLOW));
    assert_eq!(delivered, [overflow]);
}
