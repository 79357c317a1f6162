use onem2m_envelope::esdata::{ContentSecurity, Envelope, KeyRing, SecurityClass};
use onem2m_envelope::{DecryptionKey, EnvelopeError, Header, VerificationKey};
use time::OffsetDateTime;

use super::{Clauses, Failure, Found, Key, Usage};

/// What a Target knows when it opens an envelope.
#[derive(Clone, Copy)]
pub(crate) struct Situation<'a> {
    /// The keys of which it was told.
    pub(crate) keys: &'a [Key],
    /// The class that it expects in this container.
    pub(crate) expected: SecurityClass,
    /// The present moment.
    pub(crate) now: OffsetDateTime,
}

/// What is in an instance, by its contentInfo and content.
pub(crate) type Opened = fn(&Clauses, &Situation<'_>, Option<&str>, &str) -> Result<Found, Failure>;

/// An instance is opened in the form that contentInfo says, and gives nothing unless it opens.
pub(crate) fn opened(
    clauses: &Clauses,
    situation: &Situation<'_>,
    content_info: Option<&str>,
    content: &str,
) -> Result<Found, Failure> {
    let form = content_info.and_then(clauses.content_security);
    let form = form.unwrap_or(ContentSecurity::None);
    if form == ContentSecurity::None {
        return (clauses.unsecured)(content);
    }
    let envelope = (clauses.read)(form, content)?;
    (clauses.unwrap)(clauses, situation, &envelope)
}

/// The third part of contentInfo; none if it is no such number (TS-0004 V3.32.0, 6.3.3 and 6.3.4.2.38).
pub(crate) fn content_security(content_info: &str) -> Option<ContentSecurity> {
    let mut parts = content_info.split(':').skip(1);
    let (_encoding, form) = (parts.next()?, parts.next());
    let Some(form) = form else {
        return Some(ContentSecurity::None);
    };
    ContentSecurity::from_number(form.parse().ok()?)
}

/// Where secured content is expected other content is none: whether it is secured is not for contentInfo to decide, which
/// nothing protects (TS-0003 V3.18.0, 8.5.2.1).
pub(crate) fn unsecured(_content: &str) -> Result<Found, Failure> {
    Err(Failure::Unsecured)
}

/// The envelope in a content of this form.
pub(crate) fn read(form: ContentSecurity, content: &str) -> Result<Envelope, Failure> {
    Envelope::read(form, content).map_err(Failure::Unreadable)
}

/// The payload of an envelope of the class that is expected, by keys of which the Target was told alone.
pub(crate) fn unwrap(
    clauses: &Clauses,
    situation: &Situation<'_>,
    envelope: &Envelope,
) -> Result<Found, Failure> {
    let ring = Ring { clauses, situation };
    let unwrapped = envelope.open(situation.expected, &ring);
    let unwrapped = unwrapped.map_err(Failure::Refused)?;
    let recipient = unwrapped.recipient.and_then(|index| match envelope {
        Envelope::Encrypted(jwe) => jwe.headers().nth(index)?.key_identifier(),
        Envelope::Signed(_) => None,
    });
    Ok(Found {
        recipient: recipient.map(str::to_owned),
        payload: unwrapped.payload,
        additional: unwrapped.additional_data,
        signers: unwrapped.signers,
    })
}

/// The keys of a situation, as the clauses give them out.
pub(crate) struct Ring<'a> {
    pub(crate) clauses: &'a Clauses,
    pub(crate) situation: &'a Situation<'a>,
}

impl KeyRing for Ring<'_> {
    fn decryption_key(&self, header: Header<'_>) -> Option<DecryptionKey> {
        (self.clauses.decryption_key)(self.clauses, self.situation, header)
    }

    fn verification_key(&self, header: Header<'_>) -> Option<VerificationKey> {
        (self.clauses.verification_key)(self.clauses, self.situation, header)
    }
}

/// The key that a header names, if it is for decryption and has not ended (TS-0003 V3.18.0, 8.5.2.2.1, D, and 8.5.2.2.2).
pub(crate) fn decryption_key(
    clauses: &Clauses,
    situation: &Situation<'_>,
    header: Header<'_>,
) -> Option<DecryptionKey> {
    let mut keys = usable(clauses, situation, header);
    keys.find(|key| (clauses.decrypts)(key))?.decryption()
}

/// The key that a header names, if it is for verification and has not ended (TS-0003 V3.18.0, 8.5.2.3.1, C).
pub(crate) fn verification_key(
    clauses: &Clauses,
    situation: &Situation<'_>,
    header: Header<'_>,
) -> Option<VerificationKey> {
    let mut keys = usable(clauses, situation, header);
    keys.find(|key| (clauses.verifies)(key))?.verification()
}

fn usable<'a>(
    clauses: &'a Clauses,
    situation: &'a Situation<'a>,
    header: Header<'a>,
) -> impl Iterator<Item = &'a Key> {
    situation
        .keys
        .iter()
        .filter(move |key| (clauses.named)(key, header) && (clauses.in_time)(key, situation.now))
}

/// Whether a header names a key.
pub(crate) fn named(key: &Key, header: Header<'_>) -> bool {
    header.key_identifier() == Some(key.kid.as_str())
}

/// Whether a key has not ended (TS-0003 V3.18.0, 8.5.2.2.2).
pub(crate) fn in_time(key: &Key, now: OffsetDateTime) -> bool {
    key.expires.is_none_or(|end| now < end)
}

/// Whether a key is for decryption: one for codes or signatures is not (TS-0003 V3.18.0, 8.5.2.2.4.1 and 12.3.2.1).
pub(crate) fn decrypts(key: &Key) -> bool {
    matches!(key.usage, Usage::Direct | Usage::Wrap | Usage::Encryption)
}

/// Whether a key is for verification (TS-0003 V3.18.0, 8.5.2.3.2.1 and 12.3.2.1).
pub(crate) fn verifies(key: &Key) -> bool {
    matches!(key.usage, Usage::Mac | Usage::Signature)
}

impl From<EnvelopeError> for Failure {
    fn from(error: EnvelopeError) -> Self {
        Self::Refused(error)
    }
}
