//! Octets as what is inside a nested envelope, which only whoever has the key can send.

use onem2m_envelope::bare::{self, Compact};
use onem2m_envelope::esdata::{Envelope, SecurityClass};
use onem2m_envelope::jws::Jws;
use onem2m_envelope::{SignatureAlgorithm, base64url};

use crate::envelope_keys::{AnyKey, octets};

const HEADERS: [&str; 2] = [
    r#"{"alg":"dir","enc":"A128GCM","kid":"k","cty":"JOSE"}"#,
    r#"{"alg":"dir","enc":"A128GCM","kid":"k","cty":"JOSE+JSON"}"#,
];

/// Whatever is inside, the envelope opens only if that is a signed object that names its credential and has no message
/// authentication code; and its payload is what that object alone has.
pub fn nested(data: &[u8]) {
    for header in HEADERS {
        let Ok(envelope) = Envelope::read_compact(&around(header, data)) else {
            // A ciphertext of no octets.
            assert!(data.is_empty());
            return;
        };
        assert!(
            envelope
                .open(SecurityClass::EncryptionOnly, &AnyKey)
                .is_err()
        );
        match envelope.open(SecurityClass::NestedSignThenEncrypt, &AnyKey) {
            Ok(unwrapped) => {
                let inside = str::from_utf8(data).ok().and_then(|text| {
                    let compact = Jws::read_compact(text);
                    compact.or_else(|_| Jws::read_json(text)).ok()
                });
                let payload = inside.as_ref().map(Jws::unverified_payload);
                assert_eq!(payload, Some(unwrapped.payload.as_slice()));
                let signatures = inside.iter().flat_map(Jws::signatures);
                for signature in signatures {
                    let algorithm = signature.algorithm();
                    assert!(!matches!(algorithm, SignatureAlgorithm::Hmac(_)));
                }
            }
            Err(error) => assert!(!error.to_string().is_empty()),
        }
    }
}

fn around(header: &str, inside: &[u8]) -> String {
    let iv = [1; 12];
    let protected = base64url::encode(header.as_bytes());
    let sealed = bare::encrypt(octets(16).octets(), &iv, protected.as_bytes(), inside);
    let (ciphertext, tag) = sealed
        .map(|sealed| (sealed.ciphertext, sealed.tag))
        .unwrap_or_default();
    Compact::of(&[header.as_bytes(), b"", &iv, &ciphertext, &tag]).to_string()
}
