//! Sessions of ESPrim: rand objects that are kept, replaced and driven out, and objects that come again.

use onem2m_envelope::esprim::Header;
use onem2m_primitive::{Request, ResponseStatusCode};
use onem2m_server::EndToEnd;
use serde_json::json;

use crate::bench::OK;
use crate::esprim_side::{Side, asked, bench, count, create, own_object, pairs, retrieve};

const UNKNOWN_ORIGINATOR: ResponseStatusCode = ResponseStatusCode::ESPRIM_UNKNOWN_ORIG_RAND_ID;
const UNKNOWN_RECEIVER: ResponseStatusCode = ResponseStatusCode::ESPRIM_UNKNOWN_RECV_RAND_ID;

fn settings() -> EndToEnd {
    EndToEnd {
        pairs: pairs(),
        ..EndToEnd::default()
    }
}

#[tokio::test]
async fn object_that_came_is_known_by_its_identifier() {
    let bench = bench(settings()).await;
    let side = Side::first(&bench).await;
    for header in [
        side.header(),
        side.later_header(),
        side.header(),
        side.later_header(),
    ] {
        let inner = side.exchange(&bench, &header, &create("CtpA1")).await;
        assert_eq!(inner["rsc"], json!(2001));
    }
    bench.advance(599);
    let inner = side
        .exchange(&bench, &side.later_header(), &create("CtpA1"))
        .await;
    assert_eq!(inner["rsc"], json!(2001));
    let short = side.again(&own_object("or-short", "20251120T133730"));
    bench.advance(1);
    let object = short.object(&short.header(), &create("CtpA1"));
    assert_eq!(side.send(&bench, &object).await.status, UNKNOWN_RECEIVER);
}

#[tokio::test]
async fn cached_object_ends_at_its_expiry() {
    let bench = bench(settings()).await;
    let receiver = asked(&bench, "CtpA1").await;
    let side = Side::with(
        "CtpA1",
        "kid-1",
        &receiver,
        &own_object("or-1", "20251120T132830"),
    );
    let inner = side
        .exchange(&bench, &side.header(), &create("CtpA1"))
        .await;
    assert_eq!(inner["rsc"], json!(2001));
    bench.advance(60);
    for header in [side.later_header(), side.header()] {
        let object = side.object(&header, &create("CtpA1"));
        assert_eq!(side.send(&bench, &object).await.status, UNKNOWN_ORIGINATOR);
    }
    assert_eq!(count(&bench).await, 1);
}

#[tokio::test]
async fn same_identifier_of_two_originators_is_two_objects() {
    let bench = bench(settings()).await;
    let (first, second) = (Side::first(&bench).await, Side::second(&bench).await);
    for side in [&first, &second] {
        let inner = side
            .exchange(&bench, &side.header(), &retrieve(side.stem, side.stem))
            .await;
        assert_eq!(inner["rsc"], json!(2000));
    }
    for side in [&first, &second] {
        let inner = side
            .exchange(
                &bench,
                &side.later_header(),
                &retrieve(side.stem, side.stem),
            )
            .await;
        assert_eq!(inner["rsc"], json!(2000));
    }
}

#[tokio::test]
async fn identifier_in_force_stands_for_one_object() {
    let bench = bench(settings()).await;
    let side = Side::first(&bench).await;
    let inner = side
        .exchange(&bench, &side.header(), &create("CtpA1"))
        .await;
    assert_eq!(inner["rsc"], json!(2001));
    let changed = side.again(&own_object("or-0001", "20251120T133700"));
    let object = changed.object(&changed.header(), &create("CtpA1"));
    assert_eq!(side.send(&bench, &object).await.status, UNKNOWN_ORIGINATOR);
    let inner = side
        .exchange(&bench, &side.later_header(), &create("CtpA1"))
        .await;
    assert_eq!(inner["rsc"], json!(2001));
}

#[tokio::test]
async fn originator_brings_its_next_object() {
    let bench = bench(settings()).await;
    let side = Side::first(&bench).await;
    let inner = side
        .exchange(&bench, &side.header(), &create("CtpA1"))
        .await;
    assert_eq!(inner["rsc"], json!(2001));
    let next = side.again(&own_object("or-0002", "20251120T133730"));
    let refresh = Header {
        oro: Some(next.session.originator.clone()),
        ..side.later_header()
    };
    let response = side
        .send(&bench, &side.object(&refresh, &create("CtpA1")))
        .await;
    assert_eq!(side.opened(&response).header.ori, "or-0001");
    for session in [&next, &side] {
        let inner = session
            .exchange(&bench, &session.later_header(), &create("CtpA1"))
            .await;
        assert_eq!(inner["rsc"], json!(2001));
    }
}

#[tokio::test]
async fn receiver_brings_its_next_object_if_it_refreshes() {
    let bench = bench(EndToEnd {
        refreshes: true,
        ..settings()
    })
    .await;
    let side = Side::first(&bench).await;
    let response = side
        .send(&bench, &side.object(&side.header(), &create("CtpA1")))
        .await;
    let next = side.opened(&response).header.rro.unwrap();
    assert_ne!(next.id(), side.session.receiver.id());
    let response = side
        .send(&bench, &side.object(&side.later_header(), &create("CtpA1")))
        .await;
    assert_eq!(
        side.opened(&response).header.rro,
        None,
        "one successor is enough"
    );
    let side = Side::with("CtpA1", "kid-1", &next, &side.session.originator);
    let inner = side
        .exchange(&bench, &side.later_header(), &create("CtpA1"))
        .await;
    assert_eq!(inner["rsc"], json!(2001));
}

#[tokio::test]
async fn two_sessions_of_a_pair_run_beside_each_other() {
    let bench = bench(settings()).await;
    let one = Side::first(&bench).await;
    let other = Side::first(&bench)
        .await
        .again(&own_object("or-b", "20251120T133730"));
    for _ in 0..3 {
        for side in [&one, &other] {
            let response = side
                .send(&bench, &side.object(&side.header(), &create("CtpA1")))
                .await;
            let opened = side.opened(&response).header;
            assert_eq!(opened.ori, side.session.originator.id());
            assert_eq!(opened.rri, side.session.receiver.id());
        }
    }
}

#[tokio::test]
async fn flood_of_one_drives_out_no_object_of_another() {
    let bench = bench(settings()).await;
    let side = Side::first(&bench).await;
    let earliest = Side::second(&bench).await;
    for _ in 0..100 {
        let content = json!({ "m2m:seci": { "sit": 3 } });
        let request = Request::notify("cse-in", content).from("CtpA2");
        assert_eq!(bench.status(request).await, OK);
    }
    let inner = side
        .exchange(&bench, &side.header(), &create("CtpA1"))
        .await;
    assert_eq!(inner["rsc"], json!(2001));
    let object = earliest.object(&earliest.header(), &create("CtpA2"));
    assert_eq!(
        earliest.send(&bench, &object).await.status,
        UNKNOWN_RECEIVER
    );
}

#[tokio::test]
async fn object_that_comes_again_is_refused_if_replays_are_noticed() {
    for detects_replays in [false, true] {
        let bench = bench(EndToEnd {
            detects_replays,
            ..settings()
        })
        .await;
        let side = Side::first(&bench).await;
        let object = side.object(&side.header(), &create("CtpA1"));
        assert_eq!(side.send(&bench, &object).await.status, OK);
        let again = side.send(&bench, &object).await.status;
        let expected = match detects_replays {
            true => ResponseStatusCode::ESPRIM_DECRYPTION_ERROR,
            false => OK,
        };
        assert_eq!(again, expected);
        assert_eq!(count(&bench).await, if detects_replays { 1 } else { 2 });
        let inner = side
            .exchange(&bench, &side.header(), &create("CtpA1"))
            .await;
        assert_eq!(inner["rsc"], json!(2001));
    }
}
