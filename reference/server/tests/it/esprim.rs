//! The CSE as Receiver of ESPrim Objects: what it gives out, carries out and answers.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use onem2m_envelope::ContentEncryption;
use onem2m_envelope::esprim::{Header, ReceiverRand, is_ncname};
use onem2m_primitive::coap::{Code, Message, Token, decode_response, encode_request};
use onem2m_primitive::{Request, ResponseStatusCode, ResponseType};
use onem2m_server::coap::CoapEndpoint;
use onem2m_server::{EndToEnd, Pairs, Peer};
use serde_json::{Value, json};

use crate::bench::{ADMIN, Bench, CREATED, DENIED, NOT_FOUND, OK, SOURCE, UPDATED, representation};
use crate::esprim_side::{
    Side, TARGET, asked, bench, count, create, listing, notify, own_object, pair, pairs, retrieve,
};
use crate::mcc::{associated, register, send_by};

fn settings() -> EndToEnd {
    EndToEnd {
        pairs: pairs(),
        ..EndToEnd::default()
    }
}

fn only_information() -> Request {
    Request {
        attribute_list: vec!["esi".to_owned()],
        ..Request::retrieve("cse-in").from(ADMIN)
    }
}

#[tokio::test]
async fn support_is_announced_while_there_are_keys() {
    let pairs = Arc::new(Pairs::new());
    let bench = bench(EndToEnd {
        pairs: pairs.clone(),
        ..EndToEnd::default()
    })
    .await;
    assert_eq!(bench.status(only_information()).await, NOT_FOUND);
    pairs.provision(pair("kid-data", "CtpA1", 14)).unwrap();
    assert_eq!(bench.status(only_information()).await, NOT_FOUND);
    pairs.provision(pair("kid-1", "CtpA1", 13)).unwrap();
    let response = bench.send(only_information()).await;
    assert_eq!(representation(&response), json!({ "esi": { "esf": [13] } }));
    assert!(pairs.provision(pair("kid-1", "CtpA2", 23)).is_err());
    assert!(pairs.withdraw("kid-1"));
    assert!(!pairs.withdraw("kid-1"));
    assert_eq!(bench.status(only_information()).await, NOT_FOUND);
}

#[tokio::test]
async fn rand_objects_are_fresh_and_never_named_twice() {
    let bench = bench(settings()).await;
    let (mut ids, mut values) = (HashSet::new(), HashSet::new());
    for _ in 0..100 {
        let object = asked(&bench, "CtpA1").await;
        assert!(is_ncname(object.id()) && is_ncname(object.value()));
        assert!(object.id().starts_with("unique-"));
        assert_eq!(object.value().len(), 32);
        assert_eq!(object.expiry().to_json(), &json!("20251120T133730"));
        assert_eq!(object.key_algorithms().0, [1]);
        assert_eq!(object.protocols().len(), 3);
        ids.insert(object.id().to_owned());
        values.insert(object.value().to_owned());
    }
    assert_eq!((ids.len(), values.len()), (100, 100));
}

#[tokio::test]
async fn shared_object_is_published_and_replaced() {
    let bench = bench(EndToEnd {
        rotation: Some(Duration::from_secs(300)),
        ..settings()
    })
    .await;
    let published = async || {
        let response = bench.send(only_information()).await;
        let object = representation(&response)["esi"]["esro"].to_string();
        ReceiverRand::from_json(&object).unwrap()
    };
    let first = published().await;
    assert!(first.id().starts_with("shared-"));
    assert_eq!(published().await, first);
    let own = own_object("or-0001", "20251120T133730");
    for (stem, kid, expected) in [("CtpA1", "kid-1", 2001), ("CtpA2", "kid-2", 4103)] {
        let side = Side::with(stem, kid, &first, &own);
        let response = side.exchange(&bench, &side.header(), &create(stem)).await;
        assert_eq!(response["rsc"], json!(expected));
    }
    bench.advance(300);
    let second = published().await;
    assert_ne!(second.id(), first.id());
    assert_ne!(second.value(), first.value());
    let side = Side::with("CtpA1", "kid-1", &first, &own);
    let response = side
        .exchange(&bench, &side.header(), &create("CtpA1"))
        .await;
    assert_eq!(
        response["rsc"],
        json!(2001),
        "the former one is valid until its expiry"
    );
}

#[tokio::test]
async fn create_is_carried_out_and_answered_in_the_session() {
    let bench = bench(settings()).await;
    let side = Side::first(&bench).await;
    let response = side
        .send(&bench, &side.object(&side.header(), &create("CtpA1")))
        .await;
    assert_eq!(response.request_identifier.as_deref(), Some("rqi1"));
    let opened = side.opened(&response);
    let header = opened.header;
    assert_eq!(
        (header.kid.as_str(), header.ori.as_str()),
        ("kid-1", "or-0001")
    );
    assert_eq!(header.rri, side.session.receiver.id());
    assert_eq!(
        (header.enc, header.oro, header.rro),
        (ContentEncryption::A256Gcm, None, None)
    );
    let inner: Value = serde_json::from_slice(&opened.plaintext).unwrap();
    assert_eq!(
        (&inner["rsc"], &inner["rqi"]),
        (&json!(2001), &json!("inner-1"))
    );
    assert_eq!(count(&bench).await, 1);
}

#[tokio::test]
async fn every_operation_is_carried_out() {
    let bench = bench(settings()).await;
    let side = Side::first(&bench).await;
    let send = async |inner: Value| {
        let response = side.exchange(&bench, &side.header(), &inner).await;
        response["rsc"].as_u64().unwrap()
    };
    assert_eq!(send(create("CtpA1")).await, 2001);
    assert_eq!(send(retrieve("CtpA1", "cse-in/cntT/la")).await, 2000);
    let update = json!({
        "op": 3, "to": TARGET, "fr": "CtpA1", "rqi": "i", "rvi": "3", "pc": { "m2m:cnt": { "lbl": ["e2e"] } },
    });
    assert_eq!(send(update).await, 2004);
    assert_eq!(bench.attribute(TARGET, "lbl").await, json!(["e2e"]));
    let delete = json!({ "op": 4, "to": "cse-in/cntT/la", "fr": "CtpA1", "rqi": "i", "rvi": "3" });
    assert_eq!(send(delete).await, 2002);
    assert_eq!(count(&bench).await, 0);
}

#[tokio::test]
async fn inner_notify_reaches_an_ae() {
    let bench = bench(settings()).await;
    let update = Request::update(
        "CtpA1",
        json!({ "m2m:ae": { "poa": ["http://ae1.example"] } }),
    );
    assert_eq!(bench.status(update.from("CtpA1")).await, UPDATED);
    let side = Side::first(&bench).await;
    let inner = json!({
        "op": 5, "to": "CtpA1", "fr": "CtpA1", "rqi": "i", "rvi": "3", "pc": { "m2m:sgn": { "sur": "x" } },
    });
    let response = side.exchange(&bench, &side.header(), &inner).await;
    assert_eq!(response["rsc"], json!(2000));
    let received = bench.inbox.received();
    assert_eq!(
        received[0].1.content,
        Some(json!({ "m2m:sgn": { "sur": "x" } }))
    );
}

#[tokio::test]
async fn every_algorithm_is_answered_with_itself() {
    let bench = bench(settings()).await;
    let receiver = asked(&bench, "CtpA1").await;
    for (protocol, enc) in (10..).zip(ContentEncryption::ALL) {
        let own = listing(&format!("or-{protocol}"), "20251120T133730", &[protocol]);
        let side = Side::with("CtpA1", "kid-1", &receiver, &own);
        let object = side.object(&side.header(), &create("CtpA1"));
        assert_eq!(
            side.opened(&side.send(&bench, &object).await).header.enc,
            enc
        );
    }
}

#[tokio::test]
async fn failed_inner_requests_are_answered_in_the_session_too() {
    let bench = bench(settings()).await;
    let side = Side::second(&bench).await;
    for (to, expected) in [(TARGET, 4103), ("cse-in/none", 4004)] {
        let inner = side
            .exchange(&bench, &side.header(), &retrieve("CtpA2", to))
            .await;
        assert_eq!(
            (&inner["rsc"], &inner["rqi"]),
            (&json!(expected), &json!("inner-2"))
        );
    }
    for operation in [json!(0), json!(6), json!("1"), json!(null), json!(1.5)] {
        let mut inner = retrieve("CtpA2", TARGET);
        inner["op"] = operation;
        let inner = side.exchange(&bench, &side.header(), &inner).await;
        assert_eq!(
            (&inner["rsc"], &inner["rqi"]),
            (&json!(4000), &json!("inner-2"))
        );
    }
}

#[tokio::test]
async fn delivery_parameters_of_the_inner_request_are_ignored() {
    let bench = bench(settings()).await;
    let side = Side::first(&bench).await;
    let mut inner = create("CtpA1");
    inner["rt"] = json!({ "rtv": 2, "nu": ["http://elsewhere.example"] });
    inner["ec"] = json!(4);
    inner["da"] = json!(true);
    let response = side.exchange(&bench, &side.header(), &inner).await;
    assert_eq!(response["rsc"], json!(2001));
    assert!(bench.inbox.received().is_empty());
}

#[tokio::test]
async fn parameters_of_the_outer_request_give_no_rights() {
    let bench = bench(settings()).await;
    let side = Side::second(&bench).await;
    let object = side.object(&side.header(), &create("CtpA2"));
    let response = bench.send(notify(&object).from("CtpA1")).await;
    assert_eq!(side.inner(&response)["rsc"], json!(4103));
    assert_eq!(count(&bench).await, 0);
    let side = Side::first(&bench).await;
    let object = side.object(&side.header(), &create("CtpA1"));
    let response = bench.send(notify(&object).from("CtpA2")).await;
    assert_eq!(side.inner(&response)["rsc"], json!(2001));
}

#[tokio::test]
async fn request_under_esprim_is_authenticated() {
    let bench = bench(settings()).await;
    let flagged = bench
        .policy(
            "acpF",
            json!([{ "acor": ["CtpA1"], "acop": 63, "acaf": true }]),
        )
        .await;
    let content = json!({ "m2m:cnt": { "rn": "cntF", "acpi": [flagged] } });
    let make = Request::create("cse-in", 3, content).from(ADMIN);
    assert_eq!(bench.status(make).await, CREATED);
    let plain = Request::retrieve("cse-in/cntF").from("CtpA1");
    assert_eq!(bench.status(plain).await, DENIED);
    let side = Side::first(&bench).await;
    let inner = retrieve("CtpA1", "cse-in/cntF");
    let response = side.exchange(&bench, &side.header(), &inner).await;
    assert_eq!(response["rsc"], json!(2000));
}

#[tokio::test]
async fn any_form_of_the_bound_identity_has_its_rights() {
    let bench = bench(settings()).await;
    let side = Side::first(&bench).await;
    for from in ["CtpA1", "/id-in/CtpA1", "//onem2m.example/id-in/CtpA1"] {
        let response = side.exchange(&bench, &side.header(), &create(from)).await;
        assert_eq!(response["rsc"], json!(2001), "{from}");
    }
}

#[tokio::test]
async fn entity_of_a_key_registers_as_any() {
    let bench = bench(settings()).await;
    let known = Side::first(&bench).await;
    let application = |from: &str| {
        json!({
            "op": 1, "to": "cse-in", "fr": from, "rqi": "i", "rvi": "3", "ty": 2,
            "pc": { "m2m:ae": { "api": "Ntest", "rr": true, "srv": ["3"] } },
        })
    };
    let again = known
        .exchange(&bench, &known.header(), &application("CtpA1"))
        .await;
    assert_eq!(again["rsc"], json!(4117));
    let form = known
        .exchange(&bench, &known.header(), &application("/id-in/CtpA1"))
        .await;
    assert_eq!(form["rsc"], json!(4000));
}

#[tokio::test]
async fn outer_request_that_does_not_wait_gets_its_answer_later() {
    let bench = bench(settings()).await;
    let side = Side::first(&bench).await;
    let object = side.object(&side.header(), &create("CtpA1"));
    let outer = Request {
        response_type: Some(ResponseType {
            value: 1,
            notification_uris: None,
        }),
        ..notify(&object).from("CtpA1")
    };
    let accepted = bench.send(outer).await;
    assert_eq!(accepted.status, ResponseStatusCode::ACCEPTED_SYNCH);
    let place = accepted.uri().unwrap().to_owned();
    let kept = bench.send(Request::retrieve(place).from("CtpA1")).await;
    let result = &representation(&kept)["ors"];
    assert_eq!(result["rsc"], json!(2000));
    let answer = onem2m_primitive::Response::new(OK).with_content(result["pc"].clone());
    assert_eq!(side.inner(&answer)["rsc"], json!(2001));
    assert!(
        !representation(&kept).to_string().contains("\"tp\""),
        "nothing is kept in the clear"
    );
    assert_eq!(count(&bench).await, 1);
}

#[tokio::test]
async fn objects_lie_within_each_other_so_deep_only() {
    let bench = bench(settings()).await;
    let side = Side::first(&bench).await;
    let wrap = |inner: &Value| {
        let object = side.object(&side.header(), inner);
        json!({
            "op": 5, "to": "cse-in", "fr": "CtpA1", "rqi": "i", "rvi": "3",
            "pc": { "m2m:seci": { "sit": 5, "epo": object } },
        })
    };
    let two = wrap(&create("CtpA1"));
    let response = side.exchange(&bench, &side.header(), &two).await;
    assert_eq!(response["rsc"], json!(2000));
    assert_eq!(count(&bench).await, 1);
    let response = side.exchange(&bench, &side.header(), &wrap(&two)).await;
    let epo = response["pc"]["m2m:seci"]["epo"].as_str().unwrap();
    let answer = onem2m_primitive::Response::new(OK)
        .with_content(json!({ "m2m:seci": { "sit": 5, "epo": epo } }));
    assert_eq!(side.inner(&answer)["rsc"], json!(4005));
    assert_eq!(count(&bench).await, 1);
}

#[tokio::test]
async fn initialization_vectors_never_come_twice() {
    let bench = bench(settings()).await;
    let side = Side::first(&bench).await;
    let mut vectors = HashSet::new();
    for _ in 0..50 {
        let object = side.object(&side.header(), &retrieve("CtpA1", TARGET));
        let response = side.send(&bench, &object).await;
        let answer = response.content.unwrap()["m2m:seci"]["epo"].clone();
        for object in [object.as_str(), answer.as_str().unwrap()] {
            vectors.insert(object.split('.').nth(2).unwrap().to_owned());
        }
    }
    assert_eq!(vectors.len(), 100);
}

#[tokio::test]
async fn cse_without_settings_is_no_receiver() {
    let bench = Bench::new();
    let content = json!({ "m2m:seci": { "sit": 3 } });
    let request = Request::notify("cse-in", content).from(ADMIN);
    assert_eq!(
        bench.status(request).await,
        ResponseStatusCode::NOT_IMPLEMENTED
    );
    let object = notify("a..b.c.d").from(ADMIN);
    assert_eq!(
        bench.status(object).await,
        ResponseStatusCode::NOT_IMPLEMENTED
    );
}

#[tokio::test]
async fn who_may_not_notify_gets_nothing() {
    let bench = bench(settings()).await;
    let side = Side::first(&bench).await;
    let rules = json!({ "acr": [{ "acor": [ADMIN], "acop": 63 }] });
    let policy = Request::update("cse-in/acpCSEBase", json!({ "m2m:acp": { "pv": rules } }));
    assert_eq!(bench.status(policy.from(ADMIN)).await, UPDATED);
    let header: Header = side.header();
    let response = side
        .send(&bench, &side.object(&header, &create("CtpA1")))
        .await;
    assert_eq!(response.status, DENIED);
    assert_eq!(count(&bench).await, 0);
}

#[tokio::test]
async fn answer_over_coap_carries_the_object() {
    let bench = bench(settings()).await;
    let side = Side::first(&bench).await;
    let object = side.object(&side.header(), &create("CtpA1"));
    let request = notify(&object)
        .from("CtpA1")
        .identified("rqi1")
        .release("3");
    let message = Message {
        message_id: 1,
        token: Token::from([7; 8]),
        ..encode_request(&request).unwrap()
    };
    let endpoint = CoapEndpoint::new(bench.cse.clone());
    let peer = Peer::plain(SOURCE.parse().unwrap());
    let octets = message.write().unwrap();
    let answer = endpoint
        .answer(&octets, &peer, Duration::ZERO)
        .await
        .unwrap();
    let answer = Message::read(&answer).unwrap();
    assert_eq!(answer.code, Code::CHANGED);
    let response = decode_response(&answer).unwrap();
    assert_eq!(side.inner(&response)["rsc"], json!(2001));
}

#[tokio::test]
async fn object_for_another_is_not_opened() {
    let bench = bench(settings()).await;
    let update = Request::update(
        "CtpA2",
        json!({ "m2m:ae": { "poa": ["http://ae2.example"] } }),
    );
    assert_eq!(bench.status(update.from("CtpA2")).await, UPDATED);
    let peer = associated(&bench.cse, "/mn-1");
    let registration = register("cse-in", "/mn-1", "http://mn.example");
    assert_eq!(
        send_by(&bench.cse, peer, registration).await.status,
        CREATED
    );
    let side = Side::first(&bench).await;
    let object = side.object(&side.header(), &create("CtpA1"));
    let content = notify(&object).content.unwrap();
    for (arrived, (to, from)) in (1..).zip([("CtpA2", "CtpA2"), ("/mn-1/-", "CtpA1")]) {
        let notify = Request::notify(to, content.clone()).from(from);
        assert_eq!(bench.status(notify).await, OK, "{to}");
        let received = bench.inbox.wait_for(arrived).await;
        assert_eq!(received[arrived - 1].1.content.as_ref(), Some(&content));
    }
    assert_eq!(count(&bench).await, 0);
}
