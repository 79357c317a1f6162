//! Credentials that purposes need.

use serde::Deserialize;
use std::fmt;

/// Which credential a purpose needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fixture {
    /// The key of an AE.
    Ae1,
    /// The key of another AE.
    Ae2,
    /// The key of an AE whose AE-ID-Stem begins with that of the first one.
    AeLonger,
    /// The key of a CSE.
    Cse1,
    /// The key of another CSE.
    Cse2,
    /// A key that stands for nobody that the IUT was told of.
    Unbound,
    /// Another such key, whose identity differs from that of the first one in the first character of the relative part.
    UnboundFirst,
    /// Another such key, whose identity is what stands behind the last hyphen of that of an AE.
    UnboundTail,
    /// Another such key, whose identity is that of the first one behind `12-`.
    UnboundNumber,
    /// Another such key, whose identity differs from that of the first one in letter case alone.
    UnboundOtherCase,
    /// A key of 8 octets.
    ShortKey,
    /// A key of 64 octets.
    LongKey,
    /// A key with a zero octet inside and one at its end.
    ZeroKey,
    /// An identity of 128 octets.
    LongestIdentity,
    /// An identity that differs from another one in letter case alone.
    OtherCase,
    /// An identity with the relative part of another one, of another issuer.
    OtherIssuer,
    /// A certificate with the public domain name of a CSE-ID.
    CseCertificate,
    /// A certificate with an AE-ID.
    AeCertificate,
    /// A certificate of a device.
    DeviceCertificate,
    /// A certificate of a node.
    NodeCertificate,
    /// A certificate of a node for which the IUT was told no AE.
    UnboundNodeCertificate,
    /// A raw public key.
    RawKey,
    /// A certificate of whatever flavour that has a chain.
    AnyCertificate,
    /// The AE-ID certificate of another AE.
    SecondAeCertificate,
    /// A raw public key that the IUT knows by 128 bits of its digest.
    ShorterRawKey,
    /// A raw public key that the IUT knows by 120 bits of its digest.
    ShortestRawKey,
    /// A raw public key that the IUT knows by fewer bits of its digest.
    TooShortRawKey,
    /// A certificate of a device that stands for nobody that the IUT was told of.
    UnboundDevice,
    /// A certificate of a node that stands for nobody that the IUT was told of.
    UnboundNode,
    /// A raw public key that stands for nobody that the IUT was told of.
    UnboundRawKey,
    /// A raw public key that the IUT was told by an identifier with padding behind the digest.
    PaddedRawKey,
    /// A raw public key that the IUT was told by an identifier in the other alphabet of base64.
    OtherAlphabetRawKey,
    /// A raw public key that the IUT was told by an identifier whose digest lacks its last octet.
    CutRawKey,
    /// A raw public key that the IUT was told by an identifier with an authority.
    LocatedRawKey,
}

impl Fixture {
    /// What it is, as the profile would have to hold it.
    pub fn text(self) -> &'static str {
        match self {
            Self::Ae1 => "the key of an AE",
            Self::Ae2 => "the key of a second AE",
            Self::AeLonger => "the key of an AE whose AE-ID-Stem begins with that of the first one",
            Self::Cse1 => "the key of a CSE",
            Self::Cse2 => "the key of a second CSE",
            Self::Unbound => "a key without an entity",
            Self::UnboundFirst => {
                "a key without an entity, whose identity begins otherwise than that of the first one of the same issuer"
            }
            Self::UnboundTail => {
                "a key without an entity, whose identity is what stands behind the last hyphen of that of an AE"
            }
            Self::UnboundNumber => {
                "a key without an entity, whose identity is that of another one behind 12-"
            }
            Self::UnboundOtherCase => {
                "a key without an entity, whose identity is that of another one in other letters"
            }
            Self::ShortKey => "a key of 8 octets",
            Self::LongKey => "a key of 64 octets",
            Self::ZeroKey => "a key with zero octets inside and at its end",
            Self::LongestIdentity => "an identity of 128 octets",
            Self::OtherCase => "an identity that differs from another in letter case",
            Self::OtherIssuer => "an identity that differs from another in its issuer",
            Self::CseCertificate => "a CSE-ID certificate",
            Self::AeCertificate => "an AE-ID certificate",
            Self::DeviceCertificate => "a device certificate",
            Self::NodeCertificate => "a Node-ID certificate",
            Self::UnboundNodeCertificate => "a Node-ID certificate without an entity",
            Self::RawKey => "a raw public key",
            Self::AnyCertificate => "a certificate",
            Self::SecondAeCertificate => "a second AE-ID certificate",
            Self::ShorterRawKey => "a raw public key known by 128 bits of its digest",
            Self::ShortestRawKey => "a raw public key known by 120 bits of its digest",
            Self::TooShortRawKey => "a raw public key known by fewer than 120 bits of its digest",
            Self::UnboundDevice => "a device certificate without an entity",
            Self::UnboundNode => "a Node-ID certificate without an entity",
            Self::UnboundRawKey => "a raw public key without an entity",
            Self::PaddedRawKey => "a raw public key told by an identifier with padding",
            Self::OtherAlphabetRawKey => {
                "a raw public key told by an identifier with + and / in place of - and _"
            }
            Self::CutRawKey => "a raw public key told by an identifier that lacks an octet",
            Self::LocatedRawKey => "a raw public key told by an identifier with an authority",
        }
    }
}

impl fmt::Display for Fixture {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.text())
    }
}
