use onem2m_keys::VERIFY_DATA_LENGTH;
use serde::Deserialize;

/// The verify_data of the tester's Finished (RFC 5246, 7.4.9).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FinishedChange {
    /// The right one.
    #[default]
    Right,
    /// The right one in the clear, also behind a ChangeCipherSpec.
    Clear,
    /// The last bit of an octet inverted.
    Inverted(u8),
    /// Cut, or filled with zeros, to so many octets.
    Length(u8),
}

impl FinishedChange {
    /// What is sent for the right verify_data.
    pub fn apply(self, right: [u8; VERIFY_DATA_LENGTH]) -> Vec<u8> {
        let mut data = right.to_vec();
        match self {
            Self::Right | Self::Clear => {}
            Self::Inverted(place) => {
                if let Some(octet) = data.get_mut(usize::from(place)) {
                    *octet ^= 1;
                }
            }
            Self::Length(length) => data.resize(usize::from(length), 0),
        }
        data
    }
}

/// With which keys the tester goes on after its ChangeCipherSpec.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FinishedKeys {
    /// Those of the handshake, as soon as its ClientKeyExchange was sent.
    #[default]
    Right,
    /// Those of an empty master secret, at once (CVE-2014-0224).
    EmptyMaster,
}
