//! Forms of public key identifiers other than the usual one.

use base64ct::{Base64UrlUnpadded, Encoding};
use onem2m_identity::PublicKeyId;
use schemars::JsonSchema;
use serde::Deserialize;

/// Whose name helps to find a key, and does not identify it (RFC 6920, 2).
const AUTHORITY: &str = "example.com";

/// How the IUT was told a public key identifier otherwise than TS-0003 V3.18.0, 10.1.2 has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum IdentifierForm {
    /// With padding behind the digest, which RFC 6920, 3 has not.
    Padded,
    /// With `+` and `/` in the digest in place of `-` and `_` (RFC 4648, 4).
    OtherAlphabet,
    /// With a digest that lacks its last octet.
    Cut,
    /// With an authority, which is no part of what is compared (RFC 6920, 2).
    Located,
}

impl IdentifierForm {
    /// The identifier in this form.
    pub fn of(self, identifier: &PublicKeyId) -> String {
        let text = identifier.to_string();
        let (name, digest) = text.split_once(';').unwrap_or((&text, ""));
        match self {
            Self::Padded => {
                let missing = (4 - digest.len() % 4) % 4;
                format!("{text}{}", "=".repeat(missing))
            }
            Self::OtherAlphabet => {
                format!("{name};{}", digest.replace('-', "+").replace('_', "/"))
            }
            Self::Cut => {
                let octets = identifier.digest();
                let octets = octets.split_last().map_or(octets, |(_, rest)| rest);
                format!("{name};{}", Base64UrlUnpadded::encode_string(octets))
            }
            Self::Located => text.replacen("ni:///", &format!("ni://{AUTHORITY}/"), 1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use onem2m_identity::DigestAlgorithm;

    /// The digest of this key has both letters that the alphabets differ in.
    fn identifier() -> PublicKeyId {
        (0_u32..)
            .map(|number| PublicKeyId::of(&number.to_be_bytes(), DigestAlgorithm::Sha256))
            .find(|identifier| {
                let text = identifier.to_string();
                text.contains('_') && text.replace("sha-", "").contains('-')
            })
            .unwrap()
    }

    #[test]
    fn malformed_identifiers_do_not_read() {
        for form in [
            IdentifierForm::Padded,
            IdentifierForm::OtherAlphabet,
            IdentifierForm::Cut,
        ] {
            let text = form.of(&identifier());
            assert!(PublicKeyId::parse(&text).is_err(), "{text}");
        }
    }

    #[test]
    fn identifier_with_an_authority_is_the_same() {
        let text = IdentifierForm::Located.of(&identifier());
        assert!(text.starts_with("ni://example.com/sha-256;"));
        assert_eq!(PublicKeyId::parse(&text).as_ref(), Ok(&identifier()));
    }
}
