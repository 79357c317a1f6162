use std::borrow::Borrow;
use std::fmt;
use std::hash::{Hash, Hasher};

use crate::text::from_octets;
use crate::{IdentityError, SymmetricKeyId};

const WHAT: &str = "a psk_identity";

/// A `psk_identity` as a ClientKeyExchange carries it: UTF-8 (RFC 4279, 5.1) of at most
/// [`PskIdentity::LIMIT`] octets.
///
/// Two of them are equal if their octets are. A map keyed by `PskIdentity` is asked with the octets from the wire,
/// `map.get(octets)`: what is not the very same identity finds nothing, whatever its form.
#[derive(Clone)]
pub struct PskIdentity {
    text: String,
    form: PskIdentityForm,
}

/// What the text of a [`PskIdentity`] is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PskIdentityForm {
    /// A relative part and a domain name around an `@`: what KpsaID, KmID, KpmID, KeID and Key Identifier have in
    /// common (TS-0003 V3.18.0, 10.3.4, 10.3.5, 10.5 and 10.6).
    KeyId(SymmetricKeyId),
    /// Not of that grammar, for this reason; a B-TID of the GBA framework may well have `+`, `/` or `=` in it.
    Other(IdentityError),
}

impl PskIdentity {
    /// The longest identity: as long as every implementation has to take (RFC 4279, 5.3).
    pub const LIMIT: usize = 128;

    /// Reads the octets of the identity, without their length.
    pub fn parse(octets: &[u8]) -> Result<Self, IdentityError> {
        if octets.is_empty() {
            return Err(IdentityError::Empty { expected: WHAT });
        }
        if octets.len() > Self::LIMIT {
            return Err(IdentityError::Length {
                what: WHAT,
                limit: Self::LIMIT,
                got: octets.len(),
            });
        }
        let text = from_octets(octets, WHAT)?;
        let form =
            SymmetricKeyId::parse(text).map_or_else(PskIdentityForm::Other, PskIdentityForm::KeyId);
        Ok(Self {
            text: text.to_owned(),
            form,
        })
    }

    /// The octets as they were read.
    pub fn octets(&self) -> &[u8] {
        self.text.as_bytes()
    }

    /// The octets as the text that they are.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// What the text is.
    pub fn form(&self) -> &PskIdentityForm {
        &self.form
    }

    /// The identifier of a key that the text is, if it has that form. It becomes a [`KpsaId`](crate::KpsaId), a
    /// [`KmId`](crate::KmId) or a [`KeyIdentifier`](crate::KeyIdentifier) by `into()`, according to what the receiver
    /// has configured for its domain name.
    pub fn key_id(&self) -> Option<&SymmetricKeyId> {
        match &self.form {
            PskIdentityForm::KeyId(id) => Some(id),
            PskIdentityForm::Other(_) => None,
        }
    }
}

impl fmt::Display for PskIdentity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

impl fmt::Debug for PskIdentity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_tuple("PskIdentity")
            .field(&self.text)
            .finish()
    }
}

impl PartialEq for PskIdentity {
    fn eq(&self, other: &Self) -> bool {
        self.octets() == other.octets()
    }
}

impl Eq for PskIdentity {}

// As the octets do, which `Borrow` demands.
impl Hash for PskIdentity {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.octets().hash(state);
    }
}

impl Borrow<[u8]> for PskIdentity {
    fn borrow(&self) -> &[u8] {
        self.octets()
    }
}

impl TryFrom<&SymmetricKeyId> for PskIdentity {
    type Error = IdentityError;

    /// Refuses an identifier that is longer than [`PskIdentity::LIMIT`].
    fn try_from(id: &SymmetricKeyId) -> Result<Self, Self::Error> {
        Self::parse(id.to_string().as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::{PskIdentity, PskIdentityForm};
    use crate::{IdentityError, KeyIdentifier, KpsaId, SymmetricKeyId};

    /// ClientKeyExchange body of a handshake recorded with OpenSSL, behind its two octets of length.
    const RECORDED: &[u8] = b"AE123456789012-Lock@in.provider.com";

    fn parse(octets: &[u8]) -> PskIdentity {
        PskIdentity::parse(octets).unwrap()
    }

    #[test]
    fn identifier_of_a_key_shows_its_parts() {
        let identity = parse(RECORDED);
        let id = identity.key_id().unwrap();
        assert_eq!(
            (id.relative().as_str(), id.domain().as_str()),
            ("AE123456789012-Lock", "in.provider.com")
        );
        assert_eq!(
            KpsaId::from(id.clone()).issuer().as_str(),
            "in.provider.com"
        );
        assert_eq!(identity.octets(), RECORDED);
    }

    #[test]
    fn key_identifier_of_a_maf_is_read_in_full() {
        let identity = parse(b"5b9f616dcdc3cc0614bfb5283171f2f6@maf.example.com");
        let id = KeyIdentifier::from(identity.key_id().unwrap().clone());
        assert!(id.kc_id().is_some());
    }

    #[test]
    fn text_of_another_grammar_is_kept_with_the_reason() {
        let identity = parse("ä@in.example.com".as_bytes());
        assert!(matches!(
            identity.form(),
            PskIdentityForm::Other(IdentityError::Character { got: 'ä', .. })
        ));
        assert_eq!(identity.octets(), "ä@in.example.com".as_bytes());
        assert_eq!(identity.key_id(), None);
    }

    #[test]
    fn nul_is_neither_an_end_nor_part_of_an_identifier() {
        let identity = parse(b"dev-1@in.example.com\0evil");
        assert_eq!(identity.key_id(), None);
        assert_ne!(identity, parse(b"dev-1@in.example.com"));
    }

    #[test]
    fn identity_of_128_octets_is_the_longest() {
        let longest = format!("{}@psk.example.test", "a".repeat(111));
        assert!(parse(longest.as_bytes()).key_id().is_some());
        assert_eq!(
            PskIdentity::parse(format!("a{longest}").as_bytes()),
            Err(IdentityError::Length {
                what: "a psk_identity",
                limit: 128,
                got: 129
            })
        );
        let id = SymmetricKeyId::parse(&format!("a{longest}")).unwrap();
        assert!(PskIdentity::try_from(&id).is_err());
    }

    #[test]
    fn nothing_is_no_identity() {
        assert_eq!(
            PskIdentity::parse(b""),
            Err(IdentityError::Empty {
                expected: "a psk_identity"
            })
        );
    }

    #[test]
    fn octets_that_are_no_utf8_are_refused_and_not_replaced() {
        for (octets, from) in [
            (&b"ae1-\xfflock@in.example.com"[..], 4),
            (b"\xc0\x80@in.example.com", 0),
            (b"a\xed\xa0\x80@in.example.com", 1),
            (b"ae1@in.example.com\xc3", 18),
        ] {
            assert_eq!(
                PskIdentity::parse(octets),
                Err(IdentityError::Encoding {
                    what: "a psk_identity",
                    from
                })
            );
        }
    }

    #[test]
    fn look_up_is_by_exact_octets() {
        let table = HashMap::from([(parse(b"ae1-lock@in.example.com"), 1)]);
        assert_eq!(table.get(&b"ae1-lock@in.example.com"[..]), Some(&1));
        for octets in [
            &b"AE1-LOCK@in.example.com"[..],
            b"ae1-lock@IN.Example.COM",
            b"ae1-lock@in.example.com ",
            b"ae1-lock@in.example.com\0",
            b"ae1-lock@in.example.co",
            b"\xff",
            b"",
        ] {
            assert_eq!(table.get(octets), None, "{octets:02x?}");
        }
    }
}
