//! With which keys tokens are verified (TS-0003 V3.18.0, 8.5.2.3.1, 8.5.2.3.2 and 12.3.2.1).

use onem2m_association::{CertificateDefect, PathDefect};
use onem2m_envelope::{VerificationKey, jwk};
use serde_json::Value;

use super::Fault;
use super::loose_tokens::{Loose, SPECIFIED, where_it_holds};
use crate::address;
use crate::scene::Scene;
use crate::tokens::public;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "TokenKeyOfHeader",
        requirement: "TS-0003/8.5.2.3.2.1/1",
        summary: "a signature is verified with the key in its header",
        apply: |clauses| {
            clauses.tokens.open = |scene, text| where_it_holds(scene, text, by_own_key);
        },
    },
    Fault {
        name: "TokenKidIsFile",
        requirement: "TS-0003/8.5.2.3.1/3",
        summary: "a key identifier is the name of a file below that of the keys",
        apply: |clauses| {
            clauses.tokens.open = |scene, text| {
                where_it_holds(scene, text, |loose| {
                    let kid = loose.text("kid").unwrap_or_default();
                    kid.ends_with("/dev/null") && loose.has_code_of(b"")
                })
            };
        },
    },
    Fault {
        name: "TokenUnknownKeyIsEmpty",
        requirement: "TS-0003/8.5.2.3.1/3",
        summary: "a key that is not found is a key of no octets",
        apply: |clauses| {
            clauses.tokens.open = |scene, text| {
                where_it_holds(scene, text, |loose| {
                    loose.key(scene).is_none() && loose.has_code_of(b"")
                })
            };
        },
    },
    Fault {
        name: "TokenKeyOfAnyUse",
        requirement: "TS-0004/6.3.4.2.39/1",
        summary: "a key for encryption verifies signatures too",
        apply: |clauses| clauses.tokens.serves = |_, _| true,
    },
    Fault {
        name: "TokenKeyOfPairs",
        requirement: "TS-0003/12.3.2.1/1",
        summary: "the keys of ESPrim are in the same table as those of tokens",
        apply: |clauses| {
            clauses.tokens.open =
                |scene, text| where_it_holds(scene, text, |loose| by_pair(scene, loose));
        },
    },
    Fault {
        name: "TokenKeyOfAssociations",
        requirement: "TS-0003/12.3.2.1/1",
        summary: "the keys of associations are in the same table as those of tokens",
        apply: |clauses| {
            clauses.tokens.open =
                |scene, text| where_it_holds(scene, text, |loose| by_association(scene, loose));
        },
    },
    Fault {
        name: "TokenCertificatePathUnchecked",
        requirement: "TS-0003/8.5.2.3.2.1/1",
        summary: "any certificate that names the issuer is one of the issuer",
        apply: |clauses| clauses.tokens.path = |_, _, _| Ok(()),
    },
    Fault {
        name: "TokenCertificateExpired",
        requirement: "TS-0003/8.5.2.3.2.1/1",
        summary: "certificates do not expire",
        apply: |clauses| {
            clauses.tokens.path =
                |anchors, presented, at| match (SPECIFIED.path)(anchors, presented, at) {
                    Err(CertificateDefect::Path(PathDefect::Expired)) => Ok(()),
                    judged => judged,
                };
        },
    },
    Fault {
        name: "TokenCertificateOfAnybody",
        requirement: "TS-0003/8.5.2.3.2.1/1",
        summary: "the name in a certificate is not compared with the issuer",
        apply: |clauses| clauses.tokens.subject = |_, _, _| true,
    },
    Fault {
        name: "TokenCertificateOfAnyUse",
        requirement: "TS-0003/8.5.2.3.2.1/2",
        summary: "keyUsage of a certificate is not looked at",
        apply: |clauses| clauses.tokens.for_signatures = |_, _| true,
    },
    Fault {
        name: "TokenCertificatePublished",
        requirement: "TS-0003/8.5.2.3.2.2/1",
        summary: "a certificate in e2eSecInfo of a resource that the key identifier names is trusted",
        apply: |clauses| {
            clauses.tokens.open = |scene, text| {
                where_it_holds(scene, text, |loose| by_published(scene, loose).is_some())
            };
        },
    },
];

fn by_own_key(loose: &Loose) -> bool {
    let key = loose.header.get("jwk").and_then(Value::as_object);
    let key = key.and_then(|key| jwk::ec_public(key).ok());
    key.is_some_and(|key| verifies(loose, &VerificationKey::Ecdsa(key)))
}

fn verifies(loose: &Loose, key: &VerificationKey) -> bool {
    key.verify(
        key.algorithm(),
        loose.input().as_bytes(),
        &loose.signature(),
    )
    .is_ok()
}

fn by_pair(scene: &Scene<'_>, loose: &Loose) -> bool {
    let (Some(end_to_end), Some(kid)) = (&scene.configuration.end_to_end, loose.text("kid")) else {
        return false;
    };
    end_to_end.pairs.with(|pairs| {
        let pair = pairs.iter().find(|(pair, _)| pair.id == kid);
        pair.is_some_and(|(pair, _)| loose.has_code_of(pair.key.octets()))
    })
}

fn by_association(scene: &Scene<'_>, loose: &Loose) -> bool {
    let security = scene.configuration.security.as_deref();
    let table = security.and_then(|security| security.identities.as_deref());
    let entry = table
        .zip(loose.text("kid"))
        .and_then(|(table, kid)| table.get(kid.as_bytes()));
    entry.is_some_and(|entry| loose.has_code_of(entry.key.octets()))
}

fn by_published(scene: &Scene<'_>, loose: &Loose) -> Option<()> {
    let resource = address::resource(scene.tree, scene.home, loose.text("kid")?)?;
    let certificates = resource.attribute("esi")?.get("escert")?.as_array()?;
    let first = onem2m_envelope::bare::octets(certificates.first()?.as_str()?);
    let certificate = onem2m_association::Certificate::parse(&first).ok()?;
    verifies(loose, &public(&certificate)?).then_some(())
}
