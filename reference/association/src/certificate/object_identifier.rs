use onem2m_identity::ObjectIdentifier;
use x509_parser::der_parser::asn1_rs::{Any, FromDer, Oid, Tag};

/// The object identifier in a registeredID; `None` if it is none.
pub(crate) fn registered(identifier: &Oid<'_>) -> Option<ObjectIdentifier> {
    ObjectIdentifier::from_contents(identifier.as_bytes()).ok()
}

/// The object identifier that an otherName makes if its value, a RELATIVE-OID behind its explicit tag, goes on behind
/// its type-id (TS-0003 V3.18.0, 10.1.1.4.1).
pub(crate) fn continued(kind: &Oid<'_>, value: &[u8]) -> Option<ObjectIdentifier> {
    let (_, explicit) = Any::from_der(value).ok()?;
    let (_, relative) = Any::from_der(explicit.data).ok()?;
    if relative.tag() != Tag::RelativeOid || relative.data.is_empty() {
        return None;
    }
    // Checked alone, so that a number cannot begin in one part and end in the other.
    registered(kind)?;
    ObjectIdentifier::from_contents(&[kind.as_bytes(), relative.data].concat()).ok()
}

#[cfg(test)]
mod tests {
    use x509_parser::der_parser::asn1_rs::Oid;

    use super::continued;

    fn read(value: &[u8]) -> Option<String> {
        let indication = Oid::new([2, 0x83, 0x61, 1].as_slice().into());
        continued(&indication, value).map(|identifier| identifier.to_string())
    }

    #[test]
    fn example_of_annex_h_is_read() {
        let value = [0xa0, 0x07, 0x0d, 0x05, 0x64, 0x97, 0x56, 0xce, 0x1b];
        assert_eq!(read(&value), Some("0.2.481.1.100.3030.10011".to_owned()));
    }

    #[test]
    fn value_that_ends_within_a_number_or_holds_none_is_none() {
        assert_eq!(read(&[0xa0, 0x03, 0x0d, 0x01, 0x97]), None);
        assert_eq!(read(&[0xa0, 0x02, 0x0d, 0x00]), None);
    }

    #[test]
    fn type_that_ends_within_a_number_is_none() {
        let cut = Oid::new([2, 0x83].as_slice().into());
        assert_eq!(continued(&cut, &[0xa0, 0x03, 0x0d, 0x01, 0x61]), None);
    }

    #[test]
    fn value_of_another_type_is_none() {
        assert_eq!(read(&[0xa0, 0x03, 0x0c, 0x01, 0x41]), None);
        assert_eq!(read(&[]), None);
    }
}
