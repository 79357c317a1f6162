//! ESPrim: primitives protected end to end (TS-0003 V3.18.0, 8.4).
//!
//! [`receive`] is the decision of a Receiver about an ESPrim Object, and [`respond`] how it answers; [`contribute`] and
//! [`accept_response`] are the decisions of an Originator about the rand object of a Receiver and about the answer. All are
//! pure functions of what the object says and what the entity keeps. Every clause of theirs is one plain function and one
//! field of [`Clauses`], so that each can be replaced alone and the rest stays as specified. [`seal`] and [`open`] make and
//! read an object with a session key. [`bare`] makes what no rule allows.

mod accept;
pub mod bare;
mod clauses;
mod content_type;
mod contribute;
mod derive;
mod directory;
mod expiry;
mod form;
mod header;
mod impersonation;
mod key;
mod ncname;
mod open;
mod originator;
mod protocol;
mod rand_object;
mod raw_member;
mod readings;
mod receive;
mod receiver;
mod refusal;
mod respond;
mod seal;
mod session;

pub use accept::{Accepted, Discard, accept_response};
pub use clauses::Clauses;
pub use content_type::{ContentType, Direction, Serialization};
pub use contribute::{Unusable, Wanted, contribute};
pub use derive::{Contributions, Plaintext};
pub use directory::{
    Directory, IssuedObject, PairwiseKey, RecordedObject, Sighting, Situation, Tables,
};
pub use expiry::{Expiry, ExpiryError};
pub use form::{Form, Members};
pub use header::Header;
pub use impersonation::check_from;
pub use ncname::is_ncname;
pub use open::{Opened, open};
pub use protocol::ProtocolId;
pub use rand_object::{
    Chosen, KeyAlgorithms, Names, Offered, OriginatorRand, RandError, RandObject, ReceiverRand,
};
pub use raw_member::raw_member;
pub use readings::{RandOctets, Readings, ValueEncoding};
pub use receive::{Received, receive};
pub use refusal::Refusal;
pub use respond::respond;
pub use seal::seal;
pub use session::Session;
