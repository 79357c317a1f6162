use crate::EnrolmentKey;
use crate::hmac::hmac_sha256;
use crate::normalize::nfkc;
use crate::secret::secret_key;

/// What is hashed before the Enrolee-B-ID (TS-0003 V3.18.0, 10.3.3).
const LABEL: &str = "oneM2M Enrolment Key to Provisioned Secure Connection Key derivation";

secret_key!(
    /// Kpsa, the Provisioned Secure Connection Key of two entities (TS-0003 V3.18.0, 10.3.3).
    ProvisionedConnectionKey,
    32,
    "a Provisioned Secure Connection Key"
);

impl ProvisionedConnectionKey {
    /// Derives Kpsa from Ke for the CSE-ID or AE-ID of Enrolee B. Which of its forms that is, the clause leaves open.
    pub fn derive(key: &EnrolmentKey, enrolee_b_id: &str) -> Self {
        let enrolee_b_id = nfkc(enrolee_b_id);
        Self(hmac_sha256(
            key.octets(),
            &[LABEL.as_bytes(), enrolee_b_id.as_bytes()],
        ))
    }
}
