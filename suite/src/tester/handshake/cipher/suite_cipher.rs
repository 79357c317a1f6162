use super::mac::{authenticated, mac, verify};
use super::{CipherError, RecordLabel, cbc, ccm};
use crate::tester::handshake::record_fault::RecordFault;
use crate::tester::handshake::suite::Bulk;
use onem2m_keys::WriteKeys;
use rand_chacha::rand_core::Rng;

/// What protects the records of one direction.
#[derive(Debug, Clone)]
pub enum Cipher {
    /// Nothing.
    Null,
    /// A suite with its keys.
    Suite(Bulk, WriteKeys),
}

impl Cipher {
    /// The fragment that carries the content.
    pub fn seal(
        &self,
        label: &RecordLabel,
        content: &[u8],
        fault: RecordFault,
        random: &mut impl Rng,
    ) -> Result<Vec<u8>, CipherError> {
        let mut fragment = match self {
            Self::Null => content.to_vec(),
            Self::Suite(Bulk::NullSha256, keys) => {
                [content, &mac(keys, label, content, fault)?].concat()
            }
            Self::Suite(Bulk::CbcSha256, keys) => cbc::seal(keys, label, content, fault, random)?,
            Self::Suite(Bulk::Ccm8, keys) => ccm::seal(keys, label, content)?,
        };
        let damaged = match self {
            Self::Suite(Bulk::Ccm8, _) => fault != RecordFault::None,
            _ => fault == RecordFault::Ciphertext,
        };
        if damaged && let Some(last) = fragment.last_mut() {
            *last ^= 1;
        }
        Ok(fragment)
    }

    /// The content of a fragment.
    pub fn open(&self, label: &RecordLabel, fragment: &[u8]) -> Result<Vec<u8>, CipherError> {
        match self {
            Self::Null => Ok(fragment.to_vec()),
            Self::Suite(Bulk::NullSha256, keys) => {
                let (content, code) = authenticated(fragment, fragment.len())?;
                verify(keys, label, content, code)?;
                Ok(content.to_vec())
            }
            Self::Suite(Bulk::CbcSha256, keys) => cbc::open(keys, label, fragment),
            Self::Suite(Bulk::Ccm8, keys) => ccm::open(keys, label, fragment),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use onem2m_association::messages::{ContentType, ProtocolVersion};
    use onem2m_keys::{KeyBlock, MasterSecret, Randoms};
    use rand_chacha::ChaCha20Rng;
    use rand_chacha::rand_core::SeedableRng;

    const LABEL: RecordLabel = RecordLabel {
        sequence: 7,
        content_type: ContentType::APPLICATION_DATA,
        version: ProtocolVersion::TLS_1_2,
    };

    fn cipher(bulk: Bulk) -> Cipher {
        let randoms = Randoms {
            client: [1; 32],
            server: [2; 32],
        };
        let block = KeyBlock::expand(&MasterSecret::from([3; 48]), &randoms, bulk.lengths());
        Cipher::Suite(bulk, block.client)
    }

    fn sealed(bulk: Bulk, content: &[u8], fault: RecordFault) -> Vec<u8> {
        let mut random = ChaCha20Rng::from_seed([4; 32]);
        cipher(bulk)
            .seal(&LABEL, content, fault, &mut random)
            .unwrap()
    }

    #[test]
    fn content_of_every_length_opens_as_it_was() {
        for bulk in [Bulk::CbcSha256, Bulk::Ccm8, Bulk::NullSha256] {
            for length in 0..40 {
                let content = vec![7; length];
                let fragment = sealed(bulk, &content, RecordFault::None);
                assert_eq!(cipher(bulk).open(&LABEL, &fragment), Ok(content));
            }
        }
    }

    #[test]
    fn each_fault_is_told_by_who_opens() {
        let open = |fault| {
            cipher(Bulk::CbcSha256).open(&LABEL, &sealed(Bulk::CbcSha256, b"content", fault))
        };
        assert_eq!(open(RecordFault::Mac), Err(CipherError::Authentication));
        assert_eq!(open(RecordFault::Padding), Err(CipherError::Padding));
        assert_eq!(open(RecordFault::PaddingLength), Err(CipherError::Padding));
        assert!(open(RecordFault::Ciphertext).is_err());
    }

    #[test]
    fn wrong_padding_is_there_whatever_the_length() {
        for length in 0..20 {
            let fragment = sealed(Bulk::CbcSha256, &vec![7; length], RecordFault::Padding);
            let opened = cipher(Bulk::CbcSha256).open(&LABEL, &fragment);
            assert_eq!(opened, Err(CipherError::Padding));
        }
    }

    #[test]
    fn record_under_another_number_does_not_open() {
        let other = RecordLabel {
            sequence: 8,
            ..LABEL
        };
        for bulk in [Bulk::CbcSha256, Bulk::Ccm8, Bulk::NullSha256] {
            let fragment = sealed(bulk, b"content", RecordFault::None);
            let opened = cipher(bulk).open(&other, &fragment);
            assert_eq!(opened, Err(CipherError::Authentication));
        }
    }
}
