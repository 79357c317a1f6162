//! Octets as an ESPrim Object, and as the header of one.

use std::sync::LazyLock;

use onem2m_envelope::SymmetricKey;
use onem2m_envelope::base64url;
use onem2m_envelope::esprim::{
    Chosen, Clauses, Direction, Expiry, Form, Header, IssuedObject, Offered, OriginatorRand,
    PairwiseKey, ProtocolId, Readings, ReceiverRand, RecordedObject, Session, Tables,
    ValueEncoding, accept_response, bare, receive,
};
use onem2m_keys::PairwiseEsPrimKey;
use time::OffsetDateTime;

const CLAUSES: &Clauses = &Clauses::SPECIFICATION;
const ENCODING: ValueEncoding = ValueEncoding::Hexadecimal;
const NOW: OffsetDateTime = OffsetDateTime::UNIX_EPOCH;

/// What a Receiver keeps, and the session of its Originator.
static KEPT: LazyLock<Option<(Tables, Session)>> = LazyLock::new(kept);

/// Any octets are read as an object or refused; of what was read, parts and header are written as they came. As a header, in
/// an object whose tag fits, they are answered too, by Receiver and Originator.
pub fn esprim_object(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    written_back(&text);
    answered(&text);
    let key = SymmetricKey::new(&[7; 32]);
    let draft = bare::Draft::with_header(&text, key, &[1; 12], b"{}");
    if let Ok(parts) = draft.compose() {
        let object = parts.to_string();
        written_back(&object);
        answered(&object);
    }
    if let Some((_, session)) = KEPT.as_ref() {
        let key = SymmetricKey::new(session.key.octets());
        let draft = bare::Draft::with_header(&text, key, &[1; 12], b"{}");
        if let Ok(parts) = draft.compose() {
            answered(&parts.to_string());
        }
    }
}

fn written_back(object: &str) {
    let Ok(form) = Form::read(CLAUSES, object) else {
        return;
    };
    let parts = [
        form.first,
        &*base64url::encode(&form.encrypted_key),
        &*base64url::encode(&form.iv),
        &*base64url::encode(&form.ciphertext),
        &*base64url::encode(&form.tag),
    ];
    assert_eq!(parts.join("."), object);
    for direction in [Direction::Request, Direction::Response] {
        let Ok(header) = Header::read(CLAUSES, &form, direction, ENCODING) else {
            continue;
        };
        let first = base64url::encode(header.to_json().as_bytes());
        let again = object.replacen(form.first, &first, 1);
        let again = Form::read(CLAUSES, &again)
            .and_then(|form| Header::read(CLAUSES, &form, direction, ENCODING));
        assert_eq!(again, Ok(header));
    }
}

fn answered(object: &str) {
    let Some((tables, session)) = KEPT.as_ref() else {
        return;
    };
    let readings = Readings::default();
    match receive(CLAUSES, object, &readings, tables, NOW) {
        Ok(received) => {
            assert_eq!(received.entity, "/mn-cse-1/Cae1");
            assert_eq!(received.header.kid, "kid");
        }
        Err(refusal) => {
            assert!(refusal.status() >= 4000);
            assert!(!refusal.to_string().is_empty());
        }
    }
    if let Ok(accepted) = accept_response(CLAUSES, object, &readings, session, NOW) {
        assert_eq!(accepted.header.ori, session.originator.id());
        assert_eq!(accepted.header.oro, None);
    }
}

fn kept() -> Option<(Tables, Session)> {
    let expiry = Expiry::read("20991231T000000").ok()?;
    let protocols = [12].map(ProtocolId);
    let value = "a1b2c3d4e5f60718293a4b5c6d7e8f90";
    let receiver = ReceiverRand::new(
        "rr-0001",
        value,
        expiry.clone(),
        Offered(vec![1]),
        &protocols,
    )
    .ok()?;
    let originator = OriginatorRand::new("or-0001", value, expiry, Chosen(1), &protocols).ok()?;
    let key = PairwiseKey {
        id: "kid".into(),
        key: PairwiseEsPrimKey::new(&[7; 32]),
        entity: "/mn-cse-1/Cae1".into(),
        expires: None,
        for_esprim: true,
    };
    let readings = Readings::default();
    let session = Session::begin(CLAUSES, &readings, &key, &originator, &receiver, NOW).ok()?;
    let tables = Tables {
        recorded: vec![RecordedObject {
            expires: originator.expiry().moment(NOW),
            object: originator,
            key_id: key.id.clone(),
        }],
        keys: vec![key],
        issued: vec![IssuedObject {
            expires: receiver.expiry().moment(NOW),
            object: receiver,
            issued_to: None,
        }],
        seen: Vec::new(),
    };
    Some((tables, session))
}
