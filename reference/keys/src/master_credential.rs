use crate::EnrolmentKey;
use crate::hmac::hmac_sha256;
use crate::normalize::nfkc;
use crate::secret::secret_key;

/// What is hashed before the MAF-ID (TS-0003 V3.18.0, 10.3.2).
const LABEL: &str = "oneM2M Enrolment Key to Master Credential derivation";

secret_key!(
    /// Km, the Master Credential that a MAF and its client share (TS-0003 V3.18.0, 10.3.2).
    MasterCredential,
    32,
    "a Master Credential"
);

impl MasterCredential {
    /// Derives Km from Ke for the MAF that is named.
    pub fn derive(key: &EnrolmentKey, maf_id: &str) -> Self {
        let maf_id = nfkc(maf_id);
        Self(hmac_sha256(
            key.octets(),
            &[LABEL.as_bytes(), maf_id.as_bytes()],
        ))
    }
}
