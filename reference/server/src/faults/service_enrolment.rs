//! Enrolment Keys of an MEF, and what is fetched of them (TS-0003 V3.18.0, 8.3.2.1, 10.3.1, 10.3.4, 10.3.7 and 10.7).

use onem2m_association::{Clauses as Association, PeerCredential, written_out};
use onem2m_keys::{EXPORTED_LENGTH, EnrolmentKey, Suid, SuidEncoding, UsageConstrainedKey};
use onem2m_primitive::Operation;
use serde_json::json;
use zeroize::Zeroizing;

use super::Fault;
use super::handshake_other_keys::{altered, last_bit_inverted};
use crate::key_services::{Clauses, EnrolmentTarget, Exported, ServiceRole, exported_with};

const SPECIFIED: Clauses = Clauses::MEF;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "MefEnrolsByKeysAlone",
        requirement: "TS-0003/8.3.2.2/3",
        summary: "MEF: a session by a certificate or a raw public key leaves no Enrolment Key",
        apply: |clauses| {
            clauses.mef.keep_enrolment = |records, session, expires| {
                if matches!(session.credential, PeerCredential::Psk { .. }) {
                    (SPECIFIED.keep_enrolment)(records, session, expires);
                }
            };
        },
    },
    Fault {
        name: "MefOtherLabelByCertificate",
        requirement: "TS-0003/8.3.2.2/3",
        summary: "MEF: the Enrolment Key of a session by a certificate is exported with the label of key registrations",
        apply: |clauses| {
            clauses.mef.exported = |role, association| match association.peer() {
                Some(PeerCredential::Certificates(_)) => {
                    exported_with(association, ServiceRole::Maf.label().as_str())
                }
                _ => (SPECIFIED.exported)(role, association),
            };
        },
    },
    Fault {
        name: "MefRawKeyOfAnybody",
        requirement: "TS-0003/8.3.2.2/2",
        summary: "MEF: a raw public key that is not known is taken for one that is",
        apply: |clauses| {
            clauses.mef.association.entity_of_raw_public_key = |clauses, trust, key| {
                let of = SPECIFIED.association.entity_of_raw_public_key;
                of(clauses, trust, key).or_else(|| {
                    let any = Association {
                        matches_raw_public_key: |_, _| true,
                        ..*clauses
                    };
                    of(&any, trust, key)
                })
            };
        },
    },
    Fault {
        name: "MefAnyAeOfAuthority",
        requirement: "TS-0003/8.1.2.5/2",
        summary: "MEF: an AE-ID certificate of a known authority is taken for that of an AE that is known",
        apply: |clauses| {
            let association = &mut clauses.mef.association;
            association.is_expected = |clauses, trust, certificate| {
                (SPECIFIED.association.is_expected)(clauses, trust, certificate)
                    || (SPECIFIED.association.is_expected)(&of_any_ae(clauses), trust, certificate)
            };
            association.entity_of_certificate = |clauses, trust, certificate| {
                let of = SPECIFIED.association.entity_of_certificate;
                of(clauses, trust, certificate)
                    .or_else(|| of(&of_any_ae(clauses), trust, certificate))
            };
        },
    },
    Fault {
        name: "MefKpmWithoutLastBit",
        requirement: "TS-0003/8.3.2.1/4",
        summary: "MEF: the last bit of Kpm may be either",
        apply: |clauses| {
            clauses.mef.association.written_out = Some(written_out::Clauses {
                other_keys: |_, _, key| altered(key, last_bit_inverted),
                ..written_out::Clauses::SPECIFICATION
            });
        },
    },
    Fault {
        name: "MefUnknownKpmIdTaken",
        requirement: "TS-0003/8.3.2.1/3",
        summary: "MEF: a KpmID that is not known stands for the first one of the table",
        apply: |clauses| {
            clauses.mef.association.key_of_identity = |table, identity| {
                let first = || {
                    table
                        .identities()
                        .iter()
                        .find_map(|it| table.get(it.octets()))
                };
                table.get(identity).or_else(first)
            };
        },
    },
    Fault {
        name: "MefKeIdOfAnyDomain",
        requirement: "TS-0003/8.3.2.1/21",
        summary: "MEF: a KeID is looked up by what stands before its @",
        apply: |clauses| {
            clauses.mef.enrolment = |_, records, id| {
                let relative = id.split('@').next()?.to_ascii_lowercase();
                records.enrolments.get(&relative)
            };
        },
    },
    Fault {
        name: "MefKeIdByBegin",
        requirement: "TS-0003/8.3.2.1/21",
        summary: "MEF: a KeID is found by the begin of its digits",
        apply: |clauses| {
            clauses.mef.enrolment = |_, records, id| {
                let relative = id.split('@').next()?.to_ascii_lowercase();
                let mut found = records.enrolments.iter();
                found.find_map(|(known, it)| known.starts_with(&relative).then_some(it))
            };
        },
    },
    Fault {
        name: "MefFetchedByAnybody",
        requirement: "TS-0003/8.3.2.1/22",
        summary: "MEF: every client may fetch keys as if it were a target",
        apply: |clauses| {
            clauses.mef.enrolment_target = |scene, _, suid| {
                let mut targets = scene.settings.enrolment_targets.iter();
                targets.find(|target| target.usages.contains(&suid))
            };
        },
    },
    Fault {
        name: "MefFetchedForAnyUsage",
        requirement: "TS-0003/8.3.2.1/22",
        summary: "MEF: a target may fetch keys for every usage",
        apply: |clauses| {
            clauses.mef.enrolment_target = |scene, _, _| {
                let mut targets = scene.settings.enrolment_targets.iter();
                targets.find(|target| target.entity.absolute() == scene.requester)
            };
        },
    },
    Fault {
        name: "MefFetchedByFrom",
        requirement: "TS-0003/8.3.5.2.8/3",
        summary: "MEF: the target of a fetch is whom From names",
        apply: |clauses| {
            clauses.mef.requester = |session, request| match request.operation {
                Operation::Retrieve if request.to.starts_with("fetch") => {
                    let named = request.from.clone();
                    named.unwrap_or_else(|| session.client.clone())
                }
                _ => session.client.clone(),
            };
            clauses.mef.enrolment_target = |scene, _, suid| {
                let is_named = |target: &EnrolmentTarget| {
                    target.fqdn == scene.requester || target.entity.absolute() == scene.requester
                };
                let mut targets = scene.settings.enrolment_targets.iter();
                targets.find(|target| is_named(target) && target.usages.contains(&suid))
            };
        },
    },
    Fault {
        name: "MefKeIdOfLastOctets",
        requirement: "TS-0003/10.3.1/S1",
        summary: "MEF: RelativeKeID is the last 16 octets of what is exported, and Ke the first 32",
        apply: |clauses| {
            clauses.mef.exported = |role, association| {
                let label = role.label().as_str();
                let octets = association.export(label, EXPORTED_LENGTH).ok()?;
                let (key, identifier) = octets.split_at_checked(32)?;
                Some(Exported {
                    identifier: identifier.try_into().ok()?,
                    key: Zeroizing::new(key.to_vec()),
                })
            };
        },
    },
    Fault {
        name: "MefUsageNotDerived",
        requirement: "TS-0003/10.3.7/1",
        summary: "MEF: keys for all usages are derived for the first",
        apply: |clauses| {
            clauses.mef.derived = |scene, enrolment, _, target| {
                (SPECIFIED.derived)(scene, enrolment, Suid(21), target)
            };
        },
    },
    Fault {
        name: "MefTargetNotDerived",
        requirement: "TS-0003/10.3.7/1",
        summary: "MEF: keys are derived for the MEF, and not for their target",
        apply: |clauses| {
            clauses.mef.derived = |scene, enrolment, suid, _| {
                let key = EnrolmentKey::from_slice(&enrolment.key).ok()?;
                let own = scene.settings.fqdn.as_str();
                let text = SuidEncoding::DecimalText;
                let derived = UsageConstrainedKey::derive(&key, suid, text, own);
                Some(Zeroizing::new(derived.octets().to_vec()))
            };
        },
    },
    Fault {
        name: "MefGivesEnrolmentKey",
        requirement: "TS-0003/8.3.2.1/23",
        summary: "MEF: a target gets the Enrolment Key itself",
        apply: |clauses| {
            clauses.mef.derived = |_, enrolment, _, _| Some(enrolment.key.clone());
        },
    },
    Fault {
        name: "MefEnrolmentWithoutEnd",
        requirement: "TS-0003/10.7/2",
        summary: "MEF: an Enrolment Key has no end",
        apply: |clauses| clauses.mef.is_enrolment_in_force = |_, _| true,
    },
    Fault {
        name: "MefLifetimeBeyondEnrolment",
        requirement: "TS-0003/10.7/1",
        summary: "MEF: a fetched key is said to be good for a day",
        apply: |clauses| {
            clauses.mef.fetched = |scene, enrolment, key| {
                let mut members = (SPECIFIED.fetched)(scene, enrolment, key);
                members.insert(scene.settings.names.lifetime.clone(), json!("P1D"));
                members
            };
        },
    },
    Fault {
        name: "MefEnroleeIsTarget",
        requirement: "TS-0003/8.3.2.1/24",
        summary: "MEF: EnroleeID is the identifier of the target",
        apply: |clauses| {
            clauses.mef.fetched = |scene, enrolment, key| {
                let mut members = (SPECIFIED.fetched)(scene, enrolment, key);
                let target = json!(scene.requester);
                members.insert(scene.settings.names.enrolee_id.clone(), target);
                members
            };
        },
    },
    Fault {
        name: "MefFailureWithoutReason",
        requirement: "TS-0003/8.3.2.1/25",
        summary: "MEF: a failure response has no ErrorString",
        apply: |clauses| {
            clauses.mef.failed = |scene, reason| {
                let mut members = (SPECIFIED.failed)(scene, reason);
                members.remove(&scene.settings.names.error_string);
                members
            };
        },
    },
];

/// Any name in a certificate is that of an AE that is known.
fn of_any_ae(clauses: &Association) -> Association {
    Association {
        matches_ae_id: |_, names| !names.uris.is_empty(),
        ..*clauses
    }
}
