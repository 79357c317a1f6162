//! Tokens under what their issuer permits (TS-0003 V3.18.0, 7.3.2.6.3).

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use onem2m_envelope::esdata::SecurityClass;
use onem2m_envelope::token::{Permitted, Token};
use onem2m_envelope::{ContentEncryption, EnvelopeError, Hash, KeyManagement, SignatureAlgorithm};
use onem2m_vectors::jose::{Ring, error_name};
use serde_json::Value;

const VECTORS: &str = include_str!("../../../vectors/jose.json");
/// Signed with HS256.
const SIGNED: &str = "TOK/001";
/// Encrypted with `dir` and A256GCM.
const ENCRYPTED: &str = "TOK/010";
/// Signed with ES256, and encrypted with A256KW and A256GCM.
const NESTED: &str = "TOK/012";

fn opened(id: &str, permitted: &Permitted) -> Result<(), String> {
    let file: Value = serde_json::from_str(VECTORS).unwrap();
    let mut vectors = file["vectors"].as_array().unwrap().iter();
    let vector = vectors.find(|vector| vector["id"] == id).unwrap();
    let names = vector["keys"].as_array().unwrap().iter();
    let keys: Vec<_> = names
        .map(|name| &file["keys"][name.as_str().unwrap()])
        .collect();
    let token = Token::read(vector["object"].as_str().unwrap()).unwrap();
    let claims = token.open(permitted, &Ring::read(keys).unwrap());
    claims
        .map(drop)
        .map_err(|error: EnvelopeError| error_name(&error))
}

fn refused(error: &str) -> Result<(), String> {
    Err(error.to_owned())
}

#[test]
fn what_is_permitted_opens() {
    for id in [SIGNED, ENCRYPTED, NESTED] {
        assert_eq!(opened(id, &Permitted::everything()), Ok(()), "{id}");
    }
}

#[test]
fn nothing_is_permitted_that_is_not_listed() {
    for id in [SIGNED, ENCRYPTED, NESTED] {
        assert_eq!(
            opened(id, &Permitted::default()),
            refused("ClassNotPermitted")
        );
    }
}

#[test]
fn class_that_is_not_listed_is_refused() {
    let without = |class| {
        let mut permitted = Permitted::everything();
        permitted.classes.retain(|other| *other != class);
        permitted
    };
    for (id, class) in [
        (SIGNED, SecurityClass::SignatureOnly),
        (ENCRYPTED, SecurityClass::EncryptionOnly),
        (NESTED, SecurityClass::NestedSignThenEncrypt),
    ] {
        assert_eq!(opened(id, &without(class)), refused("ClassNotPermitted"));
    }
    // Neither of its halves makes a nested token one of another class.
    assert_eq!(
        opened(NESTED, &without(SecurityClass::SignatureOnly)),
        Ok(())
    );
}

#[test]
fn algorithm_that_is_not_listed_is_refused() {
    let mut signatures = Permitted::everything();
    let listed = [SignatureAlgorithm::Rsa(Hash::Sha256)];
    signatures
        .signatures
        .retain(|algorithm| listed.contains(algorithm));
    assert_eq!(
        opened(SIGNED, &signatures),
        refused("AlgorithmNotPermitted")
    );
    assert_eq!(
        opened(NESTED, &signatures),
        refused("AlgorithmNotPermitted")
    );
    assert_eq!(opened(ENCRYPTED, &signatures), Ok(()));

    let mut managements = Permitted::everything();
    managements.key_managements = vec![KeyManagement::RsaOaep256];
    assert_eq!(
        opened(ENCRYPTED, &managements),
        refused("AlgorithmNotPermitted")
    );
    assert_eq!(
        opened(NESTED, &managements),
        refused("AlgorithmNotPermitted")
    );

    let mut encryptions = Permitted::everything();
    encryptions.content_encryptions = vec![ContentEncryption::A128Gcm];
    assert_eq!(
        opened(ENCRYPTED, &encryptions),
        refused("AlgorithmNotPermitted")
    );
}
