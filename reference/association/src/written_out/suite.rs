use onem2m_keys::KeyLengths;

use crate::messages::CipherSuite;

/// What a cipher suite stands for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Suite {
    /// Its number.
    pub number: CipherSuite,
    /// How the premaster secret comes about.
    pub key_exchange: KeyExchange,
    /// How records are protected.
    pub cipher: Cipher,
}

/// How the premaster secret comes about.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum KeyExchange {
    /// A pre-shared key alone (RFC 4279, 2).
    Psk,
    /// Ephemeral keys on secp256r1, signed (RFC 8422, 2.1).
    EcdheEcdsa,
}

/// How records are protected.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Cipher {
    /// AES-128 in CBC, and HMAC-SHA-256 before it (RFC 5246, 6.2.3.2).
    Aes128CbcSha256,
    /// AES-128 in CCM with a tag of 8 octets (RFC 6655, 3).
    Aes128Ccm8,
    /// AES-128 in CCM with a tag of 16 octets (RFC 6655, 3).
    Aes128Ccm,
    /// HMAC-SHA-256 alone (RFC 5246, 6.2.3.1).
    NullSha256,
}

impl Suite {
    /// The mandatory suite of TLS with keys (TS-0003 V3.18.0, 10.2.2).
    pub const PSK_AES_128_CBC_SHA256: Self = Self {
        number: CipherSuite::TLS_PSK_WITH_AES_128_CBC_SHA256,
        key_exchange: KeyExchange::Psk,
        cipher: Cipher::Aes128CbcSha256,
    };
    /// The mandatory suite of DTLS with keys (TS-0003 V3.18.0, 10.2.2).
    pub const PSK_AES_128_CCM_8: Self = Self {
        number: CipherSuite::TLS_PSK_WITH_AES_128_CCM_8,
        key_exchange: KeyExchange::Psk,
        cipher: Cipher::Aes128Ccm8,
    };
    /// The mandatory suite of TLS with certificates (TS-0003 V3.18.0, 10.2.3).
    pub const ECDHE_ECDSA_AES_128_CBC_SHA256: Self = Self {
        number: CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256,
        key_exchange: KeyExchange::EcdheEcdsa,
        cipher: Cipher::Aes128CbcSha256,
    };
    /// The mandatory suite of DTLS with certificates (TS-0003 V3.18.0, 10.2.3).
    pub const ECDHE_ECDSA_AES_128_CCM_8: Self = Self {
        number: CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8,
        key_exchange: KeyExchange::EcdheEcdsa,
        cipher: Cipher::Aes128Ccm8,
    };
    /// Integrity without encryption (RFC 5487, 3.2), which an association of oneM2M may not have.
    pub const PSK_NULL_SHA256: Self = Self {
        number: CipherSuite::TLS_PSK_WITH_NULL_SHA256,
        key_exchange: KeyExchange::Psk,
        cipher: Cipher::NullSha256,
    };
    /// Those of TS-0003 V3.18.0, 10.2, all of which a server on an IN supports.
    pub const MANDATORY: [Self; 4] = [
        Self::PSK_AES_128_CBC_SHA256,
        Self::PSK_AES_128_CCM_8,
        Self::ECDHE_ECDSA_AES_128_CBC_SHA256,
        Self::ECDHE_ECDSA_AES_128_CCM_8,
    ];
}

impl Cipher {
    /// What the cipher takes from the key block.
    pub(crate) fn key_lengths(self) -> KeyLengths {
        match self {
            Self::Aes128CbcSha256 => KeyLengths::AES_128_CBC_SHA256,
            Self::Aes128Ccm8 | Self::Aes128Ccm => KeyLengths::AES_128_CCM,
            Self::NullSha256 => KeyLengths::NULL_SHA256,
        }
    }
}
