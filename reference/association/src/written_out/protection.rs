use onem2m_keys::WriteKeys;

use super::{Cipher, Clauses, Refusal, aead, block_cipher, mac};

use crate::messages::{AlertDescription, ContentType, ProtocolVersion};

/// The protection of the records of one direction (RFC 5246, 6.2.3).
#[derive(Clone, Debug)]
pub struct Protection {
    /// How records are protected.
    pub cipher: Cipher,
    /// The keys with which the sender writes.
    pub keys: WriteKeys,
}

/// What a record is authenticated with beside its content.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct RecordContext {
    /// The sequence number; in DTLS the epoch in front of it (RFC 6347, 4.1.2.1).
    pub number: u64,
    /// The type of the record.
    pub content_type: ContentType,
    /// The version of the record.
    pub version: ProtocolVersion,
}

/// In what way a record did not open.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum OpenFailure {
    /// The fragment cannot have this length.
    Length,
    /// The padding of the block cipher is not as it has to be.
    Padding,
    /// The MAC or the tag is not that of the record.
    Authentication,
}

impl Protection {
    /// The fragment that carries `content`.
    pub fn seal(&self, context: &RecordContext, content: &[u8]) -> Result<Vec<u8>, Refusal> {
        match self.cipher {
            Cipher::Aes128CbcSha256 => block_cipher::seal(&self.keys, context, content),
            Cipher::Aes128Ccm8 => aead::seal::<aead::Ccm8>(&self.keys, context, content),
            Cipher::Aes128Ccm => aead::seal::<aead::Ccm16>(&self.keys, context, content),
            Cipher::NullSha256 => {
                let mac = mac::of_record(&self.keys.mac_key, context, content);
                Ok([content, &mac].concat())
            }
        }
    }
}

impl RecordContext {
    /// What is authenticated in front of a content of `length` octets (RFC 5246, 6.2.3.1 and 6.2.3.3).
    pub(crate) fn authenticated(&self, length: usize) -> Vec<u8> {
        let length = u16::try_from(length).unwrap_or(u16::MAX);
        [
            self.number.to_be_bytes().as_slice(),
            &[self.content_type.0],
            &self.version.0.to_be_bytes(),
            &length.to_be_bytes(),
        ]
        .concat()
    }
}

/// The content of a fragment, if it is the one that the sender protected at this place (RFC 5246, 6.2.3).
pub(crate) fn open(
    clauses: &Clauses,
    protection: &Protection,
    context: &RecordContext,
    fragment: &[u8],
) -> Result<Vec<u8>, Refusal> {
    let keys = &protection.keys;
    let opened = match protection.cipher {
        Cipher::Aes128CbcSha256 => block_cipher::open(clauses, keys, context, fragment),
        Cipher::Aes128Ccm8 => aead::open::<aead::Ccm8>(keys, context, fragment),
        Cipher::Aes128Ccm => aead::open::<aead::Ccm16>(keys, context, fragment),
        Cipher::NullSha256 => open_null(clauses, keys, context, fragment),
    };
    opened.map_err(|failure| {
        Refusal::new(
            (clauses.open_failure)(failure),
            "the record does not open: expected one that the peer protected at this place",
        )
    })
}

/// The alert for a record that does not open: the same, whatever is wrong (RFC 5246, 6.2.3.2 and 7.2.2).
pub(crate) fn open_failure(_: OpenFailure) -> AlertDescription {
    AlertDescription::BAD_RECORD_MAC
}

/// RFC 5246, 6.2.3.1.
fn open_null(
    clauses: &Clauses,
    keys: &WriteKeys,
    context: &RecordContext,
    fragment: &[u8],
) -> Result<Vec<u8>, OpenFailure> {
    let (content, got) = fragment
        .split_last_chunk::<{ mac::LENGTH }>()
        .ok_or(OpenFailure::Length)?;
    let expected = mac::of_record(&keys.mac_key, context, content);
    if (clauses.mac)(&expected, got) {
        Ok(content.to_vec())
    } else {
        Err(OpenFailure::Authentication)
    }
}
