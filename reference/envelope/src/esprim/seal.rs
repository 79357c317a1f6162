use onem2m_keys::{ContentKeyOctets, SessionEsPrimKey};

use super::derive;
use super::header::Header;
use crate::{EnvelopeError, IV_LENGTH, base64url};

/// Makes an ESPrim Object (TS-0003 V3.18.0, 8.4.3.2). Both sides of a session use one key: an initialization vector must never
/// come twice from either.
pub fn seal(
    header: &Header,
    key: &SessionEsPrimKey,
    octets: ContentKeyOctets,
    iv: &[u8; IV_LENGTH],
    plaintext: &[u8],
) -> Result<String, EnvelopeError> {
    let first = base64url::encode(header.to_json().as_bytes());
    let content_key = derive::content_key(key, header.enc, octets);
    let sealed = header
        .enc
        .seal(&content_key, iv, first.as_bytes(), plaintext)?;
    let iv = base64url::encode(iv);
    let ciphertext = base64url::encode(&sealed.ciphertext);
    let tag = base64url::encode(&sealed.tag);
    Ok([&*first, "", &iv, &ciphertext, &tag].join("."))
}
