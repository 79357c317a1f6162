use onem2m_envelope::ContentEncryption;
use onem2m_envelope::esdata::{ContentSecurity, SecurityClass};
use serde_json::Value;

use super::statement::{Members, StatementError};
use super::{Choose, Intended, Key, Recipient, Requirement, Technology};
use crate::end_to_end::derived::Derive;

/// What a Target is told to open.
pub(super) struct TargetOrder {
    /// The point of access of the CSE where it is.
    pub(super) cse: String,
    /// The container whose latest instance it is.
    pub(super) container: String,
    /// The container in which to show what came of it.
    pub(super) observe: String,
    /// The class that is expected there.
    pub(super) expected: SecurityClass,
    /// The keys.
    pub(super) keys: Vec<Key>,
}

impl TargetOrder {
    pub(super) fn read(statement: &Value, derive: Derive) -> Result<Self, StatementError> {
        let order = Members::of(statement)?;
        Ok(Self {
            cse: order.text("cse")?.to_owned(),
            container: order.text("container")?.to_owned(),
            observe: order.text("observe")?.to_owned(),
            expected: class(order)?,
            keys: order.keys(derive)?,
        })
    }
}

/// What a Source is told to protect.
pub(super) struct SourceOrder {
    /// The point of access of the CSE where it goes.
    pub(super) cse: String,
    /// The container in which the instances are created.
    pub(super) container: String,
    /// How many of them.
    pub(super) count: u64,
    /// What the payload is.
    pub(super) media_type: String,
    /// The payload.
    pub(super) payload: Vec<u8>,
    /// What the tag covers beside it.
    pub(super) additional: Option<Vec<u8>>,
    /// The class of the envelopes.
    pub(super) class: SecurityClass,
    /// Their form.
    pub(super) form: ContentSecurity,
    /// How content is encrypted.
    pub(super) encryption: ContentEncryption,
    /// For whom.
    pub(super) recipients: Vec<Recipient>,
    /// For whom else, by a certificate that has to be found.
    pub(super) intended: Option<Intended>,
    /// By whom.
    pub(super) signers: Vec<Key>,
}

impl SourceOrder {
    pub(super) fn read(
        statement: &Value,
        derive: Derive,
        choose: Choose,
    ) -> Result<Self, StatementError> {
        let order = Members::of(statement)?;
        let keys = order.keys(derive)?;
        let enc = order.find("enc")?.unwrap_or("A256GCM");
        let unknown = || StatementError::value("enc", "a content encryption", enc);
        let technology = match order.any("require") {
            None => Technology {
                class: class(order)?,
                recipients: named(order, "targets", &keys)?,
                signers: named(order, "signers", &keys)?,
            },
            Some(_) => choose(requirement(order)?, &keys).ok_or(StatementError::Member {
                name: "require",
                expected: "what the keys can give",
            })?,
        };
        let recipients = technology.recipients.into_iter();
        Ok(Self {
            cse: order.text("cse")?.to_owned(),
            container: order.text("container")?.to_owned(),
            count: order.number("count")?,
            media_type: order.text("media-type")?.to_owned(),
            payload: order.octets("payload")?.unwrap_or_default(),
            additional: order.octets("aad")?,
            class: technology.class,
            form: form(order)?,
            encryption: ContentEncryption::from_name(enc).ok_or_else(unknown)?,
            recipients: recipients
                .map(|key| Recipient {
                    key,
                    named_by: "kid",
                })
                .collect(),
            intended: order.any("recipient").map(Intended::read).transpose()?,
            signers: technology.signers,
        })
    }
}

/// The keys that a list names.
fn named(order: Members<'_>, list: &'static str, keys: &[Key]) -> Result<Vec<Key>, StatementError> {
    let named = order.list(list)?.iter().map(|name| {
        let name = name.as_str().unwrap_or_default();
        let found = keys.iter().find(|key| key.kid == name).cloned();
        found.ok_or_else(|| StatementError::NoSuchKey(name.to_owned()))
    });
    named.collect()
}

fn class(order: Members<'_>) -> Result<SecurityClass, StatementError> {
    match order.text("class")? {
        "encryption" => Ok(SecurityClass::EncryptionOnly),
        "signature" => Ok(SecurityClass::SignatureOnly),
        "nested" => Ok(SecurityClass::NestedSignThenEncrypt),
        got => Err(StatementError::value("class", "a class", got)),
    }
}

fn requirement(order: Members<'_>) -> Result<Requirement, StatementError> {
    let mut requirement = Requirement::default();
    for needed in order.list("require")? {
        match needed.as_str().unwrap_or_default() {
            "integrity" => {}
            "confidentiality" => requirement.confidentiality = true,
            "non-repudiation" => requirement.non_repudiation = true,
            got => return Err(StatementError::value("require", "a requirement", got)),
        }
    }
    Ok(requirement)
}

fn form(order: Members<'_>) -> Result<ContentSecurity, StatementError> {
    match order.text("form")? {
        "compact" => Ok(ContentSecurity::Compact),
        "json" => Ok(ContentSecurity::Json),
        "json-base64" => Ok(ContentSecurity::JsonBase64),
        got => Err(StatementError::value("form", "a form", got)),
    }
}
