//! Records in AES-128-CBC with HMAC-SHA-256 (RFC 5246, 6.2.3.2).

use aes::Aes128;
use aes::cipher::{BlockModeDecrypt, BlockModeEncrypt, KeyIvInit};
use onem2m_keys::WriteKeys;

use super::{Clauses, OpenFailure, RecordContext, Refusal, mac, random};

/// The octets of a block, and of the initialisation vector in front of the blocks.
const BLOCK: usize = 16;

pub(crate) fn seal(
    keys: &WriteKeys,
    context: &RecordContext,
    content: &[u8],
) -> Result<Vec<u8>, Refusal> {
    let vector: [u8; BLOCK] = random::octets()?;
    let mut cipher = cbc::Encryptor::<Aes128>::new_from_slices(&keys.cipher_key, &vector)
        .map_err(|_| Refusal::internal("the cipher takes no key of this length"))?;
    let mut plain = [content, &mac::of_record(&keys.mac_key, context, content)].concat();
    let padding = BLOCK - plain.len() % BLOCK;
    let filler = u8::try_from(padding - 1).unwrap_or_default();
    plain.resize(plain.len() + padding, filler);
    let mut fragment = vector.to_vec();
    let (blocks, _) = plain.as_chunks::<BLOCK>();
    for block in blocks {
        let mut block = (*block).into();
        cipher.encrypt_block(&mut block);
        fragment.extend_from_slice(&block);
    }
    Ok(fragment)
}

pub(crate) fn open(
    clauses: &Clauses,
    keys: &WriteKeys,
    context: &RecordContext,
    fragment: &[u8],
) -> Result<Vec<u8>, OpenFailure> {
    let (vector, sealed) = fragment
        .split_first_chunk::<BLOCK>()
        .ok_or(OpenFailure::Length)?;
    let (blocks, rest) = sealed.as_chunks::<BLOCK>();
    if !rest.is_empty() || sealed.len() <= mac::LENGTH {
        return Err(OpenFailure::Length);
    }
    let mut cipher = cbc::Decryptor::<Aes128>::new_from_slices(&keys.cipher_key, vector)
        .map_err(|_| OpenFailure::Length)?;
    let mut plain = Vec::with_capacity(sealed.len());
    for block in blocks {
        let mut block = (*block).into();
        cipher.decrypt_block(&mut block);
        plain.extend_from_slice(&block);
    }
    // With wrong padding the MAC is computed all the same, as over none, so that both take about the same time.
    let padding = (clauses.padding)(&plain);
    let authenticated = plain
        .len()
        .checked_sub(padding.unwrap_or(1))
        .and_then(|end| plain.get(..end))
        .and_then(|authenticated| authenticated.split_last_chunk::<{ mac::LENGTH }>());
    let (content, got) = authenticated.ok_or(OpenFailure::Padding)?;
    let expected = mac::of_record(&keys.mac_key, context, content);
    let is_authentic = (clauses.mac)(&expected, got);
    match padding {
        None => Err(OpenFailure::Padding),
        Some(_) if !is_authentic => Err(OpenFailure::Authentication),
        Some(_) => Ok(content.to_vec()),
    }
}

/// How many octets at the end are padding with its length, if every one of them says so and they leave room for the MAC
/// (RFC 5246, 6.2.3.2). All octets that could be padding are looked at.
pub(crate) fn padding(plain: &[u8]) -> Option<usize> {
    let last = *plain.last()?;
    let count = usize::from(last) + 1;
    let differences = plain
        .iter()
        .rev()
        .take(usize::from(u8::MAX) + 1)
        .enumerate()
        .fold(0, |differences, (position, octet)| {
            let counts = u8::from(position < count);
            differences | ((octet ^ last) * counts)
        });
    (differences == 0 && plain.len() >= count + mac::LENGTH).then_some(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(padding: &[u8]) -> Vec<u8> {
        [&[7; 40], padding].concat()
    }

    #[test]
    fn padding_is_counted_with_its_length() {
        assert_eq!(padding(&plain(&[0])), Some(1));
        assert_eq!(padding(&plain(&[3, 3, 3, 3])), Some(4));
        assert_eq!(
            padding(&[&[7; 32], [255; 256].as_slice()].concat()),
            Some(256)
        );
    }

    #[test]
    fn padding_with_another_octet_is_none() {
        assert_eq!(padding(&plain(&[3, 2, 3, 3])), None);
        assert_eq!(padding(&plain(&[2, 3, 3, 3])), None);
    }

    #[test]
    fn padding_that_leaves_no_room_for_the_mac_is_none() {
        assert_eq!(padding(&[10; 42]), None);
        assert_eq!(padding(&[10; 43]), Some(11));
        assert_eq!(padding(&[]), None);
    }
}
