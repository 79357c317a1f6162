use onem2m_keys::TranscriptHash;

/// The messages of a handshake so far, in their order (RFC 5246, 7.4.9).
#[derive(Debug, Clone, Default)]
pub struct Transcript(Vec<Vec<u8>>);

impl Transcript {
    /// Adds a message with its header.
    pub fn push(&mut self, message: Vec<u8>) {
        self.0.push(message);
    }

    /// Forgets everything: what precedes the cookie of DTLS does not count (RFC 6347, 4.2.1).
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Their hash.
    pub fn hash(&self) -> TranscriptHash {
        TranscriptHash::over(self.0.iter().map(Vec::as_slice))
    }

    /// They, one behind the other, but for those of a type.
    pub fn octets_without(&self, message_type: Option<u8>) -> Vec<u8> {
        let kept = self
            .0
            .iter()
            .filter(|message| message_type.is_none() || message.first() != message_type.as_ref());
        kept.flatten().copied().collect()
    }
}
