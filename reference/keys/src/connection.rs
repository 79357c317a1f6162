use crate::label::EXPORTED_LENGTH;
use crate::secret::secret_key;
use crate::split::{export, split};
use crate::{ExporterLabel, MasterSecret, Psk, Randoms};

secret_key!(
    /// Kc, the M2M Secure Connection Key that Entity A and its MAF share (TS-0003 V3.18.0, 10.3.1).
    ConnectionKey,
    32,
    "a secure connection key"
);

impl ConnectionKey {
    /// The whole key as TLS takes it (TS-0003 V3.18.0, 8.2.2.3).
    pub fn psk(&self) -> Psk {
        Psk::trusted(self.octets())
    }

    /// The first half, for a protocol that needs one key (TS-0003 V3.18.0, 8.8.1).
    pub fn first_half(&self) -> Psk {
        let (half, _) = self.0.split_at(Self::LENGTH / 2);
        Psk::trusted(half)
    }
}

/// KcID, which names a Kc at its MAF (TS-0003 V3.18.0, 10.3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KcId(pub [u8; 16]);

/// What Entity A and MAF take from their session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecureConnection {
    /// The name of the key.
    pub kc_id: KcId,
    /// The key.
    pub key: ConnectionKey,
}

impl SecureConnection {
    /// Exports both from the secrets of the session (TS-0003 V3.18.0, 10.3.1).
    pub fn export(master: &MasterSecret, randoms: &Randoms) -> Self {
        Self::from_exported(&export(master, randoms, ExporterLabel::Connection))
    }

    /// Splits what a TLS library exported with [`ExporterLabel::Connection`] and no context.
    pub fn from_exported(exported: &[u8; EXPORTED_LENGTH]) -> Self {
        let (identifier, key) = split(exported);
        Self {
            kc_id: KcId(identifier),
            key: ConnectionKey(key),
        }
    }
}
