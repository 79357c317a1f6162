//! What a client offers and sends in an association that it opens itself (TS-0003 V3.18.0, 8.2.2.1 and 10.2).

use onem2m_association::messages::CipherSuite;
use onem2m_association::{Clauses, Framework, Suite, Version};
use onem2m_identity::DomainName;

use super::Fault;
use super::association_versions::OLD;
use crate::hop;

const SPECIFIED: Clauses = Clauses::SPECIFICATION;

const WITHOUT_ENCRYPTION: Suite = Suite {
    code: CipherSuite::TLS_PSK_WITH_NULL_SHA,
    openssl: "PSK-NULL-SHA",
    framework: Framework::Psk,
};

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "ClientWithoutServerName",
        requirement: "TS-0003/10.2.1/4",
        summary: "a client does not say which host it asks for",
        apply: |clauses| clauses.asked_name = |_| None,
    },
    Fault {
        name: "ClientAsksForDomain",
        requirement: "TS-0003/10.2.1/4",
        summary: "a client asks for the domain in which a host is, and not for the host",
        apply: |clauses| {
            clauses.asked_name = |host| {
                let name = hop::asked_name(host)?;
                let domain = name.as_str().split_once('.');
                DomainName::parse(domain.map_or("domain", |(_, domain)| domain)).ok()
            };
        },
    },
    Fault {
        name: "ClientFollowsHint",
        requirement: "RFC4279/5.2/1",
        summary: "the identity hint of a server is sent back as psk_identity",
        apply: |clauses| {
            clauses.opening.identity_for_hint = |identity, hint| match hint {
                Some(hint) if !hint.is_empty() => hint.to_vec(),
                _ => identity.octets().to_vec(),
            };
        },
    },
    Fault {
        name: "ClientSendsCredentialId",
        requirement: "TS-0003/8.2.2.1/8",
        summary: "psk_identity is the Credential-ID of the key, with its type number",
        apply: |clauses| {
            clauses.opening.identity_for_hint = |identity, _| [b"12-", identity.octets()].concat();
        },
    },
    Fault {
        name: "ClientOffersTls11",
        requirement: "TS-0003/10.2.1/1",
        summary: "TLS 1.1 is the latest version that a client offers",
        apply: |clauses| {
            clauses.opening.minimum_version = |_| Version::Tls11;
            clauses.opening.maximum_version = |_| Version::Tls11;
            clauses.opening.client_suites = |_, framework| {
                let suites = OLD.into_iter();
                suites
                    .filter(|suite| suite.framework == framework)
                    .collect()
            };
        },
    },
    Fault {
        name: "ClientOffersNoEncryption",
        requirement: "TS-0003/10.2.2/1",
        summary: "a client offers a PSK suite that does not encrypt behind the one that does",
        apply: |clauses| {
            clauses.opening.client_suites = |transport, framework| {
                let mut suites = (SPECIFIED.client_suites)(transport, framework);
                suites.extend((framework == Framework::Psk).then_some(WITHOUT_ENCRYPTION));
                suites
            };
        },
    },
];
