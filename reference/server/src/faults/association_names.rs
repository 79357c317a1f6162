//! The identifiers in a certificate against those that are configured (TS-0003 V3.18.0, 8.1.2.4 and 8.1.2.5).

use onem2m_association::{
    Allowed, Certificate, Clauses, Expected, Flavour, Match, Names, Trust, TrustedPeer,
};
use onem2m_identity::HardwareId;

use super::Fault;

const SPECIFIED: Clauses = Clauses::SPECIFICATION;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "CseNameInCommonName",
        requirement: "TS-0003/8.1.2.5/4",
        summary: "the common name of a certificate is the name of a CSE too",
        apply: |clauses| {
            clauses.association.matches_cse_id = |name, names| {
                (SPECIFIED.matches_cse_id)(name, names)
                    || names.common_names.contains(&name.to_string())
            };
        },
    },
    Fault {
        name: "CseNameInUri",
        requirement: "TS-0003/8.1.2.5/4",
        summary: "a URI with the name of a CSE, or whose host it is, is its name",
        apply: |clauses| {
            clauses.association.matches_cse_id = |name, names| {
                let name = name.to_string();
                names.domain_names.contains(&name) || names.uris.iter().any(|uri| host(uri) == name)
            };
        },
    },
    Fault {
        name: "CseNameByLabel",
        requirement: "TS-0003/8.1.2.5/4",
        summary: "the first label of a domain name is the name of a CSE",
        apply: |clauses| {
            clauses.association.matches_cse_id = |name, names| {
                any_domain(names, |other| {
                    let label = other.trim_start_matches('/').split('.').next();
                    label == Some(name.label())
                })
            };
        },
    },
    Fault {
        name: "CseNameByBeginning",
        requirement: "TS-0003/8.1.2.5/4",
        summary: "a domain name that begins with the name of a CSE is its name",
        apply: |clauses| {
            clauses.association.matches_cse_id =
                |name, names| any_domain(names, |other| other.starts_with(&name.to_string()));
        },
    },
    Fault {
        name: "CseNameByEnd",
        requirement: "TS-0003/8.1.2.5/4",
        summary: "a domain name that ends with the name of a CSE is its name",
        apply: |clauses| {
            clauses.association.matches_cse_id =
                |name, names| any_domain(names, |other| other.ends_with(&name.to_string()));
        },
    },
    Fault {
        name: "CseNameCutAtZero",
        requirement: "TS-0003/8.1.2.5/4",
        summary: "a domain name ends at its first zero octet",
        apply: |clauses| {
            clauses.association.matches_cse_id = |name, names| {
                any_domain(names, |other| {
                    other.split('\0').next() == Some(&name.to_string())
                })
            };
        },
    },
    Fault {
        name: "CseNameWithDot",
        requirement: "TS-0003/8.1.2.5/4",
        summary: "a dot at the end of a domain name is left out of the comparison",
        apply: |clauses| {
            clauses.association.matches_cse_id = |name, names| {
                any_domain(names, |other| {
                    other.trim_end_matches('.') == name.to_string()
                })
            };
        },
    },
    Fault {
        name: "CseNameFirstOnly",
        requirement: "TS-0003/8.1.2.5/2",
        summary: "of several domain names only the first is compared",
        apply: |clauses| {
            clauses.association.matches_cse_id =
                |name, names| names.domain_names.first() == Some(&name.to_string());
        },
    },
    Fault {
        name: "CseNameByWildcard",
        requirement: "TS-0003/10.1.1.7/2",
        summary: "a wildcard in a certificate stands for a label of the name of a CSE",
        apply: |clauses| {
            clauses.association.without_wildcard = |_| true;
            clauses.association.matches_cse_id = |name, names| {
                let parent = format!("*{}", name.to_string().trim_start_matches(name.label()));
                (SPECIFIED.matches_cse_id)(name, names) || names.domain_names.contains(&parent)
            };
        },
    },
    Fault {
        name: "AeIdInCommonName",
        requirement: "TS-0003/8.1.2.5/5",
        summary: "the common name of a certificate is an AE-ID too",
        apply: |clauses| {
            clauses.association.matches_ae_id = |uri, names| {
                (SPECIFIED.matches_ae_id)(uri, names)
                    || names.common_names.contains(&uri.to_string())
            };
        },
    },
    Fault {
        name: "AeIdCaseFolded",
        requirement: "TS-0003/8.1.2.5/5",
        summary: "AE-IDs are compared without regard to letter case",
        apply: |clauses| {
            clauses.association.matches_ae_id =
                |uri, names| any_uri(names, |other| other.eq_ignore_ascii_case(&uri.to_string()));
        },
    },
    Fault {
        name: "AeIdByBeginning",
        requirement: "TS-0003/8.1.2.5/5",
        summary: "a URI that begins with an AE-ID is that AE-ID",
        apply: |clauses| {
            clauses.association.matches_ae_id =
                |uri, names| any_uri(names, |other| other.starts_with(&uri.to_string()));
        },
    },
    Fault {
        name: "AeIdByStem",
        requirement: "TS-0003/8.1.2.5/5",
        summary: "of an AE-ID only what is behind the last slash is compared",
        apply: |clauses| {
            clauses.association.matches_ae_id = |uri, names| {
                let uri = uri.to_string();
                any_uri(names, |other| {
                    other.rsplit('/').next() == uri.rsplit('/').next()
                })
            };
        },
    },
    Fault {
        name: "AeIdByHost",
        requirement: "TS-0003/8.1.2.5/5",
        summary: "a domain name that is the host of the URI of an AE-ID is that AE-ID",
        apply: |clauses| {
            clauses.association.matches_ae_id = |uri, names| {
                let host = host(&uri.to_string()).to_owned();
                (SPECIFIED.matches_ae_id)(uri, names) || names.domain_names.contains(&host)
            };
        },
    },
    Fault {
        name: "AeIdDecoded",
        requirement: "TS-0003/8.1.2.5/5",
        summary: "percent-encoded octets of a URI are decoded before it is compared",
        apply: |clauses| {
            clauses.association.matches_ae_id =
                |uri, names| any_uri(names, |other| decoded(other) == uri.to_string());
        },
    },
    Fault {
        name: "AeIdByWildcard",
        requirement: "TS-0003/10.1.1.5/3",
        summary: "a wildcard at the end of a URI stands for any AE-ID-Stem",
        apply: |clauses| {
            clauses.association.without_wildcard = |_| true;
            clauses.association.matches_ae_id =
                |uri, names| any_uri(names, |other| is_covered(other, &uri.to_string()));
        },
    },
    Fault {
        name: "DeviceByBeginning",
        requirement: "TS-0003/8.1.2.5/3",
        summary: "a hardware identifier that begins with the one configured is that one",
        apply: |clauses| {
            clauses.association.matches_device = |expected, names| match expected {
                HardwareId::Oid(expected) => names
                    .object_identifiers
                    .iter()
                    .any(|other| other.arcs().starts_with(expected.arcs())),
                HardwareId::Urn(expected) => {
                    any_uri(names, |other| other.starts_with(expected.as_str()))
                }
            };
        },
    },
    Fault {
        name: "DeviceWithoutSerialNumber",
        requirement: "TS-0003/8.1.2.5/3",
        summary: "of a hardware identifier the last number is not compared",
        apply: |clauses| {
            clauses.association.matches_device = |expected, names| match expected {
                HardwareId::Oid(expected) => names.object_identifiers.iter().any(|other| {
                    let (other, expected) = (other.arcs(), expected.arcs());
                    other.len() == expected.len()
                        && other.split_last().map(|(_, model)| model)
                            == expected.split_last().map(|(_, model)| model)
                }),
                HardwareId::Urn(_) => (SPECIFIED.matches_device)(expected, names),
            };
        },
    },
    Fault {
        name: "DeviceFirstIdentifierOnly",
        requirement: "TS-0003/10.1.1.4.1/1",
        summary: "of several hardware identifiers only the first is compared",
        apply: |clauses| {
            clauses.association.matches_device = |expected, names| {
                let first = Names {
                    object_identifiers: names.object_identifiers.iter().take(1).cloned().collect(),
                    uris: names.uris.iter().take(1).cloned().collect(),
                    ..Names::default()
                };
                (SPECIFIED.matches_device)(expected, &first)
            };
        },
    },
    Fault {
        name: "NodeIdByBeginning",
        requirement: "TS-0003/8.1.2.5/6",
        summary: "a URI that begins with a Node-ID, or with which a Node-ID begins, is that Node-ID",
        apply: |clauses| {
            clauses.association.matches_node_id = |expected, names| {
                let expected = expected.as_str();
                any_uri(names, |other| {
                    other.starts_with(expected) || expected.starts_with(other)
                }) || names
                    .object_identifiers
                    .iter()
                    .any(|other| other.to_string().starts_with(expected))
            };
        },
    },
    Fault {
        name: "NodeIdWithoutLastCharacter",
        requirement: "TS-0003/8.1.2.5/6",
        summary: "of a Node-ID all but the last character is compared",
        apply: |clauses| {
            clauses.association.matches_node_id = |expected, names| {
                let expected = expected.as_str();
                let object_identifiers = names.object_identifiers.iter().map(ToString::to_string);
                names
                    .uris
                    .iter()
                    .cloned()
                    .chain(object_identifiers)
                    .any(|other| {
                        other.len() == expected.len()
                            && other.get(..other.len().saturating_sub(1))
                                == expected.get(..expected.len().saturating_sub(1))
                    })
            };
        },
    },
    Fault {
        name: "NodeIdByWildcard",
        requirement: "TS-0003/10.1.1.8/2",
        summary: "a wildcard at the end of a URI stands for the rest of a Node-ID",
        apply: |clauses| {
            clauses.association.without_wildcard = |_| true;
            clauses.association.matches_node_id = |expected, names| {
                (SPECIFIED.matches_node_id)(expected, names)
                    || any_uri(names, |other| is_covered(other, expected.as_str()))
            };
        },
    },
    Fault {
        name: "CertificateFlavourIgnored",
        requirement: "TS-0003/8.1.2.4/1",
        summary: "an identifier matches in whatever field of a certificate it is",
        apply: |clauses| clauses.association.entity_of_certificate = whatever_flavour,
    },
    Fault {
        name: "CertificateNameUnchecked",
        requirement: "TS-0003/8.1.2.5/2",
        summary: "a certificate that names nobody who is expected is that of whoever registers",
        apply: |clauses| {
            clauses.association.entity_of_certificate = |clauses, trust, certificate| {
                (SPECIFIED.entity_of_certificate)(clauses, trust, certificate).or_else(|| {
                    let expected = trust.peers.iter().find_map(flavour)?;
                    Some((expected, Allowed::Unstated))
                })
            };
        },
    },
];

fn any_domain(names: &Names, matches: impl Fn(&str) -> bool) -> bool {
    names.domain_names.iter().any(|name| matches(name))
}

fn any_uri(names: &Names, matches: impl Fn(&str) -> bool) -> bool {
    names.uris.iter().any(|uri| matches(uri))
}

fn host(uri: &str) -> &str {
    let rest = uri.split_once("//").map_or(uri, |(_, rest)| rest);
    rest.split(['/', ':']).next().unwrap_or_default()
}

fn is_covered(pattern: &str, text: &str) -> bool {
    match pattern.split_once('*') {
        Some((beginning, "")) => text.starts_with(beginning),
        _ => pattern == text,
    }
}

fn decoded(uri: &str) -> String {
    let mut octets = Vec::with_capacity(uri.len());
    let mut rest = uri.as_bytes();
    while let Some((octet, behind)) = rest.split_first() {
        let digits = behind
            .get(..2)
            .and_then(|digits| std::str::from_utf8(digits).ok());
        let number = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        (octets, rest) = match (octet, number) {
            (b'%', Some(number)) => {
                octets.push(number);
                (octets, behind.get(2..).unwrap_or_default())
            }
            _ => {
                octets.push(*octet);
                (octets, behind)
            }
        };
    }
    String::from_utf8_lossy(&octets).into_owned()
}

fn whatever_flavour(
    _: &Clauses,
    trust: &Trust,
    certificate: &Certificate,
) -> Option<Match<Flavour>> {
    let names = &certificate.names;
    trust.peers.iter().find_map(|peer| {
        let expected = text(&peer.expected)?;
        let is_named = names.domain_names.contains(&expected)
            || names
                .uris
                .iter()
                .any(|uri| *uri == expected || host(uri) == expected)
            || names.uris.iter().any(|uri| {
                uri.rsplit_once("//")
                    .is_some_and(|(_, rest)| format!("//{rest}") == expected)
            })
            || names
                .object_identifiers
                .iter()
                .any(|identifier| identifier.to_string() == expected);
        is_named.then(|| flavour(peer)).flatten().map(|flavour| {
            let allowed = match &flavour {
                Flavour::AeId(uri) => Allowed::Entity(uri.entity().clone()),
                _ => peer.allowed.clone(),
            };
            (flavour, allowed)
        })
    })
}

fn text(expected: &Expected) -> Option<String> {
    Some(match expected {
        Expected::Device(identifier) => identifier.to_string(),
        Expected::CseId(name) => name.to_string(),
        Expected::AeId(uri) => uri.to_string(),
        Expected::NodeId(identifier) => identifier.to_string(),
        Expected::Fqdn(name) => name.to_string(),
        Expected::RawPublicKey(_) | Expected::AnyAeId { .. } => return None,
    })
}

fn flavour(peer: &TrustedPeer) -> Option<Flavour> {
    Some(match &peer.expected {
        Expected::Device(identifier) => Flavour::Device(identifier.clone()),
        Expected::CseId(name) => Flavour::CseId(name.clone()),
        Expected::AeId(uri) => Flavour::AeId(uri.clone()),
        Expected::NodeId(identifier) => Flavour::NodeId(identifier.clone()),
        Expected::Fqdn(name) => Flavour::Fqdn(name.clone()),
        Expected::RawPublicKey(_) | Expected::AnyAeId { .. } => return None,
    })
}
