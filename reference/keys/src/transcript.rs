use sha2::{Digest, Sha256};

/// SHA-256 over the handshake messages so far, each with its header of four octets (RFC 5246, 7.4.9). Over those up to and
/// including the ClientKeyExchange it is the session hash (RFC 7627, 3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TranscriptHash([u8; 32]);

impl TranscriptHash {
    /// The hash over messages in the order in which they were sent.
    pub fn over<'messages>(messages: impl IntoIterator<Item = &'messages [u8]>) -> Self {
        let mut hash = Sha256::new();
        for message in messages {
            hash.update(message);
        }
        Self(hash.finalize().into())
    }

    /// The octets.
    pub fn octets(&self) -> &[u8; 32] {
        &self.0
    }
}

impl From<[u8; 32]> for TranscriptHash {
    fn from(octets: [u8; 32]) -> Self {
        Self(octets)
    }
}

#[cfg(test)]
mod tests {
    use super::TranscriptHash;

    #[test]
    fn messages_are_hashed_one_behind_the_other() {
        let parts: [&[u8]; 3] = [b"a", b"", b"bc"];
        let whole: [&[u8]; 1] = [b"abc"];
        assert_eq!(TranscriptHash::over(parts), TranscriptHash::over(whole));
        // FIPS 180-4, the example of one block.
        assert_eq!(
            TranscriptHash::over(whole).octets()[..4],
            [0xba, 0x78, 0x16, 0xbf]
        );
    }
}
