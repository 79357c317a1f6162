use std::fmt;
use std::hash::{Hash, Hasher};

use base64ct::{Base64UrlUnpadded, Encoding};
use sha2::{Digest, Sha256};

use crate::text::parsed_from_str;
use crate::{DigestAlgorithm, IdentityError, uri};

const FORM: &str = "a public key identifier, ni:///, an algorithm, a semicolon and a digest";

/// A public key identifier: an `ni` URI of the SubjectPublicKeyInfo of a raw public key (TS-0003 V3.18.0, 10.1.2;
/// RFC 6920, 2 and 3).
///
/// Two of them are equal if algorithm and digest are; authority and query help to find a thing and do not identify it
/// (RFC 6920, 2). An identifier of a longer digest is not equal to one of a shorter digest of the same key.
#[derive(Clone, Debug)]
pub struct PublicKeyId {
    text: String,
    algorithm: DigestAlgorithm,
    digest: Vec<u8>,
}

impl PublicKeyId {
    /// The identifier of the key with the given DER of SubjectPublicKeyInfo, without authority and query.
    pub fn of(spki: &[u8], algorithm: DigestAlgorithm) -> Self {
        let digest = truncated(spki, algorithm);
        Self {
            text: format!(
                "ni:///{algorithm};{}",
                Base64UrlUnpadded::encode_string(&digest)
            ),
            algorithm,
            digest,
        }
    }

    /// Reads an `ni` URI with one of the algorithms that 10.1.2 allows and a digest of its length: base64url without
    /// padding and without stray bits.
    pub fn parse(text: &str) -> Result<Self, IdentityError> {
        uri::check_characters(text, "a public key identifier")?;
        let malformed = || IdentityError::Form {
            expected: FORM,
            got: text.to_owned(),
        };
        let (scheme, rest) = uri::split_scheme(text).ok_or_else(malformed)?;
        if !scheme.eq_ignore_ascii_case("ni") {
            return Err(malformed());
        }
        let path = rest.split_once(['?', '#']).map_or(rest, |(path, _)| path);
        let (algorithm, value) = path
            .strip_prefix("//")
            .and_then(|path| path.split_once('/'))
            .and_then(|(_, name)| name.split_once(';'))
            .ok_or_else(malformed)?;
        let algorithm = DigestAlgorithm::parse(algorithm)?;
        Ok(Self {
            text: text.to_owned(),
            algorithm,
            digest: decode(value, algorithm)?,
        })
    }

    /// Whether the identifier is that of the key with the given DER of SubjectPublicKeyInfo: its digest by the
    /// algorithm of the identifier is the whole digest in the identifier.
    pub fn matches(&self, spki: &[u8]) -> bool {
        truncated(spki, self.algorithm) == self.digest
    }

    /// The algorithm that the identifier names.
    pub fn algorithm(&self) -> DigestAlgorithm {
        self.algorithm
    }

    /// The digest, as long as its algorithm makes it.
    pub fn digest(&self) -> &[u8] {
        &self.digest
    }
}

impl fmt::Display for PublicKeyId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

parsed_from_str!(PublicKeyId);

impl PartialEq for PublicKeyId {
    fn eq(&self, other: &Self) -> bool {
        self.algorithm == other.algorithm && self.digest == other.digest
    }
}

impl Eq for PublicKeyId {}

impl Hash for PublicKeyId {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.algorithm.hash(state);
        self.digest.hash(state);
    }
}

fn truncated(spki: &[u8], algorithm: DigestAlgorithm) -> Vec<u8> {
    Sha256::digest(spki)
        .into_iter()
        .take(algorithm.length())
        .collect()
}

fn decode(value: &str, algorithm: DigestAlgorithm) -> Result<Vec<u8>, IdentityError> {
    let digest = Base64UrlUnpadded::decode_vec(value)
        .ok()
        .filter(|digest| Base64UrlUnpadded::encode_string(digest) == value)
        .ok_or_else(|| IdentityError::Form {
            expected: "a digest in base64url without padding",
            got: value.to_owned(),
        })?;
    if digest.len() != algorithm.length() {
        return Err(IdentityError::Digest {
            algorithm: algorithm.name(),
            expected: algorithm.length(),
            got: digest.len(),
        });
    }
    Ok(digest)
}

#[cfg(test)]
mod tests {
    use super::PublicKeyId;
    use crate::{DigestAlgorithm, IdentityError};

    /// The key of RFC 6979, A.2.5.
    const SPKI: [u8; 91] = [
        0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08,
        0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00, 0x04, 0x60, 0xfe, 0xd4,
        0xba, 0x25, 0x5a, 0x9d, 0x31, 0xc9, 0x61, 0xeb, 0x74, 0xc6, 0x35, 0x6d, 0x68, 0xc0, 0x49,
        0xb8, 0x92, 0x3b, 0x61, 0xfa, 0x6c, 0xe6, 0x69, 0x62, 0x2e, 0x60, 0xf2, 0x9f, 0xb6, 0x79,
        0x03, 0xfe, 0x10, 0x08, 0xb8, 0xbc, 0x99, 0xa4, 0x1a, 0xe9, 0xe9, 0x56, 0x28, 0xbc, 0x64,
        0xf2, 0xf1, 0xb2, 0x0c, 0x2d, 0x7e, 0x9f, 0x51, 0x77, 0xa3, 0xc2, 0x94, 0xd4, 0x46, 0x22,
        0x99,
    ];
    const WHOLE: &str = "ni:///sha-256;Wnp4zKSg9CDZvGK7Zpw8J1njn3I9OuENy-DwgVoH7NQ";
    const SIXTEEN: &str = "ni:///sha-256-128;Wnp4zKSg9CDZvGK7Zpw8Jw";
    const FIFTEEN: &str = "ni:///sha-256-120;Wnp4zKSg9CDZvGK7Zpw8";

    fn parse(text: &str) -> PublicKeyId {
        PublicKeyId::parse(text).unwrap()
    }

    #[test]
    fn key_of_rfc_6979_has_one_identifier_for_each_algorithm() {
        for (algorithm, text) in [
            (DigestAlgorithm::Sha256, WHOLE),
            (DigestAlgorithm::Sha256Of128, SIXTEEN),
            (DigestAlgorithm::Sha256Of120, FIFTEEN),
        ] {
            let id = PublicKeyId::of(&SPKI, algorithm);
            assert_eq!(id.to_string(), text);
            assert_eq!(id, parse(text));
            assert!(parse(text).matches(&SPKI));
        }
    }

    #[test]
    fn other_keys_and_other_encodings_of_the_key_do_not_match() {
        let mut other = SPKI;
        other[90] ^= 1;
        for text in [WHOLE, SIXTEEN, FIFTEEN] {
            assert!(!parse(text).matches(&other));
            assert!(!parse(text).matches(&SPKI[26..]), "the bare point");
            assert!(!parse(text).matches(b""));
        }
    }

    #[test]
    fn last_octet_of_a_digest_counts() {
        for text in [
            "ni:///sha-256;Wnp4zKSg9CDZvGK7Zpw8J1njn3I9OuENy-DwgVoH7NU",
            "ni:///sha-256-128;Wnp4zKSg9CDZvGK7Zpw8KA",
            "ni:///sha-256-120;Wnp4zKSg9CDZvGK7Zpw9",
        ] {
            assert!(!parse(text).matches(&SPKI), "{text}");
        }
    }

    #[test]
    fn authority_and_query_do_not_identify() {
        let text = "ni://example.com/sha-256-120;Wnp4zKSg9CDZvGK7Zpw8?ct=application/x-x509";
        assert_eq!(parse(text), parse(FIFTEEN));
        assert_eq!(parse(text).to_string(), text);
        assert_ne!(parse(SIXTEEN), parse(FIFTEEN));
    }

    #[test]
    fn short_and_foreign_algorithms_are_refused() {
        for (text, name) in [
            ("ni:///sha-256-96;Wnp4zKSg9CDZvGK7", "sha-256-96"),
            ("ni:///sha-256-64;Wnp4zKSg9CA", "sha-256-64"),
            ("ni:///sha-256-32;Wnp4zA", "sha-256-32"),
            ("ni:///SHA-256-120;Wnp4zKSg9CDZvGK7Zpw8", "SHA-256-120"),
            ("ni:///sha-384;Wnp4zA", "sha-384"),
            ("ni:///;Wnp4zA", ""),
        ] {
            assert_eq!(
                PublicKeyId::parse(text),
                Err(IdentityError::Algorithm {
                    got: name.to_owned()
                })
            );
        }
    }

    #[test]
    fn digest_of_another_length_is_refused() {
        for (text, algorithm, expected, got) in [
            ("ni:///sha-256;Wnp4zKSg9CDZvGK7Zpw8Jw", "sha-256", 32, 16),
            (
                "ni:///sha-256-128;Wnp4zKSg9CDZvGK7Zpw8",
                "sha-256-128",
                16,
                15,
            ),
            (
                "ni:///sha-256-120;Wnp4zKSg9CDZvGK7Zpw8Jw",
                "sha-256-120",
                15,
                16,
            ),
            ("ni:///sha-256-120;", "sha-256-120", 15, 0),
        ] {
            assert_eq!(
                PublicKeyId::parse(text),
                Err(IdentityError::Digest {
                    algorithm,
                    expected,
                    got
                })
            );
        }
    }

    #[test]
    fn other_encodings_and_forms_are_refused() {
        for text in [
            "",
            "ni:",
            "ni:///",
            "ni://sha-256-120;Wnp4zKSg9CDZvGK7Zpw8",
            "ni:/sha-256-120;Wnp4zKSg9CDZvGK7Zpw8",
            "ni:///sha-256-120",
            "ni:///sha-256-128;Wnp4zKSg9CDZvGK7Zpw8Jw==",
            "ni:///sha-256-128;Wnp4zKSg9CDZvGK7Zpw8Jx",
            "ni:///sha-256;Wnp4zKSg9CDZvGK7Zpw8J1njn3I9OuENy+DwgVoH7NQ",
            "ni:///sha-256-120;Wnp4zKSg9CDZvGK7Zpw8 ",
            "nih:sha-256-120;5a7a-78cc",
            "https://example.com/.well-known/ni/sha-256-120/Wnp4zKSg9CDZvGK7Zpw8",
            "sha-256-120;Wnp4zKSg9CDZvGK7Zpw8",
        ] {
            assert!(PublicKeyId::parse(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn scheme_is_read_in_either_case() {
        assert_eq!(
            parse("NI:///sha-256-120;Wnp4zKSg9CDZvGK7Zpw8"),
            parse(FIFTEEN)
        );
    }
}
