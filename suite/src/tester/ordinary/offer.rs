//! What the tester offers in ordinary associations.

use onem2m_association::messages::CipherSuite;
use onem2m_association::{Clauses, ClientCredential, Framework, Suite, Version};

/// The suites for a credential: the mandatory ones of TS-0003 V3.18.0, 10.2, and behind them those that servers commonly have
/// with forward secrecy or authenticated encryption. Suites of TLS 1.3 are offered where its version is.
pub fn suites(credential: &ClientCredential) -> Vec<Suite> {
    match credential {
        ClientCredential::Psk { .. } => [
            &[Suite::PSK_AES_128_CBC_SHA256, Suite::PSK_AES_128_CCM_8][..],
            &PSK.map(|(code, openssl)| suite(code, openssl, Framework::Psk)),
        ]
        .concat(),
        ClientCredential::Certificate(_) | ClientCredential::Nothing => [
            &[
                Suite::ECDHE_ECDSA_AES_128_CBC_SHA256,
                Suite::ECDHE_ECDSA_AES_128_CCM_8,
            ][..],
            &CERTIFICATE.map(|(code, openssl)| suite(code, openssl, Framework::Certificate)),
        ]
        .concat(),
    }
}

/// How the tester decides: it takes any certificate of the IUT below the trust anchors of the profile. Whose name is in it, and
/// whether it keeps to the profile of 10.1, is not looked at, since the purposes judge that.
///
/// With a key nothing but TLS 1.2 is offered: in TLS 1.3 it would be one of another kind (RFC 8446, 4.2.11).
pub fn clauses(credential: &ClientCredential) -> Clauses {
    let wide = Clauses {
        signature_algorithms: || SIGNATURE_ALGORITHMS,
        groups: || "P-256:X25519:P-384:P-521",
        curve: |_| true,
        point_form: |_| true,
        signature_algorithm: |_| true,
        key_usage: |_| true,
        without_wildcard: |_| true,
        is_expected: |_, _, _| true,
        ..Clauses::SPECIFICATION
    };
    match credential {
        ClientCredential::Psk { .. } => wide,
        ClientCredential::Certificate(_) | ClientCredential::Nothing => Clauses {
            maximum_version: |_| Version::Tls13,
            ..wide
        },
    }
}

/// Suites of RFC 5487, RFC 6655, RFC 5489 and RFC 7905, by the names of OpenSSL.
const PSK: [(u16, &str); 5] = [
    (0x00a8, "PSK-AES128-GCM-SHA256"),
    (0x00a9, "PSK-AES256-GCM-SHA384"),
    (0xc0a4, "PSK-AES128-CCM"),
    (0xc037, "ECDHE-PSK-AES128-CBC-SHA256"),
    (0xccac, "ECDHE-PSK-CHACHA20-POLY1305"),
];

/// Suites of RFC 5289 and RFC 7905, by the names of OpenSSL.
const CERTIFICATE: [(u16, &str); 7] = [
    (0xc02b, "ECDHE-ECDSA-AES128-GCM-SHA256"),
    (0xc02c, "ECDHE-ECDSA-AES256-GCM-SHA384"),
    (0xcca9, "ECDHE-ECDSA-CHACHA20-POLY1305"),
    (0xc02f, "ECDHE-RSA-AES128-GCM-SHA256"),
    (0xc030, "ECDHE-RSA-AES256-GCM-SHA384"),
    (0xcca8, "ECDHE-RSA-CHACHA20-POLY1305"),
    (0xc027, "ECDHE-RSA-AES128-SHA256"),
];

const SIGNATURE_ALGORITHMS: &str = "ECDSA+SHA256:ECDSA+SHA384:ECDSA+SHA512:ed25519:\
     RSA-PSS+SHA256:RSA-PSS+SHA384:RSA-PSS+SHA512:RSA+SHA256:RSA+SHA384:RSA+SHA512";

fn suite(code: u16, openssl: &'static str, framework: Framework) -> Suite {
    Suite {
        code: CipherSuite(code),
        openssl,
        framework,
    }
}
