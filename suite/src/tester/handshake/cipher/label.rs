use onem2m_association::messages::{ContentType, ProtocolVersion};

/// What of a record is protected beside its content.
#[derive(Debug, Clone, Copy)]
pub struct RecordLabel {
    /// Its number; in DTLS epoch and number.
    pub sequence: u64,
    /// Its content type.
    pub content_type: ContentType,
    /// Its version.
    pub version: ProtocolVersion,
}

impl RecordLabel {
    /// The octets that are authenticated before the content (RFC 5246, 6.2.3.1 and 6.2.3.3).
    pub(super) fn octets(&self, length: usize) -> Vec<u8> {
        // A length beyond 16 bits is that of no record; the octets that are authenticated then do not matter.
        let length = u16::try_from(length).unwrap_or(u16::MAX);
        let mut octets = self.sequence.to_be_bytes().to_vec();
        octets.push(self.content_type.0);
        octets.extend_from_slice(&self.version.0.to_be_bytes());
        octets.extend_from_slice(&length.to_be_bytes());
        octets
    }
}
