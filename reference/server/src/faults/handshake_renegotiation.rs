//! Handshakes within an association (RFC 5746, 3).

use onem2m_association::messages::ExtensionType;
use onem2m_association::written_out::{Clauses, Renegotiation};

use super::Fault;
use super::handshake_order::first;
use super::written_out::written_out;

const SPECIFIED: Clauses = Clauses::SPECIFICATION;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "RenegotiationUnbound",
        requirement: "RFC5746/3/1",
        summary: "a handshake within an association need not say which one was before it",
        apply: |clauses| {
            written_out(clauses, |clauses| {
                clauses.renegotiation = || Renegotiation::Begun;
                clauses.renegotiation_info = |previous, hello| match previous {
                    Some(_) => Ok(false),
                    None => (SPECIFIED.renegotiation_info)(previous, hello),
                };
            });
        },
    },
    Fault {
        name: "RenegotiationInfoUnchecked",
        requirement: "RFC5746/3/1",
        summary: "renegotiation_info may hold anything",
        apply: |clauses| {
            written_out(clauses, |clauses| {
                clauses.renegotiation = || Renegotiation::Begun;
                clauses.renegotiation_info = |previous, hello| {
                    let extensions = hello.extensions.as_ref();
                    let is_there = extensions.is_some_and(|extensions| {
                        extensions.find(ExtensionType::RENEGOTIATION_INFO).is_some()
                    });
                    match is_there {
                        true => Ok(true),
                        false => (SPECIFIED.renegotiation_info)(previous, hello),
                    }
                };
            });
        },
    },
    Fault {
        name: "RenegotiatedByAnother",
        requirement: "TS-0003/8.2.2.1/13",
        summary: "another credential in a handshake within an association leaves its entity what it was",
        apply: |clauses| {
            written_out(clauses, |clauses| {
                clauses.renegotiation = || Renegotiation::Begun;
                clauses.bind = first;
            });
        },
    },
];
