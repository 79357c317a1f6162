//! Tokens as a careless reader takes them: what the faults about tokens have in common.

use onem2m_envelope::bare::{self, Compact};
use onem2m_envelope::jwe::Jwe;
use onem2m_envelope::{Curve, EcPublicKey, SignatureAlgorithm, SymmetricKey, VerificationKey};
use serde_json::{Map, Value};

use crate::scene::Scene;
use crate::tokens::{Clauses, Issuer, IssuerKey, Material, Opened, Rejection, Ring};

pub(super) const SPECIFIED: Clauses = Clauses::SPECIFICATION;

/// What ends the header and begins the signature of a compact JWS.
pub(super) const SIGNATURE: usize = 2;
const PAYLOAD: usize = 1;

/// A token in its parts.
pub(super) struct Loose {
    pub(super) parts: Compact,
    pub(super) header: Map<String, Value>,
}

impl Loose {
    pub(super) fn read(text: &str) -> Option<Self> {
        let parts = Compact::read(text);
        let header = parts.header()?;
        Some(Self { parts, header })
    }

    pub(super) fn is_jws(&self) -> bool {
        self.parts.parts.len() == 3
    }

    pub(super) fn text(&self, member: &str) -> Option<&str> {
        self.header.get(member)?.as_str()
    }

    pub(super) fn algorithm(&self) -> Option<SignatureAlgorithm> {
        SignatureAlgorithm::from_name(self.text("alg")?)
    }

    pub(super) fn part(&self, place: usize) -> &str {
        self.parts.parts.get(place).map_or("", String::as_str)
    }

    pub(super) fn payload(&self) -> Vec<u8> {
        self.parts.octets(PAYLOAD)
    }

    pub(super) fn signature(&self) -> Vec<u8> {
        self.parts.octets(SIGNATURE)
    }

    /// What a signature is over.
    pub(super) fn input(&self) -> String {
        format!("{}.{}", self.part(0), self.part(PAYLOAD))
    }

    /// The key that the header names, and whose it is.
    pub(super) fn key<'a>(&self, scene: &Scene<'a>) -> Option<(&'a Issuer, &'a IssuerKey)> {
        let kid = self.text("kid")?;
        let issuers = &scene.configuration.tokens.as_deref()?.issuers;
        issuers.iter().find_map(|issuer| {
            let key = issuer.keys.iter().find(|key| key.kid == kid)?;
            Some((issuer, key))
        })
    }

    /// Whether a key made a signature over something.
    pub(super) fn is_signed(&self, scene: &Scene<'_>, input: &str, signature: &[u8]) -> bool {
        let key = self
            .key(scene)
            .and_then(|(_, key)| self.verification_key(key));
        let algorithm = self.algorithm();
        key.zip(algorithm).is_some_and(|(key, algorithm)| {
            key.verify(algorithm, input.as_bytes(), signature).is_ok()
        })
    }

    fn verification_key(&self, key: &IssuerKey) -> Option<VerificationKey> {
        match (&key.material, self.algorithm()?) {
            (Material::EcPublic(key), _) => Some(VerificationKey::Ecdsa(key.clone())),
            (Material::RsaPublic(key), SignatureAlgorithm::Rsa(hash)) => {
                Some(VerificationKey::Rsa(hash, key.clone()))
            }
            (Material::Symmetric(key), SignatureAlgorithm::Hmac(hash)) => {
                onem2m_envelope::MacKey::new(hash, key.clone())
                    .ok()
                    .map(VerificationKey::Mac)
            }
            _ => None,
        }
    }

    /// Whether it is an HS256 token whose code was made with these octets.
    pub(super) fn has_code_of(&self, key: &[u8]) -> bool {
        self.is_jws()
            && self.text("alg") == Some("HS256")
            && bare::mac(onem2m_envelope::Hash::Sha256, key, self.input().as_bytes())
                == self.signature()
    }
}

/// Takes the payload of a JWS for its claims where somebody thinks that it holds, and opens everything else as specified.
pub(super) fn where_it_holds(
    scene: &Scene<'_>,
    text: &str,
    holds: impl FnOnce(&Loose) -> bool,
) -> Result<Opened, Rejection> {
    let taken = Loose::read(text)
        .filter(|loose| loose.is_jws() && holds(loose))
        .and_then(|loose| claims(scene, &loose.payload()));
    match taken {
        Some(opened) => Ok(opened),
        None => (SPECIFIED.open)(scene, text),
    }
}

/// Octets as claims.
pub(super) fn claims(scene: &Scene<'_>, octets: &[u8]) -> Option<Opened> {
    let claims = bare::object(octets)?;
    let claims = (scene.clauses.tokens.claim_set)(scene.clauses, &claims).ok()?;
    Some(Opened { claims })
}

/// Takes what is inside a JWE that says it holds a token as somebody thinks right, and opens everything else as specified.
pub(super) fn inside(
    scene: &Scene<'_>,
    text: &str,
    take: impl FnOnce(&str) -> Option<Opened>,
) -> Result<Opened, Rejection> {
    let taken = decrypted(scene, text)
        .and_then(|octets| String::from_utf8(octets).ok())
        .and_then(|inner| take(&inner));
    match taken {
        Some(opened) => Ok(opened),
        None => (SPECIFIED.open)(scene, text),
    }
}

/// The plaintext of a JWE with `cty`.
fn decrypted(scene: &Scene<'_>, text: &str) -> Option<Vec<u8>> {
    let jwe = Jwe::read_compact(text).ok()?;
    let header = jwe.headers().next()?;
    header.get("cty")?;
    let issuer = (SPECIFIED.issuer_of)(scene, header)?;
    let ring = Ring { scene, issuer };
    let opened = jwe.open(|header| onem2m_envelope::esdata::KeyRing::decryption_key(&ring, header));
    Some(opened.ok()?.plaintext.to_vec())
}

/// A symmetric key that a header names.
pub(super) fn symmetric(loose: &Loose, scene: &Scene<'_>) -> Option<SymmetricKey> {
    match &loose.key(scene)?.1.material {
        Material::Symmetric(key) => Some(key.clone()),
        _ => None,
    }
}

/// A P-256 key as SubjectPublicKeyInfo in DER (RFC 5480, 2).
pub(super) fn information(key: &EcPublicKey) -> Option<Vec<u8>> {
    const BEFORE_THE_POINT: [u8; 27] = [
        0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08,
        0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00, 0x04,
    ];
    let (x, y) = key.coordinates();
    (key.curve() == Curve::P256).then(|| [&BEFORE_THE_POINT[..], &x, &y].concat())
}
