//! How fast a campaign is, as a share of a loop that sends one request again and again on a connection that stays open.

use super::field::Field;
use super::finding::Circumstances;
use super::hunt::{Standing, Watcher, hunt};
use super::line::Line;
use super::model::{ADMINISTRATOR, BASE, Model};
use super::request::{octets, outgoing};
use super::step::{Operation, Step, Target};
use crate::engine::session::NoReviver;
use crate::tester::link::{LinkError, Received};
use crate::tester::naming::Naming;
use std::time::{Duration, Instant};

/// Requests a second of either.
#[derive(Debug, Clone, Copy)]
pub struct Rates {
    /// Of the bare loop.
    pub bare: f64,
    /// Of the campaign.
    pub campaign: f64,
}

/// Measures both by turns, for so long each.
pub async fn rates(
    field: &Field,
    around: &Circumstances,
    time: Duration,
) -> Result<Rates, LinkError> {
    let turn = time / 4;
    let (mut bare, mut campaign) = (0.0, 0.0);
    for _ in 0..4 {
        bare += bare_loop(field, turn).await? / 4.0;
        campaign += campaign_rate(field, around, turn).await? / 4.0;
    }
    Ok(Rates { bare, campaign })
}

async fn bare_loop(field: &Field, time: Duration) -> Result<f64, LinkError> {
    let missing = || LinkError::NoWay("no link".into());
    let link = field.links.open("rate", 1).ok_or_else(missing)?;
    let naming = Naming::new(&field.site.ae_stem, field.seed, "rate", 1, "tested");
    let model = Model::new(field.site.clone(), naming);
    let step = Step::new(ADMINISTRATOR, Operation::Retrieve, Target::of(BASE));
    let request = outgoing(&model, &step, "rate").ok_or_else(missing)?;
    let pieces = octets(&step, &field.host, &request);
    let mut line = Line::new(link.as_ref());
    let started = Instant::now();
    let mut sent = 0_u32;
    while started.elapsed() < time {
        match line.exchange(&pieces, field.patience).await? {
            Received::Http { .. } => sent += 1,
            other => return Err(LinkError::NoWay(format!("no answer: {other:?}"))),
        }
    }
    line.hang_up().await?;
    Ok(f64::from(sent) / started.elapsed().as_secs_f64())
}

async fn campaign_rate(
    field: &Field,
    around: &Circumstances,
    time: Duration,
) -> Result<f64, LinkError> {
    let started = Instant::now();
    let mut timer = Timer { started, time };
    let hunted = hunt(field, around, &mut NoReviver, &mut timer).await?;
    #[expect(clippy::cast_precision_loss, reason = "a rate that people read")]
    let requests = hunted.standing.requests as f64;
    Ok(requests / started.elapsed().as_secs_f64())
}

struct Timer {
    started: Instant,
    time: Duration,
}

impl Watcher for Timer {
    fn standing(&mut self, _: &Standing) {}

    fn found(&mut self, _: &super::finding::Finding) {}

    fn is_over(&mut self) -> bool {
        self.started.elapsed() >= self.time
    }
}
