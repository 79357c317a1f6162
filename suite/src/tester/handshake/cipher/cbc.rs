use super::mac::{authenticated, mac, verify};
use super::{CipherError, RecordLabel};
use crate::tester::handshake::record_fault::RecordFault;
use aes::Aes128;
use cbc::cipher::block_padding::NoPadding;
use cbc::cipher::{BlockModeDecrypt, BlockModeEncrypt, KeyIvInit};
use onem2m_keys::WriteKeys;
use rand_chacha::rand_core::Rng;

/// Octets of a block, and of the IV that stands before the ciphertext.
const BLOCK: usize = 16;

/// The fragment of a record: IV, and under the cipher content, MAC and padding (RFC 5246, 6.2.3.2).
pub fn seal(
    keys: &WriteKeys,
    label: &RecordLabel,
    content: &[u8],
    fault: RecordFault,
    random: &mut impl Rng,
) -> Result<Vec<u8>, CipherError> {
    let mut iv = [0; BLOCK];
    random.fill_bytes(&mut iv);
    let mut plain = [content, &mac(keys, label, content, fault)?].concat();
    let mut padding = BLOCK - 1 - plain.len() % BLOCK;
    if fault == RecordFault::Padding && padding == 0 {
        padding = BLOCK;
    }
    let announced = u8::try_from(padding).unwrap_or(u8::MAX);
    plain.resize(plain.len() + padding, announced);
    if fault == RecordFault::Padding
        && let Some(last) = plain.last_mut()
    {
        *last ^= 0x80;
    }
    plain.push(match fault {
        RecordFault::PaddingLength => u8::MAX,
        _ => announced,
    });
    let cipher = cbc::Encryptor::<Aes128>::new_from_slices(&keys.cipher_key, &iv)
        .map_err(|_| CipherError::Keys)?;
    Ok([iv.to_vec(), cipher.encrypt_padded_vec::<NoPadding>(&plain)].concat())
}

/// The content of a fragment.
pub fn open(
    keys: &WriteKeys,
    label: &RecordLabel,
    fragment: &[u8],
) -> Result<Vec<u8>, CipherError> {
    let wrong = CipherError::Length {
        got: fragment.len(),
    };
    let (iv, ciphertext) = fragment.split_at_checked(BLOCK).ok_or(wrong)?;
    let cipher = cbc::Decryptor::<Aes128>::new_from_slices(&keys.cipher_key, iv)
        .map_err(|_| CipherError::Keys)?;
    let plain = cipher
        .decrypt_padded_vec::<NoPadding>(ciphertext)
        .map_err(|_| wrong)?;
    let announced = *plain.last().ok_or(wrong)?;
    let length = plain.len().checked_sub(1 + usize::from(announced));
    let length = length.ok_or(CipherError::Padding)?;
    if plain.iter().skip(length).any(|octet| *octet != announced) {
        return Err(CipherError::Padding);
    }
    let (content, code) = authenticated(&plain, length)?;
    verify(keys, label, content, code)?;
    Ok(content.to_vec())
}
