use crate::KeyWrap;

/// How the content encryption key reaches a recipient: the values of `alg` in TS-0003 V3.18.0, Table 8.5.3.2-3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyManagement {
    /// It is the key that both have.
    Direct,
    /// It is wrapped with the key that both have.
    Wrap(KeyWrap),
    /// It is encrypted to the RSA key of the recipient.
    RsaOaep256,
    /// It is wrapped with a key that is agreed on with the elliptic curve key of the recipient.
    EcdhEs(KeyWrap),
}

impl KeyManagement {
    /// All of them, in the order of the table.
    pub const ALL: [Self; 8] = [
        Self::Direct,
        Self::Wrap(KeyWrap::A128),
        Self::Wrap(KeyWrap::A192),
        Self::Wrap(KeyWrap::A256),
        Self::RsaOaep256,
        Self::EcdhEs(KeyWrap::A128),
        Self::EcdhEs(KeyWrap::A192),
        Self::EcdhEs(KeyWrap::A256),
    ];

    /// The value of `alg`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Direct => "dir",
            Self::Wrap(wrap) => wrap.name(),
            Self::RsaOaep256 => "RSA-OAEP-256",
            Self::EcdhEs(KeyWrap::A128) => "ECDH-ES+A128KW",
            Self::EcdhEs(KeyWrap::A192) => "ECDH-ES+A192KW",
            Self::EcdhEs(KeyWrap::A256) => "ECDH-ES+A256KW",
        }
    }

    /// The algorithm that a value of `alg` names, letter by letter.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|algorithm| algorithm.name() == name)
    }
}
