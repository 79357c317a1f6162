//! Key services.

use super::certificates::{issued, trust};
use super::{Told, keys};
use crate::profile::{KnownService, Peer};
use crate::tester::certificate::{CertificateOrder, GeneralName, Seed};
use crate::tester::reference_keys::named;
use onem2m_association::{Allowed, Domain, Expected, OwnCertificate, Trust, TrustedPeer};
use onem2m_identity::{AeUri, DomainName, Home, PublicDomainName};
use onem2m_keys::Suid;
use onem2m_server::{Authority, Client, EnrolmentTarget, Security, ServiceRole, ServiceSettings};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;

/// The Enrolment Expiry of the reference, as PIXIT_ENROLMENT_EXPIRY of its profile says.
const ENROLMENT: Duration = Duration::from_secs(10);

/// The usages of keys that its target may fetch.
const USAGES: [Suid; 2] = [Suid(21), Suid(23)];

/// The key services that were told. One whose FQDN is none is left out.
pub fn services(told: &Told, home: &Home) -> Vec<ServiceSettings> {
    let services = told.services.iter();
    services
        .filter_map(|known| service(known, told, home))
        .collect()
}

fn service(known: &KnownService, told: &Told, home: &Home) -> Option<ServiceSettings> {
    let keys = [&known.source, &known.target, &known.other].map(Clone::clone);
    let security = Security {
        identities: Some(Arc::new(keys::table(&keys, home))),
        certificate: certificate(known, told),
        trust: trust(&told.peers, home, |peer| peer.entities.len() == 1),
        datagrams: told.datagrams,
        ..Security::new(Domain::Infrastructure)
    };
    let authority = match known.role {
        ServiceRole::Maf => None,
        ServiceRole::Mef => authority(home),
    };
    let mut security = security;
    if let Some((_, certificate)) = &authority {
        trust_issued(&mut security.trust, certificate, known, home);
    }
    let fqdn = DomainName::parse(&known.fqdn).ok()?;
    let peers = told.peers.peers.values();
    let peers = peers.filter_map(|peer| certified(peer, known, home));
    Some(ServiceSettings {
        clients: clients(known, home).into_iter().chain(peers).collect(),
        names: known.names.clone(),
        enrolment_targets: enrolment_targets(known, told, home),
        enrolment_lifetime: ENROLMENT,
        authority: authority.map(|(authority, _)| Arc::new(authority)),
        ..ServiceSettings::new(known.role, fqdn, Arc::new(security))
    })
}

/// The MEF CA, and its certificate in DER.
fn authority(home: &Home) -> Option<(Authority, Vec<u8>)> {
    let seed = Seed::new("reference");
    let issuer = CertificateOrder::anchor("reference MEF CA")
        .issue(&seed, None)
        .ok()?;
    let key = issuer.key.private_key_info().ok()?;
    let infrastructure = PublicDomainName::of_infrastructure(&home.cse, &home.sp).ok()?;
    let authority = Authority::new(&issuer.der, &key, infrastructure).ok()?;
    Some((authority, issuer.der))
}

/// A certificate of the MEF CA authenticates the AE in it, if that is a client.
fn trust_issued(trust: &mut Trust, certificate: &[u8], known: &KnownService, home: &Home) {
    trust.anchors.push(certificate.to_vec());
    for client in [&known.source, &known.other] {
        let entity = client
            .entity
            .as_deref()
            .and_then(|text| named(text, home).ok());
        let uri = entity.and_then(|entity| AeUri::of(&entity, None).ok());
        trust.peers.extend(uri.map(|uri| TrustedPeer {
            expected: Expected::AeId(uri),
            allowed: Allowed::Unstated,
        }));
    }
}

/// An FQDN certificate (TS-0003 V3.18.0, 10.1.1.6).
fn certificate(known: &KnownService, told: &Told) -> Option<OwnCertificate> {
    let label = format!("reference {}", known.role.name());
    let name = GeneralName::Dns(known.fqdn.clone());
    let chain = issued(&told.peers, &label, name).ok()?;
    let key = chain.end.key.private_key_info().ok()?;
    let own = OwnCertificate::from_der(&chain.sent, &key).ok()?;
    Some(own.or_raw_public_key())
}

/// The first stakeholder authorized all, the second one the source alone, for which configuration and commands wait.
fn clients(known: &KnownService, home: &Home) -> Vec<Client> {
    let client = |entity: &Option<String>, admin: &str| {
        Some(Client {
            entity: named(entity.as_deref()?, home).ok()?,
            admin_fqdn: admin.to_owned(),
            configuration: None,
            commands: Vec::new(),
        })
    };
    let first = known.stakeholder.as_str();
    let source = client(&known.source.entity, first).map(|source| Client {
        configuration: Some(json!({ "parameter": "of the source" })),
        commands: match known.role {
            ServiceRole::Maf => Vec::new(),
            ServiceRole::Mef => commands(known, &source.entity.absolute()),
        },
        ..source
    });
    let others = [
        client(&known.source.entity, &known.second_stakeholder),
        client(&known.target.entity, first),
        client(&known.other.entity, first),
    ];
    [source].into_iter().chain(others).flatten().collect()
}

/// Who may fetch keys of the source, and of those who authenticate themselves by what stands for one entity.
fn enrolment_targets(known: &KnownService, told: &Told, home: &Home) -> Vec<EnrolmentTarget> {
    let entity = |text: &str| named(text, home).ok();
    let target = |enrolee: &String| {
        Some(EnrolmentTarget {
            entity: entity(known.target.entity.as_deref()?)?,
            fqdn: known.target_fqdn.clone()?,
            enrolee: entity(enrolee)?,
            usages: USAGES.to_vec(),
        })
    };
    let peers = told.peers.peers.values().filter_map(sole_entity);
    let enrolees = known.source.entity.iter().chain(peers);
    enrolees.filter_map(target).collect()
}

/// A command of each class (TS-0003 V3.18.0, 12.4.4 to 12.4.9).
fn commands(known: &KnownService, client: &str) -> Vec<Value> {
    let fqdn = &known.fqdn;
    let of_class = |class: u32, args: Value| json!({ "cmdClassID": class, "cmdArgs": args, "targetID": client });
    vec![
        of_class(
            1,
            json!({ "certProvCmdArgs": {
                "certProvProtocolID": 1,
                "URI": format!("https://{fqdn}/.well-known/est"),
                "certSubjectType": 3,
                "certSubjectID": client,
            }}),
        ),
        of_class(
            2,
            json!({ "devCfgCmdArgs": { "deviceConfigURI": format!("3:https://{fqdn}/dm") } }),
        ),
        of_class(
            3,
            json!({ "MONodeCmdArgs": {
                "objectPath": "./authProfile/1",
                "objectTypeID": 1,
                "objectTypeSpecifcArgs": { "SUID": 22 },
            }}),
        ),
    ]
}

/// The entity of a peer that stands for no other.
fn sole_entity(peer: &Peer) -> Option<&String> {
    match peer.entities.as_slice() {
        [entity] => Some(entity),
        _ => None,
    }
}

/// A peer with a certificate or raw public key, as client.
fn certified(peer: &Peer, known: &KnownService, home: &Home) -> Option<Client> {
    Some(Client {
        entity: named(sole_entity(peer)?, home).ok()?,
        admin_fqdn: known.stakeholder.clone(),
        configuration: None,
        commands: Vec::new(),
    })
}
