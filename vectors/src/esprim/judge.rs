use onem2m_envelope::esprim::{
    Clauses, Received, Refusal, Session, accept_response, check_from, receive,
};
use onem2m_envelope::json::read_object;
use onem2m_keys::{PairwiseEsPrimKey, SessionEsPrimKey, SessionKeyAlgorithm};
use serde_json::{Map, Value};

use super::fault::{fault, reason_to_discard};
use super::given::Given;
use crate::members::{Members, hex};
use crate::{Answer, Unreadable};

/// What comes of a vector where these clauses hold.
pub(crate) fn answer(
    vector: &Map<String, Value>,
    head: &Map<String, Value>,
    clauses: &Clauses,
) -> Result<Answer, Unreadable> {
    let vector = Members::of(vector);
    let given = Given::read(vector, head)?;
    match vector.text("does")? {
        "session" => derived(&given),
        "receive" => received(&given, clauses),
        "accept" => accepted(&given, clauses),
        other => {
            let reason = format!("{other:?} is nothing that an entity does");
            Err(Unreadable::value("does", reason))
        }
    }
}

fn derived(given: &Given<'_>) -> Result<Answer, Unreadable> {
    let readings = given.readings()?;
    let (reading, encoding) = (readings.rand_octets, readings.value_encoding);
    let receiver = reading
        .of(&given.receiver()?, encoding)
        .map_err(|error| Unreadable::value("receiver", error))?;
    let originator = reading
        .of(&given.originator()?, encoding)
        .map_err(|error| Unreadable::value("originator", error))?;
    let key = PairwiseEsPrimKey::new(&given.octets_of_key()?);
    let algorithm = SessionKeyAlgorithm::HmacSha256;
    let key = SessionEsPrimKey::derive(algorithm, &key, &receiver, &originator);
    Ok(answered([
        ("receiver", hex(&receiver)),
        ("originator", hex(&originator)),
        ("session_key", hex(key.octets())),
    ]))
}

fn received(given: &Given<'_>, clauses: &Clauses) -> Result<Answer, Unreadable> {
    let (readings, tables) = (given.readings()?, given.tables()?);
    let received = receive(clauses, given.object()?, &readings, &tables, given.now()?);
    let judged = received
        .map_err(Judged::from)
        .and_then(|received| inner(clauses, &received).map(|()| received));
    Ok(match judged {
        Ok(received) => {
            let record = received.record.as_ref();
            let mut answer = opened(&received.plaintext, record.map(|record| record.object.id()));
            answer.insert("status".into(), 2000.into());
            answer
        }
        Err(Judged { status, fault }) => {
            answered([("error", fault.into()), ("status", status.into())])
        }
    })
}

fn accepted(given: &Given<'_>, clauses: &Clauses) -> Result<Answer, Unreadable> {
    let readings = given.readings()?;
    let session = Session::begin(
        &Clauses::SPECIFICATION,
        &readings,
        &given.key("key")?,
        &given.originator()?,
        &given.receiver()?,
        given.begun()?,
    )
    .map_err(|error| Unreadable::value("fixture", error))?;
    let accepted = accept_response(clauses, given.object()?, &readings, &session, given.now()?);
    Ok(match accepted {
        Ok(accepted) => {
            let record = accepted.record.as_ref();
            opened(&accepted.plaintext, record.map(|object| object.id()))
        }
        Err(discard) => answered([("error", reason_to_discard(&discard).into())]),
    })
}

/// A refusal in the words of the vectors.
struct Judged {
    status: u16,
    fault: &'static str,
}

impl From<Refusal> for Judged {
    fn from(refusal: Refusal) -> Self {
        Self {
            status: refusal.status(),
            fault: fault(&refusal),
        }
    }
}

/// What the inner processing asks at least: a request in JSON, whose From is the identity of the key. XML is not read here.
fn inner(clauses: &Clauses, received: &Received) -> Result<(), Judged> {
    let no_request = || Judged {
        status: 5210,
        fault: "inner",
    };
    if received.plaintext.starts_with(b"<") {
        return Ok(());
    }
    let members = read_object(&received.plaintext).map_err(|_| no_request())?;
    if !members.contains_key("op") || !members.contains_key("to") {
        return Err(no_request());
    }
    let from = members.get("fr").and_then(Value::as_str);
    check_from(clauses, &received.entity, from).map_err(Judged::from)
}

fn opened(plaintext: &[u8], records: Option<&str>) -> Answer {
    let plaintext = String::from_utf8_lossy(plaintext).into_owned();
    let mut answer = answered([("plaintext", plaintext.into())]);
    if let Some(records) = records {
        answer.insert("records".into(), records.into());
    }
    answer
}

fn answered<const COUNT: usize>(members: [(&str, Value); COUNT]) -> Answer {
    let owned = members
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value));
    owned.collect()
}
