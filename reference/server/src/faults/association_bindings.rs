//! Whom an association is with (TS-0003 V3.18.0, 8.2.1 and 8.2.2).

use onem2m_association::{Allowed, Binding, Certificate, Clauses, Flavour, Match, PskTable, Trust};
use onem2m_identity::{AeUri, CredentialId, CredentialType, PskIdentity};

use super::Fault;
use crate::associations;
use crate::peer;

const SPECIFIED: Clauses = Clauses::SPECIFICATION;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "PskBoundToOther",
        requirement: "TS-0003/8.2.2.1/13",
        summary: "the association of an identity is with the entity of the one behind it in the table",
        apply: |clauses| clauses.association.entity_of_identity = next,
    },
    Fault {
        name: "PskBoundToNobody",
        requirement: "TS-0003/8.2.2.1/13",
        summary: "what entity a key was configured for is forgotten",
        apply: |clauses| {
            clauses.association.entity_of_identity = |clauses, table, identity| {
                (SPECIFIED.entity_of_identity)(clauses, table, identity).map(|_| Allowed::Unstated)
            };
        },
    },
    Fault {
        name: "PskBoundToRelativePart",
        requirement: "TS-0003/12.3.2.1/S1",
        summary: "the Credential-ID of a key has only what is before the @ of its identity",
        apply: |clauses| {
            clauses.association.credential_id_of_identity = |identity| {
                let relative = identity.split(|octet| *octet == b'@').next()?;
                (SPECIFIED.credential_id_of_identity)(relative)
            };
        },
    },
    Fault {
        name: "PskCredentialOfMaf",
        requirement: "TS-0003/12.3.2.1/S1",
        summary: "the Credential-ID of a provisioned key has the type of a key of an MAF",
        apply: |clauses| {
            clauses.association.credential_id_of_identity = |identity| {
                let identity = PskIdentity::parse(identity).ok()?;
                CredentialId::new(CredentialType::MafKey, identity.as_str()).ok()
            };
        },
    },
    Fault {
        name: "ClientCertificateOptional",
        requirement: "TS-0003/8.2.2.2/3",
        summary: "a client without a certificate is served, and may register any AE",
        apply: |clauses| {
            clauses.association.demands_certificate = || false;
            clauses.associated = nobody_is_somebody;
        },
    },
    Fault {
        name: "CertificateBoundToNobody",
        requirement: "TS-0003/8.2.2.2/7",
        summary: "what AE an AE-ID certificate names is forgotten",
        apply: |clauses| {
            clauses.association.entity_of_certificate =
                |clauses, trust, certificate| match (SPECIFIED.entity_of_certificate)(
                    clauses,
                    trust,
                    certificate,
                )? {
                    (flavour @ Flavour::AeId(_), _) => Some((flavour, Allowed::Unstated)),
                    other => Some(other),
                };
        },
    },
    Fault {
        name: "CertificateOfSeveralAes",
        requirement: "TS-0003/8.2.1/11",
        summary: "an AE-ID certificate stands for every AE that it has a URI of",
        apply: |clauses| {
            clauses.association.matches_ae_id = |uri, names| names.uris.contains(&uri.to_string());
            clauses.association.entity_of_certificate = several;
        },
    },
    Fault {
        name: "DeviceListCollapsed",
        requirement: "TS-0003/8.2.2.2/9",
        summary: "of the AEs of a device certificate only the first is known",
        apply: |clauses| {
            clauses.association.entity_of_certificate = |clauses, trust, certificate| {
                let (flavour, allowed) =
                    (SPECIFIED.entity_of_certificate)(clauses, trust, certificate)?;
                Some((flavour, first(allowed)))
            };
        },
    },
    Fault {
        name: "DeviceListForgotten",
        requirement: "TS-0003/8.2.2.2/9",
        summary: "what AEs a device certificate stands for is forgotten, and the first to register has it",
        apply: |clauses| {
            clauses.association.entity_of_certificate =
                |clauses, trust, certificate| match (SPECIFIED.entity_of_certificate)(
                    clauses,
                    trust,
                    certificate,
                )? {
                    (flavour @ Flavour::Device(_), _) => Some((flavour, Allowed::Unstated)),
                    other => Some(other),
                };
        },
    },
    Fault {
        name: "NodeListForgotten",
        requirement: "TS-0003/8.2.2.2/8",
        summary: "what AEs a Node-ID certificate stands for is forgotten, and the first to register has it",
        apply: |clauses| {
            clauses.association.entity_of_certificate =
                |clauses, trust, certificate| match (SPECIFIED.entity_of_certificate)(
                    clauses,
                    trust,
                    certificate,
                )? {
                    (flavour @ Flavour::NodeId(_), _) => Some((flavour, Allowed::Unstated)),
                    other => Some(other),
                };
        },
    },
    Fault {
        name: "RawPublicKeyBoundToNobody",
        requirement: "TS-0003/8.2.2.2/10",
        summary: "what entity a raw public key was configured for is forgotten",
        apply: |clauses| {
            clauses.association.entity_of_raw_public_key = |clauses, trust, key| {
                (SPECIFIED.entity_of_raw_public_key)(clauses, trust, key)
                    .map(|(identifier, _)| (identifier, Allowed::Unstated))
            };
        },
    },
];

/// Who is not authenticated is treated like who is not known yet.
pub(super) fn nobody_is_somebody(binding: Option<&Binding>) -> Option<peer::Associated> {
    let nobody = || peer::Associated::of(peer::Allowed::Unknown);
    Some(associations::associated(binding).unwrap_or_else(nobody))
}

fn next(clauses: &Clauses, table: &PskTable, identity: &[u8]) -> Option<Allowed> {
    let own = (SPECIFIED.entity_of_identity)(clauses, table, identity)?;
    let others = table.identities();
    let is_own = |other: &PskIdentity| other.octets() == identity;
    let place = others.iter().position(is_own).map_or(0, |place| place + 1);
    let other = others.iter().cycle().nth(place);
    let other = other.and_then(|other| table.get(other.octets()));
    Some(other.map_or(own, |entry| entry.allowed))
}

fn first(allowed: Allowed) -> Allowed {
    match allowed {
        Allowed::Applications(applications) => match applications.into_iter().next() {
            Some(application) => Allowed::Entity(application),
            None => Allowed::Unstated,
        },
        other => other,
    }
}

fn several(clauses: &Clauses, trust: &Trust, certificate: &Certificate) -> Option<Match<Flavour>> {
    let (flavour, allowed) = (SPECIFIED.entity_of_certificate)(clauses, trust, certificate)?;
    let entities: Vec<_> = certificate
        .names
        .uris
        .iter()
        .filter_map(|uri| AeUri::parse(uri).ok())
        .map(|uri| uri.entity().clone())
        .collect();
    let is_several = matches!(flavour, Flavour::AeId(_)) && entities.len() > 1;
    let allowed = match is_several {
        true => Allowed::Applications(entities),
        false => allowed,
    };
    Some((flavour, allowed))
}
