//! What holds for any object: ten thousand of them, or as many as `PROPTEST_CASES` says.

use onem2m_envelope::esprim::{
    Chosen, Clauses, ContentType, Direction, Expiry, Header, IssuedObject, Offered, OriginatorRand,
    PairwiseKey, ProtocolId, RandOctets, Readings, ReceiverRand, Refusal, Serialization, Session,
    Tables, ValueEncoding, accept_response, bare, open, receive, respond, seal,
};
use onem2m_envelope::{ContentEncryption, SymmetricKey};
use onem2m_keys::{ContentKeyOctets, PairwiseEsPrimKey, SessionEsPrimKey};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use time::OffsetDateTime;

const CLAUSES: &Clauses = &Clauses::SPECIFICATION;
const NOW: OffsetDateTime = OffsetDateTime::UNIX_EPOCH;
const NCNAME: &str = "[A-Za-z_é][A-Za-z0-9_.é-]{0,12}";

proptest! {
    #![proptest_config(configuration())]

    #[test]
    fn a_rand_object_comes_back(originator in originator(), receiver in receiver(), blank in "[ \n]?") {
        let read = OriginatorRand::from_json(&originator.to_json());
        prop_assert_eq!(read.as_ref(), Ok(&originator));
        prop_assert_eq!(read.unwrap().to_json(), originator.to_json());
        let spaced = receiver.to_json().replace(',', &format!(",{blank}"));
        let read = ReceiverRand::from_json(&spaced).unwrap();
        prop_assert_eq!(&read, &receiver);
        prop_assert_eq!(read.as_sent(), spaced);
    }

    #[test]
    fn what_is_sealed_opens(
        (header, direction) in header(),
        key: [u8; 32],
        readings in readings(),
        iv: [u8; 12],
        plaintext in vec(any::<u8>(), 1..200),
    ) {
        let key = SessionEsPrimKey::from(key);
        let object = seal(&header, &key, readings.content_key, &iv, &plaintext).unwrap();
        let opened = open(&object, direction, &key, &readings).unwrap();
        prop_assert_eq!(&opened.header, &header);
        prop_assert_eq!(&*opened.plaintext, &plaintext);

        let length = header.enc.key_length();
        let content_key = key.content_key(length, readings.content_key).unwrap();
        let content_key = SymmetricKey::new(content_key);
        let draft = bare::Draft::with_header(&header.to_json(), content_key, &iv, &plaintext);
        prop_assert_eq!(draft.compose().unwrap().to_string(), object);
    }

    #[test]
    fn a_session_carries_a_request_and_its_response(
        originator in originator(),
        receiver in receiver(),
        key in vec(any::<u8>(), 0..80),
        kid: String,
        readings in readings(),
        iv: [u8; 12],
        next in proptest::option::of(receiver()),
        plaintext in "[ -~é]{1,80}",
    ) {
        let key = PairwiseKey {
            id: kid,
            key: PairwiseEsPrimKey::new(&key),
            entity: "/mn-cse-1/Cae1".into(),
            expires: None,
            for_esprim: true,
        };
        let tables = Tables {
            keys: vec![key.clone()],
            issued: vec![IssuedObject {
                expires: receiver.expiry().moment(NOW),
                object: receiver.clone(),
                issued_to: None,
            }],
            ..Tables::default()
        };
        let own = Session::begin(CLAUSES, &readings, &key, &originator, &receiver, NOW).unwrap();
        let enc = originator.protocols()[0].content_encryption().unwrap();
        let header = own.request_header(enc, Serialization::Json, Some(originator.clone()));
        let header = Header { cty: None, ..header };
        let request = seal(&header, &own.key, readings.content_key, &iv, plaintext.as_bytes());
        let received = receive(CLAUSES, &request.unwrap(), &readings, &tables, NOW).unwrap();
        prop_assert_eq!(&*received.plaintext, plaintext.as_bytes());
        prop_assert_eq!(&received.session, &own);
        prop_assert_eq!(&received.record.as_ref().unwrap().object, &originator);

        let header = respond(CLAUSES, &received, Serialization::Json, next.clone());
        prop_assert_eq!((&header.oro, header.enc), (&None, enc));
        let other = received.session;
        let header = Header { cty: None, ..header };
        let response = seal(&header, &other.key, readings.content_key, &iv, plaintext.as_bytes());
        let accepted = accept_response(CLAUSES, &response.unwrap(), &readings, &own, NOW).unwrap();
        prop_assert_eq!(&*accepted.plaintext, plaintext.as_bytes());
        prop_assert_eq!(accepted.record, next);
    }

    #[test]
    fn any_text_is_answered(text in prop_oneof![
        ".{0,80}",
        "[A-Za-z0-9_=-]{0,40}(\\.[A-Za-z0-9_-]{0,20}){0,6}",
        vec(any::<u8>(), 0..200).prop_map(|octets| String::from_utf8_lossy(&octets).into_owned()),
    ]) {
        let refused = receive(CLAUSES, &text, &Readings::default(), &Tables::default(), NOW);
        prop_assert!(refused.is_err());
    }

    #[test]
    fn any_header_is_answered(members in vec(member(), 0..12), parts in "(\\.[A-Za-z0-9_-]{0,24}){4}") {
        let header = format!("{{{}}}", members.join(","));
        let key = SymmetricKey::new(&[0; 32]);
        let draft = bare::Draft::with_header(&header, key, &[0; 12], b"{}");
        let Session { key, .. } = session();
        for object in [draft.compose().unwrap().to_string(), format!("{}{parts}", draft.first)] {
            prop_assert!(receive(CLAUSES, &object, &Readings::default(), &tables(), NOW).is_err());
            for direction in [Direction::Request, Direction::Response] {
                prop_assert!(open(&object, direction, &key, &Readings::default()).is_err());
            }
        }
    }

    #[test]
    fn an_object_has_one_text(
        place: Index,
        change in prop_oneof![Just(Change::Drop), any::<char>().prop_map(Change::Insert), "[A-Za-z0-9_.=-]".prop_map(|text| Change::Replace(text.chars().next().unwrap()))],
    ) {
        let original = object();
        let mut characters: Vec<char> = original.chars().collect();
        let at = place.index(characters.len());
        match change {
            Change::Drop => {
                characters.remove(at);
            }
            Change::Insert(character) => characters.insert(at, character),
            Change::Replace(character) => characters[at] = character,
        }
        let changed: String = characters.into_iter().collect();
        let answer = receive(CLAUSES, &changed, &Readings::default(), &tables(), NOW);
        prop_assert_eq!(answer.is_ok(), changed == original, "{}", changed);
    }

    #[test]
    fn a_value_of_any_text_has_octets_or_not(value in ".{0,40}", reading in select(&RandOctets::ALL)) {
        let members = serde_json::json!({
            "esri": "a", "esrv": value, "esrx": "1", "esks": [1], "espa": [12],
        });
        let object = ReceiverRand::from_members(members.as_object().unwrap(), None).unwrap();
        for encoding in [ValueEncoding::Hexadecimal, ValueEncoding::Base64Url] {
            let octets = reading.of(&object, encoding);
            prop_assert!(octets.is_ok() || reading == RandOctets::ValueOctets);
        }
    }
}

#[derive(Clone, Copy, Debug)]
enum Change {
    Drop,
    Insert(char),
    Replace(char),
}

fn configuration() -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES").ok();
    ProptestConfig {
        cases: cases.and_then(|cases| cases.parse().ok()).unwrap_or(10_000),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

fn readings() -> impl Strategy<Value = Readings> {
    let octets = [ContentKeyOctets::Leftmost, ContentKeyOctets::Rightmost];
    (select(&RandOctets::ALL), select(octets.to_vec())).prop_map(|(rand_octets, content_key)| {
        Readings {
            rand_octets,
            value_encoding: ValueEncoding::Hexadecimal,
            content_key,
        }
    })
}

fn value() -> impl Strategy<Value = String> {
    "[a-f][0-9a-f]{31}"
}

fn originator() -> impl Strategy<Value = OriginatorRand> {
    (
        NCNAME,
        value(),
        1..500_000_i64,
        select(vec![10_u64, 11, 12]),
    )
        .prop_map(|(id, value, expiry, protocol)| {
            let expiry = Expiry::read(&expiry.to_string()).unwrap();
            let protocols = [ProtocolId(protocol)];
            OriginatorRand::new(&id, &value, expiry, Chosen(1), &protocols).unwrap()
        })
}

fn receiver() -> impl Strategy<Value = ReceiverRand> {
    (NCNAME, value()).prop_map(|(id, value)| {
        let expiry = Expiry::read("20991231T235959").unwrap();
        let protocols = [10, 11, 12].map(ProtocolId);
        ReceiverRand::new(&id, &value, expiry, Offered(vec![1]), &protocols).unwrap()
    })
}

fn header() -> impl Strategy<Value = (Header, Direction)> {
    let objects = (
        proptest::option::of(originator()),
        proptest::option::of(receiver()),
    );
    let names = (any::<String>(), NCNAME, NCNAME);
    let kinds = (
        select(&ContentEncryption::ALL),
        proptest::option::of(select(&ContentType::ALL)),
        any::<bool>(),
    );
    (objects, names, kinds).prop_map(|((oro, rro), (kid, ori, rri), (enc, cty, request))| {
        let direction = if request {
            Direction::Request
        } else {
            Direction::Response
        };
        let header = Header {
            enc,
            kid,
            cty: cty.filter(|cty| cty.direction == direction),
            ori,
            rri,
            oro: oro.filter(|_| request),
            rro: rro.filter(|_| !request),
        };
        (header, direction)
    })
}

/// A member that a header may have, with a value that may be its own.
fn member() -> impl Strategy<Value = String> {
    let names = vec![
        "alg", "enc", "kid", "cty", "ori", "rri", "oro", "rro", "zip", "crit", "x",
    ];
    let values = prop_oneof![
        Just("\"dir\"".to_owned()),
        Just("\"A256GCM\"".to_owned()),
        Just("\"kid\"".to_owned()),
        Just("\"or-0001\"".to_owned()),
        Just("\"rr-0001\"".to_owned()),
        Just(session().originator.to_json()),
        Just(session().receiver.to_json()),
        Just("[[[{\"a\":null}]]]".to_owned()),
        "[{}\\[\\]\",:0-9a]{0,8}",
    ];
    (select(names), values).prop_map(|(name, value)| format!("\"{name}\":{value}"))
}

fn pairwise() -> PairwiseKey {
    PairwiseKey {
        id: "kid".into(),
        key: PairwiseEsPrimKey::new(&[7; 32]),
        entity: "/mn-cse-1/Cae1".into(),
        expires: None,
        for_esprim: true,
    }
}

fn session() -> Session {
    let value = "a1b2c3d4e5f60718293a4b5c6d7e8f90";
    let expiry = Expiry::read("20991231T235959").unwrap();
    let a256 = [ProtocolId(12)];
    let originator =
        OriginatorRand::new("or-0001", value, expiry.clone(), Chosen(1), &a256).unwrap();
    let receiver = ReceiverRand::new("rr-0001", value, expiry, Offered(vec![1]), &a256).unwrap();
    let readings = Readings::default();
    let begun = Session::begin(CLAUSES, &readings, &pairwise(), &originator, &receiver, NOW);
    begun.unwrap()
}

fn tables() -> Tables {
    let receiver = session().receiver;
    Tables {
        keys: vec![pairwise()],
        issued: vec![IssuedObject {
            expires: receiver.expiry().moment(NOW),
            object: receiver,
            issued_to: None,
        }],
        ..Tables::default()
    }
}

fn object() -> String {
    let session = session();
    let oro = Some(session.originator.clone());
    let header = session.request_header(ContentEncryption::A256Gcm, Serialization::Json, oro);
    let octets = ContentKeyOctets::Leftmost;
    seal(&header, &session.key, octets, &[9; 12], b"{}").unwrap()
}

#[test]
fn the_object_that_is_changed_opens() {
    let answer = receive(CLAUSES, &object(), &Readings::default(), &tables(), NOW);
    assert_eq!(
        answer.map(|received| received.serialization),
        Ok::<_, Refusal>(Serialization::Json)
    );
}
