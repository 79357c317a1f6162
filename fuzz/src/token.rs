//! Octets as a oneM2M JSON Web Token.

use onem2m_envelope::esdata::SecurityClass;
use onem2m_envelope::token::{Permitted, Token};

use crate::envelope_keys::AnyKey;

/// Any text is read as a token or refused; its claims come out, or it says why they do not; and none come out where its
/// class is not permitted.
pub fn token(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else {
        return;
    };
    let token = match Token::read(text) {
        Ok(token) => token,
        Err(error) => {
            assert!(!error.to_string().is_empty());
            return;
        }
    };
    let mut permitted = Permitted::everything();
    let opened = token.open(&permitted, &AnyKey);
    if let Err(error) = &opened {
        assert!(!error.to_string().is_empty());
    }
    permitted.classes.retain(|class| *class == token.class());
    assert_eq!(token.open(&permitted, &AnyKey), opened);
    permitted.classes = match token.class() {
        SecurityClass::SignatureOnly => vec![SecurityClass::EncryptionOnly],
        _ => vec![SecurityClass::SignatureOnly],
    };
    assert!(token.open(&permitted, &AnyKey).is_err());
}
