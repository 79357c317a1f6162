//! Connections that the IUT opens, and that the tester serves.

use crate::catalogue::behaviour::{Ends, Role};
use crate::purposes::sae::outcome::compare;
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use crate::tester::handshake::{Association, Attempt, Seen, Service, serve};
use crate::tester::stand::Stand;
use crate::verdict::Reason;
use std::time::Duration;

/// The least time that a connection which has to come is given.
const ARRIVAL: Duration = Duration::from_secs(5);

/// Opens a stand and tells its URL.
pub async fn open(world: &World<'_>, step: &str, stand: &Stand) -> Result<String, Stop> {
    let url = world.recorder().stand(stand).await;
    url.map_err(|error| Stop::link(step, &error))
}

/// Serves the next connection at a stand; none if it does not come within the patience.
pub async fn next<'a>(
    world: &World<'a>,
    step: &str,
    role: Role,
    stand: &Stand,
    service: &Service,
    patience: Duration,
) -> Result<Option<Attempt<'a>>, Stop> {
    let recorder = world.recorder();
    let accepted = recorder.accept(step, role, stand, patience).await;
    let Some(connection) = accepted.map_err(|error| Stop::link(step, &error))? else {
        return Ok(None);
    };
    let attempt = serve(connection, service).await;
    attempt.map(Some).map_err(|error| Stop::link(step, &error))
}

/// Serves a connection that has to come.
pub async fn one<'a>(
    world: &World<'a>,
    step: &str,
    role: Role,
    stand: &Stand,
    service: &Service,
) -> Result<Attempt<'a>, Stop> {
    let patience = world.facts().patience.max(ARRIVAL);
    let came = next(world, step, role, stand, service, patience).await?;
    came.ok_or_else(|| {
        let hint = match stand {
            Stand::PointOfAccess(_) => "",
            Stand::Maf | Stand::MafByCertificate => {
                "; hint: see that the IUT was told of [served_maf] as its MAF"
            }
            Stand::Registrar | Stand::DatagramRegistrar | Stand::BesideRegistrar => {
                "; hint: run the trigger of the profile by hand, and see that the IUT was told of [tester] registrar"
            }
        };
        let detail = format!("the IUT opened no connection to the {stand}{hint}");
        Stop::inconclusive(step, Reason::Precondition, detail)
    })
}

/// What was seen in a handshake that has to end in an association, and that. Before the stimulus nothing can be said without
/// it.
pub fn stands<'a>(
    step: &str,
    role: Role,
    attempt: Attempt<'a>,
) -> Result<(Seen, Association<'a>), Stop> {
    let Attempt {
        end,
        seen,
        association,
        ..
    } = attempt;
    match association {
        Some(association) => Ok((seen, association)),
        None => Err(match (role, compare(step, &Ends::Established, &end)) {
            (Role::Stimulus, Err(stop)) => stop,
            _ => {
                let detail = format!("expected an association, got {end}");
                Stop::inconclusive(step, Reason::Precondition, detail)
            }
        }),
    }
}
