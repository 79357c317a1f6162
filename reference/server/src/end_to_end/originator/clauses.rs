use std::time::Duration;

use onem2m_envelope::IV_LENGTH;
use onem2m_envelope::esprim::{
    Accepted, Clauses as EsPrim, Header, ReceiverRand, Session, ValueEncoding,
};
use onem2m_primitive::{Request, Response, ResponseStatusCode};
use serde_json::Value;
use time::OffsetDateTime;

use super::information::{self, Support};
use super::outcome::{self, Unprotected};
use super::{message, rand_objects};
use crate::end_to_end::randomness::{NoRandomness, Randomness};

/// The decisions of an Originator, each a function that can be replaced alone. Those about rand objects that it makes and about
/// objects that come back are in the table of the envelope crate.
#[derive(Clone, Copy)]
pub(crate) struct Originating {
    /// Whether e2eSecInfo of the Receiver is looked at (TS-0003 V3.18.0, 8.4.2, step B.2a).
    pub(crate) looks: fn() -> bool,
    /// What it says of support for ESPrim (step B.2c).
    pub(crate) support: fn(Option<&Response>) -> Option<Support>,
    /// Whether a shared rand object is used (step B.2c.2).
    pub(crate) usable: fn(&EsPrim, &ReceiverRand, OffsetDateTime) -> bool,
    /// The Content that asks for a rand object (TS-0004 V3.32.0, 7.5.1.2.11).
    pub(crate) rand_request: fn() -> Value,
    /// The rand object in the answer (TS-0004 V3.32.0, 7.5.1.2.11).
    pub(crate) rand_answer: fn(&Response) -> Option<ReceiverRand>,
    /// The identifier of a rand object of its own (TS-0003 V3.18.0, 8.4.2, step B.2g).
    pub(crate) rand_id: fn(&Randomness) -> Result<String, NoRandomness>,
    /// The random value of it (step B.2g).
    pub(crate) rand_value: fn(&Randomness, ValueEncoding) -> Result<String, NoRandomness>,
    /// When it is to expire (step B.2g).
    pub(crate) wanted_expiry: fn(OffsetDateTime, Duration) -> OffsetDateTime,
    /// What of a request is protected (TS-0004 V3.32.0, 7.6.2, step A).
    pub(crate) inner: fn(Request) -> Request,
    /// The plaintext (TS-0003 V3.18.0, 8.4.2, step C.3).
    pub(crate) plaintext: fn(&Request) -> Vec<u8>,
    /// The protected header, of a session, of its first request or a later one, and of what the Receiver gave last
    /// (TS-0003 V3.18.0, 8.4.3.2).
    pub(crate) header: fn(&Session, bool, Option<&ReceiverRand>) -> Option<Header>,
    /// The initialization vector (RFC 7518, 5.3).
    pub(crate) vector: fn(&Randomness, &Session) -> Result<[u8; IV_LENGTH], NoRandomness>,
    /// The outer request, of the inner one, the target and the object (TS-0004 V3.32.0, 7.6.2, step C).
    pub(crate) outer: fn(&Request, &str, &str) -> Request,
    /// What is taken for the inner response of an outer one that has none (TS-0003 V3.18.0, 8.4.2, step C.11).
    pub(crate) clear_result: fn(&Response, &Request) -> Option<Response>,
    /// The object of an outer response (TS-0004 V3.32.0, 7.6.2, step O).
    pub(crate) object: for<'a> fn(&'a Response) -> Result<&'a str, Unprotected>,
    /// What is kept of an object for the next session, with what was accepted of it (TS-0003 V3.18.0, 8.4.3.2, step 1.1).
    pub(crate) learnt: fn(&str, Option<&Accepted>) -> Option<ReceiverRand>,
    /// Whether an inner response is that to the request (TS-0001 V3.36.0, 11.4.2, step C.11).
    pub(crate) correlates: fn(Option<&str>, Option<&str>) -> bool,
    /// Whether it is tried again behind a refusal, after so many attempts (TS-0004 V3.32.0, Table 7.6.2-1).
    pub(crate) again: fn(ResponseStatusCode, usize) -> bool,
    /// Whether a request that came to nothing is sent in the clear (TS-0003 V3.18.0, 8.4.2, step B.2c.1).
    pub(crate) in_the_clear: fn(&Unprotected) -> bool,
}

impl Originating {
    /// Every decision as specified.
    pub(crate) const SPECIFICATION: Self = Self {
        looks: information::looks,
        support: information::support,
        usable: information::usable,
        rand_request: rand_objects::request,
        rand_answer: rand_objects::answer,
        rand_id: rand_objects::id,
        rand_value: rand_objects::value,
        wanted_expiry: rand_objects::wanted_expiry,
        inner: message::inner,
        plaintext: message::plaintext,
        header: message::header,
        vector: message::vector,
        outer: message::outer,
        clear_result: outcome::clear_result,
        object: message::object,
        learnt: message::learnt,
        correlates: outcome::correlates,
        again: outcome::again,
        in_the_clear: outcome::in_the_clear,
    };
}
