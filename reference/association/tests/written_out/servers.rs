//! Servers for the tests.

use std::sync::Arc;

use onem2m_association::messages::AlertDescription;
use onem2m_association::written_out::{Configuration, Host, KeyLookup, OwnRawPublicKey, Refusal};
use onem2m_keys::Psk;

use crate::certificates::{Credential, judge};

pub const IDENTITY: &[u8] = b"ae1-lock@in.example.com";
pub const KEY: &[u8] = &[7; 32];
pub const OTHER_KEY: &[u8] = &[8; 32];

/// One identity with one key.
pub fn keys(identity: &'static [u8], key: &'static [u8]) -> KeyLookup {
    Arc::new(move |got| (got == identity).then(|| Psk::new(key).unwrap()))
}

/// A server with [`IDENTITY`] and its [`KEY`].
pub fn psk() -> Configuration {
    Configuration {
        keys: Some(keys(IDENTITY, KEY)),
        ..Configuration::new()
    }
}

/// A server with [`IDENTITY`] and [`OTHER_KEY`] at another authority.
pub fn with_host() -> Configuration {
    Configuration {
        hosts: vec![Host {
            name: "b.example.com".to_owned(),
            keys: keys(IDENTITY, OTHER_KEY),
        }],
        ..psk()
    }
}

/// A server with a certificate of `authority`, which its clients need too.
pub fn certificate(authority: &Credential) -> Configuration {
    Configuration {
        certificate: Some(Credential::issued("server", authority).own()),
        judge: Some(judge(authority)),
        ..Configuration::new()
    }
}

/// A server with a raw public key that takes one raw public key of a client.
pub fn raw_public_key(own: &Credential, expected: Vec<u8>) -> Configuration {
    let key = own.key.private_key_to_pkcs8().unwrap();
    Configuration {
        raw_public_key: Some(OwnRawPublicKey::new(&key).unwrap()),
        raw_public_key_judge: Some(Arc::new(move |got| {
            if got == expected {
                return Ok(());
            }
            let reason = "another raw public key";
            Err(Refusal::new(AlertDescription::BAD_CERTIFICATE, reason))
        })),
        ..Configuration::new()
    }
}
