//! Sessions with MAF and MEF, and who is known by them (TS-0003 V3.18.0, 8.8.2.2, 8.8.2.3, 8.3.5.2.2, 8.3.5.2.3, 10.2 and 10.6).

use std::net::SocketAddr;
use std::sync::Arc;

use onem2m_association::messages::CipherSuite;
use onem2m_association::{
    Clauses as Association, Domain, Framework, PeerCredential, PskEntry, PskTable, Server, Suite,
    Transport, Version, written_out,
};
use onem2m_primitive::{Operation, Request};
use tokio::io::AsyncReadExt;
use zeroize::Zeroizing;

use super::Fault;
use super::of_both::of_both;
use crate::associations::Serving;
use crate::connector::Duplex;
use crate::key_services::{self, Clauses, Exported, KeyService, Session};

const SPECIFIED: Association = Association::SPECIFICATION;

pub(super) const FAULTS: &[Fault] = of_both![
    {
        "MafIdentityWithoutDomain": "TS-0003/8.8.2.2/1",
        "MefIdentityWithoutDomain": "TS-0003/8.3.5.2.2/1",
        "the identifier of a key is looked up by what stands before its @",
        |service| service.association.key_of_identity = by_relative_part
    },
    {
        "MafAcceptsEmptyIdentity": "TS-0003/8.8.2.2/1",
        "MefAcceptsEmptyIdentity": "TS-0003/8.3.5.2.2/1",
        "a client without psk_identity is the first one that is known",
        |service| service.association.key_of_identity = |table, identity| match identity {
            [] => table.identities().iter().find_map(|first| table.get(first.octets())),
            identity => (Clauses::MAF.association.key_of_identity)(table, identity)
                .or_else(|| table.get(identity)),
        }
    },
    {
        "MafKeyOfAnybody": "TS-0003/8.8.2.2/1",
        "MefKeyOfAnybody": "TS-0003/8.3.5.2.2/1",
        "an identity is proved by the key of any other",
        |service| {
            service.association.written_out = Some(written_out::Clauses {
                other_keys: |configuration, _, _| {
                    let list = configuration.key_list.as_ref();
                    list.map_or_else(Vec::new, |list| list())
                },
                ..written_out::Clauses::SPECIFICATION
            });
        }
    },
    {
        "MafOldVersions": "TS-0003/10.2.1/1",
        "MefOldVersions": "TS-0003/10.2.1/1",
        "TLS 1.0 and 1.1 are agreed",
        |service| {
            service.association.minimum_version = |_| Version::Tls10;
            service.association.server_suites =
                |transport, domain, frameworks| with(OLD, transport, domain, frameworks);
        }
    },
    {
        "MafWithoutEncryption": "TS-0003/10.2.2/1",
        "MefWithoutEncryption": "TS-0003/10.2.2/1",
        "a suite without encryption is agreed",
        |service| service.association.server_suites =
            |transport, domain, frameworks| with(NULL, transport, domain, frameworks)
    },
    {
        "MafNameInSubject": "TS-0003/8.8.2.2/4",
        "MefNameInSubject": "TS-0003/8.3.5.2.2/4",
        "the common name of a certificate is the name of a client too",
        |service| {
            service.association.matches_cse_id = |name, names| {
                (SPECIFIED.matches_cse_id)(name, names)
                    || names.common_names.contains(&name.to_string())
            };
            service.association.matches_ae_id = |uri, names| {
                (SPECIFIED.matches_ae_id)(uri, names)
                    || names.common_names.contains(&uri.to_string())
            };
        }
    },
    {
        "MafPathTolerated": "TS-0003/8.8.2.2/4",
        "MefPathTolerated": "TS-0003/8.3.5.2.2/4",
        "the path of a client's certificate is not validated",
        |service| service.association.tolerates = |_| true
    },
    {
        "MafInTheClear": "TS-0003/8.8.2.3/1",
        "MefInTheClear": "TS-0003/8.3.5.2.3/1",
        "HTTP without an association is served too, for whom From names",
        |service| {
            service.accept = accept_clear;
            service.requester = |session, request| match session.exported.key.is_empty() {
                true => from(session, request),
                false => session.client.clone(),
            };
        }
    },
    {
        "MafClientIdFromRequest": "TS-0003/8.8.2.3/7",
        "MefClientIdFromRequest": "TS-0003/8.3.5.2.3/5",
        "a client is registered under its From",
        |service| service.requester = |session, request| match request.operation {
            Operation::Create if is_of_client(request) => from(session, request),
            _ => session.client.clone(),
        }
    },
    {
        "MafSourceFromRequest": "TS-0003/8.8.2.7/11",
        "MefSourceFromRequest": "TS-0003/8.3.5.2.7/9",
        "the source of a key is its From",
        |service| service.requester = |session, request| match request.operation {
            Operation::Create if !is_of_client(request) => from(session, request),
            _ => session.client.clone(),
        }
    },
    {
        "MafTargetFromRequest": "TS-0003/8.8.2.8/1",
        "MefTargetFromRequest": "TS-0003/8.3.5.2.8/1",
        "a key is given to whom From names",
        |service| service.requester = |session, request| match request.operation {
            Operation::Retrieve => from(session, request),
            _ => session.client.clone(),
        }
    },
];

/// What concerns an MAF alone.
pub(super) const OF_MAF: &[Fault] = &[Fault {
    name: "MafKmIdCaseCounts",
    requirement: "TS-0003/10.6/2",
    summary: "MAF: KmIDs are compared octet by octet",
    apply: |clauses| {
        clauses.maf.known_identity = Clauses::MEF.known_identity;
        clauses.maf.association.key_of_identity = PskTable::get;
    },
}];

fn by_relative_part(table: &PskTable, identity: &[u8]) -> Option<PskEntry> {
    let relative = |identity: &[u8]| {
        let relative = identity.split(|octet| *octet == b'@').next();
        relative.map(<[u8]>::to_ascii_lowercase)
    };
    let wanted = relative(identity);
    let identities = table.identities();
    let mut found = identities
        .iter()
        .filter(|known| relative(known.octets()) == wanted);
    table.get(found.next()?.octets())
}

const OLD: Suite = Suite {
    code: CipherSuite(0x008c),
    openssl: "PSK-AES128-CBC-SHA",
    framework: Framework::Psk,
};

const NULL: Suite = Suite {
    code: CipherSuite::TLS_PSK_WITH_NULL_SHA256,
    openssl: "PSK-NULL-SHA256",
    framework: Framework::Psk,
};

fn with(
    suite: Suite,
    transport: Transport,
    domain: Domain,
    frameworks: &[Framework],
) -> Vec<Suite> {
    let mut suites = (SPECIFIED.server_suites)(transport, domain, frameworks);
    suites.push(suite);
    suites
}

/// Whether a Create registers a client: those have odd types among the names of this project.
fn is_of_client(request: &Request) -> bool {
    request.resource_type.is_some_and(|number| number % 2 == 1)
}

/// From in absolute form; that of the client where there is none.
fn from(session: &Session, request: &Request) -> String {
    let domain = session.client.trim_start_matches('/').split('/').next();
    let domain = domain.unwrap_or_default();
    match &request.from {
        None => session.client.clone(),
        Some(from) if from.starts_with("//") => from.clone(),
        Some(from) if from.starts_with('/') => format!("//{domain}{from}"),
        Some(from) => format!("//{domain}/{from}"),
    }
}

/// HTTP begins with a capital letter, and no record does.
pub(super) fn accept_clear(
    service: KeyService,
    server: Arc<Server>,
    mut connection: Box<dyn Duplex>,
    address: SocketAddr,
) -> Serving {
    Box::pin(async move {
        let mut first = [0];
        if connection.read_exact(&mut first).await.is_err() {
            return;
        }
        let is_clear = first.iter().all(u8::is_ascii_uppercase);
        let (reading, writing) = tokio::io::split(connection);
        let whole = std::io::Cursor::new(first).chain(reading);
        let connection: Box<dyn Duplex> = Box::new(tokio::io::join(whole, writing));
        if is_clear {
            let known = service.settings().clients.first();
            let Some(known) = known.map(|client| client.entity.clone()) else {
                return;
            };
            // Nothing is exported where there is no association.
            let nothing = Exported {
                identifier: [0; 16],
                key: Zeroizing::default(),
            };
            let nobody = PeerCredential::Certificates(Vec::new());
            key_services::serve(&service, connection, &Session::new(known, nobody, nothing)).await;
        } else {
            (Clauses::MEF.accept)(service, server, connection, address).await;
        }
    })
}
