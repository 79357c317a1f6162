use onem2m_association::messages::CipherSuite;
use onem2m_keys::KeyLengths;

/// A suite of which the tester can run the whole handshake.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScriptedSuite {
    /// How the premaster secret comes about.
    pub exchange: KeyExchange,
    /// How records are protected.
    pub bulk: Bulk,
}

/// How a premaster secret comes about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyExchange {
    /// From a pre-shared key alone (RFC 4279, 2).
    Psk,
    /// From a pre-shared key and ephemeral keys in a group (RFC 4279, 3).
    DhePsk,
    /// From ephemeral keys on a curve, signed by the server (RFC 8422).
    EcdheEcdsa,
}

/// How records are protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bulk {
    /// AES-128 in CBC mode with HMAC-SHA-256.
    CbcSha256,
    /// AES-128 in CCM mode with a tag of 8 octets.
    Ccm8,
    /// HMAC-SHA-256 alone.
    NullSha256,
}

impl ScriptedSuite {
    /// The suite of a number.
    pub fn of(suite: CipherSuite) -> Option<Self> {
        let (exchange, bulk) = match suite {
            CipherSuite::TLS_PSK_WITH_AES_128_CBC_SHA256 => (KeyExchange::Psk, Bulk::CbcSha256),
            CipherSuite::TLS_PSK_WITH_AES_128_CCM_8 => (KeyExchange::Psk, Bulk::Ccm8),
            CipherSuite::TLS_PSK_WITH_NULL_SHA256 => (KeyExchange::Psk, Bulk::NullSha256),
            CipherSuite::TLS_DHE_PSK_WITH_AES_128_CBC_SHA256 => {
                (KeyExchange::DhePsk, Bulk::CbcSha256)
            }
            CipherSuite::TLS_PSK_DHE_WITH_AES_128_CCM_8 => (KeyExchange::DhePsk, Bulk::Ccm8),
            CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256 => {
                (KeyExchange::EcdheEcdsa, Bulk::CbcSha256)
            }
            CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8 => {
                (KeyExchange::EcdheEcdsa, Bulk::Ccm8)
            }
            _ => return None,
        };
        Some(Self { exchange, bulk })
    }
}

impl Bulk {
    /// What it takes from the key block.
    pub fn lengths(self) -> KeyLengths {
        match self {
            Self::CbcSha256 => KeyLengths::AES_128_CBC_SHA256,
            Self::Ccm8 => KeyLengths::AES_128_CCM,
            Self::NullSha256 => KeyLengths::NULL_SHA256,
        }
    }
}
