use zeroize::Zeroizing;

use crate::hmac::hmac_sha256;
use crate::secret::secret_traits;
use crate::{ConnectionKey, PairwiseE2eKey, UsageConstrainedKey};

/// pairwiseESPrimKey, which Originator and Receiver share (TS-0003 V3.18.0, 8.4.2, step A). The clause fixes no length.
#[derive(Clone)]
pub struct PairwiseEsPrimKey(Zeroizing<Vec<u8>>);

impl PairwiseEsPrimKey {
    /// Takes a key that is provisioned.
    pub fn new(octets: &[u8]) -> Self {
        Self(Zeroizing::new(octets.to_vec()))
    }

    /// Takes what a MAF distributes (TS-0003 V3.18.0, 8.4.2, step C.6a.4).
    pub fn from_maf(key: &ConnectionKey, reading: MafKeyReading<'_>) -> Self {
        match reading {
            MafKeyReading::Whole => Self::new(key.octets()),
            MafKeyReading::FirstHalf => Self::new(key.first_half().octets()),
            MafKeyReading::ReservedString(string) => {
                Self::new(hmac_sha256(key.octets(), &[string.as_bytes()]).as_slice())
            }
        }
    }

    /// The octets, to hand to what uses the key.
    pub fn octets(&self) -> &[u8] {
        &self.0
    }
}

/// A key that a MEF distributed for ESPrim is the pairwise key (TS-0003 V3.18.0, 8.3.1.2).
impl From<&UsageConstrainedKey> for PairwiseEsPrimKey {
    fn from(key: &UsageConstrainedKey) -> Self {
        Self::new(key.octets())
    }
}

/// A key of ESCertKE is the pairwise key: no clause derives one from the other (TS-0003 V3.18.0, 8.7.2).
impl From<&PairwiseE2eKey> for PairwiseEsPrimKey {
    fn from(key: &PairwiseE2eKey) -> Self {
        Self::new(key.octets())
    }
}

secret_traits!(PairwiseEsPrimKey);

/// How a key of a MAF becomes the pairwise key: TS-0003 V3.18.0 says each of these somewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MafKeyReading<'a> {
    /// The distributed key as it is (Table 8.8.1-1).
    Whole,
    /// Its first half (8.8.1).
    FirstHalf,
    /// Derived from the key and a reserved string (8.4.2), which is given nowhere: by HMAC-SHA-256, as everything in 10.3
    /// is.
    ReservedString(&'a str),
}
