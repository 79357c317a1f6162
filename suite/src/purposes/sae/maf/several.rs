//! Keys of several sources at once (TS-0003 V3.18.0, 8.2.2.3).

use super::ground::Ground;
use super::kc::Kc;
use super::visit::{Release, Reply};
use crate::catalogue::behaviour::Role;
use crate::purposes::sae::holder::Holder;
use crate::purposes::sae::prepared::Prepared;
use crate::purposes::sae::standing::{attempt, close, standing};
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use onem2m_primitive::ResponseStatusCode;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;
use std::time::Duration;

/// How long the answer for the first source is held at most, for an IUT that asks one after the other.
const HELD: Duration = Duration::from_millis(500);

/// How many associations each source opens.
const EACH: usize = 5;

/// CSE/SAE/MAF/015.
pub async fn are_not_mixed_up<'a>(world: &mut World<'a>, ground: &Ground<'a>) -> Result<(), Stop> {
    let holders = [&ground.holder, &ground.second];
    for holder in holders {
        ground.register(world, holder).await?;
    }
    let [one, other] = holders;
    // The first source is answered once the second one has been.
    let (release, ok) = (Release::new(Some(HELD)), ResponseStatusCode::OK);
    let content = |kc: &Kc| kc.content(ground.maf.served);
    let held = Reply::Late(release.clone(), ok, content(&ground.kc));
    let telling = Reply::Telling(release, ok, content(&ground.second_kc));
    let script = ground.script.clone();
    let script = script
        .with(&ground.kc, held)
        .with(&ground.second_kc, telling);
    let mut all = Vec::new();
    for number in 0..EACH {
        for (holder, other) in [(one, other), (other, one)] {
            // Requests are numbered before anything is sent, so that their order does not depend on who is first.
            let turn = Turn::new(world, number, holder, other)?;
            all.push(Box::pin(turn.take(world, ground)));
        }
    }
    let stimulus = Role::Stimulus;
    let (all, _) = ground
        .maf
        .beside("at-once", stimulus, &script, every(all))
        .await?;
    all?;
    ground.is_served(world, "read-back", Role::ReadBack).await
}

/// An association of a holder, and what is asked within it.
struct Turn {
    step: String,
    holder: Holder,
    own: Prepared,
    foreign: Prepared,
}

impl Turn {
    fn new(
        world: &World<'_>,
        number: usize,
        holder: &Holder,
        other: &Holder,
    ) -> Result<Self, Stop> {
        let step = format!("{} {number}", holder.actor);
        let foreign = format!("{step}: as {}", other.actor);
        Ok(Self {
            holder: holder.clone(),
            own: Prepared::own(world, holder, &format!("{step}: own"), Role::Stimulus)?,
            foreign: Prepared::foreign(world, holder, other, &foreign, &holder.actor)?,
            step,
        })
    }

    /// The association is served for its holder, and for nobody else.
    async fn take<'a>(self, world: &World<'a>, ground: &Ground<'a>) -> Result<(), Stop> {
        let (step, stimulus) = (self.step.as_str(), Role::Stimulus);
        let handshake = ground.handshake(world, step, &self.holder);
        let attempt = attempt(world, step, stimulus, &handshake).await?;
        let mut association = standing(step, stimulus, attempt)?;
        self.own.ask(world, &mut association).await?;
        self.foreign.ask(world, &mut association).await?;
        close(step, &mut association).await
    }
}

/// Waits for all, beside each other; the first that fails decides, in the order in which they stand.
async fn every<F: Future<Output = Result<(), Stop>> + Unpin>(mut all: Vec<F>) -> Result<(), Stop> {
    let mut done: Vec<Option<Result<(), Stop>>> = all.iter().map(|_| None).collect();
    poll_fn(|context| {
        let mut is_ready = true;
        for (future, done) in all.iter_mut().zip(&mut done) {
            if done.is_none() {
                match Pin::new(future).poll(context) {
                    Poll::Ready(result) => *done = Some(result),
                    Poll::Pending => is_ready = false,
                }
            }
        }
        match is_ready {
            true => Poll::Ready(()),
            false => Poll::Pending,
        }
    })
    .await;
    done.into_iter().flatten().collect()
}
