//! Removes what a world made: resources first, then AEs, then the policies that let the administrator do so.

use super::World;
use crate::campaign::model::{ADMINISTRATOR, ENTITIES, Resource};
use crate::campaign::step::{Operation, Step, Target};
use crate::tester::link::LinkError;

/// Deletes everything directly below the `<CSEBase>`; tells what stayed.
pub async fn clean_up(world: &mut World<'_>) -> Result<Vec<String>, LinkError> {
    let mut paths = world.attempted.clone();
    paths.sort_by_key(|path| order(path));
    let mut left = Vec::new();
    for path in paths {
        if !remove(world, &path).await? {
            left.push(path);
        }
    }
    Ok(left)
}

/// The guard is the policy with number 0: it goes last of all.
fn order(path: &str) -> u8 {
    match path.rsplit('-').next() {
        Some("acp0") => 3,
        Some(word) if word.starts_with("acp") => 2,
        Some(word) if word.starts_with("AE") => 1,
        _ => 0,
    }
}

async fn remove(world: &mut World<'_>, path: &str) -> Result<bool, LinkError> {
    const SLOT: &str = "remains";
    for who in [ADMINISTRATOR].into_iter().chain(ENTITIES) {
        world.model.insert(Resource {
            slot: SLOT.to_owned(),
            ..Resource::base(path)
        });
        let step = Step::new(who, Operation::Delete, Target::of(SLOT));
        let answer = world.ask(&step).await?;
        let Some(answer) = answer else {
            return Ok(false);
        };
        if answer.succeeded() || answer.code() == Some(4004) {
            return Ok(true);
        }
    }
    Ok(false)
}
