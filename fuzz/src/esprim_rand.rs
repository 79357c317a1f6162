//! Octets as a rand object of ESPrim.

use std::fmt::Debug;

use onem2m_envelope::esprim::{
    Chosen, Expiry, KeyAlgorithms, Offered, RandObject, RandOctets, ValueEncoding, raw_member,
};
use time::OffsetDateTime;

/// Any octets are read as a rand object of either side, and as an expiry, or refused; what was read, written and read again,
/// is the same object, and has octets in every reading. A member stands in the text that it is found in.
pub fn esprim_rand(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    read::<Chosen>(&text);
    read::<Offered>(&text);
    for member in ["esri", "oro", ""] {
        if let Some(found) = raw_member(&text, member) {
            assert!(text.contains(found));
        }
    }
    if let Ok(expiry) = Expiry::read(&text) {
        assert_eq!(
            Expiry::from_json(expiry.to_json()),
            Some(Ok(expiry.clone()))
        );
        let since = OffsetDateTime::UNIX_EPOCH;
        let written = Expiry::at(expiry.moment(since));
        assert!(written.moment(since) <= expiry.moment(since));
    }
}

fn read<Algorithms: KeyAlgorithms + Debug>(text: &str) {
    match RandObject::<Algorithms>::from_json(text) {
        Ok(object) => {
            let again = RandObject::<Algorithms>::from_json(&object.to_json());
            assert_eq!(again.as_ref(), Ok(&object));
            assert_eq!(object.as_sent(), text.trim());
            for reading in RandOctets::ALL {
                let octets = reading.of(&object, ValueEncoding::Hexadecimal);
                assert!(octets.is_ok() || reading == RandOctets::ValueOctets);
            }
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}
