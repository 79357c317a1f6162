use std::time::Duration;

use onem2m_envelope::IV_LENGTH;
use onem2m_envelope::esprim::{
    self, Expiry, IssuedObject, Received, ReceiverRand, Refusal as Reason, Session, ValueEncoding,
};
use onem2m_identity::{Entity, Home};
use onem2m_keys::Suid;
use onem2m_primitive::{Request, Response, ResponseStatusCode};
use serde_json::{Map, Value};
use time::OffsetDateTime;

use super::derived::{self, Derive};
use super::escertke;
use super::object::ReadInner;
use super::originator::Originating;
use super::protection::Seal;
use super::rand_objects::{NoObject, Offer};
use super::randomness::{NoRandomness, Randomness};
use super::security_info::SecurityInfo;
use super::settings::EndToEnd;
use super::vault::Vault;
use super::{information, inner, object, protection, publication, rand_objects, security_info};
use crate::clauses::Clauses as Table;
use crate::receive::{Desk, Requester};
use crate::refusal::Refusal;
use crate::scene::Scene;
use crate::tree::Tree;

/// The decisions of the CSE about end-to-end security, each a function that can be replaced alone.
#[derive(Clone, Copy)]
pub(crate) struct Clauses {
    /// The decision about an ESPrim Object (TS-0003 V3.18.0, 8.4.2, step C.6).
    pub(crate) esprim: esprim::Clauses,
    /// The key establishment by certificates (TS-0003 V3.18.0, 8.7.2).
    pub(crate) escertke: escertke::Clauses,

    /// What the entity does as Originator (TS-0003 V3.18.0, 8.4.2, steps B.2 and C).
    pub(crate) originating: Originating,

    /// The key that comes from what an end point was given (TS-0003 V3.18.0, 10.3.6).
    pub(crate) derived: Derive,

    /// What an originator writes into e2eSecInfo (TS-0003 V3.18.0, 8.4.3.1.3).
    pub(crate) written: fn(&Table, &Map<String, Value>) -> Result<(), Refusal>,
    /// Whether a value is an e2eSecInfo (TS-0004 V3.32.0, 6.3.5.52).
    pub(crate) information: fn(&Table, &Value) -> Result<(), Refusal>,
    /// supportedE2ESecFeatures (TS-0004 V3.32.0, 6.3.4.2.39).
    pub(crate) features: fn(&Value) -> bool,
    /// certificates (TS-0004 V3.32.0, 6.3.5.52).
    pub(crate) certificates: fn(&Value) -> bool,
    /// sharedReceiverESPrimRandObject (TS-0004 V3.32.0, 6.3.5.51).
    pub(crate) shared_object: fn(&Value) -> bool,
    /// The answer to whoever asks for attributes that are not there (TS-0003 V3.18.0, 8.4.2, step B.2b).
    pub(crate) absent: fn(&[String]) -> Result<(), Refusal>,

    /// e2eSecInfo of the CSE itself (TS-0003 V3.18.0, 8.4.2, step A).
    pub(crate) announced: fn(&[Suid], Option<&ReceiverRand>) -> Option<Value>,
    /// What of it the registrar of the CSE is told (TS-0003 V3.18.0, 8.4.2, step A).
    pub(crate) told_to_registrar: fn(Option<Value>) -> Option<Value>,
    /// Gives out a new shared rand object (TS-0003 V3.18.0, 8.4.2, step B.1).
    pub(crate) rotate: fn(&Desk<'_>, &mut Tree, &EndToEnd),

    /// What a Notify to the CSE itself asks for (TS-0004 V3.32.0, 6.3.5.48).
    pub(crate) security_info: for<'a> fn(&'a Value) -> Result<SecurityInfo<'a>, Refusal>,

    /// The rand object for whoever asks for one (TS-0003 V3.18.0, 8.4.2, step B.2e).
    pub(crate) requested:
        fn(&Desk<'_>, &mut Vault, &EndToEnd, &Entity) -> Result<IssuedObject, NoObject>,
    /// The identifier of a rand object, shared or not (TS-0003 V3.18.0, 8.4.2, steps B.1 and B.2e).
    pub(crate) rand_id: fn(&Randomness, bool) -> Result<String, NoRandomness>,
    /// The random value of a rand object (TS-0003 V3.18.0, 8.4.2, step B.2e).
    pub(crate) rand_value: fn(&Randomness, ValueEncoding) -> Result<String, NoRandomness>,
    /// The expiry of a rand object (TS-0003 V3.18.0, 8.4.2, step B.2e).
    pub(crate) rand_expiry: fn(OffsetDateTime, Duration) -> Expiry,
    /// What a rand object offers (TS-0003 V3.18.0, 8.4.2, step B.2e).
    pub(crate) offer: fn(&EndToEnd) -> Offer,
    /// The Content that brings a rand object (TS-0004 V3.32.0, 7.5.1.2.11).
    pub(crate) rand_answer: fn(&ReceiverRand) -> Value,

    /// Whether an object is opened that lies within so many others (TS-0004 V3.32.0, 7.6.2).
    pub(crate) may_nest: fn(usize) -> Result<(), Refusal>,
    /// The decision about an object that came (TS-0003 V3.18.0, 8.4.2, step C.6).
    pub(crate) judge: fn(&Desk<'_>, &Vault, &EndToEnd, &str) -> Result<Received, Reason>,
    /// What is kept of an object that was opened (TS-0003 V3.18.0, 8.4.3.2, step 1.1).
    pub(crate) keep: fn(&Desk<'_>, &mut Vault, &EndToEnd, &str, &Received),
    /// What is kept of an object that was refused (TS-0003 V3.18.0, 8.4.2, step C.6c.2).
    pub(crate) keep_refused: fn(&Desk<'_>, &mut Tree, &EndToEnd, &str),
    /// The inner request of an object that was opened (TS-0004 V3.32.0, 7.6.2, step J).
    pub(crate) inner: ReadInner,
    /// The plaintext as JSON (TS-0004 V3.32.0, 8.4.2).
    pub(crate) plaintext: fn(&[u8]) -> Option<Value>,
    /// The inner From in the form in which it is compared (TS-0003 V3.18.0, 7.2.2).
    pub(crate) identity: fn(&Home, &str) -> String,
    /// Whom the inner request is carried out for, by its From and the outer originator (TS-0003 V3.18.0, 7.2.2).
    pub(crate) acting: fn(&Home, &Received, Option<&str>, &Entity) -> Option<Entity>,
    /// What of the inner request is carried out (TS-0004 V3.32.0, 7.6.2, step K).
    pub(crate) carried_out: fn(Request, &Request) -> Request,
    /// Who sends an inner request (TS-0003 V3.18.0, 7.2.2).
    pub(crate) requester: fn(&Scene<'_>, &Request, &Entity) -> Result<Requester, Refusal>,

    /// The session in which an error goes back (TS-0001 V3.36.0, 11.4.2, step C.6a.1).
    pub(crate) error_session: fn(&Desk<'_>, &Vault, &EndToEnd, &str) -> Option<Session>,
    /// The code of an error (TS-0004 V3.32.0, Table 7.6.2-1).
    pub(crate) status: fn(&Reason) -> ResponseStatusCode,

    /// The next rand object of the CSE in a response (TS-0003 V3.18.0, 8.4.3.2).
    pub(crate) successor: fn(&Desk<'_>, &mut Vault, &EndToEnd, &Received) -> Option<ReceiverRand>,
    /// The plaintext of a response (TS-0003 V3.18.0, 8.4.2, step C.8).
    pub(crate) response_plaintext: fn(&Response) -> Vec<u8>,
    /// The initialization vector of a response, beside that of its request (RFC 7518, 5.3).
    pub(crate) initialization_vector:
        fn(&Randomness, &[u8]) -> Result<[u8; IV_LENGTH], NoRandomness>,
    /// Makes the object of a response (TS-0003 V3.18.0, 8.4.2, step C.8).
    pub(crate) seal: Seal,
    /// The outer response, of the inner one and its object (TS-0004 V3.32.0, 7.6.2, step M).
    pub(crate) outer: fn(&Response, String) -> (ResponseStatusCode, Option<Value>),
}

impl Clauses {
    /// Every clause as specified.
    pub(crate) const SPECIFICATION: Self = Self {
        esprim: esprim::Clauses::SPECIFICATION,
        originating: Originating::SPECIFICATION,
        escertke: escertke::Clauses::SPECIFICATION,
        derived: derived::derived,
        written: information::written,
        information: information::information,
        features: information::features,
        certificates: information::certificates,
        shared_object: information::shared_object,
        absent: information::absent,
        announced: publication::announced,
        told_to_registrar: |information| information,
        rotate: publication::rotate,
        security_info: security_info::read,
        requested: rand_objects::requested,
        rand_id: rand_objects::rand_id,
        rand_value: rand_objects::rand_value,
        rand_expiry: rand_objects::rand_expiry,
        offer: rand_objects::offer,
        rand_answer: rand_objects::rand_answer,
        may_nest: inner::may_nest,
        judge: object::judge,
        keep: object::keep,
        keep_refused: object::keep_refused,
        inner: object::inner,
        plaintext: object::plaintext,
        identity: object::identity,
        acting: object::acting,
        carried_out: object::carried_out,
        requester: inner::requester,
        error_session: object::error_session,
        status: object::status,
        successor: protection::successor,
        response_plaintext: protection::response_plaintext,
        initialization_vector: protection::initialization_vector,
        seal: protection::seal,
        outer: protection::outer,
    };
}
