//! Faults of raw public keys.

use super::case::{Case, REFUSED, SERVED, ae1, ae2};
use crate::authority::{self, Order};
use onem2m_association::OwnCertificate;
use onem2m_association::Transport::Tls;
use openssl::hash::MessageDigest;
use openssl::pkey::PKey;

pub const RAW_PUBLIC_KEYS: &[Case] = &[
    (
        "RawPublicKeyTrustedOnFirstUse",
        |all| all.with_own(Tls, raw(&authority::key())),
        ae1,
        REFUSED,
        SERVED,
    ),
    (
        "RawPublicKeyUnchecked",
        |all| all.with_own(Tls, raw(&authority::key())),
        ae2,
        REFUSED,
        SERVED,
    ),
    (
        "RawPublicKeyDigestOfPoint",
        |all| all.with_raw_public_key(Tls),
        ae2,
        SERVED,
        REFUSED,
    ),
    (
        "RawPublicKeyByBeginning",
        |all| {
            let first = |key: &PKey<_>| digest(&key.public_key_to_der().unwrap())[0];
            let own = first(&all.raw_key);
            let other = std::iter::repeat_with(authority::key).find(|key| first(key) == own);
            all.with_own(Tls, raw(&other.unwrap()))
        },
        ae2,
        REFUSED,
        SERVED,
    ),
    (
        "RawPublicKeyInCertificate",
        |all| all.with_order(Tls, Order::leaf(&[]).with_key(all.raw_key.clone())),
        ae2,
        REFUSED,
        SERVED,
    ),
];

fn raw(key: &PKey<openssl::pkey::Private>) -> OwnCertificate {
    OwnCertificate::raw_public_key_from_der(&key.private_key_to_der().unwrap()).unwrap()
}

fn digest(octets: &[u8]) -> Vec<u8> {
    openssl::hash::hash(MessageDigest::sha256(), octets)
        .unwrap()
        .to_vec()
}
