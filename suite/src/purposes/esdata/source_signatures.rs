//! Content that an AE signs, and such that it signs and encrypts.

use super::known::{self, kid};
use super::source::{Wish, begun, next, secured, wrong};
use crate::catalogue::behaviour::Role;
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use onem2m_envelope::esdata::{Envelope, SecurityClass};

/// The members of a header that name a credential (RFC 7515, 4.1.2 to 4.1.8).
const CREDENTIAL: [&str; 5] = ["kid", "x5t", "x5t#S256", "x5c", "x5u"];
const SIGNER: &str = "signer-256";
const TARGET: &str = "wrap-256";

/// SRC/007.
pub async fn over_their_headers(world: &mut World<'_>) -> Result<(), Stop> {
    let mut forms = vec!["compact"];
    if world.facts().claims("PICS_ESDATA_JSON_SER") {
        forms.push("json");
    }
    for step in forms {
        let wish = Wish {
            class: SecurityClass::SignatureOnly,
            form: step,
            targets: &[],
            signers: &[SIGNER],
            ..Wish::ONE
        };
        for made in secured(world, step, &wish).await? {
            made.opened(step, wish.class, wish.signers)?;
            let Envelope::Signed(jws) = made.envelope(step)? else {
                return Err(wrong(step, "a signed envelope", &made.content));
            };
            for signature in jws.signatures() {
                let header = signature.header();
                let covered = header.protected();
                let is_named = CREDENTIAL.iter().any(|name| covered.contains_key(*name));
                if !is_named || !covered.contains_key("alg") {
                    let expected = "algorithm and credential in the header that is signed";
                    return Err(wrong(step, expected, &made.content));
                }
            }
        }
    }
    Ok(())
}

/// SRC/008.
pub async fn inside(world: &mut World<'_>) -> Result<(), Stop> {
    let step = "nested";
    let class = SecurityClass::NestedSignThenEncrypt;
    let wish = Wish {
        class,
        targets: &[TARGET],
        signers: &[SIGNER],
        ..Wish::ONE
    };
    for made in secured(world, step, &wish).await? {
        let unwrapped = made.opened(step, class, &[TARGET, SIGNER])?;
        let signer = known::theirs(step, SIGNER)?;
        if unwrapped.signers != [kid(&signer)] {
            let expected = format!("a signature by {:?} inside", kid(&signer));
            return Err(wrong(step, &expected, &made.content));
        }
    }
    let step = "code-too";
    let wish = Wish {
        signers: &["mac-256", SIGNER],
        ..wish
    };
    let place = begun(world, step, &wish, Vec::new()).await?;
    let patience = world.facts().arrival();
    match next(world, step, Role::Stimulus, &place, patience).await? {
        Some(made) => made.opened(step, class, &[TARGET, SIGNER]).map(|_| ()),
        None => {
            world.note(format!("{step}: the AE makes nothing"));
            Ok(())
        }
    }
}
