use super::{CipherError, RecordLabel};
use crate::tester::handshake::record_fault::RecordFault;
use hmac::{Hmac, KeyInit, Mac};
use onem2m_keys::WriteKeys;
use sha2::Sha256;

/// Octets of the MAC of SHA-256.
const MAC: usize = 32;

fn hmac(
    keys: &WriteKeys,
    label: &RecordLabel,
    content: &[u8],
) -> Result<Hmac<Sha256>, CipherError> {
    let mut mac = Hmac::<Sha256>::new_from_slice(&keys.mac_key).map_err(|_| CipherError::Keys)?;
    mac.update(&label.octets(content.len()));
    mac.update(content);
    Ok(mac)
}

/// The MAC of a record (RFC 5246, 6.2.3.1).
pub fn mac(
    keys: &WriteKeys,
    label: &RecordLabel,
    content: &[u8],
    fault: RecordFault,
) -> Result<Vec<u8>, CipherError> {
    let mut code = hmac(keys, label, content)?.finalize().into_bytes().to_vec();
    if fault == RecordFault::Mac
        && let Some(last) = code.last_mut()
    {
        *last ^= 1;
    }
    Ok(code)
}

/// Whether a MAC is that of the record.
pub fn verify(
    keys: &WriteKeys,
    label: &RecordLabel,
    content: &[u8],
    code: &[u8],
) -> Result<(), CipherError> {
    let mac = hmac(keys, label, content)?;
    mac.verify_slice(code)
        .map_err(|_| CipherError::Authentication)
}

/// Content and MAC in the first `length` octets.
pub fn authenticated(fragment: &[u8], length: usize) -> Result<(&[u8], &[u8]), CipherError> {
    let wrong = CipherError::Length {
        got: fragment.len(),
    };
    let end = length.checked_sub(MAC).ok_or(wrong)?;
    let (whole, _) = fragment.split_at_checked(length).ok_or(wrong)?;
    whole.split_at_checked(end).ok_or(wrong)
}
