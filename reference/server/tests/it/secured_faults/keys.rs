//! Faults of pre-shared keys, their identities, and what is bound to a credential.

use super::case::{Case, OTHER, REFUSED, SERVED, ae1, ae2};
use super::client::{lock, with_octets};
use crate::provisioned::{DOOR, LOCK, Provisioned, identity, psk};
use onem2m_association::Transport::Tls;
use onem2m_association::{ClientConfiguration, PskKey};
use zeroize::Zeroizing;

pub const KEYS: &[Case] = &[
    (
        "PskIdentityUnknownAccepted",
        |all| lock(all, "who@in.example.com"),
        ae1,
        REFUSED,
        SERVED,
    ),
    (
        "PskIdentityCaseFolded",
        |all| lock(all, "AE1-lock@in.example.com"),
        ae1,
        REFUSED,
        SERVED,
    ),
    (
        "PskIdentityByBeginning",
        |all| lock(all, "ae1-lock@in.example.com2"),
        ae1,
        REFUSED,
        SERVED,
    ),
    (
        "PskIdentityAbbreviated",
        |all| lock(all, "ae1"),
        ae1,
        REFUSED,
        SERVED,
    ),
    (
        "PskIdentityTrimmed",
        |all| lock(all, " ae1-lock@in.example.com"),
        ae1,
        REFUSED,
        SERVED,
    ),
    (
        "PskIdentityNormalised",
        |all| lock(all, "\u{ff41}e1-lock@in.example.com"),
        ae1,
        REFUSED,
        SERVED,
    ),
    (
        "PskIdentityRepaired",
        |all| lock(all, "ae1-lock\u{fffd}@in.example.com"),
        ae1,
        REFUSED,
        SERVED,
    ),
    (
        "PskIdentityWithoutDomain",
        |all| lock(all, "ae1-lock@example.org"),
        ae1,
        REFUSED,
        SERVED,
    ),
    (
        "PskIdentityAsPattern",
        |all| lock(all, "ae1%example.com"),
        ae1,
        REFUSED,
        SERVED,
    ),
    (
        "PskIdentityOf64Octets",
        |all| {
            given(
                all,
                &format!("{}@in.example.com", "x".repeat(70)),
                &[9; 32],
                &[9; 32],
            )
        },
        ae1,
        SERVED,
        REFUSED,
    ),
    (
        "PskAsHexadecimalText",
        |all| {
            let digits: String = (1..33).map(|octet| format!("{octet:02x}")).collect();
            with_octets(all, LOCK, digits.as_bytes())
        },
        ae1,
        REFUSED,
        SERVED,
    ),
    (
        "PskFirstHalf",
        |all| with_octets(all, LOCK, &psk(1).octets()[..16]),
        ae1,
        REFUSED,
        SERVED,
    ),
    (
        "PskCutTo32Octets",
        |all| given(all, "long", &[9; 64], &[9; 32]),
        ae1,
        REFUSED,
        SERVED,
    ),
    (
        "PskFilledTo16Octets",
        |all| given(all, "short", &[9; 8], &[[9; 8], [0; 8]].concat()),
        ae1,
        REFUSED,
        SERVED,
    ),
    (
        "PskCutAtZero",
        |all| given(all, "zero", &[9, 0, 8], &[9]),
        ae1,
        REFUSED,
        SERVED,
    ),
    ("PskBoundToOther", |all| lock(all, LOCK), ae2, OTHER, SERVED),
    (
        "PskBoundToNobody",
        |all| all.with_key(Tls, DOOR, 33),
        ae1,
        OTHER,
        SERVED,
    ),
    (
        "RawPublicKeyBoundToNobody",
        |all| all.with_raw_public_key(Tls),
        ae1,
        OTHER,
        SERVED,
    ),
    (
        "CertificateBoundToNobody",
        |all| all.with_ae_certificate(Tls),
        ae2,
        OTHER,
        SERVED,
    ),
];

/// Who uses one key where the CSE has another.
fn given(all: &Provisioned, name: &str, key: &[u8], used: &[u8]) -> ClientConfiguration {
    let key = PskKey::new(Zeroizing::new(key.to_vec())).unwrap();
    let nobody = onem2m_association::Allowed::Unstated;
    all.table.insert(identity(name), key, nobody).unwrap();
    with_octets(all, name, used)
}
