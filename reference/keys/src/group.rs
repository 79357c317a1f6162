use crate::ProvisionedConnectionKey;
use crate::hmac::hmac_sha256;
use crate::normalize::nfkc;
use crate::secret::secret_key;

/// What is hashed before the identifier of the member (TR-0012, 7.2.1).
const LABEL: &str = "oneM2M Group Secure Connection Key derivation";

secret_key!(
    /// Ksx, the M2M Group Secure Connection Key of a member and the infrastructure node (TR-0012, 7.2.1). Its identifier is
    /// that of the Kpsa that it is derived from.
    GroupConnectionKey,
    32,
    "a group secure connection key"
);

impl GroupConnectionKey {
    /// Derives Ksx from the Kpsa of the member, its CSE-ID or AE-ID, and the random number of the infrastructure node.
    pub fn derive(key: &ProvisionedConnectionKey, enrolee_id: &str, random: &[u8]) -> Self {
        let enrolee_id = nfkc(enrolee_id);
        Self(hmac_sha256(
            key.octets(),
            &[LABEL.as_bytes(), enrolee_id.as_bytes(), random],
        ))
    }
}
