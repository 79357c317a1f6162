//! Octets as a JWS.

use onem2m_envelope::EnvelopeError;
use onem2m_envelope::esdata::KeyRing;
use onem2m_envelope::jws::Jws;

use crate::envelope_keys::AnyKey;

/// Any text is read as a JWS in either form or refused; what was read is written and read as the same, a compact one as
/// the same text; and it is verified, or says why it is not.
pub fn jws(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else {
        return;
    };
    if let Some(jws) = read(text, Jws::read_compact) {
        assert_eq!(jws.write(), text);
        verify(&jws);
    }
    if let Some(jws) = read(text, Jws::read_json) {
        let written = jws.write();
        let again = Jws::read_json(&written);
        assert_eq!(again.map(|jws| jws.write()).as_ref(), Ok(&written));
        verify(&jws);
    }
}

fn read(text: &str, read: fn(&str) -> Result<Jws, EnvelopeError>) -> Option<Jws> {
    match read(text) {
        Ok(jws) => Some(jws),
        Err(error) => {
            assert!(!error.to_string().is_empty());
            None
        }
    }
}

fn verify(jws: &Jws) {
    assert!(!jws.signatures().is_empty());
    match jws.verify(|header| AnyKey.verification_key(header)) {
        Ok(verified) => {
            assert!(!verified.signatures.is_empty());
            assert_eq!(verified.payload, jws.unverified_payload());
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}
