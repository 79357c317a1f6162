use base64ct::{Base64, Encoding};

use super::{ContentSecurity, SecurityClass};
use crate::jwe::Jwe;
use crate::jws::Jws;
use crate::{EnvelopeError, Header, Part, json};

/// An envelope, read and not yet opened.
#[derive(Clone, Debug)]
pub enum Envelope {
    /// One that encrypts.
    Encrypted(Box<Jwe>),
    /// One that signs.
    Signed(Jws),
}

impl From<Jwe> for Envelope {
    fn from(jwe: Jwe) -> Self {
        Self::Encrypted(Box::new(jwe))
    }
}

impl Envelope {
    /// Reads the content of a contentInstance whose contentInfo says in which form it is.
    pub fn read(form: ContentSecurity, content: &str) -> Result<Self, EnvelopeError> {
        match form {
            ContentSecurity::Compact => Self::read_compact(content),
            ContentSecurity::Json => Self::read_json(content),
            ContentSecurity::JsonBase64 => {
                let text = Base64::decode_vec(content).map_err(|_| EnvelopeError::Base64)?;
                let text = str::from_utf8(&text).map_err(|error| EnvelopeError::Json {
                    part: Part::Serialization,
                    error: json::JsonError::Utf8 {
                        at: error.valid_up_to(),
                    },
                })?;
                Self::read_json(text)
            }
            ContentSecurity::None | ContentSecurity::Xml | ContentSecurity::XmlBase64 => {
                Err(EnvelopeError::NoJose {
                    content_security: form.number(),
                })
            }
        }
    }

    /// Reads a compact serialization: its parts tell which.
    pub fn read_compact(text: &str) -> Result<Self, EnvelopeError> {
        match text.split('.').count() {
            3 => Jws::read_compact(text).map(Self::Signed),
            _ => Jwe::read_compact(text).map(Self::from),
        }
    }

    /// Reads a JSON serialization: its members tell which.
    pub fn read_json(text: &str) -> Result<Self, EnvelopeError> {
        let members = json::read_object(text.as_bytes()).map_err(|error| EnvelopeError::Json {
            part: Part::Serialization,
            error,
        })?;
        if members.contains_key("payload") {
            Jws::from_members(&members).map(Self::Signed)
        } else {
            Jwe::from_members(&members).map(Self::from)
        }
    }

    /// The class that it announces: `cty` says of an encrypted one whether it holds a signed one (RFC 7516, 4.1.12).
    pub fn class(&self) -> SecurityClass {
        match self {
            Self::Signed(_) => SecurityClass::SignatureOnly,
            Self::Encrypted(jwe) if jwe.headers().any(|header| inner(header).is_some()) => {
                SecurityClass::NestedSignThenEncrypt
            }
            Self::Encrypted(_) => SecurityClass::EncryptionOnly,
        }
    }
}

/// The form of the signed envelope inside, if `cty` says that there is one.
pub(crate) fn inner(header: Header<'_>) -> Option<ContentSecurity> {
    let content_type = header.get("cty")?.as_str()?;
    // A media type may stand with its "application/", and in any case (RFC 7515, 4.1.10).
    match content_type.to_ascii_lowercase().as_str() {
        "jose" | "application/jose" => Some(ContentSecurity::Compact),
        "jose+json" | "application/jose+json" => Some(ContentSecurity::Json),
        _ => None,
    }
}
