//! Where a refusal of what travels inside an ESPrim Object has to come.

use crate::catalogue::behaviour::{Refused, Step};
use crate::purposes::answer::Answer;
use crate::purposes::stop::{Finding, Stop};
use crate::purposes::world::World;
use crate::verdict::Cause;

/// Judges the place of an answer that is as expected otherwise.
///
/// TS-0004 V3.32.0, 7.6.2 answers a refused object in the clear, TS-0001 V3.36.0, 11.4.2 inside an object where a session is valid:
/// the profile says which of them the IUT follows. What the inner request comes to is always inside.
pub(super) fn place(
    world: &World<'_>,
    step: &Step,
    name: &str,
    answer: &Answer,
    is_inner: bool,
) -> Result<(), Stop> {
    let Some(protection) = &step.protect else {
        return Ok(());
    };
    let style = world.facts().pixit.get("PIXIT_ESPRIM_ERROR_STYLE");
    let is_secured = style.map(String::as_str) == Some("secured");
    let fits = match (answer.succeeded(), protection.refused) {
        (true, _) | (false, Refused::Inside) => is_inner,
        (false, Refused::Outside) => !is_inner || is_secured,
        (false, Refused::Clear) => !is_inner,
        (false, Refused::Stated) => is_inner == is_secured,
        (false, Refused::Anywhere) => true,
    };
    if fits {
        return Ok(());
    }
    let (expected, got) = match is_inner {
        true => ("in the clear", "inside an ESPrim Object"),
        false => ("inside an ESPrim Object", "in the clear"),
    };
    let finding = Finding::new(
        Cause::WrongCode,
        format!("an answer {expected}"),
        format!("{answer} {got}"),
    );
    Err(Stop::mismatch(name, step.role, finding, answer))
}
