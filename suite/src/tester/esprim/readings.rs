//! How the IUT reads what the specification leaves open.

use onem2m_envelope::esprim::{RandOctets, Readings, ValueEncoding};
use onem2m_keys::ContentKeyOctets;
use std::collections::BTreeMap;

/// The readings that the values of a profile state.
pub fn readings(pixit: &BTreeMap<String, String>) -> Readings {
    let stated = |name: &str| pixit.get(name).map(String::as_str).unwrap_or_default();
    let usual = Readings::default();
    Readings {
        rand_octets: RandOctets::from_name(stated("PIXIT_ESPRIM_RANDOBJ_OCTETS"))
            .unwrap_or(usual.rand_octets),
        value_encoding: match stated("PIXIT_ESPRIM_RANDVALUE_ENCODING") {
            "base64url" => ValueEncoding::Base64Url,
            _ => usual.value_encoding,
        },
        content_key: match stated("PIXIT_ESPRIM_CEK_TRUNCATION") {
            "rightmost" => ContentKeyOctets::Rightmost,
            _ => usual.content_key,
        },
    }
}
