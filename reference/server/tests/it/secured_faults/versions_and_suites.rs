//! Faults of versions and of cipher suites.

use super::case::{Case, REFUSED, SERVED, ae1};
use super::client::lock;
use crate::provisioned::LOCK;
use onem2m_association::Transport::{Dtls, Tls};
use onem2m_association::messages::CipherSuite;
use onem2m_association::{ClientConfiguration, ClientCredential, Framework, Suite, Version};

pub const VERSIONS_AND_SUITES: &[Case] = &[
    (
        "Tls10Accepted",
        |all| at_most(lock(all, LOCK), Version::Tls10),
        ae1,
        REFUSED,
        SERVED,
    ),
    (
        "Tls11Accepted",
        |all| at_most(lock(all, LOCK), Version::Tls11),
        ae1,
        REFUSED,
        SERVED,
    ),
    (
        "Tls13Agreed",
        |all| {
            let mut client = all.with_ae_certificate(Tls);
            client.clauses.minimum_version = |_| Version::Tls13;
            client.clauses.maximum_version = |_| Version::Tls13;
            client
        },
        ae1,
        REFUSED,
        SERVED,
    ),
    (
        "Dtls10Accepted",
        |all| at_most(all.with_key(Dtls, LOCK, 1), Version::Tls11),
        ae1,
        REFUSED,
        SERVED,
    ),
    (
        "SuiteWithoutEncryptionAccepted",
        |all| offering(lock(all, LOCK), WITHOUT_ENCRYPTION),
        ae1,
        REFUSED,
        SERVED,
    ),
    (
        "SuiteWithoutEncryptionPreferred",
        |all| offering(lock(all, LOCK), WITHOUT_ENCRYPTION),
        ae1,
        REFUSED,
        SERVED,
    ),
    (
        "CertificateSuiteWithoutEncryptionAccepted",
        |all| offering(all.with_ae_certificate(Tls), ECDSA_WITHOUT_ENCRYPTION),
        ae1,
        REFUSED,
        SERVED,
    ),
    (
        "AnonymousSuiteAccepted",
        |all| offering(all.client(Tls, ClientCredential::Nothing), ANONYMOUS),
        ae1,
        REFUSED,
        SERVED,
    ),
    (
        "EcdhePskAccepted",
        |all| offering(lock(all, LOCK), ECDHE_PSK),
        ae1,
        REFUSED,
        SERVED,
    ),
    (
        "PskSuiteOfTlsMissing",
        |all| lock(all, LOCK),
        ae1,
        SERVED,
        REFUSED,
    ),
    (
        "PskSuiteOfDtlsMissing",
        |all| all.with_key(Dtls, LOCK, 1),
        ae1,
        SERVED,
        REFUSED,
    ),
    (
        "CertificateSuiteOfTlsMissing",
        |all| all.with_ae_certificate(Tls),
        ae1,
        SERVED,
        REFUSED,
    ),
    (
        "CertificateSuiteOfDtlsMissing",
        |all| all.with_ae_certificate(Dtls),
        ae1,
        SERVED,
        REFUSED,
    ),
    (
        "ClientCertificateOptional",
        |all| all.client(Tls, ClientCredential::Nothing),
        ae1,
        REFUSED,
        SERVED,
    ),
];

const fn suite(code: CipherSuite, openssl: &'static str, framework: Framework) -> Suite {
    Suite {
        code,
        openssl,
        framework,
    }
}

const OLD: Suite = suite(
    CipherSuite::TLS_PSK_WITH_AES_128_CBC_SHA,
    "PSK-AES128-CBC-SHA",
    Framework::Psk,
);
const WITHOUT_ENCRYPTION: Suite = suite(
    CipherSuite::TLS_PSK_WITH_NULL_SHA256,
    "PSK-NULL-SHA256",
    Framework::Psk,
);
const ECDHE_PSK: Suite = suite(
    CipherSuite::TLS_ECDHE_PSK_WITH_AES_128_CBC_SHA256,
    "ECDHE-PSK-AES128-CBC-SHA256",
    Framework::Psk,
);
const ANONYMOUS: Suite = suite(
    CipherSuite::TLS_ECDH_ANON_WITH_AES_128_CBC_SHA,
    "AECDH-AES128-SHA",
    Framework::Certificate,
);
const ECDSA_WITHOUT_ENCRYPTION: Suite = suite(
    CipherSuite(0xc006),
    "ECDHE-ECDSA-NULL-SHA",
    Framework::Certificate,
);

fn offering(mut client: ClientConfiguration, suite: Suite) -> ClientConfiguration {
    client.suites = Some(vec![suite]);
    client
}

fn at_most(mut client: ClientConfiguration, version: Version) -> ClientConfiguration {
    client.clauses.minimum_version = |_| Version::Tls10;
    client.clauses.maximum_version = match version {
        Version::Tls10 => |_| Version::Tls10,
        _ => |_| Version::Tls11,
    };
    offering(client, OLD)
}
