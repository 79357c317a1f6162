//! What an EST server sends, read as far as it is judged.

use x509_parser::asn1_rs::{Any, Class, FromDer as _, Oid, Tag};

/// signedData (RFC 5652, 5.1).
const SIGNED_DATA: &str = "1.2.840.113549.1.7.2";
/// challengePassword (RFC 2985, 5.4.1).
const CHALLENGE_PASSWORD: &str = "1.2.840.113549.1.9.7";
/// subjectAltName (RFC 5280, 4.2.1.6).
const SUBJECT_ALT_NAME: &str = "2.5.29.17";

/// What CSR attributes ask for (RFC 7030, 4.5.2).
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Attributes {
    /// Whether challengePassword is among them.
    pub wants_challenge: bool,
    /// Its text, if it has one.
    pub challenge: Option<String>,
    /// Whether subjectAltName is, as an extension or by itself.
    pub wants_names: bool,
}

impl Attributes {
    /// Reads them; none if the octets are none.
    pub fn read(octets: &[u8]) -> Option<Self> {
        let [whole] = &elements(octets)?[..] else {
            return None;
        };
        let mut attributes = Self::default();
        for element in elements(whole.sequence()?)? {
            let (kind, values) = match element.identifier() {
                Some(kind) => (kind, Vec::new()),
                None => {
                    let parts = elements(element.sequence()?)?;
                    let [kind, values] = &parts[..] else {
                        return None;
                    };
                    (kind.identifier()?, elements(values.content)?)
                }
            };
            if kind == CHALLENGE_PASSWORD {
                attributes.wants_challenge = true;
                attributes.challenge = values.iter().find_map(Element::text);
            }
            let named = values.iter().any(Element::names_alternative_names);
            attributes.wants_names |= named || kind == SUBJECT_ALT_NAME;
        }
        Some(attributes)
    }
}

/// The certificates of a certs-only message (RFC 7030, 4.1.3), each in DER; none if it is no such message.
pub fn certificates(octets: &[u8]) -> Option<Vec<Vec<u8>>> {
    let [whole] = &elements(octets)?[..] else {
        return None;
    };
    let parts = elements(whole.sequence()?)?;
    let [kind, content] = &parts[..] else {
        return None;
    };
    if kind.identifier()? != SIGNED_DATA || !content.is_context(0) {
        return None;
    }
    let [signed] = &elements(content.content)?[..] else {
        return None;
    };
    let parts = elements(signed.sequence()?)?;
    // Behind version, digest algorithms and content.
    let certificates = parts.get(3).filter(|part| part.is_context(0))?;
    let certificates = elements(certificates.content)?;
    Some(
        certificates
            .iter()
            .map(|certificate| certificate.whole.to_vec())
            .collect(),
    )
}

/// One element of DER.
struct Element<'a> {
    class: Class,
    tag: Tag,
    whole: &'a [u8],
    content: &'a [u8],
}

impl<'a> Element<'a> {
    fn sequence(&self) -> Option<&'a [u8]> {
        (self.class == Class::Universal && self.tag == Tag::Sequence).then_some(self.content)
    }

    fn is_context(&self, number: u32) -> bool {
        self.class == Class::ContextSpecific && self.tag.0 == number
    }

    fn identifier(&self) -> Option<String> {
        let is_one = self.class == Class::Universal && self.tag == Tag::Oid;
        is_one.then(|| Oid::new(self.content.into()).to_id_string())
    }

    fn text(&self) -> Option<String> {
        let texts = [
            Tag::Utf8String,
            Tag::PrintableString,
            Tag::T61String,
            Tag::Ia5String,
        ];
        let is_text = self.class == Class::Universal && texts.contains(&self.tag);
        is_text.then(|| String::from_utf8_lossy(self.content).into_owned())
    }

    /// Whether it is the identifier of subjectAltName, or something with that in it.
    fn names_alternative_names(&self) -> bool {
        match self.identifier() {
            Some(identifier) => identifier == SUBJECT_ALT_NAME,
            None => self
                .sequence()
                .and_then(elements)
                .is_some_and(|parts| parts.iter().any(Self::names_alternative_names)),
        }
    }
}

/// The elements one behind the other in octets; none if these are something else.
fn elements(octets: &[u8]) -> Option<Vec<Element<'_>>> {
    let mut rest = octets;
    let mut all = Vec::new();
    while !rest.is_empty() {
        let (behind, any) = Any::from_der(rest).ok()?;
        let (class, tag) = (any.class(), any.tag());
        let whole = rest.get(..rest.len() - behind.len())?;
        let content = whole.get(whole.len() - any.header.length().definite().ok()?..)?;
        all.push(Element {
            class,
            tag,
            whole,
            content,
        });
        rest = behind;
    }
    Some(all)
}

#[cfg(test)]
mod tests {
    use super::{Attributes, certificates};

    #[test]
    fn attributes_are_found_as_identifiers_and_with_values() {
        // challengePassword by itself, and extensionRequest with subjectAltName as its value.
        let octets = [
            &[
                0x30, 0x1f, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x07,
            ][..],
            &[
                0x30, 0x12, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x0e,
            ],
            &[0x31, 0x05, 0x06, 0x03, 0x55, 0x1d, 0x11],
        ]
        .concat();
        let read = Attributes::read(&octets).unwrap();
        assert!(read.wants_challenge && read.challenge.is_none() && read.wants_names);
    }

    #[test]
    fn what_is_no_message_is_none() {
        for octets in [
            &b""[..],
            b"-----BEGIN",
            &[0x30, 0x80],
            &[0x30, 0x00],
            &[0x30, 0x84, 0xff, 0xff, 0xff, 0xff],
        ] {
            assert_eq!(certificates(octets), None);
            assert!(Attributes::read(octets).is_none_or(|read| read == Attributes::default()));
        }
    }
}
