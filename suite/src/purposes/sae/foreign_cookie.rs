//! Cookies that the IUT gave to somebody else, or long ago (RFC 6347, 4.2.1).

use super::standing::dial;
use crate::catalogue::behaviour::{Endpoint, ForeignCookie, Role, Source};
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use crate::tester::connection::Connection;
use crate::tester::handshake::conduct::{self, StopAt, StopEnding};
use crate::tester::handshake::{Attempt, Conduct, Handshake, establish};
use crate::tester::wire::Dial;
use crate::verdict::Reason;
use std::time::Duration;

/// A cookie for the ClientHello of a handshake, and the connection on which it is foreign.
pub async fn obtain<'a>(
    world: &World<'a>,
    step: &str,
    endpoint: Endpoint,
    cookie: ForeignCookie,
    handshake: &Handshake,
) -> Result<(Vec<u8>, Connection<'a>), Stop> {
    let asking = Handshake {
        conduct: Conduct {
            hello: handshake.conduct.hello.clone(),
            stop: Some(conduct::Stop {
                after: StopAt::HelloVerifyRequest,
                then: StopEnding::Leave,
            }),
            ..Conduct::default()
        },
        ..handshake.clone()
    };
    let first = Source::First;
    let source = match cookie {
        ForeignCookie::OfAnotherAddress => Source::Second,
        ForeignCookie::OfAnotherPort | ForeignCookie::Old => first,
    };
    let link = |error| Stop::link(step, &error);
    let connection = dial(world, step, Role::Stimulus, Dial { endpoint, source }).await?;
    let Attempt {
        end,
        seen,
        connection,
        ..
    } = establish(connection, &asking).await.map_err(link)?;
    let given = seen.hello_verify_requests.into_iter().next();
    let (Some(given), Some(connection)) = (given, connection) else {
        let detail = format!("expected a HelloVerifyRequest, got {end}");
        return Err(Stop::inconclusive(step, Reason::Precondition, detail));
    };
    let connection = match cookie {
        // The other socket is open until this one is, so that they have not the same port.
        ForeignCookie::OfAnotherAddress | ForeignCookie::OfAnotherPort => {
            let source = first;
            dial(world, step, Role::Stimulus, Dial { endpoint, source }).await?
        }
        ForeignCookie::Old => {
            let life = world.facts().seconds("PIXIT_COOKIE_LIFE");
            let passed = Duration::from_secs(life.saturating_add(1));
            world.recorder().wait(passed).await;
            connection
        }
    };
    Ok((given.cookie, connection))
}
