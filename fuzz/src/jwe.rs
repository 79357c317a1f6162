//! Octets as a JWE.

use onem2m_envelope::EnvelopeError;
use onem2m_envelope::esdata::KeyRing;
use onem2m_envelope::jwe::Jwe;

use crate::envelope_keys::AnyKey;

/// Any text is read as a JWE in either form or refused; what was read is written and read as the same, a compact one as
/// the same text; and it opens, or says why it does not.
pub fn jwe(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else {
        return;
    };
    if let Some(jwe) = read(text, Jwe::read_compact) {
        assert_eq!(jwe.write(), text);
        open(&jwe);
    }
    if let Some(jwe) = read(text, Jwe::read_json) {
        let written = jwe.write();
        let again = Jwe::read_json(&written);
        assert_eq!(again.map(|jwe| jwe.write()).as_ref(), Ok(&written));
        open(&jwe);
    }
}

fn read(text: &str, read: fn(&str) -> Result<Jwe, EnvelopeError>) -> Option<Jwe> {
    match read(text) {
        Ok(jwe) => Some(jwe),
        Err(error) => {
            assert!(!error.to_string().is_empty());
            None
        }
    }
}

fn open(jwe: &Jwe) {
    assert!(!jwe.recipients().is_empty());
    match jwe.open(|header| AnyKey.decryption_key(header)) {
        Ok(opened) => assert!(opened.recipient < jwe.recipients().len()),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}
