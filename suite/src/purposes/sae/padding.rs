//! Errors of padding and of the MAC look the same (RFC 5246, 6.2.3.2).

use super::containers;
use super::ending::refused;
use super::fault::{self, BAD_RECORD_MAC};
use super::holder::registered;
use super::prepared::Prepared;
use super::standing::{is_served, stand};
use crate::catalogue::behaviour::{Fixture, Role};
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use crate::tester::association_end::AssociationEnd;
use crate::tester::handshake::RecordFault;
use crate::verdict::{Cause, Judgement, Reason};
use std::time::Duration;

/// How often each fault is tried.
const TIMES: u32 = 20;
/// Octets of the request in the faulty record: with its MAC it is shorter than the padding that it claims.
const LAST: usize = 16;

const FAULTS: [(&str, RecordFault); 3] = [
    ("padding", RecordFault::Padding),
    ("mac", RecordFault::Mac),
    ("padding-length", RecordFault::PaddingLength),
];

/// CSE/SAE/TLS/049: three faults in the last record of a request, each many times.
pub async fn looks_like_mac(world: &mut World<'_>) -> Result<(), Stop> {
    let holder = registered(world, Fixture::Ae1).await?;
    containers::make(world, &["cntT"]).await?;
    let mut ends = Vec::new();
    for (name, fault) in FAULTS {
        let mut taken = Duration::ZERO;
        for number in 1..=TIMES {
            let step = format!("{name} {number}");
            let mut association = stand(world, &step, Role::Stimulus, &holder).await?;
            let request = Prepared::retrieve(world, &holder, &step, Role::Stimulus, "cntT")?;
            let octets = request.octets(world);
            let (first, last) = octets.split_at(octets.len().saturating_sub(LAST));
            let mut records = fault::seal(&mut association, &step, first, RecordFault::None)?;
            records.extend(fault::seal(&mut association, &step, last, fault)?);
            let before = elapsed(world, &step)?;
            fault::send_octets(&mut association, &step, records).await?;
            ends.push(refused(world, &step, &mut association, &[BAD_RECORD_MAC]).await?);
            taken += elapsed(world, &step)?.saturating_sub(before);
        }
        let each = (taken / TIMES).as_millis();
        world.note(format!("{name}: {each} ms on the average"));
    }
    is_served(world, "read-back", Role::ReadBack, &holder).await?;
    alike(&ends)
}

fn elapsed(world: &World<'_>, step: &str) -> Result<Duration, Stop> {
    let elapsed = world.recorder().elapsed();
    elapsed.map_err(|error| Stop::link(step, &error))
}

/// Different alerts tell the faults apart; an alert and an end without one may be the same, of which the network lost a part.
fn alike(ends: &[AssociationEnd]) -> Result<(), Stop> {
    let differ = |one: &AssociationEnd, other: &AssociationEnd| {
        let observed = format!("{one}; {other}");
        let judgement = Judgement::fail(Cause::Leak, "the same end each time", observed);
        Stop::Judged(judgement.at("ends"))
    };
    let is_alert = |end: &&AssociationEnd| matches!(end, AssociationEnd::Alert { .. });
    let mut alerts = ends.iter().filter(is_alert);
    if let Some(first) = alerts.next()
        && let Some(other) = alerts.find(|other| *other != first)
    {
        return Err(differ(first, other));
    }
    match ends.split_first() {
        Some((first, others)) if others.iter().any(|other| other != first) => {
            let observed = "some attempts end by an alert, others without one";
            Err(Stop::inconclusive("ends", Reason::Unstable, observed))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alert(description: u8) -> AssociationEnd {
        AssociationEnd::Alert {
            level: 2,
            description,
        }
    }

    #[test]
    fn same_ends_tell_nothing() {
        assert_eq!(alike(&[alert(20), alert(20)]), Ok(()));
        assert_eq!(
            alike(&[AssociationEnd::Closed, AssociationEnd::Closed]),
            Ok(())
        );
    }

    #[test]
    fn another_alert_fails_wherever_it_stands() {
        for ends in [
            [alert(20), alert(21), AssociationEnd::Closed],
            [AssociationEnd::Closed, alert(20), alert(21)],
        ] {
            let Err(Stop::Judged(judgement)) = alike(&ends) else {
                panic!("expected a judgement of {ends:?}");
            };
            assert_eq!(judgement.cause, Some(Cause::Leak), "{ends:?}");
        }
    }

    #[test]
    fn alert_that_is_missing_sometimes_decides_nothing() {
        let Err(Stop::Judged(judgement)) = alike(&[alert(20), AssociationEnd::Reset]) else {
            panic!("expected a judgement");
        };
        assert_eq!(judgement.reason, Some(Reason::Unstable));
    }
}
