//! How an AE meets the security requirement of content (TS-0003 V3.18.0, 8.6.3).

use super::source::{Wish, secured, wrong};
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use onem2m_envelope::esdata::SecurityClass;

const TARGET: &str = "wrap-256";
const CODE: &str = "mac-256";
const SIGNER: &str = "signer-256";

/// Envelopes that open with keys of these names.
type Opening = (SecurityClass, &'static [&'static str]);

const CODED: Opening = (SecurityClass::SignatureOnly, &[CODE]);
const SIGNED: Opening = (SecurityClass::SignatureOnly, &[SIGNER]);
const ENCRYPTED: Opening = (SecurityClass::EncryptionOnly, &[TARGET]);
const NESTED: Opening = (SecurityClass::NestedSignThenEncrypt, &[TARGET, SIGNER]);

/// What is required, and the envelopes that give it.
type Case = (&'static str, &'static [&'static str], &'static [Opening]);

const CASES: [Case; 4] = [
    (
        "integrity",
        &["integrity"],
        &[CODED, SIGNED, ENCRYPTED, NESTED],
    ),
    (
        "confidentiality",
        &["integrity", "confidentiality"],
        &[ENCRYPTED, NESTED],
    ),
    (
        "non-repudiation",
        &["integrity", "non-repudiation"],
        &[SIGNED, NESTED],
    ),
    (
        "all",
        &["integrity", "confidentiality", "non-repudiation"],
        &[NESTED],
    ),
];

/// AE/E2EKEY/SRC/004.
pub async fn are_met(world: &mut World<'_>) -> Result<(), Stop> {
    for (step, require, ways) in CASES {
        let wish = Wish {
            require,
            targets: &[TARGET],
            signers: &[CODE, SIGNER],
            ..Wish::ONE
        };
        for made in secured(world, step, &wish).await? {
            made.envelope(step)?;
            let mut ways = ways.iter();
            if !ways.any(|(class, names)| made.opened(step, *class, names).is_ok()) {
                let expected = format!("an envelope that gives {}", require.join(", "));
                return Err(wrong(step, &expected, &made.content));
            }
        }
    }
    Ok(())
}
