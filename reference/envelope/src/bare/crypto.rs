use aes::cipher::consts::{U8, U12, U16, U24, U32};
use aes::cipher::{BlockCipherEncrypt, BlockSizeUser, KeyInit};
use aes::{Aes128, Aes192, Aes256};
use aes_gcm::aead::AeadInOut;
use aes_gcm::aead::array::ArraySize;
use aes_gcm::aead::inout::InOutBuf;
use aes_gcm::{AesGcm, Nonce, Tag};
use rand_core::CryptoRng;
use rsa::sha2::Sha256;

use crate::{
    EcPrivateKey, EcPublicKey, Hash, KeyWrap, PartyInfo, RsaPublicKey, Sealed, SymmetricKey,
    WrappingKey, agreed_key,
};

/// AES-GCM with a key of 16, 24 or 32 octets, whatever a header says, and an initialization vector of 8, 12, 16, 24 or 32;
/// `None` for others.
pub fn encrypt(key: &[u8], iv: &[u8], aad: &[u8], plaintext: &[u8]) -> Option<Sealed> {
    match key.len() {
        16 => encrypt_with::<Aes128>(key, iv, aad, plaintext),
        24 => encrypt_with::<Aes192>(key, iv, aad, plaintext),
        32 => encrypt_with::<Aes256>(key, iv, aad, plaintext),
        _ => None,
    }
}

/// The plaintext of what [`encrypt`] makes; `None` if the tag does not fit, or for other lengths.
pub fn decrypt(
    key: &[u8],
    iv: &[u8],
    aad: &[u8],
    ciphertext: &[u8],
    tag: &[u8],
) -> Option<Vec<u8>> {
    let tag = Tag::from(<[u8; 16]>::try_from(tag).ok()?);
    match key.len() {
        16 => decrypt_with::<Aes128>(key, iv, aad, ciphertext, &tag),
        24 => decrypt_with::<Aes192>(key, iv, aad, ciphertext, &tag),
        32 => decrypt_with::<Aes256>(key, iv, aad, ciphertext, &tag),
        _ => None,
    }
}

/// A key wrapped with a key of 16, 24 or 32 octets; `None` for others, or if it is no multiple of eight octets.
pub fn wrap(with: &[u8], key: &[u8]) -> Option<Vec<u8>> {
    wrapping(with)?.wrap(&SymmetricKey::new(key)).ok()
}

/// The key that [`wrap`] wrapped; `None` if it was not wrapped with this key.
pub fn unwrap(with: &[u8], wrapped: &[u8]) -> Option<SymmetricKey> {
    wrapping(with)?.unwrap(wrapped).ok()
}

/// Any octets, encrypted to an RSA key as RSA-OAEP-256 does; `None` if they are too many.
pub fn rsa_oaep_256<R: CryptoRng + ?Sized>(
    to: &RsaPublicKey,
    octets: &[u8],
    rng: &mut R,
) -> Option<Vec<u8>> {
    to.0.oaep_encrypt_with_rng::<Sha256, R>(rng, octets).ok()
}

/// The wrapping key of ECDH-ES; `None` if the keys are on different curves.
pub fn agree(
    own: &EcPrivateKey,
    other: &EcPublicKey,
    wrap: KeyWrap,
    parties: PartyInfo<'_>,
) -> Option<WrappingKey> {
    agreed_key(own, other, wrap, parties).ok()
}

/// A message authentication code with a key of any length, none included.
pub fn mac(hash: Hash, key: &[u8], input: &[u8]) -> Vec<u8> {
    crate::mac_key::mac(hash, key, input).unwrap_or_default()
}

fn wrapping(key: &[u8]) -> Option<WrappingKey> {
    let mut all = KeyWrap::ALL.into_iter();
    let algorithm = all.find(|algorithm| algorithm.key_length() == key.len())?;
    WrappingKey::new(algorithm, SymmetricKey::new(key)).ok()
}

fn encrypt_with<Aes>(key: &[u8], iv: &[u8], aad: &[u8], plaintext: &[u8]) -> Option<Sealed>
where
    Aes: KeyInit + BlockCipherEncrypt + BlockSizeUser<BlockSize = U16>,
{
    match iv.len() {
        8 => encrypt_at::<Aes, U8>(key, iv, aad, plaintext),
        12 => encrypt_at::<Aes, U12>(key, iv, aad, plaintext),
        16 => encrypt_at::<Aes, U16>(key, iv, aad, plaintext),
        24 => encrypt_at::<Aes, U24>(key, iv, aad, plaintext),
        32 => encrypt_at::<Aes, U32>(key, iv, aad, plaintext),
        _ => None,
    }
}

fn encrypt_at<Aes, Iv>(key: &[u8], iv: &[u8], aad: &[u8], plaintext: &[u8]) -> Option<Sealed>
where
    Aes: KeyInit + BlockCipherEncrypt + BlockSizeUser<BlockSize = U16>,
    Iv: ArraySize,
{
    let cipher = AesGcm::<Aes, Iv>::new_from_slice(key).ok()?;
    let iv = Nonce::<Iv>::try_from(iv).ok()?;
    let mut ciphertext = plaintext.to_vec();
    let tag = cipher
        .encrypt_inout_detached(&iv, aad, InOutBuf::from(ciphertext.as_mut_slice()))
        .ok()?;
    Some(Sealed {
        ciphertext,
        tag: tag.into(),
    })
}

fn decrypt_with<Aes>(
    key: &[u8],
    iv: &[u8],
    aad: &[u8],
    ciphertext: &[u8],
    tag: &Tag,
) -> Option<Vec<u8>>
where
    Aes: KeyInit + BlockCipherEncrypt + BlockSizeUser<BlockSize = U16>,
{
    match iv.len() {
        8 => decrypt_at::<Aes, U8>(key, iv, aad, ciphertext, tag),
        12 => decrypt_at::<Aes, U12>(key, iv, aad, ciphertext, tag),
        16 => decrypt_at::<Aes, U16>(key, iv, aad, ciphertext, tag),
        24 => decrypt_at::<Aes, U24>(key, iv, aad, ciphertext, tag),
        32 => decrypt_at::<Aes, U32>(key, iv, aad, ciphertext, tag),
        _ => None,
    }
}

fn decrypt_at<Aes, Iv>(
    key: &[u8],
    iv: &[u8],
    aad: &[u8],
    ciphertext: &[u8],
    tag: &Tag,
) -> Option<Vec<u8>>
where
    Aes: KeyInit + BlockCipherEncrypt + BlockSizeUser<BlockSize = U16>,
    Iv: ArraySize,
{
    let cipher = AesGcm::<Aes, Iv>::new_from_slice(key).ok()?;
    let iv = Nonce::<Iv>::try_from(iv).ok()?;
    let mut plaintext = ciphertext.to_vec();
    cipher
        .decrypt_inout_detached(&iv, aad, InOutBuf::from(plaintext.as_mut_slice()), tag)
        .ok()?;
    Some(plaintext)
}

#[cfg(test)]
mod tests {
    use super::{decrypt, encrypt, mac, unwrap, wrap};
    use crate::{Hash, SymmetricKey};

    #[test]
    fn every_length_that_is_taken_opens_again() {
        for key in [16, 24, 32] {
            for iv in [8, 12, 16, 24, 32] {
                let (key, iv) = (vec![1; key], vec![2; iv]);
                let sealed = encrypt(&key, &iv, b"a", b"text").unwrap();
                let opened = decrypt(&key, &iv, b"a", &sealed.ciphertext, &sealed.tag);
                assert_eq!(opened.unwrap(), b"text");
                assert_eq!(
                    decrypt(&key, &iv, b"b", &sealed.ciphertext, &sealed.tag),
                    None
                );
            }
        }
        assert_eq!(encrypt(&[1; 17], &[2; 12], b"", b""), None);
        assert_eq!(encrypt(&[1; 16], &[2; 11], b"", b""), None);
    }

    #[test]
    fn keys_of_any_multiple_of_eight_octets_are_wrapped() {
        for length in [8, 16, 40] {
            let wrapped = wrap(&[1; 24], &vec![3; length]).unwrap();
            let key = unwrap(&[1; 24], &wrapped);
            assert_eq!(key, Some(SymmetricKey::new(&vec![3; length])));
        }
        assert_eq!(wrap(&[1; 24], &[3; 9]), None);
    }

    #[test]
    fn key_of_no_octets_makes_a_code() {
        let code = mac(Hash::Sha256, b"", b"");
        assert_eq!(code[..4], [0xb6, 0x13, 0x67, 0x9a]);
        assert_eq!(code.len(), 32);
    }
}
