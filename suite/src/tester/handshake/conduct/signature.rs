use serde::Deserialize;

/// The signature of a CertificateVerify (RFC 5246, 7.4.8).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SignatureChange {
    /// By the key of the credential over all messages so far.
    #[default]
    Right,
    /// By another key.
    OtherKey,
    /// Over messages without the ServerHello.
    WithoutServerHello,
    /// With a first half that is zero.
    RZero,
    /// With a second half that is zero.
    SZero,
    /// With SHA-1, and saying so.
    Sha1,
    /// That of an earlier handshake.
    Earlier,
}
