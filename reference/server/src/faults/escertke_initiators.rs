//! The initiating end of a key establishment by certificates (TS-0003 V3.18.0, 8.7.2.2, steps C.1.a and C.1.e).

use onem2m_association::{Clauses, PathDefect};
use onem2m_primitive::{Response, ResponseStatusCode};
use serde_json::Value;

use super::Fault;
use super::escertke_handshakes::WITHOUT_ENCRYPTION;
use crate::end_to_end::escertke::{initiate, octets};

const SPECIFIED: Clauses = Clauses::SPECIFICATION;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "EsCertKeTerminatorUnderAnyAnchor",
        requirement: "TS-0003/8.7.2.2/3",
        summary: "the certificate of the other end need not lead to a trust anchor",
        apply: |clauses| {
            clauses.end_to_end.escertke.opening.tolerates =
                |defect| matches!(defect, PathDefect::UnknownIssuer | PathDefect::SelfSigned);
        },
    },
    Fault {
        name: "EsCertKeTerminatorExpired",
        requirement: "TS-0003/8.7.2.2/3",
        summary: "the certificate of the other end is taken after its end",
        apply: |clauses| {
            clauses.end_to_end.escertke.opening.tolerates = |defect| defect == PathDefect::Expired;
        },
    },
    Fault {
        name: "EsCertKeTerminatorOfAnyName",
        requirement: "TS-0003/8.7.2.2/4",
        summary: "the other end may have any name",
        apply: |clauses| clauses.end_to_end.escertke.opening.is_expected = |_, _, _| true,
    },
    Fault {
        name: "EsCertKeInitiatorOffersNoEncryption",
        requirement: "TS-0003/8.7.2.2/8",
        summary: "ESCertKE Message 1 offers a suite that does not encrypt behind the one that does",
        apply: |clauses| {
            clauses.end_to_end.escertke.opening.client_suites = |transport, framework| {
                let mut suites = (SPECIFIED.client_suites)(transport, framework);
                suites.push(WITHOUT_ENCRYPTION);
                suites
            };
        },
    },
    Fault {
        name: "EsCertKeInitiatorKeyTooSoon",
        requirement: "TS-0003/8.7.2.2/13",
        summary: "the key is exported once ESCertKE Message 3 was sent, whatever the Finished of the other end",
        apply: |clauses| {
            clauses.end_to_end.escertke.concluded = |session, _| initiate::exported(session);
            clauses.end_to_end.escertke.opening.exportable = |_| true;
        },
    },
    Fault {
        name: "EsCertKeAnswerTypeUnread",
        requirement: "TS-0004/7.5.1.2.12/3",
        summary: "a message is taken whatever the securityInfoType beside it",
        apply: |clauses| {
            clauses.end_to_end.escertke.received = |response| {
                let is_success = response.status.is_success();
                any_message(response).filter(|_| is_success)
            };
        },
    },
    Fault {
        name: "EsCertKeAnswerStatusUnread",
        requirement: "TS-0004/7.5.1.2.12/3",
        summary: "a message is taken out of an error too",
        apply: |clauses| {
            clauses.end_to_end.escertke.received = |response| {
                initiate::received(&Response {
                    status: ResponseStatusCode::OK,
                    ..response.clone()
                })
            };
        },
    },
];

/// The message in an answer, whatever else it says.
fn any_message(response: &Response) -> Option<Vec<u8>> {
    let information = response.content.as_ref()?.get("m2m:seci")?;
    octets::decoded(information.get("eckm").and_then(Value::as_str)?)
}
