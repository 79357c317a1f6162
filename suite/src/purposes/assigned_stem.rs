//! AE-ID-Stems that the IUT assigns.

use super::answer::Answer;
use super::representation;
use super::stop::{Finding, Stop};
use super::world::World;
use crate::catalogue::behaviour::Step;
use crate::verdict::Cause;
use onem2m_identity::AeStem;
use serde_json::Value;

/// The AE-ID-Stem of a registration that was answered with success: a stem that begins with one of the given characters
/// and goes on, and the resource identifier of the `<AE>` (TS-0001 V3.36.0, 9.6.5 and 10.2.2.2).
pub fn stem(answer: &Answer, first: &str) -> Result<String, Finding> {
    let text = |member: &str| {
        representation::attributes(answer.content())
            .and_then(|attributes| attributes.get(member))
            .and_then(Value::as_str)
    };
    let letters: Vec<String> = first.chars().map(String::from).collect();
    let expected = format!(
        "aei with an AE-ID-Stem that begins with {}, and ri with the same",
        letters.join(" or ")
    );
    let shown =
        |member| text(member).map_or_else(|| "nothing".to_owned(), |text| format!("{text:?}"));
    let observed = format!("aei {}, ri {}", shown("aei"), shown("ri"));
    let wrong = |cause| Finding::new(cause, expected.clone(), observed.clone());
    let (Some(stem), Some(id)) = (text("aei"), text("ri")) else {
        return Err(wrong(Cause::MalformedAnswer));
    };
    let is_assigned =
        stem.starts_with(|letter| first.contains(letter)) && AeStem::parse(stem).is_ok();
    match is_assigned && id.rsplit('/').next() == Some(stem) {
        true => Ok(stem.to_owned()),
        false => Err(wrong(Cause::SideEffect)),
    }
}

/// Judges the stem of a step and makes its actor go by it.
pub fn assigned(
    world: &mut World<'_>,
    step: &Step,
    name: &str,
    first: &str,
    answer: &Answer,
) -> Result<(), Stop> {
    match stem(answer, first) {
        Ok(stem) => {
            world.assign(&step.actor, &stem);
            Ok(())
        }
        Err(finding) => Err(Stop::mismatch(name, step.role, finding, answer)),
    }
}
