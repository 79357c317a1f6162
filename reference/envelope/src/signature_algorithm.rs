use crate::Curve;

/// The hash functions of TS-0003 V3.18.0, Table 8.5.3.3-2.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Hash {
    /// SHA-256.
    Sha256,
    /// SHA-384.
    Sha384,
    /// SHA-512.
    Sha512,
}

impl Hash {
    /// All of them, in the order of the table.
    pub const ALL: [Self; 3] = [Self::Sha256, Self::Sha384, Self::Sha512];

    /// The octets of its digests.
    pub fn length(self) -> usize {
        match self {
            Self::Sha256 => 32,
            Self::Sha384 => 48,
            Self::Sha512 => 64,
        }
    }
}

/// How a payload is signed: the values of `alg` in TS-0003 V3.18.0, Table 8.5.3.3-2.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SignatureAlgorithm {
    /// A message authentication code with a key that both have.
    Hmac(Hash),
    /// RSASSA-PKCS1-v1_5: "and MGF1" in the table does not belong to it.
    Rsa(Hash),
    /// ECDSA with the hash function that belongs to the curve; P-521, which the table calls P-512, has SHA-512.
    Ecdsa(Curve),
}

impl SignatureAlgorithm {
    /// All of them, in the order of the table.
    pub const ALL: [Self; 9] = [
        Self::Hmac(Hash::Sha256),
        Self::Hmac(Hash::Sha384),
        Self::Hmac(Hash::Sha512),
        Self::Rsa(Hash::Sha256),
        Self::Rsa(Hash::Sha384),
        Self::Rsa(Hash::Sha512),
        Self::Ecdsa(Curve::P256),
        Self::Ecdsa(Curve::P384),
        Self::Ecdsa(Curve::P521),
    ];

    /// The value of `alg`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Hmac(Hash::Sha256) => "HS256",
            Self::Hmac(Hash::Sha384) => "HS384",
            Self::Hmac(Hash::Sha512) => "HS512",
            Self::Rsa(Hash::Sha256) => "RS256",
            Self::Rsa(Hash::Sha384) => "RS384",
            Self::Rsa(Hash::Sha512) => "RS512",
            Self::Ecdsa(Curve::P256) => "ES256",
            Self::Ecdsa(Curve::P384) => "ES384",
            Self::Ecdsa(Curve::P521) => "ES512",
        }
    }

    /// The algorithm that a value of `alg` names, letter by letter.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|algorithm| algorithm.name() == name)
    }
}
