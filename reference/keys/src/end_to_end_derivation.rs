use crate::{EndToEndKey, EndToEndKeys, EndToEndMasterKey, KeyError, KeyHash};

/// How an end point comes from octets that it was given to an end-to-end key (TS-0003 V3.18.0, 10.3.6).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndToEndDerivation {
    /// The hash, which the clause does not fix.
    pub hash: KeyHash,
    /// What the octets are.
    pub from: EndToEndOrigin,
    /// Which key they lead to.
    pub key: EndToEndUse,
}

/// What an end-to-end key is derived from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EndToEndOrigin {
    /// Kpsa, or the random value of a source in its place (10.3.6.1).
    Secret {
        /// Salt; none is an empty one.
        salt: Vec<u8>,
    },
    /// Ke2e_master, with which a target is provisioned (10.3.6.2, NOTE 2).
    Master,
}

/// What an end-to-end key is for (TS-0003 V3.18.0, Table 10.3.6.2-1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndToEndUse {
    /// Ke2e_msg_auth.
    MessageAuthenticity,
    /// Ke2e_msg_conf.
    MessageConfidentiality,
    /// Ke2e_att_auth.
    AttributeAuthenticity,
    /// Ke2e_att_conf.
    AttributeConfidentiality,
}

impl EndToEndDerivation {
    /// Derives the key.
    ///
    /// # Errors
    ///
    /// A master key is not as long as the hash.
    pub fn derive(&self, octets: &[u8]) -> Result<EndToEndKey, KeyError> {
        let master = match &self.from {
            EndToEndOrigin::Secret { salt } => {
                EndToEndMasterKey::source_generated(self.hash, salt, octets)
            }
            EndToEndOrigin::Master => EndToEndMasterKey::provisioned(self.hash, octets)?,
        };
        Ok(self.key.of(master.expand()))
    }
}

impl EndToEndUse {
    /// In the order of the clause.
    pub const ALL: [Self; 4] = [
        Self::MessageAuthenticity,
        Self::MessageConfidentiality,
        Self::AttributeAuthenticity,
        Self::AttributeConfidentiality,
    ];

    /// Its name in statements.
    pub fn name(self) -> &'static str {
        match self {
            Self::MessageAuthenticity => "message-authenticity",
            Self::MessageConfidentiality => "message-confidentiality",
            Self::AttributeAuthenticity => "attribute-authenticity",
            Self::AttributeConfidentiality => "attribute-confidentiality",
        }
    }

    fn of(self, keys: EndToEndKeys) -> EndToEndKey {
        match self {
            Self::MessageAuthenticity => keys.message_authenticity,
            Self::MessageConfidentiality => keys.message_confidentiality,
            Self::AttributeAuthenticity => keys.attribute_authenticity,
            Self::AttributeConfidentiality => keys.attribute_confidentiality,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The vectors KDF-KPSA-1 and KDF-KE2E-sha256-salt32.
    const KPSA: &str = "2ab047a395e5df82b25f33f898a32ce359b6bd439b02c22c584348fa70d298f2";
    const SALT: &str = "392febc45dd3b4956ce38af568ef922f6bf3769e813740aae8d3a38b53688de0";
    const MASTER: &str = "3b31280e2d13bf07caa7edd424eb3a96f5152ff512cfa11e14c17b99fa29e1f7";
    const KEYS: [&str; 4] = [
        "713bf703c172e391267f8e6c5a2434664f64aa8c0b80776511f02e3f22884d84",
        "eeb607720867edfae996a6b23d37bfea682e3e6e8b63b92015b68ad73d8b9dfb",
        "f8d668df443f56eba2a843c8ebbf44b9621b1fff33d259890e5b98cb352926c6",
        "97045fc7ea1fa841349ff39fd8f5cbfce87bbfb4f7d632ce7a1085a1d6dedaa4",
    ];

    fn octets(digits: &str) -> Vec<u8> {
        let pairs = digits.as_bytes().chunks(2);
        let octet = |pair: &[u8]| {
            let pair = std::str::from_utf8(pair).unwrap();
            u8::from_str_radix(pair, 16).unwrap()
        };
        pairs.map(octet).collect()
    }

    fn derived(from: EndToEndOrigin, secret: &str) -> [Vec<u8>; 4] {
        EndToEndUse::ALL.map(|key| {
            let derivation = EndToEndDerivation {
                hash: KeyHash::Sha256,
                from: from.clone(),
                key,
            };
            derivation
                .derive(&octets(secret))
                .unwrap()
                .octets()
                .to_vec()
        })
    }

    #[test]
    fn secret_and_master_lead_to_the_same_keys() {
        let salt = octets(SALT);
        let keys = KEYS.map(octets);
        assert_eq!(derived(EndToEndOrigin::Secret { salt }, KPSA), keys);
        assert_eq!(derived(EndToEndOrigin::Master, MASTER), keys);
    }
}
