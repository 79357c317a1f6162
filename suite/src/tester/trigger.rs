//! What an IUT is made to do.

use super::instruction::Instruction;
use super::link::{BoxFuture, LinkError};
use super::provisioning::{KeyAnswer, KeyOrder};
use super::stand::Stand;
use super::stands::Stands;
use std::fmt;

/// Something that an IUT does when it is told to; the profile says how it is told, under this name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Trigger {
    /// An AE registers with its registrar over a provisioned key, by TLS.
    RegisterPsk,
    /// The same by DTLS.
    RegisterPskDatagrams,
    /// An AE registers by certificates.
    RegisterCertificate,
    /// An AE registers with a registrar whose raw public key it knows.
    RegisterRawKey,
}

impl Trigger {
    /// All of them.
    pub const ALL: [Self; 4] = [
        Self::RegisterPsk,
        Self::RegisterPskDatagrams,
        Self::RegisterCertificate,
        Self::RegisterRawKey,
    ];

    /// Where the IUT connects then.
    pub fn stand(self) -> Stand {
        match self {
            Self::RegisterPskDatagrams => Stand::DatagramRegistrar,
            Self::RegisterPsk | Self::RegisterCertificate | Self::RegisterRawKey => {
                Stand::Registrar
            }
        }
    }

    /// Its name in a profile.
    pub fn key(self) -> &'static str {
        match self {
            Self::RegisterPsk => "register-psk",
            Self::RegisterPskDatagrams => "register-psk-dtls",
            Self::RegisterCertificate => "register-certificate",
            Self::RegisterRawKey => "register-raw-key",
        }
    }
}

impl fmt::Display for Trigger {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.key())
    }
}

/// Makes an IUT act. What it does then is seen where it connects.
pub trait Actuator: Send + Sync {
    /// Begins the action, and ends an earlier one that goes on.
    fn pull<'a>(
        &'a self,
        trigger: Trigger,
        stands: &'a Stands,
    ) -> BoxFuture<'a, Result<(), LinkError>>;

    /// Gives it a key, or withdraws one, and waits until that is done.
    fn change_keys<'a>(
        &'a self,
        change: &'a KeyOrder,
    ) -> BoxFuture<'a, Result<KeyAnswer, LinkError>>;

    /// Makes an IUT open or protect something, and ends what it was told earlier.
    fn secure<'a>(&'a self, order: &'a Instruction) -> BoxFuture<'a, Result<(), LinkError>>;
}
