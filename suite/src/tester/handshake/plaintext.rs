use super::record_fault::RecordFault;
use onem2m_association::messages::ContentType;

/// A record before its protection.
#[derive(Debug, Clone, Copy)]
pub struct Plaintext<'p> {
    /// Its content type.
    pub content_type: ContentType,
    /// Its content.
    pub content: &'p [u8],
    /// What is made wrong in protecting it.
    pub fault: RecordFault,
}

impl<'p> Plaintext<'p> {
    /// A record in whose protection nothing is wrong.
    pub fn new(content_type: ContentType, content: &'p [u8]) -> Self {
        Self {
            content_type,
            content,
            fault: RecordFault::None,
        }
    }
}
