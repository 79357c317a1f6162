use crate::hmac::hmac_sha256;
use crate::secret::secret_key;
use crate::{KeyError, PairwiseEsPrimKey};

/// What is hashed after both rand objects (TS-0003 V3.18.0, 10.3.8.2).
pub const SESSION_KEY_LABEL: &str = "oneM2M HMAC-SHA256 sessionESPrimKey derivation algorithm";

/// An algorithm that derives sessionESPrimKey (TS-0003 V3.18.0, Table 10.3.8.1-1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionKeyAlgorithm {
    /// HMAC-SHA256, which everybody supports.
    HmacSha256,
}

impl SessionKeyAlgorithm {
    /// The algorithm with this number (TS-0004 V3.32.0, 6.3.4.2.40), if there is one.
    pub fn from_id(id: u64) -> Option<Self> {
        match id {
            1 => Some(Self::HmacSha256),
            _ => None,
        }
    }

    /// Its number.
    pub fn id(self) -> u64 {
        match self {
            Self::HmacSha256 => 1,
        }
    }
}

secret_key!(
    /// sessionESPrimKey, which encrypts the primitives of a session in both directions (TS-0003 V3.18.0, 10.3.8).
    SessionEsPrimKey,
    32,
    "a session key"
);

impl SessionEsPrimKey {
    /// Derives the key from the octets that stand for the two rand objects.
    pub fn derive(
        algorithm: SessionKeyAlgorithm,
        pairwise: &PairwiseEsPrimKey,
        receiver: &[u8],
        originator: &[u8],
    ) -> Self {
        match algorithm {
            SessionKeyAlgorithm::HmacSha256 => Self::over(
                pairwise,
                &[receiver, originator, SESSION_KEY_LABEL.as_bytes()],
            ),
        }
    }

    /// HMAC-SHA-256 over any parts, for whoever needs a key that is derived otherwise than it should be.
    pub fn over(pairwise: &PairwiseEsPrimKey, parts: &[&[u8]]) -> Self {
        Self(hmac_sha256(pairwise.octets(), parts))
    }

    /// The octets of the key that a cipher with a key of `length` octets takes. More than there are is
    /// [`KeyError::TooLong`].
    pub fn content_key(&self, length: usize, octets: ContentKeyOctets) -> Result<&[u8], KeyError> {
        let spare = Self::LENGTH.checked_sub(length);
        let part = spare.and_then(|spare| match octets {
            ContentKeyOctets::Leftmost => self.0.get(..length),
            ContentKeyOctets::Rightmost => self.0.get(spare..),
        });
        part.ok_or(KeyError::TooLong {
            what: "a content encryption key",
            limit: Self::LENGTH,
            got: length,
        })
    }
}

/// Which octets of sessionESPrimKey a cipher takes whose key is shorter: TS-0003 V3.18.0, 8.4.3.2 does not say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContentKeyOctets {
    /// The first.
    Leftmost,
    /// The last.
    Rightmost,
}

#[cfg(test)]
mod tests {
    use super::{ContentKeyOctets, SessionEsPrimKey, SessionKeyAlgorithm};
    use crate::KeyError;

    #[test]
    fn no_more_octets_than_there_are() {
        let key = SessionEsPrimKey::from([7; 32]);
        for octets in [ContentKeyOctets::Leftmost, ContentKeyOctets::Rightmost] {
            assert_eq!(key.content_key(32, octets), Ok(key.octets()));
            let expected = KeyError::TooLong {
                what: "a content encryption key",
                limit: 32,
                got: 33,
            };
            assert_eq!(key.content_key(33, octets), Err(expected));
        }
    }

    #[test]
    fn one_number_names_an_algorithm() {
        let known: Vec<_> = (0..20).filter_map(SessionKeyAlgorithm::from_id).collect();
        assert_eq!(known, [SessionKeyAlgorithm::HmacSha256]);
        assert!(known.iter().all(|algorithm| algorithm.id() == 1));
    }
}
