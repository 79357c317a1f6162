//! What josekit accepts and this crate refuses, by the name of the error, with the reason.

use crate::agreement::Kind;

/// Of encrypted objects.
pub(crate) const ENCRYPTED: &[(&str, &str)] = &[
    (
        "AlgorithmUnknown",
        "it passes over a recipient whose algorithm it was given no key for, where an object with an algorithm outside of the tables of TS-0003 V3.18.0, 8.5.3 is refused whole",
    ),
    (
        "Compression",
        "it inflates, without a limit: TS-0003 has no use for compressed content, and a few octets may become gigabytes",
    ),
    (
        "ContentEncryptionDiffers",
        "it reads the header of one recipient alone, where all share one ciphertext",
    ),
    (
        "ContentEncryptionUnknown",
        "it has AES-CBC with HMAC, which TS-0003 V3.18.0, Table 8.5.3.2-4 has not",
    ),
    (
        "CriticalEmpty",
        "it does not read `crit` of an encrypted object: RFC 7516, 4.1.13 forbids an empty one",
    ),
    (
        "CriticalStandard",
        "it does not read `crit` of an encrypted object: RFC 7516, 4.1.13 forbids these names in it",
    ),
    (
        "CriticalUnknown",
        "it does not read `crit` of an encrypted object: RFC 7516, 4.1.13 asks to refuse",
    ),
    (
        "CriticalUnprotected",
        "it does not read `crit` of an encrypted object: RFC 7516, 4.1.13 wants it protected",
    ),
    (
        "DirectWithSeveral",
        "RFC 7516 allows several recipients with one key, and TS-0003 V3.18.0, 8.5.2.2.1 does not",
    ),
    (
        "Empty/Ciphertext",
        "RFC 7516 allows an empty ciphertext, and m2m:e2eCompactJWE does not",
    ),
    (
        "Empty/Header",
        "it takes an empty header, which RFC 7516, 7.2.1 wants left out",
    ),
    (
        "Json/Depth",
        "it follows any depth that its JSON parser follows",
    ),
    (
        "Json/Duplicate",
        "it takes the last of members that stand twice, where RFC 7515, 4 and 5.2 allow to refuse: two readers would read two objects",
    ),
    (
        "MixedSerialization",
        "it ignores the members of the other serialization, which RFC 7516, 7.2.2 forbids beside `recipients`",
    ),
    (
        "NoKey",
        "without a `kid` of its own it takes whatever key it is given",
    ),
    (
        "PartLength/InitializationVector",
        "it takes initialization vectors of any length, where RFC 7518, 5.3 fixes 96 bits",
    ),
    (
        "PartLength/Tag",
        "it takes a tag cut to 32 bits, where RFC 7518, 5.3 fixes 128",
    ),
    (
        "PrivatePart",
        "it ignores the private part of an ephemeral key, which RFC 7518, 4.6.1.1 does not want there",
    ),
];

/// Of signed objects.
pub(crate) const SIGNED: &[(&str, &str)] = &[
    (
        "CriticalEmpty",
        "it takes an empty `crit`, which RFC 7515, 4.1.11 forbids",
    ),
    (
        "CriticalStandard",
        "in a JSON serialization it looks for a member `critical`, which there is not",
    ),
    (
        "CriticalUnknown",
        "in a JSON serialization it looks for a member `critical`, which there is not",
    ),
    (
        "CriticalUnprotected",
        "it does not read an unprotected `crit`, which RFC 7515, 4.1.11 forbids",
    ),
    (
        "Empty/Header",
        "it takes an empty header, which RFC 7515, 7.2.1 wants left out",
    ),
    (
        "Json/Depth",
        "it follows any depth that its JSON parser follows",
    ),
    (
        "Json/Duplicate",
        "it takes the last of members that stand twice, where RFC 7515, 4 and 5.2 allow to refuse: two readers would read two objects",
    ),
    (
        "MixedSerialization",
        "it ignores the members of the other serialization, which RFC 7515, 7.2.2 forbids beside `signatures`",
    ),
    (
        "UnencodedPayload",
        "it ignores `b64` that nothing makes critical, where RFC 7797, 6 wants it critical",
    ),
];

/// Whether there is a reason why josekit accepts what is refused here with that error.
pub(crate) fn accepted_by_josekit(kind: Kind, error: &str) -> bool {
    let list = match kind {
        Kind::Encrypted => ENCRYPTED,
        Kind::Signed => SIGNED,
    };
    list.iter().any(|(name, _)| *name == error)
}
