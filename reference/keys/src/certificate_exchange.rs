use std::fmt::Write;

use crate::label::EXPORTED_LENGTH;
use crate::secret::secret_key;
use crate::split::{export, split};
use crate::{ExporterLabel, HexCase, MasterSecret, Randoms};

secret_key!(
    /// pairwiseE2EKey, which two end points establish with their certificates (TS-0003 V3.18.0, 8.7.2.2 and 10.3.1).
    PairwiseE2eKey,
    32,
    "a pairwise end-to-end key"
);

/// pairwiseE2EKeyID, which names a pairwiseE2EKey between its end points (TS-0003 V3.18.0, 10.3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PairwiseE2eKeyId(pub [u8; 16]);

impl PairwiseE2eKeyId {
    /// Its digits, for a key identifier that is text: the clause gives it no text form.
    pub fn to_text(self, case: HexCase) -> String {
        let mut text = String::with_capacity(2 * self.0.len());
        for octet in self.0 {
            // Writing to a String does not fail.
            let _ = match case {
                HexCase::Lower => write!(text, "{octet:02x}"),
                HexCase::Upper => write!(text, "{octet:02X}"),
            };
        }
        text
    }
}

/// What the end points of ESCertKE take from their session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificateExchange {
    /// The name of the key.
    pub key_id: PairwiseE2eKeyId,
    /// The key.
    pub key: PairwiseE2eKey,
}

impl CertificateExchange {
    /// Exports both from the secrets of the session (TS-0003 V3.18.0, 10.3.1).
    pub fn export(master: &MasterSecret, randoms: &Randoms) -> Self {
        Self::from_exported(&export(master, randoms, ExporterLabel::EsCertKe))
    }

    /// Splits what a TLS library exported with [`ExporterLabel::EsCertKe`] and no context.
    pub fn from_exported(exported: &[u8; EXPORTED_LENGTH]) -> Self {
        let (identifier, key) = split(exported);
        Self {
            key_id: PairwiseE2eKeyId(identifier),
            key: PairwiseE2eKey(key),
        }
    }
}
