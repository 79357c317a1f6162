//! What a ClientHello offers, and what is selected (RFC 5246, 7.4.1.2, 7.4.1.3 and E).

use onem2m_association::messages::{AlertDescription, CompressionMethod, ProtocolVersion};
use onem2m_association::written_out::{Clauses, Refusal};

use super::Fault;
use super::written_out::written_out;

const SPECIFIED: Clauses = Clauses::SPECIFICATION;

/// The number of SSL 3.0 (RFC 6101, 5.6.1.2).
const SSL_3_0: ProtocolVersion = ProtocolVersion(0x0300);

/// SERVER-HELLO of SSL 2.0 in a record of its own: no session, no certificate, version 2, and one cipher,
/// SSL_CK_RC4_128_WITH_MD5, with an identifier of the connection.
const SSL_2_SERVER_HELLO: [u8; 32] = [
    0x80, 0x1e, 0x04, 0x00, 0x00, 0x00, 0x02, 0x00, 0x00, 0x00, 0x03, 0x00, 0x10, 0x01, 0x00, 0x80,
    0x5a, 0x5a, 0x5a, 0x5a, 0x5a, 0x5a, 0x5a, 0x5a, 0x5a, 0x5a, 0x5a, 0x5a, 0x5a, 0x5a, 0x5a, 0x5a,
];

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "Ssl2HelloAnswered",
        requirement: "RFC5246/E.1/1",
        summary: "CLIENT-HELLO of SSL 2.0 is answered with its SERVER-HELLO",
        apply: |clauses| {
            written_out(clauses, |clauses| {
                clauses.no_record = |_| Ok(SSL_2_SERVER_HELLO.to_vec());
            });
        },
    },
    Fault {
        name: "Ssl3Selected",
        requirement: "RFC5246/E.1/1",
        summary: "SSL 3.0 is selected for a client that has nothing later",
        apply: |clauses| {
            written_out(clauses, |clauses| {
                clauses.version = |offered| match offered {
                    SSL_3_0 => Ok(SSL_3_0),
                    other => (SPECIFIED.version)(other),
                };
            });
        },
    },
    Fault {
        name: "ClientVersionOtherThanOwnRefused",
        requirement: "RFC5246/E.1/1",
        summary: "client_version is compared for equality, so that a later one is refused",
        apply: |clauses| {
            written_out(clauses, |clauses| {
                clauses.version = |offered| match offered {
                    ProtocolVersion::TLS_1_2 => Ok(offered),
                    _ => Err(Refusal::new(
                        AlertDescription::PROTOCOL_VERSION,
                        format!("expected TLS 1.2, got {offered}"),
                    )),
                };
            });
        },
    },
    Fault {
        name: "ClientVersionEchoed",
        requirement: "RFC5246/E.1/1",
        summary: "a version later than TLS 1.2 is answered with itself",
        apply: |clauses| {
            written_out(clauses, |clauses| {
                clauses.version = |offered| (SPECIFIED.version)(offered).map(|_| offered);
            });
        },
    },
    Fault {
        name: "SuiteNotOfOffer",
        requirement: "RFC5246/7.4.1.3/1",
        summary: "the first suite of the server is selected, whatever the client offers",
        apply: |clauses| {
            written_out(clauses, |clauses| {
                clauses.suite = |clauses, configuration, hello, host| {
                    let first = (clauses.suites)(configuration, host).into_iter().next();
                    let specified = (SPECIFIED.suite)(clauses, configuration, hello, host);
                    specified.or_else(|refusal| first.ok_or(refusal))
                };
            });
        },
    },
    Fault {
        name: "CompressionSelected",
        requirement: "RFC5246/7.4.1.3/1",
        summary: "compression is selected where the client offers it",
        apply: |clauses| {
            written_out(clauses, |clauses| {
                clauses.compression = |offered| {
                    let compressing = offered
                        .iter()
                        .find(|method| **method != CompressionMethod::NULL);
                    compressing
                        .map_or_else(|| (SPECIFIED.compression)(offered), |method| Ok(*method))
                };
            });
        },
    },
    Fault {
        name: "CompressionOfferIgnored",
        requirement: "RFC5246/7.4.1.2/1",
        summary: "a client that offers compression alone is answered without",
        apply: |clauses| {
            written_out(clauses, |clauses| {
                clauses.compression = |_| Ok(CompressionMethod::NULL);
            });
        },
    },
];
