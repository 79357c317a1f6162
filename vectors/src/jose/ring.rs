use onem2m_envelope::esdata::KeyRing;
use onem2m_envelope::{
    ContentEncryption, DecryptionKey, DirectKey, EnvelopeError, Header, KeyManagement, MacKey,
    SignatureAlgorithm, VerificationKey, WrappingKey, jwk,
};
use serde_json::{Map, Value};

use crate::Unreadable;
use crate::members::Members;

/// The keys that whoever reads a vector has.
pub struct Ring(Vec<Key>);

struct Key {
    alg: String,
    kid: Option<String>,
    decryption: Option<DecryptionKey>,
    verification: Option<VerificationKey>,
}

impl Ring {
    /// Reads keys as the member `keys` of a file describes them.
    pub fn read<'k>(keys: impl IntoIterator<Item = &'k Value>) -> Result<Self, Unreadable> {
        let keys = keys.into_iter().map(Key::read);
        keys.collect::<Result<_, _>>().map(Self)
    }

    /// The key that opens what has this header.
    pub fn decryption(&self, header: Header<'_>) -> Option<DecryptionKey> {
        self.key(header)?.decryption.clone()
    }

    /// The key that verifies what has this header.
    pub fn verification(&self, header: Header<'_>) -> Option<VerificationKey> {
        self.key(header)?.verification.clone()
    }

    /// The key that the header names, of several by that name the one for its algorithm; the only key, if it names none.
    fn key(&self, header: Header<'_>) -> Option<&Key> {
        let Some(kid) = header.key_identifier() else {
            return self.0.first().filter(|_| self.0.len() == 1);
        };
        let named = |key: &&Key| key.kid.as_deref() == Some(kid);
        let alike = |key: &Key| header.get("alg").is_some_and(|alg| *alg == *key.alg);
        let mut same = self.0.iter().filter(|key| named(key) && alike(key));
        same.next().or_else(|| self.0.iter().find(named))
    }
}

impl KeyRing for Ring {
    fn decryption_key(&self, header: Header<'_>) -> Option<DecryptionKey> {
        self.decryption(header)
    }

    fn verification_key(&self, header: Header<'_>) -> Option<VerificationKey> {
        self.verification(header)
    }
}

impl Key {
    fn read(key: &Value) -> Result<Self, Unreadable> {
        let members = key.as_object();
        let members = members.ok_or_else(|| Unreadable::member("key", "an object", Some(key)))?;
        let key = Members::of(members);
        let jwk = key.object("jwk")?;
        let alg = key.text("alg")?;
        let broken = |error: EnvelopeError| Unreadable::value("jwk", error);
        Ok(Self {
            alg: alg.to_owned(),
            kid: match key.find("kid") {
                Some(_) => Some(key.text("kid")?.to_owned()),
                None => None,
            },
            decryption: decryption_key(alg, jwk, &key)?,
            verification: verification_key(alg, jwk).map_err(broken)?,
        })
    }
}

fn decryption_key(
    alg: &str,
    jwk: &Map<String, Value>,
    key: &Members<'_>,
) -> Result<Option<DecryptionKey>, Unreadable> {
    let broken = |error: EnvelopeError| Unreadable::value("jwk", error);
    match KeyManagement::from_name(alg) {
        Some(KeyManagement::Direct) => {
            let name = key.text("enc")?;
            let unknown = || Unreadable::value("enc", format!("{name:?} is no algorithm"));
            let enc = ContentEncryption::from_name(name).ok_or_else(unknown)?;
            let key = jwk::symmetric(jwk).and_then(|key| DirectKey::new(enc, key));
            key.map(|key| Some(DecryptionKey::Direct(key)))
                .map_err(broken)
        }
        Some(KeyManagement::Wrap(size)) => {
            let key = jwk::symmetric(jwk).and_then(|key| WrappingKey::new(size, key));
            key.map(|key| Some(DecryptionKey::Wrap(key)))
                .map_err(broken)
        }
        Some(KeyManagement::RsaOaep256) => {
            let key = jwk::rsa_private(jwk).map_err(broken)?;
            Ok(Some(DecryptionKey::RsaOaep256(key)))
        }
        _ if alg == "ECDH-ES" => {
            let key = jwk::ec_private(jwk).map_err(broken)?;
            Ok(Some(DecryptionKey::EcdhEs(key)))
        }
        _ => Ok(None),
    }
}

fn verification_key(
    alg: &str,
    jwk: &Map<String, Value>,
) -> Result<Option<VerificationKey>, EnvelopeError> {
    let Some(algorithm) = SignatureAlgorithm::from_name(alg) else {
        return Ok(None);
    };
    Ok(Some(match algorithm {
        SignatureAlgorithm::Hmac(hash) => {
            VerificationKey::Mac(MacKey::new(hash, jwk::symmetric(jwk)?)?)
        }
        SignatureAlgorithm::Rsa(hash) => VerificationKey::Rsa(hash, jwk::rsa_public(jwk)?),
        SignatureAlgorithm::Ecdsa(_) => VerificationKey::Ecdsa(jwk::ec_public(jwk)?),
    }))
}
