//! Which classes and algorithms a CSE takes tokens by (TS-0003 V3.18.0, 7.3.2.6.3, 8.5.3.2 and 8.5.3.3).

use onem2m_envelope::token::Permitted;
use onem2m_envelope::{
    ContentEncryption, Curve, DecryptionKey, Hash, KeyManagement, SignatureAlgorithm,
};

use super::Fault;
use super::loose_tokens::SPECIFIED;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "TokenEs512Unknown",
        requirement: "TS-0003/8.5.3.3/1",
        summary: "ES512 is not implemented",
        apply: |clauses| {
            clauses.tokens.verification_key = |scene, issuer, header| {
                let key = (SPECIFIED.verification_key)(scene, issuer, header)?;
                (key.algorithm() != SignatureAlgorithm::Ecdsa(Curve::P521)).then_some(key)
            };
        },
    },
    Fault {
        name: "TokenHs384Unknown",
        requirement: "TS-0003/8.5.3.3/1",
        summary: "HS384 is not implemented",
        apply: |clauses| {
            clauses.tokens.verification_key = |scene, issuer, header| {
                let key = (SPECIFIED.verification_key)(scene, issuer, header)?;
                (key.algorithm() != SignatureAlgorithm::Hmac(Hash::Sha384)).then_some(key)
            };
        },
    },
    Fault {
        name: "TokenSignatureAlgorithmUnlisted",
        requirement: "TS-0003/8.5.3.3/1",
        summary: "any signature algorithm is permitted to every issuer",
        apply: |clauses| {
            clauses.tokens.permitted = |issuer| {
                let mut permitted = (SPECIFIED.permitted)(issuer);
                permitted.signatures = SignatureAlgorithm::ALL.to_vec();
                permitted
            };
        },
    },
    Fault {
        name: "TokenClassUnlisted",
        requirement: "TS-0003/8.5.2.3.1/4",
        summary: "any class is permitted to every issuer, and the token decides which it is",
        apply: |clauses| {
            clauses.tokens.permitted = |issuer| Permitted {
                classes: Permitted::everything().classes,
                ..(SPECIFIED.permitted)(issuer)
            };
        },
    },
    Fault {
        name: "TokenKeyManagementUnlisted",
        requirement: "TS-0003/8.5.3.2/1",
        summary: "any key management is permitted to every issuer",
        apply: |clauses| {
            clauses.tokens.permitted = |issuer| Permitted {
                key_managements: KeyManagement::ALL.to_vec(),
                ..(SPECIFIED.permitted)(issuer)
            };
        },
    },
    Fault {
        name: "TokenRsaUnknown",
        requirement: "TS-0003/8.5.3.2/1",
        summary: "RSA-OAEP-256 is not implemented",
        apply: |clauses| {
            clauses.tokens.decryption_key = |scene, issuer, header| {
                let key = (SPECIFIED.decryption_key)(scene, issuer, header)?;
                (!matches!(key, DecryptionKey::RsaOaep256(_))).then_some(key)
            };
        },
    },
    Fault {
        name: "TokenAgreementUnknown",
        requirement: "TS-0003/8.5.2.2.1/10",
        summary: "ECDH-ES is not implemented",
        apply: |clauses| {
            clauses.tokens.decryption_key = |scene, issuer, header| {
                let key = (SPECIFIED.decryption_key)(scene, issuer, header)?;
                (!matches!(key, DecryptionKey::EcdhEs(_))).then_some(key)
            };
        },
    },
    Fault {
        name: "TokenDirectUnknown",
        requirement: "TS-0003/8.5.2.2.1/9",
        summary: "a key is never used directly",
        apply: |clauses| {
            clauses.tokens.decryption_key = |scene, issuer, header| {
                let key = (SPECIFIED.decryption_key)(scene, issuer, header)?;
                (!matches!(key, DecryptionKey::Direct(_))).then_some(key)
            };
        },
    },
    Fault {
        name: "TokenA192GcmUnknown",
        requirement: "TS-0003/8.5.3.2/2",
        summary: "A192GCM is not implemented",
        apply: |clauses| {
            clauses.tokens.permitted = |issuer| {
                let mut permitted = (SPECIFIED.permitted)(issuer);
                permitted
                    .content_encryptions
                    .retain(|it| *it != ContentEncryption::A192Gcm);
                permitted
            };
        },
    },
];
