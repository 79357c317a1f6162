//! How ESPrim Objects are refused: with the code of the fault, and without any effect.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use onem2m_envelope::bare::Compact;
use onem2m_envelope::esprim::Header;
use onem2m_envelope::{ContentEncryption, base64url};
use onem2m_primitive::{Request, Response, ResponseStatusCode};
use onem2m_server::{EndToEnd, ErrorStyle, NoRandomness, Randomness};
use serde_json::{Value, json};

use crate::bench::{BAD_REQUEST, Bench, OK};
use crate::esprim_side::{
    Side, bench, count, create, listing, notify, own_object, pair, pairs, retrieve,
};

const UNSUPPORTED: ResponseStatusCode = ResponseStatusCode::ESPRIM_UNSUPPORTED_OPTION;
const UNKNOWN_KEY: ResponseStatusCode = ResponseStatusCode::ESPRIM_UNKNOWN_KEY_ID;
const UNKNOWN_ORIGINATOR: ResponseStatusCode = ResponseStatusCode::ESPRIM_UNKNOWN_ORIG_RAND_ID;
const UNKNOWN_RECEIVER: ResponseStatusCode = ResponseStatusCode::ESPRIM_UNKNOWN_RECV_RAND_ID;
const BAD_MAC: ResponseStatusCode = ResponseStatusCode::ESPRIM_BAD_MAC;
const IMPERSONATION: ResponseStatusCode = ResponseStatusCode::ESPRIM_IMPERSONATION_ERROR;
const UNREADABLE: ResponseStatusCode = ResponseStatusCode::ESPRIM_DECRYPTION_ERROR;

async fn set_up() -> (Bench, Side) {
    let bench = bench(EndToEnd {
        pairs: pairs(),
        ..EndToEnd::default()
    })
    .await;
    let side = Side::first(&bench).await;
    (bench, side)
}

/// Refused in the clear, without an effect, and what is right works after it.
async fn refused(bench: &Bench, side: &Side, object: &str, expected: ResponseStatusCode) {
    let before = count(bench).await;
    let response = side.send(bench, object).await;
    assert_eq!(response.status, expected, "{response:?}");
    let content = response.content.unwrap();
    assert!(content.get("m2m:seci").is_none());
    assert_eq!(count(bench).await, before);
    let inner = side
        .exchange(bench, &side.header(), &create(side.stem))
        .await;
    assert_eq!(inner["rsc"], json!(2001));
}

/// The object with a change in the text of its header, encrypted for the header as it is then.
fn with_header(side: &Side, change: impl Fn(String) -> String) -> String {
    use onem2m_envelope::SymmetricKey;
    use onem2m_envelope::esprim::bare::Draft;
    let text = change(side.header().to_json());
    let key = SymmetricKey::new(side.session.key.octets());
    let plaintext = create(side.stem).to_string();
    let draft = Draft::with_header(&text, key, &[9; 12], plaintext.as_bytes());
    draft.compose().unwrap().to_string()
}

#[tokio::test]
async fn what_is_no_object_is_a_bad_request() {
    let (bench, side) = set_up().await;
    let valid = side.object(&side.header(), &create("CtpA1"));
    let parts = Compact::read(&valid);
    let with = |part: usize, text: &str| parts.clone().with_text(part, text).to_string();
    for object in [
        "".to_owned(),
        "a.b.c".to_owned(),
        format!("{valid}.x"),
        with(1, "AAAA"),
        with(4, &format!("{}=", valid.rsplit('.').next().unwrap())),
        with(2, "AAAA"),
        with(4, "AAAA"),
        with(3, ""),
        with(0, &base64url::encode(b"[]")),
        with(0, ""),
    ] {
        refused(&bench, &side, &object, BAD_REQUEST).await;
    }
    for change in [
        (r#""ori":"or-0001","#, ""),
        (r#""kid":"kid-1""#, r#""kid":7"#),
        (r#""kid":"kid-1""#, r#""kid":"kid-1","kid":"kid-2""#),
        (r#""alg":"dir""#, r#""alg":"dir","crit":["exp"]"#),
        (r#""esk":1"#, r#""esk":1,"esks":[1]"#),
        (r#""esri":"or-0001","#, ""),
        (r#""esrv":"a1b"#, r#""esrv":"1b"#),
        (r#"preq+json"#, r#"prsp+json"#),
    ] {
        let object = with_header(&side, |text| text.replace(change.0, change.1));
        refused(&bench, &side, &object, BAD_REQUEST).await;
    }
    let misplaced = with_header(&side, |text| {
        let own = side.session.receiver.to_json();
        text.replacen('{', &format!(r#"{{"rro":{own},"#), 1)
    });
    refused(&bench, &side, &misplaced, BAD_REQUEST).await;
}

#[tokio::test]
async fn other_options_are_unsupported() {
    let (bench, side) = set_up().await;
    for change in [
        (r#""alg":"dir""#, r#""alg":"none""#),
        (r#""alg":"dir""#, r#""alg":"A256KW""#),
        (r#""enc":"A256GCM""#, r#""enc":"A256CBC-HS512""#),
        (r#""alg":"dir""#, r#""alg":"dir","zip":"DEF""#),
    ] {
        let object = with_header(&side, |text| text.replace(change.0, change.1));
        refused(&bench, &side, &object, UNSUPPORTED).await;
    }
    for own in [
        listing("or-1", "20251120T133730", &[12, 20]),
        listing("or-2", "20251120T133730", &[20]),
    ] {
        let other = side.again(&own);
        refused(
            &bench,
            &side,
            &other.object(&other.header(), &create("CtpA1")),
            UNSUPPORTED,
        )
        .await;
    }
    let derived = with_header(&side, |text| {
        text.replace(r#""esk":1"#, r#""esk":2"#)
            .replace("or-0001", "or-3")
    });
    refused(&bench, &side, &derived, UNSUPPORTED).await;
    let narrow = side.again(&listing("or-4", "20251120T133730", &[12]));
    let header = Header {
        enc: ContentEncryption::A128Gcm,
        ..narrow.header()
    };
    refused(
        &bench,
        &side,
        &narrow.object(&header, &create("CtpA1")),
        UNSUPPORTED,
    )
    .await;
}

#[tokio::test]
async fn other_keys_are_unknown() {
    let (bench, side) = set_up().await;
    for kid in ["kid-9", "KID-1", "kid-data", "../kid-1", "", "kid-1\u{0}"] {
        let header = Header {
            kid: kid.to_owned(),
            ..side.header()
        };
        let object = side.object(&header, &create("CtpA1"));
        refused(&bench, &side, &object, UNKNOWN_KEY).await;
    }
}

#[tokio::test]
async fn key_ends_with_its_lifetime_or_its_withdrawal() {
    let pairs = pairs();
    let expiring = onem2m_server::Pair {
        expires: Some(crate::esprim_side::START + time::Duration::seconds(60)),
        ..pair("kid-1", "CtpA1", 13)
    };
    pairs.withdraw("kid-1");
    pairs.provision(expiring).unwrap();
    let bench = bench(EndToEnd {
        pairs: pairs.clone(),
        ..EndToEnd::default()
    })
    .await;
    let side = Side::first(&bench).await;
    let inner = side
        .exchange(&bench, &side.header(), &create("CtpA1"))
        .await;
    assert_eq!(inner["rsc"], json!(2001));
    bench.advance(60);
    let later = side.object(&side.later_header(), &create("CtpA1"));
    assert_eq!(side.send(&bench, &later).await.status, UNKNOWN_KEY);
    let other = Side::second(&bench).await;
    let inner = other
        .exchange(&bench, &other.header(), &create("CtpA2"))
        .await;
    assert_eq!(inner["rsc"], json!(4103));
    assert!(pairs.withdraw("kid-2"));
    let later = other.object(&other.later_header(), &create("CtpA2"));
    assert_eq!(other.send(&bench, &later).await.status, UNKNOWN_KEY);
    assert_eq!(count(&bench).await, 1);
}

#[tokio::test]
async fn other_rand_objects_of_the_receiver_are_unknown() {
    let (bench, side) = set_up().await;
    let theirs = Side::second(&bench).await;
    for rri in ["rr-evil", theirs.session.receiver.id()] {
        let header = Header {
            rri: rri.to_owned(),
            ..side.header()
        };
        let object = side.object(&header, &create("CtpA1"));
        refused(&bench, &side, &object, UNKNOWN_RECEIVER).await;
    }
    bench.advance(600);
    let object = side.object(&side.header(), &create("CtpA1"));
    assert_eq!(side.send(&bench, &object).await.status, UNKNOWN_RECEIVER);
}

#[tokio::test]
async fn other_rand_objects_of_the_originator_are_unknown() {
    let (bench, side) = set_up().await;
    let unknown = Header {
        ori: "or-9".to_owned(),
        ..side.later_header()
    };
    refused(
        &bench,
        &side,
        &side.object(&unknown, &create("CtpA1")),
        UNKNOWN_ORIGINATOR,
    )
    .await;
    let otherwise = Header {
        ori: "or-9".to_owned(),
        ..side.header()
    };
    refused(
        &bench,
        &side,
        &side.object(&otherwise, &create("CtpA1")),
        UNKNOWN_ORIGINATOR,
    )
    .await;
    for expiry in ["20251120T132730", "20251120T133731"] {
        let other = side.again(&own_object("or-5", expiry));
        let object = other.object(&other.header(), &create("CtpA1"));
        refused(&bench, &side, &object, UNKNOWN_ORIGINATOR).await;
    }
    let theirs = Side::second(&bench).await;
    let borrowed = theirs.object(&theirs.later_header(), &create("CtpA2"));
    assert_eq!(
        theirs.send(&bench, &borrowed).await.status,
        UNKNOWN_ORIGINATOR
    );
}

#[tokio::test]
async fn what_was_altered_has_another_tag() {
    let (bench, side) = set_up().await;
    let valid = side.object(&side.header(), &create("CtpA1"));
    let parts = Compact::read(&valid);
    for part in [4, 3, 2] {
        let mut octets = parts.octets(part);
        octets[0] ^= 1;
        let altered = parts.clone().with(part, &octets);
        refused(&bench, &side, &altered.to_string(), BAD_MAC).await;
    }
    let spaced = side.header().to_json().replacen(',', ", ", 1);
    let altered = parts.with(0, spaced.as_bytes());
    refused(&bench, &side, &altered.to_string(), BAD_MAC).await;
    let theirs = Side::second(&bench).await;
    let crossed = Side {
        session: side.session.clone(),
        ..theirs.clone()
    };
    let object = crossed.object(&theirs.header(), &create("CtpA1"));
    refused(&bench, &side, &object, BAD_MAC).await;
}

#[tokio::test]
async fn object_that_fails_brings_no_rand_object() {
    let (bench, side) = set_up().await;
    let next = side.again(&own_object("or-0002", "20251120T133730"));
    let object = next.object(&next.header(), &create("CtpA1"));
    let altered = Compact::read(&object).with(4, &[0; 16]);
    refused(&bench, &side, &altered.to_string(), BAD_MAC).await;
    let later = next.object(&next.later_header(), &create("CtpA1"));
    refused(&bench, &side, &later, UNKNOWN_ORIGINATOR).await;
}

#[tokio::test]
async fn from_of_another_is_an_impersonation() {
    let (bench, side) = set_up().await;
    for from in [
        json!("CtpA2"),
        json!("CtpA"),
        json!("CtpA11"),
        json!("ctpa1"),
        json!("CtpA1/"),
        json!("CtpA1%20"),
        json!("СtpA1"),
        json!("/id-in"),
        json!("/mn-1/CtpA1"),
        json!("CAdmin"),
        json!(""),
        json!(null),
        json!(7),
    ] {
        let mut inner = create("CtpA1");
        inner["fr"] = from;
        refused(
            &bench,
            &side,
            &side.object(&side.header(), &inner),
            IMPERSONATION,
        )
        .await;
    }
    let mut inner = create("CtpA1");
    inner.as_object_mut().unwrap().remove("fr");
    refused(
        &bench,
        &side,
        &side.object(&side.header(), &inner),
        IMPERSONATION,
    )
    .await;
    let wrapped = json!({ "m2m:rqp": create("CtpA1") });
    refused(
        &bench,
        &side,
        &side.object(&side.header(), &wrapped),
        IMPERSONATION,
    )
    .await;
    let response = json!({ "rsc": 2000, "rqi": "i" });
    refused(
        &bench,
        &side,
        &side.object(&side.header(), &response),
        IMPERSONATION,
    )
    .await;
}

#[tokio::test]
async fn what_is_no_primitive_is_unreadable() {
    let (bench, side) = set_up().await;
    let twice = create("CtpA1")
        .to_string()
        .replace(r#""fr":"CtpA1""#, r#""fr":"CtpA1","fr":"CtpA2""#);
    for plaintext in ["{", "[]", "null", "true", "\"x\"", "<x/>", twice.as_str()] {
        let object = side.object_of(&side.header(), plaintext.as_bytes());
        refused(&bench, &side, &object, UNREADABLE).await;
    }
}

#[tokio::test]
async fn security_info_that_asks_for_nothing_is_a_bad_request() {
    let (bench, side) = set_up().await;
    let evil = json!({
        "esri": "rr-evil", "esrv": "deadbeefdeadbeefdeadbeefdeadbeef", "esrx": "20251120T133730",
        "esks": [1], "espa": [12],
    });
    for content in [
        json!({ "m2m:seci": {} }),
        json!({ "m2m:seci": { "sit": 9 } }),
        json!({ "m2m:seci": { "sit": 3, "ero": evil } }),
        json!({ "m2m:seci": { "sit": 4, "ero": evil } }),
        json!({ "m2m:seci": { "sit": 5 } }),
    ] {
        let request = Request::notify("cse-in", content).from("CtpA1");
        assert_eq!(bench.status(request).await, BAD_REQUEST);
    }
    let header = Header {
        rri: "rr-evil".to_owned(),
        ..side.header()
    };
    let object = side.object(&header, &create("CtpA1"));
    refused(&bench, &side, &object, UNKNOWN_RECEIVER).await;
}

#[tokio::test]
async fn object_elsewhere_than_in_a_notify_to_the_cse_is_not_opened() {
    let (bench, side) = set_up().await;
    let object = side.object(&side.header(), &create("CtpA1"));
    let content = notify(&object).content.unwrap();
    for request in [
        Request::create("cse-in/cntT", 4, content.clone()),
        Request::update("cse-in/cntT", content.clone()),
        Request::notify("cse-in/cntT", content),
    ] {
        let response: Response = bench.send(request.from("CtpA1")).await;
        assert!(!response.status.is_success(), "{response:?}");
    }
    assert_eq!(count(&bench).await, 0);
}

#[tokio::test]
async fn errors_go_back_in_the_session_if_they_are_secured() {
    let bench = bench(EndToEnd {
        pairs: pairs(),
        errors: ErrorStyle::Secured,
        ..EndToEnd::default()
    })
    .await;
    let side = Side::first(&bench).await;
    let unknown = |side: &Side| {
        let header = Header {
            rri: "rr-evil".to_owned(),
            ..side.header()
        };
        side.object(&header, &create(side.stem))
    };
    assert_eq!(
        side.send(&bench, &unknown(&side)).await.status,
        UNKNOWN_RECEIVER
    );
    let inner = side
        .exchange(&bench, &side.header(), &retrieve("CtpA1", "cse-in/cntT"))
        .await;
    assert_eq!(inner["rsc"], json!(2000));
    let response = side.send(&bench, &unknown(&side)).await;
    let inner: Value = side.inner(&response);
    assert_eq!(inner["rsc"], json!(4114));
    let stolen = side.object(&side.header(), &create("CtpA2"));
    let response = side.send(&bench, &stolen).await;
    assert_eq!(response.status, OK);
    let inner: Value = side.inner(&response);
    assert_eq!(
        (&inner["rsc"], &inner["rqi"]),
        (&json!(4116), &json!("inner-1"))
    );
    let other = Side::second(&bench).await;
    assert_eq!(
        other.send(&bench, &unknown(&other)).await.status,
        UNKNOWN_RECEIVER
    );
    let nobody = Header {
        kid: "kid-9".to_owned(),
        ..side.header()
    };
    let object = side.object(&nobody, &create("CtpA1"));
    assert_eq!(side.send(&bench, &object).await.status, UNKNOWN_KEY);
    assert_eq!(count(&bench).await, 0);
}

#[tokio::test]
async fn what_the_cse_does_not_offer_is_unsupported() {
    let bench = bench(EndToEnd {
        pairs: pairs(),
        protocols: vec![ContentEncryption::A256Gcm],
        ..EndToEnd::default()
    })
    .await;
    let side = Side::first(&bench).await;
    for (id, protocol, expected) in [("or-1", 10, UNSUPPORTED), ("or-2", 12, OK)] {
        let side = side.again(&listing(id, "20251120T133730", &[protocol]));
        let object = side.object(&side.header(), &create("CtpA1"));
        assert_eq!(side.send(&bench, &object).await.status, expected);
    }
    assert_eq!(count(&bench).await, 1);
}

#[tokio::test]
async fn without_random_octets_nothing_is_given_out_or_answered() {
    let is_dry = Arc::new(AtomicBool::new(false));
    let (system, tap) = (Randomness::system(), is_dry.clone());
    let bench = bench(EndToEnd {
        pairs: pairs(),
        randomness: Randomness::new(move |octets| match tap.load(Ordering::Relaxed) {
            true => Err(NoRandomness),
            false => system.fill(octets),
        }),
        ..EndToEnd::default()
    })
    .await;
    let side = Side::first(&bench).await;
    is_dry.store(true, Ordering::Relaxed);
    let content = json!({ "m2m:seci": { "sit": 3 } });
    let request = Request::notify("cse-in", content).from("CtpA1");
    assert_eq!(
        bench.status(request).await,
        ResponseStatusCode::INTERNAL_SERVER_ERROR
    );
    let object = side.object(&side.header(), &create("CtpA1"));
    assert_eq!(
        side.send(&bench, &object).await.status,
        ResponseStatusCode::ESPRIM_ENCRYPTION_ERROR
    );
    is_dry.store(false, Ordering::Relaxed);
    let inner = side
        .exchange(&bench, &side.later_header(), &create("CtpA1"))
        .await;
    assert_eq!(inner["rsc"], json!(2001));
}
