use zeroize::Zeroizing;

use crate::secret::secret_traits;
use crate::{KeyError, KeyHash, ProvisionedConnectionKey};

/// What is hashed before the counter, in the order of the keys (TS-0003 V3.18.0, 10.3.6.2). The first says
/// "Authentication", the third "Authenticity".
const LABELS: [&str; 4] = [
    "E2E Message Authentication Key",
    "E2E Message Confidentiality Key",
    "E2E Attribute Authenticity Key",
    "E2E Attribute Confidentiality Key",
];

/// Ke2e_master, from which the four end-to-end keys come (TS-0003 V3.18.0, 10.3.6.1).
#[derive(Clone)]
pub struct EndToEndMasterKey {
    hash: KeyHash,
    octets: Zeroizing<Vec<u8>>,
}

impl EndToEndMasterKey {
    /// Extracts the master key from Kpsa. No salt is the same as as many zeros as the hash is long (RFC 5869, 2.2).
    pub fn extract(hash: KeyHash, salt: &[u8], kpsa: &ProvisionedConnectionKey) -> Self {
        Self::source_generated(hash, salt, kpsa.octets())
    }

    /// Extracts the master key from a random value of the Source ESF End-Point, which takes the place of Kpsa
    /// (TS-0003 V3.18.0, 10.3.6.1, NOTE).
    pub fn source_generated(hash: KeyHash, salt: &[u8], random: &[u8]) -> Self {
        let octets = hash.hmac(salt, &[random]);
        Self { hash, octets }
    }

    /// Takes a master key as a Target ESF End-Point is provisioned with it (TS-0003 V3.18.0, 10.3.6.2, NOTE 2); its length
    /// is that of the hash.
    pub fn provisioned(hash: KeyHash, octets: &[u8]) -> Result<Self, KeyError> {
        if octets.len() != hash.length() {
            return Err(KeyError::Length {
                what: "an end-to-end master key",
                expected: hash.length(),
                got: octets.len(),
            });
        }
        let octets = Zeroizing::new(octets.to_vec());
        Ok(Self { hash, octets })
    }

    /// Expands the master key (TS-0003 V3.18.0, 10.3.6.2). The label changes at each step, so that HKDF-Expand of RFC 5869
    /// gives none but the first of them.
    pub fn expand(&self) -> EndToEndKeys {
        let [first, second, third, fourth] = LABELS;
        let message_authenticity = self.step(&[], first, 1);
        let message_confidentiality = self.step(message_authenticity.octets(), second, 2);
        let attribute_authenticity = self.step(message_confidentiality.octets(), third, 3);
        let attribute_confidentiality = self.step(attribute_authenticity.octets(), fourth, 4);
        EndToEndKeys {
            message_authenticity,
            message_confidentiality,
            attribute_authenticity,
            attribute_confidentiality,
        }
    }

    /// The octets, to provision a Target ESF End-Point with.
    pub fn octets(&self) -> &[u8] {
        &self.octets
    }

    fn step(&self, before: &[u8], label: &str, counter: u8) -> EndToEndKey {
        let parts = [before, label.as_bytes(), &[counter]];
        EndToEndKey(self.hash.hmac(&self.octets, &parts))
    }
}

secret_traits!(EndToEndMasterKey);

/// One of the end-to-end keys, as long as the hash that it is derived with.
#[derive(Clone)]
pub struct EndToEndKey(Zeroizing<Vec<u8>>);

impl EndToEndKey {
    /// The octets, to hand to what uses the key.
    pub fn octets(&self) -> &[u8] {
        &self.0
    }
}

secret_traits!(EndToEndKey);

/// What protects primitives and attributes end to end (TS-0003 V3.18.0, Table 10.3.6.2-1). AEAD takes one of the two keys of
/// messages for both purposes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndToEndKeys {
    /// Ke2e_msg_auth.
    pub message_authenticity: EndToEndKey,
    /// Ke2e_msg_conf.
    pub message_confidentiality: EndToEndKey,
    /// Ke2e_att_auth.
    pub attribute_authenticity: EndToEndKey,
    /// Ke2e_att_conf.
    pub attribute_confidentiality: EndToEndKey,
}
