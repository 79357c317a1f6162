//! What it costs to open an object of 1 KiB, beside the bare decryption and a lenient parse of its header.

#![allow(clippy::unwrap_used)]

use divan::{Bencher, black_box};
use onem2m_envelope::jwe::{Addressed, Jwe, seal_compact, seal_flattened};
use onem2m_envelope::{
    ContentEncryption, DecryptionKey, DirectKey, EncryptionKey, SymmetricKey, bare, base64url,
    split,
};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use serde_json::{Map, Value, json};

const KEY: [u8; 32] = [7; 32];
const PLAINTEXT: [u8; 1024] = [b'x'; 1024];

fn main() {
    divan::main();
}

fn direct() -> DirectKey {
    DirectKey::new(ContentEncryption::A256Gcm, SymmetricKey::new(&KEY)).unwrap()
}

fn header() -> Map<String, Value> {
    let header = json!({
        "kid": "5f1c9a02d37b4e6880c1a2b3c4d5e6f7@mef.provider.example.com",
        "cty": "application/vnd.onem2m-preq+json",
        "ori": "or-0001",
        "rri": "rr-0001",
    });
    header.as_object().unwrap().clone()
}

fn compact() -> String {
    let (key, header) = (EncryptionKey::Direct(direct()), header());
    let to = Addressed {
        key: &key,
        header: &header,
    };
    let mut rng = ChaCha20Rng::from_seed([1; 32]);
    seal_compact(to, ContentEncryption::A256Gcm, &PLAINTEXT, &mut rng).unwrap()
}

#[divan::bench]
fn bare_decryption_and_header(bencher: Bencher<'_, '_>) {
    let text = compact();
    let [protected, _, iv, ciphertext, tag] = split(&text).unwrap();
    let header = bare::octets(protected);
    let (iv, ciphertext, tag) = (
        bare::octets(iv),
        bare::octets(ciphertext),
        bare::octets(tag),
    );
    bencher.bench(|| {
        let header: Map<String, Value> = serde_json::from_slice(black_box(&header)).unwrap();
        let plaintext = bare::decrypt(
            &KEY,
            &iv,
            protected.as_bytes(),
            black_box(&ciphertext),
            &tag,
        );
        (header, plaintext.unwrap())
    });
}

#[divan::bench]
fn base64url_alone(bencher: Bencher<'_, '_>) {
    let text = compact();
    let parts: [&str; 5] = split(&text).unwrap();
    bencher.bench(|| black_box(parts).map(|part| base64url::decode(part).unwrap()));
}

#[divan::bench]
fn open_compact(bencher: Bencher<'_, '_>) {
    let text = compact();
    let key = DecryptionKey::Direct(direct());
    bencher.bench(|| {
        let jwe = Jwe::read_compact(black_box(&text)).unwrap();
        jwe.open(|_| Some(key.clone())).unwrap()
    });
}

#[divan::bench]
fn open_flattened(bencher: Bencher<'_, '_>) {
    let (key, header) = (EncryptionKey::Direct(direct()), header());
    let to = Addressed {
        key: &key,
        header: &header,
    };
    let mut rng = ChaCha20Rng::from_seed([1; 32]);
    let text = seal_flattened(to, ContentEncryption::A256Gcm, None, &PLAINTEXT, &mut rng).unwrap();
    let key = DecryptionKey::Direct(direct());
    bencher.bench(|| {
        let jwe = Jwe::read_json(black_box(&text)).unwrap();
        jwe.open(|_| Some(key.clone())).unwrap()
    });
}
