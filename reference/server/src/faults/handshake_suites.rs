//! Suites that are selected and not spoken: a client sees in the ServerHello what it is in for (TS-0003 V3.18.0, 10.2).

use onem2m_association::messages::CipherSuite;
use onem2m_association::written_out::{Cipher, Clauses, Configuration, KeyExchange, Suite};

use super::Fault;
use super::written_out::written_out;

const SPECIFIED: Clauses = Clauses::SPECIFICATION;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "NullWithNullSelected",
        requirement: "RFC5246/A.5/1",
        summary: "TLS_NULL_WITH_NULL_NULL is selected where nothing better is offered",
        apply: |clauses| {
            written_out(clauses, |clauses| {
                clauses.suites = |configuration, host| {
                    and(configuration, host, &[CipherSuite::TLS_NULL_WITH_NULL_NULL])
                };
            });
        },
    },
    Fault {
        name: "NullSuiteSpoken",
        requirement: "TS-0003/8.2.2.1/11",
        summary: "the suite of PSK without encryption is taken where nothing better is offered",
        apply: |clauses| {
            written_out(clauses, |clauses| {
                clauses.suites = |configuration, host| {
                    let mut suites = (SPECIFIED.suites)(configuration, host);
                    suites.push(Suite::PSK_NULL_SHA256);
                    suites
                };
            });
        },
    },
    Fault {
        name: "ExportSuitesSelected",
        requirement: "TS-0003/10.2.3/1",
        summary: "suites for export are selected where nothing better is offered",
        apply: |clauses| {
            written_out(clauses, |clauses| {
                clauses.suites = |configuration, host| {
                    and(
                        configuration,
                        host,
                        &[
                            CipherSuite::TLS_RSA_EXPORT_WITH_RC4_40_MD5,
                            CipherSuite::TLS_RSA_EXPORT_WITH_DES40_CBC_SHA,
                        ],
                    )
                };
            });
        },
    },
    Fault {
        name: "SuiteWithRc4Selected",
        requirement: "TS-0003/10.2.2/1",
        summary: "the suite of PSK with RC4 is selected where nothing better is offered",
        apply: |clauses| {
            written_out(clauses, |clauses| {
                clauses.suites = |configuration, host| {
                    and(
                        configuration,
                        host,
                        &[CipherSuite::TLS_PSK_WITH_RC4_128_SHA],
                    )
                };
            });
        },
    },
    Fault {
        name: "SuiteWithRc4Preferred",
        requirement: "TS-0003/10.2.2/1",
        summary: "the suite of PSK with RC4 is selected wherever it is offered",
        apply: |clauses| {
            written_out(clauses, |clauses| {
                clauses.suites = |configuration, host| {
                    let mut suites = and(
                        configuration,
                        host,
                        &[CipherSuite::TLS_PSK_WITH_RC4_128_SHA],
                    );
                    suites.rotate_right(1);
                    suites
                };
            });
        },
    },
    Fault {
        name: "SuiteWithDesSelected",
        requirement: "TS-0003/10.2.3/1",
        summary: "suites with DES and 3DES are selected where nothing better is offered",
        apply: |clauses| {
            written_out(clauses, |clauses| {
                clauses.suites = |configuration, host| {
                    and(
                        configuration,
                        host,
                        &[
                            CipherSuite::TLS_RSA_WITH_3DES_EDE_CBC_SHA,
                            CipherSuite::TLS_RSA_WITH_DES_CBC_SHA,
                        ],
                    )
                };
            });
        },
    },
    Fault {
        name: "SuiteOfStaticKeysSelected",
        requirement: "TS-0003/10.2.3/1",
        summary: "suites whose keys are in certificates are selected where nothing better is offered",
        apply: |clauses| {
            written_out(clauses, |clauses| {
                clauses.suites = |configuration, host| {
                    and(
                        configuration,
                        host,
                        &[
                            CipherSuite::TLS_RSA_WITH_AES_128_CBC_SHA,
                            CipherSuite::TLS_ECDH_ECDSA_WITH_AES_128_CBC_SHA,
                        ],
                    )
                };
            });
        },
    },
    Fault {
        name: "SuiteOfRsaSignaturesSelected",
        requirement: "TS-0003/10.2.3/1",
        summary: "suites that RSA authenticates are selected where nothing better is offered",
        apply: |clauses| {
            written_out(clauses, |clauses| {
                clauses.suites = |configuration, host| {
                    and(
                        configuration,
                        host,
                        &[CipherSuite::TLS_DHE_RSA_WITH_AES_128_CBC_SHA256],
                    )
                };
            });
        },
    },
];

/// The suites as specified, and further ones behind them.
fn and(configuration: &Configuration, host: Option<usize>, further: &[CipherSuite]) -> Vec<Suite> {
    let selected = |number: &CipherSuite| Suite {
        number: *number,
        key_exchange: KeyExchange::Psk,
        cipher: Cipher::NullSha256,
    };
    let mut suites = (SPECIFIED.suites)(configuration, host);
    suites.extend(further.iter().map(selected));
    suites
}
