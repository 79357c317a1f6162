use std::sync::LazyLock;

use serde_json::{Map, Value};

use crate::header::{octets, read_protected, refuse_none};
use crate::serialization::{elements, nonempty, object, refuse, required};
use crate::{EnvelopeError, Header, Part, Serialization, SignatureAlgorithm, json, split};

/// An object that holds signed content, read and not yet verified: nothing in its headers is unknown that has to be known.
#[derive(Clone, Debug)]
pub struct Jws {
    serialization: Serialization,
    pub(crate) payload_text: String,
    pub(crate) payload: Vec<u8>,
    pub(crate) signatures: Vec<Signature>,
}

/// One of the signatures of a JWS.
#[derive(Clone, Debug)]
pub struct Signature {
    pub(crate) protected_text: String,
    protected: Map<String, Value>,
    pub(crate) own: Map<String, Value>,
    pub(crate) algorithm: SignatureAlgorithm,
    pub(crate) octets: Vec<u8>,
}

impl Signature {
    /// Its header.
    pub fn header(&self) -> Header<'_> {
        Header {
            protected: &self.protected,
            shared: &NOTHING,
            own: &self.own,
        }
    }

    /// How it says it was made.
    pub fn algorithm(&self) -> SignatureAlgorithm {
        self.algorithm
    }

    /// Its octets.
    pub fn octets(&self) -> &[u8] {
        &self.octets
    }
}

/// The header that a JWS does not have.
static NOTHING: LazyLock<Map<String, Value>> = LazyLock::new(Map::new);

impl Jws {
    /// Reads the compact serialization, m2m:e2eCompactJWS (TS-0004 V3.32.0, Table 6.3.3-1).
    pub fn read_compact(text: &str) -> Result<Self, EnvelopeError> {
        let [protected, payload, signature] = split(text)?;
        if protected.is_empty() {
            return Err(EnvelopeError::Empty {
                part: Part::Protected,
            });
        }
        let signature = Signature::read(protected, Map::new(), signature)?;
        Self::new(Serialization::Compact, payload, vec![signature])
    }

    /// Reads either of the JSON serializations (RFC 7515, 7.2).
    pub fn read_json(text: &str) -> Result<Self, EnvelopeError> {
        let members = json::read_object(text.as_bytes()).map_err(|error| EnvelopeError::Json {
            part: Part::Serialization,
            error,
        })?;
        Self::from_members(&members)
    }

    pub(crate) fn from_members(members: &Map<String, Value>) -> Result<Self, EnvelopeError> {
        refuse(
            members,
            &[
                "recipients",
                "encrypted_key",
                "iv",
                "ciphertext",
                "tag",
                "aad",
                "unprotected",
            ],
        )?;
        let (serialization, elements) = match elements(members, "signatures")? {
            Some(elements) => {
                refuse(members, &["header", "signature", "protected"])?;
                (Serialization::General, elements)
            }
            None => (Serialization::Flattened, vec![members]),
        };
        let signatures = elements.into_iter().map(|element| {
            let protected = nonempty(element, "protected", Part::Protected)?;
            let own = object(element, "header", Part::Header)?;
            Signature::read(
                protected.unwrap_or_default(),
                own,
                required(element, "signature")?,
            )
        });
        let signatures = signatures.collect::<Result<_, _>>()?;
        Self::new(serialization, required(members, "payload")?, signatures)
    }

    fn new(
        serialization: Serialization,
        payload: &str,
        signatures: Vec<Signature>,
    ) -> Result<Self, EnvelopeError> {
        Ok(Self {
            serialization,
            payload_text: payload.into(),
            payload: octets(Part::Payload, payload)?,
            signatures,
        })
    }

    /// How it is written.
    pub fn serialization(&self) -> Serialization {
        self.serialization
    }

    /// Its signatures, in their order.
    pub fn signatures(&self) -> &[Signature] {
        &self.signatures
    }

    /// The payload, which nobody vouches for before a signature is verified.
    pub fn unverified_payload(&self) -> &[u8] {
        &self.payload
    }
}

impl Signature {
    fn read(
        protected_text: &str,
        own: Map<String, Value>,
        signature: &str,
    ) -> Result<Self, EnvelopeError> {
        let protected = match protected_text {
            "" => Map::new(),
            text => read_protected(text)?,
        };
        let header = Header {
            protected: &protected,
            shared: &NOTHING,
            own: &own,
        };
        let algorithm = header.required_text("alg")?;
        refuse_none(algorithm)?;
        if header.get("b64").is_some() {
            return Err(EnvelopeError::UnencodedPayload);
        }
        header.check()?;
        let algorithm = SignatureAlgorithm::from_name(algorithm).ok_or_else(|| {
            EnvelopeError::AlgorithmUnknown {
                got: algorithm.into(),
            }
        })?;
        if signature.is_empty() {
            return Err(EnvelopeError::Empty {
                part: Part::Signature,
            });
        }
        Ok(Self {
            protected_text: protected_text.into(),
            protected,
            own,
            algorithm,
            octets: octets(Part::Signature, signature)?,
        })
    }
}
