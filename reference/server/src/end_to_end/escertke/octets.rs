//! What an ESCertKE Message is made of (TS-0003 V3.18.0, Table 8.7.2.2-1; TS-0004 V3.32.0, 6.3.5.48).

use onem2m_association::messages::{ContentType, HandshakeType};
use serde_json::{Value, json};

use crate::end_to_end::base64;

/// The securityInfoType of an ESCertKE Message (TS-0004 V3.32.0, 6.3.4.2.35).
pub(crate) const TYPE: u64 = 6;

/// The most octets of a message: room for a long chain of certificates.
const LONGEST: usize = 1 << 16;

/// The octets before the content of a record (RFC 5246, 6.2.1).
const RECORD_HEADER: usize = 5;

/// The octets of an escertkeMessage, if it is an xs:base64Binary with any.
pub(crate) fn decoded(text: &str) -> Option<Vec<u8>> {
    base64::decode(text).filter(|octets| !octets.is_empty() && octets.len() <= LONGEST)
}

/// Whether octets are records of TLS with nothing behind the last: the octets of a message begin and end with it.
pub(crate) fn are_whole_records(octets: &[u8]) -> bool {
    let mut rest = octets;
    while let Some(([kind, major, _, high, low], behind)) =
        rest.split_first_chunk::<RECORD_HEADER>()
    {
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        match behind.get(length..) {
            Some(next) if (20..=24).contains(kind) && *major == 3 => rest = next,
            _ => return false,
        }
    }
    rest.is_empty()
}

/// Whether octets begin with a ClientHello, as ESCertKE Message 1 alone does.
pub(crate) fn begin_with_a_hello(octets: &[u8]) -> bool {
    octets.first() == Some(&ContentType::HANDSHAKE.0)
        && octets.get(RECORD_HEADER) == Some(&HandshakeType::CLIENT_HELLO.0)
}

/// A securityInfo with the next message.
pub(crate) fn answer(octets: &[u8]) -> Value {
    json!({ "m2m:seci": { "sit": TYPE, "eckm": base64::encode(octets) } })
}

#[cfg(test)]
mod tests {
    use super::{are_whole_records, begin_with_a_hello, decoded};

    #[test]
    fn records_end_where_the_octets_do() {
        for whole in [
            &[22, 3, 1, 0, 1, 1][..],
            &[22, 3, 1, 0, 1, 1, 22, 3, 3, 0, 2, 9, 9],
            &[21, 3, 3, 0, 0],
        ] {
            assert!(are_whole_records(whole), "{whole:?}");
        }
        for cut in [
            &[22, 3, 1, 0, 1][..],
            &[22, 3, 1, 0, 1, 1, 0],
            &[1, 0, 0, 1, 0, 0],
            &[0, 0, 0, 0, 0],
            &[22, 2, 0, 0, 0],
        ] {
            assert!(!are_whole_records(cut), "{cut:?}");
        }
    }

    #[test]
    fn hello_is_told_by_its_type_wherever_its_record_ends() {
        assert!(begin_with_a_hello(&[22, 3, 1, 0, 1, 1, 22, 3, 1, 0, 1, 0]));
        assert!(!begin_with_a_hello(&[22, 3, 3, 0, 1, 11]));
        assert!(!begin_with_a_hello(&[21, 3, 3, 0, 2, 1, 0]));
        assert!(!begin_with_a_hello(&[]));
    }

    #[test]
    fn message_has_octets_but_not_too_many() {
        assert_eq!(decoded("FgMB").as_deref(), Some(&[22, 3, 1][..]));
        for text in ["", "***", "AAA", &"A".repeat(87_384)] {
            assert_eq!(decoded(text), None);
        }
    }
}
