use time::OffsetDateTime;

use super::clauses::Clauses;
use super::content_type::{Direction, Serialization};
use super::derive::{Contributions, Plaintext};
use super::directory::{Directory, RecordedObject, Sighting, Situation};
use super::form::Form;
use super::header::Header;
use super::readings::Readings;
use super::refusal::Refusal;
use super::session::Session;

/// What a Receiver takes from an ESPrim Object whose tag fits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// Its header.
    pub header: Header,
    /// The identity that is associated with the key: [`check_from`](super::check_from) compares it with the inner From.
    pub entity: String,
    /// The session, in which the response goes back.
    pub session: Session,
    /// The inner primitive.
    pub plaintext: Plaintext,
    /// How it is serialized.
    pub serialization: Serialization,
    /// A rand object of the Originator that is to be recorded from now on; it takes the place of one with the same
    /// identifier.
    pub record: Option<RecordedObject>,
    /// What to remember of the object, if replays are to be noticed.
    pub sighting: Sighting,
}

/// The decision of a Receiver (TS-0003 V3.18.0, 8.4.2, step C.6).
///
/// The order of the clauses decides which fault of several is named: form and algorithms, key, rand object of the Receiver,
/// rand object of the Originator, what both agreed, tag, plaintext. The inner request is for the caller to read, and its From
/// for [`check_from`](super::check_from).
pub fn receive(
    clauses: &Clauses,
    object: &str,
    readings: &Readings,
    directory: &dyn Directory,
    now: OffsetDateTime,
) -> Result<Received, Refusal> {
    let form = Form::read(clauses, object)?;
    let header = Header::read(clauses, &form, Direction::Request, readings.value_encoding)?;
    let situation = Situation { directory, now };
    let key = (clauses.key)(clauses, &situation, &header.kid)?;
    let issued = (clauses.receiver_object)(clauses, &situation, &header.rri, key)?;
    let recorded = (clauses.originator_object)(clauses, &situation, &header, key)?;
    let refused = |refusal: fn(String) -> Refusal| refusal(header.ori.clone());
    if !(clauses.originator_current)(&recorded, now) {
        return Err(refused(|ori| Refusal::OriginatorObjectExpired { ori }));
    }
    if !(clauses.originator_within)(recorded.expires, issued.expires) {
        return Err(refused(|ori| Refusal::OutlivesReceiverObject { ori }));
    }
    let (originator, receiver) = (&recorded.object, &issued.object);

    let id = originator.key_algorithms().0;
    let algorithm = (clauses.key_algorithm)(id).ok_or(Refusal::KeyAlgorithm { id })?;
    if !(clauses.key_algorithm_offered)(id, &receiver.key_algorithms().0) {
        return Err(Refusal::KeyAlgorithmNotOffered { id });
    }
    let listed = originator.protocols();
    if !(clauses.some_protocol)(listed) {
        return Err(Refusal::NoProtocol);
    }
    let offered = |id: &&_| !(clauses.protocol_offered)(**id, receiver.protocols());
    if let Some(id) = listed.iter().find(offered) {
        return Err(Refusal::ProtocolNotOffered { id: *id });
    }
    if !(clauses.encryption_listed)(header.enc, listed) {
        return Err(Refusal::EncryptionNotListed { got: header.enc });
    }

    let contributions = Contributions {
        receiver,
        originator,
    };
    let session_key = (clauses.session_key)(clauses, readings, &key.key, algorithm, contributions)?;
    let content_key = (clauses.content_key)(&session_key, header.enc, readings.content_key);
    let aad = (clauses.additional_data)(&form);
    let plaintext = (clauses.decrypt)(header.enc, &content_key, &form, &aad)?;
    let sighting = Sighting {
        key_id: header.kid.clone(),
        originator_id: header.ori.clone(),
        receiver_id: header.rri.clone(),
        iv: form.iv,
    };
    if (clauses.replayed)(directory, &sighting) {
        return Err(Refusal::Replayed);
    }
    let serialization = (clauses.serialization)(header.cty, &plaintext)?;
    let record = (clauses.record)(clauses, &situation, &header, key);
    let ends = recorded.expires.min(issued.expires);
    Ok(Received {
        entity: key.entity.clone(),
        session: Session {
            key_id: key.id.clone(),
            expires: key.expires.map_or(ends, |expires| expires.min(ends)),
            originator: recorded.object,
            receiver: receiver.clone(),
            key: session_key,
        },
        header,
        plaintext,
        serialization,
        record,
        sighting,
    })
}
