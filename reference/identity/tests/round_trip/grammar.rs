//! Texts from the grammars of the specifications, written apart from the parsers.

use proptest::prelude::*;

/// A label of a domain name in an M2M identifier (TS-0004 V3.32.0, 6.2.3).
pub const LABEL: &str = "[a-z]([a-z0-9-]{0,8}[a-z0-9])?";
/// A label of any domain name (RFC 1123, 2.1).
pub const HOST_LABEL: &str = "[A-Za-z0-9]([A-Za-z0-9-]{0,8}[A-Za-z0-9])?";
/// A segment of an identifier (RFC 3986, 2.3), but for the dot segments.
pub const SEGMENT: &str = "[A-Za-z0-9_~-][A-Za-z0-9._~-]{0,10}";
/// What goes on behind `C` or `S` (TS-0001 V3.36.0, Table 7.2-1).
pub const STEM: &str = "[A-Za-z0-9._~-]{1,10}";
/// sec:relKeyID (TS-0003 V3.18.0, Table 12.2-1).
pub const RELATIVE: &str = "[A-Za-z0-9._-]{1,16}";
/// 16 octets as hexBinary (TS-0003 V3.18.0, 10.3.4).
pub const HEX: &str = "[0-9A-Fa-f]{32}";

pub fn domain() -> impl Strategy<Value = String> {
    prop::collection::vec(LABEL, 1..4).prop_map(|labels| labels.join("."))
}

pub fn host() -> impl Strategy<Value = String> {
    prop::collection::vec(HOST_LABEL, 1..4).prop_map(|labels| labels.join("."))
}

/// KpsaID, KmID and Key Identifier (TS-0003 V3.18.0, 10.5, 10.6 and 10.3.5).
pub fn key_id() -> impl Strategy<Value = String> {
    (RELATIVE, host()).prop_map(|(relative, host)| format!("{relative}@{host}"))
}

/// KeID (TS-0003 V3.18.0, 10.3.4).
pub fn ke_id() -> impl Strategy<Value = String> {
    (HEX, host()).prop_map(|(hex, host)| format!("{hex}@{host}"))
}

/// Absolute AE-ID (TS-0001 V3.36.0, Table 7.2-1).
pub fn absolute_ae() -> impl Strategy<Value = String> {
    prop_oneof![
        (domain(), SEGMENT, STEM)
            .prop_map(|(domain, cse, stem)| format!("//{domain}/{cse}/C{stem}")),
        (domain(), STEM).prop_map(|(domain, stem)| format!("//{domain}/S{stem}")),
    ]
}

/// An object identifier, often of small numbers.
pub fn oid() -> impl Strategy<Value = String> {
    let arc = || {
        prop_oneof![
            0..100_u128,
            any::<u64>().prop_map(u128::from),
            any::<u128>()
        ]
    };
    let first = prop_oneof![
        (0..2_u128, 0..40_u128),
        (Just(2), 0..=u128::MAX - 80),
        (Just(2), 0..200_u128)
    ];
    (first, prop::collection::vec(arc(), 0..6)).prop_map(|((first, second), rest)| {
        rest.iter().fold(format!("{first}.{second}"), |text, arc| {
            format!("{text}.{arc}")
        })
    })
}

/// Device URNs (TS-0001 V3.36.0, Table 9.6.20-2).
pub fn device_urn() -> impl Strategy<Value = String> {
    let name = "([A-Za-z0-9._~]|%[0-9A-Fa-f]{2}){1,8}";
    prop_oneof![
        ("[0-9A-Fa-f]{6}", name, name)
            .prop_map(|(oui, product, serial)| format!("urn:dev:ops:{oui}-{product}-{serial}")),
        ("[0-9A-Fa-f]{6}", name).prop_map(|(oui, serial)| format!("urn:dev:os:{oui}-{serial}")),
        "urn:imei:[0-9]{15}",
        "urn:esn:[0-9A-Fa-f]{8}",
        "urn:meid:[0-9A-Fa-f]{14}",
        oid().prop_map(|oid| format!("urn:oid:{oid}")),
        "urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
    ]
}

/// Public key identifiers (RFC 6920, 3) of the algorithms of TS-0003 V3.18.0, 10.1.2. The last character of a digest
/// leaves the bits unset that no octet takes.
pub fn public_key_id() -> impl Strategy<Value = String> {
    let name = prop_oneof![
        "sha-256;[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]",
        "sha-256-128;[A-Za-z0-9_-]{21}[AQgw]",
        "sha-256-120;[A-Za-z0-9_-]{20}",
    ];
    let authority = prop_oneof![Just(String::new()), host()];
    let query = prop_oneof![Just(String::new()), "\\?[a-z]{1,4}=[a-z/]{0,8}"];
    (authority, name, query)
        .prop_map(|(authority, name, query)| format!("ni://{authority}/{name}{query}"))
}

/// Values of a Credential-ID as TS-0003 V3.18.0, 10.4 or Table 12.2-1 has them.
pub fn credential_id() -> impl Strategy<Value = String> {
    let number = prop_oneof![10..=16_u8, 30..=34_u8, 41..=45_u8, 51..=55_u8];
    let value = prop_oneof![
        "[A-Za-z0-9._@-]{1,24}",
        "[A-Za-z0-9._~:/?#\\[\\]@!$&'()*+,;=%-]{1,24}",
        key_id(),
        public_key_id(),
        absolute_ae(),
        oid(),
    ];
    (number, value).prop_map(|(number, value)| format!("{number}-{value}"))
}

/// Texts that are nearly one of the others: one with a character lost, replaced or put in.
pub fn nearly() -> impl Strategy<Value = String> {
    let whole = prop_oneof![
        key_id(),
        ke_id(),
        absolute_ae(),
        oid(),
        device_urn(),
        public_key_id(),
        credential_id(),
        host(),
    ];
    (
        whole,
        any::<prop::sample::Index>(),
        prop::option::of(any::<char>()),
        any::<bool>(),
    )
        .prop_map(|(whole, index, put, takes)| {
            let at = index.index(whole.chars().count() + 1);
            let head = whole.chars().take(at);
            let tail = whole.chars().skip(at + usize::from(takes));
            head.chain(put).chain(tail).collect()
        })
}
