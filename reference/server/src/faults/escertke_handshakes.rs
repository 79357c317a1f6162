//! The handshake behind a key that is established by certificates (TS-0003 V3.18.0, 8.7.2.2, step C.1).

use onem2m_association::messages::{CipherSuite, Random};
use onem2m_association::{Domain, Framework, Suite, Transport, Version, written_out};

use super::Fault;
use super::association_suites::and;
use super::association_versions::OLD;
use super::escertke_certificates::written_out;

const SPECIFIED: written_out::Clauses = written_out::Clauses::SPECIFICATION;

/// A suite that does not encrypt (RFC 8422, 6).
pub(super) const WITHOUT_ENCRYPTION: Suite = Suite {
    code: CipherSuite(0xC006),
    openssl: "ECDHE-ECDSA-NULL-SHA",
    framework: Framework::Certificate,
};
const ANONYMOUS: Suite = Suite {
    code: CipherSuite(0xC018),
    openssl: "AECDH-AES128-SHA",
    framework: Framework::Certificate,
};
const GCM: Suite = Suite {
    code: CipherSuite(0xC02B),
    openssl: "ECDHE-ECDSA-AES128-GCM-SHA256",
    framework: Framework::Certificate,
};
/// The octets of an uncompressed point on secp256r1.
const POINT: usize = 65;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "EsCertKeTls10",
        requirement: "TS-0003/8.7.2.2/7",
        summary: "the messages are those of TLS 1.0 if the initiator has nothing later",
        apply: |clauses| {
            let association = &mut clauses.end_to_end.escertke.association;
            association.minimum_version = |_| Version::Tls10;
            association.server_suites = with_old;
        },
    },
    Fault {
        name: "EsCertKeTls11",
        requirement: "TS-0003/8.7.2.2/7",
        summary: "the messages are those of TLS 1.1 if the initiator has nothing later",
        apply: |clauses| {
            let association = &mut clauses.end_to_end.escertke.association;
            association.minimum_version = |_| Version::Tls11;
            association.server_suites = with_old;
        },
    },
    Fault {
        name: "EsCertKeTls13",
        requirement: "TS-0003/8.7.2.2/7",
        summary: "the messages are those of TLS 1.3 if the initiator has it",
        apply: |clauses| {
            clauses.end_to_end.escertke.association.maximum_version = |_| Version::Tls13;
        },
    },
    Fault {
        name: "EsCertKeWithoutEncryption",
        requirement: "TS-0003/8.7.2.2/8",
        summary: "a suite that does not encrypt is accepted",
        apply: |clauses| {
            clauses.end_to_end.escertke.association.server_suites =
                |transport, domain, frameworks| {
                    and(&[WITHOUT_ENCRYPTION], transport, domain, frameworks)
                };
        },
    },
    Fault {
        name: "EsCertKeAnonymousSuite",
        requirement: "TS-0003/8.7.2.2/8",
        summary: "a suite in which nobody is authenticated is accepted",
        apply: |clauses| {
            let association = &mut clauses.end_to_end.escertke.association;
            // OpenSSL asks for a certificate even in an anonymous suite, if it has to have one.
            association.demands_certificate = || false;
            association.server_suites =
                |transport, domain, frameworks| and(&[ANONYMOUS], transport, domain, frameworks);
        },
    },
    Fault {
        name: "EsCertKeMandatorySuiteMissing",
        requirement: "TS-0003/8.7.2.2/8",
        summary: "only a suite with GCM is accepted",
        apply: |clauses| {
            clauses.end_to_end.escertke.association.server_suites = |_, _, _| vec![GCM];
        },
    },
    Fault {
        name: "EsCertKeFinishedUnchecked",
        requirement: "TS-0003/8.7.2.2/14",
        summary: "verify_data of the initiator is not compared",
        apply: |clauses| written_out(clauses, |clauses| clauses.finished = |_, _| Ok(())),
    },
    Fault {
        name: "EsCertKeFinishedWithoutLastOctet",
        requirement: "TS-0003/8.7.2.2/7",
        summary: "the last octet of verify_data is not compared",
        apply: |clauses| {
            written_out(clauses, |clauses| {
                clauses.finished = |expected, got| {
                    let same = expected.split_last().map(|(_, rest)| rest)
                        == got.split_last().map(|(_, rest)| rest);
                    let compared = if same { expected } else { got };
                    (SPECIFIED.finished)(expected, compared)
                };
            });
        },
    },
    Fault {
        name: "EsCertKePointCut",
        requirement: "TS-0003/8.7.2.2/7",
        summary: "octets behind the point of the initiator are ignored",
        apply: |clauses| {
            written_out(clauses, |clauses| {
                clauses.client_point =
                    |point| (SPECIFIED.client_point)(point.get(..POINT).unwrap_or(point));
            });
        },
    },
    Fault {
        name: "EsCertKeOneMessageInRecord",
        requirement: "TS-0003/8.7.2.2/7",
        summary: "of several handshake messages in a record all but the first are lost",
        apply: |clauses| {
            written_out(clauses, |clauses| {
                clauses.join = |reader, fragment| {
                    let mut messages = (SPECIFIED.join)(reader, fragment)?;
                    messages.truncate(1);
                    Ok(messages)
                };
            });
        },
    },
    Fault {
        name: "EsCertKeRandomAgain",
        requirement: "TS-0003/8.7.2.2/14",
        summary: "the random value of every ServerHello is the same",
        apply: |clauses| {
            written_out(clauses, |clauses| {
                clauses.server_random = || Ok(Random([0x5a; 32]));
            });
        },
    },
    Fault {
        name: "EsCertKeResumes",
        requirement: "TS-0003/8.7.2.2/7",
        summary: "an earlier session is resumed",
        apply: |clauses| clauses.end_to_end.escertke.association.resumable = |_, _| true,
    },
    Fault {
        name: "EsCertKeNegotiatesAnew",
        requirement: "TS-0003/8.7.2.2/7",
        summary: "behind the four messages another handshake is made within the association",
        apply: |clauses| {
            let table = &mut clauses.end_to_end.escertke;
            table.association.renegotiates = || true;
            table.conclude = |exchanges, exchange| exchanges.open.push(exchange);
        },
    },
];

/// The suites as specified, and those that earlier versions have.
fn with_old(transport: Transport, domain: Domain, frameworks: &[Framework]) -> Vec<Suite> {
    and(&OLD, transport, domain, frameworks)
}
