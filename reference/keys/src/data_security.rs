use crate::EnrolmentKey;
use crate::hmac::hmac_sha256;
use crate::secret::secret_key;

/// What is hashed for a key of authenticity, of a pair and of what a container holds (TR-0012, 7.3.2.2).
const AUTHENTICITY: &str = "Data Authenticity and Integrity";
/// What is hashed for a key of confidentiality of what a container holds (TR-0012, 7.3.2.2).
const CONFIDENTIALITY: &str = "Data Confidentiality";

secret_key!(
    /// The data security master key of an entity and its TEF (TR-0012, 7.3.2.2).
    DataSecurityMasterKey,
    32,
    "a data security master key"
);

impl DataSecurityMasterKey {
    /// Extracts the master key from Ke, or from the Km that takes its place at a MAF.
    pub fn extract(salt: &[u8], key: &EnrolmentKey) -> Self {
        Self(hmac_sha256(salt, &[key.octets()]))
    }

    /// Expands the master key into the keys of the pair.
    pub fn expand(&self, label: ConfidentialityLabel) -> DataKeys {
        let authenticity = hmac_sha256(self.octets(), &[AUTHENTICITY.as_bytes(), &[1]]);
        let label = label.as_str().as_bytes();
        let confidentiality = hmac_sha256(self.octets(), &[authenticity.as_slice(), label, &[2]]);
        DataKeys {
            authenticity: DataKey(authenticity),
            confidentiality: DataKey(confidentiality),
        }
    }
}

secret_key!(
    /// A key that protects data for those whom a TEF gives it (TR-0012, 7.3.2.2).
    DataKey,
    32,
    "a data key"
);

/// The label of the confidentiality key of a pair: TR-0012, 7.3.2.2 prints it with two blanks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConfidentialityLabel {
    /// One blank between the first two words.
    OneBlank,
    /// Two, as printed.
    TwoBlanks,
}

impl ConfidentialityLabel {
    fn as_str(self) -> &'static str {
        match self {
            Self::OneBlank => "Data Confidentiality Key",
            Self::TwoBlanks => "Data  Confidentiality Key",
        }
    }
}

/// A key of authenticity and one of confidentiality (TR-0012, 7.3.2.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataKeys {
    /// For data authenticity and integrity.
    pub authenticity: DataKey,
    /// For data confidentiality.
    pub confidentiality: DataKey,
}

impl DataKeys {
    /// Derives the keys for what bears the names, from the keys of a pair and a nonce or a creation time.
    ///
    /// For a container both names are its own. For an instance of content TR-0012, 7.3.2.2 prints the name of the container
    /// in the derivation of the one key and `ContentInstance` in that of the other.
    pub fn narrowed(&self, names: DataNames<'_>, nonce_or_time: &[u8]) -> Self {
        let derive = |key: &DataKey, label: &str, name: &str| {
            let parts = [label.as_bytes(), name.as_bytes(), nonce_or_time];
            DataKey(hmac_sha256(key.octets(), &parts))
        };
        Self {
            authenticity: derive(&self.authenticity, AUTHENTICITY, names.authenticity),
            confidentiality: derive(
                &self.confidentiality,
                CONFIDENTIALITY,
                names.confidentiality,
            ),
        }
    }
}

/// The names that narrowed keys are derived for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DataNames<'a> {
    /// Hashed into the key of authenticity.
    pub authenticity: &'a str,
    /// Hashed into the key of confidentiality.
    pub confidentiality: &'a str,
}

impl<'a> DataNames<'a> {
    /// One name for both.
    pub fn same(name: &'a str) -> Self {
        Self {
            authenticity: name,
            confidentiality: name,
        }
    }
}
