use thiserror::Error;
use time::OffsetDateTime;

use super::clauses::Clauses;
use super::content_type::{Direction, Serialization};
use super::derive::Plaintext;
use super::form::Form;
use super::header::Header;
use super::rand_object::ReceiverRand;
use super::readings::Readings;
use super::refusal::Refusal;
use super::session::Session;

/// What an Originator takes from the ESPrim Object of a response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// Its header.
    pub header: Header,
    /// The inner primitive; whether it answers the request, its Request Identifier says.
    pub plaintext: Plaintext,
    /// How it is serialized.
    pub serialization: Serialization,
    /// The rand object of the Receiver that is to be used next.
    pub record: Option<ReceiverRand>,
}

/// Why an Originator discards a response.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Discard {
    /// The object would be refused in a request too.
    #[error("{0}")]
    Refused(Refusal),
    /// A member of the header is not that of the session.
    #[error("expected {expected:?} in header member `{member}`, got {got:?}")]
    OtherSession {
        /// The member.
        member: &'static str,
        /// Its value in the session.
        expected: String,
        /// Its value in the response.
        got: String,
    },
    /// The key or a rand object of the session is expired.
    #[error("the session is expired")]
    Expired,
}

impl From<Refusal> for Discard {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// The decision of an Originator about the response to a request of this session (TS-0003 V3.18.0, 8.4.2, step C.11).
pub fn accept_response(
    clauses: &Clauses,
    object: &str,
    readings: &Readings,
    session: &Session,
    now: OffsetDateTime,
) -> Result<Accepted, Discard> {
    let form = Form::read(clauses, object)?;
    let header = Header::read(clauses, &form, Direction::Response, readings.value_encoding)?;
    let comparisons = [
        ("kid", clauses.response_key, &*session.key_id, &header.kid),
        (
            "ori",
            clauses.response_originator,
            session.originator.id(),
            &header.ori,
        ),
        (
            "rri",
            clauses.response_receiver,
            session.receiver.id(),
            &header.rri,
        ),
    ];
    for (member, same, expected, got) in comparisons {
        if !same(expected, got) {
            return Err(Discard::OtherSession {
                member,
                expected: expected.to_owned(),
                got: got.clone(),
            });
        }
    }
    if !(clauses.response_current)(session, now) {
        return Err(Discard::Expired);
    }
    if !(clauses.response_encryption_listed)(header.enc, session.originator.protocols()) {
        return Err(Refusal::EncryptionNotListed { got: header.enc }.into());
    }
    let content_key = (clauses.content_key)(&session.key, header.enc, readings.content_key);
    let aad = (clauses.additional_data)(&form);
    let plaintext = (clauses.decrypt)(header.enc, &content_key, &form, &aad)?;
    let serialization = (clauses.serialization)(header.cty, &plaintext)?;
    let record = (clauses.response_record)(&header);
    Ok(Accepted {
        header,
        plaintext,
        serialization,
        record,
    })
}

/// An identifier in a response is that of the session, octet by octet.
pub(crate) fn same(expected: &str, got: &str) -> bool {
    expected == got
}

/// A response that comes after key or rand objects have expired is discarded.
pub(crate) fn response_current(session: &Session, now: OffsetDateTime) -> bool {
    now < session.expires
}

/// The next rand object of the Receiver, once the tag has shown that the Receiver sent it (TS-0003 V3.18.0, 8.4.3.2, step 1.1).
pub(crate) fn response_record(header: &Header) -> Option<ReceiverRand> {
    header.rro.clone()
}
