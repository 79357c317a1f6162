use std::fmt;

use crate::text::{from_octets, parsed_from_str};
use crate::{Entity, IdentityError, uri};

const WHAT: &str = "the URI of an AE";

/// The full URI representation of an AE-ID, which an AE-ID certificate holds in its subjectAltName
/// (TS-0003 V3.18.0, 10.1.1.5).
///
/// 8.1.2.5 wants it to match the Absolute AE-ID exactly; that begins with two slashes and has no scheme, which a URI in
/// a certificate needs (RFC 5280, 4.2.1.6). Both forms are read: `//m2m.example.com/S98821`, and the same behind a
/// scheme. [`entity`](Self::entity) is the AE, whatever the form.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct AeUri {
    scheme: Option<String>,
    entity: Entity,
}

impl AeUri {
    /// Reads an Absolute AE-ID, with or without a scheme before it. Nothing may follow: no port, query or fragment.
    pub fn parse(text: &str) -> Result<Self, IdentityError> {
        let (scheme, absolute) = match uri::split_scheme(text) {
            None => (None, text),
            Some((scheme, absolute)) => (Some(scheme.to_owned()), absolute),
        };
        Ok(Self {
            scheme,
            entity: Entity::parse_absolute_ae(absolute)?,
        })
    }

    /// Reads the octets of the URI, as a uniformResourceIdentifier holds them.
    pub fn from_octets(octets: &[u8]) -> Result<Self, IdentityError> {
        Self::parse(from_octets(octets, WHAT)?)
    }

    /// The URI of the given entity with the given scheme or none. A CSE has none.
    pub fn of(entity: &Entity, scheme: Option<&str>) -> Result<Self, IdentityError> {
        match scheme {
            None => Self::parse(&entity.absolute()),
            Some(scheme) => Self::parse(&format!("{scheme}:{entity}")),
        }
    }

    /// The scheme before the Absolute AE-ID, as it was written.
    pub fn scheme(&self) -> Option<&str> {
        self.scheme.as_deref()
    }

    /// The AE. The host part of the URI, which name constraints are about, is its [`sp`](Entity::sp).
    pub fn entity(&self) -> &Entity {
        &self.entity
    }
}

impl fmt::Display for AeUri {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(scheme) = &self.scheme {
            write!(formatter, "{scheme}:")?;
        }
        self.entity.fmt(formatter)
    }
}

parsed_from_str!(AeUri);

#[cfg(test)]
mod tests {
    use super::AeUri;
    use crate::{CseId, Entity, Home, SpId};

    fn home() -> Home {
        Home::new(
            SpId::parse("//m2m.example.com").unwrap(),
            CseId::parse("/iut").unwrap(),
        )
    }

    #[test]
    fn both_forms_are_the_same_ae() {
        let ae = Entity::parse("S98821", &home()).unwrap();
        for (text, scheme) in [
            ("//m2m.example.com/S98821", None),
            ("m2m://m2m.example.com/S98821", Some("m2m")),
            ("HTTPS://m2m.example.com/S98821", Some("HTTPS")),
        ] {
            let uri = AeUri::parse(text).unwrap();
            assert_eq!((uri.scheme(), uri.entity()), (scheme, &ae));
            assert_eq!(uri.to_string(), text);
            assert_eq!(AeUri::of(&ae, scheme), Ok(uri));
        }
    }

    #[test]
    fn examples_of_the_specification_are_accepted() {
        for text in [
            "//m2m.prov.com/CSE3219/C9886",
            "//m2m.things.com/ab3f124a/Ca2efb3f4",
            "//m2m.things.com/S98821",
        ] {
            assert_eq!(AeUri::parse(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn cse_has_no_uri_of_an_ae() {
        let cse = Entity::hosting(&home());
        assert!(AeUri::of(&cse, None).is_err());
    }

    #[test]
    fn scheme_has_to_be_one() {
        let ae = Entity::parse("S98821", &home()).unwrap();
        for scheme in ["", "9", "a b", "m2m:"] {
            assert!(AeUri::of(&ae, Some(scheme)).is_err(), "{scheme:?}");
        }
    }

    #[test]
    fn other_uris_wildcards_and_octets_are_refused() {
        for octets in [
            &b""[..],
            b"S98821",
            b"/S98821",
            b"https:",
            b"https:/S98821",
            b"//m2m.example.com",
            b"//m2m.example.com/iut",
            b"//m2m.example.com/S98821/",
            b"//m2m.example.com/iut/S98821",
            b"//m2m.example.com/CtpA2",
            b"//m2m.example.com/S*",
            b"//*.example.com/S98821",
            b"//M2M.example.com/S98821",
            b"https://m2m.example.com:443/S98821",
            b"https://u@m2m.example.com/S98821",
            b"https://m2m.example.com/S98821?x",
            b"https://m2m.example.com/S98821#x",
            b"//m2m.example.com/S98821\0",
            b"//m2m.example.com/S\xff",
        ] {
            assert!(AeUri::from_octets(octets).is_err(), "{octets:02x?}");
        }
    }
}
