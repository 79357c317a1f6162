//! Who shares a pairwise key with the IUT.

use crate::catalogue::behaviour::PairFixture;
use crate::purposes::Facts;
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use crate::tester::esprim::Pair;
use crate::verdict::Reason;
use std::collections::BTreeMap;

/// How many pairs are shared by all purposes; each of the others is a set.
const SHARED: usize = 2;

/// Makes actors go by the identities that the IUT bound to pairs of the profile, which are taken by name. In a set of its own
/// there is one.
pub fn pair(world: &mut World<'_>, paired: &BTreeMap<String, PairFixture>) -> Result<(), Stop> {
    for (actor, fixture) in paired {
        let index = match world.credential_set() {
            0 => fixture.index(),
            set => place(set) + fixture.index(),
        };
        let pair = pairs(world.facts()).nth(index).ok_or_else(|| {
            let detail = format!(
                "the profile has too few pairwise keys of AEs for {actor}; hint: share one with the IUT and name it in [credentials.pairwise]"
            );
            Stop::inconclusive(actor, Reason::TestBed, detail)
        })?;
        world.pair(actor, pair);
    }
    Ok(())
}

/// Whether the profile has a set.
pub fn has_set(facts: &Facts, number: usize) -> bool {
    pairs(facts).count() > place(number)
}

fn place(set: usize) -> usize {
    set.saturating_sub(1).saturating_add(SHARED)
}

fn pairs(facts: &Facts) -> impl Iterator<Item = Pair> {
    let pairs = facts.pairwise.iter().filter_map(Pair::of);
    pairs.filter(|pair| pair.entity.starts_with(['C', 'S']))
}
