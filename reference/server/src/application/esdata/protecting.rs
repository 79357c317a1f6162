use base64ct::{Base64, Encoding};
use onem2m_envelope::esdata::{ContentSecurity, SecurityClass};
use onem2m_envelope::jwe::{Addressed, seal_compact, seal_flattened, seal_general};
use onem2m_envelope::jws::{Signed, sign_compact, sign_flattened, sign_general};
use onem2m_envelope::{ContentEncryption, EncryptionKey, EnvelopeError, SigningKey};
use rand_chacha::ChaCha20Rng;
use serde_json::{Map, Value};
use thiserror::Error;

use super::{Clauses, Key, Usage};
use crate::end_to_end::{NoRandomness, Randomness};

/// What a Source protects, and for whom.
#[derive(Clone)]
pub(crate) struct Plan<'a> {
    /// The class of the envelope.
    pub(crate) class: SecurityClass,
    /// Its form.
    pub(crate) form: ContentSecurity,
    /// How content is encrypted.
    pub(crate) encryption: ContentEncryption,
    /// What the tag covers beside the payload.
    pub(crate) additional: Option<&'a [u8]>,
    /// The payload.
    pub(crate) payload: &'a [u8],
    /// Those who are to open it.
    pub(crate) recipients: &'a [Recipient],
    /// With what it is signed.
    pub(crate) signers: &'a [Key],
}

/// A Target of an envelope.
#[derive(Clone, Debug)]
pub(crate) struct Recipient {
    /// The credential for it.
    pub(crate) key: Key,
    /// The member of the header that identifies the credential.
    pub(crate) named_by: &'static str,
}

/// Why there is no envelope.
#[derive(Debug, Error)]
pub(crate) enum Unprotected {
    #[error("expected a credential to encrypt with, got {0:?}")]
    NoEncryption(String),
    #[error("expected a credential to sign with, got {0:?}")]
    NoSignature(String),
    #[error("expected a certificate of the Target that is trusted, got none")]
    NoCertificate,
    #[error("expected a form for so many, got contentSecurity {0}")]
    Form(u8),
    #[error(transparent)]
    Envelope(#[from] EnvelopeError),
    #[error(transparent)]
    Randomness(#[from] NoRandomness),
}

/// Composes an envelope.
pub(crate) type Compose = fn(&Clauses, &Plan<'_>, &mut ChaCha20Rng) -> Result<String, Unprotected>;
/// Encrypts octets, which are of this content type.
pub(crate) type Encrypt =
    fn(&Plan<'_>, &[u8], Option<&str>, &mut ChaCha20Rng) -> Result<String, Unprotected>;
/// Signs octets with credentials.
pub(crate) type Sign = fn(ContentSecurity, &[&Key], &[u8]) -> Result<String, Unprotected>;

/// contentInfo says what the payload is, and in which form it is secured.
pub(crate) fn content_info(media_type: &str, form: ContentSecurity) -> String {
    // The payload is plain text (TS-0004 V3.32.0, 6.3.4.2.28).
    format!("{media_type}:0:{}", form.number())
}

/// Octets that nobody can foresee, for each envelope anew.
pub(crate) fn seed(_plan: &Plan<'_>) -> Result<[u8; 32], NoRandomness> {
    Randomness::system().octets()
}

/// An envelope of its class: what is signed and encrypted is signed first (TS-0003 V3.18.0, 8.5.2.4).
pub(crate) fn compose(
    clauses: &Clauses,
    plan: &Plan<'_>,
    random: &mut ChaCha20Rng,
) -> Result<String, Unprotected> {
    let all: Vec<&Key> = plan.signers.iter().collect();
    let text = match plan.class {
        SecurityClass::EncryptionOnly => (clauses.encrypt)(plan, plan.payload, None, random)?,
        SecurityClass::SignatureOnly => (clauses.sign)(plan.form, &all, plan.payload)?,
        SecurityClass::NestedSignThenEncrypt => {
            let inside: Vec<&Key> = all
                .into_iter()
                .filter(|key| (clauses.signs_inside)(key))
                .collect();
            let (form, content_type) = match inside.len() {
                0 | 1 => (ContentSecurity::Compact, "JOSE"),
                _ => (ContentSecurity::Json, "JOSE+JSON"),
            };
            let signed = (clauses.sign)(form, &inside, plan.payload)?;
            (clauses.encrypt)(plan, signed.as_bytes(), Some(content_type), random)?
        }
    };
    Ok(match plan.form {
        ContentSecurity::JsonBase64 => Base64::encode_string(text.as_bytes()),
        _ => text,
    })
}

/// Directly under a key that one Target alone has, and otherwise under one that is made for this content and encrypted to
/// each Target.
pub(crate) fn encrypt(
    plan: &Plan<'_>,
    plaintext: &[u8],
    content_type: Option<&str>,
    random: &mut ChaCha20Rng,
) -> Result<String, Unprotected> {
    let keys = plan.recipients.iter().map(|recipient| {
        let key = &recipient.key;
        let missing = || Unprotected::NoEncryption(key.kid.clone());
        key.encryption().ok_or_else(missing)
    });
    let keys: Vec<EncryptionKey> = keys.collect::<Result<_, _>>()?;
    let content_type = content_type.map(|text| ("cty".to_owned(), Value::from(text)));
    let common = Map::from_iter(content_type);
    let is_alone = keys.len() == 1;
    let headers = plan.recipients.iter().map(|recipient| {
        let name = recipient.named_by.to_owned();
        let mut header = match is_alone {
            true => common.clone(),
            false => Map::new(),
        };
        header.insert(name, recipient.key.kid.as_str().into());
        header
    });
    let headers: Vec<Map<String, Value>> = headers.collect();
    let addressed = keys.iter().zip(&headers);
    let addressed: Vec<Addressed<'_>> = addressed
        .map(|(key, header)| Addressed { key, header })
        .collect();
    let (encryption, additional) = (plan.encryption, plan.additional);
    Ok(match (plan.form, addressed.as_slice()) {
        (ContentSecurity::Compact, [one]) if additional.is_none() => {
            seal_compact(*one, encryption, plaintext, random)?
        }
        (ContentSecurity::Json | ContentSecurity::JsonBase64, [one]) => {
            seal_flattened(*one, encryption, additional, plaintext, random)?
        }
        (ContentSecurity::Json | ContentSecurity::JsonBase64, several) => {
            seal_general(&common, several, encryption, additional, plaintext, random)?
        }
        (form, _) => return Err(Unprotected::Form(form.number())),
    })
}

/// A signature for each credential, over its header and the payload; each header names algorithm and credential.
pub(crate) fn sign(
    form: ContentSecurity,
    signers: &[&Key],
    payload: &[u8],
) -> Result<String, Unprotected> {
    let keys = signers.iter().map(|key| {
        let missing = || Unprotected::NoSignature(key.kid.clone());
        key.signing().ok_or_else(missing)
    });
    let keys: Vec<SigningKey> = keys.collect::<Result<_, _>>()?;
    let headers = signers
        .iter()
        .map(|key| Map::from_iter([("kid".to_owned(), Value::from(key.kid.as_str()))]));
    let headers: Vec<Map<String, Value>> = headers.collect();
    let signed = keys.iter().zip(&headers);
    let signed: Vec<Signed<'_>> = signed.map(|(key, header)| Signed { key, header }).collect();
    Ok(match (form, signed.as_slice()) {
        (ContentSecurity::Compact, [one]) => sign_compact(*one, payload)?,
        (ContentSecurity::Json | ContentSecurity::JsonBase64, [one]) => {
            sign_flattened(*one, payload)?
        }
        (ContentSecurity::Json | ContentSecurity::JsonBase64, several) => {
            sign_general(several, payload)?
        }
        (form, _) => return Err(Unprotected::Form(form.number())),
    })
}

/// Inside, signatures of certificates alone count.
pub(crate) fn signs_inside(key: &Key) -> bool {
    key.usage == Usage::Signature
}
