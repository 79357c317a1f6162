use crate::ContentEncryption;

/// A protocol with its AEAD algorithm, by its number (TS-0004 V3.32.0, 6.3.4.2.41). Any number can stand in a rand object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ProtocolId(pub u64);

impl ProtocolId {
    /// What the number stands for; `None` is none that is known.
    pub fn content_encryption(self) -> Option<ContentEncryption> {
        ContentEncryption::ALL
            .into_iter()
            .find(|algorithm| Self::from(*algorithm) == self)
    }
}

/// JWE Compact Serialization with this `enc`.
impl From<ContentEncryption> for ProtocolId {
    fn from(algorithm: ContentEncryption) -> Self {
        Self(match algorithm {
            ContentEncryption::A128Gcm => 10,
            ContentEncryption::A192Gcm => 11,
            ContentEncryption::A256Gcm => 12,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::ProtocolId;
    use crate::ContentEncryption;

    #[test]
    fn three_numbers_are_known() {
        let known: Vec<_> = (0..100)
            .filter_map(|id| ProtocolId(id).content_encryption())
            .collect();
        assert_eq!(known, ContentEncryption::ALL);
    }
}
