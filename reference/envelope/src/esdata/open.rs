use zeroize::Zeroizing;

use super::envelope::inner;
use super::{ContentSecurity, Envelope, SecurityClass};
use crate::jwe::Jwe;
use crate::jws::Jws;
use crate::{DecryptionKey, EnvelopeError, Header, SignatureAlgorithm, VerificationKey};

/// The keys that a target has: a key is found by what a header says of it, and never taken from the header itself.
pub trait KeyRing {
    /// The key for a recipient, if the target is that recipient.
    fn decryption_key(&self, header: Header<'_>) -> Option<DecryptionKey>;

    /// The key for a signature, if the target trusts it.
    fn verification_key(&self, header: Header<'_>) -> Option<VerificationKey>;
}

/// What was in an envelope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unwrapped {
    /// The content.
    pub payload: Zeroizing<Vec<u8>>,
    /// What the tag covers beside it.
    pub additional_data: Option<Vec<u8>>,
    /// Which recipient opened it, if it was encrypted.
    pub recipient: Option<usize>,
    /// Which signatures were verified.
    pub signatures: Vec<usize>,
    /// The key identifiers of those, as far as their headers have one: whoever takes the payload records which credential
    /// verified it (TS-0003 V3.18.0, 8.5.2.3.1, C.3).
    pub signers: Vec<String>,
}

/// The members of a header that name a credential (RFC 7515, 4.1.2 to 4.1.8).
const CREDENTIAL: [&str; 7] = ["kid", "x5t", "x5t#S256", "x5c", "x5u", "jku", "jwk"];

impl Envelope {
    /// Opens an envelope of the class that the target expects; one of another class is refused whatever is in it.
    pub fn open(
        &self,
        expected: SecurityClass,
        keys: &impl KeyRing,
    ) -> Result<Unwrapped, EnvelopeError> {
        self.check_class(expected)?;
        match self {
            Self::Signed(jws) => verified(jws, keys),
            Self::Encrypted(jwe) => {
                opened(jwe, expected == SecurityClass::NestedSignThenEncrypt, keys)
            }
        }
    }

    fn check_class(&self, expected: SecurityClass) -> Result<(), EnvelopeError> {
        match self.class() {
            got if got == expected => Ok(()),
            got => Err(EnvelopeError::Class {
                expected: expected.name(),
                got: got.name(),
            }),
        }
    }
}

fn verified(jws: &Jws, keys: &impl KeyRing) -> Result<Unwrapped, EnvelopeError> {
    let mut headers = jws.signatures().iter().map(|signature| signature.header());
    headers.try_for_each(names_credential)?;
    let verified = jws.verify(|header| keys.verification_key(header))?;
    let signatures = verified.signatures.iter();
    let signatures = signatures.filter_map(|index| jws.signatures().get(*index));
    let signers = signatures.filter_map(|signature| signature.header().key_identifier());
    Ok(Unwrapped {
        signers: signers.map(str::to_owned).collect(),
        payload: Zeroizing::new(verified.payload.to_vec()),
        additional_data: None,
        recipient: None,
        signatures: verified.signatures,
    })
}

fn opened(jwe: &Jwe, nested: bool, keys: &impl KeyRing) -> Result<Unwrapped, EnvelopeError> {
    jwe.headers().try_for_each(names_credential)?;
    let opened = jwe.open(|header| keys.decryption_key(header))?;
    let unwrapped = if nested {
        // It is the recipient's own header that says what is inside, and others may differ.
        let own = jwe.headers().nth(opened.recipient).and_then(inner);
        signed_inside(own, &opened.plaintext, keys)?
    } else {
        Unwrapped {
            payload: opened.plaintext,
            additional_data: None,
            recipient: None,
            signatures: Vec::new(),
            signers: Vec::new(),
        }
    };
    Ok(Unwrapped {
        additional_data: jwe.additional_data().map(<[u8]>::to_vec),
        recipient: Some(opened.recipient),
        ..unwrapped
    })
}

fn signed_inside(
    form: Option<ContentSecurity>,
    plaintext: &[u8],
    keys: &impl KeyRing,
) -> Result<Unwrapped, EnvelopeError> {
    let form = form.ok_or(EnvelopeError::NotSigned)?;
    let text = str::from_utf8(plaintext).map_err(|_| EnvelopeError::NotSigned)?;
    match Envelope::read(form, text)? {
        Envelope::Signed(inside) => {
            signed_by_certificate(&inside)?;
            verified(&inside, keys)
        }
        Envelope::Encrypted(_) => Err(EnvelopeError::NotSigned),
    }
}

/// Inside, a message authentication code is not enough (TS-0003 V3.18.0, 8.5.3.4).
pub(crate) fn signed_by_certificate(jws: &Jws) -> Result<(), EnvelopeError> {
    let algorithms = jws
        .signatures()
        .iter()
        .map(|signature| signature.algorithm());
    for algorithm in algorithms {
        if let SignatureAlgorithm::Hmac(_) = algorithm {
            return Err(EnvelopeError::AlgorithmNotPermitted {
                permitted: "an rsa or ecdsa signature inside",
                got: algorithm.name(),
            });
        }
    }
    Ok(())
}

/// Headers identify the credential (TS-0003 V3.18.0, 8.5.2.2.1, B.1, and 8.5.2.3.1, B.2.i).
fn names_credential(header: Header<'_>) -> Result<(), EnvelopeError> {
    if CREDENTIAL.iter().any(|name| header.get(name).is_some()) {
        Ok(())
    } else {
        Err(EnvelopeError::CredentialUnnamed)
    }
}
