use super::clauses::Clauses;
use super::content_type::Serialization;
use super::header::Header;
use super::rand_object::ReceiverRand;
use super::receive::Received;
use crate::ContentEncryption;

/// The header of the response to a request that was received (TS-0003 V3.18.0, 8.4.2, step C.8). `rro` is the next rand object
/// of the Receiver, if there is one.
pub fn respond(
    clauses: &Clauses,
    received: &Received,
    serialization: Serialization,
    rro: Option<ReceiverRand>,
) -> Header {
    let enc = (clauses.answer_encryption)(received);
    (clauses.answer_header)(received, enc, serialization, rro)
}

/// The algorithm of the request, which the Originator lists.
pub(crate) fn answer_encryption(received: &Received) -> ContentEncryption {
    received.header.enc
}

/// Key and rand objects of the session, what the response is, and never `oro`.
pub(crate) fn answer_header(
    received: &Received,
    enc: ContentEncryption,
    serialization: Serialization,
    rro: Option<ReceiverRand>,
) -> Header {
    received.session.response_header(enc, serialization, rro)
}
