use crate::label::EXPORTED_LENGTH;
use crate::secret::secret_key;
use crate::split::{export, split};
use crate::{ExporterLabel, MasterSecret, Randoms};

secret_key!(
    /// Ke, the Enrolment Key that Enrolee and MEF share (TS-0003 V3.18.0, 10.3.1).
    EnrolmentKey,
    32,
    "an Enrolment Key"
);

/// RelativeKeID, which names a Ke at its MEF (TS-0003 V3.18.0, 10.3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RelativeKeId(pub [u8; 16]);

/// What Enrolee and MEF take from their session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enrolment {
    /// The name of the key.
    pub relative_ke_id: RelativeKeId,
    /// The key.
    pub key: EnrolmentKey,
}

impl Enrolment {
    /// Exports both from the secrets of the session (TS-0003 V3.18.0, 10.3.1).
    pub fn export(master: &MasterSecret, randoms: &Randoms) -> Self {
        Self::from_exported(&export(master, randoms, ExporterLabel::Bootstrap))
    }

    /// Splits what a TLS library exported with [`ExporterLabel::Bootstrap`] and no context.
    pub fn from_exported(exported: &[u8; EXPORTED_LENGTH]) -> Self {
        let (identifier, key) = split(exported);
        Self {
            relative_ke_id: RelativeKeId(identifier),
            key: EnrolmentKey(key),
        }
    }
}
