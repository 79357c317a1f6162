//! Which key opens secured content (TS-0003 V3.18.0, 8.5.2.2.1, D, 8.5.2.2.2 and 12.3.2.1).

use onem2m_envelope::{ContentEncryption, DecryptionKey, DirectKey};

use super::Fault;
use crate::application::esdata::{Material, Usage, opening};

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "EsDataKeyBySize",
        requirement: "TS-0003/8.5.2.2.1/9",
        summary: "content that is encrypted directly is opened by the first key of its size, whatever kid says",
        apply: |clauses| {
            clauses.esdata.decryption_key = |clauses, situation, header| {
                let enc = header.get("enc").and_then(|name| name.as_str());
                let enc = enc.and_then(ContentEncryption::from_name);
                let is_direct = header.get("alg").is_some_and(|alg| alg == "dir");
                let mut keys = situation.keys.iter();
                let first = keys.find(|key| is_direct && key.encryption == enc);
                match first {
                    Some(key) => key.decryption(),
                    None => opening::decryption_key(clauses, situation, header),
                }
            };
        },
    },
    Fault {
        name: "EsDataUnknownKeyIsAnother",
        requirement: "TS-0003/8.5.2.2.1/9",
        summary: "an unknown kid stands for the first key",
        apply: |clauses| {
            clauses.esdata.decryption_key = |clauses, situation, header| {
                let named = |key| (clauses.named)(key, header);
                match situation.keys.iter().any(named) {
                    true => opening::decryption_key(clauses, situation, header),
                    false => situation.keys.first()?.decryption(),
                }
            };
        },
    },
    Fault {
        name: "EsDataUsageIgnored",
        requirement: "TS-0003/12.3.2.1/1",
        summary: "a key for message authentication codes opens encrypted content too",
        apply: |clauses| {
            clauses.esdata.decryption_key = |clauses, situation, header| {
                let specified = opening::decryption_key(clauses, situation, header);
                specified.or_else(|| {
                    let mut keys = situation.keys.iter();
                    let key = keys.find(|key| (clauses.named)(key, header))?;
                    let Material::Symmetric(octets) = &key.material else {
                        return None;
                    };
                    let is_mac = key.usage == Usage::Mac;
                    let enc = ContentEncryption::from_name(header.get("enc")?.as_str()?)?;
                    let direct = DirectKey::new(enc, octets.clone()).ok()?;
                    is_mac.then_some(DecryptionKey::Direct(direct))
                })
            };
        },
    },
    Fault {
        name: "EsDataLifetimeIgnored",
        requirement: "TS-0003/8.5.2.2.2/1",
        summary: "keys have no end",
        apply: |clauses| clauses.esdata.in_time = |_, _| true,
    },
    Fault {
        name: "EsDataSignatureKeyDecrypts",
        requirement: "TS-0003/8.5.2.2.4.1/2",
        summary: "the RSA key with which an AE signs opens what is encrypted to it",
        apply: |clauses| {
            clauses.esdata.decryption_key = |clauses, situation, header| {
                let specified = opening::decryption_key(clauses, situation, header);
                specified.or_else(|| {
                    let mut keys = situation.keys.iter();
                    let key = keys.find(|key| (clauses.named)(key, header))?;
                    match &key.material {
                        Material::Rsa(own) => Some(DecryptionKey::RsaOaep256(own.clone())),
                        _ => None,
                    }
                })
            };
        },
    },
    Fault {
        name: "EsDataWrapsOwnSizeAlone",
        requirement: "TS-0003/8.5.2.2.1/10",
        summary: "a key unwraps keys of its own size alone",
        apply: |clauses| {
            clauses.esdata.decryption_key = |clauses, situation, header| {
                let enc = ContentEncryption::from_name(header.get("enc")?.as_str()?)?;
                match opening::decryption_key(clauses, situation, header)? {
                    DecryptionKey::Wrap(key)
                        if key.algorithm().key_length() != enc.key_length() =>
                    {
                        None
                    }
                    key => Some(key),
                }
            };
        },
    },
    Fault {
        name: "EsDataOaepWithSha1",
        requirement: "TS-0003/8.5.3.2/1",
        summary: "RSA keys serve OAEP with SHA-1 alone, so that RSA-OAEP-256 opens nothing",
        apply: |clauses| {
            clauses.esdata.decryption_key =
                |clauses, situation, header| match opening::decryption_key(
                    clauses, situation, header,
                )? {
                    DecryptionKey::RsaOaep256(_) => None,
                    key => Some(key),
                };
        },
    },
    Fault {
        name: "EsDataAgreementOfOneSize",
        requirement: "TS-0003/8.5.3.2/1",
        summary: "keys that are agreed on wrap with 256 bits alone",
        apply: |clauses| {
            clauses.esdata.decryption_key = |clauses, situation, header| {
                let is_short = header.get("alg").is_some_and(|alg| alg != "ECDH-ES+A256KW");
                match opening::decryption_key(clauses, situation, header)? {
                    DecryptionKey::EcdhEs(_) if is_short => None,
                    key => Some(key),
                }
            };
        },
    },
];
