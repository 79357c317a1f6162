//! The certificates and raw public keys of the tester as a registrar.

use crate::catalogue::behaviour::Fixture;
use crate::purposes::known_peer;
use crate::purposes::sae::certified::{Certified, Spoilt};
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use crate::tester::handshake::Credential;
use crate::verdict::Reason;
use serde_json::Value;
use time::OffsetDateTime;
use time::macros::datetime;

/// A moment that every AE has behind it, and that follows the beginning of the authorities: what an AE sees as now nobody knows.
const PAST: OffsetDateTime = datetime!(2021-01-01 00:00:00 UTC);

/// The right credential of a fixture.
pub fn right(world: &World<'_>, fixture: Fixture) -> Result<Credential, Stop> {
    let certified = found(world, fixture)?;
    let credential = certified.right();
    credential.map_err(|error| Stop::error("credential", format!("{fixture}: {error}")))
}

/// The credential of a fixture with a defect; of several of the profile another one is `{another}`.
pub fn spoilt(world: &World<'_>, fixture: Fixture, defect: &Value) -> Result<Credential, Stop> {
    let certified = found(world, fixture)?;
    let spoilt = certified.spoilt(Spoilt {
        defect,
        another: None,
        now: Some(PAST),
        clock_skew: 0,
    });
    spoilt.map_err(|error| Stop::error("credential", format!("{fixture}: {error}")))
}

fn found<'a>(world: &World<'a>, fixture: Fixture) -> Result<Certified<'a>, Stop> {
    let known = &world.facts().known_peers;
    let Some((name, peer)) = known_peer(fixture, &known.peers) else {
        let detail = format!(
            "no peer of the profile is {fixture}; hint: tell the IUT of one and name it in [credentials.peer]"
        );
        let reason = Reason::TestBed;
        return Err(Stop::inconclusive("credential", reason, detail));
    };
    Ok(Certified { name, peer, known })
}
