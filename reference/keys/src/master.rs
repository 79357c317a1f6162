use crate::prf::prf;
use crate::secret::secret_key;
use crate::{PremasterSecret, Randoms, TranscriptHash};

/// The label of RFC 5246, 8.1.
const LABEL: &str = "master secret";
/// The label of RFC 7627, 4.
const EXTENDED_LABEL: &str = "extended master secret";

secret_key!(
    /// The master secret of a session of TLS 1.2.
    MasterSecret,
    48,
    "a master secret"
);

impl MasterSecret {
    /// The master secret of RFC 5246, 8.1.
    pub fn derive(premaster: &PremasterSecret, randoms: &Randoms) -> Self {
        Self::fill(premaster, LABEL, &[&randoms.client, &randoms.server])
    }

    /// The extended master secret of RFC 7627, 4, over the hash of the messages up to the ClientKeyExchange.
    pub fn derive_extended(premaster: &PremasterSecret, session_hash: &TranscriptHash) -> Self {
        Self::fill(premaster, EXTENDED_LABEL, &[session_hash.octets()])
    }

    fn fill(premaster: &PremasterSecret, label: &str, seed: &[&[u8]]) -> Self {
        let mut master = Self::from([0; Self::LENGTH]);
        prf(premaster.octets(), label, seed, master.0.as_mut_slice());
        master
    }
}
