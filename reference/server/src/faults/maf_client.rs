//! Keys that the CSE fetches from an MAF (TS-0003 V3.18.0, 8.2.2.3, 8.8.2.2, 8.8.2.8, 10.3.5, 12.2 and 12.3.2.1).

use std::time::Duration;

use onem2m_association::{Allowed, ClientCredential, FetchedKey, PathDefect, PskEntry, PskTable};
use onem2m_identity::{CredentialId, CredentialType, DomainName, PskIdentity};
use time::OffsetDateTime;

use super::Fault;
use super::handshake_other_keys::altered;
use super::written_out::written_out;
use crate::hop;
use crate::maf_client::{Clauses, KcReading, Source};

const SPECIFIED: Clauses = Clauses::SPECIFICATION;

/// As good as for ever.
const EVER: Duration = Duration::from_secs(24 * 60 * 60);

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "KcByWholeIdentity",
        requirement: "TS-0003/8.2.2.3/9",
        summary: "the MAF is asked for the whole psk_identity in place of the RelativeKeyID",
        apply: |clauses| {
            clauses.maf_client.relative_key_id = |identity| {
                (SPECIFIED.relative_key_id)(identity)?;
                Some(identity.as_str().to_owned())
            };
        },
    },
    Fault {
        name: "KcOfFirstMaf",
        requirement: "TS-0003/8.2.2.3/8",
        summary: "the MAF is asked for every psk_identity with a domain name, whatever that is",
        apply: |clauses| {
            clauses.maf_client.maf = |mafs, identity| {
                identity.as_str().split_once('@')?;
                mafs.first()
            };
            clauses.maf_client.relative_key_id = before_the_sign;
        },
    },
    Fault {
        name: "KcOfMafByBegin",
        requirement: "TS-0003/8.2.2.3/8",
        summary: "a domain name that begins with that of the MAF is its name too",
        apply: |clauses| {
            clauses.maf_client.maf = |mafs, identity| {
                let (_, domain) = identity.as_str().split_once('@')?;
                mafs.iter()
                    .find(|maf| domain.starts_with(maf.fqdn.as_str()))
            };
            clauses.maf_client.relative_key_id = before_the_sign;
        },
    },
    Fault {
        name: "KcFromWhereverNamed",
        requirement: "TS-0003/8.2.2.3/8",
        summary: "the key is asked for at the host that the psk_identity names",
        apply: |clauses| {
            clauses.maf_client.maf = |mafs, identity| {
                let known = (SPECIFIED.maf)(mafs, identity);
                known.or_else(|| {
                    identity.as_str().split_once('@')?;
                    mafs.first()
                })
            };
            clauses.maf_client.address = |maf, identity| match identity.as_str().split_once('@') {
                Some((_, host)) if !host.eq_ignore_ascii_case(maf.fqdn.as_str()) => {
                    format!("https://{host}")
                }
                _ => maf.address.clone(),
            };
            clauses.maf_client.relative_key_id = before_the_sign;
        },
    },
    Fault {
        name: "RelativeKeyIdOfAnyForm",
        requirement: "TS-0003/12.2/S1",
        summary: "what stands before the @ goes into the path of the request as it is",
        apply: |clauses| {
            clauses.maf_client.maf = |mafs, identity| {
                let (_, domain) = identity.as_str().rsplit_once('@')?;
                mafs.iter().find(|maf| maf.fqdn.as_str() == domain)
            };
            clauses.maf_client.relative_key_id = |identity| {
                let (relative, _) = identity.as_str().rsplit_once('@')?;
                Some(relative.to_owned())
            };
        },
    },
    Fault {
        name: "KcOfRefusal",
        requirement: "TS-0003/8.2.2.3/10",
        summary: "the key in an answer is taken whatever its status is",
        apply: |clauses| clauses.maf_client.is_given = |_| true,
    },
    Fault {
        name: "KcOfAnyObject",
        requirement: "TS-0003/8.2.2.3/10",
        summary: "the parameters of a key are taken from an object of any name",
        apply: |clauses| {
            clauses.maf_client.parameters = |content, _| {
                let content = content?.as_object()?;
                content.values().next()?.as_object()
            };
        },
    },
    Fault {
        name: "MafAwaitedForEver",
        requirement: "TS-0003/8.2.2.3/10",
        summary: "a handshake waits for an MAF that says nothing without an end",
        apply: |clauses| clauses.maf_client.patience = |_| EVER,
    },
    Fault {
        name: "MafAwaitedByEverybody",
        requirement: "TS-0003/8.2.2.3/10",
        summary: "no handshake by symmetric keys goes on while the MAF is asked for the key of another",
        apply: |clauses| {
            clauses.maf_client.waits = |cse, identity| {
                Box::pin(async move {
                    // No MAF has this name.
                    let turn = DomainName::parse("everybody.invalid");
                    let _turn = match &turn {
                        Ok(turn) => Some(cse.registrations().of(turn).await),
                        Err(_) => None,
                    };
                    (SPECIFIED.waits)(cse, identity).await;
                })
            };
        },
    },
    Fault {
        name: "MafUnderAnyAnchor",
        requirement: "TS-0003/8.8.2.2/3",
        summary: "the certificate of the MAF need not lead to a trust anchor",
        apply: |clauses| {
            clauses.maf_client.association.tolerates =
                |defect| matches!(defect, PathDefect::UnknownIssuer | PathDefect::SelfSigned);
        },
    },
    Fault {
        name: "MafOfAnyName",
        requirement: "TS-0003/8.8.2.2/3",
        summary: "every certificate under the trust anchors is that of the MAF",
        apply: |clauses| clauses.maf_client.association.is_expected = |_, _, _| true,
    },
    Fault {
        name: "KcOfAnyUsage",
        requirement: "TS-0003/8.2.2.3/12",
        summary: "SUID is not looked at: a key for ESPrim opens associations",
        apply: |clauses| clauses.maf_client.is_usage = |suid| suid.is_some(),
    },
    Fault {
        name: "KcWithoutUsage",
        requirement: "TS-0003/8.2.2.3/12",
        summary: "a key without SUID is one for associations",
        apply: |clauses| {
            clauses.maf_client.is_usage = |suid| suid.is_none() || (SPECIFIED.is_usage)(suid);
        },
    },
    Fault {
        name: "KcThatExpired",
        requirement: "TS-0003/8.2.2.3/16",
        summary: "expirationTime has to be readable, and may be over",
        apply: |clauses| {
            clauses.maf_client.until = |value, now| {
                let stated = (SPECIFIED.until)(value, OffsetDateTime::UNIX_EPOCH)?;
                Some(stated.max(now.saturating_add(time::Duration::DAY)))
            };
        },
    },
    Fault {
        name: "KcWithoutExpiry",
        requirement: "TS-0003/8.2.2.3/11",
        summary: "a key whose expirationTime is missing or unreadable does not expire",
        apply: |clauses| {
            clauses.maf_client.until = |value, now| {
                let is_readable = (SPECIFIED.until)(value, OffsetDateTime::UNIX_EPOCH).is_some();
                match is_readable {
                    true => (SPECIFIED.until)(value, now),
                    false => Some(now.saturating_add(time::Duration::DAY)),
                }
            };
        },
    },
    Fault {
        name: "KcKeptForEver",
        requirement: "TS-0003/8.2.2.3/16",
        summary: "a key that was fetched once is good for ever",
        apply: |clauses| {
            clauses.maf_client.asks = |table, identity| table.get(identity.octets()).is_none();
            clauses.association.is_key_in_force = |_, _| true;
        },
    },
    Fault {
        name: "KcFirstHalf",
        requirement: "TS-0003/8.2.2.3/11",
        summary: "Kc is the first half of the output key where the profile says all of it, and the other way round",
        apply: |clauses| {
            clauses.maf_client.key = |reading, value| {
                let other = match reading {
                    KcReading::Whole => KcReading::FirstHalf,
                    KcReading::FirstHalf => KcReading::Whole,
                };
                (SPECIFIED.key)(other, value)
            };
        },
    },
    Fault {
        name: "KcInEachReading",
        requirement: "TS-0003/8.8.1/3",
        summary: "a handshake may be with the output key or with its first half",
        apply: |clauses| {
            written_out(clauses, |clauses| {
                clauses.other_keys = |_, _, key| {
                    altered(key, |octets| {
                        octets.get(..octets.len() / 2).unwrap_or_default().to_vec()
                    })
                };
            });
        },
    },
    Fault {
        name: "KcOfWhoeverRegisters",
        requirement: "TS-0003/8.2.2.3/14",
        summary: "the identity that the MAF returns is ignored: the association is that of whoever From names first",
        apply: |clauses| {
            clauses.maf_client.bound = |key, until, source| {
                let specified = (SPECIFIED.bound)(key, until, source)?;
                Some(FetchedKey {
                    allowed: Allowed::Unstated,
                    ..specified
                })
            };
        },
    },
    Fault {
        name: "KcOfLatestSource",
        requirement: "TS-0003/8.2.2.3/14",
        summary: "every association with a key of the MAF is that of the source that the MAF named last",
        apply: |clauses| {
            clauses.association.entity_of_identity = |_, table, identity| {
                let own = table.get(identity)?;
                match own.until {
                    None => Some(own.allowed),
                    Some(_) => latest(table).map(|entry| entry.allowed),
                }
            }
        },
    },
    Fault {
        name: "KmIdOfMef",
        requirement: "TS-0003/12.3.2.1/S1",
        summary: "the Credential-ID formed from a KmID has the type of a key towards an MEF",
        apply: |clauses| {
            clauses.maf_client.bound = |key, until, source| {
                let specified = (SPECIFIED.bound)(key, until, source)?;
                let credential_id = match source {
                    Source::Entity(_) => None,
                    Source::Credential(km_id) => {
                        CredentialId::new(CredentialType::MefKey, &km_id.to_string()).ok()
                    }
                };
                Some(FetchedKey {
                    credential_id,
                    ..specified
                })
            };
        },
    },
    Fault {
        name: "KcIdWithoutCase",
        requirement: "TS-0003/10.3.5/1",
        summary: "a key that was fetched stands for its RelativeKeyID in letters of either case",
        apply: |clauses| {
            clauses.maf_client.asks =
                |table, identity| without_case(table, identity.octets()).is_none();
            clauses.association.key_of_identity = without_case;
        },
    },
    Fault {
        name: "SecondAssociationWithKpsa",
        requirement: "TS-0003/8.2.1/6",
        summary: "behind an association with Kc the second one is opened with the first Kpsa of the table",
        apply: |clauses| {
            clauses.second_credential = |scene, address, registree| {
                let credential = scene.tree.registered_by(registree)?;
                let table = scene.configuration.security.as_ref()?.identities.as_ref()?;
                let entry = table.get(credential.strip_prefix("12-")?.as_bytes())?;
                if entry.until.is_none() {
                    return hop::second_credential(scene, address, registree);
                }
                table.identities().into_iter().find_map(|identity| {
                    let entry = table.get(identity.octets())?;
                    entry.until.is_none().then_some(ClientCredential::Psk {
                        identity,
                        key: entry.key,
                    })
                })
            };
        },
    },
];

fn before_the_sign(identity: &PskIdentity) -> Option<String> {
    let (relative, _) = identity.as_str().split_once('@')?;
    Some(relative.to_owned())
}

/// The key whose MAF answered last.
fn latest(table: &PskTable) -> Option<PskEntry> {
    let identities = table.identities().into_iter();
    let entries = identities.filter_map(|identity| table.get(identity.octets()));
    entries
        .filter(|entry| entry.until.is_some())
        .max_by_key(PskEntry::serial)
}

/// A fetched key under its identity in any case; another one as it is.
fn without_case(table: &PskTable, identity: &[u8]) -> Option<PskEntry> {
    let alike = || {
        let identities = table.identities().into_iter();
        let mut alike = identities.filter(|it| it.octets().eq_ignore_ascii_case(identity));
        alike.find_map(|identity| table.get(identity.octets()).filter(|it| it.until.is_some()))
    };
    alike().or_else(|| table.get(identity))
}
