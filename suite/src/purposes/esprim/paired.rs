//! Who shares a pairwise key with the IUT.

use crate::catalogue::behaviour::PairFixture;
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use crate::tester::esprim::Pair;
use crate::verdict::Reason;
use std::collections::BTreeMap;

/// Makes actors go by the identities that the IUT bound to pairs of the profile, which are taken by name.
pub fn pair(world: &mut World<'_>, paired: &BTreeMap<String, PairFixture>) -> Result<(), Stop> {
    for (actor, fixture) in paired {
        let is_ae = |pair: &Pair| pair.entity.starts_with(['C', 'S']);
        let pairs = world.facts().pairwise.iter().filter_map(Pair::of);
        let found = pairs.filter(is_ae).nth(fixture.index());
        let pair = found.ok_or_else(|| {
            let detail = format!(
                "the profile has too few pairwise keys of AEs for {actor}; hint: share one with the IUT and name it in [credentials.pairwise]"
            );
            Stop::inconclusive(actor, Reason::TestBed, detail)
        })?;
        world.pair(actor, pair);
    }
    Ok(())
}
