//! Encrypted tokens (TS-0003 V3.18.0, 8.5.2.2.1 and 8.5.3.2).

use super::compose::Ingredients;
use super::deflate::{compressed, compressed_with_tail};
use super::key::generator;
use super::{KeyMaterial, NoToken};
use crate::catalogue::behaviour::{Forgery, TokenOrder};
use crate::tester::changed::changed;
use onem2m_envelope::bare::{self, Compact};
use onem2m_envelope::{
    ContentEncryption, EcPrivateKey, IV_LENGTH, KeyManagement, KeyWrap, PartyInfo, SymmetricKey,
    base64url, jwk,
};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::Rng;
use serde_json::{Map, Value};

/// How a token is encrypted that says nothing of it.
const USUAL_MANAGEMENT: &str = "A256KW";
const USUAL_ENCRYPTION: &str = "A256GCM";

/// As many rounds as a signed number of 32 bits holds.
const ROUNDS: u32 = 0x7fff_ffff;

const ENCRYPTED_KEY: usize = 1;
const CIPHERTEXT: usize = 3;
const TAG: usize = 4;

/// The content encryption key as it is sent.
struct Sent {
    key: Vec<u8>,
    encrypted: Vec<u8>,
    header: Map<String, Value>,
}

/// A compact JWE to the IUT; with a layer, around another token. The fault of its order is in the first layer alone.
pub(super) fn seal(
    ingredients: &Ingredients<'_>,
    plaintext: &str,
    layer: Option<u32>,
) -> Result<String, NoToken> {
    let order = ingredients.order;
    let forged = order.forged.filter(|_| layer.unwrap_or_default() == 0);
    let mut random = generator(
        &ingredients.seed,
        &format!("layer {}", layer.unwrap_or_default()),
    );
    let enc = order.enc.as_deref().unwrap_or(USUAL_ENCRYPTION);
    let content = ContentEncryption::from_name(enc);
    let content = content.ok_or_else(|| NoToken::key(format!("unknown encryption {enc}")))?;
    let sent = sent(ingredients, forged, content, &mut random)?;
    let mut header = sent.header;
    header.insert("typ".into(), "JWT".into());
    header.insert("enc".into(), enc.into());
    if layer.is_some() {
        header.insert("cty".into(), "JWT".into());
    }
    let plaintext = match forged {
        Some(Forgery::Compressed) => compressed(plaintext.as_bytes()),
        Some(Forgery::CompressedBomb) => compressed_with_tail(plaintext.as_bytes()),
        _ => plaintext.as_bytes().to_vec(),
    };
    if matches!(forged, Some(Forgery::Compressed | Forgery::CompressedBomb)) {
        header.insert("zip".into(), "DEF".into());
    }
    let header = Value::from(changed(header, &order.header)).to_string();
    let first = base64url::encode(header.as_bytes());
    let vector = octets(&mut random, IV_LENGTH);
    let sealed = bare::encrypt(&sent.key, &vector, first.as_bytes(), &plaintext);
    let sealed = sealed.ok_or_else(|| NoToken::key("expected a key of AES"))?;
    let parts = [
        &[][..],
        &sent.encrypted,
        &vector,
        &sealed.ciphertext,
        &sealed.tag,
    ];
    let parts = Compact::of(&parts).with_text(0, &first);
    Ok(spoilt(parts, forged, &mut random).to_string())
}

fn sent(
    ingredients: &Ingredients<'_>,
    forged: Option<Forgery>,
    content: ContentEncryption,
    random: &mut ChaCha20Rng,
) -> Result<Sent, NoToken> {
    let order = ingredients.order;
    let fresh = octets(random, content.key_length());
    if forged == Some(Forgery::Pbes2) {
        return Ok(from_password(order, fresh, random));
    }
    let name = order.management.as_deref().unwrap_or(USUAL_MANAGEMENT);
    let issuer = ingredients.issuer;
    let key = issuer.key(name, content.name());
    let key = key.ok_or_else(|| NoToken::Issuer(format!("with a key for {name}")))?;
    let material = issuer.material(key)?;
    let mut header = Map::new();
    header.insert("alg".into(), name.into());
    header.insert("kid".into(), key.kid.as_str().into());
    let unfit = || NoToken::key(format!("{} is not for {name}", key.kid));
    let (key, encrypted) = match (KeyManagement::from_name(name), &material) {
        (Some(KeyManagement::Direct), KeyMaterial::Symmetric(key)) => {
            (key.octets().to_vec(), Vec::new())
        }
        (Some(KeyManagement::Wrap(_)), KeyMaterial::Symmetric(key)) => {
            wrapped(key, forged, fresh, &mut header, random).ok_or_else(unfit)?
        }
        (Some(KeyManagement::RsaOaep256), material) => {
            let to = material.rsa_public().ok_or_else(unfit)?;
            let encrypted = bare::rsa_oaep_256(&to, &fresh, random);
            (fresh, encrypted.ok_or_else(unfit)?)
        }
        (Some(KeyManagement::EcdhEs(wrap)), material) => {
            let encrypted = agreed(material, forged, wrap, &fresh, &mut header, random);
            (fresh, encrypted.ok_or_else(unfit)?)
        }
        _ => return Err(unfit()),
    };
    Ok(Sent {
        key,
        encrypted,
        header,
    })
}

fn wrapped(
    key: &SymmetricKey,
    forged: Option<Forgery>,
    fresh: Vec<u8>,
    header: &mut Map<String, Value>,
    random: &mut ChaCha20Rng,
) -> Option<(Vec<u8>, Vec<u8>)> {
    let encrypted = match forged {
        Some(Forgery::OfAnotherCse) => {
            header.insert("kid".into(), "key-of-another-cse".into());
            bare::wrap(&octets(random, key.octets().len()), &fresh)?
        }
        Some(Forgery::GcmKeyWrap) => {
            let vector = octets(random, IV_LENGTH);
            let sealed = bare::encrypt(key.octets(), &vector, b"", &fresh)?;
            header.insert("alg".into(), "A256GCMKW".into());
            header.insert("iv".into(), base64url::encode(&vector).into());
            header.insert("tag".into(), base64url::encode(&sealed.tag).into());
            sealed.ciphertext
        }
        _ => bare::wrap(key.octets(), &fresh)?,
    };
    Some((fresh, encrypted))
}

fn agreed(
    material: &KeyMaterial,
    forged: Option<Forgery>,
    wrap: KeyWrap,
    fresh: &[u8],
    header: &mut Map<String, Value>,
    random: &mut ChaCha20Rng,
) -> Option<Vec<u8>> {
    let to = material.ec_public()?;
    let own = EcPrivateKey::generate(to.curve(), random);
    let wrapping = bare::agree(&own, &to, wrap, PartyInfo::default())?;
    let encrypted = wrapping.wrap(&SymmetricKey::new(fresh)).ok()?;
    let mut ephemeral = jwk::write_ec_public(&own.public_key());
    if forged == Some(Forgery::PointOffCurve) {
        let x = ephemeral.get("x").cloned()?;
        ephemeral.insert("y".into(), x);
    }
    header.insert("epk".into(), ephemeral.into());
    Some(encrypted)
}

fn from_password(order: &TokenOrder, fresh: Vec<u8>, random: &mut ChaCha20Rng) -> Sent {
    let mut header = Map::new();
    header.insert("alg".into(), "PBES2-HS256+A128KW".into());
    header.insert("p2s".into(), base64url::encode(&octets(random, 16)).into());
    header.insert("p2c".into(), ROUNDS.into());
    header.insert(
        "kid".into(),
        order.management.as_deref().unwrap_or("password").into(),
    );
    let encrypted = octets(random, KeyWrap::wrapped_length(fresh.len()));
    Sent {
        key: fresh,
        encrypted,
        header,
    }
}

fn octets(random: &mut ChaCha20Rng, length: usize) -> Vec<u8> {
    let mut octets = vec![0; length];
    random.fill_bytes(&mut octets);
    octets
}

fn spoilt(parts: Compact, forged: Option<Forgery>, random: &mut ChaCha20Rng) -> Compact {
    let (part, octets) = match forged {
        Some(Forgery::EncryptedKeyWithDirect) => (ENCRYPTED_KEY, octets(random, 24)),
        Some(Forgery::RandomEncryptedKey) => {
            let length = parts.octets(ENCRYPTED_KEY).len();
            (ENCRYPTED_KEY, octets(random, length))
        }
        Some(Forgery::WrappedKeyFlipped) => (ENCRYPTED_KEY, flipped(parts.octets(ENCRYPTED_KEY))),
        Some(Forgery::CiphertextFlipped) => (CIPHERTEXT, flipped(parts.octets(CIPHERTEXT))),
        Some(Forgery::TagCut) => {
            let mut tag = parts.octets(TAG);
            tag.truncate(12);
            (TAG, tag)
        }
        _ => return parts,
    };
    parts.with(part, &octets)
}

fn flipped(mut octets: Vec<u8>) -> Vec<u8> {
    if let Some(first) = octets.first_mut() {
        *first ^= 0x80;
    }
    octets
}
