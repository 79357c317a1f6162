//! Envelopes with one fault each, by the vectors that have them.
//!
//! Left out is what a reader may lawfully accept, and what another purpose is about.

use super::case::{Case, ENCRYPTION, SIGNATURE};
use super::target::only;
use crate::purposes::stop::Stop;
use crate::purposes::world::World;

/// Numbers of JWS that are refused: nothing is secured, the algorithm or key of somebody else, signatures that are none, and
/// forms that are none.
const SIGNED: [u32; 35] = [
    101, 102, 103, 104, 105, 106, 107, 108, 109, 110, 111, 112, 113, 114, 115, 116, 117, 118, 119,
    120, 121, 122, 123, 126, 128, 129, 130, 131, 132, 135, 136, 137, 138, 143, 144,
];

/// Numbers of JWE that are refused: forms and headers that are none, parts of other lengths, tags that do not fit, keys and
/// algorithms that are not those of the table, and points that are on no curve.
const ENCRYPTED: [u32; 59] = [
    108, 109, 111, 112, 115, 118, 119, 123, 131, 139, 140, 141, 143, 151, 152, 153, 154, 155, 156,
    157, 158, 159, 160, 161, 162, 163, 164, 165, 166, 167, 168, 169, 171, 172, 173, 174, 175, 176,
    177, 178, 179, 180, 182, 184, 185, 191, 192, 193, 200, 202, 203, 215, 216, 218, 219, 221, 222,
    226, 230,
];

/// TGT/012.
pub async fn of_signatures(world: &mut World<'_>) -> Result<(), Stop> {
    let right = Case::of("twin", SIGNATURE, "JWS/007")?;
    only(world, &right, &cases("JWS", SIGNATURE, &SIGNED)?).await
}

/// TGT/013.
pub async fn of_encryption(world: &mut World<'_>) -> Result<(), Stop> {
    let right = Case::of("twin", ENCRYPTION, "JWE/003")?;
    only(world, &right, &cases("JWE", ENCRYPTION, &ENCRYPTED)?).await
}

fn cases(kind: &str, class: &'static str, numbers: &[u32]) -> Result<Vec<(String, Case)>, Stop> {
    let cases = numbers.iter().map(|number| {
        let id = format!("{kind}/{number}");
        let case = Case::of(&id, class, &id)?;
        Ok((id, case))
    });
    cases.collect()
}
