//! oneM2M JSON Web Tokens (TS-0003 V3.18.0, 7.3.2.6; m2m:dynAuthJWT).

use serde_json::{Map, Value};

use crate::esdata::{Envelope, KeyRing, SecurityClass, signed_by_certificate};
use crate::jws::Jws;
use crate::{
    ContentEncryption, EnvelopeError, Header, KeyManagement, Part, SignatureAlgorithm, json,
};

/// The value of `typ`, and of `cty` where a token holds a token.
const JWT: &str = "JWT";

/// The claims that may stand in a header too (RFC 7519, 5.3).
const REPLICATED: [&str; 3] = ["iss", "sub", "aud"];

/// What a Token Issuer permits for its tokens (TS-0003 V3.18.0, 7.3.2.6.3). What is not listed is discarded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Permitted {
    /// The classes.
    pub classes: Vec<SecurityClass>,
    /// The signature algorithms.
    pub signatures: Vec<SignatureAlgorithm>,
    /// The key management algorithms.
    pub key_managements: Vec<KeyManagement>,
    /// The content encryptions.
    pub content_encryptions: Vec<ContentEncryption>,
}

impl Permitted {
    /// Everything that the tables of TS-0003 have.
    pub fn everything() -> Self {
        Self {
            classes: vec![
                SecurityClass::EncryptionOnly,
                SecurityClass::SignatureOnly,
                SecurityClass::NestedSignThenEncrypt,
            ],
            signatures: SignatureAlgorithm::ALL.to_vec(),
            key_managements: KeyManagement::ALL.to_vec(),
            content_encryptions: ContentEncryption::ALL.to_vec(),
        }
    }
}

/// A token, read and not yet validated.
#[derive(Clone, Debug)]
pub struct Token(Envelope);

impl Token {
    /// Reads a compact serialization whose header follows the profile. Tokens that nothing secures are refused, although
    /// 7.3.2.6.2 mentions them: m2m:e2eCompactJWS has no form for them.
    pub fn read(text: &str) -> Result<Self, EnvelopeError> {
        let token = Self(Envelope::read_compact(text)?);
        let header = token.header()?;
        typed(header)?;
        match (&token.0, header.text("cty")?) {
            (_, None) | (Envelope::Encrypted(_), Some(JWT)) => Ok(token),
            (_, Some(got)) => Err(EnvelopeError::ContentType { got: got.into() }),
        }
    }

    /// Its outer header.
    pub fn header(&self) -> Result<Header<'_>, EnvelopeError> {
        let header = match &self.0 {
            Envelope::Encrypted(jwe) => jwe.headers().next(),
            Envelope::Signed(jws) => jws.signatures().first().map(|signature| signature.header()),
        };
        header.ok_or(EnvelopeError::Missing { name: "alg" })
    }

    /// The class that its header announces.
    pub fn class(&self) -> SecurityClass {
        match &self.0 {
            Envelope::Signed(_) => SecurityClass::SignatureOnly,
            Envelope::Encrypted(jwe) if jwe.headers().any(|header| header.get("cty").is_some()) => {
                SecurityClass::NestedSignThenEncrypt
            }
            Envelope::Encrypted(_) => SecurityClass::EncryptionOnly,
        }
    }

    /// The claims, if the token is secured as its issuer permits.
    pub fn open(
        &self,
        permitted: &Permitted,
        keys: &impl KeyRing,
    ) -> Result<Map<String, Value>, EnvelopeError> {
        if !permitted.classes.contains(&self.class()) {
            return Err(EnvelopeError::ClassNotPermitted {
                got: self.class().name(),
            });
        }
        let claims = match &self.0 {
            Envelope::Signed(jws) => signed(jws, permitted, keys)?,
            Envelope::Encrypted(jwe) => {
                let used = jwe
                    .recipients()
                    .first()
                    .map(|recipient| recipient.key_management());
                let used = used.ok_or(EnvelopeError::NoElement { name: "recipients" })?;
                permits(&permitted.key_managements, used, used.name())?;
                let content = jwe.content_encryption();
                permits(&permitted.content_encryptions, content, content.name())?;
                let opened = jwe.open(|header| keys.decryption_key(header))?;
                if self.class() == SecurityClass::NestedSignThenEncrypt {
                    nested(&opened.plaintext, permitted, keys)?
                } else {
                    claims(&opened.plaintext)?
                }
            }
        };
        replicated(self.header()?, &claims)?;
        Ok(claims)
    }
}

fn nested(
    inside: &[u8],
    permitted: &Permitted,
    keys: &impl KeyRing,
) -> Result<Map<String, Value>, EnvelopeError> {
    let text = str::from_utf8(inside).map_err(|_| EnvelopeError::NotSigned)?;
    let inner = Token::read(text)?;
    let Envelope::Signed(jws) = &inner.0 else {
        return Err(EnvelopeError::NotSigned);
    };
    signed_by_certificate(jws)?;
    let claims = signed(jws, permitted, keys)?;
    replicated(inner.header()?, &claims)?;
    Ok(claims)
}

fn signed(
    jws: &Jws,
    permitted: &Permitted,
    keys: &impl KeyRing,
) -> Result<Map<String, Value>, EnvelopeError> {
    for signature in jws.signatures() {
        let used = signature.algorithm();
        permits(&permitted.signatures, used, used.name())?;
    }
    claims(jws.verify(|header| keys.verification_key(header))?.payload)
}

fn claims(octets: &[u8]) -> Result<Map<String, Value>, EnvelopeError> {
    json::read_object(octets).map_err(|error| EnvelopeError::Json {
        part: Part::Payload,
        error,
    })
}

fn permits<T: PartialEq>(permitted: &[T], used: T, got: &'static str) -> Result<(), EnvelopeError> {
    if permitted.contains(&used) {
        Ok(())
    } else {
        Err(EnvelopeError::AlgorithmNotPermitted {
            permitted: "an algorithm that the issuer permits",
            got,
        })
    }
}

fn typed(header: Header<'_>) -> Result<(), EnvelopeError> {
    match header.text("typ")? {
        Some(JWT) => Ok(()),
        got => Err(EnvelopeError::TokenType {
            got: got.map(Into::into),
        }),
    }
}

fn replicated(header: Header<'_>, claims: &Map<String, Value>) -> Result<(), EnvelopeError> {
    for name in REPLICATED {
        if header
            .get(name)
            .is_some_and(|value| claims.get(name) != Some(value))
        {
            return Err(EnvelopeError::ReplicatedClaim { name });
        }
    }
    Ok(())
}
