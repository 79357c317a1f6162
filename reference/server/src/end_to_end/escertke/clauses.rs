use onem2m_association::{Clauses as Association, ClientSession, ServerSession, Trust};
use onem2m_identity::Entity;
use onem2m_keys::{CertificateExchange, EXPORTED_LENGTH};
use onem2m_primitive::Response;
use serde_json::Value;
use time::OffsetDateTime;
use zeroize::Zeroizing;

use super::exchanges::{Exchange, Exchanges};
use super::settings::Terminating;
use super::{binding, exchanges, export, initiate, message, octets};
use crate::end_to_end::pairs::{Pair, Pairs};
use crate::receive::Outcome;

/// What the end-points of ESCertKE decide, each a function that can be replaced alone.
#[derive(Clone, Copy)]
pub(crate) struct Clauses {
    /// The decisions of the handshake, which is always a whole one (TS-0003 V3.18.0, 8.7.2.2, step C.1 and Table 8.7.2.2-1).
    pub(crate) association: Association,
    /// The decisions of the handshake at the other end (TS-0003 V3.18.0, 8.7.2.2, step C.1.e).
    pub(crate) opening: Association,
    /// The message in the answer to one (TS-0004 V3.32.0, 7.5.1.2.12).
    pub(crate) received: fn(&Response) -> Option<Vec<u8>>,
    /// The key at the other end, with ESCertKE Message 4 (TS-0003 V3.18.0, 8.7.2.2, step C.2).
    pub(crate) concluded: fn(&mut ClientSession, &[u8]) -> Option<CertificateExchange>,
    /// Whether clients get tickets (TS-0003 V3.18.0, Table 8.7.2.2-1).
    pub(crate) tickets: fn() -> bool,
    /// Who may initiate, of those configured (TS-0003 V3.18.0, 8.7.2.2, step B).
    pub(crate) initiators: fn(&Trust) -> Trust,

    /// The octets of a message (TS-0004 V3.32.0, 6.3.5.48).
    pub(crate) decoded: fn(&str) -> Option<Vec<u8>>,
    /// Whether octets are records, and nothing else (TS-0003 V3.18.0, Table 8.7.2.2-1).
    pub(crate) are_records: fn(&[u8]) -> bool,
    /// Whether octets are those of ESCertKE Message 1 (TS-0003 V3.18.0, Table 8.7.2.2-1).
    pub(crate) begins: fn(&[u8]) -> bool,

    /// The response to what is no message, and why it is none (TS-0004 V3.32.0, 6.3.5.48).
    pub(crate) unreadable: fn(&'static str) -> Outcome,

    /// Drops exchanges that are over.
    pub(crate) expire: fn(&mut Exchanges, OffsetDateTime),
    /// Keeps an exchange until its second half comes.
    pub(crate) admit: fn(&mut Exchanges, Exchange),
    /// Takes out the exchange that a message goes on with, by From and octets (TS-0001 V3.36.0, 11.4.3, step C.1c).
    pub(crate) correlated: fn(&mut Exchanges, &str, &[u8]) -> Option<Exchange>,
    /// What the handshake answers to octets (TS-0003 V3.18.0, 8.7.2.2, steps C.1.c and C.1.g).
    pub(crate) exchanged: fn(&mut ServerSession, &[u8]) -> Vec<u8>,
    /// Whether the handshake is complete, behind ESCertKE Message 3 (TS-0003 V3.18.0, 8.7.2.2, step C.2).
    pub(crate) is_complete: fn(&ServerSession) -> bool,
    /// What is kept of an exchange that is complete.
    pub(crate) conclude: fn(&mut Exchanges, Exchange),

    /// Whom the key is with, by From and certificate; none if they do not agree (TS-0003 V3.18.0, 8.7.2.2, step C.2).
    pub(crate) initiator: fn(&Entity, &ServerSession) -> Option<Entity>,
    /// What is exported (TS-0003 V3.18.0, 10.3.1).
    pub(crate) exported: fn(&ServerSession) -> Option<Zeroizing<[u8; EXPORTED_LENGTH]>>,
    /// Identifier and key in what is exported (TS-0003 V3.18.0, 10.3.1).
    pub(crate) pair: fn(&[u8; EXPORTED_LENGTH], &Entity) -> Pair,
    /// Keeps the pair; false if it cannot be kept (TS-0003 V3.18.0, 8.7.2.2, step C.2).
    pub(crate) keep: fn(&Pairs, Pair) -> bool,

    /// The Content with the next message (TS-0004 V3.32.0, 7.5.1.2.12).
    pub(crate) answer: fn(&[u8]) -> Value,
    /// The response with the next message (TS-0004 V3.32.0, 7.5.1.2.12).
    pub(crate) respond: fn(&Self, &[u8]) -> Outcome,
    /// The response where the handshake failed, with the alert if there is one.
    pub(crate) failed: fn(&Self, &Terminating, &[u8]) -> Outcome,
}

impl Clauses {
    /// Every clause as specified.
    pub(crate) const SPECIFICATION: Self = Self {
        association: Association {
            resumable: |_, _| false,
            ..Association::SPECIFICATION
        },
        opening: Association::SPECIFICATION,
        received: initiate::received,
        concluded: initiate::concluded,
        tickets: || false,
        initiators: exchanges::initiators,
        decoded: octets::decoded,
        are_records: octets::are_whole_records,
        begins: octets::begin_with_a_hello,
        unreadable: message::unreadable,
        expire: exchanges::expire,
        admit: exchanges::admit,
        correlated: exchanges::correlated,
        exchanged: exchanges::exchanged,
        is_complete: message::is_established,
        conclude: exchanges::conclude,
        initiator: binding::initiator,
        exported: export::exported,
        pair: export::pair,
        keep: export::keep,
        answer: octets::answer,
        respond: message::respond,
        failed: message::failed,
    };
}
