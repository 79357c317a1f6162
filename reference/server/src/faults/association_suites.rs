//! The suites that a server accepts (TS-0003 V3.18.0, 10.2.1 to 10.2.3).

use onem2m_association::messages::CipherSuite;
use onem2m_association::{Clauses, Domain, Framework, Suite, Transport};

use super::Fault;
use super::association_bindings::nobody_is_somebody;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "SuiteWithoutEncryptionAccepted",
        requirement: "TS-0003/10.2.2/1",
        summary: "PSK suites that do not encrypt are accepted behind those that do",
        apply: |clauses| {
            clauses.association.server_suites = |transport, domain, frameworks| {
                and(&WITHOUT_ENCRYPTION, transport, domain, frameworks)
            };
        },
    },
    Fault {
        name: "SuiteWithoutEncryptionPreferred",
        requirement: "TS-0003/10.2.2/1",
        summary: "of the suites of a client one that does not encrypt is chosen first",
        apply: |clauses| {
            clauses.association.server_suites = |transport, domain, frameworks| {
                let specified = specified(transport, domain, frameworks);
                available(&WITHOUT_ENCRYPTION, frameworks)
                    .chain(specified)
                    .collect()
            };
        },
    },
    Fault {
        name: "CertificateSuiteWithoutEncryptionAccepted",
        requirement: "TS-0003/10.2.3/1",
        summary: "a certificate suite that does not encrypt is accepted",
        apply: |clauses| {
            clauses.association.server_suites = |transport, domain, frameworks| {
                and(
                    &[ECDHE_ECDSA_WITHOUT_ENCRYPTION],
                    transport,
                    domain,
                    frameworks,
                )
            };
        },
    },
    Fault {
        name: "AnonymousSuiteAccepted",
        requirement: "TS-0003/10.2.3/1",
        summary: "suites in which nobody is authenticated are accepted, and any AE may register in them",
        apply: |clauses| {
            // OpenSSL asks for a certificate even in an anonymous suite, if it has to have one.
            clauses.association.demands_certificate = || false;
            clauses.associated = nobody_is_somebody;
            clauses.association.server_suites =
                |transport, domain, frameworks| and(&[ANONYMOUS], transport, domain, frameworks);
        },
    },
    Fault {
        name: "EcdhePskAccepted",
        requirement: "TS-0003/10.2.2/1",
        summary: "a key exchange with symmetric keys that is not of RFC 4279 is accepted",
        apply: |clauses| {
            clauses.association.server_suites =
                |transport, domain, frameworks| and(&[ECDHE_PSK], transport, domain, frameworks);
        },
    },
    Fault {
        name: "PskSuiteOfTlsMissing",
        requirement: "TS-0003/10.2.2/2",
        summary: "TLS_PSK_WITH_AES_128_CBC_SHA256 is not accepted",
        apply: |clauses| {
            clauses.association.server_suites = |transport, domain, frameworks| {
                without(Suite::PSK_AES_128_CBC_SHA256, transport, domain, frameworks)
            };
        },
    },
    Fault {
        name: "PskSuiteOfDtlsMissing",
        requirement: "TS-0003/10.2.2/3",
        summary: "TLS_PSK_WITH_AES_128_CCM_8 is not accepted",
        apply: |clauses| {
            clauses.association.server_suites = |transport, domain, frameworks| {
                without(Suite::PSK_AES_128_CCM_8, transport, domain, frameworks)
            };
        },
    },
    Fault {
        name: "CertificateSuiteOfTlsMissing",
        requirement: "TS-0003/10.2.3/2",
        summary: "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256 is not accepted",
        apply: |clauses| {
            clauses.association.server_suites = |transport, domain, frameworks| {
                without(
                    Suite::ECDHE_ECDSA_AES_128_CBC_SHA256,
                    transport,
                    domain,
                    frameworks,
                )
            };
        },
    },
    Fault {
        name: "CertificateSuiteOfDtlsMissing",
        requirement: "TS-0003/10.2.3/3",
        summary: "TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8 is not accepted",
        apply: |clauses| {
            clauses.association.server_suites = |transport, domain, frameworks| {
                without(
                    Suite::ECDHE_ECDSA_AES_128_CCM_8,
                    transport,
                    domain,
                    frameworks,
                )
            };
        },
    },
];

const WITHOUT_ENCRYPTION: [Suite; 2] = [
    Suite {
        code: CipherSuite::TLS_PSK_WITH_NULL_SHA256,
        openssl: "PSK-NULL-SHA256",
        framework: Framework::Psk,
    },
    Suite {
        code: CipherSuite::TLS_PSK_WITH_NULL_SHA,
        openssl: "PSK-NULL-SHA",
        framework: Framework::Psk,
    },
];

/// RFC 8422, 6.
const ECDHE_ECDSA_WITHOUT_ENCRYPTION: Suite = Suite {
    code: CipherSuite(0xc006),
    openssl: "ECDHE-ECDSA-NULL-SHA",
    framework: Framework::Certificate,
};

const ANONYMOUS: Suite = Suite {
    code: CipherSuite::TLS_ECDH_ANON_WITH_AES_128_CBC_SHA,
    openssl: "AECDH-AES128-SHA",
    framework: Framework::Certificate,
};

const ECDHE_PSK: Suite = Suite {
    code: CipherSuite::TLS_ECDHE_PSK_WITH_AES_128_CBC_SHA256,
    openssl: "ECDHE-PSK-AES128-CBC-SHA256",
    framework: Framework::Psk,
};

/// What is there in place of a suite that is missing.
const OTHERS: [Suite; 2] = [
    Suite {
        code: CipherSuite::TLS_PSK_WITH_AES_128_GCM_SHA256,
        openssl: "PSK-AES128-GCM-SHA256",
        framework: Framework::Psk,
    },
    Suite {
        code: CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        openssl: "ECDHE-ECDSA-AES128-GCM-SHA256",
        framework: Framework::Certificate,
    },
];

/// The suites as specified, and further ones behind them.
pub(super) fn and(
    further: &[Suite],
    transport: Transport,
    domain: Domain,
    frameworks: &[Framework],
) -> Vec<Suite> {
    let mut suites = specified(transport, domain, frameworks);
    suites.extend(available(further, frameworks));
    suites
}

fn without(
    missing: Suite,
    transport: Transport,
    domain: Domain,
    frameworks: &[Framework],
) -> Vec<Suite> {
    let mut suites = and(&OTHERS, transport, domain, frameworks);
    suites.retain(|suite| *suite != missing);
    suites
}

fn specified(transport: Transport, domain: Domain, frameworks: &[Framework]) -> Vec<Suite> {
    (Clauses::SPECIFICATION.server_suites)(transport, domain, frameworks)
}

fn available<'a>(
    suites: &'a [Suite],
    frameworks: &'a [Framework],
) -> impl Iterator<Item = Suite> + 'a {
    suites
        .iter()
        .copied()
        .filter(|suite| frameworks.contains(&suite.framework))
}
