//! What precedes an association and what outlasts it: hint, host, cookie, renegotiation and resumption.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use onem2m_association::{Clauses, PeerCredential};
use onem2m_identity::PskIdentity;

use super::Fault;
use super::association_bindings::nobody_is_somebody;

const SPECIFIED: Clauses = Clauses::SPECIFICATION;

/// The longest hint that OpenSSL 1 took; OpenSSL 3 takes 256 octets.
const LONGEST_HINT: usize = 128;

/// What every address is taken for.
const ANYWHERE: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::UNSPECIFIED), 0);

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "HintOfIdentities",
        requirement: "RFC4279/5.2/1",
        summary: "every client is told all identities as a hint",
        apply: |clauses| {
            clauses.association.hint = |configuration| {
                let identities = configuration.identities.as_ref()?.identities();
                let texts: Vec<_> = identities.iter().map(PskIdentity::as_str).collect();
                let mut hint = texts.join(" ");
                while hint.len() > LONGEST_HINT {
                    hint.pop();
                }
                (!hint.is_empty()).then_some(hint)
            };
        },
    },
    Fault {
        name: "HostNameIgnored",
        requirement: "TS-0003/10.2.1/3",
        summary: "the keys of the default authority are those of every host",
        apply: |clauses| clauses.association.host = |_, _| None,
    },
    Fault {
        name: "HostNameCaseSensitive",
        requirement: "TS-0003/10.2.1/3",
        summary: "a host name in other letter case is that of no host",
        apply: |clauses| {
            clauses.association.host = |hosts, name| {
                hosts
                    .iter()
                    .position(|host| Some(host.name.as_str().as_bytes()) == name)
            };
        },
    },
    Fault {
        name: "CookieNotAsked",
        requirement: "RFC6347/4.2.1/1",
        summary: "a first ClientHello is answered with a ServerHello",
        apply: |clauses| clauses.association.verifies_address = || false,
    },
    Fault {
        name: "CookieUnchecked",
        requirement: "RFC6347/4.2.1/1",
        summary: "any cookie is the right one",
        apply: |clauses| clauses.association.is_cookie = |_, got| !got.is_empty(),
    },
    Fault {
        name: "CookieByLength",
        requirement: "RFC6347/4.2.1/1",
        summary: "of a cookie only the length is compared",
        apply: |clauses| {
            clauses.association.is_cookie = |expected, got| expected.len() == got.len();
        },
    },
    Fault {
        name: "CookieOfAnyAddress",
        requirement: "RFC6347/4.2.1/1",
        summary: "the cookie of a client is good at any address",
        apply: |clauses| {
            clauses.association.cookie =
                |secret, _, hello| (SPECIFIED.cookie)(secret, ANYWHERE, hello);
        },
    },
    Fault {
        name: "RenegotiatedIdentityIgnored",
        requirement: "TS-0003/8.2.2.1/13",
        summary: "an association that is negotiated anew stays with the entity of the first handshake",
        apply: |clauses| clauses.association.renegotiates = || true,
    },
    Fault {
        name: "ResumedWithoutBinding",
        requirement: "TS-0003/8.2.2.1/13",
        summary: "whom a session was with is forgotten when it is resumed",
        apply: |clauses| {
            clauses.association.resumed = |_, _, _| None;
            clauses.associated = nobody_is_somebody;
        },
    },
    Fault {
        name: "ResumedAfterWithdrawal",
        requirement: "TS-0001/11.3.2/S1",
        summary: "a session is resumed though its key was withdrawn, and is that of whoever registers",
        apply: |clauses| {
            clauses.association.resumable = |_, _| true;
            clauses.associated = nobody_is_somebody;
        },
    },
    Fault {
        name: "ResumedBeyondCertificate",
        requirement: "TS-0001/11.3.2/S1",
        summary: "a session is resumed though its certificate has expired",
        apply: |clauses| {
            clauses.association.resumable = |configuration, ticket| {
                matches!(ticket.credential, PeerCredential::Certificates(_))
                    || (SPECIFIED.resumable)(configuration, ticket)
            };
        },
    },
];
