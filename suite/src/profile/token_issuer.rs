//! Who issues tokens that the IUT takes.

use onem2m_envelope::esdata::SecurityClass;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// What the IUT was told of a Token Issuer, which the tester plays (TS-0003 V3.18.0, 7.3.2.6.3).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TokenIssuer {
    /// Its identifier, as its tokens have it.
    pub identity: String,
    /// The classes that it permits.
    pub classes: Vec<TokenClass>,
    /// The algorithms that it permits: values of `alg` and `enc`.
    pub algorithms: Vec<String>,
    /// From what the keys are drawn that stand in no file.
    pub seed: Option<String>,
    /// The keys for its tokens.
    #[serde(default)]
    pub keys: Vec<TokenKey>,
    /// The authority under which the tester issues its certificate, by its name below `credentials.authority`, if it signs with one.
    pub authority: Option<String>,
    /// The URI in its certificate.
    pub uri: Option<String>,
}

/// A key for tokens. What it is for follows from its algorithm (TS-0004 V3.32.0, 6.3.4.2.39).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TokenKey {
    /// Its identifier.
    pub kid: String,
    /// The `alg` that it serves.
    pub algorithm: String,
    /// The `enc` that it serves, if its algorithm is `dir`.
    pub encryption: Option<String>,
    /// File of the key, JWK: the private part of what the issuer signs with, the public part of what the IUT opens with.
    pub jwk_file: Option<PathBuf>,
}

/// A security class of ESData (TS-0003 V3.18.0, Table 8.5.2.1-1).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TokenClass {
    /// Signed.
    #[default]
    SignatureOnly,
    /// Encrypted.
    EncryptionOnly,
    /// Signed, and what comes out encrypted.
    Nested,
    /// Nothing (7.3.2.6.2).
    Unsecured,
}

impl TokenClass {
    /// Its name where envelopes are judged; none if there is no envelope.
    pub fn security_class(self) -> Option<SecurityClass> {
        match self {
            Self::SignatureOnly => Some(SecurityClass::SignatureOnly),
            Self::EncryptionOnly => Some(SecurityClass::EncryptionOnly),
            Self::Nested => Some(SecurityClass::NestedSignThenEncrypt),
            Self::Unsecured => None,
        }
    }
}
