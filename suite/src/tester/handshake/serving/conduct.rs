use crate::tester::handshake::conduct::{FinishedChange, KeyChange, StopEnding, Suite};
use serde::Deserialize;

/// What the tester does as a server: everything right, but for what is named here.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct ServerConduct {
    /// The version that the ServerHello selects.
    pub version: Option<u16>,
    /// The suite that the ServerHello selects, whether it was offered or not.
    pub suite: Option<Suite>,
    /// The compression method that the ServerHello selects.
    pub compression: u8,
    /// The identity hint of a pre-shared key; without one there is no ServerKeyExchange (RFC 4279, 2).
    pub hint: Option<String>,
    /// The pre-shared key with which the tester goes on. What the IUT sends it reads with the key of the identity that comes.
    pub key: KeyChange,
    /// The ServerKeyExchange of ECDHE.
    pub parameters: ParametersChange,
    /// Whether no certificate of the IUT is asked for, where one could be.
    pub asks_nobody: bool,
    /// The verify_data of the Finished.
    pub finished: FinishedChange,
    /// What the tester does behind the ClientHello in place of an answer.
    pub stop: Option<HelloStop>,
}

/// The parameters of ECDHE and their signature (RFC 8422, 5.4).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ParametersChange {
    /// New ones, signed by the key of the credential.
    #[default]
    Right,
    /// New ones, signed by another key.
    OtherKey,
    /// Those of an earlier handshake, with their signature.
    Earlier,
}

/// How the tester ends a connection on which a ClientHello came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HelloStop {
    /// In order.
    Close,
    /// Abruptly.
    Reset,
}

impl From<HelloStop> for StopEnding {
    fn from(stop: HelloStop) -> Self {
        match stop {
            HelloStop::Close => Self::Close,
            HelloStop::Reset => Self::Reset,
        }
    }
}

impl ServerConduct {
    /// Whether the handshake cannot end in an association with an IUT that verifies what it has to.
    pub fn is_wrong(&self) -> bool {
        let hint = self.hint.clone();
        let asks_nobody = self.asks_nobody;
        let right = Self {
            hint,
            asks_nobody,
            ..Self::default()
        };
        *self != right
    }
}
